"""Small models made in a line, drawn by Hypothesis, and looked at day by day: what tests of several packages share."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any, TypeVar

from hypothesis import strategies as st
from oracle import PUBLISHED as PUBLISHED  # noqa: PLC0414 - tests take it from here
from oracle import naive_end, naive_said

from actorgraph.errors import Span
from actorgraph.ledger.holdings import Holding
from actorgraph.ledger.store import Ledger
from actorgraph.ledger.tables import build
from actorgraph.model.model import Model, Place
from actorgraph.model.records import (
    Actor,
    Commitment,
    EventRecord,
    Evidence,
    Header,
    Proposal,
    Relation,
    Source,
    Stance,
)
from actorgraph.questions.changes import Change
from actorgraph.questions.kinds_of_change import MIRROR

Spoken = TypeVar("Spoken", Stance, Commitment)

GRADES = {"early": "B", "middle": None, "late": "D", "much-later": "A"}


def stance(position: str, when: str, *sources: str, **keys: object) -> Stance:
    """Return a stance of a on p; one evidence from each source, `early` where none is named."""
    evidence = [{"source": source} for source in sources or ("early",)]
    record = {"actor": "a", "proposal": "p", "position": position, "date": when, "evidence": evidence, **keys}
    return Stance.model_validate(record)


def model(*records: Stance | Commitment, **dated: Mapping[str, Any]) -> Model:
    """Return a model of these records, each with an id that tells its place; some of a, b, p and q may have a life."""
    named = [one.model_copy(update={"id": one.id or f"r{number}"}) for number, one in enumerate(records)]
    stances = tuple(one for one in named if isinstance(one, Stance))
    commitments = tuple(one for one in named if isinstance(one, Commitment))
    places: dict[Place, Span] = {("actors", key): Span("m.yaml") for key in "ab"}
    places |= {("proposals", key): Span("m.yaml") for key in "pq"}
    places |= {("sources", key): Span("m.yaml") for key in PUBLISHED}
    places |= {("stances", one.id): Span("m.yaml") for one in stances}
    places |= {("commitments", one.id): Span("m.yaml") for one in commitments}
    return Model(
        Header(id="m", title="M"),
        actors={key: Actor.model_validate({"name": key, "kind": "state", **dated.get(key, {})}) for key in "ab"},
        proposals={key: Proposal.model_validate({"title": key, **dated.get(key, {})}) for key in "pq"},
        sources={
            key: Source.model_validate({"title": key, "publisher": key, "published": when, "reliability": GRADES[key]})
            for key, when in PUBLISHED.items()
        },
        stances=stances,
        commitments=commitments,
        places=places,
    )


DAYS = [(date(2024, 1, 1) + timedelta(days=number)) for number in range(420)]

WINDOW = [day.year * 10000 + day.month * 100 + day.day for day in DAYS]

dates = st.one_of(
    st.sampled_from([day.isoformat() for day in DAYS[:100]]),
    st.sampled_from(["2024-01", "2024-02", "2024-03", "2024"]),
    st.sampled_from(["2024-01-10/2024-01-20", "2024-01-15/2024-03", "2023/2024-02", "../2024-02-10", "../2024-03"]),
)

ends = st.one_of(st.none(), st.sampled_from(["2024-02", "2024-02-10", "2024-03-20", "2024-12-31", "2025"]))

conditions: st.SearchStrategy[dict[str, tuple[str, ...]]] = st.sampled_from(
    [{}, {}, {"if": ("c",)}, {"if": ("c", "d")}, {"unless": ("c",)}, {"if": ("d",), "unless": ("c",)}]
)


@st.composite
def records(draw: st.DrawFn) -> list[Stance]:
    """Return stances of two actors on two proposals, with clashes of date, position and condition likely."""
    drawn = []
    for number in range(draw(st.integers(0, 9))):
        record = stance(
            draw(st.sampled_from(["supports", "open", "opposes"])),
            draw(dates),
            *draw(_sources),
            actor=draw(st.sampled_from("aab")),
            proposal=draw(st.sampled_from("ppq")),
            id=f"r{number}",
            **dict[str, object](draw(conditions)),
        )
        drawn.append(_ending(record, draw(ends)))
    return drawn


_sources = st.lists(st.sampled_from(sorted(PUBLISHED)), min_size=1, max_size=3, unique=True)


amounts = st.sampled_from(
    [
        None,
        None,
        {"value": "5", "unit": "boats"},
        {"at-least": "4", "unit": "boats"},
        {"at-most": "7.50", "unit": "boats"},
        {"value": "2", "unit": "planes"},
    ]
)
"""How much is undertaken: of one day some are open at both ends together, or in two units."""


@st.composite
def statements(draw: st.DrawFn) -> list[Stance | Commitment]:
    """Return stances, and commitments to b, to c, to both or to nobody in particular, with or without an amount."""
    drawn: list[Stance | Commitment] = list(draw(records()))
    for number in range(draw(st.integers(0, 7))):
        toward = draw(st.sampled_from([(), (), ("b",), ("c",), ("b", "c")]))
        keys = {
            "actor": "a",
            "proposal": draw(st.sampled_from("ppq")),
            "stage": draw(st.sampled_from(["pledges", "considers", "declines"])),
            "toward": toward,
            "amount": None if len(toward) > 1 else draw(amounts),
            "date": draw(dates),
            "id": f"c{number}",
            "evidence": [{"source": source} for source in draw(_sources)],
            **draw(conditions),
        }
        drawn.append(_ending(Commitment.model_validate(keys), draw(ends)))
    return drawn


def _ending(record: Spoken, until: str | None) -> Spoken:
    """Return a record with an end, if that comes after the day from which it counts."""
    ends = until is not None and naive_end(until) > naive_said(record)
    return record.model_copy(update={"until": until if ends else None})


lives: st.SearchStrategy[dict[str, dict[str, Any]]] = st.fixed_dictionaries(
    {},
    optional={
        "q": st.sampled_from([{"succeeds": ["p"]}, {"since": "2024-02-15", "succeeds": ["p"]}]),
        "p": st.sampled_from(
            [
                {"since": "2024-01-10"},
                {"since": "2024-01/2024-02-10"},
                {"until": "2024-03-01", "fate": "withdrawn"},
                {"since": "2024-01", "until": "2024-03", "fate": "rejected"},
                {"since": "../2024-02", "until": "2024-02-15", "fate": "lapsed"},
                {"until": "2024-02-15", "fate": "adopted"},
            ]
        ),
        "a": st.sampled_from([{"until": "2024-04"}, {"since": "2024-01-15", "until": "2024-03-01"}]),
    },
)
"""When proposal p was on the table, whether q carries it on, and when actor a existed."""


@st.composite
def graded(draw: st.DrawFn) -> Model:
    """Return a model of statements, relations, events and lives, whose evidence is graded at random, or not."""

    def evidence(*sources: str) -> tuple[Evidence, ...]:
        credibility = st.sampled_from([None, 1, 2, 3, 6])
        return tuple(Evidence(source=source, credibility=draw(credibility)) for source in sources)

    cited = st.lists(st.sampled_from(sorted(PUBLISHED)), max_size=3, unique=True)
    said = [
        one.model_copy(update={"evidence": evidence(*(each.source for each in one.evidence))})
        for one in draw(statements())
    ]
    ties = [
        Relation(actor="a", relation="represents", to="b", since="2024", id=f"t{number}", evidence=evidence(*sources))
        for number, sources in enumerate(draw(st.lists(cited, max_size=3)))
    ]
    events = [
        EventRecord(id=f"e{number}", title="E", date="2024", evidence=evidence("early", *sources))
        for number, sources in enumerate(draw(st.lists(cited, max_size=2)))
    ]
    dated = {key: {**life, "by": ["a"]} if key == "p" else life for key, life in draw(lives).items()}
    whole = model(*said, **dated)
    proposals = {
        key: thing.model_copy(update={"evidence": evidence(*draw(cited))}) for key, thing in whole.proposals.items()
    }
    places: dict[Place, Span] = {("relations", tie.id): Span("m.yaml") for tie in ties}
    places |= {("events", event.id): Span("m.yaml") for event in events}
    return replace(
        whole,
        relations=tuple(ties),
        events=tuple(events),
        proposals=proposals,
        places={**whole.places, **places},
    )


def on(day: int, holdings: Iterable[Holding]) -> set[tuple[object, ...]]:
    """Return what stances say of a day, in the words of the oracle."""
    return {
        (
            holding.actor,
            holding.proposal,
            holding.position,
            holding.conditions,
            holding.contest,
            holding.run.since,
            frozenset(said.id for said in holding.said if said.day <= day),
        )
        for holding in holdings
        if holding.since <= day < holding.until
    }


def ledger_of(said: Sequence[Stance | Commitment], **dated: Mapping[str, Any]) -> Ledger:
    """Return a ledger of stances and commitments; some of a, b, p and q may have a life."""
    return Ledger(build(model(*said, **dated)))


def flipped(changes: Iterable[Change], *, dated: bool = True) -> set[Change]:
    """Return changes as they must read the other way round; not `dated`, without their dates."""
    return {
        change._replace(
            change=MIRROR[change.change],
            proposal=change.before_proposal,
            proposal_title=change.before_proposal_title,
            before_proposal=change.proposal,
            before_proposal_title=change.proposal_title,
            date=change.date if dated else None,
            before=change.after,
            after=change.before,
        )
        for change in changes
    }


def undated(changes: Iterable[Change]) -> set[Change]:
    """Return changes without their dates: between two versions neither side is the later."""
    return {change._replace(date=None) for change in changes}


NOT_EVERYWHERE = (
    "QUALIFY",
    "FILTER",
    "MAX_BY",
    "IS DISTINCT FROM",
    "RECURSIVE",
    "JSON_",
    "->",
    "DATE(",
    "STRFTIME",
    "||",
    "LIMIT",
    "GLOB",
    "ROWID",
)
"""What not every SQL engine has: no question may be asked with it."""
