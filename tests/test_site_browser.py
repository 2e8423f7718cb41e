"""The site in a browser, below a folder of a plain static server: what readers of old and new editions see and do."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from zipfile import ZipFile

import pytest
from playwright.sync_api import Page, expect
from servers import serving_folder

from places import NAME
from promotion_book.running.plan import EditionId, locate_build
from sites import ERROR, EXPORTS, START, published, put_project

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("a site of small editions")]
FIRST, LATER = date(2026, 6, 1), date(2026, 11, 24)


@pytest.fixture(scope="module")
def root(tmp_path_factory) -> Iterator[Path]:
    """A project whose site has the editions of 2022, of 2023 with a corrected error on one page, and of 2024."""
    root = tmp_path_factory.mktemp("browser")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PROMOTION_BOOK_DATA", str(root / "data"))
        put_project(root)
        published(root, "2022", today=FIRST, pages=("notebooks/fairs",))
        published(root, "2023", "2024", today=FIRST, exports="wrong")
        published(root, "2023", today=LATER, note=ERROR, exports="right")
        yield root


@pytest.fixture(scope="module")
def address(root) -> Iterator[str]:
    """Where the project's folder is served, so that the site lies below a folder of the server."""
    with serving_folder(root) as address:
        yield f"{address}/_site"


@pytest.fixture
def opened(window, address) -> Callable[..., Page]:
    """Opens a page of the site."""

    def open_page(where: str, name: str = START, width: int = 1280, script: bool = True) -> Page:
        page = window(width, java_script_enabled=script)
        url = where if "://" in where else f"{address}/{NAME}/{where}/{name}.html"
        page.goto(url, wait_until="networkidle")
        return page

    return open_page


def news(page: Page) -> list[str]:
    return [" ".join(line.split()) for line in page.locator(".edition-news p").all_inner_texts()]


def test_as_a_reader_of_an_old_edition_i_see_that_a_newer_one_exists_and_get_to_the_same_page_of_it(opened, address):
    page = opened("2023/en", EXPORTS)
    assert news(page) == ["A newer edition of this report exists: 2024"]
    page.get_by_role("link", name="2024").first.click()
    assert page.url == f"{address}/{NAME}/2024/en/{EXPORTS}.html"


def test_as_a_reader_of_the_newest_edition_i_see_no_news(opened):
    page = opened("2024/en")
    assert (news(page), page.said) == ([], [])


def test_as_a_reader_of_an_old_revision_i_see_what_was_wrong_on_this_page_and_where_the_newest_one_is(opened, address):
    page = opened("2023/r0/en", EXPORTS)
    assert news(page) == [
        "This page had an error, which was corrected on 24 November 2026: Exports were counted twice.",
        "This is an earlier revision. The newest one of this edition: 2023",
        "A newer edition of this report exists: 2024",
    ]
    page.get_by_role("link", name="2023").last.click()
    assert page.url == f"{address}/{NAME}/2023/en/{EXPORTS}.html"


def test_as_a_reader_of_a_page_without_the_error_i_am_not_told_of_it(opened):
    assert not [line for line in news(opened("2023/r0/en")) if "error" in line]


def test_as_a_reader_of_the_corrected_page_i_see_the_correction(opened):
    expect(opened("2023/en", EXPORTS).locator(".correction")).to_contain_text("Exports were counted twice.")


def test_as_a_reader_i_switch_to_the_same_page_of_another_period(opened, address):
    page = opened("2024/en", EXPORTS)
    page.get_by_text("Edition of 2024").click()
    page.get_by_role("link", name="2022").click()
    assert page.url == f"{address}/{NAME}/2022/en/{EXPORTS}.html"


def test_as_a_reader_of_a_page_that_another_period_does_not_have_i_come_to_its_start(opened, address):
    page = opened("2022/en", "notebooks/fairs")
    page.get_by_text("Edition of 2022").click()
    page.get_by_role("navigation", name="Editions").get_by_role("link", name="2024").click()
    assert page.url == f"{address}/{NAME}/2024/en/{START}.html"


