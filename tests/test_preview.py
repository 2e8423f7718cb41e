"""The preview while an author writes: what changed is on its page, and nothing else is touched."""

from __future__ import annotations

import urllib.request
from pathlib import Path

import pytest
from playwright.sync_api import expect
from servers import serving

from builders import short_chapter
from promotion_book.book.policy import META
from promotion_book.running.plan import EditionId
from promotion_book.running.pool.local import LocalRunner
from promotion_book.site.preview import is_source, open_preview
from promotion_book.site.preview.live import SCRIPT, VERSION, PreviewServer
from sites import small_book

pytestmark = pytest.mark.xdist_group("one run of all notebooks")
GROWS = "total['value'].diff().dropna() >= 0"


@pytest.fixture(scope="module")
def root(project, tmp_path_factory):
    chapters = {"ocop": "Products", "craft_villages": "Villages", "sources_and_conflicts": "Sources"}
    root = small_book(project, tmp_path_factory.mktemp("preview") / "project", *chapters)
    (root / "book" / "index.md").write_text("# Start\n", encoding="utf-8")
    for name, title in chapters.items():
        text = short_chapter(name, f"page.check({{'It grows.': {GROWS}}})", title=title)
        (root / "notebooks" / f"{name}.ipynb").write_text(text, encoding="utf-8")
    return root


@pytest.fixture(scope="module")
def preview(root):
    with LocalRunner() as runner:
        made = open_preview(root, EditionId("hanoi", "2025"), language="en", runner=runner)
        made.refresh()
        yield made


def pages(preview) -> dict[str, str]:
    return {path.stem: path.read_text(encoding="utf-8") for path in (preview.built.html / "notebooks").glob("*.html")}


def edited(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_what_is_saved_is_on_its_page_and_no_other_notebook_is_run(root, preview):
    before = pages(preview)
    edited(root / "notebooks" / "ocop.ipynb", "# Products", "# Suppose")
    (root / "book" / "index.md").write_text("# Welcome\n", encoding="utf-8")
    lines = preview.refresh()
    after = pages(preview)
    assert [line.split(":")[0].split("/")[-1] for line in lines[:-1]] == ["ocop"]
    assert lines[0].endswith("notebook changed")
    assert "Suppose" in after["ocop"]
    assert "Suppose" not in before["ocop"]
    assert after["sources_and_conflicts"].count("Sources") == before["sources_and_conflicts"].count("Sources")
    assert "Welcome" in (preview.built.html / "book" / "index.html").read_text(encoding="utf-8")


def test_a_preview_of_some_pages_has_no_other_also_after_one_of_others(root, preview):
    edition = EditionId("hanoi", "2025")
    for page in ("craft_villages", "ocop"):
        some = open_preview(root, edition, language="en", runner=preview.runner, only=[page])
        assert some.refresh()[-1].startswith("up to date in")
        assert [*pages(some)] == [page]
        assert f"notebooks/{page}.html" in (some.built.html / "index.html").read_text(encoding="utf-8")


def test_a_page_that_fails_keeps_what_it_showed_last_and_says_why(root, preview):
    shown = pages(preview)["craft_villages"]
    path = root / "notebooks" / "craft_villages.ipynb"
    edited(path, GROWS, "[False]")
    lines = preview.refresh()
    assert "does not hold: It grows." in lines[0]
    assert lines[-1].startswith("all else is up to date in")
    assert pages(preview)["craft_villages"] == shown
    edited(path, "[False]", GROWS)
    assert preview.refresh()[0].endswith("craft_villages: cached")


@pytest.mark.parametrize(
    ("path", "source"),
    [
        ("notebooks/ocop.ipynb", True),
        ("data/hanoi/targets.csv", True),
        ("book/index.md", True),
        ("notebooks/results/ocop/figure.csv", False),
        ("notebooks/.ipynb_checkpoints/ocop-checkpoint.ipynb", False),
        ("book/index.md~", False),
    ],
)
def test_only_what_a_book_is_made_from_counts_as_saved(path, source):
    assert is_source(Path(path)) is source


@pytest.fixture
def server(tmp_path):
    (tmp_path / "index.html").write_text("<body>hello</body>", encoding="utf-8")
    (tmp_path / "x.css").write_text("</body>", encoding="utf-8")
    running = PreviewServer(tmp_path, 0)
    with serving(running):
        yield running


def test_a_page_asks_for_changes_and_a_file_is_sent_as_it_is(server):
    address, shown = f"http://127.0.0.1:{server.server_port}", server.version
    with urllib.request.urlopen(f"{address}/") as answer:
        assert answer.read().decode() == f'<body>hello<script src="{SCRIPT}?{shown}"></script>\n</body>'
    with urllib.request.urlopen(f"{address}/x.css") as answer:
        assert answer.read() == b"</body>"
    with urllib.request.urlopen(f"{address}{SCRIPT}?{shown}") as answer:
        assert f'fetch("{VERSION}")' in answer.read().decode()
    server.changed()
    with urllib.request.urlopen(f"{address}{VERSION}") as answer:
        assert answer.read().decode() == str(server.version) != str(shown)


@pytest.mark.browser
def test_an_open_page_loads_itself_again_under_its_own_strict_policy(server, tmp_path, window):
    (tmp_path / "index.html").write_text(f"<head>{META}</head><body>before</body>", encoding="utf-8")
    page = window()
    page.goto(f"http://127.0.0.1:{server.server_port}/")
    (tmp_path / "index.html").write_text(f"<head>{META}</head><body>after</body>", encoding="utf-8")
    server.changed()
    expect(page.locator("body")).to_have_text("after")


def test_every_page_says_that_it_is_a_preview_and_leads_to_no_other_edition(preview):
    found = list(pages(preview).values())
    assert all("Preview, not published" in page for page in found)
    assert not any("edition-switcher" in page for page in found)
