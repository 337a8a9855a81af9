"""Lines of the holdings table, as the ledger has them: of every day, in no order."""

from __future__ import annotations

from functools import partial
from operator import itemgetter
from typing import TYPE_CHECKING, Any, Final, NamedTuple, TypeAlias, TypeVar

from actorgraph.gc_pause import no_garbage_collection
from actorgraph.ledger.codec import Parsed, decode_each, decode_few, new
from actorgraph.questions import sql

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from actorgraph.ledger.store import Ledger
    from actorgraph.vocabulary import Track


class Line(NamedTuple):
    """A line of the holdings table. Days are integers.

    Addressees, conditions, because, said and amounts are JSON (see `ledger.codec`), or None where there are none.
    `said` is empty where it is left to be read later (see `briefly`): nobody is named then who said it for another.
    """

    kind: str
    actor: str
    actor_name: str
    proposal: str
    proposal_title: str
    toward: str | None
    position: str
    earliest: int
    since: int
    until: int
    run_since: int
    run_until: int
    since_date: str | None
    until_date: str | None
    conditions: str | None
    basis: str
    because: str | None
    contest: str | None
    said: str
    amounts: str | None

    @property
    def track(self) -> Track:
        """What supersedes and contests itself: (kind, actor, proposal)."""
        return self.kind, self.actor, self.proposal

    @property
    def depends_on(self) -> tuple[str, ...]:
        """The conditions that it depends on."""
        return decode_few(self.conditions)


BareLine: TypeAlias = tuple[Any, ...]
"""A line as a table hands it over: what a `Line` has, and no names for it.

Giving each its names takes a tenth of the time of an answer of thousands, which needs few of them.
"""

_AnyLine = TypeVar("_AnyLine", bound=BareLine)

SINCE, UNTIL, BASIS, BECAUSE, CONTEST, SAID, AMOUNTS = map(
    Line._fields.index, ("since", "until", "basis", "because", "contest", "said", "amounts")
)
"""Where in a bare line some of what it has stands."""

actor_and_proposal: Final = itemgetter(Line._fields.index("actor"), Line._fields.index("proposal"))
"""Whose a line is, and on what."""


def as_line(line: BareLine) -> Line:
    """Return a line with names for what it has."""
    return new(Line, line)


def lines(ledger: Ledger, where: str, *parameters: object, stated: bool = False, table: str = "holdings") -> list[Line]:
    """Return the lines of the holdings table (or a part of it, or `overruled`) that a condition in SQL leaves.

    They are of any day, and in no order.
    """
    text = sql.select_lines(Line._fields, where, table=table, stated=stated)
    return [as_line(line) for line in ledger.rows(text, parameters)]


def number_of(ledger: Ledger, where: str, *parameters: object, stated: bool = False, table: str = "holdings") -> int:
    """Return how many lines of the holdings table (or a part of it) a condition in SQL leaves.

    >>> from actorgraph import load
    >>> number_of(load("examples/minimal.yaml"), "kind = ?", "stance")
    5
    """
    ((number,),) = ledger.rows(sql.select_lines(("COUNT(*)",), where, table=table, stated=stated), parameters)
    return int(number)


_BRIEF: Final = tuple("said_at_once" if name == "said" else name for name in Line._fields)


def briefly(
    ledger: Ledger, where: str, *parameters: object, stated: bool = False, table: str = "holdings"
) -> tuple[list[BareLine], LeftUnread]:
    """Return what `lines` returns, bare, most of it without what was said, and what reads that later.

    What was said is most of a line, and of thousands few are asked for it.

    >>> from actorgraph import load
    >>> found, unread = briefly(load("examples/minimal.yaml"), "actor = ?", "town-council")
    >>> [(line.position, line.said) for line in map(as_line, found)]
    [('open', '')]
    >>> [parsed([line])[0].said[0][0] for line in unread.filled(found)]
    ['town-council.harbour.2025-12-03']
    """
    text = sql.select_lines(_BRIEF, where, table=table, stated=stated)
    bare_lines = [line for block in _bare_blocks(ledger, text, parameters) for line in block]
    again = partial(line_blocks, ledger, where, *parameters, stated=stated, table=table)
    return bare_lines, LeftUnread(ledger, again, len(bare_lines))


