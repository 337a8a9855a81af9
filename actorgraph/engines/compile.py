"""From statements to a folder of holdings: part after part, each a range of proposals that is worked out by itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

from actorgraph.dates import OPEN
from actorgraph.engines.conditional import lines_of
from actorgraph.engines.folder import Manifest, PartOfTable
from actorgraph.engines.frame import FRAME, copy_tables, fill_frame
from actorgraph.engines.holdings import make_speakers
from actorgraph.engines.sources import MORE_SOURCES, limit
from actorgraph.engines.sql import AS_READ
from actorgraph.engines.table_engine import literal
from actorgraph.ledger.filters import ALL, Filters
from actorgraph.ledger.schema import HOLDING_COLUMNS, SAID_AT_ONCE
from actorgraph.progress import quiet

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from actorgraph.engines.folder import Writing
    from actorgraph.engines.table_engine import TableEngine
    from actorgraph.model.model import Model
    from actorgraph.progress import Progress

SORTED: Final = "ORDER BY proposal, actor, kind, since, position, toward"
"""The order in which holdings are written: a question about a proposal reads few of them."""

WORKING_OUT: Final = "working out holdings"

STATEMENTS_SORTED: Final = f"ORDER BY proposal, actor, kind, id, {AS_READ}"


class Range(NamedTuple):
    """Proposals from one to another, both inside: how many there are, and how many statements on them."""

    first: str
    last: str
    proposals: int
    statements: int


def compile_statements(
    engine: TableEngine,
    frame: Model,
    new: Writing,
    *,
    made_of: Mapping[str, Any],
    left_out: Mapping[str, Any] | None = None,
    filters: Filters = ALL,
    more_sources: bool = False,
    progress: Progress = quiet,
) -> Manifest:
    """Make a folder of holdings of an engine's table `cleaned`, or give one new tables; return its manifest.

    Args:
        engine: Where the statements are, as `engines.statements` cleans them.
        frame: Whom and what they are about.
        new: The folder of holdings, into which nobody else writes (`folder.writing`).
        made_of: What the manifest is to say of where they come from.
        left_out: What it is to say of what could not be read.
        filters: Which evidence counts.
        more_sources: Whether statements cite sources that the frame has no room for (`engines.sources.MORE_SOURCES`).
        progress: Told of every step: what is being done, how much of it is done, and of how much.

    Raises:
        OSError: The folder cannot be written; what stood there counts.
    """
    fill_frame(engine, frame, filters)
    if filters != ALL:
        engine.make("counted", f"SELECT * FROM cleaned WHERE {counting(engine, filters, 'cleaned')}")
        engine.view("cleaned", "SELECT * FROM counted")
        frame = filters.applied(frame)
    if more_sources:
        limit(engine, filters)
    engine.view("arriving", "SELECT c.*, 0 AS batch FROM cleaned AS c")
    parts = list(written_parts(engine, frame, "arriving", new, progress))
    return new.swap(
        whole(engine, frame, parts, new, made_of=made_of, left_out=left_out or {}, more_sources=more_sources)
    )


def whole(
    engine: TableEngine,
    frame: Model,
    parts: Sequence[PartOfTable],
    new: Writing,
    *,
    made_of: Mapping[str, Any],
    left_out: Mapping[str, Any],
    more_sources: bool,
) -> Manifest:
    """Write all that stands beside the parts; return the manifest of the whole."""
    statements = tuple(file for part in parts for file in part.statements)
    engine.read("all_statements", new.paths(statements))
    engine.fill("overruled", HOLDING_COLUMNS, ())
    make_speakers(engine, "all_statements")
    tables = {table: _table(engine, new, table) for table in (*FRAME, "overruled", "speakers")}
    if more_sources:
        tables[MORE_SOURCES] = _table(engine, new, MORE_SOURCES)
    tables["statements"] = statements
    tables["holdings"] = tuple(file for part in parts for file in part.holdings)
    counts = {
        "statements": sum(part.rows[0] for part in parts),
        "holdings": sum(part.rows[1] for part in parts),
        "actors": len(frame.actors),
        "proposals": len(frame.proposals),
    }
    return Manifest(
        generation=0,
        of_model=False,
        made_of=made_of,
        counts=counts,
        left_out=left_out,
        tables=tables,
        sizes={},
        parts=tuple(parts),
    )


def compile_model(
    engine: TableEngine, model: Model, new: Writing, *, filters: Filters = ALL, made_of: Mapping[str, Any]
) -> Manifest:
    """Make a folder of holdings of a curated model: its ledger's tables as they are, with all that is inferred."""
    names = (*FRAME, "records", "holdings", "overruled", "speakers")
    copy_tables(engine, model, names, filters)
    tables = {table: _table(engine, new, table) for table in names}
    counts = {
        **{name: engine.run(f"SELECT COUNT(*) FROM {name}")[0][0] for name in ("records", "holdings")},
        "actors": len(model.actors),
        "proposals": len(model.proposals),
    }
    return new.swap(
        Manifest(generation=0, of_model=True, made_of=made_of, counts=counts, left_out={}, tables=tables, sizes={})
    )


