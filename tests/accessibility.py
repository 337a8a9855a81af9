"""What axe-core finds wrong with a page, or a part of it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from playwright.sync_api import Page

_JUDGED = """([context, options]) => axe.run(context ?? document, options).then(({ violations, passes }) =>
    ({ violations: violations.map(({ id, help, nodes }) => [id, help, ...nodes.map(({ target, html, any, all, none }) =>
        [target, html, [...any, ...all, ...none].map(({ message }) => message)])]), passes: passes.length }))"""
"""Only what is wrong comes back from the page: what is right takes longer to hand over than to find."""


def violations(page: Page, context: str | None = None, **options: Any) -> str:
    """Return what axe-core finds wrong with a page, or what a selector picks of it; empty where there is nothing.

    `options` are those of `axe.run`.
    """
    from axe_playwright_python.base import AXE_SCRIPT

    if not page.evaluate("'axe' in window"):  # a page takes a third of a second to read it
        page.evaluate(AXE_SCRIPT)
    judged = page.evaluate(_JUDGED, [context, {"resultTypes": ["violations"], **options}])
    assert judged["passes"], "nothing was looked at"
    return json.dumps(judged["violations"], indent=1, ensure_ascii=False) if judged["violations"] else ""
