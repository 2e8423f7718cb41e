"""What the report that is signed says, taken from the pages of a published book and the records of its tables.

    parts = read_parts(book, words)
    parts["verdict"]                        # what the edition comes to, in a sentence
    parts["chapters"][0]["figure"]["alt"]   # what the leading picture of a programme shows

It holds plain texts and the bytes of pictures: a template of Word says how they look. What a book does not have is empty.
A status is told by its words and no sign. Each figure has the name of its source, and `sources` lists those that are named.
"""

from __future__ import annotations

import io
import posixpath
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from urllib.parse import urlsplit

from PIL import Image

from promotion_book.book.page_tree import BREAK, Element, beside, has, read_article
from promotion_book.charts.caption import CREDIT_SHARE, TITLE_SHARE
from promotion_book.report.sources import PAGE
from promotion_book.report.tables import MISSING
from promotion_book.report.tables_file import PageTable
from promotion_book.site.manifest import START
from promotion_book.words.alphabet import alphabet_key
from promotion_book.words.language import Language
from promotion_book.words.status_words import SIGNS, STATUS

RESULTS, FIGURES, SOURCES = "period_results", "all_figures", "sources"
COLUMNS = ("planned", "done_shown", "rate_shown", "before_shown", "change", "since_shown")
AIM = "Target for {period}: {wanted}"  # what a headline figure says of its target
SECTIONS = ("difficulties", "tasks", "proposals")
OPEN = ("", SIGNS["not_assessable"])  # how the finding of a programme begins where a figure of the office may decide
FIRST, AFTER = (
    re.compile(pattern.format(re.escape("".join(SIGNS.values()))))
    for pattern in (r"(?m)(^|: )[{}] ", r" ([{}])(?=[,;\n]|$)")
)
RANGE = re.compile(r"(?<=[\d%]\N{EN DASH})(?=\d)")  # where no line may end
JOINER = "\N{ZERO WIDTH NO-BREAK SPACE}"  # Word has letters for it in every font, not for the newer one
Parts = dict[str, Any]


def read_parts(book: Mapping[str, bytes], tables: Sequence[PageTable], words: Language) -> Parts:
    """The parts of the report: the brief, the programmes with their results, commentary by section, and the sources
    that these cite.

    Args:
        book: the files of a book in a language.
        tables: those of its pages, with the addresses of these as their titles.
    """
    start = _article(book, START)
    records = {(table.page, table.record["name"]): table.record for table in tables}
    chapters = [
        _chapter(book, page, name=name, records=records, words=words)
        for page, name in _programmes(start).items()
        if f"{page}.html" in book
    ]
    _number(chapters)
    shown = start.xpath(f".//ul[{has('headline-tiles')}] | (.//table[{has('report-table')}])[1]")
    cited = _cited(shown).union(*(chapter.pop("cited") for chapter in chapters))
    listed = [row for table in tables if table.record["name"] == SOURCES for row in _sources(book, table)]
    return {
        "verdict": _first(start, f".//p[{has('verdict')}]"),
        "summary": " ".join(_said(point) for point in start.xpath(f".//ul[{has('verdict-points')}]/li")),
        "headlines": [_tile(tile, words) for tile in start.xpath(f".//ul[{has('headline-tiles')}]/li")],
        "programmes": [[_in_words(said, words) for said in row] for row in _glance(start)],
        "chapters": chapters,
        "sources": sorted(
            (row for row in listed if row["id"] in cited), key=lambda row: (alphabet_key(row["label"]), row["id"])
        ),
        **{name: [part for chapter in chapters for part in _with_name(chapter, chapter[name])] for name in SECTIONS},
    }


def _number(chapters: Sequence[Parts]) -> None:
    """Number the programmes and their pictures as they come in the report."""
    for number, chapter in enumerate(chapters, start=1):
        chapter["number"] = number
    for number, figure in enumerate((chapter["figure"] for chapter in chapters if chapter["figure"]), start=1):
        figure["caption"] = f"{figure.pop('kind')} {number}. {figure['caption']}".strip()


def _article(book: Mapping[str, bytes], page: str) -> Element:
    """The article of a page, without the code of its cells."""
    article = read_article(book[f"{page}.html"].decode("utf-8"))
    for code in article.xpath(f".//details[{has('above-input')}] | .//*[{has('headerlink')}]"):
        code.drop_tree()
    return article


