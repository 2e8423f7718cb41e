"""What a package gains by files that came in: rows of its tables, in the words of the tables.

A file is one source: its title names the period and the first signs of its sha256, its note the whole of it, the sender
and the day. The same file always gives the same rows, so that taking it in twice adds nothing.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

import pandas as pd

from promotion_book.facts import Package
from promotion_book.facts.periods import parse, real_days
from promotion_book.facts.rows import each
from promotion_book.intake.incoming import Incoming
from promotion_book.words.language import LANGUAGES, Language
from promotion_book.words.translation import load_language

SOURCE_PREFIX, SHORT_SHA = "form", 8
STATEMENT = ["indicator_id", "area", "period"]


@dataclass(frozen=True)
class NewRows:
    """New rows by table, texts by column; observations with where each comes from: file, sheet, cell and standing_cell.

    The `reason` of an observation is what stands in the note of its row, and `sender` is who sent it.
    """

    sources: pd.DataFrame
    observations: pd.DataFrame
    conflict_notes: pd.DataFrame

    @property
    def nothing(self) -> bool:
        """Whether all of it is there already."""
        return self.sources.empty and self.observations.empty

    def confirm(self, ids: Collection[str]) -> NewRows:
        """The same, with the figures of these ids confirmed by their sender, for the reason in their note."""
        rows = self.observations
        chosen = rows["observation_id"].isin(ids)
        by, why = (
            rows["sender"].where(chosen, rows["confirmed_by"]),
            rows["reason"].where(chosen, rows["confirmed_why"]),
        )
        return replace(self, observations=rows.assign(confirmed_by=by, confirmed_why=why))

    def explain(self, statements: Collection[tuple[str, ...]]) -> NewRows:
        """The same, with the note of each of these figures (indicator, area, period) as that of a conflict."""
        rows = self.observations.drop_duplicates(STATEMENT)
        rows = rows[[key in statements for key in zip(*(rows[name] for name in STATEMENT), strict=True)]]
        notes = rows.assign(nature="revision")[[*STATEMENT, "nature", *_columns("note")]]
        return replace(self, conflict_notes=pd.concat([self.conflict_notes, notes], ignore_index=True))


NOTHING = NewRows(pd.DataFrame(), pd.DataFrame(), pd.DataFrame())


def new_rows(package: Package, incoming: Sequence[Incoming], *, sender: str, received: date) -> NewRows:
    """The rows that files add, without those that are there already.

    Args:
        sender: who sent them; where it is empty the area of each.
    """
    ids = _source_ids(package, incoming)
    senders = {
        one.sha256: sender or str(package.row("areas", one.area or package.area)[f"name_{one.words.code}"])
        for one in incoming
    }
    sources = [_source(one, ids[one.sha256], sender=senders[one.sha256], received=received) for one in incoming]
    figures = [_observations(package, one, ids[one.sha256], sender=senders[one.sha256]) for one in incoming]
    return NewRows(
        _new(package, "sources", pd.DataFrame(sources, dtype=str)),
        _new(package, "observations", pd.concat(figures, ignore_index=True)),
        pd.DataFrame(columns=[*STATEMENT, "nature", *_columns("note")], dtype=str),
    )


def _new(package: Package, table: str, rows: pd.DataFrame) -> pd.DataFrame:
    """The rows whose key, in the first column, the table does not have; each key once."""
    key = package.schemas[table].key[0]
    return rows[~rows[key].isin(package.texts[table][key])].drop_duplicates(key).reset_index(drop=True)


def _columns(name: str) -> list[str]:
    return [f"{name}_{code}" for code in LANGUAGES]


def _source_ids(package: Package, incoming: Sequence[Incoming]) -> dict[str, str]:
    """The id of the source that each file is, by its sha256: the one that it has, or the next one that is free."""
    rows = package.texts["sources"]
    ids = {one.sha256: name for one in incoming for name in rows["source_id"][rows["note_en"].str.contains(one.sha256)]}
    used = rows["source_id"].str.extract(rf"^{SOURCE_PREFIX}_(\d+)$", expand=False).dropna().astype(int)
    free = used.max() + 1 if len(used) else 1
    for sha in dict.fromkeys(one.sha256 for one in incoming if one.sha256 not in ids):
        ids[sha] = f"{SOURCE_PREFIX}_{free:03}"
        free += 1
    return ids


def _source(one: Incoming, source_id: str, *, sender: str, received: date) -> dict[str, str]:
    text = one.words.text
    return {
        "source_id": source_id,
        "title": text("Form of figures for {period}, file {file}", period=one.period, file=one.sha256[:SHORT_SHA]),
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
    days = real_days(parse(one.period), package.year_begins)
    told = [_told(one.words, note) for note in rows["note"]]
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


def _told(words: Language, note: str) -> Mapping[str, str]:
    """A note in its own language, and in the others as a quotation that names its language."""
    if not note:
        return dict.fromkeys(LANGUAGES, "")
    others = {
        code: load_language(code).text(
            "Note of the form ({language}): {note}", language=LANGUAGES[words.code], note=note
        )
        for code in LANGUAGES
    }
    return others | {words.code: note}
