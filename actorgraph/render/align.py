"""Who agrees with whom, as a ranked table or as a heat map ordered by bloc."""

from __future__ import annotations

from collections import Counter
from itertools import accumulate, groupby
from math import inf
from textwrap import fill
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from actorgraph.dates import in_table
from actorgraph.render.grid import Grid
from actorgraph.render.measured import behind, number, what_counts
from actorgraph.render.phrases import NO_RECORD, Names, dateline
from actorgraph.render.pictures import AGAINST, FOR, INK, heat_map, heat_map_size, lettering, nothing_to_draw, picture
from actorgraph.render.wrapping import isolated
from actorgraph.vocabulary import counted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from actorgraph.analysis.align import Alignment
    from actorgraph.analysis.aligned_pairs import AlignedPair, Swing
    from actorgraph.analysis.blocs import Blocs
    from actorgraph.analysis.pairs import Mover
    from actorgraph.render.pictures import Axes

_MOST: Final = 40
"""So many pairs a table shows; of more, the half of it that is nearest and the half that is farthest."""

_MOST_DRAWN: Final = 45
"""So many actors a picture has room for."""

TITLE_LETTERS: Final = 64
"""How many letters of a title fit in a line above a picture."""

_CELL: Final = 0.4
"""How wide and high a cell is, in inches: it has room for two lines."""

FEW: Final = "x"
NONE: Final = "·"
"""What stands in a cell of a heat map without a number: too few proposals are shared, or none."""

CORRECTED: Final = {"scott": "SCOTT π", "cohen": "COHEN κ"}

_ASSUMED: Final = {
    "scott": "Scott’s π takes off what two would agree on by chance if both took {taken} as often as the two "
    "of them together do on what they share (Scott 1955): 1 is full agreement, 0 as by chance",
    "cohen": "Cohen’s κ takes off what two would agree on by chance if each took {taken} as often as it does "
    "itself on what they share (Cohen 1960): 1 is full agreement, 0 as by chance",
}
"""What a correction for chance assumes, in a sentence; `taken` is what counts, sides or positions."""


