"""What a row rests on: its amount, its records and their evidence, read from its line when somebody asks."""

from __future__ import annotations

from functools import cached_property
from threading import RLock
from typing import TYPE_CHECKING, Any, Final, NamedTuple, TypeVar

from actorgraph.dates import iso
from actorgraph.gc_pause import no_garbage_collection
from actorgraph.ledger.codec import (
    Cited,
    CitedSource,
    Parsed,
    SaidRecord,
    Sources,
    Total,
    cited_in,
    decode_each,
    decode_if_any,
    graded_in,
    ground_on,
    may_name_speakers,
    new,
    said_in,
    speakers_in,
    total_on,
)
from actorgraph.ledger.intervals import shortest
from actorgraph.questions.lines import (
    AMOUNTS,
    BASIS,
    BECAUSE,
    CONTEST,
    SAID,
    BareLine,
    LeftUnread,
    Line,
    as_line,
    parsed,
)
from actorgraph.vocabulary import Step, parts_of_grade

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

_Value = TypeVar("_Value")


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

    def __init__(self, rest: Rest | None, line: BareLine | None = None, reader: RestReader | None = None) -> None:
        self._rest, self._line, self._reader = rest, line, reader

    @property
    def known(self) -> Rest:
        """What the row rests on, of the evidence no more than its sources' ids and grades."""
        reader, line = self._reader, self._line
        if reader is not None and line is not None:
            with reader.lock:
                if self._rest is None:
                    self._rest = reader.rest(line)
                    self._line = None
        assert self._rest is not None
        return self._rest

    @property
    def rest(self) -> Rest:
        """What the row rests on."""
        reader = self._reader
        if reader is not None:
            with reader.lock:
                if self._reader is not None:
                    reader.look_up()
                    self._rest = reader.looked_up(self.known)
                    self._reader = None
        assert self._rest is not None
        return self._rest

    @property
    def amount(self) -> Quantity | None:
        """How much is undertaken; where the line has none, nothing is read."""
        line = self._line
        return None if line is not None and line[AMOUNTS] is None else self.known.amount

    @property
    def rank(self) -> tuple[str, str, tuple[str, ...]]:
        """What sorts the sides of a contest: the best grade of its evidence, reliability first, then its records."""
        return self._read(RestReader.rank, _rank_of)

    @property
    def because(self) -> tuple[Step, ...]:
        """The chain that leads to it; the records at its start are not read for it."""
        return self._read(RestReader.chain, lambda rest: rest.because)

    @property
    def speaker(self) -> str | None:
        """Who spoke last; where no record of the line names a speaker, nothing is read."""
        return self._read(RestReader.speaker, lambda rest: rest.speaker)

    def _read(self, from_line: Callable[[RestReader, BareLine], _Value], from_rest: Callable[[Rest], _Value]) -> _Value:
        """Return what a line says by itself, or what is known where all of it has been read."""
        line, reader = self._line, self._reader
        if line is None or reader is None:
            return from_rest(self.known)
        with reader.lock:
            return from_line(reader, line)

    def __eq__(self, other: object) -> bool:
        return self is other or (isinstance(other, Behind) and self.rest == other.rest)

    def __lt__(self, other: Behind) -> bool:
        return self.rest < other.rest

    def __hash__(self) -> int:
        return 0

    def __reduce__(self) -> tuple[type[Behind], tuple[Rest]]:
        return Behind, (self.rest,)


FEW: Final = 512
"""Lines of an answer that are read at once: reading each by itself takes three times as long (see `ledger.codec`)."""


