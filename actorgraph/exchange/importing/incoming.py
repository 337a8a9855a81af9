"""What a file brings to a model: records and things, each with where it stood, and what was left out and why."""

from __future__ import annotations

import difflib
import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final, NamedTuple, TypeAlias
from urllib.parse import urlsplit

from actorgraph.curate.draft import Draft
from actorgraph.errors import VERY_ALIKE, Span
from actorgraph.model.kinds import KEYED, KIND, OF_SECTION
from actorgraph.model.reader import MAX_LETTERS
from actorgraph.names import fold, slug

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from actorgraph.model.model import Model
    from actorgraph.model.reader import Data


class RowPlace(NamedTuple):
    """A row of a file where something stood that comes in, counted from 1.

    `part` is what of the row it was, such as `column C`; the `is_only` file that is read need not be named in words.
    """

    file: str
    row: int
    part: str = ""
    is_only: bool = False

    def __str__(self) -> str:
        """Say it in words.

        >>> str(RowPlace("a.csv", 12)), str(RowPlace("a.csv", 12, is_only=True).of("column C").of("url"))
        ('a.csv, row 12', 'row 12, column C, url')
        """
        return ", ".join(filter(None, ("" if self.is_only else self.file, f"row {self.row}", self.part)))

    def of(self, part: str) -> RowPlace:
        """Return the place of a part of what stands here."""
        return self._replace(part=f"{self.part}, {part}" if self.part else part)

    def with_file(self) -> RowPlace:
        """Return it as one that names its file, whatever else is read."""
        return self._replace(is_only=False)


Origin: TypeAlias = RowPlace | str
"""Where something stood in what comes in: a row, or in words where there are none, such as `item 3 (doe-2025)`."""


class Arrival(NamedTuple):
    """A record or a thing that a file brings, and where it stood there."""

    draft: Draft
    place: Origin


DETAIL: Final = "detail"
"""A part of a record that comes in without it."""
DOUBT: Final = "doubt"
"""Something that comes in whole, though a person should look at it."""


class Skipped(NamedTuple):
    """What was left out, and why.

    `part` is what it is where it is no record by itself, such as a sheet, a column, or a `DETAIL`; of a `DOUBT` nothing
    is left out.
    """

    place: Origin
    reason: str
    part: str = ""


class Aside(NamedTuple):
    """A file that is written beside the model, together with it: where, and what it holds."""

    path: str
    content: bytes


class Unknown(NamedTuple):
    """A name that nothing in the model answers to, and where it stood first."""

    kind: str
    name: str
    place: Origin


MOST_NEAR: Final = 3
"""How many names that look like an unknown one are printed."""
LONGEST_ID: Final = 60
"""How many letters an id has at most that is made of a name or an address."""


