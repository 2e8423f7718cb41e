"""What figures that come in settle, and what their notes answer: doubts, contradictions, searches and confirmations."""

from __future__ import annotations

import csv
import subprocess
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pandas as pd
import pytest

from forms import RECEIVED, Form, call, rows, take, told
from places import NAME, TABLES, figure, put_place
from promotion_book.cli.common import check_package
from promotion_book.facts.findings import Finding, refusing
from promotion_book.facts.package import read
from promotion_book.intake.answers import NO_NOTE, Ledger
from promotion_book.intake.new_rows import NewRows
from promotion_book.whole_files import replace_files

pytestmark = pytest.mark.xdist_group("forms")
MACHINES = ("machinery_establishments", "establishments")
SHARE = ("rural_industry_share", "percent")
ANSWER = {"confirmed_by": "Somebody", "confirmed_why": "It was seen."}


@pytest.fixture
def asked(tmp_path, monkeypatch):
    """A place with figures by year, those of some years confirmed, and the form that asks for the next year."""

    def make(
        figures: dict[int, float], confirmed: tuple[int, ...] = (), of: tuple[str, str] = MACHINES
    ) -> tuple[Path, Form]:
        monkeypatch.setenv("PROMOTION_BOOK_DATA", str(tmp_path / "data"))
        name, unit = of
        more = [
            figure(name, year, value, unit, f"src_{year - 2021:03}", **(ANSWER if year in confirmed else {}))
            for year, value in figures.items()
        ]
        searches = [
            *TABLES["searches"],
            {"programme_id": "rural_establishments", "searched_en": "Nothing.", "searched_vi": "Không."},
        ]
        tables = TABLES | {"observations": [*TABLES["observations"], *more], "searches": searches}
        place = put_place(tmp_path / "data", tables=tables)
        assert refusing(check_package(place)) == []
        blank = tmp_path / "blank.xlsx"
        assert call("form", "--place", NAME, "--period", "2025", "--language", "en", "-o", blank)[0] == 0
        return place, Form(blank)

    return make


def confirmed(place: Path) -> dict[str, str]:
    return {row["period"]: row["confirmed_why"] for row in rows(place, "observations") if row["confirmed_why"]}


def test_a_note_answers_the_doubt_about_an_older_figure_as_well(asked, tmp_path):
    place, form = asked({2024: 12})
    path = form.fill(MACHINES[0], 130).save(tmp_path / "form.xlsx")
    assert [line.rpartition(":")[2] for line in told(take(path)[1])] == ["doubt"]
    path = form.fill(MACHINES[0], 130, note="A fund began.").save(tmp_path / "form.xlsx")
    assert take(path)[0] == 0
    assert confirmed(place) == {"2024": "A fund began.", "2025": "A fund began."}
    assert refusing(check_package(place)) == []


def test_an_older_figure_that_becomes_doubtful_is_told_at_the_new_one_with_what_to_do(asked, tmp_path):
    place, form = asked({2022: 1000, 2023: 50, 2024: 600}, confirmed=(2023,))
    code, output = take(form.fill(MACHINES[0], 55).save(tmp_path / "form.xlsx"))
    assert (code, [line.rpartition(":")[2] for line in told(output)]) == (1, ["beside"])
    assert "say in the note of its row why both hold" in output
    path = form.fill(MACHINES[0], 55, note="As in 2023.").save(tmp_path / "form.xlsx")
    assert (take(path)[0], confirmed(place)) == (0, {"2023": "It was seen.", "2024": "As in 2023."})


def test_a_note_on_a_figure_that_is_doubted_in_two_ways_has_to_name_it(asked, tmp_path):
    _, form = asked({2023: 30, 2024: 31}, of=SHARE)
    path = form.fill(SHARE[0], 0.5, note="Counted anew.").save(tmp_path / "form.xlsx")
    code, output = take(path)
    assert (code, "name it in confirmed_why: it is doubted in two ways" in output) == (1, True)
    assert take(form.fill(SHARE[0], 0.5, note="Counted anew: 0.5.").save(path))[0] == 0


