"""More statements for a folder of holdings: what they touch is worked out anew, and nothing else."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any, NamedTuple

from actorgraph.engines.compile import (
    STATEMENTS_SORTED,
    WORKING_OUT,
    rows_in,
    stored_holdings,
    whole,
    written_parts,
)
from actorgraph.engines.folder import Manifest, PartOfTable, manifest_of
from actorgraph.engines.frame import fill_frame
from actorgraph.engines.opening import open_frame
from actorgraph.engines.sources import MORE_SOURCES, limit, set_apart
from actorgraph.engines.sql import of_one_track
from actorgraph.engines.table_engine import quoted_name
from actorgraph.errors import UsageProblem
from actorgraph.ledger.curated import model_of
from actorgraph.ledger.filters import ALL
from actorgraph.ledger.lives import lives
from actorgraph.ledger.schema import HOLDING_COLUMNS
from actorgraph.model.paths import is_holdings, shown
from actorgraph.progress import quiet

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from actorgraph.engines.folder import Writing
    from actorgraph.engines.table_engine import TableEngine
    from actorgraph.model.model import Model
    from actorgraph.progress import Progress


class KnownBefore(NamedTuple):
    """What a folder of holdings knows: its manifest, and whom and what its statements are about."""

    manifest: Manifest
    frame: Model


class Appended(NamedTuple):
    """What came of it: the manifest, and how many rows were new or there already."""

    manifest: Manifest
    added: int
    known: int


def append_statements(
    engine: TableEngine,
    frame: Model,
    known: KnownBefore,
    new: Writing,
    *,
    made_of: Mapping[str, Any],
    progress: Progress = quiet,
) -> Appended:
    """Add the statements of an engine's table `cleaned` to a folder of holdings, whose ids they have in mind.

    Only tracks are worked out anew that a new statement, or a change of a life or a name, touches; only files of parts
    are written in which these stand. What comes out equals a compile of all statements together, but for those that are
    there already.

    Args:
        engine: Where the new statements are, and what they cite, as `engines.statements` cleans them for the folder: no
            id is that of another statement there.
        frame: Whom and what all statements are about, old and new.
        known: What the folder knows before (`known_in`).
        new: The folder of holdings, into which nobody else has written since (`folder.writing`).
        made_of: What the manifest is to say of where the new ones come from, and of what could not be read; it keeps
            that with how many were added, or known already, behind what it says of the old.
        progress: Told of every step: what is being done, how much of it is done, and of how much.

    Returns:
        What came of it. A row that is there already, with the same evidence, adds nothing.

    Raises:
        OSError: The folder cannot be written; what stood there counts.
    """
    old = known.manifest
    before = "sources_before" if MORE_SOURCES in old.tables else None
    if before:
        engine.read(before, new.paths(old.tables[MORE_SOURCES]))
    fill_frame(engine, frame)
    progress("comparing with what is there", 0, 0)
    engine.read("old", new.paths(old.tables["statements"]))
    added, there = _fresh(engine, new.generation)
    if more_sources := set_apart(engine, frame.sources, before=before):
        limit(engine, ALL)
    engine.make("touched", _touched(engine, frame, known.frame))
    parts = list(_parts(engine, frame, old.parts, new, progress))
    appended = [*old.made_of.get("appended", ()), {**made_of, "added": added, "known": there}]
    manifest = whole(
        engine,
        frame,
        parts,
        new,
        made_of={**old.made_of, "appended": appended},
        left_out=old.left_out,
        more_sources=more_sources,
    )
    return Appended(new.swap(manifest), added, there)


def known_in(folder: str) -> KnownBefore:
    """Return what a folder of holdings knows, to which statements are to be added.

    Raises `UsageProblem` where statements can be added to nothing: there are no holdings, they are of a curated model,
    or some evidence was left out of them.

    >>> known_in("examples")
    Traceback (most recent call last):
        ...
    actorgraph.errors.UsageProblem: examples has no holdings yet; compile them first, without --append
    """
    if not is_holdings(folder):
        raise UsageProblem(f"{shown(folder)} has no holdings yet; compile them first, without --append")
    manifest = manifest_of(folder)
    if manifest.of_model:
        raise UsageProblem(f"{shown(folder)} is of a curated model; add the statements to that, and compile it again")
    with open_frame(folder) as ledger:
        if ledger.filters != ALL:
            raise UsageProblem(f"{shown(folder)} has not all evidence any more; compile all from the source")
        return KnownBefore(manifest, model_of(ledger, statements=False))


def _fresh(engine: TableEngine, batch: int) -> tuple[int, int]:
    """Make `fresh` of the rows that add something; return how many do, and how many are there already."""
    evidence = "COALESCE({}evidence, '')"
    engine.make(
        "fresh",
        f"""SELECT c.*, {batch} AS batch FROM cleaned AS c LEFT JOIN (
            SELECT DISTINCT o.id, {evidence.format("o.")} AS evidence
            FROM old AS o JOIN (SELECT DISTINCT id FROM cleaned) AS n ON n.id = o.id
        ) AS o ON o.id = c.id AND o.evidence = {evidence.format("c.")} WHERE o.id IS NULL""",
    )
    (rows,), (added,) = engine.run("SELECT COUNT(*) FROM cleaned"), engine.run("SELECT COUNT(*) FROM fresh")
    return added[0], rows[0] - added[0]


def _touched(engine: TableEngine, frame: Model, before: Model) -> str:
    """Return the text of the tracks that are to be worked out anew."""
    actors, proposals = _changed(frame, before)
    engine.fill("changed_actors", {"actor": "TEXT"}, ((key,) for key in actors))
    engine.fill("changed_proposals", {"proposal": "TEXT"}, ((key,) for key in proposals))
    sql = "SELECT kind, actor, proposal FROM fresh"
    if actors:
        sql += (
            " UNION ALL SELECT o.kind, o.actor, o.proposal FROM old AS o JOIN changed_actors AS c ON c.actor = o.actor"
        )
    if proposals:
        sql += " UNION ALL SELECT o.kind, o.actor, o.proposal FROM old AS o JOIN changed_proposals AS c"
        sql += " ON c.proposal = o.proposal"
    return f"SELECT DISTINCT kind, actor, proposal FROM ({sql}) AS t"


def _changed(frame: Model, before: Model) -> tuple[list[str], list[str]]:
    """Return the actors and proposals whose name or life is another than before."""
    now, then = _told_of(frame), _told_of(before)
    actors, proposals = (
        [key for key, told in old.items() if told != new.get(key, told)] for old, new in zip(then, now, strict=True)
    )
    return actors, proposals


def _told_of(model: Model) -> tuple[dict[str, tuple[object, ...]], dict[str, tuple[object, ...]]]:
    """Return the name and the life of each actor, and of each proposal, by id."""
    known = lives(model)
    return (
        {key: (actor.name, known.actors.get(key)) for key, actor in model.actors.items()},
        {key: (proposal.title, known.proposals.get(key)) for key, proposal in model.proposals.items()},
    )


def _parts(
    engine: TableEngine,
    frame: Model,
    parts: Sequence[PartOfTable],
    new: Writing,
    progress: Progress,
) -> Iterator[PartOfTable]:
    """Yield all parts, those anew in which something is touched."""
    touched = [proposal for (proposal,) in engine.run("SELECT DISTINCT proposal FROM touched ORDER BY proposal")]
    in_part = _in_parts(touched, parts)
    engine.fill("placed", {"proposal": "TEXT", "part": "INTEGER"}, _placed(in_part))
    done = 0
    for number, part in enumerate(parts):
        if number not in in_part:
            yield part
            continue
        progress(WORKING_OUT, done, len(in_part))
        done += 1
        yield from _again(engine, frame, number, part, new)
    progress(WORKING_OUT, done, len(in_part))


def _in_parts(proposals: Iterable[str], parts: Sequence[PartOfTable]) -> Mapping[int, list[str]]:
    """Return proposals, which are sorted, by the number of the part that they belong to: that which begins before."""
    in_part: dict[int, list[str]] = defaultdict(list)
    number = 0
    for proposal in proposals:
        while number + 1 < len(parts) and parts[number + 1].first <= proposal:
            number += 1
        in_part[number].append(proposal)
    return in_part


def _placed(in_part: Mapping[int, Sequence[str]]) -> Iterator[tuple[str, int]]:
    return ((proposal, number) for number, proposals in in_part.items() for proposal in proposals)


def _again(engine: TableEngine, frame: Model, number: int, part: PartOfTable, new: Writing) -> Iterator[PartOfTable]:
    """Write a part with what is new in it: one part, or several where it has grown to more than twice its size."""
    engine.read("part_statements", new.paths(part.statements))
    added = f"SELECT f.* FROM fresh AS f JOIN placed AS p ON p.proposal = f.proposal AND p.part = {number}"
    engine.view("part_fresh", added)
    engine.view("grown", _one_after_other(engine, "part_statements", "part_fresh"))
    ((rows,),) = engine.run("SELECT COUNT(*) FROM grown")
    if rows > 2 * engine.part_rows:
        yield from written_parts(engine, frame, "grown", new, quiet)
        return
    place = new.place("statements")
    engine.write(f"SELECT * FROM grown {STATEMENTS_SORTED}", place)
    statements = new.written(place)
    engine.read("stored", new.paths(statements))
    engine.read("part_holdings", new.paths(part.holdings))
    engine.view("again", f"SELECT s.* FROM stored AS s JOIN touched AS t ON {of_one_track('t', 's')}")
    names = ", ".join(f"h.{name}" for name in HOLDING_COLUMNS)
    still = f"LEFT JOIN touched AS t ON {of_one_track('t', 'h')} WHERE t.kind IS NULL"
    kept = f"SELECT {names} FROM part_holdings AS h {still}"
    holdings = stored_holdings(engine, "again", frame, new, kept=kept)
    ((first, last, proposals),) = engine.run("SELECT MIN(proposal), MAX(proposal), COUNT(DISTINCT proposal) FROM grown")
    yield PartOfTable(first, last, proposals, statements, holdings, (rows, rows_in(engine, new, holdings)))


def _one_after_other(engine: TableEngine, *tables: str) -> str:
    """Return the text of the rows of several tables, with all their columns: what one has not is nothing there."""
    known = {table: engine.columns(table) for table in tables}
    names = list(dict.fromkeys(name for columns in known.values() for name in columns))

    def listed(table: str) -> str:
        return ", ".join(f"{'' if name in known[table] else 'NULL AS '}{quoted_name(name)}" for name in names)

    return " UNION ALL ".join(f"SELECT {listed(table)} FROM {table}" for table in tables)
