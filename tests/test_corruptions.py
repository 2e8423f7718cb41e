"""What people, spreadsheets and attackers write into a package: each input is found by file, line and column, and nothing ends in an error.

`corruptions.csv` holds the cells, a row each: kind, table, column, cell (with the escapes of Python; `x * 300` is so many
of the letter), and the rule that finds it. Files and descriptors are broken by functions below.
"""

from __future__ import annotations

import csv
import json
import os
import shutil
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT, Folder

from places import NAME, put_place
from promotion_book.cli.common import check_package
from promotion_book.facts.described import described
from promotion_book.facts.files import LARGEST
from promotion_book.facts.findings import Finding, refusing
from promotion_book.facts.reader import load
from promotion_book.facts.schema import TABLES

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
    silent, before = [], {path.name: path.read_bytes() for path in folder.path.iterdir()}
    for chosen in rounds():
        for name, content in before.items():
            (folder.path / name).write_bytes(content)
        places = list(placed(folder, chosen))
        found = by_cell(check_package(folder.path))
        silent += [(one, where, found[where]) for one, where in places if one["rule"] not in found[where]]
    assert silent == []


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return put_place(tmp_path_factory.mktemp("data"))


@pytest.fixture
def small(sound, tmp_path) -> Path:
    """A small package to break."""
    return shutil.copytree(sound, tmp_path / "data" / NAME)


def read_findings(folder: Path) -> list[Finding]:
    """What is found on files and descriptor, before the figures are looked at."""
    loaded = load(folder)
    return refusing([*loaded.findings, *(described(loaded.descriptor) if loaded.descriptor else [])])


BYTES: dict[str, tuple[Callable[[bytes], bytes], int, str]] = {
    "UTF-16": (lambda t: t.decode().encode("utf-16"), 1, "encoding"),
    "UTF-32": (lambda t: t.decode().encode("utf-32"), 1, "encoding"),
    "Latin-1": (lambda t: t.replace(b"products,products", b"products,prod\xe9"), 2, "encoding"),
    "Windows-1258": (lambda t: t.decode().encode("cp1258", "replace"), 4, "encoding"),
    "half a surrogate": (lambda t: t.replace(b"products,products", b"products,\xed\xa0\x80"), 2, "encoding"),
    "empty": (lambda _: b"", 1, "empty"),
    "one line end": (lambda _: b"\n", 1, "column-name"),
    "zeros": (lambda _: bytes(100), 1, "column-name"),
    "a page": (lambda _: b"<html>404</html>", 1, "column-name"),
    "a pointer of a large file": (lambda _: b"version https://git-lfs.github.com/spec/v1\nsize 12\n", 1, "column-name"),
    "a title": (lambda t: b"Source: GSO\n2026\n\n" + t, 1, "above-header"),
    "a comment": (lambda t: b"# units\n" + t, 1, "above-header"),
    "sep=,": (lambda t: b"sep=,\n" + t, 1, "above-header"),
    "an empty first line": (lambda t: b"\n" + t, 1, "above-header"),
    "a space in the header": (lambda t: t.replace(b"unit_id", b"unit_id ", 1), 1, "column-name"),
    "another case": (lambda t: t.replace(b"unit_id", b"Unit_ID", 1), 1, "column-name"),
    "a mark twice": (lambda t: b"\xef\xbb\xbf" * 2 + t, 1, "column-name"),
    "a column twice": (lambda t: t.replace(b"name_vi", b"name_en", 1), 1, "column-name"),
    "columns swapped": (lambda t: t.replace(b"name_en,name_vi", b"name_vi,name_en", 1), 1, "column-name"),
    "a column more": (lambda t: t.replace(b"\n", b",x\n"), 1, "column-name"),
    "a column less": (lambda t: b"".join(line.rpartition(b",")[0] + b"\n" for line in t.splitlines()), 1, "column-name"),
    "tabs": (lambda t: t.replace(b",", b"\t"), 1, "column-name"),
    "a cell more": (lambda t: t.replace(b",count", b",,count", 1), 2, "extra-cell"),
    "a cell less": (lambda t: t.replace(b",count", b"", 1), 2, "missing-cell"),
    "a footer": (lambda t: t.replace(b"\nfirms", b"\nSource: GSO\nfirms", 1), 3, "missing-cell"),
    "marks of a merge": (lambda t: t.replace(b"\nfirms", b"\n<<<<<<< ours\nfirms", 1), 3, "missing-cell"),
    "a blank row": (lambda t: t.replace(b"\nfirms", b"\n\nfirms", 1), 3, "blank-row"),
    "a row of commas": (lambda t: t.replace(b"\nfirms", b"\n,,,,,,\nfirms", 1), 3, "blank-row"),
    "the header again": (lambda t: t.replace(b"\nfirms", b"\n" + t.split(b"\n")[0] + b"\nfirms", 1), 3, "header-twice"),
    "an open quotation": (lambda t: t.replace(b"\nfirms", b'\n"firms', 1), 3, "quotation-mark"),
    "a quotation inside": (lambda t: t.replace(b"\nfirms", b'\n"fi"rms', 1), 3, "quotation-mark"),
    "a cell without end": (lambda t: t.replace(b"firms,firms", b"firms," + b"x" * 200_000, 1), 3, "quotation-mark"),
    "carriage returns alone": (lambda t: t.replace(b"\n", b"\r"), 1, "line-ending"),
}  # fmt: skip


