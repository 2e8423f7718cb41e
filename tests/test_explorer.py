"""The reader's explorer in a browser: by keyboard, without a server, with the numbers of the notebook."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from dataclasses import replace
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP
from functools import partial
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from playwright.sync_api import Page, expect

from builders import CAPTION, yearly
from promotion_book.charts.projection_charts import MOVING
from promotion_book.digits import round_number
from promotion_book.facts import edition
from promotion_book.report.chapter import Chapter
from promotion_book.report.chapters.explorer import Explorer, explorer
from promotion_book.report.chapters.explorer_words import Subject, known_to_script, parts, sentence
from promotion_book.report.context import Context
from promotion_book.statistics.growth_assumption import growth_outlook
from promotion_book.words.translation import load_language

pytestmark = pytest.mark.xdist_group("an explorer")

EXPORTS, SHARE = ("handicraft_exports", 2018, 192e6, 550e6), ("kip_share_of_output", 2018, 32.5, 50.0)
RIGHT, LEFT = ("ArrowRight",), ("ArrowLeft",)
DRAWN: dict[str, dict[str, bytes]] = {}
FIRST = (
    "8% a year from USD 192 million in 2018 would have given USD 329 million in 2025, 60% of the target of over USD "
    "550 million; the target needed at least 16.2% a year. This is an assumption, not a forecast."
)


def explored(context: Context, growth: float = 0.08, subject=EXPORTS, name: str = "explorer") -> Explorer:
    indicator, year, base, target = subject
    return explorer(
        context,
        indicator,
        outlook=growth_outlook(yearly((year, base)), target, end_year=2025, growth=growth),
        name=name,
    )


def computed(context: Context, growth: float, base: float) -> str:
    """The sentence on exports with the numbers that the notebook's functions compute and write."""
    outlook = growth_outlook(yearly((2018, base)), 550e6, end_year=2025, growth=growth)
    percent, of = context.numbers.percent, partial(context.numbers.of, "handicraft_exports")
    bound = replace(context.numbers, way=ROUND_FLOOR)
    return (
        f"{'A fall of ' if growth < 0 else ''}{percent(abs(growth), 1)} a year from {of(base)} in 2018 would have given {of(round(outlook.reached, -6))} in 2025, "
        f"{percent(outlook.reached / 550e6)} of the target of over {of(550e6)}; "
        f"the target needed at least {bound.percent(outlook.required_growth, 1)} a year. This is an assumption, not a forecast."
    )


def test_before_the_target_s_year_is_over_an_explorer_tells_what_growth_gives_and_the_target_needs(known_in):
    before = Context(known_in("2024"), load_language("en"))
    said = [sentence(explored(before, 0.08, subject).subject).text() for subject in (EXPORTS, SHARE)]
    assert ["needs" in one and "needed" not in one for one in said] == [True, True]


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    """A site with the static files and no page."""
    folder = tmp_path_factory.mktemp("site")
    shutil.copytree("book/_static", folder / "_static")
    return folder


@pytest.fixture(scope="module")
def scripted(browser) -> Page:
    """A page with the script of explorers and no explorer."""
    page = browser.new_page()
    page.add_script_tag(path="book/_static/explorer.js")
    return page


@pytest.fixture
def opened(window, folder, context) -> Callable[..., Page]:
    """Opens a page with explorers, as a file."""

    def open_page(*explorers: Explorer, width: int = 1280, script: bool = True, code: str = "en") -> Page:
        blocks = {
            each.html("results", context.language, number="Figure 1"): each for each in explorers or [explored(context)]
        }
        head = (
            '<meta name="viewport" content="width=device-width"><link rel="stylesheet" href="_static/book.css">'
            '<script defer src="_static/explorer.js"></script>'
        )
        for block, each in blocks.items():
            put(folder / "results", block, each)
        (folder / "page.html").write_text(
            f'<!doctype html><html lang="{code}"><meta charset="utf-8"><title>A</title>{head}<main>{"".join(blocks)}</main>',
            encoding="utf-8",
        )
        page = window(width, java_script_enabled=script)
        page.goto((folder / "page.html").as_uri())
        return page

    return open_page


