"""Every page of every released period is the same with the warm engine as with papermill's standard one.

Each run compares a short one; `make nightly` compares those of the book.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from engines import run

from builders import short_chapter
from promotion_book.facts import read
from promotion_book.facts.calendar import released_periods
from promotion_book.report.parameters import check_parameters, read_contract
from promotion_book.running.grid import GridPage, list_pages
from promotion_book.running.notebooks import normalise, notebook_text
from promotion_book.running.pool.local import STEPS

PAGES = list_pages(Path())
PERIODS = released_periods(read("hanoi"), date.max)


def left_by(engine: str | None, page: GridPage, period: str, folder: Path) -> dict[str, bytes]:
    """The page as an engine leaves it, normalised, and its result files."""
    folder.mkdir()
    values = {**page.parameters, "period": period}
    path = Path(shutil.copy(page.notebook, folder / "in.ipynb"))
    notebook = run(engine, path, STEPS, parameters=check_parameters(read_contract(page.notebook), values))
    made = [path for path in folder.rglob("*") if path.is_file() and path.suffix != ".ipynb"]
    files = {str(path.relative_to(folder)): path.read_bytes() for path in made}
    return {"": notebook_text(normalise(notebook)).encode("utf-8"), **files}


@pytest.fixture
def both(tmp_path, monkeypatch) -> Callable[[GridPage, str], list[dict[str, bytes]]]:
    monkeypatch.setenv("PROMOTION_BOOK_DATA", str(Path("data").resolve()))
    return lambda page, period: [left_by(engine, page, period, tmp_path / str(engine)) for engine in (None, "warm")]


@pytest.mark.nightly
@pytest.mark.parametrize("period", PERIODS)
@pytest.mark.parametrize("page", [pytest.param(page, id=page.address) for page in PAGES])
def test_a_page_is_the_same_as_with_the_standard_engine(page, period, both):
    standard, warm = both(page, period)
    assert warm == standard


def test_a_short_page_with_a_table_and_a_chart_is_the_same_as_with_the_standard_engine(both, tmp_path):
    short = tmp_path / "ocop.ipynb"
    short.write_text(short_chapter("ocop"), encoding="utf-8")
    standard, warm = both(GridPage(short, "notebooks/ocop", {}), PERIODS[-1])
    assert warm == standard
    assert any(name.endswith(".svg") for name in warm)