@pytest.mark.parametrize(("change", "line", "rule"), BYTES.values(), ids=BYTES)
def test_a_file_that_is_no_table_is_found_by_its_line(small, change, line, rule):
    path = small / "units.csv"
    path.write_bytes(change(path.read_bytes()))
    found = read_findings(small)
    assert (line, rule) in [(finding.row, finding.rule) for finding in found if finding.file == "units.csv"]


def _sparse(path: Path) -> None:
    with path.open("ab") as file:
        file.truncate(LARGEST + 1)


STANDS: dict[str, Callable[[Path], object]] = {
    "nothing": lambda _: None,
    "a folder": Path.mkdir,
    "a pipe": os.mkfifo,
    "a link to itself": lambda path: path.symlink_to(path.name),
    "a link that leads out": lambda path: path.symlink_to(ROOT / "data/hanoi/units.csv"),
    "a device": lambda path: path.symlink_to("/dev/zero"),
    "too much": _sparse,
}


@pytest.mark.parametrize("name", ["units.csv", "datapackage.json"])
@pytest.mark.parametrize("put", STANDS.values(), ids=STANDS)
def test_what_stands_in_the_place_of_a_file_is_found(small, put, name):
    (small / name).unlink()
    put(small / name)
    assert [(f.file, f.row, f.rule) for f in check_package(small) if f.rule != "not-examined"] == [
        (name, 0, "missing-file")
    ]


@pytest.mark.parametrize("table", TABLES)
def test_a_missing_table_stops_no_rule_of_the_others(sound, tmp_path, table):
    small = shutil.copytree(sound, tmp_path / NAME)
    (small / f"{table}.csv").unlink()
    assert {(f.file, f.rule) for f in check_package(small)} == {
        (f"{table}.csv", "missing-file"),
        (f"{table}.csv", "not-examined"),
    }


def test_rows_that_stand_twice_end_no_check(small):
    for path in small.glob("*.csv"):
        header, *rows = path.read_bytes().splitlines(keepends=True)
        path.write_bytes(b"".join([header, *rows, *rows[:1]]))
    expected = {path.name for path in small.glob("*.csv") if path.read_bytes().count(b"\n") > 1}
    assert {f.file for f in check_package(small) if f.rule == "duplicate-key"} == expected


def test_a_table_that_is_not_named_is_found(small):
    (small / "units (copy).csv").write_text("x", encoding="utf-8")
    assert [(f.file, f.rule) for f in read_findings(small)] == [("units (copy).csv", "unnamed-file")]


Said = dict[str, Any]


def _resource(said: Said, name: str) -> Said:
    return next(resource for resource in said["resources"] if resource["name"] == name)


def _field(said: Said, table: str, name: str) -> Said:
    return next(field for field in _resource(said, table)["schema"]["fields"] if field["name"] == name)


def _add(said: Said, **resource: Any) -> None:
    said["resources"].append({"name": "more", "path": "more.csv", **resource})


def _areas(said: Said) -> Said:
    return _resource(said, "areas")


