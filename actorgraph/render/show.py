"""All that is curated of one thing, as a table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from actorgraph.questions.show import ACTORS
from actorgraph.render.grid import Grid
from actorgraph.render.phrases import Names, flat
from actorgraph.render.wrapping import isolated

if TYPE_CHECKING:
    from collections.abc import Mapping

    from actorgraph.questions.show import Details


def thing_grid(shown: Details) -> Grid:
    """Return things with all their keys, names spelled out beside ids."""
    things, names = shown.things, Names(shown.about)
    lines = [
        (key, value)
        for thing in things
        for key, raw in ((thing.type, thing.id), *thing.body.items(), ("place", thing.place))
        if key != "relations"
        for value in [_value(key, raw, shown)]
        if value
    ]
    lines += [("relation", _tie(tie, names)) for thing in things for tie in thing.body.get("relations", ())]
    above = (isolated(things[0].name), f"Model {shown.model}")
    return Grid(above, ("KEY", "VALUE"), tuple(lines), frozenset({1}))


def _value(key: str, raw: Any, shown: Details) -> str:
    if key == "evidence":
        return "\n".join(_evidence(item, shown) for item in raw)
    if key in ACTORS:
        return _named(raw, shown.about.actors)
    if key == "proposal":
        return _named(raw, shown.about.proposals)
    if isinstance(raw, (list, tuple)):
        return "\n".join(map(flat, raw))
    return "" if raw is None else str(raw)


def _named(key: str, names: Mapping[str, str]) -> str:
    return f"{isolated(names[key])} ({key})"


def _tie(tie: Mapping[str, Any], names: Names) -> str:
    role = f" ({isolated(tie['role'])})" if tie["role"] else ""
    until = f" until {tie['until']}" if tie["until"] else ""
    return f"{names.actor(tie['actor'])} {tie['relation']} {names.actor(tie['to'])}{role}, since {tie['since']}{until}"


def _evidence(item: Mapping[str, Any], shown: Details) -> str:
    rest = ", ".join(f"{key} {value}" for key, value in item.items() if key != "source" and value)
    return f"{_named(item['source'], shown.sources)}{': ' if rest else ''}{rest}"
