"""A what-if from an analyst's file: its own data package, marked, and never published."""

from __future__ import annotations

import json
import re
import shutil
from datetime import date
from pathlib import Path

import pytest

from forms import call
from promotion_book.facts import read
from promotion_book.facts.package import data_folder, data_from
from promotion_book.running.declarations import DeclarationError
from promotion_book.running.plan import EditionId, locate_build
from promotion_book.running.what_if_file import WhatIf, prepare_what_if
from promotion_book.site.publish import publish
from promotion_book.site.seal import check_seal, write_seal
from promotion_book.site.store import SiteError
from sites import build_hanoi

FILE = """\
title: Slow years
author: Planning division
parameters:
  money_growth: 0.03
scenarios:
  - scenario: slow_handicrafts
    name_en: Handicraft exports grow by 2% a year
    indicator_id: handicraft_exports
    kind: constant_growth
    parameters: growth=0.02
    until: 2025
    reason_en: The growth of a bad year.
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for name in ("data", "notebooks"):
        shutil.copytree(name, tmp_path / name)
    for name in ("_toc.yml", "requirements.lock"):
        shutil.copyfile(name, tmp_path / name)
    shutil.copytree("book", tmp_path / "book", ignore=shutil.ignore_patterns("_*", "locale"))
    return tmp_path


def written(root: Path, text: str = FILE) -> Path:
    path = root / "slow_years.yml"
    path.write_text(text, encoding="utf-8")
    return path


def prepared(root: Path, text: str = FILE) -> WhatIf:
    return prepare_what_if(root, "hanoi", path=written(root, text))


def refused(root: Path, text: str) -> list[str]:
    with pytest.raises(DeclarationError) as error:
        prepared(root, text)
    return str(error.value).splitlines()


def test_its_scenarios_are_rows_of_a_package_of_its_own(root, package):
    before = (root / "data" / "hanoi" / "scenarios.csv").read_bytes()
    assumed = prepared(root)
    with data_from(assumed.data):
        theirs = read("hanoi")
    row = theirs["scenarios"].iloc[-1]
    assert theirs.what_if == "Slow years (Planning division)"
    assert (row["scenario"], row["author_en"], row["position"]) == ("slow_handicrafts", "Planning division", 1)
    assert row["name_vi"] == row["name_en"]
    assert len(theirs["scenarios"]) == len(package["scenarios"]) + 1
    assert (root / "data" / "hanoi" / "scenarios.csv").read_bytes() == before


def test_the_package_of_the_report_is_read_again_afterwards(root, package):
    with data_from(prepared(root).data):
        assert "what-if" in data_folder().parts
    assert (data_folder(), package.what_if) == (Path.cwd() / "data", "")


def test_a_second_preparation_replaces_the_first(root):
    first = (prepared(root).data / "hanoi" / "scenarios.csv").read_bytes()
    assert (prepared(root).data / "hanoi" / "scenarios.csv").read_bytes() == first


@pytest.mark.parametrize(
    ("before", "after", "finding"),
    [
        ("title: Slow years\n", "", "slow_years.yml:1:title: form: found nothing"),
        ("money_growth", "money_growht", "4:parameters.money_growht: parameter: found unknown parameter"),
        ("0.03", "3", "4:parameters.money_growth: parameter: found parameter money_growth = '3'"),
        ("money_growth: 0.03", "growth: 0.04", "3:parameters: parameter: found parameters growth_low and growth"),
        ("money_growth: 0.03", "period: 2024", "4:parameters.period: parameter: found unknown parameter 'period'"),
        ("name_en", "nme_en", "7:scenarios.1.nme_en: column-name: found 'nme_en'; did you mean name_en?"),
        ("author", "auhtor", "2:auhtor: form"),
        ("  money_growth: 0.03\n", "  effort: 1\n  effort: 2\n", "5:parameters: duplicate-key: found 'effort'"),
        (
            "Slow years",
            "Slow \U0001f40c",
            "1:title: form: found 'Slow \U0001f40c'; allowed letters that a chart can write",
        ),
        ("title: Slow years", "title: [", "yaml: "),
    ],
)
def test_a_file_that_is_not_sound_is_refused_with_its_line(root, before, after, finding):
    assert any(finding in line for line in refused(root, FILE.replace(before, after)))


def test_a_file_that_assumes_nothing_is_refused(root):
    assert "parameters, scenarios or both" in refused(root, "title: a\nauthor: b\n")[0]


def test_everything_wrong_with_a_file_is_said_at_once(root):
    text = FILE.replace("money_growth", "money").replace("kind:", "knd:")
    assert [line.split(": ")[1] for line in refused(root, text)] == ["parameter", "column-name"]


def test_a_bad_scenario_is_a_finding_on_the_line_of_the_file(folder, tmp_path):
    for name in ("notebooks", "book", "_toc.yml"):
        (tmp_path / name).symlink_to(Path(name).resolve())
    text = FILE.replace("constant_growth", "constant_growht").replace("until: 2025", "until: soon")
    code, output = call("build", "--scenario", written(tmp_path, text))
    assert code == 1
    assert [line.split(": ")[:2] for line in output.splitlines()] == [
        ["slow_years.yml:9:kind", "kind"],
        ["slow_years.yml:11:until", "type"],
    ]


def test_as_a_reader_i_see_on_every_page_that_it_is_a_what_if(root):
    """A book of one chapter and the pages of its grid, built as the command builds it."""
    (root / "book" / "_static").mkdir(parents=True)
    shutil.copytree("book/_templates", root / "book" / "_templates")
    (root / "book" / "index.md").write_text("# Start\n", encoding="utf-8")
    pages = ("book/_static/favicon.svg", "book/_static/book.css")
    for name in ("_config.yml", "tests/cases.csv", *pages):
        (root / name).parent.mkdir(exist_ok=True)
        shutil.copyfile(name, root / name)
    toc = "format: jb-book\nroot: book/index\nparts:\n  - chapters:\n      - file: notebooks/what_if\n"
    (root / "_toc.yml").write_text(toc, encoding="utf-8")
    assumed = prepared(root, FILE.replace("scenarios:", "  effort: 0.75\nscenarios:"))
    with data_from(assumed.data):
        built = build_hanoi(root, "2025", "en", assumed)
    found = {p.relative_to(built.html).as_posix(): p.read_text(encoding="utf-8") for p in built.html.rglob("*.html")}
    own = {name: page for name, page in found.items() if name.startswith(("book", "notebooks"))}
    titles = {name: re.search(r"<h1>(.*?)<", page)[1] for name, page in own.items()}
    assert titles == {
        "book/index.html": "Start",
        "notebooks/what_if.html": "What if: all targets under one set of assumptions",
        "notebooks/what_if/half/index.html": "What if: money grows by 5% a year, all else at 50% of its pace",
        "notebooks/what_if/more/index.html": "What if: money grows by 8% a year, all else at 150% of its pace",
    }
    assert [
        name for name, page in own.items() if "What-if, not published: Slow years (Planning division)." not in page
    ] == []
    assert [name for name, page in own.items() if "language-switcher" in page] == []
    results = {
        path.parent.parent.name: json.loads(path.read_text(encoding="utf-8"))
        for path in built.html.rglob("results/what_if.json")
    }
    assert {name: result["parameters"]["effort"] for name, result in results.items()} == {
        "notebooks": 0.75,
        "half": 0.5,
        "more": 1.5,
    }
    assert {result["what_if"] for result in results.values()} == {"Slow years (Planning division)"}


def test_a_what_if_is_refused_by_the_publisher(root):
    assumed = prepared(root)
    built = locate_build(root, EditionId("hanoi", "2025"), language="en", what_if=assumed.name)
    (built.html / "book").mkdir(parents=True)
    (built.html / "book" / "index.html").write_text("hello", encoding="utf-8")
    shutil.copyfile("_config.yml", root / "_config.yml")
    with data_from(assumed.data):
        write_seal(built, root, package=read("hanoi"))
    assert (
        json.loads((built.folder / "edition.json").read_text(encoding="utf-8"))["what_if"]
        == "Slow years (Planning division)"
    )
    with pytest.raises(SiteError, match=r"is a what-if \(Slow years .*never published"):
        check_seal(built)
    with pytest.raises(SiteError, match="holds no finished edition"):
        publish(root, [EditionId("hanoi", "2025")], today=date(2026, 11, 24))
    assert not (root / "_site").exists()
