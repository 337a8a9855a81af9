"""The lines in which a long text differs from another, in time that grows with its length.

Python's own `difflib` compares every line with every equal one, and the lines of records are much alike: of a hundred
thousand records it never ends. Where much lies between the first and the last change, both texts are walked through
side by side here; where they part, the nearest place where several lines in a row agree again is where they meet.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from difflib import SequenceMatcher
from itertools import pairwise
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

SHORT: Final = 2000
"""Up to how many lines, of both texts together, `difflib` compares what lies between the first and the last change."""
_AGREE: Final = 4
"""How many lines in a row agree where two texts meet again: more than what records have in common by chance."""
_FAR: Final = 60
"""How many lines of the old text are passed over at most before the end is taken for the next place to meet."""
_AROUND: Final = 3
"""How many lines are shown around a change."""


class Gap(NamedTuple):
    """Lines of two texts that differ: where they begin (from 0), and the line behind them, in the old and the new."""

    old: int
    old_end: int
    new: int
    new_end: int


def line_diff(old: Sequence[str], new: Sequence[str], before: str, after: str) -> Iterator[str]:
    r"""Yield a unified diff of lines, nothing where they are the same.

    >>> print(*line_diff(["a", "b", "c"], ["a", "B", "c", "d"], "old", "new"), sep="\n")
    --- old
    +++ new
    @@ -1,3 +1,4 @@
     a
    -b
    +B
     c
    +d
    """
    found = list(gaps(old, new))
    if not found:
        return
    yield f"--- {before}"
    yield f"+++ {after}"
    cuts = [0, *(at for at, (one, other) in enumerate(pairwise(found), 1) if other.old - one.old_end > 2 * _AROUND)]
    for first, behind in pairwise([*cuts, len(found)]):
        yield from _hunk(old, new, found[first:behind])


def gaps(old: Sequence[str], new: Sequence[str]) -> Iterator[Gap]:
    """Yield where two texts differ, in order."""
    end = 0
    while end < min(len(old), len(new)) and old[-1 - end] == new[-1 - end]:
        end += 1
    behind, new_behind = len(old) - end, len(new) - end
    places: dict[int, list[int]] | None = None
    at = new_at = 0
    while True:
        while at < behind and new_at < new_behind and old[at] == new[new_at]:
            at, new_at = at + 1, new_at + 1
        if at == behind or new_at == new_behind:
            break
        if places is None and behind - at + new_behind - new_at <= SHORT:
            yield from _short_gaps(old[at:behind], new[new_at:new_behind], at, new_at)
            return
        if places is None:
            places = _places(new, new_at, new_behind)
        meeting = _meeting(old, at, behind, new, new_at, places)
        if meeting is None:
            break
        yield Gap(at, meeting[0], new_at, meeting[1])
        at, new_at = meeting
    if at < behind or new_at < new_behind:
        yield Gap(at, behind, new_at, new_behind)


def _short_gaps(old: Sequence[str], new: Sequence[str], at: int, new_at: int) -> Iterator[Gap]:
    """Yield where parts of two texts differ that are short enough for `difflib`, which finds the fewest lines."""
    for tag, first, behind, new_first, new_behind in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag != "equal":
            yield Gap(at + first, at + behind, new_at + new_first, new_at + new_behind)


def _places(new: Sequence[str], start: int, behind: int) -> dict[int, list[int]]:
    """Return where lines in a row stand, by a number that rows that agree have in common."""
    places: dict[int, list[int]] = defaultdict(list)
    for at in range(start, behind - _AGREE + 1):
        places[hash(tuple(new[at : at + _AGREE]))].append(at)
    return places


def _meeting(
    old: Sequence[str], at: int, behind: int, new: Sequence[str], new_at: int, places: dict[int, list[int]]
) -> tuple[int, int] | None:
    """Return the nearest lines of both texts from which on they agree again, None where there are none."""
    best: tuple[int, int] | None = None
    nearest = len(old) + len(new)
    for start in range(at, min(behind - _AGREE, at + _FAR) + 1):
        if start - at >= nearest:
            break
        listed = places.get(hash(tuple(old[start : start + _AGREE])), [])
        position = bisect_left(listed, new_at)
        if position == len(listed):
            continue
        found = listed[position]
        distance = start - at + found - new_at
        if distance < nearest and old[start : start + _AGREE] == new[found : found + _AGREE]:
            best, nearest = (start, found), distance
    return best


def _hunk(old: Sequence[str], new: Sequence[str], near: Sequence[Gap]) -> Iterator[str]:
    """Yield changes that stand near one another, with the lines around them."""
    start = max(0, near[0].old - _AROUND)
    new_start = near[0].new - (near[0].old - start)
    stop = min(len(old), near[-1].old_end + _AROUND)
    new_stop = near[-1].new_end + (stop - near[-1].old_end)
    yield f"@@ -{_range(start, stop)} +{_range(new_start, new_stop)} @@"
    at = start
    for gap in near:
        yield from (f" {line}" for line in old[at : gap.old])
        yield from (f"-{line}" for line in old[gap.old : gap.old_end])
        yield from (f"+{line}" for line in new[gap.new : gap.new_end])
        at = gap.old_end
    yield from (f" {line}" for line in old[at:stop])


def _range(start: int, stop: int) -> str:
    """Return lines as a unified diff names them: from 1, and of none the line before."""
    length = stop - start
    return f"{start + 1 if length else start},{length}"
