"""What a page says of the acts, measures and searches of a programme, as far as they were public."""

from __future__ import annotations

import pandas as pd
from worlds import world

from promotion_book.facts.conflicts import by_rule
from promotion_book.facts.rows import records
from promotion_book.report.chapters.programme_plans import acts_table, measures_table, search_sentences
from promotion_book.report.context import Context
from promotion_book.report.programme_box import acts_in_force, programme_box

PROGRAMME = "ocop"
SOURCES = {"early": "2024-03-31", "late": "2024-04-01"}


def rows(package, name: str, *given: dict[str, str]) -> pd.DataFrame:
    columns = list(package[name].columns)
    return pd.DataFrame([dict.fromkeys(columns, "") | row for row in given], columns=columns)


def telling(package, **tables: list[dict[str, str]]) -> Context:
    """A world of 2023 with a source of its cut-off day and one of the day after, and the rows of some tables."""
    sources = rows(package, "sources", *({"source_id": n, "publisher": n, "type": "press"} for n in SOURCES))
    sources = sources.assign(published_on=pd.to_datetime(list(SOURCES.values())))
    known = pd.concat([package["sources"], sources], ignore_index=True)
    changed = {name: rows(package, name, *given) for name, given in tables.items()}
    return world(package, [], sources=known, **changed)


def act(name: str, **rest: str) -> dict[str, str]:
    return {"act_id": name, "signed": "2020", "title_en": name, "programmes": PROGRAMME, "source_id": "early", **rest}


def test_an_act_is_shown_once_it_was_told_of_and_so_is_what_followed(package):
    acts = [act("law", replaced_by="decree"), act("decree", source_id="late"), act("plan", replaced_by="law")]
    context = telling(package, legal_acts=[*acts, act("other", programmes="training")])
    shown = records(acts_table(context, [PROGRAMME]).frame)
    assert [(row["act"], row["replaced_by"]) for row in shown] == [("law", None), ("plan", "law")]


def test_the_number_of_an_act_is_told_once_also_where_its_title_says_it(package):
    acts = [
        act("Decree 45/2012", number="45/2012"),
        act("Law", number="7/2013", signed="2021"),
        act("Plan", signed="2022"),
    ]
    table = acts_table(telling(package, legal_acts=acts), [PROGRAMME])
    assert [row["act"] for row in records(table.frame)] == ["Decree 45/2012", "Law (7/2013)", "Plan"]


def test_an_act_without_a_day_stands_after_those_with_one(package):
    acts = [act("plan", signed=""), act("law", signed="2021"), act("decree")]
    table = acts_table(telling(package, legal_acts=acts), [PROGRAMME])
    assert [row["act"] for row in records(table.frame)] == ["decree", "law", "plan"]


def test_the_box_of_a_programme_names_the_acts_that_were_in_force_in_the_year(package):
    acts = [
        act("over", signed="2016", replaced_by="judged"),
        act("judged", signed="2021", replaced_by="next"),
        *(act(f"yearly {year}", signed=str(year)) for year in (2018, 2019, 2022)),
        act("next", signed="2023-12"),
    ]
    context = telling(package, legal_acts=acts)
    assert [*acts_in_force(context.known, PROGRAMME)["act_id"]] == ["judged", "yearly 2022", "next"]
    assert "Legal basis: 3 of 6 acts" in programme_box(context, PROGRAMME).text


def test_a_measure_is_shown_with_the_evidence_that_was_public(package):
    said = {"programme_id": PROGRAMME, "period": "2021-2025", "source_id": "early", "evidence_en": "It was held."}
    measures = [
        said | {"measure_id": "a", "measure_en": "A fair", "evidence_source_id": "early"},
        said | {"measure_id": "b", "measure_en": "A show", "evidence_source_id": "late"},
        said | {"measure_id": "c", "measure_en": "A prize", "source_id": "late"},
    ]
    table = measures_table(telling(package, measures=measures), [PROGRAMME])
    assert [line.split("\t")[:3] for line in table.text().splitlines()[2:]] == [
        ["A fair", "2021–2025", "It was held. (early, 2024)"],
        ["A show", "2021–2025", "nothing was found"],
    ]


def test_of_press_on_a_plan_the_text_in_which_an_act_was_read_leads(package):
    shared = {"indicator_id": "ocop_total", "kind": "level", "unit": "products", "period": "2023"}
    later = shared | {"value": 50.0, "source_id": "seed_000"}
    read = shared | {"value": 60.0, "source_id": "seed_002"}
    acts = rows(package, "legal_acts", act("law", source_id=str(read["source_id"])))
    found = [
        by_rule(world(package, [later, read], **told).known.targets)
        for told in ({"legal_acts": acts[:0]}, {"legal_acts": acts})
    ]
    assert [one["value"].tolist() for one in found] == [[50, 60], [60, 50]]


def test_statistics_in_which_an_act_was_read_stay_statistics(package):
    goal = {"indicator_id": "ocop_total", "kind": "level", "period": "2023", "value": 50.0, "source_id": "seed_002"}
    acts = rows(package, "legal_acts", act("law", source_id="seed_002"))
    for kind, told in (("press", "press_on_act"), ("official_statistics", "official_statistics")):
        sources = package["sources"].assign(type=kind)
        known = world(package, [goal], legal_acts=acts, sources=sources).known
        assert known.targets["source_type"].tolist() == [told]


def test_an_act_that_was_not_told_of_yet_replaces_none(package):
    acts = [act("old", replaced_by="new"), act("new", source_id="late")]
    assert telling(package, legal_acts=acts).known.legal_acts["replaced_by"].tolist() == [""]


def test_a_search_for_an_outcome_is_none_for_a_plan(package):
    plan = {"programme_id": PROGRAMME, "searched_en": "In the press."}
    outcome = plan | {"indicator_id": "ocop_total", "period": "2020", "searched_en": "In yearbooks."}
    context = telling(package, searches=[plan, outcome])
    said = [search_sentences(context, [PROGRAMME], period=period) for period in ("2023", "2023-H2")]
    assert said == [
        ["No target after 2023 was found. In the press."],
        ["No target after the second half of 2023 was found. In the press."],
    ]
