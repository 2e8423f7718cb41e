"""Another place: a package of its own is enough, also while it knows almost nothing."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from promotion_book.facts.check import check
from promotion_book.publishing.contents import chapters
from promotion_book.publishing.notebooks import read

ROOT = Path(__file__).parent.parent
EMPTY = (
    "observations",
    "targets",
    "readings",
    "corrections",
    "conflict_notes",
    "left_out",
    "scenarios",
    "forecast_vintages",
)


@pytest.fixture
def elsewhere(folder) -> Path:
    """A place with the indicators of Hanoi and no figure, target or correction."""
    place = folder.path.rename(folder.path.parent / "elsewhere")
    for table in EMPTY:
        path = place / f"{table}.csv"
        path.write_text(path.read_text(encoding="utf-8").splitlines()[0] + "\n", encoding="utf-8")
    descriptor = json.loads((place / "datapackage.json").read_text(encoding="utf-8"))
    descriptor["place"] |= {"name_en": "Elsewhere", "name_vi": "Nơi khác"}
    (place / "datapackage.json").write_text(json.dumps(descriptor), encoding="utf-8")
    return place


def test_a_place_that_knows_nothing_yet_has_a_sound_package(elsewhere):
    assert check(elsewhere) == []


@pytest.mark.parametrize("path", [pytest.param(path, id=path.stem) for path in chapters(Path())])
def test_every_chapter_runs_for_a_place_that_knows_nothing_yet(path, elsewhere, tmp_path, monkeypatch, sketched):
    monkeypatch.chdir(tmp_path)
    namespace: dict[str, object] = {"__name__": "__main__"}
    for cell in read(ROOT / path).cells:
        if cell.cell_type == "code":
            exec(compile(cell.source, f"{path.name}:{cell.id}", "exec", dont_inherit=True), namespace)
            if "parameters" in cell.metadata.get("tags", []):
                namespace["place"] = "elsewhere"
    assert (tmp_path / "results" / f"{path.stem}.json").is_file()
