"""Publishing: all or nothing, whatever happens on the way."""

from __future__ import annotations

import fcntl
import os
import shutil
import subprocess
import sys
import threading
import urllib.request
from pathlib import Path

import pytest

from promotion_book.publishing import site
from promotion_book.publishing.digests import digests
from promotion_book.publishing.plan import Built, work_folder
from promotion_book.publishing.seal import seal
from promotion_book.publishing.site import SiteError, publish, server


@pytest.fixture
def root(tmp_path: Path) -> Path:
    shutil.copytree("data", tmp_path / "data")
    shutil.copyfile("requirements.lock", tmp_path / "requirements.lock")
    return tmp_path


def built(root: Path, period: str, text: str = "hello", language: str = "en") -> Built:
    """A finished edition of one page."""
    made = Built(work_folder(root, "hanoi", period, language), "hanoi", period, language)
    shutil.rmtree(made.folder, ignore_errors=True)
    (made.html / "book").mkdir(parents=True)
    (made.html / "book" / "index.html").write_text(text, encoding="utf-8")
    seal(made, root)
    return made


def page(root: Path, period: str) -> str:
    return (root / "_site" / "hanoi" / period / "en" / "book" / "index.html").read_text(encoding="utf-8")


def test_an_edition_gets_its_address_and_a_place_on_the_start_page(root):
    address = publish(root, built(root, "2024-H1"))
    assert address == root / "_site" / "hanoi" / "2024-H1" / "en"
    start = (root / "_site" / "index.html").read_text(encoding="utf-8")
    assert "Report 2024-H1" in start
    assert "figures public by 30 September 2024" in start


def test_the_start_page_lists_the_editions_of_each_language_in_it(root):
    publish(root, built(root, "2024"))
    publish(root, built(root, "2024", language="vi"))
    start = (root / "_site" / "index.html").read_text(encoding="utf-8")
    english, vietnamese = start.partition('<section id="vi" lang="vi">')[::2]
    assert 'href="hanoi/2024/en/book/index.html" hreflang="en">Report 2024</a>' in english
    assert 'href="hanoi/2024/vi/book/index.html" hreflang="vi">Báo cáo 2024</a>' in vietnamese
    assert "số liệu công khai đến ngày 31/3/2025" in vietnamese
    assert '<nav aria-label="Language / Ngôn ngữ"><a href="#en"' in english


def test_publishing_again_replaces_the_edition_and_leaves_the_others(root):
    publish(root, built(root, "2023", "old"))
    publish(root, built(root, "2024", "other"))
    before = digests(root / "_site" / "hanoi" / "2024")
    publish(root, built(root, "2023", "new"))
    assert (page(root, "2023"), digests(root / "_site" / "hanoi" / "2024")) == ("new", before)


def test_an_unchanged_edition_costs_no_space(root):
    publish(root, built(root, "2023"))
    first = (root / "_site" / "hanoi" / "2023" / "en" / "book" / "index.html").stat().st_ino
    publish(root, built(root, "2024"))
    assert (root / "_site" / "hanoi" / "2023" / "en" / "book" / "index.html").stat().st_ino == first


def test_an_edition_that_was_not_finished_is_refused(root):
    half = built(root, "2023")
    (half.folder / "edition.json").unlink()
    with pytest.raises(SiteError, match="holds no finished edition; run 'promotion-book build"):
        publish(root, half)
    assert not (root / "_site").exists()


def test_an_edition_whose_files_were_changed_is_refused(root):
    changed = built(root, "2023")
    (changed.html / "book" / "index.html").write_text("by hand", encoding="utf-8")
    with pytest.raises(SiteError, match="are not those that were built"):
        publish(root, changed)


@pytest.mark.parametrize("step", ["copytree", "start_page", "_switch"])
def test_a_publisher_that_stops_on_the_way_leaves_the_site_as_it_was(root, monkeypatch, step):
    publish(root, built(root, "2023", "old"))
    before = digests(root / "_site")
    new = built(root, "2023", "new")

    def stop(*args: object, **rest: object) -> None:
        raise OSError(28, "No space left on device")

    where = site.shutil if step == "copytree" else site
    with monkeypatch.context() as patch:
        patch.setattr(where, step, stop)
        with pytest.raises(OSError, match="No space left"):
            publish(root, new)
    assert digests(root / "_site") == before
    publish(root, new)
    assert page(root, "2023") == "new"
    assert [p.name for p in (root / "_site.versions").glob("*.draft")] == []


def test_a_killed_publisher_leaves_the_site_as_it_was(root):
    publish(root, built(root, "2023", "old"))
    built(root, "2023", "new")
    program = (
        "import os, signal, sys; from pathlib import Path\n"
        "from promotion_book.publishing import site\n"
        "from promotion_book.publishing.plan import Built, work_folder\n"
        "site._switch = lambda *a: os.kill(os.getpid(), signal.SIGKILL)\n"
        "root = Path(sys.argv[1])\n"
        "site.publish(root, Built(work_folder(root, 'hanoi', '2023', 'en'), 'hanoi', '2023', 'en'))\n"
    )
    environment = {**os.environ, "PROMOTION_BOOK_DATA": str(root / "data")}
    done = subprocess.run([sys.executable, "-c", program, str(root)], env=environment, check=False)
    assert (done.returncode, page(root, "2023")) == (-9, "old")


def test_a_second_publisher_at_the_same_time_is_told_so(root):
    publish(root, built(root, "2023"))
    with (root / "_site.versions" / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with pytest.raises(SiteError, match="another publisher"):
            publish(root, built(root, "2024"))


def test_the_site_is_served_on_this_machine_only(root):
    publish(root, built(root, "2023"))
    running = server(root, 0)
    thread = threading.Thread(target=running.serve_forever)
    thread.start()
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{running.server_port}/hanoi/2023/en/book/") as answer:
            assert answer.read() == b"hello"
    finally:
        running.shutdown()
        running.server_close()
        thread.join()
    assert running.server_address[0] == "127.0.0.1"


def test_nothing_published_is_nothing_to_serve(tmp_path):
    with pytest.raises(SiteError, match="nothing has been published"):
        server(tmp_path, 0)
