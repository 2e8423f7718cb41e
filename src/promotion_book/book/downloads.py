"""What lies beside the languages of an edition for download."""

from __future__ import annotations

from promotion_book.running.configuration import LOCK
from promotion_book.words.language import Language

CITATION, MANIFEST = "CITATION.cff", "manifest.json"


def data_name(place: str, period: str) -> str:
    """The name of the data package of an edition."""
    return f"{place}-{period}-data.zip"


def copy_name(place: str, period: str, ending: str, *, language: str) -> str:
    """The name of a copy of an edition in a language: to read offline (.zip), a spreadsheet, the report, on paper."""
    return f"{place}-{period}-{language}{ending}"


def wheel_name(version: str) -> str:
    """The name of the software that made an edition, as installers expect it."""
    return f"promotion_book-{version}-py3-none-any.whl"


def software_links(version: str, words: Language) -> list[tuple[str, str]]:
    """The software that made an edition, with what it is called."""
    return [
        (wheel_name(version), words.text("Software (wheel)")),
        (LOCK, words.text("Versions of all packages (lock file)")),
    ]


def pdf_link(place: str, period: str, *, words: Language) -> tuple[str, str]:
    """The PDF of an edition, which those have that were published with Chromium, and what it is called."""
    return copy_name(place, period, ".pdf", language=words.code), words.text("PDF")


def download_links(place: str, period: str, *, words: Language) -> list[tuple[str, str]]:
    """The files that lie beside the languages of every edition, with what they are called."""
    return [
        (copy_name(place, period, ".docx", language=words.code), words.text("Report (Word)")),
        (copy_name(place, period, ".xlsx", language=words.code), words.text("All tables (spreadsheet)")),
        (data_name(place, period), words.text("Data package (zip)")),
        (copy_name(place, period, ".zip", language=words.code), words.text("To read offline (zip)")),
        (CITATION, words.text("How to cite")),
        (MANIFEST, words.text("Manifest")),
    ]
