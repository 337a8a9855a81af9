"""On what two agree and where they part: the answer in a line, then proposal by proposal."""

from __future__ import annotations

from textwrap import fill
from typing import TYPE_CHECKING, Final

from actorgraph.analysis.align_pair import (
    AGREE,
    BY_DEGREES,
    COUNTED,
    IMPLIED,
    NEAR,
    ONE_ONLY,
    PART,
    SIDELESS,
    UNSETTLED,
)
from actorgraph.questions.cells import several
from actorgraph.questions.counting import ALTERNATIVES, CONTESTED, POSSIBLE
from actorgraph.render.align import CORRECTED, TITLE_LETTERS, how_it_is_told, how_many, movers_grid
from actorgraph.render.evidence import Citations
from actorgraph.render.grid import Grid
from actorgraph.render.measured import IN_WORDS, number, what_counts
from actorgraph.render.phrases import Names, conditions_in, dateline, grades_in, since, standing
from actorgraph.render.pictures import AGAINST, BETWEEN, FOR, INK, QUIET, lettering, nothing_to_draw, picture
from actorgraph.vocabulary import SCALE, counted

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from actorgraph.analysis.align_pair import Comparison, Matter, Stand
    from actorgraph.questions.rows import Row
    from actorgraph.render.pictures import Axes

_MOST_NAMED: Final = 4
"""So many proposals the first line names; it counts the others."""

_UNSETTLED: Final = {
    CONTESTED: CONTESTED,
    ALTERNATIVES: f"{IN_WORDS[ALTERNATIVES]} on a condition",
    POSSIBLE: "only possible",
    IMPLIED: "only implied",
}
"""What is said of where somebody stands who is not counted."""

_MOST_DRAWN: Final = 40
"""So many proposals a picture has room for."""

TONES: Final = {PART: "against", NEAR: "between", BY_DEGREES: "for", AGREE: "for"}


def align_pair_grids(answer: Comparison) -> tuple[Grid, ...]:
    """Return the answer in a line, then a line for each proposal; with `explain` also what only one of them stated."""
    names = Names(answer.about)
    evidence = Citations()
    above = (headline(answer, names), dateline(answer))
    shared = answer.of(*COUNTED)
    tables = [_matters(above, shared, answer, names, evidence)]
    if aside := answer.of(SIDELESS, UNSETTLED):
        tables.append(_matters(("Also on record, but not counted",), aside, answer, names, evidence))
    explain = "explain" in answer.query
    if explain and (alone := answer.of(ONE_ONLY)):
        tables.append(_matters(("Only one of them has stated a position",), alone, answer, names, evidence))
    rows = [row for matter in (*shared, *aside, *(answer.of(ONE_ONLY) if explain else ())) for row in matter.rows]
    numbers = {mover.source: f"({at})" for at, mover in enumerate(answer.sources, start=1)}
    below = (
        *conditions_in(answer, rows),
        *grades_in(evidence.cited),
        *_numbers(answer, numbers),
        *_only_one(answer, names, explain=explain),
        *(how_it_is_told(answer) if answer.pair.share is not None else ()),
        what_counts(answer),
    )
    if not evidence.cited:
        return (tables[0]._replace(below=below),)
    return *tables, *movers_grid(answer.sources, numbers), *evidence.grid(*below)


def headline(answer: Comparison, names: Names) -> str:
    """Return on how much two agree and where they part, in a line.

    >>> from actorgraph import align_pair, load
    >>> told = align_pair(load("graphs/ukraine-troops"), "France", "UK", as_of="2026-01-10")
    >>> headline(told, Names(told.about))
    'France and United Kingdom agree on 7 of 7 proposals.'
    """
    so_much, parted = _so_much(answer, names), answer.of(PART, NEAR)
    part = f"they differ on {_listed([_with_positions(one, names) for one in parted])}" if parted else ""
    if not answer.pair.shared:
        return f"{so_much}: there is none on which both have stated a position that counts."
    if answer.pair.agreement is None:
        agreed = [_in_a_sentence(one, names) for one in answer.of(AGREE, BY_DEGREES)]
        both = [*([f"they agree on {_listed(agreed)}"] if agreed else []), *([part] if part else [])]
        return f"{so_much} (at least {answer.query['min_shared']}): {' and '.join(both)}."
    return f"{so_much}; {part}." if part else f"{so_much}."


