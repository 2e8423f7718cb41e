"""An edition described for those who cite it and for search engines: CITATION.cff, and schema.org Dataset.

Sources: Citation File Format 1.2.0; schema.org Dataset with the properties that Google's dataset search reads.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from promotion_book.book.downloads import download_links, pdf_link
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
TEX = re.compile(r"[\\&%$#_~^]")  # what TeX reads as a sign of its own; braces keep a field together
LICENCE, LICENCE_ADDRESS = "CC-BY-4.0", "https://creativecommons.org/licenses/by/4.0/"


def title(manifest: Manifest, words: Language) -> str:
    """The title of an edition."""
    names = manifest.names[words.code]
    return words.text("Industrial promotion in {place}, {period}", place=names["place"], period=names["period"])


def citation(manifest: Manifest) -> str:
    """How a revision is cited, as CITATION.cff, in its first language."""
    words = load_language(manifest.languages[0])
    record = {
        "cff-version": "1.2.0",
        "message": words.text("If you use the figures, please cite this edition as below."),
        "type": "dataset",
        "title": title(manifest, words),
        "authors": [{"name": manifest.author_in(words.code)}],
        "version": f"r{manifest.revision}",
        "date-released": manifest.published_on,
        "license": LICENCE,
        **({"url": address_of(manifest)} if manifest.address else {}),
        **({"repository-code": manifest.repository} if manifest.repository else {}),
        "abstract": abstract(manifest, words),
    }
    return yaml.safe_dump(record, sort_keys=False, allow_unicode=True, width=1000)


def citation_sentence(manifest: Manifest, words: Language) -> str:
    """How a revision is cited, as a sentence; its address stands at the end, where it has one."""
    day = words.day(manifest.day)
    said = {
        "author": manifest.author_in(words.code),
        "title": title(manifest, words),
        "n": manifest.revision,
        "day": day,
    }
    sentence = words.text("{author}, {title}, r{n}, {day}.", **said)
    return f"{sentence} {address_of(manifest)}".strip()


def bibtex(manifest: Manifest, words: Language) -> str:
    """A revision as an entry for BibTeX, in UTF-8."""
    fields = {
        "author": f"{{{manifest.author_in(words.code)}}}",
        "title": f"{{{title(manifest, words)}}}",
        "year": str(manifest.day.year),
        "edition": f"r{manifest.revision}",
        "language": words.code,
    }
    lines = [f"  {name} = {{{TEX.sub(_to_tex, said)}}}," for name, said in fields.items()]
    where = [f"  url = {{{address_of(manifest)}}},"] if manifest.address else []
    return "\n".join([f"@misc{{{manifest.folder.replace('/', '-')}-{words.code},", *lines, *where, "}"])


def _to_tex(sign: re.Match[str]) -> str:
    return {"\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}"}.get(
        sign[0], f"\\{sign[0]}"
    )


def address_of(manifest: Manifest) -> str:
    """The address of a revision in the world; or empty."""
    return f"{manifest.address}{manifest.folder}/" if manifest.address else ""


def abstract(manifest: Manifest, words: Language) -> str:
    """What an edition is, in a few words."""
    return words.text(
        "The promotion of industry, crafts and rural establishments in {place}: what was public by {day}, each figure "
        "with its source. Figures: {figures}; targets: {targets}; sources: {sources}.",
        place=manifest.names[words.code]["place"],
        day=words.day(date.fromisoformat(manifest.cut_off)),
        **{name: manifest.counts[name] for name in ("figures", "targets", "sources")},
    )


def dataset(history: Sequence[Manifest], words: Language) -> Html:
    """The newest of an edition's revisions as schema.org Dataset, for the head of its start page."""
    shown, first = history[0], history[-1]
    record = {
        "@context": "https://schema.org",
        "@type": "Dataset",
        "name": title(shown, words),
        "description": abstract(shown, words),
        "license": LICENCE_ADDRESS,
        "creator": {"@type": "Organization", "name": shown.author_in(words.code)},
        "version": f"r{shown.revision}",
        "identifier": shown.folder,
        "datePublished": first.published_on,
        "dateModified": shown.published_on,
        "temporalCoverage": "/".join(shown.covers),
        "spatialCoverage": {"@type": "Place", "name": shown.names[words.code]["place"]},
        "variableMeasured": list(shown.names[words.code]["programmes"]),
        "inLanguage": words.code,
        "isAccessibleForFree": True,
        "distribution": _distribution(shown, words),
        **({"url": f"{shown.address}{shown.edition.folder}/{words.code}/"} if shown.address else {}),
    }
    return fill('<script type="application/ld+json">{record}</script>', record=dump_for_script(record))


def _distribution(manifest: Manifest, words: Language) -> list[dict[str, Any]]:
    """The downloads, by their addresses in the world, or else from the start page."""
    folder = address_of(manifest) or "../" * (START.count("/") + 1)
    found = [pdf_link(manifest.place, manifest.period, words=words)] if manifest.printer else []
    found += download_links(manifest.place, manifest.period, words=words)
    return [
        {"@type": "DataDownload", "encodingFormat": kind, "name": label, "contentUrl": folder + name}
        for name, label in found
        if (kind := KINDS.get(Path(name).suffix))
    ]
