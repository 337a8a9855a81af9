"""How texts fit into a terminal: how wide they are, where they break, and in what direction they are written."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

_FSI, _PDI = "\u2068", "\u2069"
"""First strong isolate, and its end (Unicode Standard Annex #9): what stands between them takes its direction from its
own letters and moves nothing around it."""

_DRIVING: Final = "\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069"
"""Characters that may drive a terminal, or turn the direction of what follows them; all but the line feed."""

_CONTROL: Final = re.compile(f"{_FSI}[^\n{_DRIVING}]*{_PDI}|[{_DRIVING}]")
"""One of these characters, or a whole isolate, which does no harm."""

_COMMON: Final = frozenset(map(chr, (*range(0x20, 0x7F), *range(0xA0, 0xAD), *range(0xAE, 0x180)))) | set("–—‘’“”…→")
"""Letters and signs of most texts, each of one cell and from left to right: what holds no other needs no pattern.

To compile the two patterns below takes a tenth of what a warm answer may take.
"""

_RIGHT_TO_LEFT: Final = "[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefe\U00010800-\U00010fff\U0001e800-\U0001efff]"
"""The blocks of scripts that are written from right to left (Unicode's DerivedBidiClass.txt: R and AL)."""

_ONE_CELL: Final = (
    "[ -~\xa0-\xac\xae-\u02ff\u0370-\u0482\u048a-\u052f\u1e00-\u200a"
    "\u2010-\u2027\u202f-\u205f\u2070-\u20cf\u2100-\u2319]*"
)
"""Latin, Greek and Cyrillic letters and common signs: each takes one cell, which needs no table of widths."""

_REPLACEMENT: Final = "\ufffd"

NARROWEST: Final = 8


def clean(text: str) -> str:
    r"""Return a text with `�` for each character that may drive a terminal or turn what follows it, a space for a tab.

    >>> clean("\x1b[31mred\u202e"), clean("the\tboard")
    ('�[31mred�', 'the board')
    """
    return _CONTROL.sub(lambda match: match[0] if len(match[0]) > 1 else _REPLACEMENT, text.replace("\t", " "))


def isolated(text: str) -> str:
    """Return a name or title so that its letters do not move what stands around it in a line.

    That takes two invisible characters where it holds letters that are written from right to left, and nothing
    elsewhere. Markdown leaves them out again.

    >>> isolated("Coast Weekly"), isolated("\u05d9\u05d5\u05dd") == "\u2068\u05d9\u05d5\u05dd\u2069"
    ('Coast Weekly', True)
    """
    driven = re.sub(f"[{_DRIVING}]", _REPLACEMENT, text.replace("\t", " ")) if _is_right_to_left(text) else None
    return text if driven is None else f"{_FSI}{driven}{_PDI}"


def bare(text: str) -> str:
    """Return a text without isolates."""
    return text.replace(_FSI, "").replace(_PDI, "")


def _is_right_to_left(text: str) -> bool:
    return not (text.isascii() or _COMMON.issuperset(text)) and re.search(_RIGHT_TO_LEFT, text) is not None


def beside_others(line: str) -> str:
    """Return a line of a cell, isolated as a whole where it would else move something in the cells beside it."""
    whole = line.startswith(_FSI) and line.find(_PDI) == len(line) - 1
    return f"{_FSI}{line}{_PDI}" if _is_right_to_left(line) and not whole else line


def _balanced(lines: list[str]) -> list[str]:
    """Return the lines of one text, each of which closes the isolates that it opens or goes on with."""
    if not any(_FSI in line for line in lines):
        return lines
    balanced: list[str] = []
    is_open = False
    for text in lines:
        line = _FSI * is_open + text
        is_open = line.rfind(_FSI) > line.rfind(_PDI)
        balanced.append(line + _PDI * is_open)
    return balanced


def cells_of(text: str) -> int:
    """Return how many terminal cells a text takes, by the tables of `wcwidth`.

    Two for East Asian wide letters and for emoji, joined ones and flags too; none for combining marks. The tables are
    loaded only for a text that needs them: most answers do not.
    """
    if _takes_one_cell_each(text):
        return len(text)
    return sum(_measured(text[at : at + _PART]) for at in range(0, len(text), _PART))


_PART: Final = 500
"""So many characters are measured at once: of flags in a row, `wcwidth` looks back to the first for each."""


@lru_cache(maxsize=4096)
def _measured(text: str) -> int:
    from wcwidth import wcswidth

    return wcswidth(text)


def _takes_one_cell_each(text: str) -> bool:
    return text.isascii() or _COMMON.issuperset(text) or re.fullmatch(_ONE_CELL, text) is not None


def _letters(text: str) -> Iterable[str]:
    """Return what a reader sees as the letters of a text: a letter with its marks, a flag, a joined emoji."""
    if _takes_one_cell_each(text):
        return text
    from wcwidth import iter_graphemes

    return iter_graphemes(text)


def wrapped(text: str, width: int) -> list[str]:
    """Return the lines of a text, none of them wider than that."""
    return _balanced([line for part in text.split("\n") for line in _wrapped_line(part, width)])


def _wrapped_line(text: str, width: int) -> list[str]:
    if cells_of(text) <= width:  # as most are
        return [" ".join(text.split())]
    lines: list[str] = []
    line = ""
    for word in text.split():
        last = word
        if cells_of(word) > width:
            room = width - cells_of(line) - bool(line)
            if line and room < NARROWEST:
                lines.append(line)
                line, room = "", width
            *pieces, last = _pieces(word, room, width)
            for piece in pieces:
                lines.append(f"{line} {piece}".lstrip())
                line = ""
        if line and cells_of(line) + 1 + cells_of(last) > width:
            lines.append(line)
            line = last
        else:
            line = f"{line} {last}".strip()
    return [*lines, line]


def _pieces(word: str, room: int, width: int) -> Iterator[str]:
    """Yield a long word piece by piece: the first goes into `room` cells, the others into `width` cells each."""
    letters = [(letter, cells_of(letter)) for letter in _letters(word)]
    start = 0
    while start < len(letters):
        end = _end_of_piece(letters, start, room)
        yield "".join([letter for letter, _ in letters[start:end]])
        start, room = end, width


def _end_of_piece(letters: Sequence[tuple[str, int]], start: int, room: int) -> int:
    """Return where a piece of a word ends that goes into so many cells: whole letters, one at least, up to a joint.

    A joint counts if what stands before it fills more than half of the room; the end of a part of a path, an address or
    an id before a hyphen, which may be that of a date.
    """
    used = part = hyphen = 0
    for at in range(start, len(letters)):
        letter, cells = letters[at]
        used += cells
        if used > room and at > start:
            return part or hyphen or at
        if used * 2 > room:
            part = at + 1 if letter in _ENDS_A_PART else part
            hyphen = at + 1 if letter in _HYPHENS else hyphen
    return len(letters)


_ENDS_A_PART: Final = frozenset("/.:?&")

_HYPHENS: Final = frozenset("-_=@")
"""After these a path, an id or an address may be broken, and the eye still reads it as one."""