def _so_much(answer: Comparison, names: Names) -> str:
    """Return on how much two agree, as the beginning of a sentence."""
    pair = answer.pair
    both = f"{names.actor(pair.actor)} and {names.actor(pair.other)}"
    if not pair.shared:
        return f"{both} share no proposal"
    proposals = counted(pair.shared, "proposal")
    if pair.agreement is None:
        return f"{both} share {proposals}, too few for a number"
    on, how = ("on", "") if answer.query["levels"] == "binary" else ("by", " on the six-step scale")
    degrees = f" ({len(answer.of(BY_DEGREES)):,} to different degrees)" if answer.of(BY_DEGREES) else ""
    many = how_many(pair.agreement) if pair.agreement else "none"
    return f"{both} agree {on} {many} of {proposals}{how}{degrees}"


def _in_a_sentence(matter: Matter, names: Names) -> str:
    """Return what a proposal is called within a sentence, which a full stop would end."""
    return names.proposal(matter.proposal).rstrip(".")


def _with_positions(matter: Matter, names: Names) -> str:
    return f"{_in_a_sentence(matter, names)} ({matter.first.place} / {matter.second.place})"


def _listed(texts: list[str]) -> str:
    """Return names as a sentence lists them; of many the first ones, and how many others."""
    more = len(texts) - _MOST_NAMED
    return several(texts if more <= 1 else [*texts[:_MOST_NAMED], f"{more} others"])


def _matters(
    above: tuple[str, ...], matters: Iterable[Matter], answer: Comparison, names: Names, evidence: Citations
) -> Grid:
    """Return a line for each proposal: the verdict, and where each of the two stands since when."""
    matters = tuple(matters)
    first, second = (names.actor(key) for key in (answer.pair.actor, answer.pair.other))
    lines = tuple(
        (names.proposal(matter.proposal), _stand(matter.first, names), _stand(matter.second, names), matter.verdict)
        for matter in matters
    )
    return Grid(
        above,
        ("PROPOSAL", first, second, ""),
        lines,
        frozenset({0, 1, 2, 3}),
        3,
        tuple(TONES.get(matter.verdict, "between") for matter in matters),
        evidence=tuple(evidence.of(*matter.rows) for matter in matters),
        named=frozenset({1, 2}),
    )


def _stand(stand: Stand, names: Names) -> str:
    """Return where one stands, with what limits it, and since when; a dash where it is silent."""
    return "\n".join(f"{standing(row, names)}{_from(row)}" for row in stand.rows) or "–"


def _from(row: Row) -> str:
    """Return since when a row holds, as the end of a phrase: from a day, or by one where it may be from before."""
    day = since(row)
    return f", {day if day.startswith('by ') else f'since {day}'}" if day else ""


def _numbers(answer: Comparison, numbers: dict[str, str]) -> Iterator[str]:
    """Yield the share, also corrected for chance, and how far they move without any one source."""
    pair = answer.pair
    if pair.share is None:
        return
    formula = CORRECTED[answer.query["corrected"]]
    corrected = "not defined here" if pair.corrected is None else number(pair.corrected)
    yield f"Share {number(pair.share)} of N = {pair.shared}; {formula.capitalize()} {corrected}."
    if pair.spread is not None:
        spread = pair.spread
        chance = (
            ""
            if spread.corrected_low is None
            else f", {formula.capitalize()} from {number(spread.corrected_low)} to {number(spread.corrected_high)}"
        )
        by = f"; it moves most without {numbers[spread.source]}" if spread.source else ""
        refused = f"; without {' or '.join(numbers[key] for key in spread.refused)} they share too few for a number"
        yield (
            f"Without any one source, the share is from {number(spread.low)} to {number(spread.high)}{chance}{by}"
            f"{refused * bool(spread.refused)}."
        )


