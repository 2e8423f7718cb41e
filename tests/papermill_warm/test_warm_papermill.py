"""Every way of running papermill that its manual names does with the warm engine what it does with the standard one."""

from __future__ import annotations

import json
import logging
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import nbformat
import papermill
import pytest
from click.testing import CliRunner
from engines import CHANCE, PATIENCE, by_night, join_streams, notebook, own_parent, results
from papermill.cli import papermill as command

CELLS = [
    "x = 1  # how many\nword: str = 'a'",
    "import os, sys\nprint(x, repr(word), os.getcwd(), os.path.exists('late.ipynb'))",
    "print('careful', file=sys.stderr)",
    "{name: value for name, value in globals().items() if name.startswith('PAPERMILL')}",
]
SOURCE = notebook(*CELLS, tags=("parameters",))
RUNS = {
    "parameters, a file named by one, and the names of the files": (
        'in.ipynb out-{x}.ipynb -p x 3 -y {"word":"làng"} -p y True --inject-input-path --inject-output-path'
    ),
    "another folder, outputs in the log and in files, times, a kernel and no progress bar": (
        "in.ipynb out.ipynb --cwd below --log-output --stdout-file said.txt --stderr-file warned.txt --start-timeout 60 "
        "--execution-timeout 60 --kernel python3 --language python --no-progress-bar"
    ),
    "all parameters and the outputs in the log": (
        'in.ipynb below/out.ipynb --log-output --report-mode -b eDogMQ== -f parameters.yaml -y {"x":3} -p word 4 -r word 5'
    ),
    "saved at the end, in report mode": 'in.ipynb late.ipynb --no-request-save-on-cell-execute --report-mode -y {"x":[1]}',
    "prepare only": "in.ipynb out.ipynb --prepare-only -p x 3",
    "a folder that is not there": "in.ipynb out.ipynb --cwd nowhere",
    "an unknown kernel": "in.ipynb out.ipynb --kernel cobol",
    "help on the notebook": "in.ipynb out.ipynb --help-notebook",
}
AT_NIGHT = ("prepare only", "a folder that is not there", "an unknown kernel", "help on the notebook")
ENDS = "import atexit, pathlib, time\natexit.register(lambda: pathlib.Path('ended.txt').write_text('done'))\n"
STOPS = {
    "an error": ("1 / 0", []),
    "a kernel that dies": ("import os, time\ntime.sleep(0.5)\nos._exit(3)", []),
    "a cell that takes too long": (ENDS + "time.sleep(60)", ["--execution-timeout", "1"]),
}
CALLS: dict[str, dict[str, Any]] = {
    "parameters, two words for the time of a cell, and words for the progress bar": {
        "parameters": {"x": [1, None], "word": "làng"},
        "timeout": PATIENCE,
        "execution_timeout": PATIENCE,
        "progress_bar": {"desc": "Report"},
    },
    "a notebook in memory": {"input_path": nbformat.from_dict(json.loads(SOURCE)), "output_path": None},
}
LONG = """
import os, pathlib, time
while not os.path.exists('out.ipynb'): time.sleep(0.01)
saved = False
for _ in range({times}):
    display('x'); time.sleep(0.1)
    if saved := 'display_' 'data' in pathlib.Path('out.ipynb').read_text(): break
saved
"""
TIME = re.compile(
    r'"\d{4}-\d\d-\d\dT[^"]+"|"duration": [\d.e-]+|"id": "[0-9a-f]{8}"|\[IPKernelApp\] .*\n'
    r"|Assertion failed: .* \(src/signaler\.cpp:\d+\)\n"  # libzmq, where a standard kernel is ended on a busy machine
)


def left(folder: Path) -> dict[str, str]:
    """The files of a folder with their text."""
    return {str(path.relative_to(folder)): clean(content(path), folder) for path in folder.rglob("*") if path.is_file()}


def content(path: Path) -> str:
    """The text of a file; the streams of a notebook are in one piece."""
    if path.suffix != ".ipynb":
        return path.read_text(encoding="utf-8")
    return nbformat.writes(join_streams(nbformat.read(path, as_version=4)))


def clean(said: str, folder: Path) -> str:
    """A text without folder, times and all that chance decides, and what standard kernels say of ports and of their end."""
    return TIME.sub("", CHANCE.sub("", said.replace(str(folder), "")))


@pytest.fixture(autouse=True)
def _own_parent() -> None:
    own_parent()


