"""Renewing the catalogues from their sources: an entry for every message and paragraph, and for nothing else.

`report` gets what `messages` finds; `notebooks` and `book` get what Sphinx's own gettext builder finds in the
notebooks and pages as they are committed. Translations that are there stay, new entries are empty, entries
whose English is gone are dropped. The words of the theme (`sphinx`) have no source here and are left alone.
"""

from __future__ import annotations

import io
import shutil
import tempfile
from collections.abc import Iterable
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po, write_po

from promotion_book.book.messages import find_messages
from promotion_book.book.rendering import assemble_source, run_sphinx
from promotion_book.running.contents import read_contents, without_texts
from promotion_book.whole_files import replace_files
from promotion_book.words.translation import REPORT, catalogue_path, read_catalogue, translated_languages

PROSE = ("notebooks", "book")
HEADER = """msgid ""
msgstr ""
"Language: {code}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"

"""


def renew_catalogues(root: Path) -> list[str]:
    """Renew the catalogues of all languages; one line for each that lacks translations comes back.

    Raises:
        MessageError: a message of the code cannot be followed.
        BookError: Sphinx stopped, or warned.
    """
    lines, renewed = [], {}
    for domain, template in find_entries(root).items():
        for code in translated_languages():
            path = catalogue_path(root, code, domain=domain)
            merged = translated_entries(
                template, read_catalogue(root, code, domain=domain) if path.exists() else Catalog()
            )
            path.parent.mkdir(parents=True, exist_ok=True)
            renewed[path] = catalogue_text(merged, code)
            missing = [entry.id for entry in merged if entry.id and not entry.string]
            lines += [f"{path.relative_to(root)}: entries without a translation: {len(missing)}"] if missing else []
    replace_files(renewed)
    return lines


def find_entries(root: Path) -> dict[str, Catalog]:
    """The entries of each catalogue, without translations. Raises as `renew_catalogues`."""
    report = Catalog(domain=REPORT)
    for message in find_messages(root):
        report.add(message.text, locations=[(message.file, 0)])
    return {REPORT: report, **_prose(root)}


def _prose(root: Path) -> dict[str, Catalog]:
    with tempfile.TemporaryDirectory() as folder:
        source, output = Path(folder) / "source", Path(folder) / "gettext"
        shutil.copytree(root / "notebooks", source / "notebooks", ignore=shutil.ignore_patterns("results", "*.results"))
        assemble_source(root, source, contents=without_texts(read_contents(root)))  # its words are messages
        run_sphinx(source, output, given={}, builder="gettext")
        return {domain: _template(output / f"{domain}.pot", source, output) for domain in PROSE}


def _template(path: Path, source: Path, output: Path) -> Catalog:
    """What Sphinx found in a domain, each entry with the files where it stands."""
    with path.open("rb") as file:
        found = read_po(file)
    template = Catalog(domain=path.stem)
    for entry in found:
        if entry.id:
            files = dict.fromkeys(
                (output / name).resolve().relative_to(source.resolve()) for name, _ in entry.locations
            )
            template.add(entry.id, locations=[(file.as_posix(), 0) for file in files])
    return template


def translated_entries(template: Iterable[Message], present: Catalog) -> Catalog:
    """The entries of a template with the translations that are present and not fuzzy."""
    result = Catalog()
    for entry in template:
        if entry.id:
            old = present.get(entry.id)
            added = result.add(entry.id, old.string if old and not old.fuzzy else "", locations=entry.locations)
            added.flags.clear()  # Babel would take a % for a format
    return result


def catalogue_text(entries: Catalog, code: str) -> bytes:
    """The text of a catalogue; it holds no date, so that the same entries give the same bytes."""
    file = io.BytesIO(HEADER.format(code=code).encode("utf-8"))
    file.seek(0, io.SEEK_END)
    write_po(file, entries, width=0, omit_header=True, include_lineno=False)
    return file.getvalue()
