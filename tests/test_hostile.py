"""An edition of a package whose every text is hostile: built, published and opened, and nothing of it is more than text.

No server sends a header here: what a page allows it says itself, and what a table says is escaped where it is written.
"""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import quote
from xml.etree import ElementTree
from zipfile import ZipFile

import openpyxl
import pytest
import yaml
from hostile_edition import (
    AT_NIGHT,
    AUTHOR,
    CHAPTERS,
    PLACE,
    REASON,
    TITLE,
    build_what_if,
    publish_twice,
    put_book,
    rows,
)
from playwright.sync_api import Page, expect
from pypdf import PdfReader
from servers import serving_folder

from promotion_book.book.policy import META
from promotion_book.running.notebooks import read_notebook
from promotion_book.running.plan import EditionId, locate_build
from promotion_book.words.language import LANGUAGES
from sites import copy_site

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("a hostile edition, built once")]
BAD = (
    "u, img[src=x], svg[onload], [onerror], [onclick], a[href^='javascript:' i], a[href^='data:' i], a[href^='//'], "
    "script:not([src]):not([type*=json])"
)


@pytest.fixture(
    scope="module", params=[CHAPTERS, pytest.param(AT_NIGHT, marks=pytest.mark.nightly)], ids=["by day", "by night"]
)
def root(request, tmp_path_factory) -> Iterator[Path]:
    """A project with a small book: its edition of 2025 with a corrected error, and a what-if."""
    root = tmp_path_factory.mktemp("hostile")
    put_book(root)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PROMOTION_BOOK_DATA", str(root / "data"))
        publish_twice(root, request.param)
        build_what_if(root)
        yield root


@pytest.fixture(scope="module")
def site(root) -> Path:
    return copy_site(root, root / "copied_site")


@pytest.fixture(scope="module")
def address(site) -> Iterator[str]:
    with serving_folder(site) as address:
        yield address


@pytest.fixture
def opened(window) -> Callable[[str], Page]:
    """Opens an address; whether a hostile script ran is kept on the page."""
    page = window()
    page.add_init_script("window.p = () => { document.documentElement.dataset.ran = true; };")

    def open_page(url: str) -> Page:
        page.goto(url, wait_until="load")
        return page

    return open_page


def wrong(page: Page) -> list[object]:
    """What is wrong on an open page: elements of the texts, scripts that ran, what the console said."""
    found = page.locator(BAD).evaluate_all("all => all.map((one) => one.outerHTML.slice(0, 200))")
    ran = page.evaluate("document.documentElement.dataset.ran")
    said, page.said = page.said, []
    return [*found, *([ran] if ran else []), *said]


def pages(folder: Path) -> list[str]:
    found = [path.relative_to(folder) for path in sorted(folder.rglob("*.html")) if "_static" not in path.parts]
    leading = [path for path in found if 'http-equiv="refresh"' in (folder / path).read_text(encoding="utf-8")]
    return [
        path.as_posix() for path in found if path not in leading and "r0" not in path.parts and "r1" not in path.parts
    ]


def test_on_no_page_of_the_site_runs_a_script_or_appears_an_element_of_a_text(site, address, opened):
    names = [*pages(site), *(f"hanoi/2025/r0/{code}/notebooks/summary.html" for code in LANGUAGES)]
    assert len(names) > 2 * len(CHAPTERS)
    assert {name: found for name in names if (found := wrong(opened(f"{address}/{name}")))} == {}


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_copy_on_a_disk_is_as_harmless(site, opened, tmp_path, code):
    with ZipFile(site / "hanoi" / "2025" / f"hanoi-2025-{code}.zip") as copy:
        copy.extractall(tmp_path)
    assert {name: found for name in pages(tmp_path) if (found := wrong(opened((tmp_path / name).as_uri())))} == {}


def test_the_pages_of_a_what_if_are_as_harmless_and_say_its_title(root, opened):
    folder = locate_build(root, EditionId("hanoi", "2025"), language="en", what_if="slow").folder / "html"
    assert {name: found for name in pages(folder) if (found := wrong(opened((folder / name).as_uri())))} == {}
    page = opened((folder / "notebooks" / "scenarios.html").as_uri())
    expect(page.locator(".bd-header-announcement")).to_contain_text(" ".join(TITLE.split()))


@pytest.mark.parametrize("code", LANGUAGES)
def test_what_a_page_says_is_the_text_of_the_tables(address, opened, code):
    page = opened(f"{address}/hanoi/2025/{code}/book/index.html")
    expect(page).to_have_title(re.compile(f"{re.escape(PLACE)}, .*2025"))
    heading, line = (page.locator(f"article {tag}").first.inner_text().replace("–", "--") for tag in ("h1", "p"))
    assert (heading[: len(PLACE) + 3], line[: len(PLACE)]) == (f"In {PLACE}", PLACE)
    page = opened(f"{address}/hanoi/2025/{code}/notebooks/summary.html")
    expect(page.locator(".correction")).to_contain_text(REASON)
    page = opened(f"{address}/hanoi/2025/{code}/notebooks/sources_and_conflicts.html")
    page.locator("#main-content details").evaluate_all("folds => folds.forEach(fold => { fold.open = true; })")
    expect(page.get_by_text("(javascript:p())").first).to_be_visible()
    assert page.locator("#main-content a[href^='https://p.vn/\"onclick']").count()


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_search_and_an_explorer_show_texts(address, opened, code):
    for query in ("onerror", PLACE, f"in {PLACE}, 2025"):
        page = opened(f"{address}/hanoi/2025/{code}/search.html?q={quote(query)}")
        expect(page.locator("ul.search li p.context").first).to_be_visible()
        assert wrong(page) == []
    page = opened(f"{address}/hanoi/2025/{code}/notebooks/handicraft_exports.html")
    page.get_by_role("slider").first.press("ArrowRight")
    expect(page.locator("svg.explorer-chart").first).to_be_visible()
    assert wrong(page) == []


