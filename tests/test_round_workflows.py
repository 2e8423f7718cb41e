"""The workflows of the reporting round: on a pull request a preview of each place, on a release day what is due."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest
import yaml

PREVIEW = Path(".github/preview_places.sh").resolve()
BOOK = """#!/bin/sh
if [ "$1" = due ]; then printf 'hanoi 2024\\nhanoi 2025\\ndong_thap 2025\\n'; else echo "$@" >>calls.txt; fi
[ "$1" = publish ] && ln -sfn new _site
exit 0
"""


@pytest.fixture
def folder(tmp_path) -> Path:
    """A project with commands that only say how they were called."""
    command = tmp_path / ".venv" / "bin" / "promotion-book"
    command.parent.mkdir(parents=True)
    command.write_text(BOOK, encoding="utf-8")
    command.chmod(0o755)
    for name in ("hanoi", "dong_thap", "vocabulary"):
        (tmp_path / "data" / name).mkdir(parents=True)
    for name in ("hanoi", "dong_thap"):
        (tmp_path / "data" / name / "datapackage.json").write_text("{}", encoding="utf-8")
    return tmp_path


def run(folder: Path, *words: str, **environment: str) -> str:
    bare = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1", "GITHUB_OUTPUT": str(folder / "output")}
    subprocess.run(words, cwd=folder, env=os.environ | bare | environment, check=True, capture_output=True)
    calls = folder / "calls.txt"
    return calls.read_text(encoding="utf-8") if calls.exists() else ""


def publish_step() -> str:
    workflow = yaml.safe_load(Path(".github/workflows/publish.yml").read_text(encoding="utf-8"))
    (step,) = (one for one in workflow["jobs"]["publish"]["steps"] if one.get("id") == "publish")
    return "\n".join(line for line in step["run"].splitlines() if "chromium" not in line and line != "make env")


def test_on_a_release_day_what_is_due_and_not_published_is_built_and_published(folder):
    (folder / "old" / "hanoi" / "2024").mkdir(parents=True)
    (folder / "_site").symlink_to("old")
    step = publish_step()
    calls = run(folder, "bash", "-c", step, PERIOD="new", REASON="", KIND="")
    assert calls.splitlines()[:2] == ["build --place hanoi --period 2025", "publish --place hanoi --period 2025"]
    assert (folder / "output").read_text(encoding="utf-8") == "changed=yes\n"


def test_on_another_day_nothing_is_published_and_nothing_is_sent(folder):
    for name in ("hanoi/2024", "hanoi/2025", "dong_thap/2025"):
        (folder / "old" / name).mkdir(parents=True)
    (folder / "_site").symlink_to("old")
    step = publish_step()
    assert run(folder, "bash", "-c", step, PERIOD="new", REASON="", KIND="") == ""
    assert not (folder / "output").exists()


def test_a_pull_request_gets_a_preview_of_each_place_whose_data_it_changes(folder):
    git = ("git", "-c", "user.name=a", "-c", "user.email=a@example.org")
    for words in (("init", "--quiet"), ("add", "data"), ("commit", "--quiet", "--message", "data")):
        run(folder, *git, *words)
    (folder / "_site" / "hanoi").mkdir(parents=True)
    for name in ("hanoi/observations.csv", "dong_thap/observations.csv", "vocabulary/units.csv"):
        (folder / "data" / name).write_text("new\n", encoding="utf-8")
    run(folder, "git", "add", "data")
    assert run(folder, str(PREVIEW), "HEAD").splitlines() == [
        "build --place dong_thap",
        "preview --place hanoi",
        "build --place hanoi",
    ]


def test_the_days_of_publication_come_from_the_calendar_of_the_data_each_morning():
    workflow = yaml.safe_load(Path(".github/workflows/publish.yml").read_text(encoding="utf-8"))
    assert "schedule" in workflow[True]
    assert workflow["jobs"]["publish"]["env"]["PERIOD"].startswith("${{ github.event_name == 'schedule' && 'new'")
