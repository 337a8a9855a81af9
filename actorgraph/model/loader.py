"""Paths to a Model: the only reader of model files. Every problem is gathered before any is raised."""

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from itertools import chain, count
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from pydantic import ValidationError

from actorgraph.errors import ModelError, Problem, Span, did_you_mean, in_order, quoted
from actorgraph.gc_pause import no_garbage_collection
from actorgraph.model import rules
from actorgraph.model.files import Disk, Files
from actorgraph.model.kinds import OF_SECTION
from actorgraph.model.messages import AT_KEY, explain
from actorgraph.model.paths import Stamp, journal_of
from actorgraph.model.reader import Data, Loc, Parsed, Places, decode, parse
from actorgraph.model.records import (
    PROSE,
    Actor,
    Condition,
    File,
    Header,
    Model,
    Place,
    Proposal,
    Source,
)

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails


Also = Callable[[Model, bool], Iterable[rules.Finding]]
"""More rules over a whole model; the second argument says whether all of it could be read."""


class Loaded(NamedTuple):
    """What was found at a path: the model where it can be used, every problem, and the files as they were.

    `roots` are the places whose files were read, or would have been had they existed: each as it was reached, maybe
    by links, and as it was listed.
    """

    model: Model | None
    problems: tuple[Problem, ...]
    roots: tuple[tuple[str, str], ...]
    stamps: tuple[Stamp, ...]


def load_model(path: str | Path) -> Model:
    """Return the model at a path, a YAML file or a folder of them.

    Raises `ModelError` with every problem in it; warnings alone do not stop a model.

    >>> model = load_model("examples/minimal.yaml")
    >>> model.header.id, len(model.stances), str(model.places["actors", "olsen"])
    ('minimal', 4, 'examples/minimal.yaml:10:3')
    """
    loaded = read_model(path)
    if loaded.model is None:
        raise ModelError(loaded.problems)
    return loaded.model


class Alone(NamedTuple):
    """A file read for itself: what it holds, and what is wrong with it whatever the rest of its model says."""

    path: str
    shown: str
    raw: bytes
    text: str
    data: dict[str, Data]
    problems: tuple[Problem, ...]


def read_file(path: str | Path) -> Alone:
    """Read and validate one file, not its references. Raises OSError where it cannot be read.

    >>> read_file("examples/minimal.yaml").data["model"]
    {'id': 'minimal', 'title': 'The new harbour'}
    """
    return read_bytes(Disk().read(str(path)).raw, str(path))


def read_bytes(raw: bytes, path: str) -> Alone:
    """Validate what a file at a path holds, or would hold."""
    reading = _Reading(path, Disk())
    one = reading.text(path, raw)
    reading.validate(one)
    return Alone(path, one.shown, raw, one.text, one.parsed.data, in_order(reading.problems))


def read_model(path: str | Path, *, files: Files | None = None, also: Also | None = None) -> Loaded:
    """Read, validate and check the model at a path. Nothing is raised for what is wrong in it.

    `files` are where it lies, the disk where nothing else is said. `also` has more rules than every load needs.
    """
    with no_garbage_collection():
        reading = _Reading(str(path), files or Disk(), also)
        reading.read_files()
        model = reading.model()
        problems = in_order(reading.problems)
        usable = all(problem.warning for problem in problems)
        return Loaded(model if usable else None, problems, tuple(reading.roots), tuple(reading.stamps))


class _Text(NamedTuple):
    path: str
    shown: str
    text: str
    parsed: Parsed


_KEYED: Final[Mapping[str, Any]] = {
    "actors": lambda key: Actor.model_construct(name=key, kind="state"),
    "proposals": lambda key: Proposal.model_construct(title=key),
    "conditions": lambda key: Condition.model_construct(title=key),
    "sources": lambda key: Source.model_construct(title=key, publisher=key, published=""),
}
"""The sections of named things, each with a stand-in for an entry that is defined but wrong."""

_LISTED: Final = tuple(
    section for section in File.model_fields if section in OF_SECTION and not OF_SECTION[section].keyed
)


