"""Commentary: what only the place itself can say of a chapter in a period, in Markdown that people write.

    data/<place>/commentary/2025/training.en.md

    The share of trained workers was {trained_labour_rate 2020} ({src_012}).

A figure stands by reference, its indicator and its period, and a source by its id, so that no number is typed that the
tables may contradict. A year may be written, and what has letters in it, as the name of an act or of a method.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from datetime import date
from pathlib import Path

import pandas as pd

from promotion_book.facts.findings import Finding, quote
from promotion_book.facts.periods import parse, parse_or_none
from promotion_book.facts.schema import LANGUAGES
from promotion_book.facts.texts import flaw, has_many_marks, lacks_marks

FOLDER, STALE = "commentary", "stale"
EDITION = "summary"  # the page that makes what the start page shows: its commentary is on the edition as a whole
NAME = re.compile(rf"(?P<chapter>[a-z0-9_]+)\.(?P<language>{'|'.join(LANGUAGES)})\.md")
REFERENCE = re.compile(r"\{(?P<name>[a-z0-9_]+)(?: (?P<period>[^{}\s]+))?\}")
_YEAR, _BEFORE, _AFTER = r"(?:19|20)\d\d", r"(?<![\w/.,])(?<!\w-)", r"(?![\w/-]|[.,]\d)"
_COUNTS = "one two three four five six seven eight nine ten eleven twelve fifteen twenty thirty forty fifty sixty seventy eighty ninety"
_SO_MANY = "một hai ba bốn năm sáu bảy tám chín mười mươi"
TYPED = re.compile(
    rf"{_BEFORE}(?!{_YEAR}(?![\d.,]*\d))\d[\d.,]*{_AFTER}"  # 8.5
    rf"|{_BEFORE}(?!{_YEAR}-)\d[\d.,]*-\d[\d.,]*{_AFTER}"  # 5-8
    rf"|{_BEFORE}\d[\d.,]*(?!(?:s|st|nd|rd|th)\b)[^\W\d_A-Z]+{_AFTER}"  # 5bn
    r"|[\u00bc-\u00be\u2070-\u2079\u2150-\u2189]|(?<![A-Za-z])[\u00b2\u00b3\u00b9]"  # ½
    rf"|\b(?i:{_COUNTS.replace(' ', '|')})[ -](?i:hundred|thousand|million|billion|trillion|per ?cent)\b"
    rf"|\b(?i:{_SO_MANY.replace(' ', '|')}) (?i:trăm|nghìn|ngàn|triệu|tỷ|phần trăm)\b"
)
NOT_SHOWN = (  # what no page shows as what it is, and what takes its place
    (
        re.compile(r"<(?![A-Za-z][A-Za-z0-9+.-]*:[^\s<>]*>|[^\s<>@]+@[^\s<>]+>)[A-Za-z/!?][^<>]*(?:>|$)"),
        "HTML, which is shown as text",
        "write Markdown",
    ),
    (
        re.compile(r"^ {0,3}(?:(?:#|#{4,6})(?:\s.*)?|#{2,3}[\s#]*|=+\s*)$"),
        "a heading of a level that no page has, or without words",
        "write it as ## or ###",
    ),
    (re.compile(r"!\["), "a picture, which no page loads", "take it away"),
    (
        re.compile(
            r"(?:\]\(|^ {0,3}\[[^\]]+\]:)\s*<?(?!https?:|\s)[^)]*|<(?!https?:|[^\s<>@:]+@)[A-Za-z][\w+.-]*:[^\s<>]*>"
        ),
        "a link that does not lead to the web",
        "write the whole address",
    ),
    (
        re.compile(r"^(?::{3,}|%|\|.*\|$|[<>]{7}(?:\s|$)).*"),
        "a mark that a page shows as text",
        "write words alone",
    ),
)
UNREADABLE = ("character", "decomposed-text", "encoding", "length", "lost-characters")
LONGEST = 20_000  # characters of what is said of a chapter
LISTED = re.compile(r"\s*\d+[.)] ")  # what an ordered list begins its lines with


def commentary_files(folder: Path, *, until: str = "") -> list[Path]:
    """The files of commentary below the folder of a place, in the order of their names; with a period, those on it or an
    earlier one.

    Raises:
        OSError: a folder cannot be read, or is none.
    """
    files = sorted(_files_below(folder / FOLDER)) if os.path.lexists(folder / FOLDER) else []
    last = until and parse(until).end
    return [path for path in files if not last or (parse(path.parent.name).end or date.max) <= last]


def _files_below(folder: Path) -> Iterator[Path]:
    """The files of a folder and its folders, also links that lead to nothing."""
    for path in folder.iterdir():
        if path.is_dir():
            yield from _files_below(path)
        elif path.is_file() or path.is_symlink():
            yield path


def read_commentary(folder: Path, period: str, *, chapter: str, language: str) -> str:
    """What the place says of a chapter in a period; empty where it says nothing."""
    path = folder / FOLDER / period / f"{chapter}.{language}.md"
    return path.read_text(encoding="utf-8-sig") if path.is_file() else ""


def check_commentary(
    folder: Path, texts: Mapping[str, pd.DataFrame], *, area: str, languages: Sequence[str]
) -> Iterator[Finding]:
    """Findings on files that no page shows, languages that are missing, typed numbers, and references to nothing.

    Args:
        area: that of the place, whose figures a page shows.
        languages: those of the place.
    """
    needed = ("programmes", "release_calendar", "observations", "sources")
    if not all(name in texts for name in needed):
        return
    figures = texts["observations"].query("area == @area and scope == '' and status != 'plan'")
    sources = set(texts["sources"]["source_id"])
    try:
        files = commentary_files(folder)
    except OSError as error:
        name = Path(error.filename).relative_to(folder).as_posix()
        allowed = f"folders {FOLDER}/<period> that can be read"
        yield Finding(
            name, 0, "", "unreadable", error.strerror or str(error), allowed, "put them there, or take it away"
        )
        return
    for path in files:
        name = path.relative_to(folder).as_posix()
        yield from _unused(name, texts)
        try:
            yield from _unchanged(path, name)
            yield from _untranslated(path, name, languages=languages)
            yield from _unlike(path, name, language=languages[0])
            text = path.read_text(encoding="utf-8-sig")
        except (OSError, UnicodeDecodeError):
            yield Finding(name, 0, "", "encoding", "a file that cannot be read", "UTF-8", "save it as UTF-8")
            continue
        yield from _as_a_whole(text, name)
        yield from _in_lines(text, name, figures, sources=sources)


def _in_lines(text: str, name: str, figures: pd.DataFrame, *, sources: Set[str]) -> Iterator[Finding]:
    """What is wrong with a text by its lines."""
    period = name.split("/")[-2]
    for number, line in enumerate(text.split("\n"), start=1):
        front = _front_matter(line) if number == 1 else ()
        for found in [*front, *_unread(line), *_typed(line), *_dangling(line, figures, sources=sources)]:
            yield Finding(name, number, "", "commentary", *found)
        for found in _overtaken(line, figures, period=period):
            yield Finding(name, number, "", STALE, *found, note=True)


def _as_a_whole(text: str, name: str) -> Iterator[Finding]:
    """That a text says nothing, is endless, or is in another language than its file is named after."""
    if not text.strip():
        yield Finding(name, 0, "", "empty", "no words", "what the place says", "write it, or take the file away")
    if len(text) > LONGEST:
        yield Finding(name, 0, "", "length", f"{len(text)} characters", f"up to {LONGEST}", "shorten the text")
    if name.endswith(".vi.md") and lacks_marks(REFERENCE.sub("", text)):
        yield Finding(name, 0, "", "language", "words without marks", "Vietnamese with its marks", "write it")
    if name.endswith(".en.md") and has_many_marks(text):
        yield Finding(name, 0, "", "language", "words with marks of Vietnamese", "English", "write it in English")


def _unused(name: str, texts: Mapping[str, pd.DataFrame]) -> Iterator[Finding]:
    """That no page of any edition shows a file."""
    _, *folders, file = name.split("/")
    named = NAME.fullmatch(file)
    if len(folders) != 1 or not named:
        allowed = f"{FOLDER}/<period>/<chapter>.<language>.md, languages {', '.join(LANGUAGES)}"
        yield Finding(name, 0, "", "unused", "a file that no page shows", allowed, "rename it, or take it away")
        return
    for what, value, there in (
        ("period", folders[0], [*texts["release_calendar"]["period"]]),
        ("chapter", named["chapter"], [EDITION, *dict.fromkeys(texts["programmes"]["chapter"])]),
    ):
        if value not in there:
            yield Finding(
                name, 0, "", "unused", f"{what} {value!r}", ", ".join(there) or "none", "mend the name of the file"
            )


def last_commentary(path: Path) -> Path | None:
    """The file that says something of the same chapter in the last period before; None where there is none."""
    own = parse_or_none(path.parent.name) if path.parent.parent.is_dir() else None
    periods = [parse_or_none(folder.name) for folder in path.parent.parent.iterdir()] if own else []
    ended = [one for one in periods if one and own and (one.end or one.start) < (own.end or own.start)]
    files = [path.parent.parent / one.label / path.name for one in sorted(ended, key=lambda one: one.end or one.start)]
    return next((file for file in reversed(files) if file.is_file()), None)


def _unchanged(path: Path, name: str) -> Iterator[Finding]:
    """That a file still says what was said of the period before."""
    last = last_commentary(path)
    if last and last.read_bytes() == path.read_bytes():
        found, action = f"the text of {last.parent.name}", "bring it up to date, or take the file away"
        yield Finding(name, 0, "", STALE, found, "a text on this period", action, note=True)


def on_commentary(findings: Iterable[Finding], period: str) -> list[Finding]:
    """Those of the findings on a place that are on its commentary on a period."""
    return [one for one in findings if one.file.startswith(f"{FOLDER}/{period}/")]


def _overtaken(line: str, figures: pd.DataFrame, *, period: str) -> Iterator[tuple[str, str, str]]:
    """References of a line to a figure after which a newer one of as long a period came, up to the period commented on."""
    own = parse_or_none(period)
    last = (own.end or own.start) if own else date.min
    for found in REFERENCE.finditer(line):
        labels = set(figures.loc[figures["indicator_id"] == found["name"], "period"])
        spans = {label: span for label in labels if (span := parse_or_none(label))}
        named = spans.get(found["period"])
        later = [
            label
            for label, span in spans.items()
            if named and span.frequency == named.frequency and named.start < span.start <= last
        ]
        if later:
            action = "refer to the newest figure, or leave it on purpose"
            yield f"{found[0]}, an older figure", f"that of {max(later)}", action


def _untranslated(path: Path, name: str, *, languages: Sequence[str]) -> Iterator[Finding]:
    """That what a file says is not said in a language of the place, or word for word as in its first one."""
    named = NAME.fullmatch(path.name)
    beside = {code: path.with_name(f"{named['chapter']}.{code}.md") for code in languages} if named else {}
    for code, other in beside.items():
        if not other.is_file():
            allowed, action = f"one in each of {', '.join(languages)}", f"write {other.name} beside it"
            yield Finding(name, 0, "", "language", f"no commentary in {code}", allowed, action)
    told = beside.get(languages[0], path)
    if told != path and told.is_file() and told.read_bytes() == path.read_bytes():
        yield Finding(name, 0, "", "language", f"the text of {told.name}", "its translation", "translate it")


def _unlike(path: Path, name: str, *, language: str) -> Iterator[Finding]:
    """References of a file that the one in the first language of the place has not, or the other way round."""
    first = path.with_name(f"{path.name.split('.')[0]}.{language}.md")
    if first == path or not first.is_file():
        return
    own, told = (
        {found[0] for found in REFERENCE.finditer(file.read_text(encoding="utf-8", errors="replace"))}
        for file in (path, first)
    )
    for lacking, file in ((own - told, first), (told - own, path)):
        if lacking:
            found, action = f"no {', '.join(sorted(lacking))} in {file.name}", "refer to the same in both, or in none"
            yield Finding(name, 0, "", "language", found, f"the references of {first.name}", action)


def _unread(line: str) -> Iterator[tuple[str, str, str]]:
    """What readers would not see in a line as it was meant."""
    rule, *found = flaw(line.strip()) or ("",)
    if rule in UNREADABLE:
        yield found[0], found[1], found[2]
    for pattern, said, action in NOT_SHOWN:
        yield from (
            (f"{quote(match[0])}, {said}", "text, headings, lists and links", action)
            for match in pattern.finditer(line)
        )


def _front_matter(line: str) -> Iterator[tuple[str, str, str]]:
    """Settings above the text, of which a first line of signs tells."""
    if line.strip() in ("---", "+++"):
        yield f"{quote(line)}, which begins settings that no page reads", "words from the first line on", "take it away"


def _typed(line: str) -> Iterator[tuple[str, str, str]]:
    """The numbers that are typed in a line."""
    for found in TYPED.findall(LISTED.sub("", REFERENCE.sub("", line), count=1)):
        yield f"the number {found!r}", "a reference to a figure: {indicator period}", "write the reference"


def _dangling(line: str, figures: pd.DataFrame, *, sources: Set[str]) -> Iterator[tuple[str, str, str]]:
    """References of a line to no indicator, to a period without a figure, or to no source."""
    for found in REFERENCE.finditer(line):
        name, period = found["name"], found["period"]
        if period is None:
            if name not in sources:
                yield found[0], "the id of a source", "mend the reference"
            continue
        periods = [*dict.fromkeys(figures.loc[figures["indicator_id"] == name, "period"])]
        if period not in periods:
            yield found[0], ", ".join(periods) or "an indicator with figures", "mend the reference"
    for brace in re.findall(r"[{}]", REFERENCE.sub("", line)):
        yield f"a single {brace!r}", "{indicator period} or {source}", "mend the reference"
