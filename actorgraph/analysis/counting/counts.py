"""Who said what how often: the counts from which networks, agreement and camps are worked out."""

from __future__ import annotations

from array import array
from collections.abc import Mapping
from copy import copy
from typing import TYPE_CHECKING, Final

import numpy as np

from actorgraph.analysis.counting.positions import must_be_few
from actorgraph.analysis.words import BINARY, SCALED
from actorgraph.questions.arguments import checked_word
from actorgraph.questions.envelope import ReadOnly
from actorgraph.vocabulary import SCALE

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Sequence
    from typing import TypeAlias

    from numpy.typing import NDArray

    from actorgraph.analysis.counting.positions import Positions, Taken

    Matrix: TypeAlias = NDArray[np.float64]
    Told: TypeAlias = tuple[str, ...] | Taken
    """The ids of the records behind a statement, or a position that has them."""

LEVELS: Final[Mapping[str, Mapping[str, int]]] = ReadOnly(
    {
        BINARY: ReadOnly({"supports": 1, "open": 1, "sceptical": 0, "opposes": 0}),
        SCALED: ReadOnly({position: at for at, position in enumerate(SCALE)}),
    }
)
"""At which level a position counts: for 1 and against 0 alone, or each step of the scale, from opposing, at its own."""

NO_SIDE: Final = "no side"
"""Why a stance is left out that is neither for nor against, where only these count."""

HALF: Final = 0.5
"""Of the range: two who are nearer on a proposal are on one side of it, two who are farther apart on opposite ones."""


def level_by_position(levels: str) -> Mapping[str, int]:
    """Return at which level each position counts. Raises `UsageProblem` where there are no such levels.

    >>> level_by_position("binary")["open"], "neutral" in level_by_position("binary")
    (1, False)
    """
    return LEVELS[checked_word(levels, LEVELS, "no levels", "they are binary or scale")]


def values_of(levels: str) -> tuple[float, ...]:
    """Return the value of each level, in their order: against and for, or the steps of the scale.

    >>> values_of("binary")
    (0.0, 1.0)
    """
    return tuple(SCALE.values()) if levels == SCALED else (0.0, 1.0)


def level_distances(values: Sequence[float]) -> Matrix:
    """Return how far levels are apart by two, as a share of their range: |q_k − q_l| / R.

    >>> level_distances((0.0, 1.0)).tolist()
    [[0.0, 1.0], [1.0, 0.0]]
    """
    steps = np.array(values)
    apart: Matrix = np.abs(steps[:, None] - steps[None, :]) / (max(values) - min(values))
    return apart


def distance_of(position: str, other: str, levels: str) -> float:
    """Return how far two positions that have a level are apart, from 0 to 1: |q − q'| / R.

    >>> distance_of("supports", "open", "scale"), distance_of("supports", "open", "binary")
    (0.25, 0.0)
    """
    level_of, values = level_by_position(levels), values_of(levels)
    return abs(values[level_of[position]] - values[level_of[other]]) / (max(values) - min(values))


def side_of(position: str) -> int | None:
    """Return 1 for a position that is for, 0 for one that is against, and None for what takes no side.

    >>> side_of("open"), side_of("sceptical"), side_of("neutral")
    (1, 0, None)
    """
    return LEVELS[BINARY].get(position)


class RecordsBehind(Mapping[tuple[str, str], tuple[str, ...]]):
    """The ids of the records behind the counts of actors on proposals: read when somebody asks for those of one.

    >>> RecordsBehind({("uk", "harbour"): [("a", "b"), ("b",)]})["uk", "harbour"]
    ('a', 'b')
    """

    def __init__(self, sources: Mapping[tuple[str, str], Told | list[Told]]) -> None:
        """Take what tells them, of each actor on each proposal: ids, or a position that has them, or several such."""
        self._sources = sources

    def __getitem__(self, track: tuple[str, str]) -> tuple[str, ...]:
        sources = self._sources[track]
        every = [_ids(some) for some in (sources if isinstance(sources, list) else [sources])]
        return tuple(dict.fromkeys(record for records in every for record in records))

    def __contains__(self, track: object) -> bool:
        return track in self._sources  # a mapping would read the records to know it

    def __iter__(self) -> Iterator[tuple[str, str]]:
        return iter(self._sources)

    def __len__(self) -> int:
        return len(self._sources)

    def only(self, tracks: Container[tuple[str, str]]) -> RecordsBehind:
        """Return those of some actors on some proposals."""
        return RecordsBehind({track: sources for track, sources in self._sources.items() if track in tracks})


