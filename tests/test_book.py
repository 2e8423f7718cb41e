"""The pages of the book: the extension's directives, and warnings that stop an edition."""

from __future__ import annotations

import shutil
from pathlib import Path

import nbformat
import pandas as pd
import pytest
import yaml
from bs4 import BeautifulSoup
from docutils.utils import new_document
from nbformat.v4 import new_markdown_cell, new_notebook

from folders import ROOT
from promotion_book.book.book_frame import name_parts
from promotion_book.book.rendering import BookError, render_book
from promotion_book.book.unshown import find_unshown
from promotion_book.report.marks import CITE, DATASET, NOTICE, REVISION
from promotion_book.running.contents import chapter_notebooks
from promotion_book.running.plan import EditionId, locate_build, plan_edition

pytestmark = pytest.mark.xdist_group("a small book")

OWN_FORGE = "https://git.example.org/report"  # no service that the theme knows


def test_the_chapters_are_those_of_the_table_of_contents():
    assert [path.stem for path in chapter_notebooks(Path())][:2] == ["summary", "key_industrial_products"]


def put_book(folder: Path) -> Path:
    """The source of a book with the real configuration, of a repository of its own, and no page."""
    source = folder / "source"
    (source / "book" / "_static").mkdir(parents=True)
    (source / "tests").mkdir()
    config = yaml.safe_load((ROOT / "_config.yml").read_text(encoding="utf-8"))
    config["repository"] = {"url": OWN_FORGE}
    (source / "_config.yml").write_text(yaml.safe_dump(config), encoding="utf-8")
    shutil.copytree(ROOT / "book" / "_static", source / "book" / "_static", dirs_exist_ok=True)
    shutil.copytree(ROOT / "book" / "_templates", source / "book" / "_templates")
    shutil.copyfile(ROOT / "tests" / "cases.csv", source / "tests" / "cases.csv")
    (source / "_toc.yml").write_text("format: jb-book\nroot: book/index\n", encoding="utf-8")
    return source


