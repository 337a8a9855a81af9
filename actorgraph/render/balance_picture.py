"""Signed ties as a picture: a matrix in the order of the camps, or the windows of a table as lines."""

from __future__ import annotations

from itertools import accumulate
from pathlib import PurePath
from typing import TYPE_CHECKING, Final

from actorgraph.render import pictures
from actorgraph.render.balance import SIGNS, by_chance, no_ties
from actorgraph.render.measured import number
from actorgraph.render.phrases import Names, dateline
from actorgraph.vocabulary import counted

if TYPE_CHECKING:
    from collections.abc import Callable

    from matplotlib.axes import Axes
    from matplotlib.patches import Rectangle

    from actorgraph.analysis.balance import Balance
    from actorgraph.analysis.camps.signed_graph import SignedStructure
    from actorgraph.analysis.table_balance import TableBalance, Window

_MOST_NAMED: Final = 60
"""Up to how many actors have their names beside the matrix."""

_LONGEST: Final = 28
"""How many letters of a name stand there."""

_WIDEST: Final = 10.0
"""How wide and high a matrix is at most, in inches."""

_LETTERS: Final = 0.15
"""How high a line of letters is, in inches: nearer to each other no two can be read."""

_FEW: Final = 2
"""A camp of no more is named by its members where there is no room for the names of all."""

_PALE: Final = 0.3
"""How strong the colour of a tie that fits the camps is, where there is no room for frames: that of others is 1."""


def balance_picture(answer: Balance, ending: str) -> bytes:
    """Return the ties of a day as a matrix, camp by camp. Raises `UsageProblem` where there are none."""
    if not answer.ties:
        raise pictures.nothing_to_draw(no_ties(answer))
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
    ties = " to ".join(f"{of(len(one.ties) for one in some):,}" for of in (min, max))
    below = (
        f"{counted(len(some), 'window')} of {table}, with {fewest:,} to {most:,} triangles and {ties} ties.",
        "Frustrated: the fewest ties that go against any two camps, as a share of all ties;",
        "where that is not exact, the band reaches down to what is proved.",
        "Dotted: the balanced triangles if the same signs were dealt at random to the same ties.",
    )
    return pictures.picture(
        lambda axes: _draw_lines(axes, answer.windows), title=f"Balance in {table}", below=below, ending=ending
    )


def _matrix(
    structure: SignedStructure, name: Callable[[str], str], title: str, above: tuple[str, ...], ending: str
) -> bytes:
    proved = "" if structure.exact else f"; no camps have fewer than {structure.bound:,}"
    goes = "goes" if structure.frustration == 1 else "go"
    marked = "framed in black" if structure.actors <= _MOST_NAMED else "in full colour, pale those that fit them"
    against = f"{structure.frustration:,} {goes} against the camps, {marked}{proved}"
    balanced = "no triangles."
    if structure.share is not None:
        triangles = counted(structure.triangles, "triangle")
        balanced = (
            f"{structure.balanced:,} of {triangles} balanced ({number(structure.share)});\n{by_chance(structure)}."
        )
    below = (
        *above,
        f"{counted(len(structure.ties), 'tie')} of {counted(structure.actors, 'actor')}; {balanced}",
        f"{against if structure.frustration else 'None goes against the camps'}. Blank: no tie.",
    )
    matrix = _Matrix(structure, name)
    return pictures.picture(matrix.draw, title=title, below=below, ending=ending, size=matrix.size)


