"""What runs of notebooks found, side by side: their parameters, their results and the cells of their tables.

    promotion-book compare slow.ipynb fast.ipynb
    promotion-book compare _build/hanoi/2025/en _build/what-if/slow_years/hanoi/2025/en

The results of a run lie in a folder of its name beside it, those of a page of a book in the folder `results`. A book is
compared page by page. Runs are set side by side by the keys of what they hold, and told by what readers call it: by all its
names, where runs of other languages, periods or assumptions call it differently.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import takewhile
from pathlib import Path
from typing import Any

import pandas as pd

from promotion_book.facts.package import places
from promotion_book.facts.rows import each
from promotion_book.fault import Fault
from promotion_book.report.chapter import open_edition
from promotion_book.report.results import OWN, RESULTS, is_result, result_records
from promotion_book.report.tables_file import ENDING
from promotion_book.running.configuration import INDEX
from promotion_book.words.markup import unguard_formula

FRACTION = re.compile(r"-?\d+\.\d+")
YEARS = range(1900, 2101)
NAMING = ("target_id", "kind", "way", "years_ahead")  # what an item of a list of results is about


class RunError(Fault):
    """A notebook has no results that could be compared."""


@dataclass(frozen=True)
class Held:
    """Something that a run holds: of which kind it is, such as a table by its caption, what readers call it, and its value."""

    kind: str
    name: str
    value: Any


def compare_runs(runs: Sequence[Path]) -> pd.DataFrame:
    """What differs between executed notebooks, or built books: a row for each parameter, result and cell, by its kind and
    its name, and a column for each run.

    The columns have the names of the runs, as far as these differ; where one has nothing, its cell is empty.

    Raises:
        RunError: a notebook has no results; one line for each.
    """
    found, problems = {}, []
    names: dict[str, list[Held]] = {}
    for run, name in zip(runs, _names(runs), strict=True):
        try:
            held = read_book(run) if run.is_dir() else read_run(run)
        except RunError as error:
            problems.append(str(error))
            continue
        for key, one in held.items():
            names.setdefault(key, []).append(one)
        found[name] = pd.Series({key: one.value for key, one in held.items()}, dtype=object)
    if problems:
        raise RunError("\n".join(problems))
    order = list(dict.fromkeys(key for run in found.values() for key in run.index))
    shown = pd.DataFrame(found, dtype=object).reindex(order).map(_write)
    shown = shown[shown.nunique(axis=1) > 1]
    told = [(_merge([one.kind for one in names[key]]), _merge([one.name for one in names[key]])) for key in shown.index]
    return shown.set_index(pd.MultiIndex.from_tuples(told, names=["kind", "name"]))


def _merge(names: Sequence[str]) -> str:
    """The names of one thing in several runs as one, with all that a part of it is called: `Exports: 2025 / 2026: Value`."""
    parts = [name.split(": ") for name in names]
    if len({*map(len, parts)}) > 1:
        shared = len([*takewhile(lambda words: len({*words}) == 1, zip(*parts, strict=False))])
        parts = [[*words[:shared], ": ".join(words[shared:])] for words in parts]
    return ": ".join(" / ".join(dict.fromkeys(words)) for words in zip(*parts, strict=True))


def _names(runs: Sequence[Path]) -> list[str]:
    """The names of runs without the folders that they share."""
    shared = os.path.commonpath([run.absolute().parent for run in runs])
    return [os.path.relpath(run.absolute(), shared) for run in runs]


def read_book(folder: Path) -> dict[str, Held]:
    """What the pages of a built book found: each parameter, result and cell of a table, by its page and key.

    Raises:
        RunError: there is no built book in the folder.
    """
    pages = folder / "source" / "notebooks"
    found: dict[str, Held] = {}
    for notebook in sorted(pages.rglob("*.ipynb")):
        if not is_result(notebook):
            page = notebook.relative_to(pages).with_suffix("").as_posix().removesuffix(f"/{INDEX}")
            held = read_run(notebook).items()
            found |= {f"{page}: {key}": Held(f"{page}: {one.kind}", one.name, one.value) for key, one in held}
    if not found:
        raise RunError(f"{folder} holds no built book; make one with promotion-book build")
    return found


def read_run(notebook: Path) -> dict[str, Held]:
    """What an executed notebook found: each parameter, result and cell of a table, by its key.

    Raises:
        RunError: it has no results.
    """
    if not notebook.is_file():
        raise RunError(f"{notebook} is not there")
    own = notebook.with_suffix(OWN)
    folder = own if own.is_dir() else notebook.parent / RESULTS
    records = result_records(folder)
    if folder != own and notebook.stem != INDEX:
        records = [path for path in records if path.stem == notebook.stem]
    if not records:
        raise RunError(
            f"{notebook} has no results in {folder}; make them with promotion-book run NOTEBOOK -o {notebook}"
        )
    found: dict[str, Held] = {}
    for path in records:
        record = json.loads(path.read_text(encoding="utf-8"))
        found |= {key: Held("parameters", key, value) for key, value in flatten(record["parameters"]).items()}
        targets = _targets(record["parameters"])
        for key, value in flatten(record["results"]).items():
            *parts, last = [targets.get(part, part) for part in key.split(": ")]
            found[key] = Held(parts[0] if parts else "results", ": ".join([*parts[1:], last]), value)
        found |= _cells(path.with_suffix(ENDING))
    return found


def _targets(parameters: Mapping[str, Any]) -> dict[str, str]:
    """What readers call the targets of the place of a run, by their ids, which tell their statements apart."""
    if parameters.get("place") not in places():
        return {}
    _, context = open_edition(parameters["place"], parameters["period"], language=parameters["language"])
    rows = each(context.known.package["targets"])
    told = [(context.indicator(row.indicator_id), context.scope(row), row) for row in rows]
    return {
        row.target_id: f"{', '.join(filter(None, [name, scope, context.period(row.period)]))} [{row.target_id}]"
        for name, scope, row in told
    }


def flatten(value: Any, name: str = "") -> dict[str, Any]:
    """The single values of nested ones, by their way there: `statuses: ocop_total-2025: share`.

    An item of a list is named by the keys of `NAMING` that it has, else by its number.
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
    told = [str(value[key]) for key in NAMING if key in value] if isinstance(value, Mapping) else []
    return ", ".join(told) or str(number)


