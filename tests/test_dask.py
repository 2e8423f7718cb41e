"""Notebooks on Dask workers: a real scheduler and worker processes, started as people start them."""

from __future__ import annotations

import os
import re
import select
import signal
import socket
import subprocess
import sys
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from types import ModuleType

import pytest

from builders import notebook, short_chapter
from promotion_book.running.execution import Job
from promotion_book.running.hashing import folder_sha256
from promotion_book.running.pool import RunnerError, open_runner
from promotion_book.running.pool.local import LocalRunner

pytestmark = pytest.mark.xdist_group("one scheduler")
BIN = Path(sys.executable).parent
WRITE = "from pathlib import Path\nPath('results').mkdir()\nPath('results/n{n}.json').write_text('[{n}]')"


def dask() -> ModuleType:
    """The module that knows Dask: it is slow to import, and every process of a run collects this module."""
    return import_module("promotion_book.running.pool.dask")


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@contextmanager
def running(*command: str, **environment: str):
    """A process that is told to end, with all that it started."""
    started = subprocess.Popen(
        [str(BIN / command[0]), *command[1:]],
        env={**os.environ, **environment},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        yield started
    finally:
        os.killpg(started.pid, signal.SIGKILL)
        started.wait()


@contextmanager
def worker(address: str, folder: Path, **environment: str):
    options = ["--nthreads", "1", "--no-dashboard", "--local-directory", str(folder)]
    with running("dask", "worker", address, *options, **environment) as started:
        yield started


@pytest.fixture(scope="module")
def scheduler():
    port = free_port()
    with running("dask", "scheduler", "--host", "127.0.0.1", "--port", str(port), "--no-dashboard"):
        yield f"tcp://127.0.0.1:{port}"


@pytest.fixture(scope="module")
def one_worker(scheduler, tmp_path_factory):
    with worker(scheduler, tmp_path_factory.mktemp("worker")) as started:
        with dask().Client(scheduler, set_as_default=False, timeout=60) as connected:
            connected.wait_for_workers(1, timeout=60)
        yield started


def job(folder: Path, name: str, *cells: str) -> Job:
    source = folder / "source" / f"{name}.ipynb"
    source.parent.mkdir(exist_ok=True)
    source.write_text(notebook("# no parameters but this comment", *cells, tags=("parameters",)), encoding="utf-8")
    return Job(source, {}, folder / "out" / name / f"{name}.ipynb", folder)


def chapter(folder: Path) -> Job:
    """A chapter of the report, with its data."""
    source = folder.parent / "ocop.ipynb"
    source.write_text(short_chapter("ocop"), encoding="utf-8")
    given = {"place": "hanoi", "period": "2023"}
    return Job(source, given, folder / "chapter" / "page.ipynb", Path("data").resolve(), Path("results", "ocop.json"))


def outcomes(chosen, *jobs: Job):
    with chosen as made:
        for one in jobs:
            made.submit(one)
        return {outcome.job.name: outcome for outcome in made.as_completed()}


def test_a_worker_leaves_the_same_files_as_this_machine(one_worker, scheduler, tmp_path):
    here, there = tmp_path / "here", tmp_path / "there"
    for folder, chosen in ((here, LocalRunner()), (there, open_runner(scheduler))):
        folder.mkdir()
        found = outcomes(chosen, chapter(folder), *(job(folder, f"n{n}", WRITE.format(n=n), str(n)) for n in range(2)))
        assert [outcome.problems for outcome in found.values()] == [[]] * 3
    assert folder_sha256(there) == folder_sha256(here)
    assert any(name.endswith(".svg") for name in folder_sha256(there))


def test_a_failing_cell_is_told_as_here_and_is_not_tried_again(one_worker, scheduler, tmp_path):
    count = f"with open({str(tmp_path / 'count')!r}, 'a') as file:\n    file.write('x')"
    found = outcomes(open_runner(scheduler), job(tmp_path, "bad", count, "1 / 0"), job(tmp_path, "good", "1"))
    assert found["bad"].problems == ["cell 3 (1 / 0): ZeroDivisionError: division by zero"]
    assert found["good"].problems == []
    assert (tmp_path / "count").read_text(encoding="utf-8") == "x"
    assert (tmp_path / "out" / "bad" / "bad.failed.ipynb").is_file()


@pytest.mark.nightly
def test_the_jobs_of_a_worker_that_is_killed_go_to_another(tmp_path):
    port = free_port()
    address = f"tcp://127.0.0.1:{port}"
    started, go = tmp_path / "started", tmp_path / "go"
    os.mkfifo(started)
    os.mkfifo(go)
    cells = (
        f"import os\nprint(os.getpid(), file=open({str(started)!r}, 'w'), flush=True)",
        f"open({str(go)!r}).read()",
    )
    with (
        running("dask", "scheduler", "--host", "127.0.0.1", "--port", str(port), "--no-dashboard"),
        worker(address, tmp_path / "1") as first,
        dask().dask_runner(address, 0) as made,
    ):
        made.submit(job(tmp_path, "long", *cells))
        kernel = os.pidfd_open(int(started.read_text(encoding="utf-8")))  # it runs on the first worker
        with worker(address, tmp_path / "2"), dask().Client(address, set_as_default=False, timeout=60) as client:
            client.wait_for_workers(2, timeout=60)
            os.killpg(first.pid, signal.SIGKILL)
            assert select.select([kernel], [], [], 60)[0]
            os.close(kernel)
            started.read_text(encoding="utf-8")  # it runs again
            go.open("w").close()
            (outcome,) = made.as_completed()
    assert outcome.problems == []


def test_where_no_scheduler_answers_that_is_said(monkeypatch):
    monkeypatch.setattr("promotion_book.running.pool.dask.PATIENCE", 0.5)
    address = f"tcp://127.0.0.1:{free_port()}"
    with pytest.raises(RunnerError, match=f"no Dask scheduler answers at {address} .*start one with 'dask scheduler'"):
        dask().dask_runner(address, 0)


def test_a_scheduler_without_workers_is_said(tmp_path, monkeypatch):
    monkeypatch.setattr("promotion_book.running.pool.dask.WAIT", 0.5)
    port = free_port()
    with running("dask", "scheduler", "--host", "127.0.0.1", "--port", str(port), "--no-dashboard"):
        dask().Client(f"tcp://127.0.0.1:{port}", set_as_default=False, timeout=60).close()
        with pytest.raises(RunnerError, match="has no workers; start one with 'dask worker tcp"):
            dask().dask_runner(f"tcp://127.0.0.1:{port}", 0)


def test_a_worker_of_another_version_is_refused_with_both_versions_named(one_worker, scheduler):
    source_version = dask().source_version
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("promotion_book.running.pool.dask.__version__", "9.9.9")
        source_version.cache_clear()
        with pytest.raises(RunnerError) as refused:
            dask().dask_runner(scheduler, 0)
    source_version.cache_clear()
    ours, theirs, advice = str(refused.value).splitlines()
    assert ours.startswith("this machine has promotion-book 9.9.9 (source ")
    assert re.fullmatch(rf"the worker tcp://127\.0\.0\.1:\d+ has {re.escape(source_version())}", theirs)
    assert advice == "install the same everywhere"


def test_a_cluster_and_workers_of_its_own_are_not_asked_for_together():
    with pytest.raises(RunnerError, match="give one of them"):
        open_runner("tcp://127.0.0.1:8786", 2)


def test_workers_that_are_started_here_end_with_the_run_and_leave_nothing(tmp_path, monkeypatch):
    (tmp_path / "temporary").mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "temporary"))
    monkeypatch.setenv("PYTHONHASHSEED", "0")
    before = dict(os.environ)
    cell = "import os\nfrom pathlib import Path\nPath('pid.txt').write_text(str(os.getppid()))"
    found = outcomes(open_runner(workers=1), job(tmp_path, "n", cell))
    assert found["n"].problems == []
    assert not Path("/proc", (tmp_path / "out" / "n" / "pid.txt").read_text(encoding="utf-8")).exists()
    assert (list((tmp_path / "temporary").iterdir()), dict(os.environ)) == ([], before)
