"""What is around a proposal or an actor as a flowchart of Mermaid, which GitHub and many editors draw."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING, Final

from actorgraph.errors import UsageProblem
from actorgraph.exchange.exporting.diagram import AROUND, INKS, OF_DIAGRAMS, diagram_of
from actorgraph.exchange.formats import OutOptions

if TYPE_CHECKING:
    from collections.abc import Iterator

    from actorgraph.exchange.exporting.diagram import Arrow, Box, Diagram
    from actorgraph.exchange.formats import Request

OUT: Final = OutOptions(OF_DIAGRAMS, (AROUND,), target=("TARGET", ("proposal", "actor")), endings=("mmd", "mermaid"))

MOST_ARROWS: Final = 500
"""Mermaid draws no more of them (`maxEdges`), and GitHub lets nobody raise it."""

_TELLING: Final = re.compile(r"[^\w ,.:/()'’‘“”–—→+!?-]|(?<=^\d)[.)]|(?<=^\d\d)[.)]|^[-+]")
"""Signs that say something in a label other than themselves: those of Mermaid, of HTML, and of a list in Markdown."""


def write(asked: Request, target: str, *, steps: str = "1") -> str:
    """Return the flowchart."""
    from actorgraph.explorer.card_files import palette_of

    diagram = diagram_of(asked, target, steps)
    if len(diagram.arrows) > MOST_ARROWS:
        raise UsageProblem(
            f"{len(diagram.arrows)} arrows are more than Mermaid draws ({MOST_ARROWS}); narrow it, by --steps 1, "
            "--stated or --kind, or take dot"
        )
    return "\n".join(_lines(diagram, palette_of("light")))


def _lines(diagram: Diagram, palette: dict[str, str]) -> Iterator[str]:
    for text in diagram.about:
        yield f"%% {re.sub('[%{}]', ' ', text)}"
    yield "flowchart LR"
    yield from (f"  {_box(box)}" for box in diagram.boxes)
    yield from (f"  {_arrow(arrow)}" for arrow in diagram.arrows)
    for side, ink in INKS.items():
        yield f"  classDef {side} fill:#ffffff,stroke:{palette[ink]},stroke-width:3px,color:#111111"
    yield "  classDef centre fill:#f5f3ed,stroke:#111111,stroke-width:3px,color:#111111"
    numbers: dict[str, list[str]] = defaultdict(list)
    for number, arrow in enumerate(diagram.arrows):
        numbers[palette[INKS[arrow.side]] if arrow.side else palette["edge"]].append(str(number))
    for ink, some in numbers.items():
        yield f"  linkStyle {','.join(some)} stroke:{ink}"


def _box(box: Box) -> str:
    begin, end = ('(["', '"])') if box.is_proposal else ('["', '"]')
    kind = "centre" if box.is_centre else box.side
    return f"{box.key}{begin}{label(box.name)}{end}{f':::{kind}' if kind else ''}"


def _arrow(arrow: Arrow) -> str:
    return f'{arrow.start} {"-.->" if arrow.is_broken else "-->"}|"{label(arrow.label)}"| {arrow.end}'


def label(text: str) -> str:
    """Return a text as a label of Mermaid, between quotes, in which every sign is only itself.

    >>> label('The "plan"; <b>'), label("1. Plan")
    ('The #34;plan#34;#59; #60;b#62;', '1#46; Plan')
    """
    return _TELLING.sub(lambda match: "".join(f"#{ord(sign)};" for sign in match[0]), text)
