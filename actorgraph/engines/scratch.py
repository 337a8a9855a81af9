"""Scratch folders: what an engine works out on the way lies in one, and no killed process leaves its own for good.

Whoever has a folder holds a lock in it, which goes when its process does, however that ends. A folder whose lock can be
taken is nobody's any more, and the next that makes one removes it.
"""

from __future__ import annotations

import os
import platform
import re
import shutil
import stat
import sys
import tempfile
import weakref
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final

from actorgraph.engines.folder import locked
from actorgraph.engines.table_engine import for_engines

if TYPE_CHECKING:
    from collections.abc import Callable
    from io import TextIOWrapper

_LOCK: Final = ".in-use"
_TRIES: Final = 5
"""How often a folder is given up that another took for left before it was locked; then it is of a disk without locks,
on which nobody takes any for left."""


def scratch_of(owner: object) -> tuple[str, Callable[[], object]]:
    """Return a new folder in the temporary one, and what removes it; else it goes with its owner, or with the process.

    Raises `UsageProblem` where the temporary folder has a name that no engine takes.

    First those go that killed processes of this user on this machine have left.

    >>> engine = type("Engine", (), {})()
    >>> folder, remove = scratch_of(engine)
    >>> Path(folder).is_dir(), remove(), Path(folder).exists()
    (True, None, False)
    """
    for_engines(tempfile.gettempdir())
    prefix = _prefix()
    with suppress(OSError):
        _remove_left(prefix)
    for tries in range(_TRIES):
        folder = Path(tempfile.mkdtemp(prefix=prefix))
        lock = (folder / _LOCK).open("a")
        if _is_ours(folder, lock) or tries == _TRIES - 1:
            break
        _remove(folder, lock)
    return str(folder), weakref.finalize(owner, _remove_own, folder, lock, os.getpid())


def _prefix() -> str:
    """Return how the names of this machine's folders begin: others may see the same disk, and not the locks on it."""
    return f"actorgraph-{re.sub('[^A-Za-z0-9]+', '-', platform.node())}."


def _is_ours(folder: Path, lock: TextIOWrapper) -> bool:
    """Take the lock of a new folder; another may have been quicker, and have removed it."""
    if not locked(lock.fileno()):
        return False
    try:
        return os.path.samestat(os.fstat(lock.fileno()), (folder / _LOCK).stat())
    except FileNotFoundError:
        return False


def _remove_left(prefix: str) -> None:
    """Remove the folders whose locks nobody holds."""
    name = re.compile(re.escape(prefix) + "[a-z0-9_]+")
    for entry in os.scandir(tempfile.gettempdir()):
        if not name.fullmatch(entry.name):
            continue
        with suppress(OSError):  # it goes just now, or has no lock yet
            if not _is_this_users(entry.stat(follow_symlinks=False)):
                continue
            with Path(entry.path, _LOCK).open("r+") as lock:
                if locked(lock.fileno()):
                    _remove(Path(entry.path), lock)


def _is_this_users(status: os.stat_result) -> bool:
    """Whether something is a folder of who asks: in a folder that all share, others may leave what looks like one."""
    return stat.S_ISDIR(status.st_mode) and (sys.platform == "win32" or status.st_uid == os.getuid())


def _remove_own(folder: Path, lock: TextIOWrapper, process: int) -> None:
    """Remove a folder in the process that made it: what a process forks off has the owner, too, and may end before."""
    if os.getpid() == process:
        _remove(folder, lock)


def _remove(folder: Path, lock: TextIOWrapper) -> None:
    """Remove a folder whose lock is held, the lock last: whoever is killed in the middle leaves it to be taken."""
    with suppress(OSError):
        for path in folder.iterdir():
            if path.is_dir() and not path.is_symlink():
                shutil.rmtree(path, ignore_errors=True)
            elif path.name != _LOCK:
                path.unlink(missing_ok=True)
    _remove_lock(folder)
    lock.close()
    _remove_lock(folder)  # Windows removes no file that is open


def _remove_lock(folder: Path) -> None:
    with suppress(OSError):
        (folder / _LOCK).unlink(missing_ok=True)
        folder.rmdir()
