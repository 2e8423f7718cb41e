"""README and CONTRIBUTING: their examples run, and what they name exists."""

from __future__ import annotations

import importlib
import json
import re
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from itertools import chain
from pathlib import Path

import matplotlib as mpl
import pytest
from click import Command
from typer.main import get_command

from promotion_book.cli import app

CALL = re.compile(r"(?:promotion-book|\$BOOK\") ([a-z-]+)([^`|;&)\n']*(?:\\\n[^`|;&)\n']*)*)")
OPTION = re.compile(r"(?<![\w-])--?[a-z][a-z-]*")
GUIDES = [Path("README.md"), Path("CONTRIBUTING.md")]
every_guide = pytest.mark.parametrize("guide", GUIDES, ids=str)
ROOMS = Path("src/promotion_book")


def text(guide: Path) -> str:
    return guide.read_text(encoding="utf-8")


def blocks(guide: Path, language: str) -> str:
    return "\n".join(re.findall(rf"^```{language}\n(.*?)^```$", text(guide), re.MULTILINE | re.DOTALL))


@every_guide
def test_the_python_of_a_guide_runs_as_it_stands(guide, tmp_path, monkeypatch):
    code, shown = blocks(guide, "python"), []
    monkeypatch.setenv("PROMOTION_BOOK_DATA", str(Path("data").resolve()))
    monkeypatch.setattr("promotion_book.report.page.display", shown.append)
    monkeypatch.chdir(tmp_path)
    namespace: dict[str, object] = {"__name__": "__main__"}
    with mpl.rc_context():
        exec(compile(code, str(guide), "exec", dont_inherit=True), namespace)
    assert len(shown) == len(re.findall(r"^page\.(?!check)\w+\(|= open_page\(", code, re.MULTILINE))


@every_guide
def test_every_file_that_a_guide_names_exists(guide):
    named = set(re.findall(r"`([\w.<>-]*/[\w./<>-]*|[a-z_]+\.(?:py|csv|po|yml|json))`", text(guide)))
    homes = [Path(), ROOMS, Path("data/hanoi"), Path("book/locale/vi/LC_MESSAGES")]
    made = re.compile(r"^(_site|_build|results|out\.results)/|^\d")  # by a build; a label of a period
    real = {name: name.replace("<place>", "hanoi").replace("<code>", "vi") for name in named if not made.search(name)}
    assert [name for name, path in real.items() if not any((home / path).exists() for home in homes)] == []


@every_guide
def test_every_link_of_a_guide_leads_to_a_file_or_a_heading(guide):
    headings = {
        path.name: re.findall(r"^#+ (.*)$", text(path), re.MULTILINE) for path in [*GUIDES, Path("UPGRADING.md")]
    }
    anchors = {
        f"{name}#{re.sub(r'[^a-z0-9 -]', '', said.lower()).replace(' ', '-')}"
        for name, found in headings.items()
        for said in found
    }
    links = re.findall(r"\]\((?!http)([^)]*)\)", text(guide))
    wanted = [f"{guide.name}{link}" if link.startswith("#") else link for link in links]
    assert [link for link in wanted if link not in anchors and not Path(link).exists()] == []


def test_where_things_are_names_what_is_there():
    named = re.findall(r"`src/(promotion_book/\w+/\w+)\.py`: `(\w+)`", text(GUIDES[1]))
    assert len(named) > 3
    modules = {path: importlib.import_module(path.replace("/", ".")) for path, _ in named}
    assert [(path, name) for path, name in named if not hasattr(modules[path], name)] == []


@every_guide
def test_what_a_guide_has_made_can_be_made(guide):
    targets = re.findall(r"^([a-z-]+):", text(Path("Makefile")), re.MULTILINE)
    assert set(re.findall(r"(?:^|`)make (?:-C \S+ )?([a-z-]+)", text(guide), re.MULTILINE)) <= set(targets)


@cache
def commands() -> dict[str, Command]:
    return get_command(app).commands


def unknown_calls(said: str) -> Iterator[str]:
    """Commands of promotion-book that a text names and that do not exist, and options that a command does not have."""
    for name, rest in CALL.findall(said):
        known = {option for one in getattr(commands().get(name), "params", []) for option in one.opts}
        yield from [name] if name not in commands() else []
        yield from (f"{name} {option}" for option in OPTION.findall(rest) if option not in known)


def test_every_command_that_a_text_names_exists_with_its_options():
    folders = (
        Path(".github").rglob("*.*"),
        Path("src").rglob("*.py"),
        Path("book").rglob("*.md"),
        Path("src").rglob("*.md"),
    )
    named = [*GUIDES, *map(Path, ("UPGRADING.md", "Makefile", "environment.yml", ".ci/run")), *chain(*folders)]
    told = {str(path): text(path) for path in named if path.suffix != ".png"}
    assert {name: unknown for name, said in told.items() if (unknown := [*unknown_calls(said)])} == {}
    assert [*unknown_calls("`promotion-book check --plaice hue -x` or \\\n promotion-book chek")] == [
        "check --plaice", "check -x", "chek",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (
            ["bench.py", "rerunn"],
            "no comparison rerunn; there are edition, changed, rerun, provinces, overhead, memory",
        ),
        (["calibration.py", "nowhere"], "nowhere has no m1_yearly.csv, m3_yearly.csv, tourism_yearly.csv"),
    ],
)
def test_a_benchmark_that_is_asked_for_what_is_not_there_says_so(call, said):
    words = [sys.executable, f"benchmarks/{call[0]}", *call[1:]]
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr.splitlines()[-1]) == (2, f"{call[0]}: error: {said}")


def test_the_guide_to_the_tables_names_every_column_that_is_not_plain():
    described = json.loads(text(Path("data/hanoi/datapackage.json")))["resources"]
    columns = {
        field["name"]
        for resource in described
        if resource["name"] in ("observations", "targets")
        for field in resource["schema"]["fields"]
    }
    plain = {"observation_id", "target_id", "indicator_id", "area", "unit", "note_en", "note_vi"}
    assert [name for name in sorted(columns - plain) if f"`{name}`" not in text(GUIDES[1])] == []
