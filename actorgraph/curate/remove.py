"""A thing or record taken out of a model: what refers to it, and what would go with it."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final, NamedTuple

from actorgraph.curate.changeset import Changeset, changeset, emptied, files_of
from actorgraph.curate.locate import items_of, located
from actorgraph.curate.revise import revised
from actorgraph.model.kinds import references

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from actorgraph.curate.locate import Located, Where
    from actorgraph.model.loader import Loaded
    from actorgraph.model.model import Place
    from actorgraph.model.reader import Data

_SAID: Final = frozenset({"proposal", "to", "speaker", "toward", "if", "unless"})
"""The keys without which a record would say something else: a pledge without its condition would look firm. It goes
with what they name; in other keys the name alone does."""


class Removal(NamedTuple):
    """What it takes to take something out.

    `dependents` refer to it, or to what goes with it; those that are `gone`, as it is itself, go too, the others lose
    a name or an evidence. `made_anew` are ids that were made for records by counting, and that nothing bears any more;
    `emptied` tells of files in which nothing is left.
    """

    changeset: Changeset
    dependents: tuple[Located, ...]
    gone: tuple[Located, ...]
    made_anew: tuple[str, ...]
    emptied: tuple[str, ...]


def removal(loaded: Loaded, target: Located, *, today: str | date) -> Removal:
    """Return what it takes to take a thing or record out of a model, with all that depends on it.

    A record goes where what it names is what it says: its proposal, its only actor, its only source, a condition, a
    speaker. Else it stays, without the name or the evidence: a joint record is left to the other actors, an event to
    its other participants, a proposal loses what ties it. Raises `Doubt` where a record cannot be told from others.
    """
    everything = located(loaded)
    bodies = _left(everything, target)
    changes: dict[str, dict[Place, Mapping[str, Data] | None]] = defaultdict(dict)
    for (file, place), body in bodies.items():
        changes[file][place] = body
    before = files_of(loaded)
    texts = {path: (before[path], revised(before[path], placed)) for path, placed in changes.items()}
    new = changeset(loaded, texts, today=today)
    touched = [record for record in everything if record.where in bodies]
    gone = [record for record in touched if bodies[record.where] is None]
    lost = {name for record in everything if record.where not in bodies for name in record.ids}
    if new.model:
        lost -= {str(key) for _, key in new.model.places} | {str(record.body.get("id")) for record in everything}
    dependents = tuple(record for record in touched if record.where != target.where)
    return Removal(new, dependents, tuple(gone), tuple(sorted(lost)), emptied(texts))


def _left(everything: Sequence[Located], target: Located) -> dict[Where, dict[str, Data] | None]:
    """Return what is left of all that refers to something that goes, None of what goes too, the target among it."""
    left: dict[Where, dict[str, Data] | None] = {target.where: None}
    ids = {(target.kind.name, name) for name in target.ids}
    grew = True
    while grew:
        grew = False
        for record in everything:
            known = left.get(record.where, record.body)
            rest = None if known is None else without(record.kind.name, known, ids)
            if rest != known:
                left[record.where] = rest
            if known is not None and rest is None:
                ids |= {(record.kind.name, name) for name in record.ids}
                grew = True
    return left


def without(kind: str, body: Mapping[str, Data], gone: Iterable[tuple[str, str]]) -> dict[str, Data] | None:
    """Return what is left of an entry of a kind when things, by kind and id, are gone; None where it goes with them.

    >>> pledge = {"actor": ["uk", "fr"], "proposal": "plan", "if": "truce", "evidence": [{"source": "a"}]}
    >>> without("commitment", pledge, {("actor", "fr")})["actor"]
    'uk'
    >>> without("commitment", pledge, {("condition", "truce")}) is None
    True
    """
    left = dict(body)
    for reference in references(kind):
        key, *inner = reference.keys
        held = left.get(key)
        ids = {name for known, name in gone if known == reference.kind}
        listed = items_of(held)
        kept = [item for item in listed if _name(item, inner) not in ids]
        if len(kept) == len(listed):
            continue
        if key in _SAID or (not kept and _must_have(kind, key)):
            return None
        if not kept:
            del left[key]
        else:
            left[key] = kept[0] if key == "actor" and len(kept) == 1 else kept
    return left


def _must_have(kind: str, key: str) -> bool:
    """Whether an entry of a kind is nothing without a value of a key; a tie that lost its last source is hearsay."""
    return key == "actor" or (key == "evidence" and kind != "proposal")


def _name(item: Data, inner: list[str]) -> Data:
    """Return the id in an item: the item itself, or what stands under a key of it."""
    return item.get(inner[0]) if inner and isinstance(item, dict) else item
