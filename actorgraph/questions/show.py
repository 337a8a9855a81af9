"""Whatever answers to a name, with all that is related to it on a day: what `show` shows."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from actorgraph.ledger.things import Thing
from actorgraph.model.kinds import TYPES
from actorgraph.questions.about import Mentions
from actorgraph.questions.accounts import ActorAccount, ConditionAccount, ProposalAccount, SourceAccount, account_of
from actorgraph.questions.cells import ASKED_COLUMNS
from actorgraph.questions.envelope import Envelope, ReadOnly
from actorgraph.questions.list import columns_of, flat_records
from actorgraph.questions.relations import dated, ties_of
from actorgraph.questions.view import View
from actorgraph.vocabulary import JOINTLY

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date
    from typing import Unpack

    from actorgraph.ledger.store import Ledger
    from actorgraph.questions.accounts import Account, Dependent
    from actorgraph.questions.options import Reading
    from actorgraph.questions.relations import DatedTie

ONE_ACTOR = ("actor", "speaker", "to")
ACTORS = ("actors", "by", "not", "toward", JOINTLY)
PROPOSALS = ("part-of", "succeeds", "entails", "excludes")
CONDITIONS = ("if", "unless")
"""The keys that hold ids: of one actor, of several, of several proposals, of several conditions."""


@dataclass(frozen=True, repr=False)
class Shown(Envelope[Thing]):
    """Things that answer to a name, mostly one, under the envelope of an answer; but an id may name two.

    `accounts` list what is related to proposals, conditions, sources and actors among them, on the day. `sources`
    are the titles, by id, of those that the things cite.
    """

    things: tuple[Thing, ...]
    accounts: tuple[Account, ...]
    sources: Mapping[str, str]

    LISTS = "things"
    COLUMNS = ASKED_COLUMNS
    DAYS = frozenset({"as_of", "known_by"})
    SHOWN = ("type", "id", "name", "place")
    JSON_NAMES = MappingProxyType({"things": "items"})

    def account(self, thing: Thing) -> Account | None:
        """Return what is related to one of the things, None where its own keys are all there is."""
        named = (account for account in self.accounts if (account.type, account.id) == (thing.type, thing.id))
        return next(named, None)

    @property
    def columns(self) -> tuple[str, ...]:
        """For which day it holds, every key that one of the things has, and what is related to it, by ids."""
        return (*self.COLUMNS, *columns_of(self._items()))

    def cells(self) -> Iterator[dict[str, object]]:
        """Yield the keys of each thing, and what is related to it, by ids."""
        return ({**self.asked, **record} for record in flat_records(self._items()))

    def _items(self) -> list[dict[str, Any]]:
        return [{**thing.item(), **_ids_of(self.account(thing))} for thing in self.things]

    def _asdict(self) -> dict[str, Any]:
        """Return the answer that JSON has, in which things are items: their keys beside their type, id and place."""
        return {**super()._asdict(), "items": [thing.item() for thing in self.things]}


def _ids_of(account: Account | None) -> dict[str, tuple[str, ...]]:
    """Return what an account tells beyond the keys of its thing, as ids."""
    if isinstance(account, ProposalAccount):
        structure = account.structure
        return {
            "parts": tuple(kin.proposal for kin in structure.parts),
            "succeeded_by": tuple(kin.proposal for kin in structure.succeeded_by),
            "entailed_by": structure.entailed_by,
            "excludes": structure.excludes,
        }
    if isinstance(account, ActorAccount):
        return {
            "groups": tuple(tie.to for tie in account.groups),
            "members": tuple(tie.actor for tie in account.members),
        }
    if account is None:
        return {}
    return {"rests": tuple(thing.id for thing in _resting_on(account))}


def _resting_on(account: Account) -> tuple[Dependent, ...]:
    """Return what depends on a condition, or rests on a source."""
    if isinstance(account, SourceAccount):
        return account.things
    return account.records if isinstance(account, ConditionAccount) else ()


def show(ledger: Ledger, name: str, *, as_of: str | date, **options: Unpack[Reading]) -> Shown:
    """Return whatever answers to a name (see `Ledger.find`), with all that is related to it on a day.

    Of a proposal these are its parts, what it succeeds, entails and excludes and the reverse, and who stands where on
    it and on its parts; of a condition, what depends on it; of a source, what rests on it; of an actor, its groups and
    members, and among its keys its relations to others at any time. The model itself answers to its id, after all
    else, as a thing of the type `model` that stands in no place.

    Args:
        ledger: The model, opened by `load`.
        name: An id, a name, a title or an alias.
        as_of: The day that is asked about; a partial date means its last day.
        options: What counts, and under which assumptions: see `Reading`.

    Returns:
        What answers to the name: mostly one thing, but an id may name two of different types.

    Raises:
        UsageProblem: A name that nothing, or more than one id, answers to; an unknown condition, or a bad date.

    >>> from actorgraph import load
    >>> shown = show(load("examples/minimal.yaml"), "state-loan", as_of="2026-06")
    >>> [(thing.type, thing.name) for thing in shown]
    [('condition', 'The state grants a loan')]
    >>> [(row.actor, row.position) for account in shown.accounts for row in account.rows]
    [('harbour-board', 'pledges')]
    """
    view = View(ledger, as_of=as_of, **options)
    things = _called(ledger, name)
    accounts = tuple(account for thing in things if (account := account_of(view, thing)) is not None)
    evidence = (item["source"] for thing in things for item in thing.body.get("evidence", ()))
    sources = {key: thing.name for key, thing in ledger.by_id(evidence, "source").items()}
    rows = [row for account in accounts for name in ("rows", "possible") for row in getattr(account, name, ())]
    head = view.envelope({"command": "show", "target": name}, rows, _mentions(things, accounts))
    return Shown(*head, things, accounts, ReadOnly(sources))


def _mentions(things: Iterable[Thing], accounts: Iterable[Account]) -> Mentions:
    """Return the ids that things and their accounts name, besides those in rows."""
    things, accounts = tuple(things), tuple(accounts)
    bodies = [body for thing in things for body in (thing.body, *thing.body.get("relations", ()))]
    kin = {key for account in accounts if isinstance(account, ProposalAccount) for key in account.structure.ids}
    ties = [tie for account in accounts if isinstance(account, ActorAccount) for tie in _ties_in(account)]
    resting = [thing for account in accounts for thing in _resting_on(account)]
    return Mentions(
        actors={
            *_values(bodies, *ONE_ACTOR),
            *_listed(bodies, *ACTORS),
            *_ids(things, "actor"),
            *(key for tie in ties for key in (tie.actor, tie.to)),
            *(key for thing in resting for key in thing.jointly),
        },
        proposals={*_values(bodies, "proposal"), *_listed(bodies, *PROPOSALS), *_ids(things, "proposal"), *kin},
        conditions={
            *_listed(bodies, *CONDITIONS),
            *_ids(things, "condition"),
            *(condition for thing in resting for condition in thing.conditions),
        },
    )


def _ties_in(account: ActorAccount) -> tuple[DatedTie, ...]:
    return (*account.groups, *account.members, *account.speaks_for, *account.spoken_for_by)


def _values(bodies: Iterable[Mapping[str, Any]], *keys: str) -> Iterator[str]:
    return (body[key] for body in bodies for key in keys if body.get(key))


def _listed(bodies: Iterable[Mapping[str, Any]], *keys: str) -> Iterator[str]:
    return (one for body in bodies for key in keys for one in body.get(key, ()))


def _ids(things: Iterable[Thing], kind: str) -> Iterator[str]:
    return (thing.id for thing in things if thing.type == kind)


def _called(ledger: Ledger, name: str) -> tuple[Thing, ...]:
    if name.casefold() != ledger.model:
        return tuple(_with_ties(ledger, thing) for thing in ledger.find(name))
    body = {"title": ledger.title, "description": ledger.description}
    itself = Thing("model", ledger.model, ledger.title, "", body)
    return (*(_with_ties(ledger, thing) for thing in ledger.named(name, *TYPES)), itself)


def _with_ties(ledger: Ledger, thing: Thing) -> Thing:
    ties = dated(ledger, ties_of(ledger, thing.id)) if thing.type == "actor" else ()
    return thing._replace(body={**thing.body, "relations": [tie._asdict() for tie in ties]}) if ties else thing
