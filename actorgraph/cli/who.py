"""who: who holds a position on a proposal, or opposes an actor."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from actorgraph.cli import completion
from actorgraph.cli.output import print_listing
from actorgraph.cli.shared import Shared, shared
from actorgraph.questions.who import who
from actorgraph.vocabulary import ANY, POSITIONS, SILENT, STAGES

if TYPE_CHECKING:
    from actorgraph.render.grid import Grid


@click.command(name="who")
@click.argument(
    "position", metavar="POSITION", shell_complete=completion.listed(*POSITIONS, *STAGES, alone=(ANY, SILENT))
)
@click.argument("target", shell_complete=completion.target)
@shared("question")
def who_(asked: Shared, *, position: str, target: str) -> None:
    """Print who holds a position on a proposal, or opposes an actor.

    POSITION is supports, open, undecided, neutral, sceptical or opposes (what they think of it); declines, withdraws,
    considers, pledges, allocates, delivers or threatens (what they undertake); several of these with commas, as in
    supports,open; any; or silent. TARGET is a proposal, by id, title or alias; with --parts, it and all its parts.
    `who opposes ACTOR` is who supports what that actor opposes, or opposes what it supports.
    """
    from actorgraph.questions.relations import members_among
    from actorgraph.render.who import answer_grids

    ledger = asked.open()
    answer = who(ledger, position.lower(), target, **asked.question)

    def grids() -> tuple[Grid, ...]:
        stated = {row.actor for row in answer.rows if row.basis == "stated"}
        return answer_grids(answer, members_among(ledger, stated, answer.as_of), model=asked.model)

    print_listing(asked, answer, grids)
