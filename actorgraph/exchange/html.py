"""The page to explore, as one file."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any, Final

from actorgraph.errors import UsageProblem
from actorgraph.exchange.exporting.focus import TOP, in_focus, must_fit_a_page
from actorgraph.exchange.formats import Option, OutOptions
from actorgraph.vocabulary import THEMES, VIEWS

if TYPE_CHECKING:
    from actorgraph.exchange.formats import Request
    from actorgraph.ledger.store import Ledger

OPENING: Final = (
    Option("compare", "also what changed since that day.", "DATE"),
    Option("view", "the view that it opens with.", choices=VIEWS),
    Option("focus", "open with this actor or proposal and what is around it.", "NAME", completes=("actor", "proposal")),
    Option("title", "a title in place of the model's.", "TEXT"),
    Option("theme", "light or dark.  [default: as the system is]", choices=THEMES),
    Option("embed", "without head and controls, for a frame."),
    Option(
        "documents", "a folder with your copies of the sources: show the lines cited.", "DIR", completes=("folder",)
    ),
)
"""How a page opens; the server of pages takes them, too."""

OUT: Final = OutOptions(
    ("model", "opening", "known_by", "stated", "assume", "stale_after", "output", "no_cache"),
    (*OPENING, TOP),
    endings=("html", "htm"),
)


def write(asked: Request, *, documents: str | None = None, top: str | None = None, **opening: Any) -> str:
    """Return a model's page; with `top`, that of the strongest around its focus, or of the whole record."""
    if asked.output == "-" and sys.stdout.isatty():
        raise UsageProblem("a page is no reading for a terminal; -o page.html writes it to a file")
    from actorgraph.explorer.html import Opening, to_html

    earlier: list[Ledger] = []
    ledger = None if top is None else in_focus(asked.open(), opening.get("focus"), top)
    if ledger is None or not ledger.is_part:
        if ledger is not None:  # more were asked for than there are: it is the whole, of which earlier days are known
            ledger.close()
        *earlier, ledger = asked.editions()
        must_fit_a_page(ledger)
    return to_html(
        ledger,
        as_of=asked.opening_day(ledger),
        **asked.marking,
        opening=Opening(**opening),
        earlier=earlier,
        documents=documents,
    )
