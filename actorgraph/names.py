"""Names as people type them: one folding of spelling, for the rules and for the questions alike."""

import re
import unicodedata
from functools import lru_cache
from typing import Final

_BETWEEN: Final = re.compile(r"[\W_]+")
WHOLE: Final = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ð": "d", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th"})  # noqa: RUF001 - each is meant
"""Letters that Unicode does not take apart, as people without such keys type them."""


@lru_cache(maxsize=8192)  # an answer of many rows sorts by few names
def fold(name: str) -> str:
    """Return a name without case, accents, punctuation, or a leading article.

    >>> fold("The Coalition of the Willing"), fold("Türkiye"), fold("Støre"), fold("multinational-force")
    ('coalition of the willing', 'turkiye', 'store', 'multinational force')
    """
    folded = _BETWEEN.sub(" ", _plain(name)).strip()
    return folded.removeprefix("the ") or folded


def slug(name: str) -> str:
    """Return the id that a name would make, which is empty where it has no Latin letter and no digit.

    >>> slug("The UK"), slug("Türkiye_"), slug("中国")
    ('the-uk', 'turkiye', '')
    """
    return "-".join(re.findall("[a-z0-9]+", _plain(name)))


def _plain(name: str) -> str:
    """Return a name without case and accents."""
    plain = name.casefold()
    if plain.isascii():
        return plain
    parts = unicodedata.normalize("NFKD", plain).casefold().translate(WHOLE)
    return "".join(letter for letter in parts if not unicodedata.combining(letter))
