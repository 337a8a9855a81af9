"""Coded statements: how the texts of a large table are read, by the words, dates and names that every import knows."""

from __future__ import annotations

import json
from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, NamedTuple

from actorgraph.dates import checked_end, last_day
from actorgraph.engines.texts import KEYS_OF, MeansNothing
from actorgraph.errors import Span, quoted
from actorgraph.exchange.importing.incoming import form_of, id_of, is_address, with_arrivals
from actorgraph.exchange.sheets.cell_texts import (
    NAMED,
    SPEAKER_KIND,
    amount_of,
    cleaned,
    condition_in,
    in_percent,
    is_empty,
    why_no_name,
    why_no_page,
    why_not_one_address,
    with_address,
)
from actorgraph.exchange.sheets.cited_sources import new_source
from actorgraph.exchange.sheets.mapping import IN_NUMBERS
from actorgraph.exchange.sheets.row_check import of_amount
from actorgraph.model.kinds import STATEMENTS
from actorgraph.model.messages import objection
from actorgraph.model.records import Amount, Source
from actorgraph.names import fold, one_line
from actorgraph.vocabulary import NOT
from actorgraph.written_dates import SAY_DATES, AmbiguousDate, written_date
from actorgraph.written_numbers import SAY_DECIMALS, AmbiguousNumber, written_number

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from actorgraph.exchange.importing.incoming import Things
    from actorgraph.exchange.sheets.mapping import SheetMapping
    from actorgraph.model.model import Model, Place
    from actorgraph.model.reader import Data

MOST_SOURCES: Final = 100_000
"""So many sources have room in a frame, which is held in memory; of more, those are in it that were known before."""

_KIND: Final = "organisation"
"""The kind of new actors where nothing says it."""
_DATED: Final = ("published", "accessed")


class _Seen(NamedTuple):
    """A source that was met."""

    key: str
    source: Source


