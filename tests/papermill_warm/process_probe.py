"""What a notebook can find out about its process: a cell that leaves it in `found.json`, by subject.

Where the warm engine differs from the standard one, the subject is a line of the table in `papermill_warm`.
"""

import asyncio
import builtins
import contextvars
import faulthandler
import gc
import getpass
import inspect
import json
import locale
import logging
import os
import resource
import signal
import socket
import stat
import sys
import tempfile
import threading
import time
import warnings

from IPython import get_ipython

shell = get_ipython()
kernel = shell.kernel
app = kernel.parent
status = dict(line.split(":", 1) for line in open("/proc/self/status").read().splitlines())


def descriptors():
    for number in sorted(int(name) for name in os.listdir("/proc/self/fd")):
        try:
            kind = stat.filemode(os.fstat(number).st_mode)
        except OSError:
            continue
        yield number, kind, os.get_inheritable(number)


def described(function):
    return getattr(function, "__qualname__", type(function).__qualname__)


found = {
    "connection file": [sys.argv, dict(shell.config.IPKernelApp), app.connection_file],
    "command": [sys.orig_argv, open("/proc/self/cmdline").read()],
    "parent process": os.getppid() == int(os.environ["JPY_PARENT_PID"]),
    "threads": [
        [t.name for t in threading.enumerate()],
        len(os.listdir("/proc/self/task")),
        kernel._supports_kernel_subshells,
    ],
    "descriptors": [*descriptors()],
    "classes": [str(type(item)) for item in (sys.stdout, sys.stderr, kernel, app)],
    "stack": [frame.filename for frame in inspect.stack()],
    "frozen objects": gc.get_freeze_count() > 0,
    "libraries": [
        sorted(sys.modules),
        str(sys.meta_path),
        str(warnings.filters),
        [name for name, logger in logging.root.manager.loggerDict.items() if getattr(logger, "handlers", ())],
        sorted(map(str, shell.display_formatter.formatters["text/plain"].type_printers)),
    ],
    # what must not differ
    "names of threads": threading.Thread().name,
    "class names": [
        type(item).__name__ for item in (shell, kernel, app, sys.stdout, sys.displayhook, shell.display_pub)
    ],
    "sys": {
        name: str(value)
        for name, value in vars(sys).items()
        if not callable(value)
        and name
        not in (
            *("argv", "meta_path", "modules", "orig_argv", "path_importer_cache", "stdout", "stderr"),
            "__warningregistry__",
        )
    },
    "hooks": [
        described(hook)
        for hook in (sys.excepthook, sys.unraisablehook, sys.breakpointhook, threading.excepthook, sys.displayhook)
    ],
    "tracing": [str(sys.gettrace()), str(sys.getprofile()), sys.getrecursionlimit(), sys.getswitchinterval()],
    "environment": dict(os.environ),
    "folders": [os.getcwd(), shell.starting_dir, str(shell.user_ns["_dh"]), tempfile.gettempdir()],
    "file modes": oct(os.umask(0o022)),
    "limits": {
        name: resource.getrlimit(getattr(resource, name)) for name in dir(resource) if name.startswith("RLIMIT")
    },
    "rights": [os.getuid(), os.nice(0), sorted(os.sched_getaffinity(0)), open("/proc/self/oom_score_adj").read()],
    "session": [os.getsid(0) == os.getpid(), os.getpgid(0) == os.getpid()],
    "signals": [
        str({s: signal.getsignal(s) for s in signal.Signals}),
        status["SigIgn"],
        status["SigCgt"],
        status["SigBlk"],
    ],
    "input": [os.read(0, 10).decode(), str(sys.stdin), builtins.input.__name__, getpass.getpass.__name__],
    "output": [sys.stdout.encoding, sys.stdout.isatty(), str(sys.__stdout__), sys.__stdout__.line_buffering],
    "shell": [
        sorted(shell.user_ns),
        sorted(shell.user_ns_hidden.keys()),
        {kind: sorted(names) for kind, names in shell.magics_manager.lsmagic().items()},
        {name: [described(f) for f in functions] for name, functions in shell.events.callbacks.items()},
        sorted(shell.extension_manager.loaded),
        [type(item).__name__ for item in shell.configurables],
        str({name: value for name, value in shell.config.items() if name != "IPKernelApp"}),
        [shell.history_manager.hist_file, shell.history_manager.session_number, shell.execution_count, shell.colors],
        {kind: str(f.deferred_printers) for kind, f in shell.display_formatter.formatters.items()},
    ],
    "main module": [
        sys.modules["__main__"].__dict__ is globals(),
        __name__,
        str(__builtins__),
        "__file__" in globals(),
    ],
    "builtins": sorted(dir(builtins)),
    "garbage": [gc.isenabled(), gc.get_threshold(), gc.get_debug(), [described(f) for f in gc.callbacks]],
    "faults": [faulthandler.is_enabled(), described(faulthandler.enable)],
    "locale": [locale.setlocale(locale.LC_ALL), locale.getlocale(), locale.getpreferredencoding(False), time.tzname],
    "logging": [logging.root.level, str(logging.root.handlers), logging.getLogger("IPKernelApp").level],
    "loop": [type(asyncio.get_event_loop()).__name__, asyncio.get_event_loop().get_debug(), len(asyncio.all_tasks())],
    "context": sorted(variable.name for variable in contextvars.copy_context()),
    "hash": hash("a"),
    "sockets": socket.getdefaulttimeout(),
}

import decimal
import multiprocessing

import matplotlib
import matplotlib.pyplot
import numpy
import pandas
import seaborn  # noqa: F401

found |= {
    "matplotlib": [
        str(dict(settings)) for settings in (matplotlib.rcParams, matplotlib.rcParamsDefault, matplotlib.rcParamsOrig)
    ],
    "pyplot": [
        matplotlib.get_backend(auto_select=False),
        matplotlib.pyplot.isinteractive(),
        matplotlib.pyplot.get_fignums(),
        matplotlib.pyplot.figure().canvas.__class__.__module__,
        str(dict(matplotlib.rcParams)),
    ],
    "events with pyplot": [described(f) for functions in shell.events.callbacks.values() for f in functions],
    "pandas": {
        name: str(pandas.get_option(name))
        for name in pandas._config.config._registered_options
        if "." in name and not name.startswith("future")
    },
    "numpy": [str(numpy.get_printoptions()), str(numpy.geterr())],
    "arithmetic": str(decimal.getcontext()),
    "multiprocessing": [multiprocessing.get_start_method(), multiprocessing.current_process().name],
    "filters after imports": str(warnings.filters),
}
matplotlib.pyplot.close("all")
with open("found.json", "w") as file:
    json.dump(found, file, default=str)