class RestReader:
    """What turns lines into what their rows rest on, on a day.

    With `later` the sources are looked up when they are asked for: those of all these lines together. So it is with
    what was said in them, where it was left `unread`.
    """

    def __init__(
        self, day: int, sources: Sources, later: Sequence[BareLine] = (), unread: LeftUnread | None = None
    ) -> None:
        self.day = day
        self.lock = RLock()
        """Held by whoever asks: several threads may read one answer."""
        self._sources, self._later, self._unread = sources, later, unread
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
            amount=None if line.amounts is None else _amount(total_on(line.amounts, self.day)),
            last_said=None if is_possible else iso(said[-1].day),
            last_said_date=None if is_possible else _last_date(said),
            speaker=None if steps else _speaker(said),
            because=steps,
            records=tuple([item.record for item in said]),
            evidence=tuple(cited),
        )

    def look_up(self) -> None:
        """Read all lines, with their sources, once: whoever reads the evidence of many reads that of most."""
        self._asked += 1
        if not self._later or self._asked < FEW:
            return
        with no_garbage_collection():
            pieces = parsed(self._filled(self._later))
            self._sources.fetch(cited_in(piece.said for piece in pieces))
            self._known = self._sources
            self._read = {id(line): self.rest_of(*piece) for line, piece in zip(self._later, pieces, strict=True)}
            self._later = ()

    def rest(self, line: BareLine) -> Rest:
        """Return what the row of a line rests on: of the sources no more than was looked up."""
        return self._read.pop(id(line), None) or self.rest_of(*parsed(self._filled([line]))[0])

    def _filled(self, some: Sequence[BareLine]) -> list[Line]:
        return list(map(as_line, some)) if self._unread is None else self._unread.filled(some)

    def chain(self, line: BareLine) -> tuple[Step, ...]:
        """Return the chain that leads to a line that is inferred."""
        return ground_on(decode_if_any(line[BECAUSE]), self.day).steps

    def rank(self, line: BareLine) -> tuple[str, str, tuple[str, ...]]:
        """Return what sorts a line among the sides of its contest."""
        return self._ranks[id(line)] if id(line) in self._ranks else _rank_of(self.rest(line))

    @cached_property
    def _ranks(self) -> dict[int, tuple[str, str, tuple[str, ...]]]:
        """What sorts each of the lines to be read later that is contested and stated: who sorts one sorts all."""
        contested = [line for line in self._later if line[CONTEST] is not None and line[BASIS] == "stated"]
        said = decode_each(line.said for line in self._filled(contested))
        return {id(line): _rank(of_line, self.day) for line, of_line in zip(contested, said, strict=True)}

    def speaker(self, line: BareLine) -> str | None:
        """Return who spoke last in a line; what is inferred is said by nobody."""
        if line[BASIS] != "stated" or not may_name_speakers(line[SAID]):
            return None
        last = _last_speakers(speakers_in(line[SAID]), self.day)
        return self.rest(line).speaker if len(last) > 1 else last[0] if last else None

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


def amount_in(record: Mapping[str, Any]) -> Quantity | None:
    """Return how much a record undertakes, given its keys as curated.

    >>> amount_in({"amount": {"at-least": "2.50", "unit": "euros"}}), amount_in({})
    (Quantity(at_least=2.5, at_most=None, unit='euros'), None)
    """
    amount = record.get("amount")
    if amount is None:
        return None
    least, most = (amount.get("value", amount.get(key)) for key in ("at-least", "at-most"))
    return Quantity(_number(least), _number(most), amount["unit"])


def _amount(total: Total | None) -> Quantity | None:
    return None if total is None else Quantity(_number(total.at_least), _number(total.at_most), total.unit)


def _number(decimal: str | None) -> int | float | None:
    """Return a decimal of at most 15 digits, which a float holds exactly enough to print it again.

    >>> _number("1000"), _number("1000.00"), _number("0.50")
    (1000, 1000, 0.5)
    """
    if decimal is None:
        return None
    whole, _, fraction = decimal.partition(".")
    return float(decimal) if fraction.strip("0") else int(whole)


def _last_date(said: Sequence[SaidRecord]) -> str | None:
    """Return when the last of records was said, as curated: of several of that day, the shortest period."""
    return shortest(item.date for item in said if item.day == said[-1].day)


def _rank_of(rest: Rest) -> tuple[str, str, tuple[str, ...]]:
    """Return the best grade of what a row rests on, and the ids of its records."""
    return *best_grade(item.grade for item in rest.evidence), rest.records


def _rank(parsed_said: Parsed, day: int) -> tuple[str, str, tuple[str, ...]]:
    """Return what `_rank_of` does of what was said by a day, of which no more is read than that."""
    records, grades = graded_in(parsed_said, day)
    return *best_grade(grades), tuple(records)


def best_grade(grades: Iterable[str | None]) -> tuple[str, str]:
    """Return the best reliability and, with it, credibility; what nobody graded counts as not to be judged.

    >>> best_grade(["C1", None, "B4"]), best_grade([])
    (('B', '4'), ('F', '6'))
    """
    return min(map(parts_of_grade, grades), default=parts_of_grade(None))


def _last_speakers(spoken: list[tuple[int, str | None]], day: int) -> list[str]:
    """Return who spoke on the last day of records, by a day: a lone one counts whenever it was."""
    counted = [when for when, _ in spoken if when <= day or len(spoken) == 1]
    return [speaker for when, speaker in spoken if speaker is not None and when in counted[-1:]]


def _speaker(said: Sequence[SaidRecord]) -> str | None:
    """Return who spoke last: of the records of the last day that name a speaker, the best graded one's."""
    last = [item for item in said if item.day == said[-1].day and item.speaker]
    if len(last) < 2:
        return last[0].speaker if last else None
    return min(
        last, key=lambda item: (best_grade(cited.grade for cited in item.evidence), item.record, item.speaker)
    ).speaker
