"""What a package gains by files that came in: rows of its tables, in the words of the tables.

A file is one source: its title names the period and the first signs of its sha256, its note the whole of it, the sender
and the day. The same file always gives the same rows, so that taking it in twice adds nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

import pandas as pd

from promotion_book.facts import Package
from promotion_book.facts.periods import parse, real_days
from promotion_book.facts.rows import each
from promotion_book.intake.incoming import Incoming
from promotion_book.intake.table_files import Cells
from promotion_book.words.language import LANGUAGES, Language
from promotion_book.words.translation import load_language

SOURCE_PREFIX, SHORT_SHA = "form", 8


class Answer(NamedTuple):
    """What the figures settle: a kind of `outcome.SETTLED`, the figure that it is of, and why, in each language."""

    kind: str
    indicator_id: str
    area: str
    period: str
    why: Mapping[str, str] = {}


@dataclass(frozen=True)
class NewRows:
    """New rows by table, and what they change in rows that are there.

    An observation says where it comes from (file, sheet, cell, standing_cell), who sent it, and in `reason` what stands in
    the note of its row. `mended` holds other cells of a row by its file and line; a row without cells goes.
    """

    sources: pd.DataFrame
    observations: pd.DataFrame
    conflict_notes: pd.DataFrame = field(default_factory=pd.DataFrame)
    mended: Mapping[tuple[str, int], Cells] = field(default_factory=dict)
    answers: tuple[Answer, ...] = ()

    @property
    def nothing(self) -> bool:
        """Whether all of it is there already."""
        return self.sources.empty and self.observations.empty


NOTHING = NewRows(pd.DataFrame(), pd.DataFrame())


def new_rows(package: Package, incoming: Sequence[Incoming], *, sender: str, received: date) -> NewRows:
    """The rows that files with figures add, without those that are there already.

    Args:
        sender: who sent them; where it is empty the area of each.
    """
    ids, sources, figures = _source_ids(package, incoming), [], []
    for one in incoming:
        area = package.row("areas", one.figures["area"].iloc[0])
        by = sender or str(area[f"name_{one.words.code}"])
        sources.append(_source(one, ids[one.sha256], sender=by, received=received))
        figures.append(_observations(package, one, ids[one.sha256], sender=by))
    return NewRows(
        _new(package, "sources", pd.DataFrame(sources, dtype=str)),
        _new(package, "observations", pd.concat(figures, ignore_index=True)),
    )


def _new(package: Package, table: str, rows: pd.DataFrame) -> pd.DataFrame:
    """The rows whose key, in the first column, the table does not have; each key once."""
    key = package.schemas[table].key[0]
    return rows[~rows[key].isin(package.texts[table][key])].drop_duplicates(key).reset_index(drop=True)


def _source_ids(package: Package, incoming: Sequence[Incoming]) -> dict[str, str]:
    """The id of the source that each file is, by its sha256: the one that it has, or the next one that is free."""
    rows = package.texts["sources"]
    ids = {one.sha256: name for one in incoming for name in rows["source_id"][rows["note_en"].str.contains(one.sha256)]}
    used = rows["source_id"].str.extract(rf"^{SOURCE_PREFIX}_(\d+)$", expand=False).dropna().astype(int)
    new = dict.fromkeys(one.sha256 for one in incoming if one.sha256 not in ids)
    return ids | {sha: f"{SOURCE_PREFIX}_{n:03}" for n, sha in enumerate(new, start=max(used, default=0) + 1)}


def _source(one: Incoming, source_id: str, *, sender: str, received: date) -> dict[str, str]:
    period = one.figures["period"].iloc[0]
    return {
        "source_id": source_id,
        "title": one.words.text(
            "Form of figures for {period}, file {file}", period=period, file=one.sha256[:SHORT_SHA]
        ),
        "publisher": sender,
        "type": "agency_report",
        "published_on": str(received),
        "precision": "day",
        **{f"note_{code}": _provenance(load_language(code), one, sender, received) for code in LANGUAGES},
    }


def _provenance(words: Language, one: Incoming, sender: str, received: date) -> str:
    return words.text(
        "A form that {sender} filled in and that came on {day}; it is not published. SHA-256 of the file: {sha}.",
        sender=sender,
        day=words.day(received),
        sha=one.sha256,
    )


def _observations(package: Package, one: Incoming, source_id: str, *, sender: str) -> pd.DataFrame:
    """The figures of a file as rows of the observations, with where they come from."""
    rows = one.figures
    units = package["indicators"].set_index("indicator_id")["unit"]
    parts = rows["area"].where(rows["area"] != package.area, "")
    ids = [
        "-".join(filter(None, (row.indicator_id, part, row.period.lower(), source_id)))
        for row, part in zip(each(rows), parts, strict=True)
    ]
    days = real_days(parse(rows["period"].iloc[0]), package.year_begins)
    spoken = one.mapping.language if one.mapping else one.words.code
    told = [_in_each_language(note, spoken) for note in rows["note"]]
    return rows.rename(columns={"note": "reason"}).assign(
        observation_id=ids,
        period_start=str(days.start),
        period_end=str(days.end),
        unit=rows["indicator_id"].map(units),
        source_id=source_id,
        checked="confirmed",
        confirmed_by="",
        confirmed_why="",
        sender=sender,
        **{f"note_{code}": [words[code] for words in told] for code in LANGUAGES},
    )


def _in_each_language(note: str, spoken: str) -> Mapping[str, str]:
    """A note in its own language, and in the others as a quotation that names its language."""
    quoted = "Note of the form ({language}): {note}"
    others = {code: load_language(code).text(quoted, language=LANGUAGES[spoken], note=note) for code in LANGUAGES}
    return others | {spoken: note} if note else dict.fromkeys(LANGUAGES, "")
