"""Making pages: from the cache where nothing changed, and nothing lost where something fails."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import pytest

from builders import notebook
from promotion_book.running.cache import Cache
from promotion_book.running.execution import Job, Outcome
from promotion_book.running.pages import make_pages


@dataclass
class Paper:
    """A runner that writes what a notebook would, and fails those that are named."""

    fails: set[str] = field(default_factory=set)
    ran: list[str] = field(default_factory=list)
    waiting: list[Job] = field(default_factory=list)

    def submit(self, job: Job) -> None:
        self.waiting.append(job)

    def as_completed(self):
        while self.waiting:
            job = self.waiting.pop(0)
            self.ran.append(job.name)
            if job.name == "interrupted":
                raise KeyboardInterrupt
            if job.name in self.fails:
                job.failed.write_text("failed", encoding="utf-8")
                job.log.write_text("log", encoding="utf-8")
                yield Outcome(job, ["cell 2: wrong"])
            else:
                job.output.write_text(job.source.read_text(encoding="utf-8"), encoding="utf-8")
                (job.folder / "results").mkdir()
                (job.folder / "results" / f"{job.name}.json").write_text("{}", encoding="utf-8")
                yield Outcome(job, seconds=0.5)

    def cancel(self) -> None:
        self.waiting.clear()


@pytest.fixture
def root(tmp_path):
    (tmp_path / "requirements.lock").write_text("", encoding="utf-8")
    return tmp_path


def jobs(root: Path, *names: str) -> dict[str, Job]:
    made = {}
    for name in names:
        source = root / "notebooks" / f"{name}.ipynb"
        source.parent.mkdir(exist_ok=True)
        if not source.exists():
            source.write_text(notebook("years: Years = 3  # y", name, tags=("parameters",)), encoding="utf-8")
        made[f"book/{name}"] = Job(source, {}, root / "book" / f"{name}.ipynb", root)
    return made


def run(root: Path, runner: Paper, *names: str) -> list[str]:
    return [str(made) for made in make_pages(jobs(root, *names), Cache(root / "cache"), runner=runner, root=root)]


def test_a_page_is_run_once_and_then_taken_from_the_cache(root):
    runner = Paper()
    assert run(root, runner, "a", "b") == ["book/a: ran 0.5 s; not made before", "book/b: ran 0.5 s; not made before"]
    assert run(root, runner, "a", "b") == ["book/a: cached", "book/b: cached"]
    assert runner.ran == ["a", "b"]


def test_a_page_from_the_cache_is_whole(root):
    run(root, Paper(), "a")
    first = {p.relative_to(root / "book"): p.read_bytes() for p in (root / "book").rglob("*") if p.is_file()}
    for path in sorted((root / "book").rglob("*"), reverse=True):
        path.rmdir() if path.is_dir() else path.unlink()
    run(root, Paper(), "a")
    assert {p.relative_to(root / "book"): p.read_bytes() for p in (root / "book").rglob("*") if p.is_file()} == first
    assert sorted(map(str, first)) == ["a.ipynb", "results/a.json"]


def test_a_change_runs_the_page_that_it_is_of(root):
    run(root, Paper(), "a", "b")
    (root / "notebooks" / "a.ipynb").write_text(
        notebook("years: Years = 4  # y", tags=("parameters",)), encoding="utf-8"
    )
    assert run(root, Paper(), "a", "b") == ["book/b: cached", "book/a: ran 0.5 s; notebook changed"]


def test_a_failure_hides_no_other_page_and_is_kept_where_the_page_would_be(root):
    runner = Paper(fails={"a"})
    assert run(root, runner, "a", "b") == ["book/a: failed; not made before", "book/b: ran 0.5 s; not made before"]
    assert sorted(path.name for path in (root / "book").glob("a.*")) == ["a.failed.ipynb", "a.log"]
    assert list((root / "cache" / "drafts").iterdir()) == []


def test_a_failed_page_is_run_again_and_the_others_are_not(root):
    run(root, Paper(fails={"a"}), "a", "b")
    runner = Paper()
    run(root, runner, "a", "b")
    assert runner.ran == ["a"]


def test_what_was_made_before_an_interruption_is_not_made_again(root):
    with pytest.raises(KeyboardInterrupt):
        run(root, Paper(), "a", "interrupted", "b")
    assert list((root / "cache" / "drafts").iterdir()) == []
    runner = Paper()
    assert run(root, runner, "a", "b") == ["book/a: cached", "book/b: ran 0.5 s; not made before"]


def test_pages_that_need_the_same_are_each_in_their_place(root):
    twins = jobs(root, "a")
    twins["book/twin"] = Job(twins["book/a"].source, {}, root / "book" / "twin" / "index.ipynb", root)
    list(make_pages(twins, Cache(root / "cache"), runner=Paper(), root=root))
    assert (root / "book" / "twin" / "index.ipynb").read_bytes() == (root / "book" / "a.ipynb").read_bytes()
