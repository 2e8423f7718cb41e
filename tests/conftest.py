"""Builders that the tests share: a copy of the data to break, a small known world, the built edition."""

from __future__ import annotations

import fcntl
import os
import pickle
import shutil
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from datetime import date
from functools import lru_cache
from itertools import count
from pathlib import Path

import hypothesis
import matplotlib as mpl
import pytest
from bs4 import BeautifulSoup
from matplotlib import pyplot
from playwright.sync_api import Browser, Page, sync_playwright
from run_project import copy_project, hold, once

from folders import ROOT, Folder
from forms import Form, call
from places import LONGER_OCOP, NAME, put_place
from promotion_book import open_page
from promotion_book.charts.pen import Drawing
from promotion_book.charts.style import Size
from promotion_book.facts import Known, Package, edition, read
from promotion_book.facts.check import check
from promotion_book.facts.findings import Finding
from promotion_book.facts.package import REMEMBERED, _read, data_from
from promotion_book.facts.rules import Rule
from promotion_book.facts.vocabulary import vocabulary_folder
from promotion_book.report.chapters.explorer import Explorer
from promotion_book.report.context import Context
from promotion_book.report.figures import ReportFigure
from promotion_book.report.page import OpenPage
from promotion_book.report.parameters import LanguageCode, PeriodLabel, Place
from promotion_book.running.data_package import data_files
from promotion_book.running.hashing import folder_sha256
from promotion_book.running.named_files import write_files
from promotion_book.running.plan import EditionBuild, EditionId, locate_build
from promotion_book.site.about import About
from promotion_book.site.copies.report_parts import Parts
from promotion_book.site.copies.word_report import write_report
from promotion_book.site.edition import is_current
from promotion_book.site.publish import publish
from promotion_book.words.language import LANGUAGES, Language
from sites import build_hanoi, copy_site, put_project

BROWSER = ["--no-sandbox", "--disable-background-networking", "--disable-component-update", "--disable-sync"]
os.environ.setdefault("PYTHONHASHSEED", "0")  # for the processes that tests start
# How long an example takes says nothing of the code.
hypothesis.settings.register_profile("each change", deadline=None, max_examples=25, derandomize=True)
hypothesis.settings.register_profile("nightly", deadline=None, max_examples=500)
hypothesis.settings.load_profile("each change")
LONGEST = (
    "the newest edition",
    "the newest edition in Vietnamese",
    "a walk by day",
    "a hostile edition, built once",
    "small sites",
    "a server of addresses",
    "forms",
    "one run of all notebooks",
)  # groups of tests in the order in which three processes take them, each two of them at first: a long and a short one


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What takes long is begun first, so that no process works alone at the end of a run."""
    items.sort(key=rank)


def rank(item: pytest.Item) -> int:
    """A place for each of the longest groups, one for all other groups, and one for tests that stand alone."""
    group = item.get_closest_marker("xdist_group")
    if group is None:
        return len(LONGEST) + 1
    return LONGEST.index(group.args[0]) if group.args[0] in LONGEST else len(LONGEST)


@pytest.fixture(autouse=True)
def _at_the_root(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    monkeypatch.delenv("PROMOTION_BOOK_DATA", raising=False)
    monkeypatch.delenv("PROMOTION_BOOK_SITE", raising=False)


@pytest.fixture(scope="session", autouse=True)
def _each_report_in_word_is_written_once() -> Iterator[None]:
    """The same report has the same bytes (`test_word.py`), and writing it takes most of the time of a small publication."""
    written: dict[bytes, bytes] = {}

    def write(data: bytes, parts: Parts, about: About, *, words: Language) -> bytes:
        key = pickle.dumps((data, parts, about, words.code))
        if key not in written:
            written[key] = write_report(data, parts, about, words=words)
        return written[key]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("promotion_book.site.copies.write_report", write)
        yield


@pytest.fixture(scope="session", autouse=True)
def _each_package_is_checked_once_by_commands() -> Iterator[None]:
    """The same files have the same findings on a day, and most forms are taken in beside the same sound package."""
    checked: dict[str, list[Finding]] = {}

    def find(folder: Path, further: Iterable[Rule] = (), *, today: date | None = None) -> list[Finding]:
        content = map(folder_sha256, filter(None, (folder, vocabulary_folder(folder))))
        key = repr((folder.name, today, further, [*content]))
        if key not in checked:
            checked[key] = check(folder, further, today=today)
        return checked[key]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("promotion_book.facts.check.check", find)
        yield


@pytest.fixture(scope="session", autouse=True)
def _each_package_is_read_once_wherever_it_lies() -> Iterator[None]:
    """The same files are the same package, and most tests have a copy of the same small place in a folder of their own."""
    made: dict[tuple[object, ...], Package] = {}

    @lru_cache(maxsize=REMEMBERED)
    def find(place: str, folder: Path, content: tuple[tuple[str, bytes], ...]) -> Package:
        if (place, content) not in made:
            while len(made) >= 4 * REMEMBERED:
                made.pop(next(iter(made)))
            made[place, content] = _read.__wrapped__(place, folder, content)
        return replace(made[place, content], folder=folder)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("promotion_book.facts.package._read", find)
        yield


@pytest.fixture(scope="session")
def package() -> Package:
    os.chdir(ROOT)
    return read("hanoi")


@pytest.fixture(scope="session")
def known_in(package: Package) -> Callable[[str], Known]:
    """What the edition of a period knows."""
    cache: dict[str, Known] = {}

    def make(period: str) -> Known:
        if period not in cache:
            report = edition(package, period)
            assert report.period.end is not None
            cache[period] = Known(package, report.cut_off, report.period.end)
        return cache[period]

    return make


@pytest.fixture(scope="session")
def context(known_in: Callable[[str], Known]) -> Context:
    """The edition of 2025 in English."""
    return Context(known_in("2025"), Language("en"))


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium. Without it a test is skipped; on CI it fails."""
    found = shutil.which("chromium")
    if not found:
        (pytest.fail if os.environ.get("CI") else pytest.skip)("it needs Chromium (Debian: apt-get install chromium)")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=BROWSER)
        yield browser
        browser.close()


