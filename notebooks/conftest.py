"""nbval compares what the cells of a notebook say in plain text: the references hold no HTML. One process has all of them.

It numbers cells as a build does, and JupyterLab: those with code, the first of them 1.
"""

from __future__ import annotations

import pytest
from nbval.plugin import IPyNbCell, IPyNbFile


def pytest_collectstart(collector: pytest.Collector) -> None:
    """Called by pytest for each notebook."""
    if isinstance(collector, IPyNbFile):
        collector.skip_compare += ("text/html",)
        collector.add_marker(pytest.mark.xdist_group(collector.name))


def pytest_itemcollected(item: pytest.Item) -> None:
    """Called by pytest for each cell."""
    if isinstance(item, IPyNbCell):
        item.cell_num += 1
        item.name = f"Cell {item.cell_num}"
        item._nodeid = f"{item.parent.nodeid}::{item.name}"
