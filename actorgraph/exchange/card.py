"""An answer card: who stands where on a proposal, or where an actor stands, to put into an article."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from actorgraph.errors import UsageProblem
from actorgraph.exchange.formats import Option, OutOptions
from actorgraph.vocabulary import THEMES

if TYPE_CHECKING:
    from actorgraph.exchange.formats import Request

OUT: Final = OutOptions(
    ("model", "as_of", "known_by", "stated", "assume", "stale_after", "output", "no_cache"),
    (
        Option("compare", "also what changed since that day.", "DATE"),
        Option("theme", "light or dark.  [default: light]", choices=THEMES),
    ),
    target=("TARGET", ("proposal", "actor")),
    endings=("svg", "html", "htm", "png"),
)


def write(asked: Request, target: str, *, compare: str | None = None, theme: str = "light") -> str | bytes:
    """Return the card, in the format in which the name of the output file ends."""
    from actorgraph.exchange.exporting.again import command_again
    from actorgraph.explorer.card import card_of
    from actorgraph.explorer.card_files import card_html, card_png, card_svg

    ending = asked.ending or "svg"
    if ending.startswith("htm") and theme != "light":
        raise UsageProblem("--theme goes with a picture; a card of HTML has the colours of what is around it")
    ledger = asked.open()
    link = command_again(asked, "card", [ledger.resolve(target, "proposal", "actor").id], compare=compare)
    card = card_of(ledger, target, as_of=asked.day, compare=compare, link=link, **asked.marking)
    if ending == "png":
        return card_png(card, theme)
    return card_html(card) if ending.startswith("htm") else card_svg(card, theme)
