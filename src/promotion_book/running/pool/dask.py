"""The same jobs on Dask workers: those of a running cluster, or some that are started here.

A job travels as a parcel of its notebook and data files, and its files come back, so that machines need not
share a disk. A worker runs it as this machine would, with `local`. When a worker dies, Dask gives its jobs
to others. A worker with another version of this package, or of the packages it needs, is refused. What runs
on a worker of a cluster when its jobs are cancelled runs to its end, and is forgotten.
"""

from __future__ import annotations

import os
import platform
import re
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from functools import cache
from importlib.metadata import requires
from importlib.metadata import version as version_of
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from dask import config
from distributed import Client, LocalCluster, as_completed, get_worker
from distributed.scheduler import KilledWorker

from promotion_book import __version__
from promotion_book.facts.vocabulary import VOCABULARY
from promotion_book.running.execution import Job, Outcome
from promotion_book.running.hashing import folder_sha256, sha256
from promotion_book.running.inputs import code_sha256, place_of
from promotion_book.running.named_files import read_files, write_files
from promotion_book.running.pool import Runner, RunnerError
from promotion_book.running.pool.local import LocalRunner
from promotion_book.words.translation import LOCALE, REPORT, ROOT

PATIENCE = 10.0  # seconds that a scheduler has to answer
WAIT = 30.0  # seconds that the first of its workers has to come


@dataclass(frozen=True)
class Parcel:
    """A job with the contents of its files: `data` by their paths in the folder of the places, and `site`."""

    job: Job
    notebook: bytes = field(repr=False)
    data: dict[str, bytes] = field(repr=False)
    site: dict[str, bytes] = field(repr=False)
    version: str


@dataclass(frozen=True)
class Delivery:
    """What came of a parcel: its outcome, and the files it left, by their paths in the folder of its output."""

    outcome: Outcome
    files: dict[str, bytes] = field(repr=False)


class DaskRunner(Runner):
    """Runs jobs on the workers of a client; closing it closes what `stack` holds."""

    def __init__(self, client: Client, stack: ExitStack) -> None:
        self._client, self._stack, self._version = client, stack, source_version()
        self._futures: dict[Any, Job] = {}

    def __exit__(self, *_: object) -> None:
        self.cancel()
        self._stack.close()

    def submit(self, job: Job) -> None:
        """Send a job to the scheduler."""
        place = place_of(job)
        folders = (place, VOCABULARY) if place else ()
        data = {f"{f}/{name}": content for f in folders for name, content in read_files(job.data / f).items()}
        site = read_files(job.site) if job.site else {}
        parcel = Parcel(job, job.source.read_bytes(), data, site, self._version)
        self._futures[self._client.submit(run_parcel, parcel, pure=False)] = job

    def as_completed(self) -> Iterator[Outcome]:
        """The outcomes of the submitted jobs as they come.

        Raises:
            RunnerError: the scheduler is gone, or a worker has another version.
        """
        for future in as_completed(list(self._futures), loop=self._client.loop):
            yield self._outcome(future, self._futures.pop(future))

    def cancel(self) -> None:
        """Forget what waits and what runs."""
        self._client.cancel(list(self._futures))
        self._futures.clear()

    def _outcome(self, future: Any, job: Job) -> Outcome:
        if future.status == "finished":
            delivery: Delivery = future.result()
            write_files(delivery.files, job.folder)
            return replace(delivery.outcome, job=job)
        error = future.exception() if future.status == "error" else None
        if isinstance(error, KilledWorker):
            return Outcome(job, [f"{error.allowed_failures + 1} workers died while they ran it"], broken=True)
        raise (
            error if isinstance(error, RunnerError) else RunnerError(f"{job.name}: {error or 'the scheduler is gone'}")
        )


def dask_runner(scheduler: str, workers: int) -> DaskRunner:
    """A runner on the workers of a scheduler, or on so many workers that are started here.

    Raises:
        RunnerError: both are asked for, the scheduler or its workers do not answer, or have other versions.
    """
    if scheduler and workers:
        raise RunnerError("--scheduler names workers that run, --workers starts some here: give one of them")
    with ExitStack() as stack:
        client = stack.enter_context(_client(scheduler or stack.enter_context(_cluster(workers, stack))))
        _wait(client, scheduler)
        _refuse_other_versions(client)
        return DaskRunner(client, stack.pop_all())


def _client(address: Any) -> Client:
    try:
        return Client(address, timeout=PATIENCE, set_as_default=False)
    except (OSError, ValueError) as error:
        advice = "start one with 'dask scheduler', or leave out --scheduler"
        raise RunnerError(f"no Dask scheduler answers at {address} ({error}); {advice}") from error


def _cluster(workers: int, stack: ExitStack) -> LocalCluster:
    folder = stack.enter_context(TemporaryDirectory(prefix="promotion-book-"))
    stack.enter_context(config.set({"temporary-directory": folder}))
    # What Dask sets here, a seed of hashes and numbers of threads, is taken back at the end; a stack runs backwards
    stack.callback(os.environ.update, dict(os.environ))
    stack.callback(os.environ.clear)
    return LocalCluster(n_workers=workers, threads_per_worker=1, processes=True, dashboard_address=":0")


def _wait(client: Client, scheduler: str) -> None:
    try:
        client.wait_for_workers(1, timeout=WAIT)
    except TimeoutError as error:
        advice = f"start one with 'dask worker {scheduler} --nthreads 1'"
        raise RunnerError(f"the Dask scheduler {scheduler} has no workers; {advice}") from error


def _refuse_other_versions(client: Client) -> None:
    ours = source_version()
    theirs = client.run(source_version, on_error="return")
    others = [f"the worker {worker} has {said}" for worker, said in sorted(theirs.items()) if said != ours]
    if others:
        raise RunnerError(
            "\n".join([f"this machine has promotion-book {ours}", *others, "install the same everywhere"])
        )


@cache
def source_version() -> str:
    """The version of this package, with digests of its source and messages and of the versions of what it needs.

    It is told once: what a process has imported stays what it was when the files on its disk change.
    """
    names = sorted(
        {re.split(r"[^\w.-]", text)[0] for text in requires("promotion-book") or [] if "extra ==" not in text}
    )
    needed = [platform.python_version(), *(f"{name} {version_of(name)}" for name in names)]
    ours = [code_sha256(), folder_sha256(ROOT / LOCALE, f"{REPORT}.po")]
    source = sha256(repr(ours).encode("utf-8"))
    return f"{__version__} (source {source[:12]}, packages {sha256(repr(needed).encode('utf-8'))[:12]})"


def run_parcel(parcel: Parcel) -> Delivery:
    """What a worker does with a parcel.

    Raises:
        RunnerError: the worker has another version than the sender.
    """
    worker = get_worker()
    if parcel.version != source_version():
        raise RunnerError(f"{parcel.version} was sent, and the worker {worker.address} has {source_version()}")
    with TemporaryDirectory(dir=worker.local_directory) as name, LocalRunner(workers=1) as runner:
        folder = Path(name)
        write_files({parcel.job.source.name: parcel.notebook}, folder)
        write_files(parcel.data, folder / "data")
        write_files(parcel.site, folder / "site")
        source, output = folder / parcel.job.source.name, folder / "out" / parcel.job.output.name
        runner.submit(replace(parcel.job, source=source, output=output, data=folder / "data", site=folder / "site"))
        (outcome,) = runner.as_completed()
        return Delivery(outcome, read_files(output.parent))
