"""The sha256 of files and texts: what seals an edition, names an entry of the cache, and tells what changed."""

from __future__ import annotations

import hashlib
import os
from fnmatch import filter as fitting
from pathlib import Path


def folder_sha256(folder: Path, pattern: str = "*") -> dict[str, str]:
    """The sha256 of every file below a folder that fits a pattern, by its path in the folder; links are followed."""
    found = ((Path(where), fitting(names, pattern)) for where, _, names in os.walk(folder, followlinks=True))
    files = sorted(where / name for where, names in found for name in names if (where / name).is_file())
    return {path.relative_to(folder).as_posix(): file_sha256(path) for path in files}


def file_sha256(path: Path) -> str:
    """The sha256 of a file."""
    return sha256(path.read_bytes())


def sha256(content: bytes) -> str:
    """The sha256 of some bytes."""
    return hashlib.sha256(content).hexdigest()
