"""The page as it is served: the exported one, with a script that follows the news of the server, which it may ask."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from actorgraph.explorer.html import rendered, waiting
from actorgraph.model.paths import digest

if TYPE_CHECKING:
    from actorgraph.explorer.html import Page


class Live(NamedTuple):
    """A page to be served, and its name: the same for the same content, another for any other."""

    html: str
    name: str


def live(page: Page | None) -> Live:
    """Return a page as it is served; where there is none yet, one that waits for it.

    >>> page = live(None)
    >>> "connect-src &#39;self&#39;" in page.html, len(page.name)
    (True, 32)
    """
    content = "" if page is None else f"{page.title}\n{page.data}"
    name = digest(content.encode())
    return Live(waiting(name) if page is None else rendered(page, name=name), name)
