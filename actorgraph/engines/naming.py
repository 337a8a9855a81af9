"""The ids of statements: those that the data has, and those that are made as in models; each names one statement."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from actorgraph.dates import OPEN
from actorgraph.engines.sql import in_force_from
from actorgraph.engines.table_engine import quoted_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from actorgraph.engines.table_engine import TableEngine

_IN_ORDER: Final = "ORDER BY file, line, kind DESC"
"""As they stand: of one row with a position and a stage its position comes first."""


def name_statements(engine: TableEngine, columns: Sequence[str], *, held: str | None = None) -> None:
    """Make the tables `cleaned`, `left_out` and `repeated` of the table `given`; columns are those of the first.

    A row that bears the id of another statement is left out, the first one stays. Rows that differ in nothing but
    evidence are one statement. Where a row has no id, one is made.

    `held` is a table of statements that are there already, where the rows are to join them: these stand before all
    rows. One without an id that says the same as one of them, with the same evidence, bears the id of that; several do
    so of as many. The others are numbered on.
    """
    sql = "SELECT COUNT(given_id), COUNT(*), COUNT(until_date) FROM given WHERE reason IS NULL"
    ((having, all_rows, ending),) = engine.run(sql)
    joining = held if having < all_rows else None
    if joining:
        engine.make("recognized", _recognized(engine, joining, given=having > 0))
    engine.view("sound", _sound(engine, given=having > 0, lacking=having < all_rows, held=joining is not None))
    mixed = 0 < having < all_rows or joining is not None
    _rename(engine, mixed=mixed, held=joining)
    engine.view("with_ids", _WITH_IDS)
    before = f"SELECT h.* FROM {held} AS h JOIN (SELECT DISTINCT id FROM with_ids) AS w ON w.id = h.id"
    engine.make("before", before if held and having else "SELECT * FROM with_ids WHERE FALSE")
    repeated = f"{repeated_ids(engine)} UNION SELECT id FROM before" if having or held else _NONE
    engine.make("repeated", repeated)
    engine.make("short", _TOO_SHORT if ending else f"SELECT * FROM ({_TOO_SHORT}) AS s WHERE FALSE")
    engine.make("refused", f"{_AGAIN} UNION ALL SELECT * FROM short")
    listed = ", ".join(f"w.{quoted_name(column)}" for column in columns)
    same_row = "r.id = w.id AND r.kind = w.kind AND r.file = w.file AND r.line = w.line"
    engine.make(
        "cleaned", f"SELECT {listed} FROM with_ids AS w LEFT JOIN refused AS r ON {same_row} WHERE r.id IS NULL"
    )
    engine.make(
        "left_out",
        "SELECT reason, value, file, line FROM given WHERE reason IS NOT NULL "
        "UNION ALL SELECT reason, value, file, line FROM refused",
    )
    for name in ("with_ids", "sound", "recognized", "renamed", "before", "short", "refused"):
        engine.drop(name)


_TOLD: Final = "CASE WHEN number > 1 THEN given_id || '.' || actor ELSE given_id END"


def _recognized(engine: TableEngine, held: str, *, given: bool) -> str:
    """Return the rows that have no id, each with the id of a statement that is there already and says the same.

    Where the data gives ids, too, a row that bears that id is the same before one that bears none.
    """
    names = ", ".join(f"g.{quoted_name(name)}" for name in engine.columns("given"))
    lacking = "FROM given WHERE reason IS NULL AND given_id IS NULL"
    said = f"{_CONTENT} || CHR(31) || COALESCE(evidence, '')"
    near = (
        f"SELECT h.* FROM {held} AS h JOIN (SELECT DISTINCT actor, proposal, date {lacking}) AS l "
        "ON l.actor = h.actor AND l.proposal = h.proposal AND l.date = h.date"
    )
    if given:
        given_ids = f"SELECT DISTINCT {_TOLD} AS id, {said} AS held_text FROM given"
        near = f"SELECT id, {said} AS held_text FROM ({near}) AS n"
        near = f"""SELECT n.id, n.held_text FROM ({near}) AS n
            LEFT JOIN ({given_ids} WHERE reason IS NULL AND given_id IS NOT NULL) AS t
            ON t.id = n.id AND t.held_text = n.held_text WHERE t.id IS NULL"""
    else:
        near = f"SELECT id, {said} AS held_text FROM ({near}) AS n"
    number = f"ROW_NUMBER() OVER (PARTITION BY {said} {_IN_ORDER})"
    return f"""SELECT {names}, h.id AS held_id
    FROM (SELECT given.*, {said} AS held_text, {number} AS held_number {lacking}) AS g
    LEFT JOIN (
        SELECT id, held_text, ROW_NUMBER() OVER (PARTITION BY held_text ORDER BY LENGTH(id), id) AS held_number
        FROM ({near}) AS s
    ) AS h ON h.held_text = g.held_text AND h.held_number = g.held_number"""


def _sound(engine: TableEngine, *, given: bool, lacking: bool, held: bool) -> str:
    """Return the rows that can be read; where one has no id, the beginning of that which is made, and its number."""
    names = ", ".join(quoted_name(name) for name in engine.columns("given"))
    base = "actor || '.' || proposal || '.' || in_id"
    number = f"ROW_NUMBER() OVER (PARTITION BY actor, proposal, in_id {_IN_ORDER})"
    without = "recognized WHERE held_id IS NULL" if held else "given WHERE reason IS NULL AND given_id IS NULL"
    with_id = f"SELECT {names}, {_TOLD} AS base, 0 AS n FROM given WHERE reason IS NULL AND given_id IS NOT NULL"
    known = f"SELECT {names}, held_id AS base, 0 AS n FROM recognized WHERE held_id IS NOT NULL"
    made = f"SELECT {names}, {base} AS base, {number} AS n FROM {without}"
    return " UNION ALL ".join([*[with_id] * given, *[known] * held, *[made] * (lacking or not given)])


def repeated_ids(engine: TableEngine) -> str:
    """Return the text of the ids that several rows of `with_ids` bear.

    Of hundreds of millions only those are compared whose digests are alike: the rest takes too much memory.
    """
    digest = engine.digest("id")
    some = f"SELECT {digest} AS digest FROM with_ids WHERE n = 0 GROUP BY {digest} HAVING COUNT(*) > 1"
    alike = f"SELECT w.id FROM with_ids AS w JOIN ({some}) AS d ON d.digest = {engine.digest('w.id')} WHERE w.n = 0"
    return f"SELECT id FROM ({alike}) AS a GROUP BY id HAVING COUNT(*) > 1"


_MADE: Final = "CASE WHEN s.n < 2 THEN s.base ELSE s.base || '-' || s.n END"
_WITH_IDS: Final = (
    f"SELECT s.*, COALESCE(m.id, {_MADE}) AS id FROM sound AS s LEFT JOIN renamed AS m ON m.base = s.base AND m.n = s.n"
)
_NONE: Final = "SELECT base AS id FROM sound WHERE FALSE"
_SAID: Final = "kind actor proposal position date until_date toward conditions amount speaker"
"""What all rows of a statement have in common: everything but evidence."""
_CONTENT: Final = " || CHR(31) || ".join(f"COALESCE({name}, '')" for name in _SAID.split())
_AGAIN: Final = f"""
SELECT file, line, id, kind,
    CASE WHEN content = first_content THEN 'the same statement stands before, with the same evidence'
    WHEN first_place = 0 THEN 'its id is that of another statement, which is there already'
    ELSE 'its id is that of another statement, which stands before' END AS reason, id AS value
