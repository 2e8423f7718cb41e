"""A new place: a folder with all tables, sound and built at once, and refusals that say what to write instead."""

from __future__ import annotations

import csv
import shutil
from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner

from promotion_book.cli import app
from promotion_book.cli.common import check_package
from promotion_book.facts.new_place import Called, NewPlace, NewPlaceError, write_place
from promotion_book.facts.package import read
from promotion_book.facts.place_programmes import told_programmes

ROOT = Path(__file__).parent.parent
TODAY = date(2026, 11, 29)
BAC_NINH = NewPlace("bac_ninh", {"en": "Bac Ninh", "vi": "Bắc Ninh"})


@pytest.fixture
def data(tmp_path, monkeypatch) -> Path:
    """A folder of data with the vocabulary alone."""
    monkeypatch.chdir(tmp_path)
    shutil.copytree(ROOT / "data" / "vocabulary", tmp_path / "data" / "vocabulary")
    return tmp_path / "data"


def rows(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(path.read_text(encoding="utf-8").splitlines()))


def test_a_new_place_has_its_area_its_releases_and_nothing_that_is_wrong(data):
    files = write_place(data, BAC_NINH, today=TODAY)
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


def test_before_the_figures_of_a_year_can_be_known_a_place_begins_with_the_year_before(data):
    write_place(data, BAC_NINH, today=date(2026, 2, 1))
    assert [row["period"] for row in rows(data / "bac_ninh" / "release_calendar.csv")] == ["2024", "2025"]


@pytest.mark.parametrize(
    "name", ["Bac Ninh", "bắc_ninh", "../x", "", "1st", "vocabulary", "latest", "vietnam", "taken"]
)
def test_a_name_that_is_taken_or_no_name_of_a_folder_is_refused(data, name):
    (data / "taken").mkdir()
    with pytest.raises(NewPlaceError, match=r"name|there already"):
        write_place(data, NewPlace(name, BAC_NINH.names), today=TODAY)
    assert sorted(path.name for path in data.iterdir()) == ["taken", "vocabulary"]


def test_everything_wrong_with_a_new_place_is_said_at_once(data):
    with pytest.raises(NewPlaceError) as error:
        write_place(
            data,
            NewPlace("bac_ninh", {"en": " Bac Ninh"}, "planet", currency=Called("KES", {}), year_begins=13),
            today=TODAY,
        )
    assert [line.split(";")[0] for line in str(error.value).splitlines()] == [
        "--currency 'KES'",
        "--name-en: found ' Bac Ninh'",
        "--currency-en: found nothing",
        "--kind 'planet'",
        "--year-begins 13",
    ]


def test_without_a_vocabulary_no_place_is_begun(tmp_path):
    with pytest.raises(NewPlaceError, match="no such folder; take it from a release"):
        write_place(tmp_path, BAC_NINH, today=TODAY)


def test_the_command_says_how_to_go_on_and_refuses_with_one_line_a_reason(data):
    call = ["new-place", "bac_ninh", "--name-en", "Bac Ninh", "--name-vi", "Bắc Ninh"]
    done, again = (CliRunner().invoke(app, call) for _ in range(2))
    assert (done.exit_code, again.exit_code) == (0, 2)
    assert "promotion-book build --place bac_ninh" in done.output
    assert "there already; choose another name" in again.output
