"""Paths to a Model: the only reader of model files. Every problem is gathered before any is raised."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from itertools import chain, count
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from pydantic import ValidationError

from actorgraph.dates import in_id
from actorgraph.errors import ModelError, Problem, Span, errors_among, in_order, quoted
from actorgraph.gc_pause import no_garbage_collection
from actorgraph.model import rules
from actorgraph.model.files import Disk, Files
from actorgraph.model.joint import Piece, Split, split
from actorgraph.model.kinds import OF_SECTION, referred_to
from actorgraph.model.messages import AT_KEY, explain, nested_section, not_an_id
from actorgraph.model.model import Joint, Model, Place
from actorgraph.model.paths import Stamp
from actorgraph.model.reader import Data, Loc
from actorgraph.model.records import Actor, Condition, File, Header, Proposal, Source
from actorgraph.model.texts import TextFile, Texts

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails


Also = Callable[[Model, bool], Iterable[rules.Finding]]
"""More rules over a whole model; the second argument says whether all of it could be read."""


class Loaded(NamedTuple):
    """What was read at a path: the model where it can be used, every problem, and the files as they were.

    `roots` are the places whose files were read, or would have been had they existed: each as it was reached, maybe
    by links, and as it was listed. `shown_as` has, by its real path, how places and messages show each file: that is
    printable, and need not be a path.
    """

    model: Model | None
    problems: tuple[Problem, ...]
    roots: tuple[tuple[str, str], ...]
    stamps: tuple[Stamp, ...]
    shown_as: Mapping[str, str]

    def sound(self) -> Model:
        """Return the model. Raises `ModelError` with every problem in it."""
        if self.model is None:
            raise ModelError(self.problems)
        return self.model


def load_model(path: str | Path) -> Model:
    """Return the model at a path, a YAML file or a folder of them.

    Raises `ModelError` with every problem in it; warnings alone do not stop a model.

    >>> model = load_model("examples/minimal.yaml")
    >>> model.header.id, len(model.stances), str(model.places["actors", "olsen"])
    ('minimal', 4, 'examples/minimal.yaml:10:3')
    """
    return read_model(path).sound()


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
    texts = Texts(path, Disk())
    file = texts.parse(path, raw)
    _Assembly(texts).validate(file)
    return Alone(path, file.shown, raw, file.text, file.parsed.data, in_order(texts.problems))


def read_model(path: str | Path, *, files: Files | None = None, also: Also | None = None) -> Loaded:
    """Read, validate and check the model at a path. Nothing is raised for what is wrong in it.

    `files` are where it lies, the disk where nothing else is said. `also` has more rules than every load needs.
    """
    with no_garbage_collection():
        texts = Texts(str(path), files or Disk())
        texts.read_all()
        model = _Assembly(texts).model(also)
        problems = in_order(texts.problems)
        return Loaded(
            None if errors_among(problems) else model, problems, tuple(texts.roots), tuple(texts.stamps), texts.read_as
        )


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


_OF_STATEMENTS: Final = frozenset({"AG105", "AG108", "AG118", "AG119"})
"""Warnings that name one of the records of a joint statement, and are about them all."""


class _Assembly:
    """The records of a model's files, validated and put together.

    `named` has the file in which each named thing is defined, `listed` those of the records of each other section, with
    where each stands in its file. `misnamed` are the texts where an id of a kind belongs that are none, each with which
    problem that is: whose they are is known when all is read.
    """

    def __init__(self, texts: Texts) -> None:
        self.texts = texts
        self.named: dict[Place, TextFile] = {}
        self.listed: dict[str, list[tuple[TextFile, Piece]]] = {name: [] for name in _LISTED}
        self.misnamed: list[tuple[int, str, str]] = []

    def model(self, also: Also | None) -> Model:
        """Validate every file, put the records together, and check them against one another."""
        headers: list[Header] = []
        sections: dict[str, dict[str, Any]] = {name: {} for name in _KEYED}
        lists: dict[str, list[Any]] = {name: [] for name in _LISTED}
        for file in self.texts.texts:
            self.gather(file, headers, sections, lists)
            file.parsed.data.clear()  # what is sound is in records now, and a large model needs the room
        self.name_records(lists)
        header = headers[0] if headers else Header.model_construct(id="", title="")
        parts: dict[str, Any] = {**sections, **{name: tuple(records) for name, records in lists.items()}}
        places = {
            (name, record.id): file.parsed.places[name, part.record]
            for name, records in lists.items()
            for record, (file, part) in zip(records, self.listed[name], strict=True)
        } | {place: self.span(place) for place in self.named}
        model = Model(header, **parts, places=places, joint=self.joint(lists))
        self.name_ids(model)
        self.check(model, also)
        return model

    def gather(
        self, file: TextFile, headers: list[Header], sections: dict[str, dict[str, Any]], lists: dict[str, list[Any]]
    ) -> None:
        """Validate a file, and put its records to those of the files before it."""
        sound, broken, whole = self.validate(file)
        headers.extend([sound.model] if sound.model else [])
        for section, entries in sections.items():
            for key, entry in getattr(sound, section).items():
                self.define(file, section, key)
                entries.setdefault(key, entry)
        for section, records in lists.items():
            numbers = (number for number in count() if (section, number) not in broken)
            for record, number in zip(getattr(sound, section), numbers, strict=False):
                self.listed[section].append((file, whole.part(section, number)))
                records.append(record)

    def check(self, model: Model, also: Also | None) -> None:
        """Note every broken rule, except those that may seem broken only because not all could be read."""
        unsure = [] if self.texts.whole else [rules.known_references]
        if self.texts.problems:
            unsure.append(rules.sources_are_cited)
        more = also(model, not self.texts.problems) if also else ()
        said: set[tuple[str, str, Loc]] = set()
        for finding in chain(rules.findings(model, without=unsure), more):
            file, loc = self.way(finding.place, finding.loc)
            once = finding.code, file.path, loc  # a joint statement is one record to whoever corrects it
            if not (once in said and finding.code in _OF_STATEMENTS and self.is_joint(finding.place)):
                self.texts.problems.append(
                    Problem(
                        finding.code,
                        finding.message,
                        self.texts.find(file, loc),
                        about=finding.about,
                        stands_for=finding.stands_for,
                        beside=finding.beside,
                    )
                )
            said.add(once)
        self.texts.problems.extend(self.texts.unread())

    def joint(self, lists: Mapping[str, list[Any]]) -> dict[str, Joint]:
        """Return every record of a joint statement by its id, with what they have in common."""
        together: dict[tuple[str, str, int], list[Any]] = defaultdict(list)
        for (section, index), record in _each(lists):
            if self.is_joint((section, index)):
                file, part = self.listed[section][index]
                together[section, file.path, part.record].append(record)
        return {
            record.id: Joint(records[0].id, tuple([other.actor for other in records]))
            for records in together.values()
            for record in records
        }

    def is_joint(self, place: Place) -> bool:
        """Whether a record by its index in the model is one of several that make one statement."""
        section, key = place
        return isinstance(key, int) and self.listed[section][key][1].actors > 1

    def validate(self, file: TextFile) -> tuple[File, AbstractSet[Loc], Split]:
        """Return a file's sound records, the ways to its sections and records that are not, and how it was split."""
        known = File.model_fields
        data = {key: value for key, value in file.parsed.data.items() if value is not None or key not in known}
        whole = split(data if file.parsed.ended else {})
        for loc in whole.again:
            self.texts.note(file, "AG014", "this actor stands in the list already; name each once", loc)
        try:
            return File.model_validate(whole.data), frozenset(), whole
        except ValidationError as error:
            errors = error.errors(include_url=False)
        self.explain(file, errors, whole)
        broken = {error["loc"][:2] for error in errors}
        sound = File.model_validate(_sound(whole.data, broken))
        for section, stand_in in _KEYED.items():
            entries = getattr(sound, section)
            entries.update({way[1]: stand_in(way[1]) for way in broken if way[0] == section and len(way) == 2})
        return sound, broken, whole

    def explain(self, file: TextFile, errors: Iterable["ErrorDetails"], whole: Split) -> None:
        """Note what pydantic refused, each where it stands, unless the parser refused it there before."""
        refused = {problem.span for problem in file.parsed.problems}  # an alias, for one, was read as nothing
        for error in errors:
            kind, loc = error["type"], error["loc"]
            if kind == "too_short" and error["input"]:
                continue  # pydantic counts only the valid ones; what is wrong with the others is said already
            bad_key, nested = loc[-1] == AT_KEY and kind != "extra_forbidden", nested_section(loc)
            if len(loc) == 1 or loc[0] == "model" or bad_key or nested:
                self.texts.whole = False
            way = _in_file(whole, nested or (loc[:-1] if bad_key else loc))
            span = self.texts.find(file, way, key=bool(nested) or bad_key or kind == "extra_forbidden")
            if span not in refused:
                code, message = explain(error)
                if code == "AG016" and (kind_named := referred_to(str(loc[0]), loc[2:])):
                    self.misnamed.append((len(self.texts.problems), kind_named, str(error["input"])))
                self.texts.problems.append(Problem(code, message, span))

    def name_ids(self, model: Model) -> None:
        """Say of the names that stand where an id belongs whose they are."""
        for number, kind, text in self.misnamed[: rules.MOST_HINTS]:
            if hint := rules.ids_of_names(model, text, kind):
                problem = self.texts.problems[number]
                self.texts.problems[number] = problem._replace(message=not_an_id(text, hint))

    def define(self, file: TextFile, section: str, key: str) -> None:
        """Note where a named thing is defined, and where it is defined again."""
        if (section, key) in self.named:
            first = self.span((section, key))
            message = f"{quoted(key)} is defined twice; first at {first}"
            self.texts.note(file, "AG017", message, (section, key), beside=first)
        else:
            self.named[section, key] = file

    def name_records(self, lists: dict[str, list[Any]]) -> None:
        """Give every record that has no id one made of its values (`kinds`), unique by -2, -3 in the order of files."""
        taken: dict[str, Place] = {}
        for place, record in _each(lists):
            if record.id:
                names = [record.id]
                if self.is_joint(place):
                    names.append(f"{record.id}.{record.actor}")
                    object.__setattr__(record, "id", names[-1])  # frozen, but nobody else has it yet; a copy takes long
                for name in names:
                    if (first := self.span(taken.setdefault(name, place))) != self.span(place):
                        file, loc = self.way(place, ("id",))
                        message = f"{quoted(name)} is defined twice; first at {first}"
                        self.texts.note(file, "AG017", message, loc, beside=first)
        last: dict[str, int] = {}
        for place, record in _each(lists):
            if not record.id:
                name = unique = ".".join(in_id(getattr(record, part)) for part in OF_SECTION[place[0]].made_of)
                number = last.get(name, 1)
                while unique in taken:
                    number += 1
                    unique = f"{name}-{number}"
                last[name] = number
                taken[unique] = place
                object.__setattr__(record, "id", unique)

    def way(self, place: Place, loc: Loc) -> tuple[TextFile, Loc]:
        """Return the file of a thing, or of a record by its index in the model, and the way there to a value of it."""
        section, key = place
        if not isinstance(key, int):
            return self.named[place], (section, key, *loc)
        file, part = self.listed[section][key]
        return file, (section, part.record, *part.way(loc))

    def span(self, place: Place) -> Span:
        """Return where a named thing, or a record by its index in the model, stands."""
        file, (section, key, *_) = self.way(place, ())
        return file.parsed.places[str(section), key]


def _each(lists: Mapping[str, list[Any]]) -> Iterator[tuple[tuple[str, int], Any]]:
    """Yield every record with its section and its index in it."""
    for section in _LISTED:
        for index, record in enumerate(lists[section]):
            yield (section, index), record


def _in_file(whole: Split, loc: Loc) -> Loc:
    """Return the way in a file to what a way leads to in its data with a record for each actor."""
    if len(loc) < 2 or not isinstance(loc[1], int):
        return loc
    part = whole.part(str(loc[0]), loc[1])
    return (loc[0], part.record, *part.way(loc[2:]))


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
