"""Answers as pictures, SVG or PNG: what every picture has in common. Asks nothing."""

from __future__ import annotations

import warnings
from io import BytesIO
from typing import TYPE_CHECKING, Any, Final

from actorgraph.errors import UsageProblem, lacking
from actorgraph.render.wrapping import wrapped

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from matplotlib.axes import Axes as Axes  # noqa: PLC0414 - those who draw take it from here

INK: Final = "#1d2024"
QUIET: Final = "#5c636d"
FOR: Final = "#0072b2"
AGAINST: Final = "#d55e00"
BETWEEN: Final = "#999999"
SERIES: Final = ("#0072b2", "#e69f00", "#009e73", "#cc79a7", "#56b4e9", "#d55e00", "#f0e442", "#000000")
"""Colours that people of any colour vision tell apart (Okabe & Ito 2008, Color Universal Design); none stands alone."""

NOTHING: Final = "#f0f0f0"
DIVERGING: Final = (AGAINST, NOTHING, FOR)
"""From conflict through nothing to agreement."""

_STYLE: Final[dict[str, Any]] = {
    "svg.hashsalt": "actorgraph",  # same picture, same bytes
    "svg.fonttype": "none",  # text stays text: it can be searched, and read aloud
    "font.family": "sans-serif",
    "font.size": 9,
    "text.color": INK,
    "axes.labelcolor": INK,
    "axes.edgecolor": QUIET,
    "xtick.color": INK,
    "ytick.color": INK,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "figure.facecolor": "white",
    "savefig.facecolor": "white",
    "text.parse_math": False,  # a `$` in a name is a letter
}


def nothing_to_draw(why: str) -> UsageProblem:
    """Return what to say where there is no picture."""
    return UsageProblem(f"there is nothing to draw. {why}")


def picture(
    draw: Callable[[Axes], None],
    *,
    title: str,
    below: Iterable[str],
    ending: str,
    size: tuple[float, float] = (7.5, 5.0),
) -> bytes:
    """Return a file of SVG or PNG: a title, what is drawn on the axes, and below it the day, N and what a mark means.

    `size` is that of the axes with their labels, in inches. Raises `UsageProblem` where the extra is not installed.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # an older one uses names of its own libraries that are going
            import matplotlib as mpl
            from matplotlib.figure import Figure
    except ImportError as error:
        raise lacking("a picture", "analysis", error) from error
    lines = list(below)
    style: Any = _STYLE  # its type spells every setting out
    with mpl.rc_context(style), warnings.catch_warnings():
        warnings.simplefilter("ignore")  # a letter that the font lacks is a box, and no talk
        figure = Figure(figsize=size, layout="constrained")
        axes = figure.add_subplot()
        draw(axes)
        figure.suptitle(title, x=0.01, ha="left", fontsize=12, fontweight="bold")
        figure.supxlabel("\n".join(lines), x=0.01, ha="left", fontsize=8, color=QUIET)
        held = BytesIO()
        kept = {"Date": None, "Creator": "actorgraph"} if ending == "svg" else {"Software": "actorgraph"}
        figure.savefig(held, format=ending, dpi=160, bbox_inches="tight", pad_inches=0.15, metadata=kept)
    return held.getvalue()


_PER_INCH: Final = 15
"""How many letters of a note stand in an inch."""


def noted(notes: Iterable[str], width: float) -> list[str]:
    """Return the lines of notes below a picture of so many inches.

    >>> noted(["As of 2024-06-30", "6 actors on 5 proposals; each two share at least 5."], 2)
    ['As of 2024-06-30', '6 actors on 5 proposals; each', 'two share at least 5.']
    """
    return [line for note in notes for line in wrapped(note, int(width * _PER_INCH))]


CELL: Final = 0.3
"""How wide and high a cell of a heat map is, in inches: its number has room."""


def heat_map(
    axes: Axes,
    cells: Sequence[Sequence[float | None]],
    names: tuple[Sequence[str], Sequence[str]],
    *,
    colours: Sequence[str] = DIVERGING,
    limits: tuple[float, float] = (-1, 1),
    number: Callable[[float], str] = str,
    texts: Sequence[Sequence[str]] | None = None,
) -> None:
    """Draw a table as coloured cells, each with its number, beside names of rows and under names of columns.

    `names` are those of rows and of columns, `limits` the values of the first and the last colour. A cell of None is
    left white: it is no 0. `texts` stand in the cells instead of the numbers, also in those of None. See
    `heat_map_size` for how much room it takes.
    """
    from matplotlib.colors import LinearSegmentedColormap

    colouring = LinearSegmentedColormap.from_list("between", list(colours))
    least, most = limits
    rows, columns = names
    values = [[float("nan") if value is None else value for value in line] for line in cells]
    axes.imshow(values, cmap=colouring, vmin=least, vmax=most, aspect="equal")
    axes.set_xticks(range(len(columns)), columns, rotation=90, fontsize=8)
    axes.set_yticks(range(len(rows)), rows, fontsize=8)
    axes.tick_params(length=0, top=True, bottom=False, labeltop=True, labelbottom=False)
    axes.spines[:].set_visible(False)
    for row, line in enumerate(cells):
        for column, value in enumerate(line):
            text = texts[row][column] if texts is not None else "" if value is None else number(value)
            if not text:
                continue
            ink = QUIET if value is None else _ink_on(colouring((value - least) / (most - least)))
            shown = axes.text(column, row, text, ha="center", va="center", fontsize=7, color=ink)
            shown.set_in_layout(False)  # it stands inside its cell; thousands of them would be measured


def _ink_on(colour: tuple[float, float, float, float]) -> str:
    """Return in what colour a text can be read on another."""
    red, green, blue, _ = colour
    return INK if 0.299 * red + 0.587 * green + 0.114 * blue > 0.5 else "white"


def heat_map_size(names: tuple[Sequence[str], Sequence[str]], cell: float = CELL) -> tuple[float, float]:
    """Return how wide and high a picture of a heat map is, in inches, given the names of its rows and columns.

    >>> heat_map_size((["France", "Germany"], ["A plan"]))
    (5.1, 1.65)
    """
    rows, columns = ((cell * len(side), 0.075 * max(map(len, side), default=0)) for side in names)
    return max(columns[0] + rows[1], 4.5) + 0.6, rows[0] + columns[1] + 0.6


def lettering(text: str, most: int = 34) -> str:
    """Return a name that is no longer than a picture has room for.

    >>> lettering("A proposal whose title says all of it", 20)
    'A proposal whose ti…'
    """
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"
