"""What a user has set for Python, IPython, matplotlib, the locale and the clock is no part of a run; a bare figure is."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import matplotlib as mpl
import pytest

from builders import NARROW, short_chapter
from papermill_warm.owner import OWNER
from promotion_book.charts.redrawing import draw_anew
from promotion_book.charts.style import drawing, style
from promotion_book.running.execution import Job
from promotion_book.running.notebooks import read_notebook
from promotion_book.running.pool.local import LocalRunner, settings

pytestmark = pytest.mark.xdist_group("one run of all notebooks")
HOSTILE = "figure.facecolor: red\nfont.size: 30\nsavefig.dpi: 30\naxes.grid: True\ntimezone: Asia/Tokyo\n"
BARE = [
    "import locale, time, pandas as pd, matplotlib.pyplot as plt",
    "axes = pd.DataFrame({'a': [1, 2]}).plot()",
    "axes",
    "figure, other = plt.subplots(); other.plot([3, 4]);",
    "pd.DataFrame({'a': [1]})",
    "time.tzname, locale.setlocale(locale.LC_ALL, ''), plt.rcParams['font.size'], get_ipython().InteractiveTB.mode",
    "%config InlineBackend.figure_formats = ['svg']\nplt.plot([1, 2])",
]


def chapter(folder: Path) -> Path:
    """A chapter with a chart of the report, and with what pandas and matplotlib show by themselves."""
    path = folder / "ocop.ipynb"
    path.write_text(short_chapter("ocop", *BARE), encoding="utf-8")
    return path


def ran(source: Path, output: Path) -> dict[str, bytes]:
    """The files that a run leaves, by their names."""
    OWNER.close()  # what it forks from next has the environment of now
    with LocalRunner() as runner:
        runner.submit(Job(source, {"period": "2024"}, output, Path("data").resolve()))
        (outcome,) = runner.as_completed()
    assert outcome.problems == []
    return {p.relative_to(output.parent).as_posix(): p.read_bytes() for p in output.parent.rglob("*") if p.is_file()}


def hostile(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A user with settings of every kind."""
    profile = home / ".ipython" / "profile_default"
    (profile / "startup").mkdir(parents=True)
    (profile / "startup" / "00.py").write_text(
        "print('hello')\nimport pandas\npandas.set_option('display.precision', 1)\n"
    )
    (profile / "ipython_config.py").write_text(
        "c.InteractiveShell.xmode = 'Minimal'\nc.InlineBackend.figure_formats = ['svg']\n"
    )
    for file in (home / ".config" / "matplotlib" / "matplotlibrc", home / "matplotlibrc"):
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(HOSTILE, encoding="utf-8")
    (home / "startup.py").write_text("1 / 0", encoding="utf-8")
    for name, value in {
        "HOME": home,
        "MATPLOTLIBRC": home / "matplotlibrc",
        "MPLBACKEND": "svg",
        "PYTHONSTARTUP": home / "startup.py",
        "TZ": "Pacific/Kiritimati",
        "LC_ALL": "vi_VN",
        "LANG": "tr_TR.ISO-8859-9",
    }.items():
        monkeypatch.setenv(name, str(value))


@pytest.fixture(scope="module")
def runs(tmp_path_factory):
    """What a run leaves as things are here, and under the settings of a user; the folders have no part in it."""
    folder = tmp_path_factory.mktemp("settings")
    with pytest.MonkeyPatch.context() as patch:
        usual = ran(chapter(folder), folder / "usual" / "ocop.ipynb")
        hostile(folder / "home", patch)
        mask = os.umask(0o077)
        try:
            return usual, ran(chapter(folder), folder / "hostile" / "ocop.ipynb"), folder / "usual"
        finally:
            os.umask(mask)
            OWNER.close()


def test_settings_of_a_user_change_no_byte_of_a_chapter_and_its_results(runs):
    usual, hostile, _ = runs
    assert {name for name in usual | hostile if usual.get(name) != hostile.get(name)} == set()
    assert {".csv", ".ipynb", ".json", ".svg"} <= {Path(name).suffix for name in usual}


def test_what_pandas_and_matplotlib_show_by_themselves_is_in_the_executed_notebook(runs):
    cells = read_notebook(runs[2] / "ocop.ipynb").cells
    outputs = [c.outputs for c in cells if c.cell_type == "code"][-1 - len(BARE) : -1]
    assert [[sorted(output.data) for output in shown] for shown in outputs] == [
        [],
        [["image/png", "text/plain"]],
        [["text/plain"]],
        [["image/png", "text/plain"]],
        [["text/html", "text/plain"]],
        [["text/plain"]],
        [["text/plain"], ["image/svg+xml", "text/plain"]],
    ]
    assert outputs[-1][0].data["text/plain"] == "[<matplotlib.lines.Line2D>]"
    assert "<dc:date>1970-01-01" in outputs[-1][1].data["image/svg+xml"]


def test_the_environment_of_runs_is_one_for_a_process():
    assert settings() is settings()
    assert Path(settings()["MATPLOTLIBRC"]).read_text(encoding="utf-8") == "svg.hashsalt: promotion-book\n"


def test_a_chart_of_the_report_takes_nothing_from_what_somebody_has_set():
    def draw(axes, size):
        axes.plot([1, 2])

    usual = drawing(draw_anew(draw, NARROW))
    with mpl.rc_context(
        {"lines.linewidth": 20, "axes.grid": True, "savefig.transparent": True, "path.simplify": False}
    ):
        assert drawing(draw_anew(draw, NARROW)) == usual
        with style():
            assert mpl.rcParams["lines.linewidth"] == mpl.rcParamsDefault["lines.linewidth"]
        assert mpl.rcParams["lines.linewidth"] == 20


def test_matplotlib_lists_its_fonts_in_the_folder_of_the_run_where_nothing_can_be_written_at_home(
    tmp_path, monkeypatch
):
    monkeypatch.delenv("XDG_CACHE_HOME", raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))
    assert settings.__wrapped__()["MPLCONFIGDIR"] == str(tmp_path / ".cache" / "matplotlib")
    shutil.rmtree(tmp_path / ".cache")
    (tmp_path / ".cache").touch()
    found = settings.__wrapped__()
    assert found["MPLCONFIGDIR"] == found["IPYTHONDIR"]
