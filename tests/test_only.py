"""A few pages of an edition alone: which they are, what they say of themselves, and that nothing of them is published."""

from __future__ import annotations

import fcntl
import os
import shutil
from datetime import date
from pathlib import Path

import pytest

from forms import call
from promotion_book.facts.package import PackageError, data_from
from promotion_book.running.contents import list_contents
from promotion_book.running.grid import GridPage, NoPageError, choose_pages
from promotion_book.running.plan import EditionId, locate_build, plan_edition
from promotion_book.site.candidate import read_candidate
from promotion_book.site.edition import EditionError, build_edition
from promotion_book.site.store import SiteError

HANOI = EditionId("hanoi", "2025")


def names(planned) -> list[str]:
    return [name.partition("/en/")[2] for name in planned.jobs]


def test_the_pages_that_are_named_are_run_as_in_the_whole_edition_and_the_first_is_the_start():
    root = Path()
    whole = plan_edition(root, locate_build(root, HANOI, language="en"))
    some = plan_edition(root, locate_build(root, HANOI, language="en", alone=True), only=["training", "what_if/half"])
    assert sorted(names(some)) == ["notebooks/training", "notebooks/what_if/half/index"]
    assert some.contents == list_contents(["notebooks/training", "notebooks/what_if/half/index"])
    assert some.contents["root"] == "notebooks/training"
    numbers = {job.title or job.source.stem: job.number for job in whole.jobs.values()}
    assert {title: numbers[title] for job in some.jobs.values() if (title := job.title)} == {
        job.title: job.number for job in some.jobs.values()
    }


def test_each_page_says_that_it_is_not_published():
    some = plan_edition(Path(), locate_build(Path(), HANOI, language="en", alone=True), only=["ocop"])
    assert some.settings["what_if"].startswith("Preview, not published")
    assert (some.settings["edition"], some.contents) == ({}, {"format": "jb-book", "root": "notebooks/ocop"})


def test_a_place_that_cannot_be_read_stops_the_pages_that_compare_it_and_no_others(tmp_path):
    for name in ("book", "notebooks", "_config.yml", "_toc.yml"):
        (tmp_path / name).symlink_to(Path(name).resolve())
    shutil.copytree("data", tmp_path / "data")
    with (tmp_path / "data" / "dong_thap" / "targets.csv").open("a", encoding="utf-8") as file:
        file.write('"')
    alone = locate_build(tmp_path, HANOI, language="en", alone=True)
    with data_from(tmp_path / "data"):
        assert names(plan_edition(tmp_path, alone, only=["ocop"])) == ["notebooks/ocop"]
        with pytest.raises(
            PackageError, match=r"^page 'places' compares dong_thap: .*targets.csv.*, or name the places"
        ):
            plan_edition(tmp_path, alone, only=["ocop", "places"])


def test_a_page_that_is_not_there_is_named_with_what_may_be_meant():
    with pytest.raises(NoPageError, match="no page 'ocp'; did you mean ocop\\?\npages: summary, "):
        plan_edition(Path(), locate_build(Path(), HANOI, language="en", alone=True), only=["ocp", "economy"])


def test_a_notebook_that_the_contents_do_not_name_is_told_what_to_write_there(tmp_path):
    (tmp_path / "mine.ipynb").touch()
    pages = [GridPage(tmp_path / "ocop.ipynb", "notebooks/ocop", {})]
    with pytest.raises(
        NoPageError, match=r"^no page 'mine'; write 'file: notebooks/mine' into _toc\.yml\npages: ocop$"
    ):
        choose_pages(pages, ["mine"])


def test_pages_alone_lie_where_no_publication_looks(tmp_path):
    alone = locate_build(tmp_path, HANOI, language="en", alone=True)
    (alone.html / "notebooks").mkdir(parents=True)
    with pytest.raises(SiteError, match="holds no finished edition"):
        read_candidate(tmp_path, HANOI, today=date(2026, 11, 29))


def test_pages_alone_are_of_one_edition_of_the_report():
    code, output = call("build", "--only", "ocop", "--all")
    assert (code, "neither --all nor --scenario" in output) == (2, True)


def test_pages_are_named_together_or_one_by_one():
    code, output = call("build", "--only", "ocp, economy", "--only", "trainin")
    assert (code, "no page 'ocp'" in output, "no page 'trainin'" in output) == (2, True, True)


def test_two_builds_never_write_an_edition_at_once(tmp_path, monkeypatch):
    built = locate_build(tmp_path, HANOI, language="en")

    def begin(*_: object) -> None:
        with pytest.raises(BlockingIOError):
            fcntl.flock(os.open(built.folder.parent, os.O_RDONLY), fcntl.LOCK_EX | fcntl.LOCK_NB)
        raise EditionError("begun")

    monkeypatch.setattr("promotion_book.site.edition.plan_edition", lambda *_, **__: None)
    monkeypatch.setattr("promotion_book.site.edition.copy_earlier_projections", begin)
    with pytest.raises(EditionError, match="begun"):
        build_edition(tmp_path, built, progress=lambda *_: None, runner=None)
