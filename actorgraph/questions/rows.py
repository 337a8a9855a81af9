"""Lines of the holdings table, and the rows that they make on a day."""

from __future__ import annotations

import json
from operator import itemgetter
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from actorgraph.dates import iso
from actorgraph.gc_pause import no_garbage_collection
from actorgraph.ledger.codec import Cited as Cited  # noqa: PLC0414 - what asks nothing takes it from here
from actorgraph.ledger.codec import (
    CitedSource,
    Parsed,
    SaidRecord,
    Sources,
    Total,
    cited_in,
    decode_each,
    decode_texts,
    ground_on,
    may_name_speakers,
    new,
    said_in,
    total_on,
)
from actorgraph.ledger.intervals import shortest
from actorgraph.names import fold
from actorgraph.questions import sql
from actorgraph.vocabulary import SILENT, Step, Track, parts_of_grade

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from actorgraph.ledger.store import Ledger


class Quantity(NamedTuple):
    """How much is undertaken, in a unit: at least so much and at most so much, None where an end is open."""

    at_least: int | float | None
    at_most: int | float | None
    unit: str


class Rest(NamedTuple):
    """What a row rests on, as it stands behind its position: see `Row`."""

    amount: Quantity | None = None
    last_said: str | None = None
    last_said_date: str | None = None
    speaker: str | None = None
    because: tuple[Step, ...] = ()
    records: tuple[str, ...] = ()
    evidence: tuple[Cited, ...] = ()


class Behind:
    """What a row rests on, read from its line when somebody first asks: most answers leave most of it unread.

    The evidence comes last, since its sources have to be looked up. Two are equal that say the same; all have one hash,
    so that none is read for it.
    """

    __slots__ = ("_line", "_reader", "_rest")

    def __init__(self, rest: Rest | None, line: Line | None = None, reader: _Reader | None = None) -> None:
        self._rest, self._line, self._reader = rest, line, reader

    @property
    def known(self) -> Rest:
        """What the row rests on, of the evidence no more than its sources' ids and grades."""
        if self._rest is None:
            assert self._line is not None
            assert self._reader is not None
            self._rest = self._reader.rest(self._line)
            self._line = None
        return self._rest

    @property
    def rest(self) -> Rest:
        """What the row rests on."""
        if self._reader is not None:
            self._reader.look_up()
            self._rest = self._reader.looked_up(self.known)
            self._reader = None
        assert self._rest is not None
        return self._rest

    @property
    def amount(self) -> Quantity | None:
        """How much is undertaken; where the line has none, nothing is read."""
        return None if self._line is not None and self._line.amounts == "[]" else self.known.amount

    @property
    def because(self) -> tuple[Step, ...]:
        """The chain that leads to it; the records at its start are not read for it."""
        if self._line is None or self._reader is None:
            return self.known.because
        return ground_on(json.loads(self._line.because), self._reader.day).steps

    @property
    def speaker(self) -> str | None:
        """Who spoke last; where no record of the line names a speaker, nothing is read."""
        return None if self._line is not None and not may_name_speakers(self._line.said) else self.known.speaker

    def __eq__(self, other: object) -> bool:
        return self is other or (isinstance(other, Behind) and self.rest == other.rest)

    def __lt__(self, other: Behind) -> bool:
        return self.rest < other.rest

    def __hash__(self) -> int:
        return 0

    def __reduce__(self) -> tuple[type[Behind], tuple[Rest]]:
        return Behind, (self.rest,)


class _Plain(NamedTuple):
    """What every row says at once, and what it rests on."""

    actor: str
    actor_name: str
    kind: str
    position: str
    proposal: str
    proposal_title: str
    toward: tuple[str, ...]
    earliest: str | None
    since: str | None
    since_date: str | None
    until: str | None
    until_date: str | None
    conditions: tuple[str, ...]
    basis: str
    contested: bool
    contest: str | None
    stale: bool
    behind: Behind


