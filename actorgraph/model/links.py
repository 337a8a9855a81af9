"""Which addresses may become links: those that a browser opens as a page or a letter, and runs nothing of."""

from __future__ import annotations

from typing import Final
from urllib.parse import urlsplit

LINKS: Final = frozenset({"http", "https", "mailto"})


def is_link(url: str) -> bool:
    """Whether a url may become a link.

    >>> is_link("https://example.org/a"), is_link("javascript:alert(1)")
    (True, False)
    """
    try:
        return urlsplit(url).scheme in LINKS
    except ValueError:
        return False
