"""A whole edition: built twice with the same bytes, and read as a reader reads it."""

from __future__ import annotations

import json
import re
import shutil
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

from promotion_book.publishing import edition, plan, seal, site
from promotion_book.publishing.digests import digests
from promotion_book.publishing.edition import EditionError
from promotion_book.publishing.methods import worked_cases
from promotion_book.publishing.plan import Built
from promotion_book.publishing.references import renew
from promotion_book.publishing.seal import unsealed

pytestmark = pytest.mark.xdist_group("one edition, built once")


def quiet(name: str, done: int, total: int) -> None:
    """No progress bar."""


@pytest.fixture(scope="module")
def built(project) -> Built:
    return edition.build(project, "hanoi", "2025", "en", quiet)


@pytest.fixture(scope="module")
def pages(built) -> dict[str, str]:
    return {p.relative_to(built.html).as_posix(): p.read_text(encoding="utf-8") for p in built.html.rglob("*.html")}


class Page(HTMLParser):
    """The parts of a page that readers' promises are about."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.images: list[dict[str, str | None]] = []
        self.links: list[str] = []
        self.loads: list[str] = []
        self.ids: set[str] = set()
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        found = dict(attrs)
        if "id" in found:
            self.ids.add(found["id"])
        if tag == "img":
            self.images.append(found)
        if tag == "a" and found.get("href"):
            self.links.append(found["href"])
        loaded = {"script": "src", "img": "src", "link": "href", "source": "srcset", "iframe": "src"}
        attribute = loaded.get(tag)
        if (
            attribute
            and found.get(attribute)
            and found.get("rel") not in ("canonical", "next", "prev", "index", "search", "author")
        ):
            self.loads.append(found[attribute])


def test_an_edition_built_twice_has_the_same_bytes(project, built):
    first = json.loads((built.folder / "edition.json").read_text(encoding="utf-8"))
    source = digests(built.folder / "source" / "notebooks")
    again = edition.build(project, "hanoi", "2025", "en", quiet)
    assert json.loads((again.folder / "edition.json").read_text(encoding="utf-8")) == first
    assert digests(again.folder / "source" / "notebooks") == source


def test_the_seal_covers_every_file(built):
    seal = json.loads((built.folder / "edition.json").read_text(encoding="utf-8"))
    assert (seal["place"], seal["period"], seal["cut_off"]) == ("hanoi", "2025", "2026-03-31")
    assert seal["files"] == digests(built.html)
    assert unsealed(built) == ""


def test_as_a_reader_i_find_the_findings_that_the_report_promises(pages):
    text = {name: re.sub(r"<[^>]+>|\N{NO-BREAK SPACE}", " ", page) for name, page in pages.items()}
    handicraft, products = text["notebooks/handicraft_exports.html"], text["notebooks/key_industrial_products.html"]
    summary = text["notebooks/summary.html"]
    assert re.search(r"8% a year from USD 192 million in 2018 gives USD 329 million in 2025", summary)
    assert re.search(r"target of USD 550 million needs 16.2% a year", summary)
    assert all(n in handicraft for n in ("USD 192 million", "USD 329 million", "USD 550 million", "16.2%"))
    assert re.search(r"300 products have been recognised by 2025, 150 products above the low end", products)
    assert all(n in text["notebooks/rural_establishments.html"] for n in ("50,000", "70,000"))
    assert all(n in handicraft for n in ("2,000", "3,500"))
    assert all(
        n in text["notebooks/craft_villages.html"] for n in ("60%", "45%", "40%", "25%", "24.9%", "cannot all be right")
    )


def test_as_a_reader_who_cannot_see_i_am_told_what_every_picture_shows(pages):
    pictures = [(name, image) for name, page in pages.items() for image in Page(page).images]
    figures = [image for _, image in pictures if "results/" in (image["src"] or "")]
    assert [name for name, image in pictures if not image.get("alt")] == []
    assert len(figures) > 25
    assert all(20 < len(image["alt"] or "") <= 250 for image in figures)


def test_as_a_reader_i_can_follow_every_link_and_download(built, pages):
    parsed = {name: Page(page) for name, page in pages.items()}
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
            if not target.is_file():
                broken.append((name, link))
            elif parts.fragment and target.suffix == ".html":
                ids = parsed[target.relative_to(built.html.resolve()).as_posix()].ids
                broken += [] if unquote(parts.fragment) in ids else [(name, link)]
    assert broken == []


def test_as_a_reader_no_page_asks_anybody_else_for_anything(pages):
    outside = [(name, url) for name, page in pages.items() for url in Page(page).loads if urlsplit(url).netloc]
    assert outside == []


def test_only_the_pages_with_an_explorer_load_its_library(pages):
    loading = {name for name, page in pages.items() if any("vega.js" in url for url in Page(page).loads)}
    assert loading == {"notebooks/handicraft_exports.html", "notebooks/key_industrial_products.html"}


def test_as_a_reader_i_find_the_other_assumptions_below_the_what_if_page(pages):
    links = {link for link in Page(pages["notebooks/what_if.html"]).links if "/index.html" in link}
    assert {"what_if/half/index.html", "what_if/more/index.html"} <= links


def test_nothing_of_this_machine_is_published(built, project):
    texts = [p for p in built.html.rglob("*") if p.suffix in (".html", ".json", ".csv", ".svg", ".js")]
    assert [p.name for p in texts if str(project) in p.read_text(encoding="utf-8", errors="ignore")] == []


def test_every_page_names_its_cut_off_day_or_is_about_the_book(pages):
    chapters = [page for name, page in pages.items() if name.startswith("notebooks/")]
    assert len(chapters) == 18
    assert all("31 March 2026" in page for page in [*chapters, pages["book/index.html"]])


def test_the_worked_examples_of_the_methods_page_are_those_of_the_tests(pages):
    case = json.loads(worked_cases(Path("tests/cases.csv"))["P011"]["inputs"])
    told = "A figure went from {base:g} to {current:g} in {years_elapsed} of {years_total} years.".format(**case)
    assert told in pages["book/methods.html"]
    assert "<math" in pages["book/methods.html"]


def test_published_editions_stay_as_they_were_when_another_one_comes(project, built):
    site.publish(project, built)
    before = digests(project / "_site" / "hanoi" / "2025")
    other = Built(project / "other", "hanoi", "2023", "en")
    (other.html / "book").mkdir(parents=True)
    (other.html / "book" / "index.html").write_text("<p>2023</p>", encoding="utf-8")
    seal.seal(other, project)
    site.publish(project, other)
    assert digests(project / "_site" / "hanoi" / "2025") == before
    start = (project / "_site" / "index.html").read_text(encoding="utf-8")
    assert re.findall(r'<a href="(\S+)"', start) == ["hanoi/2025/en/book/index.html", "hanoi/2023/en/book/index.html"]


def test_a_failing_cell_stops_the_edition_names_itself_and_renews_no_reference(project, tmp_path):
    root = tmp_path / "project"
    shutil.copytree(project, root, ignore=shutil.ignore_patterns("_build", "_site*", "other"))
    toc = "format: jb-book\nroot: book/index\nparts:\n  - caption: A\n    chapters:\n      - file: notebooks/trade_promotion\n"
    (root / "_toc.yml").write_text(toc, encoding="utf-8")
    (root / "notebooks" / "grid.yml").write_text("[]\n", encoding="utf-8")
    path = root / "notebooks" / "trade_promotion.ipynb"
    broken = path.read_text(encoding="utf-8").replace('figures[\\"value\\"].dropna().ge(0)', "[False]")
    path.write_text(broken, encoding="utf-8")
    with pytest.raises(
        EditionError,
        match=r"notebooks/trade_promotion.ipynb: cell \d+ \(chapter.check.*CheckError: does not hold: No count is negative..*kept as",
    ):
        edition.build(root, "hanoi", "2021", "en", quiet)
    half = Built(plan.work_folder(root, "hanoi", "2021", "en"), "hanoi", "2021", "en")
    assert "holds no finished edition" in unsealed(half)
    assert len(renew(root, quiet)) == 1
    assert path.read_text(encoding="utf-8") == broken
