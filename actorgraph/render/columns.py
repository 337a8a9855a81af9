"""How wide the columns of a table are, so that as few of its rows as possible take more than one line."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from actorgraph.render.wrapping import NARROWEST, cells_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

GAP: Final = 2
"""So many spaces stand between two columns."""

_LONGEST_WORD: Final = 22
"""A longer word is broken before it takes the room of others."""

_MOST_JUDGED: Final = 300
"""By so many rows, spread over the table, it is judged which column is better narrowed: all of them would take long."""

_NEEDED: Final = 4
"""No column is narrower, whatever it costs."""


def natural(lines: Sequence[Sequence[str]]) -> list[int]:
    r"""Return how wide the columns of some lines, the headings among them, are where nothing is wrapped.

    >>> natural([("ACTOR", "SINCE"), ("Russia", "2025\nlast said 2026")])
    [6, 14]
    """
    return [max(cells_of(part) for cell in column for part in cell.split("\n")) for column in zip(*lines, strict=True)]


def fits(widths: Iterable[int], width: int) -> bool:
    """Whether columns fit beside one another.

    >>> fits([6, 14], 22), fits([6, 14], 21)
    (True, False)
    """
    widths = tuple(widths)
    return sum(widths) + GAP * (len(widths) - 1) <= width


class _Column(NamedTuple):
    """A column that may be narrowed: the widths of the parts of its cells, row by row, and how narrow it may be."""

    rows: tuple[tuple[int, ...], ...]
    least: int

    def height(self, row: int, width: int) -> int:
        """Return how many lines a cell takes, about."""
        return sum(-(-part // width) or 1 for part in self.rows[row])


def fitted(lines: Sequence[Sequence[str]], width: int, flexible: Iterable[int]) -> list[int]:
    """Return the widths of columns that fit into a width, wherever that can be.

    They are as wide as they need. Where that is too much, the flexible ones (and those that would take more than half
    of the width) are narrowed, step by step, the one first in which the fewest lines are added by it; none below its
    longest word, unless that word is absurd or the words of all columns do not fit beside one another.

    >>> lines = [("ACTOR", "SAYS"), ("Russia", "no"), ("A committee of nine", "yes"), ("Norway", "yes, if it rains")]
    >>> fitted(lines, 37, {0, 1}), fitted(lines, 28, {0, 1}), fitted(lines, 20, {0, 1})
    ([19, 16], [10, 16], [10, 8])
    """
    widths = natural(lines)
    wide = [column for column, cells in enumerate(widths) if column in set(flexible) or cells > width // 2]
    for column in wide:
        widths[column] = min(widths[column], width)
    judged = lines[:: -(-len(lines) // _MOST_JUDGED)]
    columns = {column: _column(lines, judged, column) for column in wide}
    _narrow(widths, width, columns)
    for least in (NARROWEST, _NEEDED):
        if not fits(widths, width):
            wide = wide if least == NARROWEST else list(range(len(widths)))
            columns = {column: _column(lines, judged, column)._replace(least=least) for column in wide}
            _narrow(widths, width, columns)
    return widths


def _column(lines: Sequence[Sequence[str]], judged: Sequence[Sequence[str]], column: int) -> _Column:
    words = {word for line in lines for word in line[column].split()}
    longest = max(map(cells_of, words), default=0)
    rows = tuple(tuple(map(cells_of, line[column].split("\n"))) for line in judged)
    return _Column(rows, min(longest, _LONGEST_WORD))


def _narrow(widths: list[int], width: int, columns: dict[int, _Column]) -> None:
    """Narrow columns, in place, until all fit or none can be narrowed any more."""
    over = sum(widths) + GAP * (len(widths) - 1) - width
    while over > 0:
        narrowable = [column for column, it in columns.items() if widths[column] > it.least]
        if not narrowable:
            return
        heights = {
            column: [it.height(row, widths[column]) for row in range(len(it.rows))] for column, it in columns.items()
        }
        tallest = [max(of_row) for of_row in zip(*heights.values(), strict=True)]

        def cost(column: int, tallest: list[int] = tallest) -> tuple[int, int, int]:
            it, narrower = columns[column], widths[column] - 1
            added = sum(max(it.height(row, narrower) - tall, 0) for row, tall in enumerate(tallest))
            return added, -widths[column], column

        widths[min(narrowable, key=cost)] -= 1
        over -= 1
