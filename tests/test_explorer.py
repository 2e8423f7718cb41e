"""The reader's explorer in a browser: by keyboard, without a server, with the numbers of the notebook."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from builders import yearly
from promotion_book.book.book_extension import vega
from promotion_book.report.chapter import Chapter
from promotion_book.report.chapters.explorer import Explorer, explorer
from promotion_book.report.context import Context
from promotion_book.statistics.growth_assumption import growth_outlook
from promotion_book.words.translation import load_language

EXPORTS, SHARE = ("handicraft_exports", 2018, 192e6, 550e6), ("kip_share_of_output", 2018, 32.5, 50.0)
RIGHT, LEFT = ("ArrowRight",), ("ArrowLeft",)
FIRST = (
    "8% a year from USD 192 million in 2018 would have given USD 329 million in 2025, 60% of the target of USD 550 "
    "million; the target needed 16.2% a year. An assumption, not a forecast."
)


def explored(context: Context, growth: float = 0.08, subject=EXPORTS, name: str = "explorer") -> Explorer:
    indicator, year, base, target = subject
    return explorer(context, indicator, growth_outlook(yearly((year, base)), target, 2025, growth), name)


def computed(context: Context, growth: float, base: float) -> str:
    """The sentence on exports with the numbers that the notebook's functions compute and write."""
    outlook = growth_outlook(yearly((2018, base)), 550e6, 2025, growth)
    percent, of = context.numbers.percent, partial(context.numbers.of, "handicraft_exports")
    return (
        f"{percent(growth, 1)} a year from {of(base)} in 2018 would have given {of(round(outlook.reached, -6))} in 2025, "
        f"{percent(outlook.reached / 550e6)} of the target of {of(550e6)}; "
        f"the target needed {percent(outlook.required_growth, 1)} a year. An assumption, not a forecast."
    )


def test_before_the_target_s_year_is_over_an_explorer_tells_what_growth_gives_and_the_target_needs(known_in):
    before = Context(known_in("2024"), load_language("en"))
    said = [re.sub(r"<[^>]+>", "", explored(before, 0.08, subject).sentence) for subject in (EXPORTS, SHARE)]
    assert ["needs" in one and "needed" not in one for one in said] == [True, True]


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    """A site with the static files and no page."""
    folder = tmp_path_factory.mktemp("site")
    shutil.copytree("book/_static", folder / "_static")
    (folder / "_static" / "vega.js").write_text(vega(), encoding="utf-8")
    return folder


@pytest.fixture
def opened(browser, folder, context) -> Iterator[Callable[..., Page]]:
    """Opens a page with explorers, as a file; every request of it is kept in `page.requests`."""
    contexts = []

    def open_page(*explorers: Explorer, width: int = 1280, script: bool = True, code: str = "en") -> Page:
        blocks = "".join(each.html("results", context.language) for each in explorers or [explored(context)])
        head = (
            '<meta name="viewport" content="width=device-width"><link rel="stylesheet" href="_static/book.css">'
            '<script defer src="_static/explorer.js"></script>'
        )
        for each in explorers or [explored(context)]:
            put(folder / "results", each.files())
        (folder / "page.html").write_text(
            f'<!doctype html><html lang="{code}"><meta charset="utf-8"><title>A</title>{head}<main>{blocks}</main>',
            encoding="utf-8",
        )
        contexts.append(browser.new_context(viewport={"width": width, "height": 800}, java_script_enabled=script))
        page = contexts[-1].new_page()
        page.requests = []
        page.on("request", lambda request: page.requests.append(request.url))
        page.goto((folder / "page.html").as_uri())
        return page

    yield open_page
    for each in contexts:
        each.close()


def put(folder: Path, files: dict[str, bytes]) -> None:
    folder.mkdir(exist_ok=True)
    for name, content in files.items():
        (folder / name).write_bytes(content)


def press(page: Page, slider: str, *keys: str) -> None:
    page.get_by_role("slider", name=slider).focus()
    for key in keys:
        page.keyboard.press(key)


def drawn(page: Page) -> Page:
    """The page once its chart is there."""
    page.locator(".explorer-controls").first.hover()
    expect(page.locator("svg.marks")).to_have_count(1)
    return page


def lines(page: Page) -> list[str | None]:
    """The assumed and the required path as they are drawn."""
    return [line.get_attribute("d") for line in page.locator(".mark-line path").all()]


@pytest.mark.browser
def test_the_sentence_is_there_before_anything_is_moved(opened, context):
    assert FIRST in " ".join(explored(context).text().split())
    expect(opened().locator("figcaption")).to_have_text(FIRST)


@pytest.mark.browser
@pytest.mark.parametrize(
    ("growth_keys", "start_keys", "growth", "base"),
    [
        (RIGHT * 5, (), 0.085, 192e6),
        (LEFT * 30, RIGHT * 8, 0.05, 200e6),
        (("Home",), ("Home",), -0.1, 96e6),
        (("End",), ("End",), 0.25, 288e6),
        (("Home", *RIGHT * 100), LEFT * 7, 0.0, 185e6),
    ],
)
def test_sliders_moved_by_keyboard_tell_what_the_notebook_would_compute(
    opened, context, growth_keys, start_keys, growth, base
):
    page = opened()
    press(page, "Growth a year, %", *growth_keys)
    press(page, "Start in 2018, USD million", *start_keys)
    expect(page.locator("figcaption")).to_have_text(computed(context, growth, base))


