"""The ledger: a model's holdings as a table, with its things and their names, ready for questions.

Of a curated model it is a SQLite database, in memory or, for the command line, in the user's cache folder. Reading one
imports neither yaml nor pydantic.
"""

from __future__ import annotations

from functools import cached_property
from threading import Lock
from typing import TYPE_CHECKING, Any, Final, TypeVar
from weakref import WeakSet

from actorgraph.dates import iso, last_day
from actorgraph.errors import UsageProblem
from actorgraph.ledger import resolving
from actorgraph.ledger.codec import ReadOnlyList, Sources, decode_bodies, decode_each, decode_texts
from actorgraph.ledger.engine import Whole
from actorgraph.ledger.filters import Filters
from actorgraph.ledger.labels import Labels
from actorgraph.ledger.sources import LentSources, Outliving, SourcesOf
from actorgraph.ledger.things import Thing, checked_types, held_positions, in_parts, marks, shown_place, tables_of
from actorgraph.model.kinds import STATEMENTS
from actorgraph.vocabulary import counted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from types import TracebackType
    from typing import Self

    from actorgraph.ledger.codec import Makers
    from actorgraph.ledger.engine import Engine, Parts
    from actorgraph.ledger.things import HeldPosition, Label

_Item = TypeVar("_Item")

BLOCK: Final = 2_000
"""How many rows are read and worked on at a time where all of a large table goes by."""

_EVER_HELD: Final = "since < until"
_HELD: Final = (
    "actor, actor_name, kind, position, proposal, proposal_title, since, until, conditions, basis, "
    "toward, CASE WHEN since = run_since THEN since_date ELSE NULL END, "
    "CASE WHEN until = run_until THEN until_date ELSE NULL END, contest, said"
)
_HELD_ORDER: Final = "actor, proposal, kind, since, position, conditions, toward"
"""The lines that `holding_blocks` reads: which, what of them, and in which order."""


