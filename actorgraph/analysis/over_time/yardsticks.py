"""A measure as one series takes it: of these actors or this proposal, at these levels, with no number below that N."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from actorgraph.analysis.counting.counts import level_by_position, values_of
from actorgraph.analysis.over_time.series_measures import Terms
from actorgraph.analysis.over_time.shifts import Levels
from actorgraph.analysis.words import BINARY, SCALED
from actorgraph.errors import UsageProblem
from actorgraph.questions.counting import CONTESTED
from actorgraph.questions.sql import ANY_DAY, OF_PROPOSAL, of_actors
from actorgraph.vocabulary import counted

if TYPE_CHECKING:
    from actorgraph.analysis.over_time.curves import Additive, Pairwise
    from actorgraph.analysis.over_time.series_measures import Measure
    from actorgraph.ledger.store import Ledger
    from actorgraph.ledger.things import Thing


class Yardstick(NamedTuple):
    """A measure, and what it is about: `things` are the actors or the proposal that it was given.

    `gauge` works it out, from positions at these `levels`; `alike` are the levels by which statements are alike. No
    number rests on less than `least`, unless it counts.
    """

    measure: Measure
    things: tuple[Thing, ...]
    levels: Levels
    gauge: Additive | Pairwise
    least: int
    alike: str

    def concerns(self, actor: str, proposal: str) -> bool:
        """Whether what an actor says on a proposal can bear on it."""
        return self.asks(actor) and (self.target is None or self.target.id == proposal)

    def asks(self, actor: str) -> bool:
        """Whether an actor is asked about."""
        return len(self.things) < 2 or actor in {thing.id for thing in self.things}

    @property
    def condition(self) -> tuple[str, ...]:
        """The condition in SQL on lines that can bear on it, and its parameters."""
        if self.target is not None:
            return OF_PROPOSAL, self.target.id
        ids = [thing.id for thing in self.things]
        return (of_actors(len(ids)), *ids) if len(ids) > 1 else (ANY_DAY,)

    @property
    def counting(self) -> int:
        """How many of its levels are positions: what is contested has a level of its own, the last, in support."""
        return self.levels.size - (CONTESTED in self.levels.at)

    @property
    def target(self) -> Thing | None:
        """The proposal that it is about, if it is about one."""
        return self.things[0] if len(self.things) == 1 else None

    @property
    def rests_on(self) -> str:
        """What its N counts of positions, in words."""
        everything = None if self.things else self.measure.rests_on_of_all
        return self._in_words(everything or self.measure.rests_on)

    @property
    def rests_on_of_statements(self) -> str | None:
        """What its N counts of statements, None where it counts none."""
        words = self.measure.rests_on_of_statements
        return None if words is None else self._in_words(words)

    def _in_words(self, words: str) -> str:
        return words.format(least=self.least, proposals=counted(self.least, "proposal"))


def yardstick(ledger: Ledger, measure: Measure, names: tuple[str, ...], *, levels: str, least: int) -> Yardstick:
    """Return a measure of actors, or of a proposal, by their names.

    Raises `UsageProblem` for an unknown level or name, for too many or too few names, and for levels where a measure
    has its own.

    >>> from actorgraph import load
    >>> from actorgraph.analysis.over_time.series_measures import MEASURES
    >>> ledger = load("examples/minimal.yaml")
    >>> stick = yardstick(ledger, MEASURES["index"], ("harbour",), levels="binary", least=3)
    >>> stick.target.id, stick.rests_on, stick.concerns("olsen", "harbour")
    ('harbour', 'actors with a position', True)
    """
    asked_levels = Levels(level_by_position(levels), len(values_of(levels)))
    if len(names) not in measure.takes:
        raise UsageProblem(f"{measure.name} is about {measure.about}")
    if measure.sides is not None and levels != BINARY:
        raise UsageProblem(f"{measure.name} has levels of its own: for, against and between")
    things = tuple(ledger.resolve(name, measure.kind) for name in names)
    if len({thing.id for thing in things}) < len(things):
        raise UsageProblem(f"{things[0].name} agrees with itself; name two actors")
    return Yardstick(
        measure=measure,
        things=things,
        levels=asked_levels if measure.sides is None else _of_sides(measure.sides),
        gauge=measure.curve(Terms(values_of(levels), least, of_one=bool(things))),
        least=least,
        alike=levels if measure.sides is None else SCALED,
    )


def _of_sides(sides: tuple[tuple[str, ...], ...]) -> Levels:
    """Return a level for each side, at which all its positions count."""
    return Levels({position: at for at, side in enumerate(sides) for position in side}, len(sides))
