"""verify: a model's evidence against the documents that it cites."""

from __future__ import annotations

import sys

import click

from actorgraph.cli import completion
from actorgraph.cli.output import print_listing
from actorgraph.cli.shared import Shared, shared


@click.command(name="verify")
@click.option(
    "--documents",
    metavar="DIR",
    required=True,
    shell_complete=completion.folder,
    help="The folder with your copies of the source documents.",
)
@click.option(
    "--strict",
    is_flag=True,
    help="Fail also where a document is missing, its source gives no sha256, or a citation cannot be looked up.",
)
@click.option(
    "--uncited",
    "is_uncited",
    is_flag=True,
    help="List the lines that name an actor or a proposal and that no record cites.",
)
@shared("model", "style", "output", "no_cache")
def verify_(asked: Shared, *, documents: str, strict: bool, is_uncited: bool) -> None:
    """Check every citation against your own copies of the documents.

    Is the copy the one that was read (sha256), are the cited lines or pages there, and do the quotes stand in them?
    White space, line breaks, ligatures, the width of letters and the kinds of quotation marks and dashes do not matter;
    `…` leaves something out. A quote that stands elsewhere is listed with its lines or pages, one that stands nowhere
    with what is nearest to it, and a source without a checksum with the one to add. Pages of PDFs are read with the
    extra `pdf`. Exit code 1 where a document has changed or a citation fails.

    With --uncited it looks the other way: which lines of each document name an actor or a proposal of the model, by
    name, short title or alias, and are cited by no record? Some of them may be claims that are missing.
    """
    if is_uncited:
        if strict:
            raise click.UsageError("--strict judges citations, and --uncited lists what is not cited: use one of them")
        _print_uncited(asked, documents)
        return
    from actorgraph.questions.verify import verify
    from actorgraph.render.verify import verification_grids

    verification = verify(asked.open(), documents)
    print_listing(asked, verification, lambda: verification_grids(verification))
    if not (verification.complete if strict else verification.sound):
        sys.exit(1)


def _print_uncited(asked: Shared, documents: str) -> None:
    from actorgraph.questions.uncited import uncited
    from actorgraph.render.uncited import uncited_grids

    listing = uncited(asked.open(), documents)
    print_listing(asked, listing, lambda: uncited_grids(listing))
