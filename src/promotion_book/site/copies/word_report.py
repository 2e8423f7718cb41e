"""The report that is signed: an edition in a language as a document of Word, through a template that an office may replace.

    content = write_report(data, parts, about, words)

A template is a document with the tags of docxtpl: `{{ place }}`, and a loop over `chapters`, `results` or `sources`; which
parts there are, `report_parts` says. Headings, the rows of a table that repeat, fonts and the language are those of
the template. The same parts in the same template give the same bytes: the document holds the day of publication and no
clock. A picture has its alternative text.
"""

from __future__ import annotations

import io
import json
from collections.abc import Mapping
from datetime import datetime, time
from typing import Any
from zipfile import BadZipFile

from docx.opc.exceptions import PackageNotFoundError
from docx.oxml import OxmlElement
from docxtpl import DocxTemplate, InlineImage, RichText
from jinja2 import StrictUndefined, TemplateError
from jinja2.sandbox import SandboxedEnvironment

from promotion_book.facts.descriptor import DESCRIPTOR
from promotion_book.facts.place_settings import formal_name_of
from promotion_book.running.data_package import template_name
from promotion_book.running.named_files import make_zip, read_zip
from promotion_book.site.about import About
from promotion_book.site.copies.report_parts import Parts
from promotion_book.site.store import SiteError
from promotion_book.words.language import NON_BREAKING, Language
from promotion_book.words.translation import ROOT

WHOLE = 100_000  # what a document counts as the whole height of a picture
SMALL = 18  # half points: what stands below the title of a source


class ReportTemplateError(SiteError):
    """A template that cannot be filled: it is no document of Word, or has a tag that means nothing."""


class _Picture(InlineImage):  # type: ignore[misc]  # docxtpl has no types
    """A picture as wide as the text, with what it shows in words; cut off are its title, which the caption has, and the
    line on the edition."""

    def __init__(self, template: DocxTemplate, figure: Mapping[str, Any]) -> None:
        paper = template.get_docx().sections[0]
        width = paper.page_width - paper.left_margin - paper.right_margin
        super().__init__(template, io.BytesIO(figure["picture"]), width=width)
        self.alt = str(figure["alt"])
        self.cuts = {"t": float(figure["title_share"]), "b": float(figure["credit_share"])}

    def _insert_image(self) -> str:
        inline = self.tpl.current_rendering_part.new_pic_inline(self.image_descriptor, self.width, self.height)
        for named in inline.xpath(".//wp:docPr | .//pic:cNvPr"):
            named.set("descr", self.alt)
        for size in inline.xpath(".//wp:extent | .//a:ext"):
            size.set("cy", str(round(int(size.get("cy")) * (1 - sum(self.cuts.values())))))
        for picture in inline.xpath(".//a:blip"):
            rest = OxmlElement("a:srcRect")
            for side, cut in self.cuts.items():
                rest.set(side, str(round(cut * WHOLE)))
            picture.addnext(rest)
        return f'</w:t></w:r><w:r><w:drawing>{inline.xml}</w:drawing></w:r><w:r><w:t xml:space="preserve">'


def find_template(data: Mapping[str, bytes], language: str) -> bytes:
    """The template of a place in a language, as the files of its data hold it, or that of the book."""
    name = template_name(language)
    return data[name] if name in data else (ROOT / "book" / name).read_bytes()


def write_report(data: bytes, parts: Parts, about: About, *, words: Language) -> bytes:
    """The report of an edition, as a docx file.

    Args:
        data: its data package, with the template of the place and the name in its letterhead where it has them.

    Raises:
        ReportTemplateError: the template cannot be filled.
    """
    try:
        held = read_zip(data)
        place = formal_name_of(json.loads(held.get(DESCRIPTOR, b"{}")), words.code) or about.place
        document = DocxTemplate(io.BytesIO(find_template(held, words.code)))
        document.render(
            _context(document, parts, about) | {"formal_place": place.replace(" ", NON_BREAKING)},
            SandboxedEnvironment(undefined=StrictUndefined),
            autoescape=True,
        )
    except (BadZipFile, KeyError, PackageNotFoundError, TemplateError) as error:
        raise ReportTemplateError(f"the template of the report cannot be filled: {error}") from error
    _describe(document.docx.core_properties, about, words=words)
    out = io.BytesIO()
    document.save(out)
    return make_zip(read_zip(out.getvalue()))


def _context(document: DocxTemplate, parts: Parts, about: About) -> dict[str, Any]:
    """What the tags of a template stand for."""
    pictured = [
        chapter | {"picture": _Picture(document, chapter["figure"]) if chapter["figure"] else None}
        for chapter in parts["chapters"]
    ]
    return {
        **parts,
        "chapters": pictured,
        "results": [chapter for chapter in pictured if chapter["results"]],
        "sources": [source | {"link": _link(document, source)} for source in parts["sources"]],
        "title": about.title,
        "place": about.place,
        "period": about.period,
        "cut_off": about.known,
        "revision": f"{about.revision} {about.reason}".strip(),
        "author": about.author,
        "citation": about.citation,
    }


def _link(document: DocxTemplate, source: Mapping[str, str]) -> RichText:
    """The title of a source, leading to its address where it has one, and below it in small letters a note."""
    linked = {"url_id": document.build_url_id(source["address"]), "underline": True} if source["address"] else {}
    link = RichText(source["title"], **linked)
    if source["note"]:
        link.add(f"\n{source['note']}", size=SMALL)
    return link


def _describe(properties: Any, about: About, *, words: Language) -> None:
    """What the document says of itself."""
    day = datetime.combine(about.published, time())
    properties.title, properties.author, properties.last_modified_by = about.title, about.author, about.author
    properties.created = properties.modified = day
    properties.language, properties.revision = words.code, 1
