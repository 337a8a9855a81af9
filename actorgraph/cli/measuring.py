"""What the commands that measure share: their options, and how their answers leave, also as pictures."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

import click

from actorgraph.analysis import words
from actorgraph.cli.endings import DRAWN
from actorgraph.cli.output import print_parts, write_bytes

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from actorgraph.cli.shared import Shared
    from actorgraph.questions.listing import Listing
    from actorgraph.render.grid import Grid


class Words(click.Choice[str]):
    """A choice of words that tells those who know the words of Discourse Network Analyzer what they are called here.

    `of_dna` has them, in small letters and with nothing between these, each with what it is here.
    """

    def __init__(self, *choices: str, of_dna: Mapping[str, str]) -> None:
        super().__init__(choices)
        self._of_dna = of_dna

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Return the word that is meant. Raises `click.BadParameter` for any other."""
        try:
            return super().convert(value, param, ctx)
        except click.BadParameter as error:
            here = self._of_dna.get(re.sub(r"[\W_]", "", value.lower()))
            if here is None:
                raise
            self.fail(f"{error.message.rstrip('.')}; in DNA's words: {value} is {here}", param, ctx)


DUPLICATES: Final = Words(
    *words.DUPLICATES,
    of_dna={
        **dict.fromkeys(("include", "includeall", "includeallduplicates"), "`--duplicates all`"),
        **dict.fromkeys(("acrossrange", "acrossdaterange", "ignoreacrossdaterange"), "`--duplicates window`"),
        "ignoreperdocument": "`--duplicates document`",
        **{f"ignorepercalendar{within}": f"`--duplicates {within}`" for within in ("week", "month", "year")},
    },
)
"""Within what a repeated statement counts once."""


def levels(default: str) -> Callable[[Any], Any]:
    """Return the option of which positions are told apart, with what holds where nothing is said."""
    return click.option(
        "--levels",
        type=click.Choice(words.LEVEL_NAMES),
        default=default,
        show_default=True,
        help="For or against alone, or the six-step scale.",
    )


LEVELS: Final = levels(words.BINARY)
MIN_SHARED: Final = click.option(
    "--min-shared",
    type=click.IntRange(min=1),
    metavar="N",
    default=words.MIN_SHARED,
    show_default=True,
    help="No number where two share fewer proposals than that.",
)
EXPLAIN: Final = click.option("--explain", is_flag=True, help="Also the records behind every number.")


def print_measured(
    asked: Shared,
    answer: Listing[Any],
    grids: Callable[[], tuple[Grid, ...]],
    drawn: Callable[[str], bytes] | None = None,
    *,
    also: tuple[str, ...] = (),
) -> None:
    """Print an answer, given its tables; or write its picture, given what draws it, where the file is to be one.

    `also` are the endings of further files that the command writes itself.
    """
    if drawn is not None and asked.style is None and asked.ending in DRAWN:
        write_bytes(asked.output, drawn(asked.ending))
    else:
        also = also if drawn is None else (*DRAWN, *also)
        print_parts(asked, answer, grids, lambda: (answer.records(), answer.columns), also=also)
