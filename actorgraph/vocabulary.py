"""The vocabulary: one word, one meaning, in YAML, code, command line, page and docs."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Final, Literal, NamedTuple, TypeAlias, TypeVar, get_args, overload

if TYPE_CHECKING:
    from decimal import Decimal

    _Number = TypeVar("_Number", Decimal, float)

ActorKind = Literal["state", "organisation", "coalition", "person"]
Position = Literal["supports", "open", "undecided", "neutral", "sceptical", "opposes"]
Stage = Literal["declines", "withdraws", "considers", "pledges", "allocates", "delivers", "threatens"]
Tie = Literal[
    "represents",
    "member-of",
    "leads",
    "mediates",
    "negotiates-with",
    "allied-with",
    "at-war-with",
    "advises",
]
Fate = Literal["adopted", "withdrawn", "rejected", "superseded", "lapsed"]
Reliability = Literal["A", "B", "C", "D", "E", "F"]

ACTOR_KINDS: Final[tuple[str, ...]] = get_args(ActorKind)
POSITIONS: Final[tuple[str, ...]] = get_args(Position)
STAGES: Final[tuple[str, ...]] = get_args(Stage)

MEANINGS: Final[dict[str, str]] = {
    "state": "a country or a body that acts for one",
    "organisation": "a party or company, a union, an authority or another body",
    "coalition": "several that act as one",
    "person": "a human being",
    "supports": "wants it",
    "open": "does not rule it out, or wants it in part",
    "undecided": "has not made up its mind, and says so",
    "neutral": "takes no side, and says so",
    "sceptical": "doubts it, and does not refuse it",
    "opposes": "does not want it",
    "declines": "will not take part, which is not to oppose it",
    "withdraws": "takes back a promise, or what it had begun",
    "considers": "weighs whether to take part",
    "pledges": "says that it will",
    "allocates": "has set resources aside for it",
    "delivers": "does it",
    "threatens": "says that it will do harm because of it",
    "represents": "speaks for the other",
    "member-of": "belongs to the other",
    "leads": "is the head of the other",
    "mediates": "mediates between the other and a third party",
    "negotiates-with": "is in talks with the other",
    "allied-with": "is bound to the other by an alliance",
    "at-war-with": "fights the other",
    "advises": "gives the other advice",
    "adopted": "came into force, and positions on it go on",
    "withdrawn": "was taken back, by those who put it forward",
    "rejected": "was turned down",
    "superseded": "gave way to another, which succeeds it",
    "lapsed": "ran out, or was dropped without a word",
}
"""What the words of `ActorKind`, `Position`, `Stage`, `Tie` and `Fate` mean in a model, the gist before any comma."""

SCALE: Final[dict[str, float]] = {
    "opposes": -1.0,
    "sceptical": -0.5,
    "neutral": 0.0,
    "undecided": 0.0,
    "open": 0.5,
    "supports": 1.0,
}
"""How far a stance is from opposing (−1) to supporting (+1)."""


UNDECIDED: Final = "undecided"
"""Halfway on the scale as `neutral` is, and yet no side taken: its mind is not made up."""


def apart(position: str, other: str) -> bool:
    """Whether two positions lie at least one apart on the scale: supports and open are near, supports and neutral not.

    Who is undecided differs from nobody yet.

    >>> apart("supports", "open"), apart("supports", "neutral"), apart("open", "sceptical")
    (False, True, True)
    >>> apart("supports", "undecided")
    False
    """
    if UNDECIDED in (position, other):
        return False
    return abs(SCALE[position] - SCALE[other]) >= 1


LADDER: Final[dict[str, float]] = {
    "withdraws": 0,
    "declines": 0,
    "considers": 1,
    "pledges": 2,
    "allocates": 3,
    "delivers": 4,
}
"""How far a commitment has come. `threatens`, a commitment to do harm, has no rung."""

IN_A_SENTENCE: Final[dict[str, str]] = {
    "open": "is open to",
    "undecided": "is undecided on",
    "neutral": "is neutral on",
    "sceptical": "is sceptical of",
}
"""The positions that are no verbs, as they stand between an actor and a proposal."""

RELATIONS: Final[dict[str, tuple[str, str]]] = {
    "represents": ("represents", "is represented by"),
    "member-of": ("is a member of", "has as a member"),
    "leads": ("leads", "is led by"),
    "mediates": ("mediates with", "has as mediator"),
    "negotiates-with": ("negotiates with", "negotiates with"),
    "allied-with": ("is allied with", "is allied with"),
    "at-war-with": ("is at war with", "is at war with"),
    "advises": ("advises", "is advised by"),
}
"""A relation between two actors in words, as read from either end."""

REFUSALS: Final = frozenset({"declines", "withdraws"})
UNDERTAKINGS: Final = frozenset({"pledges", "allocates", "delivers"})

ANY: Final = "any"
SILENT: Final = "silent"
NOT: Final = "not:"
"""Marks a condition that must not hold: `not:ceasefire`."""

OF_COMMITMENTS: Final = ("toward", "amount")
"""What only a commitment has, by key."""

ONLY_COMMITMENTS: Final = "only a commitment has one"
"""What is said of such a cell of a table beside a position."""

EVERYBODY: Final = ""
"""The addressee of what is addressed to nobody in particular."""

JOINTLY: Final = "jointly"
"""The key under which a record of a joint statement has all whose statement it is. In files, `actor` lists them."""

LINEUP: Final = (
    ("against", "Against", ("opposes", "threatens")),
    ("out", "Stay out", ("declines", "withdraws")),
    ("between", "In between", ("sceptical", "undecided", "neutral", "open", "considers")),
    ("for", "In favour", ("supports",)),
    ("in", "Take part", ("pledges", "allocates", "delivers")),
)
"""The columns of a line-up, from against to for: what each is called, and which positions and stages stand in it."""

SAID_BY_HEADING: Final = ("opposes", "declines", "supports")
"""The positions that the heading of their column says: where it has no others, nothing in it says them again."""

VIEWS: Final = ("lineup", "positions", "actors", "matrix", "table", "timeline")
"""The pictures of a model between which its page can choose."""

THEMES: Final = ("light", "dark")

RELIABILITY: Final[dict[str, str]] = {
    "A": "reliable",
    "B": "usually reliable",
    "C": "fairly reliable",
    "D": "not usually reliable",
    "E": "unreliable",
    "F": "reliability cannot be judged",
}
"""Grades of a source, after the Admiralty code (NATO AJP-2.1)."""

CREDIBILITY: Final[dict[int, str]] = {
    1: "confirmed by other sources",
    2: "probably true",
    3: "possibly true",
    4: "doubtful",
    5: "improbable",
    6: "truth cannot be judged",
}
"""Grades of what a source says, after the Admiralty code (NATO AJP-2.1)."""


def counted(number: int, noun: str) -> str:
    """Return a number of things in words, with a comma between thousands.

    >>> counted(1, "actor"), counted(0, "proposal"), counted(6203, "proposal")
    ('1 actor', '0 proposals', '6,203 proposals')
    """
    return f"{number:,} {noun}{'s' * (number != 1)}"


def gist(word: str) -> str:
    """Return what a word of the vocabulary means, in a few words; nothing where there is no more to say.

    >>> gist("sceptical"), gist("D"), gist("2")
    ('doubts it', 'not usually reliable', 'probably true')
    """
    grades = {str(number): meaning for number, meaning in CREDIBILITY.items()}
    return (MEANINGS | RELIABILITY | grades).get(word, "").partition(",")[0]


def widest(ranges: "Iterable[tuple[_Number | None, _Number | None]]") -> "tuple[_Number | None, _Number | None]":
    """Return the range that covers several, each from its least to its most; None where an end of any is open.

    >>> widest([(1, 2), (0, 5)]), widest([(1, None), (0, 5)])
    ((0, 5), (0, None))
    """
    ends = tuple(ranges)
    least, most = [low for low, _ in ends if low is not None], [high for _, high in ends if high is not None]
    return min(least) if len(least) == len(ends) else None, max(most) if len(most) == len(ends) else None


@overload
def rounded(value: float) -> float: ...


@overload
def rounded(value: None) -> None: ...


def rounded(value: float | None) -> float | None:
    """Return a measure as answers hold it: with four digits behind the point, and no sign at nought; None where none.

    >>> rounded(2 / 3), rounded(-0.00001), rounded(None)
    (0.6667, 0.0, None)
    """
    return None if value is None else round(float(value), 4) + 0.0


def grade(reliability: str | None, credibility: int | None) -> str | None:
    """Return the two-part grade of an evidence, `?` for the part that nobody judged.

    >>> grade("D", 3), grade("B", None), grade(None, None)
    ('D3', 'B?', None)
    """
    if reliability is None and credibility is None:
        return None
    return f"{reliability or '?'}{credibility or '?'}"


def parts_of_grade(mark: str | None) -> tuple[str, str]:
    """Return the two parts of a grade as they rank, the best first: what nobody judged counts as not to be judged.

    >>> parts_of_grade("D3"), parts_of_grade("B?"), parts_of_grade(None)
    (('D', '3'), ('B', '6'), ('F', '6'))
    """
    mark = mark or "??"
    return mark[0].replace("?", "F"), mark[1].replace("?", "6")


WEAK_GRADES: Final = "EF56"
"""What grades weak evidence: a source that is unreliable, a report that is improbable, or either not to be judged."""


def weak_grade(grades: Iterable[str | None]) -> str | None:
    """Return the best of some grades where all of them are weak, else nothing. What nobody judged is not called weak.

    >>> weak_grade(["E3", "F6"]), weak_grade(["E3", "C2"]), weak_grade(["E3", None]), weak_grade(["B?"]), weak_grade([])
    ('E3', None, None, None, None)
    """
    marks = [mark or "" for mark in grades]
    are_weak = all(any(part in WEAK_GRADES for part in mark) for mark in marks)
    return min(marks, key=parts_of_grade, default=None) if are_weak else None


def grade_in_words(mark: str | None) -> str:
    """Spell a grade out.

    >>> grade_in_words("D3")
    'not usually reliable; possibly true'
    >>> grade_in_words(None)
    'not graded'
    """
    if mark is None:
        return "not graded"
    reliability = RELIABILITY.get(mark[0], "source not graded")
    credibility = CREDIBILITY[int(mark[1])] if mark[1].isdigit() else "credibility not graded"
    return f"{reliability}; {credibility}"


Track: TypeAlias = tuple[str, str, str]
"""What supersedes and contests itself: (kind, actor, proposal)."""


class Step(NamedTuple):
    """A link in a chain of reasoning: a position on a proposal, and the rule by which it follows from the one before.

    The rule is `stated` for the first link, which rests on records; `entails` where the proposal before entails this
    one, `entailed` where this one entails that; `excludes`; and `undertakes` for the support that lies in a commitment.
    """

    position: str
    proposal: str
    rule: str


def if_and_unless(conditions: Iterable[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return which of some conditions must hold, and which must not, each in their order.

    >>> if_and_unless(["ceasefire", "not:us-backstop"])
    (('ceasefire',), ('us-backstop',))
    """
    conditions = tuple(conditions)
    met = tuple(condition for condition in conditions if not condition.startswith(NOT))
    return met, tuple(condition.removeprefix(NOT) for condition in conditions if condition.startswith(NOT))


def compatible(conditions: Iterable[str], others: Iterable[str]) -> bool:
    """Whether what depends on some conditions can hold at once with what depends on others.

    >>> compatible(("ceasefire",), ("not:ceasefire",)), compatible(("ceasefire",), ("us-backstop",))
    (False, True)
    """
    both = {*conditions, *others}
    return not any(NOT + condition in both for condition in both)
