"""Is a figure hard to believe? Slips of a zero or three, fractions for percentages, a row of another area.

A finding of these rules can be answered in its row: `confirmed_by` says who looked again at the source and
`confirmed_why` why the figure holds all the same. An answer to nothing is a finding too, so that none stays behind
when the figure changes. Findings of all other rules can only be mended.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pandas as pd

from promotion_book.facts.findings import Finding
from promotion_book.facts.periods import A_YEAR
from promotion_book.facts.rows import each
from promotion_book.facts.rules import SERIES, Tables, figures, report, rule

FAR = 10.0  # times the neighbours
ENOUGH = 3
MANY = 100  # beside which zero is hard to believe
FINE = 3  # decimals, more than rates of growth are printed with
UNLIKE, POINTS = 5, 20  # times every other rate of growth of an indicator, and percentage points
ANSWER = ["confirmed_by", "confirmed_why"]
ACTION = "mend the figure, or say in confirmed_by and confirmed_why who confirmed it and why it holds"


@rule
def figures_are_plausible(tables: Tables) -> Iterator[Finding]:
    """A figure that is hard to believe is confirmed in its row, and nothing else is.

    A confirmation of the area says nothing of the amount: where both are doubted, it names the figure.
    """
    rows = _figures(tables)
    doubts: dict[tuple[str, int], list[Finding]] = defaultdict(list)
    for doubt in (doubt for doubts_of in reversed(DOUBTS) for doubt in doubts_of(rows)):
        doubts[doubt.file, doubt.row].append(doubt)
    for row in each(rows[(rows[ANSWER] != "").any(axis=1)]):
        told = doubts.pop((row.file, row.line), [])
        if not told:
            found, allowed = "a confirmation", "one only where the check doubts the figure"
            yield Finding(
                row.file, row.line, "confirmed_by", "stale", found, allowed, "empty confirmed_by and confirmed_why"
            )
        elif not (row.confirmed_by and row.confirmed_why):
            yield told[0]
        elif len({doubt.rule for doubt in told}) > 1 and row.value not in row.confirmed_why:
            yield replace(told[-1], action="mend the figure, or name it in confirmed_why: it is doubted in two ways")
    yield from (told[0] for told in doubts.values())


def _figures(tables: Tables) -> pd.DataFrame:
    """Observations and targets in one table, with `amount` (value, or an end of the range), its days and its unit's programme."""
    rows = figures(tables)
    parent = dict(zip(tables["areas"]["area_id"], tables["areas"]["parent"], strict=True))
    inner = {area for area, above in parent.items() if above and parent.get(above)}
    ends = [pd.to_numeric(rows[name], errors="coerce") for name in ("value", "low", "high")]
    indicators = tables["indicators"].drop_duplicates("indicator_id").set_index("indicator_id")
    told = {
        name: rows["indicator_id"].map(indicators[name]).fillna("") for name in ("kind", "programme_id", "direction")
    }
    start, end = (pd.to_datetime(rows[f"period_{name}"], errors="coerce") for name in ("start", "end"))
    return rows.assign(
        file=rows["table"] + ".csv",
        amount=ends[0].fillna(ends[1]).fillna(ends[2]),
        least=pd.concat(ends, axis=1).min(axis=1),
        most=pd.concat(ends, axis=1).max(axis=1),
        kind=told["kind"].where(told["kind"] != "", rows["kind"]),
        programme_id=told["programme_id"],
        direction=told["direction"],
        inner=rows["area"].isin(inner),
        end=end.fillna(start),
        months=((end - start).dt.days / 30.4).round().where(told["kind"] == "flow").fillna(0),
    )


