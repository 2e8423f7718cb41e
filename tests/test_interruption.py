"""A build that is stopped on the way: no process left, nothing half in the cache, and what was done is kept."""

from __future__ import annotations

import os
import select
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from builders import short_chapter
from sites import small_book

BUILD = [
    str(Path(sys.executable).parent / "promotion-book"),
    "build",
    "--period",
    "2023",
    "--explain",
    "--language",
    "en",
]


@pytest.fixture
def root(project, tmp_path):
    """A book with a page that tells when it runs, and then waits for ever."""
    root = small_book(project, tmp_path / "project", "ocop", "blocked")
    os.mkfifo(root / "pids")
    os.mkfifo(root / "never")
    waits = (
        "import os, subprocess\n"
        "child = subprocess.Popen(['sleep', '1000'])\n"
        f"print(os.getppid(), os.getpid(), child.pid, file=open({str(root / 'pids')!r}, 'w'), flush=True)\n"
        f"open({str(root / 'never')!r}).read()"
    )
    for name, cells in {"ocop": (), "blocked": (waits,)}.items():
        (root / "notebooks" / f"{name}.ipynb").write_text(short_chapter(name, *cells, title=name), encoding="utf-8")
    return root


def listen() -> None:
    """Take an interrupt as a command at a terminal does: what a script puts into the background is born deaf to it."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def stopped(root: Path, number: int) -> tuple[int, list[int]]:
    """A build that gets a signal while a page runs; its code, and the processes that it had started and that live."""
    environment = {**os.environ, "PROMOTION_BOOK_DATA": str(root / "data")}
    with subprocess.Popen(
        BUILD,
        cwd=root,
        env=environment,
        text=True,
        stdout=subprocess.PIPE,
        start_new_session=True,
        preexec_fn=listen,
    ) as build:
        assert build.stdout is not None
        assert "ocop: ran" in build.stdout.readline()
        pids = [int(pid) for pid in (root / "pids").read_text(encoding="utf-8").split()]
        handles = {pid: os.pidfd_open(pid) for pid in pids}
        os.killpg(build.pid, number)
        build.communicate(timeout=60)
    return build.returncode, [pid for pid in pids if lives(handles[pid])]


def lives(handle: int) -> bool:
    try:
        return not select.select([handle], [], [], 10)[0]
    finally:
        os.close(handle)


def cached(root: Path) -> list[str]:
    return [path.parent.name for path in (root / "_build" / "cache").glob("*/entry.json")]


AT_NIGHT = [pytest.param(number, marks=pytest.mark.nightly) for number in (signal.SIGTERM, signal.SIGKILL)]


@pytest.mark.parametrize("number", [signal.SIGINT, *AT_NIGHT], ids=["Ctrl-C", "kill", "kill -9"])
def test_a_build_that_is_stopped_leaves_no_process_and_keeps_what_was_made(root, number):
    code, left = stopped(root, number)
    assert left == []
    assert code != 0
    assert len(cached(root)) == 1
    assert not (root / "_build" / "hanoi" / "2023" / "en" / "edition.json").exists()
    drafts = list((root / "_build" / "cache" / "drafts").iterdir())
    assert drafts == [] or number == signal.SIGKILL, "only what ends at once leaves a draft"
