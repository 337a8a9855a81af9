"""Lives: from when until when something may be inferred on a proposal, and when all ends there."""

from typing import Any

import pytest

from actorgraph.dates import LONG_AGO, OPEN
from actorgraph.ledger.lives import UNKNOWN, Lifetime, actor_life, proposal_life
from actorgraph.model.records import Actor, Proposal


def life_of_proposal(first_said: tuple[int, str] | None, keys: dict[str, Any]) -> Lifetime:
    """Return the life of a proposal with these keys."""
    return proposal_life(Proposal.model_validate({"title": "P", **keys}), first_said)


@pytest.mark.parametrize(
    ("why", "keys", "possible_from", "days"),
    [
        ("nothing is known", {}, LONG_AGO, (LONG_AGO, OPEN)),
        ("it is on record from the last day of a partial date", {"since": "2025-03"}, 20250301, (20250331, OPEN)),
        ("that it was there by then says nothing of before", {"since": "../2025-03"}, LONG_AGO, (20250331, OPEN)),
        ("its end is the day after its last", {"until": "2025-10", "fate": "withdrawn"}, LONG_AGO, (0, 20251001)),
        ("what is adopted goes on", {"since": "2025", "until": "2026", "fate": "adopted"}, 20250101, (20251231, OPEN)),
    ],
)
def test_of_a_proposal(why: str, keys: dict[str, str], possible_from: int, days: tuple[int, int]) -> None:
    life = life_of_proposal(None, keys)
    assert (possible_from, days) == (life.possible_from, life.on_record[:2]), why


def test_without_a_since_it_is_on_record_from_the_first_that_was_said_on_it() -> None:
    life = life_of_proposal((20250131, "2025-01"), {"until": "2025-10", "fate": "lapsed"})
    assert (20250131, 20251001, "2025-01", "2025-10") == life.on_record
    dated = life_of_proposal((20250131, "2025-01"), {"since": "2024"})
    assert (20241231, OPEN) == dated.on_record[:2], "its own date goes before"


def test_of_an_actor() -> None:
    assert UNKNOWN == actor_life(Actor(name="A", kind="state"))
    life = actor_life(Actor(name="A", kind="state", since="1949", until="1990-10-03"))
    assert (19491231, 19901003) == life.on_record[:2]