class Counts:
    """How often each actor took each position on each proposal: n_ijk of actor i on proposal j at level k.

    `n` has the shape (levels, actors, proposals) and holds whole numbers, as floats that multiply fast. `actors` and
    `proposals` are ids, sorted. `values` are those of the levels, in their order; the range R of them is that of the
    scale, not of the data. `records` are the ids of the records behind each actor's count on each proposal. `left_out`
    are numbers of statements that do not count, by the reason. What compares two actors is a square table in their
    order, with 0 for an actor and itself.
    """

    def __init__(
        self,
        statements: Iterable[tuple[str, str, str, Told]],
        *,
        levels: str,
        actors: Iterable[str] = (),
        proposals: Iterable[str] = (),
        left_out: Mapping[str, int] | None = None,
    ) -> None:
        """Count statements: actor, proposal and position, and the ids of their records or what has them.

        Of `actors` and `proposals` there may be none.

        Raises `UsageProblem` for unknown levels, and for tables that are too large to be held.
        """
        level_of = level_by_position(levels)
        rows: dict[str, int] = {}
        columns: dict[str, int] = {}
        at: tuple[array[int], ...] = (array("B"), array("L"), array("L"))
        behind: dict[tuple[str, str], Told | list[Told]] = {}
        no_side = 0
        for actor, proposal, position, records in statements:
            if position not in level_of:
                no_side += 1
                continue
            cell = level_of[position], rows.setdefault(actor, len(rows)), columns.setdefault(proposal, len(columns))
            for numbers, number in zip(at, cell, strict=True):
                numbers.append(number)
            earlier = behind.setdefault((actor, proposal), records)
            if isinstance(earlier, list):
                earlier.append(records)
            elif earlier is not records:
                behind[actor, proposal] = [earlier, records]
        self.levels = levels
        self.values = values_of(levels)
        self.actors = tuple(sorted({*actors, *rows}))
        self.proposals = tuple(sorted({*proposals, *columns}))
        self.records = RecordsBehind(behind)
        self.left_out = ReadOnly({**(left_out or {}), **({NO_SIDE: no_side} if levels == BINARY else {})})
        must_be_few(len(self.actors), len(self.proposals), levels=len(self.values))
        self.n: Matrix = np.zeros((len(self.values), len(self.actors), len(self.proposals)))
        np.add.at(
            self.n, (np.array(at[0]), _places(rows, self.actors)[at[1]], _places(columns, self.proposals)[at[2]]), 1
        )

    def only(self, tracks: Container[tuple[str, str]]) -> Counts:
        """Return the counts of some actors on some proposals alone, in tables of the same shape.

        `left_out` stays that of the whole.
        """
        kept = copy(self)
        kept.records = self.records.only(tracks)
        mask = [[(actor, proposal) in tracks for proposal in self.proposals] for actor in self.actors]
        kept.n = self.n * np.array(mask, dtype=float).reshape(self.n.shape[1:])
        return kept

    @property
    def range(self) -> float:
        """How far the values of two levels can be apart: that of the scale, whatever was said."""
        return max(self.values) - min(self.values)

    @property
    def activity(self) -> Matrix:
        """How many statements each actor made, N_i."""
        made: Matrix = self.n.sum(axis=(0, 2))
        return made

    @property
    def on_each(self) -> Matrix:
        """How many statements each actor made on each proposal: the sum over the levels."""
        made: Matrix = self.n.sum(axis=0)
        return made

    @property
    def distance(self) -> Matrix:
        """How far the levels are apart by two, as a share of the range: |q_k − q_l| / R."""
        return level_distances(self.values)

    def same_proposals(self) -> Matrix:
        """Return, by two actors, how many pairs of their statements are on one proposal (`ignore`)."""
        flat = self.on_each
        return _without_self(flat @ flat.T)

    def congruence(self) -> Matrix:
        """Return, by two actors, how much they agree: the sum of n_ijk · n_i'jl · (1 − |q_k − q_l| / R)."""
        return self._weighed(1 - self.distance)

    def conflict(self) -> Matrix:
        """Return, by two actors, how much they disagree: the sum of n_ijk · n_i'jl · |q_k − q_l| / R."""
        return self._weighed(self.distance)

    def nearer(self) -> Matrix:
        """Return, by two actors, how many pairs of their statements on one proposal are nearer than half the range."""
        return self._weighed((self.distance < HALF).astype(float))

    def farther(self) -> Matrix:
        """Return, by two actors, how many pairs of their statements on one proposal are farther than half the range."""
        return self._weighed((self.distance > HALF).astype(float))

    def shared(self) -> Matrix:
        """Return, by two actors, on how many proposals both have said something."""
        has = (self.on_each > 0).astype(float)
        return _without_self(has @ has.T)

    def balance(self) -> Matrix:
        """Return, by actor and proposal, statements for less those against; on the scale, the sum of their values."""
        signs = 2 * (np.array(self.values) - min(self.values)) / self.range - 1  # −1 at one end of it, 1 at the other
        balance: Matrix = np.tensordot(signs, self.n, axes=1)
        return balance

    def _weighed(self, weight: Matrix) -> Matrix:
        levels, actors, proposals = self.n.shape
        by_actor = self.n.transpose(1, 0, 2)
        weighed = np.tensordot(weight, self.n, axes=1).transpose(1, 0, 2)
        cells = levels * proposals
        return _without_self(by_actor.reshape(actors, cells) @ weighed.reshape(actors, cells).T)


def counts_of(positions: Positions, levels: str = "binary") -> Counts:
    """Return the counts of the positions of a day: each is one statement.

    >>> from actorgraph import load
    >>> from actorgraph.analysis.counting.positions import positions
    >>> counts = counts_of(positions(load("examples/minimal.yaml"), as_of="2026-06"))
    >>> counts.actors, counts.conflict().tolist()
    (('fishers-union', 'harbour-board'), [[0.0, 1.0], [1.0, 0.0]])
    """
    statements = (
        (actor, proposal, taken.position, taken)
        for actor, theirs in positions.taken.items()
        for proposal, taken in theirs.items()
    )
    return Counts(statements, levels=levels, left_out=positions.left_out)


def _ids(source: Told) -> tuple[str, ...]:
    return source if isinstance(source, tuple) else source.records


def _places(keys: Iterable[str], ids: Sequence[str]) -> NDArray[np.intp]:
    """Return where each id that was found stands among ids that are sorted."""
    at = {key: place for place, key in enumerate(ids)}
    return np.array([at[key] for key in keys], dtype=np.intp)


def _without_self(matrix: Matrix) -> Matrix:
    """Return a matrix with nothing on its diagonal."""
    np.fill_diagonal(matrix, 0)
    return matrix
