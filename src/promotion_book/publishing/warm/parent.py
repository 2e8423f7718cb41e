"""The warm parent: a process of one thread that has imported the libraries and forks kernels on request.

A request comes over the control socket as JSON: the environment, the working folder, the file mode mask and
the resource limits of a kernel; with it one end of the kernel's own socket and the owner's standard
streams. The answer is the process id of the kernel, or why it cannot be forked. The parent ends with its
owner, and its kernels with it. Linux only.
"""

from __future__ import annotations

import ctypes
import gc
import importlib
import io
import json
import os
import pkgutil
import random
import resource
import signal
import socket
import traceback
from contextvars import copy_context
from multiprocessing.connection import Connection
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

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
ROOMS = ("facts", "statistics", "scenarios", "display")
THREADS = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}
LIMIT = 1 << 20
PR_SET_PDEATHSIG = 1


def warm() -> None:
    """Import what chapters and kernels use, and draw once: the first figure takes longest.

    The module of the inline backend is left out: a kernel that needs it imports it, and is connected to it so.
    """
    rooms = (importlib.import_module(f"promotion_book.{room}") for room in ROOMS)
    chapters = (f"{room.__name__}.{module.name}" for room in rooms for module in pkgutil.iter_modules(room.__path__))
    for name in (*LIBRARIES, *chapters):
        importlib.import_module(name)
    from matplotlib.backends import backend_registry
    from matplotlib.figure import Figure

    backend_registry.list_all()
    figure = Figure()
    figure.add_subplot().set_title("warm")
    for form in ("png", "svg"):
        figure.savefig(io.BytesIO(), format=form)


def warmed() -> IPKernelApp:
    """The application of all kernels, and the libraries imported as if in one of them."""
    from promotion_book.publishing.warm.kernel import prepared
    from promotion_book.publishing.warm.streams import quiet

    app = prepared()
    with quiet(), app.shell.builtin_trap:
        copy_context().run(warm)
    return app


def main(descriptor: int) -> None:
    """Be the parent, with one end of the control socket; and be a kernel, in each process forked from it."""
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # a kernel that ends leaves no zombie
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
    """Fork a kernel for each request. In a kernel: its request with its descriptors; in the parent, at last, None."""
    try:
        control.sendall(answer(threads=threads()))
        while True:
            data, descriptors, _, _ = socket.recv_fds(control, LIMIT, 3)
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
    """Fork a kernel: in the kernel nothing, in the parent what it answers."""
    if threads() > 1:
        return answer(reason=f"the warm parent has {threads()} threads")
    try:
        child = os.fork()
    except OSError as error:
        return answer(reason=f"the warm parent cannot fork: {error}")
    return answer(pid=child) if child else b""


def become(request: dict[str, Any], descriptors: list[int], app: IPKernelApp) -> NoReturn:
    """Turn the forked process into the kernel of a notebook, and end with it."""
    code, errors = 1, os.fdopen(os.dup(descriptors[-1]), "w")
    try:
        with_parent()
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        os.setsid()
        inherit(request)
        reseed()
        run(descriptors, app)
        code = 0
    finally:
        if code:
            traceback.print_exc(file=errors)
            errors.flush()
        os._exit(code)


def run(descriptors: list[int], app: IPKernelApp) -> None:
    """Be the kernel, with one end of its socket and the owner's streams. The notebook sees as many frames as usual."""
    from promotion_book.publishing.warm.kernel import finish

    wire, *streams = descriptors
    os.set_inheritable(wire, False)
    redirect(streams)
    app.serve(Connection(wire))
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


def with_parent() -> None:
    """Let this process be killed when its parent ends."""
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)


def answer(**said: object) -> bytes:
    """What the parent says, as it goes over the control socket."""
    return json.dumps(said).encode("utf-8")
