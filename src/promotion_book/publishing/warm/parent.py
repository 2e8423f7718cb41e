"""The warm parent: a process of one thread that has imported the libraries and forks on request.

It forks kernels, and processes that call a function named in the request, to run a notebook in a kernel that
was forked before. A request comes over the control socket as JSON: what the process would inherit from its
owner; with it one end of the process's own socket, its standard streams, and for a function the socket of its
kernel. The answer is the process id, or why it cannot be forked. The parent ends with its owner, and what it
has forked with it. Linux only.
"""

from __future__ import annotations

import ctypes
import gc
import importlib
import json
import os
import pkgutil
import random
import resource
import signal
import socket
import sys
import traceback
from contextvars import copy_context
from datetime import date
from multiprocessing.connection import Connection
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn
from warnings import catch_warnings

if TYPE_CHECKING:
    from promotion_book.publishing.warm.kernel import IPKernelApp

LIBRARIES = (
    "IPython.core.logger",
    "IPython.core.pylabtools",
    "IPython.extensions.storemagic",
    "faulthandler",
    "matplotlib.backends.backend_agg",
    "matplotlib.backends.backend_svg",
    "matplotlib.pyplot",
    "promotion_book.publishing.chapter",
    "psutil",
    "runpy",
    "seaborn",
    "tornado.platform.asyncio",
)
CLIENT = ("papermill.execute", "promotion_book.publishing.execution", "promotion_book.publishing.warm.engine")
ROOMS = ("facts", "statistics", "scenarios", "display")
FIXED = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}
DESCRIPTORS = 4
LIMIT = 1 << 20
PR_SET_PDEATHSIG = 1


def warm() -> None:
    """Import what chapters and kernels use, and write a date and a figure: the first ones take longest.

    The module of the inline backend is left out: a kernel that needs it imports it, and is connected to it so.
    """
    rooms = (importlib.import_module(f"promotion_book.{room}") for room in ROOMS)
    chapters = (f"{room.__name__}.{module.name}" for room in rooms for module in pkgutil.iter_modules(room.__path__))
    for name in (*LIBRARIES, *chapters):
        importlib.import_module(name)
    from matplotlib.backends import backend_registry

    from promotion_book.display.charts import bars_chart
    from promotion_book.display.language import LANGUAGES
    from promotion_book.display.style import Size, drawing, pixels
    from promotion_book.publishing.translation import language

    backend_registry.list_all()
    for code in LANGUAGES:
        day = language(code).day(date(2000, 1, 1))
        pixels(drawing(bars_chart([day], [1.0], [day]), Size("wide", 4, 3)))


def warmed() -> IPKernelApp:
    """The application of all kernels, and the libraries imported as if in one of them."""
    from promotion_book.publishing.warm.kernel import prepared
    from promotion_book.publishing.warm.streams import quiet

    app = prepared()
    with quiet(), app.shell.builtin_trap:
        copy_context().run(warm)
        with catch_warnings():  # a notebook that does not import papermill has none of its filters
            for name in CLIENT:
                importlib.import_module(name)
            rehearse()
    return app


def rehearse() -> None:
    """What papermill and nbformat prepare for the first notebook of a process, and keep for the next ones."""
    import nbformat
    from nbformat.v4 import new_notebook

    from promotion_book.publishing.warm.engine import forkable

    forkable("python3")
    nbformat.validate(new_notebook())  # type: ignore[no-untyped-call]


def main(descriptor: int) -> None:
    """Be the parent, with one end of the control socket; and be what was asked for, in each process forked from it."""
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # a process that ends leaves no zombie
    before = dict(os.environ)
    app = warmed()
    added = {name: value for name, value in os.environ.items() if name not in before}
    gc.collect()
    gc.freeze()
    with socket.socket(fileno=descriptor) as control:
        asked = forked(control)
    if asked:
        request, descriptors = asked
        become(request | {"environment": added | request["environment"]}, descriptors, app)


def forked(control: socket.socket) -> tuple[dict[str, Any], list[int]] | None:
    """Fork for each request. In the new process: the request with its descriptors; in the parent, at last, None."""
    try:
        control.sendall(answer(threads=threads()))
        while True:
            data, descriptors, _, _ = socket.recv_fds(control, LIMIT, DESCRIPTORS)
            if not data:
                return None
            said = fork()
            if not said:
                return json.loads(data), descriptors
            for descriptor in descriptors:
                os.close(descriptor)
            control.sendall(said)
    except ConnectionError:
        return None  # the owner is gone


def fork() -> bytes:
    """Fork: in the new process nothing, in the parent what it answers."""
    if threads() > 1:
        return answer(reason=f"the warm parent has {threads()} threads")
    try:
        child = os.fork()
    except OSError as error:
        return answer(reason=f"the warm parent cannot fork: {error}")
    return answer(pid=child) if child else b""


def become(request: dict[str, Any], descriptors: list[int], app: IPKernelApp) -> NoReturn:
    """Turn the forked process into the kernel of a notebook, or let it call a function, and end with that."""
    code, errors = 1, os.fdopen(os.dup(descriptors[2]), "w")
    try:
        with_parent(signal.SIGTERM if request["function"] else signal.SIGKILL)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        os.setsid()
        inherit(request)
        reseed()
        run(request["function"], descriptors, app)
        code = 0
    finally:
        if code:
            traceback.print_exc(file=errors)
            errors.flush()
        os._exit(code)


def run(function: str, descriptors: list[int], app: IPKernelApp) -> None:
    """Be the kernel at its socket, or call a function, `module:name`. A notebook sees as many frames as usual."""
    from promotion_book.publishing.warm.kernel import finish

    wire, output, errors, *kernels = descriptors
    os.set_inheritable(wire, False)
    redirect([output, errors])
    if function:
        call(function, *map(Connection, [wire, *kernels]))
    else:
        app.serve(Connection(wire))
        finish()


def call(function: str, *connections: Connection) -> None:
    """Call a function, `module:name`, with its socket and that of the kernel it was given."""
    module, name = function.split(":")
    getattr(importlib.import_module(module), name)(*connections)


def redirect(streams: list[int]) -> None:
    """Take over the owner's output and error streams; the input is a pipe that nobody writes to."""
    for stream, descriptor in enumerate(streams, start=1):
        os.dup2(descriptor, stream)
        os.close(descriptor)
    read, write = os.pipe()
    os.dup2(read, 0)
    os.close(read)
    os.close(write)


def inherit(request: dict[str, Any]) -> None:
    """Take over what a process that the owner starts would inherit."""
    os.environ.clear()
    os.environ.update(request["environment"])
    os.umask(request["mask"])
    for limit, values in request["limits"].items():
        resource.setrlimit(int(limit), values)
    os.chdir(request["folder"])


def reseed() -> None:
    """Give this process random numbers of its own; the forked generators would all repeat the parent's."""
    import numpy

    random.seed()
    numpy.random.seed()


def threads() -> int:
    """How many threads this process has."""
    return len(list(Path("/proc/self/task").iterdir()))


def with_parent(number: int) -> None:
    """Let this process get a signal when its parent ends: a kernel is killed, what runs one is asked to end it."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, number)


def answer(**said: object) -> bytes:
    """What the parent says, as it goes over the control socket."""
    return json.dumps(said).encode("utf-8")
