"""Figures and targets: their periods, ranges, units and sources, and the notes on conflicts between them."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from typing import Any

import pandas as pd

from promotion_book.facts.calendar import NOTICE_DAYS
from promotion_book.facts.conflicts import conflicts, falls
from promotion_book.facts.findings import Finding
from promotion_book.facts.grammar import day, number
from promotion_book.facts.periods import ALLOWED, parse, parse_or_none
from promotion_book.facts.rows import each
from promotion_book.facts.rules import FIGURES, Rule, Tables

MAY_BE_EMPTY = ("note", "author")  # texts with a column for each language


def period_exists(tables: Tables) -> Iterator[Finding]:
    """Every period label stands for a span of days."""
    for table in (*FIGURES, "release_calendar", "conflict_notes"):
        problems = {label: problem for label in tables[table]["period"].unique() if (problem := _problem(label))}
        for row in each(tables[table][tables[table]["period"].isin(list(problems))]):
            yield _at(
                table,
                row,
                column="period",
                rule="period",
                found=problems[row.period],
                allowed=ALLOWED,
                action="write a period that exists",
            )


def period_days(tables: Tables) -> Iterator[Finding]:
    """The first and last day are those of the label, and the end is not before the start."""
    for table, row in _figures(tables):
        start, end, period = day(row.period_start), day(row.period_end), parse_or_none(row.period)
        if start and end and end < start:
            action = "mend period_start or period_end"
            yield _at(
                table,
                row,
                column="period_end",
                rule="end-before-start",
                found=f"{end} before {start}",
                allowed="an end on or after the start",
                action=action,
            )
        elif period and start and (start, end) != (period.start, period.end):
            allowed = f"{period.start} to {period.end or 'an open end'}"
            yield _at(
                table,
                row,
                column="period_start",
                rule="period-days",
                found=f"{start} to {end}",
                allowed=allowed,
                action="write the days of the period",
            )


def has_figure(tables: Tables) -> Iterator[Finding]:
    """A row has a value, or both ends of a range."""
    found, allowed, action = "no value and no range", "a value, or low and high", "write the figure or delete the row"
    for table in FIGURES:
        rows = tables[table]
        for row in each(rows[(rows["value"] == "") & (rows[["low", "high"]] == "").any(axis=1)]):
            yield _at(table, row, column="value", rule="no-figure", found=found, allowed=allowed, action=action)


def value_in_range(tables: Tables) -> Iterator[Finding]:
    """low <= value <= high, and all within the limits of the indicator."""
    limits = tables["indicators"].set_index("indicator_id")[["limit_low", "limit_high"]].to_dict("index")
    for table, row in _figures(tables):
        value, low, high = number(row.value), number(row.low), number(row.high)
        pairs = [
            ("value", low, value, "value-below-low"),
            ("high", value, high, "value-above-high"),
            ("high", low, high, "high-below-low"),
        ]
        for column, smaller, larger, rule in pairs:
            if smaller is not None and larger is not None and smaller > larger:
                yield _at(
                    table,
                    row,
                    column=column,
                    rule=rule,
                    found=f"{smaller:g} above {larger:g}",
                    allowed="low <= value <= high",
                    action="mend the cells",
                )
        limit = limits.get(row.indicator_id, {"limit_low": "", "limit_high": ""})
        bottom, top = number(limit["limit_low"]), number(limit["limit_high"])
        for column, figure in (("value", value), ("low", low), ("high", high)):
            if figure is not None and ((bottom is not None and figure < bottom) or (top is not None and figure > top)):
                allowed = f"{limit['limit_low'] or 'any'} to {limit['limit_high'] or 'any'}"
                yield _at(
                    table,
                    row,
                    column=column,
                    rule="outside-limits",
                    found=f"{figure:g}",
                    allowed=allowed,
                    action="mend the figure or the limits",
                )


def unit_of_indicator(tables: Tables) -> Iterator[Finding]:
    """A figure is given in the unit of its indicator."""
    units = dict(zip(tables["indicators"]["indicator_id"], tables["indicators"]["unit"], strict=True))
    action = "mend the unit, or record in corrections what is used instead"
    for table in FIGURES:
        rows = tables[table]
        usual = rows["indicator_id"].map(units).fillna(rows["unit"])
        for row in each(rows.assign(usual=usual)[rows["unit"] != usual]):
            yield _at(
                table, row, column="unit", rule="unit", found=repr(row.unit), allowed=repr(row.usual), action=action
            )


def not_from_the_future(tables: Tables) -> Iterator[Finding]:
    """No source reports what had not begun, nor calls complete what had not ended.

    A rule with an open end may be published before it is in force.
    """
    published = dict(zip(tables["sources"]["source_id"], tables["sources"]["published_on"], strict=True))
    measured = dict(zip(tables["indicators"]["indicator_id"], tables["indicators"]["measured"], strict=True))
    for row in each(tables["observations"]):
        known, start, end = (
            day(row.known_on or published.get(row.source_id, "")),
            day(row.period_start),
            day(row.period_end),
        )
        if row.status == "plan" or known is None or start is None or row.period.endswith("/.."):
            continue
        if start > known:
            action = "mend the period, or give the row the status plan"
            yield _at(
                "observations",
                row,
                column="period",
                rule="future",
                found=f"begins {start}, source of {known}",
                allowed="a period begun by then",
                action=action,
            )
        elif row.status == "actual" and measured.get(row.indicator_id) == "during" and end and end > known:
            action = "give the row the status estimate, or to_date for a count so far"
            yield _at(
                "observations",
                row,
                column="status",
                rule="future",
                found=f"ends {end}, source of {known}",
                allowed="actual only after the end",
                action=action,
            )


def known_before_published(tables: Tables) -> Iterator[Finding]:
    """`known_on` is earlier than the page the figure was read on, never later."""
    published = dict(zip(tables["sources"]["source_id"], tables["sources"]["published_on"], strict=True))
    action = "mend or empty known_on"
    for table in FIGURES:
        for row in each(tables[table][tables[table]["known_on"] != ""]):
            known, source = day(row.known_on), day(published.get(row.source_id, ""))
            if known and source and known > source:
                yield _at(
                    table,
                    row,
                    column="known_on",
                    rule="known-after-source",
                    found=str(known),
                    allowed=f"up to {source}",
                    action=action,
                )


def base_is_given(tables: Tables) -> Iterator[Finding]:
    """A base value needs its status, and a base year lies before the end of the target."""
    for row in each(tables["targets"]):
        end, year = day(row.period_end), number(row.base_year)
        if row.base_value and not row.base_status:
            yield _at(
                "targets",
                row,
                column="base_status",
                rule="base",
                found="a base value without a status",
                allowed="implied or observed",
                action="write the status",
            )
        if year is not None and end is not None and year > end.year:
            yield _at(
                "targets",
                row,
                column="base_year",
                rule="base",
                found=row.base_year,
                allowed=f"up to {end.year}",
                action="mend the base year",
            )


def target_leads_somewhere(tables: Tables) -> Iterator[Finding]:
    """`superseded_by` names another target of the same indicator."""
    indicator = dict(zip(tables["targets"]["target_id"], tables["targets"]["indicator_id"], strict=True))
    for row in each(tables["targets"]):
        if row.superseded_by and indicator.get(row.superseded_by) != row.indicator_id:
            allowed = "a target of the same indicator"
            yield _at(
                "targets",
                row,
                column="superseded_by",
                rule="dangling-key",
                found=repr(row.superseded_by),
                allowed=allowed,
                action="mend the key",
            )


def indicators_hang_together(tables: Tables) -> Iterator[Finding]:
    """`part_of` and `derivation` name indicators that exist."""
    known = set(tables["indicators"]["indicator_id"])
    for row in each(tables["indicators"]):
        rule = row.derivation.split(":")
        for column, named in (("part_of", row.part_of), ("derivation", rule[1] if len(rule) == 3 else "")):
            if named and named not in known:
                yield _at(
                    "indicators",
                    row,
                    column=column,
                    rule="dangling-key",
                    found=repr(named),
                    allowed="a key of indicators",
                    action="mend the key",
                )


def notes_match_conflicts(tables: Tables) -> Iterator[Finding]:
    """A conflict note explains a conflict that the code finds, and each conflict has its note."""
    found = _conflict_keys(tables)
    noted = {(r.indicator_id, r.area, r.period): r for r in each(tables["conflict_notes"])}
    for key in sorted(set(noted) - found):
        allowed = "a conflict that the figures show"
        yield _at(
            "conflict_notes",
            noted[key],
            column="period",
            rule="stale",
            found="no such conflict",
            allowed=allowed,
            action="delete the note",
        )
    for key in sorted(found - set(noted)):
        action = "add a row: why the sources may differ, or that it is unresolved"
        yield Finding(
            "conflict_notes.csv", 0, "", "no-note", "conflict " + " ".join(key), "a note for each conflict", action
        )


def told_in_each_language(tables: Tables) -> Iterator[Finding]:
    """What may be left out is told in each language that has a column, or in none: `note_en` and `note_vi`."""
    for (name, table), told in itertools.product(tables.items(), MAY_BE_EMPTY):
        columns = [column for column in table.columns if re.fullmatch(told + "_[a-z][a-z]", column)]
        missing = table[columns] == ""
        for row in each(table[missing.any(axis=1) & ~missing.all(axis=1)]):
            for column in (column for column in columns if not getattr(row, column)):
                allowed, action = "a text, as in the other language", "say it in each language, or in none"
                yield _at(
                    name, row, column=column, rule="one-language", found="nothing", allowed=allowed, action=action
                )


def calendar_is_possible(tables: Tables) -> Iterator[Finding]:
    """Cut-off after the period, announcement before the release, short notice only with a reason."""
    for row in each(tables["release_calendar"]):
        period, cut_off = parse_or_none(row.period), day(row.cut_off)
        announced, release = day(row.announced_on), day(row.release_on)
        if period and cut_off and period.end and cut_off < period.end:
            yield _at(
                "release_calendar",
                row,
                column="cut_off",
                rule="calendar",
                found=str(cut_off),
                allowed=f"from {period.end} on",
                action="mend the day",
            )
        if cut_off and release and release < cut_off:
            yield _at(
                "release_calendar",
                row,
                column="release_on",
                rule="calendar",
                found=str(release),
                allowed=f"from {cut_off} on",
                action="mend the day",
            )
        if announced and release and (release - announced).days < NOTICE_DAYS and not row.note_en:
            found = f"{(release - announced).days} days of notice"
            yield _at(
                "release_calendar",
                row,
                column="note_en",
                rule="calendar",
                found=found,
                allowed=f"{NOTICE_DAYS} days, or a reason",
                action="write the reason",
            )


RULES: list[Rule] = [
    period_exists,
    period_days,
    has_figure,
    value_in_range,
    unit_of_indicator,
    not_from_the_future,
    known_before_published,
    base_is_given,
    target_leads_somewhere,
    indicators_hang_together,
    notes_match_conflicts,
    told_in_each_language,
    calendar_is_possible,
]


def _at(table: str, row: Any, *, column: str, rule: str, found: str, allowed: str, action: str) -> Finding:
    return Finding(f"{table}.csv", int(row.line), column, rule, found, allowed, action)


def _figures(tables: Tables) -> Iterator[tuple[str, Any]]:
    for table in FIGURES:
        for row in each(tables[table]):
            yield table, row


def _problem(label: str) -> str:
    try:
        parse(label)
    except ValueError as error:
        return str(error)
    return ""


def _conflict_keys(tables: Tables) -> set[tuple[str, str, str]]:
    typed = {name: _typed(tables[name], tables["sources"]) for name in FIGURES}
    current = typed["targets"][typed["targets"]["superseded_by"] == ""]
    groups = conflicts(typed["observations"]) + conflicts(current)
    keys = {(g.iloc[0]["indicator_id"], g.iloc[0]["area"], g.iloc[0]["period"]) for g in groups}
    pairs = falls(typed["observations"], tables["indicators"])
    return keys | {(g.iloc[-1]["indicator_id"], g.iloc[-1]["area"], g.iloc[-1]["period"]) for g in pairs}


def _typed(table: pd.DataFrame, sources: pd.DataFrame) -> pd.DataFrame:
    numbers = {name: table[name].map(number).astype(float) for name in ("value", "low", "high")}
    days = {name: pd.to_datetime(table[name].map(day)) for name in ("period_start", "period_end")}
    source = sources.drop_duplicates("source_id").set_index("source_id")
    known = table["known_on"].where(table["known_on"] != "", table["source_id"].map(source["published_on"]))
    kinds = table["source_id"].map(source["type"]).fillna("press")
    return table.assign(**numbers, **days, known=known.fillna(""), source_type=kinds)
