"""What a revision of an edition says of itself in a language: the same words on its pages, in its copies and on the site."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from promotion_book.site.histories import corrections
from promotion_book.site.manifest import Manifest
from promotion_book.words.language import Language


@dataclass(frozen=True)
class About:
    """An edition in words: names, and sentences of what day it knows, which revision it is, and how it is cited.

    `address` is that of the revision in the world, `reason` why it was made, or empty; `corrections` are told as sentences, `ways` as `Contact: …`.
    """

    title: str
    place: str
    period: str
    known: str
    revision: str
    published: date
    author: str
    citation: str
    address: str = ""
    reason: str = ""
    corrections: tuple[str, ...] = ()
    ways: tuple[str, ...] = ()


def about(history: Sequence[Manifest], words: Language) -> About:
    """The first of an edition's revisions, newest first, in a language."""
    shown, text, names = history[0], words.text, history[0].names[words.code]
    place, period, author = names["place"], names["period"], shown.author_in(words.code)
    title, day = text("Industrial promotion in {place}, {period}", place=place, period=period), words.day(shown.day)
    said, address = {"n": shown.revision, "day": day}, f"{shown.address}{shown.folder}/" if shown.address else ""
    ways = {text("Contact"): shown.contact, text("Source of the project"): shown.repository}
    return About(
        title=title,
        place=place,
        period=period,
        known=text("Figures public by {day}.", day=words.day(date.fromisoformat(shown.cut_off))),
        revision=text("Revision r{n}, published on {day}.", **said)
        if shown.revision
        else text("First published on {day} (r{n}).", **said),
        published=shown.day,
        author=author,
        citation=f"{text('{author}, {title}, r{n}, {day}.', author=author, title=title, **said)} {address}".strip(),
        address=address,
        reason=shown.note.in_language(words.code)[1] if shown.note else "",
        corrections=tuple(_corrected(one, words) for one in corrections(history)),
        ways=tuple(f"{label}: {way}" for label, way in ways.items() if way),
    )


def abstract(manifest: Manifest, words: Language) -> str:
    """What an edition is, in a few words."""
    return words.text(
        "The promotion of industry, crafts and rural establishments in {place}: what was public by {day}, each figure "
        "with its source. Figures: {figures}; targets: {targets}; sources: {sources}.",
        place=manifest.names[words.code]["place"],
        day=words.day(date.fromisoformat(manifest.cut_off)),
        **{name: words.number(manifest.counts[name]) for name in ("figures", "targets", "sources")},
    )


def licence(words: Language) -> str:
    """How every edition may be used."""
    return words.text(
        "Licence: Creative Commons Attribution 4.0 (CC BY 4.0), https://creativecommons.org/licenses/by/4.0/"
    )


def day_of_correction(correction: Manifest, words: Language) -> str:
    """That an error was corrected, and when."""
    return words.text("Correction of {day}.", day=words.day(correction.day))


def _corrected(correction: Manifest, words: Language) -> str:
    assert correction.note is not None
    return f"{day_of_correction(correction, words)} {correction.note.in_language(words.code)[1]}"
