"""who, what, why, timeline and disputes: questions about a day."""

from __future__ import annotations

import click

from actorgraph.cli import completion
from actorgraph.cli.shared import Shared, print_answer, print_parts, shared
from actorgraph.questions.who import ASKED, what, who


@click.command(name="who")
@click.argument("position", metavar="POSITION", shell_complete=completion.words(*ASKED))
@click.argument("target", shell_complete=completion.target)
@shared("model", "as_of", "known_by", "stated", "assume", "stale_after", "style", "output", "no_cache")
def who_(asked: Shared, *, position: str, target: str) -> None:
    """Print who holds a position on a proposal, or opposes an actor.

    POSITION is supports, open, neutral or opposes (what they think of it); declines, withdraws, considers, pledges,
    allocates, delivers or threatens (what they undertake); any; or silent. TARGET is a proposal, by id, title or
    alias. `who opposes ACTOR` is who supports what that actor opposes, or opposes what it supports.
    """
    ledger = asked.open()
    print_answer(asked, ledger, who(ledger, position.lower(), target, **asked.question))


@click.command(name="what")
@click.argument("actor", shell_complete=completion.things("actor"))
@shared("model", "as_of", "known_by", "stated", "assume", "stale_after", "style", "output", "no_cache")
def what_(asked: Shared, *, actor: str) -> None:
    """Print everything that an actor holds: its stances and its commitments."""
    ledger = asked.open()
    print_answer(asked, ledger, what(ledger, actor, **asked.question))


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
    from actorgraph.render.who import ROW_COLUMNS, row_records
    from actorgraph.render.why import why_grids

    ledger = asked.open()
    account = why(ledger, actor, proposal, documents=documents, **asked.question)
    for message in dict.fromkeys(one.message for one in account.passages if one.state != "verified"):
        click.echo(message, err=True)
    print_parts(
        asked,
        account,
        lambda: why_grids(account, ledger),
        lambda: (row_records(account, account.rows), ROW_COLUMNS),
    )


@click.command(name="timeline")
@click.argument("name", metavar="ACTOR|PROPOSAL", shell_complete=completion.things("actor", "proposal"))
@click.option("--all", "every", is_flag=True, help="Also what was only said again, and all events of the model.")
@shared("model", "as_of", "known_by", "stated", "assume", "style", "output", "no_cache")
def timeline_(asked: Shared, *, name: str, every: bool) -> None:
    """Print every change in an actor's positions, or on a proposal, up to a day, with the events in between."""
    from actorgraph.questions.timeline import timeline
    from actorgraph.render.timeline import TIMELINE_COLUMNS, timeline_grids, timeline_records

    ledger = asked.open()
    told = timeline(ledger, name, as_of=asked.day, every=every, stated=asked.stated, assume=asked.assume)
    print_parts(
        asked,
        told,
        lambda: timeline_grids(told, ledger),
        lambda: (timeline_records(told), TIMELINE_COLUMNS),
    )


@click.command(name="disputes")
@click.argument(
    "name", metavar="[ACTOR|PROPOSAL]", required=False, shell_complete=completion.things("actor", "proposal")
)
@shared("model", "as_of", "known_by", "stated", "assume", "stale_after", "style", "output", "no_cache")
def disputes_(asked: Shared, *, name: str | None) -> None:
    """Print where the record disagrees with itself, with both sides' evidence.

    Contested positions, speakers who depart from the actor that they represent, support for proposals that exclude
    each other, and commitments that pull apart from stances.
    """
    from actorgraph.questions.disputes import disputes
    from actorgraph.render.disputes import DISPUTE_COLUMNS, dispute_records, disputes_grids

    ledger = asked.open()
    told = disputes(ledger, name, **asked.question)
    print_parts(
        asked,
        told,
        lambda: disputes_grids(told, ledger),
        lambda: (dispute_records(told), DISPUTE_COLUMNS),
    )
