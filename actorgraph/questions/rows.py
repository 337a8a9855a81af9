"""Lines of the holdings table, and the rows that they make on a day."""

from __future__ import annotations

import json
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from actorgraph.dates import iso
from actorgraph.names import fold
from actorgraph.questions import sql
from actorgraph.vocabulary import Step

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from actorgraph.ledger.store import Ledger
    from actorgraph.vocabulary import Track


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


def lines(ledger: Ledger, where: str, *parameters: object, stated: bool = False, table: str = "holdings") -> list[Line]:
    """Return the lines of the holdings table (or `overruled`) that a condition in SQL leaves, of any day, unordered."""
    text = sql.select_lines(Line._fields, where, table=table, stated=stated)
    return [_made(Line, line) for line in ledger.rows(text, parameters)]


def on_day(lines: Iterable[Line], day: int) -> list[Line]:
    """Return the lines that are in force on a day, as `sql.IN_FORCE` has it."""
    return [line for line in lines if line.since <= day < line.until]


_made: Final = tuple.__new__
"""Makes a named tuple of its fields in a third of the time that its own constructor takes (measured): an answer of
50,000 rows makes 200,000 of them."""


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
