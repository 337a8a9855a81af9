"""The served page without a browser: the exported one, one script, one style, and leave to ask its own server."""

import hashlib
import re
from base64 import b64encode
from html import unescape

import pytest

from actorgraph import load
from actorgraph.explorer.html import Page, rendered, to_page
from actorgraph.explorer.live import live

POLICY = re.compile(r'<meta http-equiv="Content-Security-Policy" content="([^"]*)">')


@pytest.fixture(scope="module", params=["examples/minimal.yaml", "tests/hostile/hostile.yaml"])
def exported(request: pytest.FixtureRequest) -> Page:
    return to_page(load(request.config.rootpath / str(request.param)), as_of="2026-06")


def policy_of(page: str) -> dict[str, set[str]]:
    (policy,) = POLICY.findall(page)
    parts = (part.split() for part in unescape(policy).split(";"))
    return {name: set(values) for name, *values in parts}


def as_named(text: str) -> str:
    return f"'sha256-{b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def test_it_is_the_exported_page_with_one_script_and_one_style_more(exported: Page) -> None:
    page, html = live(exported).html, rendered(exported)
    name = re.compile(r'<meta name="actorgraph-page" content="[0-9a-f]{32}">\n')
    style = re.compile(r"<style>([^<]*)</style>\n(?=</head>)")
    script = re.compile(r'<script type="module">((?:(?!</script>).)*)</script>\n(?=</body>\n</html>)', re.DOTALL)
    live_style, live_script = style.findall(page)[-1], script.findall(page)[-1]
    assert "EventSource" in live_script
    assert "EventSource" not in html
    before, after = policy_of(html), policy_of(page)
    assert {
        **before,
        "script-src": before["script-src"] | {as_named(live_script)},
        "style-src": before["style-src"] | {as_named(live_style)},
        "connect-src": {"'self'"},
    } == after
    assert POLICY.sub("", html) == POLICY.sub("", name.sub("", style.sub("", script.sub("", page))))


def test_its_name_tells_it_from_others(exported: Page) -> None:
    assert live(exported) == live(exported)
    assert live(exported).name != live(exported._replace(title="Another")).name
    assert live(exported).name != live(exported._replace(data=f"{exported.data} ")).name
    assert live(exported).name in live(exported).html


def test_a_page_that_waits_is_locked_like_the_others() -> None:
    policy = policy_of(live(None).html)
    assert {"'none'"} == policy["default-src"]
    assert {"'self'"} == policy["connect-src"]
    assert 1 == len(policy["script-src"])
    assert "No page yet" in live(None).html
