"""Every page of every released period is the same with the warm engine as with papermill's standard one.

The pages of the newest and of the oldest period are compared in each run, those of the periods between in
turn; `-m editions` compares all of them.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import papermill
import pytest
from jupyter_client.manager import AsyncKernelManager

from promotion_book.facts import read
from promotion_book.facts.calendar import released
from promotion_book.publishing.grid import Page, pages
from promotion_book.publishing.notebooks import normalised, text
from promotion_book.publishing.parameters import check, contract

PAGES = pages(Path())
PERIODS = released(read("hanoi"), date.max)


class EncryptedKernelManager(AsyncKernelManager):
    """A kernel with its own key; without it ipykernel warns on every start."""

    transport_encryption = "auto"


def left_by(engine: str | None, page: Page, period: str, folder: Path) -> dict[str, bytes]:
    """The page as an engine leaves it, normalised, and its result files."""
    folder.mkdir()
    values = {**page.parameters, "period": period}
    notebook = papermill.execute_notebook(
        page.notebook.resolve(),
        None,
        parameters=check(contract(page.notebook), values),
        engine_name=engine,
        kernel_manager_class=EncryptedKernelManager,
        progress_bar=False,
        cwd=folder,
    )
    files = {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    return {"": text(normalised(notebook)).encode("utf-8"), **files}


@pytest.mark.parametrize("period", PERIODS)
@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.address)
def test_a_page_is_the_same_as_with_the_standard_engine(page, period, tmp_path, monkeypatch):
    monkeypatch.setenv("PROMOTION_BOOK_DATA", str(Path("data").resolve()))
    warm = left_by("warm", page, period, tmp_path / "warm")
    assert left_by(None, page, period, tmp_path / "standard") == warm