class CodedReader:
    """Reads the texts of a table of statements (`engines.statements.Rules`), and keeps what they name.

    Names are those of things that are known or new, as every import takes them. A row means a source that was met
    before, in the table or in one to which it is added, where that is the only one of which it says nothing else; what
    says more of it is another one. Where some are set apart already (`engines.sources`), so is every new one.

    >>> from actorgraph.exchange.importing.incoming import Things
    >>> from actorgraph.exchange.sheets.mapping import SheetMapping
    >>> from actorgraph.model.model import Model
    >>> from actorgraph.model.records import Header
    >>> known = Things(Model(Header(id="m", title="M")), create=True)
    >>> reader = CodedReader(known, SheetMapping(words={"for": "supports"}))
    >>> reader.word("For"), reader.date("14 October 2025"), reader.holders("Türkiye", "state")
    ('supports', '2025-10-14', ['turkiye'])
    """

    def __init__(
        self,
        known: Things,
        mapping: SheetMapping,
        *,
        place: str = "",
        apart: Mapping[str, Source] | None = None,
        uneven: bool = True,
        meant: Mapping[str, str] = MappingProxyType({}),
    ) -> None:
        """Read a table that is added to what is known; `meant` is what `meant` told of rows before."""
        self.known = known
        self.mapping = mapping
        self.place = place
        self.sources = dict(known.model.sources)
        """The sources by id; of more than `MOST_SOURCES`, those that were known before."""
        self.unclear: dict[str, tuple[str, ...]] = {}
        """The names that may be those of several sources, by ids, and were kept apart."""
        self.meant: dict[str, str] = {}
        """The ids of the sources that rows meant which say less of them, by what these say, as JSON."""
        self._meant_before = meant
        self._are_many = apart is not None
        self._uneven = uneven
        self._new: dict[tuple[tuple[str, str], ...], _Seen] = {}
        self._met: dict[tuple[str, str | None, str | None], list[_Seen]] = {}
        self._before = {**known.model.sources, **(apart or {})}
        for key, source in self._before.items():
            self._learn(key, source)
        self._names_before = {name for name, _, _ in self._met}
        """The forms of the names of sources that were known before: what stands in them is no address beside them."""

    def is_empty(self, key: str, text: str) -> bool:
        """Whether a cell is as good as empty, by its key."""
        return is_empty(key, text, self.known)

    # -- words and dates -------------------------------------------------------------------------------------

    def word(self, text: str) -> str:
        """Return the position or the stage that a word means."""
        ours = self.mapping.meaning(text)
        if ours is None:
            raise MeansNothing(f"{quoted(text)} says nothing of a position")
        return ours

    def date(self, text: str) -> str:
        """Return a date as curated."""
        return self._date("date", text)

    def end(self, text: str) -> str:
        """Return an end as curated."""
        return checked_end(self._date("until", text))

    def _date(self, key: str, text: str) -> str:
        try:
            return written_date(text, self.mapping.dates)
        except AmbiguousDate:
            raise ValueError(f"its {key} can be read in two ways; {SAY_DATES}") from None
        except ValueError as reason:
            raise ValueError(f"its {key} is no date: {reason}") from reason

    # -- names -----------------------------------------------------------------------------------------------

    def holders(self, name: str, kind: str | None) -> list[str]:
        """Return the ids of the actors that a statement is of; a kind may also say of which sort the statement is."""
        actor_kind = None if kind is None or fold(kind) in STATEMENTS else self.mapping.meaning(kind, of_kind=True)
        return list(dict.fromkeys(self._actor(each, actor_kind) for each in self.mapping.names_in(name)))

    def speaker(self, name: str) -> str:
        """Return the id of who spoke for an actor: who is new is a person, whose silence means nothing."""
        return self._actor(name, SPEAKER_KIND)

    def addressees(self, names: str) -> list[str]:
        """Return the ids of the actors that names mean."""
        return [self._actor(each, None) for each in self.mapping.names_in(names)]

    def proposal(self, title: str) -> str:
        """Return the id of a proposal."""
        return self._named("proposal", title, {"title": one_line(title)})

    def _actor(self, name: str, kind: str | None) -> str:
        return self._named("actor", name, {"name": one_line(name), "kind": kind or self.mapping.kind or _KIND})

    def _named(self, kind: str, name: str, body: dict[str, Data]) -> str:
        if not one_line(name):
            raise ValueError(f"its {kind} has no letter that can be shown")
        if reason := why_no_name(kind, one_line(name), self.known):
            raise ValueError(f"its {kind} {reason}")
        key = self.known.find(kind, one_line(name), self.place, body)
        assert key is not None, "what is new is made"
        return key

    # -- what belongs to several texts -----------------------------------------------------------------------

    def conditions(self, *texts: str | None) -> list[str]:
        """Return ids of what must hold, and with `not:` of what must not; lists may be written as JSON.

        What is not to fail, `not:` in a column of what must not hold, has to hold.
        """
        keys = []
        for text, negated in zip(texts, (False, True, False), strict=True):
            for name in self._listed(text or ""):
                is_otherwise, title = condition_in(name)
                key = self._named("condition", title, {"title": one_line(title)})
                keys.append(key if negated == is_otherwise else NOT + key)
        return keys

    def _listed(self, text: str) -> list[str]:
        if not text.startswith("["):
            return self.mapping.names_in(text) if text else []
        try:
            names = json.loads(text)
        except ValueError:
            names = None
        if not isinstance(names, list) or not all(isinstance(name, str) and name.strip() for name in names):
            raise ValueError("its conditions begin with [ and are no list of texts in JSON")
        return names

    def amount(self, *texts: str | None) -> tuple[str | None, str | None, str] | None:
        """Return the least, the most and the unit; a unit alone says nothing."""
        said = in_percent({key: text for key, text in zip(KEYS_OF["amount"], texts, strict=True) if text})
        said |= {key: self._number(key, said[key]) for key in IN_NUMBERS if key in said}
        body = amount_of(said)
        if not body:
            return None
        if reason := objection("commitments", {**_PLEDGE, "amount": body}):
            raise ValueError(of_amount(reason))
        amount = Amount.model_validate(body)
        least, most = amount.bounds
        return None if least is None else str(least), None if most is None else str(most), amount.unit

    @property
    def has_decimal_comma(self) -> bool:
        """Whether a comma stands before the decimals of amounts."""
        return self.mapping.decimals == "comma"

    def _number(self, key: str, text: str) -> str:
        try:
            return written_number(text, self.mapping.decimals)
        except AmbiguousNumber:
            raise ValueError(f"its {key} can be read in two ways; {SAY_DECIMALS}") from None
        except ValueError as reason:
            raise ValueError(f"its {key} {reason}") from reason

    def pointer(self, key: str, text: str) -> str:
        """Return what evidence says of a source by a key."""
        text = cleaned(key, text)
        if reason := why_no_page(key, text):
            raise ValueError(reason)
        if reason := objection("stances", {**_STANCE, "evidence": [{"source": "s", key: text}]}):
            raise ValueError(f"its {reason.replace(f' {quoted(text)}', '', 1)}")
        return text

    def source(self, *texts: str | None) -> tuple[str, Source] | int:
        """Return a source and its id, or the day by which it had come out where nothing else is known of it."""
        cells = zip(KEYS_OF["source"], texts, strict=True)
        said: dict[str, str] = {key: cleaned(key, text) for key, text in cells if text}
        said = said if form_of(said.get("source", "")) in self._names_before else with_address(said)
        if reason := next(filter(None, (why_not_one_address(key, text) for key, text in said.items())), None):
            raise ValueError(reason)
        for key in ("source", "url"):
            if key in said and (reason := why_no_name(NAMED.get(key), said[key], self.known)):
                raise ValueError(f"its {key} {reason}")
        said |= {key: self._date(key, said[key]) for key in _DATED if key in said}
        name = said.get("source") or said.get("title") or said.get("url")
        if name is None:
            if "published" not in said:
                raise ValueError("its source has no name and no address; --map source=… names the column with one")
            return last_day(said["published"])
        forms = _alike(said)
        alike = tuple(forms.items())
        seen = self._new.get(alike) or self._as_before(forms) or self._known_source(name, said, forms)
        seen = seen or self._new_source(name, said)
        if len(self._new) < MOST_SOURCES:
            self._new[alike] = seen
        return seen

    def _as_before(self, forms: Mapping[str, str]) -> _Seen | None:
        """Return the source that rows before meant which said the same: by now it may be one of several."""
        if not self._meant_before:
            return None
        key = self._meant_before.get(_written(forms))
        if key not in self._before:
            return None
        seen = _Seen(key, self._before[key])
        return seen if _says(seen, forms) else None  # of a row that was left out, another source may bear the id by now

    def _known_source(self, name: str, said: Mapping[str, str], forms: Mapping[str, str]) -> _Seen | None:
        """Return the only source that was met before and of which nothing that a row says differs.

        Of several, it is the one that says no more than the row; where there is none, that is noted as `unclear`. Where
        the row says less of it, that is kept as `meant`.
        """
        met = self._met.get((form_of(name), said.get("published"), forms.get("url")), ())
        same = {seen.key: seen for seen in met if _says(seen, forms)}
        if not same:
            return None
        _, made = self._made(name, said)
        exact = {key: seen for key, seen in same.items() if _in_form(seen.source) == _in_form(made)}
        if len(same) > 1:
            if len(exact) != 1:
                self.unclear.setdefault(name, tuple(sorted(same)))
            same = exact
        if len(same) != 1:
            return None
        (seen,) = same.values()
        if not exact and len(self.meant) < MOST_SOURCES:
            self.meant[_written(forms)] = seen.key
        return seen

    def _made(self, name: str, said: Mapping[str, str]) -> tuple[dict[str, Data], Source]:
        """Return the source that a row makes by itself."""
        details: dict[str, Data] = {key: text for key, text in said.items() if key != "source"}
        body = new_source({("url" if is_address(name) else "title"): name, **details}, self.known.today)
        try:
            return body, Source.model_validate(body)
        except ValueError as error:  # what pydantic raises; `check` says it in plain words
            raise ValueError(f"its source: {objection('sources', body)}") from error

    def _new_source(self, name: str, said: Mapping[str, str]) -> _Seen:
        """Return a source that was not met before."""
        body, source = self._made(name, said)
        key = self.known.new_id(id_of("source", name, body))
        if not self._are_many:
            self.sources[key] = source
            self._are_many = len(self.sources) > MOST_SOURCES
            if self._are_many:
                self.sources = dict(self.known.model.sources)
        if self._uneven or len(self._new) < MOST_SOURCES:  # else every row says as much as another
            self._learn(key, source)
        return _Seen(key, source)

    def _learn(self, key: str, source: Source) -> None:
        """Let a source be found by its names, whatever else of it a row says."""
        seen = _Seen(key, source)
        address = source.url and form_of(source.url)
        for name in {form_of(text) for text in (key, source.url, source.title) if text}:
            for published in {None, source.published}:
                for url in {None, address}:
                    self._met.setdefault((name, published, url), []).append(seen)

    # -- what is named ---------------------------------------------------------------------------------------

    def frame(self, named: Mapping[str, Collection[str]] | None = None) -> Model:
        """Return a model of everything that was named, beside what was known before: all but the statements.

        Of what is new, only what is `named`, by section, where anything is said of that.
        """
        known = self.known.model
        counts = (
            self.known.arrivals
            if named is None
            else [each for each in self.known.arrivals if each.draft.key in named[each.draft.section]]
        )
        sources = {
            key: source
            for key, source in self.sources.items()
            if named is None or key in known.sources or key in named["sources"]
        }
        model = with_arrivals(known, counts)
        places: dict[Place, Span] = {("sources", key): Span(self.place) for key in sources}
        return replace(model, sources=sources, places=places | dict(model.places))


