"""Forms that go out and come back: all of their figures become rows, with what they settle."""

from __future__ import annotations

import fcntl
import os
from dataclasses import replace
from pathlib import Path

import pytest
from worlds import world

from forms import RECEIVED, Form, call, rows, take, told
from places import NAME, TABLES, figure, put_place
from promotion_book.alone import alone_in
from promotion_book.cli.common import check_package
from promotion_book.facts import parse
from promotion_book.facts.findings import refusing
from promotion_book.intake.form_items import expected_figures, form_items
from promotion_book.whole_files import replace_files
from promotion_book.words.sheets import LINE, row_height

pytestmark = pytest.mark.xdist_group("forms")
GONE = "gone,Gone,Gone,,district,,2024-06-30,,gia_lam\n"  # an area that ended


def test_the_same_items_give_the_same_bytes(blank, same, tmp_path):
    again = tmp_path / "again.xlsx"
    call("form", "--place", NAME, "--period", "2025", "--language", "en", "-o", again)
    assert again.read_bytes() == blank.read_bytes()


def test_a_form_shows_what_is_known_and_leaves_open_what_is_asked(form):
    shown = {key: form.cell("ocop_total", key).value for key in ("item", "unit", "last", "last_period", "target")}
    assert shown == {
        "item": "OCOP products recognised so far",
        "unit": "products",
        "last": 12,
        "last_period": "2024",
        "target": "10 products for 2025",
    }
    locked = {key: form.cell("ocop_total", key).protection.locked for key in ("last", "done", "note")}
    assert locked == {"last": True, "done": False, "note": False}


def test_no_text_of_a_form_lies_over_the_row_below(form):
    for sheet in form.book.worksheets:
        for row in sheet.iter_rows():
            wrapped = [cell for cell in row if cell.alignment.wrap_text and isinstance(cell.value, str)]
            widths = [sheet.column_dimensions[cell.column_letter].width for cell in wrapped]
            needed = row_height([cell.value for cell in wrapped], widths) if wrapped else LINE
            assert (sheet.row_dimensions[row[0].row].height or LINE) >= needed


def test_figures_become_rows_with_the_file_as_their_source_and_the_check_stays_silent(place, form, tmp_path):
    path = form.fill("ocop_total", 15).save(tmp_path / "form.xlsx")
    code, output = take(path, "--sender", "Department of Agriculture")
    assert code == 0
    assert output.splitlines()[0] == "Figures taken in: 1; sources: form_001."
    (row,) = [row for row in rows(place, "observations") if row["source_id"] == "form_001"]
    shown = ("observation_id", "period", "period_end", "value", "unit", "status")
    assert [row[name] for name in shown] == [
        *("ocop_total-2025-form_001", "2025", "2025-12-31", "15", "products", "actual"),
    ]
    (source,) = [row for row in rows(place, "sources") if row["source_id"] == "form_001"]
    assert (source["publisher"], source["published_on"]) == ("Department of Agriculture", RECEIVED)
    assert "SHA-256" in source["note_en"]
    assert refusing(check_package(place)) == []


def test_taking_the_same_form_in_again_changes_nothing(place, form, tmp_path):
    path = form.fill("ocop_total", 15).save(tmp_path / "form.xlsx")
    take(path)
    before = {file.name: file.read_bytes() for file in place.glob("*.csv")}
    assert take(path) == (0, "All of it was taken in before; nothing was changed.\n")
    assert {file.name: file.read_bytes() for file in place.glob("*.csv")} == before


@pytest.fixture
def waiting(place, monkeypatch) -> list[Path]:
    """The files that are put in place while another command waits that would change data, too."""
    found: list[Path] = []

    def replace(changed: dict[Path, bytes]) -> None:
        with pytest.raises(BlockingIOError):
            fcntl.flock(os.open(place.parent, os.O_RDONLY), fcntl.LOCK_EX | fcntl.LOCK_NB)
        replace_files(changed)
        found.extend(changed)

    for module in ("intake.commentary_layout", "whole_files"):
        monkeypatch.setattr(f"promotion_book.{module}.replace_files", replace)
    return found


def test_one_commentary_at_a_time_is_laid_out(place, waiting):
    last = place / "commentary" / "2023" / "ocop.en.md"
    last.parent.mkdir(parents=True)
    last.write_text("Growing.", encoding="utf-8")
    assert call("commentary", "--place", NAME, "--period", "2025")[0] == 0
    assert [file.name for file in waiting] == [last.name]


@pytest.mark.usefixtures("waiting")
def test_one_import_at_a_time_changes_tables_and_another_waits_until_it_is_done(place, form, tmp_path):
    assert take(form.fill("ocop_total", 15).save(tmp_path / "form.xlsx"))[0] == 0
    with alone_in(place.parent):
        assert rows(place, "observations")[-1]["source_id"] == "form_001"


