"""The doctor: what the book needs on a machine, each with what to do where it is not there."""

from __future__ import annotations

import json
from importlib.metadata import version
from pathlib import Path

import pytest

from promotion_book.facts.schema import LATER, TABLES
from promotion_book.site.setup_check import SetupPart, examine_setup, examine_version
from sites import published


@pytest.fixture
def root(root: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr("promotion_book.site.setup_check.find_chromium", lambda: None)  # it would be started each time
    return root


def part(root: Path, name: str) -> SetupPart:
    (found,) = (one for one in examine_setup(root) if one.name == name)
    return found


def test_packages_of_other_versions_than_the_lock_are_named_and_stop_nothing(root):
    lines = ["numpy==0.1 \\", "    --hash=sha256:a", f"pandas=={version('pandas')}", "no-such-package==1"]
    lines.append("only-elsewhere==1 ; sys_platform == 'elsewhere' \\")
    (root / "requirements.lock").write_text("\n".join(lines), encoding="utf-8")
    assert part(root, "packages") == SetupPart(
        "packages",
        f"3 in requirements.lock, 2 not here in that version (numpy {version('numpy')}, no-such-package (missing))",
        "editions say which versions they ran with; 'make env' installs those of the lock",
        needed=False,
    )


def test_a_package_that_the_software_requires_and_is_not_here_is_wrong(root, monkeypatch):
    required = ["pandas>=99", "no-such-package>=1", 'only-for-tests>=1 ; extra == "dev"']
    monkeypatch.setattr("promotion_book.site.setup_check.requires", lambda _: required)
    found = f"2 required and not here (pandas {version('pandas')}, no-such-package (missing))"
    assert part(root, "packages") == SetupPart("packages", found, "run 'make env'")


def test_a_machine_without_chromium_can_build_and_is_told_what_it_lacks(root):
    said = str(part(root, "Chromium"))
    assert said.startswith("note   Chromium: not installed; no PDF was made")


def test_a_site_that_was_edited_is_wrong(root):
    published(root, "2023")
    assert str(part(root, "published site")) == "ok     published site: as it was published"
    page = next((root / "_site" / "lang_moi" / "2023" / "r0" / "en").rglob("*.html"))
    page.write_text("edited", encoding="utf-8")
    assert str(part(root, "published site")).startswith("wrong  published site: 1 not as they were published; see")


def test_a_site_of_which_only_the_link_is_left_is_wrong(root):
    (root / "_site").symlink_to("_site.versions/3")
    wrong = [part for part in examine_setup(root) if part.name == "published site"]
    assert [part.found.partition(";")[0] for part in wrong] == ["_site leads to _site.versions/3, which is not there"]


def test_a_project_without_a_site_has_no_line_on_it(root):
    assert "published site" not in [one.name for one in examine_setup(root)]


def test_what_came_later_and_a_place_does_not_declare_is_named(root):
    place = root / "data" / "lang_moi"
    assert str(examine_version(place)) == "ok     data/lang_moi, tables and columns not declared: none"
    described = json.loads((place / "datapackage.json").read_text(encoding="utf-8"))
    described["resources"] = [one for one in described["resources"] if one["name"] != "funds"]
    units = next(one for one in described["resources"] if one["name"] == "units")
    units["schema"]["fields"] = [field for field in units["schema"]["fields"] if field["name"] != "one_en"]
    (place / "datapackage.json").write_text(json.dumps(described), encoding="utf-8")
    assert str(examine_version(place)) == (
        "note   data/lang_moi, tables and columns not declared: funds, units.one_en; read as before; UPGRADING.md says what "
        "they are for"
    )


def test_what_a_place_declares_is_not_known_where_its_descriptor_cannot_be_read(root):
    place = root / "data" / "lang_moi"
    (place / "datapackage.json").write_text("{", encoding="utf-8")
    said = (
        "note   data/lang_moi, tables and columns not declared: not known; mend datapackage.json, which cannot be read"
    )
    assert str(examine_version(place)) == said


def test_the_upgrade_notes_name_every_table_and_column_that_came_later():
    notes = Path("UPGRADING.md").read_text(encoding="utf-8")
    whole = [name for name, columns in LATER.items() if set(columns) == set(TABLES[name].names)]
    names = [*whole, *(column for name in LATER if name not in whole for column in LATER[name])]
    assert [name for name in names if f"`{name}`" not in notes] == []


def test_each_finding_on_the_settings_of_the_book_is_told_with_what_to_do(root):
    assert str(part(root, "settings")) == "ok     settings: _config.yml is sound"
    (root / "_config.yml").write_text("author: [a]\nsignoff_required: true\n", encoding="utf-8")
    said = [str(one) for one in examine_setup(root) if one.name == "settings"]
    assert [line.partition("; allowed")[0] for line in said] == [
        "wrong  settings: _config.yml:1:author: form: found ['a']",
        "wrong  settings: _config.yml:2:signoff_required: key: found 'signoff_required'",
    ]


def test_a_lock_that_is_missing_is_told_and_the_other_parts_too(root):
    (root / "requirements.lock").unlink()
    said = "packages: requirements.lock is missing; put it back: an edition tells by it what it ran with"
    assert str(part(root, "packages")) == f"wrong  {said}"
