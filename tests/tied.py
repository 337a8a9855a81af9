"""Tables of ties: who is tied to whom, how strongly."""

from collections.abc import Mapping

import numpy as np

TWO_TRIANGLES = np.zeros((6, 6))
for one, other in ((0, 1), (1, 2), (0, 2), (3, 4), (4, 5), (3, 5), (2, 3)):
    TWO_TRIANGLES[one, other] = TWO_TRIANGLES[other, one] = 1


def random_ties(seed: int, nodes: int, density: float, *, whole: bool = False) -> np.ndarray:
    """Return ties of some nodes, each with at least one."""
    chance = np.random.default_rng(seed)
    drawn = chance.integers(1, 4, (nodes, nodes)) if whole else 0.1 + chance.random((nodes, nodes))
    upper = np.triu(drawn * (chance.random((nodes, nodes)) < density), 1)
    ties = (upper + upper.T).astype(float)
    tied = ties.any(axis=0)
    kept: np.ndarray = ties[np.ix_(tied, tied)]
    return kept


SIGNS = {"+": "supports", "o": "open", "~": "neutral", "s": "sceptical", "-": "opposes"}
"""How positions are written in a table of actors by proposals; a dot is silence."""

TWO_CAMPS = {
    "a1": "++-+.",
    "a2": "++-+.",
    "a3": "++--.",
    "a4": "++-+.",
    "b1": "--++.",
    "b2": "--++~",
    "b3": "--++.",
    "x": "....+",
    "y": "....~",
}
"""Four against three on p, q and r; on s all of them agree but a3. Of two others one is alone, and one on no side."""


LINE = {"a": "+++++", "b": "++++-", "c": "+++--", "d": "-----", "e": "++..."}
"""Four on a line, each further one against more of it, and one that speaks on too little to have a place on it."""


def taken_in(table: Mapping[str, str]) -> dict[str, dict[str, str]]:
    """Return the positions in a table, by actor and proposal; these are called p, q, r and so on."""
    names = [*"pqrstuv", *(f"plan-{at}" for at in range(100))]
    return {
        actor: {name: SIGNS[sign] for name, sign in zip(names, signs, strict=False) if sign in SIGNS}
        for actor, signs in table.items()
    }


def model_of(table: Mapping[str, str]) -> str:
    """Return a model in which actors take the positions of a table, from 2024 on."""
    taken = taken_in(table)
    proposals = sorted({proposal for theirs in taken.values() for proposal in theirs})
    lines = ["model: {id: m, title: M}", "actors:"]
    lines += [f"  {actor}: {{name: {actor.upper()}, kind: state}}" for actor in taken]
    lines += ["proposals:", *(f"  {key}: {{title: Plan {key.upper()}}}" for key in proposals)] if proposals else []
    stances = [
        f"  - {{actor: {actor}, position: {position}, proposal: {key}, date: 2024-01-01, evidence: [{{source: src}}]}}"
        for actor, theirs in taken.items()
        for key, position in theirs.items()
    ]
    lines += ["stances:", *stances] if stances else []
    return "\n".join([*lines, "sources: {src: {title: S, publisher: S, published: 2024-01-01}}", ""])
