"""The font of the words in charts, which the pages of a book bring: that of matplotlib, cut down to the letters they need.

Words in a chart stand where matplotlib measured them; with its own font they also look as they were measured. The same
fonts give the same bytes.
"""

from __future__ import annotations

import io
from pathlib import Path

from sphinx.application import Sphinx

from promotion_book.book.when_built import when_built

FILES = {"chart.woff": "DejaVuSans.ttf", "chart-bold.woff": "DejaVuSans-Bold.ttf"}
LETTERS = (
    *(range(0x20, 0x7F), range(0xA0, 0x180), range(0x1A0, 0x1B1), range(0x1EA0, 0x1EFA)),  # Latin, Vietnamese
    *(range(0x300, 0x324), range(0x2010, 0x2027), range(0x202F, 0x2031), range(0x20AB, 0x20AC)),  # marks, dashes, dong
    *(
        range(0x2190, 0x2194),
        range(0x2212, 0x2213),
        range(0x2248, 0x2249),
        range(0x2260, 0x2266),
    ),  # arrows, mathematics
    *(range(0x25A0, 0x2600), range(0x2713, 0x2718)),  # the signs of a status
)


def cut_font(name: str) -> bytes:
    """A font of matplotlib with the letters of charts, as WOFF."""
    from fontTools import subset
    from fontTools.ttLib import TTFont
    from matplotlib import get_data_path

    options = subset.Options(hinting=False, legacy_kern=True)
    options.drop_tables += ["FFTM", "GDEF", "GPOS", "GSUB"]  # for scripts that charts do not have
    cutter = subset.Subsetter(options)
    with TTFont(Path(get_data_path(), "fonts", "ttf", name), recalcTimestamp=False) as font:
        cutter.populate(unicodes=[letter for letters in LETTERS for letter in letters])
        cutter.subset(font)
        font.flavor = "woff"
        out = io.BytesIO()
        font.save(out, reorderTables=False)
    return out.getvalue()


def _put_fonts(app: Sphinx) -> None:
    """Put the fonts beside the style sheet that names them."""
    for name, font in FILES.items():
        (Path(app.outdir) / "_static" / name).write_bytes(cut_font(font))


def setup(app: Sphinx) -> None:
    """Called by the extension of the book."""
    when_built(app, _put_fonts)
