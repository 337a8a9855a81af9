"""Structural balance: how far friends of friends are friends, and enemies of enemies, and what goes against it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from actorgraph.analysis.camps.signed_graph import CampsOfPart, SignedStructure, SignedTie, camps_of_parts, structure_of
from actorgraph.analysis.camps.two_camps import two_camps
from actorgraph.analysis.counting.counts import HALF, counts_of, level_by_position, values_of
from actorgraph.analysis.counting.positions import positions
from actorgraph.analysis.made_when_read import OnRecords, UnreadRecords
from actorgraph.analysis.measured import Measured, checked_min_shared, head_of
from actorgraph.analysis.words import BINARY
from actorgraph.questions.cells import ASKED_COLUMNS
from actorgraph.questions.envelope import ReadOnly
from actorgraph.questions.view import given
from actorgraph.vocabulary import rounded

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date
    from typing import Unpack

    from actorgraph.analysis.counting.counts import Counts, Matrix
    from actorgraph.analysis.counting.positions import Positions
    from actorgraph.ledger.store import Ledger
    from actorgraph.questions.options import Narrowing


class TwoCamps(NamedTuple):
    """The two-camp index of a day, and its camps: the `value` of the best that was found, and its `bound`.

    Both are None where nobody shares anything; `exact` says whether they are one. `compared` is how many pairs of
    positions on one proposal it compares: the sum of congruence and conflict.
    """

    value: float | None
    bound: float | None
    exact: bool
    compared: int
    camps: tuple[CampsOfPart, ...]


class _Position(NamedTuple):
    """What an actor takes on a proposal, and what it rests on."""

    position: str
    behind: UnreadRecords


class PositionBehind(OnRecords, _Position):
    """What an actor takes on a proposal, with the ids of the records behind it: they are read when somebody asks."""

    __slots__ = ()


@dataclass(frozen=True, repr=False)
class Balance(Measured[SignedTie]):
    """How balanced the ties of a day are: it lists the ties.

    A tie is a pair that shares `min_shared` proposals and agrees more than it disagrees, or less. `on_one` is how many
    ties rest on one shared proposal, `even` how many pairs agree as much as they disagree, and so have none.

    `held` is all that the ties rest on, by actor and proposal, each position once with its records: `agree_on`,
    `part_on` and `records_behind` read out of it what one tie rests on.
    """

    structure: SignedStructure
    two_camps: TwoCamps
    on_one: int
    even: int
    held: Mapping[str, Mapping[str, PositionBehind]]

    LISTS = "ties"
    COLUMNS = (
        *ASKED_COLUMNS,
        *("source", "source_name", "target", "target_name", "sign", "shared", "agree", "part", "against"),
        *("agree_on", "part_on", "records"),
    )
    SHOWN = ("source_name", "target_name", "sign", "shared", "agree", "part", "against")

    @property
    def ties(self) -> tuple[SignedTie, ...]:
        """All ties, as a table of signed ties has them."""
        return self.structure.ties

    def agree_on(self, tie: SignedTie) -> tuple[str, ...]:
        """Return the proposals on which the ends of a tie are nearer to each other than half the scale."""
        return tuple(proposal for proposal, apart in self._apart(tie) if apart < HALF)

    def part_on(self, tie: SignedTie) -> tuple[str, ...]:
        """Return the proposals on which the ends of a tie are farther apart than half the scale."""
        return tuple(proposal for proposal, apart in self._apart(tie) if apart > HALF)

    def records_behind(self, tie: SignedTie) -> tuple[str, ...]:
        """Return the ids of the records that a tie rests on, each once, by proposal."""
        both = (self.held[tie.source], self.held[tie.target])
        return tuple(
            dict.fromkeys(
                record for proposal, _ in self._apart(tie) for theirs in both for record in theirs[proposal].records
            )
        )

    def _apart(self, tie: SignedTie) -> Iterator[tuple[str, float]]:
        """Yield the proposals on which both ends stand, and how far apart, as a share of the scale."""
        levels = self.query["levels"]
        level_of, values = level_by_position(levels), values_of(levels)
        scale = max(values) - min(values)
        mine, theirs = self.held[tie.source], self.held[tie.target]
        for proposal, taken in mine.items():
            if proposal in theirs:
                ends = (values[level_of[position]] for position in (taken.position, theirs[proposal].position))
                yield proposal, abs(next(ends) - next(ends)) / scale

    def cells(self) -> Iterator[dict[str, object]]:
        """Yield the cells of each tie; the proposals and records of those alone that go against the camps."""
        names = self.about.actors
        for tie in self.ties:
            ends = {"source_name": names[tie.source], "target_name": names[tie.target]}
            opened = (read(tie) if tie.against else () for read in (self.agree_on, self.part_on, self.records_behind))
            behind = dict(zip(("agree_on", "part_on", "records"), opened, strict=True))
            yield {**self.asked, **tie._asdict(), **ends, **behind}


def balance(
    ledger: Ledger,
    *,
    as_of: str | date,
    levels: str = BINARY,
    min_shared: int = 1,
    explain: bool = False,
    **options: Unpack[Narrowing],
) -> Balance:
    """Return how balanced the ties of a day are: triangles, frustration, and the two-camp index.

    Two have a positive tie where they agree more than they disagree on what they share, a negative one where less. A
    triangle is balanced if an even number of its ties is negative (Cartwright & Harary 1956). Frustration is the fewest
    ties that go against any split in two camps (Harary 1959; Aref & Wilson 2019). The two-camp index weighs ties by how
    much two agree or disagree: see `two_camps`.

    Args:
        ledger: The model, opened by `load`.
        as_of: The day that is asked about; a partial date means its last day.
        levels: `binary`, for or against, or `scale`, the six steps.
        min_shared: On how many proposals two must both stand to be a pair: 1 by the formula of both measures.
        explain: Whether the rows behind it are wanted.
        options: Under which assumptions, and to whom and what it is narrowed: see `Narrowing`.

    Returns:
        The ties, under the numbers.

    Raises:
        UsageProblem: Unknown levels, condition, kind, group or tag, or a bad date.

    >>> from actorgraph import load
    >>> answer = balance(load("examples/minimal.yaml"), as_of="2026-06")
    >>> answer.structure.negative, answer.structure.share, answer.structure.frustration, answer.two_camps.value
    (1, None, 0, 1.0)
    """
    checked_min_shared(min_shared)
    stand = positions(ledger, as_of=as_of, **options)
    counts = counts_of(stand, levels)
    shared = counts.shared()
    pairs = shared >= min_shared
    congruence, conflict = (matrix * pairs for matrix in (counts.congruence(), counts.conflict()))
    signs = np.sign(congruence - conflict)
    structure = _with_numbers(structure_of(counts.actors, signs), counts)
    query = {"command": "balance", "levels": levels, "min_shared": min_shared, **given(explain=explain)}
    return Balance(
        *head_of(stand, query, explain=explain, level_of=level_by_position(levels)),
        structure,
        _two_camps(counts.actors, congruence, conflict),
        on_one=int(np.count_nonzero(signs * (shared == 1))) // 2,
        even=int(np.count_nonzero(pairs & (signs == 0))) // 2,
        held=_held(stand, counts),
    )


def _two_camps(actors: Sequence[str], congruence: Matrix, conflict: Matrix) -> TwoCamps:
    camps = two_camps(congruence, conflict)
    together = congruence + conflict
    parts = camps_of_parts(actors, together, camps.split[0])
    compared = round(float(together.sum()) / 2)
    return TwoCamps(rounded(camps.index), rounded(camps.bound), camps.exact, compared, parts)


def _with_numbers(structure: SignedStructure, counts: Counts) -> SignedStructure:
    """Return what is known of a graph, with on how many proposals the ends of each tie stand, agree and part."""
    row = {actor: at for at, actor in enumerate(counts.actors)}
    shared, agree, part = (
        matrix.astype(int).tolist() for matrix in (counts.shared(), counts.nearer(), counts.farther())
    )
    ties = []
    for tie in structure.ties:
        source, target = row[tie.source], row[tie.target]
        ties.append(tie._replace(shared=shared[source][target], agree=agree[source][target], part=part[source][target]))
    return structure._replace(ties=tuple(ties))


def _held(stand: Positions, counts: Counts) -> Mapping[str, Mapping[str, PositionBehind]]:
    """Return what each actor takes of what counts, by proposal, both sorted; those who take nothing are not in it."""
    level_of = level_by_position(counts.levels)
    held = {
        actor: ReadOnly(
            {
                proposal: PositionBehind(taken.position, UnreadRecords(partial(getattr, taken, "records")))
                for proposal, taken in sorted(theirs.items())
                if taken.position in level_of
            }
        )
        for actor, theirs in stand.taken.items()
    }
    return ReadOnly({actor: theirs for actor, theirs in sorted(held.items()) if theirs})
