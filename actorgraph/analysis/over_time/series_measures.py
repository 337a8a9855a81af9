"""What `series` measures: each measure once, with its numbers, its words, and how it is drawn.

It needs no library: what works a measure out is imported when it is asked to.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from actorgraph.analysis.words import MIN_SHARED
from actorgraph.questions.counting import AGAINST, BETWEEN, CONTESTED, FOR
from actorgraph.questions.envelope import ReadOnly

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from actorgraph.analysis.over_time.curves import Additive, Pairwise


class Terms(NamedTuple):
    """What a measure is worked out by: the values of the levels, the fewest it may rest on, if it is of one thing."""

    values: tuple[float, ...]
    least: int
    of_one: bool


class Measure(NamedTuple):
    """A measure over time.

    `about` says what names it may be given: as many as one of `takes`, of things of a `kind`. `question` is what it
    answers, where `{of}` stands for these names, or for `everything` where none is given; `question_of_statements` is
    that of windows, where it differs. `meaning` says what its values are: `{pairs}` are those over which it is summed,
    `{mean}` over what it is averaged, `{bound}` how sure it is where it is searched for.

    `lines` are the names of its values. They are shares or an index from 0 to 1, or with `is_count` numbers of actors
    or statements, which are told however few there are. `sides` are the positions of each of its levels; None where the
    levels are those that are asked for. With `together` only positions beside which somebody else stands on the
    proposal bear on it. `has_chain` says whether it can be followed over what points have in common.

    N is the number of `rests_on`, or of `rests_on_of_all` where it has one and no name is given; in windows that of
    `rests_on_of_statements`, None where it counts no statements. `{least}` stands in them for the fewest on which it
    may rest, which are `fewest` where nobody says, and `{proposals}` for so many proposals.

    `curve` returns what works it out. `height` is what a picture calls its scale.
    """

    name: str
    about: str
    question: str
    meaning: str
    lines: tuple[str, ...]
    rests_on: str
    rests_on_of_statements: str | None
    curve: Callable[[Terms], Additive | Pairwise]
    kind: str = "proposal"
    takes: tuple[int, ...] = (0,)
    everything: str = ""
    question_of_statements: str | None = None
    rests_on_of_all: str | None = None
    sides: tuple[tuple[str, ...], ...] | None = None
    is_count: bool = False
    together: bool = True
    has_chain: bool = False
    fewest: int = MIN_SHARED

    def height(self, *, of_statements: bool) -> str:
        """Return what a picture calls its scale: what is counted, or the measure itself."""
        if not self.is_count:
            return self.name
        return "statements" if of_statements else "actors"


def _agreement_curve(terms: Terms) -> Additive:
    from actorgraph.analysis.over_time.curves import agreement_curve

    return agreement_curve(terms.values)


def _index_curve(terms: Terms) -> Additive:
    from actorgraph.analysis.over_time.curves import index_curve

    return index_curve(terms.least, of_one=terms.of_one)


def _support_curve(_: Terms) -> Additive:
    from actorgraph.analysis.over_time.curves import support_curve

    return support_curve()


def _two_camp_curve(terms: Terms) -> Pairwise:
    from actorgraph.analysis.over_time.curves import two_camp_curve

    return two_camp_curve(terms.values)


def _balance_curve(terms: Terms) -> Pairwise:
    from actorgraph.analysis.over_time.curves import balance_curve

    return balance_curve(terms.values, terms.least)


_SHARED_POSITIONS: Final = "positions on a proposal that two share"
_PAIRS_OF_STATEMENTS: Final = "pairs of statements on one proposal"
_TRIANGLES: Final = "triangles of actors, each two of which share at least {proposals}"

_AGREEMENT: Final = Measure(
    name="agreement",
    about="two actors, or nobody",
    kind="actor",
    takes=(0, 2),
    question="How far do {of} agree",
    everything="all",
    meaning="Agreement is congruence as a share of congruence and conflict, each summed over {pairs}: 1 where those "
    "who stand on a proposal agree on all of it.",
    lines=("agreement",),
    rests_on=_SHARED_POSITIONS,
    rests_on_of_statements=_PAIRS_OF_STATEMENTS,
    has_chain=True,
    curve=_agreement_curve,
)

_INDEX: Final = Measure(
    name="index",
    about="one proposal, or none",
    takes=(0, 1),
    question="How united are they on {of}",
    everything="a proposal, on average",
    meaning="The index of Hix, Noury and Roland (2005) is 1 where all who state a position are on one side (for, "
    "against or in between), 0 where each of the three has a third of them{mean}.",
    lines=("index",),
    sides=(FOR, AGAINST, BETWEEN),
    rests_on="actors with a position",
    rests_on_of_all="positions on proposals with at least {least} of them",
    rests_on_of_statements=None,
    together=False,
    has_chain=True,
    curve=_index_curve,
)

_SUPPORT: Final = Measure(
    name="support",
    about="one proposal",
    takes=(1,),
    question="How many stand where on {of}",
    question_of_statements="How many statements are for and against on {of}",
    meaning="For are those who support it, against those who oppose it; between stands who says anything else.",
    lines=("for", "against", "between", CONTESTED),
    sides=(FOR, AGAINST, BETWEEN, (CONTESTED,)),
    rests_on="actors with an uncontested position",
    rests_on_of_statements="statements",
    is_count=True,
    together=False,
    curve=_support_curve,
)

_TWO_CAMP: Final = Measure(
    name="two-camp",
    about="all actors: it takes no name",
    question="How far are there two camps",
    meaning="The two-camp index is that of the best split in two: congruence within and conflict between the camps, "
    "less conflict within and congruence between, as a share of all{bound}.",
    lines=("two-camp",),
    rests_on=_SHARED_POSITIONS,
    rests_on_of_statements=_PAIRS_OF_STATEMENTS,
    curve=_two_camp_curve,
)

_BALANCE: Final = Measure(
    name="balance",
    about="all actors: it takes no name",
    question="How balanced are agreement and conflict",
    meaning="The balanced share is that of triangles with no or two negative ties (Cartwright and Harary 1956); a tie "
    "is positive where two agree on more than they differ on, negative where on less.",
    lines=("balance",),
    rests_on=_TRIANGLES,
    rests_on_of_statements=_TRIANGLES,
    fewest=1,
    curve=_balance_curve,
)

MEASURES: Final[Mapping[str, Measure]] = ReadOnly(
    {measure.name: measure for measure in (_AGREEMENT, _INDEX, _SUPPORT, _TWO_CAMP, _BALANCE)}
)
"""The measures by name, in the order in which they are listed."""
