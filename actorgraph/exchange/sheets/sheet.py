"""The rows of a sheet, whichever program wrote it, as what they bring to a model."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Final, NamedTuple

from actorgraph.curate.draft import Draft
from actorgraph.dates import checked_end
from actorgraph.errors import UsageProblem, quoted
from actorgraph.exchange.importing.incoming import (
    DETAIL,
    DOUBT,
    Arrival,
    RowPlace,
    Skipped,
    form_of,
    is_address,
    why_too_long,
)
from actorgraph.exchange.sheets.cell_texts import (
    NAMED,
    REFERS,
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
from actorgraph.exchange.sheets.cited_sources import CitedSources
from actorgraph.exchange.sheets.guess import heading_row
from actorgraph.exchange.sheets.headings import letter
from actorgraph.exchange.sheets.mapping import EVIDENCE_KEYS, IN_NUMBERS, STATEMENT_KEYS, likely_keys
from actorgraph.exchange.sheets.row_check import SOURCE, record_objection, source_objection
from actorgraph.exchange.sheets.sheet_actors import AS_ONE, SheetActors
from actorgraph.exchange.sheets.sheet_rows import columns_of, filled, has_heading, says_the_same
from actorgraph.model.paths import shown
from actorgraph.model.records import DATES
from actorgraph.names import slug
from actorgraph.vocabulary import NOT, OF_COMMITMENTS, ONLY_COMMITMENTS, POSITIONS
from actorgraph.written_cells import SEVERAL, WORDS, why_no_value, why_not_text
from actorgraph.written_dates import AmbiguousDate, written_date
from actorgraph.written_numbers import AmbiguousNumber, in_one_way, written_number

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from actorgraph.exchange.importing.incoming import Things
    from actorgraph.exchange.sheets.mapping import SheetMapping
    from actorgraph.exchange.sheets.sheet_rows import Columns, Sheet, SheetRow
    from actorgraph.model.reader import Data

_OTHERWISE: Final = {"if": "unless", "unless": "if"}
"""What a condition with `not:` before it stands under."""
_ACTORS: Final = ("actor", "toward")
"""The keys whose actors may not be the same."""
_OWN: Final = tuple(key for key in STATEMENT_KEYS if key not in ("actor", *WORDS, "proposal", "amount", *REFERS))
"""What is taken as it stands, or as a date."""


class _Left(Exception):  # noqa: N818 - a signal inside this module, never seen outside
    """Why a row is left out."""


def arrivals(sheets: Iterable[Sheet], known: Things, mapping: SheetMapping) -> Iterator[Arrival | Skipped]:
    """Yield what the rows of sheets bring, and each row that is left out with its number and why.

    Raises `UsageProblem` where columns that are needed cannot be told, and for a date that can be read in two ways.
    """
    listed = list(sheets)
    reader = _Reader(known, mapping)
    opened = [reader.opened(sheet, is_only=len(listed) == 1) for sheet in listed]
    for table in opened:
        reader.expect(table)
    for table in opened:
        yield from reader.read(table)


class _Table(NamedTuple):
    """A sheet whose headings were read: they, where what stands, and the rows below; and whether it is the only one."""

    file: str
    is_only: bool
    header: SheetRow
    columns: Columns
    rows: Sequence[SheetRow]
    sign: str

    def place(self, row: SheetRow) -> RowPlace:
        """Return where a row stands."""
        return RowPlace(self.file, row.number, is_only=self.is_only)

    def place_of_column(self, heading: str) -> str:
        """Return where a column stands, in words."""
        return f"{'' if self.is_only else f'{self.file}, '}column {quoted(heading)}"


class _Reader:
    """Reads the rows of sheets: the headings of all of them first, then one sheet after the other."""

    def __init__(self, known: Things, mapping: SheetMapping) -> None:
        self.known = known
        self.mapping = mapping
        self.sources = CitedSources(known)
        self.actors = SheetActors(known, mapping)
        self.ids: dict[str, tuple[dict[str, str], RowPlace]] = {}
        """What the row says, and where it stands, that has an id first."""
        self.constants = {key: cleaned(key, text) for key, text in mapping.constants.items()}

    def opened(self, sheet: Sheet, *, is_only: bool) -> _Table:
        """Return a sheet with its headings read. Raises `UsageProblem` where they are missing."""
        below = filled(sheet.rows, self.mapping.header)
        header = next(below, None)
        if header is None or (self.mapping.header and header.number != self.mapping.header):
            where = f", row {self.mapping.header}" if self.mapping.header else ""
            raise UsageProblem(f"{sheet.place}{where} is empty; {sheet.should_have}")
        rows = (header, *below)
        likely = 0 if self.mapping.header else rows[heading_row(rows)].number
        columns = columns_of(
            sheet.place, header, self.mapping, known=self.known, beside=sheet.beside, likely_header=likely
        )
        return _Table(shown(sheet.file), is_only, header, columns, rows[1:], sheet.sign)

    def expect(self, table: _Table) -> None:
        """Hear whose the rows of a sheet are, which sources they will cite, and when these came out."""
        keys = ("actor", "kind", "source", "url", "published")
        at = {key: table.columns.of_key[key] for key in keys if key in table.columns.of_key}
        for row in table.rows:
            said = self._said(row, at)
            with suppress(ValueError):  # its row is left out for it
                if "published" in said:
                    said["published"] = written_date(said["published"], self.mapping.dates)
                self.sources.expect(said)
            for name in self.mapping.names_in(said.get("actor", "")):
                self.actors.expect(name, said.get("kind"))

    def _said(self, row: SheetRow, at: Mapping[str, int]) -> dict[str, str]:
        """Return what the cells of a row say by key, given their columns, and what holds for all rows.

        A dash alone says nothing, nor does `n/a`, unless that is a word for a position, or the name of what the model
        has. The address of a source is also that to which its name leads.
        """
        cells = {key: cleaned(key, row.cells[number]) for key, number in at.items() if number < len(row.cells)}
        filled_in = {key: cell for key, cell in cells.items() if cell and not is_empty(key, cell, self.known)}
        said = {**self.constants, **filled_in}
        said = said if self.known.known("source", said.get("source", "")) else with_address(said)
        link = row.links.get(at.get("source", -1), "")
        return {"url": cleaned("url", link), **said} if link and not is_address(said.get("source", "")) else said

    def _must_have_clear_names(self, said: dict[str, str], names: Mapping[str, list[str]]) -> None:
        """Raise `_Left` where what stands for a name is none, or not clear: a thing would be made that is none."""
        listed = [*names.items(), *((key, [said[key]]) for key in ("proposal", "source", "url") if key in said)]
        for key, texts in listed:
            for text in texts:
                if reason := why_no_name(NAMED.get(key), text, self.known):
                    raise _Left(f"{key} {quoted(text)} {reason}")

    def _conditions_as_one(self, names: Mapping[str, list[str]], row: RowPlace) -> Iterator[Skipped]:
        """Yield where the title of a new condition looks like those of several."""
        for name in (name for key in _OTHERWISE for name in names.get(key, ()) if self.known.create):
            if ";" in name and not self.known.known("condition", name):
                yield Skipped(row.of("condition"), AS_ONE.format(quoted(name), "condition"), DOUBT)

    def read(self, table: _Table) -> Iterator[Arrival | Skipped]:
        """Yield what the rows of a sheet bring."""
        header, columns, sign = table.header, table.columns, table.sign
        for heading in columns.unread:
            taken = {*columns.of_key, *self.mapping.constants}
            likely = [key for key in likely_keys(heading) if key not in taken]
            asked = f" (is it {' or '.join(likely)}? --map {likely[0]}=…)" if likely else ""
            reason = f"it is mapped to nothing{asked}; --ignore says that it may be"
            yield Skipped(table.place_of_column(heading), reason, "column")
        bare: set[int] = set()
        for row in table.rows:
            place = table.place(row)
            if says_the_same(row, header):
                yield Skipped(place, "it has the headings once more")
                continue
            unnamed = [
                number
                for number, text in enumerate(row.cells)
                if text.strip() and not has_heading(header, number) and number not in columns.of_key.values()
            ]
            if sign and unnamed and unnamed[-1] >= len(header.cells):
                reason = f"it has {len(row.cells)} cells, and {len(header.cells)} headings; is there a {quoted(sign)}"
                yield Skipped(place, f"{reason} in a cell? it belongs in quotes")
                continue
            yield from self._row(row, columns, place)
            for number in unnamed:
                if number not in bare:
                    bare.add(number)
                    reason = "it has no heading of its own, as under a merged one; --map KEY=LETTER reads it"
                    yield Skipped(place.of(f"column {letter(number)}"), reason, "column")

    def _row(self, row: SheetRow, columns: Columns, place: RowPlace) -> Iterator[Arrival | Skipped]:
        """Yield what one row brings."""
        cells = in_percent(self._said(row, columns.of_key))
        exact = [key for key in IN_NUMBERS if columns.of_key.get(key) in row.numbers]
        cells |= {key: in_one_way(cells[key], self.mapping.decimals) for key in exact if key in cells}
        crossings = [(place, cells)]
        if columns.crossing:
            crossings = [
                (place.of(f"column {letter(at)}"), {**cells, columns.across: heading, "position": text})
                for at, heading in columns.crossing.items()
                if at < len(row.cells) and (text := cleaned("position", row.cells[at]))
            ]
        for where, said in crossings:
            try:
                yield from self._statements(said, where, place)
            except _Left as reason:
                yield Skipped(where, str(reason))

    def _statements(self, said: dict[str, str], place: RowPlace, row: RowPlace) -> Iterator[Arrival | Skipped]:
        """Yield the records of a row, or of a cell in it, one where it has not both a position and a stage."""
        words = self._words(said)
        said = {key: self._date(key, text, place) if key in DATES else text for key, text in said.items()}
        if any(section == "commitments" for _, section, _ in words):
            said |= {key: self._number(key, said[key]) for key in IN_NUMBERS if key in said}
        own = {key: said[key] for key in _OWN if key in said}
        pointer = {part: said[part] for part in EVIDENCE_KEYS if part in said}
        names = self._names(said)
        self._must_have_clear_names(said, names)
        for word, section, key in words:  # whatever it names, before that is made
            self._must_be_sound(section, {**own, key: word, "evidence": [{**pointer, "source": SOURCE}]}, said, names)
        self._must_have_an_id_of_its_own(said, words, place)
        yield from self.actors.taken_as_one((name for key in _ACTORS for name in names.get(key, ())), row)
        yield from self._conditions_as_one(names, row)
        body = self._body(said, names, place)
        source, contradictions = self.sources.take(said, row)
        yield from contradictions
        yield from self.actors.other_kinds(names["actor"], said.get("kind"), row)
        if body is None or source is None:
            return
        for word, section, key in words:
            record: dict[str, Data] = {**body, **own, key: word, "evidence": [{**pointer, "source": source}]}
            stray = [only for only in OF_COMMITMENTS if only in record] if section == "stances" else []
            for only in stray:
                del record[only]
                if len(words) < 2:  # else it is the stage's
                    yield Skipped(place.of(only), ONLY_COMMITMENTS, DETAIL)
            yield Arrival(Draft(section, None, record), place)

    def _must_be_sound(
        self, section: str, record: dict[str, Data], said: dict[str, str], names: Mapping[str, list[str]]
    ) -> None:
        """Raise `_Left` where a record of a row, or its source, would be refused in the model."""
        ids: dict[str, str] = {}
        of_key = {key: list(dict.fromkeys(self._stand_in(name, ids) for name in names.get(key, ()))) for key in _ACTORS}
        record["proposal"] = "p"
        if section == "commitments":
            record |= {"toward": list(of_key["toward"])} if of_key["toward"] else {}
            record |= {"amount": amount} if (amount := amount_of(said)) else {}
        reason = source_objection(self.sources.details(said)) or record_objection(
            section, record, of_key["actor"], self.sources.published(said)
        )
        if reason:
            raise _Left(reason)

    def _must_have_an_id_of_its_own(self, said: dict[str, str], words: Sequence[object], place: RowPlace) -> None:
        """Raise `_Left` where the id that a row gives would be that of two records; rows that say the same are one."""
        if "id" not in said:
            return
        if len(words) > 1:
            raise _Left(f"id {quoted(said['id'])} would be that of its position and of its stage; write a row for each")
        first, where = self.ids.setdefault(said["id"], (said, place))
        if first != said:
            raise _Left(f"id {quoted(said['id'])} is that of {where}; give it another one, or leave it out")

    def _stand_in(self, name: str, ids: dict[str, str]) -> str:
        """Return the id of an actor, or of one that is not known yet about that which it will have."""
        if key := self.known.known("actor", name):
            return key
        return ids.setdefault(form_of(name), self.known.free_id(slug(name) or "actor", ids.values()))

    def _words(self, said: dict[str, str]) -> list[tuple[str, str, str]]:
        """Return what a row says, as a word, its section and its key; raise `_Left` where it says too little."""
        whys = (why_too_long, why_not_text, why_no_value, why_not_one_address, why_no_page)
        reasons = (why_not(key, text) for key, text in said.items() for why_not in whys)
        if reason := next(filter(None, reasons), None):
            raise _Left(reason)
        words = [word for key in WORDS if key in said and (word := self._word(said[key]))]
        given = {
            "position" if said.keys() & WORDS else "",
            *said,
            *({"source"} if "url" in said else ()),
        }
        missing = [key for key in ("actor", "position", "proposal", "date", "source") if key not in given]
        if missing:
            raise _Left(f"no {' and no '.join(missing)}")
        if not words:
            raise _Left(f"{quoted(said.get('position') or said['stage'])} means nothing here")
        return [(word, *(("stances", "position") if word in POSITIONS else ("commitments", "stage"))) for word in words]

    def _word(self, text: str) -> str | None:
        """Return our word for a position or a stage; None for what says nothing."""
        try:
            return self.mapping.meaning(text)
        except ValueError as reason:
            raise _Left(str(reason)) from reason

    def _names(self, said: dict[str, str]) -> dict[str, list[str]]:
        """Return the names in a row by the key under which each belongs; raise `_Left` where one is missing."""
        names: dict[str, list[str]] = {}
        for key in ("actor", *REFERS):
            if key not in said:
                continue
            listed = self.mapping.names_in(said[key]) if key in SEVERAL else [said[key]]
            if key == "actor" and not listed:
                raise _Left(f"{key} {quoted(said[key])} has no name in it")
            for name in listed:
                is_otherwise, title = condition_in(name) if key in _OTHERWISE else (False, name)
                if not title:
                    raise _Left(f"{key} {quoted(name)} names no condition; write it such as {NOT}ceasefire")
                names.setdefault(_OTHERWISE[key] if is_otherwise else key, []).append(title)
        return names

    def _body(self, said: dict[str, str], names: Mapping[str, list[str]], place: RowPlace) -> dict[str, Data] | None:
        """Return what a record names, and its amount; None where a name in it is unknown."""
        try:
            ids_of_actors = [self.actors.find(name, said.get("kind"), place) for name in names["actor"]]
        except ValueError as reason:
            raise _Left(str(reason)) from reason
        actors = list(dict.fromkeys(ids_of_actors))  # one may be written in two ways
        proposal = self.known.find("proposal", said["proposal"], place, {"title": said["proposal"]})
        body: dict[str, Data] = {"actor": actors[0] if len(actors) == 1 else list(actors), "proposal": proposal}
        unknown = None in actors or proposal is None
        for key, kind in REFERS.items():
            if key not in names:
                continue
            ids = list(dict.fromkeys(self._named(key, kind, name, place) for name in names[key]))
            unknown = unknown or None in ids
            body[key] = list(ids) if key in SEVERAL else ids[0]
        if amount := amount_of(said):
            body["amount"] = amount
        return None if unknown else body

    def _named(self, key: str, kind: str, name: str, place: RowPlace) -> str | None:
        """Return the id of whom or what a row names besides."""
        if kind == "actor":
            return self.actors.find_besides(name, place, is_speaker=key == "speaker")
        return self.known.find(kind, name, place, {"title": name})

    def _date(self, key: str, text: str, place: RowPlace) -> str:
        try:
            date = written_date(text, self.mapping.dates)
            return checked_end(date) if key == "until" else date
        except AmbiguousDate as error:
            raise UsageProblem(f"{place.with_file()}: {error}") from error
        except ValueError as reason:
            raise _Left(f"{key} {quoted(text)} is not a date: {reason}") from reason

    def _number(self, key: str, text: str) -> str:
        try:
            return written_number(text, self.mapping.decimals)
        except (AmbiguousNumber, ValueError) as reason:
            raise _Left(f"{key} {reason}") from reason
