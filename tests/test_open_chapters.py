"""Chapters that are written in the open: what a reader of the built page and of the notebook can rely on.

A chapter that is written after the same pattern is added to `OPEN`, and its pages to `PAGES`.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from lxml.etree import Comment
from lxml.html import HtmlElement
from playwright.sync_api import Page, expect

from promotion_book.charts.layers import BAR
from promotion_book.charts.standing import TARGET
from promotion_book.report.cells import read_cells
from promotion_book.running.notebooks import read_notebook
from promotion_book.running.plan import EditionBuild
from promotion_book.words.language import LANGUAGES
from sites import page_tree

OPEN = [
    "ocop",
    "craft_villages",
    "handicraft_exports",
    "key_industrial_products",
    "economy",
    "scenarios",
    "places",
    "programme",
]  # notebooks
PAGES = [*OPEN[:-1], "training", "supporting_industries", "energy_efficiency"]
ABOUT = ["summary", "data_coverage", "earlier_projections"]  # on the report as a whole: notebooks in the open as well
NAMES, METHODS, MOST = 12, 25, 5000  # names of ours, methods of the page, characters of a reference output
WORDS = 15000  # that a reader sees of all chapters of an edition, with folds closed
FIRST_CHART, SCREEN, SCREENS = 1200, 900, 6  # pixels from the top of the page; of a screen; screens of a chapter
NUMBER = re.compile(r"\d|\b(two|three|four|five|six|seven|eight|nine|ten|hundred|thousand|million|billion)\b")
UNWANTED = re.compile(r"\b(wants?|mended|stands? beside|goes on|of whom|is no|other than in)\b", re.IGNORECASE)
chapters = pytest.mark.parametrize("name", [*OPEN, *ABOUT])
pages = pytest.mark.parametrize("name", PAGES)


def tree_of(name: str) -> ast.Module:
    """The code of a notebook."""
    cells = read_cells(Path("notebooks", f"{name}.ipynb"))
    return ast.parse("\n".join(cell.source for cell in cells if cell.kind == "code"))


def names_of_ours(tree: ast.Module) -> set[str]:
    """The names that a notebook takes from the package: those it imports, and those of a room that it imports."""
    rooms, found = set(), set()
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and str(node.module).startswith("promotion_book"):
            of_room = node.module == "promotion_book"
            rooms |= {alias.name for alias in node.names if of_room and alias.name != "open_page"}
            found |= {alias.name for alias in node.names}
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id in rooms:
            found.add(f"{node.value.id}.{node.attr}")
    return found - {room for room in rooms if any(name.startswith(f"{room}.") for name in found)}


def methods_of_the_page(tree: ast.Module) -> set[str]:
    return {
        node.attr
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "page"
    }


def sentences(tree: ast.Module) -> Iterator[str]:
    """What the code of a notebook says in words."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "_":
            yield ast.literal_eval(node.args[0])


@chapters
def test_a_notebook_in_the_open_has_a_dozen_names_of_ours_and_draws_with_seaborn_or_matplotlib(name):
    tree = tree_of(name)
    assert len(names_of_ours(tree)) <= NAMES, names_of_ours(tree)
    assert len(methods_of_the_page(tree)) <= METHODS, methods_of_the_page(tree)
    imported = {alias.asname for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    used = {
        node.value.id for node in ast.walk(tree) if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name)
    }
    assert {"pd", "sns"} <= imported & used


@chapters
def test_what_a_notebook_in_the_open_says_has_no_number_typed_in_and_is_plain_english(name):
    said = list(sentences(tree_of(name)))
    assert len(said) > 5
    assert [text for text in said if NUMBER.search(re.sub(r"\{.*?\}", "", text))] == []
    assert [text for text in said if UNWANTED.search(text)] == []


@chapters
def test_a_reference_output_can_be_reviewed(name):
    outputs = [
        output for cell in read_notebook(Path("notebooks", f"{name}.ipynb")).cells for output in cell.get("outputs", [])
    ]
    assert outputs
    assert [len(str(output)) for output in outputs if len(str(output)) > MOST] == []


@pytest.fixture(params=LANGUAGES)
def built(request, newest_edition) -> EditionBuild:
    """The newest edition, in each language."""
    return newest_edition(request.param)


@pytest.fixture
def opened(browser, built) -> Iterator[Page]:
    """A page of the edition as it lies on a disk, on a desk, by a reader who has not been here before."""
    with browser.new_context(viewport={"width": 1280, "height": SCREEN}) as context:
        yield context.new_page()


