"""The reporting round of README, walked by a small place: form, figures, preview, commentary, sign-off, publication."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pandas as pd
import pytest

import forms
from forms import Form
from places import NAME, TABLES, figure, put_place
from promotion_book.facts.calendar import edition
from promotion_book.facts.difference import Changes
from promotion_book.facts.known import known_in
from promotion_book.intake.effects import Effects, effect_lines
from promotion_book.report.context import Context
from promotion_book.site.histories import read_manifests
from promotion_book.words.language import LANGUAGES, Language
from sites import make, page, published, set_day

RELEASE = date(2027, 1, 15)
HERE = ("--place", NAME, "--period", "2025")


@pytest.fixture
def root(root: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project with a small place whose edition of 2024 is published, on the release day of that of 2025."""
    set_day(monkeypatch, RELEASE)
    published(root, "2024")
    return root


def call(*arguments: object) -> tuple[int, list[str]]:
    """The code of a command, and the lines of its output."""
    code, output = forms.call(*arguments)
    return code, output.splitlines()


def filled(root: Path, done: float, note: str = "", language: str = "en") -> Path:
    blank, sent = root / "form.xlsx", root / "sent.xlsx"
    assert call("form", *HERE, "--language", language, "-o", blank)[0] == 0
    return Form(blank).fill("ocop_total", done, note=note).save(sent)


def test_the_round_is_walked_from_the_form_to_the_published_edition(root):
    sent = filled(root, 15)
    assert call("import", sent, "--received", "2026-02-10", "--sender", "The department")[0] == 0
    code, lines = call("preview", "--place", NAME)
    assert (code, lines[0]) == (0, "lang_moi 2025 beside 2024 as it is published")
    assert "  OCOP products recognised so far (2025): 15 products" in lines
    silent, advice = "summary, handicraft_exports, ocop", f"data/{NAME}/commentary/2025/summary.vi.md"
    begun = "laid out with the text of the last period: 0 files"
    told = [begun, f"chapters without commentary: {silent}", f"write one as {advice}, in every language"]
    assert call("commentary", *HERE) == (0, told)
    make(root, "2025")  # stands for: promotion-book build
    for code in LANGUAGES:
        call("sign-off", *HERE, "--read-by", "Nguyễn Thị An", "--language", code)
    code, lines = call("sign-off", *HERE)
    assert (code, [line[:3] for line in lines]) == (0, ["[x]"] * 6)
    code, lines = call("publish", *HERE)
    assert (code, "not signed off" in lines[0]) == (0, False)
    (manifest,) = [found for found in read_manifests(root / "_site") if found.period == "2025"]
    signed = [(one["language"], one["name"], one["day"]) for one in manifest.signed]
    assert signed == [("en", "Nguyễn Thị An", "2027-01-15"), ("vi", "Nguyễn Thị An", "2027-01-15")]
    carried = json.loads((root / "_site" / manifest.folder / "sign_off.json").read_text(encoding="utf-8"))
    assert carried == [*manifest.signed]
    assert call("verify")[0] == 0
    assert "2025" in page(root, "2025/en")


def test_no_commentary_is_laid_out_for_a_period_that_is_not_announced(root):
    code, lines = call("commentary", "--place", NAME, "--period", "2031")
    found = f"no edition 2031 of {NAME} is announced; announced: 2022, 2023, 2024, 2025"
    assert (code, lines) == (
        2,
        [f"{found}; give it a row in data/{NAME}/release_calendar.csv first"],
    )
    assert not (root / "data" / NAME / "commentary").exists()


def test_a_form_is_previewed_before_it_is_taken_in(root):
    sent, before = filled(root, 15), (root / "data" / NAME / "observations.csv").read_bytes()
    put_place(root / "data", "lang_cu")  # the form says of which place it is
    lines = call("preview", sent, "--received", "2026-02-10")[1]
    assert lines[0] == "lang_moi 2025 beside 2024 as it is published"
    assert "  OCOP products recognised so far (2025): 15 products" in lines
    assert (root / "data" / NAME / "observations.csv").read_bytes() == before


