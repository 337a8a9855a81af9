"""Lines of the holdings table, and the rows that they make on a day."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Final, NamedTuple

from actorgraph.dates import iso, vagueness
from actorgraph.ledger.codec import Cited as Cited  # noqa: PLC0414 - what asks nothing takes it from here
from actorgraph.ledger.codec import (
    Parsed,
    SaidRecord,
    Sources,
    Total,
    cited_in,
    decode_each,
    decode_texts,
    ground_on,
    new,
    said_in,
    total_on,
)
from actorgraph.names import fold
from actorgraph.questions import sql
from actorgraph.vocabulary import SILENT, Step, Track, parts_of_grade

if TYPE_CHECKING:
    from actorgraph.ledger.store import Ledger


class Quantity(NamedTuple):
    """How much is undertaken, in a unit: at least so much and at most so much, None where an end is open."""

    at_least: int | float | None
    at_most: int | float | None
    unit: str


class Row(NamedTuple):
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

    actor: str
    actor_name: str
    kind: str
    position: str
    proposal: str
    proposal_title: str
    toward: tuple[str, ...]
    amount: Quantity | None
    earliest: str | None
    since: str | None
    since_date: str | None
    until: str | None
    until_date: str | None
    last_said: str | None
    last_said_date: str | None
    conditions: tuple[str, ...]
    speaker: str | None
    basis: str
    because: tuple[Step, ...]
    contested: bool
    contest: str | None
    stale: bool
    records: tuple[str, ...]
    evidence: tuple[Cited, ...]

    @property
    def track(self) -> Track:
        """What supersedes and contests itself: (kind, actor, proposal)."""
        return self.kind, self.actor, self.proposal


NOTHING_SAID: Final = Row(
    actor="",
    actor_name="",
    kind="silence",
    position=SILENT,
    proposal="",
    proposal_title="",
    toward=(),
    amount=None,
    earliest=None,
    since=None,
    since_date=None,
    until=None,
    until_date=None,
    last_said=None,
    last_said_date=None,
    conditions=(),
    speaker=None,
    basis="stated",
    because=(),
    contested=False,
    contest=None,
    stale=False,
    records=(),
    evidence=(),
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


def lines(
    ledger: "Ledger", where: str, *parameters: object, stated: bool = False, table: str = "holdings"
) -> list[Line]:
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


def rows_of(lines: Sequence[Line], day: int, sources: Sources) -> list[Row]:
    """Return the rows that lines of the holdings table make on a day, in no order."""
    return made(parsed(lines), day, sources)


def made(lines: Iterable[ParsedLine], day: int, sources: Sources) -> list[Row]:
    """Return the rows that parsed lines make on a day on which they are in force, or possible, in no order."""
    lines = list(lines)
    sources.fetch(cited_in(line.said for line in lines))
    return [_row(line, said, grounds, day, sources) for line, said, grounds in lines]


def _row(line: Line, parsed_said: Parsed, grounds: Parsed, day: int, sources: Sources) -> Row:
    steps: tuple[Step, ...] = ()
    starts: tuple[str, ...] | None = None
    if grounds:
        _, _, steps, starts = ground_on(grounds, day)
    is_possible = line.earliest < line.since
    said = said_in(parsed_said, sources, day, starts)
    if len(said) == 1:
        ((record, last_said, last_said_date, speaker, evidence),) = said
        records: tuple[str, ...] = (record,)
    else:
        records = tuple([item.record for item in said])
        last_said, last_said_date, speaker = said[-1].day, _last_date(said), None if steps else _speaker(said)
        evidence = tuple(dict.fromkeys([cited for item in said for cited in item.evidence]))
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
            None if line.amounts == "[]" else _amount(total_on(line.amounts, day)),
            iso(line.earliest) if is_possible else None,
            iso(line.run_since),
            line.since_date,
            iso(line.run_until),
            line.until_date,
            None if is_possible else iso(last_said),
            None if is_possible else last_said_date,
            () if conditions == "[]" else decode_texts(conditions),
            None if steps else speaker,
            line.basis,
            steps,
            line.contest is not None,
            line.contest,
            False,
            records,
            evidence,
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
    return min((item.date for item in said if item.day == said[-1].day and item.date), key=vagueness, default=None)


def in_order(rows: Iterable[Row]) -> tuple[Row, ...]:
    """Return rows sorted by actor name, proposal and since; contested ones by their best evidence."""
    return tuple(sorted(rows, key=_order))


def stated_first(rows: Iterable[Row]) -> tuple[Row, ...]:
    """Return the rows of an answer: what was stated before all that is inferred, each in the order in which it came."""
    return tuple(sorted(rows, key=lambda row: row.basis != "stated"))


def _order(row: Row) -> tuple[object, ...]:
    # A stance stands before a commitment on the same proposal; the sides of a contest by grade, then record.
    later = row.kind not in ("stance", "silence")
    key = (fold(row.actor_name), row.actor, row.proposal, later)
    if row.contested:
        return (*key, "", *_best_grade(row.evidence), row.records)
    return (*key, row.since or "", "", "", row.records)


def _best_grade(evidence: Iterable[Cited]) -> tuple[str, str]:
    """Return the best reliability and, with it, credibility; what nobody graded counts as not to be judged."""
    return min((parts_of_grade(cited.grade) for cited in evidence), default=parts_of_grade(None))


def _speaker(said: Sequence[SaidRecord]) -> str | None:
    """Return who spoke last: of the records of the last day that name a speaker, the best graded one's."""
    last = [item for item in said if item.day == said[-1].day and item.speaker]
    if len(last) < 2:
        return last[0].speaker if last else None
    return min(last, key=lambda item: (_best_grade(item.evidence), item.record, item.speaker)).speaker
