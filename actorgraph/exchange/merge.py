"""What a model's files would be with what a file brings: what is new is added, what differs is corrected."""

from __future__ import annotations

import os
from codecs import BOM_UTF8
from collections import Counter, defaultdict
from itertools import islice
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, NamedTuple

from actorgraph.atomic import new_folders
from actorgraph.curate.add import home, with_records
from actorgraph.curate.revise import revised
from actorgraph.curate.revision import BOM, difference
from actorgraph.curate.schema import Ids, ids_of
from actorgraph.errors import UsageProblem
from actorgraph.exchange.incoming import Arrival, Aside, Skipped
from actorgraph.model.files import Disk
from actorgraph.model.kinds import OF_SECTION, STATEMENTS
from actorgraph.model.paths import shown
from actorgraph.model.reader import decode, parse
from actorgraph.questions.cells import several
from actorgraph.questions.check import check, new_problems
from actorgraph.replacing import Replacement, replace_all

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
    from datetime import date

    from actorgraph.curate.add import Draft
    from actorgraph.errors import Problem
    from actorgraph.model.loader import Loaded
    from actorgraph.model.model import Place
    from actorgraph.model.reader import Data

LARGEST: Final = 20 * 1024 * 1024
"""How many bytes a file of a model has at most that we write; what is more goes into files by year."""
_OWN_FILES: Final = 20
"""Up to how many new sources get a file each, where the others have one."""


class Difference(NamedTuple):
    """What differs between a record and what comes in: the key, and both values, None where it has none."""

    record: str
    place: str
    key: str
    old: Data
    new: Data


class Merge(NamedTuple):
    """What the files of a model would be.

    `added` counts what is new by section, `same` what is in the model already. `problems` are those that the model has
    not got without it; `asides` are the files beside the model that are not there yet. `ids` are those of the model as
    it would be, by kind, each with its name. `places` says by file, section and id or number (from 0) where in what
    comes in a record stood that is new or corrected.
    """

    model: str
    replacements: tuple[Replacement, ...]
    asides: tuple[Replacement, ...]
    added: Mapping[str, int]
    same: int
    changes: tuple[Difference, ...]
    skipped: tuple[Skipped, ...]
    problems: tuple[Problem, ...] = ()
    ids: Ids = MappingProxyType({})
    places: Mapping[tuple[str, str, str | int], str] = MappingProxyType({})

    @property
    def refused(self) -> bool:
        """Whether the model could not be used with it."""
        return any(not problem.warning for problem in self.problems)

    def diff(self, most: int) -> Iterator[str]:
        """Yield the change as a unified diff, at most so many lines of each file, and how many more there are."""
        for replacement in self.replacements:
            lines = difference(replacement)
            yield from lines[:most]
            if len(lines) > most:
                yield f"… {len(lines) - most:,} more lines of {shown(replacement.path)}"

    def write(self) -> None:
        """Write all files or none. Raises OSError, also where one is no longer as it was."""
        wanted = (*self.replacements, *self.asides)
        with new_folders(change.path for change in wanted):
            replace_all(wanted)


class _Record(NamedTuple):
    """A record as a file has it."""

    file: str
    place: Place
    body: dict[str, Data]


def plan(loaded: Loaded, incoming: Iterable[Arrival | Aside | Skipped], *, today: str | date) -> Merge:
    """Return what the files of a model would be with what comes in, checked. Nothing is written."""
    return checked(compared(loaded, incoming), loaded.problems, today=today)


def checked(merge: Merge, before: Iterable[Problem], *, today: str | date) -> Merge:
    """Return what the files of a model would be with the problems that it has not got `before`.

    The model as it is need not be held any more: of a large one there is room for one at a time.
    """
    if not merge.replacements:
        return merge
    files = Disk({replacement.path: replacement.new for replacement in merge.replacements})
    after = check(merge.model, today=today, files=files)
    ids = ids_of(after.model) if after.model else {}
    return merge._replace(problems=new_problems(before, after.problems), ids=ids)


