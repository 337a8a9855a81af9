"""Rows of `who`, `what` and a whole day, as tables and as flat records for CSV."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from actorgraph.questions.who import what
from actorgraph.render.grid import Grid, isolated
from actorgraph.render.phrases import (
    cite,
    dateline,
    grades,
    held,
    leads,
    legend,
    names_of,
    nothing,
    reasons,
    tone,
)
from actorgraph.vocabulary import ANY, IN_A_SENTENCE, SILENT

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from actorgraph.ledger.store import Ledger
    from actorgraph.questions.rows import Row
    from actorgraph.questions.view import Answer
    from actorgraph.render.phrases import Envelope, Names

ROW_COLUMNS: Final = (
    "as_of",
    "known_by",
    "assume",
    "actor",
    "actor_name",
    "kind",
    "position",
    "proposal",
    "proposal_title",
    "since",
    "until",
    "last_said",
    "conditions",
    "speaker",
    "basis",
    "because",
    "contested",
    "stale",
    "records",
    "evidence",
)

_SILENCE: Final = (
    "Silent: no stance and no commitment is on record, which does not mean neutral. A person is listed only with "
    "positions of their own, and if they speak for nobody else."
)


def answer_grid(answer: Answer, ledger: Ledger) -> Grid:
    """Return the rows of `who`, `what` or a whole snapshot as a table."""
    command = answer.query["command"]
    names = names_of(ledger)
    above = (*_question(answer, ledger, names), dateline(answer, ledger))
    if not answer.rows:
        about_actor = command == "what" or _is_against_actor(answer)
        lead = leads(answer, ledger, answer.query["target"], names) if about_actor else ()
        return Grid(above, (), (), below=(_nothing(answer), *lead))
    if answer.query.get("position") == SILENT:
        silent = tuple((isolated(row.actor_name), row.actor) for row in answer.rows)
        return Grid(above, ("ACTOR", "ID"), silent, frozenset({0}), below=(_SILENCE,))
    own = _own_sides(answer, ledger, names) if _is_against_actor(answer) else {}
    if command == "export" or own:
        subject: tuple[str, ...] = ("ACTOR", "PROPOSAL")
    else:
        subject = ("PROPOSAL",) if command == "what" else ("ACTOR",)
    lines = tuple((*_subject(row, subject, names, own), *_position(row, names)) for row in answer.rows)
    position = len(subject)
    return Grid(
        above,
        (*subject, "POSITION", "SINCE", "EVIDENCE"),
        lines,
        frozenset({*range(position), position, position + 2}),
        position,
        tuple(tone(row.position) for row in answer.rows),
        legend(answer.rows, ledger),
    )


def _question(answer: Answer, ledger: Ledger, names: Names) -> tuple[str, ...]:
    """Return the question in words, or the title of a whole model and what it covers."""
    query = answer.query
    if query["command"] == "export":
        return (isolated(ledger.title), *([ledger.description] if ledger.description else []))
    if query["command"] == "what":
        return (f"What are the positions of {names.actor(query['target'])}?",)
    if _is_against_actor(answer):
        name = names.actor(query["target"])
        return (f"Who opposes {name}: supports what it opposes, or opposes what it supports?",)
    position = query["position"]
    asked = {ANY: "has a position on", SILENT: "is silent on", **IN_A_SENTENCE}.get(position, position)
    return (f"Who {asked} {names.proposal(query['target'])}?",)


def _is_against_actor(answer: Answer) -> bool:
    return answer.query.get("target_type") == "actor"


def _own_sides(answer: Answer, ledger: Ledger, names: Names) -> dict[str, str]:
    """Return the positions of the actor that others oppose, by proposal: which, since when, and the grades."""
    target, assume, stated = answer.query["target"], answer.assume, "stated" in answer.query
    own = what(ledger, target, as_of=answer.as_of, assume=assume, stated=stated).rows
    return {
        row.proposal: f"({names.actor(row.actor)} {held(row)}, since {row.since}{grades(row)})"
        for row in own
        if row.kind == "stance" and row.position in ("supports", "opposes")
    }


def _subject(row: Row, subject: tuple[str, ...], names: Names, own: Mapping[str, str]) -> tuple[str, ...]:
    """Return whose position a row is, and on what, as far as a table shows both; the speaker stands with the first."""
    cells = {"ACTOR": names.actor(row.actor), "PROPOSAL": names.proposal(row.proposal)}
    if row.proposal in own:
        cells["PROPOSAL"] += f"\n{own[row.proposal]}"
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


def row_records(answer: Envelope, rows: Iterable[Row]) -> list[dict[str, object]]:
    """Return rows as flat records with the columns of `ROW_COLUMNS`."""
    return [
        {
            **row._asdict(),
            "as_of": answer.as_of,
            "known_by": answer.known_by,
            "assume": answer.assume,
            "because": tuple(f"{step.rule}: {step.position} {step.proposal}" for step in row.because),
            "evidence": tuple(map(cite, row.evidence)),
        }
        for row in rows
    ]
