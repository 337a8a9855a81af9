"""Where the words of a quote stand in a document: word by word, whatever its white space, line ends and signs.

A word that a hyphen breaks at the end of a line is found whole and broken; ligatures are the letters that they are made
of, full-width and half-width letters and signs are the usual ones, all quotation marks are one sign, and all dashes. In
scripts without blanks between words each letter is a word.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections import Counter
from difflib import SequenceMatcher
from functools import cached_property
from itertools import accumulate
from typing import TYPE_CHECKING, Final, NamedTuple, TypeAlias

from actorgraph.names import UNSPACED

if TYPE_CHECKING:
    from collections.abc import Iterable

_QUOTES: Final = "\"'`\u00b4\u00ab\u00bb\u2018-\u201f\u2032\u2033\u2039\u203a"
_DASHES: Final = "\u2010-\u2015\u2212-"
_TOKEN: Final = re.compile(rf"[^\W_{UNSPACED}]+|(?P<quote>[{_QUOTES}]+)|(?P<dash>[{_DASHES}]+)|\S")
_SOFT_BREAK: Final = re.compile(r"\u00ad(?=\s|$)")
_BROKEN: Final = re.compile(r"(?<=\w)-\s*\n\s*(?=\w)")
_UNSEEN: Final = re.compile("[\u00ad\u200b-\u200d\u2060\ufeff]")
_VARIANTS: Final = str.maketrans(
    {sign: unicodedata.normalize("NFKC", sign) for sign in map(chr, (*range(0xFB00, 0xFB07), *range(0xFF01, 0xFFEF)))}
)
"""Ligatures, and what is as wide or as narrow as it is in East Asian type, by the letters and signs that they are."""

_LEFT_OUT: Final = re.compile(r"\[\s*(?:…|\.\.\.)\s*\]|\(\s*(?:…|\.\.\.)\s*\)|…|\.{3,}")


Pieces: TypeAlias = "tuple[tuple[str, ...], ...]"
"""The words and signs of a quote, in pieces where it leaves something out."""

_BETWEEN: Final = "\x1f"
_BREAK: Final = "\x02"
"""Stands in a text for a hyphen or dash that ends a line behind a word, and may only break the word."""

_GAP: Final = "\x00"
"""Stands in a text for lines that are not cited: no quote runs over them."""

_NEAR: Final = 0.6
"""What share of a quote's words a passage must have to be returned as the nearest."""

_MOST_COMPARED: Final = 20


def pieces_of(quote: str) -> Pieces:
    """Return the words and signs of a quote, in pieces where it leaves something out.

    >>> pieces_of("“We will … stay”, [...] he said")
    (('We', 'will'), ('stay', '"', ','), ('he', 'said'))
    """
    parts = ([_sign(match) for match in _TOKEN.finditer(_plain(part))] for part in _LEFT_OUT.split(quote))
    pieces = [tuple(part) for part in parts if any(map(_is_word, part))]
    if pieces and not _is_word(pieces[0][0]):
        pieces[0] = pieces[0][pieces[0][0] == '"' :]
    if pieces and pieces[-1][-1] == '"':
        pieces[-1] = pieces[-1][:-1]
    return tuple(pieces)


def _is_word(token: str) -> bool:
    return token[0].isalnum()


def _plain(text: str) -> str:
    """Return a text with one spelling of each letter, and none that cannot be seen."""
    usual = _SOFT_BREAK.sub("-", text).translate(_VARIANTS)
    return _UNSEEN.sub("", unicodedata.normalize("NFC", usual))


def _sign(match: re.Match[str]) -> str:
    return '"' if match["quote"] else "-" if match["dash"] else match[0]


class Stretch(NamedTuple):
    """Lines, first and last, both inside, and what stands there of a passage."""

    first: int
    last: int
    text: str


class SearchedText:
    """A document's lines, in which quotes are looked for word by word: white space and line ends do not count.

    >>> text = SearchedText(("Nobody asked the \ufb01sh-", "ers, who don’t want it."))
    >>> text.spans(pieces_of("the fishers, who don't")), text.holds(pieces_of("the fishers"), [(2, 2)])
    (((1, 2),), False)
    >>> text.nearest(pieces_of("who do not want it"))
    Stretch(first=2, last=2, text='who don’t want it')
    """

    def __init__(self, lines: tuple[str, ...]) -> None:
        self.lines = lines
        self.length = len(lines)

    def holds(self, pieces: Pieces, cited: Iterable[tuple[int, int]]) -> bool:
        """Whether the pieces stand, one behind the other, in the lines cited."""
        wanted = sorted({number for first, last in cited for number in range(first, min(last, self.length) + 1)})
        return bool(_Words([(number, self.lines[number - 1]) for number in wanted]).spans(pieces))

    def spans(self, pieces: Pieces) -> tuple[tuple[int, int], ...]:
        """Return the lines, first and last, in which the pieces stand one behind the other: the shortest stretches."""
        return self._words.spans(pieces)

    def nearest(self, pieces: Pieces) -> Stretch | None:
        """Return the passage that has most words of a quote that stands nowhere; None where none has enough of them."""
        return self._words.nearest([word.casefold() for piece in pieces for word in piece if _is_word(word)])

    @cached_property
    def _words(self) -> _Words:
        return _Words(list(enumerate(self.lines, start=1)))