def compared(loaded: Loaded, incoming: Iterable[Arrival | Aside | Skipped]) -> Merge:
    """Return what the files of a model would be with what comes in, not checked yet: `problems` are none.

    A thing is known by its id; a statement by its id, too, else by its actors, kind, proposal, date, sources and
    addressees, and of several such by the places in its sources; a relation by both actors, what ties them and since
    when. What is known and says nothing new is left alone; where it says something else, that is corrected, and what
    only the model says of it stays. What may correct several records is left out. New records go where most of their
    section are, new sources into files of their own where the others have some.

    Raises `UsageProblem` where a file would be larger than 20 MiB and cannot be split, or one beside the model holds
    something else already; `Doubt` where one is written so that nothing can be added.
    """
    assert loaded.model is not None
    files = _Files(loaded)
    skipped: list[Skipped] = []
    asides: list[Aside] = []
    drafts: dict[Hashable, list[Arrival]] = defaultdict(list)
    for item in incoming:
        if isinstance(item, Skipped):
            skipped.append(item)
            continue
        if isinstance(item, Aside):
            asides.append(item)
            continue
        item = _bare(item)  # noqa: PLW2901 - it says the same
        key = files.identity(item.draft)
        if OF_SECTION[item.draft.section].keyed:
            drafts[key] = [_joined(*drafts[key], item)]
            continue
        twin = next((known for known in drafts[key] if known.draft.body == item.draft.body), None)
        if twin is None:
            drafts[key].append(item)
        else:
            skipped.append(Skipped(item.place, f"it says the same as {twin.place}"))
    new, changes, same, unclear = files.compared(drafts)
    skipped += unclear
    files.records.clear()  # to write a large model needs the room
    del drafts
    added = Counter(arrival.draft.section for arrival in new)
    texts = files.with_changes(changes, new)
    wanted = tuple(Replacement(path, files.raw.get(path), text.encode()) for path, text in sorted(texts.items()))
    changed = tuple(change for _, change in changes)
    beside = _new_beside(asides)
    return Merge(files.model, wanted, beside, added, same, changed, tuple(skipped), places=files.places)


def _new_beside(asides: Iterable[Aside]) -> tuple[Replacement, ...]:
    """Return the files beside the model that are not there yet.

    Raises `UsageProblem` where one is there and holds something else.
    """
    new = []
    for aside in asides:
        if not os.path.lexists(aside.path):
            new.append(Replacement(aside.path, None, aside.content))
        elif not Path(aside.path).is_file() or Path(aside.path).read_bytes() != aside.content:
            message = f"{shown(aside.path)} is there already and holds something else; name another folder"
            raise UsageProblem(f"{message}, or move the file away")
    return tuple(new)


