"""Whatever answers to a name, with the names of all that it refers to: what `show` shows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from actorgraph.dates import OPEN
from actorgraph.ledger.store import Ledger, Thing
from actorgraph.model.kinds import TYPES
from actorgraph.questions.about import Mentions, about
from actorgraph.questions.envelope import ReadOnly
from actorgraph.questions.relations import ties_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from actorgraph.questions.envelope import About

ACTORS = ("actor", "speaker", "to")
"""The keys that hold the id of an actor."""


class Details(NamedTuple):
    """What answers to a name in a model: mostly one thing, but an id may name two. `sources` are titles by id."""

    model: str
    things: tuple[Thing, ...]
    about: About
    sources: Mapping[str, str]


def show(ledger: Ledger, name: str) -> Details:
    """Return whatever answers to a name (see `Ledger.find`), actors with their relations to others at any time.

    The model itself answers to its id, after all else, as a thing of the type `model` that stands in no place. Raises
    `UsageProblem` for a name that nothing, or more than one id, answers to.

    >>> from actorgraph import load
    >>> [(thing.type, thing.name) for thing in show(load("examples/minimal.yaml"), "minimal").things]
    [('model', 'The new harbour')]
    """
    things = _called(ledger, name)
    bodies = [body for thing in things for body in (thing.body, *thing.body.get("relations", ()))]
    evidence = (item["source"] for thing in things for item in thing.body.get("evidence", ()))
    also = Mentions(
        actors={*_values(bodies, *ACTORS), *_ids(things, "actor")},
        proposals={*_values(bodies, "proposal"), *_ids(things, "proposal")},
    )
    sources = {key: thing.name for key, thing in ledger.by_id(evidence, "source").items()}
    return Details(ledger.model, things, about(ledger, (), day=OPEN, also=also), ReadOnly(sources))


def _values(bodies: Iterable[Mapping[str, Any]], *keys: str) -> Iterator[str]:
    return (body[key] for body in bodies for key in keys if body.get(key))


def _ids(things: Iterable[Thing], kind: str) -> Iterator[str]:
    return (thing.id for thing in things if thing.type == kind)


def _called(ledger: Ledger, name: str) -> tuple[Thing, ...]:
    if name.casefold() != ledger.model:
        return tuple(_with_ties(ledger, thing) for thing in ledger.find(name))
    body = {"title": ledger.title, "description": ledger.description}
    itself = Thing("model", ledger.model, ledger.title, "", body)
    return (*(_with_ties(ledger, thing) for thing in ledger.named(name, *TYPES)), itself)


def _with_ties(ledger: Ledger, thing: Thing) -> Thing:
    ties = ties_of(ledger, thing.id) if thing.type == "actor" else ()
    return thing._replace(body={**thing.body, "relations": [tie._asdict() for tie in ties]}) if ties else thing
