"""Paths to a Model: the only reader of model files. Every problem is gathered before any is raised."""

import gc
import os
import re
from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final, NamedTuple, get_args

from pydantic import BaseModel, ValidationError

from actorgraph import rules
from actorgraph.errors import ModelError, Problem, Span, did_you_mean, in_order
from actorgraph.files import Stamp, digest, yaml_files
from actorgraph.model import (
    PROSE,
    Actor,
    Commitment,
    Condition,
    File,
    Header,
    Model,
    Place,
    Proposal,
    Relation,
    Source,
    Stance,
)
from actorgraph.yamlsrc import Data, Loc, Parsed, Places, decode, parse


class Loaded(NamedTuple):
    """What was found at a path: the model where it can be used, every problem, and the files as they were."""

    model: Model | None
    problems: tuple[Problem, ...]
    roots: tuple[str, ...]
    stamps: tuple[Stamp, ...]


def load_model(path: str | Path) -> Model:
    """Return the model at a path, a YAML file or a folder of them.

    Raises `ModelError` with every problem in it; warnings alone do not stop a model.
    """
    loaded = read_model(path)
    if loaded.model is None:
        raise ModelError(loaded.problems)
    return loaded.model


def read_model(path: str | Path) -> Loaded:
    """Read, validate and check the model at a path. Nothing is raised for what is wrong in it."""
    with _no_garbage_collection():
        reading = _Reading(str(path))
        reading.files()
        model = reading.model()
        problems = in_order(reading.problems)
        usable = all(problem.warning for problem in problems)
        return Loaded(model if usable else None, problems, tuple(reading.roots), tuple(reading.stamps))


