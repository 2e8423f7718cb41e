"""The grid: one notebook, several pages of one book, each at an address that stays."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from promotion_book.running.contents import chapter_notebooks, place_pages, read_contents
from promotion_book.running.declarations import DeclarationError
from promotion_book.running.grid import GridPage, addresses_by_notebook, list_pages, page_title, sources_pages

ENTRY = """\
- notebook: what_if
  address: what_if/{case}
  title: "Money grows by {money_growth}"
  grid:
    case:
      slow: {money_growth: 0.05, effort: 0.5}
      fast: {money_growth: 0.08, effort: 1.5}
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A project of two notebooks with a grid."""
    for name in ("notebooks", "book"):
        (tmp_path / name).mkdir()
    (tmp_path / "book" / "index.md").write_text("# A\n", encoding="utf-8")
    for name in ("what_if", "ocop"):
        shutil.copyfile(f"notebooks/{name}.ipynb", tmp_path / "notebooks" / f"{name}.ipynb")
    files = "".join(f"      - file: notebooks/{name}\n" for name in ("what_if", "ocop"))
    toc = f"format: jb-book\nroot: book/index\nparts:\n  - caption: A\n    chapters:\n{files}"
    (tmp_path / "_toc.yml").write_text(toc, encoding="utf-8")
    return tmp_path


def made(root: Path, text: str) -> list[GridPage]:
    (root / "notebooks" / "grid.yml").write_text(text, encoding="utf-8")
    return list_pages(root)


def refused(root: Path, text: str) -> list[str]:
    with pytest.raises(DeclarationError) as error:
        made(root, text)
    return str(error.value).splitlines()


def addresses(found: list[GridPage]) -> list[str]:
    return [page.address for page in found]


def test_each_name_of_an_axis_is_a_page_below_the_chapter(root):
    notebook, title = root / "notebooks" / "what_if.ipynb", "Money grows by {money_growth}"
    assert made(root, ENTRY) == [
        GridPage(notebook, "notebooks/what_if", {}),
        GridPage(notebook, "notebooks/what_if/slow/index", {"money_growth": 0.05, "effort": 0.5}, title),
        GridPage(notebook, "notebooks/what_if/fast/index", {"money_growth": 0.08, "effort": 1.5}, title),
        GridPage(root / "notebooks" / "ocop.ipynb", "notebooks/ocop", {}),
    ]


def test_axes_are_combined_and_a_plain_list_names_its_values(root):
    text = (
        ENTRY.split("  grid:")[0].replace("{case}", "{period}/{money_growth}")
        + "  grid:\n    period: [2023, 2024-Q3]\n    money_growth: {low: 0.01, high: 0.09}\n"
    )
    with pytest.raises(DeclarationError, match="lower-case"):
        made(root, text)
    found = made(root, text.replace("2024-Q3", "2024"))
    grid = [(page.address.split("/", 2)[2], page.parameters) for page in found if page.title]
    assert grid == [
        ("2023/low/index", {"period": "2023", "money_growth": 0.01}),
        ("2023/high/index", {"period": "2023", "money_growth": 0.09}),
        ("2024/low/index", {"period": "2024", "money_growth": 0.01}),
        ("2024/high/index", {"period": "2024", "money_growth": 0.09}),
    ]


def test_an_address_stays_when_a_value_changes(root):
    assert addresses(made(root, ENTRY)) == addresses(made(root, ENTRY.replace("0.05", "0.04")))


def test_a_notebook_is_built_for_several_places(root):
    text = "- notebook: ocop\n  address: ocop/{place}\n  title: OCOP in {place}\n  grid: {place: [hanoi]}\n"
    page = made(root, text)[-1]
    assert page.address == "notebooks/ocop/hanoi/index"
    assert page_title(page, {"place": "hanoi", "period": "2024", "language": "en"}) == "OCOP in Hanoi"


@pytest.mark.parametrize(
    ("title", "told"),
    [("{money_growth} in {period}", "2.5% in the first half of 2024"), ("Effort {effort}", "Effort 150%")],
)
def test_a_title_tells_the_parameters_as_readers_write_them(title, told):
    values = {"place": "hanoi", "period": "2024-H1", "language": "en", "money_growth": 0.025, "effort": 1.5}
    assert page_title(GridPage(Path("x"), "notebooks/x", {}, title), values) == told


def test_a_chapter_keeps_the_title_of_its_notebook(root):
    assert page_title(made(root, ENTRY)[0], {}) == ""


def test_two_pages_of_one_address_are_an_error_that_names_it(root):
    message = (
        "notebooks/grid.yml:2:1.address: one-address: found 'what_if' for more than one page; allowed one page; "
        "let the address hold every axis, or give a name of its own"
    )
    assert refused(root, ENTRY.replace("/{case}", "")) == [message]


def test_entries_and_chapters_may_not_share_an_address(root):
    assert [line.split(":")[1] for line in refused(root, ENTRY + ENTRY)] == ["2", "2", "9", "9"]


def test_an_address_may_not_lie_among_the_results(root):
    (line,) = refused(root, ENTRY.replace("what_if/{case}", "results/{case}").replace("      fast", "      # fast"))
    assert "found 'results/slow'" in line


def test_everything_wrong_with_a_grid_is_said_at_once(root):
    text = ENTRY.replace("{case}", "{cas}").replace("effort: 0.5", "efort: 0.5").replace("1.5", "9")
    assert [line.split(": ")[0:2] for line in refused(root, text + ENTRY.replace("what_if\n", "nothing\n", 1))] == [
        ["notebooks/grid.yml:2:1.address", "unknown-field"],
        ["notebooks/grid.yml:6:1.grid.case.slow", "parameter"],
        ["notebooks/grid.yml:7:1.grid.case.fast", "parameter"],
        ["notebooks/grid.yml:8:2.notebook", "no-chapter"],
    ]


@pytest.mark.parametrize(
    ("before", "after", "finding"),
    [
        ("      fast", "      slow", "grid.yml:7:1.grid.case: duplicate-key: found 'slow'"),
        (
            "  title",
            "  titel",
            "grid.yml:3:1.titel: form: found the key 'titel'; did you mean title?; allowed notebook, address, title, grid",
        ),
        ("{money_growth}", "{money_growth", "grid.yml:3:1.title: form"),
        ("    case:\n", "    case: [\n", "yaml: found "),
        ("{money_growth: 0.05, effort: 0.5}", "[1]", "grid.yml:6:1.grid.case.slow: form"),
        (
            "    case:",
            "    effort: [1]\n    case:",
            "grid.yml:7:1.grid.case.slow.effort: two-axes: found effort set by case",
        ),
        ("    case:", "    effort: []\n    case:", "grid.yml:5:1.grid.effort: form"),
    ],
)
def test_a_grid_that_is_badly_written_is_refused_with_its_line(root, before, after, finding):
    assert any(finding in line for line in refused(root, ENTRY.replace(before, after)))


ENDS = """\
- notebook: exports
  address: exports/{low}/{base}
  title: "{growth_low} to {growth}"
  grid:
    low: {careful: {growth_low: 0.07}, bold: {growth_low: 0.08}}
    base:
      usual: {growth: 0.08}
      slow: {growth: 0.075}
