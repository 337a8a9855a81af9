"""The sources of a large table: those that its frame has no room for have a table of their own, and answer as others.

A coded table may cite a source for each of its millions of rows. A frame is a model, and is held in memory; so of very
many sources only those are in it that are known beside the statements. The others stand in the table `more_sources`,
and are put under those of the frame where questions are asked: in `things`, `names` and `sources`.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from actorgraph.dates import last_day, latest
from actorgraph.errors import Span
from actorgraph.ledger.codec import CitedSource, decode_bodies
from actorgraph.ledger.filters import ALL
from actorgraph.ledger.load import and_without
from actorgraph.ledger.sources import cited_source
from actorgraph.model.records import Source
from actorgraph.names import fold
from actorgraph.vocabulary import RELIABILITY, grade

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from actorgraph.engines.table_engine import TableEngine
    from actorgraph.ledger.filters import Filters
    from actorgraph.model.model import Model, Place

CITED: Final = "cited"
"""The engine's table of all sources that rows cite, also such as are left out: of the columns `SOURCE`, and `place`."""

MORE_SOURCES: Final = "more_sources"
"""The table of the sources that a frame has no room for; it has the columns of `cited`."""

SOURCE: Final = {
    **dict.fromkeys(CitedSource._fields, "TEXT"),
    "day": "INTEGER",
    "reliability": "TEXT",
    "title": "TEXT",
    "id_form": "TEXT",
    "title_form": "TEXT",
    "body": "TEXT",
}
"""What is kept of a source: as answers cite it, the day by which it had come out, its names, and its keys as JSON."""

_NAMES: Final = (("id_form", "source"), ("title_form", "title"), ("url", "url"))
_JOINED: Final = {
    "things": ({"type": "'source'", "id": "source", "name": "title", "place": "place", "body": "body"},),
    "names": tuple({"form": form, "type": "'source'", "id": "source", "spelling": name} for form, name in _NAMES),
    "sources": ({name: name for name in CitedSource._fields},),
}
"""What their columns are in the tables of a ledger: in `names`, a row for each name."""

JOINED: Final = tuple(_JOINED)
"""The tables of a ledger in which sources stand."""


def columns_of(key: str, source: Source) -> tuple[object, ...]:
    """Return what is kept of a source, in the order of `SOURCE`.

    >>> a_b = columns_of("a-b", Source(title="A & B", publisher="Gazette", published="2025-02"))
    >>> dict(zip(SOURCE, a_b))["day"], dict(zip(SOURCE, a_b))["id_form"]
    (20250228, 'a b')
    """
    body = source.model_dump_json(by_alias=True, exclude_defaults=True)
    names = source.title, fold(key), fold(source.title)
    return *cited_source(key, source), last_day(source.published), source.reliability, *names, body


def in_frame(table: str) -> str:
    """Return what a table of a ledger is called as far as the frame goes, where sources are put under it.

    >>> in_frame("things")
    'frame_things'
    """
    return f"frame_{table}"


def without_named(engine: TableEngine, frame: Model, filters: Filters, names: Sequence[str]) -> tuple[Filters, Model]:
    """Return filters that leave out further sources, named by id, title or url, and the frame with those set apart.

    Raises `UsageProblem`, with the nearest names of the frame, for what is no source.
    """
    if not names:
        return filters, frame
    texts = dict.fromkeys(text for name in names for text in (name, fold(name)))
    engine.fill("asked", {"name": "TEXT"}, ((text,) for text in texts))
    apart = sources_named(engine, "SELECT name FROM asked")
    places: dict[Place, Span] = {("sources", key): Span(MORE_SOURCES) for key in apart}
    wider = replace(frame, sources={**frame.sources, **apart}, places={**frame.places, **places})
    filters = and_without(filters, names, wider)
    sources = {key: source for key, source in wider.sources.items() if key not in apart or key in filters.without}
    return filters, replace(wider, sources=sources)


