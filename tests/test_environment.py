"""What is installed: two locks and a conda environment that agree with the project, on every Python it is for."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
import yaml
from packaging.markers import default_environment
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

PROJECT = tomllib.loads(Path("pyproject.toml").read_text(encoding="utf-8"))["project"]
RUNTIME = [Requirement(text) for text in PROJECT["dependencies"]]
DEVELOPMENT = RUNTIME + [Requirement(text) for text in PROJECT["optional-dependencies"]["dev"]]
CONDA = yaml.safe_load(Path("environment.yml").read_text(encoding="utf-8"))
LOCKS = {"requirements.lock": RUNTIME, "requirements-dev.lock": DEVELOPMENT}
BEYOND_A_BUILD = {"dask", "distributed", "watchfiles"}  # another runner, and the preview
PYTHONS = ["3.11.2", "3.12.3", "3.13.5", "3.14.0"]  # those of Debian 12, Ubuntu 24.04 and Debian 13, and the newest


def entries(lock: str) -> list[str]:
    """The packages of a lock, each with its version, marker, hashes and who asks for it."""
    return re.split(r"\n(?=\w)", Path(lock).read_text(encoding="utf-8"))


def locked(lock: str) -> list[Requirement]:
    return [Requirement(entry.split("\\\n")[0]) for entry in entries(lock)]


def installed(lock: str, python: str) -> dict[str, str]:
    """The versions that a lock installs on Linux with this Python, by name."""
    machine = {"python_full_version": python, "python_version": python.rpartition(".")[0], "sys_platform": "linux"}
    environment = default_environment() | machine | {"implementation_name": "cpython"}
    needed = [r for r in locked(lock) if r.marker is None or r.marker.evaluate(environment)]
    versions = {requirement.name: str(requirement.specifier).removeprefix("==") for requirement in needed}
    assert len(versions) == len(needed)
    return versions


@pytest.mark.parametrize("python", PYTHONS)
def test_every_python_of_the_project_gets_every_package_it_asks_for_in_a_version_it_takes(python):
    for lock, wanted in LOCKS.items():
        versions = installed(lock, python)
        assert [str(r) for r in wanted if not r.specifier.contains(versions.get(r.name, ""))] == []


@pytest.mark.parametrize("python", PYTHONS)
def test_the_development_lock_holds_the_runtime_lock_in_the_same_versions(python):
    assert installed("requirements.lock", python).items() <= installed("requirements-dev.lock", python).items()


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_was_made_for_the_packages_of_the_project_and_no_others(lock):
    direct = [entry for entry in entries(lock) if "promotion-book (pyproject.toml)" in entry]
    assert {Requirement(entry.split("\\\n")[0]).name for entry in direct} == {r.name for r in LOCKS[lock]}


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_has_hashes_for_every_package_and_no_address(lock):
    assert [entry for entry in entries(lock) if "--hash=sha256:" not in entry] == []
    assert not re.search(r"://|--index-url|--extra-index-url|--find-links", Path(lock).read_text(encoding="utf-8"))


def test_conda_asks_for_what_the_book_is_made_of_as_the_project_does():
    wanted = {str(Requirement(text)) for text in CONDA["dependencies"]}
    python = {f"python{PROJECT['requires-python']}"}
    build = tomllib.loads(Path("pyproject.toml").read_text(encoding="utf-8"))["build-system"]["requires"]
    asked = {str(Requirement(text)) for text in [*python, *build, "pip"]} | {str(r) for r in DEVELOPMENT}
    assert {str(r) for r in RUNTIME} <= wanted <= asked


def test_a_step_that_also_shows_what_it_prints_fails_where_its_command_fails():
    """Without `shell: bash` GitHub runs a step without pipefail, and a pipe ends as `tee` does."""
    workflows = {path.name: yaml.safe_load(path.read_text("utf-8")) for path in Path(".github/workflows").glob("*.yml")}
    steps = [
        (name, step["run"], workflow.get("defaults"))
        for name, workflow in workflows.items()
        for job in workflow["jobs"].values()
        for step in job["steps"]
        if "| tee" in step.get("run", "")
    ]
    assert {name for name, _, _ in steps} == {"ci.yml", "round.yml"}
    assert [step for _, step, defaults in steps if defaults != {"run": {"shell": "bash"}}] == []


def test_a_pull_request_that_is_pushed_anew_stops_what_was_run_for_it_before():
    read = [yaml.safe_load(path.read_text("utf-8")) for path in Path(".github/workflows").glob("*.yml")]
    asked = [one for one in read if "pull_request" in one[True]]  # YAML reads `on` as true
    together = {
        "group": "${{ github.workflow }} ${{ github.event.pull_request.number || github.run_id }}",
        "cancel-in-progress": True,
    }
    assert [one["concurrency"] for one in asked] == [together] * 3


def imported(folder: Path) -> set[str]:
    """The packages that the code below a folder imports, by their first names."""
    nodes = [node for path in folder.rglob("*.py") for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))]
    names = [name.name for node in nodes if isinstance(node, ast.Import) for name in node.names]
    names += [str(node.module) for node in nodes if isinstance(node, ast.ImportFrom) and not node.level]
    return {name.partition(".")[0] for name in names} - sys.stdlib_module_names - {"papermill_warm", "promotion_book"}


def test_every_package_that_the_code_imports_is_installed_by_a_lock():
    homes = packages_distributions()
    found = {canonicalize_name(home) for name in imported(Path("src")) for home in homes[name]}
    for_a_build = {canonicalize_name(requirement.name) for requirement in locked("requirements.lock")}
    assert found - for_a_build == BEYOND_A_BUILD


def test_texts_without_a_translation_are_found_with_the_packages_of_a_build_alone():
    absent = f"import sys; sys.modules.update(dict.fromkeys({sorted(BEYOND_A_BUILD)}))"
    find = "from pathlib import Path; from promotion_book.book.messages import find_messages; find_messages(Path())"
    subprocess.run([sys.executable, "-c", f"{absent}; {find}"], check=True)


def test_the_workflows_make_and_run_the_commands_of_the_project_on_every_python_and_with_official_actions():
    targets = set(re.findall(r"^([a-z-]+):", Path("Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    text = "\n".join(path.read_text(encoding="utf-8") for path in Path(".github/workflows").glob("*.yml"))
    assert set(re.findall(r"\bmake (?:-C \S+ )?([a-z-]+)", text)) <= targets
    assert {name.split("/")[0] for name in re.findall(r"uses: (\S+)", text)} == {"actions"}
    first, last = re.findall(r"3\.(\d+)", PROJECT["requires-python"])
    matrix = yaml.safe_load(Path(".github/workflows/ci.yml").read_text(encoding="utf-8"))
    pythons = [f"3.{minor}" for minor in range(int(first), int(last))]
    assert matrix["jobs"]["test"]["strategy"]["matrix"]["python"] == pythons
