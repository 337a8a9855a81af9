"""The words of the options of measures, and what they are where nobody says them. It needs no library."""

from collections.abc import Mapping
from typing import Final

from actorgraph.questions.envelope import ReadOnly

BINARY: Final = "binary"
SCALED: Final = "scale"
LEVEL_NAMES: Final = (BINARY, SCALED)
"""Which positions are told apart: for or against alone, or the six steps of the scale."""

MIN_SHARED: Final = 3
"""On how many proposals two must both stand before a number says how near they are: fewer are a coincidence."""

ONE: Final = "one"
TWO: Final = "two"
MODES: Final = (ONE, TWO)
"""Of which nodes a network is: of actors alone, or of actors and proposals."""

IGNORE: Final = "ignore"
CONGRUENCE: Final = "congruence"
CONFLICT: Final = "conflict"
SUBTRACT: Final = "subtract"
WEIGHTS: Final[Mapping[str, tuple[str, ...]]] = ReadOnly(
    {ONE: (CONGRUENCE, CONFLICT, SUBTRACT, IGNORE), TWO: (SUBTRACT, IGNORE)}
)
"""What a tie can weigh, by mode. The first goes without saying."""

NONE: Final = "none"
DIVISORS: Final[Mapping[str, tuple[str, ...]]] = ReadOnly(
    {ONE: (NONE, "average", "jaccard", "dna-cosine", "cosine"), TWO: (NONE, "activity", "prominence")}
)
"""What weights can be divided by, by mode; the first goes without saying."""

ACTOR: Final = "actor"
SPEAKER: Final = "speaker"
ORGANISATION: Final = "organisation"
BY_WHOM: Final = (ACTOR, SPEAKER, ORGANISATION)
"""Whose a statement is: the actor's that holds it, that of who spoke, or the actor's for whom a person stands."""

ALL: Final = "all"
DUPLICATES: Final = (ALL, "document", "day", "week", "month", "year", "window")
"""Within what a statement that is made again, by the same actor at the same level, counts once only."""

SCOTT: Final = "scott"
COHEN: Final = "cohen"
CORRECTIONS: Final = (SCOTT, COHEN)
"""By whose formula agreement is corrected for chance."""