class Row(_Plain):
    """A holding on the day that was asked about. Days are ISO; `until`, the first day outside, may be None.

    `since` and `until` are the days of its run, the unbroken time in which the position is held under the same
    conditions, contested or not; `since_date`, `until_date` and `last_said_date` are the dates as curated from which
    these days come (`2025-10`, `2025-09-12/2025-09-24`, `../2025-10-14`), and what is printed. `toward` are the ids of
    those whom a commitment is made to, none where it is made to nobody in particular. Of what is only possible
    `earliest` is the first day on which it may have been said, and `since` the day by which it was.

    `conditions` are ids of what must hold, and with `not:` of what must not. `basis` is stated, or inferred with a
    chain in `because`: from what its records state, on whatever proposal, to this position on this one. `kind` says
    which of the two `position` is: a stance's position or the stage of a commitment. `records`, oldest first, and
    `last_said` name only what had been said by that day; `speaker` is who spoke last, nobody where the row is
    inferred. `contest` says in what the record does not agree: `sources` report different positions of one day, only
    the `order` of overlapping dates is unknown, or chains of `reasoning` lead to both. `stale` marks a row whose latest
    evidence is older than was asked for. An actor without any record has kind and position `silence` and `silent`.
    """

    __slots__ = ()

    @property
    def amount(self) -> Quantity | None:
        """How much is undertaken, None where that is not on record."""
        return self.behind.amount

    @property
    def last_said(self) -> str | None:
        """The last day on which it was said by then."""
        return self.behind.known.last_said

    @property
    def last_said_date(self) -> str | None:
        """The date of that day, as curated."""
        return self.behind.known.last_said_date

    @property
    def speaker(self) -> str | None:
        """Who spoke last."""
        return self.behind.speaker

    @property
    def because(self) -> tuple[Step, ...]:
        """The chain that leads to it, of what is inferred."""
        return () if self.basis == "stated" else self.behind.because

    @property
    def records(self) -> tuple[str, ...]:
        """The ids of what it rests on, oldest first."""
        return self.behind.known.records

    @property
    def evidence(self) -> tuple[Cited, ...]:
        """What these records cite, each once."""
        return self.behind.rest.evidence

    def _asdict(self) -> dict[str, Any]:
        """Return its fields by name, in the order in which answers have them."""
        return dict(zip(FIELDS, _IN_ORDER((*self, *self.behind.rest)), strict=True))

    def _replace(self, **values: Any) -> Row:
        """Return a row that differs in some fields."""
        if not values.keys() <= _ALL:
            raise TypeError(f"a row has no {', '.join(sorted(values.keys() - _ALL))}")
        rest = {name: values.pop(name) for name in Rest._fields if name in values}
        if rest:
            values["behind"] = Behind(self.behind.rest._replace(**rest))
        return new(Row, [values.get(name, value) for name, value in zip(_Plain._fields, self, strict=True)])

    def __repr__(self) -> str:
        return f"Row({', '.join(f'{name}={value!r}' for name, value in self._asdict().items())})"

    @property
    def track(self) -> Track:
        """What supersedes and contests itself: (kind, actor, proposal)."""
        return self.kind, self.actor, self.proposal


FIELDS: Final = (
    "actor",
    "actor_name",
    "kind",
    "position",
    "proposal",
    "proposal_title",
    "toward",
    "amount",
    "earliest",
    "since",
    "since_date",
    "until",
    "until_date",
    "last_said",
    "last_said_date",
    "conditions",
    "speaker",
    "basis",
    "because",
    "contested",
    "contest",
    "stale",
    "records",
    "evidence",
)
"""The fields of a row, in the order in which answers have them."""

_ALL: Final = frozenset(FIELDS)
_IN_ORDER: Final = itemgetter(*map((*_Plain._fields, *Rest._fields).index, FIELDS))

NOTHING_SAID: Final = Row(
    actor="",
    actor_name="",
    kind="silence",
    position=SILENT,
    proposal="",
    proposal_title="",
    toward=(),
    earliest=None,
    since=None,
    since_date=None,
    until=None,
    until_date=None,
    conditions=(),
    basis="stated",
    contested=False,
    contest=None,
    stale=False,
    behind=Behind(Rest()),
)
"""The row of somebody of whom nothing is on record, but for who it is and on what."""


