"""What a machine needs for the book, examined one by one: each is there, or it is said what to do."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, requires, version
from pathlib import Path

from matplotlib.font_manager import findSystemFonts
from packaging.requirements import Requirement

from promotion_book import __version__
from promotion_book.facts.descriptor import DESCRIPTOR, content_in, undeclared_names
from promotion_book.running.configuration import CONFIG, LOCK
from promotion_book.running.declarations import DeclarationError, refuse
from promotion_book.running.settings import check_settings
from promotion_book.site.copies.pdf import MISSING, find_chromium
from promotion_book.site.software import read_commit
from promotion_book.site.store import SITE, SiteError
from promotion_book.site.verify import verify

PYTHON = ((3, 11), (3, 14))
PAPER_FONTS = {"DejaVuSansCondensed.ttf", "DejaVuSansMono.ttf"}
SHOWN = 5  # packages that are named


@dataclass(frozen=True)
class SetupPart:
    """A part of the setup: what was found, and what to do where that is not as it should be.

    Without a part that is not `needed` editions are built all the same, but lack something.
    """

    name: str
    found: str
    advice: str = ""
    needed: bool = True

    def __str__(self) -> str:
        sign = "ok   " if not self.advice else "wrong" if self.needed else "note "
        return f"{sign}  {self.name}: {self.found}" + (f"; {self.advice}" if self.advice else "")


def examine_setup(root: Path) -> Iterator[SetupPart]:
    """Every part of the setup of a project's folder: the software, Python, packages, settings, Chromium, fonts, git, the published site."""
    yield SetupPart("software", f"version {__version__}")
    yield _python()
    yield _packages(root / LOCK)
    yield from _settings(root)
    yield from _printing()
    commit, clean = read_commit(root)
    told = "" if commit else "published editions name no commit; put the project under git"
    yield SetupPart(
        "commit", f"{commit[:10]}{'' if clean else ', changed since'}" if commit else "none", told, needed=False
    )
    if os.path.lexists(root / SITE):
        yield _site(root / SITE)


def examine_version(place: Path) -> SetupPart:
    """Whether the package of a place declares all tables and columns of this version."""
    name = f"data/{place.name}, tables and columns not declared"
    if not content_in(place):
        return SetupPart(name, "not known", f"mend {DESCRIPTOR}, which cannot be read", needed=False)
    lacking = undeclared_names(place)
    told = f"{', '.join(lacking[:SHOWN])}{', …' if len(lacking) > SHOWN else ''}" if lacking else "none"
    advice = "read as before; UPGRADING.md says what they are for" if lacking else ""
    return SetupPart(name, told, advice, needed=False)


def _python() -> SetupPart:
    first, last = (".".join(map(str, one)) for one in PYTHON)
    supported = PYTHON[0] <= sys.version_info[:2] <= PYTHON[1]
    return SetupPart("Python", sys.version.split()[0], "" if supported else f"it has to be {first} to {last}")


def _settings(root: Path) -> Iterator[SetupPart]:
    """The settings of the book: a part for each finding on them."""
    try:
        refuse(check_settings(root))
    except DeclarationError as error:
        for line in str(error).splitlines():
            found, _, advice = line.rpartition("; ")
            yield SetupPart("settings", found, advice)
    else:
        yield SetupPart("settings", f"{CONFIG} is sound")


def _packages(lock: Path) -> SetupPart:
    """Whether the packages are there that the software requires, and whether they are those of the lock file."""
    required = [Requirement(line) for line in requires("promotion-book") or ()]
    if not lock.is_file():
        return SetupPart("packages", f"{lock.name} is missing", "put it back: an edition tells by it what it ran with")
    lines = [line.rstrip(" \\") for line in lock.read_text(encoding="utf-8").splitlines() if "==" in line]
    locked = [one for line in lines if (one := Requirement(line)).marker is None or one.marker.evaluate()]
    lacking = _not_here([one for one in required if one.marker is None or one.marker.evaluate({"extra": ""})])
    other = _not_here(locked)
    found = f"{len(locked)} in {lock.name}, {len(other)} not here in that version{_named(other)}"
    if lacking:
        return SetupPart("packages", f"{len(lacking)} required and not here{_named(lacking)}", "run 'make env'")
    advice = "editions say which versions they ran with; 'make env' installs those of the lock" if other else ""
    return SetupPart("packages", found, advice, needed=False)


def _not_here(wanted: Sequence[Requirement]) -> list[str]:
    """Packages that are missing or of another version, each with the version that is here."""
    here = {one.name: _installed(one.name) for one in wanted}
    return [
        f"{one.name} {here[one.name] or '(missing)'}"
        for one in wanted
        if not here[one.name] or not one.specifier.contains(here[one.name], prereleases=True)
    ]


def _named(packages: list[str]) -> str:
    return f" ({', '.join(packages[:SHOWN])}{', …' if len(packages) > SHOWN else ''})" if packages else ""


def _installed(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ""


def _printing() -> Iterator[SetupPart]:
    """Chromium, and the fonts of the PDF."""
    printer = find_chromium()
    if not printer:
        yield SetupPart("Chromium", "not installed", MISSING, needed=False)
        return
    yield SetupPart("Chromium", printer.version())
    missing = PAPER_FONTS - {Path(path).name for path in findSystemFonts()}
    advice = "a PDF has other letters; Debian: apt-get install fonts-dejavu-extra" if missing else ""
    yield SetupPart("fonts", f"without {', '.join(sorted(missing))}" if missing else "DejaVu", advice, needed=False)


def _site(site: Path) -> SetupPart:
    try:
        wrong = verify(site)
    except SiteError as error:
        return SetupPart("published site", str(error), "see 'promotion-book verify'")
    told = f"{len(wrong)} not as they were published" if wrong else "as it was published"
    return SetupPart("published site", told, "see 'promotion-book verify'" if wrong else "")
