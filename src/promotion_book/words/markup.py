"""What a text becomes where it is written: in HTML, in a link, in a script of a page, in Markdown, in a spreadsheet.

    fill('<a href="{address}">{label}</a>', address=address, label="1 < 2")     # Html, label and address escaped

A text that is not `Html` is escaped wherever it meets HTML. Only what is written in the code is HTML as it stands.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterable
from typing import Any
from urllib.parse import quote

MAIL = re.compile(r"[^@\s/?#:]+@[^@\s/?#:]+")
ADDRESS = re.compile(r"https?://[^\s/?#]+(?:[/?#]\S*)?", re.IGNORECASE)
TAG = re.compile(r"<[^>]+>")
BREAK = re.compile(r"<br ?/?>")
LINK = re.compile(r'<a href="([^"]*)"[^>]*>(.*?)</a>', re.DOTALL)
SIGNS = re.compile(r"[!#$&()*+.<=>@\[\\\]^_`{|}~-]")  # what Markdown may read as its own inside a line
RANGE = re.compile(
    r"<(svg|math|pre|code|script)\b.*?</\1>|<[^>]*>|(\d[\d.,/]*%?\N{EN DASH}[\d.,/]*\d%?)", re.DOTALL
)  # and what is left as it is
FORMULA = re.compile(r"'*[=+\-@\t\n＝＋－＠]")  # what a cell begins with that a spreadsheet takes for a formula
IN_SCRIPT = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<\u2028\u2029"}


class Html(str):
    """Text that is HTML already; template engines leave it as it is, too."""

    __slots__ = ()

    def __str__(self) -> Html:
        return self

    def __html__(self) -> Html:
        return self

    def text(self) -> str:
        """What a reader sees of it, without markup."""
        return html.unescape(TAG.sub("", re.sub(r"<br>\n?", "; ", self)))

    def lines(self) -> str:
        """What a reader sees of it, with a new line where it has a break and nowhere else."""
        lines = (re.sub(r"[ \n]+", " ", Html(line).text()).strip(" ") for line in BREAK.split(self))
        return "\n".join(filter(None, lines))

    def links(self) -> dict[str, str]:
        """The addresses to which it leads, by what leads there."""
        return {Html(said).text(): html.unescape(address) for address, said in LINK.findall(self)}


def escape(value: object) -> Html:
    """A value as HTML, in an element or in the quotes of an attribute; HTML stays as it is."""
    return value if isinstance(value, Html) else Html(html.escape(str(value)))


def fill(template: str, **values: object) -> Html:
    """A template of HTML with values, each escaped where it is not HTML."""
    return Html(template.format(**{name: escape(value) for name, value in values.items()}))


def join(between: str, parts: Iterable[object]) -> Html:
    """Parts with some HTML between them, each escaped where it is not HTML."""
    return Html(between.join(escape(part) for part in parts))


def link_web(address: str, label: str) -> Html:
    """A link to an address of the web, which is http or https; another address is text after the label."""
    if ADDRESS.fullmatch(address):
        return fill('<a href="{address}" rel="external">{label}</a>', address=address, label=label)
    return escape(f"{label} ({address})" if address else label)


def link_contact(address: str) -> Html:
    """Whom to write to: an e-mail address or one of the web, as a link."""
    if MAIL.fullmatch(address):
        return fill('<a href="mailto:{address}">{address}</a>', address=address)
    return link_web(address, address) if ADDRESS.fullmatch(address) else escape(address)


def link_page(address: str, label: str) -> Html:
    """A link to a page or file of the book or the site, by its way from the page."""
    return fill('<a href="{address}">{label}</a>', address=quote(address), label=label)


def link_download(address: str, label: str) -> Html:
    """A link to a file of the book that is kept and not shown."""
    return fill('<a href="{address}" download>{label}</a>', address=quote(address), label=label)


def dump_for_script(record: Any) -> Html:
    """A record as JSON that stands in a script element, where nothing of it ends or begins an element."""
    return Html(json.dumps(record, ensure_ascii=False, sort_keys=True).translate(IN_SCRIPT))


def escape_markdown(text: str) -> str:
    """A text as Markdown in one line, with none of its signs read as markup.

    Source: CommonMark 0.31, backslash escapes.
    """
    return SIGNS.sub(r"\\\g<0>", " ".join(text.split()))


def keep_ranges(html: str) -> str:
    """HTML in which no range of numbers, as 2021–2025 or 5–7%, is parted between lines."""
    return RANGE.sub(lambda found: f'<span class="unbroken">{found[2]}</span>' if found[2] else found[0], html)


def guard_formula(text: str) -> str:
    """A text as a cell of a CSV; one that a spreadsheet would take for a formula has an apostrophe before it.

    A carriage return, which would begin a row, is a line feed. Source: OWASP, CSV Injection.
    """
    lines = re.sub(r"\r\n?", "\n", text)
    return f"'{lines}" if FORMULA.match(lines) else lines


def unguard_formula(written: str) -> str:
    """The text that `guard_formula` wrote."""
    return written[1:] if written.startswith("'") and FORMULA.match(written) else written
