"""why: the position in force, its evidence, the chain of reasoning, the history, and what disagrees."""

from __future__ import annotations

import click

from actorgraph.cli import completion
from actorgraph.cli.output import print_listing
from actorgraph.cli.progress import answer_comes
from actorgraph.cli.shared import Shared, shared


@click.command(name="why")
@click.argument("actor", shell_complete=completion.things("actor"))
@click.argument("proposal", shell_complete=completion.things("proposal"))
@click.option(
    "--documents",
    metavar="DIR",
    shell_complete=completion.folder,
    help="A folder with your copies of the sources: show the lines cited.",
)
@shared("model", "as_of", "known_by", "stated", "assume", "stale_after", "style", "output", "no_cache")
def why_(asked: Shared, *, actor: str, proposal: str, documents: str | None) -> None:
    """Print why an actor is said to hold what it holds on a proposal.

    The position in force, its evidence, the chain of reasoning if it is inferred, the history, and what disagrees.
    With --documents, also the lines cited, from copies whose sha256 is that of the source. As csv, the rows alone.
    """
    from actorgraph.questions.why import why
    from actorgraph.render.why import why_grids

    ledger = asked.open()
    account = why(ledger, actor, proposal, as_of=asked.day, documents=documents, **asked.marking)
    answer_comes()
    for message in dict.fromkeys(passage.message for passage in account.passages if passage.state != "verified"):
        click.echo(message, err=True)
    print_listing(asked, account, lambda: why_grids(account))
