"""Where the things and records of a model stand in its files, and what they say there."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from actorgraph.curate.changeset import files_of, parsed
from actorgraph.errors import UsageProblem, did_you_mean, quoted
from actorgraph.model.kinds import KIND, OF_SECTION
from actorgraph.model.model import Place

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from actorgraph.errors import Span
    from actorgraph.model.kinds import Kind
    from actorgraph.model.loader import Loaded
    from actorgraph.model.reader import Data


Where = tuple[str, Place]
"""A file, and a section with an id or an index (from 0) in it."""


class Located(NamedTuple):
    """A thing or record as a file has it: its file (real path), its section and id or index there (from 0), its body.

    `ids` are those that it has in the model: a joint record has one for each actor, behind its own where it says one.
    """

    kind: Kind
    ids: tuple[str, ...]
    file: str
    place: Place
    span: Span
    body: dict[str, Data]

    @property
    def id(self) -> str:
        """The id by which it is called."""
        return self.ids[0]

    @property
    def where(self) -> Where:
        """The file and the place in it: what tells it from all others."""
        return self.file, self.place

    @property
    def at(self) -> str:
        """The file and line of its first key."""
        return f"{self.span.file}:{self.span.line}"


def located(loaded: Loaded) -> tuple[Located, ...]:
    """Return everything that a model which can be used has in its files, in their order.

    >>> from actorgraph.model.loader import read_model
    >>> [(found.id, found.at) for found in located(read_model("examples/minimal.yaml"))][:2]
    [('harbour-board', 'examples/minimal.yaml:7'), ('fishers-union', 'examples/minimal.yaml:8')]
    """
    assert loaded.model is not None
    ids: dict[tuple[str, str, int, int], list[str]] = defaultdict(list)
    for (section, key), span in loaded.model.places.items():
        ids[section, span.file, span.line, span.column].append(str(key))
    everything = []
    for path, text in files_of(loaded).items():
        read = parsed(text, loaded.shown_as[path])
        for place, span in read.places.items():
            section, key = place
            body = body_at(read.data, place)
            if section in OF_SECTION and isinstance(body, dict):
                own = [str(body["id"])] if body.get("id") else []
                names = tuple(dict.fromkeys((*own, *ids[section, span.file, span.line, span.column])))
                everything.append(Located(OF_SECTION[section], names, path, place, span, body))
    return tuple(everything)


def body_at(data: dict[str, Data], place: Place) -> Data:
    """Return what stands at a place in a file's data, None where nothing does."""
    section, key = place
    held = data.get(section)
    if isinstance(held, list) and isinstance(key, int):
        return held[key] if key < len(held) else None
    return held.get(key) if isinstance(held, dict) and isinstance(key, str) else None


def records_in(data: Mapping[str, Data], section: str) -> list[tuple[str | int, Data]]:
    """Return what stands in a section of a file's data, each with its id or its index."""
    held = data.get(section)
    return [*held.items()] if isinstance(held, dict) else [*enumerate(held)] if isinstance(held, list) else []


def items_of(value: Data) -> list[Data]:
    """Return the items of a list, or what stands alone in its place as one; none where nothing stands.

    >>> items_of(["uk", "fr"]), items_of("uk"), items_of(None)
    (['uk', 'fr'], ['uk'], [])
    """
    return list(value) if isinstance(value, list) else [] if value is None else [value]


def find(name: str, everything: Iterable[Located], kinds: Sequence[str] = ()) -> Located:
    """Return what bears an id, of some kinds where these are named.

    Raises `UsageProblem`, with the nearest ids, where nothing does, and where things of several kinds do.
    """
    wanted = [known for known in everything if not kinds or known.kind.name in kinds]
    matches = [known for known in wanted if name in known.ids]
    if len(matches) == 1:
        return matches[0]
    if matches:
        listed = ", ".join(f"the {known.kind.name} at {known.at}" for known in matches)
        raise UsageProblem(f"{quoted(name)} may be {listed}; say which with --type")
    what = " or ".join(kinds) if 0 < len(kinds) < len(KIND) else "thing"
    near = did_you_mean(name, {key for known in wanted for key in known.ids})
    raise UsageProblem(f"no {what} has the id {quoted(name)}{near}")
