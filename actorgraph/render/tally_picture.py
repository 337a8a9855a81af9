"""Tallies as pictures: for each proposal a bar of those against to the left, and one of those for it to the right."""

from __future__ import annotations

from textwrap import shorten
from typing import TYPE_CHECKING, Final

from actorgraph.questions.counting import BETWEEN
from actorgraph.render import pictures
from actorgraph.render.phrases import Names, dateline
from actorgraph.render.weights import amount, whose
from actorgraph.vocabulary import counted as counted_in_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matplotlib.axes import Axes

    from actorgraph.questions.counting import Count
    from actorgraph.questions.majorities import Weighed
    from actorgraph.questions.tally import Tally

_MOST_DRAWN: Final = 30
"""How many bars a picture has at most: the most split."""

_ELSEWHERE: Final = "Elsewhere: only an undertaking, only possible, or one position if and another unless."

_LABEL: Final = 44
"""How many letters of a title stand beside its bar."""


def tally_picture(answer: Tally, ending: str) -> bytes:
    """Return the bars of those for and against, diverging, the most split on top, as SVG or PNG.

    Where a weight was asked for, the bars are sums of the first one. Beside them stands in words who is in between,
    contested, elsewhere or silent. What has neither side is left out, and counted.
    """
    names = Names(answer.about)
    sided = [counted for counted in answer.proposals if counted.supporting or counted.opposing]
    drawn = sided[:_MOST_DRAWN]
    weight = next(iter(answer.query.get("weight", ())), None)
    alone = answer.about.target_type == "proposal"
    title = (
        f"For and against: {names.title(answer.query['target'])}" if alone else "For and against, the most split first"
    )
    n = sum(counted.n for counted in drawn)
    unit = "actors" if weight is None else weight
    left_out = len(answer.proposals) - len(drawn)
    stances = f"N = {counted_in_words(n, 'stance')}, stated and uncontested"
    below = (
        dateline(answer),
        f"{stances}. Bars are {unit}: against left, hatched; for right.",
        *([f"Not drawn: {left_out} more, with fewer sides or with none."] if left_out else []),
        *([_ELSEWHERE] if any(counted.others for counted in drawn) else []),
        *_without(drawn),
    )

    def draw(axes: Axes) -> None:
        _bars(axes, drawn, [_label(counted, answer, names, alone=alone) for counted in drawn])

    tall = max(1.6, 0.34 * len(drawn) + 0.9)
    return pictures.picture(
        draw, title=shorten(title, 90, placeholder="…"), below=below, ending=ending, size=(9.5, tall)
    )


def _bars(axes: Axes, drawn: Sequence[Count], labels: Sequence[str]) -> None:
    if not drawn:
        axes.text(0.5, 0.5, "Nobody is for or against.", ha="center", va="center")
        axes.set_axis_off()
        return
    rows = range(len(drawn))
    against, support = ([_value(counted, side) for counted in drawn] for side in (1, 0))
    axes.barh(rows, [-value for value in against], color=pictures.AGAINST, hatch="////", edgecolor="white", height=0.7)
    axes.barh(rows, support, color=pictures.FOR, edgecolor="white", height=0.7)
    widest = max(*against, *support)
    gap = widest * 0.015
    for row, counted in enumerate(drawn):
        left, right = against[row], support[row]
        if left:
            axes.text(-left - gap, row, f"{amount(left)} against", ha="right", va="center", fontsize=8)
        label = ", ".join([*([f"{amount(right)} for"] if right else []), *_elsewhere(counted)])
        axes.text(right + gap, row, label, ha="left", va="center", fontsize=8)
    axes.axvline(0, color=pictures.INK, linewidth=0.8)
    axes.set_yticks(rows, labels)
    axes.set_ylim(len(drawn) - 0.4, -0.6)
    axes.set_xlim(-1.45 * max(against) - 0.1 * widest, max(support) + 0.9 * widest)
    axes.set_xticks([])
    axes.tick_params(axis="y", length=0)
    for side in ("left", "bottom"):
        axes.spines[side].set_visible(False)


def _value(counted: Count, side: int) -> float:
    """Return how many or how much is for (0) or against (1): by the first weight, if there is one."""
    if counted.weighed:
        return (counted.weighed[0].supporting, counted.weighed[0].opposing)[side]
    return (counted.supporting, counted.opposing)[side]


def _elsewhere(counted: Count) -> list[str]:
    """Return in words who is at no side: by the first weight, if there is one."""
    of: Count | Weighed = counted.weighed[0] if counted.weighed else counted
    stances, places = of.stances, (("contested", of.contested), ("elsewhere", of.others), ("silent", of.silent))
    between = [(position, stances[position]) for position in BETWEEN]
    return [f"{amount(number)} {place}" for place, number in (*between, *places) if number]


def _label(counted: Count, answer: Tally, names: Names, *, alone: bool) -> str:
    by = answer.query.get("by")
    parts = [
        *([] if alone and by else [names.proposal(counted.proposal)]),
        *([whose(counted, by, names)] if by else []),
    ]
    return shorten(": ".join(parts), _LABEL, placeholder="…")


def _without(drawn: Sequence[Count]) -> list[str]:
    lacking = {key for counted in drawn if counted.weighed for key in counted.weighed[0].without}
    return [f"In no sum: {counted_in_words(len(lacking), 'actor')} without that weight on record."] if lacking else []
