"""A new place: a folder with all tables, sound and built at once, and refusals that say what to write instead."""

from __future__ import annotations

import csv
import fcntl
import os
import re
import shutil
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from forms import call
from places import put_table
from promotion_book.cli.common import check_package
from promotion_book.facts.new_place import Called, NewPlace, NewPlaceError, write_place
from promotion_book.facts.package import places, read
from promotion_book.facts.place_programmes import told_programmes
from promotion_book.facts.schema import TABLES

ROOT = Path(__file__).parent.parent
TODAY = date(2026, 11, 29)
BAC_NINH = NewPlace("bac_ninh", {"en": "Bac Ninh", "vi": "Bắc Ninh"})
KENYA, SHILLINGS = Called("kenya", {"en": "Kenya"}), Called("kes", {"en": "Kenyan shillings"})
NAIROBI = NewPlace("nairobi", {"en": "Nairobi"}, "district", KENYA, SHILLINGS, year_begins=7)


@pytest.fixture
def data(tmp_path, monkeypatch) -> Path:
    """A folder of data with the vocabulary alone."""
    monkeypatch.chdir(tmp_path)
    shutil.copytree(ROOT / "data" / "vocabulary", tmp_path / "data" / "vocabulary")
    return tmp_path / "data"


def rows(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(path.read_text(encoding="utf-8").splitlines()))


def begin(data: Path, place: NewPlace, today: date = TODAY) -> list[Path]:
    return write_place(data, place, today=today, vocabulary=data / "vocabulary")


def test_a_new_place_has_its_area_its_releases_and_nothing_that_is_wrong(data):
    files = begin(data, BAC_NINH)
    folder = data / "bac_ninh"
    assert sorted(folder.iterdir()) == files
    assert check_package(folder) == []
    assert [(row["area_id"], row["name_vi"], row["parent"], row["level"]) for row in rows(folder / "areas.csv")] == [
        ("bac_ninh", "Bắc Ninh", "vietnam", "province"),
        ("vietnam", "Việt Nam", "", "country"),
    ]
    days = ("period", "cut_off", "announced_on", "release_on")
    assert [tuple(row[name] for name in days) for row in rows(folder / "release_calendar.csv")] == [
        ("2025", "2026-03-31", "2026-11-29", "2026-11-29"),
        ("2026", "2027-03-31", "2026-11-29", "2027-04-30"),
    ]
    assert told_programmes(read("bac_ninh")).empty


def test_one_place_at_a_time_is_begun_and_another_waits_until_it_is_whole(data, monkeypatch):
    write = Path.write_text

    def write_alone(path: Path, *text: Any, **how: Any) -> int:
        with pytest.raises(BlockingIOError):
            fcntl.flock(os.open(data, os.O_RDONLY), fcntl.LOCK_EX | fcntl.LOCK_NB)
        return write(path, *text, **how)

    monkeypatch.setattr(Path, "write_text", write_alone)
    assert len(begin(data, BAC_NINH)) > 1


def test_what_is_stopped_once_a_place_is_whole_leaves_nothing_else(data, monkeypatch):
    rename, there = Path.rename, []

    def rename_and_look(path: Path, to: Path) -> Path:
        done = rename(path, to)
        there.append(sorted(found.name for found in data.iterdir()))
        return done

    monkeypatch.setattr(Path, "rename", rename_and_look)
    begin(data, BAC_NINH)
    assert there == [["bac_ninh", "vocabulary"]]


def test_what_is_not_whole_yet_is_no_place(data):
    begin(data, BAC_NINH)
    shutil.copytree(data / "bac_ninh", data / ".new_place")
    assert places() == ["bac_ninh"]


def test_before_the_figures_of_a_year_can_be_known_a_place_begins_with_the_year_before(data):
    begin(data, BAC_NINH, date(2026, 2, 1))
    assert [row["period"] for row in rows(data / "bac_ninh" / "release_calendar.csv")] == ["2024", "2025"]


@pytest.mark.parametrize(
    "name", ["Bac Ninh", "bắc_ninh", "../x", "", "1st", "vocabulary", "latest", "vietnam", "taken", "a_link"]
)
def test_a_name_that_is_taken_or_no_name_of_a_folder_is_refused(data, name):
    (data / "taken").mkdir()
    (data / "a_link").symlink_to("nowhere")
    with pytest.raises(NewPlaceError, match=r"name|there already"):
        begin(data, NewPlace(name, BAC_NINH.names))
    assert sorted(path.name for path in data.iterdir()) == ["a_link", "taken", "vocabulary"]


