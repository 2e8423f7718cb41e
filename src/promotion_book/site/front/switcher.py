"""What the pages of a place read when they are looked at: its editions, what was corrected, and what comes next.

    hanoi/editions.en.json

    {"start": "book/index",
     "next": "Next release: 15 January 2027 (first half of 2026).",
     "words": {"newer": "A newer edition of this report exists:", ...},
     "editions": [{"period": "2025", "name": "2025", "revision": 0, "pages": ["book/index", ...], "corrections": []}]}

The newest edition comes first. Published pages hold their script for ever, so this form stays as it is: what is
added to it is ignored by older pages.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from promotion_book.site.front.site_pages import coming_releases
from promotion_book.site.histories import corrections, history_of, last_published, newest_revisions
from promotion_book.site.manifest import START, Manifest
from promotion_book.words.language import Language


def editions_json(found: Sequence[Manifest], words: Language) -> str:
    """The editions of a place in a language.

    Args:
        found: all revisions of the place, in the order of `read_manifests`.
    """
    mine = [m for m in found if words.code in m.names]
    record = {
        "start": START,
        "next": _next(mine, words),
        "words": {
            "news": words.text("News of this edition"),
            "newer": words.text("A newer edition of this report exists:"),
            "revised": words.text("This is an earlier revision. The newest one of this edition:"),
        },
        "editions": [_edition(m, history_of(mine, m.edition), words=words) for m in newest_revisions(mine)],
    }
    return json.dumps(record, ensure_ascii=False, indent=1) + "\n"


def _next(found: Sequence[Manifest], words: Language) -> str:
    announced = coming_releases(found)
    if not announced:
        return words.text("No later release is announced.")
    name = last_published(found).names[words.code]["calendar"][announced[0].period]
    return words.text("Next release: {day} ({period}).", day=words.day(announced[0].release_on), period=name)


def _edition(shown: Manifest, history: Sequence[Manifest], *, words: Language) -> dict[str, Any]:
    told = {
        "name": shown.names[words.code]["period"],
        "revision": shown.revision,
        "pages": list(shown.pages(words.code)),
    }
    return {"period": shown.period, **told, "corrections": [_correction(m, words) for m in corrections(history)]}


def _correction(correction: Manifest, words: Language) -> dict[str, Any]:
    """What an earlier revision says of an error that a later one corrected, and on which pages."""
    assert correction.note is not None
    text = words.text(
        "This page had an error, which was corrected on {day}: {reason}",
        day=words.day(correction.day),
        reason=correction.note.in_language(words.code)[1],
    )
    pages = [name.partition("/")[2] for name in correction.touched if name.startswith(f"{words.code}/")]
    return {"revision": correction.revision, "text": text, "pages": pages}