def test_what_a_form_changes_and_what_is_wrong_with_it_is_told_in_its_language_unless_another_is_asked_for(root):
    for done in (15, -1):
        asked = ("preview", filled(root, done, language="vi"), "--received", "2026-02-10")
        assert call(*asked) == call(*asked, "--language", "vi") != call(*asked, "--language", "en")
        (root / "form.xlsx").unlink()


def test_a_preview_names_the_figures_that_are_gone_and_those_that_sources_contradict(root):
    _, other, _, ocop = TABLES["observations"]
    again = figure("ocop_total", 2024, 13, "products", "src_002", known_on="2025-01-31")
    put_place(root / "data", tables=TABLES | {"observations": [other, ocop, again], "conflict_notes": []})
    lines = call("preview", "--place", NAME, "--period", "2024")[1]
    told = {head: lines[lines.index(head) + 1] for head in ("Figures no longer there: 1", "Contradictions new: 1")}
    assert [*told.values()] == ["  Handicraft exports (2023)", "  OCOP products recognised so far (2024)"]


def test_a_revised_figure_asks_for_its_reason_until_there_is_one(root):
    folder = root / "data" / NAME
    printed = (folder / "observations.csv").read_text(encoding="utf-8")
    (folder / "observations.csv").write_text(printed.replace(",12,,,products", ",13,,,products"), encoding="utf-8")
    asked = ("preview", "--place", NAME, "--period", "2024")
    (line,) = [line for line in call(*asked)[1] if "12 products to 13 products" in line]
    assert line.endswith("(no reason yet: write it into conflict_notes.csv or corrections.csv)")
    (folder / "observations.csv").write_text(printed, encoding="utf-8")
    entry = "observations,ocop_total-2024-src_003,value,12,13,Counted again.,Đếm lại.\n"
    with (folder / "corrections.csv").open("a", encoding="utf-8") as file:
        file.write(entry)
    (line,) = [line for line in call(*asked)[1] if "12 products to 13 products" in line]
    assert line.endswith("(Counted again.)")


def test_statuses_of_which_many_moved_alike_have_one_line(package):
    rows = [("craft_villages_recognised", str(year), "not_started", "not_assessable") for year in range(2030, 2037)]
    rows.append(("ocop_total", "2025", "on_track", "met"))
    moved = pd.DataFrame(rows, columns=["indicator_id", "period", "status_was", "status"])
    none = moved.iloc[:0]
    found = Effects(Changes(none, none, none, moved, (), ()), none, none)
    context = Context(known_in(package, edition(package, "2025")), Language("en"))
    assert [*effect_lines(context, found)][3:6] == [
        "Statuses moved: 8",
        "  not started to cannot be judged, 7 times: Craft villages (7)",
        "  OCOP products recognised so far (2025): on track to target met",
    ]


def test_a_signature_is_of_what_was_read_and_of_nothing_else(root):
    make(root, "2025")
    call("sign-off", *HERE, "--read-by", "An")
    make(root, "2025", start="other")
    code, lines = call("sign-off", *HERE)
    assert (code, lines[-2:]) == (
        1,
        [
            "[ ] somebody has read en: what was signed is other content",
            "[ ] somebody has read vi: what was signed is other content",
        ],
    )
    (line,) = [line for line in call("publish", *HERE)[1] if line.startswith("published")]
    assert line.endswith(
        "; not signed off: en (what was signed is other content), vi (what was signed is other content)"
    )


@pytest.mark.parametrize("name", ["  ", "An\nBình", "A" * 161])
def test_a_signature_is_a_name(root, name):
    make(root, "2025")
    code, lines = call("sign-off", *HERE, "--read-by", name)
    assert (code, len(lines), lines[0].split(": found")[0]) == (2, 1, "--read-by")


def test_what_is_not_built_cannot_be_signed(root):
    code, lines = call("sign-off", *HERE, "--read-by", "An", "--language", "vi")
    assert (code, "holds no finished edition" in lines[0]) == (1, True)


def test_a_project_may_ask_for_the_sign_off(root):
    with (root / "_config.yml").open("a", encoding="utf-8") as file:
        file.write("sign_off_required: true\n")
    make(root, "2025")
    code, lines = call("publish", *HERE)
    assert (code, lines[0][:38]) == (1, "lang_moi 2025: not signed off: en, vi;")
    call("sign-off", *HERE, "--read-by", "An")
    assert call("publish", *HERE)[0] == 0
