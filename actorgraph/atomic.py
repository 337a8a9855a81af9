"""The one safe writer: a file holds the old text or the whole new one, whatever happens in between.

Every new text is written beside the file that it is for, flushed to the disk, and then put in the file's place. Where
several files must change together, a journal says what is being done before it is done, so that `recover` can finish
after a crash: the redo log of databases (Mohan et al. 1992, ARIES), reduced to whole files.
"""

import errno
import json
import os
import signal
import stat
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final, NamedTuple

from actorgraph.errors import ActorgraphError

_LONGEST_NAME: Final = 200
"""How many bytes of a file's name the name of the file beside it repeats: most systems allow 255 in all."""

_LONGEST_WRITE: Final = 3600
"""Seconds after which a file beside another one is left over, whoever seems to be writing it."""


class Replacement(NamedTuple):
    """A file, what it held when it was read, and what it is to hold. `old` is None where no such file may be there."""

    path: str
    old: bytes | None
    new: bytes


class Recovery(NamedTuple):
    """What `recover` made of an interrupted replacement, by the label that it had, and whether it was finished."""

    label: str
    finished: bool
    files: tuple[str, ...]


class NotPutBack(ActorgraphError):  # noqa: N818 - it tells what could not be done
    """Some files were replaced, others could not be, and the first could not be put back."""


class _Step(NamedTuple):
    """A file to be replaced, the new text's place beside it, and that of a copy of the old one, empty if none."""

    target: str
    new: str
    old: str


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
    _must_be_writable(target)
    new = _name_beside(target)
    try:
        _write_beside(new, target, content, flush=flush)
        os.replace(new, target)
    except BaseException:
        _remove(new)
        raise
    if flush:
        _flush_folder(target)


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


def replace_all(replacements: Iterable[Replacement], *, journal: str | None = None, label: str = "") -> None:
    """Replace files, all of them or none; links are followed, and a file's permissions and owner kept.

    What fails puts the others back, and signals to stop wait until all is done. With a `journal` (a path beside which
    nothing else bears its name) a process that is killed leaves there what `recover` needs, and a `label` that says
    what it was about. Raises OSError, with every file as it was; also where one is no longer what was read, or there
    is a journal already.
    """
    wanted = [change for change in replacements if change.old != change.new]
    if not wanted:
        return
    steps = [_step(change, noted=journal is not None) for change in wanted]
    if journal and os.path.lexists(journal):
        raise FileExistsError(errno.EEXIST, "an earlier replacement was cut short", journal)

    def note(state: str) -> None:
        if journal:
            _note(journal, label, state, zip(steps, wanted, strict=True))

    try:
        for step, change in zip(steps, wanted, strict=True):
            _must_hold(step.target, change.old)
        note("preparing")
        for step, change in zip(steps, wanted, strict=True):
            _write_beside(step.new, step.target, change.new)
            if step.old:
                _write_beside(step.old, step.target, change.old or b"")
        with _signals_held():
            _put_in_place(steps, wanted, note)
    finally:
        for step in steps:
            _remove(step.new, step.old)
        if journal:
            _remove(journal)


def write_folder(folder: str, files: Mapping[str, bytes]) -> None:
    """Make files of a folder hold contents, whatever they held: all of them or none. Other files in it stay.

    The folder is made where there is none. Raises OSError, with every file as it was.
    """
    os.makedirs(folder, exist_ok=True)
    paths = {name: os.path.join(folder, name) for name in files}
    replace_all(Replacement(paths[name], _held(paths[name]), content) for name, content in files.items())


def _held(path: str) -> bytes | None:
    """Return what a file holds, None where there is none."""
    try:
        with open(path, "rb") as stream:
            return stream.read()
    except FileNotFoundError:
        return None


