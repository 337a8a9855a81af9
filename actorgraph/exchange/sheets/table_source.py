"""A large table of statements, and the small tables beside it: whom and what they are about, ready to be compiled."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from actorgraph.engines.left_out import PLACES, LeftOut
from actorgraph.engines.sources import sources_named
from actorgraph.engines.statements import clean_table, kept_columns
from actorgraph.engines.table_engine import FILE, ROW, is_parquet, literal, quoted_name
from actorgraph.engines.texts import KEYS_OF, Incoming
from actorgraph.errors import VERY_ALIKE, Span, UsageProblem, did_you_mean, quoted
from actorgraph.exchange.importing.incoming import Skipped, Things, span_of, with_arrivals
from actorgraph.exchange.sheets.cell_texts import cleaned, with_address
from actorgraph.exchange.sheets.coded import CodedReader
from actorgraph.exchange.sheets.coded_sources import CodedSources
from actorgraph.exchange.sheets.headings import must_stand_once
from actorgraph.exchange.sheets.mapping import KEYS, SheetMapping, likely_keys, mapping_of
from actorgraph.exchange.sheets.sheet_rows import SheetRow, columns_of
from actorgraph.exchange.sheets.side_tables import headings_of, with_tables
from actorgraph.exchange.sheets.table_files import table_files
from actorgraph.exchange.sheets.taken_in import TakenIn
from actorgraph.model.kinds import STATEMENT_SECTIONS
from actorgraph.model.model import Joint, Model
from actorgraph.model.paths import TABLES, shown
from actorgraph.model.records import DATES, EventRecord, Header, Source
from actorgraph.names import fold, one_line, slug
from actorgraph.vocabulary import JOINTLY, NOT

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from actorgraph.engines.table_engine import TableEngine
    from actorgraph.exchange.importing.incoming import Arrival, Origin
    from actorgraph.exchange.sheets.taken_in import HeldTables
    from actorgraph.model.model import Place
    from actorgraph.model.reader import Data


def take(
    engine: TableEngine,
    source: str,
    options: Mapping[str, Any],
    *,
    known: Model | None = None,
    held: HeldTables | None = None,
    today: str = "",
) -> TakenIn:
    """Clean a table of statements in an engine, and return what it is about.

    Args:
        engine: Where the tables `cleaned` and `cited` are made.
        source: A file, or a folder with a table `statements` and others beside it.
        options: How it is read, as `mapping_of` takes them.
        known: Whom and what is known already, such as that of a table to which this one is added; where nothing is
            said nothing is, and the model is called as the file.
        held: What is there already, if this one is added to it.
        today: The day on which a source without a date has surely come out.

    Returns:
        What was taken in.

    Raises:
        UsageProblem: A file or a column is missing, or what is beside the statements cannot be read.
    """
    mapping = mapping_of(options)
    if mapping.wide or mapping.header:
        raise UsageProblem("a table that is compiled has a row for each statement; `actorgraph import` reads others")
    files = table_files(source)
    model, unread = with_tables(engine, known or Model(header_of(source)), files.beside, mapping, today)
    engine.read("incoming", files.statements, numbered=True)
    is_text = not is_parquet(files.statements[0])
    kinds = engine.columns("incoming")
    names = list(kinds)
    written = {file: headings_of(engine, file) for file in files.statements}
    incoming = _incoming(names, "arrived", written, mapping, shift=int(is_text))
    only_filled = f"SELECT * FROM incoming WHERE {_filled(kinds)}"
    if is_text:  # it is read many times, and to part a text into cells takes longest
        engine.make("arrived", only_filled)
    else:
        has_empty = _has_empty(engine, kinds, incoming.columns.get("actor"))
        engine.view("arrived", only_filled if has_empty else "SELECT * FROM incoming")
    carried = tuple(_carried(names, incoming))
    things = Things(model, create=True, today=today)
    sources = CodedSources(
        things,
        apart=_apart(engine, incoming, things, held) if held else None,
        uneven=_is_uneven(engine, incoming),
        meant=held.meant if held else {},
    )
    reader = CodedReader(things, mapping, sources=sources, place=files.statements[0])
    taken = _cleaned(engine, incoming, reader, files.statements, held.statements if held else None)
    unclear = tuple(f"{name} ({' or '.join(keys)})" for name, keys in sources.unclear.items())
    in_utc = tuple(column for key, column in incoming.columns.items() if key in DATES and kinds[column] in _OF_A_ZONE)
    return taken._replace(unread=unread, carried=carried, unclear=unclear, in_utc=in_utc, meant=sources.meant)


def _apart(engine: TableEngine, incoming: Incoming, things: Things, held: HeldTables) -> Mapping[str, Source] | None:
    """Return those of the sources that are set apart already that a table may name, whose ids nothing else may bear."""
    if held.sources is None:
        return None
    reserve_held(engine, things, held)
    cells = [quoted_name(column) for key in _NAMES_OF_SOURCES if (column := incoming.columns.get(key))]
    names = [f"SELECT TRIM(CAST({cell} AS STRING)) AS name FROM {incoming.table}" for cell in cells]
    if column := incoming.columns.get("source"):
        engine.fill("named_beside", {"name": "TEXT"}, _names_beside(engine, incoming.table, column))
        names.append("SELECT name FROM named_beside")
    names += [f"SELECT {literal(text)} AS name" for key in _NAMES_OF_SOURCES if (text := incoming.constants.get(key))]
    return sources_named(engine, " UNION ".join(names), table=held.sources) if names else {}


def _names_beside(engine: TableEngine, table: str, column: str) -> Iterator[tuple[str]]:
    """Yield the names of sources beside which their address stands in a cell, and these addresses."""
    cell = f"CAST({quoted_name(column)} AS STRING)"
    sql = f"SELECT DISTINCT {cell} FROM {table} WHERE {cell} LIKE '%://%' OR {cell} LIKE '%.%/%' OR {cell} LIKE 'www.%'"
    for block in engine.blocks(sql):
        for (text,) in block:
            yield from ((name,) for name in with_address({"source": cleaned("source", text)}).values())


def _is_uneven(engine: TableEngine, incoming: Incoming) -> bool:
    """Whether some rows of a table say less of their sources than others."""
    columns = [quoted_name(column) for key in KEYS_OF["source"] if (column := incoming.columns.get(key))]
    if not columns:
        return False
    said = " || ".join(
        f"CASE WHEN COALESCE(TRIM(CAST({column} AS STRING)), '') = '' THEN '0' "
        f"WHEN CAST({column} AS STRING) LIKE '%://%' THEN '2' ELSE '1' END"
        for column in columns
    )
    rows = engine.run(f"SELECT COUNT(DISTINCT said) FROM (SELECT {said} AS said FROM {incoming.table}) AS r")
    return rows > [(1,)]


def reserve_held(engine: TableEngine, things: Things, held: HeldTables) -> None:
    """Let no new thing bear the id of a source that is set apart already."""
    if held.sources is not None:
        things.reserve(key for (key,) in engine.run(f"SELECT source FROM {held.sources}"))


_NAMES_OF_SOURCES: Final = ("source", "url", "title")


def take_arrivals(
    engine: TableEngine, arrivals: Iterable[Arrival | Skipped], things: Things, files: Sequence[str]
) -> TakenIn:
    """Clean what an import brings in an engine, as `take` does; `things` are those that it brought."""
    events: list[EventRecord] = []
    skipped: list[Skipped] = []
    statements: list[tuple[object, ...]] = []
    joint: dict[int, tuple[str, ...]] = {}
    makers = _makers(arrivals, statements, events, skipped, joint)
    engine.fill("makers", {"number": "INTEGER", "actor": "TEXT"}, makers)
    columns = {**dict.fromkeys(_BROUGHT, "TEXT"), "line": "INTEGER", "number": "INTEGER", "makers": "INTEGER"}
    engine.fill("brought", columns, statements)
    engine.make("incoming", _INCOMING)
    model = with_arrivals(things.model, things.arrivals)
    places: dict[Place, Span] = {("events", event.id): Span(files[0]) for event in events}
    model = replace(model, events=(*model.events, *events), places={**model.places, **places})
    columns_of = {key: key for key in ("actor", *_BROUGHT, JOINTLY) if key != "file"}
    reader = CodedReader(Things(model, create=True, today=things.today), SheetMapping(several=_SIGN), place=files[0])
    taken = _cleaned(engine, Incoming("incoming", columns_of), reader, files)
    taken = taken._replace(frame=replace(taken.frame, joint=_with(things.model.joint, _joint(engine, joint))))
    return taken._replace(left_out=(*_by_reason(skipped), *taken.left_out), rows=taken.rows + len(skipped))


def _with(known: Mapping[str, Joint], new: Mapping[str, Joint]) -> dict[str, Joint]:
    """Return joint statements with new ones; of one that is known already all who made it, then or now."""
    before = {key: known[key].actors if key in known else () for key in new}
    return {**known, **{key: Joint(key, tuple(dict.fromkeys((*new[key].actors, *before[key])))) for key in new}}


def _by_reason(skipped: Iterable[Skipped]) -> list[LeftOut]:
    """Return what an import leaves out by the reason, the most frequent first, with the first places of each."""
    places: dict[str, list[Origin]] = defaultdict(list)
    for place, reason, _ in skipped:
        places[reason].append(place)
    return [
        LeftOut(reason, len(places[reason]), tuple((*span_of(place)[:2], None) for place in places[reason][:PLACES]))
        for reason in sorted(places, key=lambda reason: -len(places[reason]))
    ]


_SIGN: Final = ";"
_BROUGHT: Final = (
    *("id", "position", "proposal", "date", "until", "toward", "if", "unless", "speaker", "note"),
    *("amount", "at-least", "at-most", "unit", "source", "lines", "page", "via", "credibility", "quote", "file"),
)
"""What is kept of a statement that an import brings, for each of its evidence."""
_OTHERS: Final = ", ".join(f'b."{key}"' for key in _BROUGHT if key not in ("id", "file"))
_INCOMING: Final = f"""
SELECT CASE WHEN b.makers > 1 THEN b.id || '.' || m.actor ELSE b.id END AS id, m.actor, {_OTHERS},
    b.file AS {FILE}, b.line AS {ROW},
    CASE WHEN b.makers > 1 THEN b.number ELSE NULL END AS {JOINTLY}
