"""Forms that are filled in as nobody should: everything that is wrong is said by sheet and cell, and nothing is changed."""

from __future__ import annotations

from datetime import datetime

import pytest
from openpyxl import Workbook
from openpyxl.formatting.rule import CellIsRule
from openpyxl.styles import Font, PatternFill
from openpyxl.worksheet.formula import ArrayFormula, DataTableFormula

from forms import Form, take, told
from promotion_book.facts.findings import Finding
from promotion_book.facts.rules.plausibility_rules import ACTION

pytestmark = pytest.mark.xdist_group("forms")


HOSTILE = {
    "a text for a number": (lambda cell: "1.234", "unclear"),
    "a decimal comma": (lambda cell: "12,5", "text"),
    "a number with its unit": (lambda cell: "15 products", "words"),
    "a number with its unit in Vietnamese": (lambda cell: "1.234 tỷ", "words"),
    "a thousands point and a decimal comma": (lambda cell: "1.234,5", "text"),
    "a space that does not break": (lambda cell: "1\N{NO-BREAK SPACE}234 ", "text"),
    "the notation of science as a text": (lambda cell: "1.5e1", "words"),
    "not a number as a text": (lambda cell: "NaN", "words"),
    "a day as a text": (lambda cell: "12/03/2026", "words"),
    "a formula that leads out of the file": (lambda cell: "=[1]Sheet1!A1", "formula"),
    "a formula": (lambda cell: "=10+5", "formula"),
    "a formula of an array": (lambda cell: ArrayFormula(cell.coordinate, "=SUM(A1:A2)"), "formula"),
    "a day": (lambda cell: datetime(2026, 3, 12), "date"),
    "more digits than a figure has": (lambda cell: 1e30, "digits"),
    "a truth": (lambda cell: True, "error"),
    "an error of Excel": (lambda cell: "#DIV/0!", "error"),
    "the mark of a footnote": (lambda cell: "15¹", "words"),
    "a number without an end": (lambda cell: "9" * 400, "digits"),
    "two numbers": (lambda cell: "15 16", "words"),
    "two numbers one below the other": (lambda cell: "1\n500", "words"),
    "two numbers of two columns": (lambda cell: "1\t500", "words"),
    "digits that are shown from right to left": (lambda cell: "\u202e51", "words"),
    "a table of data": (lambda cell: DataTableFormula(cell.coordinate), "formula"),
    "less than nothing": (lambda cell: -3, "contradicts range"),
    "a part of a product": (lambda cell: 15.5, "range"),
    "ten times the last figure": (lambda cell: 120, "doubt"),
    "a tenth of the last figure": (lambda cell: 1, "contradicts doubt"),
}


@pytest.mark.parametrize(("value", "rule"), HOSTILE.values(), ids=HOSTILE.keys())
def test_what_is_no_figure_is_refused_by_its_cell(same, form, tmp_path, value, rule):
    cell = form.cell("ocop_total", "done")
    form.fill("ocop_total", value(cell))
    before = (same / "observations.csv").read_bytes()
    code, output = take(form.save(tmp_path / "form.xlsx"))
    at = f"form.xlsx:{cell.parent.title}!{cell.coordinate}"
    assert (code, told(output)) == (1, [f"{at}:{one}" for one in rule.split()])
    assert (same / "observations.csv").read_bytes() == before


def test_a_text_that_is_cut_is_told_in_the_words_of_the_form_alone(same, form, tmp_path):
    path = form.fill("ocop_total", "nhiều " * 9_000).save(tmp_path / "form.xlsx")
    code, output = take(path, "--language", "vi")
    found = f"ô chứa chữ '{'nhiều ' * 10}'...; yêu cầu chỉ nhập số; đề nghị nhập số, phần chữ ghi vào cột ghi chú"
    assert (code, output.splitlines()[0].partition(": words: ")[2]) == (1, found)


def test_a_figure_beside_one_that_is_refused_is_not_taken_in(same, form, tmp_path):
    path = form.fill("ocop_total", "many").fill("handicraft_exports", 5.5).save(tmp_path / "form.xlsx")
    before = (same / "observations.csv").read_bytes()
    assert take(path)[0] == 1
    assert (same / "observations.csv").read_bytes() == before


def test_what_no_cell_brought_forth_is_told_by_its_table_in_the_language_of_the_form(same, form, tmp_path, monkeypatch):
    found = Finding("units.csv", 3, "symbol_en", "twice", "'kg'", "one unit", "rename it")
    monkeypatch.setattr(
        "promotion_book.cli.reporting_round.check_package", lambda folder: [] if folder.samefile(same) else [found]
    )
    path = form.fill("ocop_total", 15).save(tmp_path / "form.xlsx")
    assert take(path, "--language", "vi") == (
        1,
        f"data/{same.name}/units.csv:3:symbol_en: check: kết quả kiểm tra toàn bộ số liệu (bằng tiếng Anh): "
        "found 'kg'; allowed one unit; rename it\nSố lỗi: 1; chưa nhập số liệu nào.\n",
    )


