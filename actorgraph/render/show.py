"""All that is curated of one thing, as a table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from actorgraph.render.grid import Grid
from actorgraph.render.phrases import flat

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
    above = (things[0].name, f"Model {ledger.model}")
    return Grid(above, ("KEY", "VALUE"), tuple(lines), frozenset({1}))


def _value(key: str, raw: Any, ledger: Ledger) -> str:
    if key == "evidence":
        return "\n".join(_evidence(one, ledger) for one in raw)
    if key in ("actor", "speaker", "to", "proposal"):
        kind = "proposal" if key == "proposal" else "actor"
        return f"{ledger.resolve(raw, kind).name} ({raw})"
    if isinstance(raw, list):
        return "\n".join(map(flat, raw))
    return "" if raw is None else str(raw)


def _ties(ties: Iterable[Mapping[str, Any]], ledger: Ledger) -> Iterable[str]:
    names = ledger.names("actor")
    for tie in ties:
        role = f" ({tie['role']})" if tie["role"] else ""
        until = f" until {tie['until']}" if tie["until"] else ""
        yield f"{names[tie['actor']]} {tie['relation']} {names[tie['to']]}{role}, since {tie['since']}{until}"


def _evidence(one: Mapping[str, Any], ledger: Ledger) -> str:
    rest = ", ".join(f"{key} {value}" for key, value in one.items() if key != "source" and value)
    return f"{ledger.resolve(one['source'], 'source').name} ({one['source']}){': ' if rest else ''}{rest}"
