"""The pages of the site for readers, in each language: its start page, the archive, and the revision log.

    index.html index.vi.html                      what the newest edition of each place says, what comes next, all ways on
    archive.en.html archive.en.html#hanoi-2025    every edition of every place with its revisions and downloads
    revisions.en.html                             every revision, why it was made, and the figures that it changed

They are plain HTML that needs no script, with one style sheet at the root of the site, where a script lets the start
page greet readers in their language. `book/_templates/site` has their templates.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from importlib.resources import files
from pathlib import Path
from typing import Any

from promotion_book.book.book_edition import contact_line
from promotion_book.book.downloads import download_links, pdf_link, software_links
from promotion_book.book.templates import render_template
from promotion_book.facts.calendar import Release, age
from promotion_book.report.results import read_verdict
from promotion_book.site.about import about
from promotion_book.site.histories import history_of, languages_of, last_published, newest_revisions
from promotion_book.site.manifest import START, FigureWords, Manifest
from promotion_book.words.language import Language, capitalize
from promotion_book.words.status_words import CHANGE_MEANING, CHANGES

STYLE, ENTRY = "archive.css", "entry.js"
COMPARISON = "notebooks/changes"  # the page What changed


def own_files() -> dict[str, str]:
    """The style sheet of the site's own pages, and the script of its start page, by name."""
    return {name: files(__package__).joinpath(name).read_text(encoding="utf-8") for name in (STYLE, ENTRY)}


def page_html(
    name: str, words: Language, *, title: str, up: str = "", others: Mapping[str, str] | None = None, **values: object
) -> str:
    """A page in a language, from the template of a name.

    Args:
        up: the way to the root of the site: "", "../" and so on.
        others: the addresses of the same page in other languages, by code.
        values: what else its template prints.
    """
    frame = {"title": title, "up": up, "others": others or {}, "language_label": words.text("Language")}
    return render_template(f"site/{name}.html", words, **frame, **values) + "\n"


def read_verdicts(site: Path, found: Sequence[Manifest]) -> Mapping[str, list[str]]:
    """What the verdict of the newest revision of each edition says, point by point, from the results that its pages left,
    by the address of the edition in a language: hanoi/2025/en. Of one without such there is none."""
    verdicts = {}
    for manifest in newest_revisions(found):
        for code in manifest.languages:
            if told := read_verdict(site / manifest.folder / code):
                verdicts[f"{manifest.edition.folder}/{code}"] = told
    return verdicts


def home_name(found: Sequence[Manifest], code: str) -> str:
    """The name of the start page in a language; that of the first language has none in it."""
    return "index.html" if code == languages_of(found)[0] else f"index.{code}.html"


def home_page(found: Sequence[Manifest], words: Language, *, verdicts: Mapping[str, list[str]]) -> str:
    """The start page in a language.

    Args:
        found: all revisions of the site, in the order of `read_manifests`.
        verdicts: those of the editions, by their address in a language.
    """
    text, mine, last = words.text, _in(found, words), last_published(found)
    newest = _newest(mine)
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
            {
                **_revision(shown, words, folder=shown.edition.folder),
                "verdict": verdicts.get(f"{shown.edition.folder}/{words.code}", []),
                "cite": text("Cite as: {sentence}", sentence=about([shown], words).citation),
                "coming": _coming([m for m in mine if m.place == place], words),
            }
            for place, shown in newest.items()
        ],
        contact=contact_line(last.contact, last.repository, words=words),
        entry=ENTRY,
        asks=words.code == languages_of(found)[0],
        ways=[(f"archive.{words.code}.html", text("All editions")), *_ways(words)],
    )


def archive_page(found: Sequence[Manifest], words: Language) -> str:
    """The archive in a language; `found` are all revisions of the site, in the order of `read_manifests`."""
    text, mine = words.text, _in(found, words)
    return page_html(
        "archive",
        words,
        title=text("Industrial promotion: all editions"),
        others=_others("archive", found, words),
        feed=text("Editions and corrections"),
        intro=text(
            "One report for each place and period. An edition keeps its address and shows what was public on its "
            "cut-off day. Its address shows the newest revision; earlier revisions stay."
        ),
        ways=_ways(words),
        coming=text("Release calendar"),
        places=[_place([m for m in mine if m.place == place], words) for place in dict.fromkeys(m.place for m in mine)],
    )


def revision_log(found: Sequence[Manifest], words: Language) -> str:
    """The revision log in a language, the last revision first; `found` are all revisions of the site."""
    text, mine = words.text, _in(found, words)
    later = sorted((m for m in mine if m.note), key=lambda m: m.published, reverse=True)
    return page_html(
        "revisions",
        words,
        title=text("Revision log"),
        others=_others("revisions", found, words),
        ways=[(f"archive.{words.code}.html", text("All editions"))],
        counted=text(
            "Of {all} {all:edition|editions}, {n} {n:has|have} been revised.",
            n=len({m.edition for m in later}),
            all=len({m.edition for m in mine}),
        )
        if later
        else text("No edition has been revised."),
        compared=text("How first figures changed from edition to edition:"),
        comparisons=_comparisons(mine, words),
        revisions=[_change(manifest, words) for manifest in later],
        figures=text("Figures that were revised"),
        no_figures=text("No figure was revised."),
        kinds_title=text("Kinds of revision"),
        kinds=[(capitalize(text(CHANGES[kind])), text(CHANGE_MEANING[kind])) for kind in CHANGES],
    )


def archive_id(where: str) -> str:
    """The id of a place or an edition in the archive."""
    return where.replace("/", "-")


