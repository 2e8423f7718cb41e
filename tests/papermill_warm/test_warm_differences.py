"""What a notebook can find out about its process differs where the table of the warm engine says so, and nowhere else."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

from engines import LIBRARIES, results, run, warm_up, written

import papermill_warm as warm
from papermill_warm.parent import WARM_UP

WARMED = """
from papermill_warm import kernel, parent
for _ in parent.warm_up(kernel.prepare_app()): pass
import sys
print(*sys.modules)
"""
PROBE = Path(__file__).with_name("process_probe.py")


def found(engine: str | None, folder: Path) -> dict[str, object]:
    folder.mkdir()
    run(engine, written(folder, PROBE.read_text(encoding="utf-8")))
    text = (folder / "found.json").read_text(encoding="utf-8").replace(str(folder), "")
    return json.loads(re.sub(r"0x[0-9a-f]{6,}", "", text))


def test_the_process_differs_in_what_the_table_lists(tmp_path):
    warm_up(tmp_path)
    standard, forked = found(None, tmp_path / "standard"), found("warm", tmp_path / "warm")
    listed = re.findall(r"^    (\S+(?: \S+)*)  +\S", warm.__doc__, re.MULTILINE)
    assert [subject for subject in standard if standard[subject] != forked[subject]] == listed


def test_a_kernel_imports_nothing_of_its_own(tmp_path):
    environment = {**os.environ, WARM_UP: LIBRARIES}
    done = subprocess.run([sys.executable, "-c", WARMED], capture_output=True, text=True, check=True, env=environment)
    warm_up(tmp_path)
    (loaded,) = results(run("warm", written(tmp_path, "import sys\n' '.join(sys.modules)")))
    assert set(loaded.strip("'").split()) - set(done.stdout.split()) == set()
