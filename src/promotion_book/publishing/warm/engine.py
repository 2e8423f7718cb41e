"""The engine `warm` of papermill: notebooks run in kernels forked from one warm parent.

    papermill --engine warm in.ipynb out.ipynb
    papermill.execute_notebook("in.ipynb", "out.ipynb", engine_name="warm")

The client is papermill's own, so that cells, outputs, errors and timeouts are treated as with its standard
engine; only the kernel behind it is another. Where none can be forked, the standard engine runs the
notebook. Papermill imports this module by its entry point; nobody else does.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from papermill.clientwrap import PapermillNotebookClient
from papermill.engines import NBClientEngine
from papermill.utils import remove_args

from promotion_book.publishing.warm.owner import Kernel, forked, logger


class WarmClient(PapermillNotebookClient):  # type: ignore[misc]
    """Papermill's client with a forked kernel."""

    def __init__(self, nb_man: Any, kernel: Kernel, **options: Any) -> None:
        super().__init__(nb_man, **options)
        self.forked = kernel

    @contextmanager
    def setup_kernel(self, **_: Any) -> Iterator[None]:
        """A kernel for the time of the notebook; it is killed afterwards, with what it started."""
        self.km = self.kc = self.forked
        try:
            yield
        finally:
            self.forked.end()


class WarmEngine(NBClientEngine):  # type: ignore[misc]
    """Papermill's engine `warm`."""

    @classmethod
    def execute_managed_notebook(
        cls, nb_man: Any, kernel_name: str, execution_timeout: int | None = None, **options: Any
    ) -> Any:
        """Run a notebook in a forked kernel, or, where there is none, with the standard engine."""
        kernel = forked()
        if kernel is None:
            return super().execute_managed_notebook(nb_man, kernel_name, execution_timeout=execution_timeout, **options)
        options = remove_args(["input_path", "start_timeout", "kernel_manager_class"], **options)
        timeout = execution_timeout or options.pop("timeout", None)
        return WarmClient(nb_man, kernel, kernel_name=kernel_name, log=logger, timeout=timeout, **options).execute()
