"""The tables beside a table of statements: actors, proposals, sources, and who was a member of what, as things."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from actorgraph.curate.canonical import key_order
from actorgraph.curate.draft import Draft
from actorgraph.engines.csv_files import heading_of, headings_in
from actorgraph.engines.table_engine import FILE, ROW, is_parquet, quoted_name
from actorgraph.errors import Span, UsageProblem, quoted
from actorgraph.exchange.importing.incoming import Arrival, Things, with_arrivals
from actorgraph.exchange.importing.tables import fields_of
from actorgraph.exchange.sheets.cell_texts import USUAL_KIND, cleaned
from actorgraph.exchange.sheets.cited_sources import new_source
from actorgraph.exchange.sheets.headings import must_stand_once
from actorgraph.model.kinds import OF_SECTION, references
from actorgraph.model.messages import objection
from actorgraph.model.paths import shown
from actorgraph.model.records import DATES, Relation
from actorgraph.model.rules import findings, names_are_distinct, sources_are_cited
from actorgraph.names import fold, numbered, one_line, slug
from actorgraph.problem_codes import CODES
from actorgraph.written_cells import DASHES
from actorgraph.written_dates import AmbiguousDate, written_date
from actorgraph.written_numbers import AmbiguousNumber, in_one_way, written_number

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from actorgraph.engines.table_engine import TableEngine
    from actorgraph.exchange.sheets.mapping import SheetMapping
    from actorgraph.model.model import Model, Place
    from actorgraph.model.reader import Data
    from actorgraph.model.records import Actor, Proposal, Source
    from actorgraph.model.rules import Finding

SIDE_TABLES: Final = ("actors", "proposals", "sources", "members")
"""What may stand beside the statements."""

_SIGN: Final = ";"
"""What stands between several in a cell, where no other sign is told."""


_WEIGHT: Final = "weight."
"""What the columns of an actor's weights begin with: `weight.population`."""


class _Row(NamedTuple):
    """A row of a table beside the statements: where it stands, and what stands under its keys."""

    file: str
    line: int
    body: dict[str, Data]

    @property
    def place(self) -> str:
        """Where it stands, in words."""
        return f"{shown(self.file)}, row {self.line}"


def with_tables(
    engine: TableEngine, known: Model, files: Mapping[str, str], mapping: SheetMapping, today: str
) -> tuple[Model, tuple[str, ...]]:
    """Return a model with what small tables say besides, and which of their columns mean nothing.

    What they say of an actor or a proposal that is known takes the place of what was said of it before, key by key; of
    a source that is known nothing changes.

    Args:
        engine: What reads them.
        known: What is known before.
        files: The file of each table, by its name in `SIDE_TABLES`.
        mapping: How dates are read, and the sign between several in a cell.
        today: The day on which a source without a date has surely come out.

    Raises:
        UsageProblem: Something in them is wrong; it has every problem with its place.
    """
    reader = _Reader(engine, known, Things(known, create=True, today=today), mapping)
    rows = {name: reader.rows(name, files[name]) for name in SIDE_TABLES if name in files}
    reader.add_all(rows)
    arrivals, places = reader.things(rows)
    relations = (*known.relations, *reader.members(rows.get("members", ()), known.relations, places))
    _stop(reader.problems)
    model = with_arrivals(known, [*arrivals, *reader.known.arrivals])
    sections: dict[str, Any] = {name: getattr(model, name) | changed for name, changed in reader.changed.items()}
    model = replace(model, relations=relations, places={**model.places, **places}, **sections)
    if rows:
        problems = (finding for finding in findings(model, without=[names_are_distinct, sources_are_cited]))
        _stop([f"{_place(model, each)}: {each.message}" for each in problems if not CODES[each.code].is_warning])
    return model, tuple(reader.unread)


