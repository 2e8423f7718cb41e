"""What a machine needs for the book, examined one by one: each is there, or it is said what to do."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from matplotlib.font_manager import findSystemFonts
from packaging.requirements import Requirement

from promotion_book import __version__
from promotion_book.facts.descriptor import undeclared_names
from promotion_book.running.configuration import LOCK
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
    """Every part of the setup of a project's folder: the software, Python, packages, Chromium, fonts, git, the published site."""
    yield SetupPart("software", f"version {__version__}")
    yield _python()
    yield _packages(root / LOCK)
    yield from _printing()
    commit, clean = read_commit(root)
    told = "" if commit else "published editions name no commit; put the project under git"
    yield SetupPart(
        "commit", f"{commit[:10]}{'' if clean else ', changed since'}" if commit else "none", told, needed=False
    )
    if (root / SITE).exists():
        yield _site(root / SITE)


def examine_version(place: Path) -> SetupPart:
    """Whether the package of a place declares all tables and columns of this version."""
    lacking = undeclared_names(place)
    told = f"{', '.join(lacking[:SHOWN])}{', …' if len(lacking) > SHOWN else ''}" if lacking else "none"
    advice = "read as before; UPGRADING.md says what they are for" if lacking else ""
    return SetupPart(f"data/{place.name}, tables and columns not declared", told, advice, needed=False)


def _python() -> SetupPart:
    first, last = (".".join(map(str, one)) for one in PYTHON)
    supported = PYTHON[0] <= sys.version_info[:2] <= PYTHON[1]
    return SetupPart("Python", sys.version.split()[0], "" if supported else f"it has to be {first} to {last}")


def _packages(lock: Path) -> SetupPart:
    """Whether the packages that are installed are those of the lock file."""
    lines = [line.rstrip(" \\") for line in lock.read_text(encoding="utf-8").splitlines() if "==" in line]
    wanted = [Requirement(line) for line in lines]
    here = [one for one in wanted if one.marker is None or one.marker.evaluate()]
    other = [
        f"{one.name} {found or '(missing)'}"
        for one in here
        if not one.specifier.contains(found := _installed(one.name), True)
    ]
    told = f"{len(here)} in {lock.name}, {len(other)} not here in that version"
    named = f" ({', '.join(other[:SHOWN])}{', …' if len(other) > SHOWN else ''})" if other else ""
    return SetupPart(
        "packages", told + named, "run 'make env'; editions say which versions they ran with" if other else ""
    )


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