@pytest.mark.browser
def test_a_share_that_cannot_be_is_called_so_and_its_growth_is_not_points(opened, context):
    page = opened(explored(context, 0.02, SHARE))
    press(page, "Growth a year, % of itself, not points", "End")
    expect(page.locator("figcaption")).to_have_text(
        "With growth of 20% of itself a year, 32.5% in 2018 would have become 116.5% in 2025, 233% of the target of "
        "50%; the target needed 6.3% of itself a year. More than 100% cannot be. An assumption, not a forecast."
    )


@pytest.mark.browser
def test_in_vietnamese_sentence_and_sliders_are_written_as_python_writes_them(opened, known_in):
    vietnamese = Context(known_in("2025"), load_language("vi"))
    page = opened(explored(vietnamese), code="vi")
    said = re.sub(r"<[^>]+>", "", explored(vietnamese, 0.081).sentence)
    page.get_by_role("slider", name="Tốc độ tăng hằng năm, %").press("ArrowRight")
    expect(page.locator("figcaption")).to_have_text(said)
    assert "8,1%" in said
    expect(page.locator(".explorer-controls output").first).to_have_text("8,1")


@pytest.mark.browser
def test_growth_redraws_the_assumed_path_and_the_start_redraws_both(opened):
    page = drawn(opened())
    assumed, required = lines(page)
    press(page, "Growth a year, %", "ArrowLeft")
    expect(page.locator("figcaption")).to_contain_text("7.9% a year from")
    slower, same = lines(page)
    press(page, "Start in 2018, USD million", "Home")
    expect(page.locator("figcaption")).to_contain_text("USD 96 million")
    lower, steeper = lines(page)
    assert (slower != assumed, same == required, lower != slower, steeper != required) == (True, True, True, True)


@pytest.mark.browser
def test_tab_leads_from_growth_to_start_and_a_listener_is_told_of_changes(opened):
    page = opened()
    reached = []
    for _ in range(2):
        page.keyboard.press("Tab")
        reached.append(page.evaluate("document.activeElement.name"))
    assert reached == ["growth", "start"]
    spoken = page.locator("figcaption")
    assert (spoken.get_attribute("aria-live"), spoken.get_attribute("aria-atomic")) == ("polite", "true")


@pytest.mark.browser
def test_two_explorers_of_a_page_do_not_move_each_other(opened, context):
    page = opened(explored(context), explored(context, 0.02, SHARE, "other"))
    press(page, "Growth a year, % of itself, not points", "ArrowRight")
    expect(page.locator("figcaption").last).to_contain_text("2.1% of itself")
    expect(page.locator("figcaption").first).to_have_text(FIRST)


@pytest.mark.browser
def test_the_library_is_loaded_when_somebody_uses_the_explorer_and_no_request_leaves_the_page(opened):
    page = opened()
    page.get_by_role("img").evaluate("image => image.decode()")
    first = {url.rpartition("/")[2] for url in page.requests}
    press(page, "Growth a year, %", "PageUp", "End")
    expect(page.locator("svg.marks")).to_have_count(1)
    later = {url.rpartition("/")[2] for url in page.requests} - first
    assert (first, later) == ({"page.html", "book.css", "explorer.js", "explorer.svg"}, {"vega.js"})
    assert all(url.startswith("file:///") for url in page.requests)


@pytest.mark.browser
def test_before_anything_is_moved_there_is_a_picture_with_its_own_words(opened):
    picture = opened().get_by_role("img")
    expect(picture).to_have_attribute(
        "alt",
        "Line chart: Handicraft exports to 2025: choose growth and start. The sentence below the chart tells what it shows.",
    )
    assert picture.evaluate("image => image.decode().then(() => image.naturalWidth)") > 0


@pytest.mark.browser
def test_on_a_phone_everything_fits(opened):
    page = drawn(opened(width=360))
    press(page, "Growth a year, %", "End")
    width = page.evaluate("document.documentElement.scrollWidth")
    words = [box["x"] + box["width"] for text in page.locator("svg text").all() if (box := text.bounding_box())]
    assert width == 360
    assert max(words) <= 360


@pytest.mark.browser
def test_without_javascript_the_sentence_and_the_paths_remain(opened):
    page = opened(script=False)
    expect(page.locator("figcaption")).to_have_text(FIRST)
    expect(page.locator(".figure-table tbody tr").last).to_have_text("2025 USD 329 million USD 550 million")


def test_an_explorer_made_again_has_the_same_bytes(context):
    assert explored(context).files() == explored(context).files()
    assert explored(context).html("r", context.language) == explored(context).html("r", context.language)


def test_a_chapter_keeps_the_paths_and_the_specification(context, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Chapter("exports", None, context, {}).show(explored(context))
    assert sorted(path.name for path in Path("results/exports").iterdir()) == [
        "explorer-narrow.svg",
        "explorer.csv",
        "explorer.png",
        "explorer.svg",
        "explorer.vl.json",
    ]
