"""The warm parent: a process of one thread that has imported the libraries and forks on request.

What it imports and calls besides what papermill and kernels use is the setting `PAPERMILL_WARM_UP` in its environment.

It forks kernels, and processes that call a function named in the request, to run a notebook in a kernel that
was forked before. A request comes over the control socket as JSON: what the process would inherit from its
owner; with it one end of the process's own socket, its standard streams, and for a function the socket of its
kernel. The answer is the process id, or why it cannot be forked. Who is in a hurry, because nothing else is to
be run, gets a process as warm as the parent is by then. The parent ends with its owner, and what it has forked
with it. Linux only.
"""

from __future__ import annotations

import ctypes
import gc
import importlib
import json
import os
import random
import resource
import select
import signal
import socket
import sys
import traceback
from collections.abc import Callable, Iterator
from contextlib import suppress
from contextvars import copy_context
from multiprocessing.connection import Connection
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, NoReturn
from warnings import catch_warnings

if TYPE_CHECKING:
    from papermill_warm.kernel import IPKernelApp

WARM_UP = "PAPERMILL_WARM_UP"  # the setting: modules and generator functions, `module` or `module:function`
CLIENT = ("papermill.execute", "papermill_warm.engine")
LIBRARIES = (
    "IPython.core.logger",
    "IPython.core.pylabtools",
    "IPython.extensions.storemagic",
    "faulthandler",
    "psutil",
    "runpy",
    "tornado.platform.asyncio",
)
FIXED = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}
END = object()
DESCRIPTORS = 4
LIMIT = 1 << 20
PR_SET_PDEATHSIG = 1


class Request(NamedTuple):
    """A request: what the new process inherits and is to do, and its descriptors."""

    values: dict[str, Any]
    descriptors: list[int]


def warm_up(app: IPKernelApp) -> Iterator[None]:
    """Import what papermill and kernels use, and do what the setting names, as if in a kernel.

    Between two steps a process may be forked.
    """
    for name in CLIENT:
        with catch_warnings():  # a notebook that does not import papermill has none of its filters
            run_inside(app, importlib.import_module, name)
        yield
    for name in LIBRARIES:
        run_inside(app, importlib.import_module, name)
        yield
    for name in os.environ.get(WARM_UP, "").split():
        yield from follow(app, name)
    run_inside(app, rehearse)
    yield


def follow(app: IPKernelApp, name: str) -> Iterator[None]:
    """Import a module; where a function of it is named, go through what this generates."""
    module, _, function = name.partition(":")
    run_inside(app, importlib.import_module, module)
    yield
    if function:
        steps = getattr(sys.modules[module], function)()
        while run_inside(app, next, steps, END) is not END:
            yield


def run_inside(app: IPKernelApp, call: Callable[..., object], *given: object) -> object:
    """What a function returns, called as if in a kernel, and so that nothing is said or left in the context."""
    from papermill_warm.streams import quiet

    with quiet(), app.shell.builtin_trap:
        return copy_context().run(call, *given)


def rehearse() -> None:
    """What papermill and nbformat prepare for the first notebook of a process, and keep for the next ones."""
    import nbformat
    from nbformat.v4 import new_notebook

    from papermill_warm.engine import can_fork

    can_fork("python3")
    nbformat.validate(new_notebook())  # type: ignore[no-untyped-call]


def main(descriptor: int) -> None:
    """Be the parent, with one end of the control socket; and be what was asked for, in each process forked from it."""
    from papermill_warm.kernel import prepare_app

    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # a process that ends leaves no zombie
    gc.disable()  # what is imported stays: looking for garbage in it would take a quarter of the time
    before = dict(os.environ)
    app = prepare_app()
    with socket.socket(fileno=descriptor) as control:
        asked = serve(control, warm_up(app))
    if asked:
        added = {name: value for name, value in os.environ.items() if name not in before}
        become(asked.values | {"environment": added | asked.values["environment"]}, asked.descriptors, app=app)