def test_an_earlier_revision_tells_the_reason_of_the_correction_as_text(address, opened):
    page = opened(f"{address}/hanoi/2025/r0/en/notebooks/summary.html")
    expect(page.locator(".edition-news p").first).to_contain_text(REASON)
    assert wrong(page) == []


def test_every_page_has_its_policy_before_anything_else(root, site):
    folders = (site, locate_build(root, EditionId("hanoi", "2025"), language="en", what_if="slow").folder / "html")
    texts = {path: path.read_text(encoding="utf-8") for folder in folders for path in folder.rglob("*.html")}
    first = re.compile(
        rf'\s*<!doctype html>\s*<html[^>]*>\s*<head>\s*(<meta (charset|name="viewport")[^>]*>\s*)*{META}', re.I
    )
    assert [str(path) for path, text in texts.items() if not first.match(text)] == []


class Elements(HTMLParser):
    """The elements of some HTML or XML that only a text of a table can have brought."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        brought = any(name.startswith("on") or (value or "").lower().startswith("javascript:") for name, value in attrs)
        self.found += [tag] if brought or (tag == "u" or dict(attrs).get("src") == "x") else []


def test_notebooks_and_pictures_to_take_away_hold_no_element_of_a_text(site):
    found = {}
    for path in (site / "hanoi" / "2025").rglob("*.ipynb"):
        outputs = [output for cell in read_notebook(path).cells for output in cell.get("outputs", ())]
        found[path] = Elements("".join(output.get("data", {}).get("text/html", "") for output in outputs)).found
    for path in (site / "hanoi" / "2025").rglob("*.svg"):
        ElementTree.parse(path)
        found[path] = Elements(path.read_text(encoding="utf-8")).found
    assert len(found) > 20
    assert {path: tags for path, tags in found.items() if tags} == {}


def test_feed_sitemap_dataset_manifest_and_citation_are_sound_and_say_the_texts(site):
    folder = site / "hanoi" / "2025"
    for code in LANGUAGES:
        entry = ElementTree.parse(site / f"feed.{code}.xml").find("{*}entry")
        assert entry is not None
        assert (entry.findtext("{*}summary"), PLACE in (entry.findtext("{*}title") or "")) == (REASON, True)
        page = (folder / code / "book" / "index.html").read_text(encoding="utf-8")
        (told,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
        assert json.loads(told)["spatialCoverage"]["name"] == PLACE
    ElementTree.parse(site / "sitemap.xml")
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    assert (manifest["names"]["en"]["place"], manifest["note"]["reason"]["en"]) == (PLACE, REASON)
    assert yaml.safe_load((folder / "CITATION.cff").read_text(encoding="utf-8"))["authors"] == [{"name": AUTHOR}]


def test_no_cell_of_a_csv_or_a_sheet_is_a_formula_and_the_data_package_is_as_it_was(root, site):
    folder = site / "hanoi" / "2025"
    number = re.compile(r"-?[0-9.]+(e-?[0-9]+)?")
    cells = [cell for path in folder.rglob("*.csv") for row in rows(path) for cell in row]
    assert [cell for cell in cells if cell.startswith(("=", "+", "-", "@")) and not number.fullmatch(cell)] == []
    assert any(cell.startswith("'=1+1") for cell in cells)
    for code in LANGUAGES:
        book = openpyxl.load_workbook(folder / f"hanoi-2025-{code}.xlsx")
        kinds = {cell.data_type for sheet in book for row in sheet.iter_rows() for cell in row}
        assert "f" not in kinds
        cover = " ".join(str(cell.value) for cell in book.worksheets[0]["A"] if cell.value)
        assert PLACE in cover
    with ZipFile(folder / "hanoi-2025-data.zip") as package:
        assert package.read("hanoi/sources.csv") == (root / "data" / "hanoi" / "sources.csv").read_bytes()


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_edition_on_paper_says_the_texts_and_holds_no_script(site, code):
    content = (site / "hanoi" / "2025" / f"hanoi-2025-{code}.pdf").read_bytes()
    paper = PdfReader(io.BytesIO(content))
    links = [
        str(note["/A"]["/URI"])
        for page in paper.pages
        for note in (page.get("/Annots") or ())
        if "/URI" in note.get("/A", {})
    ]
    assert [link for link in links if not link.startswith(("https://", "http://"))] == []
    assert not {"/JavaScript", "/AA", "/OpenAction"} & {
        *paper.trailer["/Root"],
        *paper.trailer["/Root"].get("/Names", {}),
    }
    assert "</title><img src=x onerror=p()>" in (paper.metadata or {}).get("/Title", "")
