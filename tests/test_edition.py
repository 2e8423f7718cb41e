"""A whole edition, read as a reader reads it."""

from __future__ import annotations

import json
import os
import re
from functools import cache
from pathlib import Path
from urllib.parse import unquote, urlsplit
from zipfile import ZipFile

import pytest

from builders import short_chapter
from promotion_book.book.methods import worked_cases
from promotion_book.book.page_tree import read_page
from promotion_book.facts.check import check
from promotion_book.facts.package import data_from
from promotion_book.running import plan
from promotion_book.running.data_package import data_files, unpack_data
from promotion_book.running.hashing import folder_sha256
from promotion_book.running.plan import EditionBuild
from promotion_book.running.references import renew_references
from promotion_book.site import edition
from promotion_book.site.edition import EditionError
from promotion_book.site.seal import check_seal
from promotion_book.site.store import SiteError
from sites import build_hanoi, small_book

pytestmark = pytest.mark.xdist_group("the newest edition")


@pytest.fixture(scope="module")
def built(newest_edition) -> EditionBuild:
    return newest_edition("en")


@pytest.fixture(scope="module")
def pages(built) -> dict[str, str]:
    return {p.relative_to(built.html).as_posix(): p.read_text(encoding="utf-8") for p in built.html.rglob("*.html")}


ELSEWHERE = ("canonical", "next", "prev", "index", "search", "author")  # links of a head that load nothing


class Page:
    """The parts of a page that readers' promises are about."""

    def __init__(self, text: str) -> None:
        whole = read_page(text)
        self.images: list[dict[str, str]] = [dict(image.attrib) for image in whole.iter("img")]
        self.charts: list[str] = [
            chart.get("aria-label", "") for chart in whole.iter("svg") if chart.get("role") == "img"
        ]
        self.links: list[str] = whole.xpath("//a/@href[. != '']")
        self.ids = {*whole.xpath("//@id")}
        heads = [link.get("href") for link in whole.iter("link") if link.get("rel") not in ELSEWHERE]
        self.loads = [*filter(None, heads), *whole.xpath("(//script | //img | //iframe)/@src | //source/@srcset")]


@cache
def parse(text: str) -> Page:
    """The parts of a page, read once for all tests."""
    return Page(text)


@cache
def is_file(path: str) -> bool:
    return Path(path).is_file()


def test_an_edition_from_which_nothing_changed_stays_as_it_is(project, built):
    told: list[str] = []
    with data_from(project / "data"):
        assert edition.is_current(project, built, tell=lambda made: told.append(str(made)))
    assert told == [f"{page}: cached" for page in plan.plan_edition(project, built).jobs]


def test_the_seal_covers_every_file(built):
    seal = json.loads((built.folder / "edition.json").read_text(encoding="utf-8"))
    assert (seal["place"], seal["period"], seal["cut_off"]) == ("hanoi", "2025", "2026-03-31")
    assert seal["files"] == folder_sha256(built.html)
    assert check_seal(built) == seal


def test_as_a_reader_i_find_the_findings_that_the_report_promises(pages):
    plain = {name: re.sub(r"<[^>]+>|\N{NO-BREAK SPACE}", " ", page) for name, page in pages.items()}
    text = {name: " ".join(page.split()) for name, page in plain.items()}
    handicraft, products = text["notebooks/handicraft_exports.html"], text["notebooks/key_industrial_products.html"]
    start = text["book/index.html"]
    assert re.search(
        r"the due target furthest from being reached is “Share of supporting industries in industrial output”: 5% \(2022, estimate\), or 17% of the target of 30% for 2025",
        start,
    )
    assert re.search(
        r"USD 192 million in 2018, growth of 5% a year leads to USD 270 million in 2025, and 9% to USD 351", handicraft
    )
    assert re.search(
        r"No figure of a whole year after 2018 was found; the target needed growth of at least 16.2% a year", handicraft
    )
    assert all(n in handicraft for n in ("USD 192 million", "USD 329 million", "USD 550 million", "16.2%"))
    for reading in (
        "183 products recognised in 2021–2025 (target met)",
        "104 products holding a valid title (target missed)",
    ):
        assert reading in products
    assert all(n in text["notebooks/rural_establishments.html"] for n in ("50,000", "70,000"))
    assert all(n in handicraft for n in ("2,000", "3,500"))
    assert all(n in text["notebooks/craft_villages.html"] for n in ("60%", "45%", "40%", "25%", "cannot all be right"))


def test_as_a_reader_who_cannot_see_i_am_told_what_every_picture_shows(pages):
    pictures = [(name, image) for name, page in pages.items() for image in parse(page).images]
    charts = [told for page in pages.values() for told in parse(page).charts]
    assert [name for name, image in pictures if not image.get("alt")] == []
    assert len(charts) > 2 * 25  # each for a desk and for a phone
    assert all(20 < len(told) <= 250 for told in charts)


def test_as_a_reader_i_can_follow_every_link_and_download(built, pages):
    parsed = {name: parse(page) for name, page in pages.items()}
    broken, vietnamese = [], built.folder.resolve() / "vi"
    for name, page in parsed.items():
        for link in page.links:
            parts = urlsplit(link)
            if parts.scheme or not (parts.path or parts.fragment):
                continue
            target = (
                (built.html / name).parent.joinpath(unquote(parts.path)).resolve() if parts.path else built.html / name
            )
            if target.is_relative_to(vietnamese):  # the same page of the other language, beside this one on the site
                target = built.html.resolve() / target.relative_to(vietnamese)
            if not target.is_relative_to(built.html.resolve()):
                continue  # into the site, where a later test follows it
            if not target.is_file():
                broken.append((name, link))
            elif parts.fragment and target.suffix == ".html":
                ids = parsed[target.relative_to(built.html.resolve()).as_posix()].ids
                broken += [] if unquote(parts.fragment) in ids else [(name, link)]
    assert broken == []


