"""The difference between two texts of a large file, found record by record: line by line it would take minutes."""

from __future__ import annotations

from difflib import SequenceMatcher
from io import StringIO
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING, Final, Literal

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    Tag = Literal["replace", "delete", "insert", "equal"]
    Opcode = tuple[Tag, int, int, int, int]

_MOST_LINES: Final = 2000
"""Up to how many lines what replaces other lines is compared with them line by line."""


def patch(path: str, old: bytes, new: bytes) -> str:
    r"""Return what a change does to a file, as a patch that `patch` and git take, byte by byte.

    >>> print(patch("a.yaml", b"kind: state\nname: UK\n", b"name: UK\nkind: state\n"), end="")
    --- a.yaml
    +++ a.yaml
    @@ -1,2 +1,2 @@
    +name: UK
     kind: state
    -name: UK
    """
    before, after = (StringIO(raw.decode(errors="replace"), newline="\n").readlines() for raw in (old, new))
    head, lines = [f"--- {path}\n", f"+++ {path}\n"], [*unified(before, after, path, path)][2:]
    return "".join([*head, *map(_ended, lines)]) if lines else ""


def _ended(line: str) -> str:
    """Return a line of a patch with its end, and with the words for a file's last one that has none."""
    if line.endswith("\n"):
        return line
    return f"{line}\n" if line.startswith("@@") else f"{line}\n\\ No newline at end of file\n"


def unified(old: Sequence[str], new: Sequence[str], before: str, after: str) -> Iterator[str]:
    r"""Yield a unified diff of lines, nothing where they are the same.

    >>> print(*unified(["actors:", "  a: {}"], ["actors:", "  a: {}", "  b: {}"], "old", "new"), sep="\n")
    --- old
    +++ new
    @@ -1,2 +1,3 @@
     actors:
       a: {}
    +  b: {}
    """
    if old == new:
        return
    yield f"--- {before}"
    yield f"+++ {after}"
    for group in _Records(old, new).get_grouped_opcodes():
        first, last = group[0], group[-1]
        yield f"@@ -{_range(first[1], last[2])} +{_range(first[3], last[4])} @@"
        for tag, begin, end, new_begin, new_end in group:
            if tag == "equal":
                yield from (f" {line}" for line in old[begin:end])
                continue
            yield from (f"-{line}" for line in old[begin:end])
            yield from (f"+{line}" for line in new[new_begin:new_end])


def _range(begin: int, end: int) -> str:
    """Return lines as a unified diff has them: the first and how many; of none, the line before."""
    return f"{begin + (end > begin)},{end - begin}"


class _Records(SequenceMatcher[str]):
    """Compares records as wholes, and only what replaces others line by line."""

    def __init__(self, old: Sequence[str], new: Sequence[str]) -> None:
        super().__init__(None, (), ())
        self.old = old
        self.new = new

    def get_opcodes(self) -> list[Opcode]:
        """Return how the one becomes the other, in numbers of lines; no two pieces that are equal touch."""
        old, new = _blocks(self.old), _blocks(self.new)
        at, new_at = ([0, *accumulate(map(len, blocks))] for blocks in (old, new))
        codes: list[Opcode] = []
        for tag, *ends in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
            begin, end, new_begin, new_end = at[ends[0]], at[ends[1]], new_at[ends[2]], new_at[ends[3]]
            pieces: list[Opcode] = [(tag, begin, end, new_begin, new_end)]
            if tag == "replace" and max(end - begin, new_end - new_begin) <= _MOST_LINES:
                lines = SequenceMatcher(None, self.old[begin:end], self.new[new_begin:new_end], autojunk=False)
                pieces = [
                    (piece, begin + first, begin + last, new_begin + new_first, new_begin + new_last)
                    for piece, first, last, new_first, new_last in lines.get_opcodes()
                ]
            for piece in pieces:
                if codes and codes[-1][0] == piece[0] == "equal":
                    piece = ("equal", codes[-1][1], piece[2], codes.pop()[3], piece[4])  # noqa: PLW2901
                codes.append(piece)
        return codes


def _blocks(lines: Sequence[str]) -> list[tuple[str, ...]]:
    """Return lines by record: one begins where a line is indented by two at most (after an unindented `-`: not at all).

    >>> [len(block) for block in _blocks(["stances:", "- actor: a", "  note: b", "- actor: c", "sources:", "  s: {}"])]
    [1, 2, 1, 1, 1]
    """
    starts, inside = [], False
    for at, line in enumerate(lines):
        if line[:1].strip():
            inside = line.startswith("-")
        if at == 0 or line[: 1 if inside else 3].strip():
            starts.append(at)
    return [tuple(lines[begin:end]) for begin, end in pairwise([*starts, len(lines)])]