class _Token(NamedTuple):
    """A word or sign, the line that it stands in, and where in it."""

    line: int
    text: str
    begin: int
    end: int


class _Words:
    """The words and signs of numbered lines as one text."""

    def __init__(self, lines: list[tuple[int, str]]) -> None:
        tokens: list[_Token] = []
        self.plain: dict[int, str] = {}
        before = 0
        for number, line in lines:
            if before and number > before + 1:
                tokens.append(_Token(before, _GAP, 0, 0))
            before = number
            plain = self.plain[number] = _plain(line)
            words = [_Token(number, _sign(match), *match.span()) for match in _TOKEN.finditer(plain)]
            if words and _is_word(words[0].text) and _breaks_off(tokens):
                tokens[-1] = tokens[-1]._replace(text=_BREAK)
            tokens += words
        self.tokens = tokens
        self.text = _BETWEEN + "".join(token.text + _BETWEEN for token in tokens)
        self.starts = list(accumulate((len(token.text) + 1 for token in tokens), initial=0))

    def spans(self, pieces: Pieces) -> tuple[tuple[int, int], ...]:
        """Return the lines of every stretch that holds the pieces in order and no shorter one that does."""
        first, *rest = map(_pattern, pieces)
        begins: dict[int, int] = {}  # by its end, the latest beginning
        match = first.search(self.text)
        while match:
            end = match.end()
            for piece in rest:
                further = piece.search(self.text, end)
                if further is None:
                    return self._stretches(begins)
                end = further.end()
            begins[end] = match.start()
            match = first.search(self.text, match.start() + 1)
        return self._stretches(begins)

    def nearest(self, wanted: list[str]) -> Stretch | None:
        """Return the stretch of as many words that has most of those wanted, from the first of them to the last."""
        words = [(token, token.text.casefold()) for token in self.tokens if _is_word(token.text)]
        shared = _shared([word for _, word in words], wanted)
        most = max(shared, default=0)
        if most < max(_NEAR * len(wanted), 2):
            return None
        starts = [at for at, number in enumerate(shared) if number == most][:_MOST_COMPARED]
        windows = [words[at : at + len(wanted)] for at in starts]
        best = max(windows, key=lambda window: SequenceMatcher(None, [word for _, word in window], wanted).ratio())
        places = [at for at, (_, word) in enumerate(best) if word in wanted]
        begin, end = best[places[0]][0], best[places[-1]][0]
        return Stretch(begin.line, end.line, self._between(begin, end))

    def _between(self, begin: _Token, end: _Token) -> str:
        """Return what stands from one word to another, in one line."""
        if begin.line == end.line:
            return self.plain[begin.line][begin.begin : end.end]
        inner = [self.plain[number] for number in range(begin.line + 1, end.line)]
        text = [self.plain[begin.line][begin.begin :], *inner, self.plain[end.line][: end.end]]
        return " ".join(_BROKEN.sub("-", "\n".join(text)).split())

    def _stretches(self, begins: dict[int, int]) -> tuple[tuple[int, int], ...]:
        spans = ((self._line_at(begin), self._line_at(end - 1)) for end, begin in begins.items())
        return tuple(dict.fromkeys(sorted(spans)))

    def _line_at(self, place: int) -> int:
        return self.tokens[bisect_right(self.starts, place) - 1].line


def _breaks_off(tokens: list[_Token]) -> bool:
    """Whether a line ends with a word and a hyphen."""
    return len(tokens) > 1 and tokens[-1].text == "-" and _is_word(tokens[-2].text)


def _pattern(piece: tuple[str, ...]) -> re.Pattern[str]:
    """Return what finds the words and signs of a piece, each word also where a line breaks it."""
    broken = f"(?:{_BETWEEN}{_BREAK}{_BETWEEN})?"
    parts = (
        broken.join(map(re.escape, token)) if _is_word(token) else f"[-{_BREAK}]" if token == "-" else re.escape(token)  # noqa: S105 - no password
        for token in piece
    )
    return re.compile(f"{_BETWEEN}{_BETWEEN.join(parts)}(?={_BETWEEN})")


def _shared(words: list[str], wanted: list[str]) -> list[int]:
    """Return, for every stretch of as many words as are wanted, how many of these it has.

    One number where there are fewer words.
    """
    left = Counter(wanted)
    shared = 0
    counts: list[int] = []
    for at, word in enumerate(words):
        left[word] -= 1
        shared += left[word] >= 0
        if at >= len(wanted):
            gone = words[at - len(wanted)]
            shared -= left[gone] >= 0
            left[gone] += 1
        if at >= len(wanted) - 1:
            counts.append(shared)
    return counts or [shared]
