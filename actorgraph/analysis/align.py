"""align: who agrees with whom on what both have stated, pair by pair."""

from __future__ import annotations

from dataclasses import dataclass
from math import comb
from typing import TYPE_CHECKING

from actorgraph.analysis.aligned_pairs import AlignedPair, spread_cells
from actorgraph.analysis.counting.counts import level_by_position
from actorgraph.analysis.counting.positions import positions
from actorgraph.analysis.measured import Measured, head_of
from actorgraph.analysis.pairs import PairByPair, checked_how, movers, must_be_asked_about
from actorgraph.analysis.words import BINARY, MIN_SHARED, SCOTT
from actorgraph.gc_pause import no_garbage_collection
from actorgraph.questions.about import Mentions
from actorgraph.questions.arguments import checked_ledger
from actorgraph.questions.cells import ASKED_COLUMNS
from actorgraph.questions.view import given

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date
    from typing import Unpack

    from actorgraph.analysis.aligned_pairs import RankedPairs
    from actorgraph.analysis.pairs import Mover
    from actorgraph.ledger.store import Ledger
    from actorgraph.ledger.things import Thing
    from actorgraph.questions.options import Narrowing


@dataclass(frozen=True, repr=False)
class Alignment(Measured[AlignedPair]):
    """Who agrees with whom, under the envelope of an answer.

    `pairs` are all that share a proposal, those who agree most first, and last those who share too few for a number.
    `asked_pairs` is how many pairs there are of actors that take a position, `enough` how many have a number, `too_few`
    how many share a proposal and have none, and `none` how many share none: these three add up to it. `sources` are
    those that move a number most. `pairs` is a sequence: those without a number are made when they are read.
    """

    pairs: RankedPairs
    asked_pairs: int
    enough: int
    too_few: int
    none: int
    sources: tuple[Mover, ...]

    LISTS = "pairs"
    COLUMNS = (
        *ASKED_COLUMNS,
        "actor",
        "actor_name",
        "other",
        "other_name",
        "shared",
        "agreement",
        "conflict",
        "share",
        "corrected",
        "corrected_by",
        "by_degrees",
        "low",
        "high",
        "corrected_low",
        "corrected_high",
        "source",
        "without_it",
        "refused",
        "records",
    )
    SHOWN = ("actor_name", "other_name", "shared", "agreement", "conflict", "share", "corrected")

    @property
    def ranked(self) -> tuple[AlignedPair, ...]:
        """The pairs that have a number."""
        return self.pairs.numbered

    def cells(self) -> Iterator[dict[str, object]]:
        """Yield the cells of each pair."""
        asked = {**self.asked, "corrected_by": self.query["corrected"]}
        for pair in self.pairs:
            spread = {} if pair.spread is None else spread_cells(pair.spread)
            yield {**asked, **spread, **pair._asdict()}


def align(
    ledger: Ledger,
    actor: str | None = None,
    *,
    as_of: str | date,
    levels: str = BINARY,
    min_shared: int = MIN_SHARED,
    corrected: str = SCOTT,
    sensitivity: bool = False,
    explain: bool = False,
    **options: Unpack[Narrowing],
) -> Alignment:
    """Return who agrees with whom as of a day, or how much one actor agrees with each of the others, ranked.

    What two share are the proposals on which both have stated a position that is certain and uncontested; what is only
    inferred does not count, and silence is no position. See `agreement_of` for the formulas.

    Args:
        ledger: The model, opened by `load`.
        actor: The id, the name or an alias of an actor; all pairs where none is named.
        as_of: The day that is asked about; a partial date means its last day.
        levels: `binary`, for and against alone: supports and open are one side, sceptical and opposes the other, and
            who is neutral or undecided is left out. Or `scale`: by how far two are apart on the six-step scale.
        min_shared: Where two share fewer proposals than that, they have no number.
        corrected: By whose formula agreement is corrected for chance: `scott` (π) or `cohen` (κ).
        sensitivity: Also how far each number moves when any one source is left out.
        explain: Also the rows behind the numbers.
        options: Under which assumptions, and to whom and what it is narrowed: see `Narrowing`.

    Returns:
        The pairs, those who agree most first; of those who agree alike, those who share more.

    Raises:
        UsageProblem: An unknown name, condition, kind, group or tag, a bad date, or no such levels or correction.

    >>> from actorgraph import load
    >>> answer = align(load("graphs/ukraine-troops"), "France", as_of="2026-01-10")
    >>> [(pair.other, pair.agreement, pair.shared) for pair in answer.ranked][:2]
    [('uk', 7.0, 7), ('european-allies', 3.0, 3)]
    >>> answer.asked_pairs, answer.enough, answer.too_few, answer.none
    (12, 3, 5, 4)
    """
    how = checked_how(levels, min_shared, corrected, sensitivity=sensitivity)
    target = None if actor is None else checked_ledger(ledger).resolve(actor, "actor")
    stand = positions(ledger, as_of=as_of, **options)
    must_be_asked_about(stand.view, () if target is None else (target,))
    with no_garbage_collection():
        pairing = PairByPair(stand, how)
        pairs = pairing.sharing(None if target is None else target.id)
        about = {} if target is None else {"target": target.id}
        query = {"command": "align", **about, **how.asked, **given(explain=explain)}
        rows = pairing.behind(pairs.numbered) if explain else ()
        level_of = level_by_position(levels)
        head = head_of(stand, query, explain=explain, rows=rows, level_of=level_of, also=Mentions(target))
    asked_pairs = _asked_pairs(pairing.counts.actors, target)
    return Alignment(
        *head,
        pairs=pairs,
        asked_pairs=asked_pairs,
        enough=len(pairs.numbered),
        too_few=pairs.few,
        none=asked_pairs - len(pairs),
        sources=movers(ledger, pairs.numbered),
    )


def _asked_pairs(speaking: Sequence[str], target: Thing | None) -> int:
    """Return how many pairs there are of actors that take a position; of one, how many others it is compared with."""
    return comb(len(speaking), 2) if target is None else len({*speaking, target.id}) - 1
