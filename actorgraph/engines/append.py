"""More statements for a folder of holdings: what they touch is worked out anew, and nothing else."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from actorgraph.engines.compile import SORTED, STATEMENTS_SORTED, quiet, rows_in, whole, written_parts
from actorgraph.engines.conditional import lines_of
from actorgraph.engines.folder import PartOfTable, writing
from actorgraph.engines.frame import fill_frame
from actorgraph.engines.rules import forget
from actorgraph.errors import UsageProblem
from actorgraph.ledger.lives import lives
from actorgraph.ledger.tables import HOLDING_COLUMNS
from actorgraph.model.paths import shown

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from actorgraph.engines.folder import Manifest, Writing
    from actorgraph.engines.table_engine import TableEngine
    from actorgraph.model.records import Model

_SAID: Final = "kind, actor, proposal, position, date, until, toward, conditions, amount, speaker"
"""What two rows of one statement have to agree on."""

_TOUCHED: Final = {"kind": "TEXT", "actor": "TEXT", "proposal": "TEXT"}


class Appended(NamedTuple):
    """What came of an append: the manifest, how many rows were new, there already, or against what is there."""

    manifest: Manifest
    added: int
    known: int
    contradicting: tuple[str, ...]


def append_statements(
    engine: TableEngine,
    frame: Model,
    before: Model,
    folder: str,
    *,
    made_of: Mapping[str, Any],
    left_out: Mapping[str, Any] | None = None,
    progress: Callable[[str, int, int], None] = quiet,
) -> Appended:
    """Add the statements of an engine's table `cleaned` to a folder of holdings.

    Only tracks are worked out anew that a new statement, or a change of a life or a name, touches; only files of parts
    are written in which these stand. What comes out equals a compile of all statements together.

    Args:
        engine: Where the new statements are, as `engines.statements` cleans them.
        frame: Whom and what all statements are about, old and new.
        before: Whom and what the old ones are about.
        folder: The folder of holdings.
        made_of: What the manifest is to say of where they come from.
        left_out: What it is to say of what could not be read.
        progress: Told of every step.

    Returns:
        What came of it. A row that is there already adds nothing; one that says something else than what is there under
        the same id is left out: `contradicting` has these ids, sorted.

    Raises:
        UsageProblem: There are no holdings of statements; somebody else writes into the folder.
        OSError: It cannot be written; what stood there counts.
    """
    with writing(folder) as new:
        old = new.old
        if old is None:
            raise UsageProblem(f"{shown(folder)} has no holdings yet; compile them first, without --append")
        if old.of_model:
            raise UsageProblem(
                f"{shown(folder)} is of a curated model; add the statements to that, and compile it again"
            )
        fill_frame(engine, frame)
        engine.read("old", [str(new.folder / file) for file in old.tables["statements"]])
        added, known, contradicting = _fresh(engine, new.generation)
        engine.make("touched", _touched(engine, frame, before))
        parts = list(_parts(engine, frame, old.parts, new, progress))
        manifest = whole(engine, frame, parts, new, made_of=made_of, left_out=left_out or {})
        return Appended(new.swap(manifest), added, known, contradicting)


def _fresh(engine: TableEngine, batch: int) -> tuple[int, int, tuple[str, ...]]:
    """Make `fresh` of the rows that add something; return how many do, how many are known, and who contradict."""
    agree = " AND ".join(f"COALESCE({{0}}.{key}, '') = COALESCE({{1}}.{key}, '')".format("o", "c") if key != "until"
                         else "o.until = c.until" for key in _SAID.split(", "))  # fmt: skip
    engine.make("met", "SELECT o.* FROM old AS o JOIN (SELECT DISTINCT id FROM cleaned) AS c ON c.id = o.id")
    engine.make("against", f"SELECT DISTINCT c.id FROM cleaned AS c JOIN met AS o ON o.id = c.id WHERE NOT ({agree})")
    engine.make(
        "fresh",
        f"""SELECT c.*, {batch} AS batch FROM cleaned AS c
        LEFT JOIN against AS a ON a.id = c.id
        LEFT JOIN (SELECT DISTINCT id, COALESCE(evidence, '') AS evidence FROM met) AS o
            ON o.id = c.id AND o.evidence = COALESCE(c.evidence, '')
        WHERE a.id IS NULL AND o.id IS NULL""",
    )
    ((rows,),) = engine.run("SELECT COUNT(*) FROM cleaned")
    ((added,),) = engine.run("SELECT COUNT(*) FROM fresh")
    ((left,),) = engine.run("SELECT COUNT(*) FROM cleaned AS c JOIN against AS a ON a.id = c.id")
    contradicting = tuple(key for (key,) in engine.run("SELECT id FROM against ORDER BY id"))
    return added, rows - added - left, contradicting


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
    now, then = lives(frame), lives(before)
    actors = [
        key
        for key, actor in before.actors.items()
        if key in frame.actors and (actor.name != frame.actors[key].name or now.actors.get(key) != then.actors.get(key))
    ]
    proposals = [
        key
        for key, proposal in before.proposals.items()
        if key in frame.proposals
        and (proposal.title != frame.proposals[key].title or now.proposals.get(key) != then.proposals.get(key))
    ]
    return actors, proposals


def _parts(
    engine: TableEngine,
    frame: Model,
    parts: Sequence[PartOfTable],
    new: Writing,
    progress: Callable[[str, int, int], None],
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
        progress("working out holdings", done, len(in_part))
        done += 1
        yield from _again(engine, frame, number, part, new)
    progress("working out holdings", done, len(in_part))


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
    engine.read("part_statements", [str(new.folder / file) for file in part.statements])
    fresh = f"SELECT f.* FROM fresh AS f JOIN placed AS p ON p.proposal = f.proposal AND p.part = {number}"
    columns = _columns(engine, "part_statements", "fresh")
    engine.view(
        "grown",
        f"SELECT {columns('part_statements')} FROM part_statements UNION ALL SELECT {columns('f')} FROM ({fresh}) AS f",
    )
    ((rows,),) = engine.run("SELECT COUNT(*) FROM grown")
    if rows > 2 * engine.part_rows:
        yield from written_parts(engine, frame, "grown", new, quiet)
        return
    place = new.place("statements")
    engine.write(f"SELECT * FROM grown {STATEMENTS_SORTED}", place)
    statements = new.written(place)
    engine.read("stored", [str(new.folder / file) for file in statements])
    engine.read("part_holdings", [str(new.folder / file) for file in part.holdings])
    same = "t.kind = {0}.kind AND t.actor = {0}.actor AND t.proposal = {0}.proposal"
    engine.view("again", f"SELECT s.* FROM stored AS s JOIN touched AS t ON {same.format('s')}")
    names = ", ".join(f"h.{name}" for name in HOLDING_COLUMNS)
    kept = f"SELECT {names} FROM part_holdings AS h LEFT JOIN touched AS t ON {same.format('h')} WHERE t.kind IS NULL"
    place = new.place("holdings")
    engine.write(f"SELECT * FROM ({kept} UNION ALL {lines_of(engine, 'again', frame)}) AS h {SORTED}", place)
    forget(engine)
    holdings = new.written(place)
    ((first, last),) = engine.run("SELECT MIN(proposal), MAX(proposal) FROM grown")
    yield PartOfTable(first, last, statements, holdings, (rows, rows_in(engine, new, holdings)))


def _columns(engine: TableEngine, *tables: str) -> Callable[[str], str]:
    """Return what names all columns of two tables, for either of them: what one has not is nothing there."""
    known = {table: engine.columns(table) for table in tables}
    names = list(dict.fromkeys(name for columns in known.values() for name in columns))
    aliases = {tables[0]: tables[0], "f": tables[1]}

    def of(table: str) -> str:
        here = known[aliases[table]]
        return ", ".join(f'{table}."{name}"' if name in here else f'NULL AS "{name}"' for name in names)

    return of