def counting(engine: TableEngine, filters: Filters, table: str) -> str:
    """Return the condition that the evidence of a row of statements counts, in SQL.

    Of what has no day of publication nobody knows by when it was known.
    """
    conditions = ["1 = 1"]
    if filters.known_by < OPEN:
        conditions.append(f"published <= {filters.known_by}")
    if filters.without:
        listed = ", ".join(f"'{source}'" for source in filters.without)
        conditions.append(f"(source IS NULL OR source NOT IN ({listed}))")
    if filters.min_grade is not None:
        marks = [mark for (mark,) in engine.run(f"SELECT DISTINCT COALESCE(grade, '') FROM {table}")]
        good = ", ".join(f"'{mark}'" for mark in marks if filters.is_good(mark or None))
        conditions.append(f"COALESCE(grade, '') IN ({good})" if good else "1 = 0")
    return " AND ".join(conditions)


def ranges_of(engine: TableEngine, table: str) -> list[Range]:
    """Return the ranges of proposals into which a table of statements is parted, about as large as the engine likes.

    The engine's table `parts_of` has the number of the range of each proposal, from 0.
    """
    ranges: list[Range] = []
    numbers: list[tuple[str, int]] = []
    for block in engine.blocks(f"SELECT proposal, COUNT(*) FROM {table} GROUP BY proposal ORDER BY proposal"):
        for proposal, number in block:
            if ranges and ranges[-1].statements + number <= engine.part_rows:
                first, _, proposals, statements = ranges[-1]
                ranges[-1] = Range(first, proposal, proposals + 1, statements + number)
            else:
                ranges.append(Range(proposal, proposal, 1, number))
            numbers.append((proposal, len(ranges) - 1))
    ranges = ranges or [Range("", "", 0, 0)]
    engine.fill("parts_of", {"proposal": "TEXT", "part": "INTEGER"}, numbers)
    return ranges


def written_parts(
    engine: TableEngine, frame: Model, table: str, new: Writing, progress: Progress
) -> Iterator[PartOfTable]:
    """Write a table of statements and its holdings, part after part; yield what stands where."""
    ranges = ranges_of(engine, table)
    progress("sorting the statements", 0, len(ranges))
    stored = _stored(engine, table, ranges, new)
    for number, (of_range, files) in enumerate(zip(ranges, stored, strict=True)):
        progress(WORKING_OUT, number, len(ranges))
        engine.read("stored", new.paths(files))
        holdings = stored_holdings(engine, "stored", frame, new)
        rows = of_range.statements, rows_in(engine, new, holdings)
        yield PartOfTable(of_range.first, of_range.last, of_range.proposals, files, holdings, rows)
    progress(WORKING_OUT, len(ranges), len(ranges))


