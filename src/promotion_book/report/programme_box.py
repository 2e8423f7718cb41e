"""What a programme is, in a small box: what it does, who leads it, and the acts that it rests on."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

import pandas as pd

from promotion_book.facts import Known
from promotion_book.facts.rows import each, keys_of
from promotion_book.report.chapter import Block
from promotion_book.report.context import Context
from promotion_book.words.markup import Html, fill, join

MOST = 3  # acts that a box names; a table has all


def programme_box(context: Context, programme: str) -> Block:
    """What a programme is, as far as it is known: without an act there is none in the box."""
    text, row = context.language.text, context.known.package.row("programmes", programme)
    about, lead = (row[f"{column}_{context.language.code}"] for column in ("description", "lead"))
    acts, all_acts = acts_in_force(context.known, programme), len(acts_of(context.known, [programme]))
    few = len(acts) < all_acts
    label = text("{n} of {all} acts", n=len(acts), all=all_acts) if few else text("{n} acts", n=len(acts))
    basis = _folded(label, [_act(context, act) for act in each(acts)])
    rests_on = [(text("Legal basis"), basis)] if len(acts) else []
    context_only = row["role"] == "context"
    what = text("What it shows") if context_only else text("What it does")
    who = text("Figures from") if context_only else text("Led by")
    facts = [(label, said) for label, said in ((what, about), (who, lead), *rests_on) if said]
    rows = [fill("<div><dt>{label}</dt>\n<dd>{said}</dd></div>", label=label, said=said) for label, said in facts]
    html = fill('<dl class="programme-box">{rows}</dl>', rows=join("\n", rows))
    plain = "\n".join(f"{label}: {said.text() if isinstance(said, Html) else said}" for label, said in facts)
    return Block(html, plain)


def _folded(label: str, acts: Sequence[Html]) -> Html:
    """Acts one after the other; several are folded, so that the verdict is on the first screen of a phone."""
    named = join("; ", acts)
    folded = "<details><summary>{label}</summary>\n{named}</details>"
    return fill(folded, label=label, named=named) if len(acts) > 1 else named


def acts_in_force(known: Known, programme: str) -> pd.DataFrame:
    """The acts that a programme rested on in the year of the edition: no act of an earlier year followed them.

    Of many there are those that ended in the year or later, whose targets are judged, and the newest of the others.
    """
    acts = acts_of(known, [programme])
    followed = acts["replaced_by"].map(known.legal_acts.set_index("act_id")["signed"])
    ended = followed.notna()
    acts = acts.assign(ended=ended)[~ended | (followed == "") | (followed >= str(known.until.year))]
    return acts[acts["act_id"].isin(acts.sort_values("ended", kind="stable").tail(MOST)["act_id"])]


def acts_of(known: Known, programmes: Collection[str]) -> pd.DataFrame:
    """The acts that some programmes rest on by their days, those without one last."""
    mine = [bool({*programmes} & {*keys_of(cell)}) for cell in known.legal_acts["programmes"]]
    return known.legal_acts[pd.Series(mine, dtype=bool)].sort_values(
        "signed", key=lambda days: days.where(days != "", "9999"), kind="stable"
    )


def name_act(context: Context, row: Any) -> str:
    """The title of an act, with its number; a title that says the number has it where the language wants it."""
    title = context.in_language(row, "title")
    return f"{title} ({row.number})" if row.number not in title else title


def _act(context: Context, row: Any) -> Html:
    said = context.language.text(
        "{act}, {issuer}", act=name_act(context, row), issuer=context.in_language(row, "issuer")
    )
    return fill("{said} ({source})", said=said, source=context.source(row.source_id).link)
