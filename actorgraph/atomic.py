"""Files replaced whole or not at all: a crash leaves the old ones."""

import errno
import os
import tempfile
from collections.abc import Iterable
from contextlib import suppress
from typing import NamedTuple

from actorgraph.errors import ActorgraphError


class Change(NamedTuple):
    """A file, what it held when it was read, and what it is to hold."""

    path: str
    old: bytes
    new: bytes


class NotPutBack(ActorgraphError):  # noqa: N818 - it tells what could not be done
    """Some files were replaced, others could not be, and the first could not be put back."""


def replace_all(changes: Iterable[Change]) -> None:
    """Replace files, all of them or none; links are followed, and a file's permissions kept.

    Each new text is written beside its file and flushed to the disk before the first file is replaced; what fails then
    puts the others back. Raises OSError, with every file as it was; also where one is no longer what was read.
    """
    staged: list[tuple[str, str, str]] = []
    done: list[tuple[str, str]] = []
    wanted = [change for change in changes if change.old != change.new]
    try:
        for change in wanted:
            target = os.path.realpath(change.path)
            _must_be(target, change.old)
            kept = _beside(target, change.old) if len(wanted) > 1 else ""
            staged.append((target, "", kept))
            staged[-1] = (target, _beside(target, change.new), kept)
        for target, new, kept in staged:
            os.replace(new, target)
            done.append((target, kept))
    except BaseException as error:
        _put_back(done, error)
        raise
    finally:
        for leftover in (name for _, *names in staged for name in names if name):
            with suppress(FileNotFoundError):
                os.remove(leftover)


def _must_be(target: str, old: bytes) -> None:
    with open(target, "rb") as stream:
        if stream.read(len(old) + 1) != old:
            raise OSError(errno.EBUSY, "it has changed since it was read; nothing was written", target)
    if not os.access(target, os.W_OK):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), target)


def _beside(target: str, content: bytes) -> str:
    """Write a content into a new file beside a target, with its permissions; return the new file's name."""
    folder, name = os.path.split(target)
    handle, temporary = tempfile.mkstemp(prefix=f".{name}.", suffix=".part", dir=folder)
    try:
        with open(handle, "wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        status = os.stat(target)
        with suppress(OSError):  # only root may give a file away
            os.chown(temporary, status.st_uid, status.st_gid)
        os.chmod(temporary, status.st_mode & 0o7777)
    except BaseException:
        os.remove(temporary)
        raise
    return temporary


def _put_back(done: Iterable[tuple[str, str]], cause: BaseException) -> None:
    stuck = []
    for target, kept in done:
        try:
            os.replace(kept, target)
        except OSError:
            rescued = f"{target}.old"
            with suppress(OSError):
                os.link(kept, rescued)
            stuck.append(f"{target} (what it held is in {rescued})")
    if stuck:
        raise NotPutBack(f"could not be put back: {', '.join(stuck)}") from cause
