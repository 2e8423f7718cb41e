"""The pages of a published book as one HTML document for paper: a title, a contents list, a section for each page, the
first of which is the start page as a summary. `book/_templates/paper.html` is its frame.

    book/index.html, notebooks/ocop.html, ...   ->   <section id="notebooks-ocop"> ... <h2 id="notebooks-ocop--stars">

* Links between the pages lead to their sections. Links to other files lead to the address of the book in the
  world; where it has none they are text.
* Pictures are the wide ones, and their names stay relative to the start of the book.
* Annexes come last: the pages of the last part of the contents, those that lie below another page, and long tables.
* Tables that are folded on a screen stand in an annex, and in their place where to find them. The numbers of a figure,
  and lists that nobody reads through (all figures of a page, all projections), are in the spreadsheet.
* Left out is what only a screen can do (code, sliders, downloads, scripts), what leads out of the book, and what the
  cover says.

Out of scope: printing it (`site.copies.pdf`).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files as package_files
from urllib.parse import urljoin, urlsplit

from lxml import etree, html
from lxml.html import builder as E

from promotion_book.book.page_tree import Element, beside, has, read_article, read_page
from promotion_book.book.policy import PAPER, policy_meta
from promotion_book.book.templates import render_template
from promotion_book.report.marks import ONLINE, fill_marks
from promotion_book.site.about import About, licence
from promotion_book.site.manifest import START
from promotion_book.words.language import Language
from promotion_book.words.markup import Html

STYLE, ANNEX = "pdf.css", "annex"
SIDEBAR, FOLDED = f"//nav[{has('bd-links')}]", f".//details[{has('long-table')}]"
SPREADSHEET = ("all_figures", "vintages", "projections", "not_followed")  # lists that are there alone
LEFT_OUT = ".//script | .//noscript | .//*[{}]".format(
    has(
        "about-page",
        "figure-table",
        "headerlink",
        "above-input",
        "cell_input",
        "explorer-controls",
        "figure-files",
        "how-to-cite",
        "method-code",
        "narrow",
        "on-screen",
        "rerun",
        "toctree-wrapper",
    )
)
RENAMED = {"article": "section", "details": "div", "summary": "p"}
DROPPED = ("aria-atomic", "aria-live", "download", "loading", "open", "tabindex")
NAMES = ("id", "for", "headers", "aria-labelledby", "aria-describedby")
HEADING = re.compile(r"<h[1-6][^>]*>(.*?)</h[1-6]>", re.DOTALL)
SHEET = re.compile(r'<span data-sheet="(.*?)"></span>')
PLACE = re.compile(r"url\(#")  # where an element of a picture names another one


@dataclass(frozen=True)
class Section:
    """A page on paper: its name in the document, its heading, what it shows, and its tables that stand at the end."""

    id: str
    title: str
    body: Html
    tables: Html


def reading_order(start: str) -> list[str]:
    """The names of the pages of a book in the order of the table of contents, as its start page shows it."""
    return list(dict.fromkeys([START, *_listed(start, f"{SIDEBAR}//a/@href")]))


def annexed_pages(start: str) -> set[str]:
    """The pages of a book that are annexes on paper, by its start page: of the last part, and below another page."""
    last = f"({SIDEBAR}//*[{has('caption')}])[last()]/following::a[ancestor::{SIDEBAR[2:]}]/@href"
    return {*_listed(start, last), *(name for name in reading_order(start) if name.count("/") > 1)}


def _listed(start: str, path: str) -> list[str]:
    """The names of the pages to which addresses on the start page lead."""
    found = map(urlsplit, read_page(start).xpath(path))
    return [beside(START, one.path).removesuffix(".html") for one in found if one.path and not one.scheme]


def print_page(files: Mapping[str, bytes], pages: Sequence[str], *, about: About, words: Language) -> str:
    """The document, which lies at the start of the book, with marks for the numbers of sheets (`number_sheets`).

    Args:
        files: those of the book, by name.
        pages: the names of its pages in their order, the start page first: book/index, notebooks/ocop, ...
    """
    text, address = words.text, f"{about.address}{words.code}/" if about.address else ""
    first, *others = [_section(files, name, pages, address=address, words=words) for name in pages]
    last = {section_id(name) for name in annexed_pages(files[f"{START}.html"].decode("utf-8"))}
    chapters = [section for section in others if section.id not in last]
    annexes = [section for section in others if section.id in last]
    tables = [section for section in (first, *others) if section.tables]
    lists = [
        (text("Contents"), [(one.id, one.title) for one in (first, *chapters)]),
        (text("Annexes"), [(one.id, one.title) for one in annexes]),
        (text("Long tables"), [(f"{ANNEX}-{one.id}", one.title) for one in tables]),
    ]
    cited = f"{text('How to cite')}: {about.citation}"
    return render_template(
        "paper.html",
        words,
        about=about,
        address=address,
        head=[_css(about.title), _css(about.revision)],
        lists=lists,
        notes=[text("Made by: {author}", author=about.author), licence(words), cited, *about.ways],
        paper=policy_meta(PAPER),
        sections=[first, *chapters, *annexes],
        style=Html(package_files(__package__).joinpath(STYLE).read_text(encoding="utf-8")),
        tables=tables,
    )


def number_sheets(document: str, numbers: Mapping[str, int]) -> str:
    """A document that says on which sheet each place begins that its contents list names, where that is known."""
    return SHEET.sub(lambda mark: f"<span>{numbers[mark[1]]}</span>" if mark[1] in numbers else "", document)


def headings(document: str) -> list[str]:
    """The headings of a document, as an outline has them."""
    return [" ".join(Html(found).text().split()) for found in HEADING.findall(document)]


def section_id(page: str) -> str:
    """The id of the section of a page."""
    return page.replace("/", "-")


def _css(text: str) -> Html:
    """A text as a string of a style sheet that stands in HTML."""
    return Html('"' + "".join(f"\\{ord(sign):x} " if sign in '"\\<\n' else sign for sign in text) + '"')


def _section(files: Mapping[str, bytes], name: str, pages: Sequence[str], *, address: str, words: Language) -> Section:
    """A page of a book on paper; the start page is called a summary, since the cover has its heading."""
    article = read_article(fill_marks(files[f"{name}.html"].decode("utf-8"), ONLINE, content=""))
    for element in article.xpath(LEFT_OUT):
        element.drop_tree()
    for wrapping in article.xpath(".//picture | .//source"):  # libxml2 takes what follows a source to be in it
        wrapping.drop_tag()
    if name == START:
        for heading in article.xpath(".//h1"):
            heading.drop_tree()
        article.insert(0, E.H1(words.text("Summary")))
    folded = [one for one in article.xpath(FOLDED) if not one.xpath(f"ancestor::{FOLDED[3:]}")]
    for element in article.iter(etree.Element):
        _put_on_paper(element, name, pages, address=address)
    article.set("id", section_id(name))
    places = [f"{section_id(name)}--{ANNEX}-{number}" for number, _ in enumerate(folded, start=1)]
    tables = "".join(_take_out(table, place, words) for table, place in zip(folded, places, strict=True))
    heading = next(article.iter("h1"), None)
    title = "" if heading is None else heading.text_content().strip()
    return Section(section_id(name), title, Html(_markup(article)), Html(tables))


def _put_on_paper(element: Element, name: str, pages: Sequence[str], *, address: str) -> None:
    """Let an element of a page be one of the document: its kind, its name, and where it leads."""
    given = element.attrib
    for key in DROPPED:
        given.pop(key, None)
    if element.tag == "summary":
        given["class"] = "summary"
    for key in NAMES:
        if key in given:
            given[key] = " ".join(f"{section_id(name)}--{one}" for one in given[key].split())
    for key, value in given.items():
        given[key] = PLACE.sub(f"url(#{section_id(name)}--", value)
    if element.tag in ("img", "image"):
        for key in ("src", "href"):
            if key in given and not urlsplit(given[key]).scheme:
                given[key] = beside(name, given[key])
    elif "href" in given:
        written = given.pop("href")
        leads = None if given.get("class") == "exhibit-number" else _address(written, name, pages, book=address)
        given.update({"href": leads} if leads is not None else {})
    element.tag = RENAMED.get(element.tag, element.tag)


def _address(value: str, name: str, pages: Sequence[str], *, book: str) -> str | None:
    """Where a link of a page leads, or None for nowhere."""
    found = urlsplit(value)
    if found.scheme or found.netloc:
        return value
    page = beside(name, found.path).removesuffix(".html") if found.path else name
    if page in pages:
        return f"#{section_id(page)}--{found.fragment}" if found.fragment else f"#{section_id(page)}"
    return urljoin(f"{book}{name}", value) if book else None


def _take_out(table: Element, place: str, words: Language) -> str:
    """A folded table as it stands at the end; in its place stands where that is, by what it was folded under.

    One that is in the spreadsheet alone stands nowhere.
    """
    summary = table[0]
    alone = any(one.partition("--table-")[2] in SPREADSHEET for one in table.xpath(".//@id"))
    summary.tag = "a"
    summary.attrib.clear()
    summary.attrib.update({} if alone else {"href": f"#{place}"})
    summary.append(E.SPAN(words.text("in the spreadsheet")) if alone else E.SPAN({"data-sheet": place}))
    here = E.P(E.CLASS("annexed"))
    here.tail, table.tail = table.tail, None
    table.getparent().replace(table, here)
    here.append(summary)
    table.attrib.clear()
    table.attrib.update({"class": "long-table", "id": place})
    return "" if alone else _markup(table)


def _markup(element: Element) -> str:
    return str(html.tostring(element, encoding="unicode", with_tail=False))
