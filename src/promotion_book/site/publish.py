"""Publishing: editions as they were built become revisions of the site, all of them in one switch or none.

    publish(root, [("hanoi", "2025")], today=today)
    publish(root, [("hanoi", "2023")], today=today, note=Note("error", {"en": "Exports of 2022 were counted twice."}))

What is published already stays as it is. Other content of a published edition is a new revision, with a note,
or it is refused.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from promotion_book.running.configuration import sign_off_required
from promotion_book.running.plan import EditionId
from promotion_book.site.candidate import Candidate, read_candidate
from promotion_book.site.copies.pdf import Printer
from promotion_book.site.front import write_front
from promotion_book.site.manifest import Manifest, Note, in_order, read_manifests
from promotion_book.site.revision import add_revision, compare_figures, open_shelf
from promotion_book.site.store import SITE, SiteError, site_lock, switch_site
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
    printer: Printer | None = None,
) -> list[Published]:
    """Put editions on the site in one switch; nothing outside the site is written.

    Args:
        today: the day of publication.
        note: makes an edition that is published, and was built otherwise, the next revision.
        printer: prints the PDFs; without one there are none.

    Raises:
        SiteError: an edition cannot be published, or another publisher is at work; a line for each reason.
        PrintError: a PDF cannot be printed.
        OSError: the site cannot be read or written.
    """
    with site_lock(root):
        check_site(root / SITE, editions)
        wanted = _candidates(root, editions, today=today)
        found = read_manifests(root / SITE)
        planned = _planned(
            root / SITE, wanted, found=found, today=today, note=note, printer=printer.version() if printer else ""
        )
        if sign_off_required(root):
            _refuse_unsigned(built for built, _ in planned if built)
        if all(built is None for built, _ in planned):
            return [Published(manifest, already=True) for _, manifest in planned]
        with switch_site(root) as draft:
            done = []
            for built, manifest in planned:
                done.append(_added(draft, built, manifest=manifest, found=found, printer=printer))
                found = in_order([*found, done[-1].manifest]) if built else found
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


def _candidates(root: Path, editions: Sequence[EditionId], *, today: date) -> list[Candidate]:
    found, reasons = [], []
    for edition in editions:
        try:
            found.append(read_candidate(root, edition, today=today))
        except SiteError as error:
            reasons.append(str(error))
    if reasons:
        raise SiteError("\n".join(reasons))
    return found


def _refuse_unsigned(wanted: Iterable[Candidate]) -> None:
    """Refuse editions that nobody has signed in a language, where the settings ask for it."""
    reasons = [
        f"{built.first.edition}: not signed off: {', '.join(lacking)}; read it, and run 'promotion-book sign-off'"
        for built in wanted
        if (lacking := built.unsigned())
    ]
    if reasons:
        raise SiteError("\n".join(reasons))


PlannedRevision = tuple[Candidate | None, Manifest]


def _planned(
    site: Path, wanted: list[Candidate], *, found: list[Manifest], today: date, note: Note | None, printer: str
) -> list[PlannedRevision]:
    """What becomes of each edition: nothing where it is published already, else the next revision."""
    planned: list[PlannedRevision] = []
    reasons = []
    for built in wanted:
        history = _history(built, found)
        if history and history[0].as_built() == built.files():
            planned.append((None, history[0]))
            continue
        noted = _with_kind(site, built, history=history, note=note)
        reasons += _refusals(built, history, note=noted)
        planned.append((built, built.manifest(_next(history), today, noted, printer)))
    if reasons:
        raise SiteError("\n".join(reasons))
    return planned


def _history(built: Candidate, found: list[Manifest]) -> list[Manifest]:
    """The revisions of an edition that are published, newest first."""
    return [manifest for manifest in found if manifest.edition == built.first.edition]


def _with_kind(site: Path, built: Candidate, *, history: list[Manifest], note: Note | None) -> Note | None:
    """A note with its kind, which follows from the figures where it was not said."""
    if note is None or note.kind:
        return note
    found = compare_figures(site, built, history=history, code=built.first.language)
    return replace(note, kind=found.kind if found else "")


def _next(history: list[Manifest]) -> int:
    return history[0].revision + 1 if history else 0


def _refusals(built: Candidate, history: list[Manifest], *, note: Note | None) -> list[str]:
    name = str(built.first.edition)
    if not history:
        return (
            [f"{name}: nothing of it is published that could be revised; publish it without --revise"] if note else []
        )
    if note:
        return (
            [] if note.kind else [f"{name}: its figures do not tell what kind of revision this is; say it with --kind"]
        )
    was, now = history[0].as_built(), built.files()
    other = sorted(file for file in {*was, *now} if was.get(file) != now.get(file))
    return [
        f"{name}: {len(other)} files differ from r{history[0].revision}, which is published, the first is {other[0]}; "
        "a published revision is never changed; publish with --revise --reason '...'"
    ]


def _added(
    draft: Path, built: Candidate | None, *, manifest: Manifest, found: list[Manifest], printer: Printer | None
) -> Published:
    if built is None:
        return Published(manifest, already=True)
    kept = open_shelf(draft, found)
    return Published(
        add_revision(draft, built, manifest=manifest, history=_history(built, found), kept=kept, printer=printer),
        added=kept.added,
        unsigned=tuple(built.unsigned()),
    )
