"""A repository of a place of its own: it links to the software, and check and plan run in it as in the project."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
import yaml

from forms import call
from promotion_book.cli.common import choose_place
from promotion_book.facts.package import data_from
from promotion_book.running.new_repository import NewRepositoryError, write_repository
from promotion_book.running.plan import EditionId, locate_build, plan_edition

ROOT, TODAY = Path(__file__).parent.parent, date(2026, 11, 29)
CALL = ["new-place", "bac_ninh", "--name-en", "Bac Ninh", "--name-vi", "Bắc Ninh", "--repository"]


@pytest.fixture
def repository(tmp_path, monkeypatch) -> Path:
    """A repository beside a checkout of the software, with a new place."""
    (tmp_path / "software").symlink_to(ROOT)
    code, output = call(*CALL, tmp_path)
    assert (code, "bac_ninh: 21 files" in output) == (0, True)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def begin(folder: Path, name: str = "Bac Ninh") -> list[str]:
    return write_repository(folder, folder / "software", name=name, today=TODAY)


@pytest.mark.parametrize("name", ["Bac Ninh", 'Đắk "Lắk": \\1 # {x}'])
def test_the_settings_of_its_book_have_its_own_name(tmp_path, name):
    (tmp_path / "software").symlink_to(ROOT)
    begin(tmp_path, name)
    own, usual = (yaml.safe_load((folder / "_config.yml").read_text(encoding="utf-8")) for folder in (tmp_path, ROOT))
    usual |= {"title": f"Industrial promotion in {name}", "copyright": "2026"}
    usual["parse"]["myst_substitutions"]["place"] = name
    assert own == usual


def test_of_a_place_that_is_refused_nothing_is_written(tmp_path):
    code, _ = call(*CALL[:3], " Bac Ninh", "--repository", tmp_path / "report")
    assert (code, list(tmp_path.iterdir())) == (2, [])


def test_a_place_in_a_repository_of_its_own_is_checked_and_planned_there(repository):
    assert call("check", "--place", "bac_ninh")[1] == "0 findings in 1 data package\n"
    planned = plan_edition(repository, locate_build(repository, EditionId("bac_ninh", "2025"), language="vi"))
    assert {job.data for job in planned.jobs.values()} == {repository / "data"}
    assert (repository / "book").is_symlink()
    assert (repository / "_config.yml").is_file()
    assert not (repository / "_config.yml").is_symlink()


def test_what_the_place_has_of_its_own_is_never_replaced(repository):
    (repository / "_config.yml").write_text("title: Mine\n", encoding="utf-8")
    (repository / "notebooks").unlink()
    (repository / "notebooks").mkdir()
    assert begin(repository) == []
    assert (repository / "_config.yml").read_text(encoding="utf-8") == "title: Mine\n"


def test_its_workflow_uses_the_software_that_lies_in_it(tmp_path):
    (tmp_path / "software").symlink_to(ROOT)
    begin(tmp_path)
    text = (tmp_path / ".github/workflows/publish.yml").read_text(encoding="utf-8")
    steps = yaml.safe_load(text)["jobs"]["publish"]["steps"]
    assert steps[0]["with"] == {"submodules": True}
    assert "make -C software env" in text
    assert text.count("software/.venv/bin/promotion-book") == text.count(".venv/bin/promotion-book")


def test_what_is_no_checkout_of_the_software_is_refused(tmp_path):
    with pytest.raises(NewRepositoryError, match=r"has no book, notebooks, .*; run the command of a checkout"):
        write_repository(tmp_path / "report", tmp_path, name="Bac Ninh", today=TODAY)
    assert not (tmp_path / "report").exists()


def test_a_command_that_names_no_place_is_of_the_only_one_there_is(tmp_path):
    for number, name in enumerate(["bac_ninh", "hue"]):
        (tmp_path / name).mkdir()
        (tmp_path / name / "datapackage.json").touch()
        with data_from(tmp_path):
            assert choose_place("") == ("bac_ninh", "hanoi")[number]
            assert choose_place(name) == name