def _said(element: Element) -> str:
    """The text of an element; a new line only where it has a break."""
    for line in element.xpath(".//br"):
        line.tail = f"{BREAK}{line.tail or ''}"
    lines = element.text_content().split(BREAK)
    return RANGE.sub(JOINER, "\n".join(filter(None, (" ".join(line.split()) for line in lines))))


def _first(element: Element, path: str) -> str:
    """The text of the first element on a path; empty without one."""
    found = element.xpath(path)
    return _said(found[0]) if found else ""


def _in_words(text: str, words: Language) -> str:
    """A text with the words of a status in the place of its sign, which goes where the words follow it."""
    named = {SIGNS[status]: words.text(STATUS[status]) for status in SIGNS}
    return AFTER.sub(lambda sign: f" ({named[sign[1]]})", FIRST.sub(r"\1", text))


def _tile(tile: Element, words: Language) -> Parts:
    """A headline figure: what it counts, the figure, of when it is, its target, the status by it, and its source."""
    status = _first(tile, ".//p[@class='tile-target']/strong")
    aim = _first(tile, f".//p[{has('tile-target')}]").removesuffix(status).strip()
    told = re.fullmatch(words.text(AIM, period="(?P<period>.+)", wanted="(?P<wanted>.+)"), aim)
    return {
        "name": _first(tile, f".//p[{has('tile-name')}]/a"),
        "figure": _first(tile, f".//p[{has('tile-figure')}]"),
        "time": _first(tile, f".//span[{has('tile-time')}]"),
        "target": "{wanted} ({period})".format(**told.groupdict()) if told else aim,
        "status": _in_words(status, words),
        "source": _first(tile, f".//p[{has('cell-source')}]"),
    }


def _programmes(start: Element) -> dict[str, str]:
    """The pages of the programmes in the order of the start page, with their names."""
    links = start.xpath(f".//table[{has('report-table')}][1]//th[@scope='row']//a")
    return {beside(START, link.get("href")).partition(".html")[0]: _said(link) for link in links}


def _glance(start: Element) -> list[list[str]]:
    """The rows of the table of the programmes: name, targets by status, latest figure, targets to come."""
    rows = start.xpath(f"(.//table[{has('report-table')}])[1]/tbody/tr")
    return [[_cell(cell) for cell in row] for row in rows]


def _cell(cell: Element) -> str:
    """The text of a cell, with its sources in brackets."""
    for source in cell.xpath(f".//*[{has('cell-source')}]"):
        said = f"({_said(source)})"
        source.clear(keep_tail=True)
        source.text = said
    return _said(cell)


def _chapter(
    book: Mapping[str, bytes],
    page: str,
    *,
    name: str,
    records: Mapping[tuple[str, str], Mapping[str, Any]],
    words: Language,
) -> Parts:
    """What the page of a programme comes to: its finding, its leading picture, its results, and its commentary.

    `open` says that a figure of the office may decide what the page leaves open; `cited` are the ids of its sources.
    """
    article = _article(book, page)
    results, figures = records.get((page, RESULTS)), records.get((page, FIGURES))
    lines = _statements(article, figures) if results and figures else {}
    sources = [lines.get(key) for key in _done(results)] if results else []
    rows = zip(_keyed(results), sources, strict=True)
    shown = article.xpath(
        f".//*[@id='findings'] | .//div[{has('commentary')}] | (.//figure[{has('report-figure')}])[1]"
        f"//*[{has('figure-sources')}]"
    )
    return {
        "name": name,
        "finding": _in_words(_first(article, ".//p[@id='findings']"), words),
        "open": _first(article, ".//p[@id='findings']/strong")[:1] in OPEN,
        "figure": _figure(book, article, page=page),
        "results": [
            [row["indicator_id"], *(row.get(key, MISSING) for key in COLUMNS), "" if line is None else _said(line)]
            for row, line in rows
        ],
        "note": results["note"] if results else "",
        "cited": _cited([*shown, *(line for line in sources if line is not None)]),
        **_commentary(article, words),
    }


