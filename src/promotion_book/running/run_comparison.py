"""What runs of notebooks found, side by side: their parameters, their results and the cells of their tables.

    promotion-book compare slow.ipynb fast.ipynb
    promotion-book compare _build/hanoi/2025/en _build/what-if/slow_years/hanoi/2025/en

The results of a run lie in a folder of its name beside it, those of a page of a book in the folder `results`. A book is
compared page by page.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from promotion_book.report.results import OWN, RESULTS, is_result
from promotion_book.running.configuration import INDEX
from promotion_book.words.markup import unguard_formula

FRACTION = re.compile(r"-?\d+\.\d+")


class RunError(Exception):
    """A notebook has no results that could be compared."""


def compare_runs(runs: Sequence[Path]) -> pd.DataFrame:
    """What differs between executed notebooks, or built books: a row for each parameter, result and cell, a column for
    each run.

    The columns have the names of the runs, as far as these differ; where one has nothing, its cell is empty.

    Raises:
        RunError: a notebook has no results; one line for each.
    """
    found, problems = {}, []
    for run, name in zip(runs, _names(runs), strict=True):
        try:
            found[name] = pd.Series(read_book(run) if run.is_dir() else read_run(run), dtype=object)
        except RunError as error:
            problems.append(str(error))
    if problems:
        raise RunError("\n".join(problems))
    table = pd.DataFrame(found, dtype=object)
    order = list(dict.fromkeys(name for run in found.values() for name in run.index))
    shown = table.reindex(order).map(_write)
    return shown[shown.nunique(axis=1) > 1]


def _names(runs: Sequence[Path]) -> list[str]:
    """The names of runs without the folders that they share."""
    shared = os.path.commonpath([run.absolute().parent for run in runs])
    return [os.path.relpath(run.absolute(), shared) for run in runs]


def read_book(folder: Path) -> dict[str, Any]:
    """What the pages of a built book found: each parameter, result and cell of a table, by its page and name.

    Raises:
        RunError: there is no built book in the folder.
    """
    pages = folder / "source" / "notebooks"
    found: dict[str, Any] = {}
    for notebook in sorted(pages.rglob("*.ipynb")):
        if not is_result(notebook):
            page = notebook.relative_to(pages).with_suffix("").as_posix().removesuffix(f"/{INDEX}")
            found |= {f"{page}: {name}": value for name, value in read_run(notebook).items()}
    if not found:
        raise RunError(f"{folder} holds no built book; make one with promotion-book build")
    return found


def read_run(notebook: Path) -> dict[str, Any]:
    """What an executed notebook found: each parameter, result and cell of a table, by its name.

    Raises:
        RunError: it has no results.
    """
    if not notebook.is_file():
        raise RunError(f"{notebook} is not there")
    own = notebook.with_suffix(OWN)
    folder = own if own.is_dir() else notebook.parent / RESULTS
    records = [path for path in sorted(folder.glob("*.json")) if "." not in path.stem]
    if folder != own and notebook.stem != INDEX:
        records = [path for path in records if path.stem == notebook.stem]
    if not records:
        raise RunError(
            f"{notebook} has no results in {folder}; make them with promotion-book run NOTEBOOK -o {notebook}"
        )
    found: dict[str, Any] = {}
    for path in records:
        record = json.loads(path.read_text(encoding="utf-8"))
        found |= {name: value for part in ("parameters", "results") for name, value in flatten(record[part]).items()}
        for table in sorted((folder / path.stem).glob("*.csv")):
            found |= _cells(table)
    return found


def flatten(value: Any, name: str = "") -> dict[str, Any]:
    """The single values of nested ones, by their way there: `statuses: ocop_total-2025: share`.

    An item of a list is named by its `target_id` if it has one, else by its number.
    """
    if isinstance(value, Mapping):
        parts = [(str(key), part) for key, part in value.items()]
    elif isinstance(value, list):
        parts = [(_item(part, number), part) for number, part in enumerate(value, start=1)]
    else:
        return {name: value}
    ways = ((f"{name}: {key}" if name else key, part) for key, part in parts)
    return {way: leaf for where, part in ways for way, leaf in flatten(part, where).items()}


def _item(value: Any, number: int) -> str:
    return str(value.get("target_id", number)) if isinstance(value, Mapping) else str(number)


def _cells(path: Path) -> dict[str, str]:
    """The cells of a table by its name, what its row is about, and their column."""
    table = pd.read_csv(path, dtype=str, keep_default_na=False).map(unguard_formula)
    labels = _labels(table)
    return {
        f"{path.stem}: {label}: {column}": cell
        for column in table.columns
        for label, cell in zip(labels, table[column], strict=True)
    }


def _labels(table: pd.DataFrame) -> list[str]:
    """What each row is about: its first cells, as few as tell the rows apart; else the numbers of the rows."""
    for many in range(1, len(table.columns) + 1):
        first = table.iloc[:, :many]
        if not first.duplicated().any():
            return [", ".join(filter(None, row)) for row in first.itertuples(index=False)]
    return [str(number) for number in range(1, len(table) + 1)]


def _write(value: Any) -> str:
    """A value in plain text, a fraction with the six digits that count."""
    if isinstance(value, str) and FRACTION.fullmatch(value):
        value = float(value)
    if isinstance(value, float):
        return "" if pd.isna(value) else f"{value:.6g}"
    return "" if value is None else str(value)
