"""The page's only file: template, style, scripts, library and data put together, and locked."""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
import re
from importlib import resources
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import jinja2
from markupsafe import Markup

import actorgraph
from actorgraph.dates import day_of
from actorgraph.errors import UsageProblem, did_you_mean
from actorgraph.explorer.data import actor_key, holdings, island, packed, proposal_key
from actorgraph.explorer.drawing import STROKES, network
from actorgraph.questions.documents import Documents
from actorgraph.questions.who import snapshot
from actorgraph.vocabulary import THEMES, VIEWS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date
    from importlib.resources.abc import Traversable
    from pathlib import Path

    from pyvis.network import Network

    from actorgraph.ledger.store import Ledger

_VIS: Final = "templates/lib/vis-9.1.2/vis-network.min.js"
"""vis-network as pyvis 0.3.2 brings it."""
_STYLES: Final = (
    *("base", "head", "time", "legend", "panel", "drawing"),
    *("matrix", "table", "timeline", "details", "print"),
)
_LARGE: Final = 1_000_000
"""From how many characters of data on a page holds them compressed: below, a reader may look at them."""


class Opening(NamedTuple):
    """How a page opens: everything here can be changed on it, and is kept in its address.

    `view` is one of `VIEWS` (by default the page's own choice: the drawing, or for a large model the table), `focus`
    any name of an actor or a proposal, `compare` another day, `theme` one of `THEMES` (by default the system's).
    An `embed` page has neither head nor controls. `title` takes the place of the model's own.
    """

    view: str | None = None
    focus: str | None = None
    compare: str | date | None = None
    theme: str | None = None
    embed: bool = False
    title: str | None = None


_AS_USUAL: Final = Opening()


def to_html(
    ledger: Ledger,
    *,
    as_of: str | date,
    stated: bool = False,
    assume: Iterable[str] = (),
    stale_after: str | None = None,
    opening: Opening = _AS_USUAL,
    earlier: Sequence[Ledger] = (),
    documents: str | Path | None = None,
) -> str:
    """Return a model as one interactive HTML page, which needs no network and loads nothing.

    It opens on a day, under a scenario, and as `opening` says; all of the model's days are on it. `earlier` are the
    same model as of what was known by earlier days (see `editions`), between which the page can then go back.
    `documents` is a folder with the reader's own copies of the sources: the lines that evidence cites appear beside
    it. With `stated`, what is only inferred is left out for good; `stale_after` marks what has no younger evidence.
    Save the page as UTF-8. Same arguments, same bytes.

    Raises `UsageProblem` for a bad date, an unknown condition, name, view or theme, or a folder that is none.

    >>> from actorgraph import load
    >>> page = to_html(load("examples/minimal.yaml"), as_of="2026-06", opening=Opening(title="Who wants the harbour?"))
    >>> page.startswith("<!doctype html>"), "Who wants the harbour?" in page
    (True, True)
    """
    now = snapshot(ledger, as_of=as_of, stated=stated, assume=assume, stale_after=stale_after)
    editions = (*earlier, ledger)
    told = island(editions, documents=None if documents is None else Documents(documents))
    told |= {
        "title": opening.title or ledger.title,
        "version": actorgraph.__version__,
        "opening": _opened(opening, ledger, day_of(now.as_of), now.assume),
        "stale_after": stale_after,
        "stated": stated,
        "strokes": {position: stroke._asdict() for position, stroke in STROKES.items()},
    }
    held = holdings(editions, stated=stated)
    ever = tuple(sorted({(one["kind"], _id(one["from"]), _id(one["to"]), one["position"]) for one in held}))
    ties = [dict(zip(told["ties"]["columns"], row, strict=True)) for row in told["ties"]["rows"]]
    drawn = network(now._replace(ever=ever), held, ties)
    return _rendered(drawn, told)


def _rendered(drawn: Network, told: Mapping[str, Any]) -> str:
    script, library = inlinable(bundle()), _library()
    style = inlinable("\n".join(ours("css", f"{name}.css") for name in _STYLES))
    environment = jinja2.Environment(
        loader=jinja2.DictLoader({"page": ours("template.html")}),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=jinja2.StrictUndefined,
    )
    # pyvis renders the template with its nodes, edges and options; what else the page needs comes in as globals.
    environment.globals.update(
        told=told,
        title=told["title"],
        script=Markup(script),  # noqa: S704 - our own files, and pyvis's
        style=Markup(style),  # noqa: S704
        library=Markup(library),  # noqa: S704
        policy=locked(scripts=(library, script), style=style),
        as_island=as_island,
        packed=packed,
        without_arrows=_without_arrows,
        parsed=json.loads,  # pyvis hands its options over as JSON
    )
    drawn.templateEnv = environment
    drawn.path = "page"
    page: str = drawn.generate_html()
    return page


