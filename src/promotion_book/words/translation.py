"""The languages with their catalogues: `book/locale/<language>/LC_MESSAGES/<domain>.po`.

`report` has the messages of the code, `notebooks` and `book` the prose, `sphinx` the words of the theme.
The code reads the first, once a process; Sphinx reads the others for its pages. Messages are written in English, which has
no catalogue. What has no entry yet, or one
without words, is said in English; a build names it, and it is not published.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from string import Formatter

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po

from promotion_book.words.language import LANGUAGES, SOURCE, Language

LOCALE = Path("book/locale")
REPORT, NOTEBOOKS, THEME = "report", "notebooks", "sphinx"
# In the wheel the catalogue that chapters need lies in the package itself.
ROOT = next(
    (root for root in (Path(__file__).parents[3], Path(__file__).parents[1]) if (root / LOCALE).is_dir()), Path()
)


@cache
def load_language(code: str) -> Language:
    """A language with its messages; the same one for the whole process."""
    return Language(code) if code == SOURCE else Language(code, read_entries(code, REPORT))


def read_entries(code: str, domain: str) -> dict[str, str]:
    """The entries of a catalogue of this project, by their English. Raises OSError: there is none."""
    found = read_catalogue(ROOT, code, domain=domain)
    return {str(m.id): str(m.string if is_complete(m) else m.id) for m in found if m.id}


def incomplete_entries(code: str, domain: str) -> list[str]:
    """The English of the entries of a catalogue of this project that wait for a translation."""
    return [str(m.id) for m in read_catalogue(ROOT, code, domain=domain) if m.id and not is_complete(m)]


def wrong_fields(root: Path, code: str) -> Iterator[tuple[int, str, str]]:
    """The messages of the code whose translation cannot be filled in as the English is.

    Returns:
        For each the line of its entry, what is wrong with it, and the fields of the English.
    """
    for entry in read_catalogue(root, code, domain=REPORT):
        given = {*_fields(str(entry.id))}
        try:
            unknown = [name for name in _fields(str(entry.string)) if name not in given]
            found = f"the field {{{unknown[0]}}}" if unknown else ""
        except ValueError as error:
            found = str(error)
        if entry.id and found:
            yield entry.lineno or 0, found, ", ".join(f"{{{name}}}" for name in sorted(given)) or "no field"


def _fields(text: str) -> Iterator[str]:
    """The names of the fields of a message, also of those within the words for one and for several."""
    for _, name, words, _ in Formatter().parse(text):
        if name is not None:
            yield name
            yield from _fields(words or "")


def is_complete(entry: Message) -> bool:
    """Whether an entry has a translation that somebody stands by."""
    return bool(entry.string) and not entry.fuzzy


def translated_languages() -> list[str]:
    """The languages that have catalogues."""
    return [code for code in LANGUAGES if code != SOURCE]


def read_catalogue(root: Path, code: str, *, domain: str) -> Catalog:
    """A catalogue of a language.

    Raises:
        OSError: there is none.
    """
    with catalogue_path(root, code, domain=domain).open("rb") as file:
        return read_po(file, locale=code, domain=domain)


def catalogue_path(root: Path, code: str, *, domain: str) -> Path:
    """Where a catalogue lies."""
    return root / LOCALE / code / "LC_MESSAGES" / f"{domain}.po"
