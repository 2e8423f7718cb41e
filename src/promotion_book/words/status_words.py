"""The words and signs of a status. A status is told by its word and its sign, never by colour."""

from __future__ import annotations

from promotion_book.words.language import Language

SIGNS = {
    "met": "\N{CHECK MARK}",
    "on_track": "\N{NORTH EAST ARROW}",
    "within": "\N{LESS-THAN OR EQUAL TO}",
    "accelerate": "\N{RIGHTWARDS ARROW}",
    "limited": "\N{SOUTH EAST ARROW}",
    "moving_away": "\N{DOWNWARDS ARROW}",
    "missed": "\N{MULTIPLICATION X}",
    "depends": "\N{PLUS-MINUS SIGN}",
    "differs": "\N{NOT EQUAL TO}",
    "not_started": "\N{HORIZONTAL ELLIPSIS}",
    "not_assessable": "?",
}

STATUS = {
    "met": "target met",
    "on_track": "on track",
    "within": "within the limit",
    "accelerate": "acceleration needed",
    "limited": "limited progress",
    "moving_away": "moving away",
    "missed": "target missed",
    "depends": "depends on the reading",
    "differs": "depends on the statement",
    "not_started": "not started",
    "not_assessable": "cannot be judged",
}

STATUS_OF_COUNTED = {  # in a sentence that counts targets
    "met": "{n} {n:is|are} met",
    "on_track": "{n} {n:is|are} on track",
    "within": "{n} {n:is within its limit|are within their limits}",
    "accelerate": "{n} {n:needs|need} a faster pace",
    "limited": "{n} {n:makes|make} little progress",
    "moving_away": "{n} {n:is|are} moving away",
    "missed": "{n} {n:was|were} missed",
    "depends": "{n} {n:depends on how it is|depend on how they are} read",
    "differs": "{n} {n:depends|depend} on the statement",
    "not_started": "{n} {n:has|have} not begun",
    "not_assessable": "{n} cannot be judged",
}

MEANING = {
    "met": "The figure has reached the target, or the low end of its range.",
    "on_track": "The pace so far is at least 95% of the pace required, or the years so far have reached the target.",
    "within": "The ceiling has not been passed so far; whether it holds is known at the end of the period.",
    "accelerate": "The pace so far is from 60% to under 95% of the pace required.",
    "limited": "The pace so far is from 0% to under 60% of the pace required.",
    "moving_away": "The figure moves away from the target, has left its band, or will pass its ceiling at this pace.",
    "missed": "The target is not reached and its period is over, or a ceiling was passed, or one year fell short of a target "
    "for every year.",
    "depends": "The sources leave open what the target counts, and its readings give different verdicts.",
    "differs": "Sources state the target differently, and its statements give different verdicts.",
    "not_started": "The period of the target has not begun.",
    "not_assessable": "The figures that were found do not allow a verdict; the reason is given.",
}

TARGET_KIND = {
    "level": "a level",
    "share": "a share",
    "cumulative": "a total over several years",
    "flow": "an amount in each year",
    "growth": "a rate of growth",
    "milestone": "an event",
}
REASONS = {
    "base_value_zero": "the base is zero, so no rate of growth exists",
    "sign_change": "the figure changes its sign, so no rate of growth exists",
    "pace_not_assessable": "only one figure of a whole year is known, and a pace needs two",
    "base_missing": "no figure is known from which the pace could be measured",
    "no_time": "no time lies between the figures",
    "no_figure": "no published figure that fits was found",
    "final_figure_missing": "no published figure for the end of the period was found",
    "before_the_plan": "no published figure since the plan began was found",
    "years_missing": "no published figures of some years were found",
    "part_of_period": "only figures of a part of the period were found",
    "only_a_bound": "the source gives only a bound of the figure, which may lie on either side of the target",
    "too_few_years": "only one year is known, and growth over several years is not judged by one of them",
    "no_distance": "base and target are equal",
    "too_few_figures": "too few figures are known",
    "not_positive": "a figure is zero or negative, where a positive one is needed",
    "too_far_ahead": "the end is further away than the reference class goes",
    "made_of_others": "it follows from other series: a part of a total, or the sum of the last years of a yearly figure",
    "nothing_added": "in a year nothing was added to the total, or it fell, where the method needs additions",
    "no_variation": "the figures all change alike, so nothing says how uncertain they are",
    "nothing_planned": "nothing was planned for the years so far",
    "target_zero": "the target is zero, and no rate of growth leads to zero",
    "not_due": "it is not due yet",
    "not_finite": "a figure is too large to be computed with",
    "below_minus_100": "a growth below −100% has no mean",
    "no_method": "no method is known for a target of this kind with this reading",
}
SCENARIO_REASONS = REASONS | {
    "not_a_series": "its figures do not form a series, so they show no change a year",
    "only_bounds": "of a figure that a pace would rest on, only a bound is known",
    "no_fit": "the last growth that sources give is not that of the published amounts, so it shows no pace",
    "gap": "a year before the last figure has none, so the years have no sum",
    "reached": "the last figure known has reached this level",
}

GRADES = {
    "A": "observed and undisputed",
    "B": "a count to date, a disputed or derived figure, a pace that rests on fewer than three figures, on a base later than wanted "
    "or on a bound such as “over 120”, or a target that could not be confirmed",
    "C": "an estimate, a provisional figure, or a pace from a base that was computed and not observed",
    "D": "no verdict",
}

FIGURE_STATUS = {
    "actual": "observed",
    "to_date": "count to date",
    "estimate": "estimate",
    "provisional": "provisional",
    "plan": "plan",
    "derived": "derived",
    "derived_estimate": "derived from estimates",
    "target": "target",
    "rule": "rule",
}

