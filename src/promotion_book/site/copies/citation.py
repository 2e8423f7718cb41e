"""An edition described for those who cite it and for search engines: CITATION.cff, BibTeX, and schema.org Dataset.

Sources: Citation File Format 1.2.0; schema.org Dataset with the properties that Google's dataset search reads.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import yaml

from promotion_book.book.downloads import download_links, pdf_link
from promotion_book.facts.place_settings import LICENCE, LICENCE_ADDRESS
from promotion_book.site.about import about, abstract
from promotion_book.site.manifest import START, Manifest
from promotion_book.words.language import Language
from promotion_book.words.markup import Html, dump_for_script, fill
from promotion_book.words.translation import load_language

KINDS = {
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".pdf": "application/pdf",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".zip": "application/zip",
}
TEX = re.compile(r"[\\&%$#_~^{}]")  # what TeX reads as a sign of its own
TEX_WORDS = {"\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}"}
TEX_WORDS |= {"{": r"\textbraceleft{}", "}": r"\textbraceright{}"}  # BibTeX counts braces, also those after a backslash


def citation(manifest: Manifest) -> str:
    """How a revision is cited, as CITATION.cff, in its first language."""
    words = load_language(manifest.languages[0])
    told = about([manifest], words)
    record = {
        "cff-version": "1.2.0",
        "message": words.text("If you use the figures, please cite this edition as below."),
        "type": "dataset",
        "title": told.title,
        "authors": [{"name": told.author}],
        "version": f"r{manifest.revision}",
        "date-released": manifest.published_on,
        "license": LICENCE,
        **({"url": told.address} if told.address else {}),
        **({"repository-code": manifest.repository} if manifest.repository else {}),
        "abstract": abstract(manifest, words),
    }
    return yaml.safe_dump(record, sort_keys=False, allow_unicode=True, width=1000)


def bibtex(manifest: Manifest, words: Language) -> str:
    """A revision as an entry for BibTeX, in UTF-8."""
    told = about([manifest], words)
    fields = {
        "author": f"{{{TEX.sub(_to_tex, told.author)}}}",
        "title": f"{{{TEX.sub(_to_tex, told.title)}}}",
        "year": str(manifest.day.year),
        "edition": f"r{manifest.revision}",
        "language": words.code,
    }
    lines = [f"  {name} = {{{said}}}," for name, said in fields.items()]
    where = [f"  url = {{{told.address}}},"] if told.address else []
    return "\n".join([f"@misc{{{manifest.folder.replace('/', '-')}-{words.code},", *lines, *where, "}"])


def _to_tex(sign: re.Match[str]) -> str:
    return TEX_WORDS.get(sign[0], f"\\{sign[0]}")


def dataset(history: Sequence[Manifest], words: Language) -> Html:
    """The newest of an edition's revisions as schema.org Dataset, for the head of its start page."""
    shown, first, told = history[0], history[-1], about(history, words)
    record = {
        "@context": "https://schema.org",
        "@type": "Dataset",
        "name": told.title,
        "description": abstract(shown, words),
        "license": LICENCE_ADDRESS,
        "creator": {"@type": "Organization", "name": told.author},
        "version": f"r{shown.revision}",
        "identifier": shown.folder,
        "datePublished": first.published_on,
        "dateModified": shown.published_on,
        "temporalCoverage": "/".join(shown.covers),
        "spatialCoverage": {"@type": "Place", "name": told.place},
        "variableMeasured": list(shown.names[words.code]["programmes"]),
        "inLanguage": words.code,
        "isAccessibleForFree": True,
        "distribution": _distribution(shown, told.address or "../" * (START.count("/") + 1), words=words),
        **({"url": f"{shown.address}{shown.edition.folder}/{words.code}/"} if shown.address else {}),
    }
    return fill('<script type="application/ld+json">{record}</script>', record=dump_for_script(record))


def _distribution(manifest: Manifest, folder: str, *, words: Language) -> list[dict[str, Any]]:
    """The downloads, by their addresses in the world, or else from the start page."""
    found = [pdf_link(manifest.place, manifest.period, words=words)] if manifest.printer else []
    found += download_links(manifest.place, manifest.period, words=words)
    return [
        {"@type": "DataDownload", "encodingFormat": kind, "name": label, "contentUrl": folder + name}
        for name, label in found
        if (kind := KINDS.get(Path(name).suffix))
    ]