def show(page: Page, built: EditionBuild, name: str) -> None:
    page.goto((built.html / "notebooks" / f"{name}.html").resolve().as_uri())


@pages
@pytest.mark.browser
@pytest.mark.xdist_group("the newest edition")
def test_the_first_chart_of_a_chapter_is_near_its_top_and_the_chapter_is_six_screens_long(name, opened, built):
    show(opened, built, name)
    chart = opened.locator("figure.report-figure .chart:visible").first.bounding_box()
    article = opened.locator("article.bd-article").bounding_box()
    assert chart
    assert article
    assert chart["y"] + chart["height"] <= FIRST_CHART
    assert article["y"] + article["height"] <= SCREENS * SCREEN


@pytest.mark.parametrize("name", [OPEN[0], *(pytest.param(name, marks=pytest.mark.nightly) for name in PAGES[1:])])
@pytest.mark.browser
@pytest.mark.xdist_group("the newest edition")
def test_the_code_of_a_page_is_behind_one_switch_that_is_off_and_remembered(name, opened, built):
    show(opened, built, name)
    switch, code = opened.locator(".code-switch"), opened.locator("div.cell_input").first
    expect(switch).to_have_attribute("aria-pressed", "false")
    expect(opened.locator("details.above-input").first).to_be_hidden()
    switch.focus()
    opened.keyboard.press("Enter")
    expect(switch).to_have_attribute("aria-pressed", "true")
    expect(code).to_be_visible()
    show(opened, built, name)
    expect(switch).to_have_attribute("aria-pressed", "true")
    expect(code).to_be_visible()


@pages
@pytest.mark.xdist_group("the newest edition")
def test_a_chapter_says_no_sentence_twice(name, built):
    page = page_tree(built.html / "notebooks" / f"{name}.html")
    parts = [part for kind in ("headline", "said", "figure-title", "table-note") for part in page.find_class(kind)]
    texts = [joined(part.itertext()) for part in parts if part.tag == "p"]
    said = [sentence for text in texts for sentence in re.split(r"(?<=[.!?]) ", text) if sentence]
    assert len(said) > 5
    assert sorted(said) == sorted(set(said))


@pages
@pytest.mark.xdist_group("the newest edition")
def test_targets_in_a_picture_stand_among_its_numbers(name, built):
    page = page_tree(built.html / "notebooks" / f"{name}.html")
    with_targets = [figure for figure in page.iter("figure") if any(map(is_target, figure.iterdescendants("path")))]
    numbers = {figure.get("id"): joined(figure.find(".//table").itertext()) for figure in with_targets}
    assert [
        figure for figure, said in numbers.items() if not re.search("target|plan|mục tiêu|kế hoạch", said.lower())
    ] == []


def is_target(path: HtmlElement) -> bool:
    """Whether a line of a picture is a target: a thick bar, or a hatched box."""
    drawn = path.get("stroke-width") == f"{BAR:g}" or path.get("fill", "").startswith("url(")
    return drawn and path.get("stroke") == TARGET.lower()


UNSEEN = {"cell_input", "above-input", "headerlink"}  # classes


def visible(path: Path) -> str:
    """What a reader sees of a page with folds closed, and without the words in its pictures."""
    (article,) = page_tree(path).find_class("bd-article")
    return joined(seen(article))


def seen(part: HtmlElement) -> Iterator[str]:
    folded = part.tag == "details"
    yield part.text or ""
    for each in part.iterchildren():
        hidden = each.tag in ("script", "style", "svg", Comment) or (folded and each.tag != "summary")
        if not hidden and UNSEEN.isdisjoint(each.classes):
            yield from seen(each)
        yield each.tail or ""


def joined(texts: Iterable[str]) -> str:
    return " ".join(text.strip() for text in texts if text.strip())


@pytest.mark.xdist_group("the newest edition")
def test_all_chapters_of_an_edition_are_read_in_an_hour(newest_edition):
    built = newest_edition("en")
    said = {path.name: len(visible(path).split()) for path in sorted((built.html / "notebooks").glob("*.html"))}
    assert sum(said.values()) <= WORDS, said


@pytest.mark.xdist_group("the newest edition")
def test_no_page_of_an_edition_has_words_that_an_editor_would_strike_out(newest_edition):
    built = newest_edition("en")
    pages = [page for folder in ("book", "notebooks") for page in (built.html / folder).rglob("*.html")]
    found = {path.name: UNWANTED.findall(visible(path)) for path in pages}
    assert {name: words for name, words in found.items() if words} == {}
