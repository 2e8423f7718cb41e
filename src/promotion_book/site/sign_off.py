"""What has to hold before an edition is published: what a machine can tell, and who has read it.

    _build/hanoi/2025/sign_off.json         is carried into the revision that is published, and into its manifest

A signature is a name and a day for each language, bound to exactly what was read: another build with other pages is other
content, of which nobody has signed anything.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError

from promotion_book.alone import alone_in
from promotion_book.facts.commentary import STALE, on_commentary
from promotion_book.facts.descriptor import languages_in
from promotion_book.facts.findings import Finding, refusing
from promotion_book.running.declarations import first_problem
from promotion_book.running.hashing import sha256
from promotion_book.running.plan import EditionBuild, EditionId, locate_build
from promotion_book.site.edition import is_current
from promotion_book.site.manifest import Signature
from promotion_book.site.seal import check_seal, read_seal
from promotion_book.site.store import SiteError
from promotion_book.whole_files import replace_files

SIGN_OFF = "sign_off.json"
SIGNATURES = TypeAdapter(list[Signature])


def content_of(seal: Mapping[str, Any]) -> str:
    """The sha256 of all files of a built edition in a language."""
    return sha256(json.dumps(seal["files"], sort_keys=True).encode("utf-8"))


def read_signatures(folder: Path) -> list[Signature]:
    """The signatures in the folder of an edition that is built, one a language, of whatever content.

    Raises:
        SiteError: the file is damaged.
    """
    path = folder / SIGN_OFF
    try:
        return SIGNATURES.validate_json(path.read_bytes()) if path.is_file() else []
    except ValidationError as error:
        raise SiteError(f"{path}: damaged ({first_problem(error)}); delete it, and sign again") from error


def sign(built: EditionBuild, *, name: str, day: str) -> None:
    """Record that somebody has read an edition as it was built, in the place of an earlier signature of its language.

    Raises:
        SiteError: it is not built, or its files are not those that were built.
    """
    folder, content = built.folder.parent, content_of(check_seal(built))
    signed: Signature = {"language": built.language, "name": name, "day": day, "content": content}
    with alone_in(folder):
        others = [one for one in read_signatures(folder) if one["language"] != built.language]
        text = signatures_text(sorted([*others, signed], key=lambda one: one["language"]))
        replace_files({folder / SIGN_OFF: text.encode("utf-8")})


def signatures_text(signed: Iterable[Signature]) -> str:
    """Signatures as they lie in a file."""
    return json.dumps([*signed], ensure_ascii=False, indent=1) + "\n"


@dataclass(frozen=True)
class SignOffItem:
    """One thing that has to hold, whether it does, and what else there is to say."""

    told: str
    done: bool
    more: str = ""

    def __str__(self) -> str:
        return f"[{'x' if self.done else ' '}] {self.told}{': ' if self.more else ''}{self.more}"


def sign_off_items(root: Path, edition: EditionId, *, findings: Sequence[Finding]) -> Iterator[SignOffItem]:
    """The list of an edition that is to be published.

    Args:
        findings: those of the data check on its place.
    """
    wrong = len(refusing(findings))
    look = f"{wrong} of them; run 'promotion-book check --place {edition.place}'" if wrong else ""
    yield SignOffItem("the data have no finding", not wrong, look)
    stale = [one.file for one in on_commentary(findings, edition.period) if one.rule == STALE]
    ask = f"{', '.join(dict.fromkeys(stale))}; 'promotion-book check --place {edition.place}' says what is not current in it"
    yield SignOffItem("the commentary speaks of this period", not stale, ask if stale else "")
    spoken = languages_in(root / "data" / edition.place)
    built = {code: locate_build(root, edition, language=code) for code in spoken}
    current = {code: is_current(root, one) for code, one in built.items()}
    for code in spoken:
        anew = f"run 'promotion-book build --place {edition.place} --period {edition.period}'"
        advice = "" if current[code] else anew
        yield SignOffItem(f"{code} is built from the data and notebooks of now", current[code], advice)
    signed = {one["language"]: one for one in read_signatures(built[spoken[0]].folder.parent)}
    for code in spoken:
        one = signed.get(code)
        same = one is not None and current[code] and one["content"] == content_of(read_seal(built[code]))
        advice = f"sign with --read-by 'Name' --language {code}" if one is None else "what was signed is other content"
        yield SignOffItem(f"somebody has read {code}", same, f"{one['name']}, {one['day']}" if one and same else advice)
