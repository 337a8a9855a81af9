"""Names as people type them: one folding of spelling, for the rules and for the questions alike."""

import re
import unicodedata
from collections.abc import Callable, Iterable
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
        lambda key, form: form.startswith(typed) if form == key else bool(begun) and form.casefold().startswith(begun),
        lambda _, form: bool(folded) and fold(form).startswith(folded),
        lambda _, form: bool(folded) and f" {folded}" in fold(form),
    )
    for fits in ways:
        first_fitting = ((key, next((form for form in each if fits(key, form)), None)) for key, each in forms)
        if fitting := [(key, form) for key, form in first_fitting if form is not None]:
            return fitting
    return []


def _plain(name: str) -> str:
    """Return a name without case and accents."""
    plain = name.casefold()
    if plain.isascii():
        return plain
    parts = unicodedata.normalize("NFKD", plain).casefold().translate(WHOLE)
    return "".join(letter for letter in parts if not unicodedata.combining(letter))
