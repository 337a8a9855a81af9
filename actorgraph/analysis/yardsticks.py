"""What a series can measure: each measure with its levels, what it is about, and what its numbers rest on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from actorgraph.analysis.counts import LEVELS, level_by_position, values_of
from actorgraph.analysis.curves import Additive, Pairwise, Read, agreement_curve, index_curve, support_curve
from actorgraph.analysis.shifts import Levels
from actorgraph.analysis.words import AGREEMENT, BALANCE, BINARY, INDEX, MEASURES, SCALED, SUPPORT, TWO_CAMP
from actorgraph.errors import UsageProblem
from actorgraph.questions.arguments import checked_word
from actorgraph.questions.counting import AGAINST, BETWEEN, CONTESTED, FOR
from actorgraph.questions.envelope import ReadOnly
from actorgraph.questions.sql import ANY_DAY, OF_PROPOSAL, of_actors
from actorgraph.vocabulary import counted

if TYPE_CHECKING:
    from collections.abc import Mapping

    from actorgraph.analysis.counts import Matrix
    from actorgraph.ledger.store import Ledger
    from actorgraph.ledger.things import Thing

ABOUT: Final[Mapping[str, str]] = ReadOnly(
    {AGREEMENT: "two actors, or nobody", INDEX: "one proposal, or none", SUPPORT: "one proposal"}
)
"""What those measures are about that may be given names."""

FEWEST: Final[Mapping[str, int]] = ReadOnly({BALANCE: 1})
"""On how many shared proposals a measure rests by its own formula, where it is not as many as for others."""

MOST_SEARCHED: Final = 3_000
"""For how many actors, at all points together, the best split is searched: so many take some ten seconds."""

_SIDES: Final = ReadOnly({position: at for at, side in enumerate((FOR, AGAINST, BETWEEN)) for position in side})


class Yardstick(NamedTuple):
    """A measure, and what it is about: `things` are the actors or the proposal that it was given.

    `lines` are the names of its values, `rests_on` says in words what its N counts; `alike` are the levels by which
    statements are alike. With `together` only positions beside which somebody else stands on the proposal bear on it.
    Without `refuses` its values are counts, which are returned however few there are.
    """

    measure: str
    things: tuple[Thing, ...]
    lines: tuple[str, ...]
    levels: Levels
    gauge: Additive | Pairwise
    rests_on: str
    alike: str = SCALED
    together: bool = True
    refuses: bool = True

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


def yardstick(ledger: Ledger, measure: str, names: tuple[str, ...], *, levels: str, least: int) -> Yardstick:
    """Return a measure by name, about actors or a proposal by their names.

    Raises `UsageProblem` for an unknown measure, level or name, for too many or too few names, and for levels where a
    measure has its own.

    >>> from actorgraph import load
    >>> stick = yardstick(load("examples/minimal.yaml"), "index", ("harbour",), levels="binary", least=3)
    >>> stick.target.id, stick.rests_on, stick.concerns("olsen", "harbour")
    ('harbour', 'actors with a position', True)
    """
    checked_word(measure, MEASURES, "no series of", f"it is one of {', '.join(MEASURES)}")
    level_by_position(levels)
    if len(names) not in {AGREEMENT: (0, 2), INDEX: (0, 1), SUPPORT: (1,)}.get(measure, (0,)):
        raise UsageProblem(f"{measure} is about {ABOUT.get(measure, 'all actors: it takes no name')}")
    if measure in (INDEX, SUPPORT) and levels != BINARY:
        raise UsageProblem(f"{measure} has levels of its own: for, against and between")
    kind = "actor" if measure == AGREEMENT else "proposal"
    things = tuple(ledger.resolve(name, kind) for name in names)
    if len({thing.id for thing in things}) < len(things):
        raise UsageProblem(f"{things[0].name} agrees with itself; name two actors")
    values = values_of(levels)
    stances = Levels(LEVELS[levels], len(values))
    if measure == AGREEMENT:
        shared = "positions on a proposal that two share"
        return Yardstick(
            measure=measure,
            things=things,
            lines=(measure,),
            levels=stances,
            gauge=agreement_curve(values),
            rests_on=shared,
            alike=levels,
        )
    if measure == INDEX:
        rests_on = "actors with a position" if things else f"positions on proposals with at least {least} of them"
        gauge = index_curve(least, of_one=bool(things))
        return Yardstick(measure, things, (measure,), Levels(_SIDES, 3), gauge, rests_on, together=False)
    if measure == SUPPORT:
        sides = Levels({**_SIDES, CONTESTED: 3}, 4)
        lines = ("for", "against", "between", CONTESTED)
        rests_on = "actors with an uncontested position"
        return Yardstick(measure, things, lines, sides, support_curve(), rests_on, together=False, refuses=False)
    if measure == TWO_CAMP:
        return Yardstick(
            measure=measure,
            things=(),
            lines=(measure,),
            levels=stances,
            gauge=Pairwise(values, _TwoCamps()),
            rests_on="positions on a proposal that two share",
            alike=levels,
        )
    rests_on = f"triangles of actors, each two of which share at least {counted(least, 'proposal')}"
    return Yardstick(
        measure=measure,
        things=(),
        lines=(measure,),
        levels=stances,
        gauge=Pairwise(values, _Balance(least)),
        rests_on=rests_on,
        alike=levels,
    )


class _TwoCamps:
    """The two-camp index, with how many positions pairs share. The last is kept: it mostly stays as it is."""

    def __init__(self) -> None:
        self._net: Matrix = np.zeros((0, 0))
        self._told = Read(None, 0)
        self._work = 0

    def __call__(self, congruence: Matrix, conflict: Matrix, _: Matrix) -> Read:
        """Return it. Raises `UsageProblem` where too many splits of too many actors are searched for."""
        from actorgraph.analysis.two_camps import two_camps

        shared, net = round(float((congruence + conflict).sum()) / 2), congruence - conflict
        if self._told.n == shared and np.array_equal(net, self._net):
            return self._told
        self._work += len(net)
        if self._work > MOST_SEARCHED:
            raise UsageProblem(
                f"the best split of {len(net)} actors at so many points takes too long; take fewer points with "
                "--every, --step or --from, or fewer actors with --kind or --group"
            )
        camps = two_camps(congruence, conflict)
        self._net, self._told = net, Read(camps.index, shared, camps.bound)
        return self._told


class _Balance:
    """The share of triangles that are balanced, with how many there are, of pairs that share enough to have a sign.

    The last signs are kept: mostly they stay as they are where something else moves.
    """

    def __init__(self, least: int) -> None:
        self._least = least
        self._signs: Matrix = np.zeros((0, 0))
        self._told = Read(None, 0)

    def __call__(self, congruence: Matrix, conflict: Matrix, shared: Matrix) -> Read:
        from actorgraph.analysis.balance import triangles

        signs = np.where(shared >= self._least, np.sign(congruence - conflict), 0)
        some = np.flatnonzero(signs.any(axis=1))
        signs = signs[np.ix_(some, some)]
        if not np.array_equal(signs, self._signs):
            census = triangles(signs)
            self._signs, self._told = signs, Read(census.share, census.triangles)
        return self._told
