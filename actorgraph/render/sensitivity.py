"""What rests on one source, as tables: a line a source, what would be another position, and what rests on one alone."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from actorgraph.dates import in_table
from actorgraph.questions.changes import rows_of_changes
from actorgraph.questions.kinds_of_change import MIRROR
from actorgraph.questions.options import NARROWINGS
from actorgraph.render.diff import CHANGE_TONES, both_sides
from actorgraph.render.grid import Grid
from actorgraph.render.phrases import Names, conditions_in, dateline, nothing, standing, tone
from actorgraph.render.wrapping import isolated
from actorgraph.vocabulary import counted

if TYPE_CHECKING:
    from collections.abc import Mapping

    from actorgraph.questions.changes import Change
    from actorgraph.questions.sensitivity import Loss, Sensitivity

GONE: Final = "gone"
"""What `ended` is called here: it is the record of it that ends, not the position."""


def sensitivity_grids(answer: Sensitivity) -> tuple[Grid, ...]:
    """Return what rests on one source as tables, the most consequential source first.

    Sources are numbered there, and the other tables refer to them by these numbers.
    """
    names = Names(answer.about)
    above = (_question(answer, names), dateline(answer))
    if not answer.sources:
        held = counted(answer.positions, "position")
        below = f"{held} in force, and no source is cited." if answer.positions else nothing(answer)
        return (Grid(above, (), (), below=(below,)),)
    numbers = {loss.source: f"[{number}]" for number, loss in enumerate(answer.sources, start=1)}
    others = [(loss, change) for loss in answer.sources for change in loss.changes if change.change != "ended"]
    grids = (_sources(answer, numbers, above), *_others(others, numbers, names), *_alone(answer, numbers, names))
    rows = (*answer.alone, *rows_of_changes(change for _, change in others))
    last = grids[-1]
    return *grids[:-1], last._replace(below=(*last.below, *conditions_in(answer, rows), _total(answer)))


def _question(answer: Sensitivity, names: Names) -> str:
    if answer.about.target_type == "actor":
        return f"{names.actor(answer.query['target'])}: which positions rest on a single source?"
    if answer.about.target_type == "proposal":
        return f"Which positions on {names.title(answer.query['target'])} rest on a single source?"
    return "Which positions rest on a single source?"


def _sources(answer: Sensitivity, numbers: Mapping[str, str], above: tuple[str, ...]) -> Grid:
    """Return a line for each source on which a position in force rests, and how many others there are."""
    cited = [loss for loss in answer.sources if loss.positions or loss.changes]
    briefly = Counter(map(_in_brief, cited))
    lines = tuple(
        (
            f"{numbers[loss.source]} {_in_brief(loss)}" + (f" ({loss.source})" if briefly[_in_brief(loss)] > 1 else ""),
            str(loss.positions),
            _without(loss),
        )
        for loss in cited
    )
    rest = len(answer.sources) - len(cited)
    is_part = "target" in answer.query or any(map(answer.query.get, NARROWINGS))
    asked = "that was asked about and is in force" if is_part else "that is in force"
    reported = f"{counted(rest, 'other source')} {'reports' if rest == 1 else 'report'} no position {asked}."
    headings = ("SOURCE", "POSITIONS", "WITHOUT IT")
    return Grid(above, headings, lines, frozenset({0, 2}), below=(reported,) * bool(rest))


def _in_brief(loss: Loss) -> str:
    return f"{isolated(loss.publisher)} {in_table(loss.published)}"


def _without(loss: Loss) -> str:
    """Return how many positions would be gone, and how many would be others, by the kind of change.

    Where an actor holds several at once, contested or toward several, and all would be gone, each of them counts.
    """
    count = Counter(change.change for change in loss.changes)
    count["ended"] = sum(len(change.before) for change in loss.changes if change.change == "ended")
    kinds = sorted(MIRROR, key=lambda kind: kind != "ended")
    return ", ".join(f"{count[kind]:,} {_kind(kind)}" for kind in kinds if count[kind]) or "the same"


def _kind(change: str) -> str:
    return GONE if change == "ended" else change


def _others(changes: list[tuple[Loss, Change]], numbers: Mapping[str, str], names: Names) -> tuple[Grid, ...]:
    """Return what would be another position, or stand in another way; no table where there is nothing."""
    if not changes:
        return ()
    lines = tuple(
        (
            change.change,
            names.actor(change.actor),
            f"{names.proposal(change.proposal)}: {both_sides(change, names)}",
            numbers[loss.source],
        )
        for loss, change in changes
    )
    return (
        Grid(
            ("Not gone, but different without one source",),
            ("CHANGE", "ACTOR", "PROPOSAL: WITH IT → WITHOUT IT", "SOURCE"),
            lines,
            frozenset({1, 2}),
            0,
            tuple(CHANGE_TONES.get(change.change, "between") for _, change in changes),
        ),
    )


def _alone(answer: Sensitivity, numbers: Mapping[str, str], names: Names) -> tuple[Grid, ...]:
    """Return the positions that rest on one source alone; no table where none does."""
    if not answer.alone:
        return ()
    lines = tuple(
        (
            names.actor(row.actor),
            f"{names.proposal(row.proposal)}: {standing(row, names)}",
            numbers[row.evidence[0].source],
        )
        for row in answer.alone
    )
    tones = tuple(tone(row.position) for row in answer.alone)
    headings = ("ACTOR", "PROPOSAL: POSITION", "SOURCE")
    return (Grid(("On one source alone",), headings, lines, frozenset({0, 1}), 1, tones),)


def _total(answer: Sensitivity) -> str:
    """Return how many positions rest on one source alone, of how many.

    >>> from actorgraph import load, sensitivity
    >>> _total(sensitivity(load("examples/minimal.yaml"), as_of="2026-06"))
    '3 of 3 positions rest on one source alone; 4 sources.'
    """
    verb = "rests" if len(answer.alone) == 1 else "rest"
    positions, sources = counted(answer.positions, "position"), counted(len(answer.sources), "source")
    return f"{len(answer.alone):,} of {positions} {verb} on one source alone; {sources}."
