"""The Content Security Policy of the page: which scripts and which style a browser may run, and nothing else."""

from __future__ import annotations

import base64
import hashlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


def policy(*, scripts: Iterable[str], styles: Iterable[str], connect: str = "'none'") -> str:
    """Return the policy of a page with these inlined scripts and styles.

    Pictures may be of the page's own making (`blob:`): a drawing becomes a PNG by way of one. `connect` is where the
    page may ask for news: nowhere, or `'self'` where it is served.

    >>> policy(scripts=(), styles=["b {}"]).split("; ")[:2]
    ["default-src 'none'", "script-src 'none'"]
    """
    return (
        f"default-src 'none'; script-src {_allowed(scripts)}; style-src {_allowed(styles)}; img-src blob:; "
        f"connect-src {connect}; base-uri 'none'; form-action 'none'"
    )


def _allowed(texts: Iterable[str]) -> str:
    return " ".join(map(source_hash, texts)) or "'none'"


def source_hash(text: str) -> str:
    """Return an inlined script or style as a policy names it: by the SHA-256 of its text.

    >>> source_hash("")
    "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='"
    """
    digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
    return f"'sha256-{digest}'"
