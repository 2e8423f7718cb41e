"""Frames as readers get them: a table of the report, and a sentence on what its numbers did.

Of the columns of `report.frames` a reader sees the words: `shown` stands for value, ends and unit, `standing` or
`verdict` for the status. Columns of the author's own stand between these and the source, which is below the figure where
columns are many; a note is below the head of its row, or below the table where all rows have the same. The CSV has them all
but what `shown` says in the words of a language.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

import pandas as pd
from pandas.api.types import is_any_real_numeric_dtype

from promotion_book.facts.periods import parse_or_none
from promotion_book.report.author_frames import own_frame, refuse_unknown
from promotion_book.report.context import Context
from promotion_book.report.frame_columns import SERIES, TARGETS
from promotion_book.report.sentences import change_sentence
from promotion_book.report.sources import add_source
from promotion_book.report.tables import Column, Table, is_missing

Write = Callable[[Any], str]
Columns = Mapping[str, str | tuple[str, Write]]  # of the author's own: heading, and what writes a value
# left out where the other is
SAID_BY = {"year": "period", "value": "shown", "source": "source_id", "indicator_id": "part", "standing": "verdict"}
NAMES = ("indicator_id", "part", "name")  # of a row
ORDER = {**dict.fromkeys(NAMES, 0), "period": 1, "year": 1, "value": 2, "shown": 2, "standing": 3}
ORDER |= {"verdict": 3, "source_id": 5, "source": 5, "note": 6}
OWN = 4
MANY = 6  # columns beside which a source has no room
HEAD = "shown_head"  # what stands first in a row, with a note below
TECHNICAL = {*SERIES, *TARGETS, "area", "ended", "several_years"} - {"period", "year", "value", "source_id"}


def frame_table(
    context: Context,
    frame: pd.DataFrame,
    *,
    name: str,
    caption: str,
    columns: Columns | None,
    sources: Iterable[str] = (),
) -> Table:
    """A frame as a table of the report, an index with a name among its columns.

    Raises:
        TypeError, ValueError: it is none of `own_frame`, or `columns` has one that the frame has not.
    """
    frame, columns = _with_days(own_frame(frame)), columns or {}
    caption = caption or (context.indicator(_indicators(frame)[0]) if len(_indicators(frame)) == 1 else "")
    forms = _usual(context, frame, columns) | _headings(context, frame, columns)
    technical = TECHNICAL - {*forms}
    said = {key: SAID_BY.get(key, f"shown_{key}") in frame for key in map(str, frame)}
    told = {"part"} if not {"shown", "value"} & {*columns} and _is_in_head(context, frame) else set()
    kept = [
        key for key in map(str, frame) if key not in told and (key in columns or not (key in technical or said[key]))
    ]
    kept.sort(key=lambda key: OWN if key in columns and key not in NAMES else ORDER.get(key, OWN))
    if "shown" in kept and len(kept) > MANY and kept[-1] in ("source", "source_id"):
        frame = _with_sources(frame, kept[-1], write=forms[kept.pop()][1] or str)
    note = _same_note(frame)
    if "note" in kept[1:]:
        kept.remove("note")
        heading, write = forms.get(kept[0], (kept[0], None))
        if not note:
            frame, kept[0] = _with_notes(frame, kept[0], write=write or str), HEAD
            forms[HEAD] = heading, None
    shown = tuple(
        _column(context, frame[key], heading=heading, write=write)
        for key in kept
        for heading, write in [forms.get(key, (key, None))]
    )
    raw = tuple(key for key in map(str, frame) if not _told_raw(key, frame))
    return Table(name, caption, columns=shown, frame=frame, note=note, raw=raw, sources=context.sources(sources))


def _same_note(frame: pd.DataFrame) -> str:
    """The note that all rows of a frame have; empty where they differ."""
    notes = [*frame["note"].unique()] if "note" in frame else []
    return str(notes[0]) if len(notes) == 1 and not is_missing(notes[0]) else ""


def _told_raw(key: str, frame: pd.DataFrame) -> bool:
    """Whether a column is the words for what another one of the frame holds, so that its CSV can do without."""
    of = {key.replace("shown_", ""), key.replace("shown", "value")} - {key}
    return key == HEAD or (key.startswith("shown") and any(name in frame for name in of))


def _is_in_head(context: Context, frame: pd.DataFrame) -> bool:
    """Whether the parts of a frame are all the one indicator whose name stands over its figures."""
    names = [*map(context.indicator, _indicators(frame))]
    return len(names) == 1 and "part" in frame and [*frame["part"].unique()] == names


def _headings(context: Context, frame: pd.DataFrame, columns: Columns) -> dict[str, tuple[str, Write | None]]:
    """The headings of the author's own, each with what writes the values below it, if that is said."""
    if not isinstance(columns, Mapping):
        raise TypeError(
            "columns are headings, as in {'value': 'Products'}; to show some columns alone, give frame[['value']]"
        )
    refuse_unknown(frame, columns)
    forms = {key: (said, None) if isinstance(said, str) else said for key, said in columns.items()}
    for key, (_, write) in forms.items():
        if write is not None and not callable(write):
            raise TypeError(f"the values of {key!r} are written by a function, as page.percent, and not by {write!r}")
    return {key: (context.language.message(heading), write) for key, (heading, write) in forms.items()}