FIGURE_SIGNS = {  # the marks of charts
    "actual": "\N{BLACK CIRCLE}",
    "to_date": "\N{WHITE RIGHT-POINTING TRIANGLE}",
    "estimate": "\N{WHITE CIRCLE}",
    "provisional": "\N{BLACK SQUARE}",
    "derived": "\N{BLACK DIAMOND}",
    "derived_estimate": "\N{WHITE DIAMOND}",
}

FIGURE_MEANING = {
    "actual": "The source reports it after the period, or for the moment of counting.",
    "to_date": "What was counted by the day of the source, while the period still ran.",
    "estimate": "The source calls it an estimate, or printed it for a whole period that had not closed.",
    "provisional": "The source announces that it will be revised.",
    "plan": "What was planned, not what came of it.",
    "derived": "No source prints it; it follows from figures that sources print.",
    "derived_estimate": "No source prints it; it follows from figures of which at least one is an estimate.",
    "target": "What is wanted.",
    "rule": "A limit or condition that a legal act sets.",
}

SOURCE_TYPES = {
    "legal_act": "legal act",
    "official_statistics": "official statistics",
    "statistics_copy": "copy of official statistics",
    "agency_report": "agency report",
    "press": "press",
}

CHECKED = {
    "confirmed": "confirmed",
    "contradicted": "contradicted elsewhere",
    "not_found": "not found again",
    "ambiguous": "ambiguous",
    "wrong": "corrected after a second look",
    "not_rechecked": "looked up once only",
}

CHECKED_MEANING = {
    "confirmed": "A second look at the source found the same figure.",
    "contradicted": "Another source has another figure; its note or that of the conflict says what is known.",
    "not_found": "The source, or the figure in it, could not be found again.",
    "ambiguous": "The source can be read in more than one way.",
    "wrong": "The first reading was wrong; a note or a correction says what is used.",
    "not_rechecked": "The source was not looked up a second time.",
}

PARAMETERS = {
    "growth_low": "Assumed growth of handicraft exports a year, low",
    "growth": "Assumed growth of handicraft exports a year",
    "growth_high": "Assumed growth of handicraft exports a year, high",
    "money_growth": "Assumed growth of amounts of money a year",
    "programme": "Programme",
    "places": "Places",
    "effort": "Assumed pace, of the pace so far",
}

CHANCES = {
    "virtually_certain": "virtually certain",
    "very_likely": "very likely",
    "likely": "likely",
    "about_as_likely_as_not": "about as likely as not",
    "unlikely": "unlikely",
    "very_unlikely": "very unlikely",
    "exceptionally_unlikely": "exceptionally unlikely",
}

PERCENT = {"": "about {n}", "less_than": "less than {n}", "more_than": "more than {n}"}

CHANGES = {
    "new_source": "new source",
    "error": "correction of an error",
    "redefinition": "redefinition",
    "method": "method",
}

CHANGE_MEANING = {
    "new_source": "Another source gives a figure, or a later figure of the same source leads.",
    "error": "Something was wrong. Every page that it touched says so.",
    "redefinition": "The figure means something else than before: its unit, scope or definition.",
    "method": "The figures are the same, and what is computed from them changed.",
}

NATURES = {
    "unresolved": "unresolved",
    "revision": "revised",
    "scope": "different scope",
    "rounding": "rounding or the end of a range",
    "plan": "two accounts of a plan",
}

ASSUMED = {"required": "Required to reach {aim}", "business_as_usual": "Business as usual"}
WHY_ASSUMED = {
    "required": "The path that just reaches the target.",
    "business_as_usual": "The pace so far is assumed to continue.",
}


METHODS = {"projected": "projection", "naive": "no change", "drift": "past change continued"}
SCORED = {"total": "running totals", "flow": "yearly amounts", "level": "levels"}

QUARTERS = {
    "1": "first quarter of {year}",
    "2": "second quarter of {year}",
    "3": "third quarter of {year}",
    "4": "fourth quarter of {year}",
}

FIRST_MONTHS = {
    "1": "January {year}",
    "2": "January–February {year}",
    "3": "January–March {year}",
    "4": "January–April {year}",
    "5": "January–May {year}",
    "6": "January–June {year}",
    "7": "January–July {year}",
    "8": "January–August {year}",
    "9": "January–September {year}",
    "10": "January–October {year}",
    "11": "January–November {year}",
    "12": "January–December {year}",
}

RESULTS = (  # of worked examples
    STATUS | CHANCES | {"held": "held", "lost": "lost", "reached": "reached", "not_reached": "not reached"}
)

Heads = tuple[str, str]


def list_words(name: str, language: Language) -> tuple[Heads, dict[str, str]]:
    """A list of words with their meaning, for the pages that explain them: status, grades, checked, changes or figures.

    The two headings come first.
    """
    text = language.text
    meaning = text("Meaning")
    match name:
        case "status":
            found = {f"{SIGNS[key]} {text(STATUS[key])}": text(MEANING[key]) for key in STATUS}
            return (text("Status"), meaning), found
        case "grades":
            return (text("Evidence"), meaning), {grade: text(GRADES[grade]) for grade in GRADES}
        case "checked":
            return (text("Checked a second time"), meaning), {
                text(CHECKED[key]): text(CHECKED_MEANING[key]) for key in CHECKED
            }
        case "changes":
            return (text("Kind"), meaning), {text(CHANGES[key]): text(CHANGE_MEANING[key]) for key in CHANGES}
        case "figures":
            found = {
                f"{FIGURE_SIGNS.get(key, '')} {text(FIGURE_STATUS[key])}".strip(): text(FIGURE_MEANING[key])
                for key in FIGURE_STATUS
            }
            return (text("Standing"), meaning), found
    raise ValueError(f"no list of words {name!r}")
