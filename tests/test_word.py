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
from promotion_book.report.sources import PAGE as LIST_PAGE
from promotion_book.report.tables_file import PageTable
from promotion_book.running.data_package import zip_package
from promotion_book.running.named_files import EPOCH, make_zip, read_zip
from promotion_book.site.about import About
from promotion_book.site.copies.report_parts import read_parts
from promotion_book.site.copies.word_report import find_template, write_report
from promotion_book.site.store import SiteError
from promotion_book.words.language import LANGUAGES
from promotion_book.words.translation import load_language

START = """<html><body><article><p class="verdict">2 of 3 targets are met.</p><ul class="verdict-points"><li>One is <b>not</b>.</li></ul>
<ul class="headline-tiles"><li><p class="tile-figure">117</p><p class="tile-name"><a href="x.html">Pots &amp; jars</a></p>
<span class="tile-time">2025</span><p class="tile-target">Target for 2025: 120<br><strong>✕ missed: 117 ✕</strong></p><p class="cell-source"><a href="{page}#src_3">A letter</a></p></li></ul>
<table class="report-table"><tbody><tr><th scope="row"><a href="../notebooks/pots.html">Pots</a></th><td>✓ met: 2<br>✕ missed: 1</td>
<td>117 <span class="cell-source"><a href="{page}#src_1">A paper</a></span><svg></svg></td><td>none</td></tr></tbody></table></article></body></html>"""
PAGE = """<html><body><article><details class="above-input">code</details><p id="findings"><strong>✓ Met.</strong> 117 pots.</p>
<div id="table-period_results"><table><tr><th scope="row">Pots</th></tr></table></div>
<div id="table-all_figures"><table><tr><th scope="row">Pots</th><td><a href="{page}#src_2">Another paper</a></td></tr>
<tr><th scope="row">Pots</th><td><a href="{page}#src_3">A letter</a></td></tr></table></div>
<figure class="report-figure"><figcaption><p class="figure-title"><a class="exhibit-number">Figure 7.2</a> Pots grow</p><p class="figure-subtitle">Pots a year</p></figcaption>
<img src="results/pots/pots.svg" alt="Chart: pots grow."><a href="results/pots/pots.png" download>PNG</a>
<p class="figure-sources"><a href="{page}#src_1">A paper</a></p>
<table><tr><td><a href="{page}#src_4">Numbers</a></td></tr></table></figure>
<div class="commentary"><p>A good year.</p><h3>{difficulties}</h3><h4>Clay</h4><ul><li>Clay is dear.</li><li>Rain.</li></ul>
<h3>{proposals}</h3><p>Buy clay.</p></div></article></body></html>"""
COLUMNS = ["indicator_id", "planned", "done_shown", "rate_shown", "before_shown"]
RECORD = {
    "name": "period_results",
    "note": "Pots to May.",
    "columns": [{"key": key} for key in COLUMNS],
    "rows": [
        [
            {"text": text, "value": "pots"}
            for text in ("Pots <b>", "120", "117", "98%", "VND\N{NO-BREAK SPACE}2 billion")
        ]
    ],
    "raw": [{"key": "done", "values": [117]}],
}
FIGURES = {
    "name": "all_figures",
    "columns": [{"key": key} for key in ("indicator_id", "source")],
    "rows": [[{"text": text, "value": "pots"} for text in ("Pots", "A paper")]] * 2,
    "raw": [{"key": "value", "values": [100, 117]}, {"key": "low", "values": [None, None]}],
}
SOURCES = {
    "name": "sources",
    "columns": [{"key": key} for key in ("title", "label", "published")],
    "rows": [
        [{"text": text} for text in ("On pots", "A paper, 2025", "1 May 2025")],
        [{"text": text} for text in ("On rain", "Another paper, 2025", "2 May 2025")],
        [{"text": text} for text in ("On jars", "A letter, 2024", "3 May 2024")],
    ],
}
LIST = """<html><body><article><div id="table-sources"><table><tbody><tr><th scope="row"><span id="src_1"><a href="https://paper.example">On pots</a></span></th></tr>
<tr><th scope="row"><span id="src_2">On rain</span></th></tr><tr><th scope="row"><span id="src_3">On jars</span><br><span class="cell-source">A copy.</span></th></tr>
</tbody></table></div></article></body></html>"""
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


def parts(code: str = "en", **pages: str):
    """What the report says of a book with a start page and the page of a programme."""
    words, picture = load_language(code), io.BytesIO()
    headings = {"difficulties": words.text("Difficulties and causes"), "proposals": words.text("Proposals")}
    about = PngInfo()
    about.add_text(TITLE_SHARE, "0.2500")
    about.add_text(CREDIT_SHARE, "0.1000")
    Image.new("RGB", (40, 20), "white").save(picture, "PNG", pnginfo=about)
    book = {
        "book/index.html": pages.get("start", START).format(page=f"../notebooks/{LIST_PAGE}"),
        "notebooks/pots.html": pages.get("pots", PAGE).format(page=LIST_PAGE, **headings),
    }
    book[f"notebooks/{LIST_PAGE}"] = LIST
    files = {name: page.encode() for name, page in book.items()}
    tables = [
        PageTable(RECORD, "notebooks/pots", ""),
        PageTable(FIGURES, "notebooks/pots", ""),
        PageTable(SOURCES, f"notebooks/{LIST_PAGE.removesuffix('.html')}", ""),
    ]
    return read_parts({**files, "notebooks/results/pots/pots.png": picture.getvalue()}, tables, words)


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
            "source": "A letter",
        }
    ]
    assert said["programmes"] == [["Pots", "met: 2\nmissed: 1", "117 (A paper)", "none"]]


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
        "results": [["Pots <b>", "120", "117", "98%", "VND 2 billion", "–", "–", "A letter"]],
        "note": "Pots to May.",
        "assessment": ["A good year."],
        "difficulties": ["Clay", "Clay is dear.", "Rain."],
        "tasks": [],
        "proposals": ["Buy clay."],
    }
    named = [("Pots", "Clay"), ("", "Clay is dear."), ("", "Rain.")]
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
    pots = PAGE.replace("<strong>✓ Met.</strong> 117 pots.", "Pots: ✓ Met. 5–7% in 2021–2025.")
    joiner = "\N{ZERO WIDTH NO-BREAK SPACE}"
    assert parts(pots=pots)["chapters"][0]["finding"] == f"Pots: Met. 5–{joiner}7% in 2021–{joiner}2025."


def test_the_programmes_of_the_results_table_and_their_rows_are_numbered_as_they_come_in_it():
    said = parts()
    (chapter,) = said["chapters"]
    document = docx.Document(io.BytesIO(written("en", said | {"chapters": [chapter | {"results": []}, chapter]})))
    assert [row.cells[0].text for row in document.tables[-3].rows] == ["No.", "1", "1.1"]


@pytest.mark.parametrize(("verdict", "count"), [("? Cannot be judged.", 1), ("", 1), ("✓ Met.", 0)])
def test_a_finding_that_leaves_a_target_open_has_a_place_for_the_figure_of_the_office(verdict, count):
    said = parts("en", pots=PAGE.replace("✓ Met.", verdict))
    text = "\n".join(p.text for p in docx.Document(io.BytesIO(written("en", said))).paragraphs)
    assert text.count("[Figure of the department: …]") == count


def test_what_a_book_does_not_have_is_empty():
    said = parts(start="<html><body><article><h1>Pots</h1></article></body></html>")
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
