"""Where the actors are on a map, as a table; or why there is none."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from actorgraph.analysis.map import FEWEST_ACTORS, FEWEST_PROPOSALS
from actorgraph.questions.cells import several
from actorgraph.render.grid import Grid
from actorgraph.render.measured import behind, number, what_counts
from actorgraph.render.phrases import Names, dateline, first_of
from actorgraph.vocabulary import counted

if TYPE_CHECKING:
    from actorgraph.analysis.map import ActorMap, Refusal

TITLE: Final = "Who is near whom?"
_METHOD: Final = (
    "Classical scaling (Torgerson 1952, Gower 1966) of city-block distances, the mean of |q − q'| / R over the "
    "proposals that two share, R being the whole {levels}. Only distances mean something: axes have no names, and left "
    "is as good as right."
)
ELLIPSES: Final = (
    "± is the half-axis (in a plane, both) of what an actor's places spread over when other proposals weigh more; it "
    "would hold 95 % of them if they scattered normally: Bayesian bootstrap (Rubin 1981), {times} times, as if these "
    "proposals were some of many. Where it is large, a few proposals decide."
)
_ONE_OF_SEVERAL: Final = (
    "An axis that is not on it would show as much as the last one that is: other maps are as good, on which others are "
    "near each other."
)
_MOST_NAMED: Final = 12
"""How many actors a sentence names."""


def map_grids(answer: ActorMap) -> tuple[Grid, ...]:
    """Return the places of the actors as a table, by name; or why there is no map."""
    names = Names(answer.about)
    above = (TITLE, dateline(answer))
    if answer.refused:
        return (Grid(above, (), (), below=(*refused_in_words(answer, names), what_counts(answer))),)
    plane = answer.query["dimensions"] > 1
    lines = tuple(
        (
            names.actor(point.actor),
            number(point.x),
            *([] if point.y is None else [number(point.y)]),
            " and ".join(map(number, point.half_axes)),
            f"{point.positions:,}",
        )
        for point in answer.points
    )
    headings = ("ACTOR", "X", *["Y"] * plane, "±", "POSITIONS")
    below = (
        f"{rests_on(answer)} {how_good(answer)}",
        _METHOD.format(levels="scale" if answer.query["levels"] == "scale" else "step from against to for"),
        ELLIPSES.format(times=answer.replicates),
        *not_on_map(answer, names),
        what_counts(answer),
    )
    return Grid(above, headings, lines, frozenset({0}), below=below), *behind(answer, names)


def percent(share: float) -> str:
    """Return a share as whole percents.

    >>> percent(0.126)
    '13 %'
    """
    return f"{share * 100:.0f} %"


def rests_on(answer: ActorMap) -> str:
    """Return on how much a map rests."""
    on = counted(answer.proposals, "proposal")
    return f"{counted(len(answer.points), 'actor')} on {on}; each two share at least {answer.fewest_shared}."


def how_good(answer: ActorMap) -> str:
    """Return what part of the distances a map shows, what no map can, and whether a line or another map is as good."""
    axes = " and ".join(map(percent, answer.variance))
    shown = (
        f"{'Axes show' if len(answer.variance) > 1 else 'The axis shows'} {axes} of what is positive in the distances"
    )
    beside = f"{shown}; negative eigenvalues, which no map can show, are {percent(answer.negative or 0)} beside it."
    if _is_flat(answer):
        return f"{beside} The second axis shows 0 %, so --dimensions 1 is enough."
    return f"{beside} {_ONE_OF_SEVERAL}" if answer.next_axis == answer.variance[-1] else beside


def _is_flat(answer: ActorMap) -> bool:
    """Return whether a second axis shows nothing, to a whole percent."""
    return len(answer.variance) > 1 and percent(answer.variance[1]) == percent(0)


def not_on_map(answer: ActorMap, names: Names) -> tuple[str, ...]:
    """Return how many have positions and no place, why, and, where they are few, who."""
    out = answer.not_on_map
    if not out:
        return ()
    who = several(first_of((names.actor(actor.actor) for actor in out), _MOST_NAMED))
    least = answer.query["min_shared"]
    few = "no proposal" if least == 1 else f"fewer than {least} proposals"
    shares = f"that share{'s' * (len(out) == 1)} {few} with some of those on it"
    return (f"Not on the map: {counted(len(out), 'actor')} {shares} ({who}).",)


def refused_in_words(answer: ActorMap, names: Names) -> tuple[str, ...]:
    """Return why there is no map, and what can be asked instead."""
    assert answer.refused is not None, "there is a map"
    pairs = "`actorgraph align` compares two at a time, `actorgraph match ACTOR` all with one."
    lower = answer.refused.instead
    instead = f"With --min-shared {lower} there is one, on less. " if lower else ""
    return (f"{_reason(answer, answer.refused, names)} {instead}{pairs}",)


def _reason(answer: ActorMap, refused: Refusal, names: Names) -> str:
    least = counted(answer.query["min_shared"], "proposal")
    if refused.reason == "distances":
        who = counted(len(refused.actors), "actor")
        return f"There is nothing to map: {who} hold the same on all {refused.proposals} proposals that they share."
    if refused.reason == "proposals":
        who = counted(len(refused.actors), "actor")
        reason = f"{who} share no more than {refused.proposals} among them"
        return f"There is no map: it needs {FEWEST_PROPOSALS} proposals, and {reason}."
    some = refused.actors
    reason = f"{several(map(names.actor, some))} do" if len(some) > 1 else "no two do"
    return f"There is no map: it needs {FEWEST_ACTORS} actors of whom each two share {least}, and {reason}."
