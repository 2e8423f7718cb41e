"""A book in each language: its words, the switch to the other one, and what a search finds."""

from __future__ import annotations

import re
import shutil
from base64 import b64decode
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import quote

import nbformat
import pytest
from bs4 import BeautifulSoup
from playwright.sync_api import Page, expect
from servers import serving_folder

from promotion_book.book.book_language import language_address, translate_labels
from promotion_book.book.rendering import render_book
from promotion_book.words.language import LANGUAGES

pytestmark = pytest.mark.xdist_group("two small books, built once")
TEXT = "# Làng nghề\n\nThành phố Hà Nội có nhiều làng nghề, như Đông Hồ.\n\n```\nmake book\n```\n"
EMPTY = "# Trang khác\n\nKhông có gì ở đây.\n"
FIGURES = """# Figures

In 2024 exports were USD 192 million, 8% more, by Decision 496/QĐ-UBND; 550 triệu, 60.000 sản phẩm, 1,350 firms, 16.2%.

## Exports and imports &lt;b&gt;

```{raw} html
<table class="report-table"><tbody><tr><th>2021</th>
<td>7,5%</td>
<td>70.000</td></tr></tbody></table>
```
"""

DOT = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg=="  # a picture


@pytest.fixture(scope="module")
def edition(tmp_path_factory) -> Path:
    """An edition of two pages and a notebook in each language, as it lies on a site."""
    folder = tmp_path_factory.mktemp("edition")
    for code in LANGUAGES:
        source = folder / "source" / code
        for name in ("_static", "_templates", "locale"):
            shutil.copytree(Path("book") / name, source / "book" / name)
        shutil.copyfile("_config.yml", source / "_config.yml")
        (source / "_toc.yml").write_text(
            "format: jb-book\nroot: book/index\nchapters:\n  - file: book/other\n  - file: book/figures\n  - file: book/bare\n"
        )
        (source / "book" / "index.md").write_text(TEXT, encoding="utf-8")
        (source / "book" / "other.md").write_text(EMPTY, encoding="utf-8")
        (source / "book" / "figures.md").write_text(FIGURES, encoding="utf-8")
        nbformat.write(bare_figure(), source / "book" / "bare.ipynb")
        render_book(source, folder / "2025" / code, given={"language": code, "html_title": "A book"})
    return folder / "2025"


def bare_figure() -> nbformat.NotebookNode:
    """A notebook with a cell that shows a picture of its own."""
    picture = {"image/png": DOT, "text/plain": "<Figure size 1x1 with 1 Axes>"}
    outputs = [
        nbformat.v4.new_output("execute_result", {"text/plain": "<Axes: >"}, execution_count=1),
        nbformat.v4.new_output("display_data", picture),
    ]
    cells = [
        nbformat.v4.new_markdown_cell("# T\n\n## Visitors a year"),
        nbformat.v4.new_code_cell("data.plot()", execution_count=1, outputs=outputs),
    ]
    return nbformat.v4.new_notebook(cells=cells, metadata={"language_info": {"name": "python"}})


@pytest.fixture(scope="module")
def site(edition) -> Iterator[str]:
    with serving_folder(edition) as address:
        yield address


@pytest.fixture(scope="module")
def opened(browser) -> Iterator[Callable[..., Page]]:
    """Opens an address, in one window with scripts and in one without."""
    contexts = {script: browser.new_context(java_script_enabled=script) for script in (True, False)}
    windows = {script: context.new_page() for script, context in contexts.items()}

    def open_page(url: str, script: bool = True) -> Page:
        windows[script].goto(url)
        return windows[script]

    yield open_page
    for each in contexts.values():
        each.close()


def page(edition: Path, code: str, name: str = "book/index.html") -> str:
    return (edition / code / name).read_text(encoding="utf-8")


@pytest.mark.parametrize("code", LANGUAGES)
def test_each_page_names_its_language_and_where_it_lies_in_the_others(edition, code):
    for name in ("book/index.html", "book/other.html", "search.html"):
        text = page(edition, code, name)
        assert f'<html lang="{code}"' in text
        alternates = dict(re.findall(r'<link rel="alternate" hreflang="(\S+)" href="(\S+)"', text))
        assert alternates == {other: language_address(name.removesuffix(".html"), other) for other in LANGUAGES} | {
            "x-default": language_address(name.removesuffix(".html"), "en")
        }
        here = edition / code / name
        assert all((here.parent / where).resolve().is_file() for where in alternates.values())


def test_the_switch_names_the_other_language_in_that_language(edition):
    assert '<a lang="vi" hreflang="vi" rel="alternate" href="../../vi/book/index.html">Tiếng Việt</a>' in page(
        edition, "en"
    )
    assert '<a lang="en" hreflang="en" rel="alternate" href="../../en/book/index.html">English</a>' in page(
        edition, "vi"
    )


def test_labels_that_templates_hard_code_are_told_in_the_language_of_the_book(edition):
    assert 'title="Toggle primary sidebar"' in page(edition, "en")
    assert 'title="Ẩn hoặc hiện mục lục chính"' in page(edition, "vi")
    assert translate_labels('<a title="x" aria-label="y">y</a>', {"y": "z"}) == '<a title="x" aria-label="z">y</a>'