def test_as_a_reader_no_page_asks_anybody_else_for_anything(pages):
    outside = [(name, url) for name, page in pages.items() for url in parse(page).loads if urlsplit(url).netloc]
    assert outside == []


def test_only_the_pages_with_an_explorer_load_its_script(pages):
    loading = {name for name, page in pages.items() if any("explorer.js" in url for url in parse(page).loads)}
    assert loading == {"notebooks/handicraft_exports.html"}


def test_as_a_reader_i_find_the_other_assumptions_below_the_what_if_page(pages):
    links = {link for link in parse(pages["notebooks/what_if.html"]).links if "/index.html" in link}
    assert {"what_if/half/index.html", "what_if/more/index.html"} <= links


def test_every_page_names_its_cut_off_day_or_is_about_the_book(pages):
    chapters = [page for name, page in pages.items() if name.startswith("notebooks/")]
    assert len(chapters) == 23
    assert all("31 March 2026" in page for page in [*chapters, pages["book/index.html"]])


def test_the_worked_examples_of_the_methods_page_are_those_of_the_tests(pages):
    case = json.loads(worked_cases(Path("tests/cases.csv"))["P011"]["inputs"])
    told = "A figure went from {base:g} to {current:g} in {years_elapsed} of {years_total} years.".format(**case)
    assert told in pages["book/methods.html"]
    assert "<math" in pages["book/methods.html"]


def pages_of(folder: Path) -> dict[Path, Page]:
    """The pages below a folder that readers see, by their paths."""
    found = [path for path in folder.rglob("*.html") if "_static" not in path.parts]
    return {path: parse(path.read_text(encoding="utf-8")) for path in found}


def dead_ends(folder: Path, site: Path) -> list[tuple[str, str]]:
    """The links of the pages below a folder that lead to nothing, or out of the site."""
    dead = []
    for path, page in pages_of(folder).items():
        for link in page.links:
            parts = urlsplit(link)
            target = os.path.normpath(path.parent / unquote(parts.path))
            if not parts.scheme and parts.path and not (target.startswith(f"{site}/") and is_file(target)):
                dead.append((path.relative_to(site).as_posix(), link))
    return dead


def test_as_a_reader_i_can_follow_every_link_of_the_site_and_of_a_page_to_the_archive_and_the_downloads(newest_site):
    for address in ("hanoi/2025/en", "hanoi/2025/r0/en"):
        links = {link for page in pages_of(newest_site / address).values() for link in page.links}
        assert {"../../../archive.en.html", "../../manifest.json", "../../hanoi-2025-data.zip"} <= links
    assert dead_ends(newest_site, newest_site) == []


def test_as_a_reader_i_see_on_every_published_page_which_revision_it_is(newest_site):
    pages = [path.read_text(encoding="utf-8") for path in pages_of(newest_site / "hanoi" / "2025" / "en")]
    own = [page for page in pages if "edition-line" in page]
    assert len(own) == len(pages) - 1  # index.html only leads to the start
    assert all("First published on 24 November 2026 (r0)." in page and "Not published" not in page for page in own)
    assert all("Next release: 15 January 2027 (the first half of 2026)." in page for page in own)


def test_as_a_reader_without_a_network_i_have_a_copy_that_opens_from_a_disk(newest_site, tmp_path):
    with ZipFile(newest_site / "hanoi" / "2025" / "hanoi-2025-en.zip") as copy:
        copy.extractall(tmp_path)
    folder = tmp_path / "hanoi-2025-r0-en"
    assert dead_ends(folder, folder) == []
    assert (folder / "index.html").is_file()
    outside = [url for page in pages_of(folder).values() for url in page.loads if urlsplit(url).netloc]
    assert outside == []
    assert "A copy to read offline." in (folder / "book" / "index.html").read_text(encoding="utf-8")


def test_the_data_package_of_an_edition_is_sound_and_holds_what_was_used(newest_site, project, tmp_path):
    package = newest_site / "hanoi" / "2025" / "hanoi-2025-data.zip"
    unpack_data(package, tmp_path, place="hanoi")
    there = sorted(path.parent.name for path in project.glob("data/*/datapackage.json"))
    assert sorted(path.name for path in tmp_path.iterdir()) == there
    for place in there:
        assert [finding for finding in check(tmp_path / place) if not finding.note] == []
        assert data_files(tmp_path / place) == data_files(project / "data" / place)


def test_a_failing_cell_stops_the_edition_names_itself_and_renews_no_reference(project, tmp_path):
    root = small_book(project, tmp_path / "project", "ocop")
    path = root / "notebooks" / "ocop.ipynb"
    broken = short_chapter("ocop", "page.check({'It grows.': [False]})", title="Products")
    path.write_text(broken, encoding="utf-8")
    with pytest.raises(
        EditionError,
        match=r"notebooks/ocop.ipynb: cell \d+ \(page.check.*CheckError: does not hold: It grows\..*kept as",
    ):
        build_hanoi(root, "2021", "en")
    half = plan.locate_build(root, plan.EditionId("hanoi", "2021"), language="en")
    with pytest.raises(SiteError, match="holds no finished edition"):
        check_seal(half)
    assert len(renew_references(root, lambda *_: None)) == 1
    assert path.read_text(encoding="utf-8") == broken