@pytest.fixture
def window(browser: Browser) -> Iterator[Callable[..., Page]]:
    """Opens a window of a new visitor, with what its console complains of in `said` and what it asks for in `requests`."""
    with ExitStack() as contexts:

        def open_window(width: int = 1280, **settings: object) -> Page:
            view = {"width": width, "height": 900}
            page = contexts.enter_context(browser.new_context(viewport=view, **settings)).new_page()
            page.said, page.requests = [], []
            page.on("console", lambda told: page.said.append(told.text) if told.type in ("error", "warning") else None)
            page.on("pageerror", lambda error: page.said.append(str(error)))
            page.on("request", lambda asked: page.requests.append(asked.url))
            return page

        yield open_window


@pytest.fixture
def sketched(monkeypatch: pytest.MonkeyPatch) -> None:
    """Charts are drawn for a phone, which has the least room, and not written: that takes most of a chapter's time."""
    draw_at = ReportFigure.draw_at

    def draw(figure: ReportFigure, size: Size) -> object:
        return draw_at(figure, size) if size.name == "narrow" or isinstance(figure, Explorer) else None

    monkeypatch.setattr(ReportFigure, "draw_at", draw)
    monkeypatch.setattr("promotion_book.report.figures.drawing", lambda figure: Drawing(0, 0, ()))
    monkeypatch.setattr("promotion_book.report.figures.draw_with_caption", lambda figure, drawn, caption: (b"", b""))


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Folder:
    write_files(data_files(ROOT / "data" / "hanoi"), tmp_path / "data" / "hanoi")
    monkeypatch.setenv("PROMOTION_BOOK_DATA", str(tmp_path / "data"))
    return Folder(tmp_path / "data" / "hanoi")


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of a project with one small place."""
    monkeypatch.setenv("PROMOTION_BOOK_DATA", str(tmp_path / "data"))
    return put_project(tmp_path)


@pytest.fixture(scope="session")
def sound_place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return put_place(tmp_path_factory.mktemp("sound"))


@pytest.fixture
def small_folder(sound_place: Path, tmp_path: Path) -> Folder:
    """A small package of a made-up place that a test may break."""
    return Folder(shutil.copytree(sound_place, tmp_path / "data" / NAME))


@pytest.fixture(scope="session")
def run_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that all processes of a run of the tests share."""
    own = tmp_path_factory.getbasetemp()
    return own.parent if "PYTEST_XDIST_WORKER" in os.environ else own


