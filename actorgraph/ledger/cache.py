"""Where ledgers are kept between two questions: the user's cache folder, in which nothing stale is believed.

A kept ledger is like a `.pyc`: a projection that may be deleted at any time, and done without where none can be kept.
"""

from __future__ import annotations

import json
import os
import sqlite3
import sys
from contextlib import suppress
from mmap import ACCESS_READ, mmap
from typing import TYPE_CHECKING, Final
from zlib import crc32

import actorgraph
from actorgraph.dates import OPEN
from actorgraph.ledger.engine import Sqlite
from actorgraph.ledger.filters import ALL
from actorgraph.model.paths import Stamp, digest, yaml_files

if TYPE_CHECKING:
    from actorgraph.ledger.filters import Filters
    from actorgraph.model.loader import Loaded

_SEAL: Final = 4
"""How many bytes at a kept file's end hold the CRC-32 of the rest, so that no damaged byte is answered as fact."""

_RACY: Final = 2_000_000_000
"""Nanoseconds: a file changed this shortly before the ledger was written may have changed again in the same tick
of a coarse clock (FAT keeps two seconds), so its content decides, as in git's index."""

MOST_KEPT: Final = 64
"""How many ledgers the cache folder holds at most; the least recently written go first."""


class Kept:
    """The place of one model's ledger in the user's cache folder, of the evidence that counts.

    `names` are sources that are left out besides, as somebody named them.
    """

    def __init__(self, path: str, filters: Filters = ALL, names: tuple[str, ...] = ()) -> None:
        self.path = os.path.abspath(path)
        self.filters = filters
        self.names = tuple(sorted(set(names)))
        self.file = self._place()

    def _place(self) -> str:
        name = os.path.basename(self.path).removesuffix(".yaml")
        limits = [self.filters.min_grade, self.filters.without, self.names]
        suffix = "" if self.filters.known_by == OPEN else f"-known-by-{self.filters.known_by}"
        suffix += f"-limited-{crc32(json.dumps(limits).encode()):08x}" if any(limits) else ""
        return os.path.join(_cache_folder(), f"{name}-{crc32(os.fsencode(self.path)):08x}{suffix}.sqlite")

    def open(self) -> Sqlite | None:
        """Return the kept ledger if there is one, whole and fresh; None where it is damaged or cannot be read.

        All of it is checked before anything of it is asked. Nobody writes into a kept file that stands, a new one takes
        its place; so SQLite may read the pages that it needs from the file itself, without locks.
        """
        try:
            with open(self.file, "rb") as stream, mmap(stream.fileno(), 0, access=ACCESS_READ) as content:
                written = os.fstat(stream.fileno()).st_mtime_ns
                with memoryview(content) as view, view[:-_SEAL] as database:
                    if not database or _seal(database) != bytes(view[-_SEAL:]):
                        return None
        except (OSError, ValueError):  # there is none, or an empty one
            return None
        path = "".join(map(_in_uri, os.fsencode(self.file)))
        uri = f"file:{path}?mode=ro&immutable=1"
        try:
            connection = sqlite3.connect(uri, uri=True, check_same_thread=False)  # `Ledger` has a lock
        except sqlite3.Error:  # somebody has just cleared it away
            return None
        try:
            if self._fresh(connection, written):
                return Sqlite(connection)
        except (OSError, sqlite3.Error, LookupError, TypeError, ValueError):
            pass  # it was made by another version, or a file of the model is gone
        connection.close()
        return None

    def _fresh(self, connection: sqlite3.Connection, written: int) -> bool:
        (made_of,) = connection.execute("SELECT value FROM meta WHERE name = 'made_of'").fetchone()
        kept = json.loads(made_of)
        if kept["key"] != self._key():
            return False
        stamps = [Stamp(*fields) for fields in kept["stamps"]]
        if any(os.path.realpath(reached) != os.path.realpath(listed) for reached, listed in kept["roots"]):
            return False  # a link on the way leads elsewhere now
        now = [name for _, listed in kept["roots"] for name in yaml_files(listed)]
        return now == [stamp.path for stamp in stamps] and all(unchanged(stamp, written) for stamp in stamps)

    def _key(self) -> list[object]:
        """Return what a kept ledger is the ledger of, as JSON has it."""
        filters = self.filters
        return [self.path, filters.known_by, filters.min_grade, [*filters.without], [*self.names], *_version()]

    def write(self, connection: sqlite3.Connection, loaded: Loaded) -> None:
        """Leave a ledger for the next question; where that cannot be done, do without."""
        from actorgraph.atomic import write  # a warm answer writes nothing

        made_of = {
            "key": self._key(),
            "roots": loaded.roots,
            "stamps": loaded.stamps,
        }
        connection.execute("INSERT INTO meta VALUES ('made_of', ?)", (json.dumps(made_of),))
        connection.commit()
        with suppress(OSError, sqlite3.Error):
            os.makedirs(os.path.dirname(self.file), exist_ok=True)
            _tidy(os.path.dirname(self.file))
            database = connection.serialize()
            write(self.file, database + _seal(database), flush=False)


def _in_uri(byte: int) -> str:
    """Return a byte of a path as a URI has it: a name on a disk need not be UTF-8, nor any text."""
    return chr(byte) if 0x20 < byte < 0x7F and byte not in b"%?#" else f"%{byte:02x}"


def _seal(database: bytes | memoryview) -> bytes:
    return crc32(database).to_bytes(_SEAL, "big")


def _cache_folder() -> str:
    """Return the user's cache folder: by the XDG rule on Linux, elsewhere as platformdirs knows it.

    On Linux the rule is one line, and importing platformdirs would take a fifth of a warm answer (measured: 10 ms).
    """
    if sys.platform == "linux":
        base = os.environ.get("XDG_CACHE_HOME", "")
        return os.path.join(base if os.path.isabs(base) else os.path.expanduser("~/.cache"), "actorgraph")
    from platformdirs import user_cache_dir

    return user_cache_dir("actorgraph", appauthor=False)


def unchanged(stamp: Stamp, written: int) -> bool:
    """Whether a file is as it was read for a ledger that was written at a time (nanoseconds)."""
    now = os.stat(stamp.path)
    if now.st_size != stamp.size:
        return False
    same_times = (now.st_mtime_ns, now.st_ctime_ns) == (stamp.modified, stamp.changed)
    if same_times and max(stamp.modified, stamp.changed) < written - _RACY:
        return True
    with open(stamp.path, "rb") as stream:
        return digest(stream.read()) == stamp.digest


def _version() -> tuple[str, int]:
    """Return what made a ledger: the version and, as a checkout may be edited, the newest time of any of its code."""
    return actorgraph.__version__, _newest(os.path.dirname(actorgraph.__file__))


def _newest(folder: str) -> int:
    """Return the newest time of the Python files in a folder and in its folders, in nanoseconds."""
    times = [0]
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.name.endswith(".py"):
                times.append(entry.stat().st_mtime_ns)
            elif entry.is_dir() and entry.name != "__pycache__":
                times.append(_newest(entry.path))
    return max(times)


def _tidy(folder: str) -> None:
    ledgers = [entry for entry in os.scandir(folder) if ".sqlite" in entry.name]
    ledgers.sort(key=lambda entry: entry.stat().st_mtime_ns, reverse=True)
    _remove(*(entry.path for entry in ledgers[MOST_KEPT - 1 :]))


def _remove(*files: str) -> None:
    for file in files:
        try:
            os.remove(file)
        except OSError:
            continue
