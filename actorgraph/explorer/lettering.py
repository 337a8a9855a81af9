"""How wide letters are, where nobody can measure: Python and the page's scripts set cards by one table."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import Final

from actorgraph.names import legible

LETTERS: Final = {
    "family": "Arial, Helvetica, 'Liberation Sans', Arimo, sans-serif",
    "regular": {
        191: "'",
        222: "ijlł‘’",
        260: "|",
        278: " \u00a0!,./:;I[\\]ft·",
        333: "()-`r“”„¡",
        355: '"',
        334: "{}",
        389: "*",
        500: "Jcksvxyz",
        556: "0123456789#$?L_abdeghnopquŁđþħŋ«»–§€£¥¢",
        584: "+<=>~−",
        611: "FTZøß¿",
        667: "&ABEKPSVXYÞ",
        722: "CDHNRUwĐĦ",
        778: "GOQØ",
        833: "Mm",
        889: "%æ",
        944: "Wœ",
        1000: "ÆŒ—…→",
        1015: "@",
    },
    "bold": {
        238: "'",
        278: " \u00a0,./I\\ijlł‘’·|",
        333: "!()-:;[]`ft¡",
        389: "*r{}",
        474: '"',
        500: "z“”„",
        556: "0123456789#$J_aceksvxy«»–§€£¥¢",
        584: "+<=>~−",
        611: "?FLTZbdghnopquøŁđþßħŋ¿",
        667: "EPSVXYÞ",
        722: "&ABCDHKNRUĐĦ",
        778: "GOQwØ",
        833: "M",
        889: "%mæ",
        944: "Wœ",
        975: "@",
        1000: "ÆŒ—…→",
    },
    "ranges": (
        (0x1100, 0x115F, 1000),
        (0x1160, 0x11FF, 0),
        (0x2E80, 0xA4CF, 1000),
        (0xAC00, 0xD7A3, 1000),
        (0xF900, 0xFAFF, 1000),
        (0xFE30, 0xFE6F, 1000),
        (0xFF00, 0xFF60, 1000),
        (0xFFE0, 0xFFE6, 1000),
        (0x1F000, 0x1FAFF, 1400),
        (0x20000, 0x3FFFD, 1000),
    ),
    "other": 740,
}
"""The widths of letters in thousandths of their size, as Arial and the faces made to its measure have them.

A letter with marks is as wide as without them; marks, and what only steers, have no width. Of letters that the table
has not, `ranges` has the wide ones; all others count as `other`, which few exceed.
"""

_SPACES: Final = re.compile(r"[ \t\r\n]+")


def width(text: str, *, bold: bool = False) -> int:
    """Return how wide a text is, in thousandths of its size.

    >>> width("if"), width("if", bold=True), width("é") == width("e")
    (500, 611, True)
    """
    return sum(_width(letter, bold) for letter in unicodedata.normalize("NFD", text))


@cache
def _width(letter: str, bold: bool) -> int:  # noqa: FBT001 - part of a cache's key
    for wide, letters in LETTERS["bold" if bold else "regular"].items():  # type: ignore[attr-defined]
        if letter in letters:
            return int(wide)
    if _has_no_width(letter):
        return 0
    ranges: tuple[tuple[int, int, int], ...] = LETTERS["ranges"]  # type: ignore[assignment]
    widths = (wide for first, last, wide in ranges if first <= ord(letter) <= last)
    return next(widths, int(LETTERS["other"]))  # type: ignore[call-overload]


def _has_no_width(letter: str) -> bool:
    return unicodedata.category(letter)[0] == "M" or unicodedata.category(letter) == "Cf"


def in_lines(text: str, wide: int, size: int, *, bold: bool = False, most: int = 1000) -> list[str]:
    """Return a text in lines no wider than so many pixels; a word that is wider is broken, and what is too much cut.

    >>> in_lines("if ceasefire, if peace agreement", 120, 14)
    ['if ceasefire, if', 'peace agreement']
    >>> in_lines("if ceasefire, if peace agreement", 80, 14, most=2)
    ['if ceasefire,', 'if peace…']
    """
    lines: list[str] = []
    line = ""
    for word in filter(None, _SPACES.split(legible(text))):
        longer = f"{line} {word}" if line else word
        if width(longer, bold=bold) * size <= wide * 1000:
            line = longer
            continue
        if line:
            lines.append(line)
        line = word
        while width(line, bold=bold) * size > wide * 1000 and len(line) > 1:
            fits = _fitting(line, wide, size, bold)
            if fits == line:
                break
            lines.append(fits)
            line = line[len(fits) :]
    lines += [line] if line else []
    if len(lines) <= most:
        return lines
    room = wide - -(-width("…", bold=bold) * size // 1000)
    return [*lines[: most - 1], _fitting(f"{lines[most - 1]} ", room, size, bold).rstrip(" ") + "…"]


def _fitting(line: str, wide: int, size: int, bold: bool) -> str:  # noqa: FBT001
    """Return as much of a line's start as fits, one letter at least, and no letter without its marks."""
    used, end = 0, 0
    for at, letter in enumerate(line):
        used += width(letter, bold=bold) * size
        if used > wide * 1000 and end:
            break
        if at + 1 == len(line) or not _has_no_width(line[at + 1]):
            end = at + 1
    return line[:end]
