"""The kernels of the warm engine and their parent: apart from each other, and gone when they are no longer needed."""

from __future__ import annotations

import os
import resource
import select
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from engines import differences, own_parent, results, run, written
from nbclient.exceptions import DeadKernelError

from papermill_warm import owner, parent
from papermill_warm.owner import OWNER

WAIT = "import threading\nthreading.Event().wait()"


def numbers(text: str) -> list[int]:
    """The numbers of a tuple as a notebook shows it."""
    return [int(number) for number in text.strip("()").split(", ")]


def runs(pid: int) -> bool:
    """Whether a process still runs after five seconds."""
    try:
        handle = os.pidfd_open(pid)
    except ProcessLookupError:
        return False
    try:
        return not select.select([handle], [], [], 5)[0]
    finally:
        os.close(handle)


def test_kernels_share_nothing_but_what_the_parent_imported(tmp_path):
    chance = "import pandas, random\nassert not hasattr(pandas, 'kept'); pandas.kept = 1\nrandom.random(), __import__('numpy').random.rand()"
    path = written(tmp_path, chance)
    first, second = ({*text.strip("()").split(", ")} for _ in range(2) for text in results(run("warm", path)))
    assert first & second == set()


def test_a_kernel_inherits_from_its_owner_what_a_new_process_would(tmp_path, monkeypatch):
    path = written(
        tmp_path,
        "import os, resource\nos.environ.get('ASKED'), oct(os.umask(0)), resource.getrlimit(resource.RLIMIT_CORE)[0]",
        f"os.getcwd() == {str(tmp_path)!r}, os.environ.get('OPENBLAS_NUM_THREADS')",
    )
    monkeypatch.delenv("OPENBLAS_NUM_THREADS", raising=False)
    soft, hard = resource.getrlimit(resource.RLIMIT_CORE)
    before = os.umask(0o077)
    try:
        resource.setrlimit(resource.RLIMIT_CORE, (0, hard))
        for asked in ("first", "second"):
            monkeypatch.setenv("ASKED", asked)
            assert results(run("warm", path)) == [repr((asked, "0o77", 0)), "(True, None)"]
    finally:
        os.umask(before)
        resource.setrlimit(resource.RLIMIT_CORE, (soft, hard))


def test_what_a_kernel_says_past_its_streams_goes_where_the_owner_writes_at_the_time(tmp_path, capfd):
    with pytest.raises(DeadKernelError):
        run(
            "warm",
            written(tmp_path, "import faulthandler; faulthandler.enable()", "import ctypes; ctypes.string_at(0)"),
        )
    assert "Segmentation fault" in capfd.readouterr().err


def test_a_cell_that_is_interrupted_for_its_time_is_the_same_as_with_the_standard_engine(tmp_path):
    path = written(tmp_path, WAIT, "'after'", tag="raises-exception")
    assert differences(path, execution_timeout=2, interrupt_on_timeout=True) == []


def test_a_kernel_and_what_it_started_end_with_the_notebook(tmp_path):
    path = written(tmp_path, "import os, subprocess\nos.getpid(), subprocess.Popen(['sleep', '600']).pid")
    (said,) = results(run("warm", path))
    assert [pid for pid in numbers(said) if runs(pid)] == []


def test_a_thread_that_never_ends_does_not_keep_a_kernel(tmp_path):
    path = written(
        tmp_path, "import os, threading\nthreading.Thread(target=threading.Event().wait).start()\nos.getpid(),"
    )
    (said,) = results(run("warm", path))
    assert not runs(int(said.strip("(),")))


def test_notebooks_leave_no_descriptor_and_no_process_behind(tmp_path):
    path = written(tmp_path, "import os, subprocess\nsubprocess.run(['true'])\nos.getppid(),")

    def state() -> tuple[str, str, int, int]:
        (said,) = results(run("warm", path))
        warm = Path(f"/proc/{said.strip('(),')}")
        children = (warm / "task" / warm.name / "children").read_text()
        return said, children, len(list((warm / "fd").iterdir())), len(list(Path("/proc/self/fd").iterdir()))

    parents, children, theirs, ours = zip(*(state() for _ in range(5)), strict=True)
    assert (len(set(parents)), set(children)) == (1, {""})
    at_work = 1  # the parent may still hold the end of the notebook that was last
    assert (theirs[-1] - theirs[0] <= at_work, ours[-1] - ours[0]) == (True, 0)


