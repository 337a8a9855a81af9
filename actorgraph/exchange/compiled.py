"""From a source to a folder of holdings: a large table, a curated model, or holdings that are worked out anew."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from actorgraph.asked_dates import day_of
from actorgraph.dates import OPEN, iso
from actorgraph.engines.append import append_statements, known_in
from actorgraph.engines.choice import engine_named
from actorgraph.engines.compile import compile_model, compile_statements
from actorgraph.engines.folder import manifest_of, must_be_ours, writing
from actorgraph.engines.opening import open_frame, open_holdings
from actorgraph.engines.sources import MORE_SOURCES, set_apart, without_named
from actorgraph.engines.table_engine import for_engines
from actorgraph.errors import ActorgraphError, UsageProblem, did_you_mean, quoted
from actorgraph.exchange import un_votes
from actorgraph.exchange.importing.incoming import Things
from actorgraph.exchange.sheets.mapping import OPTIONS
from actorgraph.exchange.sheets.table_files import is_table
from actorgraph.exchange.sheets.table_source import header_of, reserve_held, take, take_arrivals
from actorgraph.exchange.sheets.taken_in import HeldTables, TakenIn, left_out_kept, meant_before, meant_kept
from actorgraph.ledger.curated import model_of
from actorgraph.ledger.filters import ALL, limited
from actorgraph.ledger.holdings import spoken
from actorgraph.ledger.load import and_without, read_sound
from actorgraph.model.model import Model
from actorgraph.model.paths import is_holdings, model_at, must_be_there, on_a_disk, shown
from actorgraph.progress import quiet

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from pathlib import Path
    from typing import Unpack

    from actorgraph.engines.append import KnownBefore
    from actorgraph.engines.folder import Manifest, Writing
    from actorgraph.engines.left_out import LeftOut
    from actorgraph.engines.table_engine import TableEngine
    from actorgraph.ledger.filters import Filters, Limits
    from actorgraph.model.records import Header
    from actorgraph.progress import Progress


_HELD: Final = "held"
_HELD_SOURCES: Final = "held_sources"
"""The tables of the statements that are there already, where others are added, and of the sources set apart."""

READING: Final = "reading the source"


class Intake(NamedTuple):
    """How a source is taken in.

    `options` say how a table is read (`exchange.sheets.mapping.OPTIONS`). With `strict` no row may be left out. `today`
    is the day on which a source without a date has surely come out. `progress` is told of every step: what is being
    done, how much of it is done, and of how much (0: nobody knows).
    """

    options: Mapping[str, Any] = MappingProxyType({})
    strict: bool = False
    today: str = ""
    progress: Progress = quiet


class Compiled(NamedTuple):
    """What was made of a source.

    `rows` is how many came in, None where the source is no table; `left_out` says which were not taken, and why;
    `passed_over` says of which others a cell was not read, and why; `first` and `last` are the days of what was said
    first and last (yyyymmdd), `OPEN` where nobody knows. `added` and `known` are how many statements were new and how
    many there already, where they were added to others. `unread` are columns of the tables beside the statements that
    mean nothing, `carried` those of theirs that are kept all the same. `unclear` are sources, each of which may be
    one of several and is kept apart; `in_utc` are columns of moments of a time zone, of which the day is that in UTC.
    `replaced` is what the holdings came from that stood there before, where that was something else.
    """

    manifest: Manifest
    rows: int | None
    left_out: tuple[LeftOut, ...]
    unread: tuple[str, ...]
    first: int
    last: int
    added: int = 0
    known: int = 0
    carried: tuple[str, ...] = ()
    passed_over: tuple[LeftOut, ...] = ()
    unclear: tuple[str, ...] = ()
    in_utc: tuple[str, ...] = ()
    replaced: str | None = None


PLAIN: Final = Intake()
"""A source as it is: its own column names, whatever can be read of it, and nobody told."""


class LeftOutProblem(ActorgraphError):  # noqa: N818 - a problem with the data, as Problem is one with a model
    """Rows that cannot be read, where none may be left out, or where nothing is left.

    `left_out` says which, and why; `passed_over`, which cells of others are not read; `carried` are the columns that no
    rule reads, with what may have been meant.
    """

    def __init__(self, message: str, taken: TakenIn) -> None:
        super().__init__(message)
        self.left_out, self.passed_over, self.carried = taken.left_out, taken.passed_over, taken.carried


def compile_holdings(  # noqa: PLR0913 - each is an option
    source: str | Path,
    folder: str | Path,
    *,
    today: str | date,
    engine: str | None = None,
    memory: str | None = None,
    append: bool = False,
    strict: bool = False,
    title: str | None = None,
    key: str | None = None,
    options: Mapping[str, Any] | None = None,
    progress: Progress | None = None,
    **limits: Unpack[Limits],
) -> Compiled:
    """Make a folder of holdings of a large table, or of a model; `open_holdings` puts questions to it.

    Args:
        source: A CSV, TSV or Parquet file with a row for each statement, a folder with such a table called statements
            and others beside it, a folder of the UN's votes, a curated model, or a folder of holdings.
        folder: The folder to make, or to make anew.
        today: The day on which a source without a date has surely come out; of a partial date, its last day.
        engine: What works it out: `duckdb`, where nothing is said, or the Spark of an address such as
            `spark://host:7077` or `local[*]`.
        memory: How much memory it may take, such as `2GB`.
        append: Add the statements to the holdings that are there; only what they touch is worked out anew.
        strict: Leave no row out: what cannot be read is an error.
        title: What it is about; the name of the file where nothing is said.
        key: Its id, by which answers name it; made of the title where nothing is said.
        options: How the columns of a table are read, as the options of `actorgraph compile` without their hyphens: of
            what may be given several times a list, such as `{"map": ["actor=Country"], "dates": "day-first"}`.
        progress: Told of every step: what is being done, how much of it is done, and of how much (0: nobody knows).
        limits: Which evidence counts: see `Limits`.

    Returns:
        What was made: how many rows came in, and which were left out for which reason.

    Raises:
        LeftOutProblem: A row cannot be read and `strict` is asked for, or none is left.
        ModelError: The curated model has errors.
        UsageProblem: The source is none, a column is missing, the folder holds something else, the engine is not
            installed, somebody else writes into the folder, or what is asked for does not go with `append`.
        OSError: The folder cannot be written; what stood there counts.

    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as place:
    ...     made = compile_holdings("examples/debates.csv", f"{place}/debates", today="2025-01-01")
    ...     with open_holdings(f"{place}/debates") as ledger:
    ...         print(ledger.title, made.rows, made.manifest.counts["holdings"])
    debates 9 10
    """
    source, folder = on_a_disk(str(source)), for_engines(on_a_disk(str(folder)))
    day = str(iso(day_of(today)))
    if append and (title or key or any(limits.values())):
        raise UsageProblem("a title, an id and which evidence counts are said of all statements, not of those added")
    must_be_ours(folder)
    must_be_there(source)  # later the folder that is made would be, if it is called so
    header = header_of(source, key=key, title=title) if key or title else None
    intake = Intake(_checked(options or {}), strict, day, progress or quiet)
    tables = engine_named(engine, memory=memory, on_disk=True)
    try:
        if append:
            return append_source(tables, source, folder, intake=intake)
        return compile_source(tables, source, folder, intake=intake, header=header, limits=limits)
    finally:
        tables.close()


def _checked(options: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return options of a table. Raises `UsageProblem` for one that is none, or is not given as a list where it is one.

    >>> _checked({"datez": "day-first"})
    Traceback (most recent call last):
        ...
    actorgraph.errors.UsageProblem: 'datez' is no option of a table (did you mean 'dates'?)
    """
    known = {option.name: option for option in OPTIONS}
    for name, value in options.items():
        if name not in known:
            hint = did_you_mean(name, known) or f"; it is one of {', '.join(known)}"
            raise UsageProblem(f"{quoted(name)} is no option of a table{hint}")
        if known[name].many and not (isinstance(value, list | tuple) and all(isinstance(one, str) for one in value)):
            raise UsageProblem(f'the option {name} is a list of texts, such as ["{known[name].metavar}"]')
    return options