def test_a_doubted_figure_is_taken_in_with_the_reason_in_its_note(place, form, tmp_path):
    path = form.fill("ocop_total", 150, note="The communes were merged.").save(tmp_path / "form.xlsx")
    code, output = take(path, "--sender", "The department")
    assert (code, "The communes were merged." in output) == (0, True)
    (row,) = [row for row in rows(place, "observations") if row["source_id"] == "form_001"]
    assert (row["confirmed_by"], row["confirmed_why"]) == ("The department", "The communes were merged.")


def test_a_changed_figure_asks_for_its_reason_and_becomes_a_noted_conflict(place, form, tmp_path):
    path = form.name("period", "2024").fill("ocop_total", 13).save(tmp_path / "form.xlsx")
    code, output = take(path)
    assert (code, told(output)) == (1, [f"form.xlsx:{form.cell('ocop_total', 'done').parent.title}!L5:differs"])
    assert "found 13, where 12 stood before" in output
    path = form.fill("ocop_total", 13, note="One came late.").save(tmp_path / "form.xlsx")
    assert take(path)[0] == 0
    (note,) = [row for row in rows(place, "conflict_notes") if row["indicator_id"] == "ocop_total"]
    assert (note["period"], note["nature"], note["note_en"]) == ("2024", "revision", "One came late.")
    assert refusing(check_package(place)) == []


def test_a_final_figure_does_not_come_before_its_period_has_ended(same, form, tmp_path):
    path = form.fill("handicraft_exports", 5.5).save(tmp_path / "form.xlsx")
    code, output = call("import", path, "--received", "2025-12-15")
    assert (code, [line.rpartition(":")[2] for line in told(output)]) == (1, ["early"])


def test_what_is_expected_and_not_reported_is_said(place, form, tmp_path):
    _, output = take(form.fill("ocop_total", 15).save(tmp_path / "form.xlsx"))
    assert "Expected by 31 March 2025, and not reported: Handicraft exports, 2024." in output


def test_a_note_without_a_figure_is_told_and_its_place_named(place, form, tmp_path):
    form.cell("handicraft_exports", "note").value = "The survey is late."
    code, output = take(form.fill("ocop_total", 15).save(tmp_path / "form.xlsx"))
    said = "A note without a figure is not taken in; the commentary of the period is the place for it"
    assert (code, f"{said}: Handicraft exports: The survey is late." in output.splitlines()) == (0, True)


def test_forms_of_parts_add_up_and_the_missing_ones_are_named(place, form, tmp_path):
    districts = ("gia_lam", "me_linh")
    paths = [form.name("area", area).fill("ocop_total", 2).save(tmp_path / f"{area}.xlsx") for area in districts]
    code, output = call("import", *paths, "--received", RECEIVED)
    (line,) = [line for line in output.splitlines() if "areas, together" in line]
    assert (code, "areas, together 4 products; missing: Phu Xuyen" in line, ", Hanoi" in line) == (0, True, False)
    found = {row["area"]: row["observation_id"] for row in rows(place, "observations") if "form" in row["source_id"]}
    assert found == {
        "gia_lam": "ocop_total-gia_lam-2025-form_001",
        "me_linh": "ocop_total-me_linh-2025-form_002",
    }
    assert refusing(check_package(place)) == []


@pytest.mark.parametrize(
    ("period", "area", "file", "said"),
    [
        (
            "2025",
            "gone",
            "form.xlsx",
            "area 'gone': allowed until 2024-06-30, and not in 2025; name an area of that time, such as gia_lam",
        ),
        ("2025", "atlantis", "form.xlsx", "no area 'atlantis' in areas.csv; write its row there first"),
        ("1990", "gia_lam", "form.xlsx", f"nothing is known of {NAME} on the cut-off day of 1990"),
        (
            "2025",
            "gia_lam",
            "form.csv",
            "form.csv: found the name of another kind of file; allowed one that ends with .xlsx",
        ),
        ("2025", "gia_lam", "filled.xlsx", "filled.xlsx: found a file that is there, which may be filled in"),
        ("2025", "gia_lam", "nowhere/form.xlsx", "nowhere/form.xlsx: No such file or directory"),
    ],
)
def test_a_form_that_could_not_come_back_or_would_cost_a_file_is_not_written(
    place, tmp_path, monkeypatch, period, area, file, said
):
    monkeypatch.chdir(tmp_path)
    with (place / "areas.csv").open("a", encoding="utf-8") as areas:
        areas.write(GONE)
    Path("filled.xlsx").write_bytes(b"figures")
    code, output = call("form", "--place", NAME, "--period", period, "--area", area, "-o", file)
    assert (code, output.startswith(said), output.count("\n")) == (2, True, 1)
    assert [path.name for path in tmp_path.iterdir() if path.suffix] == ["filled.xlsx"]
    assert Path("filled.xlsx").read_bytes() == b"figures"


