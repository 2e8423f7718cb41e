"""What may come next from an indicator's own figures: a fan with its table, and why there is none; a chance in words."""

from __future__ import annotations

import pandas as pd

from promotion_book.charts.projection_charts import fan_chart
from promotion_book.digits import round_number
from promotion_book.report.context import Context
from promotion_book.report.figures import ReportFigure
from promotion_book.report.tables import Column, Table
from promotion_book.scenarios.outlook import Outlook
from promotion_book.scenarios.predictive import FEWEST
from promotion_book.scenarios.probability import Chance
from promotion_book.statistics.straight_line import required_path
from promotion_book.words.status_words import CHANCES, PERCENT, REASONS

SINCE = 2015  # targets for earlier years are not drawn


def projection_figure(
    context: Context, found: Outlook | None, *, figures: pd.DataFrame, wanted: pd.DataFrame
) -> ReportFigure | None:
    """The known figures and the fan that follows, with targets and the path that one requires; None without a forecast.

    Args:
        figures: the series of the indicator, and `wanted` its targets, as `report.frames` has them.
    """
    if found is None or found.forecast is None:
        return None
    figures, wanted = figures.dropna(subset=["value"]), wanted.query("scope == '' and first_year >= @SINCE")
    indicator = str(figures["indicator_id"].iloc[-1])
    draw = fan_chart(
        figures,
        found.forecast,
        wanted=wanted,
        required=required_path(figures, wanted),
        write=context.short(indicator),
        language=context.language,
    )
    table, finding = (
        _table(context, indicator, ahead=found.forecast),
        _central(context, indicator, ahead=found.forecast),
    )
    return ReportFigure(
        table.name,
        table.caption,
        kind=context.language.text("Fan chart"),
        finding=finding,
        subtitle=finding,
        picture=draw,
        table=table,
        sources=context.sources([*figures["source_id"], *wanted["source_id"]]),
        height=4.3,
        narrow_height=4.8,
    )


def _central(context: Context, indicator: str, *, ahead: pd.DataFrame) -> str:
    show, last = context.short(indicator), ahead.iloc[-1]
    narrow, wide = (
        context.language.text("{low} to {high}", low=show(last[f"low{level}"]), high=show(last[f"high{level}"]))
        for level in (80, 95)
    )
    return context.language.text(
        "Projected for {year}: {centre}; 80% range {narrow}, 95% range {wide}.",
        year=int(ahead.index[-1]),
        centre=context.numbers.of(indicator, last["projected"]),
        narrow=narrow,
        wide=wide,
    )


def _table(context: Context, indicator: str, *, ahead: pd.DataFrame) -> Table:
    text, lines = context.language.text, ahead.rename(columns={"projected": "central"})
    headings = {
        "naive": text("Stays as it is"),
        "drift": text("Average change continues"),
        "central": text("Projected"),
        "low80": text("80%, low end"),
        "high80": text("80%, high end"),
        "low95": text("95%, low end"),
        "high95": text("95%, high end"),
    }
    show, decimals = context.short(indicator), int(context.known.package.row("indicators", indicator)["decimals"])
    columns = (
        Column("year", text("Year"), str),
        *(Column(key, heading, show, number=True) for key, heading in headings.items()),
    )
    printed = {key: [round_number(float(value), decimals) for value in lines[key]] for key in headings}
    frame = pd.DataFrame({"year": ahead.index, **printed})
    name = context.indicator(indicator) + context.in_unit(indicator)
    caption = text("{name}: projected to {year}", name=name, year=int(ahead.index[-1]))
    return Table(f"{indicator}_projection", caption, columns=columns, frame=frame)


def refusal_sentences(context: Context, indicator: str, *, found: Outlook | None) -> list[str]:
    """Why nothing is projected; none with a forecast, or without a target to look ahead to."""
    if found is None or found.forecast is not None:
        return []
    text, name = context.language.text, context.indicator(indicator)
    if found.reason == "too_few_figures" and len(found.rests_on) == 1 and not found.running:
        alone = (
            "No projection is made from the figures of “{name}” alone, because only one whole year, {year}, has a figure, and "
            "at least {fewest} are needed."
        )
        return [text(alone, name=name, year=found.rests_on[0], fewest=FEWEST)]
    return [
        text("No projection is made from the figures of “{name}” alone. {why}.", name=name, why=_why(context, found))
    ]


def _why(context: Context, found: Outlook) -> str:
    text = context.language.text
    match found.reason:
        case "too_few_figures":
            years = context.language.join_list([str(year) for year in found.rests_on]) or text("none")
            return text(
                "Whole years of which it is known what they added: {years}; at least {fewest} are needed"
                if found.running
                else "Whole years with a figure: {years}; at least {fewest} are needed",
                years=years,
                fewest=FEWEST,
            )
        case "years_missing":
            years = context.language.join_list([str(year) for year in found.missing])
            return text("The series has a gap, no figure was found for {years}", years=years)
        case "no_time":
            return text(
                "The last target is for {until}, and the figures reach {last}", until=found.until, last=found.years[-1]
            )
    reason = text(REASONS[found.reason])
    return reason[:1].upper() + reason[1:]


def chance_words(context: Context, chance: Chance) -> str:
    """A chance as readers get it: about 40%, about as likely as not."""
    text = context.language.text
    percent = text(PERCENT[chance.bound], n=context.numbers.percent(chance.percent / 100))
    return text("{percent}, {word}", percent=percent, word=text(CHANCES[chance.word]))
