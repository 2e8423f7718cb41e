"""The archive of projections: what each published edition projected, for later editions to score.

An edition carries its projections as the file of a table, `PROJECTIONS`, sealed with its pages.
Publishing appends them to `data/<place>/forecast_vintages.csv` as version 1. Publishing the same
numbers again changes nothing. Other numbers for the same edition become the next version: nothing
that was published is taken back, and what counts later is the first version. An edition that projects
nothing has no such file, and nothing is kept of it.
"""

from __future__ import annotations

import csv
import io
from pathlib import Path

from promotion_book.publishing.plan import Built

PROJECTIONS = Path("notebooks/results/earlier_projections/projections.csv")
TABLE, VERSION = "forecast_vintages.csv", "version"


class ArchiveError(Exception):
    """The projections of an edition do not fit the archive, which stays as it was."""


def archive(root: Path, built: Built) -> None:
    """Keep the projections of a built edition in the data package of its place, in one atomic write.

    Raises:
        ArchiveError: their columns are not those of the archive, or they are of another edition.
        OSError: the place has no archive, or it cannot be written.
    """
    projections, path = built.html / PROJECTIONS, root / "data" / built.place / TABLE
    if not projections.is_file():
        return
    kept = path.read_text(encoding="utf-8")
    text = appended(kept, projections.read_text(encoding="utf-8"), built.period)
    if text != kept:
        draft = path.with_suffix(".draft")
        draft.write_text(text, encoding="utf-8")
        draft.replace(path)


def appended(kept: str, projections: str, period: str) -> str:
    """The archive with the projections of an edition, all as CSV texts.

    Raises:
        ArchiveError: as `archive`.
    """
    (header, *rows), (columns, *new) = list(csv.reader(io.StringIO(kept))), list(csv.reader(io.StringIO(projections)))
    if header != [*columns, VERSION] or {row[columns.index("period")] for row in new} - {period}:
        raise ArchiveError(
            f"{PROJECTIONS}: not projections of {period} with the columns of {TABLE}; build the edition again"
        )
    versions = [int(row[-1]) for row in rows if row[header.index("period")] == period]
    last = max(versions, default=0)
    if [row[:-1] for row in rows if row[header.index("period")] == period and int(row[-1]) == last] == new:
        return kept
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows([*row, str(last + 1)] for row in new)
    return kept + out.getvalue()
