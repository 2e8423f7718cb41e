"""The edition that comes next: it builds from what is known so far, and is published on its release day."""

from __future__ import annotations

import shutil
from datetime import timedelta
from pathlib import Path

import pytest

from promotion_book.facts import read
from promotion_book.facts.calendar import releases
from promotion_book.facts.package import data_from
from promotion_book.running.plan import EditionId
from promotion_book.site.publish import publish
from promotion_book.site.store import SiteError
from promotion_book.words.language import LANGUAGES
from sites import build_hanoi

NEXT = EditionId("hanoi", "2026-H1")

pytestmark = [pytest.mark.nightly, pytest.mark.xdist_group("the newest edition")]


def test_the_next_half_year_is_published_beside_2025_on_its_release_day_and_not_the_day_before(
    project: Path, newest_site: Path, tmp_path: Path
):
    root = tmp_path / "project"
    shutil.copytree(project, root, ignore=shutil.ignore_patterns("_build", newest_site.name), symlinks=True)
    (due,) = (release.release_on for release in releases(read("hanoi")) if release.period == NEXT.period)
    with data_from(root / "data"):
        for code in LANGUAGES:
            build_hanoi(root, NEXT.period, code)
        with pytest.raises(SiteError, match=f"its release is announced for {due}"):
            publish(root, [NEXT], today=due - timedelta(days=1))
        publish(root, [NEXT], today=due)
    site = root / "_site"
    assert sorted(folder.name for folder in (site / "hanoi").glob("20*")) == ["2025", "2026-H1"]
    assert "hanoi/2026-H1/" in (site / "latest" / "index.html").read_text(encoding="utf-8")