class _Matrix:
    """Ties as a square of coloured cells in the order of the camps, with lines between these."""

    def __init__(self, structure: SignedStructure, name: Callable[[str], str]) -> None:
        self.camps = [camp for part in structure.camps for camp in part if camp]
        self.order = [actor for camp in self.camps for actor in camp]
        self.ties = structure.ties
        self.name = name
        self.named = len(self.order) <= _MOST_NAMED
        self.names = [pictures.lettering(name(actor), _LONGEST) if self.named else "" for actor in self.order]
        self.cell = min(pictures.CELL, _WIDEST / len(self.order))

    @property
    def size(self) -> tuple[float, float]:
        """How wide and high the picture is, in inches."""
        width, height = pictures.heat_map_size((self.names, self.names), self.cell)
        words = 0 if self.named else 0.06 * _LONGEST  # of camps, beside the matrix and above it
        return width + words, height + words + 1.8  # so much take the key and the lines below

    def draw(self, axes: Axes) -> None:
        """Draw it: an image, and over it, of a few actors, signs and frames."""
        size = len(self.order)
        at = {actor: place for place, actor in enumerate(self.order)}
        cells: list[list[float | None]] = [[None] * size for _ in self.order]
        texts = [[""] * size for _ in self.order]
        for tie in self.ties:
            strength = 1 if self.named or tie.against else _PALE
            for x, y in ((at[tie.source], at[tie.target]), (at[tie.target], at[tie.source])):
                cells[y][x] = tie.sign * strength
                if self.named:
                    texts[y][x] = SIGNS[tie.sign]
                    if tie.against:
                        axes.add_patch(_square(x, y))
        pictures.heat_map(axes, cells, (self.names, self.names), texts=texts)
        for edge in list(accumulate(map(len, self.camps)))[:-1]:
            axes.axhline(edge - 0.5, color=pictures.INK, linewidth=1.2)
            axes.axvline(edge - 0.5, color=pictures.INK, linewidth=1.2)
        if not self.named:
            self._name_camps(axes)
        key = _key() if self.named else _pale_key()
        axes.legend(handles=key, loc="upper left", bbox_to_anchor=(0, 0), ncols=3 if self.named else 2, frameon=False)

    def _name_camps(self, axes: Axes) -> None:
        """Write beside each camp who is in it, or how many: the largest first, and those for which room is left."""
        ends = list(accumulate(map(len, self.camps)))
        words: dict[float, str] = {}
        for camp, end in sorted(zip(self.camps, ends, strict=True), key=lambda pair: (-len(pair[0]), pair[1])):
            place = end - len(camp) / 2 - 0.5
            if all(abs(place - other) * self.cell >= _LETTERS for other in words):
                few = ", ".join(map(self.name, camp)) if len(camp) <= _FEW else counted(len(camp), "actor")
                words[place] = pictures.lettering(few, _LONGEST)
        axes.set_yticks(list(words), list(words.values()))
        axes.set_xticks(list(words), list(words.values()), rotation=90)


def _key() -> list[Rectangle]:
    """Return a square for each kind of tie, with its word."""
    squares = _pale_key()[:2]
    for square, text in zip(squares, ("+ positive tie", "− negative tie"), strict=True):
        square.set_label(text)
    framed = _square(0, 0)
    framed.set_label("goes against the camps")
    return [*squares, framed]


def _pale_key() -> list[Rectangle]:
    """Return a square for each kind of tie where colour tells what goes against the camps, with its word."""
    from matplotlib.colors import LinearSegmentedColormap
    from matplotlib.patches import Rectangle

    colour = LinearSegmentedColormap.from_list("between", list(pictures.DIVERGING))
    words = {
        1: "positive tie between camps",
        -1: "negative tie within a camp",
        _PALE: "positive tie that fits",
        -_PALE: "negative tie that fits",
    }
    return [
        Rectangle((0, 0), 1, 1, facecolor=colour((value + 1) / 2), linewidth=0, label=text)
        for value, text in words.items()
    ]


def _square(x: float, y: float) -> Rectangle:
    """Return the frame of a tie that goes against the camps."""
    from matplotlib.patches import Rectangle

    return Rectangle(
        (x - 0.42, y - 0.42), 0.84, 0.84, facecolor="none", edgecolor=pictures.INK, linewidth=1.6, zorder=3
    )


def _draw_lines(axes: Axes, windows: tuple[Window, ...]) -> None:
    places = range(len(windows))
    some = [window.structure for window in windows]
    ties = [max(len(one.ties), 1) for one in some]
    shares = [one.share if one.share is not None else float("nan") for one in some]
    frustrated = [one.frustration / of for one, of in zip(some, ties, strict=True)]
    proved = [one.bound / of for one, of in zip(some, ties, strict=True)]
    axes.plot(places, shares, color=pictures.FOR, marker="o", markersize=3, label="triangles that are balanced")
    expected = [one.expected if one.expected is not None else float("nan") for one in some]
    axes.plot(places, expected, color=pictures.QUIET, linestyle=":", label="balanced if signs were dealt at random")
    axes.plot(places, frustrated, color=pictures.AGAINST, marker="s", markersize=3, label="ties that are frustrated")
    axes.fill_between(places, proved, frustrated, color=pictures.AGAINST, alpha=0.25)
    step = max(1, len(windows) // 12)
    axes.set_xticks(list(places)[::step], [str(window.window) for window in windows][::step], rotation=45, ha="right")
    axes.set(ylim=(0, 1), ylabel="share")
    axes.legend(frameon=False, loc="center right")
