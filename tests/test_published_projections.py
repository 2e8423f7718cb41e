"""What published editions projected is read from the site, by name and by hash, and from nowhere else."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from builders import notebook
from places import NAME, TABLES, calendar, put_place
from promotion_book.facts import read
from promotion_book.facts.package import Package, PackageError
from promotion_book.facts.published_projections import FILE, TABLE, add_published_projections, not_at_hand
from promotion_book.running.execution import Job
from promotion_book.running.hashing import file_sha256, folder_sha256
from promotion_book.running.inputs import page_inputs
from promotion_book.running.plan import EditionBuild, EditionId, Plan, locate_build
from promotion_book.site.earlier import copy_earlier_projections, earlier_projections
from promotion_book.site.histories import read_manifests
from promotion_book.site.seal import inputs_unchanged
from promotion_book.site.store import SiteError
from sites import ERROR, finish, published, put

pytestmark = pytest.mark.xdist_group("small sites")

HEADER = "period,cut_off,indicator_id,method,origin_year,target_year,years_ahead,value,low80,high80,low95,high95\n"
PARAMETERS = f'place: Place = "{NAME}"  # the place\nperiod: PeriodLabel = "2024"  # the period'


def rows(period: str, value: str = "5") -> str:
    """The projections of an edition, as it publishes them."""
    return f"{HEADER}{period},{int(period) + 1}-03-31,ocop_total,naive,{period},{int(period) + 1},1,{value},,,,\n"


def place(root: Path, period: str, revision: int = 0) -> str:
    return f"{NAME}/{period}/r{revision}/en/{FILE}"


@pytest.fixture
def root(root: Path) -> Path:
    older = {"period": "2021", "cut_off": "2022-03-31", "indicator_id": "ocop_total", "method": "naive"}
    years = {"origin_year": 2021, "target_year": 2022, "years_ahead": 1, "value": 3, "version": 1}
    late = {"period": "2023", "cut_off": "2024-03-31", "target_year": 2024, "origin_year": 2023}
    vintages = [older | years, older | years | late]
    announced = [calendar("2021", "2022-03-31"), *TABLES["release_calendar"]]
    put_place(root / "data", tables={**TABLES, TABLE: vintages, "release_calendar": announced})
    return root


def at_hand(root: Path, monkeypatch: pytest.MonkeyPatch) -> Package:
    monkeypatch.setenv("PROMOTION_BOOK_SITE", str(root / "_site"))
    return add_published_projections(read(NAME))


def said(package: Package) -> list[tuple[str, float, int]]:
    return list(package[TABLE][["period", "value", "version"]].itertuples(index=False, name=None))


def test_without_a_site_the_table_speaks_alone_and_the_others_are_not_at_hand(root):
    package = add_published_projections(read(NAME))
    assert said(package) == [("2021", 3, 1), ("2023", 3, 1)]
    assert not_at_hand(package, package[TABLE]["cut_off"].max().date()) == ["2022"]


def test_the_table_speaks_only_for_editions_older_than_the_first_published_one(root, monkeypatch):
    published(root, "2022", projections=rows("2022"))
    assert said(at_hand(root, monkeypatch)) == [("2021", 3, 1), ("2022", 5, 1)]


def test_an_edition_that_projected_nothing_is_at_hand_all_the_same(root, monkeypatch):
    published(root, "2022", "2023", projections=HEADER)
    package = at_hand(root, monkeypatch)
    assert said(package) == [("2021", 3, 1)]
    assert not_at_hand(package, package["release_calendar"]["cut_off"].max().date()) == ["2024"]


def test_the_first_revision_of_an_edition_counts(root, monkeypatch):
    published(root, "2022", projections=rows("2022"))
    published(root, "2022", projections=rows("2022", "7"), note=ERROR)
    assert said(at_hand(root, monkeypatch))[-1] == ("2022", 5, 1)


@pytest.mark.parametrize("text", ["", "period,value\n2022,1\n", rows("2021"), rows("2022", "many"), "\x00"])
def test_projections_that_cannot_be_read_are_named_with_their_file(root, monkeypatch, text):
    put(root / "_site" / place(root, "2022"), text)
    with pytest.raises(PackageError, match=r"2022/r0/.*projections.csv: cannot be read as projections"):
        at_hand(root, monkeypatch)


def test_a_new_edition_reads_the_first_revisions_of_those_with_an_earlier_cut_off(root):
    published(root, "2022", "2024", projections=rows("2022"))
    published(root, "2022", projections=rows("2022", "7"), note=ERROR)
    name = place(root, "2022")
    assert earlier_projections(root, read(NAME), period="2023") == {name: file_sha256(root / "_site" / name)}


def test_an_edition_with_the_same_cut_off_is_not_an_earlier_one(root):
    published(root, "2022", projections=rows("2022"))
    announced = [calendar("2022-H2", "2023-03-31"), *TABLES["release_calendar"]]
    put_place(root / "data", tables={**TABLES, "release_calendar": announced})
    assert earlier_projections(root, read(NAME), period="2022-H2") == {}


def test_a_published_edition_reads_what_it_read_when_it_was_published(root):
    published(root, "2022", projections=rows("2022"))
    published(root, "2024", projections=rows("2024"))
    published(root, "2023", projections=rows("2023"))
    assert list(earlier_projections(root, read(NAME), period="2024")) == [place(root, "2022")]
    assert list(earlier_projections(root, read(NAME), period="2025")) == [
        place(root, period) for period in ("2024", "2023", "2022")
    ]


def test_what_was_read_of_the_site_is_named_with_its_hash_in_the_manifest(root):
    published(root, "2022", projections=rows("2022"))
    published(root, "2023", projections=rows("2023"))
    newest = read_manifests(root / "_site")[0]
    name = place(root, "2022")
    assert {n: sha for n, sha in newest.inputs.items() if n.startswith("site/")} == {
        f"site/{name}": file_sha256(root / "_site" / name)
    }


@pytest.mark.parametrize("change", [Path.unlink, lambda path: path.write_text(rows("2022", "9"), encoding="utf-8")])
@pytest.mark.parametrize("period", ["2023", "2024"])
def test_projections_that_are_not_as_they_were_published_stop_a_build_of_the_old_and_of_the_new(root, change, period):
    published(root, "2022", projections=rows("2022"))
    published(root, "2023", projections=rows("2023"))
    change(root / "_site" / place(root, "2022"))
    with pytest.raises(
        SiteError, match=f"2022/r0/.*: missing, or not as it was published\n{NAME} {period} is built from"
    ):
        earlier_projections(root, read(NAME), period=period)


def test_an_edition_is_built_again_when_an_earlier_one_was_published_meanwhile(root):
    built = locate_build(root, EditionId(NAME, "2023"), language="en")
    finish(root, built)
    assert inputs_unchanged(built, root)
    published(root, "2022", projections=rows("2022"))
    assert not inputs_unchanged(built, root)


def page(root: Path, *opening: str) -> Job:
    put(root / "x.ipynb", notebook(PARAMETERS, *opening, tags=("parameters",)))
    return Job(root / "x.ipynb", {}, root / "out" / "x.ipynb", root / "data", site=root / "copy")


def test_a_page_that_declares_the_table_needs_the_projections_and_no_other_page_does(root):
    published(root, "2022", projections=rows("2022"))
    built, name = EditionBuild(root / "work", EditionId(NAME, "2023"), "en"), place(root, "2022")
    reader = page(root, f'open_page("x", globals(), tables=["{TABLE}"])')
    copy_earlier_projections(root, Plan(built, read(NAME), {"x": reader}, {}, {}))
    shutil.copytree(built.published, root / "copy")
    assert page_inputs(reader, root)[f"site/{name}"] == file_sha256(root / "_site" / name)
    assert [n for n in page_inputs(page(root), root) if n.startswith("site/")] == []


def test_publishing_writes_nothing_into_the_data(root):
    before = folder_sha256(root / "data")
    published(root, "2022", projections=rows("2022"))
    assert folder_sha256(root / "data") == before
