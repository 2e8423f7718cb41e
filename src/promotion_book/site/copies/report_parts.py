"""What the report that is signed says, taken from the records that the pages of a published book leave.

    parts = read_parts(book, tables, words)
    parts["verdict"]                        # what the edition comes to, in a sentence
    parts["chapters"][0]["figure"]["alt"]   # what the leading picture of a programme shows

It holds plain texts and the bytes of pictures: a template of Word says how they look. What a book does not have is empty.
A status is told by its words and no sign. Each figure has the name of its source, and `sources` lists those that are named.
"""

from __future__ import annotations

import io
import json
import posixpath
import re
from collections.abc import Mapping, Sequence
from typing import Any

from PIL import Image

from promotion_book.book.page_tree import beside
from promotion_book.charts.caption import CREDIT_SHARE, TITLE_SHARE
from promotion_book.report.commentary_block import ASSESSMENT
from promotion_book.report.results import RESULTS
from promotion_book.report.tables import MISSING
from promotion_book.report.tables_file import PageTable
from promotion_book.site.manifest import START
from promotion_book.words.alphabet import alphabet_key
from promotion_book.words.language import Language
from promotion_book.words.status_words import SIGNS, STATUS

SUMMARY = "notebooks/summary"  # the page that leaves what the start page shows
COLUMNS = ("planned", "done_shown", "rate_shown", "before_shown", "change", "since_shown")
SECTIONS = ("difficulties", "tasks", "proposals")
OPEN = ("", SIGNS["not_assessable"])  # how the finding of a programme begins where a figure of the office may decide
FIRST, AFTER = (
    re.compile(pattern.format(re.escape("".join(SIGNS.values()))))
    for pattern in (r"(?m)(^|: )[{}] ", r" ([{}])(?=[,;\n]|$)")
)
RANGE = re.compile(r"(?<=[\d%]\N{EN DASH})(?=\d)")  # where no line may end
JOINER = "\N{ZERO WIDTH NO-BREAK SPACE}"  # Word has letters for it in every font, not for the newer one
EMPTY: Mapping[str, Any] = {"columns": [], "rows": [], "raw": [], "note": ""}  # the record of a table that is not there
Parts = dict[str, Any]


def read_parts(book: Mapping[str, bytes], tables: Sequence[PageTable], words: Language) -> Parts:
    """The parts of the report: the brief, the programmes with their results, commentary by section, and the sources
    that these cite.

    Args:
        book: the files of a book in a language.
        tables: those of its pages.
    """
    start, glance = _results(book, SUMMARY), _record(tables, START, name="programmes")["rows"]
    listed = {row["source_id"]: row for one in tables if one.record["name"] == "sources" for row in _sources(one)}
    pages = {beside(SUMMARY, address): name for head, *_ in glance for name, address in head["links"].items()}
    chapters = [
        _chapter(book, page.removesuffix(".html"), name=name, tables=tables, listed=listed, words=words)
        for page, name in pages.items()
        if page in book
    ]
    _number(chapters, words)
    verdict, *points = start.get("verdict", [""])
    headlines = start.get("headlines", [])
    cited = {said for row in glance for cell in row for said in cell.get("links", {})}.union(
        *(tile["sources"] for tile in headlines), *(chapter.pop("cited") for chapter in chapters)
    )
    return {
        "verdict": _said(verdict),
        "summary": _said(" ".join(points)),
        "headlines": [_headline(words, **tile) for tile in headlines],
        "programmes": [[_in_words(_said(cell["text"]), words) for cell in row] for row in glance],
        "chapters": chapters,
        "sources": sorted(
            (row for row in listed.values() if row["label"] in cited), key=lambda row: alphabet_key(row["label"])
        ),
        **{name: [part for chapter in chapters for part in _with_name(chapter, chapter[name])] for name in SECTIONS},
    }


def _results(book: Mapping[str, bytes], page: str) -> dict[str, Any]:
    """What a page found, in numbers and sentences."""
    folder, chapter = posixpath.split(page)
    found = book.get(f"{folder}/{RESULTS.name}/{chapter}.json")
    return dict(json.loads(found)["results"]) if found else {}


def _record(tables: Sequence[PageTable], page: str, *, name: str) -> Mapping[str, Any]:
    """The record of a table of a page; an empty one where the page has none of this name."""
    return next((one.record for one in tables if (one.address, one.record["name"]) == (page, name)), EMPTY)


