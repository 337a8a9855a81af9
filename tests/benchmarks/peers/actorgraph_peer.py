"""actorgraph on a table of holdings, as `compile` makes it."""

from collections.abc import Iterable
from typing import NamedTuple

from benchmarks.peers.contestant import CONTESTED, Answer, Contestant

import actorgraph
from actorgraph.asked_dates import day_of
from actorgraph.engines.opening import open_holdings
from actorgraph.questions.counting import Count
from actorgraph.questions.rows import Row
from actorgraph.questions.sql import IN_FORCE
from actorgraph.questions.streaming import everything_by_blocks


class OnHoldings(Contestant):
    """A ledger of holdings, open."""

    largest = 10**12

    def load(self) -> None:
        self.ledger = open_holdings(self.table)

    def close(self) -> None:
        self.ledger.close()


class Passed(NamedTuple):
    """A snapshot of which block after block went by: its day, and how many rows it has."""

    day: str
    number: int


class ActorgraphWhole(OnHoldings):
    """The questions as anybody asks them: rows with runs, contests, records and evidence, in order."""

    def who(self, proposal: str, day: str) -> Answer:
        return actorgraph.who(self.ledger, "any", proposal, as_of=day, stated=True)

    def snapshot(self, day: str) -> Answer:
        """Return how many rows there are, each of which was made: in blocks, as an export writes them."""
        return Passed(day, sum(map(len, self.blocks(day))))

    def blocks(self, day: str) -> Iterable[tuple[Row, ...]]:
        return everything_by_blocks(self.ledger, as_of=day, stated=True).blocks

    def length(self, answer: Answer) -> int:
        return answer.number if isinstance(answer, Passed) else len(answer)

    def diff(self, first: str, second: str) -> Answer:
        return actorgraph.diff(self.ledger, first, second, stated=True)

    def tally(self, day: str) -> Answer:
        return actorgraph.tally(self.ledger, as_of=day, stated=True)

    def rows(self, answer: Answer) -> Iterable[tuple[object, ...]]:
        if isinstance(answer, Passed):
            every = (row for block in self.blocks(answer.day) for row in block)
            return {(row.kind, row.actor, row.proposal, row.position) for row in every}
        if isinstance(answer, actorgraph.Tally):
            return [row for count in answer.proposals for row in _counts(count)]
        if isinstance(answer, actorgraph.Changes):
            return {change.unit[1:] for change in answer.changes}
        return {(row.kind, row.actor, row.position) for row in answer.rows}


class ActorgraphBare(OnHoldings):
    """What the questions put to their ledger, and nothing more: positions without records and evidence, in no order."""

    def who(self, proposal: str, day: str) -> Answer:
        return self.bare("SELECT DISTINCT kind, actor, position", "AND proposal = ?", day, proposal)

    def snapshot(self, day: str) -> Answer:
        return self.bare("SELECT DISTINCT kind, actor, proposal, toward, position", "", day)

    def diff(self, first: str, second: str) -> Answer:
        days = [day_of(first), day_of(first), day_of(second), day_of(second)] * 2
        return [track for table in self.ledger.parts() for track in self.ledger.rows(_CHANGED.format(table), days)]

    def tally(self, day: str) -> Answer:
        each = (
            f"SELECT proposal, CASE WHEN MAX(contest) IS NULL THEN MIN(position) ELSE '{CONTESTED}' END AS place "
            f"FROM holdings WHERE {IN_FORCE} AND basis = 'stated' AND kind = 'stance' GROUP BY actor, proposal"
        )
        sql = f"SELECT proposal, place, COUNT(*) FROM ({each}) AS e GROUP BY proposal, place"
        return self.ledger.rows(sql, (day_of(day), day_of(day)))

    def bare(self, select: str, where: str, day: str, *parameters: str) -> list[tuple[str, ...]]:
        sql = f"{select} FROM holdings WHERE {IN_FORCE} AND basis = 'stated' {where}"
        return self.ledger.rows(sql, (day_of(day), day_of(day), *parameters))

    def rows(self, answer: Answer) -> Iterable[tuple[object, ...]]:
        return [row if len(row) < 5 else (*row[:3], row[4]) for row in answer]


_HERE = f"MAX(CASE WHEN {IN_FORCE} THEN 1 ELSE 0 END)"
_CHANGED = (
    "SELECT DISTINCT kind, actor, proposal FROM "
    f"(SELECT kind, actor, proposal, {_HERE} AS here, {_HERE} AS there FROM {{}} WHERE basis = 'stated' "
    f"AND (({IN_FORCE}) OR ({IN_FORCE})) GROUP BY kind, actor, proposal, toward, position) AS s WHERE here <> there"
)
"""Who on what holds something else on the one of two days than on the other."""


def _counts(count: Count) -> Iterable[tuple[object, ...]]:
    """Yield how many have each position, and how many are contested, where any are."""
    numbers = {**count.stances, CONTESTED: count.contested}
    return ((count.proposal, position, number) for position, number in numbers.items() if number)
