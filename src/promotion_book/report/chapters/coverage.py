"""How many figures there are, how sure they are, and where there are none."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from promotion_book.charts.years import coverage_chart
from promotion_book.facts.rows import at
from promotion_book.report.context import Context
from promotion_book.report.figures import ReportFigure
from promotion_book.report.tables import Column, Table, as_frame
from promotion_book.words.numbers import RULES
from promotion_book.words.status_words import CHECKED, FIGURE_STATUS

FIRST_YEAR = 2010


def coverage(context: Context) -> pd.DataFrame:
    """Number of outcomes by programme and year since `FIRST_YEAR`; ranges of years count in their last year."""
    rows = context.known.observations.dropna(subset=["period_end"])
    programme = rows["indicator_id"].map(context.known.indicators["programme_id"])
    rows = rows[(rows["period_end"].dt.year >= FIRST_YEAR) & (rows["status"] != "plan") & (programme != RULES)]
    counts = pd.crosstab(programme, rows["period_end"].dt.year)
    order = [p for p in context.known.package["programmes"]["programme_id"] if p != RULES]
    years = range(FIRST_YEAR, context.known.until.year + 1)
    counts = counts.reindex(index=order, columns=list(years), fill_value=0)
    return counts.rename(index=context.programme)


def coverage_figure(context: Context) -> ReportFigure | None:
    """How many figures there are for each programme and year."""
    counts = coverage(context)
    if not counts.to_numpy().any():
        return None
    text = context.language.text
    columns = (
        Column("programme", text("Programme")),
        *(Column(str(y), str(y), lambda v: str(int(v)), number=True) for y in counts.columns),
    )
    totals = counts.sum()
    finding = text(
        "Outcomes: {n}; most for {year} with {top}.", n=int(totals.sum()), year=totals.idxmax(), top=int(totals.max())
    )
    title = text("Outcomes by programme and year")
    height = 1.1 + 0.33 * len(counts)
    table = Table(
        "coverage", title, columns=columns, frame=counts.rename(columns=str).rename_axis("programme").reset_index()
    )
    return ReportFigure(
        "coverage", title, text("Heat map"), finding, coverage_chart(counts), table, (), height, height + 0.8
    )


def totals_sentence(context: Context) -> str:
    """How the figures of the edition divide into outcomes, plans and targets, and what the picture shows."""
    known, shown = context.known, int(coverage(context).to_numpy().sum())
    plans = int((known.observations["status"] == "plan").sum())
    rules = int(_rules(context).sum())
    return context.language.text(
        "Figures of the edition: {figures}; of these plans: {plans}, rules of support: {rules}, outcomes: {outcomes}. "
        "Outcomes for {year} or later, which are counted by programme and year: {shown}. "
        "Targets: {targets}; their statements: {statements}.",
        figures=len(known.observations),
        targets=known.number_of_targets,
        statements=len(known.targets),
        plans=plans,
        rules=rules,
        shown=shown,
        outcomes=len(known.observations) - plans - rules,
        year=FIRST_YEAR,
    )


def _rules(context: Context) -> pd.Series[bool]:
    """Which observations are rules of support."""
    return context.known.observations["indicator_id"].map(context.known.indicators["programme_id"]) == RULES


def standing_table(context: Context) -> Table:
    """How many figures are observed, estimated, provisional or planned, and how many targets and rules."""
    observed = context.known.observations["status"].mask(_rules(context), "rule")
    standings = [*observed, *["target"] * context.known.number_of_targets]
    text = context.language.text
    words = {status: text(FIGURE_STATUS[status]) for status in FIGURE_STATUS}
    return _counted(context, standings, words, "standing", text("Standing of the figures"))


def checked_table(context: Context) -> Table:
    """What a second look at the sources found."""
    looks = [*context.known.observations["checked"], *context.known.targets["checked"]]
    text = context.language.text
    words = {look: text(CHECKED[look]) for look in CHECKED}
    return _counted(context, looks, words, "checked", text("Second look at the source"))


def _counted(context: Context, values: Iterable[str], words: dict[str, str], name: str, caption: str) -> Table:
    text, counts = context.language.text, pd.Series(list(values), dtype=str).value_counts()
    found = counts.reindex([value for value in words if value in counts])
    columns = (Column("value", caption, lambda v: words[v]), Column("n", text("Figures"), str, number=True))
    return Table(
        name,
        caption,
        columns=columns,
        frame=found.rename_axis("value").rename("n").reset_index(),
    )


def silent_table(context: Context) -> Table:
    """Indicators with a target for which no outcome was found, with the periods of their targets."""
    text, indicators = context.language.text, context.known.indicators
    have = set(context.known.observations.query("status != 'plan'")["indicator_id"])
    silent = context.known.targets[~context.known.targets["indicator_id"].isin(have)]
    columns = (
        Column("indicator_id", text("Indicator"), context.indicator),
        Column("programme", text("Programme"), context.programme),
        Column("periods", text("Periods of its targets"), lambda p: ", ".join(map(context.period, p.split(";")))),
    )
    rows = [
        {
            "indicator_id": indicator,
            "programme": at(indicators, indicator)["programme_id"],
            "periods": ";".join(dict.fromkeys(group.sort_values("period_end")["period"])),
        }
        for indicator, group in silent.groupby("indicator_id", sort=False)
    ]
    return Table("silent", text("Indicators with a target and no outcome"), columns=columns, frame=as_frame(rows))
