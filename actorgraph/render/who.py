"""Rows of `who`, `what` and a whole day, as tables and as flat records for CSV."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from actorgraph.questions.who import what
from actorgraph.render.grid import Grid
from actorgraph.render.phrases import because, cite, dateline, grades, held, leads, legend, nothing, tone
from actorgraph.vocabulary import ANY, IN_A_SENTENCE, SILENT

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from actorgraph.ledger.store import Ledger
    from actorgraph.questions.rows import Row
    from actorgraph.questions.view import Answer
    from actorgraph.render.phrases import Envelope

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
    "Silent: no stance and no commitment on record, which is not neutrality. Persons are listed only where they hold "
    "something in their own name and speak for nobody else."
)


def answer_grid(answer: Answer, ledger: Ledger) -> Grid:
    """Return the rows of `who`, `what` or a whole snapshot as a table."""
    command = answer.query["command"]
    by_actor = command != "what"
    above = (_question(answer, ledger), dateline(answer, ledger))
    if not answer.rows:
        asked_of = command == "what" or _is_against_actor(answer)
        lead = leads(answer, ledger, answer.query["target"]) if asked_of else ()
        return Grid(above, (), (), below=(_nothing(answer), *lead))
    if answer.query.get("position") == SILENT:
        silent = tuple((row.actor_name, row.actor) for row in answer.rows)
        return Grid(above, ("ACTOR", "ID"), silent, frozenset({0}), below=(_SILENCE,))
    names = ledger.names("actor") | ledger.names("proposal")
    both = command == "export" or _is_against_actor(answer)
    against = _own_sides(answer, ledger) if _is_against_actor(answer) else {}
    lines = tuple(_row_line(row, names, by_actor=by_actor, both=both) for row in answer.rows)
    if against:
        lines = tuple(
            (actor, f"{title}\n{against[row.proposal]}", *rest)
            for (actor, title, *rest), row in zip(lines, answer.rows, strict=True)
        )
    subject = ("ACTOR", "PROPOSAL") if both else ("ACTOR",) if by_actor else ("PROPOSAL",)
    headings = (*subject, "POSITION", "SINCE", "EVIDENCE")
    at = len(subject)
    flexible = frozenset({*range(at), at, at + 2})
    tones = tuple(tone(row.position) for row in answer.rows)
    return Grid(above, headings, lines, flexible, at, tones, below=legend(answer.rows, ledger))


def _question(answer: Answer, ledger: Ledger) -> str:
    query = answer.query
    if _is_against_actor(answer):
        return f"Who opposes {ledger.resolve(query['target'], 'actor').name}: supports what it opposes, or the reverse?"
    if query["command"] == "who":
        proposal = ledger.resolve(query["target"], "proposal").name
        asked = {ANY: "holds any position on", SILENT: "is silent on", **IN_A_SENTENCE}.get(
            query["position"], query["position"]
        )
        return f"Who {asked} {proposal}?"
    if query["command"] == "what":
        return f"What does {ledger.resolve(query['target'], 'actor').name} hold?"
    return ledger.title


def _is_against_actor(answer: Answer) -> bool:
    return answer.query.get("target_type") == "actor"


def _own_sides(answer: Answer, ledger: Ledger) -> dict[str, str]:
    """Return what the actor that others oppose holds itself, by proposal: position, since when, and the grades."""
    target, assume, stated = answer.query["target"], answer.assume, "stated" in answer.query
    own = what(ledger, target, as_of=answer.as_of, assume=assume, stated=stated).rows
    return {
        row.proposal: f"({row.actor_name} {held(row)}, since {row.since}{grades(row)})"
        for row in own
        if row.kind == "stance" and row.position in ("supports", "opposes")
    }


def _row_line(row: Row, names: Mapping[str, str], *, by_actor: bool, both: bool) -> tuple[str, ...]:
    voice = f"\nby {names[row.speaker]}" if row.speaker else ""
    first = (row.actor_name if by_actor else row.proposal_title) + voice
    return (
        first,
        *(row.proposal_title,) * both,
        held(row),
        f"{row.since}\nlast said\n{row.last_said}" if row.last_said != row.since else row.since or "",
        "\n".join((*([because(row, names)] if row.because else []), *map(cite, row.evidence))),
    )


def _nothing(answer: Answer) -> str:
    query = answer.query
    if query["command"] == "who" and query["position"] == SILENT:
        return "Nobody: every actor has something on record on it, or is a person who speaks for one that may."
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
