"""The table of contents in every form: what is run, what is kept, and what is found wrong."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
import yaml

from promotion_book.running.contents import chapter_notebooks, place_pages, read_contents, translate_contents
from promotion_book.running.declarations import DeclarationError
from promotion_book.words.language import Language

ROOT = Path(__file__).parent.parent
HEAD = "format: jb-book\nroot: book/index\n"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A project of three notebooks and two pages."""
    for name in (
        "notebooks/crafts.ipynb",
        "notebooks/ocop.ipynb",
        "notebooks/money.ipynb",
        "book/index.md",
        "book/about.md",
    ):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("", encoding="utf-8")
    return tmp_path


def names(root: Path, written: str) -> list[str]:
    (root / "_toc.yml").write_text(written, encoding="utf-8")
    return [path.stem for path in chapter_notebooks(root)]


def refused(root: Path, written: str) -> list[str]:
    with pytest.raises(DeclarationError) as error:
        names(root, written)
    return [line.split("; allowed")[0] for line in str(error.value).splitlines()]


@pytest.mark.parametrize(
    "written",
    [
        HEAD + "parts:\n- caption: A\n  chapters:\n  - file: notebooks/ocop\n  - file: notebooks/money\n",
        HEAD + "chapters:\n- file: notebooks/ocop\n- file: notebooks/money\n",
        HEAD
        + "chapters:\n- file: book/about\n  sections:\n  - file: notebooks/ocop\n    sections:\n    - file: notebooks/money\n",
        HEAD + "chapters:\n- file: ./notebooks/ocop\n- file: notebooks\\money\n",
        HEAD + "chapters:\n- file: notebooks/ocop.ipynb\n- file: notebooks//money\n",
        HEAD
        + "chapters:\n- url: https://www.gso.gov.vn\n  title: GSO\n- file: notebooks/ocop\n- file: notebooks/money\n",
        HEAD + "chapters:\n- file: notebooks/ocop\n- glob: notebooks/m*\n",
        "root: book/index\nentries:\n- file: notebooks/ocop\n  subtrees:\n  - entries:\n    - file: notebooks/money\n",
        "format: jb-article\nroot: book/index\nsections:\n- file: notebooks/ocop\n- file: notebooks/money\n",
        HEAD + "options: {numbered: true}\nchapters:\n- file: notebooks/ocop\n- file: notebooks/money\n",
    ],
    ids=[
        "parts",
        "chapters",
        "sections",
        "spelling",
        "endings",
        "a link",
        "a pattern",
        "subtrees",
        "article",
        "options",
    ],
)
def test_every_form_names_the_same_notebooks(root, written):
    assert names(root, written) == ["ocop", "money"]


def test_a_pattern_stands_for_the_pages_that_are_not_named_otherwise(root):
    names(root, HEAD + "chapters:\n- file: notebooks/ocop.ipynb\n- glob: ./notebooks/*\n- url: https://example.org/\n")
    assert read_contents(root)["chapters"] == [
        {"file": "notebooks/ocop"},
        {"file": "notebooks/crafts"},
        {"file": "notebooks/money"},
        {"url": "https://example.org/"},
    ]