class _Reader:
    """Reads small tables, and keeps every problem with its place."""

    def __init__(self, engine: TableEngine, model: Model, known: Things, mapping: SheetMapping) -> None:
        self.engine = engine
        self.model = model
        self.known = known
        self.changed: dict[str, dict[str, Any]] = {"actors": {}, "proposals": {}}
        self.mapping = mapping
        self.problems: list[str] = []
        self.unread: list[str] = []
        self._keys: dict[tuple[str, int], str] = {}

    def rows(self, name: str, file: str) -> list[_Row]:
        """Return the rows of a table, without empty cells."""
        self.engine.read("beside", [file], numbered=True)
        columns = [column for column in self.engine.columns("beside") if column not in (ROW, FILE)]
        known = ["group" if name == "members" else "id", *_keys_of(name)]
        must_stand_once(file, headings_of(self.engine, file), set(map(fold, known)))
        key_of = {column: key for column in columns if (key := _key_of(column, known)) is not None}
        self.unread += [f"{column} ({shown(file)})" for column in columns if column not in key_of]
        listed = ", ".join(quoted_name(column) for column in (ROW, *key_of))
        shift = 0 if is_parquet(file) else 1
        rows = []
        for line, *cells in self.engine.run(f"SELECT {listed} FROM beside ORDER BY {ROW}"):
            body: dict[str, Data] = {}
            for key, cell in zip(key_of.values(), cells, strict=True):
                is_number = isinstance(cell, float | Decimal)
                value = in_one_way(str(cell), self.mapping.decimals) if is_number else _value(cell)
                body.update({key: value} if value else {})
            if body:
                rows.append(_Row(file, line + shift, body))
        self.engine.drop("beside")
        return rows

    def add_all(self, rows: Mapping[str, Sequence[_Row]]) -> None:
        """Make everything known that has a row, by its id and its names, before anything refers to it."""
        for name in (name for name in SIDE_TABLES if name in rows and name != "members"):
            kind = OF_SECTION[name].name
            naming = "name" if kind == "actor" else "title"
            for row in rows[name]:
                title = one_line(str(row.body.get(naming) or row.body.get("id") or row.body.get("url") or ""))
                key = row.body.get("id")
                if not title:
                    self.problems.append(f"{row.place}: no {naming}")
                elif isinstance(key, str) and slug(key) != key:
                    hint = f", as {quoted(slug(key))}" if slug(key) else ""
                    self.problems.append(
                        f"{row.place}: {quoted(key)} is no id; it has small letters, digits and hyphens{hint}"
                    )
                elif isinstance(key, str) and self.known.known(kind, key) == key and key in self._keys.values():
                    self.problems.append(f"{row.place}: {quoted(key)} stands before already")
                else:
                    aliases: list[Data] = [*self._several(row.body.get("aliases"))]
                    body: dict[str, Data] = {**row.body, "aliases": aliases}
                    named = key if isinstance(key, str) else None
                    self._keys[row.file, row.line] = self.known.add(kind, title, body, row.file, key=named)

    def things(self, rows: Mapping[str, Sequence[_Row]]) -> tuple[list[Arrival], dict[Place, Span]]:
        """Return what the rows say of things, with whatever they name as ids, and where it stands."""
        arrivals: list[Arrival] = []
        places: dict[Place, Span] = {}
        for name, of_table in rows.items():
            for row in of_table:
                key = self._keys.get((row.file, row.line))
                if key is None:
                    continue
                before = getattr(self.model, name).get(key)
                body = self._told(name, row)
                body = self._completed(name, row, body) if before is None else _renewed(before, body)
                if reason := objection(name, body):
                    self.problems.append(f"{row.place}: {reason}")
                elif before is None:
                    arrivals.append(Arrival(Draft(name, key, body), row.file))
                    places[name, key] = Span(row.file, row.line)
                elif name in self.changed and (now := type(before).model_validate(body)) != before:
                    self.changed[name][key] = now
                    places[name, key] = Span(row.file, row.line)
        return arrivals, places

    def members(self, rows: Sequence[_Row], known: Sequence[Relation], places: dict[Place, Span]) -> Iterator[Relation]:
        """Yield who was a member of what, each once and none that is known, and note where that stands."""
        taken = {relation.id for relation in known}
        told_before = {_but_for_its_id(relation) for relation in known}
        for row in rows:
            body = self._told("relations", row._replace(body={**row.body, "relation": "member-of"}))
            if reason := objection("relations", body):
                self.problems.append(f"{row.place}: {reason}")
                continue
            relation = Relation.model_validate(body)
            if (says := _but_for_its_id(relation)) in told_before:
                continue
            told_before.add(says)
            key = numbered(f"{body['actor']}.member-of.{body['to']}", taken.__contains__)
            taken.add(key)
            places["relations", key] = Span(row.file, row.line)
            yield relation.model_copy(update={"id": key})

    def _told(self, section: str, row: _Row) -> dict[str, Data]:
        """Return what stands under the keys of an entry, names as ids."""
        kind = OF_SECTION[section]
        refers = {reference.keys[0]: reference for reference in references(kind.name) if len(reference.keys) == 1}
        lists = {field.name for field in fields_of(kind.name) if field.type == "array"}
        body: dict[str, Data] = {}
        for key, value in row.body.items():
            if key == "id":
                continue
            if key in refers:
                ids = [self._named(refers[key].kind, name, row) for name in self._several(value)]
                body[key] = list(ids) if refers[key].many else ids[0]
            elif key in DATES:
                body[key] = self._date(row, key, str(value))
            elif key in lists:
                body[key] = list(self._several(value))
            elif key.startswith(_WEIGHT):
                weight = body.setdefault("weight", {})
                assert isinstance(weight, dict)
                weight[key.removeprefix(_WEIGHT)] = self._number(row, key, str(value))
            else:
                body[key] = cleaned(key, str(value))
        return body

    def _completed(self, section: str, row: _Row, body: dict[str, Data]) -> dict[str, Data]:
        """Return the keys of a new thing, with those that it needs and that a row need not tell."""
        if section == "actors":
            return {"name": row.body.get("id"), "kind": self.mapping.kind or USUAL_KIND, **body}
        if section == "sources":
            name = str(row.body.get("title") or row.body.get("url") or row.body.get("id"))
            return new_source({"title": name, **body}, self.known.today)
        return body

    def _named(self, kind: str, name: str, row: _Row) -> str:
        actor: dict[str, Data] = {"name": name, "kind": self.mapping.kind or USUAL_KIND}
        return self.known.find(kind, one_line(name), row.file, actor if kind == "actor" else {"title": name}) or ""

    def _date(self, row: _Row, key: str, text: str) -> str:
        try:
            return written_date(text, self.mapping.dates)
        except AmbiguousDate as error:
            self.problems.append(f"{row.place}: {key} {error}")
        except ValueError as reason:
            self.problems.append(f"{row.place}: {key} {quoted(text)} is not a date: {reason}")
        return text

    def _number(self, row: _Row, key: str, text: str) -> str:
        try:
            return written_number(text, self.mapping.decimals)
        except (AmbiguousNumber, ValueError) as reason:
            self.problems.append(f"{row.place}: {key} {reason}")
        return text

    def _several(self, value: Data) -> list[str]:
        """Return what stands in a cell, which is a list already or has a sign between several."""
        if isinstance(value, list):
            return [str(each) for each in value]
        sign = self.mapping.several or _SIGN
        return [each.strip() for each in str(value or "").split(sign) if each.strip()]