def stored_holdings(
    engine: TableEngine, table: str, frame: Model, new: Writing, *, kept: str | None = None
) -> tuple[str, ...]:
    """Write the holdings of a table of cleaned statements into a folder, as `write_holdings` does; return the files."""
    places = write_holdings(engine, table, frame, lambda: new.place("holdings"), kept=kept)
    return tuple(file for place in places for file in new.written(place))


def rows_in(engine: TableEngine, new: Writing, files: Sequence[str]) -> int:
    """Return how many rows files of a folder hold."""
    engine.read("made", new.paths(files))
    ((count,),) = engine.run("SELECT COUNT(*) FROM made")
    return int(count)


def _stored(engine: TableEngine, table: str, ranges: Sequence[Range], new: Writing) -> list[tuple[str, ...]]:
    """Write the statements, each range by itself; return the files of each."""
    place = new.place("statements")
    if len(ranges) < 2:
        engine.write(f"SELECT * FROM {table} {STATEMENTS_SORTED}", place)
        return [new.written(place)] * len(ranges)
    engine.write_parts(
        f"SELECT c.*, p.part FROM {table} AS c JOIN parts_of AS p ON p.proposal = c.proposal", place, parts=len(ranges)
    )
    return [new.written(f"{place}/part={number}") for number in range(len(ranges))]


def write_holdings(
    engine: TableEngine, table: str, frame: Model, place: Callable[[], str], *, kept: str | None = None
) -> list[str]:
    """Write the holdings of a table of cleaned statements, sorted by proposal and actor; return where they stand.

    Args:
        engine: Where the statements are.
        table: The table of them.
        frame: Whom and what they are about.
        place: Tells a new place to write to.
        kept: A text of lines of the holdings table that are written among them.
    """
    places = []
    for some in _some_actors(engine, table):
        engine.view("of_some", f"SELECT s.* FROM {table} AS s WHERE {some}")
        beside = "" if kept is None else f"SELECT * FROM ({kept}) AS k WHERE {some} UNION ALL "
        places.append(place())
        with lines_of(engine, "of_some", frame) as lines:
            engine.write(as_written(f"{beside}{lines}"), places[-1])
    return places


MOST_PAIRS: Final = 200_000_000
"""How many pairs of records on one track are worked out at once: a contested position names all that was said for it
until then, which takes some bytes for each pair."""


def _some_actors(engine: TableEngine, table: str) -> list[str]:
    """Return conditions on actors, of which each leaves as many statements as an engine works out at once.

    A part has more where it is one proposal of millions of statements, or where an actor has said much on one.
    """
    tracks = f"SELECT actor, COUNT(*) AS n FROM {table} GROUP BY kind, actor, proposal"
    lasts: list[str] = []
    rows, pairs, last = 0, 0, ""
    for actor, more, more_pairs in engine.run(
        f"SELECT actor, SUM(n), SUM(n * n) FROM ({tracks}) AS t GROUP BY actor ORDER BY actor"
    ):
        if rows and (rows + more > engine.part_rows or pairs + more_pairs > MOST_PAIRS):
            lasts.append(last)
            rows, pairs = 0, 0
        rows, pairs, last = rows + more, pairs + more_pairs, actor
    lowest = (f"actor > {literal(actor)}" for actor in lasts)
    highest = (f"actor <= {literal(actor)}" for actor in lasts)
    ends = zip(("1 = 1", *lowest), (*highest, "1 = 1"), strict=True)
    return [f"{low} AND {high}" for low, high in ends]


def as_written(lines: str) -> str:
    """Return the text of what is written of a text of lines of the holdings table, in order."""
    return f"SELECT h.*, {SAID_AT_ONCE} AS said_at_once FROM ({lines}) AS h {SORTED}"


def _table(engine: TableEngine, new: Writing, table: str) -> tuple[str, ...]:
    """Write a table of the engine; return its files."""
    place = new.place(table)
    rows = f"SELECT * FROM {table}"
    engine.write(as_written(rows) if table in ("holdings", "overruled") else rows, place)
    return new.written(place)