def line_blocks(
    ledger: Ledger, where: str, *parameters: object, stated: bool = False, table: str = "holdings"
) -> Iterator[list[Line]]:
    """Yield what `lines` returns, some at a time; of very many what is the same in several is held once.

    >>> from actorgraph import load
    >>> [len(block) for block in line_blocks(load("examples/minimal.yaml"), "kind = ?", "stance")]
    [5]
    """
    text = sql.select_lines(Line._fields, where, table=table, stated=stated)
    return (list(map(as_line, block)) for block in _bare_blocks(ledger, text, parameters))


def _bare_blocks(ledger: Ledger, text: str, parameters: Sequence[object]) -> Iterator[list[BareLine]]:
    same: dict[object, object] = {}
    for block in ledger.blocks(text, parameters, size=LINES_AT_ONCE):
        yield [_shared(line, same) for line in block] if same or len(block) == LINES_AT_ONCE else block


def _shared(line: BareLine, same: dict[object, object]) -> BareLine:
    """Return a line with what is the same in others; what was said is its own."""
    before, after = line[:SAID], line[SAID + 1 :]
    return (*map(same.setdefault, before, before), line[SAID], *map(same.setdefault, after, after))


LINES_AT_ONCE: Final = 100_000
"""How many lines are read at a time. Where there are more, what is the same in many (names, dates, positions) is held
once: half of their memory."""


class LeftUnread:
    """What was said in lines that were read without it: of few it is read track by track, of more in one go.

    It can be read after the ledger was closed, too: whatever somebody still has lines of is read before.
    """

    def __init__(self, ledger: Ledger, again: Callable[[], Iterable[list[Line]]], number: int) -> None:
        """Read, of so many lines, what was said in all of them by reading them again."""
        self._ledger, self._again = ledger, again
        self._by_itself = 0 if number < MANY else min(number // ONE_IN, MOST_BY_TRACK)
        self._texts: dict[tuple[Any, ...], list[str]] = {}
        self._tracks: set[Track] = set()
        self._is_whole = False
        ledger.before_closing(self)

    def keep(self) -> None:
        """Read it all."""
        if not self._is_whole:
            with no_garbage_collection():
                self._take(line for block in self._again() for line in block)
            self._is_whole = True

    def filled(self, some: Iterable[BareLine]) -> list[Line]:
        """Return lines with what was said, and with their names."""
        read = list(map(as_line, some))
        unread = {line.track for line in read if not line.said} - self._tracks
        if len(self._tracks) + len(unread) > self._by_itself:
            self.keep()
        elif not self._is_whole:
            for track in sorted(unread):
                self._take(lines(self._ledger, sql.OF_TRACK, *track, table=self._ledger.part_on(track[2:])))
            self._tracks |= unread
        return [line if line.said else self._filled(line) for line in read]

    def _take(self, read: Iterable[Line]) -> None:
        """Keep what was said in lines; where several are alike in all else, that of each."""
        texts: dict[tuple[Any, ...], list[str]] = {}
        for line in read:
            texts.setdefault(_but_for_said(line), []).append(line.said)
        for key, said in texts.items():
            self._texts.setdefault(key, said)  # of tracks that were read before some has been taken

    def _filled(self, line: Line) -> Line:
        texts = self._texts[_but_for_said(line)]
        return line._replace(said=texts.pop() if len(texts) > 1 else texts[0])


def _but_for_said(line: Line) -> tuple[Any, ...]:
    return *line[:SAID], *line[SAID + 1 :]


MANY: Final = 512
ONE_IN: Final = 64
MOST_BY_TRACK: Final = 512
"""How many tracks are read by themselves before all is: of many lines one in so many, and at most this. Of fewer all is
read at once."""


def on_day(lines: Iterable[_AnyLine], day: int) -> list[_AnyLine]:
    """Return the lines that are in force on a day, as `sql.IN_FORCE` has it."""
    return [line for line in lines if line[SINCE] <= day < line[UNTIL]]


class ParsedLine(NamedTuple):
    """A line with its JSON parsed, as `ledger.codec` reads it: what was said, and the grounds of what is inferred."""

    line: Line
    said: Parsed
    grounds: Parsed


def parsed(lines: Sequence[Line]) -> list[ParsedLine]:
    """Return lines with their JSON parsed."""
    said = decode_each(line.said for line in lines)
    grounds = iter(decode_each(line.because for line in lines if line.because is not None))
    return [
        new(ParsedLine, (line, records, [] if line.because is None else next(grounds)))
        for line, records in zip(lines, said, strict=True)
    ]
