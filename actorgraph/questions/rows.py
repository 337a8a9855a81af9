"""Rows: what lines of the holdings table say on a day, as answers have them."""

from __future__ import annotations

from collections import Counter, defaultdict
from itertools import chain
from operator import itemgetter
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from actorgraph.dates import iso
from actorgraph.ledger.codec import Cited as Cited  # noqa: PLC0414 - what asks nothing takes it from here
from actorgraph.ledger.codec import Sources, cited_in, decode_few, new
from actorgraph.names import fold
from actorgraph.questions.behind import FEW, Behind, Quantity, Rest, RestReader
from actorgraph.questions.lines import BareLine, LeftUnread, ParsedLine, as_line, parsed
from actorgraph.vocabulary import SILENT, Step, Track

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from actorgraph.ledger.store import Ledger


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

    It is read by name; `_asdict` has all its fields, and `_replace` takes each. The tuple that it is has fewer, the
    last of which stands for what the row rests on: it is not for taking apart by position.
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


def rows_of(lines: Sequence[BareLine], day: int, ledger: Ledger, unread: LeftUnread | None = None) -> list[Row]:
    """Return the rows that lines of the holdings table make on a day, in no order.

    `unread` reads what was said in the lines, where they came without.
    """
    if unread is None and len(lines) < FEW:
        return made(parsed(list(map(as_line, lines))), day, ledger.sources)
    reader = RestReader(day, ledger.lent_sources(), lines, unread)
    return [_row(line, Behind(None, line, reader)) for line in lines]


def made(lines: Iterable[ParsedLine], day: int, sources: Sources) -> list[Row]:
    """Return the rows that parsed lines make on a day on which they are in force, or possible, in no order."""
    lines = list(lines)
    sources.fetch(cited_in(piece.said for piece in lines))
    reader = RestReader(day, sources)
    return [_row(piece.line, Behind(reader.rest_of(*piece))) for piece in lines]


def _row(line: BareLine, behind: Behind) -> Row:
    (
        kind,
        actor,
        actor_name,
        proposal,
        proposal_title,
        toward,
        position,
        earliest,
        since,
        _,
        run_since,
        run_until,
        since_date,
        until_date,
        conditions,
        basis,
        _,
        contest,
        _,
        _,
    ) = line  # at once, since asking it for one after another takes as long as all the rest
    return new(
        Row,
        (
            actor,
            actor_name,
            kind,
            position,
            proposal,
            proposal_title,
            () if toward is None else decode_few(toward),
            iso(earliest) if earliest < since else None,
            iso(run_since),
            since_date,
            iso(run_until),
            until_date,
            () if conditions is None else decode_few(conditions),
            basis,
            contest is not None,
            contest,
            False,
            behind,
        ),
    )


def in_order(rows: Iterable[Row]) -> tuple[Row, ...]:
    """Return rows sorted by actor name, proposal and since; contested ones by their best evidence."""
    return tuple(chain.from_iterable(map(of_one_track, in_tracks(rows))))


def by_track(rows: Iterable[Row]) -> dict[Track, tuple[Row, ...]]:
    """Return rows by track, in no order; those of each as they came."""
    tracks: dict[Track, tuple[Row, ...]] = {}
    for row in rows:
        track = _track_of(row)
        others = tracks.get(track)
        tracks[track] = (row,) if others is None else (*others, row)
    return tracks


def in_tracks(rows: Iterable[Row]) -> list[tuple[Row, ...]]:
    """Return rows by track, those of each as they came: sorted by actor name and proposal, stances first."""
    by_actor: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        by_actor[_actor_of(row)].append(row)
    tracks: list[tuple[Row, ...]] = []
    for of_actor in sorted(by_actor.values(), key=_by_name):
        if len(of_actor) == 1:
            tracks.append(tuple(of_actor))
            continue
        of_actor.sort(key=_kind_of, reverse=True)
        of_actor.sort(key=_proposal_of)  # after the other: what C picks sorts in a third of the time of a key of both
        last = None
        for row in of_actor:
            on_what = _on_what(row)
            if on_what == last:
                tracks[-1] = (*tracks[-1], row)
            else:
                tracks.append((row,))
                last = on_what
    return tracks


_track_of: Final[Callable[[Row], Track]] = itemgetter(*map(_Plain._fields.index, ("kind", "actor", "proposal")))
_actor_of: Final[Callable[[Row], str]] = itemgetter(_Plain._fields.index("actor"))
_kind_of: Final = itemgetter(_Plain._fields.index("kind"))
_proposal_of: Final = itemgetter(_Plain._fields.index("proposal"))
_on_what: Final = itemgetter(*map(_Plain._fields.index, ("proposal", "kind")))


def _by_name(of_actor: Sequence[Row]) -> tuple[str, str]:
    """Return what sorts actors, given rows of one."""
    return fold(of_actor[0].actor_name), of_actor[0].actor


def of_one_track(rows: Sequence[Row]) -> Sequence[Row]:
    """Return the rows of one track by since; the sides of a contest by grade, then record.

    What they rest on is read only of those that are alike in all else.
    """
    if len(rows) < 2:
        return rows
    days = ["" if row.contested else row.since or "" for row in rows]
    since = dict(zip(days, rows, strict=True))
    if len(since) == len(rows):  # as mostly: they begin on days of their own
        return [since[day] for day in sorted(since)]
    times = Counter(days)
    keys = [(day, _apart(row) if times[day] > 1 else ()) for day, row in zip(days, rows, strict=True)]
    return [rows[at] for at in sorted(range(len(rows)), key=keys.__getitem__)]


def _apart(row: Row) -> tuple[object, ...]:
    """Return what sorts rows of a track that begin on one day, and tells each from every other."""
    rank = row.behind.rank if row.contested else ("", "", row.records)
    return *rank, row.position, row.toward, row.conditions


def are_all_stated(rows: Iterable[Row]) -> bool:
    """Whether none of some rows is inferred.

    >>> are_all_stated([NOTHING_SAID, NOTHING_SAID._replace(basis="inferred")]), are_all_stated([])
    (False, True)
    """
    return set(map(_basis_of, rows)) <= {"stated"}


_basis_of: Final = itemgetter(_Plain._fields.index("basis"))


def stated_first(rows: Iterable[Row]) -> tuple[Row, ...]:
    """Return the rows of an answer: what was stated before all that is inferred, each in the order in which it came."""
    rows = tuple(rows)
    return rows if are_all_stated(rows) else tuple(sorted(rows, key=lambda row: row.basis != "stated"))
