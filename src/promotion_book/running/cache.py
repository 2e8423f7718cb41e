"""Executed notebooks with their result files, kept under the hash of all that went into them.

    _build/cache/
        <key>/entry.json ...        what came of a job, and its inputs and the sha256 of each file
        pages/<page>.json           the inputs with which a page was last made
        drafts/<key>.<random>/      where a job works; a finished one becomes an entry by one rename

An entry is verified whenever it is read. One that is damaged is removed, and made again by whoever asked
for it. Several builds may use a cache at once; pruning waits for none of them and is refused meanwhile.
"""

from __future__ import annotations

import fcntl
import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

from pydantic import TypeAdapter, ValidationError
from typing_extensions import TypedDict

from promotion_book.fault import Fault
from promotion_book.running.declarations import first_problem
from promotion_book.running.hashing import folder_sha256
from promotion_book.running.inputs import Inputs, cache_key, changed_names

RECORD = "entry.json"
CACHED = "cached"
DRAFTS = "drafts"


class EntryRecord(TypedDict):
    """What is noted of an entry: the inputs that it was made of, and the sha256 of its files."""

    inputs: Inputs
    files: dict[str, str]


INPUTS, ENTRY = TypeAdapter(Inputs), TypeAdapter(EntryRecord)


class CacheError(Fault):
    """The cache is in use, and cannot be pruned."""


@dataclass(frozen=True)
class Cache:
    """A cache in a folder."""

    folder: Path

    @contextmanager
    def used(self, alone: bool = False) -> Iterator[None]:
        """The cache while it is used by a build, or by one process `alone`.

        Raises:
            CacheError: others are using it.
        """
        self.folder.mkdir(parents=True, exist_ok=True)
        with (self.folder / "lock").open("w") as lock:
            try:
                fcntl.flock(lock, (fcntl.LOCK_EX if alone else fcntl.LOCK_SH) | fcntl.LOCK_NB)
            except BlockingIOError as error:
                raise CacheError(f"{self.folder} is in use; try again when that is done") from error
            yield

    def find(self, needs: Inputs) -> Path | None:
        """The entry of these inputs, whose files are those that were kept; None where there is none."""
        entry = self.folder / cache_key(needs)
        if not os.path.lexists(entry):
            return None
        if find_damage(entry):
            _remove(entry)
            return None
        return entry

    def draft(self, needs: Inputs) -> Path:
        """A new folder for a job to work in."""
        draft = self.folder / DRAFTS / f"{cache_key(needs)}.{uuid4().hex}"
        draft.mkdir(parents=True)
        return draft

    def keep(self, draft: Path, needs: Inputs) -> Path:
        """Make a draft the entry of its inputs, unless another process has just made that."""
        record = {"inputs": needs, "files": folder_sha256(draft)}
        (draft / RECORD).write_text(json.dumps(record, indent=1) + "\n", encoding="utf-8")
        entry = self.folder / cache_key(needs)
        try:
            draft.rename(entry)
        except OSError:
            if not entry.is_dir():
                raise
            shutil.rmtree(draft)
        return entry

    def why(self, page: str, needs: Inputs) -> str:
        """Why a page has to be made: which of its inputs changed since it was last made."""
        record = self._page(page)
        if not record.is_file():
            return "not made before"
        before = _needs(record)
        if before is None:
            return "the record of its last inputs is damaged"
        names = changed_names(before, needs)
        if not names:
            return "its entry is gone or was damaged"
        return f"{names[0]} changed" + (f", and {len(names) - 1} more" if len(names) > 1 else "")

    def remember(self, page: str, needs: Inputs) -> None:
        """Note the inputs that a page is made with."""
        record = self._page(page)
        record.parent.mkdir(parents=True, exist_ok=True)
        if record.is_dir():
            _remove(record)
        draft = record.with_suffix(f".{os.getpid()}")
        draft.write_text(json.dumps(needs, indent=1) + "\n", encoding="utf-8")
        draft.replace(record)

    def entries(self) -> list[Path]:
        """The folders of all entries."""
        return sorted(record.parent for record in self.folder.glob(f"*/{RECORD}"))

    def prune(self) -> list[Path]:
        """Remove the entries that no page was last made with, and drafts that nobody works on; they are returned.

        Raises:
            CacheError: others are using the cache.
        """
        with self.used(alone=True):
            pages = map(_needs, (self.folder / "pages").rglob("*.json"))
            wanted = {cache_key(needs) for needs in pages if needs is not None}
            old = [entry for entry in self.entries() if entry.name not in wanted or find_damage(entry)]
            for folder in [*old, self.folder / DRAFTS]:
                shutil.rmtree(folder, ignore_errors=True)
            return old

    def _page(self, page: str) -> Path:
        return self.folder / "pages" / f"{page}.json"


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink()


def _needs(page: Path) -> Inputs | None:
    """The inputs with which a page was last made; None where their record is damaged."""
    try:
        return INPUTS.validate_json(page.read_bytes())
    except (OSError, ValidationError):
        return None


def find_damage(entry: Path) -> str:
    """What is wrong with an entry; empty when it is whole."""
    try:
        record = ENTRY.validate_json((entry / RECORD).read_bytes())
    except OSError as error:
        return f"{RECORD} cannot be read ({error})"
    except ValidationError as error:
        return f"{RECORD} cannot be read ({first_problem(error)})"
    if cache_key(record["inputs"]) != entry.name:
        return f"{RECORD} is of another entry"
    names = [name for name in changed_names(record["files"], folder_sha256(entry)) if name != RECORD]
    return f"{names[0]} is not what was kept" if names else ""


def folder_size(folder: Path) -> int:
    """The bytes of all files below a folder."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
