"""A second engine: Debian's Firefox, which `make test` installs where it may, shows every view without complaint."""

from __future__ import annotations

import json
import os
import re
import shutil
import struct
import subprocess
import zlib
from collections import Counter
from itertools import accumulate
from typing import TYPE_CHECKING

import pytest

from actorgraph.explorer.html import to_html
from actorgraph.ledger.editions import editions

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

FIREFOX = shutil.which("firefox-esr")
pytestmark = [pytest.mark.browser, pytest.mark.skipif(FIREFOX is None, reason="firefox-esr missing")]

WIDE, HIGH, CHANNELS = 1440, 900, 4
TOP, RIGHT = 260, 960
"""Where a view stands: below the controls and its legend, left of the details."""
PAPER, FOR, AGAINST = b"\xfd\xfc\xf9\xff", b"\x00\x72\xb2\xff", b"\xd5\x5e\x00\xff"
"""Inks of the light theme (css/base.css), opaque."""
PREFERENCES = {
    "browser.dom.window.dump.enabled": True,  # errors of scripts go to stderr
    "layout.css.prefers-color-scheme.content-override": 1,  # light
    **{f"network.proxy.{name}": "127.0.0.1" for name in ("http", "ssl")},  # where nobody listens
    **{f"network.proxy.{name}_port": 9 for name in ("http", "ssl")},
    "network.proxy.type": 1,
    "security.fileuri.strict_origin_policy": False,  # so that one file may look into another
}
WAITING = """<!doctype html>
<style>
  html, body, #page { width: 100%; height: 100%; margin: 0; border: 0; display: block; }
  #open { display: none; }
</style>
<iframe id="page" src="page.html"></iframe><iframe id="open"></iframe>
<script>
  const [page, open] = document.querySelectorAll("iframe");
  page.src += location.hash;
  open.contentDocument.open();
  const look = () => {
    const seen = page.contentDocument;
    const isDone = seen?.documentElement?.dataset.ready === "yes" || seen?.getElementById("failure")?.hidden === false;
    if (isDone) requestAnimationFrame(() => requestAnimationFrame(() => open.contentDocument.close()));
    else setTimeout(look, 20);
  };
  look();
</script>"""
"""Firefox takes its picture once all is loaded: this is, once the page in it has been drawn."""


@pytest.fixture(scope="module")
def html() -> str:
    *earlier, ledger = editions("graphs/ukraine-troops")
    return to_html(ledger, as_of="2026-01-10", earlier=earlier)


@pytest.fixture
def looked_at(tmp_path: Path) -> Callable[[str, str], tuple[Counter[bytes], str]]:
    """Show a page in a Firefox of its own; return the colours where a view stands, and complaints of scripts."""

    def looked_at(html: str, fragment: str) -> tuple[Counter[bytes], str]:
        page, waiting, picture, profile = (tmp_path / name for name in ("page.html", "w.html", "w.png", "profile"))
        page.write_text(html, encoding="utf-8")
        waiting.write_text(WAITING, encoding="utf-8")
        profile.mkdir()
        lines = [f"user_pref({json.dumps(name)}, {json.dumps(value)});" for name, value in PREFERENCES.items()]
        (profile / "user.js").write_text("\n".join(lines), encoding="utf-8")
        how = ["--headless", "--no-remote", "--profile", str(profile), f"--window-size={WIDE},{HIGH}"]
        done = subprocess.run(
            [str(FIREFOX), *how, "--screenshot", str(picture), f"{waiting.as_uri()}{fragment}"],
            env={**os.environ, "HOME": str(tmp_path)},
            capture_output=True,
            text=True,
            timeout=100,
            check=True,
        )
        complaints = [line for line in done.stderr.splitlines() if page.name in line]
        return colours(picture.read_bytes()), "\n".join(complaints)

    return looked_at


def colours(png: bytes) -> Counter[bytes]:
    """Count the colours where a view stands; rows are as Firefox writes them: plain, or differences."""
    assert (WIDE, HIGH, 8, 6) == struct.unpack(">IIBB", png[16:26])
    at, packed = 8, b""
    while at < len(png):
        (length,) = struct.unpack(">I", png[at : at + 4])
        if png[at + 4 : at + 8] == b"IDAT":
            packed += png[at + 8 : at + 8 + length]
        at += length + 12
    raw, step = zlib.decompress(packed), WIDE * CHANNELS + 1
    found: Counter[bytes] = Counter()
    for start in range(TOP * step, HIGH * step, step):
        kind, row = raw[start], raw[start + 1 : start + 1 + RIGHT * CHANNELS]
        assert kind in (0, 1), "rows of a kind that this does not read"
        values = [row[channel::CHANNELS] for channel in range(CHANNELS)]
        if kind:  # from the pixel to the left
            values = [bytes(total & 255 for total in accumulate(one)) for one in values]
        found.update(map(bytes, zip(*values, strict=True)))
    return found


@pytest.mark.first_cases(1)
@pytest.mark.parametrize("view", ["lineup", "positions", "actors", "matrix", "table", "timeline"])
def test_a_view_is_drawn_in_its_inks(
    looked_at: Callable[[str, str], tuple[Counter[bytes], str]], html: str, view: str
) -> None:
    seen, complaints = looked_at(html, f"#view={view}")
    assert "" == complaints
    assert PAPER == seen.most_common(1)[0][0]
    assert 0.02 < 1 - seen[PAPER] / seen.total() < 0.6  # neither blank nor covered
    assert seen[FOR] + seen[AGAINST] > 100
    assert len(seen) > 100


def test_a_page_that_cannot_be_shown_is_seen(
    looked_at: Callable[[str, str], tuple[Counter[bytes], str]], html: str
) -> None:
    """What is looked at above would tell."""
    seen, complaints = looked_at(re.sub('(id="page-data">)[^<]*', r"\1{broken", html), "")
    assert "SyntaxError: JSON.parse" in complaints
    assert 0 == seen[FOR] == seen[AGAINST]
