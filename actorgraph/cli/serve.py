"""serve: the page beside the editor."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from actorgraph.cli.formats import with_options
from actorgraph.cli.shared import Shared, model_path, shared
from actorgraph.errors import lacking
from actorgraph.exchange.html import OPENING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from actorgraph.explorer.html import Page
    from actorgraph.ledger.store import Ledger


@click.command()
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="0 for any that is free.")
@click.option("--open", "opened", is_flag=True, help="Open it in the browser.")
@with_options(OPENING)
@shared("model", "opening", "known_by", "stated", "assume", "stale_after")
def serve(asked: Shared, *, port: int, opened: bool, documents: str | None = None, **page: Any) -> None:
    """Show the page in a browser, made again whenever a file is saved.

    It is the page of `export html`. What is wrong with the files is listed on it until it is fixed. Only this machine
    can see it. Ctrl-C ends it.
    """
    try:
        from actorgraph.serve.preview import Preview
        from actorgraph.serve.server import serve
    except ImportError as error:
        if (error.name or "").partition(".")[0] != "watchfiles":
            raise
        raise lacking("serve", "serve", error) from error
    from actorgraph.explorer.html import Opening, to_page

    opening = Opening(**{name: value for name, value in page.items() if value is not None})

    def render(editions: Sequence[Ledger]) -> Page:
        *earlier, ledger = editions
        day = asked.opening_day(ledger)
        return to_page(ledger, as_of=day, **asked.marking, opening=opening, earlier=earlier, documents=documents)

    def ready(address: str) -> None:
        click.echo("Ctrl-C ends it", err=True)
        click.echo(address)  # last, so that whoever waits for it finds all said
        if opened:
            click.launch(address)

    path = model_path(asked.model)
    preview = Preview(path, render, documents=documents, say=_say, **asked.limits)
    serve(preview, port=port, ready=ready)


def _say(text: str) -> None:
    click.echo(text, err=True)
