"""Threads, processes, descriptors and signals in cells: the same with the warm engine as with the standard one.

What a child process writes comes in pieces as chance has it; nbclient's option puts the pieces together.
"""

from __future__ import annotations

import pytest
from engines import by_night, differences, left, written

NOTEBOOKS = {
    "threads and children": [
        # a report of the threads
        "import faulthandler\nfaulthandler.enable(); faulthandler.is_enabled()",
        "faulthandler.dump_traceback(file=open('report.txt', 'w')); 'Current thread' in open('report.txt').read()",
        # threads
        "import threading\nthread = threading.Thread(target=lambda: print('inside'))\nthread.start(); thread.join()",
        "go = threading.Event()\nlate = threading.Thread(target=lambda: (go.wait(), print('late')))\nlate.start()",
        "print('a later cell'); go.set(); late.join()",
        "failing = threading.Thread(target=lambda: 1 / 0)\nfailing.start(); failing.join()\nfailing.name",
        "from concurrent.futures import ThreadPoolExecutor\nwith ThreadPoolExecutor(3) as pool: found = list(pool.map(abs, [-1, 2]))\nfound",
        # an alarm
        "import signal, time\nsignal.signal(signal.SIGALRM, lambda *_: print('alarm'))\nsignal.setitimer(signal.ITIMER_REAL, 0.01)\nsignal.pause()",
        # spawned processes
        "import math, multiprocessing\nfrom concurrent.futures import ProcessPoolExecutor\nwith ProcessPoolExecutor(1, multiprocessing.get_context('spawn')) as pool: found = list(pool.map(math.sqrt, [4]))\nfound",
        # a child process left running
        "import subprocess\nleft = subprocess.Popen(['sh', '-c', 'echo one; exec sleep 60'], stdout=subprocess.PIPE)\nleft.stdout.readline()",
        # child processes
        "import os, subprocess\nsubprocess.run(['echo', 'hi'])",
        "os.system('echo ho; echo no >&2')",
        "!echo bang",
        "%%bash\necho cell",
        "kept = !echo kept\nkept",
        "os.write(1, b'\\xff ok\\n'); None",
        "import asyncio\nchild = await asyncio.create_subprocess_exec('echo', 'hi', stdout=asyncio.subprocess.PIPE)\nawait child.communicate()",
        "!false",
        "_exit_code",
        "%%bash\nexit 3",
    ],
    "forked processes": [
        "import multiprocessing\nfork = multiprocessing.get_context('fork')\nchild = fork.Process(target=print, args=('from a child',))\nchild.start(); child.join(); child.exitcode",
        "with fork.Pool(2) as pool: found = pool.map(abs, range(-4, 4))\nfound",
        "import os\nif not os.fork():\n    print('forked', flush=True); os._exit(0)\nos.wait()[1]",
        "mine = os.fork()",  # the fork goes on as if it were the kernel
        "print('once')",
    ],
    "descriptors": [
        "import os\nread, write = os.pipe()\nkept = os.dup(1)\nos.dup2(write, 1); os.system('echo hidden'); os.dup2(kept, 1)\nos.read(read, 100)",
        "os.system('echo seen')",
        "os.close(1); print('still seen')",
        "import sys\nsys.stderr.close()",
        "print('after')",
    ],
    "a closed stdout": ["import sys\nsys.stdout.close()", "print('never')", "1"],
    "too little memory": ["import resource\nresource.setrlimit(resource.RLIMIT_AS, (2**32, 2**32))\nbytearray(2**33)"],
    "an interrupt": ["import os, signal, time\nos.kill(os.getpid(), signal.SIGINT)\ntime.sleep(5)", "print('never')"],
    "an interrupt while awaiting": [
        "import asyncio, os, signal\nos.kill(os.getpid(), signal.SIGINT)\nawait asyncio.sleep(5)",
        "print('never')",
    ],
}
TRIES = 20
AT_NIGHT = ("forked processes", "descriptors", "a closed stdout", "too little memory", "an interrupt while awaiting")


@pytest.mark.parametrize("cells", by_night(NOTEBOOKS, *AT_NIGHT))
def test_a_notebook_is_the_same_as_with_the_standard_engine(cells, tmp_path):
    assert differences(written(tmp_path, *cells), coalesce_streams=True) == []


@pytest.mark.parametrize("end", ["exit", pytest.param("quit()", marks=pytest.mark.nightly)])
def test_a_kernel_that_is_told_to_end_answers_what_it_was_asked_before(end, tmp_path):
    path = written(tmp_path, "1", end)  # what comes after it is run, or not, as fast as this machine is
    warm = left("warm", path, coalesce_streams=True)
    assert not warm[0].startswith("DeadKernelError")
    # the kernel of the standard engine may have ended before its last answer was taken
    standard = (left(None, path, coalesce_streams=True) for _ in range(TRIES))
    assert warm == next(lines for lines in standard if not lines[0].startswith("DeadKernelError"))


def test_a_notebook_leaves_the_same_files_at_its_end(tmp_path):
    path = written(
        tmp_path,
        "import atexit, pathlib\natexit.register(lambda: pathlib.Path('at_exit.txt').write_text('done'))",
        "unclosed = open('unclosed.txt', 'w'); unclosed.write('kept'); None",
        "class Last:\n    def __del__(self, file=pathlib.Path('last.txt')): file.write_text('collected')\nlast = Last(); last.itself = last",
    )
    assert differences(path) == []
    left = {engine: {f.name: f.read_text() for f in (tmp_path / engine).glob("*.txt")} for engine in ("None", "warm")}
    assert left["warm"] == {"at_exit.txt": "done", "unclosed.txt": "kept", "last.txt": "collected"}
    assert left["None"].items() <= left["warm"].items()  # a kernel of its own is killed if it is long in ending
