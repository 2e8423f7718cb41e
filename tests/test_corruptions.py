"""What people, spreadsheets and attackers write into a package: each input is found by file, line and column, and nothing ends in an error.

`corruptions.csv` holds the cells, a row each: kind, table, column, cell (with the escapes of Python; `x * 300` is so many
of the letter), and the rule that finds it. Files and descriptors are broken by functions below.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from folders import Folder
from promotion_book.cli.common import check_package
from promotion_book.facts.findings import Finding, refusing

TABLE = Path(__file__).parent / "corruptions.csv"
Input = dict[str, str]
Found = dict[tuple[str, int, str], set[str]]


def inputs() -> list[Input]:
    with TABLE.open(encoding="utf-8", newline="") as file:
        return [{**row, "cell": _cell(row["cell"])} for row in csv.DictReader(file)]


def _cell(written: str) -> str:
    start, times, number = written.rpartition("x * ")
    text = start + "x" * int(number) if times else written
    return text.encode("latin-1", "backslashreplace").decode("unicode_escape") if "\\" in text else text


def placed(folder: Folder, given: list[Input]) -> Iterator[tuple[Input, tuple[str, int, str]]]:
    """Write each input into a row of its own; the input with the cell where it must be found."""
    tables = {name: folder.rows(name) for name in {row["table"] for row in given} | {"observations", "corrections"}}
    mended = {row["row_id"] for row in tables["corrections"]}
    rows = {
        name: iter([row for row in table if next(iter(row.values())) not in mended]) for name, table in tables.items()
    }
    where: list[tuple[Input, str, Input, str]] = []
    for one in given:
        row, column = next(rows["observations" if one["kind"] == "correction" else one["table"]]), one["column"]
        if one["kind"] == "correction":
            row = _entry(row, one)
            tables["corrections"].append(row)
            column = "used"
        else:
            row[column] = one["cell"]
        where.append((one, one["table"], row, column))
    for name, table in tables.items():
        folder.write(name, table)
    for one, name, row, column in where:
        yield one, (f"{name}.csv", _line(tables[name], row), column)


def _entry(row: Input, one: Input) -> Input:
    """The entry that corrects a cell of an observation to an input; an empty cell is filled first."""
    row[one["column"]] = row[one["column"]] or {"known_on": row["period_start"]}.get(one["column"], "x")
    entry = {"table": "observations", "row_id": row["observation_id"], "column": one["column"]}
    return {**entry, "printed": row[one["column"]], "used": one["cell"], "reason_en": "A slip.", "reason_vi": "Lỗi."}


def _line(table: list[Input], row: Input) -> int:
    before = table[: next(place for place, other in enumerate(table) if other is row)]
    return (
        2
        + len(before)
        + sum(cell.replace("\r\n", "\n").count("\n") + cell.count("\r") for r in before for cell in r.values())
    )


def by_cell(findings: list[Finding]) -> Found:
    found: Found = defaultdict(set)
    for finding in refusing(findings):
        for column in finding.column.split(", "):
            found[finding.file, finding.row, column].add(finding.rule)
    return found


def rounds() -> Iterator[list[Input]]:
    """The inputs in rounds that each find enough rows of their tables."""
    waiting, sizes = inputs(), {"release_calendar": 9, "units": 40, "programmes": 14, "scenarios": 15, "targets": 100}
    while waiting:
        taken: dict[str, int] = defaultdict(int)
        chosen, later = [], []
        for one in waiting:
            taken[one["table"]] += 1
            (chosen if taken[one["table"]] <= sizes.get(one["table"], 150) else later).append(one)
        yield chosen
        waiting = later


def test_every_cell_that_is_wrong_is_found_by_its_file_line_and_column(folder):
    silent, before = [], {path.name: path.read_bytes() for path in folder.path.iterdir() if path.is_file()}
    for chosen in rounds():
        for name, content in before.items():
            (folder.path / name).write_bytes(content)
        places = list(placed(folder, chosen))
        found = by_cell(check_package(folder.path))
        silent += [(one, where, found[where]) for one, where in places if one["rule"] not in found[where]]
    assert silent == []


def test_lines_are_those_of_the_file_where_cells_have_several(small_folder):
    rows = small_folder.rows("observations")
    rows[0] |= {"note_en": "two\nlines", "note_vi": "hai\ndòng"}
    rows[1]["period"] = "2019x"
    small_folder.write("observations", rows)
    found = [(one.file, one.row, one.column) for one in check_package(small_folder.path)]
    assert ("observations.csv", 5, "period") in found