def test_a_doubt_on_what_is_not_the_amount_is_told_as_the_check_says_it(same, form, tmp_path, monkeypatch):
    last = len((same / "observations.csv").read_text(encoding="utf-8").splitlines())
    found = Finding("observations.csv", last + 1, "area", "lone-area", "'here'", "the area of other rows", ACTION)
    monkeypatch.setattr(
        "promotion_book.cli.reporting_round.check_package", lambda folder: [] if folder.samefile(same) else [found]
    )
    output = take(form.fill("ocop_total", 15).save(tmp_path / "form.xlsx"))[1]
    said = "found 15, of which the check of all data says, in English: found 'here'; allowed the area of other rows; "
    assert output.splitlines()[0].partition(": unlikely: ")[2] == (
        f"{said}allowed a figure that somebody confirms; mend it, or say in the note of its row why it holds"
    )


def test_a_sender_that_no_source_can_have_is_refused_before_anything_is_read(same, form, tmp_path):
    code, output = take(form.fill("ocop_total", 15).save(tmp_path / "form.xlsx"), "--sender", "A\u202eB")
    assert (code, output.startswith("--sender: found invisible character U+202E")) == (2, True)


def percent(form: Form) -> None:
    form.fill("ocop_total", 0.15)
    form.cell("ocop_total", "done").number_format = "0%"


def format_as(number_format: str, value: float = 15):
    def change(form: Form) -> None:
        form.fill("ocop_total", value).cell("ocop_total", "done").number_format = number_format

    return change


def font_as(key: str, **font: object):
    def change(form: Form) -> None:
        form.fill("ocop_total", 15, note="Counted in June.").cell("ocop_total", key).font = Font(**font)

    return change


def write_in(colour: str, behind: PatternFill):
    def change(form: Form) -> None:
        cell = form.fill("ocop_total", 15).cell("ocop_total", "done")
        cell.font, cell.fill = Font(color=colour), behind

    return change


def on_condition(**style: object):
    def change(form: Form) -> None:
        sheet = form.fill("ocop_total", 15).cell("ocop_total", "done").parent
        sheet.conditional_formatting.add("L4:L6", CellIsRule("greaterThan", ["10"], **style))

    return change


def flatten(form: Form) -> None:
    cell = form.fill("ocop_total", 15).cell("ocop_total", "done")
    cell.parent.row_dimensions[cell.row].height = 0.75


def narrow(form: Form) -> None:
    form.fill("ocop_total", 15).cell("ocop_total", "note").parent.column_dimensions["Q"].width = 0.1


def write_beside(form: Form) -> None:
    cell = form.fill("ocop_total", 15).cell("ocop_total", "done")
    cell.parent.cell(cell.row, 18).value = 16


def hide_row(form: Form) -> None:
    cell = form.fill("ocop_total", 15).cell("ocop_total", "done")
    cell.parent.row_dimensions[cell.row].hidden = True


def change_item(form: Form) -> None:
    form.fill("ocop_total", 15).cell("ocop_total", "item").value = "Handicraft exports"


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
    for number, value in {1: "ocop_total", 3: "products", cell.column: 16, cell.column + 1: "Final"}.items():
        cell.parent.cell(60, number).value = value


def change_unit(form: Form) -> None:
    form.fill("ocop_total", 15).cell("ocop_total", "unit").value = "thousand products"


