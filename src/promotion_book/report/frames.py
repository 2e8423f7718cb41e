"""The figures of an edition as pandas has them, for notebooks of the book and for any other.

    frames = promotion_book.open("hanoi", "2025")
    frames.series("ocop_total")        # a row a period: what leads, its status and its source
    frames.figures("ocop_total")       # a row a figure of a source, also where several print one for a period
    frames.targets("ocop_total")       # a row a statement of a target, with the verdict on it

Columns have the names of the tables of the place. What readers see is in the language of the edition: `shown` is a
figure as they read it, `standing` and `verdict` are words, `source` is the label of a source.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace

import pandas as pd

from promotion_book.facts import Edition, Known, read
from promotion_book.facts.areas import territories
from promotion_book.facts.conflicts import by_rule
from promotion_book.facts.package import listed_places, places
from promotion_book.facts.periods import FREQUENCIES
from promotion_book.facts.rows import each
from promotion_book.report.author_frames import refuse_unknown
from promotion_book.report.calls import answer_in_words, methods_answer_in_words
from promotion_book.report.chapter import open_edition
from promotion_book.report.context import Context
from promotion_book.report.frame_columns import FIGURES, READINGS, SERIES, STATEMENTS, TARGETS, typed
from promotion_book.report.unknown_names import require
from promotion_book.statistics.statuses import all_statuses
from promotion_book.words.language import LANGUAGES, SOURCE
from promotion_book.words.markup import link_web
from promotion_book.words.status_words import FIGURE_STATUS, STATUS


@methods_answer_in_words
class Frames:
    """The figures of an edition as frames, in one language."""

    def __init__(self, edition: Edition, context: Context) -> None:
        self.edition = edition
        self.context = context

    def __repr__(self) -> str:
        of = f"{self.edition.place}, {self.edition.period}, public by {self.edition.cut_off}"
        return f"<figures of {of}: indicators, series, figures, targets, parts, areas, readings, statements>"

    @property
    def indicators(self) -> pd.DataFrame:
        """Every indicator by its id: `name`, `definition`, `programme_id`, `unit`, the number of `figures` that are known, and
        whether it `leads` its programme.
        """
        known, code = self.context.known, self.context.language.code
        leading = known.package["programmes"]["leading_indicator"]
        rows = known.indicators.rename(columns={f"name_{code}": "name", f"definition_{code}": "definition"})
        figures = known.observations["indicator_id"].value_counts().reindex(rows.index, fill_value=0)
        return rows[["name", "definition", "programme_id", "unit"]].assign(
            figures=figures, leads=rows.index.isin(leading)
        )

    def series(
        self, indicator: str, *, area: str = "", scope: str = "", plans: bool = False, frequency: str = "year"
    ) -> pd.DataFrame:
        """The figures of an indicator, one a period, oldest first: the one that leads by the recorded rule.

        Columns: those of `SERIES`, `end` being the last day of the period, `year` its year; `shown`, `standing`, `source`.
        `value` is in the unit of the row; it is missing where the source has only the ends `low` and `high`.

        Args:
            area: another area than the place itself; `country` is that of the place.
            plans: what was planned, not what came of it.
            frequency: of the periods: year, half, quarter, months, month, or years for several together.

        Raises:
            UnknownNameError: there is no such indicator, area, scope or frequency.
        """
        package = self.context.known.package
        self._require(indicator)
        area = self._area(area)
        self._look_up("scope", scope, names=["", *package["scopes"]["scope_id"]])
        self._look_up("frequency", frequency, names=FREQUENCIES)
        rows = self.context.known.series(indicator, area or None, scope=scope, frequency=frequency, plans=plans)
        rows = rows.assign(indicator_id=indicator, unit=package.row("indicators", indicator)["unit"])
        return self._readable(rows, FIGURE_STATUS, column="standing", kept=SERIES)

    def figures(self, indicator: str, *, area: str = "") -> pd.DataFrame:
        """Every figure that a source prints of an indicator, oldest first; of several for a period the one that leads is last.

        Columns: those of a series, `first_year` of the period, the `scope` that a source counts, if any, and a `note`.

        Args:
            area: another area than the place itself.

        Raises:
            UnknownNameError: there is no such indicator or area.
        """
        self._require(indicator)
        rows = by_rule(self.context.known.figures(indicator, self._area(area)))[::-1]
        rows = rows.sort_values("period_start", kind="stable").sort_values("period_end", kind="stable")
        rows = rows.rename(columns={f"note_{self.context.language.code}": "note"})
        return self._readable(rows, FIGURE_STATUS, column="standing", kept=FIGURES)

    def parts(self, whole: str, breakdown: str = "") -> pd.DataFrame:
        """The figures of the parts of an indicator, one below the other in the order of the table of indicators.

        Columns: those of a series, and `part`, which is the name of the part without that of the whole.

        Args:
            breakdown: by what the whole is broken down, as star or group; without, every part.

        Raises:
            UnknownNameError: there is no such indicator, or it has no such breakdown.
        """
        self._require(whole)
        rows = self.context.known.indicators.query("part_of == @whole")
        self._look_up(f"breakdown of {whole} by", breakdown, names=["", *rows["breakdown"]])
        names = rows.loc[rows["breakdown"].isin([breakdown] if breakdown else rows["breakdown"]), "indicator_id"]
        found = [self.series(name).assign(part=part_name(self.context, name)) for name in names]
        return _below(found, self.series(whole).head(0).assign(part=""))

    def areas(self, indicator: str) -> pd.DataFrame:
        """The figures of an indicator in the districts of the place; the largest of each year first.

        Columns: those of a series, `area`, `name` of the area, and `ended`, the day on which it was dissolved, if that is
        past on the cut-off day.

        Raises:
            UnknownNameError: there is no such indicator.
        """
        context, areas = self.context, self.context.known.package["areas"]
        inner = areas[(areas["parent"] == context.known.package.area) & (areas["level"] == "district")]
        names = inner.set_index("area_id")[f"name_{context.language.code}"].str.split(", ").str[0]
        gone = inner[inner["valid_to"] <= pd.Timestamp(context.known.on)].set_index("area_id")["valid_to"]
        self._require(indicator)
        rows = context.known.figures(indicator).dropna(subset=["value"])
        rows = rows[rows["area"].isin(inner["area_id"]) & (rows["status"] != "plan")]
        found = self._readable(rows, FIGURE_STATUS, column="standing", kept=["area", *SERIES])
        found = found.assign(name=found["area"].map(names), ended=gone.reindex(found["area"]).array)
        return typed(found.sort_values(["year", "value"], ascending=False, kind="stable", ignore_index=True))

    def targets(self, *indicators: str) -> pd.DataFrame:
        """Every statement of a target of some indicators that none replaced, with its verdict; those in force come first.

        Columns: those of `TARGETS`, `first_year` and `year` being those of the period, `time` now, later or earlier and
        `status` the verdict, and `shown`, `standing`, `verdict`, `source`.

        Raises:
            UnknownNameError: there is no such indicator.
        """
        for indicator in indicators:
            self._require(indicator)
        rows = all_statuses(self.context.known, self.edition.period.start, indicators=indicators)
        rows = self._readable(rows, STATUS, column="verdict", kept=TARGETS, target=True)
        return rows.assign(standing=self.context.language.text("target"))

    def statements(self, *indicators: str) -> pd.DataFrame:
        """What is said of some indicators as a whole: figures that lead, plans and targets; each indicator by its days.

        Columns: those of a series, `first_year` of the period, whether it is of `several_years`, and `kind`: figure, plan
        or target.

        Raises:
            UnknownNameError: there is no such indicator.
        """
        wanted, place = self._wanted(indicators), indicators.index
        rows = _below([*self._said(indicators), wanted], wanted).sort_values("end", kind="stable")
        rows = rows.sort_values("indicator_id", key=lambda of: of.map(place), kind="stable", ignore_index=True)
        return rows.assign(several_years=rows["first_year"] < rows["year"])

    def _said(self, indicators: Collection[str]) -> Iterator[pd.DataFrame]:
        """Figures and plans of some indicators, each said once."""
        known = self.context.known
        for kind, frequencies in {"figure": ("years", "year"), "plan": ("year",)}.items():
            series = [
                known.series(name, frequency=frequency, plans=kind == "plan").assign(indicator_id=name)
                for name in indicators
                for frequency in frequencies
            ]
            if any(map(len, series)):
                said = pd.concat([rows for rows in series if len(rows)], ignore_index=True)
                said = said.drop_duplicates(["indicator_id", "period_start", "period_end"])
                said = said.assign(unit=said["indicator_id"].map(known.indicators["unit"]))
                yield self._readable(said, FIGURE_STATUS, column="standing", kept=STATEMENTS).assign(kind=kind)

    def _wanted(self, indicators: Collection[str]) -> pd.DataFrame:
        """The targets of some indicators as a whole, each said once."""
        same = ["indicator_id", "period", "value", "low", "high"]
        rows = self.targets(*indicators).query("scope == ''").drop_duplicates(same)
        return rows.assign(kind="target")[[*STATEMENTS, "shown", "standing", "source", "kind"]]

    def readings(self, indicator: str) -> pd.DataFrame:
        """Every way to read the targets of an indicator of which the sources do not say what they count.

        Columns: `target_id`, the `indicator_id` of what is counted then, `counts` in words, the `status` by it and its `verdict`.

        Raises:
            UnknownNameError: there is no such indicator.
        """
        self._require(indicator)
        rows = all_statuses(self.context.known, self.edition.period.start, indicators=[indicator])
        found = [(row.target_id, one) for row in each(rows) for one in row.readings]
        counts = [self.context.in_language(one.row, "counts") for _, one in found]
        cells = [(target, one.row.indicator_id, one.assessment.status) for target, one in found]
        table = pd.DataFrame(cells, columns=["target_id", "indicator_id", "status"]).assign(counts=counts)
        words = {status: self.context.language.message(word) for status, word in STATUS.items()}
        return typed(table[READINGS].assign(verdict=table["status"].map(words)))

    def _readable(
        self, rows: pd.DataFrame, words: dict[str, str], *, column: str, kept: list[str], target: bool = False
    ) -> pd.DataFrame:
        """Rows with the years of their period, and with what readers see of figure, status and source."""
        context = self.context
        shown = [context.numbers.figure(row, words=False, target=target) for row in each(rows)]
        readable = {
            "shown": pd.Series(shown, rows.index),
            column: rows["status"].map({status: context.language.message(word) for status, word in words.items()}),
            "source": rows["source_id"].map({name: context.source(name).label for name in set(rows["source_id"])}),
        }
        first, end = rows["period_start"], rows["period_end"]
        found = {"first_year": first.dt.year, "year": end.dt.year, "end": end, **readable}
        columns = {name: found[name] if name in found else rows[name] for name in (*kept, *readable)}
        return typed(pd.DataFrame({name: column.array for name, column in columns.items()}))

    @property
    def place(self) -> str:
        """The name of the place."""
        return self.context.known.package.place_name(self.context.language.code)

    @property
    def currency(self) -> str:
        """The unit of the money of the place, as frames have it in `unit`."""
        return self.context.known.package.currency

    def beside(self, names: str) -> list[Frames]:
        """This place and others, each as known on the cut-off day of the edition, in the language of these frames.

        Args:
            names: folders of data/ between commas; empty: all.

        Raises:
            UnknownNameError: there is no such place.
        """
        for name in listed_places(names):
            require("place", name, names=places())
        return [self, *(self._elsewhere(name) for name in listed_places(names) if name != self.edition.place)]

    def _elsewhere(self, place: str) -> Frames:
        known = self.context.known
        there = Known(read(place).on_day(known.until), known.on, known.until)
        return Frames(replace(self.edition, place=place), Context(there, self.context.language, beside=True))

    def linked(self, frame: pd.DataFrame) -> pd.DataFrame:
        """A frame whose `source` leads to where it was published, for a page that has no entry of the source.

        Raises:
            ValueError: the frame has no `source_id`.
            UnknownNameError: one of them is no source of the place.
        """
        refuse_unknown(frame, ["source_id"])
        address = self.context.known.package["sources"].set_index("source_id")["address"]
        for name in frame["source_id"].unique():
            self._look_up("source", name, names=address.index)
        links = {name: link_web(address[name], self.context.source(name).label) for name in set(frame["source_id"])}
        return frame.assign(source=frame["source_id"].map(links))

    @property
    def territories(self) -> list[str]:
        """The areas that the place was one after the other, the one of the edition last."""
        package = self.context.known.package
        return territories(package["areas"], package.area)

    def _require(self, indicator: str) -> None:
        """Refuse an indicator that there is not."""
        self._look_up("indicator", indicator, names=self.context.known.indicators.index)

    def _area(self, area: str) -> str:
        """The id of an area: that of the place where none is given, and that of its country for `country`.

        Raises:
            UnknownNameError: there is no such area.
        """
        package = self.context.known.package
        found = package.country if area == "country" else area or package.area
        self._look_up("area", found, names=[*package["areas"]["area_id"]])
        return found

    def _look_up(self, what: str, name: str, *, names: Collection[str]) -> None:
        require(what, name, names=names, of=self.edition.place)


def part_name(context: Context, indicator: str) -> str:
    """The name of a part without that of the whole: "five stars" of "OCOP: five stars"."""
    return context.indicator(indicator).split(": ")[-1]


def _below(frames: list[pd.DataFrame], none: pd.DataFrame) -> pd.DataFrame:
    """Frames one below the other; `none` where there is no row."""
    return pd.concat([frame for frame in frames if len(frame)] or [none], ignore_index=True)


@answer_in_words
def open_frames(place: str, period: str | int, *, language: str = SOURCE) -> Frames:
    """The figures of an edition of a place, as they were known on its cut-off day.

    Args:
        period: a year, a half-year, a quarter or months: 2025, "2024-H1", "2024-Q3", "2024-05", "2024-9M".

    Raises:
        UnknownNameError: there is no such place or language.
        PackageError: the place's data cannot be read, or no folder `data` is in the working directory or above it.
        ValueError: the period does not exist, cannot be reported on, or is not announced, and nothing is known of it or later.
    """
    for what, name, names in (("place", place, places()), ("language", language, list(LANGUAGES))):
        require(what, name, names=names)
    return Frames(*open_edition(place, str(period), language=language))
