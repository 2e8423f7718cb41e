"""nbval compares what the cells of a notebook say in plain text: the references hold no HTML. One process has all of them."""

from __future__ import annotations

import pytest
from nbval.plugin import IPyNbFile


def pytest_collectstart(collector: pytest.Collector) -> None:
    """Called by pytest for each notebook."""
    if isinstance(collector, IPyNbFile):
        collector.skip_compare += ("text/html",)
        collector.add_marker(pytest.mark.xdist_group(collector.name))
