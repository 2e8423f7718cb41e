"""The manifest of a revision: all that the site knows of it, beside its files.

    hanoi/2025/r0/manifest.json

It names what went in (the sha256 of each input, the parameters of each page, the cut-off day, the commit), what
came out (the sha256 of each file, as built and as published), the manifest of the revision before, and for a later
revision why it was made. Nothing in it but the day of publication is of the moment. Every page of the site itself
is made from manifests.

A manifest has the number of its `schema`. One of an earlier schema lacks fields, which are empty then; fields that
this software does not know are left alone; one of a later schema is not read.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from pathlib import Path
from typing import Annotated, Any, NotRequired, TypeVar

from pydantic import AfterValidator, StringConstraints, TypeAdapter, ValidationError
from typing_extensions import TypedDict

from promotion_book.book.downloads import MANIFEST
from promotion_book.facts.calendar import Release, age
from promotion_book.facts.periods import parse
from promotion_book.running.declarations import first_problem
from promotion_book.running.plan import EditionId
from promotion_book.site.store import SiteError
from promotion_book.words.status_words import CHANGES

SCHEMA = 1
START = "book/index"


def _readable(read: Callable[[str], object]) -> AfterValidator:
    """Asks of a text that a function can read it."""
    return AfterValidator(lambda text: (read(text), text)[1])


def _name(text: str) -> str:
    if {"", ".", ".."} & set(text.split("/")):
        raise ValueError("not the name of a file below its folder")
    return text


def _kind(word: str) -> str:
    if word not in CHANGES:
        raise ValueError(f"allowed: {', '.join(CHANGES)}")
    return word


Day = Annotated[str, StringConstraints(pattern=r"^\d{4}-\d\d-\d\d$"), _readable(date.fromisoformat)]
PeriodOfEdition = Annotated[str, _readable(parse)]
Calendar = tuple[Annotated[Release, AfterValidator(lambda row: (parse(row.period), row)[1])], ...]
Sha = Annotated[str, StringConstraints(pattern="^[0-9a-f]{64}$")]
Name = Annotated[str, StringConstraints(pattern=r"^[^\\\x00-\x1f]+$"), AfterValidator(_name)]
Files = Mapping[Name, Sha]
Record = TypeVar("Record")


class Names(TypedDict):
    """What place, period, pages, programmes, the periods of the calendar and who makes the book are called in a language,
    and the notes of the calendar by their periods."""

    place: str
    period: str
    pages: Mapping[str, str]
    programmes: list[str]
    calendar: Mapping[str, str]
    author: NotRequired[str]
    notes: NotRequired[Mapping[str, str]]


class Counts(TypedDict):
    """How much an edition has."""

    figures: int
    targets: int
    sources: int
    conflicts: int
    corrections: int


class FigureWords(TypedDict):
    """What is said of a figure that changed."""

    name: str
    was: str
    now: str
    source: str


class Changed(TypedDict):
    """A figure that changed, and what is said of it by language."""

    source_id: str
    kind: str
    told: Mapping[str, FigureWords]


class Signature(TypedDict):
    """Who read the edition in a language before it was published, on which day; `content` is the sha256 of what they read."""

    language: str
    name: str
    day: Day
    content: Sha


@dataclass(frozen=True)
class Note:
    """Why a revision was made: a word of `words.status_words.CHANGES`, and the reason, by language.

    An empty kind is filled in from the figures that changed.
    """

    kind: Annotated[str, AfterValidator(_kind)]
    reason: Mapping[str, str]

    def in_language(self, language: str) -> tuple[str, str]:
        """The reason in a language where it has one, else in its first; the language that it is in comes first."""
        code = language if language in self.reason else next(iter(self.reason))
        return code, self.reason[code]


@dataclass(frozen=True)
class Manifest:
    """One revision of one edition. Days are texts, as 2026-11-22.

    `names` are those of place, period, programmes and pages, and `parameters` those of each page, by language; `built`
    holds the files of which publication made others, `files` all as they are published; `touched` are the pages
    that say something else than in the revision before; `signed` who read it before it was published; `figures` what changed in the figures since; `printer` is the
    program that printed the PDFs, empty where there are none; `commit` is that of the checkout, empty where there was
    none, and `clean` says that nothing in it was changed; `address`, `contact` and
    `repository` are those of the configuration, empty where it has none; `before` is the sha256 of the manifest of the revision before.
    """

    place: Name
    period: PeriodOfEdition
    revision: int
    published_on: Day
    cut_off: Day
    covers: tuple[Day, Day]
    version: str
    author: str
    address: str
    names: Mapping[str, Names]
    calendar: Calendar
    counts: Counts
    inputs: Mapping[str, str]
    parameters: Mapping[str, Mapping[str, Any]]
    schema: int = 0
    commit: str = ""
    clean: bool = False
    contact: str = ""
    repository: str = ""
    before: str = ""
    printer: str = ""
    note: Note | None = None
    signed: tuple[Signature, ...] = ()
    touched: tuple[str, ...] = ()
    figures: tuple[Changed, ...] = ()
    built: Files = field(default_factory=dict)
    files: Files = field(default_factory=dict)

    @property
    def edition(self) -> EditionId:
        """Which edition it is of."""
        return EditionId(self.place, self.period)

    @property
    def languages(self) -> list[str]:
        """The languages that it is in, in the order of the report."""
        return list(self.names)

    def author_in(self, code: str) -> str:
        """Who makes the book, by the name in a language; older revisions have one name for all."""
        return self.names[code].get("author", self.author)

    @property
    def published(self) -> tuple[str, tuple[date, int], int]:
        """Orders revisions by their publication, and those of one day by their period."""
        return self.published_on, age(self.period), self.revision

    @property
    def day(self) -> date:
        """The day of publication."""
        return date.fromisoformat(self.published_on)

    @property
    def folder(self) -> str:
        """The folder of the revision in the site."""
        return f"{self.edition.folder}/r{self.revision}"

    def as_built(self) -> dict[str, str]:
        """The sha256 of the files of the books as they were built."""
        books = {name: sha for name, sha in self.files.items() if name.partition("/")[0] in self.names}
        return {**books, **self.built}

    def pages(self, language: str) -> dict[str, str]:
        """The titles of the pages in a language, by their names: book/index."""
        return dict(self.names[language]["pages"])

    def text(self) -> str:
        """The manifest as it lies in the site."""
        return json.dumps(asdict(self), ensure_ascii=False, indent=1, default=date.isoformat) + "\n"


@dataclass(frozen=True)
class Head:
    """What a manifest of any schema says of the software that wrote it."""

    version: str = ""
    schema: int = 0
    commit: str = ""


HEAD, WHOLE, CALENDAR = TypeAdapter(Head), TypeAdapter(Manifest), TypeAdapter(Calendar)


def read_manifest(site: Path, folder: str) -> Manifest:
    """The manifest of a revision, in a folder of a site.

    Raises:
        SiteError: there is none, it is damaged, of another revision, or of a later schema; in one line.
    """
    name = f"{folder}/{MANIFEST}"
    manifest = read_record(site, name, WHOLE)
    if manifest.folder != folder:
        raise SiteError(f"{name}: is of {manifest.folder}")
    return manifest


def read_record(site: Path, name: str, kind: TypeAdapter[Record]) -> Record:
    """A file of a site that says what lies in it.

    Raises:
        SiteError: there is none, it is damaged, or of a later schema; in one line.
    """
    try:
        content = (site / name).read_bytes()
        head = HEAD.validate_json(content, strict=True)
        if head.schema > SCHEMA:
            raise SiteError(f"{name}: schema {head.schema}, and this software reads up to {SCHEMA}; {_made_by(head)}")
        return kind.validate_json(content, strict=True)
    except (FileNotFoundError, NotADirectoryError) as error:
        raise SiteError(f"{name}: missing") from error
    except OSError as error:
        raise SiteError(f"{name}: cannot be read ({error.strerror})") from error
    except ValidationError as error:
        raise SiteError(f"{name}: damaged ({first_problem(error)})") from error


def _made_by(head: Head) -> str:
    version, commit = f" {head.version}" if head.version else "", f" of commit {head.commit}" if head.commit else ""
    return f"use the software that wrote it, promotion-book{version}{commit}, or a later one"
