"""What is in force, as rows: lines of the holdings table on a day, under a scenario.

The SQL is one portable text over the ledger's `holdings`: interval predicates and joins, integer dates, `?`
parameters. What SQL is poor at (scenarios, wording, sorting for people) happens on the few rows that come back.
"""

from __future__ import annotations

import json
from collections import defaultdict
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from actorgraph.dates import before, day_of, iso, last_day
from actorgraph.gc_pause import no_garbage_collection
from actorgraph.names import fold
from actorgraph.questions.scenario import Scenario
from actorgraph.vocabulary import NOT, Step

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

    from actorgraph.ledger.store import Ledger
    from actorgraph.vocabulary import Track

IN_FORCE: Final = "since <= ? AND until > ?"
"""The one definition of being in force on a day D: since is inside, until is outside."""

TIE_COLUMNS: Final = "record, actor, relation, target, role, since, until"


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

    `conditions` are ids of what must hold, and with `not:` of what must not. `basis` is stated, or inferred with a
    chain in `because`: from what its records state, on whatever proposal, to this position on this one. `kind` says
    which of the two `position` is: a stance's position or the stage of a commitment. `records`, oldest first, and
    `last_said` name only what had been said by that day; `speaker` is who spoke last, nobody where the row is
    inferred. `stale` marks a row whose latest evidence is older than was asked for. An actor without any record has
    kind and position `silence` and `silent`.
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
    stale: bool
    records: tuple[str, ...]
    evidence: tuple[Cited, ...]

    @property
    def track(self) -> Track:
        """What supersedes and contests itself: (kind, actor, proposal)."""
        return self.kind, self.actor, self.proposal


class Answer(NamedTuple):
    """Rows under an envelope that says what was asked, of which model, and for which day."""

    query: dict[str, Any]
    model: str
    as_of: str
    known_by: str | None
    assume: tuple[str, ...]
    rows: tuple[Row, ...]


class Heard(NamedTuple):
    """What a holding tells of one of its records: the day from which it counts, its speaker, its evidence."""

    record: str
    day: int
    speaker: str | None
    evidence: tuple[Cited, ...]


class Line(NamedTuple):
    """A line of the holdings table. Days are integers; conditions, because and said are JSON (see `ledger.tables`)."""

    kind: str
    actor: str
    actor_name: str
    proposal: str
    proposal_title: str
    position: str
    since: int
    until: int
    conditions: str
    basis: str
    because: str
    contested: int
    said: str

    @property
    def track(self) -> Track:
        """What supersedes and contests itself: (kind, actor, proposal)."""
        return self.kind, self.actor, self.proposal

    @property
    def bound_by(self) -> tuple[str, ...]:
        """The conditions that it depends on."""
        return _conditions(self.conditions)

    @property
    def heard(self) -> tuple[Heard, ...]:
        """Its records, oldest first."""
        told = json.loads(self.said)
        return tuple(Heard(key, day, speaker, tuple(map(Cited._make, cited))) for key, day, speaker, cited in told)


class View:
    """A ledger on a day, under a scenario: where every question looks.

    `stated` leaves out what is only inferred; `assume` names conditions that hold, or with `not:` do not;
    `stale_after`, such as `18mo` or `2y`, marks rows whose latest evidence was published longer before the day.
    Raises `UsageProblem` for a bad date, an unknown condition or a bad length of time.

    >>> from actorgraph import load
    >>> view = View(load("examples/minimal.yaml"), as_of="2026-06", assume=["state-loan"], stale_after="4mo")
    >>> [(row.actor, row.position, row.conditions, row.stale) for row in view.rows("actor = ?", "harbour-board")]
    [('harbour-board', 'supports', (), True), ('harbour-board', 'pledges', (), True)]
    """

    def __init__(
        self,
        ledger: Ledger,
        *,
        as_of: str | date,
        stated: bool = False,
        assume: Iterable[str] = (),
        stale_after: str | None = None,
    ) -> None:
        self.ledger = ledger
        self.day = day_of(as_of)
        self.stated = stated
        self.scenario = Scenario(ledger, assume)
        self.stale_after = stale_after
        self._limit = before(self.day, stale_after) if stale_after is not None else 0

    @property
    def date(self) -> str:
        """The day in ISO form."""
        return str(iso(self.day))

    def rows(self, where: str = "", *parameters: object) -> tuple[Row, ...]:
        """Return the rows in force, in order, that a condition in SQL leaves."""
        sql = f"{IN_FORCE} AND ({where})" if where else IN_FORCE
        with no_garbage_collection():
            return self.settled(lines(self.ledger, sql, self.day, self.day, *parameters, stated=self.stated))

    def overruled(self, where: str = "", *parameters: object) -> tuple[Row, ...]:
        """Return the rows that would be inferred but for something stated on their track, in order."""
        if self.stated:
            return ()
        sql = f"{IN_FORCE} AND ({where})" if where else IN_FORCE
        return self.settled(lines(self.ledger, sql, self.day, self.day, *parameters, table="overruled"))

    def settled(self, lines: Sequence[Line]) -> tuple[Row, ...]:
        """Return the rows that lines make on the day, as far as the scenario leaves them, in order."""
        found = settled(rows_of(lines, self.day), self.scenario, self.day)
        if self.stale_after is None:
            return found
        return tuple(row._replace(stale=True) if _latest(row, self.day) < self._limit else row for row in found)

    def answer(self, query: dict[str, Any], rows: tuple[Row, ...]) -> Answer:
        """Return rows under the envelope of this view."""
        return Answer(self.query(query), *self.envelope, rows)

    def query(self, query: dict[str, Any]) -> dict[str, Any]:
        """Return what was asked, with the options that leave rows out or mark them, where they were given."""
        stale = {} if self.stale_after is None else {"stale_after": self.stale_after}
        return {**query, **given(stated=self.stated), **stale}

    @property
    def envelope(self) -> tuple[str, str, str | None, tuple[str, ...]]:
        """What every answer says of itself after its query: model, as_of, known_by, assume."""
        return self.ledger.model, self.date, self.ledger.known_by, self.scenario.assumed