def inside(folder: Path, source: str) -> Path:
    """A new folder with a notebook and a file of parameters."""
    (folder / "below").mkdir(parents=True)
    (folder / "in.ipynb").write_text(source, encoding="utf-8")
    (folder / "parameters.yaml").write_text("x: 7\nword: làng\n", encoding="utf-8")
    return folder


@pytest.fixture
def told(tmp_path, monkeypatch, caplog):
    """What papermill's command does with an engine: its end, what it says and logs, the files it leaves."""

    def run(engine: str, source: str, *arguments: str) -> dict[str, object]:
        folder = inside(tmp_path / engine, source)
        monkeypatch.chdir(folder)
        caplog.clear()
        with caplog.at_level(logging.INFO):
            ended = CliRunner().invoke(command, ["--engine", engine, *arguments], input=source)
        said = {"error": repr(ended.exception), "output": ended.stdout, "log": "".join(caplog.messages)}
        texts = {name: clean(value, folder) for name, value in said.items()}
        return {"code": ended.exit_code, "progress": "100%" in ended.stderr, **texts, "files": left(folder)}

    return run


@pytest.mark.filterwarnings("ignore:the file is not specified with any extension")
@pytest.mark.parametrize("arguments", by_night(RUNS, *AT_NIGHT))
def test_the_command_does_the_same_with_both_engines(arguments, told):
    assert told("warm", SOURCE, *arguments.split()) == told("nbclient", SOURCE, *arguments.split())


@pytest.mark.parametrize(("source", "arguments"), STOPS.values(), ids=STOPS)
def test_the_command_fails_in_the_same_way_with_both_engines(source, arguments, told):
    given = notebook(source, "'never'"), "in.ipynb", "out.ipynb", "--log-output", *arguments
    assert told("warm", *given) == told("nbclient", *given)


@pytest.mark.parametrize("options", CALLS.values(), ids=CALLS)
def test_a_call_of_the_function_gives_the_same_notebook_with_both_engines(options, tmp_path, monkeypatch):
    monkeypatch.chdir(inside(tmp_path, SOURCE))
    given = {"input_path": "in.ipynb", "output_path": "out.ipynb", "progress_bar": False, **options}
    warm, standard = (papermill.execute_notebook(**given, engine_name=name) for name in ("warm", "nbclient"))
    assert clean(nbformat.writes(join_streams(warm)), tmp_path) == clean(
        nbformat.writes(join_streams(standard)), tmp_path
    )


@pytest.mark.parametrize(("every", "times"), [(0, 12), (1, 10 * PATIENCE)], ids=["never", "each second"])
def test_a_cell_that_takes_long_is_saved_as_often_as_asked(every, times, tmp_path, monkeypatch):
    monkeypatch.chdir(inside(tmp_path, notebook(LONG.format(times=times))))
    given = {"input_path": "in.ipynb", "output_path": "out.ipynb", "progress_bar": False, "autosave_cell_every": every}
    assert results(papermill.execute_notebook(**given, engine_name="warm"))[-1] == str(bool(every))


def test_a_notebook_that_no_kernel_is_forked_for_is_saved_before_its_first_cell(tmp_path, monkeypatch):
    monkeypatch.setattr("papermill_warm.engine.fork_kernel", lambda folder: None)
    monkeypatch.chdir(inside(tmp_path, notebook(LONG.format(times=1))))
    given = {"input_path": "in.ipynb", "output_path": "out.ipynb", "progress_bar": False, "execution_timeout": 60}
    assert results(papermill.execute_notebook(**given, engine_name="warm"))[-1] == "False"


def test_the_command_does_the_same_with_both_engines_from_a_pipe_to_a_pipe(tmp_path):
    found = []
    for engine in ("warm", "nbclient"):
        folder = inside(tmp_path / engine, SOURCE)
        line = [str(Path(sys.executable).with_name("papermill")), "--engine", engine]
        done = subprocess.run(line, cwd=folder, input=SOURCE, capture_output=True, text=True, check=False)
        found.append([done.returncode, *(clean(said, folder) for said in (done.stdout, done.stderr)), left(folder)])
    assert found[0] == found[1]


def test_what_is_told_about_parameters_is_the_same_beside_a_warm_notebook(tmp_path):
    executed = inside(tmp_path, SOURCE) / "out.ipynb"
    papermill.execute_notebook(tmp_path / "in.ipynb", executed, {"x": 3}, "warm", progress_bar=False)
    x = {"name": "x", "inferred_type_name": "None", "default": "1", "help": "how many"}
    word = {"name": "word", "inferred_type_name": "str", "default": "'a'", "help": ""}
    assert papermill.inspect_notebook(executed) == {"x": x, "word": word}