def _opened(opening: Opening, ledger: Ledger, day: int, assumed: Sequence[str]) -> dict[str, Any]:
    """Return the state in which a page opens, as the page's own state is called."""
    for word, words, what in ((opening.view, VIEWS, "view"), (opening.theme, THEMES, "theme")):
        if word is not None and word not in words:
            hint = did_you_mean(word, words) or f"; it is one of {', '.join(words)}"
            raise UsageProblem(f"unknown {what} '{word}'{hint}")
    focus = None
    if opening.focus is not None:
        found = ledger.resolve(opening.focus, "actor", "proposal")
        focus = (actor_key if found.type == "actor" else proposal_key)(found.id)
    base = None if opening.compare is None else day_of(opening.compare)
    return {
        "view": opening.view,
        "day": day,
        "base": base,
        "assume": list(assumed),
        "focus": focus,
        "theme": opening.theme,
        "embed": opening.embed,
    }


def _id(key: str) -> str:
    """Return the id of a thing by its key on the page."""
    return key.partition("/")[2]


def _without_arrows(edges: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Return edges without the arrow that pyvis gives each: here a stroke decides about its head."""
    return [{key: value for key, value in edge.items() if key != "arrows"} for edge in edges]


# -- data ------------------------------------------------------------------------------------------------------


def as_island(*parts: Mapping[str, Any]) -> Markup:
    r"""Return data as JSON that may stand inside a `script` element: no `<`, `>` or `&` is left in it.

    What is large is compressed: base64 of gzip, which no JSON object looks like.

    >>> print(as_island({"name": "</script><!--"}))
    {"name":"\u003c/script\u003e\u003c!--"}
    """
    joined = {key: value for part in parts for key, value in part.items()}
    text = json.dumps(joined, ensure_ascii=False, separators=(",", ":"))
    if len(text) > _LARGE:
        return Markup(base64.b64encode(gzip.compress(text.encode(), mtime=0)).decode())  # noqa: S704 - letters only
    for sign in "<>&\u2028\u2029":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return Markup(text)  # noqa: S704 - nothing that could be markup is left


# -- scripts, style, library -------------------------------------------------------------------------------------

_IMPORT: Final = re.compile(r'^import (?:\{[^}]*\} from )?"\./([\w-]+)\.js";\n', re.MULTILINE)
_EXPORT: Final = re.compile(r"^export (?=(?:async )?function|const|let|class)", re.MULTILINE)


def bundle(entry: str = "main") -> str:
    """Return our JavaScript modules as one, each after those that it imports.

    They import each other by name only and name nothing twice, so that one after the other is all there is to
    bundling; a name that stood twice would be a syntax error.
    """
    order: dict[str, str] = {}

    def visit(name: str) -> None:
        if name in order:
            return
        text = ours("js", f"{name}.js")
        for imported in _IMPORT.findall(text):
            visit(imported)
        order[name] = _EXPORT.sub("", _IMPORT.sub("", text)).strip()

    visit(entry)
    return "\n".join(order.values())


def ours(*names: str) -> str:
    """Return one of this folder's own files."""
    file: Traversable = resources.files("actorgraph.explorer").joinpath(*names)
    return file.read_text("utf-8")


def _library() -> str:
    """Return vis-network without the address of its source map, which a browser's tools would go and fetch."""
    text = resources.files("pyvis").joinpath(_VIS).read_text("utf-8")
    code, mark, _ = text.rpartition("//# sourceMappingURL=")
    return inlinable(code if mark else text)


def inlinable(text: str) -> str:
    """Return text as a browser reads it inside an element; what would end the element early is our own bug."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").strip()
    assert not any(end in text.lower() for end in ("</script", "<!--", "</style"))
    return text


def locked(*, scripts: tuple[str, ...], style: str) -> str:
    """Return the Content Security Policy: these scripts and this style, and nothing else from anywhere.

    Pictures may be of the page's own making (`blob:`): a drawing becomes a PNG by way of one.
    """
    allowed = " ".join(as_hash(text) for text in scripts)
    return (
        f"default-src 'none'; script-src {allowed}; style-src {as_hash(style)}; img-src blob:; "
        "connect-src 'none'; base-uri 'none'; form-action 'none'"
    )


def as_hash(text: str) -> str:
    """Return an inlined text as a policy names it."""
    digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
    return f"'sha256-{digest}'"
