"""A page in the open as a notebook: what papermill makes of it, and what it declares to read."""

from __future__ import annotations

import json
from pathlib import Path

import nbformat
import papermill
import pytest

from places import LONGER_FINDING, LONGER_OCOP, put_place
from promotion_book.running.inputs import declared_tables


@pytest.fixture
def _in_a_project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put_place(tmp_path / "data", tables=LONGER_OCOP)
    monkeypatch.setenv("PROMOTION_BOOK_DATA", str(tmp_path / "data"))
    monkeypatch.chdir(tmp_path)


def test_the_tables_that_an_open_page_declares_are_among_the_inputs_of_its_notebook(tmp_path):
    path = tmp_path / "ocop.ipynb"
    write_notebook(path, 'page = open_page("ocop", globals(), tables=["scenarios"])')
    assert declared_tables(path) == {"scenarios"}


IMPORTS = """import seaborn as sns

from promotion_book import charts, open_page
from promotion_book.report.parameters import LanguageCode, PeriodLabel, Place"""
PARAMETERS = """place: Place = "lang_moi"  # the place
period: PeriodLabel = "2022"  # the period
language: LanguageCode = "en"  # the language"""
CELLS = """total = page.series("ocop_total")
for n in (1, 2):
    page.say(f"{n}: {total['shown'].iloc[-1]}")
---
def draw(ax):
    sns.lineplot(total, x="year", y="value", ax=ax)
    charts.targets(ax, page.targets("ocop_total"))

page.figure(draw, title="OCOP", data=total)
---
page.check({"No count is negative.": total["value"] >= 0})
page.finish(latest=total["value"].iloc[-1])"""


def write_notebook(path: Path, *cells: str) -> None:
    made = nbformat.v4.new_notebook(
        metadata={"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    )
    made.cells = [nbformat.v4.new_code_cell(source, id=f"c{n}") for n, source in enumerate(cells)]
    made.cells[min(1, len(cells) - 1)].metadata["tags"] = ["parameters"]
    nbformat.write(made, path)


@pytest.mark.usefixtures("_in_a_project")
def test_papermill_runs_a_page_in_the_open_with_another_period_and_all_that_it_shows_is_there(tmp_path):
    path = tmp_path / "ocop.ipynb"
    write_notebook(path, IMPORTS, PARAMETERS, 'page = open_page("ocop", globals())', *CELLS.split("\n---\n"))
    done = papermill.execute_notebook(
        path, None, {"period": "2023"}, cwd=tmp_path, progress_bar=False, log_output=False
    )
    said = [output.data["text/plain"].splitlines()[0] for cell in done.cells for output in cell.outputs]
    assert said == [
        "Lang Moi · 2023 · Figures public by 31 March 2024",
        "1: 1,500",
        "2: 1,500",
        f"Chart: OCOP. {LONGER_FINDING}",
        "- No count is negative.",
    ]
    left = json.loads(Path("results/ocop.json").read_text(encoding="utf-8"))
    results = left["results"]
    assert left["parameters"]["period"] == "2023"
    assert (results["latest"], [judged["status"] for judged in results["statuses"]]) == (1500, ["met"])
    (record,) = json.loads(Path("results/ocop.tables.json").read_text(encoding="utf-8"))["tables"]
    assert (record["name"], record["sources"]) == ("ocop_total", ["Lang Moi Paper, 2023", "Lang Moi Paper, 2024"])