@contextmanager
def _no_garbage_collection() -> Iterator[None]:
    """Loading makes many objects and no cycles: without the collector it takes half the time (measured)."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


class _Text(NamedTuple):
    path: str
    shown: str
    text: str
    parsed: Parsed
    valid: bool


_GOES_ON: Final = frozenset({"AG005", "AG019"})
"""Problems after which the rest of a file still means what it says."""

_KEYED: Final[Mapping[str, Any]] = {
    "actors": lambda key: Actor.model_construct(name=key, kind="state"),
    "proposals": lambda key: Proposal.model_construct(title=key),
    "conditions": lambda key: Condition.model_construct(title=key),
    "sources": lambda key: Source.model_construct(title=key, publisher=key, published="0001"),
}
"""The sections of named things, each with a stand-in for an entry that is defined but wrong."""


class _Reading:
    """One model on its way from paths to records."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.problems: list[Problem] = []
        self.roots: list[str] = []
        self.stamps: list[Stamp] = []
        self.texts: list[_Text] = []
        self.origins: dict[Place, tuple[_Text, str | int]] = {}
        self.finders: dict[str, Places] = {}

    # -- files ---------------------------------------------------------------------------------------------

    def files(self) -> None:
        """Read the model's own files, then those that it includes."""
        own = self.folder(self.path)
        headers = [one for one in own if "model" in one.parsed.data]
        for one in headers[1:]:
            self.note(one, "AG010", f"a second model header; the first is in {headers[0].shown}", ("model",))
        if own and not headers and all(one.valid for one in own):
            message = "no model header; one file needs `model: {id: …, title: …}`"
            self.problems.append(Problem("AG010", message, Span(own[0].shown)))
        for one in headers[:1]:
            for loc, target in _includes(one.parsed.data.get("model")):
                self.include(one, loc, target)

    def include(self, owner: _Text, loc: Loc, target: str) -> None:
        here = Path(self.path)
        start = (here if here.is_dir() else here.parent).resolve()
        base = Path(owner.path).resolve().parent
        place = (base / target).resolve()
        fence = _fence(start, is_folder=here.is_dir())
        if not place.is_relative_to(fence):
            message = f"the include '{target}' climbs out of {_shown(str(fence))}, the folder that it must stay in"
            self.note(owner, "AG009", message, loc)
        elif not place.exists():
            near = did_you_mean(place.name, _names_in(place.parent))
            self.note(owner, "AG008", f"the include '{target}' does not exist{near}", loc)
        else:
            for one in self.folder(str(place), fence):
                if "model" in one.parsed.data:
                    message = f"an included file has a model header; the model is {_shown(self.path)}"
                    self.note(one, "AG010", message, ("model",))

    def folder(self, path: str, fence: Path | None = None) -> list[_Text]:
        """Read the YAML files at a path; with a fence, none that a link leads out of it."""
        self.roots.append(os.path.abspath(path))
        try:
            names = yaml_files(path)
        except OSError as error:
            self.problems.append(Problem("AG001", f"cannot read it: {error.strerror}", Span(_shown(path))))
            return []
        if not names:
            message = "the folder holds no YAML file (*.yaml, *.yml)"
            self.problems.append(Problem("AG010", message, Span(_shown(path))))
        found = []
        for name in names:
            if fence and not Path(name).resolve().is_relative_to(fence):
                message = f"the file is a link that leads out of {_shown(str(fence))}"
                self.problems.append(Problem("AG009", message, Span(_shown(name))))
            elif one := self.file(name):
                found.append(one)
        self.texts.extend(found)
        return found

    def file(self, name: str) -> _Text | None:
        shown = _shown(name)
        try:
            with open(name, "rb") as stream:  # noqa: PTH123 - the descriptor's own stat is wanted too
                stat = os.fstat(stream.fileno())
                raw = stream.read()
        except OSError as error:
            self.problems.append(Problem("AG001", f"cannot read it: {error.strerror}", Span(shown)))
            return None
        full = os.path.abspath(name)
        self.stamps.append(Stamp(full, len(raw), stat.st_mtime_ns, stat.st_ctime_ns, digest(raw)))
        text = decode(raw, shown)
        if isinstance(text, Problem):
            self.problems.append(text)
            return _Text(full, shown, "", Parsed({}, {}, [text]), valid=False)
        parsed = parse(text, shown, prose=PROSE)
        self.problems.extend(parsed.problems)
        valid = all(problem.code in _GOES_ON for problem in parsed.problems)
        return _Text(full, shown, text, parsed, valid)

    # -- records -------------------------------------------------------------------------------------------

    def model(self) -> Model | None:
        """Validate every file, put the records together, and check them against one another."""
        header: Header | None = None
        sections: dict[str, dict[str, Any]] = {name: {} for name in _KEYED}
        lists: dict[str, list[Any]] = {name: [] for name in ("relations", "stances", "commitments", "events")}
        for one in self.texts:
            if not one.valid:
                continue
            file, indices = self.validate(one)
            header = header or file.model
            for section, things in sections.items():
                for key, thing in getattr(file, section).items():
                    self.define(one, section, key)
                    things.setdefault(key, thing)
            for section, records in lists.items():
                for local, record in zip(indices[section], getattr(file, section), strict=True):
                    self.origins[section, len(records)] = (one, local)
                    records.append(record)
        if header is None or not all(one.valid for one in self.texts):
            return None
        self.name_records(lists)
        places = {place: self.span(place) for place in self.origins}
        model = Model(
            header,
            **sections,
            **{name: tuple(records) for name, records in lists.items()},
            places=places,
        )
        for finding in rules.findings(model):
            one, at = self.origins[finding.place]
            self.note(one, finding.code, finding.message, (finding.place[0], at, *finding.loc))
        return model

    def validate(self, one: _Text) -> tuple[File, dict[str, list[int]]]:
        """Return the file's valid records, and for each list the index at which each of them stood."""
        data = {key: value for key, value in one.parsed.data.items() if value is not None}
        indices = {key: list(range(len(value))) for key, value in data.items() if isinstance(value, list)}
        try:
            file = File.model_validate(data)
        except ValidationError as error:
            wrong = error.errors(include_url=False)
            self.explain(one, wrong)
            broken = {each["loc"][:2] for each in wrong}
            file = File.model_validate(_without(data, broken, indices))
            if one.parsed.data.get("model") is not None and file.model is None:
                file = file.model_copy(update={"model": Header.model_construct(id="", title="")})
            for section, stand_in in _KEYED.items():
                entries = {at[1]: stand_in(at[1]) for at in broken if at[0] == section and len(at) == 2}
                getattr(file, section).update(entries)
        return file, {name: indices.get(name, []) for name in File.model_fields}

    def explain(self, one: _Text, wrong: list[Any]) -> None:
        for error in wrong:
            if error["type"] == "too_short" and error["input"]:
                continue  # pydantic counts only the valid ones; what is wrong with the others is said already
            code, message = _explain(error)
            loc = tuple(part for part in error["loc"] if part != "[key]")
            at_key = error["type"] == "extra_forbidden" or "[key]" in error["loc"]
            self.note(one, code, message, loc, key=at_key)

    def define(self, one: _Text, section: str, key: str) -> None:
        """Note where a named thing is defined, and where it is defined again."""
        if (section, key) in self.origins:
            message = f"'{key}' is defined twice; first at {self.span((section, key))}"
            self.note(one, "AG017", message, (section, key))
        else:
            self.origins[section, key] = (one, key)

    def name_records(self, lists: dict[str, list[Any]]) -> None:
        """Give every record that has none the id actor.proposal.date, made unique by -2, -3 in file order."""
        taken: dict[str, Place] = {}
        for place, record in _each(lists):
            if record.id in taken:
                one, at = self.origins[place]
                message = f"'{record.id}' is defined twice; first at {self.span(taken[record.id])}"
                self.note(one, "AG017", message, (place[0], at, "id"))
            elif record.id:
                taken[record.id] = place
        for place, record in _each(lists):
            if not record.id:
                name = _default_id(record)
                unique = name
                number = 1
                while unique in taken:
                    number += 1
                    unique = f"{name}-{number}"
                taken[unique] = place
                lists[place[0]][place[1]] = record.model_copy(update={"id": unique})

    def span(self, place: Place) -> Span:
        one, at = self.origins[place]
        return one.parsed.places[place[0], at]

    def note(self, one: _Text, code: str, message: str, loc: Loc, *, key: bool = False) -> None:
        if one.path not in self.finders:
            self.finders[one.path] = Places(one.text, one.shown)
        self.problems.append(Problem(code, message, self.finders[one.path].find(loc, key=key)))


