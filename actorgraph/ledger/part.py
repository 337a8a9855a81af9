"""A part of a ledger as a ledger of its own: what some actors hold on some proposals, and what it rests on.

Only the rows of that part are read, from whatever engine has them, into a database in memory. So every question and
every drawing of a part is that of a ledger, and none has to know of parts.
"""

from __future__ import annotations

import json
import sqlite3
from itertools import islice
from typing import TYPE_CHECKING, Any, Final

from actorgraph.ledger.codec import decode_few, decode_if_any, encode, encode_each
from actorgraph.ledger.engine import Sqlite
from actorgraph.ledger.schema import HOLDING_COLUMNS, INDEXES, INDEXES_BY_STATEMENTS, SCHEMA
from actorgraph.ledger.store import Ledger
from actorgraph.ledger.things import in_parts, marks
from actorgraph.vocabulary import JOINTLY

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    Row = tuple[Any, ...]

_NAMED: Final = {"part-of": "proposal", "entails": "proposal", "excludes": "proposal", "succeeds": "proposal"} | {
    "by": "actor"
}
"""What a proposal names besides: only as much of it as is in the part."""


MOST_ELSEWHERE: Final = 10
"""How many proposals that it leaves out a part tells of."""


def part_of(
    ledger: Ledger,
    actors: Iterable[str],
    proposals: Iterable[str],
    *,
    left_out: str,
    elsewhere: Iterable[tuple[str, int, int]] = (),
) -> Ledger:
    """Return an open ledger of what some actors hold on some proposals, of all time, stated and inferred.

    It has the records on which that rests, and the actors and proposals that these name, although nothing else that
    those hold; all conditions; the relations and the events of actors that it has; and the sources that it cites. What
    is inferred stands as it does in the whole: it is not worked out again. Its description ends with what is left out.

    Args:
        ledger: The whole.
        actors: The ids of the actors.
        proposals: The ids of the proposals.
        left_out: A sentence that says what is left out.
        elsewhere: Proposals of the whole, the most telling first, and how many actors ever were for and against each:
            the first of those that are not in the part are told of.

    Raises:
        UsageProblem: The ledger is closed.

    >>> from actorgraph.ledger.load import load
    >>> whole = load("examples/minimal.yaml")
    >>> part = part_of(whole, ["fishers-union"], ["harbour"], left_out="Two actors are left out.")
    >>> [(row.actor, row.position) for row in part.holdings()]
    [('fishers-union', 'neutral'), ('fishers-union', 'opposes')]
    >>> part.is_part, part.description.endswith("Two actors are left out.")
    (True, True)
    """
    connection = sqlite3.connect(":memory:", check_same_thread=False)  # `Ledger` has a lock
    connection.executescript(SCHEMA)
    _Copy(ledger, connection).fill(in_parts(actors), in_parts(proposals), left_out, elsewhere)
    connection.executescript(INDEXES + INDEXES_BY_STATEMENTS)
    connection.commit()
    return Ledger(Sqlite(connection))