def given(**options: bool) -> dict[str, Any]:
    """Return what a query says of the switches that were given.

    >>> given(stated=True, all=False)
    {'stated': True}
    """
    return {name: True for name, on in options.items() if on}


def _latest(row: Row, day: int) -> int:
    """Return when the latest evidence for a row was published, by a day; when it was last said, if none was by then."""
    published = [when for when in (last_day(one.published) for one in row.evidence) if when <= day]
    return max(published, default=last_day(row.last_said) if row.last_said else 0)


def lines(ledger: Ledger, where: str, *parameters: object, stated: bool = False, table: str = "holdings") -> list[Line]:
    """Return the lines of the holdings table (or `overruled`) that a condition in SQL leaves, of any day, unordered."""
    basis = " AND basis = 'stated'" if stated else ""
    sql = f"SELECT {', '.join(Line._fields)} FROM {table} WHERE ({where}){basis}"
    return [_made(Line, line) for line in ledger.rows(sql, parameters)]


def on_day(lines: Iterable[Line], day: int) -> list[Line]:
    """Return the lines that are in force on a day, as `IN_FORCE` has it."""
    return [line for line in lines if line.since <= day < line.until]


def settled(rows: Iterable[Row], scenario: Scenario, day: int) -> tuple[Row, ...]:
    """Return what a scenario leaves of the rows of some tracks on a day, in order."""
    return in_order(row for track in by_track(rows, scenario, day).values() for row in track)


def by_track(rows: Iterable[Row], scenario: Scenario, day: int) -> dict[Track, tuple[Row, ...]]:
    """Return what a scenario leaves of rows on a day, by track, in no order of tracks; each track's rows in order.

    A contest is over where only one position is left, and of inferred rows of one position those with the fewest
    conditions stay.
    """
    tracks: dict[Track, list[Row]] = defaultdict(list)
    for row in rows:
        left = scenario.settle(row.conditions, day) if row.conditions else ()
        if left is not None:
            tracks[row.track].append(row if left == row.conditions else row._replace(conditions=left))
    return {
        track: tuple(found) if len(found) == 1 and not found[0].contested else in_order(_left(found))
        for track, found in tracks.items()
    }


def _left(track: list[Row]) -> Iterator[Row]:
    alone = len({row.position for row in track}) == 1
    for row in track:
        if not any(_makes_idle(other, row) for other in track):
            yield row._replace(contested=False) if alone and row.contested else row


def _makes_idle(one: Row, other: Row) -> bool:
    """Whether an inferred row says nothing that another one does not say on fewer conditions or by a shorter chain."""
    if other.basis == "stated" or one is other or one.position != other.position:
        return False
    if set(one.conditions) == set(other.conditions):
        return (len(one.because), one.records) < (len(other.because), other.records)
    return set(one.conditions) < set(other.conditions)


_made: Final = tuple.__new__
"""Makes a named tuple of its fields in a third of the time that its own constructor takes (measured): an answer of
50,000 rows makes 200,000 of them."""


def together(one: Row, other: Row) -> bool:
    """Whether two rows can hold at once: neither is bound by what must not hold for the other."""
    both = {*one.conditions, *other.conditions}
    return not any(NOT + each in both for each in both)


class Told(NamedTuple):
    """A line with its JSON parsed: what was said, and the grounds of what is inferred (see `ledger.tables`)."""

    line: Line
    heard: list[Any]
    grounds: list[Any] | None


def parsed(lines: Sequence[Line]) -> list[Told]:
    """Return lines with their JSON parsed."""
    heard = _each(line.said for line in lines)
    grounds = iter(_each(line.because for line in lines if line.basis != "stated"))
    return [
        _made(Told, (line, said, None if line.basis == "stated" else next(grounds)))
        for line, said in zip(lines, heard, strict=True)
    ]


def _each(texts: Iterable[str]) -> list[Any]:
    """Return what each JSON text holds. All are parsed in one call: one each takes three times as long (measured)."""
    found: list[Any] = json.loads(f"[{','.join(texts)}]")
    return found


