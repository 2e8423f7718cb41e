"""Texts where they are written: whatever a table says comes back as the same text, and is never markup."""

from __future__ import annotations

import csv
import io
import json
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from mdit_py_plugins.dollarmath import dollarmath_plugin
from mdit_py_plugins.substitution import substitution_plugin

from promotion_book.report.tables import Column, Table, as_frame
from promotion_book.words.markup import (
    Html,
    dump_for_script,
    escape,
    escape_markdown,
    fill,
    guard_formula,
    join,
    keep_ranges,
    link_web,
    unguard_formula,
)

HOSTILE = ["</title><img src=x onerror=p()>", '"><script>p()</script>', "{{7*7}}", "-->", "]]>", "[a](javascript:p())"]
HOSTILE += [
    "<!--<script>",
    "</script>",
    "${p()}",
    "$x^2$",
    "`a`",
    "# a",
    "1. a",
    "&lt;",
    "\u2028",
    "\\",
    "*a*",
    "| a |",
]
texts = st.one_of(st.sampled_from(HOSTILE), st.text(st.characters(exclude_categories=["Cs", "Cc"])))


class Read(HTMLParser):
    """The elements and the text of some HTML."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, list[tuple[str, str | None]]]] = []
        self.said = ""
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, attrs))

    def handle_data(self, data):
        self.said += data


@given(texts)
def test_a_text_in_an_element_or_an_attribute_is_read_as_it_was_and_adds_no_element(text):
    read = Read(fill('<p title="{text}">{text}</p>', text=text))
    assert (read.elements, read.said) == ([("p", [("title", text)])], text)


@given(texts)
def test_html_is_escaped_once_however_often_it_is_put_into_more_of_it(text):
    once = escape(text)
    assert escape(escape(text)) == once == join("", [once]) == fill("{text}", text=once)
    assert Html(once).text() == text


@given(texts)
def test_a_text_in_a_script_is_read_as_it_was_and_ends_no_element(text):
    written = dump_for_script({"a": [text]})
    assert json.loads(written) == {"a": [text]}
    assert not set(written) & {"<", "\u2028", "\u2029"}


@given(texts)
def test_a_text_in_markdown_is_read_as_it_was(text):
    page = MarkdownIt("commonmark").enable("table").use(dollarmath_plugin).use(substitution_plugin)
    tokens = page.parse(f"# {escape_markdown(text)}\n")
    inside = [part for token in tokens for part in token.children or ()]
    assert {part.type for part in inside} <= {"text"}
    assert "".join(part.content for part in inside) == " ".join(text.split())


@pytest.mark.parametrize("address", ["https://a.vn", "http://a.vn/b?c=d#e", "HTTPS://a.vn:8080/", "https://a.vn?x"])
def test_an_address_of_the_web_is_a_link(address):
    assert Read(link_web(address, "A")).elements == [("a", [("href", address), ("rel", "external")])]


@pytest.mark.parametrize(
    "address",
    ["javascript:p()", "JaVaScRiPt:p()", "java\tscript:p()", " javascript:p()", "data:text/html,a", "vbscript:a",
     "file:///etc/passwd", "//evil.example", "https:", "https:///a", "http://", "https:evil", "see page 3", "https://a b"],
)  # fmt: skip
def test_any_other_address_is_text_that_a_reader_sees(address):
    read = Read(link_web(address, "A"))
    assert (read.elements, read.said) == ([], f"A ({address})")


def test_a_source_without_an_address_is_its_title():
    assert link_web("", "1 < 2") == "1 &lt; 2"


def table(*values: object) -> Table:
    return Table("t", "T", columns=(Column("a", "A"),), frame=as_frame([{"a": value} for value in values]))


def test_a_text_that_a_spreadsheet_would_take_for_a_formula_has_an_apostrophe_and_a_number_has_none():
    values = ["=1+1", "+a", "-a", "@a", "\ta", "\ra", "＝a", "'=a", -5, -0.5, "a=1", "'a", Html("&#61;1")]
    shown = list(csv.reader(io.StringIO(table(*values).csv(), newline="")))
    assert [row[0] for row in shown[1:]] == [
        "'=1+1", "'+a", "'-a", "'@a", "'\ta", "'\na", "'＝a", "''=a", "-5", "-0.5", "a=1", "'a", "'=1",
    ]  # fmt: skip


@given(st.text(st.sampled_from("'=+-@\t\na1")))
def test_a_cell_is_read_as_the_text_that_was_written_and_never_as_a_formula(text):
    assert unguard_formula(guard_formula(text)) == text
    assert not guard_formula(text).startswith(("=", "+", "-", "@", "\t", "\r"))


def test_a_cell_of_a_table_is_html_only_where_the_code_says_so():
    read = Read(table("<b>bold</b>", fill("<i>{a}</i>", a="<u>")).html())
    inside = [tag for tag, _ in read.elements if tag in ("b", "i", "u")]
    assert (inside, table(Html("<i>&lt;u></i>")).text()) == (["i"], "T\nA\n<u>")


def test_no_line_ends_inside_of_a_range_of_numbers():
    body = '<p title="5–7">5–7% in 2021–2025, 1.5–2,000 – 3–a</p><svg><text>5–7</text></svg>'
    whole = [f'<span class="unbroken">{one}</span>' for one in ("5–7%", "2021–2025", "1.5–2,000")]
    assert keep_ranges(body) == body.replace("5–7% in 2021–2025, 1.5–2,000", f"{whole[0]} in {whole[1]}, {whole[2]}")
