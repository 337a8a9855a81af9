"""Into which blocs ties fall: communities by Louvain's method from many seeds, and how far these agree."""

from __future__ import annotations

from collections import Counter
from itertools import combinations
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from actorgraph.analysis.camps.louvain import canonical_order, louvain, modularity
from actorgraph.errors import UsageProblem

if TYPE_CHECKING:
    from typing import TypeAlias

    from actorgraph.analysis.camps.louvain import Labels
    from actorgraph.analysis.counting.counts import Counts, Matrix

    Labelling: TypeAlias = tuple[int, ...]

SEEDS: Final = 50
"""From how many seeds, 0 and up, blocs are looked for: one partition alone may be luck."""

FEWEST_TIED: Final = 3
"""How many actors must have a tie for there to be blocs."""

_SAME: Final = 12
"""To so many digits two modularities are the same."""


class Partition(NamedTuple):
    """Who is in one bloc with whom, as indices of a table of ties, and how surely.

    `blocs` are the largest first, each sorted; `untied` are those without a tie, who are in none. `modularity` is that
    of the blocs, the highest that any of the `seeds` gave, and `agreeing` how many of them gave these very blocs.
    `stability` is the mean adjusted Rand index between what any two seeds gave; `together` is, by two indices, the
    share of the seeds that put them in one bloc, 0 for who has no tie. Without a tie, both numbers are None.
    """

    blocs: tuple[tuple[int, ...], ...]
    untied: tuple[int, ...]
    modularity: float | None
    stability: float | None
    agreeing: int
    seeds: int
    together: Matrix

    @property
    def order(self) -> tuple[int, ...]:
        """All indices, bloc by bloc, and who has no tie last."""
        return (*(index for bloc in self.blocs for index in bloc), *self.untied)


def positive_part(congruence: Matrix, conflict: Matrix) -> Matrix:
    """Return by how much two agree more than they disagree; 0 where they do not.

    >>> positive_part(np.array([[0.0, 3], [3, 0]]), np.array([[0.0, 1], [1, 0]])).tolist()
    [[0.0, 2.0], [2.0, 0.0]]
    """
    return np.maximum(congruence - conflict, 0)


def partition_of(weights: Matrix, *, seeds: int = SEEDS) -> Partition:
    """Return the blocs that ties fall into: communities by Louvain's method, from each of the seeds 0, 1, 2 and so on.

    The blocs are those of the highest modularity. Same ties, same blocs: how actors are named or ordered decides
    nothing, but between partitions that are each other's mirror image, where the one with the first in it is taken.

    Args:
        weights: How strong the tie of two is: square, symmetric, 0 or more, with 0 on its diagonal.
        seeds: From how many seeds they are looked for; at least two, so that it shows how far they agree.

    Raises:
        UsageProblem: Fewer than two seeds.

    >>> ties = np.array([[0.0, 2, 0, 0, 0], [2, 0, 1, 0, 0], [0, 1, 0, 2, 0], [0, 0, 2, 0, 0], [0, 0, 0, 0, 0]])
    >>> found = partition_of(ties)
    >>> found.blocs, found.untied, found.stability, found.agreeing
    (((0, 1), (2, 3)), (4,), 1.0, 50)
    """
    if seeds < 2:
        raise UsageProblem(f"blocs cannot be looked for from {seeds} seeds; at least 2, to see how far they agree")
    tied, untied = np.flatnonzero(weights.sum(axis=1) > 0), np.flatnonzero(weights.sum(axis=1) <= 0)
    together = np.zeros(weights.shape)
    if not len(tied):
        return Partition(
            blocs=(),
            untied=tuple(untied.tolist()),
            modularity=None,
            stability=None,
            agreeing=0,
            seeds=seeds,
            together=together,
        )
    order = tied[canonical_order(weights[np.ix_(tied, tied)])]
    table = weights[np.ix_(order, order)]
    labellings = Counter(_numbered(louvain(table, seed)) for seed in range(seeds))
    value = {label: round(modularity(table, np.array(label)), _SAME) for label in labellings}
    best = min(labellings, key=lambda label: (-value[label], label))
    for label, times in labellings.items():
        together[np.ix_(order, order)] += times * np.equal.outer(label, label)
    blocs = [tuple(sorted(order[np.equal(best, bloc)].tolist())) for bloc in range(max(best) + 1)]
    blocs.sort(key=lambda bloc: (-len(bloc), bloc))
    alone = tuple(untied.tolist())
    return Partition(
        blocs=tuple(blocs),
        untied=alone,
        modularity=value[best],
        stability=_stability(labellings),
        agreeing=labellings[best],
        seeds=seeds,
        together=together / seeds,
    )


def blocs_of(counts: Counts) -> tuple[Partition, Matrix]:
    """Return the blocs in which actors agree more than they differ, and by how much each two do."""
    weights = positive_part(counts.congruence(), counts.conflict())
    return bloc_partition(weights), weights


def bloc_partition(weights: Matrix) -> Partition:
    """Return the blocs of a day by what is positive of its agreement: none where fewer than three actors have a tie.

    >>> bloc_partition(np.array([[0.0, 2], [2, 0]])).blocs
    ()
    """
    partition = partition_of(weights)
    return partition if len(weights) - len(partition.untied) >= FEWEST_TIED else partition_of(np.zeros_like(weights))


def _numbered(label: Labels) -> Labelling:
    """Return the communities of nodes, numbered as they first come: same communities, same numbers."""
    first = dict.fromkeys(label.tolist())
    number = {key: at for at, key in enumerate(first)}
    return tuple(number[key] for key in label.tolist())


def _stability(labellings: Counter[Labelling]) -> float:
    """Return the mean adjusted Rand index between what any two seeds gave, given how often each was given."""
    seeds = labellings.total()
    alike = sum(times * (times - 1) / 2 for times in labellings.values())
    unlike = sum(
        labellings[label] * labellings[other] * adjusted_rand_index(label, other)
        for label, other in combinations(labellings, 2)
    )
    return float((alike + unlike) / (seeds * (seeds - 1) / 2))


def adjusted_rand_index(labelling: Labelling, other: Labelling) -> float:
    """Return how far two partitions of the same things agree, beyond what chance gives: 1 where they are the same.

    It is the index of Hubert and Arabie, "Comparing partitions", Journal of Classification 2, 1985. Two that put
    all things in one, or each in its own, leave nothing to chance, and are the same.

    >>> adjusted_rand_index((0, 0, 1, 1), (5, 5, 2, 2)), adjusted_rand_index((0, 0, 1, 1), (0, 1, 0, 1))
    (1.0, -0.5)
    """
    both, of_one, of_other = (
        sum(times * (times - 1) // 2 for times in Counter(labels).values())
        for labels in (zip(labelling, other, strict=True), labelling, other)
    )
    pairs = len(labelling) * (len(labelling) - 1) // 2
    by_chance = 2 * of_one * of_other  # times the pairs, and doubled: whole numbers are exact
    most = (of_one + of_other) * pairs
    return 1.0 if most == by_chance else (2 * both * pairs - by_chance) / (most - by_chance)
