"""The page's only file: template, style, script, library and data put together, and locked."""

from __future__ import annotations

import base64
import hashlib
import json
from collections import Counter
from importlib import resources
from typing import TYPE_CHECKING, Any, Final

import jinja2
from markupsafe import Markup

from actorgraph.explorer.drawing import LINES, SHAPES, network
from actorgraph.explorer.island import island
from actorgraph.words import POSITIONS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from actorgraph.query import Snapshot

_VIS: Final = "templates/lib/vis-9.1.2/vis-network.min.js"
"""vis-network as pyvis 0.3.2 brings it."""


def to_html(snapshot: Snapshot, *, title: str | None = None) -> str:
    """Return a snapshot as one interactive HTML page, which needs no network and loads nothing.

    `title` takes the place of the model's own. Save the page as UTF-8. Same snapshot, same bytes.

    >>> from actorgraph import load, snapshot
    >>> page = to_html(snapshot(load("examples/minimal.yaml"), as_of="2026-06"), title="Who wants the harbour?")
    >>> page.startswith("<!doctype html>"), "Who wants the harbour?" in page
    (True, True)
    """
    told = island(snapshot, title=title or snapshot.title)
    script, style, library = _inlinable(_ours("page.js")), _inlinable(_ours("page.css")), _library()
    environment = jinja2.Environment(
        loader=jinja2.DictLoader({"page": _ours("template.html")}),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=jinja2.StrictUndefined,
    )
    # pyvis renders the template with its nodes, edges and options; what else the page needs comes in as globals.
    environment.globals.update(
        told=told,
        legend=_legend(snapshot),
        kinds=_kinds(snapshot),
        inferred=sum(row.basis == "inferred" for row in snapshot.rows),
        contested=any(row.contested for row in snapshot.rows),
        script=Markup(script),  # noqa: S704 - our own files, and pyvis's
        style=Markup(style),  # noqa: S704
        library=Markup(library),  # noqa: S704
        policy=_policy(scripts=(library, script), style=style),
        as_island=as_island,
        parsed=json.loads,  # pyvis hands its options over as JSON
    )
    drawn = network(snapshot)
    drawn.templateEnv = environment
    drawn.path = "page"
    page: str = drawn.generate_html()
    return page


def as_island(*parts: Mapping[str, Any]) -> Markup:
    r"""Return data as JSON that may stand inside a `script` element: no `<`, `>` or `&` is left in it.

    >>> print(as_island({"name": "</script><!--"}))
    {"name":"\u003c/script\u003e\u003c!--"}
    """
    joined = {key: value for part in parts for key, value in part.items()}
    text = json.dumps(joined, ensure_ascii=False, separators=(",", ":"))
    for sign in "<>&\u2028\u2029":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return Markup(text)  # noqa: S704 - nothing that could be markup is left


def _legend(snapshot: Snapshot) -> list[dict[str, Any]]:
    """Return the positions that are drawn, stances first, with how often they are."""
    count = Counter(row.position for row in snapshot.rows)
    return [
        {
            "position": position,
            "kind": "stance" if position in POSITIONS else "commitment",
            "count": count[position],
            "line": line,
        }
        for position, line in LINES.items()
        if count[position]
    ]


def _kinds(snapshot: Snapshot) -> list[str]:
    """Return the kinds of nodes that are drawn."""
    drawn = {snapshot.things["actor"][row.actor].body["kind"] for row in snapshot.rows}
    return [kind for kind in SHAPES if kind in drawn or (kind == "proposal" and drawn)]


def _ours(name: str) -> str:
    return resources.files("actorgraph.explorer").joinpath(name).read_text("utf-8")


def _library() -> str:
    """Return vis-network without the address of its source map, which a browser's tools would go and fetch."""
    text = resources.files("pyvis").joinpath(_VIS).read_text("utf-8")
    code, mark, _ = text.rpartition("//# sourceMappingURL=")
    return _inlinable(code if mark else text)


def _inlinable(text: str) -> str:
    """Return text as a browser reads it inside an element; what would end the element early is our own bug."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").strip()
    assert not any(end in text.lower() for end in ("</script", "<!--", "</style"))
    return text


def _policy(*, scripts: tuple[str, ...], style: str) -> str:
    """Return the Content Security Policy: these scripts and this style, and nothing else from anywhere."""
    allowed = " ".join(_hash(text) for text in scripts)
    return (
        f"default-src 'none'; script-src {allowed}; style-src {_hash(style)}; "
        "connect-src 'none'; base-uri 'none'; form-action 'none'"
    )


def _hash(text: str) -> str:
    digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
    return f"'sha256-{digest}'"
