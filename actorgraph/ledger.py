"""The ledger: a model's holdings as a table, with its things and their names, ready for questions.

It is a SQLite database, in memory or, for the command line, in the user's cache folder. Like a `.pyc` it is a
projection that may be deleted at any time, is never trusted when stale, and is skipped where it cannot be
written. Reading one imports neither yaml nor pydantic.
"""

from __future__ import annotations

import json
import os
import sqlite3
import sys
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import actorgraph
from actorgraph.dates import OPEN, day_of, ends_on, iso, last_day
from actorgraph.errors import ModelError, UsageProblem, nearest
from actorgraph.files import Stamp, digest, shown, yaml_files
from actorgraph.holdings import holdings, known
from actorgraph.names import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import date
    from pathlib import Path

    from pydantic import BaseModel

    from actorgraph.loader import Loaded
    from actorgraph.model import Condition, Model, Proposal, Source

SCHEMA: Final = """
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE things (type TEXT NOT NULL, id TEXT NOT NULL, name TEXT NOT NULL, place TEXT NOT NULL,
                     body TEXT NOT NULL);
CREATE TABLE names (form TEXT NOT NULL, type TEXT NOT NULL, id TEXT NOT NULL);
CREATE TABLE holdings (kind TEXT NOT NULL, actor TEXT NOT NULL, actor_name TEXT NOT NULL,
                       proposal TEXT NOT NULL, proposal_title TEXT NOT NULL, position TEXT NOT NULL,
                       since INTEGER NOT NULL, until INTEGER NOT NULL, conditions TEXT NOT NULL,
                       basis TEXT NOT NULL, because TEXT NOT NULL, contested INTEGER NOT NULL, said TEXT NOT NULL);
CREATE TABLE ties (record TEXT NOT NULL, actor TEXT NOT NULL, relation TEXT NOT NULL, target TEXT NOT NULL,
                   role TEXT, since INTEGER NOT NULL, until INTEGER NOT NULL);
"""
INDEXES: Final = """
CREATE INDEX things_by_id ON things (id);
CREATE INDEX names_by_form ON names (form);
CREATE INDEX holdings_by_proposal ON holdings (proposal);
CREATE INDEX holdings_by_actor ON holdings (actor);
"""

TYPES: Final = (
    "actor",
    "proposal",
    "condition",
    "source",
    "event",
    "relation",
)
"""The types of things; stances and commitments are not among them, but stand with their holdings."""

RECORD_COLUMNS: Final = "kind, actor_name, position, proposal_title, said"

_AT_ONCE: Final = 500
"""How many parameters one question takes: SQLite may have been built to allow no more than 999."""

_RACY: Final = 2_000_000_000
"""Nanoseconds: a file changed this shortly before the ledger was written may have changed again in the same tick
of a coarse clock (FAT keeps two seconds), so its content decides, as in git's index."""

_KEEP: Final = 64
"""How many ledgers the cache folder holds at most; the least recently written go first."""


class Thing(NamedTuple):
    """Anything with an id: its type, its name or title, where it stands (file:line), and its keys as curated."""

    type: str
    id: str
    name: str
    place: str
    body: dict[str, Any]

    def item(self) -> dict[str, Any]:
        """Return the thing as answers in JSON hold it: its keys with `_` for `-`."""
        keys = {key.replace("-", "_"): value for key, value in self.body.items()}
        return {"type": self.type, "id": self.id, "name": self.name, **keys, "place": self.place}


