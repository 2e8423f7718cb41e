"""The engine `warm` of papermill: notebooks run in kernels forked from one warm parent.

    papermill --engine warm in.ipynb out.ipynb
    papermill.execute_notebook("in.ipynb", "out.ipynb", engine_name="warm")

The client is papermill's own, so that cells, outputs, errors and timeouts are treated as with its standard
engine; only the kernel behind it is another. Where none can be forked, and for every kernel but
ipykernel's own, the standard engine runs the notebook. Papermill imports this module by its entry point;
nobody else does.
"""

from __future__ import annotations

import asyncio
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from jupyter_client.kernelspec import KernelSpecManager, NoSuchKernel
from jupyter_core.utils import ensure_event_loop, run_sync
from nbclient.util import run_hook
from nbformat import NotebookNode
from papermill.clientwrap import PapermillNotebookClient
from papermill.engines import NBClientEngine, NotebookExecutionManager
from papermill.log import logger
from papermill.utils import remove_args

from papermill_warm.client import PATIENCE, Kernel
from papermill_warm.owner import fork_kernel

SECOND = 1.0
PYTHONS = ("python", "python3", f"python3.{sys.version_info.minor}", sys.executable)
UNUSED = ["input_path", "timeout", "start_timeout", "startup_timeout", "kernel_manager_class"]
LAUNCHER = ["-m", "ipykernel_launcher", "-f", "{connection_file}"]


class WarmManager(NotebookExecutionManager):
    """Papermill's manager, but the notebook is saved once in so many seconds at most, and at its end."""

    postponed = False
    apart = SECOND

    def save(self, **notebook: Any) -> None:
        """Save the notebook if it is time."""
        self.postponed = not self.end_time and (self.now() - self.last_save_time).total_seconds() < self.apart
        if not self.postponed:
            super().save(**notebook)


class WarmClient(PapermillNotebookClient):
    """Papermill's client with a forked kernel."""

    def __init__(self, nb_man: Any, kernel: Kernel, **options: Any) -> None:
        super().__init__(nb_man, **options)
        self.forked = kernel

    @contextmanager
    def setup_kernel(self, **_: Any) -> Iterator[None]:
        """A kernel for the time of the notebook."""
        self.km = self.kc = self.forked
        try:
            run_sync(run_hook)(self.on_notebook_start, notebook=self.nb)
            yield
        finally:
            run_sync(self._end)()
            _close_loop()

    async def _end(self) -> None:
        """End the kernel, and what of nbclient still waits for it. A cell that still runs shows where it was stopped."""
        waiting = asyncio.all_tasks() - {asyncio.current_task()}
        if waiting and self.forked.running:
            await self.forked.interrupt_kernel()
            await asyncio.wait(waiting, timeout=PATIENCE)
        self.forked.end()
        for task in waiting:
            task.cancel()
        await asyncio.gather(*waiting, return_exceptions=True)

    async def _async_poll_kernel_alive(self) -> None:
        """Save beside a cell that takes long what was not saved before it; nbclient watches over the kernel here."""
        await asyncio.sleep(SECOND)
        if self.nb_man.postponed:
            self.nb_man.save()
        await super()._async_poll_kernel_alive()


class WarmEngine(NBClientEngine):
    """Papermill's engine `warm`."""

    @classmethod
    def execute_notebook(
        cls,
        nb: NotebookNode,
        kernel_name: str,
        *,
        output_path: str | None = None,
        progress_bar: bool | dict[str, Any] = True,
        log_output: bool = False,
        autosave_cell_every: int = 30,
        **options: Any,
    ) -> NotebookNode:
        """Papermill's own way to run a notebook, with another manager."""
        manager = WarmManager(nb, output_path, log_output, progress_bar, autosave_cell_every)
        manager.notebook_start()
        try:
            cls.execute_managed_notebook(manager, kernel_name, log_output=log_output, **options)
        finally:
            manager.cleanup_pbar()
            manager.notebook_complete()
        return manager.nb

    @classmethod
    def execute_managed_notebook(
        cls, nb_man: Any, kernel_name: str, *, execution_timeout: int | None = None, **options: Any
    ) -> Any:
        """Run a notebook in a forked kernel, or, where there is none, with the standard engine."""
        folder = options.get("resources", {}).get("metadata", {}).get("path") or ""
        kernel = fork_kernel(Path(folder)) if can_fork(kernel_name) and not options.get("extra_arguments") else None
        if kernel is None:
            nb_man.apart = 0.0  # nobody saves later what is postponed
            nb_man.save()
            return super().execute_managed_notebook(nb_man, kernel_name, execution_timeout=execution_timeout, **options)
        timeout = execution_timeout or options.get("timeout")
        options = remove_args(UNUSED, **options)
        return WarmClient(nb_man, kernel, kernel_name=kernel_name, log=logger, timeout=timeout, **options).execute()


def _close_loop() -> None:
    """Close the loop that nbclient has made for this thread: nobody else would, and a thread may end."""
    loop = ensure_event_loop()
    if threading.current_thread() is not threading.main_thread() and not loop.is_running():
        loop.close()


def can_fork(name: str) -> bool:
    """Whether a kernel is what the parent forks: ipykernel as this Python runs it."""
    try:
        spec = KernelSpecManager().get_kernel_spec(name)
    except NoSuchKernel:
        return False
    return spec.argv[0] in PYTHONS and spec.argv[1:] == LAUNCHER and not spec.env
