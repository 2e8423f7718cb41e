"""An edition that is to be published: built in every language of its place, sound, and due.

Whatever stands against it is told at once: a language that is missing or was built from other inputs, files
that are not those that were built, a what-if, a release day that has not come or was announced too late.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from pathlib import Path
from typing import Any

from promotion_book.facts import read
from promotion_book.facts.calendar import releases
from promotion_book.facts.descriptor import languages_in
from promotion_book.running.plan import EditionBuild, EditionId, locate_build
from promotion_book.site.manifest import CALENDAR, SCHEMA, Calendar, Manifest, Note, Signature
from promotion_book.site.seal import DATA, SEAL, SOFTWARE, check_seal
from promotion_book.site.sign_off import content_of, read_signatures
from promotion_book.site.store import SiteError, for_each

SAME = ("cut_off", "calendar", "version", "address", "contact", "repository", "inputs", "data")


@dataclass(frozen=True)
class Candidate:
    """An edition as it was built, by language: where it is, and its seals."""

    built: Mapping[str, EditionBuild]
    seals: Mapping[str, Mapping[str, Any]]

    @property
    def first(self) -> EditionBuild:
        """The edition in the first language; what is in no language is the same in all."""
        return next(iter(self.built.values()))

    @property
    def edition(self) -> EditionId:
        """Which edition it is."""
        return self.first.edition

    @property
    def data(self) -> bytes:
        """The data package that it was made from, as a zip."""
        return (self.first.folder / DATA).read_bytes()

    @property
    def software(self) -> dict[str, bytes]:
        """The software that it was made by, and the versions of what that needs."""
        return {path.name: path.read_bytes() for path in sorted((self.first.folder / SOFTWARE).iterdir())}

    @property
    def signed(self) -> tuple[Signature, ...]:
        """Who read it, by language, as it was built."""
        contents = {code: content_of(seal) for code, seal in self.seals.items()}
        found = read_signatures(self.first.folder.parent)
        return tuple(one for one in found if contents.get(one["language"]) == one["content"])

    def unsigned(self) -> list[str]:
        """The languages in which nobody has signed that they read it, each with whether it was signed as it was before."""
        earlier = {one["language"] for one in read_signatures(self.first.folder.parent)}
        lacking = [code for code in self.seals if code not in {one["language"] for one in self.signed}]
        return [f"{code} (what was signed is other content)" if code in earlier else code for code in lacking]

    def files(self) -> dict[str, str]:
        """The sha256 of its files, by language and name."""
        return {f"{code}/{name}": sha for code, seal in self.seals.items() for name, sha in seal["files"].items()}

    def path(self, name: str) -> Path:
        """A file of it, by language and name."""
        code, _, rest = name.partition("/")
        return self.built[code].html / rest

    def manifest(self, revision: int, today: date, note: Note | None, printer: str = "") -> Manifest:
        """The manifest of the revision that it would be, without its files."""
        seal = self.seals[self.first.language]
        same = {field.name: seal[field.name] for field in fields(Manifest) if field.name in seal}
        each = {name: {code: one[name] for code, one in self.seals.items()} for name in ("names", "parameters")}
        now = {"revision": revision, "published_on": today.isoformat(), "schema": SCHEMA, "printer": printer}
        known = {"calendar": _calendar(seal), "note": note, "signed": self.signed, "files": dict[str, str]()}
        return Manifest(**{**same, **each, **now, **known})


def read_candidate(root: Path, edition: EditionId, *, today: date) -> Candidate:
    """An edition as it was built, in all its languages.

    Raises:
        SiteError: it cannot be published; the message has a line for each reason.
    """
    built = {code: locate_build(root, edition, language=code) for code in languages_in(root / "data" / edition.place)}
    if not any((one.folder / SEAL).is_file() for one in built.values()):
        _refuse_early(edition, today)
    seals = dict(zip(built, for_each(check_seal, built.values()), strict=True))
    found = Candidate(built, seals)
    reasons = [*_unlike(found), *_untranslated(found), *_undue(found, today)]
    if reasons:
        raise SiteError("\n".join(f"{edition}: {reason}" for reason in reasons))
    return found


def _refuse_early(edition: EditionId, today: date) -> None:
    """Refuse an edition that is not built where, by the data, its day has not come: building it would be in vain."""
    rows = [row for row in releases(read(edition.place)) if row.period == edition.period and today < row.release_on]
    if rows:
        raise SiteError(f"{edition}: {rows[0].refusal(today)}")


def _unlike(found: Candidate) -> list[str]:
    first, *others = found.seals.values()
    return [
        f"the languages {first['language']} and {other['language']} were built from other {name}; build both again"
        for other in others
        for name in SAME
        if other[name] != first[name]
    ][:1]


def _untranslated(found: Candidate) -> list[str]:
    return [
        f"{code} has no words for {text!r}; 'make catalogues' gives them a place"
        for code, seal in found.seals.items()
        for text in seal["untranslated"]
    ]


def _undue(found: Candidate, today: date) -> list[str]:
    seal = found.seals[found.first.language]
    rows = [row for row in _calendar(seal) if row.period == seal["period"]]
    if not rows:
        return ["no release of it was announced; give it a row in release_calendar.csv, and build it again"]
    return [refusal for row in rows if (refusal := row.refusal(today))]


def _calendar(seal: Mapping[str, Any]) -> Calendar:
    return CALENDAR.validate_python(seal["calendar"])
