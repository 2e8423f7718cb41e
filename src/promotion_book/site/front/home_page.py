"""The start page of the site: what it is, what the newest edition of each place says, what comes next, and all ways on.

index.html    index.vi.html
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from promotion_book.book.book_edition import contact_line
from promotion_book.site.copies.citation import citation_sentence, title
from promotion_book.site.copies.stamp import day_in_words, edition_line
from promotion_book.site.front.archive_page import coming_releases, revision_files
from promotion_book.site.front.html_page import ENTRY, page_html
from promotion_book.site.manifest import START, Manifest, languages_of, last_published, newest_revisions
from promotion_book.words.language import Language


def home_name(found: Sequence[Manifest], code: str) -> str:
    """The name of the page in a language; that of the first language has none in it."""
    return "index.html" if code == languages_of(found)[0] else f"index.{code}.html"


def home_page(found: Sequence[Manifest], words: Language, *, verdicts: Mapping[str, str]) -> str:
    """The page in a language.

    Args:
        found: all revisions of the site, in the order of `read_manifests`.
        verdicts: those of the editions, by their address in a language.
    """
    text, mine = words.text, [m for m in found if words.code in m.names]
    newest: dict[str, Manifest] = {}
    for manifest in newest_revisions(mine):
        newest.setdefault(manifest.place, manifest)
    last = last_published(found)
    names = words.join_list([m.names[words.code]["place"] for m in newest.values()])
    return page_html(
        "home",
        words,
        title=text("Industrial promotion in {places}", places=names),
        others={code: home_name(found, code) for code in languages_of(found) if code != words.code},
        feed=text("Editions and corrections"),
        intro=text(
            "How far have the programmes for industry, crafts and rural establishments come? Each edition sets what was "
            "planned against what has been published, and every figure names its source."
        ),
        coming=text("Coming releases"),
        places=[
            _place([m for m in mine if m.place == place], shown, words=words, verdicts=verdicts)
            for place, shown in newest.items()
        ],
        contact=contact_line(last.contact, last.repository, words=words),
        entry=ENTRY,
        asks=words.code == languages_of(found)[0],
        ways=[
            (f"archive.{words.code}.html", text("All editions")),
            (f"revisions.{words.code}.html", text("Revision log")),
            (f"feed.{words.code}.xml", text("Feed of editions and corrections (Atom)")),
        ],
    )


def _place(
    mine: Sequence[Manifest], shown: Manifest, *, words: Language, verdicts: Mapping[str, str]
) -> dict[str, Any]:
    """The newest edition of a place, and what is coming there."""
    text, folder, names = words.text, shown.edition.folder, last_published(mine).names[words.code]["calendar"]
    return {
        "name": title(shown, words),
        "address": f"{folder}/{words.code}/{START}.html",
        "verdict": verdicts.get(f"{folder}/{words.code}", ""),
        "known": text("Figures public by {day}.", day=day_in_words(shown.cut_off, words)),
        "line": edition_line(shown, words),
        "files": [(f"{folder}/{name}", label) for name, label in revision_files(shown, words)],
        "cite": text("Cite as: {sentence}", sentence=citation_sentence(shown, words)),
        "coming": [(words.day(one.release_on), names[one.period]) for one in coming_releases(mine)],
    }