class Ledger:
    """An open ledger. Its methods answer about names and things; `query` and `diff` ask it for holdings."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._meta: dict[str, str] = dict(connection.execute("SELECT name, value FROM meta"))

    @property
    def model(self) -> str:
        """The model's id."""
        return self._meta["id"]

    @property
    def title(self) -> str:
        """The model's title."""
        return self._meta["title"]

    @property
    def known_by(self) -> str | None:
        """The day (ISO) after which no publication counts, or None where all do."""
        return iso(int(self._meta["known_by"]))

    @property
    def latest_source(self) -> str | None:
        """The day (ISO) on which the latest of the sources was published, None where there are none."""
        return iso(int(self._meta["latest_source"]))

    def rows(self, sql: str, parameters: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        """Return the rows that answer a portable SQL text over the tables of `SCHEMA`."""
        return self._connection.execute(sql, parameters).fetchall()

    def things(self, *types: str) -> tuple[Thing, ...]:
        """Return all things of these types (`TYPES`), sorted by type and id."""
        return self._things(f"WHERE t.type IN ({_marks(types)})", types)

    def things_by_id(self, kind: str, ids: Iterable[str]) -> dict[str, Thing]:
        """Return the things of a type that bear these ids, by id."""
        wanted = sorted(set(ids))
        parts = [wanted[at : at + _AT_ONCE] for at in range(0, len(wanted), _AT_ONCE)]
        found = (self._things(f"WHERE t.type = ? AND t.id IN ({_marks(part)})", (kind, *part)) for part in parts)
        return {thing.id: thing for part in found for thing in part}

    def named(self, name: str, *types: str) -> tuple[Thing, ...]:
        """Return the things of these types that bear an id or, if none does, answer to a name by any spelling."""
        return self._things(f"WHERE t.id = ? AND t.type IN ({_marks(types)})", (name, *types)) or self._things(
            f"JOIN names AS n ON t.type = n.type AND t.id = n.id WHERE n.form = ? AND n.type IN ({_marks(types)})",
            (fold(name), *types),
        )

    def record(self, key: str) -> tuple[Thing, ...]:
        """Return the stance or commitment that bears an id, if there is one."""
        sql = f"SELECT {RECORD_COLUMNS} FROM holdings WHERE INSTR(said, ?) > 0"
        lines = self.rows(sql, (json.dumps(key, ensure_ascii=False),))
        found = {thing.id: thing for line in lines for thing in records_of(line) if thing.id == key}
        return tuple(found.values())

    def names(self, kind: str) -> dict[str, str]:
        """Return the name or title of everything of a type, by id."""
        return dict(self.rows("SELECT id, name FROM things WHERE type = ? ORDER BY id", (kind,)))

    def resolve(self, name: str, *types: str) -> Thing:
        """Return the one thing of these types that answers to a name.

        Raises `UsageProblem`, with the nearest names, where none does or several do.
        """
        found = self.named(name, *types)
        if len(found) == 1:
            return found[0]
        if found:
            several = ", ".join(f"{one.id} ({one.name})" for one in found)
            raise UsageProblem(f"'{name}' is ambiguous: it may be {several}")
        others = self.named(name, *TYPES) or self.record(name)
        if others:
            raise UsageProblem(f"'{name}' is the {others[0].type} {others[0].name}, not {_one_of(types)}")
        raise UsageProblem(f"no {_one_of(types, '')} answers to '{name}'{self._near(name, types)}")

    def _things(self, where: str, parameters: Sequence[object]) -> tuple[Thing, ...]:
        sql = f"SELECT DISTINCT t.type, t.id, t.name, t.place, t.body FROM things AS t {where} ORDER BY t.type, t.id"
        return tuple(
            Thing(kind, key, name, shown(place), json.loads(body))
            for kind, key, name, place, body in self.rows(sql, parameters)
        )

    def _near(self, name: str, types: Sequence[str]) -> str:
        sql = (
            "SELECT n.form, t.id, t.name FROM names AS n JOIN things AS t ON t.type = n.type AND t.id = n.id "
            f"WHERE n.type IN ({_marks(types)}) ORDER BY n.form, t.id"
        )
        found = {form: (key, label) for form, key, label in self.rows(sql, types)}
        folded = fold(name)
        holding = [form for form in found if folded and folded in form]
        best = dict.fromkeys(found[form] for form in (*nearest(folded, found, most=3), *holding))
        listed = ", ".join(f"'{key}' ({label})" for key, label in list(best)[:4])
        return f"; did you mean {listed}?" if listed else f"; `actorgraph list {types[0]}s` shows them all"


def records_of(line: Sequence[Any]) -> tuple[Thing, ...]:
    """Return the records behind a line of the holdings table (its `RECORD_COLUMNS`), oldest first."""
    kind, actor, position, proposal, said = line
    name = f"{actor} {position} {proposal}"
    return tuple(Thing(kind, key, name, shown(place), body) for key, _, place, body in json.loads(said))


def _marks(values: Sequence[object]) -> str:
    return ", ".join("?" * len(values))


def _one_of(types: Sequence[str], article: str = "a ") -> str:
    if len(types) > 1:
        return "one of these" if article else "thing"
    return f"{article}{types[0]}".replace("a actor", "an actor")


def load(path: str | Path, *, known_by: str | date | None = None, cache: bool = False) -> Ledger:
    """Return an open ledger of the model at a path: a YAML file, or a folder of them.

    `known_by` leaves out what was published after that day (a partial date means its last day). With `cache`, a
    ledger kept in the user's cache folder is used while it is fresh, and a new one is left there.

    Raises `ModelError` with every problem in the model, and `UsageProblem` for a bad date.

    >>> ledger = load("examples/minimal.yaml")
    >>> ledger.model, ledger.latest_source
    ('minimal', '2026-02-01')
    """
    limit = OPEN if known_by is None else day_of(known_by)
    kept = _Kept(str(path), limit) if cache else None
    if kept and (ledger := kept.open()):
        return ledger
    from actorgraph.loader import no_garbage_collection, read_model  # noqa: PLC0415 - a fresh ledger needs no loader

    with no_garbage_collection():
        loaded = read_model(path)
        if loaded.model is None:
            raise ModelError(loaded.problems)
        connection = build(loaded.model, known_by=limit)
    if kept:
        kept.write(connection, loaded)
    return Ledger(connection)


# -- building ----------------------------------------------------------------------------------------------


def build(model: Model, *, known_by: int = OPEN) -> sqlite3.Connection:
    """Return a new ledger of a model in memory, as of what was known by a day."""
    model = known(model, known_by)
    connection = sqlite3.connect(":memory:")
    connection.executescript(SCHEMA)
    published = [last_day(one.published) for one in model.sources.values()]
    meta = {
        "id": model.header.id,
        "title": model.header.title,
        "known_by": str(known_by),
        "latest_source": str(max(published, default=OPEN)),
    }
    connection.executemany("INSERT INTO meta VALUES (?, ?)", meta.items())
    connection.executemany("INSERT INTO things VALUES (?, ?, ?, ?, ?)", _things(model))
    connection.executemany("INSERT INTO names VALUES (?, ?, ?)", _names(model))
    connection.executemany(f"INSERT INTO holdings VALUES ({_marks(range(13))})", _lines(model))
    connection.executemany(f"INSERT INTO ties VALUES ({_marks(range(7))})", _ties(model))
    connection.executescript(INDEXES)
    connection.commit()
    return connection


def _lines(model: Model) -> Iterator[tuple[object, ...]]:
    """Yield the lines of the holdings table.

    What was said is a list of [record, day from which it counts, place, the record as curated]. It is put together
    from the records' own JSON: ids need no escapes, and pydantic writes a record faster than anything else does.
    """
    actors = {key: actor.name for key, actor in model.actors.items()}
    proposals = {key: proposal.title for key, proposal in model.proposals.items()}
    files = {label: json.dumps(file)[1:-1] for label, file in _files(model).items()}
    for one in holdings(model):
        said = []
        for each in one.said:
            span = model.places[f"{one.kind}s", each.id]
            said.append(f'["{each.id}",{each.day},"{files[span.file]}:{span.line}",{_body(each.record)}]')
        yield (
            one.kind,
            one.actor,
            actors[one.actor],
            one.proposal,
            proposals[one.proposal],
            one.position,
            one.since,
            one.until,
            json.dumps(one.conditions) if one.conditions else "[]",
            "stated",
            "[]",
            int(one.contested),
            f"[{','.join(said)}]",
        )


def _things(model: Model) -> Iterator[tuple[str, str, str, str, str]]:
    """Yield (type, id, name, place, body as JSON) for everything that the model names, but what was said."""
    files = _files(model)

    def place(section: str, key: str) -> str:
        span = model.places[section, key]
        return f"{files[span.file]}:{span.line}"

    for key, actor in model.actors.items():
        yield "actor", key, actor.name, place("actors", key), _body(actor)
    for kind, section in _titled(model):
        for key, thing in section.items():
            yield kind, key, thing.title, place(f"{kind}s", key), _body(thing)
    for event in model.events:
        yield "event", event.id, event.title, place("events", event.id), _body(event)
    for tie in model.relations:
        name = f"{model.actors[tie.actor].name} {tie.relation} {model.actors[tie.to].name}"
        yield "relation", tie.id, name, place("relations", tie.id), _body(tie)


def _files(model: Model) -> dict[str, str]:
    """Return the full path of each file: a kept ledger can be asked from any folder."""
    return {label: os.path.abspath(label) for label in {span.file for span in model.places.values()}}


def _body(thing: BaseModel) -> str:
    """Return a thing as curated, as JSON: keys that hold a default, such as an empty list, are left out."""
    return thing.model_dump_json(by_alias=True, exclude_defaults=True, exclude=_ID)


_ID: Final = {"id"}


def _titled(model: Model) -> tuple[tuple[str, Mapping[str, Proposal | Condition | Source]], ...]:
    return ("proposal", model.proposals), ("condition", model.conditions), ("source", model.sources)


def _names(model: Model) -> Iterator[tuple[str, str, str]]:
    """Yield (folded name, type, id) for every name that somebody would type, each once."""
    found: dict[tuple[str, str, str], None] = {}
    for key, actor in model.actors.items():
        found.update(((fold(name), "actor", key), None) for name in (key, actor.name, *actor.aliases))
    for kind, section in _titled(model):
        for key, thing in section.items():
            aliases = getattr(thing, "aliases", ())
            found.update(((fold(name), kind, key), None) for name in (key, thing.title, *aliases))
    return iter(found)


def _ties(model: Model) -> Iterator[tuple[object, ...]]:
    for tie in model.relations:
        yield tie.id, tie.actor, tie.relation, tie.to, tie.role, tie.first, ends_on(tie.until)


# -- keeping -----------------------------------------------------------------------------------------------


class _Kept:
    """The place of one model's ledger in the user's cache folder."""

    def __init__(self, path: str, known_by: int) -> None:
        self.path = os.path.abspath(path)
        self.known_by = known_by
        self.file = self._place()

    def _place(self) -> str:
        from zlib import crc32  # noqa: PLC0415 - only where a ledger is kept

        name = os.path.basename(self.path).removesuffix(".yaml")
        suffix = "" if self.known_by == OPEN else f"-known-by-{self.known_by}"
        return os.path.join(_cache_folder(), f"{name}-{crc32(os.fsencode(self.path)):08x}{suffix}.sqlite")

    def open(self) -> Ledger | None:
        """Return the kept ledger if there is one and it is fresh."""
        try:
            written = os.stat(self.file)
            # Nobody writes into a ledger that stands: a new one takes its place. So no locks are needed.
            path = self.file.replace("%", "%25").replace("?", "%3f").replace("#", "%23")
            uri = f"file:{path}?mode=ro&immutable=1"
            connection = sqlite3.connect(uri, uri=True)
            ledger = Ledger(connection)
            (pages,), (size,) = (
                connection.execute(f"PRAGMA {name}").fetchone() for name in ("page_count", "page_size")
            )
            whole = pages * size == written.st_size
            if whole and self._fresh(ledger, written.st_mtime_ns):
                return ledger
        except (OSError, sqlite3.Error, KeyError, ValueError):
            return None
        connection.close()
        return None

    def _fresh(self, ledger: Ledger, written: int) -> bool:
        kept = json.loads(ledger._meta["made_of"])  # noqa: SLF001 - the ledger's own room
        if kept["key"] != [self.path, *_version()]:
            return False
        stamps = [Stamp(*one) for one in kept["stamps"]]
        now = [name for root in kept["roots"] for name in yaml_files(root)]
        return now == [one.path for one in stamps] and all(_unchanged(one, written) for one in stamps)

    def write(self, connection: sqlite3.Connection, loaded: Loaded) -> None:
        """Leave a ledger for the next question; where that cannot be done, do without."""
        made_of = {
            "key": [self.path, *_version()],
            "roots": loaded.roots,
            "stamps": loaded.stamps,
        }
        connection.execute("INSERT INTO meta VALUES ('made_of', ?)", (json.dumps(made_of),))
        connection.commit()
        temporary = f"{self.file}.{os.getpid()}"
        try:
            os.makedirs(os.path.dirname(self.file), exist_ok=True)
            _tidy(os.path.dirname(self.file))
            with open(temporary, "wb") as stream:
                stream.write(connection.serialize())
            os.replace(temporary, self.file)
        except (OSError, sqlite3.Error):
            _remove(temporary)


def _cache_folder() -> str:
    """Return the user's cache folder: by the XDG rule on Linux, elsewhere as platformdirs knows it.

    On Linux the rule is one line, and importing platformdirs would take a fifth of a warm answer (measured: 10 ms).
    """
    if sys.platform == "linux":
        base = os.environ.get("XDG_CACHE_HOME", "")
        return os.path.join(base if os.path.isabs(base) else os.path.expanduser("~/.cache"), "actorgraph")
    from platformdirs import user_cache_dir  # noqa: PLC0415 - see above

    return user_cache_dir("actorgraph", appauthor=False)


def _unchanged(one: Stamp, written: int) -> bool:
    now = os.stat(one.path)
    if now.st_size != one.size:
        return False
    same_times = (now.st_mtime_ns, now.st_ctime_ns) == (one.modified, one.changed)
    if same_times and max(one.modified, one.changed) < written - _RACY:
        return True
    with open(one.path, "rb") as stream:
        return digest(stream.read()) == one.digest


def _version() -> tuple[str, int]:
    """Return what made a ledger: the version and, as a checkout may be edited, the code's newest time."""
    folder = os.path.dirname(__file__)
    newest = max(one.stat().st_mtime_ns for one in os.scandir(folder) if one.name.endswith(".py"))
    return actorgraph.__version__, newest


def _tidy(folder: str) -> None:
    kept = [one for one in os.scandir(folder) if ".sqlite" in one.name]
    kept.sort(key=lambda one: one.stat().st_mtime_ns, reverse=True)
    _remove(*(one.path for one in kept[_KEEP - 1 :]))


def _remove(*files: str) -> None:
    for file in files:
        try:
            os.remove(file)
        except OSError:
            continue