class Things:
    """The things of a model by all their names, and those that an import brings.

    With `create`, what is not known becomes a new thing with an id made of its name; without, it is noted in `unknown`
    and the record that names it cannot come in. `model` is the model as it is.

    >>> from actorgraph.model.loader import load_model
    >>> known = Things(load_model("examples/minimal.yaml"))
    >>> known.find("actor", "Harbour Board", "row 2"), known.find("actor", "Harbor Board", "row 3")
    ('harbour-board', None)
    >>> known.unknown, known.near(known.unknown[0])
    ([Unknown(kind='actor', name='Harbor Board', place='row 3')], ('Harbour Board',))
    """

    def __init__(self, model: Model, *, create: bool = False, today: str = "") -> None:
        self.model = model
        self.create = create
        self.today = today
        self.arrivals: list[Arrival] = []
        self._unknown: dict[tuple[str, str], Unknown] = {}
        self._things: dict[str, dict[str, tuple[str, str]]] = {kind: {} for kind in KEYED}
        self._made: set[str] = set()
        self._next: dict[str, int] = {}
        self._states: dict[str, set[str]] = {}
        self._bearers: dict[str, dict[str, dict[str, list[str]]]] = {kind: {} for kind in KEYED}
        """By kind and the form of a name the things of the model that bear it, each with how it is spelled."""
        for kind in KEYED:
            names = {key: _names_of(kind, thing) for key, thing in getattr(model, KIND[kind].section).items()}
            for key, spellings in names.items():
                self._learn(kind, key, spellings, by_id=False)
                for name in spellings:
                    self._bearers[kind].setdefault(form_of(name), {}).setdefault(key, []).append(name)
            for key, spellings in names.items():  # after all names: a sheet has these
                self._learn(kind, key, (), by_id=not _is_made_of_signs(key, spellings))
            self._made.update(names)
        for key, actor in model.actors.items():
            self._learn_state(key, actor.kind, actor.country)

    @property
    def unknown(self) -> list[Unknown]:
        """The names that nothing answers to, in the order in which they came."""
        return list(self._unknown.values())

    def find(self, kind: str, name: str, place: Origin, body: Mapping[str, Data] | None = None) -> str | None:
        """Return the id of the thing that a name means: its id, a name, an alias, or of a source its address.

        A state whose name is unknown is the one of the model that has the country of its `body`. What is unknown is
        created with a `body` where that is asked for: what is not in it is made of the name. None where it is not.
        """
        key = self.known(kind, name) or (self._state(body) if body else None)
        if key is not None:
            return key
        if self.create and body is not None:
            return self.add(kind, name, body, place)
        self._unknown.setdefault((kind, form_of(name)), Unknown(kind, name, place))
        return None

    def near(self, unknown: Unknown) -> tuple[str, ...]:
        """Return the names of things that look like an unknown one, the nearest first."""
        named = self._things[unknown.kind]
        forms = difflib.get_close_matches(form_of(unknown.name), named, MOST_NEAR, VERY_ALIKE)
        return tuple({named[form][0]: named[form][1] for form in forms}.values())

    def add(self, kind: str, name: str, body: Mapping[str, Data], place: Origin, *, key: str | None = None) -> str:
        """Bring a thing in, under an id of its own or one made of its name, and return the id.

        Where a thing of that name is known, it is that one, and what the body says of it is compared with it.
        """
        own_id = self.known(kind, key or name) or self.known(kind, name)
        if own_id is None:
            own_id = self.new_id(key or id_of(kind, name, body))
            names = [name, *_addresses(body)]
            self._learn(kind, own_id, names, by_id=key is not None or not _is_made_of_signs(own_id, names))
            self._learn_state(own_id, body.get("kind"), body.get("country"))
        self._learn(kind, own_id, _aliases(body), by_id=False)
        self.arrivals.append(Arrival(Draft(KIND[kind].section, own_id, body), place))
        return own_id

    def add_apart(self, kind: str, name: str, body: Mapping[str, Data], place: Origin) -> str:
        """Bring in a thing whose name others bear, under an id of its own, and return that."""
        own_id = self.new_id(id_of(kind, name, body))
        self.arrivals.append(Arrival(Draft(KIND[kind].section, own_id, body), place))
        return own_id

    def known(self, kind: str, name: str) -> str | None:
        """Return the id of a thing that is in the model or was brought in, None where there is none."""
        form = form_of(name)
        key, _ = self._things[kind].get(form, (None, ""))
        meant = self._meant(kind, name, form)
        return meant[0] if len(meant) == 1 else key

    def bearers(self, kind: str, name: str) -> list[str]:
        """Return the ids of what a name may mean in the model; where some are spelled so to the letter, of these.

        >>> from actorgraph.model.loader import load_model
        >>> Things(load_model("examples/minimal.yaml")).bearers("actor", "the Fishers")
        ['fishers-union']
        """
        return self._meant(kind, name, form_of(name))

    def _meant(self, kind: str, name: str, form: str) -> list[str]:
        bearers = self._bearers[kind].get(form, {})
        exact = [key for key, spellings in bearers.items() if name in (key, *spellings)]
        return exact or list(bearers)

    def spells(self, kind: str, name: str) -> bool:
        """Whether a thing of the model is called so to the letter."""
        return any(name in spellings for spellings in self._bearers[kind].get(form_of(name), {}).values())

    def _learn(self, kind: str, key: str, names: Iterable[str], *, by_id: bool = True) -> None:
        """Let names mean a thing, and its id: one that is made of `C++` is the name of something else."""
        for name in (*names, *([key] if by_id else ())):
            self._things[kind].setdefault(form_of(name), (key, name))

    def _learn_state(self, key: str, kind: Data, country: Data) -> None:
        if kind == "state" and isinstance(country, str):
            self._states.setdefault(country, set()).add(key)

    def _state(self, body: Mapping[str, Data]) -> str | None:
        """Return the only state that has the country of a body which is a state's, None where there is not just one."""
        known = self._states.get(str(body.get("country")), set()) if body.get("kind") == "state" else set()
        return next(iter(known)) if len(known) == 1 else None

    def reserve(self, ids: Iterable[str]) -> None:
        """Let ids be taken that something bears which is not in the model."""
        self._made.update(ids)

    def new_id(self, key: str) -> str:
        """Return an id that nothing bears, with a number behind it where it is taken; from now on it is."""
        free = self.free_id(key)
        if free != key:
            self._next[key] = int(free.rpartition("-")[2]) + 1
        self._made.add(free)
        return free

    def free_id(self, key: str, besides: Collection[str] = ()) -> str:
        """Return an id that nothing bears and that is not one of some others, with a number behind it where it is."""
        free, number = key, self._next.get(key, 2)
        while free in self._made or free in besides:
            free, number = f"{key}-{number}", number + 1
        return free


def id_of(kind: str, name: str, body: Mapping[str, Data]) -> str:
    """Return the id that a thing would have: of what makes ids of its kind where that is known, else of its name."""
    parts = [body.get(part) for part in KIND[kind].made_of]
    words = [part for part in parts if isinstance(part, str) and not part.startswith("..")]
    short = address(name) if is_address(name) else name
    made = slug(" ".join(words)) if 1 < len(words) == len(parts) else slug(short)
    return made[:LONGEST_ID].rstrip("-") or kind


