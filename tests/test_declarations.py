"""YAML that people write: everything wrong is a finding with its line, and no file is endless."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any, Literal

import pytest
from pydantic import BaseModel, ConfigDict

from promotion_book.running.declarations import DEEPEST, DeclarationError, NonEmpty, read_declaration, read_settings

BOMB = "".join(
    f"{name}: &{name} [{', '.join(['*' + before] * 9)}]\n" for before, name in zip("abcdefg", "bcdefgh", strict=True)
)
REFUSED = {
    "a list that holds itself": ("title: &t [*t]", 1, "the anchor &t"),
    "an alias bomb": (f"a: &a [x, x]\n{BOMB}", 1, "the anchor &a"),
    "an alias of nothing": ("a: 1\nb: *c", 2, "the alias *c"),
    "a merge": ("a: &a {b: 1}\nc: {<<: *a}", 1, "the anchor &a"),
    "a tag of Python": ("a: 1\nb: !!python/object:os.system x", 2, "the tag tag:yaml.org,2002:python/object:os.system"),
    "a tag of its own": ("a: !x y", 1, "the tag !x"),
    "lists too deep": ("a: " + "[" * 50_000, 1, f"more than {DEEPEST} levels"),
    "mappings too deep": ("\n".join(" " * n + "a:" for n in range(500)), DEEPEST + 1, f"more than {DEEPEST} levels"),
    "a key twice": ("a: 1\nb: 2\na: 3", 3, "'a'"),
    "a list as key": ("a: 1\n? [b]\n: c", 2, "a list or mapping"),
    "a tab": ("a:\n\t- b", 2, "character '\\t' that cannot start any token"),
    "two documents": ("a: 1\n---\nb: 2", 2, "but found another document"),
    "a list": ("- a", 1, "['a']"),
    "nothing": ("", 1, "nothing"),
    "control characters": ("a: \x07", 0, "unacceptable character #x0007"),
}


def refused(read: Any, path: Path) -> str:
    with pytest.raises(DeclarationError) as error:
        read(path, "a.yml")
    return str(error.value)


def texts(path: Path, name: str) -> Any:
    return read_declaration(path, name, model=dict[str, Any]).value


class Round(BaseModel):
    model_config = ConfigDict(extra="forbid")

    title: NonEmpty
    rows: list[dict[str, str]] = []
    first: int = 1
    due: bool = False
    kind: Literal["a", "b"] = "a"


@pytest.mark.parametrize(
    ("written", "said"),
    [
        (
            "title: A\nrow: []",
            "2:row: form: found the key 'row'; did you mean rows?; allowed title, rows, first, due, kind; ",
        ),
        ("rows: []", "1:title: form: found nothing; allowed a value; "),
        ("title:", "1:title: form: found ''; allowed a text; "),
        ("title: [A]", "1:title: form: found ['A']; allowed a text; "),
        ("title: A\nrows: 1", "2:rows: form: found '1'; allowed a list, each line of it beginning with a hyphen; "),
        ("title: A\nrows: [1]", "2:rows.1: form: found '1'; allowed names, each with its value after a colon; "),
        ("title: A\nfirst: two", "2:first: form: found 'two'; allowed a whole number; "),
        ("title: A\ndue: soon", "2:due: form: found 'soon'; allowed yes or no; "),
        ("title: A\nkind: c", "2:kind: form: found 'c'; allowed 'a' or 'b'; "),
        ("[]", "1:-: form: found []; allowed names, each with its value after a colon; "),
    ],
)
def test_what_does_not_fit_is_told_without_the_words_of_a_program(written, said, tmp_path):
    path = tmp_path / "a.yml"
    path.write_text(written, encoding="utf-8")
    assert refused(partial(read_declaration, model=Round), path).startswith(f"a.yml:{said}")


@pytest.mark.parametrize("read", [texts, read_settings], ids=["texts", "settings"])
@pytest.mark.parametrize("case", REFUSED)
def test_yaml_that_cannot_be_used_is_a_finding_with_its_line(case, read, tmp_path):
    written, line, found = REFUSED[case]
    path = tmp_path / "a.yml"
    path.write_text(written, encoding="utf-8")
    first = refused(read, path).splitlines()[0]
    assert first.startswith(f"a.yml:{line}:-: ")
    assert f"found {found}" in first


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (b"a: 1\nb: \xe9", "a.yml:2:-: yaml: found 'utf-8' codec can't decode byte 0xe9"),
        (b"a: " + b"x" * 1_000_001, "a.yml:0:-: yaml: found more than 1000000 bytes"),
        (None, "a.yml:0:-: yaml: found no such file"),
    ],
    ids=["another encoding", "a giant file", "no file"],
)
def test_a_file_that_is_no_text_is_a_finding(content, found, tmp_path):
    path = tmp_path / "a.yml"
    if content is not None:
        path.write_bytes(content)
    assert refused(texts, path).startswith(found)


@pytest.mark.parametrize(
    ("written", "allowed"),
    [(r"a\u202eb", "characters that can be seen"), ("x" * 161, "up to 160"), ("-", "a text, or an empty cell")],
)
def test_a_text_that_cannot_be_read_on_a_page_is_a_finding(written, allowed, tmp_path):
    path = tmp_path / "a.yml"
    path.write_text(f'title: "{written}"', encoding="utf-8")
    with pytest.raises(DeclarationError, match=f"a.yml:1:title: form: .*; allowed {allowed}; mend this part"):
        read_declaration(path, "a.yml", model=dict[str, NonEmpty])


def test_a_value_that_yaml_cannot_make_is_a_finding(tmp_path):
    path = tmp_path / "a.yml"
    path.write_text("released: 2026-13-45", encoding="utf-8")
    assert refused(read_settings, path) == (
        "a.yml:0:-: yaml: found month must be in 1..12; allowed a file of YAML in UTF-8; mend the file"
    )


def test_scalars_are_texts_in_a_declaration_and_values_in_settings(tmp_path):
    path = tmp_path / "a.yml"
    path.write_text("period: 2024\nfull: no\n", encoding="utf-8")
    assert texts(path, "a.yml") == {"period": "2024", "full": "no"}
    assert read_settings(path, "a.yml").value == {"period": 2024, "full": False}
