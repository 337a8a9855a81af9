"""How balanced ties are, as tables: triangles, the two camps, and what goes against them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from actorgraph.questions.cells import several
from actorgraph.render.grid import Grid
from actorgraph.render.measured import behind, number, what_counts
from actorgraph.render.phrases import Names, dateline, first_of
from actorgraph.vocabulary import counted

if TYPE_CHECKING:
    from collections.abc import Callable

    from actorgraph.analysis.balance import Balance, TwoCamps
    from actorgraph.analysis.camps.signed_graph import CampsOfPart, SignedStructure, SignedTie
    from actorgraph.analysis.table_balance import TableBalance, Window

SIGNS: Final = {1: "+", -1: "−"}
KINDS: Final = {
    "none_negative": ("+++", "friends of friends are friends"),
    "one_negative": ("++−", "friends of friends are enemies"),
    "two_negative": ("+−−", "enemies of enemies are friends"),
    "all_negative": ("−−−", "enemies of enemies are enemies"),
}
BALANCED: Final = ("none_negative", "two_negative")

_MOST_SHOWN: Final = 40
"""How many ties that go against the camps a table shows."""

_MOST_NAMED: Final = 3
"""How many of the proposals that such a tie rests on are named."""

_THEORY: Final = (
    "Assumption: balance theory (Cartwright & Harary 1956): a triangle is balanced if an even number of its ties is "
    "negative. Frustration: the fewest ties that go against any two camps (Harary 1959; Aref & Wilson 2019)."
)
_EXPECTED: Final = "EXPECTED: the share of balanced triangles if the same signs were dealt at random to the same ties."
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
    structure, index = answer.structure, answer.two_camps
    if not answer.ties:
        value = [] if index.value is None else [f"{_valued(index)}: any two camps fit as well."]
        below = (no_ties(answer), *value, what_counts(answer))
        return (Grid(above, (), (), below=below), *behind(answer, names))
    same = set(index.camps) == set(structure.camps)
    grids = (
        *_of_structure(structure, names.actor, above),
        *([] if same else [_camps("The camps of the two-camp index", index.camps, names.actor)]),
        _against(structure, names.actor, lambda tie: _rests_on(answer, tie, names.proposal)),
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


def no_ties(answer: Balance) -> str:
    """Return why there are no ties, in a sentence."""
    if answer.even:
        pairs = "The only pair agrees" if answer.even == 1 else f"All {answer.even:,} pairs agree"
        return f"{pairs} as often as not: there are no ties."
    return f"No two actors share {counted(answer.query['min_shared'], 'proposal')}: there are no ties."


def table_balance_grids(answer: TableBalance) -> tuple[Grid, ...]:
    """Return how balanced the ties of a table are: all about the only window, or a line for each."""
    above = (f"How balanced are the ties in {answer.query['table']}?",)
    if "windows_in" in answer.query:
        return (_windows(answer.windows, above),)
    ((_, structure),) = answer.windows
    grids = (*_of_structure(structure, str, above), _against(structure, str))
    return *grids[:-1], grids[-1]._replace(below=(*grids[-1].below, _THEORY))


def _of_structure(structure: SignedStructure, name: Callable[[str], str], above: tuple[str, ...]) -> tuple[Grid, ...]:
    """Return the triangles by their signs, and the camps."""
    numbers = structure.census._asdict()
    lines = [
        (signs, f"{numbers[kind]:,}", f"{'balanced' if kind in BALANCED else 'not balanced'}: {words}")
        for kind, (signs, words) in KINDS.items()
    ]
    tones = tuple("for" if kind in BALANCED else "against" for kind in KINDS)
    share = "No three actors all have ties with each other: no triangles, no share of balanced ones."
    if structure.share is not None:
        of_all = f"{structure.balanced:,} of {counted(structure.triangles, 'triangle')}"
        share = f"Balanced: {number(structure.share)}, {of_all}; {by_chance(structure)}."
    ties = f"{counted(structure.positive + structure.negative, 'tie')} of {counted(structure.actors, 'actor')}"
    signs = f"{structure.positive:,} positive, {structure.negative:,} negative"
    census = Grid(
        above=above,
        headings=("TRIANGLE", "NUMBER", ""),
        lines=tuple(lines),
        flexible=frozenset({2}),
        toned=0,
        tones=tones,
        below=(f"{share} {ties}: {signs}.",),
    )
    if structure.share is None:
        census = Grid(above, (), (), below=census.below)
    return census, _camps("The camps with the fewest ties against them", structure.camps, name, _frustrated(structure))


def by_chance(structure: SignedStructure) -> str:
    """Return what the share of balanced triangles would be by the signs alone, in words."""
    if structure.expected is None:
        return ""
    return f"{number(structure.expected)} if the same signs were dealt at random to the same ties"


def _frustrated(structure: SignedStructure) -> str:
    """Return the frustration index in a sentence, with what is proved of it."""
    ties = counted(structure.positive + structure.negative, "tie")
    if structure.exact:
        others = ", and others may have as few" if structure.frustration else ""
        exact = f"exact: no camps have fewer ties against them{others}"
        return f"Frustration index {structure.frustration:,} of {ties}, {exact}."
    return (
        f"Frustration index at most {structure.frustration:,} of {ties}, by search; it is proved that no camps have "
        f"fewer than {structure.bound:,} ties against them."
    )


def _valued(index: TwoCamps) -> str:
    return f"Two-camp index {number(index.value)}, N = {counted(index.compared, 'pair')} of positions"


def _weighed(index: TwoCamps) -> str:
    """Return the two-camp index in a sentence, with what is proved of it."""
    sentence = _valued(index)
    if index.exact:
        others = ", and others may have as much" if index.value != 1 else ""
        return f"{sentence}, exact: no camps have more{others}."
    return f"{sentence}, by search; it is proved that no camps have more than {number(index.bound)}."


def _camps(title: str, parts: tuple[CampsOfPart, ...], name: Callable[[str], str], *below: str) -> Grid:
    """Return a line for each part of the graph, with who stands in which camp."""
    camps = [tuple(_members(camp, name) for camp in part) for part in parts]
    parted = "Parts that no tie joins: which camp of one goes with which of another is not known."
    if len(parts) < 2:
        return Grid((title,), ("ONE CAMP", "THE OTHER"), tuple(camps), frozenset({0, 1}), below=below)
    lines = tuple((str(at), *camp) for at, camp in enumerate(camps, 1))
    return Grid((title,), ("PART", "ONE CAMP", "THE OTHER"), lines, frozenset({1, 2}), below=(*below, parted))


def _members(camp: tuple[str, ...], name: Callable[[str], str]) -> str:
    return f"{len(camp):,}: {', '.join(map(name, camp))}" if camp else "nobody"


def _against(
    structure: SignedStructure,
    name: Callable[[str], str],
    rests_on: Callable[[SignedTie], tuple[str, ...]] | None = None,
) -> Grid:
    """Return the ties that go against the camps; where it is known, with what two agree and part on."""
    title = ("What goes against the camps",)
    ties = sorted(structure.against, key=lambda tie: -(tie.shared or 0))  # those that rest on most come first
    if not ties:
        return Grid(title, (), (), below=("Nothing: all ties fit them.",))
    rest = len(ties) - _MOST_SHOWN
    below = (f"{rest:,} more; --format json or csv has all.",) if rest > 0 else ()
    shown = [(tie, (name(tie.source), name(tie.target), SIGNS[tie.sign])) for tie in ties[:_MOST_SHOWN]]
    if rests_on is None:
        return Grid(title, ("ACTOR", "ACTOR", "TIE"), tuple(line for _, line in shown), below=below)
    headings = ("ACTOR", "ACTOR", "TIE", "SHARED", "AGREE ON", "PART ON")
    lines = tuple((*line, f"{tie.shared:,}", *rests_on(tie)) for tie, line in shown)
    return Grid(title, headings, lines, frozenset({0, 1, 4, 5}), below=below)


def _rests_on(answer: Balance, tie: SignedTie, title: Callable[[str], str]) -> tuple[str, ...]:
    """Return on what the ends of a tie agree, and on what they part: the first few, and how many more."""
    return tuple(_few(some, title) for some in (answer.agree_on(tie), answer.part_on(tie)))


def _few(proposals: tuple[str, ...], title: Callable[[str], str]) -> str:
    return several(first_of(map(title, proposals), _MOST_NAMED)) if proposals else "–"


def _what_ties_are(answer: Balance) -> str:
    least = answer.query["min_shared"]
    rest = {0: "none of them rests", 1: "1 of them rests"}.get(answer.on_one, f"{answer.on_one:,} of them rest")
    single = f"; {rest} on one" if least == 1 else ""
    agree, have = ("agrees", "has") if answer.even == 1 else ("agree", "have")
    even = f"; {counted(answer.even, 'pair')} {agree} as often as not, and {have} no tie" if answer.even else ""
    return (
        f"Ties: pairs that share at least {counted(least, 'proposal')}{single}; positive where they agree more than "
        f"they disagree, negative where less{even}."
    )


def _windows(windows: tuple[Window, ...], above: tuple[str, ...]) -> Grid:
    """Return a line for each window."""
    headings = ("WINDOW", "ACTORS", "+", "−", "TRIANGLES", "BALANCED", "EXPECTED", "FRUSTRATION", "AT LEAST")
    lines = tuple(
        (
            str(window),
            *(f"{n:,}" for n in (summary.actors, summary.positive, summary.negative, summary.triangles)),
            number(summary.share),
            number(summary.expected),
            f"{summary.frustration:,}",
            "exact" if summary.exact else f"{summary.bound:,}",
        )
        for window, summary in windows
    )
    exact = sum(one.exact for _, one in windows)
    below = (f"{counted(len(windows), 'window')}, the frustration index of {exact} exact.", _EXPECTED, _THEORY)
    return Grid(above, headings, lines, frozenset({0}), below=below)
