"""The versions of a site: who can read them, and what stands where a link, a clock or an operator was at them."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
from datetime import date
from pathlib import Path

import pytest

from places import NAME
from promotion_book.running.hashing import folder_sha256
from promotion_book.running.plan import EditionId
from promotion_book.site.histories import read_manifests
from promotion_book.site.preview.serving import site_server
from promotion_book.site.publish import publish
from promotion_book.site.store import SiteError
from promotion_book.site.verify import verify
from sites import ERROR, TODAY, make, published, revise

pytestmark = pytest.mark.xdist_group("small sites")


def test_whoever_publishes_every_web_server_can_read_the_site(root):
    before = os.umask(0o077)
    try:
        published(root, "2023")
        published(root, "2023", note=ERROR, exports="right")
    finally:
        os.umask(before)
    site = (root / "_site").resolve()
    modes = {path: path.stat().st_mode & 0o777 for path in (site.parent, *site.parent.rglob("*"))}
    assert {path.name: oct(mode) for path, mode in modes.items() if mode != (0o755 if path.is_dir() else 0o644)} == {}


def test_a_link_that_was_removed_by_hand_is_put_back_and_the_next_revision_follows(root):
    published(root, "2023")
    (root / "_site").unlink()
    revise(root, start="right")
    assert [m.folder for m in read_manifests(root / "_site")] == [f"{NAME}/2023/r1", f"{NAME}/2023/r0"]


def remove_versions(root: Path) -> None:
    for version in (root / "_site.versions").glob("[0-9]*"):
        shutil.rmtree(version)


@pytest.mark.parametrize("link", [True, False], ids=["with a link that leads nowhere", "without a link"])
def test_revisions_to_which_no_version_of_the_site_leads_are_kept_and_named(root, link):
    published(root, "2023")
    before = folder_sha256(root / "_site.versions" / "revisions")
    remove_versions(root)
    if not link:
        (root / "_site").unlink()
    with pytest.raises(SiteError, match=r"put .* back from a copy"):
        revise(root, start="right")
    assert folder_sha256(root / "_site.versions" / "revisions") == before


def test_a_link_to_a_version_that_is_gone_is_refused_although_an_older_one_is_there(root):
    published(root, "2023")
    revise(root, start="right")
    before = folder_sha256(root / "_site.versions" / "revisions")
    shutil.rmtree((root / "_site").resolve())
    gone = r"_site leads to _site.versions/2, which is not there; put that folder back from a copy of the site"
    for use in (lambda: revise(root, start="newer"), lambda: verify(root / "_site"), lambda: site_server(root, 0)):
        with pytest.raises(SiteError, match=gone):
            use()
    assert folder_sha256(root / "_site.versions" / "revisions") == before


def test_what_a_first_publisher_left_that_was_stopped_is_no_lost_revision(root):
    published(root, "2023")
    (root / "_site").unlink()
    (root / "_site.versions" / "1").rename(root / "_site.versions" / "1.draft")
    published(root, "2023")
    assert [m.folder for m in read_manifests(root / "_site")] == [f"{NAME}/2023/r0"]


def test_a_clock_that_went_back_stops_a_publisher_before_a_revision_is_told_as_older_than_what_it_revises(root):
    published(root, "2023")
    make(root, "2023", exports="right")
    before = folder_sha256(root / "_site")
    told = (
        f"lang_moi/2023/r0 was published on {TODAY}, and by the clock of this machine it is 2026-06-03; set the clock right, and "
        f"publish again; where {TODAY} is wrong, take that back by a copy of the site from before it"
    )
    with pytest.raises(SiteError, match=told):
        publish(root, [EditionId(NAME, "2023")], today=date(2026, 6, 3), note=ERROR)
    assert folder_sha256(root / "_site") == before


def test_what_was_published_by_a_wrong_clock_is_taken_back_as_the_refusal_says(root):
    published(root, "2022")
    published(root, "2023", today=date(2062, 1, 1))
    with pytest.raises(SiteError, match=r"where 2062-01-01 is wrong, take that back with 'ln .*'") as refused:
        published(root, "2023", today=TODAY, note=ERROR, exports="right")
    subprocess.run(shlex.split(str(refused.value).split("'")[-2]), cwd=root, check=True)
    published(root, "2023")
    assert [(m.folder, m.day) for m in read_manifests(root / "_site")] == [
        (f"{NAME}/2023/r0", TODAY),
        (f"{NAME}/2022/r0", TODAY),
    ]
    assert verify(root / "_site") == []


def test_what_an_operator_put_beside_the_versions_of_the_site_is_left_alone(root):
    published(root, "2023")
    versions = root / "_site.versions"
    foreign = [versions / "9", versions / "\u00b2", versions / "revisions" / NAME / "2023" / "r0.bak" / "page.html"]
    for path in foreign:
        path.parent.mkdir(exist_ok=True)
        path.write_text("kept", encoding="utf-8")
    revise(root, exports="right")
    assert ([path.read_text() for path in foreign], (root / "_site").readlink().name) == (["kept"] * 3, "2")
