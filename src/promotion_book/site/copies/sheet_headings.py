"""What the columns of a sheet are called that a page does not show: those of a CSV, in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from promotion_book.words.language import Language
from promotion_book.words.status_words import STATUS

HEADINGS = {  # of numbers that stand beside what readers see
    "value": "Value, as number",
    "low": "Low end, as number",
    "high": "High end, as number",
    "year": "Year",
    "years": "Years",
    "first_year": "First year",
    "last_year": "Last year",
    "since": "Since the year",
    "until": "Until the year",
    "origin_year": "Year of the last figure used",
    "years_ahead": "Years ahead",
    "plan": "Plan, as number",
    "done": "Done, as number",
    "rate": "Share of the plan, as number",
    "before": "Year before, as number",
    "several_plan": "Plan for several years, as number",
    "since_start": "Since the start of the plan, as number",
    "left": "Left of the plan, as number",
    "wanted": "Target, low end, as number",
    "wanted_high": "Target, high end, as number",
    "target_low": "Target, low end, as number",
    "target_high": "Target, high end, as number",
    "each_year": "Each year, low end, as number",
    "each_year_high": "Each year, high end, as number",
    "growth": "Growth a year, low end, as number",
    "growth_high": "Growth a year, high end, as number",
    "usual": "Usual addition a year, as number",
    "usual_since": "First year of the pace so far",
    "usual_figure": "Usual figure a year, as number",
    "figure": "Latest figure, as number",
    "latest": "Latest figure, as number",
    "latest_value": "Latest figure, as number",
    "start_value": "Figure at the start, as number",
    "end_value": "Figure at the end, as number",
    "difference": "Difference, as number",
    "ratio": "Ratio, as number",
    "share": "Share, as number",
    "value_was": "Figure before, as number",
    "value_now": "Figure now, as number",
    "size": "Size of the revision, as a share",
    "mean_absolute": "Mean revision without its sign, as a share",
    "pace": "At the pace so far, as number",
    "projected": "Projection, as number",
    "outcome": "Outcome, as number",
    "naive": "Projection of no change, as number",
    "drift": "Projection of the average change, as number",
    "low80": "Range of 80%, low end",
    "high80": "Range of 80%, high end",
    "low95": "Range of 95%, low end",
    "high95": "Range of 95%, high end",
}


def csv_heading(key: str, shown: Mapping[str, Any], words: Language) -> str:
    """The heading of a column of the CSV in words.

    Args:
        shown: the headings of the columns of the page by their keys; what writes a column in words is `shown_<key>` or
            `<key>_shown`.
    """
    for written in (f"shown_{key}", f"{key}_shown"):
        if written in shown:
            return words.text("{heading}, as number", heading=shown[written])
    if key in STATUS:
        return words.text(STATUS[key])
    if key in HEADINGS:
        return words.text(HEADINGS[key])
    return words.text("{key} in the CSV", key=key)
