"""Builders that the tests share: a copy of the data to break, a small known world, the built edition."""

from __future__ import annotations

import csv
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from promotion_book.charts.style import Draw, Size, picture
from promotion_book.facts import Known, Package, edition, read
from promotion_book.report.context import Context
from promotion_book.words.language import Language

ROOT = Path(__file__).parent.parent
BROWSER = ["--no-sandbox", "--disable-background-networking", "--disable-component-update", "--disable-sync"]
os.environ.setdefault("PYTHONHASHSEED", "0")  # for the processes that tests start


@pytest.fixture(autouse=True)
def _at_the_root(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    monkeypatch.delenv("PROMOTION_BOOK_DATA", raising=False)
    monkeypatch.delenv("PROMOTION_BOOK_SITE", raising=False)


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
def sketched(monkeypatch: pytest.MonkeyPatch) -> None:
    """Charts are drawn at both sizes and not written as files, which takes most of the time of a chapter."""

    def sketch(draw: Draw, size: Size) -> bytes:
        picture(draw, size)
        return b""

    monkeypatch.setattr("promotion_book.report.figures.drawing", sketch)
    monkeypatch.setattr("promotion_book.report.figures.pixels", lambda svg: svg)


class Folder:
    """A copy of Hanoi's data package that a test may break."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def rows(self, table: str) -> list[dict[str, str]]:
        with (self.path / f"{table}.csv").open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))

    def write(self, table: str, rows: list[dict[str, str]]) -> None:
        with (self.path / f"{table}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)

    def change(self, table: str, row_id: str, **cells: str) -> int:
        """Change cells of the row with this id (its first column); the line of the row comes back."""
        rows = self.rows(table)
        key = next(iter(rows[0]))
        place = next(i for i, row in enumerate(rows) if row[key] == row_id)
        rows[place] |= cells
        self.write(table, rows)
        return place + 2

    def bytes(self, name: str, change: Callable[[bytes], bytes]) -> None:
        path = self.path / name
        path.write_bytes(change(path.read_bytes()))


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Folder:
    shutil.copytree(ROOT / "data", tmp_path / "data")
    monkeypatch.setenv("PROMOTION_BOOK_DATA", str(tmp_path / "data"))
    return Folder(tmp_path / "data" / "hanoi")


@pytest.fixture(scope="session")
def project(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A copy of everything an edition is built from, in a folder of its own."""
    root = tmp_path_factory.mktemp("project")
    for name in ("book", "data", "notebooks"):
        shutil.copytree(ROOT / name, root / name, ignore=shutil.ignore_patterns("results", ".ipynb_checkpoints"))
    (root / "tests").mkdir()
    for name in ("_config.yml", "_toc.yml", "requirements.lock", "tests/cases.csv"):
        shutil.copyfile(ROOT / name, root / name)
    before = os.environ.get("PROMOTION_BOOK_DATA")
    os.environ["PROMOTION_BOOK_DATA"] = str(root / "data")
    yield root
    if before is None:
        del os.environ["PROMOTION_BOOK_DATA"]