def test_a_zero_beside_large_figures_is_doubted_for_what_they_are(asked, tmp_path):
    _, form = asked({2023: 300, 2024: 320})
    output = take(form.fill(MACHINES[0], 0).save(tmp_path / "form.xlsx"))[1]
    assert "doubt: found 0, far from the figures beside it (allowed figures like those beside it); " in output


def test_a_confirmation_of_what_nobody_doubts_any_more_is_taken_out(asked, tmp_path):
    place, form = asked({2023: 12, 2024: 130}, confirmed=(2023, 2024))
    code, output = take(form.fill(MACHINES[0], 40).save(tmp_path / "form.xlsx"))
    assert (code, output.count("No longer doubted, and its confirmation taken out")) == (0, 2)
    assert confirmed(place) == {}


def test_the_figure_of_a_search_closes_it(place, form, tmp_path):
    path, row = place / "searches.csv", {"programme_id": "ocop", "indicator_id": "ocop_total", "period": "2025"}
    before = path.read_bytes()
    with path.open("a", encoding="utf-8", newline="") as file:
        names = next(csv.reader(before.decode().splitlines()))
        csv.DictWriter(file, names, lineterminator="\n").writerow(row | dict.fromkeys(names[-2:], "Nothing."))
    code, output = take(form.fill("ocop_total", 15).save(tmp_path / "form.xlsx"))
    assert (code, "its row taken out of searches.csv: OCOP products recognised so far (2025)." in output) == (
        0,
        True,
    )
    assert path.read_bytes() == before


def test_doubts_are_told_together_with_what_is_no_figure(same, form, tmp_path):
    form.fill("ocop_total", 120, standing="sure").fill("handicraft_exports", "many")
    rules = {line.rpartition(":")[2] for line in told(take(form.save(tmp_path / "form.xlsx"))[1])}
    assert rules == {"doubt", "standing", "words"}


def test_the_newest_reason_of_a_figure_that_is_changed_twice_stands(place, form, tmp_path):
    form.name("period", "2024")
    for value, reason in ((13, "One came late."), (14, "Counted again.")):
        assert take(form.fill("ocop_total", value, note=reason).save(tmp_path / "form.xlsx"))[0] == 0
    (note,) = [row for row in rows(place, "conflict_notes") if row["indicator_id"] == "ocop_total"]
    assert note["note_en"] == "Counted again."
    output = take(form.fill("ocop_total", 15, note=None).save(tmp_path / "form.xlsx"))[1]
    assert "found 15, where 12, 13 and 14 stood before" in output


def test_the_form_shows_what_is_reported_for_its_period_so_far(place, tmp_path):
    blank = tmp_path / "form.xlsx"
    call("form", "--place", NAME, "--period", "2024", "--language", "en", "-o", blank)
    assert Form(blank).cell("ocop_total", "now").value == 12


def test_figures_that_come_after_the_cut_off_day_are_told_so_before_anything_else(same, form, tmp_path):
    path = form.fill("ocop_total", "many").save(tmp_path / "form.xlsx")
    lines = call("import", path, "--received", "2026-04-01")[1].splitlines()
    assert lines[0].startswith("They come on 1 April 2026, after the cut-off day of 2025 (31 March 2026)")
    assert "write a later cut_off into release_calendar.csv" in lines[1]
    assert "cut-off" not in take(path)[1]


