"""A folder of holdings as a ledger, to which the same questions are put."""

from __future__ import annotations

from bisect import bisect_left
from itertools import count
from typing import TYPE_CHECKING, Final

from actorgraph.engines.choice import engine_named
from actorgraph.engines.compile import WORKING_OUT, counting, write_holdings
from actorgraph.engines.folder import decoded, manifest_of
from actorgraph.engines.frame import FRAME, fill_frame
from actorgraph.engines.holdings import make_speakers
from actorgraph.engines.records import records_sql
from actorgraph.engines.sources import JOINED, MORE_SOURCES, in_frame, join, limit, without_named
from actorgraph.engines.table_engine import for_engines
from actorgraph.ledger.curated import model_of
from actorgraph.ledger.editions import with_earlier
from actorgraph.ledger.filters import ALL, limited
from actorgraph.ledger.load import and_without
from actorgraph.ledger.store import Ledger
from actorgraph.ledger.tables import build
from actorgraph.model.paths import MANIFEST, usable
from actorgraph.progress import quiet

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path
    from typing import Unpack

    from actorgraph.engines.folder import Manifest, PartOfTable
    from actorgraph.engines.table_engine import TableEngine
    from actorgraph.ledger.filters import Filters, Limits
    from actorgraph.progress import Progress


def open_holdings(
    path: str | Path,
    *,
    engine: TableEngine | str | None = None,
    memory: str | None = None,
    progress: Progress | None = None,
    **limits: Unpack[Limits],
) -> Ledger:
    """Return an open ledger of a folder of holdings, which `actorgraph compile` makes.

    Args:
        path: The folder, or an address that the engine can read.
        engine: What answers: `duckdb`, where nothing is said, or the Spark of an address such as `spark://host:7077` or
            `local[*]`; or an engine that is open, which is closed with the ledger.
        memory: How much memory an engine that is named may take, such as `2GB`.
        progress: Told of every step where holdings are worked out anew: what, how much is done, and of how much.
        limits: Which evidence counts, of what was compiled: see `Limits`. Where some does not, the holdings are worked
            out anew.

    Returns:
        The ledger, to which questions are put.

    Raises:
        UsageProblem: It is no folder of holdings, or is damaged; the engine is not installed; a bad date or grade, or
            an unknown source.

    >>> open_holdings("examples")
    Traceback (most recent call last):
        ...
    actorgraph.errors.UsageProblem: examples is no folder of holdings: it has no manifest.json
    """
    folder = for_engines(usable(str(path))).rstrip("/")
    filters, names = limited(limits)
    if engine is None or isinstance(engine, str):
        engine = engine_named(engine, memory=memory)
    try:
        manifest = _manifest(engine, folder)
        _read_all(engine, manifest, folder)
        if filters != ALL or names:
            with Ledger(_Lent(engine)) as whole:
                left = whole.filters.narrowed(filters)
                names = tuple(name for name in names if name not in whole.without)
            if left != whole.filters or names:
                return _edition(engine, manifest, folder, (left, names), progress or quiet)
        return Ledger(engine, _Parts(engine, manifest, folder) if manifest.parts else None)
    except BaseException:
        engine.close()
        raise


_KEPT_IN_MEMORY: Final = 4 << 20
"""Bytes of a table that is small enough to be read once and kept: its files are not opened anew for every question."""


def _read_all(engine: TableEngine, manifest: Manifest, folder: str) -> None:
    """Let an engine have all tables of a folder of holdings."""
    apart = MORE_SOURCES in manifest.tables
    for table in manifest.tables:
        name = in_frame(table) if apart and table in JOINED else "stored" if table == "statements" else table
        _read(engine, manifest, folder, table, name)
    if apart:
        join(engine)
    if not manifest.of_model:
        engine.view("records", records_sql(engine, "stored"))


def _read(engine: TableEngine, manifest: Manifest, folder: str, table: str, name: str) -> None:
    """Let an engine have a table of a folder of holdings under a name, at hand where it is small."""
    files = manifest.tables[table]
    paths = [f"{folder}/{file}" for file in files]
    if table not in FRAME or sum(manifest.sizes[file] for file in files) > _KEPT_IN_MEMORY:
        engine.read(name, paths)
        return
    engine.read(f"{name}_files", paths)
    engine.keep(name, f"SELECT * FROM {name}_files")