class _Reading:
    """One model on its way from paths to records.

    `whole` turns false where definitions may have been lost: no reference is then called unknown.
    """

    def __init__(self, path: str, files: Files, also: Also | None = None) -> None:
        self.path = path
        self.files = files
        self.also = also
        self.problems: list[Problem] = []
        self.whole = True
        self.roots: list[tuple[str, str]] = []
        self.stamps: list[Stamp] = []
        self.texts: list[_Text] = []
        self.read_as: dict[str, str] = {}
        self.named: dict[Place, _Text] = {}
        self.listed: dict[str, list[tuple[_Text, int]]] = {name: [] for name in _LISTED}
        self.finders: dict[str, Places] = {}

    # -- files ---------------------------------------------------------------------------------------------

    def read_files(self) -> None:
        """Read the model's own files, then those that it includes."""
        journal = journal_of(self.path)
        if self.is_there(journal):
            self.lose(
                journal, "AG025", "a renaming was cut short; any `actorgraph rename` of the model settles it first"
            )
        own = self.read(self.inside(self.names_in(self.path)))
        headers = [one for one in own if one.parsed.data.get("model") is not None]
        for one in headers[1:]:
            self.second_header(one, f"a second model header; the first is in {headers[0].shown}")
        if own and not headers and all(one.parsed.ended for one in own):
            self.lose(own[0].path, "AG010", "no model header; one file needs `model: {id: …, title: …}`")
        for one in headers[:1]:
            for loc, target in _includes(one.parsed.data["model"]):
                self.include(one, loc, target)

    def include(self, owner: _Text, loc: Loc, target: str) -> None:
        """Read what a header includes, or note why it may not be."""
        place = self.target(owner.path, target)
        reached = os.path.join(os.path.dirname(self.files.real(owner.path)), target)
        if not isinstance(place, str):
            self.whole = False
            self.note(owner, *place, loc)
            if place[0] == "AG008" and "\0" not in reached:
                self.roots.append((reached, os.path.abspath(reached)))  # whoever watches may see it come
            return
        real = self.inside(self.names_in(place, reached))
        again = [self.read_as[each] for each in real.values() if each in self.read_as]
        if again:
            message = f"the include {quoted(target)} brings in {again[0]}, which the model holds already"
            self.note(owner, "AG022", message, loc)
        for one in self.read(name for name in real if real[name] not in self.read_as):
            if "model" in one.parsed.data:
                self.second_header(
                    one, f"an included file has a model header; the model is {self.files.shown(self.path)}"
                )

    def is_there(self, path: str) -> bool:
        try:
            return self.files.exists(path)
        except (OSError, ValueError):
            return False

    def inside(self, names: Iterable[str]) -> dict[str, str]:
        """Return the real paths of files by their names, without those that a link leads out of the fence."""
        fence = self.files.fence(self.path)
        real = {name: self.files.real(name) for name in names}
        for name in [name for name in real if not Path(real[name]).is_relative_to(fence)]:
            self.lose(name, "AG009", f"a link that leads out of {self.files.shown(fence)}")
            del real[name]
        return real

    def second_header(self, one: _Text, message: str) -> None:
        self.whole = False  # what it includes is not read
        self.note(one, "AG010", message, ("model",))

    def names_in(self, path: str, reached: str | None = None) -> tuple[str, ...]:
        """Return the YAML files at a path, noting how it was reached."""
        listed = os.path.abspath(path)
        self.roots.append((reached or listed, listed))
        try:
            names = self.files.yaml_files(path)
        except OSError as error:
            self.lose(error.filename or path, "AG001", f"cannot read it: {error.strerror}")
            return ()
        if not names:
            self.lose(path, "AG010", "the folder holds no YAML file (*.yaml, *.yml)")
        return names

    def read(self, names: Iterable[str]) -> list[_Text]:
        """Read files, each once: what a second name leads to is not read again."""
        found = []
        for name in names:
            label = self.files.shown(name)
            first = self.read_as.setdefault(self.files.real(name), label)
            if first != label:
                self.problems.append(Problem("AG022", f"the same file as {first}; take one away", Span(label)))
            elif one := self.file(name):
                found.append(one)
        self.texts.extend(found)
        return found

    def file(self, name: str) -> _Text | None:
        try:
            content = self.files.read(name)
        except OSError as error:
            self.lose(name, "AG001", f"cannot read it: {error.strerror}")
            return None
        if content.stamp:
            self.stamps.append(content.stamp)
        return self.text(name, content.raw)

    def text(self, name: str, raw: bytes) -> _Text:
        path, label = os.path.abspath(name), self.files.shown(name)
        text = decode(raw, label)
        if isinstance(text, Problem):
            one = _Text(path, label, "", Parsed({}, {}, [text], ended=False))
        else:
            one = _Text(path, label, text, parse(text, label, prose=PROSE))
        self.problems.extend(one.parsed.problems)
        self.whole = self.whole and not any(problem.category == "text" for problem in one.parsed.problems)
        return one

    def target(self, owner: str, target: str) -> str | tuple[str, str]:
        """Return where an include leads, or the code and message where it may not."""
        include = f"the include {quoted(target)}"
        if os.path.isabs(target):
            return "AG009", f"{include} is an absolute path; name it from this file's folder"
        try:
            place = self.files.real(os.path.join(os.path.dirname(self.files.real(owner)), target))
            exists = self.files.exists(place)
        except (OSError, ValueError) as error:  # too long, a NUL
            return "AG008", f"{include} is no path: {getattr(error, 'strerror', None) or error}"
        fence = self.files.fence(self.path)
        if not Path(place).is_relative_to(fence):
            return "AG009", f"{include} climbs out of {self.files.shown(fence)}, the folder that it must stay in"
        if not exists:
            near = did_you_mean(os.path.basename(place), self.files.names_in(os.path.dirname(place)))
            return "AG008", f"{include} does not exist{near}"
        return place

    # -- records -------------------------------------------------------------------------------------------

    def model(self) -> Model:
        """Validate every file, put the records together, and check them against one another."""
        headers: list[Header] = []
        sections: dict[str, dict[str, Any]] = {name: {} for name in _KEYED}
        lists: dict[str, list[Any]] = {name: [] for name in _LISTED}
        for one in self.texts:
            file, broken = self.validate(one)
            headers.extend([file.model] if file.model else [])
            for section, things in sections.items():
                for key, thing in getattr(file, section).items():
                    self.define(one, section, key)
                    things.setdefault(key, thing)
            for section, records in lists.items():
                numbers = (number for number in count() if (section, number) not in broken)
                for record, number in zip(getattr(file, section), numbers, strict=False):
                    self.listed[section].append((one, number))
                    records.append(record)
        self.name_records(lists)
        header = headers[0] if headers else Header.model_construct(id="", title="")
        parts: dict[str, Any] = {**sections, **{name: tuple(records) for name, records in lists.items()}}
        places = {
            (name, record.id): one.parsed.places[name, number]
            for name, records in lists.items()
            for record, (one, number) in zip(records, self.listed[name], strict=True)
        } | {place: self.span(place) for place in self.named}
        model = Model(header, **parts, places=places)
        self.check(model)
        return model

    def check(self, model: Model) -> None:
        """Note every broken rule, save those that may seem broken only because not all could be read."""
        unsure = [] if self.whole else [rules.known_references]
        if self.problems:
            unsure.append(rules.sources_are_cited)
        more = self.also(model, not self.problems) if self.also else ()
        for finding in chain(rules.findings(model, without=unsure), more):
            one, at = self.origin(finding.place)
            self.note(one, finding.code, finding.message, (finding.place[0], at, *finding.loc))

    def validate(self, one: _Text) -> tuple[File, AbstractSet[Loc]]:
        """Return a file's sound records, and the ways to its sections and records that are not."""
        if not one.parsed.ended:
            return File(), frozenset()
        known = File.model_fields
        data = {key: value for key, value in one.parsed.data.items() if value is not None or key not in known}
        try:
            return File.model_validate(data), frozenset()
        except ValidationError as error:
            wrong = error.errors(include_url=False)
        self.explain(one, wrong)
        broken = {each["loc"][:2] for each in wrong}
        file = File.model_validate(_sound(data, broken))
        for section, stand_in in _KEYED.items():
            named = getattr(file, section)
            named.update({at[1]: stand_in(at[1]) for at in broken if at[0] == section and len(at) == 2})
        return file, broken

    def explain(self, one: _Text, wrong: Iterable["ErrorDetails"]) -> None:
        refused = {problem.span for problem in one.parsed.problems}  # an alias, for one, was read as nothing
        for error in wrong:
            kind, loc = error["type"], error["loc"]
            if kind == "too_short" and error["input"]:
                continue  # pydantic counts only the valid ones; what is wrong with the others is said already
            bad_key = loc[-1] == AT_KEY and kind != "extra_forbidden"
            if len(loc) == 1 or loc[0] == "model" or bad_key:
                self.whole = False
            span = self.find(one, loc[:-1] if bad_key else loc, key=bad_key or kind == "extra_forbidden")
            if span not in refused:
                self.problems.append(Problem(*explain(error), span))

    def define(self, one: _Text, section: str, key: str) -> None:
        """Note where a named thing is defined, and where it is defined again."""
        if (section, key) in self.named:
            message = f"{quoted(key)} is defined twice; first at {self.span((section, key))}"
            self.note(one, "AG017", message, (section, key))
        else:
            self.named[section, key] = one

    def name_records(self, lists: dict[str, list[Any]]) -> None:
        """Give every record that has none the id actor.proposal.date, made unique by -2, -3 in file order."""
        taken: dict[str, Place] = {}
        for place, record in _each(lists):
            if record.id in taken:
                one, at = self.origin(place)
                message = f"{quoted(record.id)} is defined twice; first at {self.span(taken[record.id])}"
                self.note(one, "AG017", message, (place[0], at, "id"))
            elif record.id:
                taken[record.id] = place
        last: dict[str, int] = {}
        for place, record in _each(lists):
            if not record.id:
                name = unique = ".".join(getattr(record, part) for part in OF_SECTION[place[0]].made_of)
                number = last.get(name, 1)
                while unique in taken:
                    number += 1
                    unique = f"{name}-{number}"
                last[name] = number
                taken[unique] = place
                object.__setattr__(record, "id", unique)  # nobody else has it yet, and a copy takes long

    # -- problems ------------------------------------------------------------------------------------------

    def origin(self, place: Place) -> tuple[_Text, str | int]:
        """Return the file that a named thing, or a record by its index in the model, stands in, and its key there."""
        section, key = place
        return self.listed[section][key] if isinstance(key, int) else (self.named[place], key)

    def span(self, place: Place) -> Span:
        one, at = self.origin(place)
        return one.parsed.places[place[0], at]

    def find(self, one: _Text, loc: Loc, *, key: bool = False) -> Span:
        """Return where the value at `loc` stands in a file, or its key."""
        if one.path not in self.finders:
            self.finders[one.path] = Places(one.text, one.shown)
        return self.finders[one.path].find(loc, key=key)

    def note(self, one: _Text, code: str, message: str, loc: Loc) -> None:
        """Note a problem with the value at `loc` in a file."""
        self.problems.append(Problem(code, message, self.find(one, loc)))

    def lose(self, path: str, code: str, message: str) -> None:
        """Note a problem with a whole file or folder, whose definitions are lost."""
        self.whole = False
        self.problems.append(Problem(code, message, Span(self.files.shown(path))))


def _each(lists: Mapping[str, list[Any]]) -> Iterator[tuple[tuple[str, int], Any]]:
    for section in _LISTED:
        for index, record in enumerate(lists[section]):
            yield (section, index), record


def _sound(data: Mapping[str, Data], broken: AbstractSet[Loc]) -> dict[str, Data]:
    """Return the data without the sections, entries and records that are broken."""
    rest = {section: value for section, value in data.items() if (section,) not in broken}
    for section, value in rest.items():
        if isinstance(value, list):
            rest[section] = [item for number, item in enumerate(value) if (section, number) not in broken]
        elif isinstance(value, dict) and section != "model":
            rest[section] = {key: item for key, item in value.items() if (section, key) not in broken}
    if any(at[0] == "model" for at in broken):
        rest.pop("model", None)
    return rest


def _includes(header: Data) -> Iterator[tuple[Loc, str]]:
    targets = header.get("include") if isinstance(header, dict) else None
    for number, target in enumerate(targets if isinstance(targets, list) else ()):
        if isinstance(target, str) and target.strip():
            yield ("model", "include", number), target.strip()
