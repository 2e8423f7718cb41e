"""What changed between two editions, or two revisions of one, by the result files that they published.

    promotion-book changes 2023 2024
    promotion-book changes 2023/r0 2023/r1

Figures, statuses and indicators come from the files of the chapter `changes`, as `facts.difference` compares them.
Between revisions of one edition every other result is compared too, by the keys that `running.run_comparison` gives it.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from promotion_book.facts.difference import Changes, State, state
from promotion_book.facts.rows import each, records
from promotion_book.fault import Fault
from promotion_book.report.results import is_record
from promotion_book.running.run_comparison import flatten, read_table, row_names

FOLDER = Path("notebooks/results")
LONGEST = 200  # characters of a result that is printed, and not only named
FIGURES, STATUSES = FOLDER / "changes/figures.csv", FOLDER / "changes/statuses.csv"


class ChangesError(Fault):
    """Two editions cannot be compared."""


def read_state(book: Path) -> State:
    """The state of an edition, from the files of its book.

    Raises:
        ChangesError: the book does not have them.
    """
    if not book.is_dir():
        raise ChangesError(f"{book} is not published")
    missing = [str(name) for name in (FIGURES, STATUSES) if not (book / name).is_file()]
    if missing:
        raise ChangesError(f"{book} has no {' and no '.join(missing)}, from which it could be compared")
    return state(*(read_table(book / name) for name in (FIGURES, STATUSES)))


def change_lines(found: Changes) -> Iterator[str]:
    """What changed, a line for each thing."""
    yield f"figures revised: {len(found.revised)}"
    for one in each(found.revised):
        size = f"{one.size:+.1%}, " if math.isfinite(one.size) else ""
        yield f"  {one.name}: {one.told_was} -> {one.told} ({size}{one.source_id_was} -> {one.source_id}, {one.kind})"
    yield f"figures no longer there: {len(found.withdrawn)}"
    for entry in each(found.withdrawn):
        yield f"  {entry.name}: {entry.told} ({entry.source_id})"
    yield f"figures new: {len(found.added)}"
    yield f"statuses moved: {len(found.moved)}"
    for moved in each(found.moved):
        yield f"  {moved.target_id}: {moved.status_was} -> {moved.status}"
    yield f"indicators new: {len(found.new)}{' (' if found.new else ''}{', '.join(found.new)}{')' if found.new else ''}"
    yield f"indicators dropped: {len(found.dropped)}{' (' if found.dropped else ''}{', '.join(found.dropped)}{')' if found.dropped else ''}"


def differing_results(was: Path, now: Path) -> Iterator[str]:
    """The results that two books of one edition give differently, a line for each; long texts are not printed."""
    before, after = _results(was), _results(now)
    for name in [*before, *(name for name in after if name not in before)]:
        told = [str(found.get(name, "nothing")) for found in (before, after)]
        if before.get(name) != after.get(name):
            yield f"  {name}: {'another text' if max(map(len, told)) > LONGEST else ' -> '.join(told)}"


def _results(book: Path) -> dict[str, Any]:
    """Every result of a book: those of JSON files by their keys, cells of tables by row and column."""
    found: dict[str, Any] = {}
    for path in sorted(book.rglob("results/**/*")):
        name = path.relative_to(book).as_posix()
        if is_record(path):
            found |= flatten(json.loads(path.read_bytes(), parse_constant=lambda name: None)["results"], name)
        if path.suffix == ".csv" and path.parent.name != "changes":
            table = read_table(path)
            rows = zip(row_names(table), records(table), strict=True)
            found |= {f"{name}: {row}: {column}": cell for row, cells in rows for column, cell in cells.items()}
    return found
