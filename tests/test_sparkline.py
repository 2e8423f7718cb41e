"""The small picture of a series beside its figure."""

from __future__ import annotations

from promotion_book.report.sparkline import sparkline


def test_a_line_through_the_years_ends_in_a_dot_on_a_scale_from_zero():
    drawn = sparkline([(2020, 10), (2021, 5), (2022, 20)], alt="A < B", target=(20, 20))
    assert drawn == (
        '<svg class="sparkline" viewBox="0 0 160 36" width="160" height="36" role="img" aria-label="A &lt; B">'
        '<polyline points="5.0,18.0 70.5,24.5 136.0,5.0"/><circle cx="136.0" cy="5.0" r="3.5"/>'
        '<rect x="141" y="3.5" width="14" height="3.0"/></svg>'
    )
