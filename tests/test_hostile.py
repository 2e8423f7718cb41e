"""An edition of a package whose every text is hostile: built, published and opened, and nothing of it is more than text.

No server sends a header here: what a page allows it says itself, and what a table says is escaped where it is written.
"""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
import threading
from collections.abc import Callable, Iterator
from datetime import date
from functools import partial
from html.parser import HTMLParser
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from itertools import count, cycle
from pathlib import Path
from urllib.parse import quote
from xml.etree import ElementTree
from zipfile import ZipFile

import openpyxl
import pytest
import yaml
from playwright.sync_api import Browser, Page, expect
from pypdf import PdfReader

from promotion_book.book.policy import META
from promotion_book.facts.package import data_from
from promotion_book.running.notebooks import read_notebook
from promotion_book.running.plan import work_folder
from promotion_book.running.what_if_file import prepare_what_if
from promotion_book.site import Note, edition, publish
from promotion_book.site.pdf import chromium
from promotion_book.site.seal import seal
from promotion_book.words.language import LANGUAGES

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("a hostile edition, built once")]
ROOT = Path(__file__).parent.parent
HOSTILE = (
    "</title><img src=x onerror=p()>",
    '"><script>p()</script>',
    "'><svg onload=p()>",
    "{{7*7}}{% p %}${p()}{p}",
    "[a](javascript:p()) ![b](x) <https://p>",
    "=1+1 $x^2$ \\textbf{p}",
    "--> ]]> <!--/revision--> *p*",
    "# <b onclick=p()>`p`",
)
NAMES = ("<img src=x onerror=p()>", '"><script>p()//', "'><svg onload=p()>", "{{7*7}}${p()}{p}", "=[a](javascript:p())")
UNIT = "<u>"  # what stands beside numbers, of which a picture's words have many
ADDRESSES = (
    "javascript:p()",
    "data:text/html,<script>p()</script>",
    'https://p.vn/"onclick="p()',
    "//p.vn",
    "JAVASCRIPT:p()",
)
PLACE, TITLE, REASON, AUTHOR = (f"{HOSTILE[0]} {name} {HOSTILE[6]}" for name in ("place", "title", "reason", "author"))
CHAPTERS = (
    "summary",
    "handicraft_exports",
    "scenarios",
    "what_if",
    "changes",
    "sources_and_conflicts",
    "data_coverage",
)
TOLD = re.compile(r"_(en|vi)$")
OTHER = {"sources": ("title", "publisher"), "programmes": ("basis",), "left_out": ("reason",)}
GRID = [
    {
        "notebook": "what_if",
        "address": "what_if/{case}",
        "title": "Industrial promotion in {place}: all editions",
        "grid": {"case": {"half": {"effort": "0.5"}}},
    }
]
BAD = (
    "u, img[src=x], svg[onload], [onerror], [onclick], a[href^='javascript:' i], a[href^='data:' i], a[href^='//'], "
    "script:not([src]):not([type*=json])"
)


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        """Nothing is written."""


def hostile(data: Path) -> None:
    """Make every text of a data package hostile; keys and numbers stay, and a correction of a text names what it was."""
    numbers, texts, names, addresses = count(), cycle(HOSTILE), cycle(NAMES), cycle(ADDRESSES)
    read_rows = {path.stem: rows(path) for path in data.glob("*.csv")}
    tables = {name: [dict(zip(head, row, strict=True)) for row in rest] for name, (head, *rest) in read_rows.items()}
    for name, table in tables.items():
        for row in table:
            told = [column for column in row if TOLD.search(column) or column in OTHER.get(name, ())]
            for column in (column for column in told if row[column] or column.startswith(("note", "author"))):
                text = next(names if column.startswith("name") else texts)
                row[column] = UNIT if name == "units" else f"{text} {next(numbers)}"
            row |= {column: next(addresses) for column in row if column == "address"}
    keys = {"observations": "observation_id", "targets": "target_id"}
    for row in tables["corrections"]:
        (printed,) = [of for of in tables[row["table"]] if of[keys[row["table"]]] == row["row_id"]]
        if TOLD.search(row["column"]):
            row |= {"printed": printed[row["column"]], "used": next(texts)}
    for name, table in tables.items():
        with (data / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, list(table[0]), lineterminator="\n")
            writer.writeheader()
            writer.writerows(table)
    descriptor = json.loads((data / "datapackage.json").read_text(encoding="utf-8"))
    descriptor["place"] |= {"name_en": PLACE, "name_vi": PLACE}
    (data / "datapackage.json").write_text(json.dumps(descriptor), encoding="utf-8")


def rows(path: Path) -> list[list[str]]:
    return list(csv.reader(io.StringIO(path.read_text(encoding="utf-8"), newline="")))


def contents(root: Path, *chapters: str) -> None:
    files = ["book/methods", "book/reading", *(f"notebooks/{name}" for name in chapters)]
    parts = [{"caption": "The report", "chapters": [{"file": name} for name in files]}]
    text = yaml.safe_dump({"format": "jb-book", "root": "book/index", "parts": parts}, sort_keys=False)
    (root / "_toc.yml").write_text(text, encoding="utf-8")


