"""What a notebook takes from chance, the clock or elsewhere is found before an edition is built of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from builders import notebook
from promotion_book.running.repeatable import check_repeatable

IMPORTS = """import datetime as dt, random, requests, time, urllib.request
from datetime import datetime
import numpy as np, pandas as pd, seaborn as sns
from numpy.random import default_rng as rng"""


@pytest.mark.parametrize(
    ("code", "found"),
    [
        ("pd.Timestamp.today().year", ["pandas.Timestamp.today"]),
        ("day = datetime.now(), dt.date.today()", ["datetime.datetime.now", "datetime.date.today"]),
        ("time.time(); time.sleep(0)", ["time.time"]),
        ("rng(); rng(0); np.random.default_rng(seed=1)", ["numpy.random.default_rng"]),
        ("random.SystemRandom().random()", ["random.SystemRandom"]),
        ("def f():\n    return pd.read_csv('/tmp/a.csv'), open('b')", ["pandas.read_csv", "open"]),
        ("sns.load_dataset('tips'); requests.get(a)", ["seaborn.load_dataset", "requests.get"]),
        ("urllib.request.urlopen(a)", ["urllib.request.urlopen"]),
        ("pd.read_csv(io.StringIO(a)); self.now(); np.random.normal(); random.random(); datetime(2025, 1, 1)", []),
    ],
)
def test_what_another_run_answers_otherwise_is_found_with_its_cell(tmp_path, code, found):
    (tmp_path / "mine.ipynb").write_text(notebook(IMPORTS, code))
    said = [*check_repeatable(tmp_path / "mine.ipynb", file="mine.ipynb")]
    assert [(one.row, one.found.partition(",")[0]) for one in said] == [(2, name) for name in found]


def test_no_notebook_of_the_book_takes_anything_from_elsewhere():
    notebooks = [*Path(__file__).parent.parent.glob("notebooks/*.ipynb")]
    assert [found for path in notebooks for found in check_repeatable(path, file=path.name)] == []
