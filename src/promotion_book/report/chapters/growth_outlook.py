"""Growth assumptions against a target: sentences and a figure. Assumptions are not a probability, and no forecast."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd

from promotion_book.charts.elements import Mark, Path
from promotion_book.charts.fan_chart import cases_chart
from promotion_book.facts.rows import each
from promotion_book.report.chapters.series import target_goals
from promotion_book.report.context import Context
from promotion_book.report.figures import ReportFigure
from promotion_book.report.tables import Column, Table, as_frame
from promotion_book.scenarios.later import Later, later_figures, other_later_figures
from promotion_book.statistics.growth import implied_base, required_growth
from promotion_book.statistics.growth_assumption import GrowthOutlook, wishes
from promotion_book.words.numbers import DASH
from promotion_book.words.status_words import ALL_PATHS, CASES, ONE_PATH


def later_sentences(context: Context, indicator: str, *, outlooks: Sequence[GrowthOutlook]) -> list[str]:
    """Where every figure after the start of the assumptions lies beside their paths; none without such a figure.

    Args:
        outlooks: assumptions from the same figure to the same target; none gives none.
    """
    if not outlooks:
        return []
    known, since, paths = context.known, outlooks[0].base_year, [outlook.path for outlook in outlooks]
    found = later_figures(known, indicator, since=since, paths=paths)
    said = [_later(context, indicator, later=one, outlooks=outlooks, only=len(found) == 1) for one in found]
    apart = [figure_with_period(context, row) for row in each(other_later_figures(known, indicator, since=since))]
    if apart:
        template = "Not compared with what is assumed, being of a part of a year, of several years or of another scope: {figures}."
        said.append(context.language.text(template, figures=context.language.join_list(apart)))
    return said


def _later(context: Context, indicator: str, *, later: Later, outlooks: Sequence[GrowthOutlook], only: bool) -> str:
    text, plain = context.language.text, context.numbers.plain
    shares = [plain(100 * end / outlooks[0].target) for end in dict.fromkeys((later.low, later.high))]
    said = text(
        "{name}: the only later statement is {figure}, {share} of the target."
        if only
        else "{name}: a later statement is {figure}, {share} of the target.",
        name=context.indicator(indicator),
        figure=figure_with_period(context, later.row),
        share=f"{DASH.join(shares)}%",
    )
    return " ".join([said, *place(context, indicator, later, len(outlooks))])


def place(context: Context, indicator: str, later: Later, paths: int) -> list[str]:
    """Where a later figure lies beside so many assumed paths; none where no path reaches it."""
    if later.paths is None:
        return []
    text = context.language.text
    low, high = (context.numbers.of(indicator, round(end, -6) or end) for end in later.paths)
    return [text(ONE_PATH[later.place], value=low) if paths == 1 else text(ALL_PATHS[later.place], low=low, high=high)]


def figure_with_period(context: Context, row: Any) -> str:
    """A figure with its period and, where it has one, its scope."""
    about = ", ".join(filter(None, (context.period(row.period), context.scope(row))))
    return f"{context.numbers.figure(row)} ({about})"


def outlook_sentence(context: Context, indicator: str, outlook: GrowthOutlook, *others: GrowthOutlook) -> str:
    """What the assumptions give, what the target needs, and that the first are not a forecast.

    `others` are other assumptions from the same figure to the same target. Of a year that is over it is told what they
    would have given.
    """
    of, text, over = context.numbers.of, context.language.text, outlook.over(context.known.until)
    more = [
        text(
            ", {growth} would have given {reached}" if over else ", {growth} gives {reached}",
            growth=_rate(context, o.growth),
            reached=_reached(context, indicator, outlook=o),
        )
        for o in others
    ]
    caveat = text("The first is an assumption, not a forecast.")
    if others:
        caveat = text("The first are assumptions, not a forecast, and low to high is not a probability.")
    return text(
        "{growth} a year from {base} in {year} would have given {reached} in {end}{more}; the target of {target} needed "
        "{required} a year. That year is over, and no figure of it was found. {caveat}"
        if over
        else "{growth} a year from {base} in {year} gives {reached} in {end}{more}; the target of {target} needs {required} "
        "a year. {caveat}",
        growth=_rate(context, outlook.growth),
        base=of(indicator, outlook.base),
        year=outlook.base_year,
        reached=_reached(context, indicator, outlook=outlook),
        end=outlook.end_year,
        more="".join(more),
        target=of(indicator, outlook.target),
        required=_rate(context, outlook.required_growth),
        caveat=caveat,
    )


def standstill_sentences(context: Context, indicator: str, *, outlook: GrowthOutlook) -> list[str]:
    """What the target takes from the last full year on, if the figure still stands where it was last seen.

    None where that year is the one of the figure, or the target's time is over.
    """
    until = context.known.until
    now = until.year if (until.month, until.day) == (12, 31) else until.year - 1
    if not outlook.base_year < now < outlook.end_year:
        return []
    needed = required_growth(outlook.base, outlook.target, outlook.end_year - now)
    return [
        context.language.text(
            "No figure of a later whole year is known. If it still was {base} in {now}, {target} in {end} takes {growth} a year from then on.",
            base=context.numbers.of(indicator, outlook.base),
            now=now,
            target=context.numbers.of(indicator, outlook.target),
            end=outlook.end_year,
            growth=_rate(context, needed),
        )
    ]


def no_chance_sentence(context: Context, indicator: str, *, outlook: GrowthOutlook) -> str:
    """Why no chance is told of a target whose own figures allow no projection."""
    return context.language.text(
        "How likely {target} in {end} is cannot be said: its own figures allow no projection, an assumed growth has no "
        "chance, and how much another series varies is not how much this one does.",
        target=context.numbers.of(indicator, outlook.target),
        end=outlook.end_year,
    )


def base_sentences(context: Context, indicator: str, *, outlook: GrowthOutlook, rates: pd.DataFrame) -> list[str]:
    """The base that the target's level and each wanted growth rate imply together.

    Args:
        rates: target statements of the growth of the indicator over several years, in per cent.
    """
    ends = sorted({float(v) for column in ("low", "value", "high") for v in rates[column].dropna() if v > -100})
    if not ends:
        return []
    before = int(rates["period_start"].dt.year.iloc[0]) - 1
    return [
        context.language.text(
            "{rate} a year up to {target} would need a base of {base} in {year}.",
            rate=context.numbers.amount(rate, "percent", decimals=1),
            target=context.numbers.of(indicator, outlook.target),
            base=context.numbers.of(
                indicator, round(implied_base(outlook.target, rate / 100, years=outlook.end_year - before), -6)
            ),
            year=before,
        )
        for rate in (ends[0], ends[-1])
    ]


def outlook_figure(context: Context, indicator: str, outlook: GrowthOutlook, *others: GrowthOutlook) -> ReportFigure:
    """Known figures, the assumed paths, the required path and the targets; three paths are low, base and high."""
    text, outlooks = context.language.text, (outlook, *others)
    series = context.known.series(indicator).dropna(subset=["value"])
    marks = [Mark(row.period_end.year, row.value, row.status) for row in each(series)]
    years = list(range(outlook.base_year, outlook.end_year + 1))
    names = [
        f"{case} {_rate(context, o.growth)}".strip()
        for case, o in zip(_cases(context, outlooks), outlooks, strict=True)
    ]
    assumed = [Path(years, o.assumed, name, "assumed") for name, o in zip(names, outlooks, strict=True)]
    required = Path(years, outlook.required, "")
    goals = [goal for goal in target_goals(context, indicator) if goal.end > outlook.base_year]
    draw = cases_chart(
        marks, assumed, required=required, show=context.short(indicator), language=context.language, goals=goals
    )
    finding = text(
        "Assumed, not forecast: {growths} a year would have led to {reached} in {end}; the target of {target} needed {required}."
        if outlook.over(context.known.until)
        else "Assumed, not forecast: {growths} a year lead to {reached} in {end}; the target of {target} needs {required}.",
        growths=context.language.join_list([_rate(context, o.growth) for o in outlooks]),
        reached=context.language.join_list([_reached(context, indicator, outlook=o) for o in outlooks]),
        end=outlook.end_year,
        target=context.numbers.of(indicator, outlook.target),
        required=_rate(context, outlook.required_growth),
    )
    title = text("{name}: assumed and required paths to {end}", name=context.indicator(indicator), end=outlook.end_year)
    statements = wishes(context.known, indicator, frequency="")
    wanted = statements.loc[statements["period_end"].dt.year > outlook.base_year, "source_id"]
    sources = context.sources([series["source_id"].iloc[-1], *wanted])
    table = _table(context, indicator, outlooks=outlooks, years=years)
    return ReportFigure(
        f"{indicator}_paths", title, kind=text("Line chart"), finding=finding, draw=draw, table=table, sources=sources
    )


def _table(context: Context, indicator: str, *, outlooks: Sequence[GrowthOutlook], years: list[int]) -> Table:
    text = context.language.text

    def show(value: float) -> str:
        return context.numbers.of(indicator, round(value, -5))

    cases = _cases(context, outlooks)
    keys = [f"assumed_{o.growth:g}" for o in outlooks]
    headings = [
        text("{case} {g} a year", case=c, g=_rate(context, o.growth)) for c, o in zip(cases, outlooks, strict=True)
    ]
    columns = (
        Column("year", text("Year"), str),
        *(Column(key, heading.strip(), show, number=True) for key, heading in zip(keys, headings, strict=True)),
        Column("required", text("Required path"), show, number=True),
    )
    rows = [
        {"year": year, **{key: o.assumed[n] for key, o in zip(keys, outlooks, strict=True)}, "required": required}
        for n, (year, required) in enumerate(zip(years, outlooks[0].required, strict=True))
    ]
    return Table(f"{indicator}_paths", text("Assumed and required paths"), columns=columns, frame=as_frame(rows))


def _cases(context: Context, outlooks: Sequence[GrowthOutlook]) -> list[str]:
    """Three assumptions are the low, the base and the high case; others have no name."""
    named = [context.language.text(CASES[case]) for case in CASES]
    return named if len(outlooks) == len(named) else [""] * len(outlooks)


def _rate(context: Context, growth: float) -> str:
    return context.numbers.percent(growth, 1)


def _reached(context: Context, indicator: str, *, outlook: GrowthOutlook) -> str:
    return context.numbers.of(indicator, round(outlook.reached, -6))
