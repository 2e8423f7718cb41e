"""A place of another country: its own currency, one language, and years that begin in July."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from forms import call
from places import calendar, change_descriptor, figure, put_table, source
from promotion_book.cli.common import check_package, chosen_languages
from promotion_book.facts.calendar import edition
from promotion_book.facts.known import known_in
from promotion_book.facts.new_place import Called, NewPlace, write_place
from promotion_book.facts.package import read
from promotion_book.facts.reader import load
from promotion_book.report.frames import open_frames
from promotion_book.running.data_package import data_files
from promotion_book.running.named_files import write_files
from promotion_book.running.plan import EditionId, locate_build, plan_edition
from promotion_book.words.language import Language
from promotion_book.words.numbers import NumberFormat

ROOT = Path(__file__).parent.parent
NAIROBI = NewPlace(
    "nairobi",
    {"en": "Nairobi"},
    country=Called("kenya", {"en": "Kenya"}),
    currency=Called("kes", {"en": "Kenyan shillings"}),
    year_begins=7,
)
YEAR = {"period_start": "2024-07-01", "period_end": "2025-06-30"}
NEXT = {"period_start": "2026-07-01", "period_end": "2027-06-30"}


def budget(year: int, value: float, **cells: object) -> dict[str, object]:
    return {**figure("promotion_budget", year, value, "kes", "src_001", area="nairobi"), **cells}


@pytest.fixture
def place(tmp_path, monkeypatch) -> Path:
    """Nairobi as it was begun in November 2026."""
    monkeypatch.chdir(tmp_path)
    shutil.copytree(ROOT / "data" / "vocabulary", tmp_path / "data" / "vocabulary")
    data = tmp_path / "data"
    write_place(data, NAIROBI, today=date(2026, 11, 29), vocabulary=data / "vocabulary")
    return tmp_path / "data" / "nairobi"


@pytest.fixture
def known_place(place) -> Path:
    """With a budget of a year from July, and a plan of a later one."""
    write(place, "sources", [source("src_001", "2025-09-01")])
    plan = budget(2026, 4_000_000, status="plan", **NEXT)
    write(place, "observations", [budget(2024, 2_000_000, **YEAR), plan])
    search = {"programme_id": "rural_establishments", "searched_en": "No plan beyond 2026 was found."}
    write(place, "searches", [search])
    return place


def write(place: Path, table: str, rows: list[dict[str, Any]]) -> None:
    header = (place / f"{table}.csv").read_text(encoding="utf-8").splitlines()[0].split(",")
    put_table(place / f"{table}.csv", header, rows)


def findings(place: Path) -> list[tuple[str, str, str]]:
    return [(found.file, found.column, found.rule) for found in check_package(place)]


def test_a_place_of_another_country_is_sound_as_it_was_begun(place):
    assert findings(place) == []
    package = read("nairobi")
    assert (package.country, package.currency, package.languages, package.year_begins) == ("kenya", "kes", ("en",), 7)


def test_the_money_of_the_vocabulary_is_in_the_currency_of_the_place(place):
    package = read("nairobi")
    numbers = NumberFormat(Language("en"), package)
    assert numbers.of("promotion_budget", 2_500_000).replace("\N{NO-BREAK SPACE}", " ") == "KES 2.5 million"
    assert (numbers.money_name(), numbers.money_name(one=True)) == ("Kenyan shillings", "Kenyan shilling")
    assert package.row("indicators", "exchange_rate")["unit"] == "kes_usd"
    assert package.row("units", "kes_person_year")["name_en"] == "Kenyan shillings a person a year"


def test_what_the_vocabulary_says_of_agencies_and_acts_of_viet_nam_is_left_out_in_another_country(place):
    package = read("nairobi")
    names = ["lead_en", "lead_vi", "description_en", "description_vi"]
    assert set(package["programmes"][names].to_numpy().ravel()) == {""}
    assert set(package["indicators"]["expected_from_en"]) == {""}
    assert package["indicators"]["expected_months"].isna().all()


def test_what_is_published_of_such_a_place_needs_no_vocabulary(known_place, tmp_path, monkeypatch):
    write_files(data_files(known_place), tmp_path / "published" / "nairobi")
    monkeypatch.setenv("PROMOTION_BOOK_DATA", str(tmp_path / "published"))
    assert check_package(tmp_path / "published" / "nairobi") == []
    assert read("nairobi").row("indicators", "promotion_budget")["unit"] == "kes"


def test_a_year_has_the_name_of_the_year_in_which_it_begins_and_an_edition_waits_for_its_end(known_place):
    assert findings(known_place) == []
    package = read("nairobi")
    assert edition(package, "2024").cut_off == date(2025, 9, 30)
    rows = known_in(package, edition(package, "2024")).series("promotion_budget")
    assert [*rows["period"], *rows["value"]] == ["2024", 2_000_000]
    assert [*open_frames("nairobi", "2025").series("promotion_budget")["year"]] == [2024]


@pytest.mark.parametrize(
    ("row", "found"),
    [
        (budget(2024, 2_000_000), ("observations.csv", "period_start", "period-days")),
        (budget(2024, 1, period="2024-H1", period_end="2024-06-30"), ("observations.csv", "period", "year-begins")),
        (budget(2024, 2_000_000, status="to_date", **YEAR), ("observations.csv", "status", "year-begins")),
    ],
    ids=["days of the calendar", "a half-year", "a count to date"],
)
def test_what_does_not_fit_years_from_july_is_found(known_place, row, found):
    write(known_place, "observations", [row, budget(2026, 4_000_000, status="plan", **NEXT)])
    assert found in findings(known_place)


def test_an_edition_whose_cut_off_day_comes_before_the_end_of_its_year_is_found(place):
    write(place, "release_calendar", [calendar("2025", "2026-03-31", announced_on="2026-01-01")])
    assert ("release_calendar.csv", "cut_off", "calendar") in findings(place)


def test_where_years_begin_in_july_no_part_of_a_year_is_reported_on(known_place):
    with pytest.raises(
        ValueError, match="period 2025-H1 cannot be reported on; allowed: years, where they do not begin"
    ):
        edition(read("nairobi"), "2025-H1")


def test_a_place_of_which_nothing_is_known_has_no_form_and_is_told_what_to_begin_with(place):
    code, output = call("form", "--place", "nairobi", "--period", "2025", "-o", "form.xlsx")
    assert (code, output.count("\n"), Path("form.xlsx").exists()) == (2, 1, False)
    assert "begin with rows of data/nairobi/observations.csv or targets.csv" in output


def test_a_form_for_a_place_of_another_country_names_no_agency_of_viet_nam(known_place):
    code, output = call("form", "--place", "nairobi", "--period", "2025", "-o", "form.xlsx")
    assert (code, " of 1 programme\n" in output) == (0, True)
    cells = [
        str(cell) for sheet in load_workbook("form.xlsx") for row in sheet.iter_rows(values_only=True) for cell in row
    ]
    assert [cell for cell in cells if "gency" in cell or "Department" in cell] == []


def test_texts_in_another_language_are_not_asked_for_and_no_edition_is_built_in_it(known_place):
    assert chosen_languages("", place="nairobi") == ["en"]
    assert read("nairobi").place_name("vi") == "Nairobi"
    assert read("nairobi")["searches"]["searched_vi"].tolist() == ["No plan beyond 2026 was found."]


def test_a_book_in_one_language_is_planned_without_another(known_place):
    root = known_place.parent.parent
    for name in ("book", "notebooks", "_config.yml", "_toc.yml"):
        (root / name).symlink_to(ROOT / name)
    built = locate_build(root, EditionId("nairobi", "2025"), language="en")
    planned = plan_edition(root, built)
    assert planned.settings["languages"] == ["en"]
    assert any(name.endswith("notebooks/rural_establishments") for name in planned.jobs)


@pytest.mark.parametrize(
    ("change", "found"),
    [
        (lambda d: d.update(languages=[]), ("languages", "languages")),
        (lambda d: d.update(languages=["vi", "en"]), ("languages", "languages")),
        (lambda d: d.update(languages="en"), ("languages", "languages")),
        (lambda d: d.update(languages=["en", 3]), ("languages", "languages")),
        (lambda d: d["place"].update(country=3), ("place.country", "place")),
        (lambda d: d["place"].update(currency=["kes"]), ("place.currency", "place")),
        (lambda d: d["place"].update(year_begins=0), ("place.year_begins", "place")),
        (lambda d: d["place"].update(year_begins="July"), ("place.year_begins", "place")),
        (lambda d: d["place"].update(year_begins=True), ("place.year_begins", "place")),
        (lambda d: d["place"].update(curency="kes"), ("place.curency", "unknown-property")),
    ],
)
def test_a_setting_that_cannot_be_used_is_found(place, change, found):
    change_descriptor(place, change)
    assert found in {(finding.column, finding.rule) for finding in load(place).findings}


@pytest.mark.parametrize(("setting", "value"), [("country", "xxx"), ("currency", "xxx"), ("currency", "products")])
def test_a_setting_that_no_table_knows_is_found(place, setting, value):
    change_descriptor(place, lambda said: said["place"].update({setting: value}))
    assert ("datapackage.json", f"place.{setting}", "dangling-key") in findings(place)
