"""Forms that come back: all of their figures become rows, or everything that is wrong is said by sheet and cell."""

from __future__ import annotations

import csv
import shutil
from datetime import datetime
from pathlib import Path

import pytest
from openpyxl import Workbook
from openpyxl.worksheet.formula import ArrayFormula
from typer.testing import CliRunner
from worlds import world

from forms import Form
from places import NAME, TABLES, figure, put_place
from promotion_book.cli import app
from promotion_book.cli.common import check_package
from promotion_book.facts.findings import refusing
from promotion_book.intake.form_items import form_items

pytestmark = pytest.mark.xdist_group("forms")
RECEIVED = "2026-02-10"


def call(*arguments: object) -> tuple[int, str]:
    done = CliRunner().invoke(app, [str(argument) for argument in arguments])
    return done.exit_code, done.output


@pytest.fixture(scope="module")
def blank(tmp_path_factory) -> Path:
    """The form of a small place for 2025, in English."""
    folder = tmp_path_factory.mktemp("form")
    put_place(folder / "data")
    form = folder / "form.xlsx"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PROMOTION_BOOK_DATA", str(folder / "data"))
        assert call("form", "--place", NAME, "--period", "2025", "--language", "en", "-o", form)[0] == 0
    return form


@pytest.fixture
def place(blank, tmp_path, monkeypatch) -> Path:
    """The folder of the small place, whose figures a test may change."""
    monkeypatch.setenv("PROMOTION_BOOK_DATA", str(tmp_path / "data"))
    return Path(shutil.copytree(blank.parent / "data" / NAME, tmp_path / "data" / NAME))


@pytest.fixture
def same(blank, monkeypatch) -> Path:
    """The folder of the small place for tests after which it is as before; it is read once for all of them."""
    monkeypatch.setenv("PROMOTION_BOOK_DATA", str(blank.parent / "data"))
    return blank.parent / "data" / NAME


@pytest.fixture
def form(blank) -> Form:
    return Form(blank)


def take(path: Path, *options: object) -> tuple[int, str]:
    return call("import", path, "--received", RECEIVED, *options)


