"""What everyone in the comparison on large tables has to answer."""

from abc import ABC, abstractmethod
from collections.abc import Iterable
from pathlib import Path
from typing import Any, ClassVar, Final, TypeAlias

Answer: TypeAlias = Any
"""What a tool returns by itself: a frame, a table, a list."""

TRACK: Final = ("kind", "actor", "proposal", "toward")
"""What supersedes itself, where there is no more to it: whoever says something new on it has left what was before."""

CONTESTED: Final = "contested"
"""Where a tally puts an actor with several positions on one proposal at once."""

MILLION: Final = 1_000_000


class Contestant(ABC):
    """A tool with a table of statements (see `statements.COLUMNS`), and the questions as its good user writes them.

    All of them answer, as of the end of a day: of each track (kind, actor, proposal, addressee) the statements of its
    latest day that have not ended hold. One that is dated to a month or a year counts from the last day of it, or from
    its publication if that comes sooner and lies in it. What none of the peers has, and actorgraph has: the time in
    which something is only possible; that a vague date supersedes no more than it certainly follows; that a commitment
    to everybody supersedes those to somebody; runs; and, beside each position, the records and their evidence. So
    answers are compared on the tracks with exact dates and without addressees (`statements.write_exact_share`).
    """

    packages: ClassVar[tuple[str, ...]] = ()
    """What it needs: the modules' names."""

    largest: ClassVar[int] = 20 * MILLION
    """The most statements that it is given: with more it takes longer than anybody waits, or too much memory."""

    def __init__(self, table: Path) -> None:
        self.table = table
        """A Parquet file, or for actorgraph what it compiled of it."""

    def load(self) -> None:  # noqa: B027 - who reads the file at every question has nothing to do before
        """Get ready to be asked."""

    def close(self) -> None:  # noqa: B027 - most hold nothing but memory
        """Let go of files."""

    @abstractmethod
    def who(self, proposal: str, day: str) -> Answer:
        """Return who holds what on a proposal as of a day: (kind, actor, position)."""

    @abstractmethod
    def snapshot(self, day: str) -> Answer:
        """Return all that is in force on a day: (kind, actor, proposal, position)."""

    @abstractmethod
    def diff(self, first: str, second: str) -> Answer:
        """Return who on what holds something else on the second day than on the first: (kind, actor, proposal)."""

    @abstractmethod
    def tally(self, day: str) -> Answer:
        """Return how many actors have a stance on each proposal, by position: (proposal, position, number)."""

    def rows(self, answer: Answer) -> Iterable[tuple[object, ...]]:
        """Return an answer as plain rows, to be compared; this is not timed."""
        rows: Iterable[tuple[object, ...]] = answer
        return rows

    def length(self, answer: Answer) -> int:
        """Return how many rows an answer has."""
        return len(answer)
