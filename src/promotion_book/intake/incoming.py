"""A file that came in: of which place, period and area it is, its figures, and everything that is wrong with it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pandas as pd

from promotion_book.facts import read
from promotion_book.facts.package import places
from promotion_book.facts.periods import parse, parse_or_none
from promotion_book.intake.cell_findings import CellFinding
from promotion_book.intake.form_layout import IDENTITY, VERSION
from promotion_book.intake.form_reader import form_identity, read_form
from promotion_book.intake.mapping import SheetMapping, read_mapped
from promotion_book.intake.sheet_rows import FIGURES, Report
from promotion_book.intake.workbook_files import open_book
from promotion_book.running.hashing import file_sha256
from promotion_book.words.language import LANGUAGES, Language
from promotion_book.words.translation import load_language

FIRST_LANGUAGE = "vi"  # of a file that does not say in which language it was filled in


@dataclass(frozen=True)
class Incoming:
    """A file as it was read; `figures` has the columns of `sheet_rows.FIGURES`, and `words` is the language of its findings."""

    file: str
    sha256: str
    place: str
    period: str
    area: str
    words: Language
    figures: pd.DataFrame
    findings: list[CellFinding]


def read_incoming(
    path: Path, *, place: str, period: str, received: date, language: str, mapping: SheetMapping | None = None
) -> Incoming:
    """A form, or by a mapping another workbook or CSV file.

    Args:
        place, period: those that are wanted; empty where those of the file are.
        received: the day on which it came.
        language: that of the findings; empty where it is that of the file.
        mapping: what stands where in a file that is no form.
    """
    book, findings = open_book(path)
    told = mapping.identity() if mapping else form_identity(book) if book else {}
    spoken = language or told.get("language", "")
    words = load_language(spoken if spoken in LANGUAGES else FIRST_LANGUAGE)
    figures = pd.DataFrame(columns=FIGURES)
    if book:
        findings += _identity_findings(path.name, told, place=place, period=period)
        if not findings:
            package = read(told["place"])
            report = Report(package, parse(told["period"]), told["area"] or package.area, received, words)
            figures, findings = (
                read_mapped(path.name, book, report, mapping) if mapping else read_form(path.name, book, report)
            )
            findings = findings or [CellFinding(path.name, "empty")] * figures.empty
    sha = file_sha256(path) if path.is_file() else ""
    return Incoming(
        path.name, sha, told.get("place", ""), told.get("period", ""), told.get("area", ""), words, figures, findings
    )


def _identity_findings(file: str, told: Mapping[str, str], *, place: str, period: str) -> Iterator[CellFinding]:
    """What is wrong with the place, period, area and version of a file."""
    if any(name not in told for name in IDENTITY) or told["language"] not in LANGUAGES:
        yield CellFinding(file, "other-form")
        return
    there, known = places(), [place] if place else places()
    if told["version"] != VERSION:
        yield CellFinding(file, "version", values={"found": told["version"], "allowed": VERSION})
    if told["place"] not in known:
        yield CellFinding(file, "place", values={"found": told["place"], "allowed": ", ".join(known)})
    when = parse_or_none(told["period"])
    if when is None or not when.reportable or told["period"] != (period or told["period"]):
        yield CellFinding(
            file, "period", values={"found": told["period"], "allowed": period or "2026, 2026-H1, 2026-Q3, 2026-05"}
        )
    if told["place"] in there:
        areas = list(read(told["place"])["areas"]["area_id"])
        if told["area"] and told["area"] not in areas:
            yield CellFinding(file, "area", values={"found": told["area"], "allowed": ", ".join(areas)})