def test_the_command_that_is_told_takes_an_import_back(place, form, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for command in ("init -q", "add data", "-c user.name=a -c user.email=a@b commit -qm a"):
        subprocess.run(["git", *command.split()], check=True)
    before = {path: path.read_bytes() for path in place.glob("*.csv")}
    output = take(form.fill("ocop_total", 15).save(tmp_path / "form.xlsx"))[1]
    subprocess.run(output.splitlines()[-1].partition(": ")[2].split(), check=True)
    assert {path: path.read_bytes() for path in place.glob("*.csv")} == before


def test_a_run_speaks_one_language(same, form, tmp_path):
    first = form.fill("ocop_total", "many").save(tmp_path / "form.xlsx")
    second = form.name("language", "vi").save(tmp_path / "form_2.xlsx")
    lines = call("import", first, second, "--received", RECEIVED)[1].splitlines()
    assert [line for line in lines if "đề nghị" in line] == []


class Killed(BaseException):
    """The program is gone."""


def killed(written: int) -> Callable[[Path, Path], Path]:
    """A replacement of files during which the program is killed at one of them."""
    replace, left = Path.replace, iter(range(written))

    def step(self: Path, target: Path) -> Path:
        if next(left) == written - 1:
            raise Killed
        return replace(self, target)

    return step


def test_what_a_kill_kept_out_is_added_by_the_same_form(place, form, tmp_path, monkeypatch):
    form.name("period", "2024")
    path = form.fill("ocop_total", 13, note="One came late.").save(tmp_path / "form.xlsx")
    before, given = {file: file.read_bytes() for file in place.glob("*.csv")}, []
    with monkeypatch.context() as patch:
        patch.setattr(
            "promotion_book.whole_files.replace_files", lambda made: given.append(made) or replace_files(made)
        )
        take(path)
    whole = {file: file.read_bytes() for file in place.glob("*.csv")}
    assert [file.stem for file in given[0]] == ["conflict_notes", "sources", "observations"]
    for written in (1, 2, 3):
        for file, content in before.items():
            file.write_bytes(content)
        with monkeypatch.context() as patch:
            patch.setattr(Path, "replace", killed(written))
            with pytest.raises(Killed):
                replace_files(*given)
        assert written > 1 or refusing(check_package(place)) == []
        take(path)
        assert {file: file.read_bytes() for file in place.glob("*.csv")} == whole


@pytest.fixture
def ledger(tmp_path, monkeypatch):
    """A place of which two sources, a plan and a part were reported for a year."""
    monkeypatch.setenv("PROMOTION_BOOK_DATA", str(tmp_path))
    more = [
        figure("ocop_total", 2023, 9, "products", "src_002"),
        figure("ocop_total", 2023, 10, "products", "src_003", known_on="2023-12-31"),
        figure("ocop_total", 2023, 4, "products", "src_003", observation_id="part", scope="women"),
        figure("ocop_total", 2023, 20, "products", "src_003", observation_id="plan", status="plan"),
        figure("ocop_total", 2023, "", "products", "src_003", observation_id="range", low=8, high=11),
    ]
    note = {"indicator_id": "ocop_total", "area": "hanoi", "period": 2023, "nature": "revision"}
    put_place(tmp_path, tables=TABLES | {"observations": more, "conflict_notes": [note]})
    return Ledger(read(NAME))


OF_2023 = {"indicator_id": "ocop_total", "area": "hanoi", "period": "2023"}


def test_reported_is_each_figure_of_the_whole_as_it_became_known(ledger):
    assert [*ledger.reported(SimpleNamespace(**OF_2023)).items()] == [
        ("ocop_total-2023-src_003", "10"),
        ("ocop_total-2023-src_002", "9"),
    ]


@pytest.mark.parametrize(("value", "asked"), [("9.0", []), ("10", ["10"])])
def test_only_another_figure_than_the_last_one_that_was_reported_asks_for_a_reason(ledger, value, asked):
    row = OF_2023 | {"value": value, "reason": ""}
    _, silent = ledger.revise_again(NewRows(pd.DataFrame(), pd.DataFrame([row])))
    assert [one.value for one in silent] == asked


def test_of_new_rows_alike_one_with_a_note_answers(ledger):
    rows = pd.DataFrame([OF_2023 | {"period": "2024", "reason": why} for why in ("", "One came late.")])
    finding = Finding("conflict_notes.csv", 0, "", NO_NOTE, "conflict ocop_total hanoi 2023", "a note", "write it")
    cause = ledger.cause(NewRows(pd.DataFrame(), rows), finding)
    assert (cause.row.reason, cause.of, cause.own) == ("One came late.", ("ocop_total", "hanoi", "2023"), False)