def align_grids(answer: Alignment) -> tuple[Grid, ...]:
    """Return a ranked table of pairs, and what of it has no number; with the records behind, where asked for."""
    names = Names(answer.about)
    above = (_question(answer, names), dateline(answer))
    ranked = answer.ranked
    if not ranked:
        below = (*_nobody(answer, names), what_counts(answer))
        return Grid(above, (), (), below=below), *behind(answer, names)
    numbers = {mover.source: f"[{at}]" for at, mover in enumerate(answer.sources, start=1)}
    shown = ranked if len(ranked) <= _MOST else (*ranked[: _MOST // 2], *ranked[-_MOST // 2 :])
    columns = _columns(answer, names, numbers)
    lines = [tuple(cell(pair) for cell in columns.values()) for pair in shown]
    if len(shown) < len(ranked):
        lines.insert(_MOST // 2, ("…", *[""] * (len(columns) - 1)))
    below = (
        *_left(answer, len(shown)),
        *_few(answer, names),
        *how_it_is_told(answer),
        *_moves(answer, numbers),
        what_counts(answer),
    )
    flexible = frozenset(at for at, heading in enumerate(columns) if heading in ("ACTOR", "WITH"))
    grid = Grid(above, tuple(columns), tuple(lines), flexible, below=below)
    return grid, *movers_grid(answer.sources, numbers), *behind(answer, names)


def _question(answer: Alignment, names: Names) -> str:
    if "target" in answer.query:
        return f"{names.actor(answer.query['target'])}: agreement with others, nearest first"
    return "Who agrees with whom, nearest first?"


def _columns(answer: Alignment, names: Names, numbers: Mapping[str, str]) -> dict[str, Any]:
    """Return the columns by their headings, each with what gives its cell of a pair."""
    of_one = "target" in answer.query
    columns: dict[str, Any] = {} if of_one else {"ACTOR": lambda pair: names.actor(pair.actor)}
    columns |= {
        "WITH": lambda pair: names.actor(pair.other),
        "SHARED": lambda pair: f"{pair.shared:,}",
        "AGREE": lambda pair: how_many(pair.agreement),
        "PART": lambda pair: how_many(pair.conflict),
        "SHARE": lambda pair: number(pair.share),
        CORRECTED[answer.query["corrected"]]: lambda pair: number(pair.corrected),
    }
    if "sensitivity" in answer.query:
        columns["RANGE"] = lambda pair: spread_in_words(pair.spread)
        columns["BY"] = lambda pair: moved_by(pair, numbers)
    return columns


def how_many(value: float | None) -> str:
    """Return a number of proposals: whole where levels are for and against, with two digits on the scale.

    >>> how_many(3.0), how_many(2.25), how_many(None)
    ('3', '2.25', '–')
    """
    return f"{int(value):,}" if value is not None and value == int(value) else number(value)


def spread_in_words(spread: Swing) -> str:
    """Return the least and the greatest share without any one source, in few letters."""
    low, high = number(spread.low), number(spread.high)
    return low if low == high else f"{low}–{high}"


def moved_by(pair: AlignedPair, numbers: Mapping[str, str]) -> str:
    """Return the number of the source that moves a pair most, and of those without which it has no number."""
    if pair.spread is None:
        return ""
    moved = [numbers[pair.spread.source]] if pair.spread.source else []
    return " ".join([*moved, *sorted(f"–{numbers[key]}" for key in pair.spread.refused)])


def _left(answer: Alignment, shown: int) -> tuple[str, ...]:
    """Return how many pairs there are, how many are not shown, and how many have no number."""
    least = answer.query["min_shared"]
    more = answer.enough - shown
    every = f"{_pairs(answer)}: {answer.enough:,} share at least {_proposals(least)}"
    few = f", {answer.too_few:,} share fewer and have no number" if answer.too_few else ""
    hidden = f"{more:,} more stand between these; `--format csv` or json has all of them. " if more > 0 else ""
    return (f"{hidden}{every}{few}, {answer.none:,} share none.",)


def _pairs(answer: Alignment) -> str:
    return f"{answer.asked_pairs:,} pair{'s' * (answer.asked_pairs != 1)}"


def _proposals(least: int) -> str:
    return counted(least, "proposal")


def _few(answer: Alignment, names: Names) -> tuple[str, ...]:
    """Return with whom one actor shares too few for a number, each with how many."""
    if "target" not in answer.query or not answer.too_few:
        return ()
    few = answer.pairs[answer.enough :]
    listed = ", ".join(f"{names.actor(pair.other)} ({pair.shared})" for pair in few[:_MOST])
    return (f"Too few shared (how many, in brackets): {listed}{' and others' if len(few) > _MOST else ''}.",)


def _nobody(answer: Alignment, names: Names) -> tuple[str, ...]:
    """Return why no pair has a number, and what can be asked instead."""
    least, asked = answer.query["min_shared"], answer.query.get("target")
    if not answer.counted:
        return (f"Nobody takes a position that counts on that day. {NO_RECORD}",)
    if asked is not None and not answer.pairs:
        return (f"{names.actor(asked)} shares no proposal with anybody.", _instead(answer))
    if not answer.pairs:
        return (f"No two share a proposal, of {_pairs(answer)}.", _instead(answer))
    most = answer.pairs.most_shared
    few = "1" if most == 1 else f"1 to {most}"
    pairs = f"Of {_pairs(answer)}, {answer.too_few:,} share {few} and {answer.none:,} share none."
    return (
        f"No pair shares {_proposals(least)} or more, so none has a number. {pairs}",
        *_few(answer, names),
        _instead(answer),
    )


def _instead(answer: Alignment) -> str:
    """Return what can be asked of a record that has too little for numbers."""
    fewer = ["`--min-shared 1` ranks them all the same"] if answer.pairs else []
    others = ("`actorgraph blocs` shows who stands together", "`actorgraph tally` how many stand where")
    return f"What can be asked instead: {', '.join([*fewer, *others])}."


_SIDES: Final = "AGREE: on one side, supports or open against sceptical or opposes; neutral and undecided take none."
_STEPS: Final = (
    "AGREE: 1 at one place of the scale (neutral and undecided are one), 0 at its two ends, else by how far apart; "
    "PART: the rest."
)


def how_it_is_told(answer: Any) -> tuple[str, ...]:
    """Return what the numbers mean and assume, in a sentence each."""
    is_binary = answer.query["levels"] == "binary"
    sides = _SIDES if is_binary else _STEPS
    weighted = "" if is_binary else ", weighted by how far positions are apart (Cohen 1968)"
    undefined = "; a dash where both are always on one side" if is_binary else "; a dash where there is no difference"
    assumed = _ASSUMED[answer.query["corrected"]].format(taken="sides" if is_binary else "each position")
    return sides, f"{assumed}{weighted}{undefined}."


def _moves(answer: Alignment, numbers: Mapping[str, str]) -> tuple[str, ...]:
    if "sensitivity" not in answer.query:
        return ()
    return (RANGE,) if numbers else (RANGE, "No source alone moves a number.")


RANGE: Final = (
    "RANGE: the least and the greatest share when any one source is left out; BY: the source that moves it most, and "
    "after – those without which too few are shared."
)


def movers_grid(sources: Iterable[Mover], numbers: Mapping[str, str]) -> tuple[Grid, ...]:
    """Return the sources that move numbers, by the numbers by which tables name them; no table where none does."""
    lines = tuple(
        (
            f"{numbers[source.source]} {isolated(source.publisher)} {in_table(source.published)}",
            isolated(source.title),
            source.source,
        )
        for source in sources
    )
    return (Grid(("Sources that move a number",), ("SOURCE", "TITLE", "ID"), lines, frozenset({1})),) if lines else ()


def align_picture(answer: Alignment, ending: str, blocs: Blocs | None) -> bytes:
    """Return a heat map of who agrees with whom, bloc by bloc; or of one actor the bars of what it shares.

    `blocs` are those of the same day and question, in whose order the map has the actors. Raises `UsageProblem` where
    no pair has a number.
    """
    names = Names(answer.about)
    if not answer.ranked:
        raise nothing_to_draw(_nobody(answer, names)[0])
    of_one = "target" in answer.query
    draw, lines, size = _bars(answer, names) if of_one else _map(answer, names, blocs)
    below = (dateline(answer), *lines, what_counts(answer))
    title = fill(_question(answer, names), TITLE_LETTERS) if of_one else "Who agrees with whom?"
    return picture(draw, title=title, below=below, ending=ending, size=size)


_Drawn: TypeAlias = "tuple[Callable[[Axes], None], tuple[str, ...], tuple[float, float]]"
"""What draws a picture, what stands below it, and its size in inches."""


def _drawn_by_bloc(answer: Alignment, blocs: Blocs | None) -> list[list[str]]:
    """Return the actors that have a number with somebody, by bloc, and last those who are in none.

    Of more than a picture holds, those who have it with the most others are left.
    """
    number = Counter(actor for pair in answer.ranked for actor in (pair.actor, pair.other))
    drawn = sorted(number, key=lambda actor: (-number[actor], actor))[:_MOST_DRAWN]
    bloc_of = {actor: bloc.bloc for bloc in blocs or () for actor in bloc.actors}
    groups = groupby(sorted(drawn, key=lambda actor: (bloc_of.get(actor, inf), actor)), key=bloc_of.get)
    return [list(group) for _, group in groups]


def _map(answer: Alignment, names: Names, of_day: Blocs | None) -> _Drawn:
    blocs = _drawn_by_bloc(answer, of_day)
    order = [actor for bloc in blocs for actor in bloc]
    of_two = {pair: one for one in answer.pairs for pair in ((one.actor, one.other), (one.other, one.actor))}
    table = [[of_two.get((row, column)) for column in order] for row in order]
    labels = [lettering(names.actor(actor)) for actor in order]

    def draw(axes: Axes) -> None:
        cells = [[pair and pair.share for pair in line] for line in table]
        texts = [[_text(pair) for pair in line] for line in table]
        for at in range(len(order)):
            texts[at][at] = ""
        heat_map(axes, cells, (labels, labels), limits=(0, 1), texts=texts)
        for border in list(accumulate(map(len, blocs)))[:-1]:
            axes.axhline(border - 0.5, color=INK, linewidth=0.8)
            axes.axvline(border - 0.5, color=INK, linewidth=0.8)

    least, drawn = answer.query["min_shared"], len(order)
    few = f"{FEW}: fewer than {least}, so no number; " if least > 1 else ""
    lines = (
        "In a cell: the share on which they agree, and below it N, how many proposals they share.",
        f"{few}{NONE}: none. Blue: they agree on all, orange: on nothing. Lines part the blocs of all ties (`blocs`).",
        *([f"{drawn} of {counted(answer.speaking, 'actor')} are drawn."] if drawn < answer.speaking else []),
    )
    width, height = heat_map_size((labels, labels), _CELL)
    return draw, lines, (width, height + 1.2)  # so much take the lines


def _bars(answer: Alignment, names: Names) -> _Drawn:
    shown = answer.ranked[:_MOST_DRAWN]

    def draw(axes: Axes) -> None:
        for at, pair in enumerate(shown):
            agreed, parted = pair.agreement or 0, pair.conflict or 0
            axes.barh(at, agreed, color=FOR, height=0.7)
            if parted:
                axes.barh(at, parted, left=agreed, color="white", edgecolor=AGAINST, hatch="////", height=0.7)
            axes.text(pair.shared, at, f" {number(pair.share)} of N = {pair.shared}", va="center", fontsize=8)
        axes.set_yticks(range(len(shown)), [lettering(names.actor(pair.other)) for pair in shown])
        axes.set_ylim(len(shown) - 0.5, -0.5)
        most = max(pair.shared for pair in shown)
        axes.set_xlim(0, 1.25 * most)
        axes.set_xticks(range(0, most + 1, max(most // 8, 1)))
        axes.set_xlabel("shared proposals")

    more = answer.enough - len(shown)
    lines = (
        "Blue: on how many they agree; hatched: on how many they disagree.",
        *([f"{more} more are farther, and not drawn."] if more else []),
        *_left(answer, answer.enough),
    )
    return draw, lines, (7.5, 2.0 + max(0.28 * len(shown), 1.2))


def _text(pair: AlignedPair | None) -> str:
    """Return what stands in a cell: the share and N, or a mark where too few are shared, or none."""
    if pair is None:
        return NONE
    return f"{FEW if pair.share is None else number(pair.share)}\n{pair.shared}"