def compile_source(
    engine: TableEngine,
    source: str,
    folder: str,
    *,
    intake: Intake = PLAIN,
    header: Header | None = None,
    limits: Limits | None = None,
) -> Compiled:
    """Make a folder of holdings of a source, or give one new tables.

    Args:
        engine: What works them out; it stays open.
        source: A CSV or Parquet file of statements, a folder of such with tables beside, a folder of the UN's votes, a
            curated model, or a folder of holdings.
        folder: The folder of holdings.
        intake: How it is taken in.
        header: The id and the title of what is made of a table; those of its file where nothing is said.
        limits: Which evidence counts.

    Returns:
        What was made.

    Raises:
        LeftOutProblem: A row cannot be read and `strict` is asked for, or none is left.
        ModelError: The curated model has errors.
        UsageProblem: The source is none, a column is missing, the folder holds something else, or somebody else writes
            into it.
    """
    with writing(folder) as new:
        made = _made(engine, source, new, intake, header, limits or {})
        before = None if new.old is None else new.old.made_of.get("source")
        return made._replace(replaced=before if before != made.manifest.made_of["source"] else None)


def _made(
    engine: TableEngine, source: str, new: Writing, intake: Intake, header: Header | None, limits: Limits
) -> Compiled:
    """Make holdings of a source in a folder into which nobody else writes meanwhile."""
    filters, names = limited(limits)
    origin = {"source": shown(source), "options": dict(intake.options)}
    intake.progress(READING, 0, 0)
    if is_holdings(source) and header is None:
        return _of_holdings(engine, source, new, filters, names, intake)
    if not _is_of_statements(source):
        if header is not None:
            raise UsageProblem(f"{shown(source)} is no table: it has an id and a title of its own")
        model, _ = read_sound(model_at(source))
        return _of_model(engine, model, new, and_without(filters, names, model), origin)
    taken = _taken(engine, source, intake, Model(header or header_of(source)))
    first, last = _sound(engine, taken, strict=intake.strict)
    more_sources = set_apart(engine, taken.frame.sources)
    filters, frame = without_named(engine, taken.frame, filters, names)
    left_out = left_out_kept(taken)
    manifest = compile_statements(
        engine,
        frame,
        new,
        made_of={**origin, **meant_kept(taken)},
        left_out=left_out,
        filters=filters,
        more_sources=more_sources,
        progress=intake.progress,
    )
    return _compiled(manifest, taken, first, last)


