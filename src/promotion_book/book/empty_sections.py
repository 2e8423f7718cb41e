"""Sections in which nothing is shown: their cells ran, and what they are about is not known. They are left out of the page."""

from __future__ import annotations

from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.transforms import SphinxTransform

FOOT = 'class="about-page"'


class EmptySections(SphinxTransform):
    """Takes out the sections that have cells of code of which none shows anything."""

    default_priority = 870  # after all that fills sections, before the contents of the page are collected at 880

    def apply(self, **_: Any) -> None:
        """Called by Sphinx for each page. Catalogues have the headings of all sections."""
        empty = [found for found in self.document.findall(nodes.section) if is_empty(found)]
        for section in empty if self.app.builder.format == "html" else ():
            section.parent.replace(section, [cell for cell in section.children if FOOT in cell.astext()])


def is_empty(section: nodes.section) -> bool:
    """Whether a section below the title of a page has cells of code and none of them shows anything."""
    inner = isinstance(section.parent, nodes.section)
    cells = [node for node in section.findall(nodes.container) if node.get("nb_element") == "cell_code"]
    return inner and bool(cells) and not any(_shows(cell) for cell in cells)


def _shows(cell: nodes.container) -> bool:
    """Whether a cell shows something but what the page says of itself."""
    outputs = [node for node in cell.findall(nodes.container) if node.get("nb_element") == "cell_code_output"]
    return any(FOOT not in shown.astext() for output in outputs for shown in output.children)


def setup(app: Sphinx) -> None:
    """Called by the extension of the book."""
    app.add_transform(EmptySections)
