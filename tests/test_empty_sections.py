"""Sections of a page in which nothing is shown are left out; what somebody wrote, or a cell shows, stays."""

from __future__ import annotations

from docutils import nodes
from sphinx.transforms import DoctreeReadEvent

from promotion_book.book.empty_sections import EmptySections, is_empty


def section(*parts: nodes.Node) -> nodes.section:
    """A section below the title of a page."""
    made = nodes.section("", nodes.title(text="Stars"), *parts)
    nodes.section("", nodes.title(text="Page"), made)
    return made


def cell(*elements: str) -> nodes.container:
    return nodes.container("", *(nodes.container(nb_element=name) for name in elements), nb_element="cell_code")


def test_a_section_whose_cells_show_nothing_is_empty():
    assert is_empty(section(nodes.paragraph(text="By star:"), cell("cell_code_source"), cell("cell_code_source")))


def test_a_section_in_which_one_cell_shows_something_is_not():
    shown = cell("cell_code_source", "cell_code_output")
    shown.children[1] += nodes.paragraph(text="A figure.")
    assert not is_empty(section(cell("cell_code_source"), shown))


def test_a_section_whose_one_cell_shows_a_table_and_ends_the_page_is_not():
    whole = cell("cell_code_output")
    for shown in ("<table></table>", '<details class="about-page">About this page</details>'):
        whole.children[0] += nodes.raw("", shown, format="html")
    assert not is_empty(section(nodes.paragraph(text="Prose."), whole))


def test_what_the_page_says_of_itself_fills_no_section():
    foot = cell("cell_code_output")
    foot.children[0] += nodes.raw("", '<details class="about-page">About this page</details>', format="html")
    assert is_empty(section(nodes.paragraph(text="See also."), cell("cell_code_source"), foot))


def test_a_section_of_prose_is_not():
    assert not is_empty(section(nodes.paragraph(text="Prose.")))


def test_the_page_itself_is_not_left_out():
    assert not is_empty(nodes.section("", nodes.title(text="Page"), cell("cell_code_source")))


def test_they_leave_before_the_contents_of_the_page_are_collected():
    assert EmptySections.default_priority < DoctreeReadEvent.default_priority