class _Files:
    """The files of a model, with every record in them by what it is known by."""

    def __init__(self, loaded: Loaded) -> None:
        self.loaded = loaded
        self.model = loaded.roots[0][0]
        self.raw: dict[str, bytes] = {}
        self.text: dict[str, str] = {}
        self.records: dict[Hashable, list[_Record]] = defaultdict(list)
        self._by_id: dict[Hashable, Hashable] = {}
        """What statements with ids of their own are known by."""
        self.counts: Counter[tuple[str, str]] = Counter()
        """How many records each section of a file has."""
        self.places: dict[tuple[str, str, str | int], str] = {}
        """Where in what comes in a record stood that is new or corrected."""
        for stamp in loaded.stamps:
            self._read(os.path.realpath(stamp.path))

    def _read(self, path: str) -> None:
        self.raw[path] = Path(path).read_bytes()
        text = decode(self.raw[path], path)
        assert isinstance(text, str), "the model was read"
        self.text[path] = text
        for section, records in parse(text, path).data.items():
            if section not in OF_SECTION or not records:
                continue
            self.counts[path, section] = len(records)
            places: Iterable[tuple[str | int, Data]] = (
                records.items()
                if isinstance(records, dict)
                else enumerate(records)
                if isinstance(records, list)
                else ()
            )
            for key, body in places:
                if isinstance(body, dict):
                    identity = _identity(section, key if isinstance(key, str) else None, body)
                    self.records[identity].append(_Record(path, (section, key), body))
                    if section in _OF_STATEMENTS and "id" in body:
                        self._by_id[_id_on_track(section, body)] = identity

    def identity(self, draft: Draft) -> Hashable:
        """Return what comes in is known by: a statement by its id, where one of its actors on its proposal has it."""
        own = _identity(draft.section, draft.key, draft.body)
        if draft.section in _OF_STATEMENTS and "id" in draft.body:
            return self._by_id.get(_id_on_track(draft.section, draft.body), own)
        return own

    def compared(
        self, drafts: Mapping[Hashable, Sequence[Arrival]]
    ) -> tuple[list[Arrival], list[tuple[_Record, Difference]], int, list[Skipped]]:
        """Return what is new, what differs from a record of the model, how many say what it says, and what is unclear.

        Unclear is what may correct several records, or of several the one that may correct a record.
        """
        new: list[Arrival] = []
        changes: list[tuple[_Record, Difference]] = []
        same = 0
        unclear: list[Skipped] = []
        for identity, arrivals in drafts.items():
            left = list(self.records.get(identity, ()))
            others = []
            for arrival in arrivals:
                match = next((record for record in left if not list(_changes(record, arrival))), None)
                if match is None:
                    others.append(arrival)
                else:
                    left.remove(match)
                    same += 1
            for is_meant in (_have_one_id, _rest_on_one_place, _are_alike):
                for record, arrival in _only_pairs(left, others, is_meant):
                    left.remove(record)
                    others.remove(arrival)
                    changes += [(record, change) for change in _changes(record, arrival)]
            if left:
                unclear += [Skipped(arrival.place, _may_correct(left)) for arrival in others]
            else:
                new += others
        return new, changes, same, unclear

    def with_changes(self, changes: Sequence[tuple[_Record, Difference]], new: Sequence[Arrival]) -> dict[str, str]:
        """Return the texts of the files that change."""
        bodies: dict[str, dict[Place, Mapping[str, Data] | None]] = defaultdict(dict)
        for record, change in changes:
            body = dict(bodies[record.file].get(record.place) or record.body)
            body[change.key] = change.new
            bodies[record.file][record.place] = body
            self.places[record.file, *record.place] = change.place
        texts = {path: revised(self.text[path], placed) for path, placed in bodies.items()}
        for path, arrivals in self._homes(new).items():
            before = texts.get(path, self.text.get(path))
            texts[path] = with_records(before, [arrival.draft for arrival in arrivals], file=path)
            for arrival in arrivals:
                section, key, _ = arrival.draft
                is_named = key is not None and OF_SECTION[section].keyed
                self.places[path, section, str(key) if is_named else self.counts[path, section]] = arrival.place
                self.counts[path, section] += 1
        for path, text in texts.items():
            if self.raw.get(path, b"").startswith(BOM_UTF8):
                texts[path] = f"{BOM}{text}"
        return texts

    def _homes(self, new: Sequence[Arrival]) -> dict[str, list[Arrival]]:
        """Return which new records go into which file: where one would be too large, by year."""
        assert self.loaded.model is not None
        homes: dict[str, list[Arrival]] = defaultdict(list)
        by_section: dict[str, list[Arrival]] = defaultdict(list)
        for arrival in new:
            by_section[arrival.draft.section].append(arrival)
        for section, arrivals in by_section.items():
            own = [home(self.loaded, self.loaded.model, section, arrival.draft.key) for arrival in islice(arrivals, 2)]
            if len(set(own)) > 1 and len(arrivals) <= _OWN_FILES:
                for arrival in arrivals:
                    path = home(self.loaded, self.loaded.model, section, arrival.draft.key)
                    homes[os.path.realpath(path)].append(arrival)
                continue
            path = own[0] if len(set(own)) == 1 and len(arrivals) > 1 else _together(own[0], section, arrivals)
            path = os.path.realpath(path)
            for part, some in _split(path, len(self.raw.get(path, b"")), section, arrivals).items():
                if part != path and not Path(self.model).is_dir():
                    message = f"{shown(path)} would be larger than {LARGEST // 2**20} MiB; make the model a folder"
                    raise UsageProblem(f"{message}, which may have several files")
                homes[part] += some
        return homes


def _together(path: str, section: str, arrivals: Sequence[Arrival]) -> str:
    """Return the file for all new things of a section whose others have a file each."""
    return path if len(arrivals) <= 1 else str(Path(path).with_name(f"{section}.yaml"))


def _split(path: str, size: int, section: str, arrivals: Sequence[Arrival]) -> dict[str, list[Arrival]]:
    """Return which records go into a file that has a size, and which into files by year beside it."""
    sizes = [_size(arrival.draft) for arrival in arrivals]
    if size + sum(sizes) <= LARGEST:
        return {path: list(arrivals)}
    parts: dict[str, list[Arrival]] = defaultdict(list)
    filled: Counter[str] = Counter()
    for arrival, length in zip(arrivals, sizes, strict=True):
        body = arrival.draft.body
        when = body.get("date") or body.get("since") or body.get("published")
        year = str(when).lstrip("./")[:4] if when else "undated"
        number, part = 1, str(Path(path).with_name(f"{section}-{year}.yaml"))
        while filled[part] + length > LARGEST:
            number += 1
            part = str(Path(path).with_name(f"{section}-{year}-{number}.yaml"))
        filled[part] += length
        parts[part].append(arrival)
    return parts


