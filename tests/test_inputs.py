"""What makes a rerun: whatever can change an executed notebook, and nothing else."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from builders import notebook
from promotion_book.running import inputs as module
from promotion_book.running.execution import Job
from promotion_book.running.inputs import cache_key, changed_names, declared_tables, page_inputs

PARAMETERS = 'place: Place = "hanoi"  # the place\nyears: Years = 3  # years'
OPEN = 'open_page("x", globals(), tables=["scenarios"])'


@pytest.fixture
def root(tmp_path):
    shutil.copytree("data", tmp_path / "data")
    (tmp_path / "requirements.lock").write_text("numpy==2.4.6\n", encoding="utf-8")
    (tmp_path / "x.ipynb").write_text(notebook(PARAMETERS, OPEN, tags=("parameters",)), encoding="utf-8")
    return tmp_path


@pytest.fixture
def job(root):
    return Job(root / "x.ipynb", {"years": 4}, root / "out" / "x.ipynb", root / "data")


def rewritten(path: Path, change) -> None:
    content = json.loads(path.read_text(encoding="utf-8"))
    change(content["cells"])
    path.write_text(json.dumps(content), encoding="utf-8")


def test_a_page_that_sets_places_side_by_side_reads_the_files_of_those_that_it_names(job, root):
    told = 'places: Places = "dong_thap"  # the places'
    (root / "x.ipynb").write_text(notebook(f"{PARAMETERS}\n{told}", OPEN, tags=("parameters",)), encoding="utf-8")
    named, everything = (page_inputs(replace(job, parameters=given), root) for given in ({}, {"places": ""}))
    assert "data/dong_thap/observations.csv" in named
    assert not any(name.startswith("data/dak_lak/") for name in named)
    assert {f"data/{path.parent.name}/sources.csv" for path in root.glob("data/*/datapackage.json")} <= set(everything)


def test_nothing_changed_is_the_same_key(job, root):
    assert cache_key(page_inputs(job, root)) == cache_key(page_inputs(job, root))


@pytest.mark.parametrize(
    ("name", "change"),
    [
        ("notebook", lambda root: rewritten(root / "x.ipynb", lambda cells: cells[1].update(source=OPEN + "  # said"))),
        ("data/hanoi/targets.csv", lambda root: (root / "data/hanoi/targets.csv").write_text("", encoding="utf-8")),
        ("data/hanoi/scenarios.csv", lambda root: (root / "data/hanoi/scenarios.csv").unlink()),
        (
            "data/vocabulary/units.csv",
            lambda root: (root / "data/vocabulary/units.csv").write_text("", encoding="utf-8"),
        ),
        ("data/hanoi/new.csv", lambda root: (root / "data/hanoi/new.csv").write_text("a", encoding="utf-8")),
        ("requirements.lock", lambda root: (root / "requirements.lock").write_text("numpy==2.5\n", encoding="utf-8")),
    ],
)
def test_a_change_is_told_by_its_name(job, root, name, change):
    before = page_inputs(job, root)
    change(root)
    assert changed_names(before, page_inputs(job, root)) == [name]


def test_another_version_of_python_is_told_as_other_requirements(job, root, monkeypatch):
    before = page_inputs(job, root)
    monkeypatch.setattr("platform.python_version", lambda: "4.0.0")
    assert changed_names(before, page_inputs(job, root)) == ["requirements.lock"]


@pytest.mark.parametrize("other", [{"parameters": {"years": 5}}, {"title": "Another title"}, {"number": 3}])
def test_other_parameters_another_title_and_another_number_are_another_page(job, root, other):
    assert changed_names(page_inputs(job, root), page_inputs(replace(job, **other), root)) == ["parameters"]


@pytest.fixture
def code(tmp_path, monkeypatch):
    """A copy of the source code that a test may edit."""
    folder = tmp_path / "code"
    shutil.copytree(module.SOURCE_CODE, folder, ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.setattr(module, "SOURCE_CODE", folder)
    return folder


def edit(path: Path) -> None:
    path.parent.mkdir(exist_ok=True)
    with path.open("a", encoding="utf-8") as file:
        file.write("# a typo\n")


@pytest.mark.parametrize(
    "name",
    [
        "promotion_book/charts/style.py",
        "promotion_book/facts/reader.py",
        "promotion_book/report/chapter.py",
        "promotion_book/running/execution.py",
        "promotion_book/scenarios/paths.py",
        "promotion_book/statistics/pace.py",
        "promotion_book/words/language.py",
        "papermill_warm/wire.py",
    ],
)
def test_a_change_of_the_code_that_makes_pages_is_told_by_its_file(name, job, root, code):
    before = page_inputs(job, root)
    edit(code / name)
    assert changed_names(before, page_inputs(job, root)) == [f"src/{name}"]


@pytest.mark.parametrize("room", module.LATER_ROOMS)
def test_a_change_of_a_room_that_comes_after_the_pages_reruns_nothing(room, job, root, code):
    before = page_inputs(job, root)
    for path in (code / "promotion_book" / room).glob("*.py"):
        edit(path)
    edit(code / "promotion_book" / room / "new.py")
    assert page_inputs(job, root) == before


def test_the_messages_of_its_language_count_for_a_page_that_is_not_in_english(job, root, tmp_path, monkeypatch):
    name = "book/locale/vi/LC_MESSAGES/report.po"
    shutil.copytree("book/locale", tmp_path / "book/locale")
    monkeypatch.setattr(module, "ROOT", tmp_path)
    vietnamese = replace(job, parameters={"language": "vi"})
    before, english = page_inputs(vietnamese, root), page_inputs(job, root)
    (tmp_path / name).write_text("", encoding="utf-8")
    assert changed_names(before, page_inputs(vietnamese, root)) == [name]
    assert page_inputs(job, root) == english


@pytest.mark.parametrize(
    "change",
    [
        lambda root: rewritten(
            root / "x.ipynb", lambda cells: cells[1].update(outputs=[], execution_count=7, id="new")
        ),
        lambda root: (root / "data/hanoi/forecast_vintages.csv").write_text("other", encoding="utf-8"),
        lambda root: (root / "data/hanoi/report.vi.docx").write_bytes(b"other"),
        lambda root: (root / "data/hanoi/README.md").write_text("other", encoding="utf-8"),
        lambda root: shutil.copytree(root / "data/hanoi", root / "data/hue"),
    ],
    ids=["outputs of the notebook", "a table that it does not declare", "a template", "a guide", "another place"],
)
def test_what_cannot_change_a_page_does_not_count(job, root, change):
    before = page_inputs(job, root)
    change(root)
    assert page_inputs(job, root) == before


def test_a_notebook_without_a_place_depends_on_no_data(job, root):
    job.source.write_text(notebook("years: Years = 3  # years", tags=("parameters",)), encoding="utf-8")
    assert [name for name in page_inputs(job, root) if name.startswith("data/")] == []


def test_a_notebook_declares_its_tables_where_it_opens_its_chapter():
    assert declared_tables(Path("notebooks/earlier_projections.ipynb")) == {"forecast_vintages"}
    assert declared_tables(Path("notebooks/what_if.ipynb")) == set()