def _put_in_place(steps: list[_Step], wanted: list[Replacement], note: Callable[[str], None]) -> None:
    """Replace one file after the other; put all back where one cannot be."""
    done: list[_Step] = []
    try:
        note("replacing")
        for step, change in zip(steps, wanted, strict=True):
            _put(step.new, step.target, is_new=change.old is None)
            done.append(step)
        for step in done:
            _flush_folder(step.target)
    except BaseException as error:
        with suppress(OSError):
            note("restoring")
        _put_back(done, error)
        raise


def recover(journal: str) -> Recovery | None:
    """Finish or undo what `replace_all` was doing when it was killed; None where it left no journal.

    Where no file had been replaced yet, what was prepared is cleared away; else the rest is replaced, or, where it was
    putting files back, they are. Raises OSError where a file holds neither its old text nor its new one, since somebody
    has edited it in the meantime: nothing is done then, and both texts are kept.

    >>> recover("examples/no-such.journal") is None
    True
    """
    _clear_left_over(os.path.realpath(journal))
    try:
        with open(journal, "rb") as stream:
            label, state, steps, digests = _noted(stream.read(), os.path.dirname(journal))
    except FileNotFoundError:
        return None
    except (ValueError, KeyError, TypeError) as error:
        raise OSError(errno.EINVAL, "it is no journal of a replacement; look at it, and remove it", journal) from error
    source, before = (1, 0) if state == "replacing" else (2, 1)  # what to put in place, and what it takes the place of
    if state != "preparing":
        waiting = []
        for step, known in zip(steps, digests, strict=True):
            now = _digest_of(step.target)
            if now == known[before] and now != known[1 - before] and os.path.exists(step[source]):
                waiting.append(step)
            elif now not in known:
                message = f"it was edited after the replacement was cut short; the other text is in {step[source]}"
                raise OSError(errno.EBUSY, f"{message}; settle it by hand, then remove {journal}", step.target)
        with _signals_held():
            for step in waiting:
                os.replace(step[source], step.target)
                _flush_folder(step.target)
            _clear(journal, steps)
    else:
        _clear(journal, steps)
    return Recovery(label, state == "replacing", tuple(step.target for step in steps))


# -- the journal -----------------------------------------------------------------------------------------------


def _note(journal: str, label: str, state: str, steps: Iterable[tuple[_Step, Replacement]]) -> None:
    """Write down what is being done; paths are told from the journal's folder, which may be moved with its files."""
    folder = os.path.dirname(os.path.abspath(journal))
    files = [
        {
            "file": os.path.relpath(step.target, folder),
            "new": os.path.relpath(step.new, folder),
            "old": os.path.relpath(step.old, folder) if step.old else "",
            "digests": [_digest(change.old), _digest(change.new)],
        }
        for step, change in steps
    ]
    write(journal, json.dumps({"label": label, "state": state, "files": files}, indent=1).encode())


def _noted(raw: bytes, folder: str) -> tuple[str, str, list[_Step], list[tuple[str, str]]]:
    """Return what a journal says: label, state, the steps, and the digests of each file's old and new text."""
    noted = json.loads(raw)
    if noted["state"] not in ("preparing", "replacing", "restoring"):
        raise ValueError(noted["state"])
    steps = [
        _Step(*(os.path.join(folder, entry[name]) if entry[name] else "" for name in ("file", "new", "old")))
        for entry in noted["files"]
    ]
    digests = [(old, new) for old, new in (entry["digests"] for entry in noted["files"])]
    return noted["label"], noted["state"], steps, digests


def _clear(journal: str, steps: Iterable[_Step]) -> None:
    for step in steps:
        _remove(step.new, step.old)
    _remove(journal)


def _digest(content: bytes | None) -> str:
    from hashlib import blake2b

    return "" if content is None else blake2b(content, digest_size=16).hexdigest()


def _digest_of(path: str) -> str:
    try:
        with open(path, "rb") as stream:
            return _digest(stream.read())
    except FileNotFoundError:
        return ""


# -- one file --------------------------------------------------------------------------------------------------


