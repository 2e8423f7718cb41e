"""The warm engine: the same notebook as with papermill's standard engine, whatever happens in its cells."""

from __future__ import annotations

import json
import os
import re
import select
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import nbformat
import papermill
import pytest
from nbclient.exceptions import CellTimeoutError, DeadKernelError
from papermill.exceptions import PapermillExecutionError

from builders import notebook
from promotion_book.publishing.notebooks import normalised, text
from promotion_book.publishing.warm import owner, parent

pytestmark = pytest.mark.xdist_group("one warm parent")
ADDRESS = re.compile(r"0x[0-9a-f]{6,}|<dc:date>.*?</dc:date>|ipykernel_\d+/\d+")

NOTEBOOKS = {
    "results": ["1 + 1", "x = 2", "x", "_ + Out[1]"],
    "an error in the middle": ["print('a')", "1 / 0", "print('b')"],
    "a syntax error": ["def f(:"],
    "sys.exit": ["import sys", "sys.exit(3)", "print('b')"],
    "KeyboardInterrupt": ["raise KeyboardInterrupt"],
    "threads": [
        "import threading\nt = threading.Thread(target=lambda: print('inside'))\nt.start(); t.join()",
        "print('after')",
    ],
    "subprocesses": [
        "import os, subprocess\nsubprocess.run(['echo', 'hi'])",
        "os.system('echo ho; echo no >&2')",
        "!echo bang",
        "%%bash\necho cell",
    ],
    "input": ["input('name? ')"],
    "giant output": ["print('x' * 3_000_000)", "'y' * 1_000_000"],
    "top-level await": [
        "import asyncio\nawait asyncio.sleep(0)\n'done'",
        "task = asyncio.ensure_future(asyncio.sleep(0, 5))",
        "await task",
    ],
    "warnings": [
        "import warnings\nwarnings.warn('careful', stacklevel=1)",
        "import sys\nprint('e', file=sys.stderr)\nprint('o')\nprint('e', file=sys.stderr)",
        "import logging\nlogging.warning('w')",
    ],
    "Unicode": ["print('Làng nghề 😀')", "'làng nghề \\N{COMBINING ACUTE ACCENT}'"],
    "displays": [
        "from IPython.display import HTML, clear_output, display\nhandle = display(HTML('<b>a</b>'), display_id='k')",
        "handle.update(HTML('<b>b</b>'))",
        "display({'text/plain': 'z'}, raw=True, metadata={'scrapbook': {'name': 'x'}})",
        "print(1); clear_output(); print(2); clear_output(wait=True); print(3)",
        "import pandas as pd\npd.DataFrame({'a': [1, 2]})",
    ],
    "figures": [
        "import matplotlib.pyplot as plt\nplt.plot([1, 2])",
        "fig, ax = plt.subplots()\nax.plot([1, 3]);",
        "plt.get_backend(), plt.rcParams['figure.dpi']",
        "%matplotlib inline\nplt.rcParams['svg.hashsalt'] = 'a'\n%config InlineBackend.figure_formats = ['svg']",
        "plt.plot([1, 1]); None",
    ],
    "magics": [
        "%pwd",
        "%xmode",
        "!rm -f zz.py",
        "%%writefile zz.py\nprint('ran')",
        "%run zz.py",
        "%%capture kept\nprint('hidden')",
        "kept.stdout",
        "len?",
    ],
    "comms": ["from comm import create_comm\nc = create_comm(target_name='t', data={'a': 1})", "c.send({'b': 2})"],
    "the namespace": [
        "sorted(n for n in globals() if not n.startswith('_'))",
        "__name__, type(get_ipython()).__name__",
        "import os\nos.getcwd()",
    ],
}


def run(path: Path, folder: Path, name: str | None, **options: object) -> str:
    """A notebook as an engine leaves it, normalised, with memory addresses and dates taken out."""
    out = folder / "out.ipynb"
    with suppress(PapermillExecutionError, DeadKernelError):
        papermill.execute_notebook(
            path, out, engine_name=name, progress_bar=False, cwd=folder, kernel_name="python3", **options
        )
    found = normalised(nbformat.read(out, as_version=4))
    found.cells = [cell for cell in found.cells if "papermill-error-cell-tag" not in cell.metadata.get("tags", [])]
    return ADDRESS.sub("", text(found))


@pytest.fixture
def write(tmp_path):
    def make(*sources: str) -> Path:
        path = tmp_path / "in.ipynb"
        path.write_text(notebook(*sources), encoding="utf-8")
        return path

    return make