def put(folder: Path, block: str, shown: Explorer) -> None:
    """Write the files of an explorer. Those of the same block are drawn once for all tests."""
    if block not in DRAWN:
        DRAWN[block] = shown.files(CAPTION)
    folder.mkdir(exist_ok=True)
    for name, content in DRAWN[block].items():
        (folder / name).write_bytes(content)


def press(page: Page, slider: str, *keys: str) -> None:
    page.get_by_role("slider", name=slider).focus()
    for key in keys:
        page.keyboard.press(key)


def lines(page: Page, size: str = "wide") -> list[str]:
    """The assumed and the required path as they are drawn, and the name at the end of the former."""
    chart = page.locator(f".explorer-chart.{size}").first
    name = chart.locator("text")
    paths = [chart.locator(f"path.{path}").get_attribute("d") or "" for path in ("assumed", "required")]
    return [*paths, f"{name.text_content()} at {name.get_attribute('y')}, {name.get_attribute('dy')}"]


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
        "50%; the target needed 6.3% of itself a year. More than 100% cannot be. This is an assumption, not a forecast."
    )


@pytest.mark.browser
def test_in_vietnamese_sentence_and_sliders_are_written_as_python_writes_them(opened, known_in):
    vietnamese = Context(known_in("2025"), load_language("vi"))
    page = opened(explored(vietnamese), code="vi")
    said = sentence(explored(vietnamese, 0.081).subject).text()
    page.get_by_role("slider", name="Tốc độ tăng hằng năm, %").press("ArrowRight")
    expect(page.locator("figcaption")).to_have_text(said)
    assert "8,1%" in said
    expect(page.locator(".explorer-controls output").first).to_have_text("8,1")


@pytest.mark.browser
@pytest.mark.parametrize("size", ["wide", "narrow"])
def test_growth_moves_the_assumed_path_and_the_start_moves_both(opened, size):
    page = opened()
    assumed, required, name = lines(page, size)
    press(page, "Growth a year, %", "ArrowLeft")
    slower, same, _ = lines(page, size)
    press(page, "Start in 2018, USD million", "Home")
    lower, steeper, _ = lines(page, size)
    assert (slower != assumed, same == required, lower != slower, steeper != required) == (True, True, True, True)
    press(page, "Growth a year, %", "End")
    assert lines(page, size)[2] != name


@pytest.mark.browser
def test_the_chart_looks_as_before_once_its_sliders_have_come_back(opened):
    still, page = opened(script=False), opened()
    before = page.locator(".explorer-chart.wide").screenshot()
    assert before == still.locator(".explorer-chart.wide").screenshot()
    press(page, "Growth a year, %", "ArrowRight", "ArrowLeft")
    page.evaluate("document.activeElement.blur()")
    assert page.locator(".explorer-chart.wide").screenshot() == before


COMPUTED = """([about, growth, start]) => computed(about, growth, start).parts"""


@pytest.mark.browser
@pytest.mark.parametrize("code", ["en", "vi"])
@given(st.integers(-100, 250), st.integers(10, 300), st.integers(10, 999), st.sampled_from([EXPORTS[0], SHARE[0]]))
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_a_setting_is_computed_and_written_as_the_notebook_does(
    scripted, known_in, code, growth, start, aim, indicator
):
    context, size = Context(known_in("2025"), load_language(code)), 1e6 if indicator == EXPORTS[0] else 1.0
    outlook = growth_outlook(yearly((2018, start * size)), aim * size, end_year=2025, growth=growth / 1000)
    subject = Subject(context, indicator, outlook)
    scripted.evaluate("code => { document.documentElement.lang = code }", code)
    assert scripted.evaluate(COMPUTED, [known_to_script(subject), growth / 10, start]) == parts(subject)


@pytest.mark.browser
@given(
    st.integers(-(2**20), 2**20),
    st.integers(0, 6),
    st.integers(0, 2),
    st.sampled_from([ROUND_HALF_UP, ROUND_FLOOR, ROUND_CEILING]),
)
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_a_half_and_a_bound_are_rounded_in_the_browser_as_on_the_page(scripted, numerator, halvings, decimals, way):
    value = numerator / 2**halvings
    found = scripted.evaluate("([value, decimals, way]) => rounded(value, decimals, way)", [value, decimals, way])
    assert found == round_number(value, decimals, way=way)


