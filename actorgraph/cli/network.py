"""network: who is tied to whom, or to what, as a weighted network."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import click

from actorgraph.analysis.words import BY_WHOM, DIVISORS, MODES, NONE, ONE, TWO, WEIGHTS
from actorgraph.cli.endings import DRAWN
from actorgraph.cli.measuring import DUPLICATES, EXPLAIN, LEVELS, Words, print_measured
from actorgraph.cli.output import print_parts, style_of, write
from actorgraph.cli.shared import Shared, shared
from actorgraph.errors import UsageProblem

if TYPE_CHECKING:
    from actorgraph.analysis.network import Network

_GRAPHS: Final = ("graphml", "gexf")
"""The endings of files that hold a network as a graph."""

_MODE: Final = Words(
    *MODES,
    of_dna={
        "onemode": "`--mode one`",
        "twomode": "`--mode two`",
        "eventlist": "another command, `actorgraph list stances --format csv`",
    },
)
_WEIGHT: Final = Words(
    *WEIGHTS[ONE],
    of_dna={
        "combine": "not there, for it is no weight; `actorgraph list stances --format csv` has the levels",
        "congruenceconflict": "two calls, `--weight congruence` and `--weight conflict`",
    },
)
_NORMALISE: Final = Words(
    *dict.fromkeys((*DIVISORS[ONE], *DIVISORS[TWO])),
    of_dna={"no": "`--normalise none`", "averageactivity": "`--normalise average`"},
)
_BY: Final = Words(
    *BY_WHOM,
    of_dna={
        "person": "`--by speaker`",
        "concept": "a proposal here, and a node by `--mode two`",
        **dict.fromkeys(
            ("organization", "organizations", "organisations"),
            "`--by organisation`, for whom a person stands, or `--by actor`, who holds a position",
        ),
    },
)


@click.command(name="network")
@click.option(
    "--mode",
    type=_MODE,
    default=ONE,
    show_default=True,
    help="Actors alone, or actors and proposals.",
)
@click.option(
    "--weight",
    type=_WEIGHT,
    help="What a tie weighs.  [default: congruence; of two modes subtract]",
)
@click.option(
    "--normalise",
    type=_NORMALISE,
    default=NONE,
    show_default=True,
    help="What weights are divided by; the last two are of two modes.",
)
@click.option("--window", metavar="FROM/TO", help="What was said from day to day, both inside, in place of --as-of.")
@click.option(
    "--duplicates",
    type=DUPLICATES,
    help="Within what a repeated statement counts once.  [default: all, for each counts]",
)
@click.option(
    "--by",
    type=_BY,
    help="Whose a statement is: who holds it, who spoke, or whom that person stands for.  [default: actor]",
)
@LEVELS
@click.option("--square", is_flag=True, help="csv, table, md: the whole matrix, with names above and beside it.")
@EXPLAIN
@shared("stated_alone")
def network_(  # noqa: PLR0913 - each is an option
    asked: Shared,
    *,
    mode: str,
    weight: str | None,
    normalise: str,
    window: str | None,
    duplicates: str | None,
    by: str | None,
    levels: str,
    square: bool,
    explain: bool,
) -> None:
    """Print who is tied to whom, or with --mode two to what: the networks of discourse network analysis.

    Of a day the positions in force count, with --window every passage that states one. A csv is a list of edges; a file
    that ends in svg or png is a heat map, one that ends in graphml or gexf a graph with weights, for Gephi and others.
    """
    from actorgraph.analysis.network import network
    from actorgraph.render.network import network_grids, network_picture, network_square

    answer = network(
        asked.open(),
        as_of=asked.day if window is None else asked.as_of,
        window=window,
        mode=mode,
        weight=weight,
        normalise=normalise,
        levels=levels,
        duplicates=duplicates,
        by=by,
        explain=explain,
        **asked.narrowing,
    )
    ending = asked.ending if asked.style is None else None
    if square and (ending in (*DRAWN, *_GRAPHS) or style_of(asked) == "json"):
        raise UsageProblem("--square goes with csv, md and tables; a json, a graph and a picture have all of it anyway")
    if ending in _GRAPHS:
        write(asked.output, _graph_file(answer, ending))
    elif square:
        print_parts(asked, answer, lambda: network_grids(answer, square=True), lambda: network_square(answer))
    else:
        print_measured(
            asked,
            answer,
            lambda: network_grids(answer),
            lambda ending: network_picture(answer, ending),
            also=_GRAPHS,
        )


def _graph_file(answer: Network, ending: str) -> str:
    from actorgraph.graph.formats import to_graphml
    from actorgraph.graph.gexf import to_gexf

    return (to_graphml if ending == "graphml" else to_gexf)(answer.to_graph())