def headings_of(engine: TableEngine, file: str) -> Sequence[str]:
    """Return the headings of a table as they are written, none where nobody can tell."""
    return engine.names_in(file) if is_parquet(file) else headings_in(heading_of(file))


def _renewed(before: Actor | Proposal | Source, row: Mapping[str, Data]) -> dict[str, Data]:
    """Return the keys of a thing with what a row says of it now; names and weights are added to those that it had."""
    body: dict[str, Data] = before.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    for key, value in row.items():
        old = body.get(key)
        if key == "aliases" and isinstance(old, list) and isinstance(value, list):
            body[key] = list(dict.fromkeys([*old, *value]))
        elif isinstance(old, dict) and isinstance(value, dict):
            body[key] = {**old, **value}
        else:
            body[key] = value
    return body


def _but_for_its_id(relation: Relation) -> str:
    return relation.model_dump_json(exclude={"id"})


def _keys_of(name: str) -> list[str]:
    if name == "members":
        return ["actor", "to", "role", "since", "until", "note"]
    return [key for key in key_order(name) if key != "evidence"]


def _key_of(column: str, known: Sequence[str]) -> str | None:
    """Return the key that a column of a table is, None where it is none."""
    if column.casefold().startswith(_WEIGHT) and "weight" in known:
        return column.casefold()
    key = next((key for key in known if fold(key) == fold(column)), None)
    return "to" if key == "group" else key


def _value(cell: object) -> Data:
    if isinstance(cell, list | tuple):
        return [str(each) for each in cell if each is not None]
    text = "" if cell is None else str(cell).strip()
    return text if text.strip(DASHES) else ""


def _place(model: Model, finding: Finding) -> str:
    """Return where something stands, as a reader of tables finds it."""
    section, key = finding.place
    name = model.relations[key].id if section == "relations" and isinstance(key, int) else key
    span = model.places.get((section, name), Span(section))
    return f"{shown(span.file)}, row {span.line}"


def _stop(problems: Sequence[str]) -> None:
    if problems:
        raise UsageProblem("\n".join(problems))
