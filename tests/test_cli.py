"""The command: what it prints and with which code it ends."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
import typer

from builders import notebook, short_chapter
from forms import call
from promotion_book.cli.common import project_folder, tell_faults
from promotion_book.facts.package import places
from promotion_book.report.parameters import ParameterError
from promotion_book.running.notebooks import read_notebook
from promotion_book.whole_files import replace_files


def test_check_of_sound_data_counts_no_finding_and_prints_notes_alone(small_folder, monkeypatch):
    monkeypatch.setenv("PROMOTION_BOOK_DATA", str(small_folder.path.parent))
    code, output = call("check")
    *notes, last = output.splitlines()
    assert (code, last[:10]) == (0, "0 findings")
    assert [line for line in notes if "(note)" not in line] == []


def test_check_prints_every_finding_and_ends_with_one(small_folder, monkeypatch):
    monkeypatch.setenv("PROMOTION_BOOK_DATA", str(small_folder.path.parent))
    line = small_folder.change("observations", "ocop_total-2024-src_003", unit="people")
    code, output = call("check", "--place", small_folder.path.name)
    assert code == 1
    said = f"observations.csv:{line}:unit: unit: found 'people'; allowed 'products'; mend the unit"
    assert f"data/{small_folder.path.name}/{said}" in output
    assert output.splitlines()[-1].startswith("1 finding")


def test_a_place_that_may_not_be_read_is_not_taken_for_none(small_folder, monkeypatch):
    def refuse(path: Path) -> bool:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setenv("PROMOTION_BOOK_DATA", str(small_folder.path.parent))
    monkeypatch.setattr(Path, "exists", refuse)
    assert places() == [small_folder.path.name]


def test_the_folder_of_the_data_may_be_a_link(small_folder, tmp_path, monkeypatch):
    (tmp_path / "project").mkdir()
    (tmp_path / "project" / "data").symlink_to(small_folder.path.parent)
    monkeypatch.chdir(tmp_path / "project")
    assert project_folder() == tmp_path / "project"


@pytest.mark.parametrize("command", ["build", "check"])
def test_a_folder_of_data_that_cannot_be_read_is_named(tmp_path, monkeypatch, command):
    monkeypatch.setenv("PROMOTION_BOOK_DATA", str(tmp_path / "none"))
    assert call(command) == (2, f"{tmp_path / 'none'}: No such file or directory\n")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["check", "--place", "atlantis"], "no place 'atlantis'; places: "),
        (
            ["run", "notebooks/ocop.ipynb", "-p", "perod=2022"],
            "unknown parameter 'perod'; declared: place, period, language; did you mean period?",
        ),
        (["run", "notebooks/handicraft_exports.ipynb", "-p", "growth=6"], "parameter growth = '6'"),
        (["run", "notebooks/ocop.ipynb", "-p", "period"], "write parameters as name=value: period"),
        (
            ["run", "notebooks/ocop.ipynb", "-o", "notebooks/ocop.ipynb"],
            "the output would replace a notebook of the book",
        ),
        (["run", "notebooks/ocop.ipynb", "-o", "notebooks/economy.ipynb"], "would replace a notebook of the book"),
        (["run", "notebooks/ocop.ipynb", "-o", "notebooks"], "allowed one that ends with .ipynb"),
        (["compare", "a.ipynb", "b.ipynb", "-o", "data/hanoi/sources.csv"], "allowed one that ends with .html"),
        (["compare", "a.ipynb"], "give two runs or more"),
        (["run", "notebooks/ocop.ipynb", "-o", "README.md/out.ipynb"], "out.ipynb cannot be written: "),
        (
            ["run", "notebooks/handicraft_exports.ipynb", "-p", "growth=0.04"],
            "growth_low = 0.05 is above growth = 0.04",
        ),
        (["run", "notebooks/ocp.ipynb"], "run one as notebooks/ocop.ipynb; did you mean ocop?"),
        (["serve", "--port", "80000"], "less than or equal to 65535"),
        (["build", "--period", "2024-13"], "period '2024-13' does not exist"),
        (["build", "--period", "2016-2020"], "allowed: years, half-years, quarters and months"),
        (["build", "--place", "atlantis", "--period", "2024"], "no place 'atlantis'; places: "),
        (["publish", "--period", "24"], "period '24' does not exist"),
        (["sign-off", "--period", "2016-2020"], "allowed: years, half-years, quarters and months"),
        (["sign-off", "--period", "2024", "--language", "en,vi"], "no language 'en,vi'; languages: en, vi"),
        (["run", "notebooks/handicraft_exports.ipynb", *("-p", "growth=0.06") * 2], "each parameter once: growth"),
        (["import", "nothing.xlsx", "data"], "'nothing.xlsx': found no such file"),
        (["preview", "nothing.csv"], "'nothing.csv': found no such file"),
    ],
)
def test_a_wrong_call_ends_with_two_and_says_what_is_allowed(arguments, message):
    code, output = call(*arguments)
    assert code == 2
    assert message in " ".join(output.split())


def test_a_place_that_a_default_names_is_there_before_anything_runs(small_folder, monkeypatch, tmp_path):
    monkeypatch.setenv("PROMOTION_BOOK_DATA", str(small_folder.path.parent))
    code, output = call("run", "notebooks/ocop.ipynb", "-o", tmp_path / "out.ipynb")
    assert (code, "parameter place = 'hanoi': allowed: lang_moi" in output) == (2, True)
    assert [*tmp_path.glob("*.ipynb")] == []


def test_without_a_released_edition_a_period_is_asked_for(small_folder, monkeypatch):
    monkeypatch.setenv("PROMOTION_BOOK_DATA", str(small_folder.path.parent))
    rows = [row | {"release_on": "2099-01-01"} for row in small_folder.rows("release_calendar")]
    small_folder.write("release_calendar", rows)
    assert call("sign-off") == (
        2,
        "no edition of lang_moi is released yet; name one that release_calendar.csv announces with --period\n",
    )


def test_broken_data_stops_a_build_before_anything_runs(small_folder, monkeypatch):
    monkeypatch.setenv("PROMOTION_BOOK_DATA", str(small_folder.path.parent))
    small_folder.change("observations", "ocop_total-2024-src_003", unit="people")
    code, output = call("build", "--place", small_folder.path.name, "--period", "2024")
    assert code == 1
    assert "observations.csv" in output
    assert not (small_folder.path.parent.parent / "_build").exists()


def test_publishing_what_was_not_built_ends_with_one(folder):
    shutil.copy("_config.yml", folder.path.parent.parent)
    code, output = call("publish", "--period", "2024")
    assert code == 1
    assert "holds no finished edition" in output
    assert "the site stays as it was" in output


def test_serving_nothing_ends_with_two(folder):
    assert call("serve")[0] == 2


def test_the_parameters_of_every_notebook_are_printed():
    code, output = call("parameters")
    assert code == 0
    assert "notebooks/handicraft_exports.ipynb" in output
    assert (
        "  growth: YearlyGrowth = 0.08  assumed growth of handicraft exports a year, a fraction (a fraction a year"
        in output
    )


def test_a_notebook_is_rerun_with_other_parameters(tmp_path):
    source, out = tmp_path / "ocop.ipynb", tmp_path / "out.ipynb"
    source.write_text(short_chapter("ocop", "print('as of', period)"), encoding="utf-8")
    assert call("run", str(source), "-p", "period=2022", "-o", str(out))[0] == 0
    assert "as of 2022" in out.read_text(encoding="utf-8")
    assert 'href=\\"out.results/ocop' in out.read_text(encoding="utf-8")
    assert (tmp_path / "out.results" / "ocop.json").is_file()


def test_a_failing_notebook_ends_with_one_and_is_kept(tmp_path):
    source = tmp_path / "bad.ipynb"
    cell = 'period: PeriodLabel = "2025"  # the period'
    source.write_text(
        notebook("from promotion_book.report.parameters import PeriodLabel", cell, "1 / 0"), encoding="utf-8"
    )
    text = source.read_text(encoding="utf-8").replace(
        '"metadata": {}, "source": "period', '"metadata": {"tags": ["parameters"]}, "source": "period'
    )
    source.write_text(text, encoding="utf-8")
    code, output = call("run", str(source), "-p", "period=2022", "-o", str(tmp_path / "out.ipynb"))
    assert code == 1
    assert "ZeroDivisionError: division by zero" in output
    assert (tmp_path / "out.failed.ipynb").is_file()


def test_a_wrong_parameter_stops_a_page_too_that_is_run_without_the_command():
    cells = [cell["source"] for cell in json.loads(short_chapter("ocop"))["cells"]]
    space: dict[str, object] = {}
    for source in (*cells[:2], "period = '2022-13'"):
        exec(compile(source, "cell", "exec", dont_inherit=True), space)
    with pytest.raises(ParameterError, match="period '2022-13' does not exist"):
        exec(cells[2], space)


def test_a_changed_number_makes_the_comparison_with_the_references_fail(folder, tmp_path):
    """nbval compares every cell with its reference output; only the data differ here. It numbers cells as a build does."""
    folder.change("observations", "ocop_still_valid-2022-src_042", value="1872")
    read = read_notebook(Path("notebooks/ocop.ipynb"))
    says = next(number for number, cell in enumerate(read.cells) if "1,871" in str(cell.get("outputs")))
    read.cells = [*read.cells[:6], read.cells[says]]  # those that open the page, and the one that says the number
    copy = tmp_path / "notebooks" / "ocop.ipynb"
    copy.parent.mkdir()
    nbformat.write(read, copy)
    shutil.copyfile("notebooks/conftest.py", copy.with_name("conftest.py"))
    command = [sys.executable, "-m", "pytest", "--nbval", "-q", "-p", "no:cacheprovider", "-c", "/dev/null", str(copy)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "1 failed" in done.stdout
    assert "1,872" in done.stdout
    last = sum(cell.cell_type == "code" for cell in read.cells)
    assert f"::Cell {last} - " in done.stdout


def test_a_command_whose_reader_has_seen_enough_ends_without_a_word():
    reader, writer = os.pipe()
    os.close(reader)
    command = [sys.executable, "-c", "from promotion_book.cli import app; app()", "parameters"]
    done = subprocess.run(command, stdout=writer, stderr=subprocess.PIPE, text=True, check=False)
    os.close(writer)
    assert done.stderr == ""


def test_a_command_that_is_stopped_while_it_is_imported_ends_without_a_word():
    code = """if True:
        import os, signal, sys
        class Stop:
            def find_spec(self, name, *rest):
                if name == "promotion_book.cli":
                    os.kill(os.getpid(), signal.SIGINT)
        sys.meta_path.insert(0, Stop())
        from promotion_book.__main__ import main
        main()
    """
    done = subprocess.run([sys.executable, "-c", code, "parameters"], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (-signal.SIGINT, "", "")


def test_where_names_of_files_are_no_unicode_a_command_says_what_to_write_before_it():
    environment = {**os.environ, "LC_ALL": "C", "PYTHONUTF8": "0"}
    command = [sys.executable, "-c", "from promotion_book.cli import main; main()", "parameters"]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    said = "names of files are ascii here; write PYTHONUTF8=1 before the command\n"
    assert (done.returncode, done.stdout, done.stderr) == (2, "", said)


def copy_two() -> None:
    raise shutil.Error([(name, f"to/{name}", f"[Errno 28] No space left on device: '{name}'") for name in "ab"])


def fail() -> None:
    raise ValueError("a.ipynb: [Errno 5] I/O error")


@pytest.mark.parametrize(
    ("refused", "told"),
    [
        (copy_two, "No space left on device: 'a'"),
        (fail, "a.ipynb: I/O error"),
        (lambda: replace_files({Path("form.xlsx"): b"content"}), "form.xlsx: Is a directory"),
        (lambda: Path("/dev/full").write_text("x", encoding="utf-8"), "/dev/full: No space left on device"),
    ],
    ids=["the first of many copies", "a fault of the system", "a place that is taken", "a full disk"],
)
def test_what_the_system_refuses_is_told_in_words_with_the_file_and_without_its_number(
    tmp_path, monkeypatch, capsys, refused, told
):
    monkeypatch.chdir(tmp_path)
    Path("form.xlsx").mkdir()
    with pytest.raises(typer.Exit):
        tell_faults(refused)()
    assert capsys.readouterr().err == f"{told}\n"