def rows(place: Path, table: str) -> list[dict[str, str]]:
    with (place / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def told(output: str) -> list[str]:
    """The file, sheet and cell, and the rule, of each finding that is printed."""
    return [":".join(line.split(": ")[:2]) for line in output.splitlines() if line.startswith("form.xlsx")]


def test_the_same_items_give_the_same_bytes(blank, same, tmp_path):
    again = tmp_path / "again.xlsx"
    call("form", "--place", NAME, "--period", "2025", "--language", "en", "-o", again)
    assert again.read_bytes() == blank.read_bytes()


def test_a_form_shows_what_is_known_and_leaves_open_what_is_asked(form):
    shown = {key: form.cell("ocop_total", key).value for key in ("item", "unit", "last", "last_period", "target")}
    assert shown == {
        "item": "OCOP products recognised since 2019",
        "unit": "products",
        "last": 12,
        "last_period": "2024",
        "target": "10 products for 2025",
    }
    locked = {key: form.cell("ocop_total", key).protection.locked for key in ("last", "done", "note")}
    assert locked == {"last": True, "done": False, "note": False}


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


def test_what_an_interruption_kept_out_is_added_by_the_same_form(place, form, tmp_path):
    before = (place / "observations.csv").read_bytes()
    path = form.fill("ocop_total", 15).save(tmp_path / "form.xlsx")
    take(path)
    after = (place / "observations.csv").read_bytes()
    (place / "observations.csv").write_bytes(before)
    take(path)
    assert (place / "observations.csv").read_bytes() == after


HOSTILE = {
    "a text for a number": (lambda cell: "1.234", "unclear"),
    "a decimal comma": (lambda cell: "12,5", "text"),
    "a number with its unit": (lambda cell: "15 products", "words"),
    "a formula": (lambda cell: "=10+5", "formula"),
    "a formula of an array": (lambda cell: ArrayFormula(cell.coordinate, "=SUM(A1:A2)"), "formula"),
    "a day": (lambda cell: datetime(2026, 3, 12), "date"),
    "a truth": (lambda cell: True, "error"),
    "an error of Excel": (lambda cell: "#DIV/0!", "error"),
    "less than nothing": (lambda cell: -3, "range"),
    "ten times the last figure": (lambda cell: 120, "doubt"),
    "a tenth of the last figure": (lambda cell: 1, "doubt"),
}


@pytest.mark.parametrize(("value", "rule"), HOSTILE.values(), ids=HOSTILE.keys())
def test_what_is_no_figure_is_refused_by_its_cell(same, form, tmp_path, value, rule):
    cell = form.cell("ocop_total", "done")
    form.fill("ocop_total", value(cell)).fill("handicraft_exports", 5.5)
    before = (same / "observations.csv").read_bytes()
    code, output = take(form.save(tmp_path / "form.xlsx"))
    assert (code, told(output)) == (1, [f"form.xlsx:{cell.parent.title}!{cell.coordinate}:{rule}"])
    assert (same / "observations.csv").read_bytes() == before


def percent(form: Form) -> None:
    form.fill("ocop_total", 0.15)
    form.cell("ocop_total", "done").number_format = "0%"


def hide_row(form: Form) -> None:
    cell = form.fill("ocop_total", 15).cell("ocop_total", "done")
    cell.parent.row_dimensions[cell.row].hidden = True


def hide_column(form: Form) -> None:
    form.cell("ocop_total", "note").parent.column_dimensions["Q"].hidden = True


def hide_sheet(form: Form) -> None:
    form.cell("ocop_total", "note").parent.sheet_state = "hidden"


def merge(form: Form) -> None:
    cell = form.cell("ocop_total", "done")
    cell.parent.merge_cells(start_row=cell.row, end_row=cell.row, start_column=cell.column, end_column=cell.column + 1)


def rename_heading(form: Form) -> None:
    form.cell("ocop_total", "done").parent["L4"] = "Result"


def write_code(code: str | None):
    def change(form: Form) -> None:
        form.fill("ocop_total", 15).cell("ocop_total", "code").value = code

    return change


def repeat(form: Form) -> None:
    cell = form.fill("ocop_total", 15).cell("ocop_total", "done")
    for number, value in {1: "ocop_total", cell.column: 16, cell.column + 1: "Final"}.items():
        cell.parent.cell(60, number).value = value


CHANGED = {
    "a percentage": (percent, "L5:percent"),
    "a hidden row": (hide_row, "L5:hidden-row"),
    "a hidden column": (hide_column, "Q4:hidden-column"),
    "a hidden sheet": (hide_sheet, "hidden-sheet"),
    "merged cells": (merge, "L5:merged"),
    "another heading": (rename_heading, "L4:headings"),
    "an unknown code": (write_code("ocop_totl"), "A5:unknown"),
    "no code": (write_code(None), "L5:no-code"),
    "the same row twice": (repeat, "L60:twice"),
    "no standing": (lambda form: form.fill("ocop_total", 15, standing=""), "M5:standing"),
    "a standing of its own": (lambda form: form.fill("ocop_total", 15, standing="sure"), "M5:standing"),
    "a standing without a figure": (lambda form: form.fill("ocop_total", None, standing="Final"), "M5:no-figure"),
    "a part of a product": (lambda form: form.fill("ocop_total", 15.5), "L5:range"),
    "money where no fund pays": (lambda form: form.fill("ocop_total", 15, own=3), "P5:no-fund"),
}


@pytest.mark.parametrize(("change", "where"), CHANGED.values(), ids=CHANGED.keys())
def test_what_was_done_to_a_form_is_refused_where_it_was_done(same, form, tmp_path, change, where):
    sheet = form.cell("ocop_total", "done").parent.title
    change(form)
    code, output = take(form.save(tmp_path / "form.xlsx"))
    at = f"{sheet}{'!' if ':' in where else ':'}{where}"
    assert (code, told(output)) == (1, [f"form.xlsx:{at}"])


def test_a_form_that_nobody_filled_in_is_no_source(same, form, tmp_path):
    code, output = take(form.save(tmp_path / "form.xlsx"))
    assert (code, told(output)) == (1, ["form.xlsx:empty"])


def test_an_unknown_code_says_which_one_may_be_meant(same, form, tmp_path):
    write_code("ocop_totl")(form)
    assert "found the code 'ocop_totl'; did you mean ocop_total?" in take(form.save(tmp_path / "form.xlsx"))[1]


@pytest.mark.parametrize(
    ("name", "value"), [("version", "0"), ("place", "atlantis"), ("period", "2024-13"), ("area", "atlantis")]
)
def test_a_form_of_something_else_is_refused(same, form, tmp_path, name, value):
    code, output = take(form.name(name, value).save(tmp_path / "form.xlsx"))
    assert (code, told(output)) == (1, [f"form.xlsx:{name}"])


def test_a_form_has_to_be_of_the_period_that_is_wanted(same, form, tmp_path):
    path = form.fill("ocop_total", 15).save(tmp_path / "form.xlsx")
    assert told(take(path, "--period", "2024")[1]) == ["form.xlsx:period"]


def test_a_workbook_that_is_no_form_is_refused(same, tmp_path):
    Workbook().save(tmp_path / "form.xlsx")
    assert told(take(tmp_path / "form.xlsx")[1]) == ["form.xlsx:other-form"]


def test_everything_that_is_wrong_is_said_at_once(same, form, tmp_path):
    form.fill("ocop_total", "many").fill("handicraft_exports", "=1", standing="sure")
    assert len(told(take(form.save(tmp_path / "form.xlsx"))[1])) == 3


def test_findings_are_told_in_the_language_that_is_asked_for(same, form, tmp_path):
    path = form.fill("ocop_total", "12,5").save(tmp_path / "form.xlsx")
    line = take(path, "--language", "vi")[1].splitlines()[0]
    assert line.endswith("ô chứa số viết dạng chữ '12,5'; yêu cầu một số; đề nghị xóa ô và nhập lại 12,5")


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
    assert "found 13, and 12 was reported before" in output
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


def test_forms_of_parts_add_up_and_the_missing_ones_are_named(place, form, tmp_path):
    districts = ("gia_lam", "me_linh")
    paths = [form.name("area", area).fill("ocop_total", 2).save(tmp_path / f"{area}.xlsx") for area in districts]
    code, output = call("import", *paths, "--received", RECEIVED)
    (line,) = [line for line in output.splitlines() if "areas, together" in line]
    assert (code, "areas, together 4 products; missing: Phu Xuyen" in line) == (0, True)
    found = {row["area"]: row["observation_id"] for row in rows(place, "observations") if "form" in row["source_id"]}
    assert found == {
        "gia_lam": "ocop_total-gia_lam-2025-form_001",
        "me_linh": "ocop_total-me_linh-2025-form_002",
    }
    assert refusing(check_package(place)) == []


def test_an_amount_that_is_asked_for_in_dong_is_not_asked_for_in_dollars_as_well(package):
    said = {"period": "2022", "value": 1.0, "source_id": "seed_000"}
    amounts = {"kip_budget": "vnd", "kip_budget_usd": "usd", "handicraft_exports": "usd"}
    rows = [{"indicator_id": name, "unit": unit, **said} for name, unit in amounts.items()]
    asked = form_items(world(package, [], rows).known, "2023", area="hanoi")["indicator_id"]
    assert {*asked} & {*amounts} == {"kip_budget", "handicraft_exports"}


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


MAPPING = """\
place: lang_moi
period: 2025
heading_row: 2
standing: actual
money_in_millions: yes
columns:
  code: Chỉ tiêu
  done: "=C"
names:
  Sản phẩm OCOP: ocop_total
  Xuất khẩu: handicraft_exports
"""


@pytest.fixture
def mapping(tmp_path) -> Path:
    path = tmp_path / "mapping.yml"
    path.write_text(MAPPING, encoding="utf-8")
    return path


def test_any_other_table_comes_in_through_a_mapping(place, mapping, tmp_path):
    table = tmp_path / "table.csv"
    text = "Báo cáo;;\nchỉ tiêu;Đơn vị;Thực hiện\nSản phẩm OCOP;sản phẩm;15\nXuất khẩu;triệu USD;5.5\n"
    table.write_text(text, encoding="utf-8-sig")
    assert take(table, "--mapping", mapping)[0] == 0
    found = {row["indicator_id"]: row["value"] for row in rows(place, "observations") if row["source_id"] == "form_001"}
    assert found == {"ocop_total": "15", "handicraft_exports": "5500000"}


def test_a_mapped_table_is_refused_by_cell_as_a_form_is(same, mapping, tmp_path):
    table = tmp_path / "form.xlsx.csv"
    table.write_text('Báo cáo,,\nChỉ tiêu,,\nSản phẩm OCOP,,"1.234,5"\nGốm,,5\n', encoding="utf-8")
    output = take(table, "--mapping", mapping, "--language", "en")[1]
    assert told(output) == ["form.xlsx.csv:Sheet!C3:text", "form.xlsx.csv:Sheet!A4:unknown"]


def test_everything_wrong_with_a_mapping_file_is_said(same, tmp_path):
    path = tmp_path / "mapping.yml"
    path.write_text("place: lang_moi\ncolumns:\n  cod: A\nheading_row: none\n", encoding="utf-8")
    code, output = take(tmp_path / "x.csv", "--mapping", path)
    assert (code, [line.split(": ")[0] for line in output.splitlines()]) == (
        2,
        ["mapping.yml:1:period", "mapping.yml:3:columns.cod.[key]", "mapping.yml:4:heading_row"],
    )


def test_the_commentary_of_a_period_begins_with_the_text_of_the_last_one_and_what_is_there_stays(place):
    last = place / "commentary" / "2023" / "ocop.en.md"
    last.parent.mkdir(parents=True)
    last.write_text("Growing.", encoding="utf-8")
    code, output = call("commentary", "--place", NAME, "--period", "2025")
    file = place / "commentary" / "2025" / "ocop.en.md"
    assert (code, file.read_text(encoding="utf-8")) == (0, "Growing.")
    assert output.splitlines()[-1] == "chapters without commentary: summary, handicraft_exports"
    file.write_text("Slower.", encoding="utf-8")
    call("commentary", "--place", NAME, "--period", "2025")
    assert file.read_text(encoding="utf-8") == "Slower."
