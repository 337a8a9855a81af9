"""An answer card: who stands where on a proposal, or where an actor stands, to put into an article."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING, Final

from actorgraph.errors import UsageProblem
from actorgraph.exchange.formats import Option, OutOptions
from actorgraph.vocabulary import THEMES

if TYPE_CHECKING:
    from actorgraph.exchange.formats import Request
    from actorgraph.ledger.store import Ledger

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
    from actorgraph.explorer.card import card_of
    from actorgraph.explorer.card_files import card_html, card_png, card_svg

    ending = asked.ending or "svg"
    if ending.startswith("htm") and theme != "light":
        raise UsageProblem("--theme goes with a picture; a card of HTML has the colours of what is around it")
    ledger = asked.open()
    link = _again(asked, ledger, target, compare)
    card = card_of(ledger, target, as_of=asked.day, compare=compare, link=link, **asked.marking)
    if ending == "png":
        return card_png(card, theme)
    return card_html(card) if ending.startswith("htm") else card_svg(card, theme)


def _again(asked: Request, ledger: Ledger, target: str, compare: str | None) -> str:
    """Return the command that makes a card again, on whichever day it is run."""
    options = {
        "--model": asked.model,
        "--as-of": asked.day,
        "--compare": compare,
        "--known-by": asked.known_by,
        "--min-grade": asked.min_grade,
        "--stale-after": asked.stale_after,
    }
    words = ["actorgraph", "export", "card", ledger.resolve(target, "proposal", "actor").id]
    words += [word for name, value in options.items() if value is not None for word in (name, value)]
    words += [word for source in asked.without for word in ("--without", source)]
    words += [word for condition in asked.assume for word in ("--assume", condition)]
    return shlex.join([*words, *(["--stated"] if asked.stated else [])])
