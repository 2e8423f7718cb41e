"""The warm parent: a process of one thread that has imported the libraries and forks kernels on request.

A request comes over the control socket: the environment and the working folder of a kernel as JSON, with
one end of the kernel's own socket. The answer is the process id of the kernel, or why it cannot be
forked. The parent ends with its owner, and its kernels with it. Linux only.
"""

from __future__ import annotations

import ctypes
import gc
import importlib
import json
import os
import pkgutil
import random
import signal
import socket
import sys
import traceback
from datetime import date
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, NoReturn

from promotion_book.display.charts import bars_chart
from promotion_book.display.language import LANGUAGES, Language
from promotion_book.display.style import Size, drawing, pixels

LIBRARIES = (
    "matplotlib.pyplot",
    "matplotlib_inline.backend_inline",
    "seaborn",
    "promotion_book.publishing.chapter",
    "promotion_book.publishing.warm.kernel",
)
ROOMS = ("facts", "statistics", "scenarios", "display")
THREADS = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}
LIMIT = 1 << 20
PR_SET_PDEATHSIG = 1


def warm() -> None:
    """Import what chapters and kernels use, and write a date and a figure: the first ones take longest."""
    os.environ["MPLBACKEND"] = "agg"
    rooms = (importlib.import_module(f"promotion_book.{room}") for room in ROOMS)
    chapters = (f"{room.__name__}.{module.name}" for room in rooms for module in pkgutil.iter_modules(room.__path__))
    for name in (*LIBRARIES, *chapters):
        importlib.import_module(name)
    for code in LANGUAGES:
        day = Language(code).day(date(2000, 1, 1))
        pixels(drawing(bars_chart([day], [1.0], [day]), Size("wide", 4, 3)))


def main(descriptor: int) -> None:
    """Serve requests on the control socket until its other end is closed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # a kernel that ends leaves no zombie
    os.environ.update(THREADS)
    warm()
    gc.collect()
    gc.freeze()
    control = socket.socket(fileno=descriptor)
    control.sendall(answer(threads=threads()))
    while True:
        data, descriptors, _, _ = socket.recv_fds(control, LIMIT, 1)
        if not data:
            return
        control.sendall(fork(json.loads(data), descriptors[0], control))


def fork(request: dict[str, Any], descriptor: int, control: socket.socket) -> bytes:
    """Fork a kernel with one end of its socket; what the parent answers. The kernel never comes back."""
    if threads() > 1:
        os.close(descriptor)
        return answer(reason=f"the warm parent has {threads()} threads")
    child = os.fork()
    if child:
        os.close(descriptor)
        return answer(pid=child)
    control.close()
    become(request, descriptor)


def become(request: dict[str, Any], descriptor: int) -> NoReturn:
    """Turn the forked process into the kernel of a notebook, and end with it."""
    code, errors = 1, os.fdopen(os.dup(2), "w")
    try:
        with_parent()
        signal.signal(signal.SIGINT, signal.default_int_handler)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        os.setpgid(0, 0)
        os.environ.clear()
        os.environ.update({**request["environment"], **THREADS})
        os.chdir(request["folder"])
        os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
        reseed()
        from promotion_book.publishing.warm.kernel import serve

        serve(Connection(descriptor))
        code = 0
    finally:
        if code:
            traceback.print_exc(file=errors)
            errors.flush()
        os._exit(code)


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


if __name__ == "__main__":
    main(int(sys.argv[1]))