DESCRIBED: dict[str, Callable[[Said], object]] = {
    "no name of a resource": lambda d: _areas(d).pop("name"),
    "no path": lambda d: _areas(d).pop("path"),
    "no schema": lambda d: _areas(d).pop("schema"),
    "a path as schema": lambda d: _areas(d).update(schema="areas.json"),
    "a list as path": lambda d: _areas(d).update(path=["areas.csv"]),
    "a path from the root": lambda d: _areas(d).update(path="/etc/passwd"),
    "a path upwards": lambda d: _areas(d).update(path=f"../{NAME}/areas.csv"),
    "a path to another table": lambda d: _areas(d).update(path="units.csv"),
    "an address as path": lambda d: _areas(d).update(path="https://example.org/areas.csv"),
    "resources null": lambda d: d.update(resources=None),
    "resources an object": lambda d: d.update(resources={}),
    "no resources": lambda d: d.update(resources=[]),
    "no objects as resources": lambda d: d.update(resources=[1, None, "x", [], {}]),
    "a resource gone": lambda d: d["resources"].remove(_resource(d, "left_out")),
    "a resource twice": lambda d: d["resources"].append(dict(_areas(d))),
    "an unknown type": lambda d: _field(d, "areas", "name_en").update(type="bogus"),
    "a list as type": lambda d: _field(d, "areas", "name_en").update(type=["string"]),
    "a number as text": lambda d: _field(d, "observations", "value").update(type="string"),
    "a pattern that never ends": lambda d: _field(d, "areas", "area_id")["constraints"].update(pattern="(a+)+$"),
    "a pattern that is none": lambda d: _field(d, "areas", "area_id")["constraints"].update(pattern="["),
    "no constraints": lambda d: _field(d, "observations", "status").pop("constraints"),
    "a list of constraints": lambda d: _field(d, "areas", "area_id").update(constraints=[]),
    "a truth as minimum": lambda d: _field(d, "indicators", "decimals")["constraints"].update(minimum=False),
    "fields null": lambda d: _areas(d)["schema"].update(fields=None),
    "fields an object": lambda d: _areas(d)["schema"].update(fields={}),
    "no objects as fields": lambda d: _areas(d)["schema"].update(fields=[1, None, {}]),
    "fields in another order": lambda d: _areas(d)["schema"]["fields"].reverse(),
    "a field gone": lambda d: _areas(d)["schema"]["fields"].pop(),
    "a field twice": lambda d: _areas(d)["schema"]["fields"].append(_field(d, "areas", "name_en")),
    "no key": lambda d: _areas(d)["schema"].pop("primaryKey"),
    "a number as key": lambda d: _areas(d)["schema"].update(primaryKey=3),
    "a key of another column": lambda d: _areas(d)["schema"].update(primaryKey=["name_en"]),
    "no foreign keys": lambda d: _resource(d, "targets")["schema"].pop("foreignKeys"),
    "a number as foreign keys": lambda d: _resource(d, "targets")["schema"].update(foreignKeys=3),
    "a foreign key to nowhere": lambda d: _resource(d, "targets")["schema"]["foreignKeys"][0].pop("reference"),
    "a foreign key to another table": lambda d: _resource(d, "targets")["schema"]["foreignKeys"][0]["reference"].update(resource="units"),
    "a foreign key to a name": lambda d: _resource(d, "targets")["schema"]["foreignKeys"][0]["reference"].update(fields=["name_en"]),
    "missing values": lambda d: _resource(d, "observations")["schema"].update(missingValues=["", "0"]),
    "a decimal comma": lambda d: _field(d, "observations", "value").update(decimalChar=","),
    "grouped digits": lambda d: _field(d, "observations", "value").update(groupChar=","),
    "numbers with units": lambda d: _field(d, "observations", "value").update(bareNumber=False),
    "days of any form": lambda d: _field(d, "sources", "published_on").update(format="any"),
    "days of another form": lambda d: _field(d, "sources", "published_on").update(format="%d/%m/%Y"),
    "semicolons": lambda d: _areas(d)["dialect"].update(delimiter=";"),
    "comments": lambda d: _areas(d)["dialect"].update(commentChar="#"),
    "another encoding": lambda d: _areas(d).update(encoding="latin-1"),
    "compressed": lambda d: _areas(d).update(compression="gz"),
    "rows in the descriptor": lambda d: _areas(d).update(data=[["a"], ["b"]]),
    "no licence": lambda d: d.pop("licenses"),
    "licences an object": lambda d: d.update(licenses={}),
    "a licence that runs": lambda d: d["licenses"][0].update(path="javascript:alert(1)"),
    "no title": lambda d: d.pop("title"),
    "a number as title": lambda d: d.update(title=3),
    "a list as description": lambda d: _areas(d).update(description=[1]),
    "a property nobody knows": lambda d: d.update(licences=[]),
    "no place": lambda d: d.pop("place"),
    "a text as place": lambda d: d.update(place="hanoi"),
    "no Vietnamese name": lambda d: d["place"].pop("name_vi"),
    "an empty name": lambda d: d["place"].update(name_en=""),
    "a long name": lambda d: d["place"].update(name_en="x" * 161),
    "a number as name": lambda d: d["place"].update(name_en=3),
    "a decomposed name": lambda d: d["place"].update(name_vi=unicodedata.normalize("NFD", "Hà Nội")),
    "an unseen letter": lambda d: d["place"].update(name_vi="Hà\u200b Nội"),
    "half a letter": lambda d: d["place"].update(name_vi="\ud800"),
    "two lines": lambda d: d["place"].update(name_vi="Hà\nNội"),
    "a list as area": lambda d: d["place"].update(area=["hanoi"]),
    "a resource outside": lambda d: _add(d, path="../more.csv"),
    "a resource from the root": lambda d: _add(d, path="/etc/passwd"),
    "a folder as resource": lambda d: _add(d, path="."),
    "a resource without a file": lambda d: _add(d, path="more.pdf"),
    "a resource of a table": lambda d: _add(d, path="areas.csv"),
    "a resource with a way as name": lambda d: _add(d, name="../more"),
    "a column of any type": lambda d: _areas(d)["schema"]["fields"].append({"name": "more", "type": "any"}),
    "a column with a pattern": lambda d: _areas(d)["schema"]["fields"].append({"name": "more", "type": "string", "constraints": {"pattern": "(a+)+$"}}),
}  # fmt: skip


