"""What may be written into `datapackage.json`: each is found by its line, and nothing ends in an error."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from typing import Any

import pytest

from places import change_descriptor, read_findings
from promotion_book.cli.common import check_package
from promotion_book.facts.findings import refusing
from promotion_book.facts.package import PackageError
from promotion_book.running.data_package import data_files

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
    "a list as name of a field": lambda d: _areas(d)["schema"]["fields"][0].update(name=["area_id"]),
    "no schema": lambda d: _areas(d).pop("schema"),
    "a path as schema": lambda d: _areas(d).update(schema="areas.json"),
    "a list as path": lambda d: _areas(d).update(path=["areas.csv"]),
    "a path to another table": lambda d: _areas(d).update(path="units.csv"),
    "resources null": lambda d: d.update(resources=None),
    "no resources": lambda d: d.update(resources=[]),
    "no objects as resources": lambda d: d.update(resources=[1, None, "x", [], {}]),
    "a resource gone": lambda d: d["resources"].remove(_resource(d, "left_out")),
    "a resource twice": lambda d: d["resources"].append(dict(_areas(d))),
    "a list as type": lambda d: _field(d, "areas", "name_en").update(type=["string"]),
    "a pattern that never ends": lambda d: _field(d, "areas", "area_id")["constraints"].update(pattern="(a+)+$"),
    "a list of constraints": lambda d: _field(d, "areas", "area_id").update(constraints=[]),
    "a truth as minimum": lambda d: _field(d, "indicators", "decimals")["constraints"].update(minimum=False),
    "fields an object": lambda d: _areas(d)["schema"].update(fields={}),
    "no objects as fields": lambda d: _areas(d)["schema"].update(fields=[1, None, {}]),
    "fields in another order": lambda d: _areas(d)["schema"]["fields"].reverse(),
    "a field gone": lambda d: _areas(d)["schema"]["fields"].pop(),
    "a field twice": lambda d: _areas(d)["schema"]["fields"].append(_field(d, "areas", "name_en")),
    "no key": lambda d: _areas(d)["schema"].pop("primaryKey"),
    "a key of another column": lambda d: _areas(d)["schema"].update(primaryKey=["name_en"]),
    "no foreign keys": lambda d: _resource(d, "targets")["schema"].pop("foreignKeys"),
    "a number as foreign keys": lambda d: _resource(d, "targets")["schema"].update(foreignKeys=3),
    "a foreign key to nowhere": lambda d: _resource(d, "targets")["schema"]["foreignKeys"][0].pop("reference"),
    "a foreign key to another table": lambda d: _resource(d, "targets")["schema"]["foreignKeys"][0]["reference"].update(resource="units"),
    "a second foreign key, to what is no key": lambda d: _resource(d, "targets")["schema"]["foreignKeys"].append({"fields": "area", "reference": {"resource": "areas", "fields": "name_en"}}),
    "a foreign key of two columns": lambda d: _resource(d, "targets")["schema"]["foreignKeys"].append({"fields": ["area", "unit"], "reference": {"resource": "areas", "fields": ["area_id", "name_en"]}}),
    "a number as column of a foreign key": lambda d: _resource(d, "targets")["schema"]["foreignKeys"][0].update(fields=3),
    "missing values": lambda d: _resource(d, "observations")["schema"].update(missingValues=["", "0"]),
    "a decimal comma": lambda d: _field(d, "observations", "value").update(decimalChar=","),
    "days of another form": lambda d: _field(d, "sources", "published_on").update(format="%d/%m/%Y"),
    "comments": lambda d: _areas(d)["dialect"].update(commentChar="#"),
    "compressed": lambda d: _areas(d).update(compression="gz"),
    "licences an object": lambda d: d.update(licenses={}),
    "contributors a number": lambda d: d.update(contributors=5),
    "a contributor that runs": lambda d: d["contributors"][0].update(path="javascript:alert(1)"),
    "a home page that runs": lambda d: d.update(homepage="javascript:alert(1)"),
    "a version that is a number": lambda d: d.update(version=1),
    "a licence that runs": lambda d: d["licenses"][0].update(path="javascript:alert(1)"),
    "another licence than that of the pages": lambda d: d["licenses"][0].update(name="ODbL-1.0"),
    "no title": lambda d: d.pop("title"),
    "a number as title": lambda d: d.update(title=3),
    "a list as description": lambda d: _areas(d).update(description=[1]),
    "a property nobody knows": lambda d: d.update(licences=[]),
    "no place": lambda d: d.pop("place"),
    "an empty name": lambda d: d["place"].update(name_en=""),
    "a long name": lambda d: d["place"].update(name_en="x" * 161),
    "a number as name": lambda d: d["place"].update(name_en=3),
    "a decomposed name": lambda d: d["place"].update(name_vi=unicodedata.normalize("NFD", "Hà Nội")),
    "an unseen letter": lambda d: d["place"].update(name_vi="Hà\u200b Nội"),
    "a letter that no chart writes": lambda d: d["place"].update(name_vi="Hà Nội \U0001f33e"),
    "half a letter": lambda d: d["place"].update(name_vi="\ud800"),
    "signs of a page in a name": lambda d: d["place"].update(name_vi="Hà &amp; Nội"),
    "a word without an end": lambda d: d.update(title="x" * 100),
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


@pytest.mark.parametrize("change", DESCRIBED.values(), ids=DESCRIBED)
def test_a_descriptor_that_says_something_else_is_found_with_its_line(small_folder, change):
    change_descriptor(small_folder.path, change)
    found = read_findings(small_folder.path)
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
def test_json_that_cannot_be_read_is_found_with_its_line(small_folder, change):
    path = small_folder.path / "datapackage.json"
    path.write_bytes(change(path.read_bytes()))
    assert [f for f in read_findings(small_folder.path) if f.file == "datapackage.json" and f.row > 0] != []


def test_a_part_is_found_on_its_line_and_a_name_is_the_same_however_its_letters_are_written(small_folder):
    path = small_folder.path / "datapackage.json"
    lines = path.read_text(encoding="utf-8").splitlines()
    line = next(number for number, text in enumerate(lines, start=1) if text.startswith(' "title"'))
    lines.insert(line + 2, ' "t\\u0069tle": "Another",')
    path.write_text("\n".join(lines), encoding="utf-8")
    assert [(found.row, found.rule) for found in read_findings(small_folder.path)] == [(line, "duplicate-name")]


def test_a_package_whose_descriptor_cannot_be_read_has_no_files_to_copy(small_folder):
    (small_folder.path / "datapackage.json").write_text("[]", encoding="utf-8")
    with pytest.raises(PackageError, match="no list of resources"):
        data_files(small_folder.path)


def test_a_place_may_add_columns_resources_and_words(small_folder):
    extra = {"name": "name_fr", "type": "string", "constraints": {"required": True}}

    def add(said: Said) -> None:
        _areas(said)["schema"]["fields"].insert(2, extra)
        _areas(said)["description"] = "Those of the city."
        _add(said, schema={"fields": [{"name": "day", "type": "date"}]})

    change_descriptor(small_folder.path, add)
    rows = small_folder.rows("areas")
    names = ["area_id", "name_en", "name_fr", *list(rows[0])[2:]]
    french = [{name: row.get(name, "Ville") for name in names} for row in rows]
    french[-1]["name_fr"] = ""
    small_folder.write("areas", french)
    (small_folder.path / "more.csv").write_text("day\n2024-02-30\n", encoding="utf-8")
    found = [(f.file, f.row, f.column, f.rule) for f in refusing(check_package(small_folder.path))]
    assert found == [("areas.csv", len(rows) + 1, "name_fr", "allowed-value"), ("more.csv", 2, "day", "type")]
