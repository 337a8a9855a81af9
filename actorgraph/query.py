"""The questions: who, what, and all that is in force, as rows.

The SQL is one portable text over the ledger's `holdings`: interval predicates and joins, integer dates, `?`
parameters. What SQL is poor at (grades, wording, sorting for people) happens on the few rows that come back.
"""

from __future__ import annotations

import json
from collections import defaultdict
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from actorgraph.dates import day_of, iso
from actorgraph.errors import UsageProblem, did_you_mean
from actorgraph.ledger import RECORD_COLUMNS, TYPES, Ledger, Thing, records_of
from actorgraph.names import fold
from actorgraph.scenario import Scenario
from actorgraph.words import ANY, POSITIONS, SILENT, STAGES, Step, grade

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

IN_FORCE: Final = "since <= ? AND until > ?"
"""The one definition of being in force on a day D: since is inside, until is outside."""

COLUMNS: Final = (
    "kind, actor, actor_name, proposal, proposal_title, position, since, until, conditions, basis, because, "
    "contested, said"
)
_SINCE, _UNTIL = (COLUMNS.split(", ").index(name) for name in ("since", "until"))
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


class Row(NamedTuple):
    """A holding on the day that was asked about. Dates are ISO; `until`, the first day outside, may be None.

    `since` and `until` are those of the whole holding, as the model knows it; what ended it may have come later.

    `position` holds the stage where `kind` is commitment. `records`, oldest first, and `last_said` name only what
    had been said by that day; `speaker` is who spoke last, nobody where the row is inferred. An actor without any
    record has kind and position `silence` and `silent`.
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


def who(
    ledger: Ledger,
    position: str,
    target: str,
    *,
    as_of: str | date,
    stated: bool = False,
    assume: Iterable[str] = (),
) -> Answer:
    """Return who holds a position (or has reached a stage) on a proposal, as of a day.

    `position` is a position, a stage, `any`, or `silent`: the actors that state nothing on it, persons only where
    they state something in their own name elsewhere and represent nobody. Rows are sorted by actor name. With
    `stated`, what is only inferred is left out; `assume` names conditions that hold, or with `not:` do not. Raises
    `UsageProblem` for an unknown position, name, condition or date.

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
    scenario = Scenario(ledger, assume, day=day)
    query = {"command": "who", "position": position, "target": proposal.id}
    if position == SILENT:
        return _answer(ledger, query, day, scenario, _silent(ledger, proposal, day))
    rows = _in_force(ledger, day, scenario, "proposal = ?", proposal.id, stated=stated)
    asked = tuple(row for row in rows if position in (ANY, row.position))
    return _answer(ledger, query, day, scenario, asked)


def what(ledger: Ledger, actor: str, *, as_of: str | date, stated: bool = False, assume: Iterable[str] = ()) -> Answer:
    """Return everything that an actor holds as of a day: stances and commitments, sorted by proposal.

    With `stated`, what is only inferred is left out; `assume` names conditions that hold, or with `not:` do not.
    Raises `UsageProblem` for an unknown name, condition or date.

    >>> from actorgraph import load
    >>> answer = what(load("examples/minimal.yaml"), "harbour board", as_of="2026-06", assume=["state-loan"])
    >>> [(row.position, row.proposal, row.conditions) for row in answer.rows]
    [('supports', 'harbour', ()), ('pledges', 'harbour', ())]
    """
    found = ledger.resolve(actor, "actor")
    day = day_of(as_of)
    scenario = Scenario(ledger, assume, day=day)
    rows = _in_force(ledger, day, scenario, "actor = ?", found.id, stated=stated)
    return _answer(ledger, {"command": "what", "target": found.id}, day, scenario, rows)


def everything(ledger: Ledger, *, as_of: str | date, stated: bool = False, assume: Iterable[str] = ()) -> Answer:
    """Return every row in force on a day, as `who` and `what` do for some of them."""
    day = day_of(as_of)
    scenario = Scenario(ledger, assume, day=day)
    return _answer(ledger, {"command": "export"}, day, scenario, _in_force(ledger, day, scenario, stated=stated))


def _in_force(
    ledger: Ledger, day: int, scenario: Scenario, where: str = "", *parameters: object, stated: bool
) -> tuple[Row, ...]:
    """Return the rows in force on a day, in order, as far as a scenario leaves them."""
    sql = f"SELECT {COLUMNS} FROM holdings WHERE {IN_FORCE}{f' AND {where}' if where else ''}{of_basis(stated=stated)}"
    return settled(rows_of(ledger, ledger.rows(sql, (day, day, *parameters)), day), scenario)


def of_basis(*, stated: bool) -> str:
    """Return the condition, to follow others, that leaves out what is only inferred, if that is asked."""
    return " AND basis = 'stated'" if stated else ""


def on_day(lines: Iterable[Sequence[Any]], day: int) -> list[Sequence[Any]]:
    """Return the lines of the holdings table (its `COLUMNS`) that are in force on a day, as `IN_FORCE` has it."""
    return [line for line in lines if line[_SINCE] <= day < line[_UNTIL]]