class Line(NamedTuple):
    """A line of the holdings table. Days are integers.

    Addressees, conditions, because, said and amounts are JSON (see `ledger.codec`).
    """

    kind: str
    actor: str
    actor_name: str
    proposal: str
    proposal_title: str
    toward: str
    position: str
    earliest: int
    since: int
    until: int
    run_since: int
    run_until: int
    since_date: str | None
    until_date: str | None
    conditions: str
    basis: str
    because: str
    contest: str | None
    said: str
    amounts: str

    @property
    def track(self) -> Track:
        """What supersedes and contests itself: (kind, actor, proposal)."""
        return self.kind, self.actor, self.proposal

    @property
    def depends_on(self) -> tuple[str, ...]:
        """The conditions that it depends on."""
        return decode_texts(self.conditions)


def lines(ledger: Ledger, where: str, *parameters: object, stated: bool = False, table: str = "holdings") -> list[Line]:
    """Return the lines of the holdings table (or `overruled`) that a condition in SQL leaves, of any day, unordered."""
    text = sql.select_lines(Line._fields, where, table=table, stated=stated)
    return [new(Line, line) for line in ledger.rows(text, parameters)]


def on_day(lines: Iterable[Line], day: int) -> list[Line]:
    """Return the lines that are in force on a day, as `sql.IN_FORCE` has it."""
    return [line for line in lines if line.since <= day < line.until]


class ParsedLine(NamedTuple):
    """A line with its JSON parsed, as `ledger.codec` reads it: what was said, and the grounds of what is inferred."""

    line: Line
    said: Parsed
    grounds: Parsed


def parsed(lines: Sequence[Line]) -> list[ParsedLine]:
    """Return lines with their JSON parsed."""
    said = decode_each(line.said for line in lines)
    grounds = iter(decode_each(line.because for line in lines if line.basis != "stated"))
    return [
        new(ParsedLine, (line, records, [] if line.basis == "stated" else next(grounds)))
        for line, records in zip(lines, said, strict=True)
    ]


_FEW: Final = 512
"""Lines of an answer that are read at once: reading each by itself takes three times as long (see `ledger.codec`)."""


class _Reader:
    """What turns lines into what their rows rest on, on a day.

    With `later` the sources are looked up when they are asked for: those of all these lines together.
    """

    def __init__(self, day: int, sources: Sources, later: Sequence[Line] = ()) -> None:
        self.day = day
        self._sources, self._later = sources, later
        self._known = _Ids() if later else sources
        self._read: dict[int, Rest] = {}
        self._asked = 0

    def rest_of(self, line: Line, parsed_said: Parsed, grounds: Parsed) -> Rest:
        """Return what the row of a line rests on, of the records that count by the day."""
        steps: tuple[Step, ...] = ()
        starts: tuple[str, ...] | None = None
        if grounds:
            _, _, steps, starts = ground_on(grounds, self.day)
        said = said_in(parsed_said, self._known, self.day, starts)
        cited = said[0].evidence if len(said) == 1 else dict.fromkeys([one for item in said for one in item.evidence])
        is_possible = line.earliest < line.since
        return Rest(
            None if line.amounts == "[]" else _amount(total_on(line.amounts, self.day)),
            None if is_possible else iso(said[-1].day),
            None if is_possible else _last_date(said),
            None if steps else _speaker(said),
            steps,
            tuple([item.record for item in said]),
            tuple(cited),
        )

    def look_up(self) -> None:
        """Read all lines, with their sources, once: whoever reads the evidence of many reads that of most."""
        self._asked += 1
        if not self._later or self._asked < _FEW:
            return
        with no_garbage_collection():
            pieces = parsed(self._later)
            self._sources.fetch(cited_in(piece.said for piece in pieces))
            self._known, self._later = self._sources, ()
            self._read = {id(piece.line): self.rest_of(*piece) for piece in pieces}

    def rest(self, line: Line) -> Rest:
        """Return what the row of a line rests on: of the sources no more than was looked up."""
        return self._read.pop(id(line), None) or self.rest_of(*parsed([line])[0])

    def looked_up(self, rest: Rest) -> Rest:
        """Return what a row rests on, with all that its sources say of themselves."""
        if all(item.publisher for item in rest.evidence):
            return rest
        cited = [new(Cited, (*self._sources[item.source], *item[len(CitedSource._fields) :])) for item in rest.evidence]
        return rest._replace(evidence=tuple(cited))