def coming_releases(found: Sequence[Manifest]) -> list[Release]:
    """The releases of a place that were still to come when it was last published, the first one first."""
    last = last_published(found)
    rows = (row for row in last.calendar if row.release_on > last.day)
    return sorted(rows, key=lambda one: (one.release_on, age(one.period)))


def _in(found: Sequence[Manifest], words: Language) -> list[Manifest]:
    return [m for m in found if words.code in m.names]


def _newest(mine: Sequence[Manifest]) -> dict[str, Manifest]:
    """The newest revision of the newest edition of each place."""
    newest: dict[str, Manifest] = {}
    for manifest in newest_revisions(mine):
        newest.setdefault(manifest.place, manifest)
    return newest


def _others(page: str, found: Sequence[Manifest], words: Language) -> dict[str, str]:
    """Where a page is in other languages."""
    return {code: f"{page}.{code}.html" for code in languages_of(found) if code != words.code}


def _ways(words: Language) -> list[tuple[str, str]]:
    return [
        (f"revisions.{words.code}.html", words.text("Revision log")),
        (f"feed.{words.code}.xml", words.text("Feed of editions and corrections (Atom)")),
    ]


def _comparisons(mine: Sequence[Manifest], words: Language) -> list[tuple[str, str]]:
    """The page What changed of the newest edition of each place, if it has one: address and title."""
    return [
        (f"{m.edition.folder}/{words.code}/{COMPARISON}.html", f"{about([m], words).title}: {titles[COMPARISON]}")
        for m in _newest(mine).values()
        if COMPARISON in (titles := m.pages(words.code))
    ]


def _coming(mine: Sequence[Manifest], words: Language) -> list[str]:
    """What is coming of a place, each with its day and the note of the calendar."""
    names = last_published(mine).names[words.code]
    told = [
        (
            one,
            words.text(
                "{day}: edition of {period}", day=words.day(one.release_on), period=names["calendar"][one.period]
            ),
        )
        for one in coming_releases(mine)
    ]
    return [f"{said}. {note}" if (note := names.get("notes", {}).get(one.period)) else said for one, said in told]


def _announced(first: Manifest, words: Language) -> str:
    """When the first revision of an edition was announced for which day, where the calendar has a note on it; else empty."""
    note = first.names[words.code].get("notes", {}).get(first.period, "")
    days = [row for row in first.calendar if row.period == first.period]
    if not note or not days:
        return ""
    announced, day = words.day(days[0].announced_on), words.day(days[0].release_on)
    told = "Announced on {announced} for {day}. {note}"
    if announced == day:
        told = "Announced on {day} for the same day. {note}"
    return words.text(told, announced=announced, day=day, note=note)


def _place(mine: Sequence[Manifest], words: Language) -> dict[str, Any]:
    histories = [history_of(mine, shown.edition) for shown in newest_revisions(mine)]
    return {
        "id": archive_id(mine[0].place),
        "name": mine[0].names[words.code]["place"],
        "editions": [_edition(history, words) for history in histories],
        "coming": _coming(mine, words),
    }


def _edition(history: Sequence[Manifest], words: Language) -> dict[str, Any]:
    shown, *earlier = history
    return {
        **_revision(shown, words, folder=shown.edition.folder),
        "id": archive_id(shown.edition.folder),
        "name": words.text("Report: {period}", period=shown.names[words.code]["period"]),
        "announced": _announced(history[-1], words),
        "earlier": [
            {**_revision(m, words, folder=m.folder), "name": words.text("Earlier: revision r{n}", n=m.revision)}
            for m in earlier
        ],
    }


def _revision(manifest: Manifest, words: Language, *, folder: str) -> dict[str, Any]:
    """What is said of a revision that is shown at a folder."""
    note, told, at = manifest.note, about([manifest], words), (manifest.place, manifest.period)
    paper = [pdf_link(*at, words=words)] if manifest.printer else []
    made_by = [one for one in software_links(manifest.version, words) if one[0] in manifest.files]
    held = [*paper, *download_links(*at, words=words), *made_by]
    return {
        "name": told.title,
        "address": f"{folder}/{words.code}/{START}.html",
        "known": told.known,
        "line": told.revision,
        "note": note,
        "kind": capitalize(words.text(CHANGES[note.kind])) if note else "",
        "files": [(f"{folder}/{name}", label) for name, label in held],
    }


def _change(manifest: Manifest, words: Language) -> dict[str, Any]:
    """A revision in the log: what, when and why, the pages that it changed, and the figures."""
    assert manifest.note is not None
    text, folder, titles = words.text, f"{manifest.folder}/{words.code}", manifest.pages(words.code)
    pages = [one.partition("/")[2] for one in manifest.touched if one.startswith(f"{words.code}/")]
    name = text("{title}, revision r{n}", title=about([manifest], words).title, n=manifest.revision)
    return {
        "link": (f"{folder}/{START}.html", name),
        "day": words.day(manifest.day),
        "kind": capitalize(text(CHANGES[manifest.note.kind])),
        "note": manifest.note,
        "changed": text("Pages that say something else: {n}.", n=len(pages)),
        "pages": [(f"{folder}/{one}.html", titles[one]) for one in pages],
        "figures": [_figure(one["told"], words) for one in manifest.figures],
    }


def _figure(told: Mapping[str, FigureWords], words: Language) -> str:
    """What a figure was, what it is, and who says so."""
    figure = told.get(words.code) or next(iter(told.values()))
    return words.text("{name}: was {was}, is {now}. Source: {source}.", **figure)