@pytest.fixture(scope="module")
def root(tmp_path_factory) -> Iterator[Path]:
    """A project with a small book: its edition of 2025 with a corrected error, and a what-if."""
    root = tmp_path_factory.mktemp("hostile")
    for name in ("book", "data", "notebooks"):
        shutil.copytree(ROOT / name, root / name, ignore=shutil.ignore_patterns("results", ".ipynb_checkpoints"))
    (root / "tests").mkdir()
    for name in ("requirements.lock", "tests/cases.csv"):
        shutil.copyfile(ROOT / name, root / name)
    config = yaml.safe_load((ROOT / "_config.yml").read_text(encoding="utf-8"))
    config |= {"author": AUTHOR, "html": {**config["html"], "baseurl": "https://example.org/"}}
    (root / "_config.yml").write_text(yaml.safe_dump(config), encoding="utf-8")
    (root / "notebooks" / "grid.yml").write_text(yaml.safe_dump(GRID), encoding="utf-8")
    (root / "book" / "index.md").write_text("# In {{ place }}, {{ edition }}\n\n{{ place }} on {{ cut_off }}\n")
    for name in ("methods", "reading"):
        (root / "book" / f"{name}.md").write_text(f"# {name}\n")
    hostile(root / "data" / "hanoi")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PROMOTION_BOOK_DATA", str(root / "data"))
        patch.setenv("PYTHONHASHSEED", "0")
        published(root)
        assumed(root)
        yield root


def published(root: Path) -> None:
    contents(root, *CHAPTERS)
    built = [edition.build(root, "hanoi", "2025", code, lambda *_: None) for code in LANGUAGES]
    publish(root, [("hanoi", "2025")], date(2026, 11, 24))
    for each in built:
        page = each.html / "notebooks" / "summary.html"
        page.write_text(page.read_text(encoding="utf-8").replace("</article>", "<p>Corrected.</p></article>"))
        seal(each, root)
    note = Note("error", {"en": REASON, "vi": REASON})
    publish(root, [("hanoi", "2025")], date(2026, 11, 25), note, chromium())


def assumed(root: Path) -> None:
    contents(root, "scenarios")
    (root / "notebooks" / "grid.yml").write_text("[]\n")
    row = {"scenario": "slow", "name_en": HOSTILE[1], "indicator_id": "handicraft_exports", "kind": "constant_growth"}
    row |= {"parameters": "growth=0.02", "until": "2025", "reason_en": HOSTILE[0]}
    said = {"title": TITLE, "author": AUTHOR, "scenarios": [row]}
    (root / "slow.yml").write_text(yaml.safe_dump(said), encoding="utf-8")
    found = prepare_what_if(root, "hanoi", root / "slow.yml")
    with data_from(found.data):
        edition.build(root, "hanoi", "2025", "en", lambda *_: None, what_if=found)


@pytest.fixture(scope="module")
def site(root) -> Path:
    return (root / "_site").resolve()


@pytest.fixture(scope="module")
def address(site) -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(site)))
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def opened(browser: Browser) -> Iterator[Callable[[str], Page]]:
    """Opens an address; what a page's console says, and whether a hostile script ran, is kept."""
    with browser.new_context() as context:
        page = context.new_page()
        page.add_init_script("window.p = () => { document.documentElement.dataset.ran = true; };")
        page.said = []
        page.on("console", lambda told: page.said.append(told.text) if told.type in ("error", "warning") else None)
        page.on("pageerror", lambda error: page.said.append(str(error)))

        def open_page(url: str) -> Page:
            page.goto(url, wait_until="load")
            return page

        yield open_page


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
    folder = work_folder(root, "hanoi", "2025", "en", "slow") / "html"
    assert {name: found for name in pages(folder) if (found := wrong(opened((folder / name).as_uri())))} == {}
    page = opened((folder / "notebooks" / "scenarios.html").as_uri())
    expect(page.locator(".bd-header-announcement")).to_contain_text(" ".join(TITLE.split()))


@pytest.mark.parametrize("code", LANGUAGES)
def test_what_a_page_says_is_the_text_of_the_tables(address, opened, code):
    page = opened(f"{address}/hanoi/2025/{code}/book/index.html")
    expect(page).to_have_title(re.compile(re.escape(f"{PLACE}, 2025")))
    heading, line = (page.locator(f"article {tag}").first.inner_text().replace("–", "--") for tag in ("h1", "p"))
    assert (heading[: len(PLACE) + 3], line[: len(PLACE)]) == (f"In {PLACE}", PLACE)
    page = opened(f"{address}/hanoi/2025/{code}/notebooks/summary.html")
    expect(page.locator(".correction")).to_contain_text(REASON)
    page = opened(f"{address}/hanoi/2025/{code}/notebooks/sources_and_conflicts.html")
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
    expect(page.locator("svg.marks").first).to_be_visible()
    assert wrong(page) == []


def test_an_earlier_revision_tells_the_reason_of_the_correction_as_text(address, opened):
    page = opened(f"{address}/hanoi/2025/r0/en/notebooks/summary.html")
    expect(page.locator(".edition-news p").first).to_contain_text(REASON)
    assert wrong(page) == []


def test_every_page_has_its_policy_before_anything_else(root, site):
    folders = (site, work_folder(root, "hanoi", "2025", "en", "slow") / "html")
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
        assert PLACE in str(book.worksheets[0]["A1"].value)
    with ZipFile(folder / "hanoi-2025-data.zip") as package:
        assert package.read("sources.csv") == (root / "data" / "hanoi" / "sources.csv").read_bytes()


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
