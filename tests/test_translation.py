"""Two languages: complete catalogues that say the same, and numbers, dates and periods of each locale."""

from __future__ import annotations

import ast
import re
import unicodedata
from collections import Counter
from datetime import date
from functools import cache
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog

from builders import plain
from promotion_book.book import catalogues
from promotion_book.book.messages import Lost, code_messages, shown_texts
from promotion_book.report.context import Context
from promotion_book.words.language import Language
from promotion_book.words.translation import catalogue_path, load_language, read_catalogue, translated_languages

pytestmark = pytest.mark.xdist_group("catalogues")
ROOT = Path()
GLOSSARY = "book/glossary.md"
WITH_SOURCES = ("report", *catalogues.PROSE)
NAMES = {"WORDS": {"x": "c", "y": "d"}, "ONE": "e"}  # of a module
PO = [(code, domain) for code in translated_languages() for domain in (*WITH_SOURCES, "sphinx")]
every_catalogue = pytest.mark.parametrize(("code", "domain"), PO)
FIELD = re.compile(r"\{\{[^}]*\}\}|\{[^{}]*\}")
MARKUP = re.compile(r"\]\([^)]*\)|`[^`]*`|\$[^$]*\$|\*\*")
VIETNAMESE = load_language("vi")
COUNT = re.compile(r"(?<![Oo]f )(?<!the )(?<!all )(?<!\|)\{(n|all|count)\} (?:[a-z]+ )?[a-z]+s\b")
SEVERAL = re.compile(  # what is never said of one, or has its own words for one
    r"^\{n\} (acts|percentage points|sources|years)$|from \{n\} sources|\{n\} (years early|decimals)|\{n\} (pairs are not|projections of one)"
)
SHORTER = (  # other words for a reason: the name of a programme, the room in a title, another sense
    "Vocational and management training",
    "{name}: assumed and required paths to {end}",
    "{name}: no source was found that gives money and number for the same period, so no cost is given.",
)


@cache
def templates() -> dict[str, Catalog]:
    return catalogues.find_entries(ROOT.resolve())


@cache
def catalogue(code: str, domain: str) -> Catalog:
    return read_catalogue(ROOT, code, domain=domain)


def entries(code: str, domain: str) -> list[tuple[str, str]]:
    return [(str(e.id), str(e.string)) for e in catalogue(code, domain) if e.id]


@pytest.fixture
def vietnamese(known_in) -> Context:
    return Context(known_in("2025"), VIETNAMESE)


@every_catalogue
def test_every_entry_has_a_translation_that_is_neither_fuzzy_nor_obsolete(code, domain):
    found = catalogue(code, domain)
    assert [e.id for e in found if e.id and (not e.string or e.fuzzy)] == []
    assert list(found.obsolete) == []


@pytest.mark.parametrize("domain", WITH_SOURCES)
@pytest.mark.parametrize("code", translated_languages())
def test_renewing_a_catalogue_changes_nothing(code, domain):
    """Every message and paragraph has its entry, and no entry is without one; if not, run 'make catalogues'."""
    renewed = catalogues.translated_entries(templates()[domain], catalogue(code, domain))
    assert catalogues.catalogue_text(renewed, code).decode() == catalogue_path(ROOT, code, domain=domain).read_text(
        encoding="utf-8"
    )


@every_catalogue
def test_a_translation_fills_in_the_same_fields_and_leads_to_the_same_pages(code, domain):
    def parts(text: str) -> tuple[set[str], Counter[str]]:
        fields = {field for field in FIELD.findall(text) if "|" not in field}  # words for one and for several
        fields = {field.replace(":inside}", "}") for field in fields}  # a name inside of a sentence
        return fields, Counter(MARKUP.findall(text))

    assert [said for said, told in entries(code, domain) if parts(said) != parts(told)] == []


@every_catalogue
def test_a_translation_is_in_the_composed_form_and_ends_as_the_english_does(code, domain):
    ends = (".", "?", ":")
    told = entries(code, domain)
    assert [text for _, text in told if unicodedata.normalize("NFC", text) != text] == []
    assert [said for said, text in told if said.endswith(ends) and said[-1] != text[-1]] == []


def test_what_is_said_of_every_place_calls_none_a_city():
    assert [said for code, domain in PO for _, said in entries(code, domain) if "Thành phố" in said] == []


def test_a_count_has_its_words_for_one_beside_those_for_several():
    said = [text for text, _ in entries("vi", "report") if COUNT.search(text)]
    assert [text for text in said if not SEVERAL.search(text)] == []


def glossary() -> list[tuple[str, str]]:
    """The terms of the glossary of more than one word, which have one meaning."""
    rows = re.findall(r"^\| ([^|]+) \| ([^|]+) \| ", Path(GLOSSARY).read_text(encoding="utf-8"), re.MULTILINE)
    return [
        (said, re.sub(r" \(.*", "", told)) for said, told in rows if " " in said and "(" not in said and "," not in said
    ]


