"""The shell of the workflow that publishes, against a repository on this disk: published editions are never lost."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest
import yaml

SCRIPT = Path(".github/publish_site.sh").resolve()
EDITION = {"hanoi/2024/r0/en/a.html": "2024\n", "hanoi/2024/en/a.html": "2024\n", "index.html": "one\n"}
NEXT = {"hanoi/2025/r0/en/a.html": "2025\n", "hanoi/2025/en/a.html": "2025\n", "index.html": "two\n"}
NOBODY = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1", "GIT_TERMINAL_PROMPT": "0"}


def git(folder: Path, *words: str) -> str:
    identity = ("-c", "user.name=a", "-c", "user.email=a@example.org")
    done = subprocess.run(
        ["git", *identity, *words], cwd=folder, env=os.environ | NOBODY, capture_output=True, text=True, check=True
    )
    return done.stdout.strip()


def call(step: str, folder: Path) -> tuple[int, str]:
    done = subprocess.run(
        [SCRIPT, step], cwd=folder, env=os.environ | NOBODY, capture_output=True, text=True, check=False
    )
    return done.returncode, done.stdout + done.stderr


@pytest.fixture
def origin(tmp_path: Path) -> Path:
    """A repository without a site."""
    git(tmp_path, "init", "--quiet", "--bare", "origin")
    made = checkout(tmp_path / "origin")
    put(made, {".gitignore": "_site\n_site.versions/\n*.html\n"})
    git(made, "add", "--all")
    git(made, "commit", "--quiet", "--message", "The project")
    git(made, "push", "--quiet", "origin", "HEAD:refs/heads/main")
    return tmp_path / "origin"


def checkout(origin: Path) -> Path:
    """A new checkout of the project, as a runner has it."""
    folder = Path(str(origin.with_name("checkout")) + str(len(list(origin.parent.iterdir()))))
    git(origin.parent, "clone", "--quiet", str(origin), str(folder))
    return folder


def put(folder: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")


def publish(folder: Path, files: dict[str, str]) -> None:
    """What publishing does to the site of a checkout: the next version, with more files, and a link to a revision."""
    versions = folder / "_site.versions"
    before, after = versions / "1", versions / "2"
    if before.exists():
        shutil.copytree(before, after)
    put(after, {name: text for name, text in files.items() if "/r0/" not in name})
    revisions = {name: text for name, text in files.items() if "/r0/" in name}
    put(versions / "revisions", revisions)
    for edition in {name.partition("/r0/")[0] for name in revisions}:
        (after / edition).mkdir(parents=True, exist_ok=True)
        (after / edition / "r0").symlink_to(Path("../../../revisions", edition, "r0"))
    (folder / "_site").unlink(missing_ok=True)
    (folder / "_site").symlink_to("_site.versions/2")


def published(origin: Path, files: dict[str, str]) -> Path:
    """One whole run of the workflow; its checkout."""
    folder = checkout(origin)
    assert call("fetch", folder)[0] == 0
    publish(folder, files)
    assert call("keep", folder)[0] == 0
    return folder


def kept(origin: Path) -> dict[str, str]:
    """The files of the branch `site`."""
    names = git(origin, "ls-tree", "-r", "--name-only", "site").splitlines()
    return {name: git(origin, "show", f"site:{name}") + "\n" for name in names}


def test_where_nothing_was_published_the_first_site_begins_the_branch(origin):
    published(origin, EDITION)
    assert kept(origin) == EDITION
    assert git(origin, "rev-list", "--count", "site") == "1"


def test_a_later_site_stands_on_top_of_the_one_before_which_stays_in_the_history(origin):
    published(origin, EDITION)
    first = git(origin, "rev-parse", "site")
    published(origin, NEXT)
    assert kept(origin) == EDITION | NEXT
    assert git(origin, "rev-parse", "site^") == first


def test_what_is_published_is_in_its_place_before_anything_is_built(origin):
    published(origin, EDITION)
    folder = checkout(origin)
    call("fetch", folder)
    assert (folder / "_site/hanoi/2024/r0/en/a.html").read_text(encoding="utf-8") == "2024\n"


def test_an_origin_that_cannot_be_asked_stops_the_workflow_and_is_not_taken_for_an_empty_one(origin):
    published(origin, EDITION)
    folder = checkout(origin)
    git(folder, "remote", "set-url", "origin", str(origin.parent / "gone"))
    code, told = call("fetch", folder)
    assert (code, "origin could not be asked for its branch 'site'" in told) == (1, True)
    assert not (folder / "_site").exists()


def test_a_site_that_says_nothing_new_is_not_kept_again(origin):
    published(origin, EDITION)
    before = git(origin, "rev-parse", "site")
    published(origin, {})
    assert git(origin, "rev-parse", "site") == before


def test_a_site_that_moved_on_at_origin_is_not_replaced(origin):
    published(origin, EDITION)
    late = checkout(origin)
    call("fetch", late)
    published(origin, NEXT)
    publish(late, {"hanoi/2023/r0/en/a.html": "2023\n", "index.html": "late\n"})
    code, told = call("keep", late)
    assert (code, "origin did not take the site" in told) == (1, True)
    assert kept(origin) == EDITION | NEXT


def test_a_site_that_was_never_fetched_does_not_replace_the_one_of_origin(origin):
    published(origin, EDITION)
    folder = checkout(origin)
    publish(folder, NEXT)
    assert call("keep", folder)[0] == 1
    assert kept(origin) == EDITION


@pytest.mark.parametrize("change", [Path.unlink, lambda path: path.write_text("other", encoding="utf-8")])
def test_a_site_that_lost_or_changed_a_published_revision_is_not_kept(origin, change):
    published(origin, EDITION)
    folder = checkout(origin)
    call("fetch", folder)
    publish(folder, NEXT)
    change(folder / "_site/hanoi/2024/r0/en/a.html")
    code, told = call("keep", folder)
    assert (code, "hanoi/2024/r0/en/a.html" in told) == (1, True)
    assert kept(origin) == EDITION


def test_the_workflow_leaves_the_branch_of_the_site_to_the_script():
    workflow = yaml.safe_load(Path(".github/workflows/publish.yml").read_text(encoding="utf-8"))
    steps = [step.get("run", "") for step in workflow["jobs"]["publish"]["steps"]]
    named = [step for step in steps if "git " in step or SCRIPT.name in step]
    assert named == [".github/publish_site.sh fetch", ".github/publish_site.sh keep"]
