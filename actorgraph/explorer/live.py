"""The page as it is served: the exported one, with a script that hears of news, and leave to ask its own server."""

from __future__ import annotations

import re
from hashlib import blake2b
from html import escape, unescape
from typing import Final, NamedTuple

from actorgraph.explorer.html import as_hash, bundle, inlinable, locked, ours


class Live(NamedTuple):
    """A page to be served, and the name by which it is told from others: same page, same name."""

    html: str
    name: str


_POLICY: Final = re.compile(r'(?<=<meta http-equiv="Content-Security-Policy" content=")[^"]*(?=">)')
_EMPTY: Final = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="referrer" content="no-referrer">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>No page yet</title>
<style>{style}</style>
</head>
<body>
<main>
<h1>No page yet</h1>
<p>The model cannot be read. Its page will appear here once it can.</p>
</main>
</body>
</html>
"""


def live(page: str | None) -> Live:
    """Return an exported page as it is served; or, where there is none yet, one that waits for it.

    >>> waiting = live(None)
    >>> "connect-src &#x27;self&#x27;" in waiting.html, len(waiting.name)
    (True, 32)
    """
    if page is None:
        style = inlinable(ours("css", "base.css"))
        page = _EMPTY.format(policy=escape(locked(scripts=(), style=style)), style=style)
    name = blake2b(page.encode(), digest_size=16).hexdigest()
    script, style = inlinable(bundle("live")), inlinable(ours("css", "live.css"))
    found = _POLICY.search(page)
    assert found is not None, "our template has a policy"
    policy = unescape(found[0])
    for old, new in (
        ("script-src ", f"script-src {as_hash(script)} "),
        ("style-src ", f"style-src {as_hash(style)} "),
        ("connect-src 'none'", "connect-src 'self'"),
    ):
        assert 1 == policy.count(old), f"our policy names {old}"
        policy = policy.replace(old, new)
    head, _, rest = page.partition("</head>")
    body, end, tail = rest.rpartition("</body>")
    head = _POLICY.sub(lambda _: escape(policy), head, count=1)
    head += f'<meta name="actorgraph-page" content="{name}">\n<style>{style}</style>\n</head>'
    return Live(f'{head}{body}<script type="module">{script}</script>\n{end}{tail}', name)
