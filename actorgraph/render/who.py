"""Rows of `who`, `what` and a whole day, as tables."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from actorgraph.questions.cells import held
from actorgraph.render.grid import Grid
from actorgraph.render.phrases import (
    Names,
    dateline,
    grades,
    leads,
    legend,
    nothing,
    reasons,
    tone,
)
from actorgraph.render.wrapping import isolated
from actorgraph.vocabulary import ANY, IN_A_SENTENCE, SILENT

if TYPE_CHECKING:
    from actorgraph.questions.envelope import Answer
    from actorgraph.questions.rows import Row

_SILENCE: Final = (
    "Silent: no stance and no commitment is on record, which does not mean neutral. A person is listed only with "
    "positions of their own, and if they speak for nobody else."
)


def answer_grid(answer: Answer) -> Grid:
    """Return the rows of `who`, `what` or a whole snapshot as a table."""
    command = answer.query["command"]
    names = Names(answer.about)
    above = (*_question(answer, names), dateline(answer))
    if not answer.rows:
        lead = leads(answer, answer.query["target"], names) if answer.about.target_type == "actor" else ()
        return Grid(above, (), (), below=(_nothing(answer), *lead))
    if answer.query.get("position") == SILENT:
        silent = tuple((isolated(row.actor_name), row.actor) for row in answer.rows)
        return Grid(above, ("ACTOR", "ID"), silent, frozenset({0}), below=(_SILENCE,))
    if command == "export" or answer.is_against_actor or "parts" in answer.query:
        subject: tuple[str, ...] = ("ACTOR", "PROPOSAL")
    else:
        subject = ("PROPOSAL",) if command == "what" else ("ACTOR",)
    lines = tuple(
        (*_subject(row, subject, names, answer.opposed_by(row)), *_position(row, names)) for row in answer.rows
    )
    position = len(subject)
    return Grid(
        above,
        (*subject, "POSITION", "SINCE", "EVIDENCE"),
        lines,
        frozenset({*range(position), position, position + 2}),
        position,
        tuple(tone(row.position) for row in answer.rows),
        legend(answer, answer.rows),
    )


def _question(answer: Answer, names: Names) -> tuple[str, ...]:
    """Return the question in words, or the title of a whole model and what it covers."""
    query = answer.query
    if query["command"] == "export":
        return (isolated(answer.about.title), *([answer.about.description] if answer.about.description else []))
    if query["command"] == "what":
        return (f"What are the positions of {names.actor(query['target'])}?",)
    if answer.is_against_actor:
        name = names.actor(query["target"])
        return (f"Who opposes {name}: supports what it opposes, or opposes what it supports?",)
    position = query["position"]
    words = {ANY: "has a position on", SILENT: "is silent on", **IN_A_SENTENCE}
    asked = " or ".join(words.get(word, word) for word in position.split(","))
    return (f"Who {asked} {names.proposal(query['target'])}?",)


def _subject(row: Row, subject: tuple[str, ...], names: Names, own: tuple[Row, ...]) -> tuple[str, ...]:
    """Return whose position a row is, and on what, as far as a table shows both; the speaker stands with the first.

    `own` are the positions on it of the actor that the row is against: which, since when, and their grades.
    """
    cells = {"ACTOR": names.actor(row.actor), "PROPOSAL": names.proposal(row.proposal)}
    for side in own:
        cells["PROPOSAL"] += f"\n({names.actor(side.actor)} {held(side)}, since {side.since}{grades(side)})"
    if row.speaker:
        cells[subject[0]] += f"\nby {names.actor(row.speaker)}"
    return tuple(cells[heading] for heading in subject)


def _position(row: Row, names: Names) -> tuple[str, str, str]:
    """Return what a row's position is, since when and when it was last said, and what it rests on."""
    since = f"{row.since}\nlast said\n{row.last_said}" if row.last_said != row.since else str(row.since)
    return held(row), since, reasons(row, names)


def _nothing(answer: Answer) -> str:
    query = answer.query
    if query["command"] == "who" and query["position"] == SILENT:
        return "Nobody: every actor has a record on it, or is a person who speaks for another."
    return nothing(answer)