class _Ids(Sources):
    """Sources of which nothing is known but their ids."""

    def __missing__(self, key: str) -> CitedSource:
        self[key] = source = CitedSource(key, "", "", None, None, None)
        return source


def rows_of(lines: Sequence[Line], day: int, ledger: Ledger) -> list[Row]:
    """Return the rows that lines of the holdings table make on a day, in no order."""
    if len(lines) < _FEW:
        return made(parsed(lines), day, ledger.sources)
    reader = _Reader(day, ledger.lent_sources(), lines)
    return [_row(line, Behind(None, line, reader)) for line in lines]


def made(lines: Iterable[ParsedLine], day: int, sources: Sources) -> list[Row]:
    """Return the rows that parsed lines make on a day on which they are in force, or possible, in no order."""
    lines = list(lines)
    sources.fetch(cited_in(piece.said for piece in lines))
    reader = _Reader(day, sources)
    return [_row(piece.line, Behind(reader.rest_of(*piece))) for piece in lines]


def _row(line: Line, behind: Behind) -> Row:
    conditions, toward = line.conditions, line.toward
    return new(
        Row,
        (
            line.actor,
            line.actor_name,
            line.kind,
            line.position,
            line.proposal,
            line.proposal_title,
            () if toward == "[]" else decode_texts(toward),
            iso(line.earliest) if line.earliest < line.since else None,
            iso(line.run_since),
            line.since_date,
            iso(line.run_until),
            line.until_date,
            () if conditions == "[]" else decode_texts(conditions),
            line.basis,
            line.contest is not None,
            line.contest,
            False,
            behind,
        ),
    )


def _amount(total: Total | None) -> Quantity | None:
    return None if total is None else Quantity(_number(total.at_least), _number(total.at_most), total.unit)


def _number(decimal: str | None) -> int | float | None:
    """Return a decimal of at most 15 digits, which a float holds exactly enough to print it again."""
    if decimal is None:
        return None
    return float(decimal) if "." in decimal.rstrip("0") else int(decimal.partition(".")[0])


def _last_date(said: Sequence[SaidRecord]) -> str | None:
    """Return when the last of records was said, as curated: of several of that day, the shortest period."""
    return shortest(item.date for item in said if item.day == said[-1].day)


def in_order(rows: Iterable[Row]) -> tuple[Row, ...]:
    """Return rows sorted by actor name, proposal and since; contested ones by their best evidence."""
    return tuple(sorted(rows, key=_order))


def stated_first(rows: Iterable[Row]) -> tuple[Row, ...]:
    """Return the rows of an answer: what was stated before all that is inferred, each in the order in which it came."""
    return tuple(sorted(rows, key=lambda row: row.basis != "stated"))


def _order(row: Row) -> tuple[object, ...]:
    # A stance stands before a commitment on the same proposal; the sides of a contest by grade, then record.
    later = row.kind not in ("stance", "silence")
    return fold(row.actor_name), row.actor, row.proposal, later, "" if row.contested else row.since or "", _Last(row)


class _Last:
    """What tells rows apart that are alike in all else: it is read only of them."""

    __slots__ = ("_row",)

    def __init__(self, row: Row) -> None:
        self._row = row

    def __lt__(self, other: _Last) -> bool:
        return self._key() < other._key()

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Last) and self._key() == other._key()

    __hash__ = None  # type: ignore[assignment]

    def _key(self) -> tuple[object, ...]:
        return (*(_best_grade(self._row.behind.known.evidence) if self._row.contested else ("", "")), self._row.records)


def _best_grade(evidence: Iterable[Cited]) -> tuple[str, str]:
    """Return the best reliability and, with it, credibility; what nobody graded counts as not to be judged."""
    return min((parts_of_grade(cited.grade) for cited in evidence), default=parts_of_grade(None))


def _speaker(said: Sequence[SaidRecord]) -> str | None:
    """Return who spoke last: of the records of the last day that name a speaker, the best graded one's."""
    last = [item for item in said if item.day == said[-1].day and item.speaker]
    if len(last) < 2:
        return last[0].speaker if last else None
    return min(last, key=lambda item: (_best_grade(item.evidence), item.record, item.speaker)).speaker
