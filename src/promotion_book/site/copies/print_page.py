"""The pages of a published book as one HTML document for paper: a title, a contents list, a section for each page, the
first of which is the start page as a summary.

    book/index.html, notebooks/ocop.html, ...   ->   <section id="notebooks-ocop"> ... <h2 id="notebooks-ocop--stars">

* Links between the pages lead to their sections. Links to other files lead to the address of the book in the
  world; where it has none they are text.
* Pictures are the wide ones, and their names stay relative to the start of the book.
* Annexes come last: the pages of the last part of the contents, those that lie below another page, and long tables.
* Tables that are folded on a screen stand in an annex, and in their place where to find them; the numbers of a figure
  are in the spreadsheet. Left out is what only a screen can do (code, sliders, downloads, scripts), and what leads out
  of the book.

Out of scope: printing it (`site.pdf`).
"""

from __future__ import annotations

import html
import posixpath
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html.parser import HTMLParser
from importlib.resources import files as package_files
from urllib.parse import urljoin, urlsplit

from promotion_book.book.policy import PAPER, policy_meta
from promotion_book.report.marks import ARTICLE, ONLINE, fill_marks
from promotion_book.words.language import Language
from promotion_book.words.markup import Html

STYLE, BOOK_STYLE = "pdf.css", "_static/book.css"
VOID = {"br", "hr", "img", "input", "source", "wbr"}
LEFT_OUT = {"script", "noscript", "source"}
ANNEX, ANNEXED = "annex", "long-table"
LEFT_OUT_CLASSES = {
    "about-page",
    "figure-table",
    "headerlink",
    "above-input",
    "cell_input",
    "explorer-controls",
    "figure-files",
    "narrow",
    "on-screen",
    "rerun",
    "toctree-wrapper",
}
NUMBER = "exhibit-number"
UNWRAPPED = {"picture"}
RENAMED = {"article": "section", "details": "div", "summary": "p"}
DROPPED = {"aria-atomic", "aria-live", "download", "loading", "open", "tabindex"}
PLACED, HEADING = '<div class="long-table" id="', re.compile(r"<h[1-6][^>]*>(.*?)</h[1-6]>", re.DOTALL)
NAMES = {"id", "for", "headers", "aria-labelledby", "aria-describedby"}
PHONE = re.compile(r'<svg class="chart narrow".*?</svg>', re.DOTALL)
SHEET = re.compile(r"<!--sheet (.*?)-->")


@dataclass(frozen=True)
class Cover:
    """What stands on the first page: the title of the book, lines below it, and its address in the world or nothing.

    The lines say which revision it is, and of when its figures are; the last of them stands on every page. `notes` say
    who made it, how it may be used, how it is cited and whom to write to; `author` is in the properties of the file.
    """

    title: str
    lines: tuple[str, ...]
    address: str = ""
    notes: tuple[str, ...] = ()
    author: str = ""


def reading_order(start: str) -> list[str]:
    """The names of the pages of a book in the order of the table of contents, as its start page shows it."""
    sidebar = _Sidebar("book/index")
    sidebar.feed(start)
    return list(dict.fromkeys(["book/index", *sidebar.names]))


def annexed_pages(start: str) -> set[str]:
    """The pages of a book that are annexes on paper, by its start page."""
    sidebar = _Sidebar("book/index")
    sidebar.feed(start)
    last = sidebar.parts[-1] if sidebar.parts else len(sidebar.names)
    return {*sidebar.names[last:], *(name for name in sidebar.names if name.count("/") > 1)}


def print_page(
    files: Mapping[str, bytes],
    pages: Sequence[str],
    *,
    cover: Cover,
    words: Language,
) -> str:
    """The document, which lies at the start of the book, with marks for the numbers of sheets (`number_sheets`).

    Args:
        files: those of the book, by name.
        pages: the names of its pages in their order, the start page first: book/index, notebooks/ocop, ...
    """
    sections = [_Section(name, pages, address=cover.address) for name in pages]
    for section in sections:
        page = fill_marks(files[f"{section.name}.html"].decode("utf-8"), ONLINE, content="")
        article = ARTICLE.search(page)
        section.feed(PHONE.sub("", article[0]) if article else "")
    last = annexed_pages(files[f"{pages[0]}.html"].decode("utf-8"))
    first, *others = sections
    chapters = [section for section in others if section.name not in last]
    annexes = [section for section in others if section.name in last]
    summary, tables = words.text("Summary"), [section for section in sections if section.annexed]
    lists = {
        words.text("Contents"): [
            (section_id(first.name), summary),
            *((section_id(one.name), one.title) for one in chapters),
        ],
        words.text("Annexes"): [(section_id(one.name), one.title) for one in annexes],
        words.text("Long tables"): [(_tables_id(one), one.title or summary) for one in tables],
    }
    contents = "".join(_contents(heading, listed) for heading, listed in lists.items() if listed)
    first.parts.insert(1, f"<h1>{summary}</h1>")
    whole = ["".join(section.parts) for section in (first, *chapters, *annexes)]
    body = [f'<nav class="contents">{contents}</nav>', *whole, *([_long_tables(tables, words)] if tables else [])]
    return _document(cover, words, body="\n".join(body))


