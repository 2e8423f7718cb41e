"""Another place: a package of its own is enough, also while it knows almost nothing."""

from __future__ import annotations

import json
import shutil
from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from folders import ROOT, run_cells
from places import NAME, TABLES, figure, put_place, put_table, source
from promotion_book.facts.check import check
from promotion_book.facts.new_place import NewPlace, write_place
from promotion_book.facts.package import read as read_package
from promotion_book.facts.schema import LATER
from promotion_book.facts.schema import TABLES as SCHEMA
from promotion_book.running.contents import chapter_notebooks
from promotion_book.running.data_package import data_files

pytestmark = pytest.mark.xdist_group("a place begun")


@pytest.fixture(scope="module")
def elsewhere(tmp_path_factory) -> Path:
    """A place that was begun and knows nothing yet, beside the vocabulary."""
    data = tmp_path_factory.mktemp("data")
    shutil.copytree(ROOT / "data" / "vocabulary", data / "vocabulary")
    write_place(
        data,
        NewPlace("elsewhere", {"en": "Elsewhere", "vi": "Nơi khác"}),
        today=date(2026, 11, 29),
        vocabulary=data / "vocabulary",
    )
    return data / "elsewhere"


def test_a_place_that_knows_nothing_yet_has_a_sound_package(elsewhere):
    assert check(elsewhere) == []


def without_later(place: Path) -> None:
    """Take the columns and the tables that came later out of the tables of a place and out of its descriptor."""
    told = json.loads((place / "datapackage.json").read_text(encoding="utf-8"))
    whole = [name for name, columns in LATER.items() if set(columns) == set(SCHEMA[name].names)]
    told["resources"] = [resource for resource in told["resources"] if resource["name"] not in whole]
    for name in whole:
        (place / f"{name}.csv").unlink()
    for resource in told["resources"]:
        gone, path = LATER.get(resource["name"], {}), place / resource["path"]
        schema = resource["schema"]
        schema["fields"] = [field for field in schema["fields"] if field["name"] not in gone]
        schema["foreignKeys"] = [key for key in schema.get("foreignKeys", []) if not set(key["fields"]) & set(gone)]
        rows = pd.read_csv(path, dtype=str, keep_default_na=False)
        rows.drop(columns=list(gone)).to_csv(path, index=False, lineterminator="\n")
    (place / "datapackage.json").write_text(json.dumps(told) + "\n", encoding="utf-8")


@pytest.fixture
def older(tmp_path, monkeypatch) -> Path:
    """A place whose package is of a version that had no columns and tables of `LATER`."""
    monkeypatch.setenv("PROMOTION_BOOK_DATA", str(tmp_path))
    plans = [
        figure("handicraft_exports", 2030, 9_000_000, "usd", "src_003", kind="level"),
        figure("ocop_total", 2030, 20, "products", "src_003", kind="level"),
    ]
    place = put_place(tmp_path, tables=TABLES | {"targets": [*TABLES["targets"], *plans]})
    without_later(place)
    return place


def test_a_package_of_an_earlier_version_is_sound_and_reads_as_before(older):
    assert check(older) == []
    package = read_package(NAME)
    assert set(package["programmes"]["role"]) == {"programme"}
    assert package["readings"].empty
    read = {
        name: package[name][list(later)].isna() | (package[name][list(later)] == "") for name, later in LATER.items()
    }
    assert all(cells.all(axis=None) for name, cells in read.items() if name != "programmes")
    assert [len(package[name]) for name in ("observations", "targets")] == [4, 3]


def test_a_package_of_an_earlier_version_is_published_as_it_is(older):
    assert data_files(older) == {path.name: path.read_bytes() for path in older.iterdir()}


def test_what_came_later_is_declared_before_it_is_used(older):
    header, *rows = (older / "units.csv").read_text(encoding="utf-8").splitlines()
    lines = [f"{header},one_en", *(f"{row}," for row in rows)]
    (older / "units.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    (older / "readings.csv").write_text("target_id,indicator_id,base_value,counts_en,counts_vi\n", encoding="utf-8")
    found = {(f.file, f.row, f.column, f.rule) for f in check(older)}
    assert ("units.csv", 1, "one_en", "column-name") in found
    assert ("readings.csv", 0, "", "unnamed-file") in found


CHAPTERS = [path for path in chapter_notebooks(Path()) if path.stem != "programme"]  # a place without one has no page


def begin(data: Path, name: str, known: list[dict], target: dict) -> None:
    """Begin a place that knows some figures and a target."""
    new = NewPlace(name, {"en": name.title(), "vi": name.title()})
    write_place(data, new, today=date(2026, 11, 29), vocabulary=data / "vocabulary")
    rows = {"observations": known, "targets": [target], "sources": [source("src_001", "2026-01-15")]}
    for table, told in rows.items():
        put_table(data / name / f"{table}.csv", SCHEMA[table].names, [row | {"area": name} for row in told])


@pytest.fixture(scope="module")
def data(elsewhere) -> Path:
    """The data of places that know nothing; the first rows that a guide tells; and three years of two programmes, one figure
    of a third, and a target that is over.
    """
    machines = {"kind": "flow", "path": "per_period"}
    budget = [figure("promotion_budget", year, 8e9 + year, "vnd", "src_001") for year in (2023, 2024, 2025)]
    wanted = {
        year: figure("machinery_establishments", year, 25, "establishments", "src_001", **machines)
        for year in (2025, 2026)
    }
    begin(elsewhere.parent, "begun", budget[-1:], wanted[2026])
    known = [
        *budget,
        *(figure("handicraft_exports", year, 8e6 + year, "usd", "src_001") for year in (2023, 2024, 2025)),
        figure("machinery_establishments", 2025, 22, "establishments", "src_001"),
        figure("ocop_total", 2025, 150, "products", "src_001"),
    ]
    begin(elsewhere.parent, "somewhere", known, wanted[2025])
    return elsewhere.parent


BEGUN = pytest.param("begun", id="a figure", marks=pytest.mark.nightly)


@pytest.mark.parametrize(
    "name", [pytest.param("elsewhere", id="nothing"), BEGUN, pytest.param("somewhere", id="little")]
)
@pytest.mark.parametrize("path", [pytest.param(path, id=path.stem) for path in CHAPTERS])
def test_every_chapter_runs_for_a_place_that_knows_little_or_nothing_yet(
    path, name, data, tmp_path, monkeypatch, sketched
):
    monkeypatch.setenv("PROMOTION_BOOK_DATA", str(data))
    monkeypatch.chdir(tmp_path)
    run_cells(ROOT / path, place=name)
    assert (tmp_path / "results" / f"{path.stem}.json").is_file()
