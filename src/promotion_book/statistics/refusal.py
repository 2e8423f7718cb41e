"""Refusals: a statistic that would mislead is not computed, and says why."""

from __future__ import annotations


class Refused(Exception):
    """A number is refused; `words.status_words` puts the `reason` into words."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason
