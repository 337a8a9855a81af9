"""An answer card as a file: SVG, HTML for an article, and PNG where the extra for it is installed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final
from xml.etree import ElementTree as ET

from actorgraph.errors import UsageProblem
from actorgraph.explorer import assets
from actorgraph.explorer.card_html import fragment_of
from actorgraph.explorer.card_picture import picture_of

if TYPE_CHECKING:
    from actorgraph.explorer.card_data import Card, Tree

_ROOTS: Final = {"light": r":root \{(.*?)\n\}", "dark": r':root\[data-theme="dark"\] \{(.*?)\n\}'}
"""Where the page's style sheet has the colours of a theme."""


def palette_of(theme: str) -> dict[str, str]:
    """Return the colours of a theme of the page; a picture to take away has white paper where the page's is light.

    >>> palette_of("light")["paper"], palette_of("dark")["paper"]
    ('#ffffff', '#15171a')
    """
    block = re.search(_ROOTS[theme], assets.style("base"), re.DOTALL)
    assert block
    inks = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", block[1]))
    return inks if theme == "dark" else inks | {"paper": "#ffffff"}


def card_svg(card: Card, theme: str = "light") -> str:
    """Return a card as a file of SVG, 1200 pixels wide and 675 high, that needs nothing else.

    >>> from actorgraph import load
    >>> from actorgraph.explorer.card import card_of
    >>> card_svg(card_of(load("examples/minimal.yaml"), "harbour", as_of="2026-06"))[39:88]
    '<svg xmlns="http://www.w3.org/2000/svg" width="12'
    """
    text = ET.tostring(element_of(picture_of(card, palette_of(theme))), encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{text}\n'


def card_html(card: Card) -> str:
    """Return a card as a piece of HTML, to be put into an article."""
    return ET.tostring(element_of(fragment_of(card)), encoding="unicode", method="html") + "\n"


def card_png(card: Card, theme: str = "light") -> bytes:
    """Return a card as a file of PNG.

    Raises `UsageProblem` where the extra that makes it is not installed.
    """
    try:
        import resvg_py
    except ImportError as error:
        raise UsageProblem(
            "a PNG needs resvg-py; install it with `pip install 'actorgraph[png]'`, name a file that ends in .svg, "
            "or take the PNG from the page (Take away, Answer card)"
        ) from error
    return bytes(resvg_py.svg_to_bytes(svg_string=card_svg(card, theme)))


def element_of(tree: Tree) -> ET.Element:
    """Return a tree as an element, which a writer of XML or HTML escapes."""
    name, attributes, *children = tree
    made = ET.Element(name, {key: str(value) for key, value in attributes.items()})
    last: ET.Element | None = None
    for child in children:
        if not isinstance(child, str):
            last = element_of(child)
            made.append(last)
        elif last is None:
            made.text = (made.text or "") + child
        else:
            last.tail = (last.tail or "") + child
    return made
