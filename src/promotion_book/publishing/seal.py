"""The seal of a built edition: what went into it, and the sha256 of every file that came out.

It is written last. Without a seal, or with files that are not those of the seal, there is nothing to publish.
"""

from __future__ import annotations

import json
from pathlib import Path

from promotion_book import __version__
from promotion_book.facts import edition, read
from promotion_book.publishing.digests import digest, digests
from promotion_book.publishing.plan import Built

SEAL = "edition.json"


def seal(built: Built, root: Path) -> None:
    """Write the seal of a finished edition: what went in, and the sha256 of every file that came out."""
    package = read(built.place)
    report = edition(package, built.period)
    record = {
        "place": built.place,
        "period": built.period,
        "language": built.language,
        "cut_off": report.cut_off.isoformat(),
        "version": __version__,
        "lock": digest(root / "requirements.lock"),
        "data": digests(package.folder),
        "files": digests(built.html),
        **({"what_if": package.what_if} if package.what_if else {}),
    }
    text = json.dumps(record, indent=1, sort_keys=True) + "\n"
    draft = built.folder / f"{SEAL}.draft"
    draft.write_text(text, encoding="utf-8")
    draft.replace(built.folder / SEAL)


def unsealed(built: Built) -> str:
    """Why a built edition cannot be published; empty when its files are those of its seal."""
    path = built.folder / SEAL
    if not path.is_file():
        return f"{built.folder} holds no finished edition; run 'promotion-book build --place {built.place} --period {built.period}'"
    record = json.loads(path.read_text(encoding="utf-8"))
    if "what_if" in record:
        return f"{built.folder} is a what-if ({record['what_if']}); a what-if is private and is never published"
    if record["files"] != digests(built.html):
        return f"the files of {built.html} are not those that were built; build the edition again"
    return ""
