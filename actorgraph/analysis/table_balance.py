"""Structural balance of a table of signed ties, window by window."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from actorgraph.analysis.camps.signed_graph import Census, SignedStructure, structure_of
from actorgraph.questions.envelope import ReadOnly
from actorgraph.questions.listing import Listing

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from actorgraph.analysis.camps.signed_graph import SignedTie


class Window(NamedTuple):
    """How balanced the ties of one window of a table are; `window` is None where the table has no windows."""

    window: str | None
    structure: SignedStructure


@dataclass(frozen=True, repr=False)
class TableBalance(Listing[Window]):
    """How balanced the signed ties of a table are, window by window. `query` says of which table."""

    query: Mapping[str, object]
    windows: tuple[Window, ...]

    LISTS = "windows"
    COLUMNS = (
        *("window", "actors", "positive", "negative", "triangles", "balanced", "share", "expected", *Census._fields),
        *("frustration", "bound", "exact"),
    )
    SHOWN = (
        "window",
        "actors",
        "positive",
        "negative",
        "triangles",
        "share",
        "expected",
        "frustration",
        "bound",
        "exact",
    )

    @property
    def subject(self) -> str:
        """The table."""
        return f"balance {self.query['table']}"

    def cells(self) -> Iterator[dict[str, object]]:
        """Yield the cells of each window."""
        for window, structure in self.windows:
            yield {"window": window, **structure._asdict(), **structure.census._asdict()}


def balance_of_table(
    table: str, ties: Mapping[str | None, Sequence[SignedTie]], *, windows_in: str | None = None
) -> TableBalance:
    """Return how balanced the ties of a table are, by window; a tie stands once in its window.

    >>> from actorgraph.analysis.camps.signed_graph import SignedTie
    >>> ties = [SignedTie("a", "b", 1), SignedTie("b", "c", 1), SignedTie("a", "c", -1)]
    >>> [(_, structure)] = balance_of_table("ties.csv", {None: ties})
    >>> structure.triangles, structure.balanced, structure.frustration
    (1, 0, 1)
    """
    query = ReadOnly({"command": "balance", "table": table, **({"windows_in": windows_in} if windows_in else {})})
    windows = []
    for window, some in ties.items():
        actors = sorted({end for tie in some for end in (tie.source, tie.target)})
        at = {actor: place for place, actor in enumerate(actors)}
        signs = np.zeros((len(actors), len(actors)))
        for tie in some:
            first, second = at[tie.source], at[tie.target]
            signs[first, second] = signs[second, first] = tie.sign
        windows.append(Window(window, structure_of(actors, signs)))
    return TableBalance(query, tuple(windows))