def set_apart(engine: TableEngine, in_frame: Iterable[str], *, before: str | None = None) -> bool:
    """Make `more_sources` of what statements that are `cleaned` cite, and the frame has not; return if there is any.

    Args:
        engine: Where the sources are.
        in_frame: The ids of those that the frame has.
        before: The table of those that were set apart before, if there is one: they stay.
    """
    engine.fill("of_frame", {"source": "TEXT"}, ((key,) for key in in_frame))
    known = "SELECT source FROM of_frame" + ("" if before is None else f" UNION ALL SELECT source FROM {before}")
    listed = ", ".join(f"c.{name}" for name in (*SOURCE, "place"))
    new = (
        f"SELECT {listed} FROM {CITED} AS c JOIN (SELECT DISTINCT source FROM cleaned) AS u ON u.source = c.source "
        f"LEFT JOIN ({known}) AS k ON k.source = c.source WHERE k.source IS NULL"
    )
    kept = "" if before is None else f"SELECT {listed} FROM {before} AS c UNION ALL "
    engine.make(MORE_SOURCES, kept + new)
    engine.drop("of_frame")
    return engine.run(f"SELECT COUNT(*) FROM {MORE_SOURCES}") > [(0,)]


def limit(engine: TableEngine, filters: Filters) -> None:
    """Leave those in `more_sources` from which evidence may count, and tell when the latest of all came out."""
    if filters != ALL:
        engine.make("may_count", f"SELECT * FROM {MORE_SOURCES} WHERE {_may_count(filters)}")
        engine.view(MORE_SOURCES, "SELECT * FROM may_count")
    ends_last = f"day = (SELECT MAX(day) FROM {MORE_SOURCES})"
    dates = engine.run(f"SELECT DISTINCT published FROM {MORE_SOURCES} WHERE {ends_last}")
    meta = dict(engine.run("SELECT name, value FROM meta"))
    meta["latest_source"] = latest(filter(None, (meta["latest_source"], *(date for (date,) in dates)))) or ""
    engine.fill("meta", {"name": "TEXT", "value": "TEXT"}, meta.items())


def _may_count(filters: Filters) -> str:
    """Return the condition that evidence from a source may count, in SQL: that of `Filters.applied` on columns."""
    good = [letter for letter in (None, *RELIABILITY) if filters.is_good(grade(letter, 1))]
    reliable = ", ".join(f"'{letter or ''}'" for letter in good)
    apart = ", ".join(f"'{source}'" for source in filters.without) or "''"
    return f"day <= {filters.known_by} AND COALESCE(reliability, '') IN ({reliable}) AND source NOT IN ({apart})"


def join(engine: TableEngine) -> None:
    """Put the sources under those of the frame, whose tables are called as `in_frame` has it."""
    for table, rows in _JOINED.items():
        names = tuple(engine.columns(in_frame(table)))
        parts = [f"SELECT {', '.join(names)} FROM {in_frame(table)}"]
        for values in rows:  # one text of all, not of a text of some: DuckDB 1.2 loses rows of that
            listed = ", ".join(f"{values[name]} AS {name}" for name in names)
            where = f" WHERE {values['spelling']} IS NOT NULL" if "spelling" in values else ""
            parts.append(f"SELECT {listed} FROM {MORE_SOURCES}{where}")
        engine.view(table, " UNION ALL ".join(parts))


def sources_named(engine: TableEngine, names: str, *, table: str = MORE_SOURCES) -> dict[str, Source]:
    """Return the sources of a table of those set apart that bear a name, by id.

    `names` is a text with a column `name`: ids, addresses, and titles as they stand or folded.
    """
    ways = " UNION ".join(
        f"SELECT m.source, m.body FROM {table} AS m JOIN ({names}) AS n ON n.name = m.{column}"
        for column in ("source", "url", "title", "id_form", "title_form")
    )
    rows = engine.run(f"{ways} ORDER BY 1")
    bodies = decode_bodies([body for _, body in rows])
    return {key: Source.model_validate(body) for (key, _), body in zip(rows, bodies, strict=True)}
