"""Runs side by side: what differs is told by its name, and what cannot be compared is told at once."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from forms import call
from promotion_book.running.run_comparison import RunError, compare_runs, flatten, read_run, row_names

TARGET = "handicraft_exports-2025-seed_000"


def run(folder: Path, name: str, growth: float, results: dict[str, Any], table: str, language: str = "en") -> Path:
    """An executed notebook with its results beside it; its readers see of a table what its CSV holds, and its words."""
    tables = folder / f"{name}.results" / "exports"
    tables.mkdir(parents=True)
    (tables / "path.csv").write_text(table, encoding="utf-8")
    keys, *rows = (line.split(",") for line in table.splitlines())
    words = [{"year": "năm", "value": "giá trị"}.get(key, key) if language == "vi" else key.title() for key in keys]
    shown = {
        "name": "path",
        "caption": {"en": "The path", "vi": "Lộ trình: theo năm"}[language],
        "columns": [
            {"key": key, "heading": word, "number": key == "value"} for key, word in zip(keys, words, strict=True)
        ],
        "rows": [[{"text": cell} for cell in row] for row in rows],
    }
    record = {"parameters": {"place": "hanoi", "growth": growth, "period": "2025", "language": language}}
    for ending, held in ((".json", {"results": results}), (".tables.json", {"tables": [shown]})):
        tables.with_suffix(ending).write_text(json.dumps(record | held), encoding="utf-8")
    (folder / f"{name}.ipynb").touch()
    return folder / f"{name}.ipynb"


@pytest.fixture
def runs(tmp_path) -> list[Path]:
    """Two runs with another growth, and one status and one cell that follow from it."""
    status = {"target_id": TARGET, "status": "missed", "share": 0.5e9}
    return [
        run(tmp_path, "slow", 0.05, {"statuses": [status]}, "year,value\n2024,100.0\n2025,105.00000000000001\n"),
        run(
            tmp_path,
            "fast",
            0.08,
            {"statuses": [status | {"status": "met", "share": 0.6e9}], "note": "<b>"},
            "year,value\n2024,100.0\n2025,108\n",
        ),
    ]


def test_only_what_differs_is_told_by_the_name_that_readers_have_for_it(runs):
    found = compare_runs(runs)
    assert {what: [*cells] for what, cells in found.iterrows()} == {
        ("parameters", "growth"): ["0.05", "0.08"],
        ("statuses", f"Handicraft exports, 2025 [{TARGET}]: status"): ["missed", "met"],
        ("statuses", f"Handicraft exports, 2025 [{TARGET}]: share"): ["500,000,000", "600,000,000"],
        ("The path", "2025: Value"): ["105", "108"],
        ("results", "note"): ["", "<b>"],
    }


def test_runs_in_two_languages_are_set_side_by_side_by_what_they_hold_and_told_in_both(tmp_path):
    table = "year,value\n2025,{}\n"
    one = run(tmp_path, "vi", 0, {}, table.format(1), language="vi")
    found = compare_runs([one, run(tmp_path, "en", 0, {}, table.format(2))])
    assert found.to_dict("index") == {
        ("parameters", "language"): {"vi.ipynb": "vi", "en.ipynb": "en"},
        ("Lộ trình: theo năm / The path", "2025: giá trị / Value"): {"vi.ipynb": "1", "en.ipynb": "2"},
    }


def test_a_large_loss_is_written_as_a_large_gain_is(tmp_path):
    found = compare_runs([run(tmp_path, name, 0, {"left": left}, "year\n") for name, left in (("a", -2e9), ("b", 2e9))])
    assert found.loc[("results", "left")].tolist() == ["-2,000,000,000", "2,000,000,000"]


def test_a_page_of_a_book_has_its_own_results_alone(tmp_path):
    (tmp_path / "results").mkdir()
    for name in ("ocop", "economy"):
        (tmp_path / f"{name}.ipynb").touch()
        record = {"parameters": {"page": name}, "results": {name: 1}}
        (tmp_path / "results" / f"{name}.json").write_text(json.dumps(record), encoding="utf-8")
    assert {key: one.value for key, one in read_run(tmp_path / "ocop.ipynb").items()} == {"page": "ocop", "ocop": 1}


def test_a_run_differs_in_nothing_from_itself(runs):
    assert compare_runs([runs[0], runs[0]]).empty


def test_every_notebook_without_results_is_named(runs, tmp_path):
    (tmp_path / "a.ipynb").touch()
    with pytest.raises(RunError) as error:
        compare_runs([tmp_path / "a.ipynb", runs[0], tmp_path / "b.ipynb"])
    assert [re.split(" has no results| is not there", line)[0] for line in str(error.value).splitlines()] == [
        str(tmp_path / "a.ipynb"),
        str(tmp_path / "b.ipynb"),
    ]


def test_the_rows_of_a_table_are_named_by_as_few_cells_as_tell_them_apart(tmp_path):
    one, other = (f"name,period,value\nx,2024,1\nx,2025,{value}\n" for value in (2, 3))
    found = compare_runs([run(tmp_path, "a", 0, {}, one), run(tmp_path, "b", 0, {}, other)])
    assert [*found.index] == [("The path", "x, 2025: Value")]


def test_rows_that_differ_in_amounts_alone_are_counted(tmp_path):
    one, other = (f"period,value\n2018,175\n2018,192\n2019,{value}\n2019,7\n" for value in (2, 3))
    found = compare_runs([run(tmp_path, "a", 0, {}, one), run(tmp_path, "b", 0, {}, other)])
    assert [*found.index] == [("The path", "2019: Value")]
    assert row_names(pd.DataFrame({"period": ["2018", "2018"], "value": ["175", "192"]})) == ["2018", "2018 (2)"]


def book(folder: Path, name: str, growth: float) -> Path:
    """A built book of a chapter, and of a page of a grid of it."""
    pages = folder / name / "source" / "notebooks"
    for page, results in (("what_if", "results"), ("what_if/half/index", "what_if/half/results")):
        record = {"parameters": {"growth": growth}, "results": {}}
        (pages / results).mkdir(parents=True)
        (pages / results / "what_if.json").write_text(json.dumps(record), encoding="utf-8")
        (pages / results / "what_if.ipynb").touch()
        (pages / page).with_suffix(".ipynb").touch()
    return folder / name


def test_books_are_compared_page_by_page_also_those_of_a_grid(tmp_path):
    found = compare_runs([book(tmp_path, "base", 0.05), book(tmp_path, "slow", 0.02)])
    assert found.to_dict("index") == {
        ("what_if: parameters", "growth"): {"base": "0.05", "slow": "0.02"},
        ("what_if/half: parameters", "growth"): {"base": "0.05", "slow": "0.02"},
    }


def test_pages_of_a_grid_are_compared_by_the_part_of_their_address_that_differs(tmp_path):
    pages = book(tmp_path, "base", 0.05) / "source" / "notebooks"
    (pages / "results" / "what_if.json").write_text('{"parameters": {"growth": 0.08}, "results": {}}', encoding="utf-8")
    found = compare_runs([pages / "what_if.ipynb", pages / "what_if" / "half" / "index.ipynb"])
    assert found.to_dict("index") == {
        ("parameters", "growth"): {"what_if.ipynb": "0.08", "what_if/half/index.ipynb": "0.05"}
    }


def test_a_folder_without_a_book_is_named(tmp_path):
    with pytest.raises(RunError, match=f"{tmp_path} holds no built book"):
        compare_runs([tmp_path])


def test_items_are_named_by_what_they_are_about_and_else_numbered():
    scores = [{"kind": "total", "years_ahead": 2, "score": 3}, {"low": 4}]
    assert flatten({"scores": scores}) == {
        "scores: total, 2: kind": "total",
        "scores: total, 2: years_ahead": 2,
        "scores: total, 2: score": 3,
        "scores: 2: low": 4,
    }


def test_the_command_prints_what_differs_where_that_is_not_much_or_writes_it_as_a_page_of_text(
    runs, tmp_path, monkeypatch
):
    told = call("compare", *runs)[1].splitlines()
    counts = ["  parameters: 1", "  statuses: 2", "  The path: 1", "  results: 1"]
    assert told[:6] == ["5 values of 2 runs differ", *counts, "parameters: growth: 0.05 | 0.08"]
    page = tmp_path / "page.html"
    assert call("compare", *runs, "-o", page)[0] == 0
    assert "<td>&lt;b&gt;</td>" in page.read_text(encoding="utf-8")
    monkeypatch.setattr("promotion_book.cli.building.MOST", 4)
    assert call("compare", *runs)[1].splitlines() == [
        *told[:5],
        "more than 4; write all of them with -o differences.html",
    ]
    code, output = call("compare", *runs, tmp_path / "none.ipynb")
    assert (code, "none.ipynb is not there" in output) == (2, True)
