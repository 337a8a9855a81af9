"""Which record of a model is meant by what comes in: what each is known by, and in what it differs."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from actorgraph.model.kinds import OF_SECTION, STATEMENTS
from actorgraph.questions.cells import several

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence

    from actorgraph.exchange.importing.incoming import Arrival, Origin
    from actorgraph.model.model import Place
    from actorgraph.model.reader import Data


class Difference(NamedTuple):
    """What differs between a record and what comes in: the key, and both values, None where it has none."""

    record: str
    place: Origin
    key: str
    old: Data
    new: Data


class FileRecord(NamedTuple):
    """A record as a file has it."""

    file: str
    place: Place
    body: dict[str, Data]


def identity_of(section: str, key: str | None, body: Mapping[str, Data]) -> Hashable:
    """Return what a record is known by."""
    kind = OF_SECTION[section]
    if kind.keyed:
        return section, key
    if kind.name == "event":
        return section, body.get("id")
    if kind.name not in STATEMENTS:
        return section, body.get("actor"), body.get("relation"), body.get("to"), body.get("since")
    return section, *_track(body), body.get("date"), cited_by(body), _listed(body.get("toward") or [])


def id_on_track(section: str, body: Mapping[str, Data]) -> Hashable:
    """Return the id that a statement has of its own, with whose it is, and on what."""
    return section, str(body["id"]), *_track(body)


def _track(body: Mapping[str, Data]) -> tuple[Hashable, Hashable]:
    """Return whose a statement is, and on what."""
    return _listed(body.get("actor")), str(body.get("proposal"))


def _listed(value: Data) -> frozenset[Data]:
    """Return what a key lists; one alone is a list of it."""
    return frozenset(value if isinstance(value, list) else [value])


def cited_by(body: Mapping[str, Data]) -> frozenset[Data]:
    """Return the sources that a statement cites."""
    return frozenset(item.get("source") for item in _cited(body))


def _cited(body: Mapping[str, Data]) -> list[dict[str, Data]]:
    """Return the evidence of a statement."""
    evidence = body.get("evidence")
    return [item for item in evidence if isinstance(item, dict)] if isinstance(evidence, list) else []


def without_known(records: list[FileRecord], arrivals: Sequence[Arrival]) -> list[Arrival]:
    """Return what comes in but for what records say already, which are taken out of those that are left."""
    others = []
    for arrival in arrivals:
        match = next((record for record in records if not list(differences(record, arrival))), None)
        if match is None:
            others.append(arrival)
        else:
            records.remove(match)
    return others


def corrections(records: list[FileRecord], arrivals: list[Arrival]) -> Iterator[tuple[FileRecord, Arrival]]:
    """Yield records with what corrects them; both are taken out of those that are left."""
    for is_meant in (_have_one_id, _rest_on_one_place, _are_alike):
        for record, arrival in _only_pairs(records, arrivals, is_meant):
            records.remove(record)
            arrivals.remove(arrival)
            yield record, arrival


def _only_pairs(
    records: Sequence[FileRecord], arrivals: Sequence[Arrival], is_meant: Callable[[FileRecord, Arrival], bool]
) -> list[tuple[FileRecord, Arrival]]:
    """Return what corrects which record, as far as by some rule no other can be meant on either side."""
    pairs = [(record, arrival) for record in records for arrival in arrivals if is_meant(record, arrival)]
    often = Counter(id(one) for pair in pairs for one in pair)
    return [pair for pair in pairs if {often[id(one)] for one in pair} == {1}]


def _have_one_id(record: FileRecord, arrival: Arrival) -> bool:
    key = arrival.draft.body.get("id")
    return key is not None and key == record.body.get("id")


def _rest_on_one_place(record: FileRecord, arrival: Arrival) -> bool:
    """Whether both rest on the same evidence, by the places in its sources."""
    return _places(record.body) == _places(arrival.draft.body)


def _are_alike(record: FileRecord, arrival: Arrival) -> bool:  # noqa: ARG001
    """They are: both are known by the same."""
    return True


def _places(body: Mapping[str, Data]) -> list[tuple[str, ...]]:
    return sorted(tuple(str(item.get(key)) for key in ("source", "lines", "page", "via")) for item in _cited(body))


def may_correct(records: Sequence[FileRecord]) -> str:
    """Return why something is neither added nor corrects anything."""
    if len(records) == 1:
        return f"it or another row may correct {called(records[0])}; an id, or the page of its source, says which one"
    listed = several(map(called, records))
    return f"it may correct any of {listed}; an id, or the page of its source, says which"


def called(record: FileRecord) -> str:
    """Return what a record is called for readers: its kind, and its id or what that would be made of."""
    section, name = record.place
    label = record.body.get("id") or (name if isinstance(name, str) else _label(record.body))
    return f"{OF_SECTION[section].name} {label}"


def differences(record: FileRecord, arrival: Arrival) -> Iterator[Difference]:
    """Yield what comes in that a record of the model says otherwise, or not at all."""
    for key, new in arrival.draft.body.items():
        old = record.body.get(key)
        value = _evidence(old, new) if key == "evidence" else new
        if _plain(old) != _plain(value):
            yield Difference(called(record), arrival.place, key, old, value)


def _label(body: Mapping[str, Data]) -> str:
    actor = body.get("actor")
    parts = ("+".join(map(str, actor)) if isinstance(actor, list) else actor, body.get("proposal"), body.get("date"))
    return ".".join(str(part) for part in parts if part)


def _plain(value: Data) -> Data:
    """Return a value so that one alone and a list of it are the same."""
    return value[0] if isinstance(value, list) and len(value) == 1 and not isinstance(value[0], dict) else value


def _evidence(old: Data, new: Data) -> Data:
    """Return evidence with what comes in of each of its sources; what only the model says of it stays.

    Where a source is cited several times, what comes in belongs to the evidence that says the same, else to the next.
    """
    if not isinstance(old, list) or not isinstance(new, list):
        return new
    left = [item for item in new if isinstance(item, dict)]
    pairs: dict[int, dict[str, Data]] = {}
    for is_same in (lambda item, other: item == item | other, lambda item, other: True):  # noqa: ARG005
        for number, item in enumerate(old):
            if not isinstance(item, dict) or number in pairs:
                continue
            of_source = [other for other in left if other.get("source") == item.get("source")]
            other = next((other for other in of_source if is_same(item, other)), None)
            if other is not None:
                pairs[number] = item | other
                left.remove(other)
    return [pairs.get(number, item) for number, item in enumerate(old)] + left
