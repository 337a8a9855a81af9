"""Which things in two versions of a model are the same, though their ids or what is said of them may differ.

Ids alone do not tell: where nobody gave a record an id, it is made of what the record says and of its place among
others of its day, so that correcting a date, or putting a record before another, gives others new ids. Things of one
type are paired in this order:

1. same id and same body: unchanged;
2. same body: only the id is another;
3. same id, except where it is made of what the record says and others of its track came or went;
4. over half of their keys are equal, the most alike first, and with them one that identifies (`_IDENTIFYING`), or they
   are called the same (`_NAMED`);
5. same id after all.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from itertools import product
from typing import TYPE_CHECKING, Any, Final

from actorgraph.dates import in_id
from actorgraph.model.kinds import KIND, STATEMENTS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from actorgraph.ledger.things import Thing
    from actorgraph.model.kinds import Kind

_IDENTIFYING: Final[dict[str, tuple[tuple[str, ...], ...]]] = {
    "actor": (("aliases",), ("note",)),
    "proposal": (("aliases",), ("note",), ("url",)),
    "condition": (("note",),),
    "source": (("url",), ("document",), ("sha256",), ("about",)),
    "event": (("evidence",), ("note",)),
    "relation": (("actor", "to"), ("evidence",), ("note",)),
    "stance": (("date",), ("evidence",), ("note",)),
    "commitment": (("date",), ("evidence",), ("note",)),
}
"""Keys that two things rarely share by chance, or that rarely go together by chance.

Most keys of two articles of one paper are equal, and so are those of two actors of one country, or of two records of
one track: what differs is what they are. An equal name or title identifies as well, except that of a stance or
commitment, which names its track.
"""

_NAMED: Final = frozenset({"actor", "proposal", "condition"})
"""What is known by its name, however little else is said of it: a source or an event may share its title by chance."""

_MADE: Final = re.compile(r"(-\d+)?")
"""What follows the name in an id that was made."""


class Pairing:
    """The things of one type that differ between two versions: `pairs`, and what is left of each side by id.

    Nothing here depends on which side is which.
    """

    def __init__(
        self, kind: Kind, was: dict[str, Thing], now: dict[str, Thing], known: Mapping[str, str] | None = None
    ) -> None:
        """Pair things by id; `known` are old ids with the new ones, if some pairs are known already."""
        self.kind = kind
        self.was = was
        self.now = now
        self.pairs: list[tuple[Thing, Thing]] = []
        for old, new in (known or {}).items():
            self._take(old, new)
        self._pair_same_bodies()
        self._pair_same_ids(unless_made=True)
        self._pair_alike()
        self._pair_same_ids(unless_made=False)

    def _take(self, old: str, new: str) -> None:
        self.pairs.append((self.was.pop(old), self.now.pop(new)))

    def _pair_same_bodies(self) -> None:
        """Pair what has the same keys and values; of several, in the order of ids."""
        by_body: dict[str, list[str]] = defaultdict(list)
        for key in sorted(self.was, reverse=True):
            by_body[body_text(self.was[key].body)].append(key)
        for key in sorted(self.now):
            if same := by_body.get(body_text(self.now[key].body)):
                self._take(same.pop(), key)

    def _pair_same_ids(self, *, unless_made: bool) -> None:
        """Pair what has the same id; with `unless_made`, not where the id tells less than the rest of what is said."""
        both = sorted(self.was.keys() & self.now.keys())
        moved = {self._track(thing) for side in (self.was, self.now) for key, thing in side.items() if key not in both}
        for key in both:
            pair = self.was[key], self.now[key]
            if not (unless_made and all(self._track(thing) in moved and made_name(thing) for thing in pair)):
                self._take(key, key)

    def _track(self, thing: Thing) -> tuple[str, ...]:
        """Return what the records share among which an id that was made may have moved."""
        keys = self.kind.made_of if self.kind.is_record else ()
        return tuple([thing.body[key] for key in keys if key != "date"])

    def _pair_alike(self) -> None:
        """Pair what is alike in over half of its keys, and in one that identifies, the most alike first.

        The name is enough of what is known by it.

        Only what shares such a key is compared, so this takes time with the number of things that share one.
        """
        alike: list[tuple[float, bool, str, str]] = []
        for old, new in self._candidates():
            share = likeness(self.was[old].body, self.now[new].body)
            if share > 0.5 or (self.kind.name in _NAMED and self.was[old].name == self.now[new].name):
                alike.append((-share, old != new, old, new))
        for *_, old, new in sorted(alike):
            if old in self.was and new in self.now:
                self._take(old, new)

    def _candidates(self) -> set[tuple[str, str]]:
        """Return the ids of all that have a name or an identifying key in common."""
        sharing: dict[tuple[str, str], tuple[list[str], list[str]]] = defaultdict(lambda: ([], []))
        for number, side in enumerate((self.was, self.now)):
            for key, thing in side.items():
                for identity in _identity(thing):
                    sharing[identity][number].append(key)
        return {pair for olds, news in sharing.values() for pair in product(olds, news)}


def made_name(thing: Thing, *, checked: bool = True) -> str | None:
    """Return what a record's id is made of where nobody gave it one; None where somebody did, and for other things.

    A number may follow in the id. What is not `checked` is the name that its id would have.
    """
    kind = KIND[thing.type]
    if not kind.is_record:
        return None
    name = ".".join(in_id(thing.body[key]) for key in kind.made_of)
    return name if not checked or _MADE.fullmatch(thing.id.removeprefix(name)) else None


def _identity(thing: Thing) -> Iterator[tuple[str, str]]:
    if thing.type not in STATEMENTS:
        yield "name", thing.name
    for keys in _IDENTIFYING[thing.type]:
        if all(key in thing.body for key in keys):
            yield " ".join(keys), body_text([thing.body[key] for key in keys])


def likeness(body: Mapping[str, Any], other: Mapping[str, Any]) -> float:
    """Return the share of keys with equal values among all keys of two bodies.

    >>> likeness({"actor": "a", "position": "open"}, {"actor": "a", "position": "open", "note": "…"})
    0.6666666666666666
    """
    equal = [key for key, value in body.items() if key in other and value == other[key]]
    return len(equal) / len(body.keys() | other.keys())


def body_text(value: object) -> str:
    """Return a value of a body as a text that is the same for what is the same.

    >>> body_text({"b": 1, "a": ["x"]})
    '{"a": ["x"], "b": 1}'
    """
    return json.dumps(value, sort_keys=True)