def _statements(article: Element, record: Mapping[str, Any]) -> dict[tuple[str, float | None], Element]:
    """The sources of the figures of a page, by indicator and number; of several the last."""
    lines = article.xpath(f".//*[@id='table-{FIGURES}']//tr[th[@scope='row']]")
    place = [column["key"] for column in record["columns"]].index("source")
    return {
        (row[0]["value"], number): line[place]
        for row, line, numbers in zip(
            record["rows"], lines, zip(*(one["values"] for one in record["raw"]), strict=True), strict=True
        )
        for number in numbers
        if number is not None
    }


def _done(record: Mapping[str, Any]) -> list[tuple[str, float | None]]:
    """The indicator and the figure of each row of a results table."""
    raw = {one["key"]: one["values"] for one in record["raw"]}
    none = [None] * len(record["rows"])
    done, since = raw.get("done", none), raw.get("since_start", none)
    return [
        (row[0]["value"], told if now is None else now)
        for row, now, told in zip(record["rows"], done, since, strict=True)
    ]


def _cited(elements: Iterable[Element]) -> set[str]:
    """The ids of the sources that elements lead to."""
    links = [urlsplit(link) for element in elements for link in element.xpath(".//a/@href")]
    return {link.fragment for link in links if posixpath.basename(link.path) == PAGE}


def _sources(book: Mapping[str, bytes], table: PageTable) -> list[dict[str, str]]:
    """The rows of the list of sources, with their ids, addresses and notes."""
    named = _article(book, table.page).xpath(f".//*[@id='table-{SOURCES}']//th[@scope='row']/span[@id]")
    return [
        row
        | {"id": span.get("id"), "address": "".join(span.xpath(".//a/@href"))}
        | {"title": _said(span), "note": _first(span.getparent(), f".//*[{has('cell-source')}]")}
        for span, row in zip(named, _keyed(table.record), strict=True)
    ]


def _figure(book: Mapping[str, bytes], article: Element, *, page: str) -> Parts | None:
    """The leading picture of a page with its caption and what it shows in words; nothing where it has none."""
    for figure in article.xpath(f".//figure[{has('report-figure')}]"):
        links = [link for link in figure.xpath(".//a/@href") if link.endswith(".png")]
        files = [beside(page, link) for link in links]
        alt = [*figure.xpath(".//img/@alt"), *figure.xpath(".//svg[@role='img']/@aria-label")]
        if files and files[0] in book and alt:
            said = Image.open(io.BytesIO(book[files[0]])).info
            number = _first(figure, f".//*[{has('exhibit-number')}]")
            return {
                "picture": book[files[0]],
                "alt": str(alt[0]),
                "title_share": float(said.get(TITLE_SHARE, 0)),
                "credit_share": float(said.get(CREDIT_SHARE, 0)),
                "kind": number.rpartition(" ")[0],
                "caption": _first(figure, f".//p[{has('figure-title')}]").removeprefix(number).strip(),
                "subtitle": _first(figure, f".//p[{has('figure-subtitle')}]"),
            }
    return None


def _commentary(article: Element, words: Language) -> dict[str, list[str]]:
    """What the place itself says, by the section of the report that its headings name; without one it is an assessment."""
    text = words.text
    named = {
        text("Difficulties and causes").casefold(): "difficulties",
        text("Tasks of the next period").casefold(): "tasks",
        text("Proposals").casefold(): "proposals",
    }
    said: dict[str, list[str]] = {name: [] for name in ("assessment", *SECTIONS)}
    for block in article.xpath(f".//div[{has('commentary')}]"):
        section = "assessment"
        for part in block:
            if part.tag == "h3":
                section = named.get(_said(part).casefold(), "assessment")
            else:
                said[section] += [_said(item) for item in (part.xpath("./li") or [part])]
    return said


def _with_name(chapter: Parts, said: list[str]) -> list[Parts]:
    """What is said of a programme, with its name before the first paragraph."""
    return [{"name": "" if number else chapter["name"], "text": text} for number, text in enumerate(said)]


def _keyed(record: Mapping[str, Any] | None) -> list[dict[str, str]]:
    """The rows of a table by the keys of its columns, as readers see them."""
    if not record:
        return []
    keys = [column["key"] for column in record["columns"]]
    texts = ([RANGE.sub(JOINER, " ".join(cell["text"].split())) for cell in row] for row in record["rows"])
    return [dict(zip(keys, row, strict=True)) for row in texts]