def number_sheets(document: str, numbers: Mapping[str, int]) -> str:
    """A document that says on which sheet each place begins that its contents list names, where that is known."""
    return SHEET.sub(lambda mark: f"<span>{numbers[mark[1]]}</span>" if mark[1] in numbers else "", document)


def headings(document: str) -> list[str]:
    """The headings of a document, as an outline has them."""
    return [" ".join(Html(found).text().split()) for found in HEADING.findall(document)]


def _long_tables(sections: Sequence[_Section], words: Language) -> str:
    """The tables that stand at the end, by the pages that they belong to; those without a title are of the summary."""
    parts = [
        f'<h2 id="{_tables_id(section)}">{html.escape(section.title or words.text("Summary"))}</h2>{"".join(section.annexed)}'
        for section in sections
    ]
    return f'<section class="bd-article" id="{ANNEX}"><h1>{words.text("Long tables")}</h1>{"".join(parts)}</section>'


def _tables_id(section: _Section) -> str:
    return f"{ANNEX}-{section_id(section.name)}"


def section_id(page: str) -> str:
    """The id of the section of a page."""
    return page.replace("/", "-")


def _contents(heading: str, listed: Sequence[tuple[str, str]]) -> str:
    entries = "\n".join(f'<li><a href="#{name}">{html.escape(title)}{_sheet(name)}</a></li>' for name, title in listed)
    return f"<h2>{heading}</h2>\n<ol>\n{entries}\n</ol>"


def _sheet(name: str) -> str:
    """The mark for the number of the sheet on which a place is."""
    return f"<!--sheet {name}-->"


def _document(cover: Cover, words: Language, *, body: str) -> str:
    style = package_files(__package__).joinpath(STYLE).read_text(encoding="utf-8")
    title = html.escape(cover.title)
    lines = "".join(f"<p>{html.escape(line)}</p>" for line in cover.lines)
    notes = "".join(f"<p>{html.escape(note)}</p>" for note in cover.notes)
    address = f'<p><a href="{html.escape(cover.address)}">{html.escape(cover.address)}</a></p>' if cover.address else ""
    running = (
        f"@page {{ @top-left {{ content: {_css(cover.title)} }} @top-right {{ content: {_css(cover.lines[-1])} }} }}"
    )
    return (
        f'<!doctype html>\n<html lang="{words.code}" data-theme="light">\n<head>\n<meta charset="utf-8">\n'
        f'{policy_meta(PAPER)}\n<title>{title}</title>\n<link rel="stylesheet" href="{BOOK_STYLE}">\n'
        f"<style>\n{running}\n{style}</style>\n</head>\n<body>\n"
        f'<header class="cover"><h1>{title}</h1>{lines}{address}{notes and f"<div>{notes}</div>"}</header>\n<main>\n{body}\n</main>\n</body>\n</html>\n'
    )


def _css(text: str) -> str:
    """A text as a string of a style sheet that stands in HTML."""
    return '"' + "".join(f"\\{ord(sign):x} " if sign in '"\\<\n' else sign for sign in text) + '"'