def test_notebooks_run_side_by_side_in_threads_each_in_its_own_folder(tmp_path):
    folders = [tmp_path / str(number) for number in range(4)]

    def ran(folder: Path) -> list[str]:
        folder.mkdir()
        path = written(
            folder, "import pathlib\npathlib.Path('here').touch()", f"{folder.name}, pathlib.Path.cwd().name"
        )
        return results(run("warm", path, cwd=None, resources={"metadata": {"path": str(folder)}}))

    with ThreadPoolExecutor(2) as threads:
        assert list(threads.map(ran, folders)) == [[repr((int(f.name), f.name))] for f in folders]
    assert all((folder / "here").exists() for folder in folders)


@pytest.mark.parametrize("sent", [signal.SIGTERM, pytest.param(signal.SIGINT, marks=pytest.mark.nightly)])
def test_the_parent_and_its_kernels_end_with_their_owner(sent, tmp_path):
    path = written(
        tmp_path, "import os, pathlib\npathlib.Path('told').write_text(f'{os.getpid()}, {os.getppid()}')", WAIT
    )
    program = f"import papermill, signal; signal.signal(signal.SIGINT, signal.default_int_handler); papermill.execute_notebook({str(path)!r}, None, engine_name='warm', cwd={str(tmp_path)!r}, progress_bar=False)"
    os.mkfifo(tmp_path / "told")
    with subprocess.Popen([sys.executable, "-c", program], stderr=subprocess.DEVNULL, process_group=0) as process:
        pids = numbers((tmp_path / "told").read_text())
        os.killpg(process.pid, sent)
    assert [pid for pid in pids if runs(pid)] == []


def test_when_the_parent_dies_its_notebook_fails_and_the_next_has_a_new_one(tmp_path):
    with pytest.raises(DeadKernelError):
        run("warm", written(tmp_path, "import os\nos.kill(os.getppid(), 9)", WAIT))
    dead = OWNER.parent
    assert results(run("warm", written(tmp_path, "6 * 7"))) == ["42"]
    assert OWNER.parent is not dead


SAYS = "import socket, sys; control = socket.socket(fileno=int(sys.argv[1])); control.sendall(b'{}'); control.recv(1)"


@pytest.fixture
def stranger(monkeypatch):
    """Another owner in place of this process, whose parent is a program that a test names; ours has its own by then."""
    own_parent()

    def make(program: str) -> owner.Owner:
        monkeypatch.setattr(owner, "PROGRAM", program)
        made.append(owner.Owner())
        monkeypatch.setattr("papermill_warm.engine.fork_kernel", made[-1].fork_kernel)
        return made[-1]

    made: list[owner.Owner] = []
    yield make
    for one in made:
        one.close()


def test_nobody_waits_for_a_parent_that_is_asked_to_start(stranger):
    started = stranger("import socket, sys; socket.socket(fileno=int(sys.argv[1])).recv(1)").start()
    assert started is not None
    assert started.threads is None


@pytest.mark.parametrize(
    ("program", "reason"),
    [
        ("raise SystemExit(3)", "the warm parent ended with 3"),
        (SAYS.format('{"threads": 2}'), "the warm parent has 2 threads"),
        (SAYS.format('{"threads": 1}'), "the warm parent ended with 0"),
    ],
)
def test_a_parent_that_cannot_fork_kernels_is_told_once_with_the_reason(program, reason, stranger, tmp_path, caplog):
    parents = stranger(program)
    assert [parents.fork_kernel(tmp_path) for _ in range(2)] == [None, None]
    told = [record.message for record in caplog.records if "engine warm" in record.message]
    assert told == [f"engine warm: {reason}; using the standard engine"]


def test_where_kernels_cannot_be_forked_the_standard_engine_runs(stranger, tmp_path):
    stranger("raise SystemExit(3)")
    assert results(run("warm", written(tmp_path, "1 + 1"))) == ["2"]


def test_elsewhere_than_on_linux_nothing_is_forked(stranger, monkeypatch, tmp_path, caplog):
    monkeypatch.setattr(owner.platform, "system", lambda: "Windows")
    assert stranger(SAYS).fork_kernel(tmp_path) is None
    assert "kernels are forked on Linux only, not on Windows" in caplog.text


def test_a_parent_with_a_second_thread_refuses_to_fork(monkeypatch):
    monkeypatch.setattr(parent, "count_threads", lambda: 2)
    assert parent.fork() == {"reason": "the warm parent has 2 threads"}
