"""The questions: who, what, and all that is in force, as rows.

The SQL is one portable text over the ledger's `holdings`: interval predicates and joins, integer dates, `?`
parameters. What SQL is poor at (grades, wording, sorting for people) happens on the few rows that come back.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from actorgraph.dates import day_of, iso
from actorgraph.errors import UsageProblem, did_you_mean
from actorgraph.ledger import RECORD_COLUMNS, TYPES, Ledger, Thing, records_of
from actorgraph.words import ANY, POSITIONS, SILENT, STAGES, grade

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

IN_FORCE: Final = "since <= ? AND until > ?"
"""The one definition of being in force on a day D: since is inside, until is outside."""

COLUMNS: Final = (
    "kind, actor, actor_name, proposal, proposal_title, position, since, until, conditions, basis, because, "
    "contested, said"
)
TIE_COLUMNS: Final = "record, actor, relation, target, role, since, until"
ASKED: Final = (*POSITIONS, *STAGES, ANY, SILENT)
"""What `who` can be asked for."""


class Cited(NamedTuple):
    """An evidence as an answer cites it: `published` as the source bears it, `grade` such as D3 or None."""

    source: str
    publisher: str
    published: str
    lines: str | None
    page: str | None
    via: str | None
    grade: str | None


class Step(NamedTuple):
    """A link in the chain behind an inferred row: a position on a proposal, and the rule by which it follows.

    The rule is `stated` for the first link, which rests on the row's records; `entails` where the proposal before
    entails this one, `entailed` where this one entails that; `excludes`; and `undertakes` for the support that lies
    in a commitment. The last link is the row's own position.
    """

    position: str
    proposal: str
    rule: str


class Row(NamedTuple):
    """A holding on the day that was asked about. Dates are ISO; `until`, the first day outside, may be None.

    `position` holds the stage where `kind` is commitment. `records`, oldest first, and `last_said` name only what
    had been said by that day. An actor without any record has kind and position `silence` and `silent`.
    """

    actor: str
    actor_name: str
    kind: str
    position: str
    proposal: str
    proposal_title: str
    since: str | None
    until: str | None
    last_said: str | None
    conditions: tuple[str, ...]
    speaker: str | None
    basis: str
    because: tuple[Step, ...]
    contested: bool
    records: tuple[str, ...]
    evidence: tuple[Cited, ...]


class Answer(NamedTuple):
    """Rows under an envelope that says what was asked, of which model, and for which day."""

    query: dict[str, Any]
    model: str
    as_of: str
    known_by: str | None
    assume: tuple[str, ...]
    rows: tuple[Row, ...]


def who(ledger: Ledger, position: str, target: str, *, as_of: str | date, stated: bool = False) -> Answer:
    """Return who holds a position (or has reached a stage) on a proposal, as of a day.

    `position` is a position, a stage, `any`, or `silent`: the actors that hold nothing on it, persons only where
    they hold something in their own name elsewhere. Rows are sorted by actor name; with `stated`, what is only
    inferred is left out. Raises `UsageProblem` for an unknown position, name or date.

    >>> from actorgraph import load
    >>> answer = who(load("examples/minimal.yaml"), "opposes", "the harbour", as_of="2026-06")
    >>> [(row.actor_name, row.since, row.evidence[0].grade) for row in answer.rows]
    [('Fishers’ Union', '2026-01-15', 'B2')]
    """
    if position not in ASKED:
        hint = did_you_mean(position, ASKED) or f"; it is one of {', '.join(ASKED)}"
        raise UsageProblem(f"unknown position '{position}'{hint}")
    proposal = ledger.resolve(target, "proposal")
    day = day_of(as_of)
    query = {"command": "who", "position": position, "target": proposal.id}
    if position == SILENT:
        return _answer(ledger, query, day, _silent(ledger, proposal, day))
    sql = f"SELECT {COLUMNS} FROM holdings WHERE proposal = ? AND {IN_FORCE}{_basis(stated=stated)}"
    parameters: list[object] = [proposal.id, day, day]
    if position != ANY:
        sql += " AND position = ?"
        parameters.append(position)
    return _answer(ledger, query, day, in_order(rows_of(ledger, ledger.rows(sql, parameters), day)))


def what(ledger: Ledger, actor: str, *, as_of: str | date, stated: bool = False) -> Answer:
    """Return everything that an actor holds as of a day: stances and commitments, sorted by proposal.

    With `stated`, what is only inferred is left out. Raises `UsageProblem` for an unknown name or date.

    >>> from actorgraph import load
    >>> answer = what(load("examples/minimal.yaml"), "harbour board", as_of="2026-06")
    >>> [(row.position, row.proposal) for row in answer.rows]
    [('supports', 'harbour'), ('pledges', 'harbour')]
    """
    found = ledger.resolve(actor, "actor")
    day = day_of(as_of)
    sql = f"SELECT {COLUMNS} FROM holdings WHERE actor = ? AND {IN_FORCE}{_basis(stated=stated)}"
    rows = in_order(rows_of(ledger, ledger.rows(sql, (found.id, day, day)), day))
    return _answer(ledger, {"command": "what", "target": found.id}, day, rows)


def everything(ledger: Ledger, *, as_of: str | date, stated: bool = False) -> Answer:
    """Return every row in force on a day; with `stated`, none that is only inferred."""
    day = day_of(as_of)
    rows = rows_of(ledger, _in_force(ledger, day, stated=stated), day)
    return _answer(ledger, {"command": "export"}, day, in_order(rows))


def _in_force(ledger: Ledger, day: int, *, stated: bool) -> list[tuple[Any, ...]]:
    return ledger.rows(f"SELECT {COLUMNS} FROM holdings WHERE {IN_FORCE}{_basis(stated=stated)}", (day, day))


def _basis(*, stated: bool) -> str:
    return " AND basis = 'stated'" if stated else ""


class TieRow(NamedTuple):
    """A relation in force: `until`, the first day outside, is None where it has not ended."""

    record: str
    actor: str
    relation: str
    to: str
    role: str | None
    since: str | None
    until: str | None


class Snapshot(NamedTuple):
    """All that is in force on a day, with everything that it refers to by id.

    `ever` is (kind, actor, proposal, position) of every holding of any day: a drawing that gives each of them its
    place stays still when the day moves.
    """

    model: str
    title: str
    as_of: str
    known_by: str | None
    latest_source: str | None
    rows: tuple[Row, ...]
    ties: tuple[TieRow, ...]
    things: dict[str, dict[str, Thing]]
    ever: tuple[tuple[str, str, str, str], ...]


def snapshot(ledger: Ledger, *, as_of: str | date, stated: bool = False) -> Snapshot:
    """Return all holdings and relations in force on a day, and the things that they speak of, by type and id.

    >>> from actorgraph import load
    >>> len(snapshot(load("examples/minimal.yaml"), as_of="2026-06").rows)
    3
    """
    day = day_of(as_of)
    lines = _in_force(ledger, day, stated=stated)
    things: dict[str, dict[str, Thing]] = {kind: {} for kind in (*TYPES, "stance", "commitment")}
    for thing in ledger.things(*TYPES):
        things[thing.type][thing.id] = thing
    for line in lines:
        if line[COLUMNS.split(", ").index("basis")] != "stated":
            continue  # it rests on a record of another line
        for record in records_of([line[COLUMNS.split(", ").index(name)] for name in RECORD_COLUMNS.split(", ")]):
            things[record.type][record.id] = record
    return Snapshot(
        ledger.model,
        ledger.title,
        str(iso(day)),
        ledger.known_by,
        ledger.latest_source,
        in_order(rows_of(ledger, lines, day)),
        ties(ledger, day),
        things,
        tuple(sorted(ledger.rows("SELECT DISTINCT kind, actor, proposal, position FROM holdings"))),
    )


def ties(ledger: Ledger, day: int) -> tuple[TieRow, ...]:
    """Return the relations in force on a day, sorted by actor, relation and target."""
    return _ties(ledger.rows(f"SELECT {TIE_COLUMNS} FROM ties WHERE {IN_FORCE}", (day, day)))


def ties_of(ledger: Ledger, actor: str) -> tuple[TieRow, ...]:
    """Return the relations from or to an actor (by id) at any time, sorted by actor, relation and target."""
    return _ties(ledger.rows(f"SELECT {TIE_COLUMNS} FROM ties WHERE actor = ? OR target = ?", (actor, actor)))


def _ties(lines: Iterable[Sequence[Any]]) -> tuple[TieRow, ...]:
    found = sorted(lines, key=lambda one: (one[1], one[2], one[3], one[5], one[0]))
    return tuple(
        TieRow(record, actor, relation, target, role, iso(since), iso(until))
        for record, actor, relation, target, role, since, until in found
    )


def speaks_for(ledger: Ledger, actor: str, *, as_of: str | date) -> tuple[str, ...]:
    """Return the ids of those whom an actor (by id) represents on a day, sorted."""
    found = ties(ledger, day_of(as_of))
    return tuple(dict.fromkeys(one.to for one in found if one.actor == actor and one.relation == "represents"))


def rows_of(ledger: Ledger, lines: Iterable[Sequence[Any]], day: int) -> list[Row]:
    """Return the rows that lines of the holdings table (its `COLUMNS`) make on a day, in no order."""
    heard = [_heard(line, day) for line in lines]
    cited = {one["source"] for _, _, said in heard for *_, record in said for one in record["evidence"]}
    sources = ledger.things_by_id("source", cited)
    return [_row(line, because, said, sources) for line, because, said in heard]


def _heard(line: Sequence[Any], day: int) -> tuple[Sequence[Any], tuple[Step, ...], list[Any]]:
    """Return a line with the chain behind it, if it is inferred, and what had been said for it by a day."""
    *_, because, _, said = line
    heard = [one for one in json.loads(said) if one[1] <= day]
    for since, until, steps, records in json.loads(because):
        if since <= day < until:
            return line, tuple(Step(*step) for step in steps), [one for one in heard if one[0] in records]
    return line, (), heard


def in_order(rows: Iterable[Row]) -> tuple[Row, ...]:
    """Return rows sorted by actor name, proposal and since; contested ones by their best evidence."""
    return tuple(sorted(rows, key=_order))


def _order(row: Row) -> tuple[object, ...]:
    # A stance stands before a commitment on the same proposal; the sides of a contest by grade, then record.
    kind = "commitment" if row.kind == "silence" else row.kind
    key = (row.actor_name.casefold(), row.actor, row.proposal, kind != "stance", row.since or "")
    return (*key, *_best_grade(row.evidence), row.records)


def _best_grade(evidence: Iterable[Cited]) -> tuple[str, str]:
    """Return the best reliability and, with it, credibility; what nobody graded counts as not to be judged."""
    marks = [one.grade or "??" for one in evidence]
    return min(((mark[0].replace("?", "F"), mark[1].replace("?", "6")) for mark in marks), default=("F", "6"))


def _row(line: Sequence[Any], because: tuple[Step, ...], said: Sequence[Any], sources: Mapping[str, Thing]) -> Row:
    kind, actor, name, proposal, title, position, since, until, conditions, basis, _, contested, _ = line
    records = [record for *_, record in said]
    return Row(
        actor,
        name,
        kind,
        position,
        proposal,
        title,
        iso(since),
        iso(until),
        iso(said[-1][1]),
        tuple(json.loads(conditions)),
        records[-1].get("speaker"),
        basis,
        because,
        bool(contested),
        tuple(key for key, *_ in said),
        tuple(dict.fromkeys(_cited(one, sources) for record in records for one in record["evidence"])),
    )


def _cited(one: Mapping[str, Any], sources: Mapping[str, Thing]) -> Cited:
    source = sources[one["source"]].body
    mark = grade(source.get("reliability"), one.get("credibility"))
    where = (one.get("lines"), one.get("page"), one.get("via"))
    return Cited(one["source"], source["publisher"], source["published"], *where, mark)


def _silent(ledger: Ledger, proposal: Thing, day: int) -> tuple[Row, ...]:
    spoke = f"SELECT actor FROM holdings WHERE proposal = ? AND {IN_FORCE}{_basis(stated=True)}"
    heard = {actor for (actor,) in ledger.rows(spoke, (proposal.id, day, day))}
    own_voice = {actor for (actor,) in ledger.rows("SELECT DISTINCT actor FROM holdings WHERE since <= ?", (day,))}
    return in_order(
        Row(
            actor=thing.id,
            actor_name=thing.name,
            kind="silence",
            position=SILENT,
            proposal=proposal.id,
            proposal_title=proposal.name,
            since=None,
            until=None,
            last_said=None,
            conditions=(),
            speaker=None,
            basis="stated",
            because=(),
            contested=False,
            records=(),
            evidence=(),
        )
        for thing in ledger.things("actor")
        if thing.id not in heard and (thing.body["kind"] != "person" or thing.id in own_voice)
    )


def _answer(ledger: Ledger, query: dict[str, Any], day: int, rows: tuple[Row, ...]) -> Answer:
    return Answer(query, ledger.model, str(iso(day)), ledger.known_by, (), rows)
