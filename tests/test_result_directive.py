"""A result of a notebook on a page of prose."""

from __future__ import annotations

from promotion_book.book.result_directive import lead_from


def test_links_of_a_result_lead_from_its_new_page_to_the_same_places():
    html = '<a href="ocop.html#a">1</a> <a href="results/x.csv">2</a> <a href="../book/reading.html">3</a> <a href="https://a.b/">4</a> <a href="#c">5</a>'
    assert lead_from(html, page="notebooks", to="book") == (
        '<a href="../notebooks/ocop.html#a">1</a> <a href="../notebooks/results/x.csv">2</a> <a href="reading.html">3</a> '
        '<a href="https://a.b/">4</a> <a href="#c">5</a>'
    )
