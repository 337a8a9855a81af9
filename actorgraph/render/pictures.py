"""Answers as pictures, SVG or PNG: what every picture has in common. Asks nothing."""

from __future__ import annotations

import warnings
from io import BytesIO
from typing import TYPE_CHECKING, Any, Final

from actorgraph.errors import lacking

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from matplotlib.axes import Axes as Axes  # noqa: PLC0414 - those who draw take it from here

INK: Final = "#1d2024"
QUIET: Final = "#5c636d"
FOR: Final = "#0072b2"
AGAINST: Final = "#d55e00"
BETWEEN: Final = "#999999"
SERIES: Final = ("#0072b2", "#e69f00", "#009e73", "#cc79a7", "#56b4e9", "#d55e00", "#f0e442", "#000000")
"""Colours that people of any colour vision tell apart (Okabe & Ito 2008, Color Universal Design); none stands alone."""

DIVERGING: Final = (AGAINST, "#f7f7f7", FOR)
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
        import matplotlib as mpl
        from matplotlib.figure import Figure
    except ModuleNotFoundError as error:
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