@pytest.mark.filterwarnings("ignore::UserWarning:ipykernel", "ignore:Kernel is running over TCP")
@pytest.mark.parametrize("name", NOTEBOOKS)
def test_a_notebook_is_the_same_as_with_the_standard_engine(name, write, tmp_path):
    path = write(*NOTEBOOKS[name])
    standard, warm = run(path, tmp_path, None), run(path, tmp_path, "warm")
    assert warm == standard


def outputs(path: Path, folder: Path, **options: object) -> list[str]:
    """The results of the cells of a notebook, run warm."""
    out = folder / "out.ipynb"
    papermill.execute_notebook(path, out, engine_name="warm", progress_bar=False, cwd=folder, **options)
    cells = nbformat.read(out, as_version=4).cells
    return [output["data"]["text/plain"] for cell in cells for output in cell.outputs if "data" in output]


def test_a_killed_kernel_is_told_as_with_the_standard_engine(write, tmp_path):
    path = write("import os", "os.kill(os.getpid(), 9)", "print('never')")
    with pytest.raises(DeadKernelError, match="Kernel died"):
        outputs(path, tmp_path)
    cells = nbformat.read(tmp_path / "out.ipynb", as_version=4).cells
    assert [cell.outputs for cell in cells] == [[], [], []]


def test_a_cell_that_takes_too_long_is_stopped(write, tmp_path):
    path = write("import threading\nthreading.Event().wait()")
    with pytest.raises(CellTimeoutError):
        outputs(path, tmp_path, execution_timeout=1)


def test_kernels_share_nothing_but_what_the_parent_imported(write, tmp_path):
    (first,) = outputs(
        write("import pandas, random; pandas.kept = 1\nrandom.random(), __import__('numpy').random.rand()"), tmp_path
    )
    (again,) = outputs(
        write(
            "import pandas, random; assert not hasattr(pandas, 'kept')\nrandom.random(), __import__('numpy').random.rand()"
        ),
        tmp_path,
    )
    assert not set(first.strip("()").split(", ")) & set(again.strip("()").split(", "))


def test_a_kernel_has_the_environment_and_the_one_thread_of_its_owner_at_the_time(write, tmp_path, monkeypatch):
    path = write(
        f"import os\nos.environ['ASKED'], os.environ['OPENBLAS_NUM_THREADS'], os.getcwd() == {str(tmp_path)!r}"
    )
    for asked in ("first", "second"):
        monkeypatch.setenv("ASKED", asked)
        assert outputs(path, tmp_path) == [repr((asked, "1", True))]


def test_a_kernel_and_what_it_started_end_with_the_notebook(write, tmp_path):
    path = write("import os, subprocess\nchild = subprocess.Popen(['sleep', '600'])\n(os.getpid(), child.pid)")
    (said,) = outputs(path, tmp_path)
    assert [pid for pid in said.strip("()").split(", ") if runs(int(pid))] == []


def runs(pid: int) -> bool:
    """Whether a process runs; one that has ended and was not yet collected does not."""
    try:
        handle = os.pidfd_open(pid)
    except ProcessLookupError:
        return False
    try:
        return not select.select([handle], [], [], 5)[0]
    finally:
        os.close(handle)


def test_the_parent_ends_with_its_owner(write, tmp_path):
    program = (
        "import os; from promotion_book.publishing.warm import owner\n"
        "from pathlib import Path\nkernel = owner.forked(Path('.'))\n"
        "print(owner.start().process.pid, kernel.pid, flush=True); os._exit(0)\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert [pid for pid in done.stdout.split() if runs(int(pid))] == []


def test_where_kernels_cannot_be_forked_the_standard_engine_runs_and_says_so_once(write, tmp_path, monkeypatch, caplog):
    monkeypatch.setattr(owner.platform, "system", lambda: "Windows")
    owner._owner.close()
    try:
        assert [outputs(write("1 + 1"), tmp_path) for _ in range(2)] == [["2"], ["2"]]
    finally:
        owner._owner.close()
    told = [record.message for record in caplog.records if "engine warm" in record.message]
    assert told == ["engine warm: kernels are forked on Linux only, not on Windows; using the standard engine"]


def test_a_parent_with_a_second_thread_refuses_to_fork(monkeypatch):
    monkeypatch.setattr(parent, "threads", lambda: 2)
    ours, theirs = os.pipe()
    os.close(ours)
    assert json.loads(parent.fork({}, theirs, None)) == {"reason": "the warm parent has 2 threads"}


def test_papermill_finds_the_engine_by_its_name(write, tmp_path):
    papermill_command = Path(sys.executable).parent / "papermill"
    out = tmp_path / "out.ipynb"
    command = [papermill_command, "--engine", "warm", "--no-progress-bar", write("6 * 7"), out]
    subprocess.run([str(part) for part in command], capture_output=True, check=True)
    assert nbformat.read(out, as_version=4).cells[0].outputs[0]["data"] == {"text/plain": "42"}
