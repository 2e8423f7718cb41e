"""The report that is signed: what it says of a book, and the document of Word that it becomes."""

from __future__ import annotations

import io
import itertools
import json
from dataclasses import replace
from datetime import date
from zipfile import ZipFile

import docx
import pytest
from docx.oxml.ns import qn
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from folders import ROOT
from promotion_book.charts.caption import CREDIT_SHARE, TITLE_SHARE
from promotion_book.report.tables_file import PageTable
from promotion_book.running.data_package import zip_package
from promotion_book.running.named_files import EPOCH, make_zip, read_zip
from promotion_book.site.about import About
from promotion_book.site.copies.report_parts import read_parts
from promotion_book.site.copies.word_report import find_template, write_report
from promotion_book.site.store import SiteError
from promotion_book.words.language import LANGUAGES
from promotion_book.words.translation import load_language

LINKS = {"A paper, 2025": "sources_and_conflicts.html#src_1"}
TILE = {"name": "Pots & jars", "figure": "117", "time": "2025", "target": "120 (2025)", "status": "✕ missed: 117 ✕"}
START = {"verdict": ["2 of 3 targets are met.", "One is not."], "headlines": [TILE | {"sources": ["A letter, 2024"]}]}
POTS = {
    "finding": {"verdict": "✓ Met.", "said": "117 pots."},
    "commentary": {
        "sections": {
            "assessment": ["A good year."],
            "difficulties": ["Clay is dear.", "Rain."],
            "proposals": ["Buy clay."],
        },
        "sources": [],
    },
}
ABOUT_TABLE = {"alt": "", "caption": "", "subtitle": "", "note": "", "sources": [], "raw": []}


def record(name: str, keys: list[str], *rows: list[str], **about) -> dict:
    """The record of a table of texts."""
    columns = [{"key": key} for key in keys]
    return {"name": name, "columns": columns, "rows": [[{"text": text} for text in row] for row in rows]} | (
        ABOUT_TABLE | about
    )


GLANCE = record("programmes", ["programme", "targets", "figure", "ahead"])
GLANCE["rows"] = [
    [
        {"text": "Pots", "links": {"Pots": "pots.html"}},
        {"text": "✓ met: 2\n✕ missed: 1"},
        {"text": "117 (A paper, 2025)", "links": LINKS},
        {"text": "none"},
    ]
]
RESULTS = record(
    "period_results",
    ["indicator_id", "planned", "done_shown", "rate_shown", "before_shown"],
    ["Pots <b>", "120", "117", "98%", "VND\N{NO-BREAK SPACE}2 billion"],
    note="Pots to May.",
    raw=[{"key": "source_id", "values": ["src_3"]}],
)
PICTURE = {"caption": "Pots grow", "subtitle": "Pots a year", "alt": "Chart: pots grow.", "sources": ["A paper, 2025"]}
SOURCES = record(
    "sources",
    ["title", "label", "published"],
    ["On pots", "A paper, 2025", "1 May 2025"],
    ["On rain", "Another paper, 2025", "2 May 2025"],
    ["On jars", "A letter, 2024", "3 May 2024"],
    raw=[{"key": "source_id", "values": ["src_1", "src_2", "src_3"]}],
)
SOURCES["rows"][0][0]["links"] = {"On pots": "https://paper.example"}
SOURCES["rows"][2][0]["note"] = "A copy."
ABOUT = About(
    "Pots in Clay",
    "Clay",
    "2025",
    "Figures public by 31 March 2026.",
    "First published.",
    date(2026, 4, 30),
    "Potters & sons",
    "Potters & sons, Pots in Clay, r0.",
)


def parts(code: str = "en", start=START, pots=POTS, glance=GLANCE):
    """What the report says of a book with a start page and the page of a programme."""
    picture, about = io.BytesIO(), PngInfo()
    about.add_text(TITLE_SHARE, "0.2500")
    about.add_text(CREDIT_SHARE, "0.1000")
    Image.new("RGB", (40, 20), "white").save(picture, "PNG", pnginfo=about)
    book = {
        "notebooks/pots.html": b"",
        "notebooks/results/pots/pots.png": picture.getvalue(),
        "notebooks/results/summary.json": json.dumps({"results": start}).encode(),
        "notebooks/results/pots.json": json.dumps({"results": pots}).encode(),
    }
    tables = [
        PageTable(glance, "book/index", "Start", "notebooks/results/summary/programmes.csv"),
        PageTable(RESULTS, "notebooks/pots", "Pots", "notebooks/results/pots/period_results.csv"),
        PageTable(record("pots", [], **PICTURE), "notebooks/pots", "Pots", "notebooks/results/pots/pots.csv"),
        PageTable(SOURCES, "notebooks/sources_and_conflicts", "Sources", "sources.csv"),
    ]
    return read_parts(book, tables, load_language(code))


