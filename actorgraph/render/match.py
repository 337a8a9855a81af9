"""How near every actor is to a set of positions, as tables: who could sign it, and who stands in the way of what."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from actorgraph.questions.cells import several
from actorgraph.render.grid import Grid
from actorgraph.render.measured import behind, number, what_counts
from actorgraph.render.phrases import NO_RECORD, Names, dateline
from actorgraph.vocabulary import counted

if TYPE_CHECKING:
    from collections.abc import Iterable

    from actorgraph.analysis.match import Aim, Match, Matches, Parting

_MOST_NAMED: Final = 12
"""How many actors a cell or a sentence names."""

_MOST_PARTS: Final = 4
"""How many proposals a cell names."""

_MOST_AIMS: Final = 20
"""How many positions of the set are listed with who is in their way."""

METHOD: Final = {
    "scale": (
        "MATCH is 1 less the city-block distance, the mean{weighed} of |q − q'| / R over the shared proposals, R being "
        "the whole scale: 1 where all is the same, 0 where all is opposite (compared with other methods in Louwerse "
        "and Rosema 2014)."
    ),
    "binary": (
        "MATCH is the share{weighed} of the shared proposals on which both are on one side, for or against, as "
        "agreement methods count (Louwerse and Rosema 2014); positions without a side do not count."
    ),
}


def match_grids(answer: Matches) -> tuple[Grid, ...]:
    """Return the matches as tables: a line an actor, the nearest first; then a line for each position of the set."""
    names = Names(answer.about)
    above = (_question(answer, names), dateline(answer))
    if not answer.matches:
        nobody = "Nobody else" if "actor" in answer.query else "Nobody"
        below = (f"{nobody} takes a position on any of it. {NO_RECORD}", what_counts(answer))
        return (Grid(above, (), (), below=below),)
    lines = tuple(
        (names.actor(match.actor), number(match.share), str(match.shared), _parts(match, names))
        for match in answer.matches
    )
    first = Grid(above, ("ACTOR", "MATCH", "SHARED", "PARTS ON"), lines, frozenset({3}))
    return first, _in_the_way(answer, names), *behind(answer, names)


def _question(answer: Matches, names: Names) -> str:
    if "actor" in answer.query:
        held = counted(len(answer.aims), "position")
        return f"Who is near {names.actor(answer.query['actor'])}, by its {held}?"
    return f"Who could sign this? {counted(len(answer.aims), 'position')} matched with every actor"


def _parts(match: Match, names: Names) -> str:
    """Return what an actor holds where it parts from the set, opposite sides first."""
    parts = sorted(match.parts, key=lambda part: not part.opposed)
    return "; ".join(_first((_part(part, names) for part in parts), _MOST_PARTS)) or "nothing"


def _part(part: Parting, names: Names) -> str:
    conditional = " (on conditions)" if part.conditional else ""
    return f"{part.position} {names.proposal(part.proposal)}{conditional}"


def _in_the_way(answer: Matches, names: Names) -> Grid:
    """Return a line for each position of the set: how many are on its side, and who is on the other."""
    weighs = _weighs(answer)
    lines = tuple(
        (
            names.proposal(aim.proposal),
            aim.position,
            *([f"{aim.weight:g}"] if weighs else []),
            str(len(aim.agree)),
            str(len(aim.between)),
            several(_first(map(names.actor, aim.against) if aim.against else ["nobody"], _MOST_NAMED)),
        )
        for aim in sorted(answer.aims, key=lambda aim: -len(aim.against))[:_MOST_AIMS]
    )
    rest = len(answer.aims) - len(lines)
    headings = ("PROPOSAL", "WANTED", *["WEIGHT"] * weighs, "WITH IT", "BETWEEN", "IN THE WAY")
    below = (
        *([f"{counted(rest, 'more position')}, with no more in the way of any; JSON has all."] if rest else []),
        _willing(answer, names),
        *_too_few(answer),
        METHOD[answer.query["levels"]].format(weighed=", by weight," if weighs else ""),
        f"On these proposals: {what_counts(answer)}",
    )
    title = ("Who stands in the way of what?",)
    return Grid(title, headings, lines, frozenset({0, len(headings) - 1}), below=below)


def _weighs(answer: Matches) -> bool:
    """Whether some position of the set weighs more than another."""
    return len({aim.weight for aim in answer.aims}) > 1


def _willing(answer: Matches, names: Names) -> str:
    """Return who opposes nothing in the set, with on how many of its proposals each has a position."""
    if not answer.willing:
        return "Opposed to nothing in it: nobody who takes a position on it."
    of = len(answer.aims)
    who = (f"{names.actor(match.actor)} ({_held(match, answer.aims)} of {of})" for match in answer.willing)
    listed = several(_first(who, _MOST_NAMED))
    return f"Opposed to nothing in it, with on how many of it each takes a position: {listed}."


def _first(texts: Iterable[str], most: int) -> list[str]:
    """Return texts, of too many the first alone and how many more there are: JSON and CSV have all of them."""
    listed = list(texts)
    rest = len(listed) - most
    return listed if rest <= 1 else [*listed[:most], f"{rest} others"]


def _held(match: Match, aims: Iterable[Aim]) -> int:
    return sum(match.actor in (*aim.agree, *aim.between, *aim.against) for aim in aims)


def _too_few(answer: Matches) -> tuple[str, ...]:
    least = answer.query["min_shared"]
    few = sum(match.share is None for match in answer.matches)
    if not few:
        return ()
    return (f"No MATCH where fewer than {least} are shared (--min-shared): {few} of {len(answer.matches)}.",)