def test_the_growth_that_a_target_to_be_passed_needs_is_rounded_to_the_side_on_which_it_stays_a_bound(context):
    outlook = growth_outlook(yearly((2018, 550e6 / 1.1677**7)), 550e6, end_year=2025, growth=0.08)
    assert parts(Subject(context, EXPORTS[0], outlook))["required"] == "at least 16.7%"


def test_what_is_short_of_the_target_is_written_neither_like_it_nor_as_all_of_it(context):
    said = parts(
        Subject(context, EXPORTS[0], growth_outlook(yearly((2018, 192e6)), 550e6, end_year=2025, growth=0.1622))
    )
    assert (said["reached"].replace("\N{NO-BREAK SPACE}", " "), said["share"]) == ("USD 549 million", "99%")


@pytest.mark.browser
def test_tab_leads_from_growth_to_start_and_a_listener_is_told_of_changes(opened):
    page = opened()
    page.keyboard.press("Tab")  # to the number of the figure
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
@pytest.mark.parametrize(("width", "size"), [(1280, "wide"), (360, "narrow")])
def test_a_page_asks_for_its_style_script_and_charts_and_for_nothing_when_a_slider_moves(opened, width, size):
    page = opened(width=width)
    page.wait_for_load_state("networkidle")
    press(page, "Growth a year, %", "PageUp", "End")
    asked = {url.rpartition("/")[2] for url in page.requests}
    assert asked - {"explorer-wide.svg", "explorer-narrow.svg"} == {"page.html", "book.css", "explorer.js"}
    assert f"explorer-{size}.svg" in asked
    assert all(url.startswith("file:///") for url in page.requests)


@pytest.mark.browser
@pytest.mark.parametrize("width", [1280, 360])
def test_there_is_one_chart_with_its_own_words(opened, width):
    alt = (
        "Line chart: Handicraft exports to 2025 at an assumed growth. The sentence below the chart tells what it shows."
    )
    expect(opened(width=width).get_by_role("img", name=alt)).to_have_count(1)


@pytest.mark.browser
def test_on_a_phone_everything_fits(opened):
    page = opened(width=360)
    press(page, "Growth a year, %", "End")
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    name = page.locator(".explorer-chart.narrow text").bounding_box()
    assert name["x"] >= 0
    assert name["x"] + name["width"] <= 360


@pytest.mark.browser
def test_without_javascript_the_sentence_and_the_paths_remain(opened):
    page = opened(script=False)
    expect(page.locator("figcaption")).to_have_text(FIRST)
    expect(page.locator(".figure-table tbody tr").last).to_have_text("2025 USD 329 million USD 550 million")


def test_an_explorer_made_again_has_the_same_bytes(context):
    assert explored(context).files(CAPTION) == explored(context).files(CAPTION)
    first, again = (explored(context).html("r", context.language, number="Figure 1") for _ in range(2))
    assert first == again


def test_a_page_draws_over_a_chart_without_its_paths_and_a_download_has_them(context):
    files = explored(context).files(CAPTION)
    drawn = {name: content for name, content in files.items() if name.endswith(".svg")}
    moving = {name: sum(content.count(f'<g id="{one}"'.encode()) for one in MOVING) for name, content in drawn.items()}
    assert moving == {"explorer-wide.svg": 0, "explorer-narrow.svg": 0, "explorer.svg": 3}


def test_a_chart_without_its_paths_has_the_outline_of_each_of_its_letters(context):
    drawn = [content for name, content in explored(context).files(CAPTION).items() if name.endswith(".svg")]
    used, made = ([{*re.findall(form, content)} for content in drawn] for form in (rb'="#(l\d+)"', rb' id="(l\d+)"'))
    assert [letters - known for letters, known in zip(used, made, strict=True)] == [set()] * 3


def test_a_chapter_keeps_the_paths_and_the_charts(context, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Chapter("exports", edition(context.known.package, "2025"), context, {}).show(explored(context))
    assert sorted(path.name for path in Path("results/exports").iterdir()) == [
        "explorer-narrow.svg",
        "explorer-wide.svg",
        "explorer.csv",
        "explorer.png",
        "explorer.svg",
    ]
