"""How much two agree on what they share: agreement, conflict, and what is left of it when chance is taken off."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from actorgraph.analysis.words import CORRECTIONS, SCOTT
from actorgraph.questions.arguments import checked_word

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from numpy.typing import NDArray

    from actorgraph.analysis.counting.counts import Counts, Matrix


class Agreement(NamedTuple):
    """Tables by two actors, with nothing for an actor and itself.

    `shared` is on how many proposals both take a position that counts, `agreement` and `conflict` how much of these
    they agree and disagree on: their sum is `shared`. `corrected` is the agreement corrected for chance, at most 1, 0
    where they agree as often as by chance; nan where it is not defined.
    """

    shared: Matrix
    agreement: Matrix
    conflict: Matrix
    corrected: Matrix

    def share(self, min_shared: int = 1) -> Matrix:
        """Return the share of what two share on which they agree, from 0 to 1; nan where they share too few."""
        return self._where(np.divide(self.agreement, np.maximum(self.shared, 1)), min_shared)

    def corrected_share(self, min_shared: int) -> Matrix:
        """Return `corrected`, nan also where two share too few."""
        return self._where(self.corrected, min_shared)

    def _where(self, numbers: Matrix, min_shared: int) -> Matrix:
        kept: Matrix = np.where(self.shared >= max(min_shared, 1), numbers, np.nan)
        return kept


def checked_correction(corrected: str) -> str:
    """Return by whose formula agreement is corrected. Raises `UsageProblem` where there is no such formula.

    >>> checked_correction("cohen")
    'cohen'
    """
    return checked_word(corrected, CORRECTIONS, "agreement cannot be corrected by", "it is scott or cohen")


def agreement_of(
    counts: Counts, *, corrected: str = SCOTT, rows: Sequence[int] | NDArray[np.intp] | None = None
) -> Agreement:
    """Return how much each two actors agree, given at most one position of an actor on a proposal.

    With d the distance of two levels over the range of the scale, two disagree on a proposal by d and agree by 1 − d.
    Corrected for chance, agreement is 1 − D / E. D is the mean distance over the proposals that they share; E is what
    it would be by chance: of two positions that are drawn from both actors' on these proposals (Scott, "Reliability of
    Content Analysis", Public Opinion Quarterly 19(3), 1955), or one from each actor's own (Cohen, "A Coefficient of
    Agreement for Nominal Scales", Educational and Psychological Measurement 20(1), 1960). For two levels these are π
    and κ as defined there; for more, they are weighted by d (Cohen, "Weighted Kappa", Psychological Bulletin 70(4),
    1968; both for pairs of actors in Häge, "Choice or Circumstance?", Political Analysis 19(3), 2011).

    Args:
        counts: The positions, by `counts_of`.
        corrected: `scott` or `cohen`.
        rows: The numbers of the actors whose rows alone are wanted; all of them where it is None.

    Returns:
        Tables with a row for each of these actors, and a column for every actor.

    Raises:
        UsageProblem: An unknown correction.

    >>> from actorgraph.analysis.counting.counts import Counts
    >>> said = {"p": ("supports", "open"), "q": ("supports", "opposes"), "r": ("opposes", "opposes")}
    >>> told = ((actor, key, position, ()) for key, both in said.items() for actor, position in zip("ab", both))
    >>> found = agreement_of(Counts(told, levels="binary"))
    >>> [round(float(table[0, 1]), 4) for table in found]
    [3.0, 2.0, 1.0, 0.3333]
    """
    checked_correction(corrected)
    wanted = np.arange(len(counts.actors)) if rows is None else np.asarray(rows, dtype=int)
    distance = counts.distance
    n, mine = counts.n, counts.n[:, wanted]
    if rows is not None:  # nothing is shared where none of these takes a position
        taken = mine.any(axis=(0, 1))
        n, mine = n[:, :, taken], mine[:, :, taken]
    ours = mine @ n.sum(axis=0).T  # by level: on how many of the shared proposals the one takes it
    theirs = (n @ mine.sum(axis=0).T).transpose(0, 2, 1)  # and the other
    shared = ours.sum(axis=0)
    conflict = np.einsum("kra->ra", mine @ np.tensordot(distance, n, axes=1).transpose(0, 2, 1))
    if corrected == SCOTT:
        ours = theirs = (ours + theirs) / 2
    chance = (ours * np.tensordot(distance, theirs, axes=1)).sum(axis=0)
    left = np.full(shared.shape, np.nan)
    np.divide(conflict * shared, chance, out=left, where=chance > 0)
    tables = Agreement(shared, shared - conflict, conflict, 1 - left)
    for table, nothing in zip(tables, (0, 0, 0, np.nan), strict=True):
        table[np.arange(len(wanted)), wanted] = nothing
    return tables


class Ranges(NamedTuple):
    """Tables by two actors of how far their numbers move when any one source is left out; nan where there is none.

    `low` and `high` are the least and the greatest share, `corrected_low` and `corrected_high` those corrected for
    chance, with all sources among them. `source` is the number of the source that moves the share most, −1 where none
    does, and `without` what it is without that source. `refused` are, by two actors, the sources without which they
    share too few for a number.
    """

    low: Matrix
    high: Matrix
    corrected_low: Matrix
    corrected_high: Matrix
    source: Matrix
    without: Matrix
    refused: Mapping[tuple[int, int], tuple[str, ...]]


def ranges_of(
    counts: Counts,
    without: Iterable[tuple[str, Mapping[tuple[str, str], int | None]]],
    *,
    min_shared: int,
    corrected: str = SCOTT,
) -> Ranges:
    """Return how far agreement moves when any one source is left out.

    Args:
        counts: The positions, with all actors and proposals that `without` names among theirs.
        without: Each source, with the levels that would be others without it, None for none, by actor and proposal.
        min_shared: Where two share fewer, they have no number.
        corrected: `scott` or `cohen`.
    """
    row, column = ({key: at for at, key in enumerate(keys)} for keys in (counts.actors, counts.proposals))
    whole = agreement_of(counts, corrected=corrected)
    share, left = whole.share(min_shared), whole.corrected_share(min_shared)
    low, high, corrected_low, corrected_high = share.copy(), share.copy(), left.copy(), left.copy()
    source, moved, other = np.full(share.shape, -1.0), np.zeros(share.shape), np.full(share.shape, np.nan)
    refused: dict[tuple[int, int], tuple[str, ...]] = {}
    changed = counts.only(counts.records)  # a copy, which is changed and restored for each source
    for at, (key, levels) in enumerate(without):
        rows = sorted({row[actor] for actor, _ in levels})
        if not rows:
            continue
        for (actor, proposal), level in levels.items():
            changed.n[:, row[actor], column[proposal]] = [level == k for k in range(len(counts.values))]
        agreement = agreement_of(changed, corrected=corrected, rows=rows)
        changed.n[:, rows] = counts.n[:, rows]
        now, chance = agreement.share(min_shared), agreement.corrected_share(min_shared)
        for table, numbers, pick in (
            (low, now, np.fmin),
            (high, now, np.fmax),
            (corrected_low, chance, np.fmin),
            (corrected_high, chance, np.fmax),
        ):
            _set_both(table, rows, pick(table[rows], numbers))
        step = np.nan_to_num(np.abs(now - share[rows]))
        more = step > moved[rows] + _SAME
        for table, numbers in ((moved, step), (source, np.full(step.shape, float(at))), (other, now)):
            _set_both(table, rows, np.where(more, numbers, table[rows]))
        for i, j in np.argwhere(np.isnan(now) & ~np.isnan(share[rows])).tolist():
            for pair in {(rows[i], j), (j, rows[i])}:
                refused[pair] = tuple(dict.fromkeys((*refused.get(pair, ()), key)))
    return Ranges(
        low=low,
        high=high,
        corrected_low=corrected_low,
        corrected_high=corrected_high,
        source=source,
        without=other,
        refused=refused,
    )


_SAME: Final = 1e-12
"""Two shares that are no further apart are the same: floats differ in their last digit."""


def _set_both(table: Matrix, rows: Sequence[int], numbers: Matrix) -> None:
    """Put rows into a symmetric table, as columns, too."""
    table[rows] = numbers
    table[:, rows] = numbers.T
