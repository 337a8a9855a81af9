"""What must hold between records. (The messages are in tests/bad.)"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actorgraph.model import rules
from actorgraph.model.model import Model
from actorgraph.model.records import Actor, Condition, EventRecord, File, Header, Proposal, Source, Stance
from actorgraph.model.rules import MOST_HINTS, RULES, Finding, findings

EVIDENCE = [{"source": "paper"}]


def model(**sections: object) -> Model:
    """Return a model of plain data, with an actor `uk`, a proposal `plan` and a source `paper` of May 2024."""
    base = {
        "actors": {"uk": {"name": "UK", "kind": "state"}},
        "proposals": {"plan": {"title": "Plan"}},
        "sources": {"paper": {"title": "Paper", "publisher": "Press", "published": "2024-05-10"}},
    }
    file = File.model_validate({**base, **sections})
    return Model(
        Header(id="m", title="T"),
        file.actors,
        file.proposals,
        file.conditions,
        file.sources,
        file.relations,
        file.stances,
        file.commitments,
        file.events,
    )


def stance(**changes: object) -> dict[str, object]:
    """Return the data of a stance."""
    said = {"actor": "uk", "position": "open", "proposal": "plan", "date": "2024-05-01", "evidence": EVIDENCE}
    return {**said, **changes}


def findings_of(whole: Model) -> list[tuple[str, object, object]]:
    """Return the code, place and way of every finding."""
    return [(finding.code, finding.place, finding.loc) for finding in findings(whole)]


def test_a_sound_model_breaks_no_rule() -> None:
    assert [] == findings_of(model(stances=[stance()]))


@pytest.mark.parametrize(
    ("changes", "way"),
    [
        ({"actor": "us"}, ("actor",)),
        ({"proposal": "plot"}, ("proposal",)),
        ({"speaker": "pm"}, ("speaker",)),
        ({"if": ["truce"]}, ("if", 0)),
        ({"unless": ["truce"]}, ("unless", 0)),
        ({"evidence": [*EVIDENCE, {"source": "rumour"}]}, ("evidence", 1, "source")),
    ],
)
def test_what_a_stance_refers_to_is_defined(changes: dict[str, object], way: tuple[object, ...]) -> None:
    assert [("AG012", ("stances", 1), way)] == findings_of(model(stances=[stance(), stance(**changes)]))


@pytest.mark.parametrize(
    ("date", "until", "published", "sound"),
    [
        ("2024-05-01", "2024-05-02", "2024-06-01", True),
        ("2024-05-01", "2024-05-01", "2024-06-01", False),
        ("2024-05-01", "2024-05", "2024-06-01", False),
        ("2024-05-01", "2024-06", "2024-06-01", True),
        ("2024", "2025", "2025-06-01", True),
        ("2024", "2024-12-31", "2025-06-01", False),
        ("2024", "2024-05-11", "2024-05-10", True),
        ("2024", "2024-05-10", "2024-05-10", False),
        ("2024", "2024", "2024-05-10", False),
        ("2024-05-01", None, "2024-05-10", True),
    ],
)
def test_an_end_comes_after_the_day_from_which_it_is_in_force(
    date: str,
    until: str | None,
    published: str,
    sound: bool,  # noqa: FBT001
) -> None:
    sources = {"paper": {"title": "Paper", "publisher": "Press", "published": published}}
    broken = findings_of(model(stances=[stance(date=date, until=until)], sources=sources))
    assert ([] if sound else [("AG020", ("stances", 0), ("until",))]) == broken


def test_a_source_that_is_unknown_gets_the_benefit_of_the_doubt() -> None:
    evidence = [{"source": "lost"}]
    doubtful = model(stances=[stance(date="2024", until="2024-02", evidence=evidence)])
    hopeless = model(stances=[stance(date="2024", until="2024", evidence=evidence)])
    rest = rules.known_references, rules.sources_are_cited
    assert [] == list(findings(doubtful, without=rest))
    assert ["AG020"] == [finding.code for finding in findings(hopeless, without=rest)]


def test_hints_are_given_while_they_help() -> None:
    def hinted(*names: str) -> list[bool]:
        broken = findings(model(actors={"kingdom": {"name": "UK", "kind": "state"}}, stances=[*map(said_by, names)]))
        return ["did you mean 'kingdom'" in finding.message for finding in broken if finding.code == "AG012"]

    def said_by(name: str) -> dict[str, object]:
        return stance(actor=name)

    many = 2 * MOST_HINTS
    assert [True] * MOST_HINTS + [False] * MOST_HINTS == hinted(*(f"kingdom-{number}" for number in range(many)))
    assert [True] * many == hinted(*["kingdon"] * many), "the same name is looked for once"


KEYS = ["a", "b", "c", "d", "e"]


@given(st.dictionaries(st.sampled_from(KEYS), st.lists(st.sampled_from(KEYS), max_size=3, unique=True)))
def test_a_circle_is_found_where_and_only_where_a_way_leads_back(parts: dict[str, list[str]]) -> None:
    def leads(start: str, goal: str, seen: frozenset[str]) -> bool:
        return any(
            parent == goal or (parent not in seen and leads(parent, goal, seen | {parent}))
            for parent in parts.get(start, [])
        )

    proposals = {key: Proposal(title=key, **{"part-of": tuple(above)}) for key, above in parts.items()}
    broken = rules.proposals_stand_in_order(Model(Header(id="m", title="T"), proposals=proposals))
    expected = [("AG021", ("proposals", key), ("part-of",)) for key in parts if leads(key, key, frozenset())]
    assert expected == [(finding.code, finding.place, finding.loc) for finding in broken]


def test_a_long_chain_is_no_circle() -> None:
    proposals = {f"p{n}": Proposal(title=f"P{n}", **{"part-of": (f"p{n + 1}",)}) for n in range(1000)}
    assert [] == list(rules.proposals_stand_in_order(Model(Header(id="m", title="T"), proposals=proposals)))


def test_names_are_told_apart_by_more_than_case_accents_and_articles() -> None:
    actors = {
        "uk": Actor(name="The UK", kind="state", aliases=("uk", "UK")),
        "tr": Actor(name="Türkiye", kind="state"),
        "turkiye": Actor(name="Other", kind="state"),
    }
    proposals = {"uk": Proposal(title="UK")}
    broken = rules.names_are_distinct(Model(Header(id="m", title="T"), actors=actors, proposals=proposals))
    assert [("actors", "tr")] == [finding.place for finding in broken]


def test_a_source_is_cited_by_any_record_or_event() -> None:
    event = EventRecord.model_validate({"id": "e", "title": "E", "date": "2024", "evidence": [{"source": "a"}]})
    source = Source(title="S", publisher="P", published="2024")
    broken = rules.sources_are_cited(
        Model(Header(id="m", title="T"), events=(event,), sources={"a": source, "b": source})
    )
    assert [("sources", "b")] == [finding.place for finding in broken]


def test_a_rule_can_be_left_out() -> None:
    broken = model(stances=[stance(actor="us")])
    assert [] == list(findings(broken, without=[rules.known_references]))
    assert [] == list(findings(broken, without=RULES))


def test_a_condition_may_hold_more_than_once() -> None:
    times = [{"since": "2024-01", "until": "2024-03"}, {"since": "2025"}]
    truce = Condition.model_validate({"title": "Truce", "held": times})
    assert [] == list(rules.ends_after_it_begins(Model(Header(id="m", title="T"), conditions={"truce": truce})))


def test_findings_are_plain_values() -> None:
    assert Finding("AG012", "m", ("stances", 0)) == Finding("AG012", "m", ("stances", 0), ())
    assert Stance.model_validate(stance()).word == "open"