"""


def test_parameters_that_do_not_go_together_are_found_before_anything_runs(root):
    shutil.copyfile("notebooks/handicraft_exports.ipynb", root / "notebooks" / "exports.ipynb")
    with (root / "_toc.yml").open("a", encoding="utf-8") as toc:
        toc.write("      - file: notebooks/exports\n")
    (line,) = refused(root, ENDS)
    assert line.startswith("notebooks/grid.yml:8:1.grid.base.slow: parameter: found parameters growth_low and growth: ")
    (line,) = refused(root, ENDS.replace("growth: 0.08", "growth: 0.2").replace("growth: 0.075", "growth: 0.08"))
    assert "growth = 0.2 is above growth_high = 0.09" in line


def test_the_pages_stand_below_their_chapter_in_the_contents(root):
    found = made(root, ENTRY)
    below = [{"file": "notebooks/what_if/slow/index"}, {"file": "notebooks/what_if/fast/index"}]
    (part,) = place_pages(read_contents(root), addresses_by_notebook(found))["parts"]
    assert part["chapters"] == [{"file": "notebooks/what_if", "sections": below}, {"file": "notebooks/ocop"}]
    assert chapter_notebooks(root) == [page.notebook for page in found if not page.title]


def test_the_grid_of_the_report_is_sound():
    assert {page.notebook.stem for page in list_pages(Path()) if page.title} == {"what_if"}


def test_a_page_finds_the_sources_of_its_own_place():
    sources, ocop = Path("notebooks/sources_and_conflicts.ipynb"), Path("notebooks/ocop.ipynb")
    found = [
        GridPage(ocop, "notebooks/ocop", {}),
        GridPage(ocop, "notebooks/ocop/late/index", {"period": "2024"}, "OCOP in {period}"),
        GridPage(ocop, "notebooks/ocop/hue/index", {"place": "hue"}, "OCOP in {place}"),
        GridPage(sources, "notebooks/sources_and_conflicts", {}),
        GridPage(sources, "notebooks/sources_and_conflicts/hue/index", {"place": "hue"}, "Sources in {place}"),
    ]
    assert sources_pages(found, "hanoi") == {
        "notebooks/ocop/late/index": "notebooks/sources_and_conflicts",
        "notebooks/ocop/hue/index": "notebooks/sources_and_conflicts/hue/index",
        "notebooks/sources_and_conflicts/hue/index": "notebooks/sources_and_conflicts/hue/index",
    }
    with pytest.raises(DeclarationError, match=r"no-sources: found 'hue'.*let the grid make sources_and_conflicts"):
        sources_pages(found[:4], "hanoi")
