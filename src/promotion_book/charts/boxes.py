"""Boxes of a finished chart, in points: how much of them is shared, how far they are apart, and which of them words seem to name."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from promotion_book.charts.labels import Box

EQUAL = 1.0  # points: what is no farther than that is equally far
Boxes = NDArray[np.float64]  # one box a row


def overlap(parts: Box | Boxes, others: Boxes) -> float:
    """How much boxes have in common with others, in square points."""
    if not (len(parts) and len(others)):
        return 0.0
    left, low, right, high = parts if isinstance(parts, tuple) else parts.T[..., None]
    across = np.minimum(right, others[:, 2]) - np.maximum(left, others[:, 0])
    up = np.minimum(high, others[:, 3]) - np.maximum(low, others[:, 1])
    return float((np.maximum(across, 0) * np.maximum(up, 0)).sum())


def cover_line(start: NDArray[np.float64], end: NDArray[np.float64]) -> Boxes:
    """A straight line as boxes one beside the other."""
    steps = np.linspace(0, 1, max(2, int(np.hypot(*(end - start)) / 2)))
    points = start + steps[:, None] * (end - start)
    return np.hstack([points - 1, points + 1])


def without(boxes: Boxes, at: NDArray[np.float64]) -> Boxes:
    """Boxes without those around a point."""
    return boxes[((boxes[:, :2] > at) | (boxes[:, 2:] < at)).any(axis=1)]


def reached(box: Box, others: Boxes) -> Boxes:
    """Those of some boxes that have something in common with another one."""
    left, low, right, high = box
    return others[(others[:, 0] < right) & (others[:, 1] < high) & (others[:, 2] > left) & (others[:, 3] > low)]


def apart_from(boxes: Boxes, own: Box) -> Boxes:
    """Those of some boxes that do not touch one of them."""
    return boxes[_gaps(boxes, own) > EQUAL]


def names_another(words: Box, own: Box, others: Boxes) -> bool:
    """Whether words seem to name another part of the chart than their own: one nearer to them, or equally near and nearer to
    their middle.
    """
    left, low, right, high = words
    middle = (left + right) / 2, (low + high) / 2
    to_words, to_middle = (_gaps(np.vstack([own, others]), there) for there in (words, (*middle, *middle)))
    nearer = (to_words < to_words[0] - EQUAL) | ((to_words < to_words[0] + EQUAL) & (to_middle < to_middle[0]))
    return bool(nearer.any())


def _gaps(boxes: Boxes, other: Box) -> NDArray[np.float64]:
    """How far each of some boxes is from another one."""
    across, up = np.maximum(boxes[:, :2] - other[2:], other[:2] - boxes[:, 2:]).clip(0).T
    apart: NDArray[np.float64] = np.hypot(across, up)
    return apart
