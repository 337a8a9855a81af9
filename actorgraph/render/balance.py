"""How balanced ties are, as tables: triangles, the two camps, and what goes against them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from actorgraph.questions.cells import several
from actorgraph.render.grid import Grid
from actorgraph.render.measured import behind, number, what_counts
from actorgraph.render.phrases import Names, dateline
from actorgraph.vocabulary import counted

if TYPE_CHECKING:
    from collections.abc import Callable

    from actorgraph.analysis.balance import Balance, CampsOfPart, SignedStructure, SignedTie, TwoCamps
    from actorgraph.analysis.table_balance import TableBalance, Window

SIGNS: Final = {1: "+", -1: "−"}
KINDS: Final = {
    "none_negative": ("+++", "friends of friends are friends"),
    "one_negative": ("++−", "friends of friends are enemies"),
    "two_negative": ("+−−", "enemies of enemies are friends"),
    "all_negative": ("−−−", "enemies of enemies are enemies"),
}
BALANCED: Final = ("none_negative", "two_negative")

_MOST_SHOWN: Final = 25
"""How many ties that go against the camps a table shows."""

_THEORY: Final = (
    "Assumption: balance theory (Cartwright & Harary 1956): a triangle is balanced if an even number of its ties is "
    "negative. Frustration: the fewest ties that go against any two camps (Harary 1959; Aref & Wilson 2019)."
)
_BY_CONSTRUCTION: Final = (
    "Ties that all rest on one and the same proposal are balanced by construction, those for it against those against "
    "it: only ties on different proposals can say anything of balance."
)
_INDEX: Final = (
    "The two-camp index is the greatest of (congruence within + conflict between − conflict within − congruence "
    "between) / (congruence + conflict) over all splits in two: 1 where all agree with their own camp and none with "
    "the other."
)


def balance_grids(answer: Balance) -> tuple[Grid, ...]:
    """Return how balanced the ties of a day are as tables."""
    names = Names(answer.about)
    above = ("How balanced are the ties, and which two camps fit them best?", dateline(answer))
    if not answer.ties and answer.two_camps.value is None:
        least = counted(answer.query["min_shared"], "proposal")
        nobody = f"No two actors share {least}: there are no ties."
        return (Grid(above, (), (), below=(nobody, what_counts(answer))), *behind(answer, names))
    structure, index = answer.structure, answer.two_camps
    same = set(index.camps) == set(structure.camps)
    grids = (
        *_of_structure(structure, names.actor, above),
        *([] if same else [_camps("The camps of the two-camp index", index.camps, names.actor)]),
        *_against(structure, names.actor, names.proposal),
    )
    below = (
        f"{_weighed(index)}{' Its camps are the same.' if same else ''}",
        _what_ties_are(answer),
        *([_BY_CONSTRUCTION] if answer.on_one else []),
        _THEORY,
        _INDEX,
        what_counts(answer),
    )
    return *grids[:-1], grids[-1]._replace(below=(*grids[-1].below, *below)), *behind(answer, names)


def table_balance_grids(answer: TableBalance) -> tuple[Grid, ...]:
    """Return how balanced the ties of a table are: all about the only window, or a line for each."""
    above = (f"How balanced are the ties in {answer.query['table']}?",)
    if "windows_in" in answer.query:
        return (_windows(answer.windows, above),)
    ((_, structure),) = answer.windows
    grids = (*_of_structure(structure, str, above), *_against(structure, str, str))
    return *grids[:-1], grids[-1]._replace(below=(*grids[-1].below, _THEORY))


def _of_structure(structure: SignedStructure, name: Callable[[str], str], above: tuple[str, ...]) -> tuple[Grid, ...]:
    """Return the triangles by their signs, and the camps."""
    numbers = structure.census._asdict()
    lines = [
        (signs, str(numbers[kind]), f"{'balanced' if kind in BALANCED else 'not balanced'}: {words}")
        for kind, (signs, words) in KINDS.items()
    ]
    tones = tuple("for" if kind in BALANCED else "against" for kind in KINDS)
    share = (
        "No three actors all have ties with each other: no triangles, no share of balanced ones."
        if structure.share is None
        else f"Balanced: {number(structure.share)}, {structure.balanced} of {counted(structure.triangles, 'triangle')}."
    )
    ties = f"{counted(structure.positive + structure.negative, 'tie')} of {counted(structure.actors, 'actor')}"
    signs = f"{structure.positive} positive, {structure.negative} negative"
    census = Grid(
        above, ("TRIANGLE", "NUMBER", ""), tuple(lines), frozenset({2}), 0, tones, (f"{share} {ties}: {signs}.",)
    )
    if structure.share is None:
        census = Grid(above, (), (), below=census.below)
    return census, _camps("The camps with the fewest ties against them", structure.camps, name, _frustrated(structure))


def _frustrated(structure: SignedStructure) -> str:
    """Return the frustration index in a sentence, with what is proved of it."""
    ties = counted(structure.positive + structure.negative, "tie")
    if structure.exact:
        return f"Frustration index {structure.frustration} of {ties}, exact: no camps have fewer ties against them."
    return (
        f"Frustration index at most {structure.frustration} of {ties}, by search; it is proved that no camps have "
        f"fewer than {structure.bound} ties against them."
    )


def _weighed(index: TwoCamps) -> str:
    """Return the two-camp index in a sentence, with what is proved of it."""
    told = f"Two-camp index {number(index.value)}, N = {counted(index.compared, 'pair')} of positions"
    if index.exact:
        return f"{told}, exact."
    return f"{told}, by search; it is proved that no camps have more than {number(index.bound)}."


def _camps(title: str, parts: tuple[CampsOfPart, ...], name: Callable[[str], str], *below: str) -> Grid:
    """Return a line for each part of the graph, with who stands in which camp."""
    camps = [tuple(_members(camp, name) for camp in part) for part in parts]
    parted = "Parts that no tie joins: which camp of one goes with which of another is not known."
    if len(parts) < 2:
        return Grid((title,), ("ONE CAMP", "THE OTHER"), tuple(camps), frozenset({0, 1}), below=below)
    lines = tuple((str(at), *camp) for at, camp in enumerate(camps, 1))
    return Grid((title,), ("PART", "ONE CAMP", "THE OTHER"), lines, frozenset({1, 2}), below=(*below, parted))


def _members(camp: tuple[str, ...], name: Callable[[str], str]) -> str:
    return f"{len(camp)}: {', '.join(map(name, camp))}" if camp else "nobody"


def _against(structure: SignedStructure, name: Callable[[str], str], title: Callable[[str], str]) -> tuple[Grid, ...]:
    """Return the ties that go against the camps, with what two agree and part on where that is known."""
    ties = sorted(structure.against, key=lambda tie: -(tie.shared or 0))  # those that rest on most come first
    if not ties:
        return (Grid(("What goes against the camps",), (), (), below=("Nothing: all ties fit them.",)),)
    known = any(tie.shared is not None for tie in ties)
    lines = tuple(_tie(tie, name, title)[: 6 if known else 3] for tie in ties[:_MOST_SHOWN])
    headings = ("ACTOR", "ACTOR", "TIE", "SHARED", "AGREE ON", "PART ON")[: 6 if known else 3]
    rest = len(ties) - len(lines)
    below = (f"{rest} more; --format json or csv has all.",) if rest else ()
    return (
        Grid(
            ("What goes against the camps",),
            headings,
            lines,
            frozenset({0, 1, 4, 5}) if known else frozenset(),
            below=below,
        ),
    )


def _tie(tie: SignedTie, name: Callable[[str], str], title: Callable[[str], str]) -> tuple[str, ...]:
    agree, part = (several(map(title, some)) if some else "–" for some in (tie.agree_on, tie.part_on))
    return name(tie.source), name(tie.target), SIGNS[tie.sign], str(tie.shared), agree, part


def _what_ties_are(answer: Balance) -> str:
    least = answer.query["min_shared"]
    one = f"; {answer.on_one} of them {'rests' if answer.on_one == 1 else 'rest'} on one" if least == 1 else ""
    even = f"; {counted(answer.even, 'pair')} as often agree as not, and have no tie" if answer.even else ""
    return (
        f"Ties: pairs that share at least {counted(least, 'proposal')}{one}; positive where they agree more than they "
        f"disagree, negative where less{even}."
    )


def _windows(windows: tuple[Window, ...], above: tuple[str, ...]) -> Grid:
    """Return a line for each window."""
    headings = ("WINDOW", "ACTORS", "+", "−", "TRIANGLES", "BALANCED", "FRUSTRATION", "AT LEAST")
    lines = tuple(
        (
            str(window),
            *map(str, (one.actors, one.positive, one.negative, one.triangles)),
            number(one.share),
            str(one.frustration),
            "exact" if one.exact else str(one.bound),
        )
        for window, one in windows
    )
    exact = sum(one.exact for _, one in windows)
    below = (f"{counted(len(windows), 'window')}, the frustration index of {exact} exact.", _THEORY)
    return Grid(above, headings, lines, frozenset({0}), below=below)
