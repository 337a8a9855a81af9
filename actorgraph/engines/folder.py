"""A folder of holdings: Parquet files, and a manifest that says which of them count; what is half-written never does.

Files are never changed. A compile writes new ones, in a folder of its own, and then puts a new manifest in the place of
the old: until that moment everybody reads the old tables, and whoever reads them goes on doing so, since the files of
the last manifest stay until the next compile.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import sys
from collections import Counter
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from actorgraph.atomic import write
from actorgraph.errors import UsageProblem
from actorgraph.model.paths import HOLDINGS_FORMAT, MANIFEST, OF_TABLES, digest, holdings_around, shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

SCHEMA_VERSION: Final = 6
"""The version of the tables that are written; others are not read."""

_LOCK: Final = ".compiling"
"""The file that a compile leaves beside its folders, by which they are known to be its own."""

_WRITTEN: Final = re.compile(r".*\.parquet|\..*\.crc|_SUCCESS|_temporary.*|part-.*")
"""How files of an engine are called: of others in its folders none is removed."""


SMALL_FILE: Final = 1 << 20
"""Bytes of a file that is looked at whole whenever its folder is opened: that takes a millisecond."""


class UnreadableProblem(UsageProblem):
    """A folder of holdings is of another version, or damaged: what it was compiled from makes it anew."""


@dataclass(frozen=True)
class PartOfTable:
    """A range of proposals of a table of statements, both ends inside, how many they are, and where it stands.

    `statements` and `holdings` are files, relative to the folder; `rows` counts the statements and the holdings.
    """

    first: str
    last: str
    proposals: int
    statements: tuple[str, ...]
    holdings: tuple[str, ...]
    rows: tuple[int, int]


@dataclass(frozen=True)
class Manifest:
    """What a folder of holdings has.

    `made_of` says what it was compiled from and how; `of_model` whether that was a curated model. `tables` are the
    files of each table, relative to the folder, `sizes` their bytes, `digests` what tells each that is small from one
    that was changed, `counts` how many rows there are of what, and `left_out` how many rows of the source could not be
    read, by reason.
    """

    generation: int
    of_model: bool
    made_of: Mapping[str, Any]
    counts: Mapping[str, int]
    left_out: Mapping[str, Any]
    tables: Mapping[str, tuple[str, ...]]
    sizes: Mapping[str, int]
    parts: tuple[PartOfTable, ...] = ()
    digests: Mapping[str, str] = field(default_factory=dict)
    previous: tuple[str, ...] = field(default=())

    @property
    def files(self) -> set[str]:
        """All files that it needs."""
        return {file for files in self.tables.values() for file in files}

    def encoded(self) -> bytes:
        """Return the manifest as JSON, with a checksum."""
        content = {"format": HOLDINGS_FORMAT, "schema": SCHEMA_VERSION, **asdict(self)}
        return json.dumps({**content, "checksum": _checksum(content)}, ensure_ascii=False, indent=1).encode() + b"\n"


def _checksum(content: Mapping[str, Any]) -> str:
    return digest(json.dumps(content, ensure_ascii=False, sort_keys=True).encode())


def manifest_of(folder: str) -> Manifest:
    """Return what a folder of holdings has. Raises `UsageProblem` where it is none, or is damaged.

    >>> manifest_of("examples")
    Traceback (most recent call last):
        ...
    actorgraph.errors.UsageProblem: examples is no folder of holdings: it has no manifest.json
    """
    try:
        raw = Path(folder, MANIFEST).read_bytes()
    except (FileNotFoundError, NotADirectoryError) as error:
        raise UsageProblem(f"{shown(folder)} is no folder of holdings: it has no {MANIFEST}") from error
    manifest = decoded(raw, folder)
    for file, size in manifest.sizes.items():
        path, known = Path(folder, file), manifest.digests.get(file)
        try:
            now = path.stat().st_size
            is_same = known is None or now != size or digest(path.read_bytes()) == known
        except FileNotFoundError as error:
            raise _damaged(folder, f"{file} is missing") from error
        if now != size:
            raise _damaged(folder, f"{file} has {now:,} bytes instead of {size:,}")
        if not is_same:
            raise _damaged(folder, f"{file} is not as it was written")
    return manifest


def decoded(raw: bytes, folder: str) -> Manifest:
    """Return the manifest that a text holds. Raises `UsageProblem` where it is of another version, or damaged."""
    try:
        content = json.loads(raw)
        known = content.pop("format", None)
    except (ValueError, AttributeError, TypeError, RecursionError) as error:
        raise UsageProblem(
            f"{shown(folder)} is no folder of holdings: its {MANIFEST} cannot be read; "
            "if it was one, remove it, and compile it again from its source"
        ) from error
    if known != HOLDINGS_FORMAT:
        raise UsageProblem(f"{shown(folder)} is no folder of holdings: its {MANIFEST} is of something else")
    version, checksum = content.pop("schema", None), content.pop("checksum", None)
    if version != SCHEMA_VERSION:
        raise UnreadableProblem(
            f"{shown(folder)} was compiled by another version of actorgraph (its tables are of version {version}, "
            f"not {SCHEMA_VERSION}); compile it again from its source"
        )
    if checksum != _checksum({"format": known, "schema": version, **content}):
        raise _damaged(folder, f"{MANIFEST} is not as it was written")
    content["tables"] = {table: tuple(files) for table, files in content["tables"].items()}
    content["previous"] = tuple(content["previous"])
    parts = tuple(_part(**part) for part in content.pop("parts"))
    return Manifest(**content, parts=parts)


def _part(
    first: str, last: str, proposals: int, statements: list[str], holdings: list[str], rows: list[int]
) -> PartOfTable:
    return PartOfTable(first, last, proposals, tuple(statements), tuple(holdings), (rows[0], rows[1]))


def _damaged(folder: str, why: str) -> UnreadableProblem:
    return UnreadableProblem(f"{shown(folder)} is damaged: {why}; compile it again from its source")


class Writing:
    """New files for a folder of holdings, of which nothing counts before `swap`.

    `old` is the manifest that stood when the writing began, None where there was none that can be read.
    """

    def __init__(self, folder: Path, old: Manifest | None) -> None:
        self.folder = folder
        self.old = old
        taken = (
            path.name for path in folder.iterdir() if OF_TABLES.fullmatch(path.name)
        )  # be it a link to another disk
        self.generation = 1 + max((int(name[1:]) for name in taken), default=0)
        self._new = folder / f"g{self.generation}"  # made when its first place is asked for: `undo` takes it away then
        self._places = Counter[str]()

    def place(self, table: str) -> str:
        """Return where new files of a table are to be written: another place each time."""
        self._new.mkdir(exist_ok=True)
        self._places[table] += 1
        return str(self._new / f"{table}-{self._places[table]}.parquet")

    def written(self, path: str) -> tuple[str, ...]:
        """Return the files that an engine wrote at a place, relative to the folder, sorted."""
        place = Path(path)
        files = place.rglob("*.parquet") if place.is_dir() else [place]
        kept = (file for file in files if file.is_file() and not file.name.startswith((".", "_")))
        return tuple(sorted(file.relative_to(self.folder).as_posix() for file in kept))

    def paths(self, files: Iterable[str]) -> list[str]:
        """Return where files stand that are named relative to the folder, as an engine reads them."""
        return [str(self.folder / file) for file in files]

    def swap(self, manifest: Manifest) -> Manifest:
        """Let new files count: from here on the folder is what the manifest says. What nobody needs any more goes."""
        kept = () if self.old is None else tuple(sorted(self.old.files - manifest.files))
        sizes = {file: (self.folder / file).stat().st_size for file in sorted(manifest.files)}
        known = {} if self.old is None else self.old.digests
        digests = {
            file: known.get(file) or digest((self.folder / file).read_bytes())
            for file, size in sizes.items()
            if size <= SMALL_FILE
        }
        whole = replace(manifest, generation=self.generation, sizes=sizes, digests=digests, previous=kept)
        write(str(self.folder / MANIFEST), whole.encoded())
        _tidy(self.folder, {*whole.files, *kept})
        return whole

    def undo(self) -> None:
        """Take what was written away."""
        shutil.rmtree(self._new, ignore_errors=True)


@contextmanager
def writing(path: str) -> Iterator[Writing]:
    """Let one, and one alone, write into a folder of holdings, which is made where it is missing.

    Whatever is to be written is read within: who comes later is told at once, and nobody's work takes the place of what
    another wrote meanwhile. Whatever fails, what counted before still does, and a folder that was made goes; what is of
    another version, or damaged, stays until the swap. Raises `UsageProblem` where somebody else is writing, or where
    the folder holds something else.
    """
    folder = Path(path)
    must_be_ours(path)
    made = [place for place in (folder, *folder.parents) if not place.exists()]
    folder.mkdir(parents=True, exist_ok=True)
    try:
        with _alone(folder):
            new = Writing(folder, _standing(folder))
            try:
                yield new
            except BaseException:
                new.undo()
                if {entry.name for entry in folder.iterdir()} == {_LOCK}:
                    (folder / _LOCK).unlink()
                raise
    except BaseException:
        with suppress(OSError):
            for place in made:  # as far as nothing stands in them
                place.rmdir()
        raise


def _standing(folder: Path) -> Manifest | None:
    """Return the manifest that stands in a folder, and remove what it does not need; None where none can be read."""
    if not (folder / MANIFEST).exists():
        _tidy(folder, set())
        return None
    try:
        old = manifest_of(str(folder))
    except UnreadableProblem:
        return None
    _tidy(folder, {*old.files, *old.previous})
    return old


def must_be_ours(path: str) -> None:
    """Raise `UsageProblem` where a path leads to what no compile has left; that can be known before anything is read.

    >>> must_be_ours("examples")
    Traceback (most recent call last):
        ...
    actorgraph.errors.UsageProblem: examples holds something else than holdings; name a folder that is new or empty
    """
    folder = Path(path)
    if around := holdings_around(path):
        raise UsageProblem(f"{shown(path)} lies among the tables of the holdings {shown(around)}; name another folder")
    if not path:
        raise UsageProblem("holdings need a folder, and none is named")
    if not folder.exists():
        if folder.is_symlink():
            raise UsageProblem(f"{shown(path)} is a link that leads nowhere; name another folder")
        return
    if not folder.is_dir():
        raise UsageProblem(f"{shown(path)} is no folder; holdings are one")
    if (folder / MANIFEST).is_file():
        with suppress(UnreadableProblem):
            decoded((folder / MANIFEST).read_bytes(), path)
    elif (names := {entry.name for entry in folder.iterdir()}) and not (
        _LOCK in names and all(_is_new(folder / name) for name in names - {_LOCK})
    ):
        raise UsageProblem(f"{shown(path)} holds something else than holdings; name a folder that is new or empty")


def _is_new(path: Path) -> bool:
    """Whether a path is a folder of new files, by its name."""
    return OF_TABLES.fullmatch(path.name) is not None and path.is_dir() and not path.is_symlink()


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Hold a lock that goes when its process does, however that ends; the file stays where there are holdings."""
    path = folder / _LOCK
    with path.open("a") as lock:
        if not (locked(lock.fileno()) and _stands(path, lock.fileno())):
            raise UsageProblem(f"another compile is writing into {shown(str(folder))}; wait until it is done")
        yield


def _stands(path: Path, handle: int) -> bool:
    """Whether an open file still stands at its path: who made the folder takes it away where nothing comes of it."""
    try:
        return os.path.samestat(path.stat(), os.fstat(handle))
    except FileNotFoundError:
        return False


def locked(handle: int) -> bool:
    """Take a lock on an open file, at once or not at all; it goes with the file, or with the process.

    >>> from tempfile import TemporaryFile
    >>> with TemporaryFile() as file:
    ...     locked(file.fileno())
    True
    """
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def _tidy(folder: Path, needed: set[str]) -> None:
    """Remove files of earlier compiles that no manifest needs, and folders that are empty then."""
    for new in filter(_is_new, folder.iterdir()):
        for path in (*sorted(new.rglob("*"), reverse=True), new):
            with suppress(OSError):
                if path.is_dir():
                    path.rmdir()
                elif _WRITTEN.fullmatch(path.name) and path.relative_to(folder).as_posix() not in needed:
                    path.unlink()
