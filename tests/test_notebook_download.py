"""The notebook of a page, as readers take it home: it says what it needs, and runs with that alone."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from zipfile import ZipFile

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook, new_output

from promotion_book.book.book_extension import notebook_download
from promotion_book.running.data_package import unpack_data
from promotion_book.running.notebooks import read_notebook
from promotion_book.site.histories import read_manifests
from promotion_book.site.seal import DATA
from promotion_book.site.software import build_wheel
from promotion_book.words.markup import escape
from sites import published, put_project

SAID = """Industrial promotion in Lang Moi, 2023. First published on 24 November 2026 (r0).

To run this notebook, take the data package `lang_moi-2023-data.zip`, `requirements.lock` and `{wheel}` from the downloads of the edition, unpack the data package so that its tables lie in `data/lang_moi` beside the notebook, and install the software with the versions that it ran with:

```
python3 -m venv .venv
.venv/bin/pip install --requirement requirements.lock
.venv/bin/pip install --no-deps {wheel}
```"""


def test_a_published_notebook_says_first_of_which_revision_it_is_and_what_it_needs(tmp_path, monkeypatch):
    monkeypatch.setenv("PROMOTION_BOOK_DATA", str(tmp_path / "data"))
    published(put_project(tmp_path), "2023")
    (manifest,) = read_manifests(tmp_path / "_site")
    first, *rest = read_notebook(tmp_path / "_site" / manifest.folder / "en/notebooks/results/exports.ipynb").cells
    assert first.source == SAID.format(wheel=f"promotion_book-{manifest.version}-py3-none-any.whl")
    assert [cell.source for cell in rest] == ["exports"]


@pytest.mark.parametrize(
    "code",
    [
        pytest.param("en", marks=pytest.mark.xdist_group("the newest edition")),
        pytest.param("vi", marks=[pytest.mark.xdist_group("the newest edition in Vietnamese"), pytest.mark.nightly]),
    ],
)
def test_a_notebook_runs_with_the_data_package_and_the_software_of_its_edition_alone(code, newest_edition, tmp_path):
    built = newest_edition(code)
    unpack_data(built.folder / DATA, tmp_path / "data", place="hanoi")
    ZipFile(io.BytesIO(build_wheel())).extractall(tmp_path / "installed")
    named = built.html / "notebooks" / "results" / "trade_promotion.ipynb"
    (tmp_path / "page.ipynb").write_bytes(named.read_bytes())
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PROMOTION_BOOK")}
    environment["PYTHONPATH"] = str(tmp_path / "installed")
    command = [sys.executable, "-m", "papermill", "page.ipynb", "out.ipynb", "--no-progress-bar"]
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    title = read_notebook(tmp_path / "out.ipynb").cells[0].source.removeprefix("# ").splitlines()[0]
    page = (built.html / "notebooks" / "trade_promotion.html").read_text(encoding="utf-8")
    assert escape(title) in page
    assert (tmp_path / "results" / "trade_promotion.json").read_bytes() == named.with_suffix(".json").read_bytes()


def test_a_download_has_the_text_of_an_output_in_the_place_of_its_block(tmp_path):
    shown = [{"text/html": "<b>1</b>", "text/plain": "1"}, {"text/html": "<b>2</b>"}]
    outputs = [new_output("display_data", data=data) for data in shown]
    nbformat.write(new_notebook(cells=[new_code_cell("show()", id="a", outputs=outputs)]), tmp_path / "a.ipynb")
    told = nbformat.reads(notebook_download(tmp_path / "a.ipynb", "en"), as_version=4)
    assert [output.data for output in told.cells[0].outputs] == [{"text/plain": "1"}, {"text/html": "<b>2</b>"}]
