"""Refusals: a statistic that would mislead is not computed, and says why."""

from __future__ import annotations

REASONS = (
    "base_value_zero",
    "sign_change",
    "pace_not_assessable",
    "base_missing",
    "no_time",
    "no_figure",
    "final_figure_missing",
    "before_the_plan",
    "years_missing",
    "part_of_period",
    "only_a_bound",
    "too_few_years",
    "no_distance",
    "too_few_figures",
    "not_positive",
    "too_far_ahead",
    "no_variation",
    "made_of_others",
    "nothing_added",
    "nothing_planned",
    "target_zero",
    "not_due",
    "not_finite",
    "below_minus_100",
    "no_method",
)


class Refused(Exception):
    """A number is refused; `reason` is one of `REASONS`, put into words by `words.status_words`."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason
