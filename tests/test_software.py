"""Each edition offers the software that made it, which installs as any other."""

from __future__ import annotations

import io
import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

from promotion_book import __version__
from promotion_book.book.downloads import wheel_name
from promotion_book.running.inputs import SOURCE_CODE
from promotion_book.running.named_files import make_zip
from promotion_book.site.software import NAME, PACKAGES, build_wheel, read_commit, software_files

ROOT = Path(__file__).parent.parent


def test_the_wheel_has_the_same_bytes_each_time():
    assert build_wheel.__wrapped__() == build_wheel()


def test_the_wheel_installs_and_holds_the_packages_as_they_run(tmp_path):
    path = tmp_path / wheel_name(__version__)
    path.write_bytes(build_wheel())
    options = ["--quiet", "--no-deps", "--no-index", "--no-compile", "--disable-pip-version-check", "--target"]
    subprocess.run([sys.executable, "-m", "pip", "install", *options, tmp_path / "in", path], check=True)
    here, there = (
        {f.relative_to(src): f.read_bytes() for name in PACKAGES for f in (src / name).rglob("*") if f.is_file()}
        for src in (SOURCE_CODE, tmp_path / "in")
    )
    catalogue = Path("book/locale/vi/LC_MESSAGES/report.po")
    assert there.pop(NAME / catalogue) == (ROOT / catalogue).read_bytes()
    assert there == {path: content for path, content in here.items() if path.suffix != ".pyc"}
    assert (tmp_path / "in" / "bin" / "promotion-book").is_file()


def test_the_lock_is_offered_beside_the_wheel():
    offered = software_files(ROOT)
    assert list(offered) == [wheel_name(__version__), "requirements.lock"]
    assert offered["requirements.lock"] == (ROOT / "requirements.lock").read_bytes()


def test_a_project_that_is_in_no_git_has_no_commit(tmp_path):
    assert read_commit(tmp_path) == ("", False)


def test_what_is_unpacked_everybody_can_read():
    with ZipFile(io.BytesIO(make_zip({"a/b.csv": b"x"}))) as opened:
        assert [oct(entry.external_attr >> 16) for entry in opened.infolist()] == ["0o644"]