def test_everything_wrong_with_a_new_place_is_said_at_once(data):
    with pytest.raises(NewPlaceError) as error:
        begin(
            data,
            NewPlace("bac_ninh", {"en": " Bac Ninh"}, "planet", currency=Called("KES", {}), year_begins=13),
        )
    assert [line.split(";")[0] for line in str(error.value).splitlines()] == [
        "--currency 'KES'",
        "--name-en: found ' Bac Ninh'",
        "--currency-en: found nothing",
        "--kind 'planet'",
        "--year-begins 13",
    ]


@pytest.mark.parametrize(
    ("options", "line"),
    [
        ([], "--name-en or --name-vi: found nothing;"),
        (["--name-en", "A", "--country-en", "Kenya"], "--country '';"),
        (["--name-en", "A", "--currency-en", "Kenyan shillings"], "--currency '';"),
        (["--name-en", "A", "--currency", "percent", "--currency-en", "per cent"], "--currency 'percent' is a unit of"),
        (["--name-en", "A\nB"], "--name-en: found line break"),
        (["--name-en", "A \U0001f33e"], "--name-en: found 'A \U0001f33e'; allowed letters that a chart can write"),
        (["--name-en", "2024"], "--name-en: found '2024'; allowed words"),
        (["--name-en", "Viet Nam"], "--name-en: found the name of the country"),
        (["--name-en", "A", "--repository", "data/vocabulary/units.csv"], "data/vocabulary/units.csv"),
    ],
)
def test_what_a_person_may_get_wrong_is_one_line_and_nothing_is_begun(data, options, line):
    code, output = call("new-place", "bac_ninh", *options)
    assert (code, output.count("\n"), output.startswith(line)) == (2, 1, True)
    assert not (data / "bac_ninh").exists()


@pytest.mark.parametrize("name", ['O"Neil & <b>Sons</b>, {x} $y', "Đắk Lắk", "Minh Châu " * 15 + "Mới"])
def test_a_place_may_have_any_name_that_can_be_read(data, name):
    begin(data, NewPlace("b", {"en": name, "vi": name}))
    assert check_package(data / "b") == []


def test_without_a_vocabulary_no_place_is_begun(tmp_path):
    with pytest.raises(NewPlaceError, match="no such folder; take it from a release"):
        begin(tmp_path, BAC_NINH)


def test_the_command_says_how_to_go_on_and_refuses_with_one_line_a_reason(data):
    asked = ["new-place", "bac_ninh", "--name-en", "Bac Ninh", "--name-vi", "Bắc Ninh"]
    (done, how), (again, why) = (call(*asked) for _ in range(2))
    assert (done, again) == (0, 2)
    assert "promotion-book build --place bac_ninh" in how
    assert "there already; choose another name" in why


def told_rows(guide: Path) -> dict[str, dict[str, str]]:
    """The first row of each table as a guide tells it, by table and column."""
    sections = guide.read_text(encoding="utf-8").split("\n## ")[1:]
    cells = re.compile(r"^\| `(\w+)` \| `(.*?)` \|", re.MULTILINE)
    return {section.partition(".csv")[0]: dict(cells.findall(section)) for section in sections}


@pytest.mark.parametrize("place", [BAC_NINH, NAIROBI], ids=["Bac Ninh", "Nairobi"])
def test_the_first_rows_that_the_guide_of_a_new_place_tells_are_sound(data, place):
    begin(data, place)
    folder, told = data / place.name, told_rows(data / place.name / "README.md")
    told["targets"] = {c: v for c, v in told["observations"].items() if c not in ("observation_id", "status")} | told[
        "targets"
    ]
    for name, row in told.items():
        header = (folder / f"{name}.csv").read_text(encoding="utf-8").strip().split(",")
        put_table(folder / f"{name}.csv", header, [row])
    assert (list(told), check_package(folder)) == (["sources", "observations", "targets", "searches"], [])


def test_the_guide_of_a_place_with_one_language_asks_for_no_other(data):
    begin(data, NAIROBI)
    told = told_rows(data / NAIROBI.name / "README.md")
    assert [*told["searches"]] == ["programme_id", "searched_en"]


def test_the_guide_of_a_new_place_names_every_word_that_a_cell_may_be(data):
    begin(data, BAC_NINH)
    guide = (data / "bac_ninh" / "README.md").read_text(encoding="utf-8")
    columns = [column for name in ("sources", "observations", "targets") for column in TABLES[name].columns]
    words = {word for column in columns if column.name in guide for word in column.constraints.get("enum", [])}
    assert [word for word in sorted(words) if f"`{word}`" not in guide] == []
