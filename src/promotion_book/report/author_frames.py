"""Frames that the author of a notebook gives, as tables and pictures of the report take them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

import pandas as pd

from promotion_book.facts.suggestion import did_you_mean

ROOM = 10_000  # rows of a table on a page
LONE_SURROGATE = re.compile("[\ud800-\udfff]")


def own_frame(given: Any) -> pd.DataFrame:
    """A frame whose columns have a text each for their name, an index with a name among them.

    Raises:
        TypeError: it is no DataFrame.
        ValueError: several of its columns have one name, it has more rows than a page has room for, or a text that no file
            can hold.
    """
    if not isinstance(given, pd.DataFrame):
        raise TypeError(
            f"a table is of a DataFrame, and not of a {type(given).__name__}: write .reset_index() after a Series, "
            "pd.DataFrame(...) around anything else"
        )
    if len(given) > ROOM:
        raise ValueError(
            f"the frame has {len(given)} rows, and a page has room for {ROOM}: show some, as .head(100) does"
        )
    named = [name for name in given.index.names if name is not None]
    frame = given.reset_index(allow_duplicates=True) if named and not {*named} & {*given} else given
    names = [*map(_name, frame.columns)]
    if twice := sorted({name for name in names if names.count(name) > 1}):
        raise ValueError(
            f"the frame has several columns {twice[0]!r}: give each a name of its own, or drop what is there twice"
        )
    _refuse_lone_surrogates(frame)
    return frame if names == [*frame.columns] else frame.set_axis(names, axis="columns")


def _refuse_lone_surrogates(frame: pd.DataFrame) -> None:
    for name, column in frame.select_dtypes(["object", "str"]).items():
        lone = next((text for text in column if isinstance(text, str) and LONE_SURROGATE.search(text)), None)
        if lone is not None:
            raise ValueError(f"column {name!r} has a text that no file can hold, {lone!a}: mend it")


def refuse_unknown(frame: pd.DataFrame, names: Iterable[str]) -> None:
    """Raises ValueError for names that no column of a frame has, all of them named."""
    unknown = [f"{name!r}{did_you_mean(str(name), map(str, frame))}" for name in names if name not in frame]
    if unknown:
        raise ValueError(f"the frame has no column {', no column '.join(unknown)}")


def _name(column: Any) -> str:
    """The name of a column as a text; one of several levels has them one after the other."""
    if isinstance(column, tuple):
        return " ".join(str(part) for part in column if part is not None and part != "")
    return column if isinstance(column, str) else str(column)