def open_frame(path: str) -> Ledger:
    """Return an open ledger of the frame of a folder of holdings: whom and what its statements are about, without them.

    Of very many sources it has those alone that are not set apart (`engines.sources`).

    Raises `UsageProblem` as `open_holdings` does.
    """
    engine = engine_named(None)
    try:
        manifest = _manifest(engine, path)
        for table in FRAME:
            _read(engine, manifest, path, table, table)
        return Ledger(engine)
    except BaseException:
        engine.close()
        raise


class _Parts:
    """The parts of a folder of holdings, each opened when it is asked for."""

    def __init__(self, engine: TableEngine, manifest: Manifest, folder: str) -> None:
        self._engine, self._parts, self._folder = engine, manifest.parts, folder
        self._opened: dict[str, PartOfTable] = {}

    def on(self, proposals: Sequence[str]) -> str:
        """Return the table that has all holdings on some proposals: that of one part, or else of all."""
        numbers = {bisect_left(self._parts, proposal, key=lambda part: part.last) for proposal in proposals}
        if len(numbers) != 1 or max(numbers) == len(self._parts):
            return "holdings"
        return self._table(numbers.pop())

    def each(self) -> Iterator[str]:
        """Yield the table of each part."""
        yield from map(self._table, range(len(self._parts)))

    def lines_each(self, table: str) -> float:
        """Return how many lines a proposal of a part has on average, 0 of all parts together."""
        part = self._opened.get(table)
        return 0.0 if part is None else part.rows[1] / max(part.proposals, 1)

    def _table(self, number: int) -> str:
        part, table = self._parts[number], f"holdings_of_part_{number}"
        if table not in self._opened:
            self._engine.read(table, [f"{self._folder}/{file}" for file in part.holdings])
            self._opened[table] = part
        return table


def _manifest(engine: TableEngine, folder: str) -> Manifest:
    """Return what a folder of holdings has; at an address that only the engine can reach, no sizes are compared."""
    if "://" not in folder:
        return manifest_of(folder)
    return decoded(engine.text(f"{folder.rstrip('/')}/{MANIFEST}").encode(), folder)


def holdings_editions(path: str | Path, **limits: Unpack[Limits]) -> tuple[Ledger, ...]:
    """Return the editions of a folder of holdings as `ledger.editions` has those of a model, oldest first."""
    ledger = open_holdings(path, **limits)
    return with_earlier(ledger, lambda: model_of(ledger))


class _Lent:
    """An engine that somebody else closes."""

    def __init__(self, engine: TableEngine) -> None:
        self.run = engine.run
        self.blocks = engine.blocks
        self.ids_at_once = engine.ids_at_once

    def close(self) -> None:
        """Leave it open."""


def _edition(
    engine: TableEngine,
    manifest: Manifest,
    folder: str,
    asked: tuple[Filters, tuple[str, ...]],
    progress: Progress,
) -> Ledger:
    """Return a ledger of as much of the record as some filters leave, and without sources of some names."""
    filters, names = asked
    progress(WORKING_OUT, 0, len(manifest.parts))
    apart = MORE_SOURCES in manifest.tables
    for table in JOINED if apart else ():
        engine.view(table, f"SELECT * FROM {in_frame(table)}")
    with Ledger(_Lent(engine)) as whole:
        model, left_out = model_of(whole, statements=manifest.of_model), whole.without
    if manifest.of_model:
        engine.close()
        return Ledger(build(model, and_without(filters, names, model), left_out=left_out))
    if apart:
        filters, model = without_named(engine, model, filters, names)
    else:
        filters = and_without(filters, names, model)
    fill_frame(engine, model, filters, left_out=left_out)
    if apart:
        limit(engine, filters)
        for table in JOINED:
            engine.make(in_frame(table), f"SELECT * FROM {table}")
        join(engine)
    where = counting(engine, filters, "stored")
    written: list[str] = []
    numbers = count()
    for number, part in enumerate(manifest.parts):
        progress(WORKING_OUT, number, len(manifest.parts))
        engine.read("whole", [f"{folder}/{file}" for file in part.statements])
        engine.view("part", f"SELECT * FROM whole WHERE {where}")
        written += write_holdings(
            engine, "part", filters.applied(model), lambda: f"{engine.scratch}/holdings-{next(numbers):05}.parquet"
        )
    engine.read("holdings", written)
    engine.view("counted", f"SELECT * FROM stored WHERE {where}")
    engine.view("records", records_sql(engine, "counted"))
    make_speakers(engine, "counted")
    return Ledger(engine)