def settled(rows: Iterable[Row], scenario: Scenario) -> tuple[Row, ...]:
    """Return what a scenario leaves of the rows of some tracks, in order.

    A contest is over where only one position is left, and of inferred rows of one position those with the fewest
    conditions stay.
    """
    kept = []
    for row in rows:
        left = scenario.settle(row.conditions)
        if left is not None:
            kept.append(row if left == row.conditions else row._replace(conditions=left))
    tracks: dict[tuple[str, str, str], list[Row]] = defaultdict(list)
    for row in kept:
        tracks[row.kind, row.actor, row.proposal].append(row)
    found: list[Row] = []
    for track in tracks.values():
        alone = len({row.position for row in track}) == 1
        found.extend(
            row._replace(contested=False) if alone and row.contested else row
            for row in track
            if not any(_makes_idle(other, row) for other in track)
        )
    return in_order(found)


def _makes_idle(one: Row, other: Row) -> bool:
    """Whether an inferred row says nothing that another one does not say on fewer conditions or by a shorter chain."""
    if other.basis == "stated" or one is other or one.position != other.position:
        return False
    if set(one.conditions) == set(other.conditions):
        return (len(one.because), one.records) < (len(other.because), other.records)
    return set(one.conditions) < set(other.conditions)


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
    assume: tuple[str, ...]
    latest_source: str | None
    rows: tuple[Row, ...]
    ties: tuple[TieRow, ...]
    things: dict[str, dict[str, Thing]]
    ever: tuple[tuple[str, str, str, str], ...]


def snapshot(ledger: Ledger, *, as_of: str | date, stated: bool = False, assume: Iterable[str] = ()) -> Snapshot:
    """Return all holdings and relations in force on a day, and the things that they speak of, by type and id.

    With `stated`, what is only inferred is left out; `assume` names conditions that hold, or with `not:` do not.

    >>> from actorgraph import load
    >>> len(snapshot(load("examples/minimal.yaml"), as_of="2026-06").rows)
    3
    """
    day = day_of(as_of)
    scenario = Scenario(ledger, assume, day=day)
    things: dict[str, dict[str, Thing]] = {kind: {} for kind in (*TYPES, "stance", "commitment")}
    recorded = ledger.rows(f"SELECT {RECORD_COLUMNS} FROM holdings WHERE {IN_FORCE} AND basis = 'stated'", (day, day))
    for thing in (*ledger.things(*TYPES), *(record for line in recorded for record in records_of(line))):
        things[thing.type][thing.id] = thing
    return Snapshot(
        ledger.model,
        ledger.title,
        str(iso(day)),
        ledger.known_by,
        scenario.assumed,
        ledger.latest_source,
        _in_force(ledger, day, scenario, stated=stated),
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


def called(ledger: Ledger, name: str) -> tuple[Thing, ...]:
    """Return whatever answers to a name (see `Ledger.find`), actors with their relations to others at any time."""
    return tuple(_with_ties(ledger, thing) for thing in ledger.find(name))


def _with_ties(ledger: Ledger, thing: Thing) -> Thing:
    found = ties_of(ledger, thing.id) if thing.type == "actor" else ()
    return thing._replace(body={**thing.body, "relations": [one._asdict() for one in found]}) if found else thing


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
    since = "" if row.contested else row.since or ""
    key = (fold(row.actor_name), row.actor, row.proposal, kind != "stance", since)
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
        None if because else _speaker(said, sources),
        basis,
        because,
        bool(contested),
        tuple(key for key, *_ in said),
        tuple(dict.fromkeys(_cited(one, sources) for record in records for one in record["evidence"])),
    )


def _speaker(said: Sequence[Any], sources: Mapping[str, Thing]) -> str | None:
    """Return who spoke last: of the records of the last day that name a speaker, the best graded one's."""
    last = [(key, record) for key, day, _, record in said if day == said[-1][1] and record.get("speaker")]
    ranked = [(_best_grade(_cited(one, sources) for one in record["evidence"]), key, record) for key, record in last]
    return str(min(ranked, key=lambda each: each[:2])[2]["speaker"]) if ranked else None


def _cited(one: Mapping[str, Any], sources: Mapping[str, Thing]) -> Cited:
    source = sources[one["source"]].body
    mark = grade(source.get("reliability"), one.get("credibility"))
    where = (one.get("lines"), one.get("page"), one.get("via"))
    return Cited(one["source"], source["publisher"], source["published"], *where, mark)


def _silent(ledger: Ledger, proposal: Thing, day: int) -> tuple[Row, ...]:
    spoke = f"SELECT actor FROM holdings WHERE proposal = ? AND {IN_FORCE}{of_basis(stated=True)}"
    heard = {actor for (actor,) in ledger.rows(spoke, (proposal.id, day, day))}
    own_voice = {actor for (actor,) in ledger.rows("SELECT DISTINCT actor FROM holdings WHERE since <= ?", (day,))}
    speakers = {tie.actor for tie in ties(ledger, day) if tie.relation == "represents"}
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
        if thing.id not in heard and (thing.body["kind"] != "person" or thing.id in own_voice - speakers)
    )


def _answer(ledger: Ledger, query: dict[str, Any], day: int, scenario: Scenario, rows: tuple[Row, ...]) -> Answer:
    return Answer(query, ledger.model, str(iso(day)), ledger.known_by, scenario.assumed, rows)
