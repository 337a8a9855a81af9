"""How near every actor is to a set of positions, as tables: who could sign it, and who stands in the way of what."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from actorgraph.questions.cells import several
from actorgraph.render.grid import Grid
from actorgraph.render.measured import behind, number, what_counts
from actorgraph.render.phrases import NO_RECORD, Names, dateline, first_of
from actorgraph.vocabulary import counted

if TYPE_CHECKING:
    from collections.abc import Iterable

    from actorgraph.analysis.match import Aim, Match, Matches, Parting

_MOST: Final = 40
"""So many actors a table shows; of more with a number, the half of it that is nearest and that which is farthest."""

_MOST_NAMED: Final = 12
"""How many actors a cell or a sentence names."""

_MOST_PARTS: Final = 3
"""How many proposals a cell names."""

_MOST_AIMS: Final = 20
"""How many positions of the set are listed with who is in their way. Where records are asked for, all of it is."""

SAME_SIDE: Final = (
    "WITH IT counts those on the same side: supports with open, opposes with sceptical, neutral with undecided "
    "(`tally` and `series` count open and sceptical as between)."
)

_METHOD: Final = {
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
    return _nearest_first(answer, names, above), _in_the_way(answer, names), *behind(answer, names)


def _nearest_first(answer: Matches, names: Names, above: tuple[str, ...]) -> Grid:
    """Return a line an actor; of many the nearest and the farthest alone, where no records are asked for."""
    near, far = answer.matches, answer.matches[:0]
    ranked = tuple(match for match in near if match.share is not None)
    if not answer.rows and len(near) > _MOST:
        near, far = (ranked[: _MOST // 2], ranked[-_MOST // 2 :]) if len(ranked) > _MOST else (near[:_MOST], far)
    left = len(answer.matches) - len(near) - len(far)
    most = None if answer.rows else _MOST_PARTS
    lines = [
        (names.actor(match.actor), number(match.share), f"{match.shared:,}", _parts(match, names, most))
        for match in (*near, *far)
    ]
    lines[len(near) : len(near)] = [("…", "", "", "")] * bool(left)
    below = (f"and {left} more: all with --explain, in JSON and CSV.",) if left else ()
    return Grid(above, ("ACTOR", "MATCH", "SHARED", "DIFFERS ON"), tuple(lines), frozenset({3}), below=below)


def _question(answer: Matches, names: Names) -> str:
    if "actor" in answer.query:
        held = counted(len(answer.aims), "position")
        return f"{names.actor(answer.query['actor'])}: who is nearest, by its {held}?"
    return f"Who could sign this? {counted(len(answer.aims), 'position')} matched with every actor"


def _parts(match: Match, names: Names, most: int | None) -> str:
    """Return what an actor holds where it differs from the set, opposite sides first."""
    parts = sorted(match.parts, key=lambda part: not part.opposed)
    listed = first_of((_part(part, names) for part in parts), most)
    if most is not None and len(parts) > most:
        listed[-1] = f"and {listed[-1]}"
    return "; ".join(listed) or "nothing"


def _part(part: Parting, names: Names) -> str:
    conditional = " (on conditions)" if part.conditional else ""
    return f"{part.position} {names.proposal(part.proposal)}{conditional}"


def _in_the_way(answer: Matches, names: Names) -> Grid:
    """Return a line for each position of the set: how many are on its side, and who is on the other."""
    weighs = _weighs(answer)
    most_aims, most_named = (None, None) if answer.rows else (_MOST_AIMS, _MOST_NAMED)
    lines = tuple(
        (
            names.proposal(aim.proposal),
            aim.position,
            *([f"{aim.weight:g}"] if weighs else []),
            f"{len(aim.agree):,}",
            f"{len(aim.between):,}",
            several(first_of(map(names.actor, aim.against), most_named)) if aim.against else "nobody",
        )
        for aim in sorted(answer.aims, key=lambda aim: -len(aim.against))[:most_aims]
    )
    rest = len(answer.aims) - len(lines)
    headings = ("PROPOSAL", "WANTED", *["WEIGHT"] * weighs, "WITH IT", "BETWEEN", "IN THE WAY")
    below = (
        *(
            [f"{counted(rest, 'more position')}, with no more in the way of any: all with --explain and in JSON."]
            if rest
            else []
        ),
        SAME_SIDE,
        _willing(answer, names, most_named),
        *_too_few(answer),
        _METHOD[answer.query["levels"]].format(weighed=", by weight," if weighs else ""),
        f"On these proposals: {what_counts(answer)}",
    )
    title = ("Who stands in the way of what?",)
    return Grid(title, headings, lines, frozenset({0, len(headings) - 1}), below=below)


def _weighs(answer: Matches) -> bool:
    """Whether some position of the set weighs more than another."""
    return len({aim.weight for aim in answer.aims}) > 1


def _willing(answer: Matches, names: Names, most: int | None) -> str:
    """Return who opposes nothing in the set, with on how many of its proposals each has a position."""
    if not answer.willing:
        return "Opposed to nothing in it: nobody who takes a position on it."
    of = len(answer.aims)
    who = (f"{names.actor(match.actor)} ({_held(match, answer.aims)} of {of})" for match in answer.willing)
    listed = several(first_of(who, most))
    return f"Opposed to nothing in it (in brackets, how many of its points each takes a position on): {listed}."


def _held(match: Match, aims: Iterable[Aim]) -> int:
    return sum(match.actor in (*aim.agree, *aim.between, *aim.against) for aim in aims)


def _too_few(answer: Matches) -> tuple[str, ...]:
    least = answer.query["min_shared"]
    few = sum(match.share is None for match in answer.matches)
    if not few:
        return ()
    return (f"No MATCH where fewer than {least} are shared (--min-shared): {few:,} of {len(answer.matches):,}.",)