@pytest.mark.parametrize(
    ("written", "found"),
    [
        (
            HEAD + "parts:\n- caption: A\n  chapters: []\n",
            "5:parts.1.chapters: contents: found chapters without entries",
        ),
        (HEAD + "parts:\n- caption: A\n", "4:parts.1: contents: found a part without one list"),
        (HEAD + "parts: {}\n", "3:parts: contents: found parts without entries"),
        (HEAD + "chapters:\n- notebooks/ocop\n", "4:chapters.1: contents: found 'notebooks/ocop'"),
        (HEAD + "chapters:\n- file:\n", "4:chapters.1: contents: found {'file': None}"),
        (HEAD + "chapters:\n- title: A\n", "4:chapters.1: contents: found {'title': 'A'}"),
        (HEAD + "chapters:\n- file: notebooks/nothing\n", "4:chapters.1.file: contents: found 'notebooks/nothing'"),
        (HEAD + "chapters:\n- file: ../notebooks/ocop\n", "4:chapters.1.file: contents: found '../notebooks/ocop'"),
        (
            HEAD + "chapters:\n- file: notebooks/ocop\n- file: ./notebooks/ocop\n",
            "5:chapters.2.file: contents: found './notebooks/ocop' again",
        ),
        (HEAD + "chapters:\n- glob: charts/*\n", "4:chapters.1.glob: contents: found 'charts/*'"),
        (HEAD + "chapters:\n- url: javascript:p()\n", "4:chapters.1.url: contents: found 'javascript:p()'"),
        (
            HEAD + "chapters:\n- file: notebooks/ocop\n  titel: A\n",
            "4:chapters.1: contents: found Unknown keys found: {'titel'}",
        ),
        ("format: jb-book\nroot: book/start\n", "2:root: contents: found 'book/start'"),
        (
            HEAD + "parts:\n- capton: A\n  chapters:\n  - file: notebooks/ocop\n",
            "4:parts.1.capton: contents: found 'capton'",
        ),
        (
            HEAD + "parts:\n- caption:\n  chapters:\n  - file: notebooks/ocop\n",
            "4:parts.1.caption: contents: found None",
        ),
        (
            HEAD + "chapters:\n- file: notebooks/ocop\n  title: a\u200bb\n",
            "5:chapters.1.title: contents: found invisible character U+200B at position 2 of 'a\\u200bb'",
        ),
        ("format: book\nroot: book/index\n", "1:-: contents: found 'format' key value not recognised: 'book'"),
        ("format: jb-book\n", "1:-: contents: found 'root' key not found"),
        (HEAD + "chapters:\n\t- file: notebooks/ocop\n", "4:-: yaml: found character '\\t'"),
        (HEAD + "chapters: &c [*c]\n", "3:-: yaml: found the anchor &c"),
    ],
)
def test_what_cannot_be_used_is_a_finding_with_its_line(root, written, found):
    (line,) = refused(root, written)
    assert line.startswith(f"_toc.yml:{found}")


def test_all_that_is_wrong_is_said_at_once(root):
    found = refused(root, HEAD + "chapters:\n- file: notebooks/a\n- file: notebooks/b\n  sections:\n  - url: here\n")
    assert [line.split(": ")[0] for line in found] == [
        "_toc.yml:4:chapters.1.file",
        "_toc.yml:5:chapters.2.file",
        "_toc.yml:7:chapters.2.sections.1.url",
    ]


def test_captions_and_titles_are_told_in_the_language():
    class Loud(Language):
        def message(self, text: str) -> str:
            return text.upper()

    written = {"root": "a", "parts": [{"caption": "A part", "chapters": [{"file": "b", "title": "A page"}]}]}
    assert translate_contents(written, Loud("en"))["parts"] == [
        {"caption": "A PART", "chapters": [{"file": "b", "title": "A PAGE"}]}
    ]


def test_in_the_place_of_a_notebook_stand_its_pages_and_below_it_those_in_a_folder_of_their_own():
    chapter = {"file": "notebooks/a", "title": "A", "sections": [{"file": "notebooks/b"}, {"file": "book/c"}]}
    written = {"format": "jb-book", "root": "book/index", "chapters": [chapter, {"file": "notebooks/d"}]}
    made = {name: [f"notebooks/{name[-1]}", f"notebooks/{name[-1]}/e/index"] for name in ("notebooks/a", "notebooks/b")}
    below = {name: [{"file": f"{name}/e/index"}] for name in made}
    lower = [{"file": "notebooks/b", "sections": below["notebooks/b"]}, {"file": "book/c"}]
    assert place_pages(written, made)["chapters"] == [chapter | {"sections": [*lower, *below["notebooks/a"]]}]
    assert place_pages(written, {"notebooks/a": [], "notebooks/d": ["notebooks/f", "notebooks/g"]})["chapters"] == [
        {"file": "notebooks/f"},
        {"file": "notebooks/g"},
    ]


def test_programmes_stand_in_one_order_in_the_contents_and_in_tables():
    parts = yaml.safe_load((ROOT / "_toc.yml").read_text(encoding="utf-8"))["parts"]
    pages = [entry["file"].removeprefix("notebooks/") for part in parts for entry in part["chapters"]]
    rows = pd.read_csv(ROOT / "data" / "vocabulary" / "programmes.csv").dropna(subset=["position"])
    chapters = [name if name in pages else "programme" for name in rows.sort_values("position")["chapter"]]
    assert [page for page in pages if page in chapters] == [*dict.fromkeys(chapters)]
