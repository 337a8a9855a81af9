"""Texts and names as people type them: which characters they may have, and one folding of spelling for all."""

import re
import unicodedata
from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import Final

NOT_TEXT: Final = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]"  # YAML 1.1, section 5.1
)
"""The characters that no model's text may have."""

LINE_END: Final = re.compile("\r\n|[\r\n]")
"""What ends a line for YAML and for an editor; `splitlines` ends it at rarer signs as well, and would count more."""

_NOT_IN_XML: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""The characters that no XML may hold, such as most control characters (XML 1.0, section 2.2)."""

_FOLDED: Final = frozenset({"LATIN", "GREEK", "CYRILLIC", "HEBREW", "ARABIC"})
"""Scripts whose marks people leave out as they type. Elsewhere a mark makes another letter: バ is not ハ."""

UNSPACED: Final = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u3007\u3041-\u30fa\u30fc-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff"
    "\uf900-\ufaff\uff66-\uff9d\U00020000-\U0003ffff"
)
"""The letters, as a class of a pattern, of scripts without blanks between words: Thai, Lao, Burmese, Khmer, kana, Han.
Where words are looked for, each of these stands alone."""

WHOLE: Final = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th", "ς": "σ", "ß": "ss"}  # noqa: RUF001 - each is meant
)
"""Letters that Unicode does not take apart, as people without such keys type them.

The last two are folded by Python's own `casefold`; they stand here for the page, since JavaScript has no such function.
"""


def one_line(text: str) -> str:
    r"""Return a text in one line, without the characters that no model may have.

    >>> one_line("First line\nsecond\x08 line ")
    'First line second line'
    """
    return " ".join(NOT_TEXT.sub(" ", text).split())


def legible(text: str) -> str:
    r"""Return a text as XML can hold it, which has no room for some characters, escaped or not.

    >>> legible("a\x01b")
    'a\ufffdb'
    """
    return _NOT_IN_XML.sub("\ufffd", text)


@lru_cache(maxsize=32768)  # an answer of many rows sorts by few names
def fold(name: str) -> str:
    """Return a name without case, accents, punctuation, invisible letters, or a leading article.

    A name of signs alone, which would fold to nothing, is itself.

    >>> fold("The Coalition of the Willing"), fold("Türkiye"), fold("Støre"), fold("multinational-force")
    ('coalition of the willing', 'turkiye', 'store', 'multinational force')
    >>> fold("パリ") == fold("バリ"), fold("Zero\u200bWidth"), fold("¿?")
    (False, 'zerowidth', '¿?')
    """
    folded = " ".join(_plain(name).translate(_APART).split())
    return folded.removeprefix("the ") or name.casefold().strip()


def slug(name: str) -> str:
    """Return the id that a name would make, which is empty where it has no Latin letter and no digit.

    >>> slug("The UK"), slug("Türkiye_"), slug("中国")
    ('the-uk', 'turkiye', '')
    """
    return "-".join(re.findall("[a-z0-9]+", _plain(name)))


def numbered(name: str, is_taken: Callable[[str], object]) -> str:
    """Return an id that is not taken: a name itself, or with a number behind it, from 2 on.

    >>> numbered("uk", {"uk", "uk-2"}.__contains__), numbered("fr", {"uk"}.__contains__)
    ('uk-3', 'fr')
    """
    key, number = name, 1
    while is_taken(key):
        number += 1
        key = f"{name}-{number}"
    return key


def may_abbreviate(letters: str, form: str) -> bool:
    """Whether letters may stand for a folded name: the first of each word, or of each but the short ones.

    >>> may_abbreviate("DRC", "democratic republic of the congo"), may_abbreviate("uk", "ukraine")
    (True, False)
    """
    words = form.split()
    first = ["".join(word[0] for word in words if len(word) > least) for least in (0, _LONGEST_SHORT_WORD)]
    return len(letters) > 1 and any(initials.startswith(letters.casefold()) for initials in first)


_LONGEST_SHORT_WORD: Final = 3
"""Letters of words that may be left out of an abbreviation: and, for, of, the."""


def completing(typed: str, named: Iterable[tuple[str, tuple[str, ...]]]) -> list[tuple[str, str]]:
    """Return what somebody may mean who has begun to type: ids, each with the id or name that fits.

    `named` are ids and the names of each. Where an id or a name begins as it is typed, only those are returned; else
    those that begin so without accents and articles; else those in which another word does.

    >>> named = [("uk", ("United Kingdom", "Britain")), ("italy", ("Italy", "Rome"))]
    >>> completing("it", named), completing("king", named)
    ([('italy', 'italy')], [('uk', 'United Kingdom')])
    """
    forms = [(key, (key, *names)) for key, names in named]
    begun, folded = typed.casefold(), fold(typed)
    ways: tuple[Callable[[str, str], bool], ...] = (
        lambda key, form: form.startswith(typed) if form == key else form.casefold().startswith(begun),
        lambda _, form: bool(folded) and fold(form).startswith(folded),
        lambda _, form: bool(folded) and f" {folded}" in fold(form),
    )
    for fits in ways:
        first_fitting = ((key, next((form for form in each if fits(key, form)), None)) for key, each in forms)
        if fitting := [(key, form) for key, form in first_fitting if form is not None]:
            return fitting
    return []


def invisible(name: str) -> str:
    r"""Return the first invisible letter in a name, empty where there is none.

    Joiners between letters of scripts that are written with them, as Persian and Hindi are, and in an emoji that is
    made of several are no such letters.

    >>> invisible("Zero\u200bWidth"), invisible("می\u200cخواهم")
    ('\u200b', '')
    """
    for at, letter in enumerate(name):
        if unicodedata.category(letter) == "Cf" and not (letter in _JOINERS and _joins(name[:at], name[at + 1 :])):
            return letter
    return ""


_JOINERS: Final = "\u200c\u200d"


def _joins(before: str, after: str) -> bool:
    """Whether what stands around a joiner may need one: no letters of a script that is written without."""
    around = (before[-1:], after[:1])
    return all(letter and _script(letter) not in ("LATIN", "GREEK", "CYRILLIC", "DIGIT", "SPACE") for letter in around)


def _plain(name: str) -> str:
    """Return a name without case, accents and invisible letters."""
    plain = name.casefold()
    if plain.isascii():
        return plain
    parts = unicodedata.normalize("NFKD", plain).casefold().translate(WHOLE)
    kept: list[str] = []
    base = ""
    for letter in parts:
        if _is_mark(letter):
            if base and _script(base) not in _FOLDED:
                kept.append(letter)
        elif unicodedata.category(letter) != "Cf":
            base = letter if letter.isalnum() else ""
            kept.append(letter)
    return unicodedata.normalize("NFC", "".join(kept))


def _is_mark(letter: str) -> bool:
    return letter > "\u02ff" and unicodedata.category(letter).startswith("M")


class _Apart(dict[int, int | str]):
    """Letters as they are, and a space for each that is no part of a word; each is looked at once."""

    def __missing__(self, number: int) -> int | str:
        letter = chr(number)
        self[number] = number if letter.isalnum() or _is_mark(letter) else " "
        return self[number]


_APART: Final = _Apart()


@lru_cache(maxsize=4096)
def _script(letter: str) -> str:
    """Return the first word of a letter's name in Unicode, which tells its script."""
    return unicodedata.name(letter, "").partition(" ")[0]
