"""Long tables in a browser: sorted by a heading and filtered by words, in the numbers and days of the page's language."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from promotion_book.report.tables import Column, Table, as_frame

pytestmark = pytest.mark.browser
FILTER = '<template id="table-filter"><label>Filter <input type="search"> <output data-text="{n} of {all}"></output></label></template>'
COLUMNS = (
    Column("name", "Name"),
    Column("amount", "Amount", number=True),
    Column("day", "Day"),
    Column("year", "Year"),
)
ROWS = [
    {"name": "Làng nghề", "amount": "USD 1.2 billion", "day": "14 May 2019", "year": "2019"},
    {"name": "Fairs", "amount": "USD 900 million", "day": "about March 2021", "year": "2021–2025"},
    {"name": "Jobs", "amount": "\N{MINUS SIGN}1,350", "day": "2 May 2019", "year": "2018"},
    {"name": "Clusters", "amount": "", "day": "", "year": ""},
]
SPOKEN = {
    "USD 1.2 billion": "1,2 tỷ USD", "USD 900 million": "900 triệu USD", "\N{MINUS SIGN}1,350": "\N{MINUS SIGN}1.350",
    "14 May 2019": "14/5/2019", "about March 2021": "khoảng tháng 3/2021", "2 May 2019": "02/5/2019",
}  # fmt: skip


@pytest.fixture
def opened(window, tmp_path) -> Callable[..., Page]:
    """Opens a page with a table of some rows, as a file, on a desk or on a phone."""

    def open_page(rows: list[dict[str, str]], code: str = "en", width: int = 1280) -> Page:
        table = Table("t", "A table", columns=COLUMNS, frame=as_frame(rows)).html()
        script = f'<script defer src="{Path("book/_static/tables.js").resolve().as_uri()}"></script>'
        page = f'<!doctype html><html lang="{code}"><meta charset="utf-8"><title>A</title>{script}{FILTER}{table}'
        (tmp_path / "page.html").write_text(page, encoding="utf-8")
        shown = window(width)
        shown.goto((tmp_path / "page.html").as_uri())
        return shown

    return open_page


def long_rows(code: str = "en") -> list[dict[str, str]]:
    """Rows enough for a long table, the last of them empty but for their names."""
    rows = [*ROWS, *({"name": f"Row {n}", "amount": "", "day": "", "year": ""} for n in range(12))]
    return [{key: SPOKEN.get(said, said) if code == "vi" else said for key, said in row.items()} for row in rows]


def names(page: Page, most: int = 3) -> list[str]:
    return page.locator("tbody tr:visible th").all_inner_texts()[:most]


@pytest.mark.parametrize("code", ["en", "vi"])
@pytest.mark.parametrize(
    ("heading", "up"),
    [
        ("Amount", ["Jobs", "Fairs", "Làng nghề"]),
        ("Day", ["Jobs", "Làng nghề", "Fairs"]),
        ("Year", ["Jobs", "Làng nghề", "Fairs"]),
    ],
)
def test_a_heading_sorts_up_then_down_then_as_it_was_and_empty_cells_come_last(opened, code, heading, up):
    page = opened(long_rows(code), code)
    button, seen = page.get_by_role("button", name=heading), []
    for _ in range(3):
        button.press("Enter")
        seen.append((page.locator("th", has=button).get_attribute("aria-sort"), names(page)))
    as_it_was = [row["name"] for row in ROWS[:3]]
    assert seen == [("ascending", up), ("descending", up[::-1]), ("none", as_it_was)]


@pytest.mark.parametrize("width", [1280, 360])
def test_the_field_leaves_the_rows_that_have_its_words_with_or_without_marks(opened, width):
    page = opened(long_rows(), width=width)
    page.get_by_label("Filter").fill("nghe lang")
    assert names(page) == ["Làng nghề"]
    expect(page.locator("output")).to_have_text("1 of 16")
    page.get_by_label("Filter").fill("")
    expect(page.locator("output")).to_have_text("")
    assert len(names(page, 20)) == 16


def test_a_short_table_stays_as_it_is(opened):
    page = opened(ROWS)
    assert (page.locator("thead button").count(), page.get_by_label("Filter").count()) == (0, 0)


def test_a_phone_which_shows_no_headings_has_no_stop_in_them(opened):
    assert opened(long_rows(), width=360).locator("thead button").count() == 0