def _cells(path: Path) -> dict[str, Held]:
    """The cells of the tables of a page as readers see them, each named by its table, its row and its column.

    A row has the key that it has in the CSV, where names that vary with language and parameters do not stand.
    """
    found = {}
    for table in json.loads(path.read_text(encoding="utf-8"))["tables"] if path.is_file() else ():
        csv = read_table(path.with_name(path.name.removesuffix(ENDING)) / f"{table['name']}.csv")
        amounts = [column["number"] for column in table["columns"]]
        rows = [[cell["text"].replace("\n", "; ") for cell in row] for row in table["rows"]]
        texts = pd.DataFrame(rows, columns=range(len(amounts)))
        for row, key, name in zip(rows, row_names(csv), row_names(texts, amounts), strict=True):
            for column, told in zip(table["columns"], row, strict=True):
                said = f"{name}: {column['heading']}"
                found[f"{table['name']}: {key}: {column['key']}"] = Held(table["caption"], said, told)
    return found


def read_table(path: Path) -> pd.DataFrame:
    """The CSV of a table, texts alone."""
    return pd.read_csv(path, dtype=str, keep_default_na=False, encoding="utf-8-sig").map(unguard_formula)


def row_names(table: pd.DataFrame, amounts: Sequence[bool] | None = None) -> list[str]:
    """What each row is about: its first cell and the next ones that are no amounts, as few as tell the rows apart; rows that
    these do not tell apart are counted.

    Args:
        amounts: whether a column is of amounts; by default whether its cells are numbers and no years.
    """
    found = [_are_amounts(cells) for _, cells in table.items()] if amounts is None else amounts
    told = table.loc[:, [not (number and amount) for number, amount in enumerate(found)]]
    names = [""] * len(table)
    for many in range(1, len(told.columns) + 1):
        names = [", ".join(filter(None, row)) for row in told.iloc[:, :many].itertuples(index=False)]
        if len({*names}) == len(names):
            return names
    before = pd.Series(names, dtype=str).groupby(names).cumcount()
    return [f"{name} ({count + 1})" if count else name for name, count in zip(names, before, strict=True)]


def _are_amounts(cells: pd.Series[str]) -> bool:
    numbers = pd.to_numeric(cells[cells != ""], errors="coerce")
    return bool(numbers.notna().all()) and not numbers.isin(YEARS).all()


def _write(value: Any) -> str:
    """A value in plain text, a number with the six digits that count."""
    if isinstance(value, str) and FRACTION.fullmatch(value):
        value = float(value)
    if isinstance(value, float) and abs(value) >= 1e6:
        return f"{float(f'{value:.6g}'):,.0f}"
    if isinstance(value, float):
        return "" if pd.isna(value) else f"{value:.6g}"
    return "" if value is None else str(value)