def describe(folder: Path, change: Callable[[Said], object]) -> None:
    path = folder / "datapackage.json"
    said = json.loads(path.read_text(encoding="utf-8"))
    change(said)
    path.write_text(json.dumps(said, indent=1), encoding="utf-8")


@pytest.mark.parametrize("change", DESCRIBED.values(), ids=DESCRIBED)
def test_a_descriptor_that_says_something_else_is_found_with_its_line(small, change):
    describe(small, change)
    found = read_findings(small)
    assert {finding.file for finding in found} & {"datapackage.json", "more.pdf"}
    assert all(finding.row > 0 for finding in found if finding.file == "datapackage.json")


JSON: dict[str, Callable[[bytes], bytes]] = {
    "nothing": lambda _: b"",
    "a word": lambda _: b"hello",
    "a list": lambda _: b"[]",
    "half of it": lambda t: t[: len(t) // 2],
    "a name twice": lambda t: t.replace(b'"place": {', b'"place": {"area": "x"},\n "place": {', 1),
    "no number": lambda t: t.replace(b'"minimum": 0', b'"minimum": NaN', 1),
    "a number without end": lambda t: t.replace(b'"minimum": 0', b'"minimum": ' + b"9" * 5000, 1),
    "lists in lists": lambda _: b"[" * 100_000,
    "objects in objects": lambda _: b'{"a":' * 5000 + b"1" + b"}" * 5000,
    "deep resources": lambda _: b'{"resources":' + b"[" * 900 + b"]" * 900 + b"}",
    "UTF-16": lambda t: t.decode().encode("utf-16"),
    "a comment": lambda t: b"// places\n" + t,
}


@pytest.mark.parametrize("change", JSON.values(), ids=JSON)
def test_json_that_cannot_be_read_is_found_with_its_line(small, change):
    path = small / "datapackage.json"
    path.write_bytes(change(path.read_bytes()))
    assert [f for f in read_findings(small) if f.file == "datapackage.json" and f.row > 0] != []


def test_a_place_may_add_columns_resources_and_words(small):
    extra = {"name": "name_fr", "type": "string", "constraints": {"required": True}}

    def add(said: Said) -> None:
        _areas(said)["schema"]["fields"].insert(2, extra)
        _areas(said)["description"] = "Those of the city."
        _add(said, schema={"fields": [{"name": "day", "type": "date"}]})

    describe(small, add)
    rows = Folder(small).rows("areas")
    names = ("area_id", "name_en", "name_fr", "name_vi")
    french = [{name: row.get(name, "Ville") for name in names} for row in rows]
    french[-1]["name_fr"] = ""
    Folder(small).write("areas", french)
    (small / "more.csv").write_text("day\n2024-02-30\n", encoding="utf-8")
    found = [(f.file, f.row, f.column, f.rule) for f in check_package(small)]
    assert found == [("areas.csv", len(rows) + 1, "name_fr", "allowed-value"), ("more.csv", 2, "day", "type")]


def test_lines_are_those_of_the_file_where_cells_have_several(folder):
    rows = folder.rows("observations")
    rows[0] |= {"note_en": "two\nlines", "note_vi": "hai\ndòng"}
    rows[1]["period"] = "2019x"
    folder.write("observations", rows)
    assert [(f.row, f.column) for f in check_package(folder.path) if f.file == "observations.csv"] == [(5, "period")]
