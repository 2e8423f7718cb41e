"""Verdicts in sentences: what the figures say about targets, and where sources differ."""

from __future__ import annotations

from datetime import date
from typing import Any

from promotion_book.report.context import Context
from promotion_book.statistics.assessment import Assessment
from promotion_book.words.language import Language
from promotion_book.words.numbers import DASH
from promotion_book.words.status_words import FIGURE_STATUS, REASONS, SIGNS, STATUS

TARGET = ["indicator_id", "scope", "period"]


def status_label(assessment: Assessment, language: Language) -> str:
    """Sign and word of a status: the sign alone says it in black and white."""
    return f"{SIGNS[assessment.status]} {language.text(STATUS[assessment.status])}"


def target_name(context: Context, indicator: str, *, scope: str, period: str) -> str:
    """A target by its indicator, its scope if it has one, and its period."""
    said = f", {context.scope_name(scope)}" if scope else ""
    return f"{context.indicator(indicator)}{said} ({context.period(period)})"


def newer_words(context: Context, row: Any) -> str:
    """A newer figure that cannot be set against a target, with its time, scope and standing."""
    standing = "" if row.status == "actual" else context.language.text(FIGURE_STATUS[row.status])
    about = [context.period(row.period), *([context.scope_name(row.scope)] if row.scope else []), standing]
    return f"{context.numbers.figure(row)} ({', '.join(part for part in about if part)})"


def why(context: Context, found: Assessment) -> str:
    """Why there is no verdict yet, or at all; empty for a verdict."""
    text = context.language.text
    if found.status == "not_started" and found.base:
        return text("progress is measured from {year} on", year=found.base.year)
    if found.status == "not_started":
        return text("its period begins in {year}", year=found.target.start.year)
    return text(REASONS[found.reason]) if found.reason else ""


def latest_when(context: Context, found: Assessment) -> str:
    """The time of the latest figure behind a verdict: 2024, 2021–2024, January–September 2025."""
    assert found.latest is not None
    return figure_time(context, found.latest.start, found.latest.end, kind=found.target.indicator_kind)


def figure_time(context: Context, first: date, last: date, *, kind: str) -> str:
    """The time of a figure of an indicator of some kind: what stands at a time has the year of its last day."""
    stock = kind in ("level", "cumulative")
    if not stock and (first.month, last.month) == (1, last.month) and last.month < 12:
        return context.period(f"{last.year}-{last.month}M")
    return str(last.year) if stock or first.year == last.year else f"{first.year}{DASH}{last.year}"


def when_and_standing(context: Context, found: Assessment) -> str:
    """The time of the latest figure, and its standing unless it is observed: 2024, estimate."""
    assert found.latest is not None
    text, status = context.language.text, found.latest.status
    standing = "" if status == "actual" else f", {text(FIGURE_STATUS[status])}"
    return latest_when(context, found) + standing


def points(context: Context, difference: float, *, plus: str = "+") -> str:
    """A difference in percentage points, with its sign."""
    shown = (plus if round(difference, 2) > 0 else "") + context.numbers.plain(difference, 2)
    one = abs(round(difference, 2)) == 1
    return context.language.text("{n} percentage point" if one else "{n} percentage points", n=shown)
