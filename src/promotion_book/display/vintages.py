"""How earlier projections did: findings, scores, past projections against what came, and what is kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import Patch

from promotion_book.display import axes
from promotion_book.display.context import Context
from promotion_book.display.fan_chart import PROJECTED_DASH
from promotion_book.display.figures import Figure
from promotion_book.display.numbers import DASH
from promotion_book.display.style import MUTED, PALETTE, Draw, Size
from promotion_book.display.tables import Column, Table
from promotion_book.display.words import FIGURE_STATUS, REASONS
from promotion_book.facts.rows import each, records
from promotion_book.scenarios.vintages import COLUMNS, candidates, summary, whole_years

METHOD = {"combined": "projection", "naive": "no change", "drift": "past change continued"}
PROJECTED = PALETTE[4]
BAND: dict[str, Any] = {"facecolor": "#c4c4c4", "edgecolor": MUTED, "lw": 1}
PANELS, MOST = 4, 2


def findings(context: Context, earlier: pd.DataFrame, scored: pd.DataFrame) -> list[str]:
    """How the projections of earlier editions did, or why nothing can be said of it.

    Args:
        earlier: the archived projections of earlier editions.
        scored: those of them whose year is observed, as `scenarios.vintages.scores` gives them.
    """
    if earlier.empty:
        return [_no_projection(context)]
    if scored.empty:
        return [
            context.language.text(
                "{n} projections of earlier editions are kept. No figure of the years they are about is known yet.",
                n=len(earlier),
            )
        ]
    table = summary(scored)
    return [*_caveats(context, scored), _error_sentence(context, table), _range_sentence(context, scored, table)]


def _no_projection(context: Context) -> str:
    text, calendar = context.language.text, context.known.package["release_calendar"]
    before = list(calendar.loc[calendar["cut_off"] < pd.Timestamp(context.known.on), "period"])
    if not before:
        return text("No earlier edition exists, so no projection can be compared with what came.")
    return text(
        "No earlier edition ({editions}) kept a projection, so none can be compared with what came.",
        editions=context.language.listed(before),
    )


def _caveats(context: Context, scored: pd.DataFrame) -> list[str]:
    text = context.language.text
    names = list(dict.fromkeys(scored["indicator_id"]))
    few = text(
        "{n} projections of earlier editions ({editions}) can be compared with what came. They are few and not independent: "
        "{most} are of one series, and {bound} of the {series} series are totals or parts of others.",
        n=len(scored),
        editions=context.language.listed(list(dict.fromkeys(scored["period"]))),
        most=scored["indicator_id"].value_counts().max(),
        bound=len({*names} & _made_of_others(context)),
        series=len(names),
    )
    late = scored["hindsight"].sum()
    foresight = text(
        "Of the {all}, {n} were computed after their year was over, from what was public on the cut-off day and by a method "
        "chosen later: they show how it would have done, not what was foreseen.",
        n=late,
        all=len(scored),
    )
    return [few, foresight] if late else [few]


def _made_of_others(context: Context) -> set[str]:
    """The indicators that are totals or parts of others."""
    return {row.Index for row in each(context.known.indicators) if row.derivation or row.part_of}


def _error_sentence(context: Context, table: pd.DataFrame) -> str:
    percent, (years, row) = context.numbers.percent, next(table.iterrows())
    return context.language.text(
        "{ahead} ahead the projection was off by {combined} of the last known figure on average, against {naive} for no "
        "change and {drift} for past change continued; with {n} pairs this describes and proves nothing.",
        ahead=_years(context, int(str(years))),
        combined=percent(row["combined"]),
        naive=percent(row["naive"]),
        drift=percent(row["drift"]),
        n=int(row["pairs"]),
    )


def _range_sentence(context: Context, scored: pd.DataFrame, table: pd.DataFrame) -> str:
    text, worse = context.language.text, table[table["crps"] > table["naive"]]
    values = {"n": len(scored), "inner": scored["inside80"].sum(), "outer": scored["inside95"].sum()}
    held = text("The 80% ranges held {inner} of the {n} outcomes, the 95% ranges {outer}.", **values)
    if worse.empty:
        return held
    return text(
        "{held} Still, {years} ahead the last known figure alone scored better than the range as a whole (CRPS, {n} pairs): "
        "there the range says little.",
        held=held,
        years=_years(context, *map(int, worse.index)),
        n=worse["pairs"].sum(),
    )


def _years(context: Context, *years: int) -> str:
    counts = context.language.listed([str(n) for n in years])
    return context.language.text("{n} year" if years == (1,) else "{n} years", n=counts)


def scores_table(context: Context, scored: pd.DataFrame) -> Table:
    """The scores of earlier projections, one row per years ahead."""
    text, rows = context.language.text, records(summary(scored).reset_index())
    for row in rows:
        of = {"n": row["pairs"]}
        row |= {f"held{level}": text("{k} of {n}", k=row[f"inside{level}"], **of) for level in (80, 95)}
    columns = (
        *_error_columns(context),
        Column("held80", text("Within the 80% range"), number=True),
        Column("held95", text("Within the 95% range"), number=True),
        Column("crps", text("Whole range (CRPS)"), context.numbers.percent, number=True),
    )
    note = text(
        "Errors are absolute, in per cent of the last figure known when the projection was made. CRPS scores five points "
        "of the range at once; for a single figure it is its error, so it compares with the column of no change."
    )
    raw = ("years_ahead", "pairs", "series", *METHOD, "ratio", "inside80", "inside95", "crps")
    return Table(
        "scores",
        text("Earlier projections against what came"),
        columns,
        rows,
        note,
        raw,
        context.sources(scored["source_id"]),
    )


def backtest_table(context: Context, table: pd.DataFrame) -> Table:
    """How the methods would have done on the series as it is known now, one row per years ahead."""
    text = context.language.text
    caption = text("The methods tried on the past of each series")
    note = text("Errors are absolute, in per cent of the last figure that the method was shown.")
    return Table("backtest", caption, _error_columns(context), records(table.reset_index()), note)


def _error_columns(context: Context) -> tuple[Column, ...]:
    text, percent = context.language.text, context.numbers.percent
    return (
        Column("years_ahead", text("Years ahead"), str),
        Column("pairs", text("Pairs"), str, number=True),
        Column("series", text("Series"), str, number=True),
        Column("combined", text("Mean error of the projection"), percent, number=True),
        Column("naive", text("Mean error of no change"), percent, number=True),
        Column("drift", text("Mean error of past change continued"), percent, number=True),
        Column("ratio", text("Projection / no change"), lambda r: context.numbers.plain(r, 2), number=True),
    )


def score_record(table: pd.DataFrame) -> list[dict[str, Any]]:
    """The rows of a table of errors for the results of a page; what is missing is None."""
    return [{key: None if pd.isna(cell) else cell for key, cell in row.items()} for row in records(table.reset_index())]


def vintages_table(context: Context, compared: pd.DataFrame, name: str, caption: str) -> Table:
    """Earlier projections with their ranges and, where it is known, what came: one row a projected year."""
    text, rows = context.language.text, records(compared)
    for row in rows:
        row |= _shown(context, row, ("value", "naive", "drift", "outcome"))
    columns = (
        Column("period", text("Edition"), context.period_title),
        Column("indicator_id", text("Indicator"), context.indicator),
        Column("target_year", text("Year"), str, number=True),
        Column("value_shown", text("Projection"), number=True),
        Column("range80", text("80% range"), number=True),
        Column("range95", text("95% range"), number=True),
        Column("naive_shown", text("No change"), number=True),
        Column("drift_shown", text("Past change continued"), number=True),
        Column("outcome_shown", text("What came"), number=True),
        Column("status", text("Standing"), lambda status: text(FIGURE_STATUS[status])),
    )
    raw = (*(key for key in COLUMNS if key != "method"), "naive", "drift", "outcome", "status", "source_id")
    sources = context.sources(compared["source_id"].dropna())
    return Table(name, caption, columns, rows, raw=raw, sources=sources)


def projections_table(context: Context, projections: pd.DataFrame) -> Table:
    """What an edition projects: one row a series, method and year. Its file is what is kept of the edition."""
    text, rows = context.language.text, records(projections)
    for row in rows:
        row |= _shown(context, row, ("value",))
    columns = (
        Column("indicator_id", text("Indicator"), context.indicator),
        Column("method", text("Method"), lambda method: text(METHOD[method])),
        Column("origin_year", text("Last figure of"), str, number=True),
        Column("target_year", text("Year"), str, number=True),
        Column("value_shown", text("Projected"), number=True),
        Column("range80", text("80% range"), number=True),
        Column("range95", text("95% range"), number=True),
    )
    return Table("projections", text("Projections of this edition"), columns, rows, raw=tuple(COLUMNS))


def _shown(context: Context, row: dict[str, Any], keys: Sequence[str]) -> dict[str, str]:
    """The values of a row as readers see them, and its two ranges."""
    show = context.short(row["indicator_id"])
    values = {f"{key}_shown": show(row[key]) for key in keys if pd.notna(row[key])}
    if pd.isna(row["low80"]):
        return values
    return values | {
        f"range{level}": f"{show(row[f'low{level}'])}{DASH}{show(row[f'high{level}'])}" for level in (80, 95)
    }


def projected_sentences(context: Context, projections: pd.DataFrame, refused: pd.Series[str]) -> list[str]:
    """How many series this edition projects, and why it does not project the others."""
    text, counts = context.language.text, refused.value_counts()
    done = text(
        "Of {all} indicators that form yearly series of amounts, {n} have figures and are projected.",
        all=len(candidates(context.known)),
        n=projections["indicator_id"].nunique(),
    )
    if refused.empty:
        return [done]
    reasons = [text("{reason} ({n})", reason=text(REASONS[str(reason)]), n=n) for reason, n in counts.items()]
    others = text("{n} have figures and are not projected: {reasons}.", n=len(refused), reasons="; ".join(reasons))
    return [done, others]


def vintage_figures(context: Context, compared: pd.DataFrame) -> list[Figure]:
    """Past projections against what came, for the series with the most pairs that are not made of others."""
    rows = compared.dropna(subset=["outcome"])
    pairs = rows.loc[~rows["indicator_id"].isin(_made_of_others(context)), "indicator_id"]
    order = pairs.value_counts(sort=False).sort_values(ascending=False, kind="stable")
    return [_figure(context, str(name), rows[rows["indicator_id"] == name]) for name in order.index[:MOST]]


def _figure(context: Context, indicator: str, rows: pd.DataFrame) -> Figure:
    text, name = context.language.text, context.indicator(indicator) + context.in_unit(indicator)
    title = text("{name}: earlier projections and what came", name=name)
    table = vintages_table(context, rows, f"{indicator}_vintages", title)
    inside = rows["outcome"].between(rows["low80"], rows["high80"]).sum()
    above = (rows["outcome"] > rows["value"]).sum()
    finding = text(
        "Outcomes within the 80% range: {inside} of {n}; above the projection: {above}. All are of one series.",
        inside=inside,
        n=len(rows),
        above=above,
    )
    observed = whole_years(context.known, indicator)
    editions = list(dict.fromkeys(rows["period"]))[-PANELS:]
    top = 1.05 * max([2 * rows["value"].max(), *observed["value"]])
    if (rows["high80"] > top).any():
        finding = text("{finding} Ranges that leave the picture are in the table.", finding=finding)
    vintages = [rows[rows["period"] == edition] for edition in editions]
    draw = _drawing(context, indicator, observed, vintages, top)
    height, narrow = 0.8 + 2.1 * -(-len(editions) // 2), 0.8 + 1.9 * len(editions)
    return Figure(table.name, title, text("Line charts"), finding, draw, table, table.sources, height, narrow)


def _drawing(
    context: Context, indicator: str, observed: pd.DataFrame, vintages: list[pd.DataFrame], top: float
) -> Draw:
    show, text = context.short(indicator), context.language.text

    def draw(ax: Axes, size: Size) -> None:
        panels = _panels(ax, len(vintages), size)
        for panel, rows in zip(panels, vintages, strict=True):
            _vintage(panel, observed, rows)
            edition = text("Edition {period}", period=context.period(rows["period"].iloc[0]))
            panel.set_title(edition, loc="left", fontsize=10)
            axes.years(panel, [*observed.index, *rows["target_year"]], replace(size, name="narrow"))
            axes.values(panel, show)
            panel.set_ylim(0, top)
        handles = [
            *axes.mark_handles(list(observed["status"]), context.language),
            axes.line_handle(text("projected"), PROJECTED, PROJECTED_DASH),
            Patch(label=text("80% range"), **BAND),
        ]
        axes.legend(panels[0], size, handles)

    return draw


def _panels(ax: Axes, count: int, size: Size) -> list[Axes]:
    """The room of a chart, parted for several small ones: side by side by two, on a phone one below the other."""
    figure, spec = ax.get_figure(), ax.get_subplotspec()
    assert figure is not None
    assert spec is not None
    ax.remove()
    columns = 1 if size.narrow else min(2, count)
    grid = spec.subgridspec(-(-count // columns), columns)
    return [figure.add_subplot(grid[number // columns, number % columns]) for number in range(count)]


def _vintage(ax: Axes, observed: pd.DataFrame, rows: pd.DataFrame) -> None:
    """One vintage: from the last figure then known its line, dashed, with its range; over it what was observed."""
    first = rows.iloc[0]
    years = np.array([first["origin_year"], *rows["target_year"]])
    line, low, high = (np.array([first["naive"], *rows[key]]) for key in ("value", "low80", "high80"))
    ax.fill_between(years, low, high, zorder=1, **BAND)
    ax.plot(years, line, color=PROJECTED, lw=axes.PATH, dashes=PROJECTED_DASH, zorder=2)
    ax.plot(observed.index, observed["value"], color=axes.FIGURE, lw=1.2, zorder=2)
    for year, point in zip(observed.index, each(observed), strict=True):
        axes.mark(ax, year, point.value, point.status)