def append_source(engine: TableEngine, source: str, folder: str, *, intake: Intake = PLAIN) -> Compiled:
    """Add the statements of a source to a folder of holdings; what they touch is worked out anew, and nothing else.

    Names mean whom the folder knows by them, and ids are its own; what it does not know joins. A row without an id that
    says what a statement says that is there adds nothing; the others are numbered as if they had come behind these.

    Args:
        engine: What works them out; it stays open.
        source: A table of statements, or a folder of the UN's votes, as `compile_source` takes them.
        folder: The folder of holdings.
        intake: How it is taken in.

    Returns:
        What was added. Among the rows that were left out are those that say something else than what is there under
        the same id.

    Raises:
        LeftOutProblem: A row is left out, and `strict` is asked for; or none is left.
        UsageProblem: The source is no table, the folder has no holdings to which statements can be added, or somebody
            else writes into it.
    """
    with writing(folder) as new:
        return _appended(engine, source, known_in(folder), new, intake)


def _appended(engine: TableEngine, source: str, known: KnownBefore, new: Writing, intake: Intake) -> Compiled:
    """Add the statements of a source to what a folder knows into which nobody else writes meanwhile."""
    if is_holdings(source) or not _is_of_statements(source):
        raise UsageProblem(f"{shown(source)} is no table of statements; nothing else can be added to holdings")
    intake.progress(READING, 0, 0)
    engine.read(_HELD, new.paths(known.manifest.tables["statements"]))
    held = HeldTables(_HELD, meant=meant_before(known.manifest.made_of))
    if apart := known.manifest.tables.get(MORE_SOURCES):
        engine.read(_HELD_SOURCES, new.paths(apart))
        held = held._replace(sources=_HELD_SOURCES)
    taken = _taken(engine, source, intake, known.frame, held)
    first, last = _sound(engine, taken, strict=intake.strict)
    made_of = {
        "source": shown(source),
        "options": dict(intake.options),
        "left_out": left_out_kept(taken),
        **meant_kept(taken),
    }
    done = append_statements(engine, taken.frame, known, new, made_of=made_of, progress=intake.progress)
    return _compiled(done.manifest, taken, first, last)._replace(added=done.added, known=done.known)


