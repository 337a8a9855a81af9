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
from actorgraph.curate.changeset import BOM, difference, files_of
from actorgraph.curate.locate import records_in
from actorgraph.curate.revise import revised
from actorgraph.curate.schema import Ids, ids_of
from actorgraph.errors import UsageProblem, errors_among
from actorgraph.exchange.importing.incoming import Arrival, Aside, Skipped
from actorgraph.exchange.importing.matching import (
    Difference,
    FileRecord,
    called,
    cited_by,
    corrections,
    differences,
    id_on_track,
    identity_of,
    may_correct,
    without_known,
)
from actorgraph.model.files import Disk
from actorgraph.model.kinds import OF_SECTION, STATEMENT_SECTIONS
from actorgraph.model.paths import shown
from actorgraph.model.reader import parse
from actorgraph.questions.check import check, new_problems
from actorgraph.replacing import Replacement, replace_all

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
    from datetime import date

    from actorgraph.curate.draft import Draft
    from actorgraph.errors import Problem
    from actorgraph.exchange.importing.incoming import Origin
    from actorgraph.model.loader import Loaded
    from actorgraph.model.model import Place
    from actorgraph.model.reader import Data

LARGEST: Final = 20 * 1024 * 1024
"""How many bytes a file of a model has at most that we write; what is more goes into files by year."""
_OWN_FILES: Final = 20
"""Up to how many new sources get a file each, where the others have one."""


class Merge(NamedTuple):
    """What the files of a model would be.

    `added` counts by section what is new, `corrected` what differs, `same` what is in the model already. `unsaid` are
    statements that nothing which comes in says any more, though it cites their sources, and says others of the model
    again: of a sheet that was taken in before, rows that are gone. `problems` are those that the model has not got
    without it; `asides` are the files beside the model that are not there yet. `ids` are those of the model as it would
    be, by kind, each with its name. `places` says by file, section and id or number (from 0) where in what comes in a
    record stood that is new or corrected.
    """

    model: str
    replacements: tuple[Replacement, ...]
    asides: tuple[Replacement, ...]
    added: Mapping[str, int]
    corrected: Mapping[str, int]
    same: Mapping[str, int]
    changes: tuple[Difference, ...]
    skipped: tuple[Skipped, ...]
    unsaid: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()
    ids: Ids = MappingProxyType({})
    places: Mapping[tuple[str, str, str | int], Origin] = MappingProxyType({})

    @property
    def refused(self) -> bool:
        """Whether the model could not be used with it."""
        return bool(errors_among(self.problems))

    def diff(self, most: int | None) -> Iterator[str]:
        """Yield the change as a unified diff, at most so many lines of each file, and how many more there are."""
        for replacement in self.replacements:
            lines = difference(replacement)
            yield from lines[:most]
            if most is not None and len(lines) > most:
                yield f"… {len(lines) - most:,} more lines of {shown(replacement.path)}; --all shows them"

    def write(self) -> None:
        """Write all files or none. Raises OSError, also where one is no longer as it was."""
        wanted = (*self.replacements, *self.asides)
        with new_folders(change.path for change in wanted):
            replace_all(wanted)


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
    drafts, asides, skipped = _sorted_out(incoming, files)
    compared = files.compared(drafts)
    files.records.clear()  # to write a large model needs the room
    del drafts
    added = Counter(arrival.draft.section for arrival in compared.new)
    corrected = Counter(section for _, (section, _) in {(record.file, record.place) for record, _ in compared.changes})
    texts = files.with_changes(compared.changes, compared.new)
    wanted = tuple(Replacement(path, files.raw.get(path), text.encode()) for path, text in sorted(texts.items()))
    changed = tuple(change for _, change in compared.changes)
    return Merge(
        model=files.model,
        replacements=wanted,
        asides=_new_beside(asides),
        added=added,
        corrected=corrected,
        same=compared.same,
        changes=changed,
        skipped=(*skipped, *compared.unclear),
        unsaid=tuple(map(called, compared.unsaid)),
        places=files.places,
    )


def _sorted_out(
    incoming: Iterable[Arrival | Aside | Skipped], files: _Files
) -> tuple[dict[Hashable, list[Arrival]], list[Aside], list[Skipped]]:
    """Return what comes in by what it is known by, each once, the files beside the model, and what is left out."""
    drafts: dict[Hashable, list[Arrival]] = defaultdict(list)
    asides: list[Aside] = []
    skipped: list[Skipped] = []
    for item in incoming:
        if isinstance(item, Skipped):
            skipped.append(item)
            continue
        if isinstance(item, Aside):
            asides.append(item)
            continue
        arrival = _bare(item)
        key = files.identity(arrival.draft)
        if OF_SECTION[arrival.draft.section].keyed:
            drafts[key] = [_joined(*drafts[key], arrival)]
            continue
        twin = next((known for known in drafts[key] if known.draft.body == arrival.draft.body), None)
        if twin is None:
            drafts[key].append(arrival)
        else:
            skipped.append(Skipped(arrival.place, f"it says the same as {twin.place}"))
    return drafts, asides, skipped


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