def _size(draft: Draft) -> int:
    """Return about how many bytes a record takes in a file."""
    return sum(len(key) + len(str(value).encode()) + 8 for key, value in draft.body.items()) + 16


def _identity(section: str, key: str | None, body: Mapping[str, Data]) -> Hashable:
    """Return what a record is known by."""
    kind = OF_SECTION[section]
    if kind.keyed:
        return section, key
    if kind.name == "event":
        return section, body.get("id")
    if kind.name not in STATEMENTS:
        return section, body.get("actor"), body.get("relation"), body.get("to"), body.get("since")
    return section, *_track(body), body.get("date"), _sources(body), _listed(body.get("toward") or [])


_OF_STATEMENTS: Final = frozenset(section for section, kind in OF_SECTION.items() if kind.name in STATEMENTS)


def _id_on_track(section: str, body: Mapping[str, Data]) -> Hashable:
    return section, str(body["id"]), *_track(body)


def _track(body: Mapping[str, Data]) -> tuple[Hashable, Hashable]:
    """Return whose a statement is, and on what."""
    return _listed(body.get("actor")), str(body.get("proposal"))


def _listed(value: Data) -> frozenset[Data]:
    """Return what a key lists; one alone is a list of it."""
    return frozenset(value if isinstance(value, list) else [value])


def _sources(body: Mapping[str, Data]) -> frozenset[Data]:
    return frozenset(item.get("source") for item in _cited(body))


def _cited(body: Mapping[str, Data]) -> list[dict[str, Data]]:
    """Return the evidence of a statement."""
    evidence = body.get("evidence")
    return [item for item in evidence if isinstance(item, dict)] if isinstance(evidence, list) else []


def _only_pairs(
    records: Sequence[_Record], arrivals: Sequence[Arrival], is_meant: Callable[[_Record, Arrival], bool]
) -> list[tuple[_Record, Arrival]]:
    """Return what corrects which record, as far as by some rule no other can be meant on either side."""
    pairs = [(record, arrival) for record in records for arrival in arrivals if is_meant(record, arrival)]
    often = Counter(id(one) for pair in pairs for one in pair)
    return [pair for pair in pairs if {often[id(one)] for one in pair} == {1}]


def _have_one_id(record: _Record, arrival: Arrival) -> bool:
    key = arrival.draft.body.get("id")
    return key is not None and key == record.body.get("id")


def _rest_on_one_place(record: _Record, arrival: Arrival) -> bool:
    """Whether both rest on the same evidence, by the places in its sources."""
    return _places(record.body) == _places(arrival.draft.body)


def _are_alike(record: _Record, arrival: Arrival) -> bool:  # noqa: ARG001
    """They are: both are known by the same."""
    return True


def _places(body: Mapping[str, Data]) -> list[tuple[str, ...]]:
    return sorted(tuple(str(item.get(key)) for key in ("source", "lines", "page", "via")) for item in _cited(body))


def _may_correct(records: Sequence[_Record]) -> str:
    """Return why something is neither added nor corrects anything."""
    if len(records) == 1:
        return (
            f"it or another row may correct {_called(records[0])}; an id, or the page of its source, tells which does"
        )
    listed = several(map(_called, records))
    return f"it may correct any of {listed}; an id, or the page of its source, tells which"


def _called(record: _Record) -> str:
    section, name = record.place
    label = record.body.get("id") or (name if isinstance(name, str) else _label(record.body))
    return f"{OF_SECTION[section].name} {label}"


def _changes(record: _Record, arrival: Arrival) -> Iterator[Difference]:
    """Yield what comes in that a record of the model says otherwise, or not at all."""
    for key, new in arrival.draft.body.items():
        old = record.body.get(key)
        value = _evidence(old, new) if key == "evidence" else new
        if _plain(old) != _plain(value):
            yield Difference(_called(record), arrival.place, key, old, value)


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


def _bare(arrival: Arrival) -> Arrival:
    """Return an arrival without the keys that hold nothing: they say nothing."""
    body = {key: value for key, value in arrival.draft.body.items() if value not in (None, [], {})}
    return Arrival(arrival.draft._replace(body=body), arrival.place)


def _joined(*arrivals: Arrival) -> Arrival:
    """Return what was said of one thing, wherever: of two values of a key the later one."""
    body = {key: value for arrival in arrivals for key, value in arrival.draft.body.items()}
    return Arrival(arrivals[0].draft._replace(body=body), arrivals[0].place)