@pytest.mark.parametrize("width", [1280, 320])
def test_as_a_reader_with_a_keyboard_i_open_the_switch_go_through_it_and_close_it_again(opened, width):
    page = opened("2024/en", width=width)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    reached = []
    for _ in range(4):
        page.keyboard.press("Tab")
        reached.append(page.evaluate("document.activeElement.textContent"))
    assert reached == ["2024", "2023", "2022", "All editions"]
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.keyboard.press("Escape")
    expect(page.get_by_role("link", name="2022")).to_be_hidden()
    assert page.evaluate("document.activeElement.tagName") == "SUMMARY"


def test_as_a_listener_i_hear_which_edition_i_am_in(opened):
    page = opened("2023/en")
    page.get_by_text("Edition of 2023").click()
    assert page.locator("[aria-current]").all_inner_texts() == ["2023"]
    expect(page.get_by_role("complementary", name="News of this edition")).to_be_visible()


def test_as_a_reader_without_scripts_i_get_to_every_edition_by_plain_links(opened, address):
    page = opened("2023/r0/en", EXPORTS, script=False)
    page.locator("footer").get_by_role("link", name="All editions").click()
    page.wait_for_url(f"{address}/archive.en.html#{NAME}-2023")
    page.get_by_role("link", name="Report: 2024").click()
    assert page.url == f"{address}/{NAME}/2024/en/{START}.html"


@pytest.mark.parametrize("where", ["latest", "lang_moi/latest", "lang_moi/latest/en"])
def test_as_a_reader_of_latest_i_come_to_the_newest_edition_without_a_script(opened, address, where):
    page = opened(f"{address}/{where}/", script=False)
    page.wait_for_url(f"{address}/{NAME}/2024/en/{START}.html")


@pytest.mark.parametrize(
    ("locale", "name", "shown"), [("vi-VN", "", "vi"), ("en-GB", "", "en"), ("en-GB", "index.vi.html", "vi")]
)
def test_as_a_reader_i_come_to_the_site_in_my_language_and_can_switch_from_there(window, address, locale, name, shown):
    page = window(locale=locale)
    page.goto(f"{address}/{name}")
    expect(page.locator(f"html[lang={shown}]")).to_have_count(1)
    other = {"vi": "English", "en": "Tiếng Việt"}[shown]
    page.get_by_role("navigation").get_by_role("link", name=other).click()
    expect(page.locator(f"html[lang={'en' if shown == 'vi' else 'vi'}]")).to_have_count(1)


def test_as_a_reader_offline_i_open_a_page_from_a_disk_and_nothing_goes_wrong(opened, root, tmp_path):
    with ZipFile(root / "_site" / NAME / "2023" / f"{NAME}-2023-en.zip") as copy:
        copy.extractall(tmp_path)
    page = opened((tmp_path / f"{NAME}-2023-r1-en" / f"{EXPORTS}.html").as_uri())
    expect(page.get_by_role("heading", name="right 2023")).to_be_visible()
    assert (page.said, [url for url in page.requests if not url.startswith("file:")]) == ([], [])
    expect(page.locator("footer")).to_contain_text("A copy to read offline.")


def test_as_a_reader_of_a_page_that_was_only_built_i_see_that_it_is_not_published(opened, root):
    page = opened(
        (locate_build(root, EditionId(NAME, "2022"), language="en").folder / "html" / f"{START}.html").as_uri()
    )
    expect(page.locator("footer")).to_contain_text("Not published.")


def test_no_request_leaves_the_site(opened, address):
    page = opened("2023/r0/en", EXPORTS)
    assert [url for url in page.requests if not url.startswith(address)] == []


def test_a_page_says_the_next_release_that_the_site_knows_and_not_only_that_of_its_own_day(opened, root):
    switcher = root / "_site" / NAME / "editions.en.json"
    kept = switcher.read_bytes()
    try:
        switcher.write_bytes(kept.replace(b"15 January 2027", b"1 February 2027"))
        expect(opened("2022/en").locator(".edition-next")).to_have_text("Next release: 1 February 2027 (2025).")
    finally:
        switcher.write_bytes(kept)


@pytest.mark.parametrize("name", ["archive.en.html", "revisions.en.html"])
@pytest.mark.parametrize("width", [320, 1280])
def test_a_page_of_the_site_itself_needs_no_sideways_scrolling(opened, address, name, width):
    page = opened(f"{address}/{name}", width=width)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