def _with_days(frame: pd.DataFrame) -> pd.DataFrame:
    """A frame in which a figure that was read before the end of its year has the month or the day for its period."""
    if not {"period", "end"} <= {*frame}:
        return frame
    named = [_label(str(label), end) for label, end in zip(frame["period"], frame["end"], strict=True)]
    return frame.assign(period=pd.Series(named, frame.index, dtype=object))


def _label(label: str, end: Any) -> str:
    """The label of a period, or of the month or day of the year on which its figure was read."""
    period = parse_or_none(label)
    if period is None or period.frequency != "year" or pd.isna(end) or end.is_year_end:
        return label
    return f"{end:%Y-%m}" if end.is_month_end else f"{end:%Y-%m-%d}"


def _with_sources(frame: pd.DataFrame, key: str, *, write: Write) -> pd.DataFrame:
    """A frame whose figures have their sources, of a column, below them."""
    told = zip(frame["shown"], map(write, frame[key]), strict=True)
    return frame.assign(shown=[figure if is_missing(figure) else add_source(figure, source) for figure, source in told])


def _with_notes(frame: pd.DataFrame, key: str, *, write: Write) -> pd.DataFrame:
    """A frame whose rows have their notes below what stands first in them, a column."""
    told = zip(map(write, frame[key]), frame["note"], strict=True)
    return frame.assign(**{HEAD: [head if is_missing(note) else add_source(head, note) for head, note in told]})


def describe(context: Context, frame: pd.DataFrame, *, columns: Columns | None) -> str:
    """What the numbers of a frame did: a series from its first to its last figure, else each column from low to high.

    Raises:
        ValueError: the frame has no numbers.
    """
    if {"indicator_id", "period", "value", "status"} <= set(frame) and len(_indicators(frame)) == 1:
        figures = frame.dropna(subset=["value"])
        if len(figures) > 1 and figures["period"].is_unique:
            return change_sentence(context, figures["indicator_id"].iloc[0], series=figures)
    frame = own_frame(frame).drop(columns="shown", errors="ignore")
    own = {key: said for key, said in (columns or {}).items() if key in frame}
    table = frame_table(context, frame, name="", caption="", columns=own)
    told = {c: frame.loc[~frame[c.key].map(is_missing), c.key] for c in table.columns if c.number}
    ranges = [_range(context, values, column) for column, values in told.items() if len(values)]
    if not ranges:
        raise ValueError("the data have no numbers; say what the figure shows, as finding=_('...')")
    return " ".join(ranges)


def value_format(context: Context, frame: pd.DataFrame) -> Write:
    """What writes the values of a frame: with the unit of its indicator where it has only one, else as numbers."""
    indicators = _indicators(frame)
    return context.short(indicators[0]) if len(indicators) == 1 else lambda value: context.numbers.plain(value, 2)


def file_name(frame: pd.DataFrame, ending: str = "") -> str:
    """The name of the files of a frame: that of its indicator. Raises ValueError: it has several, or none."""
    indicators = _indicators(frame)
    if len(indicators) != 1:
        raise ValueError("the frame is not of one indicator; give figure or table a name of its own: name='stars'")
    return indicators[0] + ("_targets" if "target_id" in frame else ending)


def count_different(data: pd.DataFrame) -> int:
    """How many different numbers a frame has, its years not counted."""
    numbers = data.select_dtypes("number").drop(columns=["year", "first_year"], errors="ignore")
    return len({value for _, column in numbers.items() for value in column.dropna()})


def _indicators(frame: pd.DataFrame) -> list[str]:
    return list(dict.fromkeys(frame["indicator_id"])) if "indicator_id" in frame else []


def _usual(context: Context, frame: pd.DataFrame, columns: Columns) -> dict[str, tuple[str, Write]]:
    """The headings of the columns of `report.frames`, and what writes their values, beside `columns` of the author's own."""
    text, indicators = context.language.text, _indicators(frame)
    figure = (
        context.indicator(indicators[0]) if len(indicators) == 1 and "indicator_id" not in columns else text("Figure")
    )
    spread = [name for name in map(str, frame) if name in context.known.indicators.index]
    several = {"indicator_id": (text("Indicator"), context.indicator)} if len(indicators) > 1 else {}
    return {
        **several,
        **{name: (context.indicator(name), context.short(name)) for name in spread},
        "part": (text("Part"), str),
        "name": (text("Area"), str),
        "period": (text("Period"), context.period_title),
        "year": (text("Year"), str),
        "shown": (figure, str),
        "value": (figure, value_format(context, frame)),
        "standing": (text("Standing"), str),
        "verdict": (text("Status"), str),
        "note": (text("Note"), str),
        "source_id": (text("Source"), lambda source: context.source(source).link),
    }


def _column(context: Context, values: pd.Series[Any], *, heading: str, write: Write | None) -> Column:
    number = is_any_real_numeric_dtype(values) and values.name != "year"
    usual = (lambda value: context.numbers.plain(value, 2)) if number else str
    name = str(values.name)
    return Column(name, heading, write or usual, number or name.startswith("shown"), wide=name == "note")


def _range(context: Context, values: pd.Series[Any], column: Column) -> str:
    """The lowest and the highest value of a column, in a sentence."""
    low, high = column.write_plain(values.min()), column.write_plain(values.max())
    return context.language.text("{name}: from {low} to {high}.", name=column.heading, low=low, high=high)