def _number(chapters: Sequence[Parts], words: Language) -> None:
    """Number the programmes and their pictures as they come in the report."""
    for number, chapter in enumerate(chapters, start=1):
        chapter["number"] = number
    for number, figure in enumerate((chapter["figure"] for chapter in chapters if chapter["figure"]), start=1):
        figure["caption"] = f"{words.text('Figure {number}', number=number)}. {figure['caption']}"


def _said(text: str) -> str:
    """A text with single spaces, in which no line ends inside of a range."""
    return RANGE.sub(JOINER, "\n".join(" ".join(line.split()) for line in text.split("\n")))


def _in_words(text: str, words: Language) -> str:
    """A text with the words of a status in the place of its sign, which goes where the words follow it."""
    named = {SIGNS[status]: words.text(STATUS[status]) for status in SIGNS}
    return AFTER.sub(lambda sign: f" ({named[sign[1]]})", FIRST.sub(r"\1", text))


def _headline(words: Language, *, sources: Sequence[str], **told: str) -> dict[str, str]:
    """A headline figure: what it counts, the figure, of when it is, its target, the status by it, and its source."""
    return {key: _in_words(_said(text), words) for key, text in told.items()} | {"source": "; ".join(sources)}


def _chapter(
    book: Mapping[str, bytes],
    page: str,
    *,
    name: str,
    tables: Sequence[PageTable],
    listed: Mapping[str, Mapping[str, str]],
    words: Language,
) -> Parts:
    """What the page of a programme comes to: its finding, its leading picture, its results, and its commentary.

    `open` says that a figure of the office may decide what the page leaves open; `cited` are the labels of its sources.
    """
    told, results = _results(book, page), _record(tables, page, name="period_results")
    rows = _keyed(results)
    sources = [listed[row["source_id"]]["label"] if row["source_id"] in listed else "" for row in rows]
    finding = told.get("finding", {"verdict": "", "said": ""})
    commentary = told.get("commentary", {"sections": {}, "sources": []})
    picture = next((one for one in tables if one.address == page and _file(one) in book), None)
    return {
        "name": _said(name),
        "finding": _in_words(_said(f"{finding['verdict']} {finding['said']}"), words),
        "open": finding["verdict"][:1] in OPEN,
        "figure": _figure(picture.record, book[_file(picture)]) if picture else None,
        "results": [
            [row["indicator_id"], *(row.get(key) or MISSING for key in COLUMNS), source]
            for row, source in zip(rows, sources, strict=True)
        ],
        "note": results["note"],
        "cited": [*(picture.record["sources"] if picture else ()), *sources, *commentary["sources"]],
        **{key: [*map(_said, commentary["sections"].get(key, []))] for key in (ASSESSMENT, *SECTIONS)},
    }


def _keyed(record: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The rows of a table by the keys of their columns: texts as readers see them, and what the CSV has besides."""
    keys = [column["key"] for column in record["columns"]]
    return [
        {one["key"]: one["values"][number] for one in record["raw"]}
        | dict(zip(keys, (_said(cell["text"]) for cell in row), strict=True))
        for number, row in enumerate(record["rows"])
    ]


def _sources(table: PageTable) -> list[dict[str, Any]]:
    """The rows of the list of sources; a title leads to an address of the web, and a note is empty without one."""
    return [
        row | {"address": "".join(head.get("links", {}).values()), "note": _said(head.get("note", ""))}
        for row, (head, *_) in zip(_keyed(table.record), table.record["rows"], strict=True)
    ]


def _file(table: PageTable) -> str:
    """Where the picture of a figure lies, whose numbers a table has."""
    return f"{table.csv.removesuffix('.csv')}.png"


def _figure(record: Mapping[str, Any], picture: bytes) -> Parts:
    """The leading picture of a page with its caption and what it shows in words."""
    said = Image.open(io.BytesIO(picture)).info
    return {
        "picture": picture,
        "alt": record["alt"],
        "title_share": float(said.get(TITLE_SHARE, 0)),
        "credit_share": float(said.get(CREDIT_SHARE, 0)),
        "caption": _said(record["caption"]),
        "subtitle": _said(record["subtitle"]),
    }


def _with_name(chapter: Parts, said: list[str]) -> list[Parts]:
    """What is said of a programme, with its name before the first paragraph."""
    return [{"name": "" if number else chapter["name"], "text": text} for number, text in enumerate(said)]
