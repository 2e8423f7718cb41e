"""The house: direction of flow, no names of machines, and a command for everything."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

TRACKED = [
    Path(f)
    for f in subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard"], capture_output=True, text=True, check=True
    ).stdout.split()
]


def test_no_package_registry_is_named_anywhere():
    registry = re.compile("pyp" + r"i\.org|pythonhost" + r"ed|npm" + r"js\.|deb\.deb" + "ian")
    text = {path: path.read_text(encoding="utf-8", errors="ignore") for path in TRACKED if path.is_file()}
    assert [str(path) for path, content in text.items() if registry.search(content)] == []


def test_no_warning_is_switched_off_and_nothing_is_caught_blindly():
    code = {
        path: path.read_text(encoding="utf-8")
        for path in TRACKED
        if path.suffix in (".py", ".ipynb") and path.parts[0] in ("src", "notebooks")
    }
    wrong = re.compile(r"except\s*:|except (Base)?Exception|filterwarnings|simplefilter")
    assert [str(path) for path, content in code.items() if wrong.search(content)] == []


def test_statistics_touch_no_file_and_know_no_clock():
    code = "\n".join(path.read_text(encoding="utf-8") for path in Path("src/promotion_book/statistics").glob("*.py"))
    assert not re.search(r"open\(|pathlib|\bos\b\.|date\.today|datetime\.now|\btime\.time", code)


def test_charts_and_what_chapters_show_touch_no_file():
    rooms = [Path("src/promotion_book", room) for room in ("charts", "report/chapters")]
    code = "\n".join(path.read_text(encoding="utf-8") for room in rooms for path in room.glob("*.py"))
    assert not re.search(r"\bopen\(|from pathlib|write_text|write_bytes|read_text", code)


@pytest.mark.parametrize(
    ("does", "without"),
    [
        ("import promotion_book.book.book_extension", "pandas scipy matplotlib"),
        (
            "from pathlib import Path; from promotion_book.cli.common import check_package; "
            "check_package(Path('data/hanoi'))",
            "scipy.stats matplotlib",
        ),
    ],
    ids=["the book", "the data check"],
)
def test_nothing_that_takes_long_to_import_is_imported_for_nothing(does, without):
    told = f"import sys; {does}; print(*sorted({without.split()} & sys.modules.keys()))"
    done = subprocess.run([sys.executable, "-c", told], capture_output=True, text=True, check=True)
    assert done.stdout.split() == []


def test_continuous_integration_calls_what_a_reader_can_call():
    lines = Path(".ci/run").read_text(encoding="utf-8").splitlines()
    calls = [line for line in lines if line and not line.startswith(("#", "set ", "cd "))]
    makes = ("book PERIOD=2025", "test", "browser", "rebuild PERIOD=2025")
    assert calls == [".ci/tools", *(f"make {name}" for name in makes)]
    readme = Path("README.md").read_text(encoding="utf-8")
    assert all(name in readme for name in ("make test", "make browser", "make rebuild", "apt-get install chromium"))


def test_functions_are_a_glance_long_and_modules_are_short():
    import ast

    long = []
    for path in Path("src").rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        long += [str(path)] if len(text.splitlines()) > 320 else []
        nodes = [n for n in ast.walk(ast.parse(text)) if isinstance(n, ast.FunctionDef)]
        long += [f"{path.name}:{n.name}" for n in nodes if (n.end_lineno or 0) - n.lineno + 1 > 40]
    assert long == []
