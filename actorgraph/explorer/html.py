"""The page as one HTML file: the drawing and the data of a model, put into our template with styles and scripts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

import jinja2
from markupsafe import Markup

import actorgraph
from actorgraph.asked_dates import day_of
from actorgraph.explorer import assets
from actorgraph.explorer.agreement import agreement_over_time
from actorgraph.explorer.csp import policy
from actorgraph.explorer.data import as_json, packed, page_data, unpacked
from actorgraph.explorer.drawing import STROKES, drawn_network
from actorgraph.explorer.keys import actor_key, proposal_key
from actorgraph.explorer.recorded import Recorded
from actorgraph.gc_pause import no_garbage_collection
from actorgraph.questions.arguments import checked_word
from actorgraph.questions.documents import Documents
from actorgraph.questions.options import Marking, checked_options
from actorgraph.questions.view import View
from actorgraph.vocabulary import THEMES, VIEWS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date
    from pathlib import Path
    from typing import Unpack

    from pyvis.network import Network

    from actorgraph.ledger.store import Ledger


class Opening(NamedTuple):
    """How a page opens: everything here can be changed on it, and is kept in its address.

    `view` is one of `VIEWS` (by default the line-up), `focus`
    any name of an actor or a proposal, `compare` another day, `theme` one of `THEMES` (by default the system's).
    An `embed` page has neither head nor controls. `title` takes the place of the model's own.
    """

    view: str | None = None
    focus: str | None = None
    compare: str | date | None = None
    theme: str | None = None
    embed: bool = False
    title: str | None = None


class Page(NamedTuple):
    """What is on a page: its title, the drawing as pyvis holds it, and all data, the drawing's too, as JSON."""

    title: str
    drawing: Network
    data: str


_AS_USUAL: Final = Opening()


def to_html(
    ledger: Ledger,
    *,
    as_of: str | date,
    opening: Opening = _AS_USUAL,
    earlier: Sequence[Ledger] = (),
    documents: str | Path | None = None,
    **options: Unpack[Marking],
) -> str:
    """Return a model as one interactive HTML page, which needs no network and loads nothing.

    The page opens on a day, under a scenario, and as `opening` says; all days of the model are on it. Same
    arguments, same bytes.

    Args:
        ledger: The model, as of what is known (see `load`).
        as_of: The day on which the page opens; a partial date means its last day.
        opening: View, focus, comparison, theme and title with which the page opens.
        earlier: The same model as of what was known by earlier days, oldest first (see `editions`). The page can
            then go back to what was known.
        documents: A folder with the reader's own copies of the sources: the lines that evidence cites appear beside
            it.
        options: Under which assumptions the page opens, what is marked, and what is left out for good: see `Marking`.

    Returns:
        The text of the file. Save it as UTF-8.

    Raises:
        UsageProblem: For a bad date, an unknown condition, name, view or theme, or a folder that does not exist.

    >>> from actorgraph import load
    >>> page = to_html(load("examples/minimal.yaml"), as_of="2026-06", opening=Opening(title="Who wants the harbour?"))
    >>> page.startswith("<!doctype html>"), "Who wants the harbour?" in page
    (True, True)
    """
    return rendered(to_page(ledger, as_of=as_of, opening=opening, earlier=earlier, documents=documents, **options))


@no_garbage_collection()
def to_page(
    ledger: Ledger,
    *,
    as_of: str | date,
    opening: Opening = _AS_USUAL,
    earlier: Sequence[Ledger] = (),
    documents: str | Path | None = None,
    **options: Unpack[Marking],
) -> Page:
    """Return what is on a model's page, before it is written as HTML; the arguments are those of `to_html`."""
    checked_options(options, Marking)
    view = View(ledger, as_of=as_of, **options)
    recorded, stated = Recorded((*earlier, ledger)), options.get("stated", False)
    data = page_data(recorded, documents=None if documents is None else Documents(documents))
    data |= {
        "title": opening.title or ledger.title,
        "version": actorgraph.__version__,
        "opening": _opening_state(opening, ledger, view.day, view.scenario.assumed),
        "stale_after": options.get("stale_after"),
        "stated": stated,
        "strokes": {position: stroke._asdict() for position, stroke in STROKES.items()},
    }
    lines = recorded.holdings(stated=stated)
    addressed = [(record["from"], to) for record in unpacked(data["records"]) for to in record["toward"]]
    drawing = drawn_network(ledger, lines, unpacked(data["ties"]), addressed)
    edges = map(_without_arrows, drawing.edges)
    data |= {"nodes": packed(drawing.nodes), "edges": packed(edges), "possible": packed(recorded.possible())}
    data |= {"options": drawing.options, "agreement": agreement_over_time(ledger)}
    return Page(data["title"], drawing, as_json(data))


def rendered(page: Page, *, name: str | None = None) -> str:
    """Return a page as HTML; with a `name`, as it is served: with a script that follows the news of the server."""
    drawing = page.drawing
    # pyvis renders whatever template its environment finds under its path.
    drawing.templateEnv = _templates(page, name)
    drawing.path = "page"
    text: str = drawing.generate_html()
    return text


def waiting(name: str) -> str:
    """Return the page that is served while the model cannot be read."""
    return _templates(None, name).get_template("waiting").render()


def _templates(page: Page | None, name: str | None) -> jinja2.Environment:
    """Return our templates, with all that is to be inlined into them and the policy that allows that alone."""
    libraries = [assets.library()] if page else []
    modules = [assets.script()] if page else []
    styles = [assets.style() if page else assets.style("base")]
    if name is not None:
        modules.append(assets.script("live"))
        styles.append(assets.style("live"))
    environment = jinja2.Environment(
        loader=jinja2.FunctionLoader(assets.template),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=jinja2.StrictUndefined,
    )
    environment.globals.update(
        name=name,
        title=page.title if page else "No page yet",
        version=actorgraph.__version__,
        policy=policy(scripts=libraries + modules, styles=styles, connect="'self'" if name else "'none'"),
        # Our own files, pyvis's library, and JSON in which nothing could be markup.
        data=Markup(page.data if page else ""),  # noqa: S704
        libraries=list(map(Markup, libraries)),
        modules=list(map(Markup, modules)),
        styles=list(map(Markup, styles)),
    )
    return environment


def _opening_state(opening: Opening, ledger: Ledger, day: int, assume: Sequence[str]) -> dict[str, Any]:
    """Return the state in which a page opens, by the keys of the page's own state.

    Raises `UsageProblem` for an unknown view, theme, name or day.
    """
    for word, words, what in ((opening.view, VIEWS, "view"), (opening.theme, THEMES, "theme")):
        if word is not None:
            checked_word(word, words, f"unknown {what}", f"it is one of {', '.join(words)}")
    focus = None
    if opening.focus is not None:
        thing = ledger.resolve(opening.focus, "actor", "proposal")
        focus = (actor_key if thing.type == "actor" else proposal_key)(thing.id)
    base = None if opening.compare is None else day_of(opening.compare)
    return {
        "view": opening.view,
        "day": day,
        "base": base,
        "assume": list(assume),
        "focus": focus,
        "theme": opening.theme,
        "embed": opening.embed,
    }


def _without_arrows(edge: Mapping[str, Any]) -> dict[str, Any]:
    """Return an edge without the arrow that pyvis gives each: here the stroke of a position says which head it has."""
    return {key: value for key, value in edge.items() if key != "arrows"}