class Ledger:
    """An open ledger. Its methods answer about names, things and positions over time; `questions` asks it for the rest.

    It may be used from any thread, and is closed by `close` or at the end of a `with`.

    >>> from actorgraph import load
    >>> with load("examples/minimal.yaml") as ledger:
    ...     print(ledger)
    <Ledger minimal: 6 records>
    >>> ledger
    <Ledger minimal: closed>
    """

    def __init__(self, engine: Engine, parts: Parts | None = None) -> None:
        self._engine = engine
        self._parts = parts or Whole()
        self._lock = Lock()
        self.is_open = True
        """Whether it can be asked: until it is closed."""
        self._outliving: WeakSet[Outliving] = WeakSet()
        self._registry = Lock()
        self.notice: Callable[[str], None] = lambda _: None
        """Called with a sentence where no name is spelled as typed, and the only one with the same words is taken."""
        self._labels = Labels(self)
        self._meta: dict[str, str] = dict(engine.run("SELECT name, value FROM meta"))
        self._without, self.ends_not_counted = decode_bodies([self._meta["without"], self._meta.get("ends", "{}")])
        """The end and the fate, by id, of each proposal that goes on here, as no evidence of its end counts."""
        self.filters = Filters(int(self._meta["known_by"]), self._meta["min_grade"] or None, tuple(self._without))

    def __repr__(self) -> str:
        if not self.is_open:
            return f"<Ledger {self.model}: closed>"
        sql = "SELECT COUNT(*) FROM records UNION ALL SELECT COUNT(*) FROM ties"
        number = sum(count for (count,) in self.rows(sql))
        limits = [f", known by {self.known_by}"] * (self.known_by is not None)
        limits += [f", graded {self.min_grade} or better"] * (self.min_grade is not None)
        limits += [f", without {key}" for key in self.without]
        return f"<Ledger {self.model}: {counted(number, 'record')}{''.join(limits)}>"

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def __del__(self) -> None:
        """Close the tables where nobody did: since Python 3.13 a connection that is left open is warned of."""
        self._engine.close()

    def close(self) -> None:
        """Let go of the tables, at once. What is asked later raises `UsageProblem`; to close again does nothing."""
        with self._registry:
            outliving = list(self._outliving)
        try:
            for reads in outliving:
                reads.keep()
        finally:
            with self._lock:
                self.is_open = False
                self._engine.close()

    def before_closing(self, reads: Outliving) -> None:
        """Have something read before the ledger is closed, if somebody still has it then."""
        with self._registry:
            self._outliving.add(reads)

    @property
    def model(self) -> str:
        """The model's id."""
        return self._meta["id"]

    @property
    def title(self) -> str:
        """The model's title."""
        return self._meta["title"]

    @property
    def description(self) -> str | None:
        """What the model covers and what it leaves out, in its curators' words, or None.

        Of a part of a larger record also what the part leaves out.
        """
        return " ".join(filter(None, (self.description_of_whole, self.left_out))) or None

    @property
    def description_of_whole(self) -> str | None:
        """The description of the whole record, of which this may be a part."""
        return self._meta["description"] or None

    @property
    def known_by(self) -> str | None:
        """The day (ISO) after which no publication counts, or None where all do."""
        return iso(self.filters.known_by)

    @property
    def min_grade(self) -> str | None:
        """The grade that evidence has to reach, such as C3, or None where all counts."""
        return self.filters.min_grade

    @property
    def without(self) -> Mapping[str, str]:
        """The sources that were left out: by id, sorted, who published each and when."""
        return self._without

    @property
    def latest_source(self) -> str | None:
        """The day (ISO) by which the latest of the sources was published, None where there are none."""
        return None if self.latest_source_date is None else iso(last_day(self.latest_source_date))

    @property
    def latest_source_date(self) -> str | None:
        """When the latest of the sources was published, as it is curated (`2025`, `../2025-12-31`), or None."""
        return self._meta["latest_source"] or None

    @property
    def infers(self) -> bool:
        """Whether what follows from its statements is in it: nothing is inferred from a table of statements."""
        return bool(self._meta["infers"])

    @property
    def revision(self) -> str | None:
        """The git commit that the model was read from and its day, as `06e8399, 2026-11-21`; None for files."""
        return self._meta.get("revision")

    @cached_property
    def sources(self) -> Sources:
        """The sources by id, as answers cite them: who published each and when, and where it can be read.

        They are there to be looked up one by one; `things("source")` lists them all.
        """
        return SourcesOf(self)

    @property
    def left_out(self) -> str | None:
        """What a part of a larger record leaves out, in a sentence (`ledger.part`); None of a whole one."""
        return self._meta.get("left_out")

    @property
    def elsewhere(self) -> tuple[tuple[str, int, int], ...]:
        """The proposals that split a larger record most and are not in this part of it: none of a whole one.

        Each with its title, and how many actors were ever for it, and how many ever against.
        """
        (elsewhere,) = decode_each([self._meta.get("elsewhere", "[]")])
        return tuple((title, pro, contra) for title, pro, contra in elsewhere)

    @property
    def is_part(self) -> bool:
        """Whether it is a part of a larger record: what would follow from less evidence cannot be told from it."""
        return self.left_out is not None

    def lent_sources(self) -> Sources:
        """Return the sources by id for answers that look them up later: also when the ledger has been closed."""
        return LentSources(self)

    def rows(self, sql: str, parameters: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        """Return the rows that answer a portable SQL text over the tables of `ledger.schema.SCHEMA`.

        Raises `UsageProblem` where the ledger is closed.
        """
        with self._lock:
            self._must_be_open()
            return self._engine.run(sql, parameters)

    def blocks(self, sql: str, parameters: Sequence[object] = (), *, size: int = BLOCK) -> Iterator[list[Any]]:
        """Yield the rows that answer a portable SQL text, at most so many at a time: memory holds one block of them.

        Others may be asked for in between. Raises `UsageProblem` where the ledger is closed, also half-way.

        >>> from actorgraph import load
        >>> ledger = load("examples/minimal.yaml")
        >>> list(ledger.blocks("SELECT actor FROM ties UNION SELECT actor FROM speakers", size=1))[:1]
        [[('fishers-union',)]]
        """
        return self._in_turn(self._engine.blocks(sql, parameters, size=size))

    def _in_turn(self, items: Iterable[_Item]) -> Iterator[_Item]:
        """Yield items, for each of which the engine is asked while nobody else asks it, and the ledger is open."""
        left = iter(items)
        while True:
            with self._lock:
                self._must_be_open()
                item = next(left, None)
            if item is None:
                return
            yield item

    def part_on(self, proposals: Sequence[str]) -> str:
        """Return the table that has all holdings on some proposals: a part of `holdings`, or all of them."""
        with self._lock:
            self._must_be_open()
            return self._parts.on(proposals)

    def parts(self) -> Iterator[str]:
        """Yield the tables of which `holdings` are made, for those who ask of all proposals by and by.

        Together they have every holding once, and each has all of a proposal.

        >>> from actorgraph import load
        >>> list(load("examples/minimal.yaml").parts())
        ['holdings']
        """
        return self._in_turn(self._parts.each())

    def lines_each(self, table: str) -> float | None:
        """Return how many lines a proposal of a large table has on average, 0 where nobody knows; None of another."""
        return self._parts.lines_each(table)

    def _must_be_open(self) -> None:
        if not self.is_open:
            raise UsageProblem(f"the ledger of {self.model} is closed; load it again")

    def holdings(self, *, stated: bool = False) -> tuple[HeldPosition, ...]:
        """Return every position over time, sorted by actor, proposal, kind and since: a table for statistics.

        Args:
            stated: Leave out what is only inferred.

        Returns:
            A row for each unbroken time in which an actor held a position on a proposal under the same conditions, in
            the same contest or in none.

        Raises:
            UsageProblem: The ledger is closed.

        >>> from actorgraph import load
        >>> with load("examples/minimal.yaml") as ledger:
        ...     for row in ledger.holdings():
        ...         print(row.actor, row.position, row.since, row.until)
        fishers-union neutral 2025-12-03 2026-01-15
        fishers-union opposes 2026-01-15 None
        harbour-board pledges 2026-02-01 None
        harbour-board supports 2025-11-20 None
        town-council open 2025-12-03 2026-03-01
        """
        return tuple(row for block in self.holding_blocks(stated=stated) for row in block)

    def holding_blocks(self, *, stated: bool = False) -> Iterator[list[HeldPosition]]:
        """Yield what `holdings` returns, in its order, some thousands at a time: memory holds one block of them.

        >>> from actorgraph import load
        >>> [len(block) for block in load("examples/minimal.yaml").holding_blocks(stated=True)]
        [5]
        """
        where = f"{_EVER_HELD} AND basis = 'stated'" if stated else _EVER_HELD
        for lines in self.blocks(f"SELECT {_HELD} FROM holdings WHERE {where} ORDER BY {_HELD_ORDER}"):
            yield held_positions(lines, self.sources)

    def things(self, *types: str) -> tuple[Thing, ...]:
        """Return all things of these types, or of every type, sorted by type and id.

        Raises `UsageProblem` for what is no type of a thing (`kinds.TYPES`: actor, proposal, condition, source, event,
        relation, stance, commitment).
        """
        types = checked_types(types)
        return self._things(types, f"WHERE t.type IN ({marks(types)})", types)

    def statements_of(self, kind: str, ids: Iterable[str]) -> tuple[Thing, ...]:
        """Return the stances and commitments of some actors, or on some proposals, sorted by type and id.

        >>> from actorgraph import load
        >>> [thing.id for thing in load("examples/minimal.yaml").statements_of("actor", ["town-council"])]
        ['town-council.harbour.2025-12-03']
        """
        said = " OR ".join(["t.body LIKE ?"] * len(ids := tuple(ids)))  # a quote in a text has a backslash before it
        where = f"WHERE t.type IN ({marks(STATEMENTS)}) AND ({said or '1 = 0'})"
        return self._things(STATEMENTS, where, (*STATEMENTS, *(f'%"{kind}":"{key}"%' for key in ids)))

    def by_id(self, ids: Iterable[str], *types: str) -> dict[str, Thing]:
        """Return the things of these types that bear these ids, by id."""
        types = checked_types(types)
        where = f"WHERE t.type IN ({marks(types)}) AND t.id IN"
        listed = in_parts(ids, self._engine.ids_at_once)
        parts = (self._things(types, f"{where} ({marks(part)})", (*types, *part)) for part in listed)
        return {thing.id: thing for things in parts for thing in things}

    def events_with(self, kind: str, ids: Iterable[str]) -> set[str]:
        """Return the ids of the events that name one of these actors, or that one of these sources reports."""
        sql = "SELECT event FROM event_links WHERE type = ? AND id IN"
        parts = (self.rows(f"{sql} ({marks(part)})", (kind, *part)) for part in in_parts(ids))
        return {event for rows in parts for (event,) in rows}

    def named(self, name: str, *types: str) -> tuple[Thing, ...]:
        """Return the things of these types that bear an id or, if none does, answer to a name.

        Those with exactly this name, title or alias come before those that have it but for case, accents and
        punctuation: where there are any of the former, the latter are left out.

        Raises `UsageProblem` for a name that is not text, and for what is no type of a thing.
        """
        return resolving.named(self._things, name, types)

    def labels(self, ids: Iterable[str], kind: str) -> dict[str, Label]:
        """Return what answers call actors or proposals, by id; those that do not exist are left out."""
        return self._labels.of(ids, kind)

    def names(self, kind: str) -> dict[str, str]:
        """Return the name or title of everything of a type, by id."""
        (table,) = tables_of(checked_types((kind,)))
        return dict(self.rows(f"SELECT id, name FROM {table} WHERE type = ? ORDER BY id", (kind,)))

    def resolve(self, name: str, *types: str, exact: bool = False) -> Thing:
        """Return the one thing of these types that answers to a name.

        Where none does, it is the only one of which a title, name or alias holds all the words typed, and `notice`
        gets a line that says so; not with `exact`. Raises `UsageProblem`, with the nearest names, where none does or
        several do.
        """
        return resolving.resolve(self, name, types, exact=exact)

    def find(self, name: str) -> tuple[Thing, ...]:
        """Return whatever answers to a name: one thing, or those of different types that share an id.

        Raises `UsageProblem`, with the nearest names, where nothing does or things with different ids do.
        """
        return resolving.find(self, name)

    @cached_property
    def descents(self) -> tuple[tuple[str, str], ...]:
        """Every proposal that succeeds another, with the other, sorted."""
        return tuple(self.rows("SELECT successor, proposal FROM descents ORDER BY successor, proposal"))

    @cached_property
    def _joint(self) -> Mapping[str, ReadOnlyList]:
        """The actors of every joint statement, by the id of its first record: one list for all its records."""
        rows = self.rows("SELECT statement, actors FROM joint")
        return {statement: ReadOnlyList(decode_texts(actors)) for statement, actors in rows}

    @cached_property
    def _together(self) -> dict[tuple[str, ...], ReadOnlyList]:
        """The actors of joint statements whose records list them: one list for all records."""
        return {}

    def _makers(self, makers: Makers) -> ReadOnlyList:
        """Return the actors of a joint statement by what a record tells of it."""
        if isinstance(makers, str):
            return self._joint[makers]
        return self._together.setdefault(tuple(makers), ReadOnlyList(makers))

    def _things(self, types: Sequence[str], where: str, parameters: Sequence[object]) -> tuple[Thing, ...]:
        """Return the things, of some of these types, that a condition in SQL leaves, sorted by type and id."""
        sql = "SELECT DISTINCT t.type, t.id, t.name, t.place, t.body FROM {} AS t {} ORDER BY t.type, t.id"
        rows = sorted(row for table in tables_of(types) for row in self.rows(sql.format(table, where), parameters))
        bodies = decode_bodies((body for *_, body in rows), self._makers)
        files: dict[str, str] = {}
        return tuple(
            Thing(kind, key, name, shown_place(place, files), body)
            for (kind, key, name, place, _), body in zip(rows, bodies, strict=True)
        )
