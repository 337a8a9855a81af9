"""How wide the columns of a table are, so that its rows take as few lines as possible."""

from __future__ import annotations

from itertools import accumulate
from typing import TYPE_CHECKING, Final

from actorgraph.render.wrapping import NARROWEST, cells_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

GAP: Final = 2
"""So many spaces stand between two columns."""

_LONGEST_WORD: Final = 22
"""A longer word is broken before it takes the room of others."""

_MOST_JUDGED: Final = 100
"""By so many rows, spread over the table, it is judged how wide columns are best: by all of them it would take long."""

_MOST_SEARCHED: Final = 3
"""Of so many columns all widths are tried with one another; of further ones, the narrowest first, none is."""

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


def fitted(lines: Sequence[Sequence[str]], width: int, flexible: Iterable[int]) -> list[int]:
    """Return the widths of columns that fit into a width, wherever that can be.

    They are as wide as they need. Where that is too much, the flexible ones (and those that would take more than half
    of the width) are narrowed so that the rows take as few lines as possible; none below its longest word, unless that
    word is absurd or the words of all columns do not fit beside one another.

    >>> lines = [("ACTOR", "SAYS"), ("Russia", "no"), ("A committee of nine", "yes"), ("Norway", "yes, if it rains")]
    >>> fitted(lines, 37, {0, 1}), fitted(lines, 30, {0, 1}), fitted(lines, 20, {0, 1})
    ([19, 16], [12, 16], [10, 8])
    """
    widths = natural(lines)
    if fits(widths, width):
        return widths
    wanted = {*flexible, *(column for column, cells in enumerate(widths) if cells > width // 2)}
    wide = sorted((column for column in wanted if widths[column] > NARROWEST), key=lambda column: widths[column])
    judged = lines[:: -(-len(lines) // _MOST_JUDGED)]
    rest = width - GAP * (len(widths) - 1) - sum(widths)
    for least in (_LONGEST_WORD, NARROWEST):
        columns = [_Column(lines, judged, column, widths[column], least) for column in wide]
        for narrow in columns[:-_MOST_SEARCHED]:
            narrow.most = narrow.least
        best = _narrowed(columns, rest + sum(column.natural for column in columns))
        if best:
            for column, cells in zip(wide, best, strict=True):
                widths[column] = cells
            return widths
    return _squeezed(widths, width)


def _squeezed(widths: list[int], width: int) -> list[int]:
    """Return widths that leave no column room for its words, as one of them alone is too much: the widest give way."""
    widths = list(widths)
    while not fits(widths, width) and max(widths) > _NEEDED:
        widths[widths.index(max(widths))] -= 1
    return widths


class _Column:
    """A column that may be narrowed: the words of its cells, row by row, and between which widths it may be."""

    def __init__(
        self, lines: Sequence[Sequence[str]], judged: Sequence[Sequence[str]], column: int, natural: int, least: int
    ) -> None:
        words = {word for line in lines for word in line[column].split()}
        self.natural = self.most = natural
        self.least = min(natural, max(NARROWEST, min(max(map(cells_of, words), default=0), least)))
        self._rows = [
            [[cells_of(word) for word in part.split()] for part in line[column].split("\n")] for line in judged
        ]
        self._heights: dict[int, list[int]] = {}

    def heights(self, width: int) -> list[int]:
        """Return how many lines the cell of each row takes at a width."""
        if width not in self._heights:
            self._heights[width] = [sum(_lines_of(part, width) for part in row) for row in self._rows]
        return self._heights[width]

    def choices(self, room: int) -> Iterator[int]:
        """Yield the widths that it may have in some room: each at which its cells take fewer lines than before."""
        before: list[int] = []
        for width in range(self.least, min(self.most, room) + 1):
            if self.heights(width) != before:
                before = self.heights(width)
                yield width


def _lines_of(words: Sequence[int], width: int) -> int:
    """Return how many lines words of these widths take.

    >>> _lines_of([7, 6, 2], 10), _lines_of([25], 10), _lines_of([], 10)
    (2, 3, 1)
    """
    lines, used = 1, 0
    for cells in words:
        if used and used + 1 + cells <= width:
            used += 1 + cells
        else:
            lines += bool(used) + (cells - 1) // width
            used = (cells - 1) % width + 1
    return lines


def _narrowed(columns: Sequence[_Column], room: int) -> list[int] | None:
    """Return the widths at which columns take the fewest lines beside one another; none where they do not fit.

    Of two such, the one is taken that narrows the columns more evenly.
    """
    after = [*accumulate((column.least for column in reversed(columns)), initial=0)][::-1]
    if after[0] > room:
        return None
    best: tuple[tuple[int, float], list[int]] | None = None
    for widths in _combinations(columns, room, after[1:]):
        taken = (column.heights(width) for column, width in zip(columns, widths, strict=True))
        lines = sum(map(max, zip(*taken, strict=True)))
        uneven = sum(column.natural / width for column, width in zip(columns, widths, strict=True))
        if best is None or (lines, uneven) < best[0]:
            best = (lines, uneven), widths
    return best[1] if best else None


def _combinations(columns: Sequence[_Column], room: int, after: Sequence[int]) -> Iterator[list[int]]:
    """Yield the widths of columns that fill a room; `after` is what those behind each of them need at least."""
    if len(columns) <= 1:
        yield [min(column.most, room) for column in columns]
        return
    for width in columns[0].choices(room - after[0]):
        for widths in _combinations(columns[1:], room - width, after[1:]):
            yield [width, *widths]
