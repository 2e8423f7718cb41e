"""Every page of every released period is the same with the warm engine as with papermill's standard one.

Each run compares one of them; `make nightly` compares the others.
"""

from __future__ import annotations

import shutil
from datetime import date
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from engines import run

from promotion_book.facts import read
from promotion_book.facts.calendar import released_periods
from promotion_book.report.parameters import check_parameters, read_contract
from promotion_book.running.grid import GridPage, list_pages
from promotion_book.running.notebooks import normalise, notebook_text
from promotion_book.running.pool.local import STEPS

PAGES = list_pages(Path())
PERIODS = released_periods(read("hanoi"), date.max)
ALWAYS = {("notebooks/handicraft_exports", PERIODS[-1])}


def cases() -> list[Any]:
    """Each page with each period; those that `make nightly` compares are marked."""
    made = []
    for page, period in product(PAGES, PERIODS):
        marks = () if (page.address, period) in ALWAYS else pytest.mark.nightly
        made.append(pytest.param(page, period, id=f"{page.address}-{period}", marks=marks))
    return made


def left_by(engine: str | None, page: GridPage, period: str, folder: Path) -> dict[str, bytes]:
    """The page as an engine leaves it, normalised, and its result files."""
    folder.mkdir()
    values = {**page.parameters, "period": period}
    path = Path(shutil.copy(page.notebook, folder / "in.ipynb"))
    notebook = run(engine, path, STEPS, parameters=check_parameters(read_contract(page.notebook), values))
    made = [path for path in folder.rglob("*") if path.is_file() and path.suffix != ".ipynb"]
    files = {str(path.relative_to(folder)): path.read_bytes() for path in made}
    return {"": notebook_text(normalise(notebook)).encode("utf-8"), **files}


@pytest.mark.parametrize(("page", "period"), cases())
def test_a_page_is_the_same_as_with_the_standard_engine(page, period, tmp_path, monkeypatch):
    monkeypatch.setenv("PROMOTION_BOOK_DATA", str(Path("data").resolve()))
    warm = left_by("warm", page, period, tmp_path / "warm")
    assert left_by(None, page, period, tmp_path / "standard") == warm
