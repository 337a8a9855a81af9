"""Models of many tracks in which records begin, end and supersede each other on the same few days."""

import random
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from builders import model
from oracle import PUBLISHED, naive_end, naive_said

from actorgraph.errors import Span
from actorgraph.model.model import Model, Place
from actorgraph.model.records import Actor, Commitment, Proposal, Stance

_DATES = [
    *("2024-02-09", *["2024-02-10"] * 3, "2024-02-11", "2024-02-12"),
    *(
        "2024-02",
        "2024-01/2024-02-10",
        "2024-01-20/2024-02-11",
        "2024-02-09/2024-02-11",
        "2024-02-10/2024-02-11",
        "2024",
    ),
    *("../2024-02-10", "2023-12-31/2024-02-11", "2022/2024-02-11", "2023-12-31", "2022-05"),
]
_ENDS = [*[None] * 5, "2024-02-10", "2024-02-11", "2024-02", "2024-02-12", "2024-03", "2024-03-01", "2024-06"]
_LIVES: list[dict[str, Any]] = [
    *[{}] * 3,
    {"since": "2024-02-10"},
    {"since": "2024-01/2024-02-10", "until": "2024-02-11"},
    {"since": "../2024-02-09", "until": "2024-02"},
    {"until": "2024-02-10"},
]


def _said(draw: random.Random, actor: str, proposal: str) -> Iterator[Stance | Commitment]:
    """Yield what an actor said of a proposal: so much within so few days that every boundary is met."""
    for number in range(draw.choice([1, 2, 3, 5, 8])):
        keys: dict[str, Any] = {
            "id": f"{actor}-{proposal}-{number}",
            "actor": actor,
            "proposal": proposal,
            "date": draw.choice(_DATES),
            "speaker": draw.choice([None, None, "a-1"]),
            "evidence": [{"source": source} for source in draw.sample(sorted(PUBLISHED), draw.choice([1, 1, 2]))],
        }
        record: Stance | Commitment
        if proposal.endswith(("0", "1", "2")) and draw.random() < 0.8:
            toward = draw.choice([(), (), ("a-1",), ("a-2",), ("a-1", "a-2")])
            stage = draw.choice(["pledges", "pledges", "considers", "declines"])
            record = Commitment.model_validate({**keys, "stage": stage, "toward": toward})
        else:
            position = draw.choice(["supports", "supports", "opposes", "open"])
            record = Stance.model_validate({**keys, "position": position})
        until = draw.choice(_ENDS)
        ends = until is not None and naive_end(until) > naive_said(record)
        yield record.model_copy(update={"until": until if ends else None})


def crowded(actors: int, proposals: int) -> Model:
    """Return a model in which every one of these actors says something of every proposal, the same each time."""
    draw = random.Random(1)  # noqa: S311 - no secret
    existed = {f"a-{number}": draw.choice(_LIVES) for number in range(actors)}
    on_the_table = {f"p-{number}": draw.choice(_LIVES) for number in range(proposals)}
    said = [record for actor in existed for proposal in on_the_table for record in _said(draw, actor, proposal)]
    places: dict[Place, Span] = {("actors", key): Span("m.yaml") for key in existed}
    places |= {("proposals", key): Span("m.yaml") for key in on_the_table}
    ended = {key: {**life, "fate": "lapsed"} if "until" in life else life for key, life in on_the_table.items()}
    few = model(*said)
    return replace(
        few,
        actors={key: Actor.model_validate({"name": key, "kind": "state", **life}) for key, life in existed.items()},
        proposals={key: Proposal.model_validate({"title": key, **life}) for key, life in ended.items()},
        places={**few.places, **places},
    )
