"""Is anything there twice? One thing under two keys, one statement in two rows, and one publisher under two names.

Names are compared as a reader sees them (`seen`): without regard to case, marks, spaces, invisible characters, and
letters of other alphabets that look alike.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

import pandas as pd

from promotion_book.facts.findings import Finding
from promotion_book.facts.rows import publishers
from promotion_book.facts.rules import FIGURES, Tables, report, rule
from promotion_book.facts.schema import TABLES
from promotion_book.facts.vocabulary import line_told

KEYS = {
    name: TABLES[name].key[0]
    for name in (
        "sources",
        "areas",
        "indicators",
        "programmes",
        "units",
        "scopes",
        *FIGURES,
        "legal_acts",
        "measures",
        "scenarios",
    )
}
NAMED: tuple[tuple[str, str, list[str]], ...] = (  # table, the column that names, and what tells two of one name apart
    ("sources", "title", ["publisher", "published_on"]),
    ("sources", "address", ["published_on"]),
    ("areas", "name_en", []),
    ("areas", "name_vi", []),
    ("indicators", "name_en", ["programme_id"]),
    ("indicators", "name_vi", ["programme_id"]),
    *((name, column, []) for name in ("programmes", "scopes") for column in ("name_en", "name_vi")),
    ("units", "name_en", []),
    ("legal_acts", "title_en", ["signed"]),
    ("legal_acts", "number", ["issuer_en", "signed"]),
    ("scenarios", "name_en", []),
    ("scenarios", "name_vi", []),
    ("measures", "measure_en", ["programme_id", "period"]),
)
STATEMENT = ["indicator_id", "area", "scope", "period", "source_id"]
BETWEEN = " via |, qua | / "  # a publisher and the one that carries it
SMALL = ("and", "va", "the", "bao")  # words with or without which the name of a publisher is the same
ALIKE = str.maketrans("авеорсхуікмтнđοαερυνι", "abeopcxyikmthdoaepuvi")


def seen(text: str) -> str:
    """A text as the eye takes it in; two texts that look alike give the same one."""
    if text.isascii() and text.isprintable():
        return " ".join(text.casefold().split())
    plain = (c for c in unicodedata.normalize("NFKD", text) if unicodedata.category(c) not in ("Mn", "Cf", "Cc"))
    return " ".join("".join(plain).casefold().translate(ALIKE).split())


@rule
def keys_look_different(tables: Tables) -> Iterator[Finding]:
    """No two keys of a table look alike: src_001 and SRC_001."""
    for name, key in KEYS.items():
        rows = tables[name].drop_duplicates(key)
        yield from report(
            _twins(rows.assign(text=rows[key], seen=rows[key].map(seen)), ["seen"]),
            f"{name}:{key}: look-alike: found {{text!r}} beside {{first_text!r}} in line {{first_line}}; "
            "allowed keys that look different; delete the row, or give it a key of its own",
        )


@rule
def names_are_given_once(tables: Tables) -> Iterator[Finding]:
    """No source, area, indicator, programme, unit, scope, act, measure or scenario stands in its table twice under different keys."""
    for name, column, apart in NAMED:
        rows = tables[name][tables[name][column] != ""].drop_duplicates(KEYS[name])
        looks = {f"seen_{number}": rows[other].map(seen) for number, other in enumerate([column, *apart])}
        yield from report(
            _twins(rows.assign(text=rows[column], **looks), [*looks]),
            f"{name}:{column}: twice: found {{text!r}}, as in line {{first_line}}; allowed each one once; "
            "delete the row and use the key of the other one, or tell the two apart by their names",
        )


@rule
def statements_are_made_once(tables: Tables) -> Iterator[Finding]:
    """A source says a figure of an indicator, area, scope and period once; a plan and an outcome are two figures."""
    for name in FIGURES:
        rows, key = tables[name], KEYS[name]
        plan = rows["status"].eq("plan") if "status" in rows else False
        yield from report(
            _twins(rows.assign(text=rows[key], plan=plan), [*STATEMENT, "plan"]),
            f"{name}:{key}: twice: found {{text!r}} says what {{first_text!r}} in line {{first_line}} says; "
            "allowed one figure of a source for an indicator, area, scope and period; "
            "keep one of the two rows, or name the scope that tells them apart",
        )


@rule
def publishers_have_one_name(tables: Tables) -> Iterator[Finding]:
    """No two names of publishers differ only in case, marks, spaces, signs, and words as "The" and "Báo"."""
    rows, found = tables["sources"], []
    for language in (name[-2:] for name in map(str, rows) if name.startswith("publisher_name_")):
        parts = rows.assign(text=publishers(rows, language).str.split(BETWEEN)).explode("text", ignore_index=True)
        found.append(_twins(parts.assign(seen=parts["text"].map(_bare)).drop_duplicates("text"), ["seen"]))
    yield from report(
        pd.concat(found).drop_duplicates(["line", "text"]),
        "sources:publisher: spelling: found {text!r} beside {first_text!r} in line {first_line}; "
        "allowed one name of a publisher; write the same name in each row",
    )


def _bare(publisher: str) -> str:
    """The letters of the name of a publisher, without small words."""
    return "".join(word for word in re.findall(r"\w+", seen(publisher)) if word not in SMALL)


def _twins(table: pd.DataFrame, columns: list[str]) -> pd.DataFrame:
    """The rows that are like an earlier one in some columns, with the `text` and `line` of that one."""
    alike = table[table.duplicated(columns, keep=False)]
    if alike.empty:
        return alike
    first = alike.drop_duplicates(columns)[[*columns, "text", "line"]]
    first["line"] = first["line"].map(line_told)
    return alike[alike.duplicated(columns)].merge(first.rename(columns={"text": "first_text", "line": "first_line"}))
