"""Models drawn by Hypothesis: actors of every kind in groups, and proposals with tags, parts and what they entail."""

from dataclasses import replace

from builders import DAYS
from builders import model as small
from hypothesis import strategies as st

from actorgraph.errors import Span
from actorgraph.ledger.store import Ledger
from actorgraph.ledger.tables import build
from actorgraph.model.records import Actor, Commitment, Proposal, Relation, Stance
from actorgraph.vocabulary import ACTOR_KINDS, POSITIONS

ACTORS, GROUPS, PROPOSALS, TAGS = "abc", ("g", "h"), "pqr", ("x", "y")

DATES = [*(day.isoformat() for day in DAYS[:60:10]), "2024-01", "2024-02", "2024-01-05/2024-02-10", "../2024-02-12"]
BEFORE = {"p": (), "q": ("p",), "r": ("q",)}


def statement(word: str, **keys: object) -> Stance | Commitment:
    """Return a record of a position or a stage."""
    record = {key: value for key, value in keys.items() if value is not None}
    evidence = [{"source": "early"}]
    if word in POSITIONS:
        return Stance.model_validate({**record, "position": word, "evidence": evidence})
    return Commitment.model_validate({**record, "stage": word, "evidence": evidence})


@st.composite
def ledgers(draw: st.DrawFn) -> Ledger:
    """Return a ledger of such a model. Its parts may go in circles, which `check` refuses: all the same they end."""
    statements = [
        statement(
            draw(st.sampled_from(["supports", "open", "opposes", "pledges", "declines"])),
            actor=draw(st.sampled_from([*ACTORS, *GROUPS])),
            proposal=draw(st.sampled_from(PROPOSALS)),
            date=draw(st.sampled_from(DATES)),
            speaker=draw(st.sampled_from([None, None, *ACTORS])),
            id=f"r{number}",
        )
        for number in range(draw(st.integers(0, 9)))
    ]
    actors = {key: Actor(name=key, kind=draw(st.sampled_from(ACTOR_KINDS))) for key in (*ACTORS, *GROUPS)}
    others = st.sampled_from([(), (), *PROPOSALS, ("p", "q"), ("q", "r")])
    proposals = {
        key: Proposal.model_validate(
            {
                "title": key,
                "part-of": tuple(draw(others)),
                "entails": sorted(set(draw(others)) - {key}),
                "tags": draw(st.sampled_from([(), *map(tuple, TAGS), TAGS])),
                "succeeds": draw(st.sampled_from([(), BEFORE[key]])),
                **draw(st.sampled_from([{}, {}, {"until": "2024-02-15", "fate": "rejected"}])),
            }
        )
        for key in PROPOSALS
    }
    ties = tuple(
        Relation.model_validate(
            {
                "id": f"t{number}",
                "actor": draw(st.sampled_from(ACTORS)),
                "relation": draw(st.sampled_from(["member-of", "member-of", "represents"])),
                "to": draw(st.sampled_from(GROUPS)),
                "since": draw(st.sampled_from(["2024-01-05", "2024-02"])),
                "until": draw(st.sampled_from([None, "2024-02-20"])),
            }
        )
        for number in range(draw(st.integers(0, 4)))
    )
    base = small(*statements)
    places = {
        **base.places,
        **{("actors", key): Span("m.yaml") for key in actors},
        **{("proposals", key): Span("m.yaml") for key in proposals},
        **{("relations", tie.id): Span("m.yaml") for tie in ties},
    }
    return Ledger(build(replace(base, actors=actors, proposals=proposals, relations=ties, places=places)))


days = st.sampled_from([day.isoformat() for day in DAYS[:80:7]])
kinds = st.lists(st.sampled_from(ACTOR_KINDS), min_size=1, unique=True).map(",".join)