def _each(lists: Mapping[str, list[Any]]) -> Iterator[tuple[tuple[str, int], Any]]:
    for section in ("stances", "commitments", "relations", "events"):
        for index, record in enumerate(tuple(lists[section])):
            yield (section, index), record


def _without(
    data: Mapping[str, Data], broken: AbstractSet[Loc], indices: dict[str, list[int]]
) -> dict[str, Data]:
    """Return the data without the entries that are broken, and take their indices out too."""
    rest: dict[str, Data] = {}
    for section, value in data.items():
        if (section,) in broken or section not in File.model_fields:
            continue
        if isinstance(value, list):
            indices[section] = [at for at in indices[section] if (section, at) not in broken]
            rest[section] = [value[at] for at in indices[section]]
        elif section == "model" and any(at[0] == "model" for at in broken):
            continue
        elif isinstance(value, dict) and section != "model":
            rest[section] = {key: item for key, item in value.items() if (section, key) not in broken}
        else:
            rest[section] = value
    return rest


def _default_id(record: Stance | Commitment | Relation) -> str:
    if isinstance(record, Relation):
        return f"{record.actor}.{record.relation}.{record.to}"
    return f"{record.actor}.{record.proposal}.{record.date}"


# -- paths -------------------------------------------------------------------------------------------------


def _shown(path: str) -> str:
    """Return a path as a reader would type it: relative where it lies below the current folder."""
    full = os.path.abspath(path)
    here = os.getcwd()  # noqa: PTH109
    return os.path.relpath(full, here) if full.startswith(here + os.sep) else path


def _fence(start: Path, *, is_folder: bool) -> Path:
    """Return the folder that includes may not leave: the one that holds graphs/, or the model's parent."""
    for folder in (start, *start.parents):
        if folder.name == "graphs":
            return folder.parent
    return start.parent if is_folder else start