def _names_of(kind: str, thing: object) -> list[str]:
    if kind == "actor":
        return [getattr(thing, "name"), *getattr(thing, "aliases")]  # noqa: B009 - things of several classes
    names = [getattr(thing, "title"), *getattr(thing, "aliases", ())]  # noqa: B009
    return names + [value for part in ("short", "url", "document") if (value := getattr(thing, part, None))]


def _addresses(body: Mapping[str, Data]) -> list[str]:
    return [value for part in ("url", "document", "title", "name") if isinstance(value := body.get(part), str)]


def _aliases(body: Mapping[str, Data]) -> list[str]:
    aliases = body.get("aliases")
    return [each for each in aliases if isinstance(each, str)] if isinstance(aliases, list) else []


def form_of(name: str) -> str:
    """Return what names that mean the same have in common: an address, or the name folded, with signs that mean much.

    >>> form_of("Le Monde") == form_of("le  monde"), form_of("Tax > 2%") == form_of("Tax < 2%")
    (True, False)
    """
    if is_address(whole := with_scheme(name)):
        return address(whole)
    signs = _TELLING.findall(name)
    return f"{fold(name)} {''.join(signs)}" if signs else fold(name)


def _is_made_of_signs(key: str, names: Iterable[str]) -> bool:
    """Whether an id is what is left of a name without signs by which alone names may differ.

    >>> _is_made_of_signs("canal", ["Canal+"]), _is_made_of_signs("canal", ["Canal"]), _is_made_of_signs("cp", ["C+"])
    (True, False, False)
    """
    return any(_TELLING.search(name) and fold(name) == fold(key) for name in names)


_TELLING: Final = re.compile("[<>≤≥=≠+±#]")
"""Signs by which alone names may differ: a tax of more than 2 % and one of less, C, C++ and C#."""


_WITHOUT_SCHEME: Final = re.compile(r"www\.[^\s/]+\.\S+|[a-z0-9-]+(\.[a-z0-9-]+)*\.[a-z]{2,}/\S*")
"""How an address begins of which the scheme is left out: with `www.`, or a host in small letters and a path."""


def with_scheme(text: str) -> str:
    """Return a text with the scheme that an address lacks which is copied from a browser's line.

    >>> with_scheme("www.example.org"), with_scheme("example.org/a"), with_scheme("A/RES.1/2")
    ('https://www.example.org', 'https://example.org/a', 'A/RES.1/2')
    """
    return f"https://{text}" if _WITHOUT_SCHEME.fullmatch(text) else text


def is_address(text: str) -> bool:
    """Whether a text is an address, and not a name with one beside it.

    >>> is_address("https://example.org/a"), is_address("Gazette, https://example.org/a")
    (True, False)
    """
    return "://" in text and len(text.split()) == 1


def address(url: str) -> str:
    """Return an address without what does not change where it leads: its scheme, `www.`, a last slash, a fragment.

    >>> address("https://www.example.org/a/"), address("http://Example.org/a#b")
    ('example.org/a', 'example.org/a')
    """
    parts = urlsplit(url.strip())
    query = f"?{parts.query}" if parts.query else ""
    return f"{parts.netloc.lower().removeprefix('www.')}{parts.path.rstrip('/')}{query}"


def why_too_long(key: str, text: str) -> str | None:
    """Return why what is said of something is more than a model holds in one text, None where it is not.

    >>> why_too_long("note", "x" * 100_001), why_too_long("note", "x" * 100_000)
    ('its note has 100,001 characters; no value needs more than 100,000', None)
    """
    is_short = len(text) <= MAX_LETTERS
    return None if is_short else f"its {key} has {len(text):,} characters; no value needs more than {MAX_LETTERS:,}"


def span_of(place: Origin) -> Span:
    """Return where something stood as the place of a thing: what is no row stands where its file begins.

    >>> span_of(RowPlace("un_votes.csv", 12)), span_of("coded.csv")
    (Span(file='un_votes.csv', line=12, column=1), Span(file='coded.csv', line=1, column=1))
    """
    return Span(place.file, place.row) if isinstance(place, RowPlace) else Span(place)


def with_arrivals(model: Model, arrivals: Iterable[Arrival]) -> Model:
    """Return a model with the things that arrive besides; of two with one id, the first stays."""
    sections: dict[str, dict[str, object]] = {KIND[kind].section: {} for kind in KEYED}
    for section, things in sections.items():
        things.update(getattr(model, section))
    places = dict(model.places)
    for (section, key, body), place in arrivals:
        if section in sections and key is not None and key not in sections[section]:
            sections[section][key] = OF_SECTION[section].record_class.model_validate(body)
            places[section, key] = span_of(place)
    return replace(model, **sections, places=places)  # type: ignore[arg-type]
