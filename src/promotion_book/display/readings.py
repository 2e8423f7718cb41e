"""Two readings of one target: the running total, and what of it is still valid."""

from __future__ import annotations

import pandas as pd

from promotion_book.display.context import Context


def two_readings(context: Context, total: str, valid: str) -> list[str]:
    """Sentences that judge the targets of a total by the total and by what is still valid of it."""
    totals, valids = (context.known.series(name).dropna(subset=["value"]) for name in (total, valid))
    wanted = context.known.statements(total)
    wanted = wanted[wanted["target_id"].isin(context.known.current_targets["target_id"])]
    wanted = wanted[wanted["period_end"].dt.date >= context.known.until]
    if totals.empty or valids.empty or wanted.empty:
        return []
    return [_sentence(context, total, row, totals.iloc[-1], valids.iloc[-1]) for _, row in wanted.iterrows()]


def _sentence(context: Context, name: str, target: pd.Series, total: pd.Series, valid: pd.Series) -> str:
    minimum = target["low"] if pd.notna(target["low"]) else target["value"]
    text, of = context.language.text, context.numbers.of
    values = {
        "name": context.indicator(name),
        "period": context.period(target["period"]),
        "target": context.numbers.figure(target, target=True),
        "total": of(name, total["value"]),
        "valid": of(name, valid["value"]),
        "year": total["period"],
        "more": of(name, abs(total["value"] - minimum)),
        "less": of(name, abs(valid["value"] - minimum)),
        "mark": text("the low end") if pd.isna(target["value"]) else text("the target"),
        "above": text("above") if total["value"] >= minimum else text("below"),
        "below": text("above") if valid["value"] >= minimum else text("below"),
    }
    if total["value"] == valid["value"]:
        parts = [
            text(
                "{name}. Target for {period}: {target}. {total} have been recognised by {year} and all hold a valid title, {more} {above} {mark}.",
                **values,
            )
        ]
    else:
        parts = [
            text(
                "{name}. Target for {period}: {target}. {total} have been recognised by {year}, {more} {above} {mark}; {valid} hold a valid title, {less} {below} {mark}.",
                **values,
            )
        ]
    if (total["value"] >= minimum) != (valid["value"] >= minimum):
        parts.append(text("The sources do not say which of the two is meant."))
    if valid["status"] == "derived":
        parts.append(text("The number of valid titles is computed from the awards."))
    return " ".join(parts)
