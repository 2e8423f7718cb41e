"""The manifest of a revision: all that the site knows of it, beside its files.

    hanoi/2025/r0/manifest.json

It names what went in (the sha256 of each input, the parameters of each page, the cut-off day), what came out
(the sha256 of each file, as built and as published), and for a later revision why it was made. Nothing in it
but the day of publication is of the moment. Every page of the site itself is made from manifests.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from promotion_book.display.language import LANGUAGES
from promotion_book.facts.calendar import age
from promotion_book.publishing.downloads import MANIFEST

START = "book/index"


@dataclass(frozen=True)
class Note:
    """Why a revision was made: a word of `display.words.CHANGES`, and the reason, by language.

    An empty kind is filled in from the figures that changed.
    """

    kind: str
    reason: Mapping[str, str]

    def told(self, language: str) -> tuple[str, str]:
        """The reason in a language where it has one, else in its first; the language that it is in comes first."""
        code = language if language in self.reason else next(iter(self.reason))
        return code, self.reason[code]


@dataclass(frozen=True)
class Manifest:
    """One revision of one edition. Days are texts, as 2026-11-22.

    `names` are those of place, period, programmes and pages, and `parameters` those of each page, by language; `built`
    holds the files of which publication made others, `files` all as they are published; `touched` are the pages
    that say something else than in the revision before; `figures` what changed in the figures since; `printer` is the
    program that printed the PDFs, empty where there are none.
    """

    place: str
    period: str
    revision: int
    published_on: str
    cut_off: str
    covers: tuple[str, str]
    version: str
    author: str
    address: str
    names: Mapping[str, Mapping[str, Any]]
    calendar: tuple[Mapping[str, str], ...]
    counts: Mapping[str, int]
    inputs: Mapping[str, str]
    parameters: Mapping[str, Mapping[str, Any]]
    printer: str = ""
    note: Note | None = None
    touched: tuple[str, ...] = ()
    figures: tuple[Mapping[str, Any], ...] = ()
    built: Mapping[str, str] = field(default_factory=dict)
    files: Mapping[str, str] = field(default_factory=dict)

    @property
    def languages(self) -> list[str]:
        """The languages that it is in, in the order of the report."""
        return list(self.names)

    @property
    def published(self) -> tuple[str, tuple[date, int], int]:
        """Orders revisions by their publication, and those of one day by their period."""
        return self.published_on, age(self.period), self.revision

    @property
    def day(self) -> date:
        """The day of publication."""
        return date.fromisoformat(self.published_on)

    @property
    def edition(self) -> str:
        """The folder of the edition in the site, which shows its newest revision."""
        return f"{self.place}/{self.period}"

    @property
    def folder(self) -> str:
        """The folder of the revision in the site."""
        return f"{self.edition}/r{self.revision}"

    def as_built(self) -> dict[str, str]:
        """The sha256 of the files of the books as they were built."""
        books = {name: sha for name, sha in self.files.items() if name.partition("/")[0] in self.names}
        return {**books, **self.built}

    def pages(self, language: str) -> dict[str, str]:
        """The titles of the pages in a language, by their names: book/index."""
        return dict(self.names[language]["pages"])

    def text(self) -> str:
        """The manifest as it lies in the site."""
        return json.dumps(asdict(self), ensure_ascii=False, indent=1) + "\n"


def read_manifest(path: Path) -> Manifest:
    """The manifest in a file."""
    record = json.loads(path.read_text(encoding="utf-8"))
    lists = {name: tuple(record[name]) for name in ("covers", "calendar", "touched", "figures")}
    return Manifest(**{**record, **lists, "note": Note(**record["note"]) if record["note"] else None})


def manifests(site: Path) -> list[Manifest]:
    """All revisions of a site: places in order, the newest edition of each first, its newest revision first."""
    found = [read_manifest(path) for path in site.glob(f"*/*/r*/{MANIFEST}")]
    newest = sorted(found, key=lambda m: (age(m.period), m.revision), reverse=True)
    return sorted(newest, key=lambda m: m.place)


def newest(found: Iterable[Manifest]) -> list[Manifest]:
    """The newest revision of each edition, in the order of `manifests`."""
    first: dict[str, Manifest] = {}
    for manifest in found:
        first.setdefault(manifest.edition, manifest)
    return list(first.values())


def last_published(found: Iterable[Manifest]) -> Manifest:
    """The revision that was published last; it knows the calendar and the address of the site best."""
    return max(found, key=lambda m: m.published)


def corrections(history: Iterable[Manifest]) -> list[Manifest]:
    """The revisions of an edition that correct an error, oldest first."""
    return [m for m in sorted(history, key=lambda m: m.revision) if m.note and m.note.kind == "error"]


def languages(found: Iterable[Manifest]) -> list[str]:
    """The languages that any of some revisions is in, in the order of the report."""
    spoken = {code for manifest in found for code in manifest.names}
    return [code for code in LANGUAGES if code in spoken]