def _only_one(answer: Comparison, names: Names, *, explain: bool) -> Iterator[str]:
    """Yield how many proposals only one of two has a position on, and how many no side is taken on."""
    alone = answer.of(ONE_ONLY)
    if alone:
        first = sum(bool(matter.first.rows) for matter in alone)
        whose = ((first, answer.pair.actor), (len(alone) - first, answer.pair.other))
        counts = " and ".join(f"{names.actor(actor)} alone has stated {many}" for many, actor in whose if many)
        yield f"Not shared: {counts}{'' if explain else ' (listed with --explain)'}."
    if aside := answer.of(SIDELESS):
        yield f"On {counted(len(aside), 'proposal')} one of them takes no side, neutral or undecided: left out."
    if unsettled := answer.of(UNSETTLED):
        yield f"On {counted(len(unsettled), 'proposal')} one of them is {_places(unsettled)}: left out."


def _places(unsettled: tuple[Matter, ...]) -> str:
    """Return where those stand that do not count, in words."""
    places = {stand.place for matter in unsettled for stand in (matter.first, matter.second)}
    return " or ".join(words for place, words in _UNSETTLED.items() if place in places)


def align_pair_picture(answer: Comparison, ending: str) -> bytes:
    """Return where two stand on each proposal that they share: two marks on the scale, joined where they part.

    Raises `UsageProblem` where they share none.
    """
    names = Names(answer.about)
    shared = answer.of(*COUNTED)
    if not shared:
        raise nothing_to_draw(headline(answer, names))
    drawn = shared[:_MOST_DRAWN]
    first, second = (lettering(names.actor(key)) for key in (answer.pair.actor, answer.pair.other))

    def draw(axes: Axes) -> None:
        for at, matter in enumerate(drawn):
            ends = [SCALE[matter.first.place], SCALE[matter.second.place]]
            apart = matter.verdict in (PART, NEAR)
            axes.plot(ends, [at, at], color=AGAINST if apart else BETWEEN, linestyle="-" if apart else ":", zorder=1)
            axes.scatter(ends[:1], [at], 60, marker="o", color=FOR, label=None if at else first)
            axes.scatter(
                ends[1:], [at], 90, marker="D", edgecolors=INK, facecolors="none", label=None if at else second
            )
        axes.set_yticks(range(len(drawn)), [lettering(names.proposal(matter.proposal), 46) for matter in drawn])
        axes.set_ylim(len(drawn) - 0.5, -0.5)
        axes.set_xlim(-1.15, 1.15)
        axes.set_xticks([-1, -0.5, 0, 0.5, 1], ["opposes", "sceptical", "neutral,\nundecided", "open", "supports"])
        axes.axvline(0, color=QUIET, linewidth=0.5)
        axes.tick_params(length=0)
        axes.legend(loc="lower left", bbox_to_anchor=(0, 1), ncols=2, frameon=False, fontsize=8)

    more = len(shared) - len(drawn)
    lines = "a solid line where they differ, a dotted one where they are on one side to different degrees"
    below = (
        dateline(answer),
        f"N = {counted(answer.pair.shared, 'shared proposal')}: {lines}.{f' {more} more are not drawn.' * bool(more)}",
        what_counts(answer),
    )
    size = (7.5, 1.8 + max(0.32 * len(drawn), 1.2))
    return picture(draw, title=_title(answer, names), below=below, ending=ending, size=size)


def _title(answer: Comparison, names: Names) -> str:
    """Return how much two agree, without on what they part, which the picture shows."""
    return fill(_so_much(answer, names), TITLE_LETTERS)
