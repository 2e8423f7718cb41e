"""What has to hold before an edition is published: what a machine can tell, and what named persons sign.

for item in sign_off_items(root, edition, findings=findings): print(item)
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from promotion_book.facts.commentary import FOLDER, STALE
from promotion_book.facts.descriptor import languages_in
from promotion_book.facts.findings import Finding, refusing
from promotion_book.running.plan import EditionId, locate_build
from promotion_book.site.edition import is_current
from promotion_book.site.seal import read_seal
from promotion_book.site.signatures import content_of, read_signatures


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
    yield SignOffItem(
        "the data have no finding", not wrong, f"{wrong} of them; run 'promotion-book check'" if wrong else ""
    )
    folder = f"{FOLDER}/{edition.period}/"
    stale = [finding.file for finding in findings if finding.rule == STALE and finding.file.startswith(folder)]
    yield SignOffItem("the commentary speaks of this period", not stale, ", ".join(dict.fromkeys(stale)))
    spoken = languages_in(root / "data" / edition.place)
    built = {code: locate_build(root, edition, language=code) for code in spoken}
    current = {code: is_current(root, one) for code, one in built.items()}
    for code in spoken:
        advice = "" if current[code] else "run 'promotion-book build'"
        yield SignOffItem(f"{code} is built from the data and notebooks of now", current[code], advice)
    signed = {one["language"]: one for one in read_signatures(built[spoken[0]].folder.parent)}
    for code in spoken:
        one = signed.get(code)
        same = one is not None and current[code] and one["content"] == content_of(read_seal(built[code]))
        advice = f"sign with --read-by 'Name' --language {code}" if one is None else "what was signed is other content"
        yield SignOffItem(f"somebody has read {code}", same, f"{one['name']}, {one['day']}" if one and same else advice)
