"""A folder of a project that all processes of a run of the tests share, and what only the first of them does."""

from __future__ import annotations

import fcntl
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from folders import ROOT


@contextmanager
def once(marker: Path) -> Iterator[bool]:
    """One process at a time; whether no other one of this run has done it before."""
    with marker.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield not marker.exists()
        marker.touch()


def hold(number: int) -> tuple[Path, IO[str]] | None:
    """A folder for projects and its lock; None if another run of the tests has it."""
    root = ROOT / "_build" / "tests" / str(number)
    root.mkdir(parents=True, exist_ok=True)
    lock = root.with_suffix(".lock").open("w")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        lock.close()
        return None
    return root, lock


def copy_project(root: Path) -> None:
    """Put what an edition is built from into a folder, and take away what was published there.

    Executed notebooks are those of the cache that `make book` uses too.
    """
    (ROOT / "_build" / "cache").mkdir(parents=True, exist_ok=True)
    (root / "_build").mkdir(exist_ok=True)
    if not (root / "_build" / "cache").exists():
        (root / "_build" / "cache").symlink_to(ROOT / "_build" / "cache")
    for name in ("book", "data", "notebooks", "tests", "_site.versions", "copied_site"):
        shutil.rmtree(root / name, ignore_errors=True)
    (root / "_site").unlink(missing_ok=True)
    for name in ("book", "data", "notebooks"):
        shutil.copytree(ROOT / name, root / name, ignore=shutil.ignore_patterns("results", ".ipynb_checkpoints"))
    (root / "tests").mkdir()
    for name in ("_config.yml", "_toc.yml", "requirements.lock", "tests/cases.csv"):
        shutil.copyfile(ROOT / name, root / name)
