"""Pictures with matplotlib: they take frames and axes, return axes, and show every standing of a figure in one way."""

from promotion_book.charts.layers import marks, path, readable, series, targets

__all__ = ["marks", "path", "readable", "series", "targets"]
