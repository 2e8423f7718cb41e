"""Texts without a translation: a book shows them in English, a build names them, and nothing of it is published."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from places import NAME
from promotion_book.book import messages
from promotion_book.book.messages import Message
from promotion_book.book.rendering import render_book
from promotion_book.book.untranslated import untranslated_texts
from promotion_book.running.plan import EditionId, locate_build
from promotion_book.site.candidate import read_candidate
from promotion_book.site.store import SiteError
from promotion_book.words import translation
from promotion_book.words.translation import incomplete_entries, read_entries
from sites import TODAY, make, put_project

PO = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n\n'
ENTRIES = PO + 'msgid "Hanoi"\nmsgstr "Hanoi"\n\nmsgid "Jobs"\nmsgstr ""\n\n#, fuzzy\nmsgid "Trade"\nmsgstr "Buôn"\n'


def put_catalogue(root: Path, domain: str) -> None:
    path = translation.catalogue_path(root, "vi", domain=domain)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(ENTRIES, encoding="utf-8")


def test_a_page_names_its_texts_whose_entry_is_missing_empty_or_fuzzy(tmp_path):
    put_catalogue(tmp_path, "book")
    (tmp_path / "book" / "index.md").write_text("# Hanoi\n\nJobs\n\nTrade\n\nMoney\n\nMoney\n", encoding="utf-8")
    (tmp_path / "_toc.yml").write_text("format: jb-book\nroot: book/index\n", encoding="utf-8")
    (tmp_path / "_config.yml").write_text(
        "sphinx:\n  extra_extensions: [promotion_book.book.book_extension]\n  config: {locale_dirs: [book/locale]}\n",
        encoding="utf-8",
    )
    render_book(tmp_path, tmp_path / "html", given={"language": "vi"})
    missing = ["Jobs", "Trade", "Money"]
    assert untranslated_texts(tmp_path, "vi") == [f"book/index: {text}" for text in missing]
    assert untranslated_texts(tmp_path, "en") == []


def test_a_message_that_waits_for_a_translation_is_said_in_english_and_named(tmp_path, monkeypatch):
    put_catalogue(tmp_path, "report")
    monkeypatch.setattr(translation, "ROOT", tmp_path)
    assert read_entries("vi", "report") == {"Hanoi": "Hanoi", "Jobs": "Jobs", "Trade": "Trade"}
    assert incomplete_entries("vi", "report") == ["Jobs", "Trade"]


def test_every_message_without_an_entry_is_named_once_with_its_file_and_those_that_wait_after_it(tmp_path, monkeypatch):
    for domain in ("report", "sphinx"):
        put_catalogue(tmp_path, domain)
    said = [Message(*words) for words in (("Jobs", "a.py"), ("Money", "ocop.ipynb"), ("Money", "ocop.ipynb"))]
    monkeypatch.setattr(translation, "ROOT", tmp_path)
    monkeypatch.setattr(messages, "find_messages", lambda _: said)
    waiting = [f"{name}.po: {text}" for name in ("report", "sphinx") for text in ("Jobs", "Trade")]
    assert untranslated_texts(tmp_path, "vi") == ["ocop.ipynb: Money", *waiting]


def test_an_edition_with_untranslated_texts_is_not_published(tmp_path, monkeypatch):
    monkeypatch.setenv("PROMOTION_BOOK_DATA", str(tmp_path / "data"))
    root = put_project(tmp_path)
    edition = EditionId(NAME, "2023")
    built = locate_build(root, edition, language="vi")
    make(root, "2023")
    seal = json.loads((built.folder / "edition.json").read_text(encoding="utf-8"))
    (built.folder / "edition.json").write_text(json.dumps(seal | {"untranslated": ["book/index: Jobs"]}))
    with pytest.raises(SiteError, match=r"^lang_moi 2023: vi has no words for 'book/index: Jobs'; 'make catalogues'"):
        read_candidate(root, edition, today=TODAY)
