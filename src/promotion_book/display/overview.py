"""What the figures rest on: sources, conflicts, corrections, coverage and quality."""

from __future__ import annotations

import html
from typing import Any

import pandas as pd

from promotion_book.display.charts import coverage_chart
from promotion_book.display.context import Context
from promotion_book.display.figures import Figure
from promotion_book.display.statements import source_link
from promotion_book.display.tables import Column, Table
from promotion_book.display.words import CHECKED, FIGURE_STATUS, NATURES, SOURCE_TYPES
from promotion_book.facts import conflicts
from promotion_book.facts.rows import at, each, records


def conflicts_table(context: Context) -> Table:
    """Every conflict: the figures in the order of the recorded rule, and the likely reason."""
    text = context.language.text
    notes = context.known.package["conflict_notes"].set_index(["indicator_id", "area", "period"])
    columns = (
        Column("indicator_id", text("Indicator"), context.indicator),
        Column("period", text("Period"), context.period),
        Column("figures", text("Figures, leading one first"), markup=True),
        Column("nature", text("Kind"), lambda n: text(NATURES[n])),
        Column("note", text("Likely reason"), text, wide=True),
    )
    rows = []
    for group in context.known.conflicts:
        lead = group.iloc[-1] if _falls(group) else group.iloc[0]
        key = (lead["indicator_id"], lead["area"], lead["period"])
        note = at(notes, key) if key in notes.index else {"nature": "", "note": ""}
        rows.append({**_key(lead), "figures": _listed(context, group), "nature": note["nature"], "note": note["note"]})
    return Table(
        "conflicts", text("Sources that disagree"), columns, rows, raw=("indicator_id", "period", "nature", "note")
    )


def _falls(group: pd.DataFrame) -> bool:
    return group["period"].nunique() > 1


def scopes_table(context: Context) -> Table:
    """Figures that look like a conflict but measure different things."""
    text = context.language.text
    columns = (
        Column("indicator_id", text("Indicator"), context.indicator),
        Column("period", text("Period"), context.period),
        Column("figures", text("Figures with their scope"), markup=True),
    )
    groups = conflicts.other_scopes(context.known.observations) + conflicts.other_scopes(context.known.targets)
    rows = [{**_key(group.iloc[0]), "figures": _listed(context, group)} for group in groups]
    return Table(
        "other_scopes", text("Different scope, so not compared"), columns, rows, raw=("indicator_id", "period")
    )


def _key(row: Any) -> dict[str, Any]:
    return {"indicator_id": row["indicator_id"], "period": row["period"]}


def _listed(context: Context, group: pd.DataFrame) -> str:
    target = "reading" in group.columns and group["reading"].notna().all()
    items = []
    for row in each(group):
        figure = html.escape(context.numbers.figure(row, words=False, target=bool(target)))
        scope = context.scope(row)
        when = f" [{context.period(row.period)}]" if _falls(group) else ""
        items.append(
            f"{figure}{f' ({html.escape(scope)})' if scope else ''}{when}: {source_link(context, row.source_id)}"
        )
    return "<br>".join(items)


def corrections_table(context: Context) -> Table:
    """What sources printed and what is used instead, for the rows that are known."""
    text = context.language.text
    package = context.known.package
    rows = []
    for entry in each(package["corrections"]):
        table, key = package.printed[entry.table], "observation_id" if entry.table == "observations" else "target_id"
        row = table[table[key] == entry.row_id].iloc[0]
        published = package["sources"].set_index("source_id").loc[row["source_id"], "published_on"]
        if published.date() <= context.known.on and entry.column not in ("low", "period_start", "period_end"):
            rows.append(
                {
                    "indicator_id": row["indicator_id"],
                    "period": row["period"],
                    "column": entry.column,
                    "printed": entry.printed,
                    "used": entry.used,
                    "reason": entry.reason,
                    "source_id": row["source_id"],
                }
            )
    columns = (
        Column("indicator_id", text("Indicator"), context.indicator),
        Column("printed", text("Printed"), _grouped(context)),
        Column("used", text("Used"), _grouped(context)),
        Column("reason", text("Why"), text, wide=True),
        Column("source_id", text("Source"), lambda s: source_link(context, s), markup=True),
    )
    return Table("corrections", text("Slips of the sources and what is used instead"), columns, rows)


def _grouped(context: Context) -> Any:
    return lambda v: (
        context.numbers.plain(float(v), 1) if str(v).replace(".", "", 1).isdigit() and len(str(v)) > 4 else str(v)
    )


