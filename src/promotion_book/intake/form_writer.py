"""The form of a reporting round as an Excel workbook: instructions in all languages, an example, a sheet a programme.

Cells to fill in are open and coloured, all others locked; what may stand in them is checked by Excel as it is typed. The
same items give the same bytes. How it is laid out: `form_layout`.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from functools import cache
from typing import Any

import pandas as pd
from xlsxwriter import Workbook

from promotion_book.facts.rows import each
from promotion_book.intake.form_layout import (
    ASIDE,
    COLUMNS,
    ENTRY,
    FUNDS,
    HEADING_ROW,
    IDENTITY,
    PREFIX,
    VERSION,
    headings,
    scale_of,
    standings,
    unit_words,
)
from promotion_book.report.context import Context
from promotion_book.words.language import LANGUAGES, Language
from promotion_book.words.sheets import LINE, lay_across, row_height, sheet_name
from promotion_book.words.translation import load_language

WIDTHS = {"code": 22, "item": 44, "unit": 16, "target": 24, "expected": 34, "note": 40}
USUAL_WIDTH = 14
GUIDE_WIDTH = 110
BOLD = 0.9  # so much fewer letters of a heading fill a line
BORDER = {"border": 1, "border_color": "#999999", "valign": "top", "text_wrap": True}
LOCKED, HEADING = {**BORDER, "bg_color": "#F2F2F2"}, {**BORDER, "bold": True, "bg_color": "#D9E2EC"}
CODE = {**LOCKED, "font_color": "#666666", "font_size": 8}
OPEN = {**BORDER, "bg_color": "#FFF8DC", "locked": False}
TITLE, PLAIN = {"bold": True, "font_size": 14}, {"valign": "top", "text_wrap": True}
NUMBER = {"num_format": "#,##0.###############"}
WHOLE = {"num_format": "#,##0"}
FIRST_TIME = datetime(1980, 1, 1)  # stands for the day of making, so that the same form has the same bytes
NUMBERS = ("plan", "last", "before", "now")
LEAST, MOST = -1e15, 1e15

FormatOf = Callable[..., Any]


def write_form(context: Context, items: pd.DataFrame, *, period: str, area: str) -> bytes:
    """The form for a period and an area, in the language of the context.

    Args:
        items: of `form_items`.
    """
    out = io.BytesIO()
    book = Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"created": FIRST_TIME, "title": _title(context, period, area)})
    place = context.known.package.place
    values = (VERSION, place, period, area, context.language.code)
    for name, value in zip(IDENTITY, values, strict=True):
        book.define_name(f"{PREFIX}{name}", f'="{value}"')
    style = cache(lambda **look: book.add_format(look))
    _write_guide(book, context, period=period, area=area, style=style)
    _write_example(book, context.language, style=style)
    for number, (programme, rows) in enumerate(items.groupby("programme_id", sort=False), start=1):
        name = context.programme(str(programme))
        sheet = book.add_worksheet(sheet_name(number, name))
        sheet.write(0, 0, f"{name} \N{EN DASH} {_title(context, period, area)}", style(**TITLE))
        sheet.write(1, 0, _lead(context, str(programme)), style())
        _write_items(sheet, context, rows=rows, style=style)
    book.close()
    return out.getvalue()


def _title(context: Context, period: str, area: str) -> str:
    return context.language.text(
        "Form of figures: {area}, {period}", area=context.area(area), period=context.period(period)
    )


def _lead(context: Context, programme: str) -> str:
    row = context.known.package.row("programmes", programme)
    agency = context.language.name(row, "lead")
    return context.language.text("Lead agency: {agency}", agency=agency) if agency else ""


def _write_items(sheet: Any, context: Context, *, rows: pd.DataFrame, style: FormatOf) -> None:
    """The headings and the rows of a sheet, with what may be typed into them."""
    _write_headings(sheet, context.language, style=style)
    for number, row in enumerate(each(rows), start=HEADING_ROW):
        filled = _filled(context, row)
        _give_room(sheet, number, filled)
        for place, (key, value) in enumerate(filled.items()):
            look = OPEN if key in ENTRY and value is None else CODE if key == "code" else LOCKED
            _write(sheet, number, place, value=value, look=look, style=style)
        _restrict(sheet, context, row, number=number)
    sheet.protect("", {"format_columns": True, "format_rows": True})


def _write_headings(sheet: Any, words: Language, *, style: FormatOf) -> None:
    first = list(COLUMNS).index(ENTRY[0])
    sheet.write(HEADING_ROW - 2, first, words.text("Fill in the yellow cells from here on"), style(bold=True))
    named = headings(words)
    sheet.set_row(HEADING_ROW - 1, row_height([*named.values()], [BOLD * _width(key) for key in named]))
    for place, (key, heading) in enumerate(named.items()):
        sheet.write(HEADING_ROW - 1, place, heading, style(**HEADING))
        sheet.set_column(place, place, _width(key))
    sheet.freeze_panes(HEADING_ROW, 2)
    lay_across(sheet)
    sheet.repeat_rows(HEADING_ROW - 1)


def _give_room(sheet: Any, number: int, filled: Mapping[str, str | float | None]) -> None:
    """Make a row as high as its texts need it; others stay as they are, so that they grow with a note that is typed."""
    height = row_height([str(value or "") for value in filled.values()], [*map(_width, filled)])
    if height > LINE:
        sheet.set_row(number, height)


def _width(key: str) -> int:
    """The width of a column, in characters."""
    return WIDTHS.get(key, USUAL_WIDTH)


def _filled(context: Context, row: Any) -> dict[str, str | float | None]:
    """What stands in the cells of a row; None in those that are open, an empty text in those that stay empty."""
    package, words = context.known.package, context.language
    indicator = package.row("indicators", row.indicator_id)
    scale = scale_of(context.known.package, row.indicator_id)
    known = {name: "" if pd.isna(getattr(row, name)) else getattr(row, name) / scale for name in NUMBERS}
    periods = {
        name: context.period(label) if (label := getattr(row, name)) else "" for name in ("plan_period", "last_period")
    }
    return {
        "code": row.indicator_id,
        "item": words.name(indicator),
        "unit": unit_words(package, row.indicator_id, words),
        **{key: (known | periods)[key] for key in COLUMNS if key in known | periods},
        "target": _target(context, row.target_id),
        "expected": _expected(context, row, indicator=indicator),
        "done": None,
        "standing": None,
        **{fund: None if getattr(row, fund) else "" for fund in FUNDS},
        "note": None,
    }


def _target(context: Context, target_id: str) -> str:
    if not target_id:
        return ""
    row = context.known.statement_rows[target_id]
    told = context.numbers.figure(row, target=True)
    return context.language.text("{target} for {period}", target=told, period=context.period(row.period))


def _expected(context: Context, row: Any, *, indicator: Any) -> str:
    if not row.expected_period:
        return ""
    words, who = context.language, context.language.name(indicator, "expected_from")
    period, day = context.period(row.expected_period), words.day(row.due)
    if not who:
        return words.text("{period}: by {day}", period=period, day=day)
    return words.text("{period}: by {day}, from {who}", period=period, day=day, who=who)


def _write(
    sheet: Any, row: int, place: int, *, value: str | float | None, look: dict[str, Any], style: FormatOf
) -> None:
    form = {} if isinstance(value, str | None) else WHOLE if float(value).is_integer() else NUMBER
    sheet.write(row, place, value, style(**look, **form))


def _restrict(sheet: Any, context: Context, row: Any, *, number: int) -> None:
    """What Excel lets somebody type into the open cells of a row."""
    words, indicator = context.language, context.known.package.row("indicators", row.indicator_id)
    scale = scale_of(context.known.package, row.indicator_id)
    low, high = indicator["limit_low"] / scale, indicator["limit_high"] / scale
    wrong = {
        "error_title": words.text("Not a figure"),
        "error_message": words.text("Type the number alone: no unit, no text."),
    }
    limits = {
        "done": (LEAST if pd.isna(low) else low, MOST if pd.isna(high) else high),
        **{fund: (0, MOST) for fund in FUNDS if getattr(row, fund)},
    }
    places = list(COLUMNS)
    for key, (least, most) in limits.items():
        rule = {"validate": "decimal", "criteria": "between", "minimum": least, "maximum": most, **wrong}
        sheet.data_validation(number, places.index(key), number, places.index(key), rule)
    place = places.index("standing")
    sheet.data_validation(number, place, number, place, {"validate": "list", "source": list(standings(words).values())})


def _write_example(book: Workbook, words: Language, *, style: FormatOf) -> None:
    sheet = book.add_worksheet(words.text(ASIDE["example"]))
    sheet.write(0, 0, words.text("Example: nothing on this sheet is read"), style(**TITLE))
    _write_headings(sheet, words, style=style)
    text = words.text
    shown: dict[str, str | float] = {
        "code": "machinery_establishments",
        "item": text("Establishments helped to renew machinery"),
        "unit": text("establishments"),
        "plan": 14,
        "plan_period": "2026",
        "last": 12,
        "last_period": "2025",
        "done": 8,
        "standing": standings(words)["estimate"],
        "national": 300,
        "local": 1250.5,
        "own": 4800,
        "note": text("Two contracts were moved to the second half of the year."),
    }
    _give_room(sheet, HEADING_ROW, {key: shown.get(key, "") for key in COLUMNS})
    for place, key in enumerate(COLUMNS):
        look = {**OPEN, "locked": True} if key in ENTRY else LOCKED
        _write(sheet, HEADING_ROW, place, value=shown.get(key, ""), look=look, style=style)
    sheet.protect()


def _write_guide(book: Workbook, context: Context, *, period: str, area: str, style: FormatOf) -> None:
    """The instructions in all languages, that of the form first."""
    sheet = book.add_worksheet(context.language.text(ASIDE["guide"]))
    sheet.set_column(0, 0, GUIDE_WIDTH)
    lay_across(sheet)
    codes = [context.language.code, *(code for code in LANGUAGES if code != context.language.code)]
    row = 0
    for code in codes:
        told = Context(context.known, load_language(code))
        sheet.write(row, 0, _title(told, period, area), style(**TITLE))
        for line in _instructions(told.language):
            row += 1
            sheet.write(row, 0, line, style(**PLAIN))
            sheet.set_row(row, row_height([line], [GUIDE_WIDTH]))
        row += 2
    sheet.protect()


def _instructions(words: Language) -> Iterator[str]:
    text = words.text
    yield text(
        "1. Fill in the yellow cells only: there is a sheet for each programme, and a row for each content item."
    )
    yield text("2. Type numbers alone, without units and words. Leave the separators of thousands to Excel.")
    yield text("3. All money is in millions of the currency that stands beside it: 1,250.5 stands for 1,250,500,000.")
    yield text("4. Leave a cell empty where there is no figure yet. Zero means that nothing was done.")
    yield text(
        "5. Choose the standing of each figure from the list: final, provisional (it will be revised), estimate (made before "
        "the period closed) or counted to date."
    )
    yield text(
        "6. Write into the note why a figure differs from one that was reported before, or why it is ten times as large "
        "as usual, or a tenth."
    )
    yield text(
        "7. Do not move, merge, hide, insert or delete rows, columns or sheets. Write no formulas and set no password."
    )
    yield text("8. Save the file as an Excel workbook (.xlsx), and send it back to whoever sent it to you.")
