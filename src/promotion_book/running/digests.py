"""The sha256 of files and texts: what seals an edition, names an entry of the cache, and tells what changed."""

from __future__ import annotations

import hashlib
from pathlib import Path


def digests(folder: Path, pattern: str = "*") -> dict[str, str]:
    """The sha256 of every file below a folder that fits a pattern, by its path in the folder."""
    files = sorted(path for path in folder.rglob(pattern) if path.is_file())
    return {path.relative_to(folder).as_posix(): digest(path) for path in files}


def digest(path: Path) -> str:
    """The sha256 of a file."""
    return of(path.read_bytes())


def of(content: bytes) -> str:
    """The sha256 of some bytes."""
    return hashlib.sha256(content).hexdigest()
