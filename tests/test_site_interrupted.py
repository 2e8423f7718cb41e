"""Whatever stops a publisher, readers see the whole old site or the whole new one, and the next publication succeeds.

A forked child publishes a revision, and something happens to it just before or just after the n-th call that
changes the disk: it is killed, or the disk is full.
"""

from __future__ import annotations

import io
import os
import resource
import shutil
import signal
import stat
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from places import NAME
from promotion_book.running.declarations import DeclarationError
from promotion_book.running.hashing import folder_sha256
from promotion_book.running.plan import EditionId
from promotion_book.site.publish import publish
from promotion_book.site.store import SiteError
from sites import ERROR, TODAY, make, published, put_project

pytestmark = pytest.mark.xdist_group("small sites")

CALLS = {"open", "write", "link", "mkdir", "rename", "replace", "unlink", "rmdir", "symlink", "flock"}
POINTS = 50
OFTEN = {(part, part % 2) for part in range(0, POINTS, 9)}  # the others are for `make nightly`


def revise(root: Path) -> None:
    publish(root, [EditionId(NAME, "2023")], today=TODAY, note=ERROR)


@dataclass(frozen=True)
class Case:
    """A project with a published edition whose revision is built, and its site before and after."""

    root: Path
    old: dict[str, str]
    new: dict[str, str]
    calls: int

    def fresh(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
        """A copy of the project."""
        shutil.copytree(self.root, folder, symlinks=True)
        monkeypatch.setenv("PROMOTION_BOOK_DATA", str(folder / "data"))
        return folder


@pytest.fixture(scope="module")
def case(tmp_path_factory) -> Iterator[Case]:
    with pytest.MonkeyPatch.context() as patch:
        root = tmp_path_factory.mktemp("case")
        patch.setenv("PROMOTION_BOOK_DATA", str(root / "data"))
        published(put_project(root), "2022", "2023", exports="wrong")
        make(root, "2023", exports="right")
        first, done = (
            shutil.copytree(root, tmp_path_factory.mktemp(name) / "copy", symlinks=True) for name in ("first", "done")
        )
        revise(first)  # after it, templates are in memory, as they are in a child
        counted: list[str] = []
        sys.setprofile(lambda frame, event, call: counted.append(event) if of_disk(event, call) else None)
        revise(done)
        sys.setprofile(None)
        yield Case(root, folder_sha256(root / "_site"), folder_sha256(done / "_site"), len(counted))


def of_disk(event: str, call: object) -> bool:
    """Whether a C function that may change the disk is about to be called, or has just returned; a text or a file in memory is none."""
    in_memory = isinstance(getattr(call, "__self__", None), (io.BytesIO, io.StringIO, str))
    return event in ("c_call", "c_return") and getattr(call, "__name__", "") in CALLS and not in_memory


def at(point: int, happens: Callable[[], None]) -> None:
    """Let something happen to this process at the n-th of these moments."""
    seen = 0

    def watch(frame: object, event: str, call: object) -> None:
        nonlocal seen
        seen += of_disk(event, call)
        if seen == point:
            sys.setprofile(None)
            happens()

    sys.setprofile(watch)


def killed() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def disk_full() -> None:
    raise OSError(28, "No space left on device")


def forked(work: Callable[[], None]) -> int:
    """Do something in a child of this process: 0 when it went well, 3 where the disk did not let it, or -signal.

    What cannot be read of a site is told as an error of the site, and of the settings as one of these.
    """
    child = os.fork()
    if child == 0:
        code = 1
        try:
            work()
            code = 0
        except (OSError, SiteError, DeclarationError):
            code = 3
        finally:
            sys.setprofile(None)
            os._exit(code)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


@pytest.mark.parametrize(
    ("part", "happens"),
    [
        pytest.param(part, happens, marks=() if (part, way) in OFTEN else pytest.mark.nightly)
        for part in range(POINTS)
        for way, happens in enumerate((killed, disk_full))
    ],
)
def test_a_publisher_that_is_stopped_anywhere_leaves_the_old_site_or_the_new_one(
    case, tmp_path, monkeypatch, part, happens
):
    root = case.fresh(tmp_path / "copy", monkeypatch)
    point = 1 + round(part * (case.calls - 1) / (POINTS - 1))

    def work() -> None:
        at(point, happens)
        revise(root)

    code = forked(work)
    assert code == -9 if happens is killed else code in (0, 3)
    assert folder_sha256(root / "_site") in (case.old, case.new)
    revise(root)
    assert folder_sha256(root / "_site") == case.new


@pytest.mark.parametrize("happens", [killed, disk_full])
def test_a_version_that_was_made_and_never_shown_is_in_nobodys_way(case, tmp_path, monkeypatch, happens):
    root = case.fresh(tmp_path / "copy", monkeypatch)
    with monkeypatch.context() as patch:
        patch.setattr("promotion_book.site.store._show", lambda *_: happens())
        assert forked(lambda: revise(root)) == (-9 if happens is killed else 3)
    assert folder_sha256(root / "_site") == case.old
    revise(root)
    assert folder_sha256(root / "_site") == case.new


def test_the_points_where_a_publisher_is_stopped_lie_before_and_after_the_switch(case):
    assert case.calls > 2 * POINTS
    assert case.old != case.new


def test_of_two_publishers_at_once_one_wins_and_the_other_is_told_so(case, tmp_path, monkeypatch):
    root = case.fresh(tmp_path / "copy", monkeypatch)
    (told, tell), (released, release) = os.pipe(), os.pipe()

    def wait() -> None:
        os.write(tell, b"at work")
        os.read(released, 1)

    def work() -> None:
        at(case.calls // 2, wait)
        revise(root)

    child = os.fork()
    if child == 0:
        work()
        os._exit(0)
    assert os.read(told, 7) == b"at work"
    with pytest.raises(SiteError, match="another publisher is changing the site; try again when it is done"):
        revise(root)
    assert folder_sha256(root / "_site") == case.old
    os.write(release, b".")
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    assert folder_sha256(root / "_site") == case.new
    for end in (told, tell, released, release):
        os.close(end)


def test_a_file_that_the_disk_has_no_room_for_leaves_the_old_site(case, tmp_path, monkeypatch):
    root = case.fresh(tmp_path / "copy", monkeypatch)

    def work() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))
        revise(root)

    assert forked(work) == 3
    assert folder_sha256(root / "_site") == case.old
    assert list((root / "_site.versions").glob("*.draft")) == []


@pytest.fixture
def elsewhere() -> Iterator[Path]:
    """A folder that every user of this machine can reach."""
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)


def test_a_target_that_cannot_be_written_leaves_the_old_site(case, elsewhere, monkeypatch):
    root = case.fresh(elsewhere / "copy", monkeypatch)
    for path in [root, *root.rglob("*")]:
        if not path.is_symlink():
            path.chmod(0o555 if path.is_dir() else 0o444)

    def work() -> None:
        if os.getuid() == 0:
            os.setuid(65534)  # what may not be written, root could write
        revise(root)

    assert forked(work) == 3
    assert folder_sha256(root / "_site") == case.old
    for path in [root, *root.rglob("*")]:
        if path.is_dir() and not path.is_symlink():
            path.chmod(stat.S_IRWXU)
