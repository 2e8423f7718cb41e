"""What was public on a day, and for a reporting period.

    known = Known(package, on=date(2021, 3, 31), until=date(2020, 12, 31))
    known.series("kip_recognised")          # one leading figure a year
    known.statements("rural_jobs")          # every target statement of an indicator

A figure is public from the day its source was published, or from `known_on` where the same figure
was public before the page it was read on. `until` is the end of the reporting period: outcomes
of later periods are not reported, even where they are already known; plans are.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Hashable
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from operator import attrgetter
from typing import Any

import numpy as np
import pandas as pd

from promotion_book.facts import conflicts
from promotion_book.facts.areas import in_its_territory
from promotion_book.facts.calendar import Edition
from promotion_book.facts.derivations import derive, derive_of_two
from promotion_book.facts.once import once
from promotion_book.facts.package import Package, PackageError
from promotion_book.facts.periods import parse, real_days
from promotion_book.facts.rows import each, group_rows, target_keys

SERIES = ["period", "period_start", "period_end", "value", "low", "high", "status", "source_id", "known"]


@dataclass(frozen=True)
class Known:
    """A package as known on a day. All tables are corrected; see the module for the rule."""

    package: Package
    on: date
    until: date

    def declaring(self, tables: Collection[str]) -> Known:
        """The same of a package that declares tables (`Package.declaring`), with what was computed of this one so far."""
        declared = replace(self, package=self.package.declaring(tables))
        computed = {name: found for name, found in vars(self).items() if name not in vars(declared)}
        vars(declared).update(
            {name: {**found} if isinstance(found, dict) else found for name, found in computed.items()}
        )
        return declared

    @cached_property
    def sources(self) -> pd.DataFrame:
        """The sources published by the day, with the number of `figures` taken from each, and whether it is `used`: for
        a figure, an act, a measure or a scenario.
        """
        rows = self.package["sources"]
        figures = pd.concat([self.observations["source_id"], self.targets["source_id"]]).value_counts()
        rows = rows.assign(figures=rows["source_id"].map(figures).fillna(0).astype(int))
        measures, others = self.measures, (self.legal_acts, self.package["scenarios"])
        named = pd.concat([measures["source_id"], measures["evidence_source_id"], *(t["source_id"] for t in others)])
        rows = rows.assign(used=(rows["figures"] > 0) | rows["source_id"].isin(named))
        return rows.loc[(rows["published_on"] <= pd.Timestamp(self.on)) | (rows["figures"] > 0)]

    @cached_property
    def observations(self) -> pd.DataFrame:
        """Observations public on the day, with `known`, `source_type`: plans, and outcomes of periods
        that end by `until`."""
        rows = self._public("observations")
        told = ~(rows["period_end"] > pd.Timestamp(self.until)) | (rows["status"] == "plan")
        return rows.loc[told].reset_index(drop=True)

    @cached_property
    def targets(self) -> pd.DataFrame:
        """Target statements public on the day, replaced ones included."""
        return self._public("targets")

    @cached_property
    def current_targets(self) -> pd.DataFrame:
        """Target statements public on the day, without those that another of them replaced."""
        return self.targets.loc[~self.targets["superseded_by"].isin(set(self.targets["target_id"]))]

    @cached_property
    def statement_rows(self) -> dict[str, Any]:
        """The target statements by their id, one by one."""
        return {row.target_id: row for row in each(self.targets)}

    @cached_property
    def current(self) -> frozenset[str]:
        """The ids of the current statements."""
        return frozenset(self.current_targets["target_id"])

    @cached_property
    def legal_acts(self) -> pd.DataFrame:
        """The acts that were told of by the day; what replaced one is named once that was told of too."""
        rows = self._told("legal_acts")
        return rows.assign(replaced_by=rows["replaced_by"].where(rows["replaced_by"].isin(rows["act_id"]), ""))

    @cached_property
    def measures(self) -> pd.DataFrame:
        """The measures announced by the day, with the evidence that was public by then."""
        rows = self._told("measures")
        shown = rows["evidence_source_id"].isin(self._public_sources)
        evidence = [name for name in rows.columns if name.startswith("evidence")]
        return rows.assign(**{name: rows[name].where(shown, "") for name in evidence})

    def _told(self, table: str) -> pd.DataFrame:
        rows = self.package[table]
        return rows[rows["source_id"].isin(self._public_sources)].reset_index(drop=True)

    @cached_property
    def _public_sources(self) -> set[str]:
        rows = self.package["sources"]
        return set(rows.loc[rows["published_on"] <= pd.Timestamp(self.on), "source_id"])

    @cached_property
    def target_of(self) -> dict[str, str]:
        """The key of the target that each statement public on the day states, by the id of the statement."""
        return target_keys(self.targets)

    @property
    def number_of_targets(self) -> int:
        """How many targets the statements public on the day state, replaced ones included."""
        return len({self.target_of[name] for name in self.targets["target_id"]})

    @cached_property
    def indicators(self) -> pd.DataFrame:
        """All indicators, by their id."""
        return self.package["indicators"].set_index("indicator_id", drop=False)

    @cached_property
    def rates(self) -> pd.DataFrame:
        """The yearly average exchange rates known on the day."""
        return self.series("exchange_rate", area=self.package.country)

    def series(
        self, indicator: str, area: str | None = None, *, scope: str = "", frequency: str = "year", plans: bool = False
    ) -> pd.DataFrame:
        """One figure a period, oldest first: the one that leads by the recorded rule.

        For a stock or a running total the last figure of each year stands for the year. Figures
        that no source prints are derived where the indicator says how (status `derived` or `derived_estimate`).
        Columns: period, period_start, period_end, value, low, high, status, source_id, known, disputed.

        Raises:
            PackageError: the indicator is derived from itself, directly or over others.
        """
        key = (indicator, area or self.package.area, scope, frequency, plans)
        if key not in self._series:
            self._series[key] = None
            self._series[key] = self._leading(indicator, key[1], scope=scope, frequency=frequency, plans=plans)
        found = self._series[key]
        if found is None:
            raise PackageError(f"indicators.csv: {indicator} is derived from itself; mend its derivation")
        return found.copy(deep=False)

    @cached_property
    def _series(self) -> dict[tuple[str, str, str, str, bool], pd.DataFrame | None]:
        """The series by what is wanted; None for one that is being made."""
        return {}

    @once
    def series_rows(
        self, indicator: str, area: str = "", *, scope: str = "", frequency: str = "year", plans: bool = False
    ) -> tuple[Any, ...]:
        """The rows of `series`, one by one."""
        return tuple(each(self.series(indicator, area, scope=scope, frequency=frequency, plans=plans)))

    @cached_property
    def computed(self) -> dict[Hashable, Any]:
        """What was computed of this, by what computed it and its arguments (`facts.once`)."""
        return {}

    def _leading(self, indicator: str, area: str, *, scope: str, frequency: str, plans: bool) -> pd.DataFrame:
        row, rows = self.package.row("indicators", indicator), self._ranked.get((indicator, area, scope, plans), [])
        if frequency == "year" and (row["measured"] == "at" or row["kind"] == "cumulative"):
            figures = _last_of_year(rows)
        else:
            figures = [(row.period, row) for row in rows if parse(row.period).frequency == frequency]
        leading, rule = self._one_a_period(figures) if figures else self._nothing, str(row["derivation"])
        if leading.empty and not rule:
            return leading
        kind, *names = rule.split(":")
        if kind == "sum" or (kind == "ratio" and not plans):
            one, other = (self.series(name, area, scope=scope, frequency=frequency, plans=plans) for name in names)
            leading = derive_of_two(leading, one, others=other, kind=kind)
        elif rule and not plans and not scope and frequency == "year" and area == self.package.area:
            parts = in_its_territory(self.series(names[0]), self.package["areas"], area=area)
            leading = derive(leading, parts, rule=rule)
        if leading["period_end"].is_monotonic_increasing:
            return leading.reset_index(drop=True)
        return leading.sort_values("period_end", kind="stable", ignore_index=True)

    @cached_property
    def _ranked(self) -> dict[tuple[str, str, str, bool], list[Any]]:
        """The observations by indicator, area, scope, and whether they are plans; the one that leads first."""
        rows = conflicts.by_rule(self.observations)
        return group_rows(rows, lambda row: (row.indicator_id, row.area, row.scope, row.status == "plan"))

    def _one_a_period(self, figures: list[tuple[str, Any]]) -> pd.DataFrame:
        """The first figure of each period, with whether another one differs."""
        first, said = {label: row.Index for label, row in reversed(figures)}, defaultdict(set)
        for label, row in figures:
            said[label].add(conflicts.figure(row))
        labels = sorted(first)
        rows = self._shown.iloc[[first[label] for label in labels]]
        period = pd.Series(labels, rows.index, dtype=str)
        disputed = pd.Series([len(said[label]) > 1 for label in labels], rows.index, dtype=bool)
        return rows.assign(period=period, disputed=disputed)

    @cached_property
    def _nothing(self) -> pd.DataFrame:
        """A series without a figure."""
        return self._one_a_period([]).reset_index(drop=True)

    @cached_property
    def _shown(self) -> pd.DataFrame:
        """What a series tells of the observations."""
        return self.observations[SERIES]

    def figures(self, indicator: str, area: str | None = None) -> pd.DataFrame:
        """Every observation of an indicator, of any period, scope and source, oldest first."""
        rows = self._figures_of(indicator)
        rows = rows if area is None else rows[rows["area"] == area]
        return rows.reset_index(drop=True)

    @once
    def figure_rows(self, indicator: str) -> tuple[Any, ...]:
        """The rows of `figures` of every area, one by one."""
        return tuple(each(self._figures_of(indicator)))

    @cached_property
    def _figures_of(self) -> Callable[[str], pd.DataFrame]:
        """The observations by indicator."""
        return _oldest_first(self.observations)

    def statements(self, indicator: str, *, frequency: str = "") -> pd.DataFrame:
        """Every target statement of an indicator for the place, in the order of its period.

        `frequency` keeps those for a `year` or for several `years`.
        """
        rows = self._statements_of(indicator)
        if frequency:
            rows = rows.loc[[parse(label).frequency == frequency for label in rows["period"]]]
        return rows.reset_index(drop=True)

    @cached_property
    def _statements_of(self) -> Callable[[str], pd.DataFrame]:
        """The target statements for the place by indicator."""
        return _oldest_first(self.targets[self.targets["area"] == self.package.area])

    @cached_property
    def readings(self) -> dict[str, list[Any]]:
        """The rows of the table `readings` by the target that they read."""
        return group_rows(self.package["readings"], attrgetter("target_id"))

    @cached_property
    def conflicts(self) -> list[pd.DataFrame]:
        """Groups of figures or targets that disagree, one for each note; see `facts.conflicts`."""
        found = conflicts.conflicts(self.observations) + conflicts.conflicts(self.current_targets)
        indicators, areas = self.package["indicators"], self.package["areas"]
        found += conflicts.falls(self.observations, indicators)
        found += conflicts.sums(self.observations, indicators, areas=areas)
        return conflicts.by_note(found + self.misfits)

    @cached_property
    def misfits(self) -> list[pd.DataFrame]:
        """Figures of two years and a growth that is not theirs; see `facts.conflicts`."""
        return conflicts.misfits(self.observations, self.package["indicators"])

    def _public(self, table: str) -> pd.DataFrame:
        rows = self.package[table]
        source = self.package["sources"].set_index("source_id")
        published = source["published_on"].reindex(rows["source_id"]).set_axis(rows.index)
        known = rows["known_on"].fillna(published)
        plans = rows["status"] == "plan" if "status" in rows else True
        read = plans & rows["source_id"].isin(self.package["legal_acts"]["source_id"])
        types = rows["source_id"].map(source["type"])
        types = types.mask(read & (types == "press"), conflicts.OF_ACT)
        rows = rows.assign(known=known, source_type=types)
        return rows.loc[rows["known"] <= pd.Timestamp(self.on)].reset_index(drop=True)


def known_in(package: Package, report: Edition) -> Known:
    """What an edition knows, of the place as it was at the end of its period."""
    assert report.period.end is not None
    end = real_days(report.period, package.year_begins).end or report.period.end
    return Known(package.on_day(end), report.cut_off, report.period.end)


def require_reported(report: Edition, known: Known) -> None:
    """Refuse an edition that the calendar does not announce, if no figure became known since its period began.

    Raises:
        ValueError: it is such a one; the message names the editions that there are.
    """
    announced = [*known.package["release_calendar"]["period"]]
    news = known.observations["known"] >= pd.Timestamp(report.period.start)
    if report.period.label not in announced and not news.any():
        editions = ", ".join(announced) or "none yet"
        raise ValueError(f"nothing is known of {report.period} in {report.place}; its editions are {editions}")


def _oldest_first(rows: pd.DataFrame) -> Callable[[str], pd.DataFrame]:
    """What finds the rows of an indicator, oldest first."""
    ordered = rows.sort_values(["period_end", "period_start", "known"], kind="stable")
    places = ordered.groupby("indicator_id").indices
    return lambda indicator: ordered.iloc[np.asarray(places.get(indicator, []), int)]


def _last_of_year(rows: list[Any]) -> list[tuple[str, Any]]:
    """Stocks and running totals: the latest readings of each year, labelled with the year."""
    ended = [(str(row.period_end.year), row) for row in rows if pd.notna(row.period_end)]
    last = {year: row.period_end for year, row in sorted(ended, key=lambda item: item[1].period_end)}
    return [(year, row) for year, row in ended if row.period_end == last[year]]