class _Compared(NamedTuple):
    """How what comes in compares with what the files of a model have.

    `same` counts by section what says what a record says. Unclear is what may correct several records, or of several
    the one that may correct a record. `unsaid` are those of `Merge`.
    """

    new: list[Arrival]
    changes: list[tuple[FileRecord, Difference]]
    same: Counter[str]
    unclear: list[Skipped]
    unsaid: list[FileRecord]


class _Files:
    """The files of a model, with every record in them by what it is known by."""

    def __init__(self, loaded: Loaded) -> None:
        self.loaded = loaded
        self.model = loaded.roots[0][0]
        self.raw: dict[str, bytes] = {}
        self.text: dict[str, str] = {}
        self.records: dict[Hashable, list[FileRecord]] = defaultdict(list)
        self._by_id: dict[Hashable, Hashable] = {}
        """What statements with ids of their own are known by."""
        self.counts: Counter[tuple[str, str]] = Counter()
        """How many records each section of a file has."""
        self.places: dict[tuple[str, str, str | int], Origin] = {}
        """Where in what comes in a record stood that is new or corrected."""
        for path, text in files_of(loaded).items():
            self.raw[path] = text.encode()
            self._read(path, text.removeprefix(BOM))

    def _read(self, path: str, text: str) -> None:
        self.text[path] = text
        data = parse(text, path).data
        for section in filter(OF_SECTION.__contains__, data):
            records = records_in(data, section)
            self.counts[path, section] = len(records)
            for key, body in records:
                if isinstance(body, dict):
                    identity = identity_of(section, key if isinstance(key, str) else None, body)
                    self.records[identity].append(FileRecord(path, (section, key), body))
                    if section in STATEMENT_SECTIONS and "id" in body:
                        self._by_id[id_on_track(section, body)] = identity

    def identity(self, draft: Draft) -> Hashable:
        """Return what comes in is known by: a statement by its id, where one of its actors on its proposal has it."""
        own = identity_of(draft.section, draft.key, draft.body)
        if draft.section in STATEMENT_SECTIONS and "id" in draft.body:
            return self._by_id.get(id_on_track(draft.section, draft.body), own)
        return own

    def compared(self, drafts: Mapping[Hashable, Sequence[Arrival]]) -> _Compared:
        """Return how what comes in compares with the records of the model."""
        compared = _Compared([], [], Counter(), [], [])
        for identity, arrivals in drafts.items():
            left = list(self.records.get(identity, ()))
            others = without_known(left, arrivals)
            compared.same[arrivals[0].draft.section] += len(arrivals) - len(others)
            for record, arrival in corrections(left, others):
                compared.changes.extend((record, change) for change in differences(record, arrival))
            if left and others:
                compared.unclear.extend(Skipped(arrival.place, may_correct(left)) for arrival in others)
                continue
            compared.new.extend(others)
            compared.unsaid.extend(record for record in left if record.place[0] in STATEMENT_SECTIONS)
        said_again = {*+compared.same, *(record.place[0] for record, _ in compared.changes)}
        if not said_again & STATEMENT_SECTIONS:
            compared.unsaid.clear()
            return compared
        cited = {
            source for arrivals in drafts.values() for arrival in arrivals for source in cited_by(arrival.draft.body)
        }
        for identity, records in self.records.items():
            if (
                identity not in drafts
                and records[0].place[0] in STATEMENT_SECTIONS
                and cited_by(records[0].body) <= cited
            ):
                compared.unsaid.extend(records)
        return compared

    def with_changes(self, changes: Sequence[tuple[FileRecord, Difference]], new: Sequence[Arrival]) -> dict[str, str]:
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


def _bare(arrival: Arrival) -> Arrival:
    """Return an arrival without the keys that hold nothing: they say nothing."""
    body = {key: value for key, value in arrival.draft.body.items() if value not in (None, [], {})}
    return Arrival(arrival.draft._replace(body=body), arrival.place)


def _joined(*arrivals: Arrival) -> Arrival:
    """Return what was said of one thing, wherever: of two values of a key the later one."""
    body = {key: value for arrival in arrivals for key, value in arrival.draft.body.items()}
    return Arrival(arrivals[0].draft._replace(body=body), arrivals[0].place)
