"""Small models made in a line, drawn by Hypothesis, and looked at day by day: what tests of several packages share."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from functools import cache

from hypothesis import strategies as st

from actorgraph.dates import OPEN, day_of
from actorgraph.errors import Span
from actorgraph.ledger.holdings import Holding
from actorgraph.ledger.store import Ledger
from actorgraph.ledger.tables import build
from actorgraph.model.records import (
    Actor,
    Commitment,
    EventRecord,
    Evidence,
    Header,
    Model,
    Place,
    Proposal,
    Relation,
    Source,
    Stance,
)
from actorgraph.questions.diff import MIRROR, Change

PUBLISHED = {"early": "2024-01-20", "middle": "2024-02", "late": "2024-04-05", "much-later": "2025-06-01"}

GRADES = {"early": "B", "middle": None, "late": "D", "much-later": "A"}


def stance(position: str, when: str, *sources: str, **keys: object) -> Stance:
    """Return a stance of a on p; one evidence from each source, `early` where none is named."""
    evidence = [{"source": source} for source in sources or ("early",)]
    record = {"actor": "a", "proposal": "p", "position": position, "date": when, "evidence": evidence, **keys}
    return Stance.model_validate(record)


def model(*records: Stance | Commitment) -> Model:
    """Return a model of these records, each with an id that tells its place."""
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
        actors={key: Actor(name=key, kind="state") for key in "ab"},
        proposals={key: Proposal(title=key) for key in "pq"},
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
)

ends = st.one_of(st.none(), st.sampled_from(["2024-02", "2024-02-10", "2024-03-20", "2024-12-31", "2025"]))


@st.composite
def records(draw: st.DrawFn) -> list[Stance]:
    """Return stances of two actors on two proposals, with clashes of date, position and condition likely."""
    found = []
    for number in range(draw(st.integers(0, 9))):
        when, until = draw(dates), draw(ends)
        one = stance(
            draw(st.sampled_from(["supports", "open", "opposes"])),
            when,
            *draw(st.lists(st.sampled_from(sorted(PUBLISHED)), min_size=1, max_size=3, unique=True)),
            actor=draw(st.sampled_from("aab")),
            proposal=draw(st.sampled_from("ppq")),
            id=f"r{number}",
            **{"if": draw(st.sampled_from([(), (), ("c",), ("c", "d")]))},
        )
        if until and naive_end(until) <= naive_said(one):
            until = None
        found.append(one.model_copy(update={"until": until}))
    return found


@st.composite
def graded(draw: st.DrawFn) -> Model:
    """Return a model of stances, relations, events and lives, whose evidence is graded at random, or not."""

    def evidence(*sources: str) -> tuple[Evidence, ...]:
        credibility = st.sampled_from([None, 1, 2, 3, 6])
        return tuple(Evidence(source=source, credibility=draw(credibility)) for source in sources)

    cited = st.lists(st.sampled_from(sorted(PUBLISHED)), max_size=3, unique=True)
    said = [
        one.model_copy(update={"evidence": evidence(*(each.source for each in one.evidence))})
        for one in draw(records())
    ]
    ties = [
        Relation(actor="a", relation="represents", to="b", since="2024", id=f"t{number}", evidence=evidence(*sources))
        for number, sources in enumerate(draw(st.lists(cited, max_size=3)))
    ]
    events = [
        EventRecord(id=f"e{number}", title="E", date="2024", evidence=evidence("early", *sources))
        for number, sources in enumerate(draw(st.lists(cited, max_size=2)))
    ]
    proposals = {
        key: Proposal(title=key, by=("a",), until="2024-03", fate="lapsed", evidence=evidence(*draw(cited)))
        for key in "pq"
    }
    whole = model(*said)
    places: dict[Place, Span] = {("relations", tie.id): Span("m.yaml") for tie in ties}
    places |= {("events", event.id): Span("m.yaml") for event in events}
    return replace(
        whole,
        relations=tuple(ties),
        events=tuple(events),
        proposals=proposals,
        places={**whole.places, **places},
    )


@cache
def naive_period(text: str) -> list[int]:
    """Return every day that a partial date may mean, by trying them all."""
    every = (date(2024, 1, 1) + timedelta(days=number) for number in range(-400, 1200))
    return [day_of(day) for day in every if day.isoformat().startswith(text)]


def naive_said(one: Stance) -> int:
    """Return the last day on which a record could have been said."""
    period = naive_period(one.date)
    inside = [naive_period(PUBLISHED[each.source])[-1] for each in one.evidence]
    return min([*(day for day in inside if day in period and day == min(inside)), period[-1]])


def naive_end(until: str | None) -> int:
    """Return the first day on which a record is out of force."""
    return OPEN if until is None else naive_period(until)[0]


def on(day: int, found: Iterable[Holding]) -> set[tuple[object, ...]]:
    """Return what holdings say of a day, in the oracle's words."""
    return {
        (
            one.actor,
            one.proposal,
            one.position,
            one.conditions,
            one.contested,
            one.since,
            frozenset(each.id for each in one.said if each.day <= day),
        )
        for one in found
        if one.since <= day < one.until
    }


def ledger_of(said: list[Stance]) -> Ledger:
    """Return a ledger of stances."""
    return Ledger(build(model(*said)))


def flipped(changes: Iterable[Change]) -> list[tuple[object, ...]]:
    """Return changes as they must read the other way round."""
    return [(MIRROR[one.change], one.actor, one.proposal, one.after, one.before) for one in changes]


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
