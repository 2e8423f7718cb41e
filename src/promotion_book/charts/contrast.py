"""How well one colour is told from another.

Source: W3C, Web Content Accessibility Guidelines 2.2, success criteria 1.4.3 and 1.4.11.
"""

from __future__ import annotations

from matplotlib.colors import to_rgb
from matplotlib.typing import ColorType

TEXT, PART = 4.5, 3.0  # the least contrast of words, and of what a picture shows, on their ground


def luminance(colour: ColorType) -> float:
    """The relative luminance of a colour, from 0 to 1."""
    parts = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in to_rgb(colour)]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def contrast(one: ColorType, other: ColorType) -> float:
    """The contrast of two colours, from 1 to 21."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)
