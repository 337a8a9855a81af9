"""Coded statements: how the texts of a large table are read, by the words, dates and names that every import knows."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from actorgraph.dates import checked_end, last_day
from actorgraph.engines.texts import KEYS_OF, MeansNothing
from actorgraph.errors import Span, quoted
from actorgraph.exchange.importing.incoming import with_arrivals
from actorgraph.exchange.sheets.cell_texts import (
    NAMED,
    SPEAKER_KIND,
    USUAL_KIND,
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
from actorgraph.exchange.sheets.coded_sources import CodedSources
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

_DATED: Final = ("published", "accessed")


class CodedReader:
    """Reads the texts of a table of statements (`engines.statements.Rules`), and keeps what they name.

    Names are those of things that are known or new, as every import takes them; which source a row means is told by
    `CodedSources`.

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
        self, known: Things, mapping: SheetMapping, *, sources: CodedSources | None = None, place: str = ""
    ) -> None:
        self.known = known
        self.mapping = mapping
        self.sources = CodedSources(known) if sources is None else sources
        self.place = place

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
        return self._named("actor", name, {"name": one_line(name), "kind": kind or self.mapping.kind or USUAL_KIND})

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
        said = said if self.sources.were_called(said.get("source", "")) else with_address(said)
        if reason := next(filter(None, (why_not_one_address(key, text) for key, text in said.items())), None):
            raise ValueError(reason)
        for key in ("source", "url"):
            if key in said and (reason := why_no_name(NAMED.get(key), said[key], self.known)):
                raise ValueError(f"its {key} {reason}")
        said |= {key: self._date(key, said[key]) for key in _DATED if key in said}
        name = said.get("source") or said.get("title") or said.get("url")
        if name is not None:
            return self.sources.take(name, said)
        if "published" not in said:
            raise ValueError("its source has no name and no address; --map source=… names the column with one")
        return last_day(said["published"])

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
            for key, source in self.sources.by_id.items()
            if named is None or key in known.sources or key in named["sources"]
        }
        model = with_arrivals(known, counts)
        places: dict[Place, Span] = {("sources", key): Span(self.place) for key in sources}
        return replace(model, sources=sources, places=places | dict(model.places))


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
