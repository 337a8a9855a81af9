"""Lists of what a model names, as tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

from actorgraph.dates import in_table
from actorgraph.model.kinds import OF_SECTION, STATEMENTS
from actorgraph.questions.behind import amount_in
from actorgraph.questions.cells import amount_in_words, condition_in_words, several
from actorgraph.render.grid import Grid
from actorgraph.render.phrases import Names, from_until, held_from, what_conditions_mean
from actorgraph.render.wrapping import isolated

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from actorgraph.ledger.things import Thing
    from actorgraph.questions.list import Named


def list_grid(answer: Named, title: str) -> Grid:
    """Return what a model names as a list: id, name or what it says, what tells one from another, and a legend."""
    things, names = answer.things, Names(answer.about)
    chosen = [
        " ".join([key.replace("_", "-"), *([value] if isinstance(value, str) else [])])
        for key, value in answer.chosen.items()
    ]
    above = (
        " · ".join([f"{len(things):,} {title.removesuffix('s') if len(things) == 1 else title}", *chosen]),
        f"Model {answer.model}: {isolated(answer.about.title)}",
        *([answer.about.description] if answer.about.description else []),
    )
    below = tuple(_legend(answer))
    if OF_SECTION[title].is_record:
        said = tuple((thing.id, _joined([isolated(thing.name), *_more(thing, names)])) for thing in things)
        return Grid(above, ("ID", "SAYS"), said, frozenset({0, 1}), below=below)
    lines = tuple((thing.id, isolated(thing.name), _joined(_more(thing, names))) for thing in things)
    if not any(more for *_, more in lines):
        return Grid(above, ("ID", "NAME"), tuple(line[:2] for line in lines), frozenset({1}), below=below)
    return Grid(above, ("ID", "NAME", "MORE"), lines, frozenset({1, 2}), below=below)


def _legend(answer: Named) -> Iterator[str]:
    """Yield what the conditions of listed records mean, and the grades of listed sources."""
    yield from what_conditions_mean(answer.about.conditions)
    if any(thing.body.get("reliability") for thing in answer.things):
        yield "A to F: how reliable a source is, A reliable, F not to be judged (Admiralty code)."


def _joined(parts: Iterable[str]) -> str:
    return " · ".join(filter(None, parts))


def _more(thing: Thing, names: Names) -> list[str]:
    """Return what tells a thing from others of its type, beside its name, where it has that."""
    body = thing.body
    if thing.type in STATEMENTS:
        toward, amount = body.get("toward", ()), amount_in(body)
        return [
            from_until(in_table(body["date"]), body.get("until")),
            amount_in_words(amount) if amount else "",
            f"toward {several(map(names.actor, toward))}" if toward else "",
            ", ".join(map(condition_in_words, thing.conditions)),
        ]
    aliases = ", ".join(map(isolated, body.get("aliases", ())))
    since, until = in_table(body.get("since") or ""), body.get("until")
    parts = {
        "actor": [body.get("kind", ""), aliases],
        "proposal": [aliases],
        "condition": [held_from(period["since"], period.get("until")) for period in body.get("held", ())],
        "source": [
            isolated(body.get("publisher", "")),
            in_table(body.get("published", "")),
            body.get("reliability", ""),
        ],
        "event": [in_table(body.get("date", "")), ", ".join(map(names.actor, body.get("actors", ())))],
        "relation": [isolated(body.get("role") or ""), from_until(since, until)],
    }
    return parts[thing.type]
