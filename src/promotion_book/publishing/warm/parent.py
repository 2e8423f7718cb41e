"""The warm parent: a process of one thread that has imported the libraries and forks on request.

It forks kernels, and processes that call a function named in the request: those that run a notebook with
papermill, and fork its kernel themselves. A request comes over the control socket as JSON: what the
process would inherit from its owner; with it one end of the process's own socket and its standard streams. The
answer is its process id, or why it cannot be forked. The parent ends with its owner, and what it has forked
with it. Linux only.
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
from collections.abc import Sequence
from contextvars import copy_context
from datetime import date
from multiprocessing.connection import Connection
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

if TYPE_CHECKING:
    from promotion_book.publishing.warm.kernel import IPKernelApp

LIBRARIES = (
    "IPython.core.pylabtools",
    "IPython.extensions.storemagic",
    "faulthandler",
    "matplotlib.backends.backend_agg",
    "matplotlib.backends.backend_svg",
    "matplotlib.pyplot",
    "papermill.execute",
    "promotion_book.publishing.chapter",
    "promotion_book.publishing.execution",
    "promotion_book.publishing.warm.engine",
    "psutil",
    "runpy",
    "seaborn",
    "tornado.platform.asyncio",
)
ROOMS = ("facts", "statistics", "scenarios", "display")
FIXED = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "MKL_NUM_THREADS": "1", "PYTHONHASHSEED": "0"}
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
    from promotion_book.publishing.warm.kernel import prepared, quiet

    app = prepared()
    with quiet(), app.shell.builtin_trap:
        copy_context().run(warm)
    return app


def main(descriptor: int) -> None:
    """Serve requests on the control socket until its other end is closed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # a kernel that ends leaves no zombie
    before = dict(os.environ)
    app = warmed()
    added = {name: value for name, value in os.environ.items() if name not in before}
    gc.collect()
    gc.freeze()
    control = socket.socket(fileno=descriptor)
    try:
        control.sendall(answer(threads=threads()))
        serve(control, app, added)
    except ConnectionError:
        return  # the owner is gone


def serve(control: socket.socket, app: IPKernelApp, added: dict[str, str]) -> None:
    """Answer each request with a kernel."""
    while True:
        data, descriptors, _, _ = socket.recv_fds(control, LIMIT, 3)
        if not data:
            return
        request = json.loads(data)
        request["environment"] = added | request["environment"]
        said = fork(request, descriptors, app, [control])
        for descriptor in descriptors:
            os.close(descriptor)
        control.sendall(said)


def fork(request: dict[str, Any], descriptors: list[int], app: IPKernelApp, others: Sequence[socket.socket]) -> bytes:
    """Fork a process, which closes the sockets that are others'; what the parent answers. The process never comes back."""
    if threads() > 1:
        return answer(reason=f"the warm parent has {threads()} threads")
    child = os.fork()
    if child:
        return answer(pid=child)
    for other in others:
        other.close()
    become(request, descriptors, app)


def become(request: dict[str, Any], descriptors: list[int], app: IPKernelApp) -> NoReturn:
    """Turn the forked process into the kernel of a notebook, or let it call a function, and end with that."""
    code = 1
    try:
        with_parent(signal.SIGTERM if request["function"] else signal.SIGKILL)
        signal.signal(signal.SIGINT, signal.default_int_handler)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        os.setsid()
        wire, *streams = descriptors
        os.set_inheritable(wire, False)
        redirect(streams)
        errors = os.fdopen(os.dup(2), "w")
        inherit(request)
        reseed()
        work(request["function"], Connection(wire), app)
        code = 0
    finally:
        if code:
            traceback.print_exc(file=errors)
            errors.flush()
        os._exit(code)


def work(function: str, connection: Connection, app: IPKernelApp) -> None:
    """Call a function, written `module:name`, with a socket; or be a kernel at it where none is named."""
    if function:
        from promotion_book.publishing.warm import owner

        owner.adopt(app)
        module, name = function.split(":")
        getattr(importlib.import_module(module), name)(connection)
    else:
        from promotion_book.publishing.warm.kernel import finish

        app.serve(connection)
        finish()


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
