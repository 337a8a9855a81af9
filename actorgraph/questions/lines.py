"""Lines of the holdings table, as the ledger has them: of every day, in no order."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from actorgraph.ledger.codec import Parsed, decode_each, decode_texts, new
from actorgraph.questions import sql

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from actorgraph.ledger.store import Ledger
    from actorgraph.vocabulary import Track


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
