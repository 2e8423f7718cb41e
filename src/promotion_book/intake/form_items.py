"""What a form asks for: the content items of each programme, with what is planned, known and expected of them.

    form_items(known, "2026-H1", area="hanoi")      # a row an item, in the order of programmes and indicators

Asked for is what had a figure, a plan or a target since the year before, what comes regularly, and what money is paid
for; of a programme of which that leaves nothing, all that was ever reported.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pandas as pd

from promotion_book.facts import Known, Package, Period, parse
from promotion_book.facts.areas import was_there
from promotion_book.facts.calendar import age
from promotion_book.facts.expected import overdue
from promotion_book.facts.place_programmes import place_programmes
from promotion_book.facts.rows import each
from promotion_book.facts.rules import pick
from promotion_book.intake.form_layout import FUNDS
from promotion_book.statistics.results_table import content_items, results_table

LAST, EXPECTED = ["last", "last_period"], ["expected_period", "due"]
COLUMNS = [
    "programme_id",
    "indicator_id",
    "plan",
    "plan_period",
    *LAST,
    "before",
    "now",
    "target_id",
    *EXPECTED,
    *FUNDS,
]
IN_DOLLARS = "_usd"  # ends the name of an amount that is asked for in dong
TEXTS = ["plan_period", "last_period", "target_id", "expected_period", *FUNDS]


def form_items(known: Known, period: str, *, area: str) -> pd.DataFrame:
    """The items that a form asks for.

    Args:
        known: what is known when the form goes out.
        area: the place, or the part of it that fills the form in: the items are those of the place, the figures its own.

    Returns:
        Columns: programme_id, indicator_id; plan and plan_period, last and last_period (the newest figure before the
        period), before (the same period of the year before), now (what is known of the period), in the unit of the indicator; target_id of the next
        target; expected_period and due (a day) of the next figure that is expected of this period or an earlier one; and
        for each fund the indicator of the money that it paid. What there is not is missing, or an empty text.

    Raises:
        ValueError: nothing is known of the place that could be asked for, or the area was not there in the period.
    """
    when = parse(period)
    _require_area(known.package["areas"], area, when)
    if place_programmes(known.package).empty or (known.observations.empty and known.current_targets.empty):
        place = known.package.place
        raise ValueError(
            f"nothing is known of {place} on the cut-off day of {when}, so that a form has nothing to ask for; "
            f"begin with rows of data/{place}/observations.csv or targets.csv"
        )
    items = _asked(known, when)
    own = replace(known, package=known.package.of_area(area))
    results = results_table(*content_items(own, items["indicator_id"]), period=period).rename(columns={"done": "now"})
    found = items.merge(results[["indicator_id", "plan", "plan_period", "before", "now"]], how="left")
    for more in (last_figures(own, items["indicator_id"], when), _next_targets(own, when), expected_figures(own, when)):
        found = found.merge(more, on="indicator_id", how="left")
    found = found.merge(money_of_funds(known.package), left_on="indicator_id", right_index=True, how="left")
    return found.assign(**{name: found[name].astype(object).fillna("") for name in TEXTS})[COLUMNS]


def _require_area(areas: pd.DataFrame, area: str, when: Period) -> None:
    """Refuse an area that ended before a period, or begins after it: each figure of its form would be refused."""
    (row,) = each(areas[areas["area_id"] == area])
    if not was_there(row, when):
        over = row.valid_to < pd.Timestamp(when.start)
        other = row.successor if over else row.predecessor
        days = f"until {row.valid_to:%Y-%m-%d}" if over else f"from {row.valid_from:%Y-%m-%d} on"
        such = f", such as {other}" if other else ""
        raise ValueError(f"area {area!r}: allowed {days}, and not in {when}; name an area of that time{such}")


def money_of_funds(package: Package) -> pd.DataFrame:
    """For what is done (the index) the indicator of the money that each fund pays for it: columns national, local, own.

    Money that pays for several things stands beside the first of them, so that it is asked for once.
    """
    rows = package["funds"]
    rows = rows[rows["fund"].isin(FUNDS)].drop_duplicates("indicator_id")
    return rows.pivot(index="pays_for", columns="fund", values="indicator_id").reindex(columns=list(FUNDS))


def expected_figures(known: Known, when: Period) -> pd.DataFrame:
    """The next figure of each indicator of the place that comes regularly, where it is of this period or an earlier one.

    Returns:
        Columns: indicator_id, expected_period (its label), due (the day by which it is expected).
    """
    indicators, areas = known.package["indicators"], known.package["areas"]
    rows = overdue(known.observations, indicators, areas, on=date.max, year_begins=known.package.year_begins)
    rows = rows[rows["area"] == known.package.area]
    rows = pick(rows, (age(label)[0] <= age(when.label)[0] for label in rows["period"]))
    return rows.rename(columns={"period": "expected_period"})[["indicator_id", *EXPECTED]]


def _asked(known: Known, when: Period) -> pd.DataFrame:
    """The indicators that are asked for, with their programmes, in the order of both."""
    package = known.package
    programmes, funds = list(place_programmes(package)["programme_id"]), package["funds"]
    rows = package["indicators"]
    rows = rows[rows["programme_id"].isin(programmes) & (rows["derivation"] == "")]
    rows = rows[~rows["indicator_id"].isin(funds["indicator_id"])]
    in_dong = rows["indicator_id"].str.removesuffix(IN_DOLLARS)
    rows = rows[(in_dong == rows["indicator_id"]) | ~in_dong.isin(rows["indicator_id"])]
    said = pd.concat([known.observations, known.current_targets])
    said = said[(said["area"] == package.area) & (said["scope"] == "")]
    ends = rows["indicator_id"].map(said.groupby("indicator_id")["period_end"].max())
    asked = (ends >= pd.Timestamp(when.start.year - 1, 1, 1)) | (rows["expected_every"] != "")
    asked |= rows["indicator_id"].isin(funds["pays_for"])
    nothing = ~asked.groupby(rows["programme_id"]).transform("any")
    rows = rows[asked | (nothing & ends.notna())]
    order = rows["programme_id"].map({name: place for place, name in enumerate(programmes)})
    return rows.assign(order=order).sort_values("order", kind="stable", ignore_index=True)[
        ["programme_id", "indicator_id"]
    ]


def last_figures(known: Known, indicators: pd.Series[str], when: Period) -> pd.DataFrame:
    """The newest figure of each indicator that ends before a period: of those that end together that of the longest.

    Returns:
        Columns: indicator_id, last (its value, in the unit of the indicator) and last_period.
    """
    rows = known.observations
    rows = rows[(rows["area"] == known.package.area) & (rows["scope"] == "") & (rows["status"] != "plan")]
    rows = rows[rows["indicator_id"].isin(indicators) & (rows["period_end"] < pd.Timestamp(when.start))]
    newest = {str(name): max(labels, key=age) for name, labels in rows.groupby("indicator_id")["period"]}
    found = [
        {"indicator_id": name, "last": row.value, "last_period": label}
        for name, label in newest.items()
        for row in each(known.series(name, frequency=parse(label).frequency))
        if row.period == label and pd.notna(row.value)
    ]
    return pd.DataFrame(found, columns=["indicator_id", *LAST])


def _next_targets(known: Known, when: Period) -> pd.DataFrame:
    """The target of each indicator that is due first, from a period on."""
    rows = known.current_targets
    rows = rows[(rows["area"] == known.package.area) & (rows["scope"] == "") & (rows["period_end"] >= str(when.end))]
    rows = rows.sort_values(["period_end", "known"], ascending=[True, False], kind="stable")
    return rows.drop_duplicates("indicator_id")[["indicator_id", "target_id"]]