FROM (
    SELECT c.*, FIRST_VALUE(content) OVER (PARTITION BY id ORDER BY place, file, line, kind DESC) AS first_content,
        MIN(place) OVER (PARTITION BY id) AS first_place,
        ROW_NUMBER() OVER (PARTITION BY place, id, content, evidence {_IN_ORDER}) AS again
    FROM (
        SELECT 1 AS place, w.file, w.line, w.id, w.kind, COALESCE(w.evidence, '') AS evidence, {_CONTENT} AS content
        FROM with_ids AS w JOIN repeated AS r ON r.id = w.id
        LEFT JOIN (
            SELECT id AS short_id, kind AS short_kind, file AS short_file, line AS short_line FROM short
        ) AS s ON short_id = w.id AND short_kind = w.kind AND short_file = w.file AND short_line = w.line
        WHERE short_id IS NULL
        UNION ALL
        SELECT 0, file, line, id, kind, COALESCE(evidence, ''), {_CONTENT} FROM before
    ) AS c
) AS f WHERE place = 1 AND (content <> first_content OR again > 1)"""
OTHER_NOTES: Final = """
SELECT 'note is not read: a row before has another, of the same statement' AS reason, note AS value, file, line
FROM (
    SELECT c.file, c.line, c.note, FIRST_VALUE(c.note) OVER (
        PARTITION BY c.id ORDER BY CASE WHEN c.note IS NULL THEN 1 ELSE 0 END, c.file, c.line
    ) AS first_note
    FROM cleaned AS c JOIN repeated AS r ON r.id = c.id
) AS n WHERE note <> first_note"""
"""Rows whose note is not that of their statement, which is the first that there is, of tables that have notes."""
TOO_SHORT: Final = "its until does not come after its date; until is the first day outside"
_ENDING: Final = f"SELECT id, kind, file, line, first, last, published, until, until_date, {_CONTENT} AS content FROM"
_TOO_SHORT: Final = f"""
SELECT w.file, w.line, w.id, w.kind, '{TOO_SHORT}' AS reason, w.until_date AS value
FROM with_ids AS w LEFT JOIN repeated AS r ON r.id = w.id
WHERE r.id IS NULL AND w.until < {OPEN} AND w.until <= {in_force_from("w")}
UNION ALL
SELECT w.file, w.line, w.id, w.kind, '{TOO_SHORT}', w.until_date
FROM ({_ENDING} with_ids WHERE until < {OPEN}) AS w JOIN (
    SELECT b.id, b.content, MIN(b.first) AS first, MIN(b.last) AS last, MIN(b.published) AS published FROM (
        {_ENDING} with_ids WHERE until < {OPEN} UNION ALL {_ENDING} before WHERE until < {OPEN}
    ) AS b JOIN repeated AS r ON r.id = b.id GROUP BY b.id, b.content
) AS o ON o.id = w.id AND o.content = w.content
WHERE w.until <= {in_force_from("o")}"""
"""Those that no day lies in: they end before they are in force, whichever of the evidence of their statement counts."""


def _rename(engine: TableEngine, *, mixed: bool, held: str | None) -> None:
    """Make the table `renamed`: other ids for those that are made where they would be taken already.

    An id that is made may be one that the data has (it is `mixed` then), or that is there already; and the tenth
    statement of a year, which would be `a.p.2025-10`, may be that of October.
    """
    given = "SELECT base AS id, actor, proposal FROM sound WHERE n = 0"
    others = [*[given] * mixed, *([f"SELECT id, actor, proposal FROM {held}"] if held else [])]
    tenths = "SELECT DISTINCT actor, proposal FROM sound WHERE n > 9 AND LENGTH(in_id) < 10"
    same = f"SELECT s.actor, s.proposal FROM sound AS s JOIN ({{}}) AS o ON o.id = {_MADE} WHERE s.n > 0"
    engine.make("clashing", " UNION ".join((tenths, *map(same.format, others))))
    ((number,),) = engine.run("SELECT COUNT(*) FROM clashing")
    own = "clashing AS c ON c.actor = o.actor AND c.proposal = o.proposal"
    taken = _ids(engine, others, own) if number else set()
    while True:
        ids = _free_ids(engine, taken) if number else ()
        engine.fill("renamed", {"base": "TEXT", "n": "INTEGER", "id": "TEXT"}, ids)
        borne = _ids(engine, others, "renamed AS r ON r.id = o.id") if number else set()
        if not borne:
            break
        taken |= borne  # by chance, of another actor or on another proposal
    engine.drop("clashing")


def _ids(engine: TableEngine, tables: Sequence[str], joined: str) -> set[str]:
    """Return the ids that statements of some tables bear, of those that are joined to something."""
    return {key for table in tables for (key,) in engine.run(f"SELECT o.id FROM ({table}) AS o JOIN {joined}")}


def _free_ids(engine: TableEngine, known: Iterable[str]) -> Iterator[tuple[str, int, str]]:
    """Yield the ids of all statements of some actors on some proposals, made as the loader of models makes them."""
    of_these = "FROM sound AS s JOIN clashing AS c ON c.actor = s.actor AND c.proposal = s.proposal"
    taken = set(known)
    last: dict[str, int] = {}
    for block in engine.blocks(
        f"SELECT s.base, s.n {of_these} WHERE s.n > 0 ORDER BY s.file, s.line, s.kind DESC, s.base"
    ):
        for base, n in block:
            number, unique = last.get(base, 1), base
            while unique in taken:
                number += 1
                unique = f"{base}-{number}"
            last[base] = number
            taken.add(unique)
            yield base, n, unique