def rows_of(lines: Sequence[Line], day: int) -> list[Row]:
    """Return the rows that lines of the holdings table make on a day on which they are in force, in no order."""
    return made(parsed(lines), day)


def made(told: Iterable[Told], day: int) -> list[Row]:
    """Return the rows that parsed lines make on a day on which they are in force, in no order."""
    return [_row(line, heard, grounds, day) for line, heard, grounds in told]


def _row(line: Line, heard: list[Any], grounds: list[Any] | None, day: int) -> Row:
    kind, actor, name, proposal, title, position, since, until, conditions, basis, _, contested, _ = line
    steps: tuple[Step, ...] = ()
    if grounds is not None:
        steps, records = _chain(grounds, day)
        if len(heard) > 1:
            heard = [one for one in heard if one[1] <= day and one[0] in records]
    elif len(heard) > 1:
        heard = [one for one in heard if one[1] <= day]
    if len(heard) == 1:
        ((key, last_said, speaker, cited),) = heard
        keys: tuple[str, ...] = (key,)
        evidence = tuple([_made(Cited, one) for one in cited])
    else:
        keys = tuple([one[0] for one in heard])
        last_said, speaker = heard[-1][1], None if steps else _speaker(heard)
        evidence = tuple(dict.fromkeys([_made(Cited, each) for one in heard for each in one[3]]))
    return _made(
        Row,
        (
            actor,
            name,
            kind,
            position,
            proposal,
            title,
            iso(since),
            iso(until),
            iso(last_said),
            () if conditions == "[]" else _conditions(conditions),
            None if steps else speaker,
            basis,
            steps,
            contested == 1,
            False,
            keys,
            evidence,
        ),
    )


def _chain(grounds: list[Any], day: int) -> tuple[tuple[Step, ...], Sequence[str]]:
    """Return the chain that leads to an inferred holding on a day, and the records at its start."""
    for since, until, steps, records in grounds:
        if since <= day < until:
            return tuple([_made(Step, step) for step in steps]), records
    raise AssertionError("an inferred holding has grounds on all its days")


@lru_cache(maxsize=1024)  # a model has few conditions, and many lines that depend on none
def _conditions(text: str) -> tuple[str, ...]:
    return tuple(json.loads(text))


def in_order(rows: Iterable[Row]) -> tuple[Row, ...]:
    """Return rows sorted by actor name, proposal and since; contested ones by their best evidence."""
    return tuple(sorted(rows, key=_order))


def _order(row: Row) -> tuple[object, ...]:
    # A stance stands before a commitment on the same proposal; the sides of a contest by grade, then record.
    later = row.kind not in ("stance", "silence")
    key = (fold(row.actor_name), row.actor, row.proposal, later)
    if row.contested:
        return (*key, "", *_best_grade(row.evidence), row.records)
    return (*key, row.since or "", "", "", row.records)


def _best_grade(evidence: Iterable[Cited]) -> tuple[str, str]:
    """Return the best reliability and, with it, credibility; what nobody graded counts as not to be judged."""
    marks = [one.grade or "??" for one in evidence]
    return min(((mark[0].replace("?", "F"), mark[1].replace("?", "6")) for mark in marks), default=("F", "6"))


def _speaker(heard: Sequence[Sequence[Any]]) -> str | None:
    """Return who spoke last: of the records of the last day that name a speaker, the best graded one's."""
    last = [one for one in heard if one[1] == heard[-1][1] and one[2]]
    if len(last) < 2:
        return last[0][2] if last else None
    return str(min((_best_grade(map(Cited._make, cited)), key, speaker) for key, _, speaker, cited in last)[2])


# -- relations ---------------------------------------------------------------------------------------------


class TieRow(NamedTuple):
    """A relation in force: `until`, the first day outside, is None where it has not ended."""

    record: str
    actor: str
    relation: str
    to: str
    role: str | None
    since: str | None
    until: str | None


def ties(ledger: Ledger, day: int, actor: str | None = None) -> tuple[TieRow, ...]:
    """Return the relations in force on a day, from or to an actor (by id) if one is named.

    They are sorted by actor, relation and target.
    """
    sql = f"SELECT {TIE_COLUMNS} FROM ties WHERE {IN_FORCE}"
    if actor is None:
        return _ties(ledger.rows(sql, (day, day)))
    return _ties(ledger.rows(f"{sql} AND (actor = ? OR target = ?)", (day, day, actor, actor)))


def ties_of(ledger: Ledger, actor: str) -> tuple[TieRow, ...]:
    """Return the relations from or to an actor (by id) at any time, sorted by actor, relation and target."""
    return _ties(ledger.rows(f"SELECT {TIE_COLUMNS} FROM ties WHERE actor = ? OR target = ?", (actor, actor)))


def _ties(lines: Iterable[Sequence[Any]]) -> tuple[TieRow, ...]:
    found = sorted(lines, key=lambda one: (one[1], one[2], one[3], one[5], one[0]))
    return tuple(
        TieRow(record, actor, relation, target, role, iso(since), iso(until))
        for record, actor, relation, target, role, since, until in found
    )