def _step(change: Replacement, *, noted: bool) -> _Step:
    target = os.path.realpath(change.path)
    new, old = (".new", ".old") if noted else (".part", ".part")
    return _Step(target, _name_beside(target, new), "" if change.old is None else _name_beside(target, old))


def _must_hold(target: str, old: bytes | None) -> None:
    """Raise OSError unless a file holds what it held when it was read, and may be written."""
    if old is None:
        if os.path.lexists(target):
            raise FileExistsError(errno.EEXIST, "it has been made in the meantime; nothing was written", target)
        return
    with open(target, "rb") as stream:
        if stream.read(len(old) + 1) != old:
            raise OSError(errno.EBUSY, "it has changed since it was read; nothing was written", target)
    _must_be_writable(target)


def _must_be_writable(target: str) -> None:
    """Raise OSError where a file is there and nobody may write it: replacing it would only need its folder."""
    try:
        writable = os.stat(target).st_mode & 0o222 and os.access(target, os.W_OK)
    except FileNotFoundError:
        return
    if not writable:
        raise PermissionError(errno.EACCES, "it is read-only", target)


def _name_beside(target: str, suffix: str = ".part") -> str:
    """Return a name for a new file beside a target, where nothing is left over.

    What a journal speaks of bears another suffix, and is cleared by `recover` alone.
    """
    folder, stem = _beside(target)
    _clear_left_over(target)
    return os.path.join(folder, f"{stem}{os.getpid()}-{os.urandom(4).hex()}{suffix}")


def _beside(target: str) -> tuple[str, str]:
    """Return a target's folder, and how the names of the files beside it begin."""
    folder, name = os.path.split(target)
    return folder, f".{os.fsdecode(os.fsencode(name)[:_LONGEST_NAME])}."


def _clear_left_over(target: str) -> None:
    """Clear away what processes that have ended left beside a target."""
    folder, stem = _beside(target)
    with suppress(OSError), os.scandir(folder or ".") as entries:
        for entry in entries:
            if entry.name.startswith(stem) and entry.name.endswith(".part") and _is_left_over(entry, len(stem)):
                _remove(entry.path)


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


def _pieces(content: bytes | Iterable[bytes]) -> Iterable[bytes]:
    return (content,) if isinstance(content, bytes) else content


def _write_beside(name: str, target: str, content: bytes | Iterable[bytes], *, flush: bool = True) -> None:
    """Write a content into a new file beside a target, with the target's permissions and owner where it is there."""
    with open(os.open(name, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o666), "wb") as stream:
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


def _put(new: str, target: str, *, is_new: bool) -> None:
    """Put a file in a target's place; where there is to be none yet, only if there is none."""
    if is_new:
        try:
            os.link(new, target)
        except FileExistsError:
            raise
        except OSError:  # there are file systems without links
            os.replace(new, target)
        return
    os.replace(new, target)


def _put_back(done: Iterable[_Step], cause: BaseException) -> None:
    """Put back what files held; those that were new, of which there is no copy, go again."""
    stuck = []
    for step in done:
        try:
            if step.old:
                os.replace(step.old, step.target)
            else:
                os.remove(step.target)
        except OSError:
            rescued = f"{step.target}.old"
            with suppress(OSError):
                os.link(step.old, rescued)
            stuck.append(f"{step.target} (what it held is in {rescued})")
    if stuck:
        raise NotPutBack(f"could not be put back: {', '.join(stuck)}") from cause


def _flush_folder(target: str) -> None:
    """Have the system note on the disk what a file's folder holds, where it can."""
    with suppress(OSError):
        folder = os.open(os.path.dirname(target) or ".", os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


def _remove(*names: str) -> None:
    for name in names:
        with suppress(OSError):
            os.remove(name)


@contextmanager
def _signals_held() -> Iterator[None]:
    """Let the signals that end a process wait, where the system can."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT, signal.SIGTERM, signal.SIGHUP})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