@pytest.fixture(scope="session")
def project(run_folder: Path) -> Iterator[Path]:
    """A copy of everything an edition is built from, for this run alone; what an earlier run built in it is still there."""
    named = run_folder / "project.txt"
    with once(run_folder / "project") as first:
        if first:
            root, lock = next(filter(None, map(hold, count())))
            copy_project(root)
            named.write_text(str(root), encoding="utf-8")
        else:
            root = Path(named.read_text(encoding="utf-8"))
            lock = root.with_suffix(".lock").open("w")
        fcntl.flock(lock, fcntl.LOCK_SH)
    with lock:
        yield root


@pytest.fixture(scope="session")
def newest_edition(project: Path, run_folder: Path) -> Callable[[str], EditionBuild]:
    """The edition of 2025 in a language, built once for all tests, and again only when something of it changed."""

    def build(code: str) -> EditionBuild:
        with once(run_folder / f"edition-{code}"), data_from(project / "data"):
            last = locate_build(project, EditionId("hanoi", "2025"), language=code)
            return last if is_current(project, last) else build_hanoi(project, "2025", code)

    return build


@pytest.fixture(scope="session")
def newest_site(project: Path, run_folder: Path, newest_edition: Callable[[str], EditionBuild]) -> Path:
    """The site with the edition of 2025 in all languages, as a host has it."""
    for code in LANGUAGES:
        newest_edition(code)
    with once(run_folder / "site") as first, data_from(project / "data"):
        if first:
            publish(project, [EditionId("hanoi", "2025")], today=date(2026, 11, 24))
            copy_site(project, project / "copied_site")
    return project / "copied_site"


@pytest.fixture(scope="session")
def blank(tmp_path_factory) -> Path:
    """The form of a small place for 2025, in English."""
    folder = tmp_path_factory.mktemp("form")
    put_place(folder / "data")
    form = folder / "form.xlsx"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PROMOTION_BOOK_DATA", str(folder / "data"))
        assert call("form", "--place", NAME, "--period", "2025", "--language", "en", "-o", form)[0] == 0
    return form


@pytest.fixture
def place(blank, tmp_path, monkeypatch) -> Path:
    """The folder of the small place, whose figures a test may change."""
    monkeypatch.setenv("PROMOTION_BOOK_DATA", str(tmp_path / "data"))
    return Path(shutil.copytree(blank.parent / "data" / NAME, tmp_path / "data" / NAME))


@pytest.fixture
def same(blank, monkeypatch) -> Path:
    """The folder of the small place for tests after which it is as before; it is read once for all of them."""
    monkeypatch.setenv("PROMOTION_BOOK_DATA", str(blank.parent / "data"))
    return blank.parent / "data" / NAME


@pytest.fixture
def form(blank) -> Form:
    return Form(blank)


class Shown(list):
    """What a page has shown, block by block."""

    @property
    def last(self) -> BeautifulSoup:
        return BeautifulSoup(self[-1].html, "html.parser")


@pytest.fixture
def shown(monkeypatch) -> Shown:
    blocks = Shown()
    monkeypatch.setattr("promotion_book.report.page.display", blocks.append)
    return blocks


@pytest.fixture
def opened(tmp_path, monkeypatch, shown) -> Callable[..., OpenPage]:
    put_place(tmp_path / "data", tables=LONGER_OCOP)
    monkeypatch.setenv("PROMOTION_BOOK_DATA", str(tmp_path / "data"))
    monkeypatch.chdir(tmp_path)
    kinds = {"place": Place, "period": PeriodLabel, "language": LanguageCode}

    def open_in(language: str = "en") -> OpenPage:
        values = {"place": "lang_moi", "period": "2023", "language": language}
        return open_page("ocop", {"__annotations__": kinds, **values})

    with mpl.rc_context():
        yield open_in
    pyplot.close("all")


@pytest.fixture
def page(opened) -> OpenPage:
    return opened()
