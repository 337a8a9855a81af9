"""Signed ties as a picture: a matrix in the order of the camps, or the windows of a table as lines."""

from __future__ import annotations

from pathlib import PurePath
from typing import TYPE_CHECKING, Final

from actorgraph.render import pictures
from actorgraph.render.balance import SIGNS
from actorgraph.render.measured import number
from actorgraph.render.phrases import Names, dateline
from actorgraph.vocabulary import counted

if TYPE_CHECKING:
    from collections.abc import Callable

    from matplotlib.axes import Axes
    from matplotlib.patches import Rectangle

    from actorgraph.analysis.balance import Balance, SignedStructure
    from actorgraph.analysis.table_balance import TableBalance, Window

_MOST_NAMED: Final = 60
"""Up to how many actors have their names beside the matrix."""

_LONGEST: Final = 28
"""How many letters of a name stand there."""


def balance_picture(answer: Balance, ending: str) -> bytes:
    """Return the ties of a day as a matrix, camp by camp."""
    names = Names(answer.about)
    index = answer.two_camps
    weighed = f"Two-camp index {number(index.value)}, of {counted(index.compared, 'pair')} of positions."
    above = (dateline(answer), weighed)
    return _matrix(answer.structure, names.actor, "Two camps, and the ties against them", above, ending)


def table_balance_picture(answer: TableBalance, ending: str) -> bytes:
    """Return the ties of a table as a matrix, camp by camp, or as lines over its windows."""
    table = PurePath(str(answer.query["table"])).name
    if "windows_in" not in answer.query:
        return _matrix(answer.windows[0].structure, str, f"Two camps in {table}", (), ending)
    some = [window.structure for window in answer.windows]
    fewest, most = (of(one.triangles for one in some) for of in (min, max))
    ties = " to ".join(str(of(len(one.ties) for one in some)) for of in (min, max))
    below = (
        f"{counted(len(some), 'window')} of {table}, with {fewest} to {most} triangles and {ties} ties.",
        "Frustrated: the fewest ties that go against any two camps, as a share of all ties;",
        "where that is not exact, the band reaches down to what is proved.",
    )
    return pictures.picture(
        lambda axes: _draw_lines(axes, answer.windows), title=f"Balance in {table}", below=below, ending=ending
    )


def _matrix(
    structure: SignedStructure, name: Callable[[str], str], title: str, above: tuple[str, ...], ending: str
) -> bytes:
    proved = "" if structure.exact else f"; no camps have fewer than {structure.bound}"
    against = f"{structure.frustration} go against the camps, framed in black{proved}"
    balanced = (
        "no triangles"
        if structure.share is None
        else f"{structure.balanced} of {counted(structure.triangles, 'triangle')} balanced ({number(structure.share)})"
    )
    below = (
        *above,
        f"{counted(len(structure.ties), 'tie')} of {counted(structure.actors, 'actor')}; {balanced}.",
        f"{against if structure.frustration else 'None goes against the camps'}. Blank: no tie.",
    )
    side = min(12.0, max(4.5, 0.24 * structure.actors + 2))
    return pictures.picture(
        lambda axes: _draw_matrix(axes, structure, name), title=title, below=below, ending=ending, size=(side + 1, side)
    )


def _draw_matrix(axes: Axes, structure: SignedStructure, name: Callable[[str], str]) -> None:
    camps = [camp for part in structure.camps for camp in part if camp]
    order = [actor for camp in camps for actor in camp]
    at = {actor: place for place, actor in enumerate(order)}
    frame = min(1.8, 80 / max(len(order), 1))  # of many actors a frame as wide would hide the tie
    for tie in structure.ties:
        colour = pictures.FOR if tie.sign > 0 else pictures.AGAINST
        for x, y in ((at[tie.source], at[tie.target]), (at[tie.target], at[tie.source])):
            axes.add_patch(_square(x, y, colour, frame=frame * tie.against))
            if len(order) <= _MOST_NAMED:
                axes.text(x, y, SIGNS[tie.sign], ha="center", va="center", color="white", fontsize=8, fontweight="bold")
    edge = 0.0
    for camp in camps[:-1]:
        edge += len(camp)
        axes.axhline(edge - 0.5, color=pictures.INK, linewidth=1.2)
        axes.axvline(edge - 0.5, color=pictures.INK, linewidth=1.2)
    axes.set(xlim=(-0.5, max(len(order), 1) - 0.5), ylim=(max(len(order), 1) - 0.5, -0.5), aspect="equal")
    places, texts = _labels(camps, order, name)
    axes.set_yticks(places, texts)
    axes.set_xticks(places, texts, rotation=90)
    axes.tick_params(length=0, labelsize=8)
    axes.legend(handles=_key(), loc="lower left", bbox_to_anchor=(0, 1), ncols=3, frameon=False)


def _labels(
    camps: list[tuple[str, ...]], order: list[str], name: Callable[[str], str]
) -> tuple[list[float], list[str]]:
    """Return where names stand, and the names; of many actors those of the camps alone."""
    if len(order) <= _MOST_NAMED:
        names = [name(actor) for actor in order]
        return [float(at) for at in range(len(order))], [
            text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…" for text in names
        ]
    places, start = [], 0
    for camp in camps:
        places.append(start + len(camp) / 2 - 0.5)
        start += len(camp)
    return places, [f"{counted(len(camp), 'actor')}" for camp in camps]


def _key() -> list[Rectangle]:
    """Return a square for each kind of tie, with its word."""
    squares = [_square(0, 0, colour, frame=0) for colour in (pictures.FOR, pictures.AGAINST, "white")]
    for square, text in zip(squares, ("+ positive tie", "− negative tie", "goes against the camps"), strict=True):
        square.set_label(text)
    squares[-1].set(edgecolor=pictures.INK, linewidth=1.8)
    return squares


def _square(x: float, y: float, colour: str, *, frame: float) -> Rectangle:
    from matplotlib.patches import Rectangle

    square = Rectangle((x - 0.46, y - 0.46), 0.92, 0.92, facecolor=colour, linewidth=0)
    if frame:
        square.set(edgecolor=pictures.INK, linewidth=frame, zorder=3)
    return square


def _draw_lines(axes: Axes, windows: tuple[Window, ...]) -> None:
    places = range(len(windows))
    some = [window.structure for window in windows]
    ties = [max(len(one.ties), 1) for one in some]
    shares = [one.share if one.share is not None else float("nan") for one in some]
    frustrated = [one.frustration / of for one, of in zip(some, ties, strict=True)]
    proved = [one.bound / of for one, of in zip(some, ties, strict=True)]
    axes.plot(places, shares, color=pictures.FOR, marker="o", markersize=3, label="triangles that are balanced")
    axes.plot(places, frustrated, color=pictures.AGAINST, marker="s", markersize=3, label="ties that are frustrated")
    axes.fill_between(places, proved, frustrated, color=pictures.AGAINST, alpha=0.25)
    step = max(1, len(windows) // 12)
    axes.set_xticks(list(places)[::step], [str(window.window) for window in windows][::step], rotation=45, ha="right")
    axes.set(ylim=(0, 1), ylabel="share")
    axes.legend(frameon=False, loc="center right")
