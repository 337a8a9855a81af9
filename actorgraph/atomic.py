"""The one safe writer: a file holds the old text or the whole new one, whatever happens in between.

Every new text is written beside the file that it is for, flushed to the disk, and then put in the file's place.
"""

import errno
import os
import stat
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

_LONGEST_NAME: Final = 200
"""How many bytes of a file's name the name of the file beside it repeats: most systems allow 255 in all."""

_LONGEST_WRITE: Final = 3600
"""Seconds after which a file beside another one is left over, whoever seems to be writing it."""


def write(path: str, content: bytes | Iterable[bytes], *, flush: bool = True) -> None:
    """Make a file hold a content, whatever it held; a pipe or a device is written to.

    Of a content in pieces no more than one is in memory; where it raises, the file is as it was.

    Links are followed, and a file's permissions and owner kept. With `flush` the content is on the disk when this
    returns. Raises OSError, with the file as it was; also where it may not be written.
    """
    if os.path.exists(path) and not os.path.isfile(path):
        with open(path, "wb") as stream:
            stream.writelines(_pieces(content))
        return
    target = os.path.realpath(path)
    must_be_writable(target)
    new = name_beside(target)
    try:
        write_beside(new, target, content, flush=flush)
        os.replace(new, target)
    except BaseException:
        remove(new)
        raise
    if flush:
        flush_folder(target)


@contextmanager
def new_folders(files: Iterable[str]) -> Iterator[None]:
    """Make the folders that files are to be written into; where writing fails, those that are empty go again.

    Raises OSError where a folder cannot be made.
    """
    made: list[Path] = []
    try:
        for folder in dict.fromkeys(os.path.dirname(os.path.realpath(file)) for file in files):
            path = Path(folder)
            missing = [parent for parent in (path, *path.parents) if not parent.exists()]
            for parent in reversed(missing):
                parent.mkdir()
                made.append(parent)
        yield
    except BaseException:
        for parent in reversed(made):
            with suppress(OSError):
                parent.rmdir()
        raise


def _pieces(content: bytes | Iterable[bytes]) -> Iterable[bytes]:
    return (content,) if isinstance(content, bytes) else content


def write_beside(name: str, target: str, content: bytes | Iterable[bytes], *, flush: bool = True) -> None:
    """Write a content into a new file beside a target, with the target's permissions and owner where it is there.

    Raises OSError, which names the target: of the new file nobody knows.
    """
    try:
        descriptor = os.open(name, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o666)
    except OSError as error:
        error.filename = target
        raise
    with open(descriptor, "wb") as stream:
        stream.writelines(_pieces(content))
        if flush:
            stream.flush()
            os.fsync(stream.fileno())
    try:
        status = os.stat(target)
    except FileNotFoundError:
        return
    with suppress(OSError, AttributeError):  # only root may give a file away, and not everywhere
        os.chown(name, status.st_uid, status.st_gid)
    os.chmod(name, stat.S_IMODE(status.st_mode))


def must_be_writable(target: str) -> None:
    """Raise OSError where a file is there and nobody may write it: replacing it would only need its folder."""
    try:
        writable = os.stat(target).st_mode & 0o222 and os.access(target, os.W_OK)
    except FileNotFoundError:
        return
    if not writable:
        raise PermissionError(errno.EACCES, "it is read-only", target)


def name_beside(target: str, suffix: str = ".part") -> str:
    """Return a name for a new file beside a target, where nothing is left over.

    What a journal speaks of bears another suffix, and is cleared by `recover` alone.
    """
    folder, stem = _beside(target)
    clear_left_over(target)
    return os.path.join(folder, f"{stem}{os.getpid()}-{os.urandom(4).hex()}{suffix}")


def _beside(target: str) -> tuple[str, str]:
    """Return a target's folder, and how the names of the files beside it begin."""
    folder, name = os.path.split(target)
    return folder, f".{os.fsdecode(os.fsencode(name)[:_LONGEST_NAME])}."


def clear_left_over(target: str) -> None:
    """Clear away what processes that have ended left beside a target."""
    folder, stem = _beside(target)
    with suppress(OSError), os.scandir(folder or ".") as entries:
        for entry in entries:
            if entry.name.startswith(stem) and entry.name.endswith(".part") and _is_left_over(entry, len(stem)):
                remove(entry.path)


def _is_left_over(entry: "os.DirEntry[str]", at: int) -> bool:
    """Whether a file was left by a process that has ended: its number stands at a place in the name."""
    process = entry.name[at:].partition("-")[0]
    if not (process.isascii() and process.isdigit()):
        return False
    if entry.stat().st_mtime < time.time() - _LONGEST_WRITE:
        return True
    if os.name != "posix":
        return False
    try:
        os.kill(int(process), 0)
    except ProcessLookupError:
        return True
    except (OSError, OverflowError):
        return False
    return False


def flush_folder(target: str) -> None:
    """Have the system note on the disk what a file's folder holds, where it can."""
    with suppress(OSError):
        folder = os.open(os.path.dirname(target) or ".", os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


def remove(*names: str) -> None:
    """Remove files, as far as they are there and can be removed."""
    for name in names:
        with suppress(OSError):
            os.remove(name)
