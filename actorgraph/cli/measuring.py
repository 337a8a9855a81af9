"""What the commands that measure share: their options, and how their answers leave, also as pictures."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import click

from actorgraph.cli.endings import DRAWN
from actorgraph.cli.output import print_listing, write_bytes

if TYPE_CHECKING:
    from collections.abc import Callable

    from actorgraph.cli.shared import Shared
    from actorgraph.questions.envelope import Listing
    from actorgraph.render.grid import Grid


def levels(default: str) -> Callable[[Any], Any]:
    """Return the option of which positions are told apart, with what holds where nothing is said."""
    return click.option(
        "--levels",
        type=click.Choice(["binary", "scale"]),
        default=default,
        show_default=True,
        help="For or against alone, or the six-step scale.",
    )


LEVELS: Final = levels("binary")
MIN_SHARED: Final = click.option(
    "--min-shared",
    type=click.IntRange(min=1),
    metavar="N",
    default=3,
    show_default=True,
    help="No number where two share fewer proposals than that.",
)
EXPLAIN: Final = click.option("--explain", is_flag=True, help="Also the records behind every number.")


def print_measured(
    asked: Shared,
    answer: Listing[Any],
    grids: Callable[[], tuple[Grid, ...]],
    drawn: Callable[[str], bytes] | None = None,
) -> None:
    """Print an answer, given its tables; or write its picture, given what draws it, where the file is to be one."""
    if drawn is not None and asked.style is None and asked.ending in DRAWN:
        write_bytes(asked.output, drawn(asked.ending))
    else:
        print_listing(asked, answer, grids)