@pytest.fixture(scope="module")
def rendered(tmp_path_factory) -> Path:
    """A book of one page with a formula, words, a method and a link to another one, as a page of the edition of 2024.

    Its source lies at a service that the theme does not know, as that of a project may.
    """
    folder = tmp_path_factory.mktemp("rendered")
    page = (
        "# T\n\n$a^2$\n\n```{words} status\n```\n\n```{statistic} statistics.growth.cagr\nP001: To {current}.\n```\n\n"
        "[elsewhere](elsewhere.md)\n"
    )
    (put_book(folder) / "book" / "index.md").write_text(page, encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("promotion_book.running.plan.base_address", lambda root: "https://example.org/report/")
        edition = EditionId("hanoi", "2024")
        planned = plan_edition(ROOT, locate_build(ROOT, edition, language="en"))
        few = plan_edition(ROOT, locate_build(ROOT, edition, language="en", alone=True), only=["ocop"])
    settings = {name: planned.settings[name] for name in ("edition", "html_baseurl")}
    settings["suppress_warnings"] = few.settings["suppress_warnings"]
    render_book(folder / "source", folder / "html", given=settings)
    return folder / "html"


def test_a_small_book_is_rendered_with_mathematics_and_the_words_of_the_code(rendered):
    html = (rendered / "book" / "index.html").read_text(encoding="utf-8")
    assert html.count("<math") == 2
    assert "acceleration needed" in html
    assert "To 120." in html
    assert "Data and text: CC BY 4.0. Code: MIT." in html
    assert "url=book/index.html" in (rendered / "index.html").read_text(encoding="utf-8")


def test_a_table_of_pandas_is_the_same_in_every_run_and_styles_nothing_on_its_page():
    frame = pd.DataFrame({"products": [4, 9]}, index=[2024, 2025])
    pages = [name_parts(frame.style.background_gradient().to_html() + frame.to_html(notebook=True)) for _ in range(2)]
    assert (pages[0] == pages[1], "style" in pages[0], pages[0].count("<table")) == (True, False, 2)


def test_the_search_stands_with_the_title(rendered):
    page = BeautifulSoup((rendered / "book" / "index.html").read_bytes(), "html.parser")
    assert len(page.select(".sidebar-primary-item:has(> header) > .search-button-field")) == 1


def test_a_page_of_an_edition_says_what_it_is_and_leaves_marks_for_its_publication(rendered):
    html = (rendered / "book" / "index.html").read_text(encoding="utf-8")
    assert '<link rel="canonical" href="https://example.org/report/hanoi/2024/en/book/index.html"' in html
    assert "Figures public by 31 March 2025." in html
    assert "Next release: 15 January 2027 (the first half of 2026)." in html
    assert [html.count(f"<!--{name}-->") for name in (REVISION, NOTICE, DATASET, CITE)] == [2, 1, 1, 1]
    assert 'data-page="book/index"' in html


def test_a_page_of_an_edition_has_a_card_with_the_picture_of_the_edition_and_its_title_once(rendered):
    page = BeautifulSoup((rendered / "book" / "index.html").read_bytes(), "html.parser")
    said = {tag.get("property") or tag["name"]: tag["content"] for tag in page.select("meta[property], meta[name]")}
    address = "https://example.org/report/hanoi/2024/en/"
    assert {name: said.get(name) for name in ("og:title", "og:url", "og:image", "twitter:card")} == {
        "og:title": "T",
        "og:url": f"{address}book/index.html",
        "og:image": f"{address}_static/share.png",
        "twitter:card": "summary_large_image",
    }
    assert (rendered / "_static" / "share.png").is_file()
    assert "\N{EM DASH}" not in page.title.get_text()


LINKS = "# T\n\n[nowhere](nowhere.md)\n\n![](../book/_static/x.png)\n"
PAGES = {
    "targets": ["# T", "(here)=\n\n## One", "(here)=\n\n## Two"],
    "unshown": [
        '# U\n\n`<b style="color:red">`\n\n<b>bold</b>',
        'One <b style="color:red">red</b>',
        "Two\n\n![a picture](https://example.org/a.png)",
        "Three\n\n```{raw} html\n<iframe src='a'></iframe>\n```",
        "# Four",
    ],
}


@pytest.fixture(scope="module")
def warnings(tmp_path_factory) -> list[str]:
    """What stops a book whose every page has something wrong."""
    folder = tmp_path_factory.mktemp("refused")
    book = put_book(folder) / "book"
    (book / "index.md").write_text(LINKS, encoding="utf-8")
    (book / "_static" / "x.png").write_bytes(b"")
    for name, cells in PAGES.items():
        nbformat.write(new_notebook(cells=[new_markdown_cell(text) for text in cells]), book / f"{name}.ipynb")
    chapters = "".join(f"  - file: book/{name}\n" for name in PAGES)
    (folder / "source" / "_toc.yml").write_text(f"format: jb-book\nroot: book/index\nchapters:\n{chapters}")
    with pytest.raises(BookError) as error:
        render_book(folder / "source", folder / "html", given={})
    return str(error.value).splitlines()


@pytest.mark.parametrize("warning", ["nowhere.md", "image"])
def test_a_warning_stops_the_book_and_is_named(warnings, warning):
    assert [line for line in warnings if line.startswith("book/index.md") and warning in line] != []


def test_what_ends_the_book_at_once_is_told(tmp_path):
    page = "# T\n\n```{statistic} statistics.growth.cagr\nP001: {nothing}\n```\n"
    (put_book(tmp_path) / "book" / "index.md").write_text(page, encoding="utf-8")
    with pytest.raises(BookError, match="case P001 has no field 'nothing'"):
        render_book(tmp_path / "source", tmp_path / "html", given={})


def test_a_warning_on_a_cell_of_a_notebook_says_what_the_cell_begins_with(warnings):
    said = 'book/targets.ipynb: cell ((here)=), line 1: WARNING: Duplicate explicit target name: "here"'
    assert [line for line in warnings if line.startswith(said)] != []


def test_what_no_reader_of_a_page_would_see_stops_the_book_and_is_named_with_its_cell(warnings):
    start = "book/unshown.ipynb: cell "
    assert {line.split(";")[0].removeprefix(start) for line in warnings if line.startswith(start)} == {
        '(One <b style="color:red">red</b>), line 1: WARNING: the page holds a style of its own, as a Styler with colours, '
        "which no page has",
        "(Two), line 3: WARNING: the page holds a picture, sound or film that lies elsewhere, which no page loads",
        "(Three), line 3: WARNING: the page holds a script or a frame, which no page runs",
        "(# Four), line 1: WARNING: a second title, 'Four', and a page has one",
    }


def test_a_page_without_a_title_is_named():
    (sentence, _), *more = find_unshown(new_document("a page"))
    assert (sentence, more) == ("the page has no title; begin it with a line '# ' and its title", [])


def test_a_link_to_a_page_that_is_not_among_a_few_stops_nothing(rendered):
    assert "elsewhere" in (rendered / "book" / "index.html").read_text(encoding="utf-8")


def test_the_glossary_has_each_term_once_with_its_vietnamese():
    lines = Path("book/glossary.md").read_text(encoding="utf-8").splitlines()
    terms = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines if line.startswith("| ")]
    bilingual = [row for row in terms if len(row) == 3 and row[0] not in ("English", "---")]
    assert len(bilingual) > 40
    assert len({row[0] for row in bilingual}) == len(bilingual)
    assert all(all(row) for row in bilingual)