class _Copy:
    """Copies rows of a ledger's tables, those of holdings first, which say what else is needed."""

    def __init__(self, ledger: Ledger, connection: sqlite3.Connection) -> None:
        self.ledger = ledger
        self.connection = connection
        self.ids: dict[str, set[str]] = {"actor": set(), "proposal": set(), "record": set(), "source": set()}

    def fill(
        self,
        actors: list[list[str]],
        proposals: list[list[str]],
        left_out: str,
        elsewhere: Iterable[tuple[str, int, int]],
    ) -> None:
        """Fill all tables."""
        self._meta(left_out)
        self.ids["actor"].update(*actors)
        self.ids["proposal"].update(*proposals)
        for table in ("holdings", "overruled"):
            self._put(table, self._held(table, actors, proposals))
        records = list(self._of_ids("SELECT type, id, name, place, body FROM records WHERE id IN", self.ids["record"]))
        joint = self._joint(records)
        self._note_named(records)
        self._put("records", map(self._among_its_actors, records))
        self._put("joint", joint)
        self._things()
        self._put("speakers", self._of_ids("SELECT * FROM speakers WHERE record IN", self.ids["record"]))
        sources = list(self._of_ids("SELECT * FROM things WHERE type = 'source' AND id IN", self.ids["source"]))
        self._put("things", sources)
        self._put("sources", self._of_ids("SELECT * FROM sources WHERE source IN", self.ids["source"]))
        self._names()
        self._elsewhere(elsewhere)

    def _elsewhere(self, elsewhere: Iterable[tuple[str, int, int]]) -> None:
        """Note what is told of proposals that are not in the part: the title of each, and its two numbers."""
        others = list(islice((named for named in elsewhere if named[0] not in self.ids["proposal"]), MOST_ELSEWHERE))
        labels = self.ledger.labels((key for key, *_ in others), "proposal")
        named = [(labels[key].name, *numbers) for key, *numbers in others]
        self._put("meta", [("elsewhere", json.dumps(named))])

    def _put(self, table: str, rows: Iterable[Row]) -> None:
        rows = list(rows)
        if rows:
            self.connection.executemany(f"INSERT INTO {table} VALUES ({marks(rows[0])})", rows)

    def _of_ids(self, sql: str, ids: Iterable[str]) -> Iterator[Row]:
        """Yield the rows of a text that ends in `IN`, for some ids."""
        for some in in_parts(ids):
            yield from self.ledger.rows(f"{sql} ({marks(some)})", some)

    def _meta(self, left_out: str) -> None:
        meta = dict(self.ledger.rows("SELECT name, value FROM meta"))
        meta["left_out"] = left_out
        self._put("meta", meta.items())

    def _held(self, table: str, actors: list[list[str]], proposals: list[list[str]]) -> Iterator[Row]:
        """Yield the lines of some actors on some proposals; what they name is noted."""
        where = list(HOLDING_COLUMNS)
        toward, because, said = map(where.index, ("toward", "because", "said"))
        for some in actors:
            for others in proposals:
                sql = f"SELECT {', '.join(where)} FROM {table} WHERE actor IN ({marks(some)})"
                for line in self.ledger.rows(f"{sql} AND proposal IN ({marks(others)})", (*some, *others)):
                    self.ids["actor"].update(decode_few(line[toward]))
                    self.ids["record"].update(record for record, *_ in json.loads(line[said]))
                    for _, _, steps, records in decode_if_any(line[because]):
                        self.ids["record"].update(records)
                        self.ids["proposal"].update(proposal for _, proposal, _ in steps)
                    yield line

    def _joint(self, records: list[Row]) -> Iterator[Row]:
        """Yield the joint statements of some records, each by those of its actors alone that the part has."""
        makers_of_records = (json.loads(body).get(JOINTLY) for *_, body in records)
        statements = {makers for makers in makers_of_records if isinstance(makers, str)}
        for statement, actors in self._of_ids("SELECT statement, actors FROM joint WHERE statement IN", statements):
            yield statement, encode([actor for actor in json.loads(actors) if actor in self.ids["actor"]])

    def _among_its_actors(self, record: Row) -> Row:
        """Return a record that lists who made its statement together with those alone that the part has."""
        *before, body = record
        if f'"{JOINTLY}":[' not in body:
            return record
        keys = json.loads(body)
        keys[JOINTLY] = [actor for actor in keys[JOINTLY] if actor in self.ids["actor"]]
        return (*before, encode_each([keys])[0])

    def _note_named(self, records: list[Row]) -> None:
        for *_, body in records:
            keys = json.loads(body)
            self.ids["actor"].update({keys["actor"], *keys.get("toward", ()), keys.get("speaker")} - {None})
            self.ids["proposal"].add(keys["proposal"])
            self._cite(keys)

    def _cite(self, keys: dict[str, Any]) -> None:
        self.ids["source"].update(cited["source"] for cited in keys.get("evidence", ()))

    def _things(self) -> None:
        """Copy actors, proposals, conditions, relations and events, and the tables that are made of them."""
        things = "SELECT type, id, name, place, body FROM things WHERE type = '{}' AND id IN"
        for kind in ("actor", "proposal"):
            self._put("things", (self._narrowed(row) for row in self._of_ids(things.format(kind), self.ids[kind])))
        self._put("things", self.ledger.rows("SELECT * FROM things WHERE type = 'condition' ORDER BY id"))
        actors, proposals = self.ids["actor"], self.ids["proposal"]
        ties = [row for row in self._of_ids("SELECT * FROM ties WHERE actor IN", actors) if row[3] in actors]
        links = self._of_ids("SELECT event, id FROM event_links WHERE type = 'actor' AND id IN", actors)
        events = list(self._of_ids("SELECT * FROM events WHERE event IN", {event for event, _ in links}))
        events = [row for row in events if actors.issuperset(json.loads(row[4]))]
        self._put("ties", ties)
        self._put("events", events)
        for kind, rows in (("relation", ties), ("event", events)):
            self._put("things", (self._narrowed(row) for row in self._of_ids(things.format(kind), _firsts(rows))))
        self._put("event_links", self._of_ids("SELECT * FROM event_links WHERE event IN", _firsts(events)))
        descents = self._of_ids("SELECT successor, proposal FROM descents WHERE successor IN", proposals)
        self._put("descents", (row for row in descents if row[1] in proposals))

    def _narrowed(self, row: Row) -> Row:
        """Return a thing without what a proposal names that is not in the part; its sources are noted."""
        *firsts, body = row
        keys = json.loads(body)
        self._cite(keys)
        if row[0] != "proposal" or keys.keys().isdisjoint(_NAMED):
            return row
        for name in _NAMED.keys() & keys.keys():
            keys[name] = [other for other in keys[name] if other in self.ids[_NAMED[name]]]
        return *firsts, json.dumps({key: value for key, value in keys.items() if value}, ensure_ascii=False)

    def _names(self) -> None:
        """Copy the names to which what was copied answers, and the labels of actors and proposals."""
        kept: dict[str, set[str]] = {}
        for kind, key in self.connection.execute("SELECT type, id FROM things").fetchall():
            kept.setdefault(kind, set()).add(key)
        for kind, ids in kept.items():
            for table in ("names", "labels"):
                self._put(table, self._of_ids(f"SELECT * FROM {table} WHERE type = '{kind}' AND id IN", ids))


def _firsts(rows: Collection[Row]) -> Iterator[str]:
    return (row[0] for row in rows)
