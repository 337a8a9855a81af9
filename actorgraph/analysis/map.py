"""A map: the actors in one or two dimensions, near each other where they hold the same, and how sure each place is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from actorgraph.analysis.counting.counts import counts_of, level_by_position
from actorgraph.analysis.counting.positions import positions
from actorgraph.analysis.measured import Measured, checked_min_shared, head_of, records_of
from actorgraph.analysis.scaling import QUANTILE, REPLICATES, Profiles, Scaled, bootstrap, classical_scaling, together
from actorgraph.analysis.words import MIN_SHARED, SCALED
from actorgraph.errors import UsageProblem
from actorgraph.names import fold
from actorgraph.questions.arguments import checked_ledger
from actorgraph.questions.cells import ASKED_COLUMNS
from actorgraph.questions.options import Narrowing, checked_options

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date
    from typing import Unpack

    from actorgraph.analysis.counting.counts import Counts, Matrix
    from actorgraph.analysis.counting.positions import Positions
    from actorgraph.ledger.store import Ledger
    from actorgraph.ledger.things import Label

FEWEST_ACTORS: Final = 4
FEWEST_PROPOSALS: Final = 5
"""Below so many actors or proposals there is no map: a triangle can always be drawn, whatever anybody holds."""

_DIGITS: Final = 6
"""To how many digits places are returned: other machines may round differently behind them."""


class PointOnMap(NamedTuple):
    """Where an actor is on a map: `y` is None in one dimension. `positions` are how many of its positions place it.

    `half_axes` are those of the ellipse that would hold 95 % of its bootstrapped places if they scattered normally, the
    longer first (in one dimension, half the length of the interval alone), and `angle` is that of the longer to the
    first axis, in degrees.
    """

    actor: str
    actor_name: str
    x: float
    y: float | None
    half_axes: tuple[float, ...]
    angle: float | None
    positions: int
    records: tuple[str, ...]


class NotOnMap(NamedTuple):
    """An actor with positions that has no place on the map: `positions` are how many it takes.

    `pairs` is with how many of the others that were still there it shares enough proposals.
    """

    actor: str
    actor_name: str
    positions: int
    pairs: int


class Refusal(NamedTuple):
    """Why there is no map: too few `actors` that all share enough with each other, too few `proposals`, or no distance.

    `reason` names which. `actors` are the ids of those that do, `proposals` how many they share. `instead` is the
    greatest `min_shared` below the one asked for with which there would be a map; None where there is none.
    """

    reason: str
    actors: tuple[str, ...]
    proposals: int
    instead: int | None


@dataclass(frozen=True, repr=False)
class ActorMap(Measured[PointOnMap]):
    """A map of actors under the envelope of an answer, by the names of the actors; empty where it is `refused`.

    `proposals` is on how many proposals it rests, those on which at least two of the actors have a position, and
    `fewest_shared` how many of them two of its actors share at least. `variance` is the share of each axis in all that
    distances of this kind could show, the sum of the positive eigenvalues, and `next_axis` that of the first axis that
    it has not; `negative` is how large the sum of the negative ones is beside it: what no map can show. `replicates`
    are how many times proposals were weighed again. `not_on_map` are the other actors with positions.
    """

    proposals: int
    fewest_shared: int
    variance: tuple[float, ...]
    next_axis: float | None
    negative: float | None
    replicates: int
    points: tuple[PointOnMap, ...]
    not_on_map: tuple[NotOnMap, ...]
    refused: Refusal | None

    LISTS = "points"
    COLUMNS = (
        *ASKED_COLUMNS,
        *("actor", "actor_name", "x", "y", "half_axis", "other_half_axis", "angle", "positions", "records"),
    )
    SHOWN = ("actor_name", "x", "y", "half_axis", "other_half_axis", "positions")

    def cells(self) -> Iterator[dict[str, object]]:
        """Yield the cells of each point."""
        for point in self.points:
            longer, other = (*point.half_axes, None)[:2]
            yield {**self.asked, **point._asdict(), "half_axis": longer, "other_half_axis": other}


def map_actors(
    ledger: Ledger,
    *,
    as_of: str | date,
    dimensions: int = 2,
    levels: str = SCALED,
    min_shared: int = MIN_SHARED,
    explain: bool = False,
    **options: Unpack[Narrowing],
) -> ActorMap:
    """Return the actors on a map, near each other where they hold the same on what both speak of.

    The distance of two is the city block, the mean of |q − q'| / R over the proposals that they share. Classical
    scaling (Torgerson 1952, Gower 1966) places them, and the Bayesian bootstrap over proposals (Rubin 1981), seeded,
    tells how far they would move if other proposals weighed more. Every two actors on a map share `min_shared`
    proposals at least: those that share enough with the fewest others are left out, one by one. With fewer than four
    actors or five proposals there is no map, and `refused` says why.

    Args:
        ledger: The model, opened by `load`.
        as_of: The day that is asked about; a partial date means its last day.
        dimensions: One or two.
        levels: `scale`, or `binary` for the sides alone, where positions without a side do not count.
        min_shared: How many proposals every two actors on the map share at least.
        explain: Whether the rows behind the map are in the answer.
        options: Under which assumptions, and to whom and what it is narrowed: see `Narrowing`.

    Returns:
        The map.

    Raises:
        UsageProblem: An unknown condition, kind, group, tag or level, a bad date, or a number that cannot be.

    >>> from actorgraph import load
    >>> map_actors(load("examples/minimal.yaml"), as_of="2026-06").refused
    Refusal(reason='actors', actors=('fishers-union',), proposals=0, instead=None)
    """
    checked_options(options, Narrowing)
    if not isinstance(dimensions, int) or dimensions not in QUANTILE:
        raise UsageProblem(f"a map has 1 or 2 dimensions, not {dimensions!r}")
    least = checked_min_shared(min_shared)
    stand = positions(checked_ledger(ledger), as_of=as_of, **options)
    counts = counts_of(stand, levels)
    some = _Some(counts, least)
    placed = None if some.too_few else some.placed(dimensions)
    query = {"command": "map", "dimensions": dimensions, "levels": levels, "min_shared": least}
    rows = tuple(row for row in stand.on(some.proposals).rows if placed is not None and row.actor in some.places)
    head = head_of(stand, query, explain=explain, rows=rows, level_of=level_by_position(levels))
    if placed is None:
        return ActorMap(
            *head,
            proposals=len(some.proposals),
            fewest_shared=0,
            variance=(),
            next_axis=None,
            negative=None,
            replicates=0,
            points=(),
            not_on_map=(),
            refused=_refusal(counts, some),
        )
    variance, next_axis, negative = _variance(placed, dimensions)
    return ActorMap(
        *head,
        proposals=len(some.proposals),
        fewest_shared=some.fewest_shared,
        variance=variance,
        next_axis=next_axis,
        negative=negative,
        replicates=REPLICATES,
        points=tuple(_points(ledger, stand, some, placed)),
        not_on_map=tuple(_left_out(ledger, counts, some.out)),
        refused=None,
    )


class _Some:
    """Who can be on one map, as far as each two of them share enough proposals, and on which proposals it rests."""

    def __init__(self, counts: Counts, least: int) -> None:
        self.least = least
        shared = counts.shared()
        chosen, self.out = together(shared, counts.conflict(), least)
        held = Profiles(counts)
        on = np.flatnonzero(held.has[chosen].sum(axis=0) > 1).tolist()
        self.held = held.only(chosen, on)
        self.places = {counts.actors[at]: place for place, at in enumerate(chosen)}
        self.proposals = [counts.proposals[at] for at in on]
        pairs = ~np.eye(len(chosen), dtype=bool)
        self.fewest_shared = int(shared[np.ix_(chosen, chosen)].min(initial=len(on), where=pairs))

    @property
    def too_few(self) -> str:
        """Of what there are too few for a map: actors or proposals; empty where there are enough."""
        if len(self.places) < FEWEST_ACTORS:
            return "actors"
        return "proposals" if len(self.proposals) < FEWEST_PROPOSALS else ""

    def placed(self, dimensions: int) -> Scaled | None:
        """Return where they are; None where all hold the same."""
        (distances,) = self.held.distances(np.ones((1, len(self.proposals))))
        return classical_scaling(distances, dimensions) if distances.any() else None


def _points(ledger: Ledger, stand: Positions, some: _Some, placed: Scaled) -> Iterator[PointOnMap]:
    """Yield where each actor is, by name."""
    spread = bootstrap(some.held, placed.coordinates)
    names = ledger.labels(some.places, "actor")
    numbers = some.held.has.sum(axis=1)
    for actor, at in _by_name(names, some.places):
        x, *more = _rounded(placed.coordinates[at])
        y = more[0] if more else None
        angle = None if y is None else _rounded(spread.angles[at : at + 1])[0]
        half_axes = _rounded(spread.half_axes[at])
        records = records_of(stand, (actor,), some.proposals)
        yield PointOnMap(
            actor=actor,
            actor_name=names[actor].name,
            x=x,
            y=y,
            half_axes=half_axes,
            angle=angle,
            positions=int(numbers[at]),
            records=records,
        )


def _by_name(names: Mapping[str, Label], actors: Mapping[str, int]) -> list[tuple[str, int]]:
    """Return actors, each with its number, by name."""
    return sorted(actors.items(), key=lambda actor: (fold(names[actor[0]].name), actor[0]))


def _rounded(numbers: Matrix) -> tuple[float, ...]:
    return tuple(round(float(number), _DIGITS) + 0.0 for number in numbers)  # −0.0 + 0.0 is 0.0


def _variance(placed: Scaled, dimensions: int) -> tuple[tuple[float, ...], float, float]:
    """Return the shares of the axes, and of the next, in the positive eigenvalues, and how large the negative are."""
    values = placed.eigenvalues
    positive = values.clip(min=0)
    *shares, beyond = _rounded(positive[: dimensions + 1] / positive.sum())
    return tuple(shares), beyond, _rounded(-values.clip(max=0).sum(keepdims=True) / positive.sum())[0]


def _left_out(ledger: Ledger, counts: Counts, out: Mapping[int, int]) -> Iterator[NotOnMap]:
    """Yield who is not on the map, by name."""
    names = ledger.labels([counts.actors[at] for at in out], "actor")
    numbers = counts.activity
    for actor, at in _by_name(names, {counts.actors[at]: at for at in out}):
        yield NotOnMap(actor, names[actor].name, int(numbers[at]), out[at])


def _refusal(counts: Counts, some: _Some) -> Refusal:
    """Return why there is no map, and with how few shared proposals there would be one."""
    reason = some.too_few or "distances"
    lower = range(some.least - 1, 0, -1) if some.too_few else ()
    instead = next((least for least in lower if not _Some(counts, least).too_few), None)
    return Refusal(reason, tuple(some.places), len(some.proposals), instead)
