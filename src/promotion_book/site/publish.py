"""Publishing: editions as they were built become revisions of the site, all of them in one switch or none.

    publish(root, [EditionId("hanoi", "2025")], today=today)
    publish(root, [EditionId("hanoi", "2023")], today=today, note=Note("error", {"en": "Exports of 2022 were counted twice."}))

What is published already stays as it is. Other content of a published edition is a new revision, with a note,
or it is refused.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from promotion_book.running.configuration import sign_off_required
from promotion_book.running.declarations import refuse
from promotion_book.running.plan import EditionId
from promotion_book.running.settings import check_settings
from promotion_book.site.candidate import Candidate, read_candidate
from promotion_book.site.copies.pdf import Chromium
from promotion_book.site.front import write_front
from promotion_book.site.histories import history_of, in_order, last_published, read_manifests
from promotion_book.site.manifest import Manifest, Note
from promotion_book.site.revision import add_revision, compare_figures, open_shelf
from promotion_book.site.store import SITE, VERSIONS, SiteError, for_each, site_lock, switch_site, version_before
from promotion_book.site.verify import verify_chain


@dataclass(frozen=True)
class Published:
    """What came of an edition: its manifest, whether it was there already, and the bytes that it added.

    `unsigned` names the languages in which nobody has signed that they read it.
    """

    manifest: Manifest
    already: bool = False
    added: int = 0
    unsigned: tuple[str, ...] = ()

    def __str__(self) -> str:
        if self.already:
            return f"{self.manifest.folder} is published already; nothing was changed"
        said = f"published {self.manifest.folder}, {self.added / 1e6:.1f} MB more than before"
        return f"{said}; not signed off: {', '.join(self.unsigned)}" if self.unsigned else said


def publish(
    root: Path,
    editions: Sequence[EditionId],
    *,
    today: date,
    note: Note | None = None,
    printer: Chromium | None = None,
) -> list[Published]:
    """Put editions on the site in one switch; nothing outside the site is written.

    Args:
        today: the day of publication.
        note: makes an edition that is published, and was built otherwise, the next revision.
        printer: prints the PDFs; without one there are none.

    Raises:
        DeclarationError: the settings of the book cannot be used.
        SiteError: an edition cannot be published, or another publisher is at work; a line for each reason.
        PrintError: a PDF cannot be printed.
        OSError: the site cannot be read or written.
    """
    refuse(check_settings(root))
    with site_lock(root):
        check_site(root / SITE, editions)
        wanted = for_each(lambda edition: read_candidate(root, edition, today=today), editions)
        found, prints = read_manifests(root / SITE), printer.version() if printer else ""
        plan = for_each(
            lambda built: _next(root, built, history_of(found, built.edition), today=today, note=note, prints=prints),
            wanted,
        )
        if all(built is None for built, _ in plan):
            return [Published(manifest, already=True) for _, manifest in plan]
        _refuse_earlier(root, found, today)
        with switch_site(root) as draft:
            done = [_added(draft, built, manifest=manifest, found=found, printer=printer) for built, manifest in plan]
            write_front(draft, found)
    return done


def check_site(site: Path, editions: Sequence[EditionId]) -> None:
    """Refuse a site whose manifests, own pages or files of these editions are not as they were published.

    Of another edition a file that is to have one more name is compared before, and all are by `promotion-book verify`.

    Raises:
        SiteError: a line for each file that is another one, missing or too many.
    """
    wrong = verify_chain(site, editions) if site.exists() else []
    if wrong:
        raise SiteError("\n".join([*wrong, "the site is not as it was published; put these files in order first"]))


def _refuse_earlier(root: Path, found: list[Manifest], today: date) -> None:
    """Refuse a day before one on which something was published: what follows would be told as what came first."""
    if found and (last := last_published(found)).day > today:
        told = f"{last.folder} was published on {last.day}, and by the clock of this machine it is {today}"
        before = version_before(root)
        way = (
            f"with 'ln -sfn {VERSIONS}/{before.name} {SITE}'"
            if before and not (before / last.folder).exists()
            else "by a copy of the site from before it"
        )
        raise SiteError(
            f"{told}; set the clock right, and publish again; where {last.day} is wrong, take that back {way}"
        )


def _next(
    root: Path, built: Candidate, history: list[Manifest], *, today: date, note: Note | None, prints: str
) -> tuple[Candidate | None, Manifest]:
    """What becomes of an edition: nothing where it is published already, else the next revision.

    Args:
        prints: the program that prints its PDFs, or empty.
    """
    if history and history[0].as_built() == built.files():
        return None, history[0]
    noted = _with_kind(root / SITE, built, history=history, note=note)
    _refuse(built, history, note=noted, signed=sign_off_required(root))
    return built, built.manifest(len(history), today, noted, prints)


def _with_kind(site: Path, built: Candidate, *, history: list[Manifest], note: Note | None) -> Note | None:
    """A note with its kind, which follows from the figures where it was not said."""
    if note is None or note.kind:
        return note
    found = compare_figures(site, built, history=history, code=built.first.language)
    return replace(note, kind=found.kind if found else "")


def _refuse(built: Candidate, history: list[Manifest], *, note: Note | None, signed: bool) -> None:
    """Refuse what cannot be the next revision; where it has to be `signed`, also what somebody has yet to read."""
    reason, lacking = "", ", ".join(built.unsigned())
    if note and not history:
        reason = "nothing of it is published that could be revised; publish it without --revise"
    elif note and not note.kind:
        reason = "its figures do not tell what kind of revision this is; say it with --kind"
    elif history and not note:
        was, now = history[0].as_built(), built.files()
        other = sorted(file for file in {*was, *now} if was.get(file) != now.get(file))
        reason = (
            f"{len(other)} files differ from r{history[0].revision}, which is published, the first is {other[0]}; "
            "a published revision is never changed; publish with --revise --reason '...'"
        )
    elif signed and lacking:
        reason = f"not signed off: {lacking}; read it, and run 'promotion-book sign-off'"
    if reason:
        raise SiteError(f"{built.edition}: {reason}")


def _added(
    draft: Path, built: Candidate | None, *, manifest: Manifest, found: list[Manifest], printer: Chromium | None
) -> Published:
    """Put a revision into a draft of the site, and its manifest among those that are found."""
    if built is None:
        return Published(manifest, already=True)
    kept, history = open_shelf(draft, found), history_of(found, built.edition)
    made = add_revision(draft, built, manifest=manifest, history=history, kept=kept, printer=printer)
    found[:] = in_order([*found, made])
    return Published(made, added=kept.added, unsigned=tuple(built.unsigned()))
