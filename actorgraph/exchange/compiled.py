"""From a source to a folder of holdings: a large table, a curated model, or holdings that are worked out anew."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

from actorgraph.dates import OPEN
from actorgraph.engines.compile import compile_model, compile_statements
from actorgraph.engines.folder import manifest_of
from actorgraph.engines.opening import open_holdings
from actorgraph.errors import ActorgraphError, UsageProblem
from actorgraph.exchange import un_votes
from actorgraph.exchange.incoming import Things
from actorgraph.exchange.table_source import TakenIn, header_of, is_table, take, take_arrivals
from actorgraph.ledger.curated import model_of
from actorgraph.ledger.filters import ALL, limited
from actorgraph.ledger.holdings import spoken
from actorgraph.ledger.store import and_without, read_sound
from actorgraph.model.paths import is_holdings, model_at, shown
from actorgraph.model.records import Model

if TYPE_CHECKING:
    from collections.abc import Mapping

    from actorgraph.engines.folder import Manifest
    from actorgraph.engines.statements import LeftOut
    from actorgraph.engines.table_engine import TableEngine
    from actorgraph.ledger.filters import Filters, Limits
    from actorgraph.model.records import Header

MOST_REASONS: Final = 100
"""So many reasons why rows were left out are kept in the manifest."""


_CITED: Final = "cited"
"""The table of the sources that are cited (`engines.statements.clean`)."""


class Compiled(NamedTuple):
    """What was made of a source.

    `rows` is how many came in, None where the source is no table; `left_out` says which were not taken, and why;
    `first` and `last` are the days of what was said first and last (yyyymmdd), `OPEN` where nobody knows.
    """

    manifest: Manifest
    rows: int | None
    left_out: tuple[LeftOut, ...]
    unread: tuple[str, ...]
    first: int
    last: int


class LeftOutProblem(ActorgraphError):  # noqa: N818 - a problem with the data, as Problem is one with a model
    """Rows that cannot be read, where none may be left out, or where nothing is left."""

    def __init__(self, message: str, left_out: tuple[LeftOut, ...]) -> None:
        super().__init__(message)
        self.left_out = left_out


def compile_source(
    engine: TableEngine,
    source: str,
    folder: str,
    *,
    options: Mapping[str, Any] | None = None,
    header: Header | None = None,
    limits: Limits | None = None,
    strict: bool = False,
    today: str = "",
) -> Compiled:
    """Make a folder of holdings of a source, or give one new tables.

    Args:
        engine: What works them out; it stays open.
        source: A CSV or Parquet file of statements, a folder of such with tables beside, a folder of the UN's votes, a
            curated model, or a folder of holdings.
        folder: The folder of holdings.
        options: How a table is read (`exchange.mapping.OPTIONS`).
        header: The id and the title of what is made of a table; those of its file where nothing is said.
        limits: Which evidence counts.
        strict: Leave no row out: whatever cannot be read is an error.
        today: The day on which a source without a date has surely come out.

    Returns:
        What was made.

    Raises:
        LeftOutProblem: A row cannot be read and `strict` is asked for, or none is left.
        ModelError: The curated model has errors.
        UsageProblem: The source is none, a column is missing, or the folder holds something else.
    """
    filters, names = limited(limits or {})
    told = {"source": shown(source), "options": dict(options or {})}
    if is_holdings(source) and header is None:
        return _of_holdings(engine, source, folder, filters, names)
    if un_votes.is_folder(source):
        things = Things(Model(header or header_of(source)), create=True, today=today)
        taken = take_arrivals(engine, un_votes.read([source], things), things, [source])
    elif is_table(source):
        taken = take(engine, source, options or {}, header=header, today=today)
    else:
        if header is not None:
            raise UsageProblem(f"{shown(source)} is no table: it has an id and a title of its own")
        model, _ = read_sound(model_at(source))
        return _of_model(engine, model, folder, and_without(filters, names, model), told)
    return _of_statements(engine, taken, folder, and_without(filters, names, taken.frame), told, strict=strict)


def _of_statements(
    engine: TableEngine,
    taken: TakenIn,
    folder: str,
    filters: Filters,
    told: Mapping[str, Any],
    *,
    strict: bool,
) -> Compiled:
    """Make holdings of the cleaned statements."""
    ((number, first, last),) = engine.run(
        "SELECT COUNT(*), MIN(CASE WHEN first > 0 THEN first ELSE last END), MAX(last) FROM cleaned"
    )
    left_out = sum(each.rows for each in taken.left_out)
    if not number:
        raise LeftOutProblem("no row is left of which a statement could be made", taken.left_out)
    if strict and left_out:
        raise LeftOutProblem("with --strict no row may be left out", taken.left_out)
    manifest = compile_statements(
        engine,
        taken.frame,
        folder,
        made_of=told,
        left_out=_kept(taken.left_out, left_out),
        filters=filters,
        sources=_CITED if not taken.frame.sources else None,
    )
    return Compiled(manifest, taken.rows, taken.left_out, taken.unread, first, last)


def _kept(left_out: tuple[LeftOut, ...], rows: int) -> dict[str, Any]:
    """Return what the manifest says of rows that were left out."""
    reasons = [
        {
            "reason": each.reason,
            "rows": each.rows,
            "places": [{"file": file, "line": line, "value": value} for file, line, value in each.places],
        }
        for each in left_out[:MOST_REASONS]
    ]
    return {"rows": rows, "reasons": reasons}


def _of_model(engine: TableEngine, model: Model, folder: str, filters: Filters, told: Mapping[str, Any]) -> Compiled:
    """Make holdings of a curated model, with all that is inferred."""
    manifest = compile_model(engine, model, folder, filters=filters, made_of=told)
    days = [model.in_force_from(record) for _, records in spoken(model) for record in records]
    return Compiled(manifest, None, (), (), min(days, default=OPEN), max(days, default=OPEN))


def _of_holdings(engine: TableEngine, source: str, folder: str, filters: Filters, names: tuple[str, ...]) -> Compiled:
    """Make holdings of as much of the record of others as some filters leave, or of all of it by another engine."""
    manifest = manifest_of(source)
    with open_holdings(source) as ledger:
        if ledger.filters != ALL:
            raise UsageProblem(f"{shown(source)} has not all evidence any more; compile it from its source")
        model = model_of(ledger, statements=manifest.of_model)
    filters = and_without(filters, names, model)
    if manifest.of_model:
        return _of_model(engine, model, folder, filters, manifest.made_of)
    engine.read("stored", [f"{source}/{file}" for file in manifest.tables["statements"]])
    engine.view("cleaned", "SELECT * FROM stored")
    engine.read(_CITED, [f"{source}/{file}" for file in manifest.tables["sources"]])
    ((rows,),) = engine.run("SELECT COUNT(*) FROM cleaned")
    taken = TakenIn(model, (), rows, (source,))
    return _of_statements(engine, taken, folder, filters, manifest.made_of, strict=False)