CHANGED = {
    "another unit": (change_unit, "C5:unit"),
    "a percentage": (percent, "L5:percent"),
    "thousands that the format leaves out": (format_as("#,##0,"), "L5:format"),
    "thousands that the format names": (format_as('0 "k"'), "L5:format"),
    "a format that shows nothing": (format_as(";;;"), "L5:format"),
    "a format that shows nothing for zero": (format_as("0;-0;;@", 0), "L5:format"),
    "a format that shows large numbers as small ones": (format_as("[<9]0;0,"), "L5:format"),
    "a format that turns the sign round": (format_as("-0"), "L5:format"),
    "a figure that is struck through": (font_as("done", strike=True), "L5:struck"),
    "a note that is struck through": (font_as("note", strike=True), "Q5:struck"),
    "a figure in white": (write_in("FFFFFFFF", PatternFill()), "L5:struck"),
    "a figure in the shade of its cell": (write_in("FF00FF00", PatternFill("solid", fgColor="FF10F010")), "L5:struck"),
    "a figure that is too small to be read": (font_as("done", size=1), "L5:struck"),
    "a figure that a condition strikes through": (on_condition(font=Font(strike=True)), "L5:struck"),
    "a figure that a condition writes in white": (on_condition(font=Font(color="FFFFFFFF")), "L5:struck"),
    "a row that is too low to be seen": (flatten, "L5:hidden-row"),
    "a column that is too narrow to be seen": (narrow, "Q4:hidden-column"),
    "the item of another code": (change_item, "B5:item"),
    "a figure beside the table": (write_beside, "R5:outside"),
    "a hidden row": (hide_row, "L5:hidden-row"),
    "a hidden column": (hide_column, "Q4:hidden-column"),
    "a hidden sheet": (hide_sheet, "hidden-sheet"),
    "merged cells": (merge, "L5:merged"),
    "another heading": (rename_heading, "L4:headings"),
    "an unknown code": (write_code("ocop_totl"), "A5:unknown"),
    "no code": (write_code(None), "L5:no-code"),
    "the same row twice": (repeat, "L60:twice"),
    "a note that is longer than a text": (lambda form: form.fill("ocop_total", 15, note="long " * 300), "Q5:note"),
    "a formula in a note": (lambda form: form.fill("ocop_total", 15, note="=1+1"), "Q5:note"),
    "no standing": (lambda form: form.fill("ocop_total", 15, standing=""), "M5:standing"),
    "a standing of its own": (lambda form: form.fill("ocop_total", 15, standing="sure"), "M5:standing"),
    "a standing without a figure": (lambda form: form.fill("ocop_total", None, standing="Final"), "M5:no-figure"),
    "money where no fund pays": (lambda form: form.fill("ocop_total", 15, own=3), "P5:no-fund"),
}


@pytest.mark.parametrize(("change", "where"), CHANGED.values(), ids=CHANGED.keys())
def test_what_was_done_to_a_form_is_refused_where_it_was_done(same, form, tmp_path, monkeypatch, change, where):
    monkeypatch.setattr("promotion_book.cli.reporting_round.check_package", lambda folder: [])  # which does not see it
    sheet = form.cell("ocop_total", "done").parent.title
    change(form)
    code, output = take(form.save(tmp_path / "form.xlsx"))
    at = f"{sheet}{'!' if ':' in where else ':'}{where}"
    assert (code, told(output)) == (1, [f"form.xlsx:{at}"])


def test_a_condition_that_marks_figures_in_a_colour_conceals_none(place, form, tmp_path):
    red = {"font": Font(color="FFFFFFFF"), "fill": PatternFill(bgColor="FFCC0000")}
    on_condition(**red)(form)
    assert take(form.save(tmp_path / "form.xlsx"))[0] == 0


def test_a_form_that_nobody_filled_in_is_no_source(same, form, tmp_path):
    code, output = take(form.save(tmp_path / "form.xlsx"))
    assert (code, told(output)) == (1, ["form.xlsx:empty"])


def test_an_unknown_code_says_which_one_may_be_meant(same, form, tmp_path):
    write_code("ocop_totl")(form)
    assert "found the code 'ocop_totl'; did you mean ocop_total?" in take(form.save(tmp_path / "form.xlsx"))[1]


@pytest.mark.parametrize(
    ("name", "value"),
    [("version", "0"), ("version", ""), ("place", "atlantis"), ("period", "2024-13"), ("area", "atlantis")],
)
def test_a_form_of_something_else_is_refused(same, form, tmp_path, name, value):
    code, output = take(form.name(name, value).save(tmp_path / "form.xlsx"))
    assert (code, told(output)) == (1, [f"form.xlsx:{name}"])


@pytest.mark.parametrize("name", ["place", "period"])
def test_a_workbook_that_does_not_say_its_place_and_period_is_no_form(same, form, tmp_path, name):
    assert told(take(form.name(name, "").save(tmp_path / "form.xlsx"))[1]) == ["form.xlsx:other-form"]


def test_a_form_of_an_area_that_ended_before_its_period_is_refused_as_a_whole(place, form, tmp_path):
    with (place / "areas.csv").open("a", encoding="utf-8") as areas:
        areas.write("gone,Gone,Gone,,district,,2024-06-30,,gia_lam\n")
    path = form.name("area", "gone").fill("ocop_total", 15).save(tmp_path / "form.xlsx")
    assert told(take(path)[1]) == ["form.xlsx:ended"]


def test_a_form_has_to_be_of_the_period_that_is_wanted(same, form, tmp_path):
    path = form.fill("ocop_total", 15).save(tmp_path / "form.xlsx")
    assert told(take(path, "--period", "2024")[1]) == ["form.xlsx:period"]


def test_a_workbook_that_is_no_form_is_refused(same, tmp_path):
    Workbook().save(tmp_path / "form.xlsx")
    assert told(take(tmp_path / "form.xlsx")[1]) == ["form.xlsx:other-form"]


def test_everything_that_is_wrong_is_said_at_once(same, form, tmp_path):
    form.fill("ocop_total", "many").fill("handicraft_exports", "=1", standing="sure")
    assert len(told(take(form.save(tmp_path / "form.xlsx"))[1])) == 3