def test_the_report_says_what_the_start_page_comes_to():
    said = parts()
    assert (said["verdict"], said["summary"]) == ("2 of 3 targets are met.", "One is not.")
    assert said["headlines"] == [
        {
            "name": "Pots & jars",
            "figure": "117",
            "time": "2025",
            "target": "120 (2025)",
            "status": "missed: 117 (target missed)",
            "source": "A letter, 2024",
        }
    ]
    assert said["programmes"] == [["Pots", "met: 2\nmissed: 1", "117 (A paper, 2025)", "none"]]


def test_a_programme_has_its_finding_picture_results_and_commentary_by_section():
    said = parts()
    (chapter,) = said["chapters"]
    figure = {"picture": chapter["figure"]["picture"], "alt": "Chart: pots grow.", "caption": "Figure 1. Pots grow"}
    figure |= {"subtitle": "Pots a year", "title_share": 0.25, "credit_share": 0.1}
    assert chapter == {
        "number": 1,
        "name": "Pots",
        "finding": "Met. 117 pots.",
        "open": False,
        "figure": figure,
        "results": [["Pots <b>", "120", "117", "98%", "VND 2 billion", "–", "–", "A letter, 2024"]],
        "note": "Pots to May.",
        "assessment": ["A good year."],
        "difficulties": ["Clay is dear.", "Rain."],
        "tasks": [],
        "proposals": ["Buy clay."],
    }
    named = [("Pots", "Clay is dear."), ("", "Rain.")]
    assert [(part["name"], part["text"]) for part in said["difficulties"]] == named


def test_the_annex_lists_the_sources_of_what_the_report_shows_by_their_names_with_their_addresses_and_notes():
    told = ("label", "title", "address", "note")
    assert [tuple(source[key] for key in told) for source in parts()["sources"]] == [
        ("A letter, 2024", "On jars", "", "A copy."),
        ("A paper, 2025", "On pots", "https://paper.example", ""),
    ]


def test_a_title_in_the_annex_leads_to_the_address_of_its_source(report):
    _, document = report
    linked = {rel.target_ref for rel in document.part.rels.values() if rel.is_external}
    assert linked == {"https://paper.example"}
    assert [link.text for p in document.tables[-1]._cells for q in p.paragraphs for link in q.hyperlinks] == ["On pots"]


def test_a_note_on_a_source_stands_below_its_title(report):
    _, document = report
    assert [cell.text for cell in document.tables[-1].columns[1].cells][1:] == ["On jars\nA copy.", "On pots"]


def test_no_sign_stands_before_the_words_of_a_status_and_no_line_ends_inside_of_a_range():
    pots = {"finding": {"verdict": "Pots: ✓ Met.", "said": "5–7% in 2021–2025."}}
    joiner = "\N{ZERO WIDTH NO-BREAK SPACE}"
    assert parts(pots=pots)["chapters"][0]["finding"] == f"Pots: Met. 5–{joiner}7% in 2021–{joiner}2025."


def test_the_programmes_of_the_results_table_and_their_rows_are_numbered_as_they_come_in_it():
    said = parts()
    (chapter,) = said["chapters"]
    document = docx.Document(io.BytesIO(written("en", said | {"chapters": [chapter | {"results": []}, chapter]})))
    assert [row.cells[0].text for row in document.tables[-3].rows] == ["No.", "1", "1.1"]


@pytest.mark.parametrize(("verdict", "count"), [("? Cannot be judged.", 1), ("", 1), ("✓ Met.", 0)])
def test_a_finding_that_leaves_a_target_open_has_a_place_for_the_figure_of_the_office(verdict, count):
    said = parts(pots={"finding": {"verdict": verdict, "said": "117 pots."}})
    text = "\n".join(p.text for p in docx.Document(io.BytesIO(written("en", said))).paragraphs)
    assert text.count("[Figure of the department: …]") == count


def test_what_a_book_does_not_have_is_empty():
    said = parts(start={}, glance=record("programmes", []))
    assert {key for key, value in said.items() if value} == set()


def written(code: str, said=None) -> bytes:
    """The report through the template of the book."""
    return write_report(make_zip({}), said or parts(code), ABOUT, words=load_language(code))


@pytest.fixture(scope="module", params=LANGUAGES)
def report(request):
    """The language and the document of a report."""
    return request.param, docx.Document(io.BytesIO(written(request.param)))


def test_every_tag_of_the_template_is_filled_and_what_is_said_stands_as_it_is(report):
    _, document = report
    text = "\n".join(node.text or "" for node in document.element.body.iter(qn("w:t")))
    assert [sign for sign in ("{{", "{%", "&lt;", "&amp;") if sign in text] == []
    assert [said for said in ("Pots <b>", "A good year.", "Rain.", "Buy clay.", "117 pots.") if said not in text] == []


def test_headings_begin_at_the_first_level_and_leave_none_out(report):
    _, document = report
    levels = [int(p.style.name[-1]) for p in document.paragraphs if p.style.name.startswith("Heading")]
    assert levels[0] == 1
    assert [(a, b) for a, b in itertools.pairwise(levels) if b > a + 1] == []