def serve(control: socket.socket, steps: Iterator[None]) -> Request | None:
    """Fork for each request. In the new process: the request with its descriptors; in the parent, at last, None.

    A request that is in a hurry is answered between two steps of warming up, which then waits until the process has
    ended, so that it has the machine for itself. This is done for the first one; whoever comes later gets a warm one.
    """
    try:
        control.sendall(json.dumps({"threads": count_threads()}).encode("utf-8"))
        waiting, hurried = None, Hurried()
        for _ in steps:
            while not waiting and hurried.news(control):
                waiting = receive(control)
                if waiting.values["hurry"] and not hurried.over:
                    child = answer_request(control, waiting)
                    if not child:
                        return waiting
                    hurried.add(child)
                    waiting = None
        while waiting := waiting or receive(control):
            if not answer_request(control, waiting):
                return waiting
            waiting = None
        return None
    except (ConnectionError, EOFError):
        return None  # the owner is gone


class Hurried:
    """The processes that were forked in a hurry; it is `over` when one of them has ended."""

    def __init__(self) -> None:
        self.handles: list[int] = []
        self.over = False

    def add(self, process: int) -> None:
        """One more process; one that has ended already is not waited for."""
        with suppress(ProcessLookupError):
            self.handles.append(os.pidfd_open(process))

    def news(self, control: socket.socket) -> bool:
        """Whether there is a request; as long as a process runs, it is waited for, and for the end of the process."""
        while True:
            asked, *ended = self._ready(control)
            for handle in ended:
                self.handles.remove(handle)
                os.close(handle)
                self.over = True
            if asked or not self.handles:
                return bool(asked)

    def _ready(self, control: socket.socket) -> list[int]:
        """Whether there is a request, and the handles of processes that have ended."""
        watched = [control.fileno(), *self.handles]
        ready = select.select(watched, [], [], None if self.handles else 0)[0]
        return [int(control.fileno() in ready), *(handle for handle in self.handles if handle in ready)]


def receive(control: socket.socket) -> Request:
    """The next request, with its descriptors.

    Raises:
        EOFError: there will be none.
    """
    data, descriptors, _, _ = socket.recv_fds(control, LIMIT, DESCRIPTORS)
    if not data:
        raise EOFError
    return Request(json.loads(data), descriptors)


def answer_request(control: socket.socket, asked: Request) -> int:
    """Fork, and tell the owner: the process, which is 0 in itself and -1 where none could be forked."""
    said = fork()
    if not said:
        return 0
    for descriptor in asked.descriptors:
        os.close(descriptor)
    control.sendall(json.dumps(said).encode("utf-8"))
    return int(said.get("pid", -1))


def fork() -> dict[str, Any]:
    """Fork: in the new process nothing, in the parent what it answers."""
    if count_threads() > 1:
        return {"reason": f"the warm parent has {count_threads()} threads"}
    try:
        child = os.fork()
    except OSError as error:
        return {"reason": f"the warm parent cannot fork: {error}"}
    return {"pid": child} if child else {}


def become(request: dict[str, Any], descriptors: list[int], *, app: IPKernelApp) -> NoReturn:
    """Turn the forked process into the kernel of a notebook, or let it call a function, and end with that."""
    code, errors = 1, os.fdopen(os.dup(descriptors[2]), "w")
    try:
        end_with_parent(signal.SIGTERM if request["function"] else signal.SIGKILL)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        os.setsid()
        gc.freeze()
        gc.enable()
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
    from papermill_warm.kernel import finish

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
    random.seed()
    if "numpy" in sys.modules:
        sys.modules["numpy"].random.seed()


def count_threads() -> int:
    """How many threads this process has."""
    return len(list(Path("/proc/self/task").iterdir()))


def end_with_parent(number: int) -> None:
    """Let this process get a signal when its parent ends: a kernel is killed, what runs one is asked to end it."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, number)