def _far_from_neighbours(rows: pd.DataFrame) -> Iterator[Finding]:
    """Amounts of ten times, or a tenth of, what stands beside them, and beyond.

    Beside a figure stand the ones before and after it, at an end the two next ones, of a flow those of periods of the
    same length; beside the only flow of its length all others of the indicator, as amounts of as many months; beside the
    only one of its indicator those of the programme in the same unit, once they are `ENOUGH`, which are less alike and
    may be ten times as large. A part of the place, as a district, has no neighbours but its own.
    """
    rows, of_length = _by_length(rows[rows["amount"] > 0])
    before, after = of_length.shift(1), of_length.shift(-1)
    next_ones = [of_length.shift(-2).where(before.isna()), of_length.shift(2).where(after.isna())]
    beside = pd.concat([before, after, *next_ones], axis=1)
    months = rows["months"].clip(lower=1)
    a_month = _range_of_others(rows.assign(amount=rows["amount"] / months), SERIES)
    outer = rows[~rows["inner"]]
    many = outer.groupby(["programme_id", "unit"])["amount"].transform("size").gt(ENOUGH)
    wide = [side.where(many).reindex(rows.index) for side in _range_of_others(outer, ["programme_id", "unit"])]
    low, high = beside.min(axis=1).fillna(a_month[0] * months), beside.max(axis=1).fillna(a_month[1] * months)
    ten_times = (rows["amount"] >= FAR * high) | (rows["amount"] <= low / FAR)
    low, high = low.fillna(wide[0]), high.fillna(wide[1])
    far = ten_times | (rows["amount"] > FAR * high) | (rows["amount"] < low / FAR)
    line = "{table}:value: far-off: found {amount:g}; allowed over {least:g} and under {most:g}, ten times around the figures beside it"
    yield from report(rows.assign(least=low / FAR, most=high * FAR)[far], f"{line}; {ACTION}")


def _range_of_others(rows: pd.DataFrame, keys: list[str]) -> tuple[pd.Series[float], pd.Series[float]]:
    """The least and the largest amount of the other rows that are alike in some columns; missing where there are none."""
    ordered = rows.sort_values("amount")
    groups = ordered.groupby(keys, sort=False)["amount"]
    first, last = groups.cumcount() == 0, groups.cumcount(ascending=False) == 0
    lone = groups.transform("size") == 1
    low = groups.transform("min").where(~first, groups.shift(-1))
    high = groups.transform("max").where(~last, groups.shift(1))
    return low.mask(lone).reindex(rows.index), high.mask(lone).reindex(rows.index)


def _by_length(rows: pd.DataFrame) -> tuple[pd.DataFrame, Any]:
    """Amounts that are no growth in the order of their series, and in groups for the lengths of their periods."""
    series = [*SERIES, "months"]
    rows = rows[rows["kind"] != "growth"].sort_values([*series, "end"], kind="stable")
    return rows, rows.groupby(series, sort=False)["amount"]


def _zeros(rows: pd.DataFrame) -> Iterator[Finding]:
    """Zeros between amounts of a hundred and more: a cell that was empty, or digits that were lost."""
    rows, of_length = _by_length(rows[rows["amount"] >= 0])
    beside = pd.concat([of_length.shift(1), of_length.shift(-1)], axis=1).min(axis=1)
    line = "{table}:value: far-off: found 0 beside {least:g}; allowed amounts like those beside it; "
    yield from report(rows.assign(least=beside)[(rows["amount"] == 0) & (beside >= MANY)], line + ACTION)


def _totals_of_a_later_start(rows: pd.DataFrame) -> Iterator[Finding]:
    """Running totals over several years that are no less than one of up to a year before that runs since before them: the start
    of a row may have slipped.
    """
    rows = rows[(rows["kind"] == "cumulative") & (rows["table"] == "observations") & (rows["status"] != "plan")]
    pairs = rows.merge(rows, on=SERIES, suffixes=("", "_before"))
    inside = (pairs["period_start_before"] < pairs["period_start"]) & (
        pairs["period_start"] <= pairs["period_end_before"]
    )
    several = pairs["period_start"].str[:4] < pairs["period_end"].str[:4]
    near = (pairs["end"] - pairs["end_before"]).dt.days.between(0, A_YEAR)
    later = several & near & (pairs["amount"] >= pairs["amount_before"])
    line = (
        "{table}:period: start: found {amount:g} since {period_start}; allowed less than the {amount_before:g} that "
        f"{{period_before}} had since {{period_start_before}}; {ACTION}"
    )
    yield from report(pairs[inside & later].drop_duplicates("observation_id"), line)


def _wide_ranges(rows: pd.DataFrame) -> Iterator[Finding]:
    """Ranges of which one end is more than ten times the other."""
    wide = rows[(rows["least"] > 0) & (rows["most"] > FAR * rows["least"])]
    line = "{table}:high: far-off: found {least:g} to {most:g}; allowed ends up to ten times apart; "
    yield from report(wide, line + ACTION)