def _compiled(manifest: Manifest, taken: TakenIn, first: int, last: int) -> Compiled:
    """Return what was made of a table that was taken in."""
    return Compiled(
        manifest,
        taken.rows,
        taken.left_out,
        taken.unread,
        first,
        last,
        carried=taken.carried,
        passed_over=taken.passed_over,
        unclear=taken.unclear,
        in_utc=taken.in_utc,
    )


def _is_of_statements(source: str) -> bool:
    return un_votes.is_folder(source) or is_table(source)


def _taken(engine: TableEngine, source: str, intake: Intake, known: Model, held: HeldTables | None = None) -> TakenIn:
    """Clean a table of statements, or the UN's votes, given whom and what is known before, and what is held."""
    if not un_votes.is_folder(source):
        return take(engine, source, intake.options, known=known, held=held, today=intake.today)
    things = Things(known, create=True, today=intake.today)
    if held is not None:
        reserve_held(engine, things, held)
    return take_arrivals(engine, un_votes.read([source], things), things, [source])


def _sound(engine: TableEngine, taken: TakenIn, *, strict: bool) -> tuple[int, int]:
    """Return the days on which the first and the last of the cleaned statements was said, where there is any."""
    ((number, first, last),) = engine.run(
        "SELECT COUNT(*), MIN(CASE WHEN first > 0 THEN first ELSE last END), MAX(last) FROM cleaned"
    )
    if not number:
        raise LeftOutProblem("no row is left of which a statement could be made", taken)
    if strict and not all(each.is_meant for each in taken.left_out):
        raise LeftOutProblem("with --strict no row may be left out", taken)
    if strict and taken.passed_over:
        raise LeftOutProblem("with --strict no cell may be passed over", taken)
    return first, last


def _of_model(engine: TableEngine, model: Model, new: Writing, filters: Filters, origin: Mapping[str, Any]) -> Compiled:
    """Make holdings of a curated model, with all that is inferred."""
    manifest = compile_model(engine, model, new, filters=filters, made_of=origin)
    days = [model.in_force_from(record) for _, records in spoken(model) for record in records]
    return Compiled(manifest, None, (), (), min(days, default=OPEN), max(days, default=OPEN))


def _of_holdings(
    engine: TableEngine,
    source: str,
    new: Writing,
    filters: Filters,
    names: tuple[str, ...],
    intake: Intake,
) -> Compiled:
    """Make holdings of as much of the record of others as some filters leave, or of all of it by another engine."""
    manifest = manifest_of(source)
    with open_holdings(source) if manifest.of_model else open_frame(source) as ledger:
        if ledger.filters != ALL:
            raise UsageProblem(f"{shown(source)} has not all evidence any more; compile it from its source")
        model = model_of(ledger, statements=manifest.of_model)
    if manifest.of_model:
        return _of_model(engine, model, new, and_without(filters, names, model), manifest.made_of)
    engine.read("stored", [f"{source}/{file}" for file in manifest.tables["statements"]])
    engine.view("cleaned", "SELECT * FROM stored")
    if more_sources := MORE_SOURCES in manifest.tables:
        engine.read(MORE_SOURCES, [f"{source}/{file}" for file in manifest.tables[MORE_SOURCES]])
        filters, model = without_named(engine, model, filters, names)
    else:
        filters = and_without(filters, names, model)
    ((rows,),) = engine.run("SELECT COUNT(*) FROM cleaned")
    first, last = _sound(engine, TakenIn(model, (), rows, (source,)), strict=False)
    done = compile_statements(
        engine,
        model,
        new,
        made_of=manifest.made_of,
        left_out=manifest.left_out,
        filters=filters,
        more_sources=more_sources,
        progress=intake.progress,
    )
    return Compiled(done, rows, (), (), first, last)