def _names_in(folder: Path) -> list[str]:
    try:
        return [each.name for each in folder.iterdir()]
    except OSError:
        return []


def _includes(header: Data) -> Iterator[tuple[Loc, str]]:
    targets = header.get("include") if isinstance(header, dict) else None
    for number, target in enumerate(targets if isinstance(targets, list) else ()):
        if isinstance(target, str):
            yield ("model", "include", number), target


# -- words for pydantic's errors ----------------------------------------------------------------------------


def _explain(error: Mapping[str, Any]) -> tuple[str, str]:
    """Return our code and message for one of pydantic's errors."""
    kind, loc, value = error["type"], error["loc"], error["input"]
    name = next((str(part) for part in reversed(loc) if isinstance(part, str) and part != "[key]"), "file")
    if kind == "missing":
        return ("AG018", _NO_EVIDENCE) if name == "evidence" else ("AG013", f"'{name}' is missing")
    if kind == "too_short":
        return "AG018", _NO_EVIDENCE
    if value is None or kind == "string_too_short":
        return "AG013", f"'{name}' is empty; give it a value or leave the key out"
    if kind == "extra_forbidden":
        known = _known_keys(loc[:-1])
        hint = did_you_mean(name, known) or f"; known here: {', '.join(known)}"
        return "AG011", f"unknown key '{name}'{hint}"
    if kind == "literal_error":
        allowed = re.findall(r"'([^']*)'", error["ctx"]["expected"])
        hint = did_you_mean(str(value), allowed) or f"; it is one of {', '.join(allowed)}"
        return "AG014", f"{name} '{value}' is not known{hint}"
    if kind == "value_error":
        return "AG015", f"'{value}' is not a date: {error['ctx']['error']}"
    if kind == "string_pattern_mismatch":
        return _mismatch(name, str(value), str(error["ctx"]["pattern"]))
    if name == "credibility":
        return "AG014", f"credibility '{value}' is not a whole number from 1 (confirmed) to 6 (cannot be judged)"
    expected = _SHAPES.get(kind, error["msg"])
    return "AG014", f"'{name}' should be {expected}, but is {_shape(value)}"


_NO_EVIDENCE: Final = "no evidence; name a source, as in `evidence: [{source: …, lines: 12-13}]`"

_SHAPES: Final = {
    "tuple_type": "a list, such as [one, two]",
    "dict_type": "a mapping from id to entry",
    "model_type": "a mapping of keys and values",
    "model_attributes_type": "a mapping of keys and values",
    "string_type": "a text",
}


def _shape(value: Data) -> str:
    return f"the text '{value}'" if isinstance(value, str) else "a list" if isinstance(value, list) else "a mapping"


def _mismatch(name: str, value: str, pattern: str) -> tuple[str, str]:
    if pattern.startswith("^[a-z0-9]+("):
        slug = "-".join(re.findall(r"[a-z0-9]+", value.lower()))
        hint = f" (did you mean '{slug}'?)" if slug else ""
        return "AG016", f"'{value}' is not an id: lower-case letters and digits, joined by '-'{hint}"
    wanted = {
        "lines": "line numbers such as 12, 12-13 or '12-13, 20'",
        "country": "two capital letters (ISO 3166), such as IT",
        "sha256": "64 hexadecimal digits",
    }
    return "AG014", f"{name} '{value}' is not {wanted[name]}"


def _known_keys(loc: Loc) -> tuple[str, ...]:
    """Return the keys that a record at `loc` may have."""
    kind: type[BaseModel] = File
    for depth, part in enumerate(loc):
        if isinstance(part, str) and not (depth == 1 and loc[0] != "model"):
            by_key = {str(field.alias): field.annotation for field in kind.model_fields.values()}
            kind = _model_in(by_key[part]) or kind
    return tuple(str(field.alias) for field in kind.model_fields.values())


def _model_in(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next(filter(None, map(_model_in, get_args(annotation))), None)