def test_scripts_of_the_theme_speak_the_language_of_the_book(edition):
    static = edition / "vi" / "_static"
    assert "Tìm thấy ${resultCount} trang phù hợp." in (static / "translations.js").read_text(encoding="utf-8")
    assert '"copy_success": "Đã sao chép"' in (static / "copybutton.js").read_text(encoding="utf-8")


@pytest.mark.browser
@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("query", ["lang nghe", "làng nghề", "LÀNG NGHỀ", "ha noi", "dong ho", "la\u0300ng"])
def test_a_search_with_or_without_marks_finds_the_page(site, opened, code, query):
    found = opened(f"{site}/{code}/search.html?q={query}").locator("ul.search li a")
    expect(found).to_have_text(["Làng nghề"])


@pytest.mark.browser
@pytest.mark.parametrize("code", ["en", pytest.param("vi", marks=pytest.mark.nightly)])
@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("2024", "In 2024"), ("496", "Decision 496"), ("550", "550 triệu"), ("192", "USD 192 million"), ("8%", "8% more"),
        ("USD 192 million", "USD 192 million"), ("60.000", "60.000 sản"), ("60,000", "60.000 sản"),
        ("60000", "60.000 sản"), ("1.350", "1,350 firms"), ("16,2%", "16.2%"), ("16.2", "16.2%"), ("70,000", "70.000"),
        ("2021", "2021"), ("Decision 496/QĐ-UBND", "Decision 496"),
    ],
)  # fmt: skip
def test_a_search_finds_figures_and_years_however_their_thousands_are_parted(site, opened, code, query, shown):
    found = opened(f"{site}/{code}/search.html?q={quote(query)}")
    expect(found.locator("ul.search li a")).to_have_text([re.compile("^Figures")])
    expect(found.locator("ul.search p.context")).to_contain_text(shown)


@pytest.mark.browser
@pytest.mark.parametrize("query", ["193", "8.5%", "9%", "6.000", "600.000", "USD 193 million"])
def test_a_search_for_a_figure_that_no_page_has_finds_none(site, opened, query):
    found = opened(f"{site}/en/search.html?q={quote(query)}")
    expect(found.locator(".search-summary")).to_contain_text("Your search did not match any documents.")
    expect(found.locator("ul.search li")).to_have_count(0)


@pytest.mark.browser
def test_a_title_that_is_found_is_a_text(site, opened):
    found = opened(f"{site}/en/search.html?q={quote('exports and imports')}").locator("ul.search li a")
    expect(found.last).to_have_text("Figures > Exports and imports <b>")
    expect(found.locator("b")).to_have_count(0)


@pytest.mark.browser
def test_the_results_are_told_in_the_language_of_the_book(site, opened):
    found = opened(f"{site}/vi/search.html?q=lang")
    expect(found.locator("#search-results h2")).to_have_text("Kết quả tìm kiếm")
    expect(found.locator(".search-summary")).to_have_text("Tìm thấy 1 trang phù hợp.")
    nothing = opened(f"{site}/vi/search.html?q=abcdef")
    expect(nothing.locator(".search-summary")).to_have_text("Không tìm thấy trang nào. Hãy kiểm tra lại từ cần tìm.")


@pytest.mark.browser
@pytest.mark.parametrize("script", [True, False], ids=["with a script", "without"])
def test_the_switch_leads_to_the_same_page_and_back(site, opened, script):
    shown = opened(f"{site}/en/book/other.html", script)
    shown.get_by_role("link", name="Tiếng Việt").click()
    expect(shown).to_have_url(f"{site}/vi/book/other.html")
    shown.get_by_role("link", name="English").click()
    expect(shown).to_have_url(f"{site}/en/book/other.html")


@pytest.mark.browser
def test_the_switch_keeps_the_section_that_is_read_and_the_search(site, opened):
    shown = opened(f"{site}/en/book/figures.html#exports-and-imports-b")
    shown.get_by_role("link", name="Tiếng Việt").click()
    expect(shown).to_have_url(f"{site}/vi/book/figures.html#exports-and-imports-b")
    shown = opened(f"{site}/vi/search.html?q=60.000")
    shown.get_by_role("link", name="English").click()
    expect(shown).to_have_url(f"{site}/en/search.html?q=60.000")


@pytest.mark.browser
def test_the_copy_button_speaks_the_language_of_the_book(site, opened):
    button = opened(f"{site}/vi/book/index.html").locator("button.copybtn")
    expect(button).to_have_attribute("data-tooltip", "Sao chép")


def test_a_figure_that_a_cell_shows_bare_is_a_picture_named_by_its_section(edition):
    (output,) = BeautifulSoup(page(edition, "vi", "book/bare.html"), "lxml").select(".cell_output")
    assert "<Axes: >" in output.get_text()
    assert output.img["alt"] == "Biểu đồ trong mục “Visitors a year”"
    assert (edition / "vi" / "book" / output.img["src"]).read_bytes() == b64decode(DOT)