def test_an_amount_that_is_asked_for_in_dong_is_not_asked_for_in_dollars_as_well(package):
    said = {"period": "2022", "value": 1.0, "source_id": "seed_000"}
    amounts = {"kip_budget": "vnd", "kip_budget_usd": "usd", "handicraft_exports": "usd"}
    rows = [{"indicator_id": name, "unit": unit, **said} for name, unit in amounts.items()]
    asked = form_items(world(package, [], rows).known, "2023", area="hanoi")["indicator_id"]
    assert {*asked} & {*amounts} == {"kip_budget", "handicraft_exports"}


def test_a_figure_is_expected_so_many_months_after_the_year_of_its_place(package):
    exports = {"indicator_id": "handicraft_exports", "value": 1.0, "unit": "usd", "source_id": "seed_000"}
    known = world(package, [], [exports | {"period": str(year)} for year in (2021, 2022)]).known
    days = []
    for begins in (1, 7):
        said = {**package.descriptor, "place": {**package.descriptor["place"], "year_begins": begins}}
        there = replace(known, package=replace(known.package, descriptor=said))
        days.append({row.expected_period: str(row.due) for row in expected_figures(there, parse("2023")).itertuples()})
    assert days == [{"2023": "2024-03-31"}, {"2023": "2024-09-30"}]


def test_money_is_asked_for_beside_the_first_thing_it_pays_for_and_becomes_dong_of_each_fund(tmp_path, monkeypatch):
    monkeypatch.setenv("PROMOTION_BOOK_DATA", str(tmp_path))
    machines = figure("machinery_establishments", 2024, 12, "establishments", "src_003")
    paid = {"national": "machinery_national_fund", "local": "machinery_local_fund", "own": "machinery_matching_capital"}
    funds = [
        {"indicator_id": money, "fund": fund, "pays_for": counted}
        for fund, money in paid.items()
        for counted in ("machinery_establishments", "rural_jobs")
    ]
    place = put_place(tmp_path, tables=TABLES | {"observations": [*TABLES["observations"], machines], "funds": funds})
    blank = tmp_path / "blank.xlsx"
    call("form", "--place", NAME, "--period", "2025", "--language", "en", "-o", blank)
    form = Form(blank)
    locked = [form.cell(code, "national").protection.locked for code in ("machinery_establishments", "rural_jobs")]
    assert locked == [False, True]
    form.fill("machinery_establishments", 14, national=300, local=1250.5, own=4800)
    assert take(form.save(tmp_path / "form.xlsx"))[0] == 0
    found = {row["indicator_id"]: row["value"] for row in rows(place, "observations") if row["source_id"] == "form_001"}
    assert found == {
        "machinery_establishments": "14",
        "machinery_national_fund": "300000000",
        "machinery_local_fund": "1250500000",
        "machinery_matching_capital": "4800000000",
    }


def test_the_commentary_of_a_period_begins_with_the_text_of_the_last_one_and_what_is_there_stays(place):
    last = place / "commentary" / "2022" / "handicraft_exports.en.md"
    last.parent.mkdir(parents=True)
    last.write_text("Now {handicraft_exports 2022}.", encoding="utf-8")
    code, output = call("commentary", "--place", NAME, "--period", "2025")
    file = place / "commentary" / "2025" / "handicraft_exports.en.md"
    name = f"data/{NAME}/commentary/2025/{file.name}"
    assert (code, file.read_bytes()) == (0, last.read_bytes())
    assert output.splitlines()[:-1] == [
        "laid out with the text of the last period: 1 file",
        f"{name}:0:-: language: found no commentary in vi; allowed one in each of en, vi; write handicraft_exports.vi.md beside it",
        f"{name}:0:-: stale (note): found the text of 2022; allowed a text on this period; bring it up to date, or take the file away",
        f"{name}:1:-: stale (note): found {{handicraft_exports 2022}}, an older figure; allowed that of 2023; "
        "refer to the newest figure, or leave it on purpose",
        "chapters without commentary: summary, ocop",
    ]
    file.write_text("Slower.", encoding="utf-8")
    code, output = call("commentary", "--place", NAME, "--period", "2025")
    assert output.splitlines()[0] == "laid out with the text of the last period: 0 files"
    assert file.read_text(encoding="utf-8") == "Slower."
