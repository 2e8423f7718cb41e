"""Who has read a built edition: a name and a day for each language, bound to exactly what they read.

    _build/hanoi/2025/sign_off.json         is carried into the revision that is published, and into its manifest

Another build with other pages is other content, of which nobody has signed anything.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError

from promotion_book.running.hashing import sha256
from promotion_book.running.plan import EditionBuild
from promotion_book.site.manifest import Signature, first_problem
from promotion_book.site.seal import check_seal
from promotion_book.site.store import SiteError, write

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
        ValueError: it is not built, or its files are not those that were built.
    """
    folder, content = built.folder.parent, content_of(check_seal(built))
    others = [one for one in read_signatures(folder) if one["language"] != built.language]
    signed: Signature = {"language": built.language, "name": name, "day": day, "content": content}
    write(folder / SIGN_OFF, signatures_text(sorted([*others, signed], key=lambda one: one["language"])))


def signatures_text(signed: Iterable[Signature]) -> str:
    """Signatures as they lie in a file."""
    return json.dumps([*signed], ensure_ascii=False, indent=1) + "\n"