def test_a_term_of_the_glossary_has_one_word_in_every_catalogue():
    told = [pair for code, domain in PO for pair in entries(code, domain) if pair[0] not in SHORTER]
    assert (terms := glossary())
    assert [
        (term, text)
        for term, word in terms
        for text, translation in told
        if re.search(rf"\b{term}", text, re.IGNORECASE)
        and word.lower() not in translation.lower()
        and translation != text
    ] == []


def test_a_term_of_the_glossary_is_a_word_of_another_page_or_of_the_data():
    """In one of the languages: a table may use a word that prose paraphrases."""
    every = [e for domain in WITH_SOURCES for e in catalogue("vi", domain) if e.id]
    prose = [f"{e.id}\n{e.string}" for e in every if [path for path, _ in e.locations] != [GLOSSARY]]
    words = "\n".join([*prose, *(path.read_text("utf-8") for path in Path("data").rglob("*.csv"))]).lower()
    terms = re.findall(r"^\| ([^|]+) \| ([^|]+) \| [^|]+ \|$", Path(GLOSSARY).read_text("utf-8"), re.MULTILINE)
    assert [
        term
        for term, *told in terms
        if term not in ("English", "---")
        and not any(re.sub(r" \(.*|,.*", "", t).lower() in words for t in (term, *told))
    ] == []


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("language.text('a')", ["a"]),
        ("context.language.text('a ' 'b', n=1)", ["a b"]),
        ("def f(done):\n text = language.text\n return text('a' if done else 'b')", ["a", "b"]),
        ("def f(some):\n said = 'a' if some else 'b'\n return language.text(said)", ["a", "b"]),
        ("def f(some):\n said = 'a'\n said = 'b' if some else said\n return language.text(said)", ["a", "b"]),
        ("lambda key: language.text(WORDS[key])", ["c", "d"]),
        ("language.text(ONE)", ["e"]),
        ("page.table(exports, caption=_('a {n}', n=1))", ["a {n}"]),
        ("""f(g(language.text('a')), f"{language.text('b')}")""", ["a", "b"]),
        ("figure.text()", []),
    ],
)
def test_a_message_is_found_where_it_is_written(said, found):
    assert list(code_messages(ast.parse(said), NAMES)) == found


def test_what_a_notebook_calls_a_table_or_a_figure_is_a_message_as_it_stands():
    said = (
        "page.table(a, caption='A', name='b', note=_('c'), columns={'d': ('D', page.percent), 'e': 'E', 'f': (g, h)})"
    )
    assert list(shown_texts(ast.parse(said, mode="eval").body)) == ["A", "D", "E"]


@pytest.mark.parametrize(
    "said",
    [
        "def f(said):\n return language.text(said)",
        "language.text(row.note)",
        "language.text('a' + 'b')",
    ],
)
def test_a_message_that_cannot_be_followed_is_named(said):
    assert [type(text) for text in code_messages(ast.parse(said), NAMES)] == [Lost]


def test_a_message_without_a_translation_is_said_in_english():
    assert VIETNAMESE.text("nonsense {n}", n=1) == Language("en").text("nonsense {n}", n=1) == "nonsense 1"


@pytest.mark.parametrize(
    ("indicator", "value", "written"),
    [
        ("rural_jobs", 50_000, "50.000 việc làm"),
        ("kip_budget", 2e11, "200 tỷ đồng"),
        ("kip_revenue", 76.8e12, "76.800 tỷ đồng"),
        ("kip_budget_usd", 8.63e6, "8,63 triệu USD"),
        ("exports_growth", -2.4, "−2,4%"),
        ("iip", 103.03, "103,03"),
    ],
)
def test_figures_are_written_as_in_vietnamese(vietnamese, indicator, value, written):
    assert plain(vietnamese.numbers.of(indicator, value)) == written


@pytest.mark.parametrize(
    ("label", "written"),
    [
        ("2024", "năm 2024"),
        ("2024-H1", "6 tháng đầu năm 2024"),
        ("2024-Q3", "quý III năm 2024"),
        ("2016-2020", "giai đoạn 2016–2020"),
        ("2019-9M", "9 tháng đầu năm 2019"),
        ("2024-07", "tháng 7/2024"),
        ("2024-02", "tháng 02/2024"),
        ("2024-09-10", "10/9/2024"),
        ("2019-04-01", "01/4/2019"),
        ("2027-01-15", "15/01/2027"),
        ("2018-05-15/..", "từ ngày 15/5/2018"),
    ],
)
def test_periods_are_written_as_in_vietnamese(vietnamese, label, written):
    assert vietnamese.period(label) == written


def test_days_and_lists_are_written_as_in_vietnamese():
    assert VIETNAMESE.day(date(2026, 3, 31)) == "31/3/2026"
    assert VIETNAMESE.join_list(["a", "b", "c"]) == "a, b và c"
    assert VIETNAMESE.join_list(["5,5%", "8%", "9%"]) == "5,5%; 8% và 9%"
    assert Language("en").join_list(["1,350", "8", "9"]) == "1,350, 8 and 9"