def sources_table(context: Context) -> Table:
    """Every source that is used, with an anchor to which figures link."""
    text = context.language.text
    rows = context.known.sources
    rows = rows[rows["figures"] > 0].sort_values(["published_on", "source_id"], ascending=[False, True], kind="stable")
    columns = (
        Column("title", text("Title"), markup=True, wide=True),
        Column("publisher", text("Publisher")),
        Column("type", text("Type"), lambda t: text(SOURCE_TYPES[t])),
        Column("published_on", text("Published"), markup=True),
        Column("figures", text("Figures"), str, number=True),
        Column("note", text("Note"), text),
    )
    shown = [{**row, "title": _titled(row), "published_on": _dated(context, row)} for row in records(rows)]
    return Table(
        "sources",
        text("Sources known on the cut-off day"),
        columns,
        shown,
        raw=("source_id", "publisher", "type", "precision", "address", "figures", "note"),
    )


def _titled(row: dict[str, Any]) -> str:
    title = html.escape(row["title"])
    linked = f'<a href="{html.escape(row["address"])}" rel="external">{title}</a>' if row["address"] else title
    return f'<span id="{row["source_id"]}">{linked}</span>'


def _dated(context: Context, row: dict[str, Any]) -> str:
    day = row["published_on"]
    exact = {"day": context.day(day), "month": context.language.month(day), "year": str(day.year)}
    return exact.get(row["precision"]) or context.language.text("about {month}", month=context.language.month(day))


def coverage(context: Context) -> pd.DataFrame:
    """Number of observations by programme and year; ranges of years count in their last year."""
    rows = context.known.observations.dropna(subset=["period_end"])
    rows = rows[(rows["period_end"].dt.year >= 2010) & (rows["status"] != "plan")]
    programme = rows["indicator_id"].map(context.known.indicators["programme_id"])
    counts = pd.crosstab(programme, rows["period_end"].dt.year)
    order = [p for p in context.known.package["programmes"]["programme_id"] if p in counts.index]
    years = range(2010, context.known.until.year + 1)
    counts = counts.reindex(index=order, columns=list(years), fill_value=0)
    return counts.rename(index=context.programme)


def coverage_figure(context: Context) -> Figure | None:
    """How many figures there are for each programme and year."""
    counts = coverage(context)
    if counts.empty:
        return None
    text = context.language.text
    columns = (
        Column("programme", text("Programme")),
        *(Column(str(y), str(y), lambda v: str(int(v)), number=True) for y in counts.columns),
    )
    rows = [{"programme": name, **{str(y): n for y, n in row.items()}} for name, row in counts.iterrows()]
    totals = counts.sum()
    finding = text(
        "{n} figures; most for {year} with {top}.", n=int(totals.sum()), year=totals.idxmax(), top=int(totals.max())
    )
    title = text("Figures by programme and year")
    height = 1.1 + 0.33 * len(counts)
    table = Table("coverage", title, columns, rows)
    return Figure("coverage", title, text("Heat map"), finding, coverage_chart(counts), table, (), height, height + 0.8)


def counted(context: Context, column: str, words: dict[str, str], name: str, caption: str) -> Table:
    """How many observations and targets have each value of a column."""
    text = context.language.text
    values = pd.concat(
        [frame[column] for frame in (context.known.observations, context.known.targets) if column in frame]
    )
    counts = values.value_counts()
    columns = (Column("value", caption, lambda v: text(words[v])), Column("n", text("Figures"), str, number=True))
    return Table(name, caption, columns, [{"value": v, "n": int(counts[v])} for v in words if v in counts.index])


def standing_table(context: Context) -> Table:
    """How many figures are observed, estimated, provisional or planned."""
    return counted(context, "status", FIGURE_STATUS, "standing", context.language.text("Standing of the figures"))


def checked_table(context: Context) -> Table:
    """What a second look at the sources found."""
    return counted(context, "checked", CHECKED, "checked", context.language.text("Second look at the source"))


def silent_table(context: Context) -> Table:
    """Indicators with a target in force for which no outcome was ever published."""
    text = context.language.text
    wanted = context.known.targets["indicator_id"].unique()
    have = set(context.known.observations.query("status != 'plan'")["indicator_id"])
    columns = (
        Column("indicator_id", text("Indicator"), context.indicator),
        Column("programme", text("Programme"), context.programme),
    )
    indicators = context.known.indicators
    rows = [
        {"indicator_id": i, "programme": indicators.loc[i, "programme_id"]}
        for i in wanted
        if i not in have and i in indicators.index
    ]
    return Table("silent", text("Indicators with a target and no published outcome"), columns, rows)


def left_out_table(context: Context) -> Table:
    """Rows of the research that are not in the tables, with the reason."""
    text = context.language.text
    columns = (Column("fact_id", text("Row")), Column("reason", text("Reason"), text))
    return Table("left_out", text("Found but not carried over"), columns, records(context.known.package["left_out"]))