def _far_growth(rows: pd.DataFrame) -> Iterator[Finding]:
    """Rates of growth of more than 100%, and more than ten times every other one of the indicator; of over `POINTS`, where
    `ENOUGH` others are all less than a fifth of it.
    """
    rows = rows[rows["kind"] == "growth"].assign(amount=lambda table: table["amount"].abs())
    _, high = _range_of_others(rows, SERIES)
    alone = rows.groupby(SERIES)["amount"].transform("size").gt(ENOUGH) & (rows["amount"] > UNLIKE * high)
    far = rows[((rows["amount"] > 100) & ~(rows["amount"] <= FAR * high)) | ((rows["amount"] > POINTS) & alone)]
    most = (UNLIKE * high).where(alone, 100).reindex(far.index)
    line = "{table}:value: far-off: found {amount:g}; allowed over {least:g} and under {most:g}, as in other years; "
    yield from report(far.assign(least=-most, most=most), line + ACTION)


def _fractions(rows: pd.DataFrame) -> Iterator[Finding]:
    """Shares below 1%, wanted rates of growth below it, and others with more decimals than the indicator has elsewhere: 0.325
    may be 32.5%.
    """
    decimals = rows["value"].str.extract(r"\.(\d+)", expand=False).str.len().fillna(0)
    _, usual = _range_of_others(rows.assign(amount=decimals), SERIES)
    fine = (decimals >= FINE) | ((decimals == FINE - 1) & (decimals > usual))
    wanted = (rows["table"] == "targets") & rows["most"].between(0, 1, "neither")
    share = (rows["kind"] == "share") & rows["amount"].between(0, 1, "neither")
    growth = (rows["kind"] == "growth") & ((rows["amount"].between(-1, 1) & fine) | wanted)
    rows = rows[(rows["unit"] == "percent") & (share | growth)]
    line = "{table}:value: fraction: found {amount:g}; allowed percentages, such as {meant:g}; "
    yield from report(rows.assign(meant=100 * rows["amount"]), line + ACTION)


def _lone_areas(rows: pd.DataFrame) -> Iterator[Finding]:
    """The only row of an indicator for an area that is no part of the place, where two or more are for another one."""
    sizes = rows.groupby(["indicator_id", "area"])["area"].transform("size")
    most = sizes.groupby(rows["indicator_id"]).transform("max")
    lone = rows[(sizes == 1) & (most >= 2) & ~rows["inner"]]
    line = "{table}:area: lone-area: found {area!r}; allowed the area of the other rows of the indicator; "
    yield from report(lone, line + ACTION)


def _targets_of_the_past(rows: pd.DataFrame) -> Iterator[Finding]:
    """Targets that were first public after their period was over."""
    late = rows[(rows["table"] == "targets") & (pd.to_datetime(rows["known_on"], errors="coerce") > rows["end"])]
    yield from report(late, "{table}:known_on: past-target: found {known_on}; allowed up to {period_end}; " + ACTION)


def _targets_behind_their_start(rows: pd.DataFrame) -> Iterator[Finding]:
    """Targets from which the indicator has gone further already, in its direction, and rates of growth below zero that are to rise."""
    rows = rows[rows["table"] == "targets"].assign(base=pd.to_numeric(rows["base_value"], errors="coerce"))
    up, down = (rows["direction"] == way for way in ("increase", "decrease"))
    back = (up & (rows["amount"] < rows["base"])) | (down & (rows["amount"] > rows["base"]))
    line = "{table}:base_value: behind: found {base:g}; allowed a start that is not beyond the target {amount:g}; "
    yield from report(rows[back], line + ACTION)
    line = "{table}:value: behind: found {amount:g}; allowed growth above zero where the indicator should increase; "
    yield from report(rows[up & (rows["kind"] == "growth") & (rows["amount"] < 0)], line + ACTION)


DOUBTS = (
    *(
        _far_from_neighbours,
        _zeros,
        _totals_of_a_later_start,
        _wide_ranges,
        _far_growth,
        _fractions,
        _lone_areas,
        _targets_of_the_past,
    ),
    _targets_behind_their_start,
)
