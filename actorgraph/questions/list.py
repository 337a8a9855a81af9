"""What a model names of one kind: what `list` shows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final, NamedTuple, TypedDict

from actorgraph.asked_dates import day_of
from actorgraph.dates import OPEN, before, last_day
from actorgraph.errors import UsageProblem
from actorgraph.model.kinds import KIND, KINDS, STATEMENTS
from actorgraph.questions.about import Mentions, about

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from datetime import date
    from typing import Unpack

    from actorgraph.ledger.store import Ledger
    from actorgraph.ledger.things import Thing
    from actorgraph.model.kinds import Kind
    from actorgraph.questions.envelope import About


class Named(NamedTuple):
    """What a model names of one kind, sorted by id, with what it takes to read it.

    `chosen` is by what they were chosen, names as ids.
    """

    model: str
    things: tuple[Thing, ...]
    chosen: Mapping[str, str | bool]
    about: About


class Chosen(TypedDict, total=False):
    """Which things or records of a kind are listed. All may be left out; a record has to meet all that are given.

    Args:
        actor: Only what is of this actor: its stances and commitments, relations from it or to it, its events.
        proposal: Only what is about this proposal.
        source: Only what this source reports.
        unsourced_url: Only what has no source with an address.
        stale_after: A length of time, such as `18mo`; only what has no evidence newer than that.
        today: The day from which that is counted back.
    """

    actor: str | None
    proposal: str | None
    source: str | None
    unsourced_url: bool
    stale_after: str | None
    today: str | date


def named(ledger: Ledger, kind: str, **choice: Unpack[Chosen]) -> Named:
    """Return the things or records of a kind (`model.kinds.TYPES`), sorted by id; those that a choice admits.

    Raises `UsageProblem` for an unknown name, a bad length of time, and a choice that the kind cannot meet: an actor
    has no source.

    >>> from actorgraph import load
    >>> ledger = load("examples/minimal.yaml")
    >>> [thing.id for thing in named(ledger, "actor").things]
    ['fishers-union', 'harbour-board', 'olsen', 'town-council']
    >>> [thing.id for thing in named(ledger, "stance", actor="town council").things]
    ['town-council.harbour.2025-12-03']
    """
    _must_fit(kind, choice)
    chosen: dict[str, str | bool] = {}
    for option in ("actor", "proposal", "source"):
        if name := choice.get(option):
            chosen[option] = ledger.resolve(str(name), option).id
    if choice.get("unsourced_url"):
        chosen["unsourced_url"] = True
    if length := choice.get("stale_after"):
        chosen["stale_after"] = length
    tests = tuple(_tests(ledger, chosen, choice.get("today")))
    things = tuple(thing for thing in ledger.things(kind) if all(admits(thing) for admits in tests))
    return Named(ledger.model, things, chosen, _about(ledger, things))


def _about(ledger: Ledger, things: Iterable[Thing]) -> About:
    """Return what the ids of actors and conditions mean that stand in things, beside whose name is told anyway."""
    actors, conditions = set[str](), set[str]()
    for thing in things:
        actors.update(key for name in ("toward", "actors") for key in thing.body.get(name, ()))
        conditions.update(thing.conditions)
    return about(ledger, (), day=OPEN, also=Mentions(actors=actors, conditions=conditions))


_FITS: Final[dict[str, Callable[[Kind], bool]]] = {
    "actor": lambda kind: kind.is_record or kind.name == "event",
    "proposal": lambda kind: kind.name in STATEMENTS,
    "source": lambda kind: kind.cites,
    "unsourced_url": lambda kind: kind.cites,
    "stale_after": lambda kind: kind.cites,
}
"""Which kinds can be chosen from by each option."""

_HOLDERS: Final = ("actor", "to", "actors")
"""The keys that name whom a record is of; a speaker or an addressee it is not of."""


def _must_fit(kind: str, choice: Chosen) -> None:
    """Raise `UsageProblem` for an option by which a kind cannot be chosen."""
    for option, fits in _FITS.items():
        if choice.get(option) and not fits(KIND[kind]):
            fitting = ", ".join(known.section for known in KINDS if fits(known))
            spelled = option.replace("_", "-")
            raise UsageProblem(f"--{spelled} does not go with {KIND[kind].section}; it goes with {fitting}")


def _tests(
    ledger: Ledger, chosen: Mapping[str, str | bool], today: str | date | None
) -> Iterator[Callable[[Thing], bool]]:
    """Yield what a thing has to meet."""
    if "actor" in chosen:
        yield lambda thing: any(chosen["actor"] in _several(thing.body.get(key)) for key in _HOLDERS)
    if "proposal" in chosen:
        yield lambda thing: thing.body.get("proposal") == chosen["proposal"]
    if "source" in chosen:
        yield lambda thing: chosen["source"] in _sources(thing)
    if "unsourced_url" in chosen:
        with_url = {thing.id for thing in ledger.things("source") if thing.body.get("url")}
        yield lambda thing: with_url.isdisjoint(_sources(thing))
    if "stale_after" in chosen:
        limit = before(day_of(today or ""), str(chosen["stale_after"]))
        published = {thing.id: last_day(thing.body["published"]) for thing in ledger.things("source")}
        yield lambda thing: max((published[source] for source in _sources(thing)), default=0) < limit


def _several(value: object) -> tuple[object, ...]:
    return tuple(value) if isinstance(value, (list, tuple)) else (value,)


def _sources(thing: Thing) -> list[str]:
    """Return the ids of the sources that report a thing."""
    return [evidence["source"] for evidence in thing.body.get("evidence", ())]


def columns_of(items: Iterable[Mapping[str, object]]) -> tuple[str, ...]:
    """Return the columns of things as flat records: every key that one of them has, in the order in which they come.

    >>> columns_of([{"type": "actor", "id": "uk"}, {"type": "source", "url": "https://example.org"}]), columns_of([])
    (('type', 'id', 'url'), ('type', 'id', 'name'))
    """
    return tuple(dict.fromkeys(key for item in items for key in item)) or ("type", "id", "name")


def flat_records(items: Sequence[Mapping[str, Any]]) -> list[dict[str, object]]:
    """Return things (see `Thing.item`) as flat records with all their columns; what may be several is a tuple of texts.

    >>> flat_records([{"id": "p", "held": [{"since": "2024", "until": None}]}])
    [{'id': 'p', 'held': ('since 2024',)}]
    """
    columns = columns_of(items)
    return [
        {
            column: tuple(map(flat, value)) if isinstance(value, (list, tuple)) else value
            for column in columns
            for value in [item.get(column)]
        }
        for item in items
    ]


def flat(value: object) -> str:
    """Return a value in one line: the keys of a mapping with their values, but for those that are empty."""
    if isinstance(value, Mapping):
        return ", ".join(f"{key} {item}" for key, item in value.items() if item)
    return str(value)
