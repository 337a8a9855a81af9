"""What a ledger answers with, things and positions over time, and the words and parameters of its questions."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final, NamedTuple

from actorgraph.dates import iso
from actorgraph.errors import UsageProblem, did_you_mean, quoted
from actorgraph.ledger.codec import Cited, Sources, decode_few, decode_said
from actorgraph.model.kinds import KIND, KINDS, STATEMENTS, TYPES
from actorgraph.model.paths import shown
from actorgraph.vocabulary import JOINTLY, NOT, grade

WITH_NAMES: Final = tuple(name for name in TYPES if name not in STATEMENTS)
"""The types of things that answer to a name."""

IDS_AT_ONCE: Final = 500
"""How many ids one question takes: SQLite may have been built to allow no more than 999."""


def tables_of(types: Sequence[str]) -> list[str]:
    """Return the tables in which things of these types stand: statements may be millions, and have one of their own."""
    tables = (("things", WITH_NAMES), ("records", STATEMENTS))
    return [table for table, there in tables if not set(there).isdisjoint(types)]


class Label(NamedTuple):
    """What answers call an actor or a proposal: its name or title, its short title if it has one.

    `is_shared` says that others of the model bear that name, in whatever case.
    """

    name: str
    short: str | None
    is_shared: bool


class HeldPosition(NamedTuple):
    """A position over time: in force from `since` on and before `until`, ISO dates both; None where there is no end.

    `since_date` and `until_date` are the dates as curated from which these days come. `kind` is stance or commitment,
    `position` the stance's position or the commitment's stage, `toward` the ids of whom a commitment is made to.
    `conditions` are ids of what must hold, and with `not:` of what must not. `basis` is stated or inferred, `contested`
    whether another position is in force on the same days, and `contest` in what the record does not agree: sources,
    order or reasoning. `records` are the ids of what it rests on, `sources` of where that is reported, each once,
    oldest first, and `urls` where these can be read.
    """

    actor: str
    actor_name: str
    kind: str
    position: str
    proposal: str
    proposal_title: str
    since: str
    until: str | None
    conditions: tuple[str, ...]
    basis: str
    contested: bool
    records: tuple[str, ...]
    sources: tuple[str, ...]
    toward: tuple[str, ...]
    since_date: str | None
    until_date: str | None
    contest: str | None
    urls: tuple[str, ...]


def held_positions(lines: Iterable[Sequence[Any]], sources: Sources) -> list[HeldPosition]:
    """Return positions over time, of lines of the holdings table as `Ledger.holding_blocks` reads them."""
    lines = tuple(lines)
    return [
        HeldPosition._make(
            (
                *(*names, str(iso(since)), iso(until), decode_few(conditions), basis, contest is not None),
                tuple(record.record for record in records),
                tuple(dict.fromkeys(cited.source for record in records for cited in record.evidence)),
                *(decode_few(toward), begun or iso(since), ended or iso(until), contest),
                tuple(dict.fromkeys(cited.url for record in records for cited in record.evidence if cited.url)),
            )
        )
        for (*names, since, until, conditions, basis, toward, begun, ended, contest, _), records in zip(
            lines, decode_said((line[-1] for line in lines), sources), strict=True
        )
    ]


class Thing(NamedTuple):
    """Anything with an id: its type, its name or title, where it stands (file:line), and its keys as curated."""

    type: str
    id: str
    name: str
    place: str
    body: dict[str, Any]

    @property
    def conditions(self) -> tuple[str, ...]:
        """What a record depends on, as curated: ids of conditions, and with `not:` before it of what must not hold."""
        return (*self.body.get("if", ()), *(NOT + condition for condition in self.body.get("unless", ())))

    @property
    def jointly(self) -> tuple[str, ...]:
        """The actors whose joint statement it is part of, none where it is one actor's own."""
        return tuple(self.body.get(JOINTLY, ()))

    def item(self) -> dict[str, Any]:
        """Return the thing as answers in JSON hold it: its keys with `_` for `-`."""
        keys = {key.replace("-", "_"): value for key, value in self.body.items()}
        return {"type": self.type, "id": self.id, "name": self.name, **keys, "place": self.place}


def cited_as_curated(item: Mapping[str, Any], sources: Sources, reliability: str | None) -> Cited:
    """Return an evidence in a thing's body as answers cite it; `reliability` is that of its source."""
    mark = grade(reliability, item.get("credibility"))
    return Cited(*sources[item["source"]], item.get("lines"), item.get("page"), item.get("via"), mark)


def shown_place(place: str, files: dict[str, str]) -> str:
    """Return a place (file:line) as a reader would type it; `files` keeps what was found for each file."""
    file, _, line = place.rpartition(":")
    if file not in files:
        files[file] = shown(file)
    return f"{files[file]}:{line}"


def checked_types(types: tuple[str, ...]) -> tuple[str, ...]:
    """Return types of things as given, all of them where none is. Raises `UsageProblem` where one is none."""
    for name in types:
        if name not in KIND:
            singular = [kind.name for kind in KINDS if name == kind.section]
            hint = f" (did you mean {singular[0]!r}?)" if singular else did_you_mean(str(name), TYPES)
            raise UsageProblem(f"{quoted(str(name))} is no type of a thing{hint}; it is one of {', '.join(TYPES)}")
    return types or TYPES


def in_parts(ids: Iterable[str], size: int = IDS_AT_ONCE) -> list[list[str]]:
    """Return ids, sorted and each once, in lists as long as one question to the tables takes.

    >>> [len(some) for some in in_parts(map(str, range(1100)))]
    [500, 500, 100]
    """
    wanted = sorted(set(ids))
    return [wanted[at : at + size] for at in range(0, len(wanted), size)]


def marks(values: Sequence[object]) -> str:
    """Return the marks that stand for values in SQL, with commas between them."""
    return ", ".join("?" * len(values))


def one_of(types: Sequence[str]) -> str:
    """Return types of things in words.

    >>> one_of(["actor", "proposal"])
    'an actor or a proposal'
    """
    return " or ".join(map(with_article, types))


def with_article(name: str) -> str:
    """Return the name of a type of things with *a* or *an* in front."""
    return f"{'an' if name[0] in 'aeiou' else 'a'} {name}"
