"""Names as people type them: one folding of spelling, for the rules and for the questions alike."""

import re
import unicodedata
from typing import Final

_BETWEEN: Final = re.compile(r"[\W_]+")


def fold(name: str) -> str:
    """Return a name without case, accents, punctuation, or a leading article.

    >>> fold("The Coalition of the Willing"), fold("Türkiye"), fold("multinational-force")
    ('coalition of the willing', 'turkiye', 'multinational force')
    """
    plain = name.casefold()
    if not plain.isascii():
        parts = unicodedata.normalize("NFKD", plain)
        plain = "".join(letter for letter in parts if not unicodedata.combining(letter))
    folded = _BETWEEN.sub(" ", plain).strip()
    return folded.removeprefix("the ") or folded
