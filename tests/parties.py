"""Models drawn by Hypothesis: actors of every kind in groups, and proposals with tags, parts and what they entail."""

from dataclasses import replace

from builders import DAYS, stance
from builders import model as small
from hypothesis import strategies as st

from actorgraph.errors import Span
from actorgraph.ledger.store import Ledger
from actorgraph.ledger.tables import build
from actorgraph.model.records import Actor, Proposal, Relation
from actorgraph.vocabulary import ACTOR_KINDS

ACTORS, GROUPS, PROPOSALS, TAGS = "abc", ("g", "h"), "pqr", ("x", "y")


@st.composite
def ledgers(draw: st.DrawFn) -> Ledger:
    """Return a ledger of such a model. Its parts may go in circles, which `check` refuses: all the same they end."""
    stances = [
        stance(
            draw(st.sampled_from(["supports", "open", "opposes"])),
            draw(st.sampled_from([day.isoformat() for day in DAYS[:60:5]])),
            actor=draw(st.sampled_from([*ACTORS, *GROUPS])),
            proposal=draw(st.sampled_from(PROPOSALS)),
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
    base = small(*stances)
    places = {
        **base.places,
        **{("actors", key): Span("m.yaml") for key in actors},
        **{("proposals", key): Span("m.yaml") for key in proposals},
        **{("relations", tie.id): Span("m.yaml") for tie in ties},
    }
    return Ledger(build(replace(base, actors=actors, proposals=proposals, relations=ties, places=places)))


days = st.sampled_from([day.isoformat() for day in DAYS[:80:7]])
kinds = st.lists(st.sampled_from(ACTOR_KINDS), min_size=1, unique=True).map(",".join)
