"""What the answer of every measure has: the envelope, what counts and what is left out, and the rows behind it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias, TypeVar

from actorgraph.analysis.counting.counts import NO_SIDE
from actorgraph.questions.about import Mentions
from actorgraph.questions.arguments import checked_number
from actorgraph.questions.envelope import Envelope, ReadOnly
from actorgraph.vocabulary import POSITIONS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from actorgraph.analysis.counting.positions import Positions
    from actorgraph.questions.envelope import About
    from actorgraph.questions.rows import Row

Item = TypeVar("Item")

MeasuredHead: TypeAlias = (
    "tuple[Mapping[str, Any], str, str, str | None, str | None, tuple[str, ...], tuple[str, ...], About, "
    "int, int | None, int, int, Mapping[str, int], tuple[Row, ...]]"
)
"""The fields of `Measured`, in their order."""


@dataclass(frozen=True, repr=False)
class Measured(Envelope[Item]):
    """Numbers under the envelope of an answer, each with its N and the ids of the records behind it.

    `counted` is how many positions (or statements) count, `conditional` how many of the positions depend on conditions
    (None of statements), `speaking` how many actors take them, and `others` how many other actors were asked about:
    they take none that counts, and need not be silent. `left_out` are numbers of stances
    that do not count, by the reason. `rows` are the rows behind the numbers where they were asked for (`explain`), else
    none.
    """

    counted: int
    conditional: int | None
    speaking: int
    others: int
    left_out: Mapping[str, int]
    rows: tuple[Row, ...]


def head_of(
    stand: Positions,
    query: Mapping[str, Any],
    *,
    explain: bool = False,
    rows: tuple[Row, ...] | None = None,
    level_of: Mapping[str, int] | None = None,
    also: Mentions | None = None,
    named: Iterable[Row] = (),
) -> MeasuredHead:
    """Return the fields of `Measured` for positions of a day, in their order.

    With `explain`, the rows behind the numbers are those of all positions, or those among them that are given. Where
    only positions with a level count, `level_of` has these. All actors that take a position, and all proposals, have
    their names in it; `also` names others, and `named` are other rows that stand in the answer.
    """
    also = Mentions() if also is None else also
    mentions = also._replace(actors=(*also.actors, *stand.speaking), proposals=(*also.proposals, *stand.proposals))
    rows = (stand.rows if rows is None else rows) if explain else ()
    envelope = stand.view.envelope(query, (*rows, *named), mentions)
    takes = {
        actor: sum(level_of is None or one.position in level_of for one in theirs.values())
        for actor, theirs in stand.taken.items()
    }
    conditional = stand.conditional(level_of)
    counted, speaking = sum(takes.values()), sum(map(bool, takes.values()))
    takes_a_side = level_of is not None and not level_of.keys() >= set(POSITIONS)
    left_out = {**stand.left_out, **({NO_SIDE: len(stand) - counted} if takes_a_side else {})}
    return *envelope, counted, conditional, speaking, len(takes) - speaking, ReadOnly(left_out), rows


def records_of(stand: Positions, actors: Iterable[str], proposals: Iterable[str]) -> tuple[str, ...]:
    """Return the ids of the records behind what actors take on proposals, in that order, each once."""
    wanted = tuple(proposals)
    taken = (stand.taken[actor][key] for actor in actors for key in wanted if key in stand.taken[actor])
    return tuple(dict.fromkeys(record for one in taken for record in one.records))


def checked_min_shared(least: object) -> int:
    """Return the fewest shared proposals that a number may rest on. Raises `UsageProblem` below 1, and for no number.

    >>> checked_min_shared(3)
    3
    """
    return checked_number(least, "the fewest shared proposals", 1)
