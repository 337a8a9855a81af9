"""All that is curated of one thing, as a table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from actorgraph.render.grid import Grid, isolated
from actorgraph.render.phrases import flat, names_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from actorgraph.ledger.store import Ledger, Thing


def thing_grids(things: tuple[Thing, ...], ledger: Ledger) -> Grid:
    """Return things with all their keys, names spelled out beside ids; mostly one, but an id may name two."""
    lines = [
        (key, value)
        for thing in things
        for key, raw in ((thing.type, thing.id), *thing.body.items(), ("place", thing.place))
        if key != "relations"
        for value in [_value(key, raw, ledger)]
        if value
    ]
    lines += [("relation", text) for thing in things for text in _ties(thing.body.get("relations", ()), ledger)]
    above = (isolated(things[0].name), f"Model {ledger.model}")
    return Grid(above, ("KEY", "VALUE"), tuple(lines), frozenset({1}))


def _value(key: str, raw: Any, ledger: Ledger) -> str:
    if key == "evidence":
        return "\n".join(_evidence(item, ledger) for item in raw)
    if key in ("actor", "speaker", "to", "proposal"):
        return _named(raw, "proposal" if key == "proposal" else "actor", ledger)
    if isinstance(raw, list):
        return "\n".join(map(flat, raw))
    return "" if raw is None else str(raw)


def _named(key: str, kind: str, ledger: Ledger) -> str:
    return f"{isolated(ledger.resolve(key, kind).name)} ({key})"


def _ties(ties: Iterable[Mapping[str, Any]], ledger: Ledger) -> Iterable[str]:
    names = names_of(ledger)
    for tie in ties:
        role = f" ({isolated(tie['role'])})" if tie["role"] else ""
        until = f" until {tie['until']}" if tie["until"] else ""
        line = f"{names.actor(tie['actor'])} {tie['relation']} {names.actor(tie['to'])}"
        yield f"{line}{role}, since {tie['since']}{until}"


def _evidence(item: Mapping[str, Any], ledger: Ledger) -> str:
    rest = ", ".join(f"{key} {value}" for key, value in item.items() if key != "source" and value)
    return f"{_named(item['source'], 'source', ledger)}{': ' if rest else ''}{rest}"