FROM brought AS b JOIN makers AS m ON m.number = b.number"""


def _makers(
    arrivals: Iterable[Arrival | Skipped],
    statements: list[tuple[object, ...]],
    events: list[EventRecord],
    skipped: list[Skipped],
    joint: dict[int, tuple[str, ...]],
) -> Iterator[tuple[int, str]]:
    """Yield who made the statements of what arrives, by their numbers.

    The statements are kept, who made those that are joint, the events, and what was left out.

    A joint statement of 170 states is kept once: it would take long to write it down for each.
    """
    number = 0
    for arrival in arrivals:
        if isinstance(arrival, Skipped):
            skipped.append(arrival)
            continue
        section, _, body = arrival.draft
        if section == "events":
            events.append(EventRecord.model_validate(body))
        if section not in STATEMENT_SECTIONS:
            continue
        number += 1
        actors = body["actor"] if isinstance(body["actor"], list) else [body["actor"]]
        makers = tuple(map(str, actors))
        if len(makers) > 1:
            joint[number] = makers
        yield from ((number, actor) for actor in makers)
        file, line, _ = span_of(arrival.place)
        amount = body.get("amount")
        said = {**body, "position": body.get("position") or body.get("stage"), "file": file}
        if isinstance(amount, dict):
            said |= {"amount" if key == "value" else key: value for key, value in amount.items()}
        evidence = body.get("evidence")
        for cited in evidence if isinstance(evidence, list) and evidence else [{}]:
            own = {**said, **cited} if isinstance(cited, dict) else said
            statements.append((*(_cell(own.get(key)) for key in _BROUGHT), line, number, len(actors)))


def _joint(engine: TableEngine, joint: Mapping[int, tuple[str, ...]]) -> dict[str, Joint]:
    """Let each record of a joint statement name the first of them, and return these with whose statement it was."""
    heads = ((number, actors[0]) for number, actors in joint.items())
    engine.fill("heads", {"number": "INTEGER", "actor": "TEXT"}, heads)
    same = f"c.{JOINTLY} = h.number AND c.actor = h.actor"
    engine.make(
        "firsts", f"SELECT h.number, MIN(c.id) AS id FROM heads AS h JOIN cleaned AS c ON {same} GROUP BY h.number"
    )
    others = ", ".join(f"c.{quoted_name(name)}" for name in engine.columns("cleaned") if name != JOINTLY)
    engine.make(
        "told_jointly",
        f"SELECT {others}, f.id AS {JOINTLY} FROM cleaned AS c LEFT JOIN firsts AS f ON f.number = c.{JOINTLY}",
    )
    first_ids = engine.run("SELECT number, id FROM firsts")
    engine.view("cleaned", "SELECT * FROM told_jointly")
    for name in ("heads", "firsts"):
        engine.drop(name)
    return {key: Joint(key, joint[number]) for number, key in first_ids}


def _cell(value: Data) -> str | None:
    return _SIGN.join(map(str, value)) if isinstance(value, list) else None if value is None else str(value)


def _cleaned(
    engine: TableEngine, incoming: Incoming, reader: CodedReader, files: Sequence[str], held: str | None = None
) -> TakenIn:
    """Clean a table, and return what it is about: what was known, and what a row that counts names."""
    ((rows,),) = engine.run(f"SELECT COUNT(*) FROM {incoming.table}")
    left_out, passed_over = clean_table(engine, incoming, reader, held=held)
    for name in ("arrived", "incoming", "brought", "makers"):
        engine.drop(name)
    return TakenIn(reader.frame(_named(engine) if left_out else None), left_out, rows, tuple(files), passed_over)


def _named(engine: TableEngine) -> dict[str, set[str]]:
    """Return what the cleaned statements name, by section."""

    def texts(column: str) -> Iterator[str]:
        return (text for (text,) in engine.run(f"SELECT DISTINCT {column} FROM cleaned") if text)

    return {
        "actors": {*texts("actor"), *texts("speaker"), *(key for keys in texts("toward") for key in keys.split(" "))},
        "proposals": {*texts("proposal")},
        "conditions": {key.removeprefix(NOT) for keys in texts("conditions") for key in json.loads(keys)},
        "sources": {*texts("source")},
    }


def _has_empty(engine: TableEngine, kinds: Mapping[str, str], column: str | None) -> bool:
    """Return whether nothing stands in some row of `incoming`: a column is asked first in which hardly a cell is empty.

    To read all columns for that takes twelve times as long (measured).
    """
    ways = [*([{column: kinds[column]}] if column else []), kinds]
    return all(engine.run(f"SELECT 1 FROM incoming WHERE NOT {_filled(some)} LIMIT 1") for some in ways)


def _filled(kinds: Mapping[str, str]) -> str:
    """Return the condition that anything stands in a row of a numbered table whose columns have these types."""
    cells = [
        f"TRIM({quoted_name(name)}) <> ''" if kind.lower() in _TEXTS else f"{quoted_name(name)} IS NOT NULL"
        for name, kind in kinds.items()
        if name not in (ROW, FILE)
    ]
    return f"COALESCE({' OR '.join(cells) or 'TRUE'}, FALSE)"


_TEXTS: Final = ("varchar", "string")
_OF_A_ZONE: Final = ("TIMESTAMP WITH TIME ZONE", "TIMESTAMPTZ_NS", "timestamp", "timestamp_ltz")
"""What DuckDB and Spark call moments of which Parquet keeps no zone: their day is that in UTC."""


def _incoming(
    names: Iterable[str], table: str, written: Mapping[str, Sequence[str]], mapping: SheetMapping, *, shift: int
) -> Incoming:
    """Return which column of a table holds what; `written` are the headings of each of its files.

    Raises `UsageProblem` where one that is needed cannot be told, as where two have its heading.
    """
    named = [name for name in names if name not in (ROW, FILE)]
    first = next(iter(written))
    headings = _as_written(named, written[first])
    try:
        by_heading = columns_of(shown(first), SheetRow(1, headings), mapping, sourced=False)
    except UsageProblem as problem:
        if all(others == written[first] for others in written.values()):
            raise
        raise UsageProblem(f"{problem}; {len(written)} files with different headings {_READ_AS_ONE}") from problem
    columns = {key: named[at] for key, at in by_heading.of_key.items()}
    if own := [heading for heading in by_heading.unread if fold(heading) == _CONDITIONS]:
        columns[_CONDITIONS] = named[[" ".join(heading.split()) for heading in headings].index(own[0])]
    read = {fold(headings[at]) for at in by_heading.of_key.values()}
    for file, others in written.items():
        is_like_first = others == written[first]  # of which the keys have been looked at
        must_stand_once(file, others, (set() if is_like_first else read) | set(map(fold, own)))
    return Incoming(table, columns, mapping.constants, shift)


_READ_AS_ONE: Final = "are read as one table: what one row tells in several files is to be joined first"


def _as_written(named: Sequence[str], written: Sequence[str]) -> Sequence[str]:
    """Return the headings of columns as a file has them: of two that are alike an engine renames one.

    >>> _as_written(["date", "date_1", "note", "more"], ["date", "Date", "note"])
    ['date', 'Date', 'note', 'more']
    """
    often = Counter(map(fold, written))
    twice = [at for at, heading in enumerate(written) if heading.strip() and often[fold(heading)] > 1]
    return [written[at] if at in twice else name for at, name in enumerate(named)]


def _carried(names: Iterable[str], incoming: Incoming) -> Iterator[str]:
    """Yield the columns that are kept and mean nothing: what each is called, and which key it may mean."""
    lacking = [key for key in KEYS if not incoming.tells([key])]
    for column, kept_as in kept_columns(names, incoming):
        if column not in incoming.columns.values():
            heading = " ".join(column.split())
            as_what = "" if kept_as == column else f" as {kept_as}"
            yield f"{heading}{as_what}{_maybe(heading, lacking)}"


def _maybe(heading: str, keys: Sequence[str]) -> str:
    """Return which key a heading may mean that no column has, nothing where none is near."""
    for likely in likely_keys(heading):
        if likely in keys:
            return f" (--map {likely}={quoted(heading)}?)"
    return did_you_mean(fold(heading), keys, cutoff=VERY_ALIKE)


_CONDITIONS: Final = "conditions"
"""The column of the conditions of a statement, `not:` before those that must not hold, as our own tables have it."""


def header_of(source: str, *, key: str | None = None, title: str | None = None) -> Header:
    """Return the header of what is made of a table: its id and its title, or as the file is called.

    >>> header_of("data/UN votes.parquet")
    Header(id='un-votes', title='UN votes', description=None, default=False, include=())
    """
    name = Path(source).name
    if name in ("", ".."):  # a folder as it is called from within
        name = Path(source).resolve().name or "table"
    name = next((name[: -len(end)] for end in TABLES[::-1] if name.lower().endswith(end)), name)
    title = one_line(title or name) or name
    key = key or slug(title) or "table"
    if slug(key) != key:
        raise UsageProblem(
            f"{quoted(key)} is no id; it has small letters, digits and hyphens, as {quoted(slug(key) or 'table')}"
        )
    return Header(id=key, title=title)
