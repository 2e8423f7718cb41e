"""A growth assumption against a target: a sentence and a figure."""

from __future__ import annotations

import pandas as pd

from promotion_book.display.charts import Goal, Mark, Path, series_chart
from promotion_book.display.context import Context
from promotion_book.display.figures import Figure
from promotion_book.display.tables import Column, Table
from promotion_book.facts.rows import each
from promotion_book.statistics.growth import implied_base
from promotion_book.statistics.outlook import GrowthOutlook


def outlook_sentence(context: Context, indicator: str, outlook: GrowthOutlook) -> str:
    """What the assumption gives, what the target needs, and that the first is not a forecast."""
    of = context.numbers.of
    return context.language.text(
        "{growth} a year from {base} in {year} gives {reached} in {end}; the target of {target} needs {required} a year. "
        "The first is an assumption, not a forecast.",
        growth=context.numbers.percent(outlook.growth, 1),
        base=of(indicator, outlook.base),
        year=outlook.base_year,
        reached=of(indicator, round(outlook.reached, -6)),
        end=outlook.end_year,
        target=of(indicator, outlook.target),
        required=context.numbers.percent(outlook.required_growth, 1),
    )


def base_sentences(context: Context, indicator: str, outlook: GrowthOutlook, rates: pd.DataFrame) -> list[str]:
    """The base that the target's level and each wanted growth rate imply together.

    Args:
        rates: target statements of the growth of the indicator over several years, in per cent.
    """
    ends = sorted({float(v) for column in ("low", "value", "high") for v in rates[column].dropna()})
    if not ends:
        return []
    before = int(rates["period_start"].dt.year.iloc[0]) - 1
    return [
        context.language.text(
            "{rate} a year up to {target} would need a base of {base} in {year}.",
            rate=context.numbers.amount(rate, "percent", 1),
            target=context.numbers.of(indicator, outlook.target),
            base=context.numbers.of(
                indicator, round(implied_base(outlook.target, rate / 100, outlook.end_year - before), -6)
            ),
            year=before,
        )
        for rate in (ends[0], ends[-1])
    ]


def outlook_figure(context: Context, indicator: str, outlook: GrowthOutlook) -> Figure:
    """Known figures, the assumed path, the required path and the target."""
    text, of = context.language.text, context.numbers.of
    series = context.known.series(indicator).dropna(subset=["value"])
    marks = [Mark(row.period_end.year, row.value, row.status) for row in each(series)]
    years = list(range(outlook.base_year, outlook.end_year + 1))
    assumed = Path(years, outlook.assumed, text("{g} a year", g=context.numbers.percent(outlook.growth, 1)), "assumed")
    required = Path(years, outlook.required, text("{g} a year", g=context.numbers.percent(outlook.required_growth, 1)))
    goal = Goal(
        outlook.end_year, outlook.end_year, outlook.target, outlook.target, of(indicator, outlook.target, words=False)
    )
    draw = series_chart(marks, context.short(indicator), context.language, [goal], [required, assumed])
    finding = text(
        "{growth} a year leads to {reached} in {end}, {share} of the target.",
        growth=context.numbers.percent(outlook.growth, 1),
        reached=of(indicator, round(outlook.reached, -6)),
        end=outlook.end_year,
        share=context.numbers.percent(outlook.reached / outlook.target),
    )
    title = text("{name}: two paths to {end}", name=context.indicator(indicator), end=outlook.end_year)
    table = _table(context, indicator, outlook, years)
    statements = context.known.statements(indicator)
    sources = context.sources(
        [series["source_id"].iloc[-1], *statements.loc[statements["period"] == str(outlook.end_year), "source_id"]]
    )
    return Figure(f"{indicator}_paths", title, text("Line chart"), finding, draw, table, sources)


def _table(context: Context, indicator: str, outlook: GrowthOutlook, years: list[int]) -> Table:
    text = context.language.text

    def show(value: float) -> str:
        return context.numbers.of(indicator, round(value, -5))

    columns = (
        Column("year", text("Year"), str),
        Column("assumed", text("At {g} a year", g=context.numbers.percent(outlook.growth, 1)), show, number=True),
        Column("required", text("Required path"), show, number=True),
    )
    rows = [
        {"year": y, "assumed": a, "required": r}
        for y, a, r in zip(years, outlook.assumed, outlook.required, strict=True)
    ]
    return Table(f"{indicator}_paths", text("Assumed and required path"), columns, rows)
