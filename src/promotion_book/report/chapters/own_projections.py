"""What may come next from an indicator's own figures: a fan with its table, and why there is none; a chance in words."""

from __future__ import annotations

import pandas as pd

from promotion_book.charts.projection_charts import Goal, Mark, Path, fan_chart
from promotion_book.digits import round_number
from promotion_book.facts.rows import each
from promotion_book.report.context import Context
from promotion_book.report.figures import ReportFigure
from promotion_book.report.tables import Column, Table
from promotion_book.scenarios.outlook import Forecast, Outlook, aim
from promotion_book.scenarios.predictive import FEWEST, Interval
from promotion_book.scenarios.probability import Chance
from promotion_book.statistics.growth_assumption import wishes
from promotion_book.words.status_words import CHANCES, PERCENT, REASONS


def projection_figure(context: Context, indicator: str, *, found: Outlook | None) -> ReportFigure | None:
    """The known figures and the fan that follows, with targets and required paths; None without a forecast."""
    if found is None or found.forecast is None:
        return None
    ahead, text = found.forecast, context.language.text
    series = context.known.series(indicator).dropna(subset=["value"])
    marks = [Mark(row.period_end.year, row.value, row.status) for row in each(series)]
    goals, paths = target_goals(context, indicator), required_paths(context, indicator)
    draw = fan_chart(marks, ahead, show=context.short(indicator), language=context.language, goals=goals, paths=paths)
    aimed = aim(context.known, indicator)
    sources = context.sources([*series["source_id"], *(aimed.sources if aimed else ())])
    table = _table(context, indicator, ahead=ahead)
    finding = _central(context, indicator, ahead=ahead)
    return ReportFigure(
        table.name,
        table.caption,
        kind=text("Fan chart"),
        finding=finding,
        draw=draw,
        table=table,
        sources=sources,
        height=4.3,
        narrow_height=4.8,
    )


def target_goals(context: Context, indicator: str) -> list[Goal]:
    """The targets of an indicator that are known, as marks of a chart; replaced ones and those of a narrower scope are left out."""
    rows = wishes(context.known, indicator, frequency="")
    rows = rows[rows["period_start"].dt.year >= 2015].drop_duplicates(["period", "value", "low", "high"])
    goals = []
    for row in each(rows):
        low = row.low if pd.notna(row.low) else row.value
        high = row.high if pd.notna(row.high) and pd.isna(row.value) else low
        label = context.numbers.figure(row, words=False, target=True)
        goals.append(Goal(row.period_start.year, row.period_end.year, low, high, label))
    return goals


def required_paths(context: Context, indicator: str) -> list[Path]:
    """The straight way from the base to the low end of each target that names its base."""
    rows = wishes(context.known, indicator, frequency="")
    rows = rows[rows["base_year"].notna() & (rows["period_end"].dt.date >= context.known.until)]
    figures = context.known.series(indicator).dropna(subset=["value"]).set_index("period")["value"]
    paths = {}
    for row in each(rows):
        year, low = int(row.base_year), row.low if pd.notna(row.low) else row.value
        base = row.base_value if pd.notna(row.base_value) else figures.get(str(year))
        if base is not None:
            paths[year, row.period_end.year, low] = Path(
                [year, row.period_end.year], [base, low], context.language.text("required")
            )
    return list(paths.values())


def _central(context: Context, indicator: str, *, ahead: Forecast) -> str:
    text = context.language.text
    return text(
        "Projected for {year}: {centre}; 80% range {narrow}, 95% range {wide}.",
        year=ahead.years[-1],
        centre=context.numbers.of(indicator, ahead.narrow.centre[-1]),
        narrow=_ends(context, indicator, band=ahead.narrow),
        wide=_ends(context, indicator, band=ahead.wide),
    )


def _ends(context: Context, indicator: str, *, band: Interval) -> str:
    show = context.short(indicator)
    return context.language.text("{low} to {high}", low=show(band.lower[-1]), high=show(band.upper[-1]))


def _table(context: Context, indicator: str, *, ahead: Forecast) -> Table:
    text = context.language.text
    lines = {
        "naive": (text("Stays as it is"), ahead.naive),
        "drift": (text("Average change continues"), ahead.drift),
        "central": (text("Projected"), ahead.narrow.centre),
        "low80": (text("80%, low end"), ahead.narrow.lower),
        "high80": (text("80%, high end"), ahead.narrow.upper),
        "low95": (text("95%, low end"), ahead.wide.lower),
        "high95": (text("95%, high end"), ahead.wide.upper),
    }
    show, decimals = context.short(indicator), int(context.known.package.row("indicators", indicator)["decimals"])
    columns = (
        Column("year", text("Year"), str),
        *(Column(key, heading, show, number=True) for key, (heading, _) in lines.items()),
    )
    printed = {key: [round_number(float(value), decimals) for value in line] for key, (_, line) in lines.items()}
    frame = pd.DataFrame({"year": ahead.years, **printed})
    name = context.indicator(indicator) + context.in_unit(indicator)
    caption = text("{name}: projected to {year}", name=name, year=ahead.years[-1])
    return Table(f"{indicator}_projection", caption, columns=columns, frame=frame)


def refusal_sentences(context: Context, indicator: str, *, found: Outlook | None) -> list[str]:
    """Why nothing is projected; none with a forecast, or without a target to look ahead to."""
    if found is None or found.forecast is not None:
        return []
    text, name = context.language.text, context.indicator(indicator)
    if found.reason == "too_few_figures" and len(found.rests_on) == 1 and not found.running:
        alone = (
            "{name}: nothing is projected from its own figures, because only one whole year, {year}, has a figure, and at "
            "least {fewest} are needed."
        )
        return [text(alone, name=name, year=found.rests_on[0], fewest=FEWEST)]
    return [text("{name}: nothing is projected from its own figures. {why}.", name=name, why=_why(context, found))]


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
