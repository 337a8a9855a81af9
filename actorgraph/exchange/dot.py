"""What is around a proposal or an actor as a graph of Graphviz (DOT)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from actorgraph.exchange.exporting.diagram import AROUND, INKS, OF_DIAGRAMS, diagram_of
from actorgraph.exchange.formats import OutOptions

if TYPE_CHECKING:
    from collections.abc import Iterator

    from actorgraph.exchange.exporting.diagram import Arrow, Box, Diagram
    from actorgraph.exchange.formats import Request

OUT: Final = OutOptions(OF_DIAGRAMS, (AROUND,), target=("TARGET", ("proposal", "actor")), endings=("dot", "gv"))


def write(asked: Request, target: str, *, steps: str = "1") -> str:
    """Return the graph, as Graphviz reads it."""
    from actorgraph.explorer.card_files import palette_of

    return "\n".join(_lines(diagram_of(asked, target, steps), palette_of("light")))


def _lines(diagram: Diagram, palette: dict[str, str]) -> Iterator[str]:
    yield from (f"// {text}" for text in diagram.about)
    yield "digraph {"
    yield f"  graph [rankdir=LR, label={quote(' '.join(diagram.about[:2]))}, labelloc=t, fontname=Helvetica];"
    yield "  node [fontname=Helvetica, shape=box];"
    yield f'  edge [fontname=Helvetica, fontsize=10, color="{palette["edge"]}"];'
    yield from (f"  {_box(box, palette)}" for box in diagram.boxes)
    yield from (f"  {_arrow(arrow, palette)}" for arrow in diagram.arrows)
    yield "}"


def _box(box: Box, palette: dict[str, str]) -> str:
    look = [f"label={quote(box.name)}"]
    look += ["style=rounded"] if box.is_proposal else []
    look += ["penwidth=3"] if box.is_centre or box.side else []
    look += [f'class={box.side}, color="{palette[INKS[box.side]]}"'] if box.side else []
    return f"{box.key} [{', '.join(look)}];"


def _arrow(arrow: Arrow, palette: dict[str, str]) -> str:
    look = [f"label={quote(arrow.label)}"]
    look += [f'class={arrow.side}, color="{palette[INKS[arrow.side]]}"'] if arrow.side else []
    look += ["style=dashed"] if arrow.is_broken else []
    return f"{arrow.start} -> {arrow.end} [{', '.join(look)}];"


def quote(text: str) -> str:
    r"""Return a text in one line as a quoted string of DOT, in which every sign is only itself.

    Graphviz reads backslashes and the entities of HTML in labels.

    >>> print(quote('The "plan" \\N &lt;'))
    "The \"plan\" \\N &amp;lt;"
    """
    return '"{}"'.format(text.replace("&", "&amp;").replace("\\", "\\\\").replace('"', '\\"'))
