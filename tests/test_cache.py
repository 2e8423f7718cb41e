"""The cache of executed notebooks: kept whole, verified when read, pruned when nobody uses it."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys

import pytest

from promotion_book.running.cache import RECORD, Cache, CacheError, find_damage
from promotion_book.running.inputs import cache_key

NEEDS = {"notebook": "a", "parameters": "b"}


@pytest.fixture
def cache(tmp_path):
    (tmp_path / "cache").mkdir()
    return Cache(tmp_path / "cache")


def kept(cache, needs=NEEDS, text="hello"):
    draft = cache.draft(needs)
    (draft / "results").mkdir()
    (draft / "page.ipynb").write_text(text, encoding="utf-8")
    (draft / "results" / "x.json").write_text("{}", encoding="utf-8")
    return cache.keep(draft, needs)


def said(entry, **other):
    record = json.loads((entry / RECORD).read_text(encoding="utf-8")) | other
    (entry / RECORD).write_text(json.dumps(record), encoding="utf-8")


@pytest.mark.parametrize("content", ["{", "[]", '{"a": 3}', "null", "[" * 100_000])
def test_a_damaged_record_of_a_page_is_said_and_written_anew_and_pruned_around(cache, content):
    entry, record = kept(cache), cache.folder / "pages" / "p.json"
    cache.remember("p", NEEDS)
    record.write_text(content, encoding="utf-8")
    assert cache.why("p", NEEDS) == "the record of its last inputs is damaged"
    assert cache.prune() == [entry]
    cache.remember("p", NEEDS)
    assert cache.why("p", NEEDS) == "its entry is gone or was damaged"


def test_what_was_kept_is_found_by_its_inputs(cache):
    entry = kept(cache)
    assert cache.find(NEEDS) == entry
    assert (entry / "page.ipynb").read_text(encoding="utf-8") == "hello"
    assert cache.find({**NEEDS, "notebook": "c"}) is None


def test_where_no_entry_can_be_made_a_draft_is_kept_and_that_is_said(cache):
    draft = cache.draft(NEEDS)
    (cache.folder / cache_key(NEEDS)).touch()
    with pytest.raises(NotADirectoryError):
        cache.keep(draft, NEEDS)
    assert draft.is_dir()


def test_a_draft_is_not_found(cache):
    draft = cache.draft(NEEDS)
    (draft / "page.ipynb").write_text("half", encoding="utf-8")
    assert cache.find(NEEDS) is None


def test_of_two_that_make_the_same_one_is_kept(cache):
    assert kept(cache, text="hello") == kept(cache, text="hello")
    assert list((cache.folder / "drafts").iterdir()) == []


@pytest.mark.parametrize(
    ("what", "break_it"),
    [
        ("page.ipynb is not what was kept", lambda e: (e / "page.ipynb").write_text("other", encoding="utf-8")),
        ("results/x.json is not what was kept", lambda e: (e / "results" / "x.json").unlink()),
        ("more.txt is not what was kept", lambda e: (e / "more.txt").write_text("", encoding="utf-8")),
        (f"{RECORD} cannot be read", lambda e: (e / RECORD).write_text("{", encoding="utf-8")),
        (f"{RECORD} cannot be read", lambda e: (e / RECORD).unlink()),
        (f"{RECORD} cannot be read", lambda e: (e / RECORD).write_text("[]", encoding="utf-8")),
        (f"{RECORD} cannot be read", lambda e: (e / RECORD).write_text("[" * 100_000, encoding="utf-8")),
        (f"{RECORD} cannot be read", lambda e: (e / RECORD).write_bytes(b"\xff")),
        (f"{RECORD} cannot be read", lambda e: said(e, files=["page.ipynb"])),
        (f"{RECORD} cannot be read", lambda e: said(e, files={"page.ipynb": 3})),
        (f"{RECORD} cannot be read", lambda e: said(e, inputs=None)),
        (f"{RECORD} cannot be read", lambda e: (e / RECORD).unlink() or (e / RECORD).mkdir()),
        (f"{RECORD} cannot be read", lambda e: shutil.rmtree(e) or e.write_text("", encoding="utf-8")),
        (
            f"{RECORD} is of another entry",
            lambda e: (e / RECORD).write_text(json.dumps({"inputs": {}, "files": {}}), encoding="utf-8"),
        ),
    ],
)
def test_a_damaged_entry_is_named_and_removed_and_not_used(cache, what, break_it):
    entry = kept(cache)
    break_it(entry)
    assert find_damage(entry).startswith(what)
    assert cache.find(NEEDS) is None
    assert not entry.exists()


def test_why_a_page_is_made_is_the_first_input_that_changed(cache):
    assert cache.why("p", NEEDS) == "not made before"
    cache.remember("p", NEEDS)
    assert cache.why("p", {**NEEDS, "parameters": "c"}) == "parameters changed"
    assert cache.why("p", {"parameters": "c", "lock": "d"}) == "parameters changed, and 2 more"
    assert cache.why("p", NEEDS) == "its entry is gone or was damaged"


def test_pruning_keeps_what_a_page_was_last_made_with(cache):
    old, new = kept(cache, {**NEEDS, "notebook": "old"}), kept(cache)
    cache.draft(NEEDS)
    cache.remember("p", {**NEEDS, "notebook": "old"})
    cache.remember("p", NEEDS)
    assert cache.prune() == [old]
    assert cache.entries() == [new]
    assert not (cache.folder / "drafts").exists()


def test_a_cache_in_use_is_not_pruned(cache):
    with cache.used(), cache.used(), pytest.raises(CacheError, match="is in use; try again"):
        cache.prune()


def test_a_process_that_is_killed_while_it_keeps_leaves_no_entry(cache):
    program = (
        "import os, sys; from pathlib import Path; from promotion_book.running.cache import Cache\n"
        "cache = Cache(Path(sys.argv[1])); needs = {'notebook': 'a', 'parameters': 'b'}; draft = cache.draft(needs)\n"
        "Path.rename = lambda *_: os.kill(os.getpid(), 9)\n"
        "cache.keep(draft, needs)\n"
    )
    done = subprocess.run([sys.executable, "-c", program, str(cache.folder)], check=False)
    assert (done.returncode, cache.find(NEEDS), cache.entries()) == (-9, None, [])
    cache.prune()
    assert [path.name for path in cache.folder.iterdir() if path.is_dir()] == []


def test_an_entry_is_named_by_all_of_its_inputs(cache):
    assert kept(cache).name == cache_key(NEEDS) != cache_key({**NEEDS, "lock": "c"})


def test_an_entry_that_was_damaged_is_pruned_although_a_page_wants_it(cache):
    entry = kept(cache)
    cache.remember("p", NEEDS)
    (entry / "page.ipynb").write_text("other", encoding="utf-8")
    assert cache.prune() == [entry]