def test_the_first_row_of_every_table_repeats_on_each_page(report):
    _, document = report
    tables = [table for table in document.tables if len(table.rows) > 1]
    assert len(tables) == 4
    assert [bool(table.rows[0]._tr.xpath("./w:trPr/w:tblHeader")) for table in tables] == [True] * 4


def test_every_picture_says_what_it_shows(report):
    _, document = report
    pictures = document.element.body.xpath(".//wp:docPr")
    assert [picture.get("descr") for picture in pictures] == ["Chart: pots grow."]


def test_a_picture_is_as_wide_as_the_text(report):
    _, document = report
    paper, (size,) = document.sections[0], document.element.body.xpath(".//pic:pic//a:ext")
    assert int(size.get("cx")) == paper.page_width - paper.left_margin - paper.right_margin


def test_a_picture_leaves_its_title_to_the_caption_and_its_credit_to_the_report(report):
    _, document = report
    (picture,) = document.element.body.xpath(".//pic:pic")
    (size,) = picture.xpath(".//a:ext")
    assert picture.xpath(".//a:srcRect/@t | .//a:srcRect/@b") == ["25000", "10000"]
    assert int(size.get("cx")) * 20 * 0.65 / 40 == pytest.approx(int(size.get("cy")), abs=2)


def test_the_document_is_in_its_language_and_of_the_day_of_publication(report):
    code, document = report
    (lang,) = document.styles.element.xpath("./w:docDefaults//w:lang")
    about = document.core_properties
    assert (lang.get(qn("w:val"))[:2], about.language, about.title) == (code, code, "Pots in Clay")
    assert {about.created.date(), about.modified.date()} == {date(2026, 4, 30)}


def test_the_same_report_has_the_same_bytes_and_no_clock():
    content = written("vi")
    with ZipFile(io.BytesIO(content)) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {EPOCH}
    assert written("vi") == content


def test_a_section_that_nobody_wrote_is_marked_to_be_filled_in():
    said = parts() | {"tasks": []}
    text = "\n".join(p.text for p in docx.Document(io.BytesIO(written("en", said))).paragraphs)
    assert text.count("[To be filled in by the office.]") == 1


def own_template(text: str) -> bytes:
    """A template of one paragraph."""
    out, document = io.BytesIO(), docx.Document()
    document.add_paragraph(text)
    document.save(out)
    return out.getvalue()


def test_an_office_uses_its_own_template():
    package = make_zip({"report.vi.docx": own_template("Gửi {{ place }}: {{ verdict }}")})
    content = write_report(package, parts("vi"), ABOUT, words=load_language("vi"))
    assert [p.text for p in docx.Document(io.BytesIO(content)).paragraphs] == ["Gửi Clay: 2 of 3 targets are met."]
    assert find_template({}, "en") == (ROOT / "book" / "report.en.docx").read_bytes()


@pytest.mark.parametrize(
    ("place", "letterhead"),
    [
        ({}, "CLAY"),
        ({"name_vi": "Đất Sét"}, "ĐẤT\N{NO-BREAK SPACE}SÉT"),
        ({"formal_vi": "tỉnh Đất Sét"}, "TỈNH\N{NO-BREAK SPACE}ĐẤT\N{NO-BREAK SPACE}SÉT"),
    ],
)
def test_the_letterhead_names_the_place_as_its_data_do(place, letterhead):
    data = make_zip({"datapackage.json": json.dumps({"place": place}).encode()})
    content = write_report(data, parts("vi"), ABOUT, words=load_language("vi"))
    assert docx.Document(io.BytesIO(content)).tables[0].cell(0, 0).paragraphs[0].text == f"ỦY BAN NHÂN DÂN {letterhead}"


def test_a_revision_says_its_reason_in_the_report():
    about = replace(ABOUT, revision="Revision r1.", reason="Exports were counted twice.")
    content = write_report(make_zip({}), parts("vi"), about, words=load_language("vi"))
    assert "Revision r1. Exports were counted twice." in "\n".join(
        p.text for p in docx.Document(io.BytesIO(content)).paragraphs
    )


def test_the_template_of_an_office_is_kept_with_the_data_of_its_editions(small_folder):
    template = own_template("{{ verdict }}")
    (small_folder.path / "report.vi.docx").write_bytes(template)
    assert find_template(read_zip(zip_package(small_folder.path)), "vi") == template


@pytest.mark.parametrize("text", ["", "{{ plaice }}", "{% for %}"], ids=["no document", "unknown word", "no loop"])
def test_a_template_that_cannot_be_filled_is_refused(text):
    data = make_zip({"report.en.docx": own_template(text) if text else b"no document"})
    with pytest.raises(SiteError, match="the template of the report cannot be filled"):
        write_report(data, parts(), ABOUT, words=load_language("en"))