class _Section(HTMLParser):
    """An article as a section of the document; `title` is its first heading, `annexed` what stands at the end."""

    def __init__(self, name: str, pages: Sequence[str], *, address: str) -> None:
        super().__init__(convert_charrefs=False)
        self.name, self.pages, self.address = name, pages, address
        self.parts: list[str] = []
        self.annexed: list[str] = []
        self._folded = 0  # how many folds are open, the outermost of which stands in the annex
        self._in_summary, self._place = False, ""
        self.titles: list[str] = []
        self._left_out: list[str] = []  # the element that is being left out, once for each of its kind that is open
        self._in_title = False

    @property
    def title(self) -> str:
        return html.unescape("".join(self.titles)).strip()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self._left_out:
            self._left_out += [tag] if tag == self._left_out[0] else []
        elif self._is_left_out(tag, dict(attrs)):
            self._left_out += [] if tag in VOID else [tag]
        elif tag == "details" and (self._folded or ANNEXED in (dict(attrs).get("class") or "").split()):
            self._open_fold()
        elif tag == "summary" and self._folded == 1:
            self._in_summary = True
        elif tag not in UNWRAPPED:
            self._in_title = tag == "h1"
            self._write(f"<{RENAMED.get(tag, tag)}{self._attributes(tag, attrs)}>")

    def handle_endtag(self, tag: str) -> None:
        if self._left_out:
            self._left_out = self._left_out[: -1 if tag == self._left_out[0] else None]
        elif tag == "summary" and self._in_summary:
            self._in_summary = False
            self.parts.append(f"{_sheet(self._place)}</a></p>")
        elif tag not in UNWRAPPED | VOID:
            self._in_title = self._in_title and tag != "h1"
            self._write(f"</{RENAMED.get(tag, tag)}>")
            self._folded -= tag == "details" and self._folded > 0

    def handle_data(self, data: str) -> None:
        if not self._left_out:
            self._write(data)
            self.titles += [data] if self._in_title else []

    def _open_fold(self) -> None:
        """Begin what stands in the annex, and say here where it is."""
        self._folded += 1
        if self._folded == 1:
            self._place = (
                f"{section_id(self.name)}--{ANNEX}-{sum(part.startswith(PLACED) for part in self.annexed) + 1}"
            )
            self.parts.append(f'<p class="annexed"><a href="#{self._place}">')
            self.annexed.append(f'{PLACED}{self._place}">')
        else:
            self._write("<div>")

    def _write(self, part: str) -> None:
        """Write where the page is, or where what is folded is."""
        (self.annexed if self._folded and not self._in_summary else self.parts).append(part)

    def handle_entityref(self, name: str) -> None:
        self.handle_data(f"&{name};")

    def handle_charref(self, name: str) -> None:
        self.handle_data(f"&#{name};")

    def _is_left_out(self, tag: str, attributes: Mapping[str, str | None]) -> bool:
        classes = (attributes.get("class") or "").split()
        title = tag == "h1" and self.name == self.pages[0]  # the cover has it
        return tag in LEFT_OUT or title or not LEFT_OUT_CLASSES.isdisjoint(classes)

    def _attributes(self, tag: str, attrs: list[tuple[str, str | None]]) -> str:
        written = {key: self._attribute(tag, key, value=value or "") for key, value in attrs if key not in DROPPED}
        if written.get("class") == NUMBER:
            written["href"] = None  # it leads to itself
        if tag == "article":
            written["id"] = section_id(self.name)
        if tag == "summary":
            written["class"] = "summary"
        return "".join(f' {key}="{html.escape(value)}"' for key, value in written.items() if value is not None)

    def _attribute(self, tag: str, key: str, *, value: str) -> str | None:
        if key in NAMES:
            return " ".join(f"{section_id(self.name)}--{name}" for name in value.split())
        if key == "href" and tag != "image":
            return self._address(value)
        if key in ("src", "href") and not urlsplit(value).scheme:
            return _beside(self.name, value)
        return value

    def _address(self, value: str) -> str | None:
        """Where a link leads, or None for nowhere."""
        found = urlsplit(value)
        if found.scheme or found.netloc:
            return value
        page = _beside(self.name, found.path).removesuffix(".html") if found.path else self.name
        if page in self.pages:
            return f"#{section_id(page)}--{found.fragment}" if found.fragment else f"#{section_id(page)}"
        return urljoin(f"{self.address}{self.name}", value) if self.address else None


class _Sidebar(HTMLParser):
    """The links of the sidebar of a page, as names of pages; `parts` are the numbers of links before its captions."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.page, self.names, self.parts = name, list[str](), list[int]()
        self._inside = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        if tag == "nav":
            self._inside = "bd-links" in (found.get("class") or "").split()
        if self._inside and "caption" in (found.get("class") or "").split():
            self.parts.append(len(self.names))
        address = urlsplit(found.get("href") or "")
        if self._inside and tag == "a" and address.path and not address.scheme:
            self.names.append(_beside(self.page, address.path).removesuffix(".html"))

    def handle_endtag(self, tag: str) -> None:
        self._inside = self._inside and tag != "nav"


def _beside(page: str, address: str) -> str:
    """A relative address on a page, from the start of the book."""
    return posixpath.normpath(posixpath.join(posixpath.dirname(page), address))