def _alike(said: Mapping[str, str]) -> dict[str, str]:
    """Return what cells say of a source, and have in common with others that say the same in another spelling."""
    return {key: _form(key, text) for key, text in said.items()}


def _written(forms: Mapping[str, str]) -> str:
    """Return what cells say of a source, which is given by its forms, as JSON."""
    return json.dumps(forms, ensure_ascii=False, sort_keys=True)


def _form(key: str, text: str) -> str:
    return form_of(text) if text and key in _NAMING else text


def _says(seen: _Seen, forms: Mapping[str, str]) -> bool:
    """Whether a source says all that a row does, which is given by its forms."""
    key, source = seen
    names = {form_of(text) for text in (key, source.url, source.title) if text}
    return all(
        form in names if part == "source" else form == _form(part, getattr(source, part))
        for part, form in forms.items()
    )


_NAMING: Final = frozenset({"source", "title", "publisher", "author", "url"})
"""The keys of a source that may be spelled in several ways."""


def _in_form(source: Source) -> dict[str, object]:
    """Return what a source says, in whatever spelling.

    A day by which it had come out is left out: where a row has none, it is that of the import.
    """
    said = {key: _form(key, text) if isinstance(text, str) else text for key, text in source}
    return said | {"published": ""} if source.published.startswith("../") else said


_STANCE: Final[dict[str, Data]] = {"actor": "a", "proposal": "p", "position": "open", "date": "2025"}
"""A stance in order, to see what is wrong with its evidence."""

_PLEDGE: Final[dict[str, Data]] = {
    "actor": "a",
    "proposal": "p",
    "stage": "pledges",
    "date": "2025",
    "evidence": [{"source": "s"}],
}
"""A commitment in order, to see what is wrong with an amount."""
