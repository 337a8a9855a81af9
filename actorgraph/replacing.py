"""Several files that change together: all are replaced, or none, whatever happens in between.

A journal says what is being done before it is done, so that `recover` can finish after a crash: the redo log of
databases (Mohan et al. 1992, ARIES), reduced to whole files.
"""

import errno
import json
import os
import signal
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from typing import NamedTuple

from actorgraph.atomic import clear_left_over, flush_folder, must_be_writable, name_beside, remove, write, write_beside
from actorgraph.errors import ActorgraphError


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
    targets = [os.path.realpath(change.path) for change in wanted]
    with _alone_in(os.path.dirname(path) for path in (*targets, *filter(None, [journal]))):
        _replace_all(wanted, journal, label)


def _replace_all(wanted: list[Replacement], journal: str | None, label: str) -> None:
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
            write_beside(step.new, step.target, change.new)
            if step.old:
                write_beside(step.old, step.target, change.old or b"")
        with _signals_held():
            _put_in_place(steps, wanted, note)
    finally:
        for step in steps:
            remove(step.new, step.old)
        if journal:
            remove(journal)


def is_cut_short(journal: str) -> bool:
    """Whether a replacement with a journal was cut short. One that is going on is waited for, where that can be told.

    >>> is_cut_short("examples/no-such.journal")
    False
    """
    if not os.path.lexists(journal):
        return False
    with _alone_in([os.path.dirname(journal)]):
        return os.path.lexists(journal)


@contextmanager
def _alone_in(folders: Iterable[str]) -> Iterator[None]:
    """Let whatever else is replaced in some folders wait, where the system can lock one.

    Else two processes that have read one text would both find it as it was, and the later undo what the earlier wrote.
    """
    with ExitStack() as held:
        for folder in sorted(
            {os.path.realpath(folder) for folder in folders}
        ):  # in one order: nobody waits in a circle
            with suppress(OSError, ImportError):
                import fcntl

                handle = os.open(folder, os.O_RDONLY)
                held.callback(os.close, handle)
                fcntl.flock(handle, fcntl.LOCK_EX)
        yield


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
            flush_folder(step.target)
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
    with _alone_in([os.path.dirname(journal)]):
        return _recover(journal)


def _recover(journal: str) -> Recovery | None:
    clear_left_over(os.path.realpath(journal))
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
                flush_folder(step.target)
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
        remove(step.new, step.old)
    remove(journal)


def _digest(content: bytes | None) -> str:
    from hashlib import blake2b

    return "" if content is None else blake2b(content, digest_size=16).hexdigest()


def _digest_of(path: str) -> str:
    try:
        with open(path, "rb") as stream:
            return _digest(stream.read())
    except FileNotFoundError:
        return ""


# -- one of the files ------------------------------------------------------------------------------------------


def _step(change: Replacement, *, noted: bool) -> _Step:
    target = os.path.realpath(change.path)
    new, old = (".new", ".old") if noted else (".part", ".part")
    return _Step(target, name_beside(target, new), "" if change.old is None else name_beside(target, old))


def _must_hold(target: str, old: bytes | None) -> None:
    """Raise OSError unless a file holds what it held when it was read, and may be written."""
    if old is None:
        if os.path.lexists(target):
            raise FileExistsError(errno.EEXIST, "it has been made in the meantime", target)
        return
    with open(target, "rb") as stream:
        if stream.read(len(old) + 1) != old:
            raise OSError(errno.EBUSY, "it has changed since it was read", target)
    must_be_writable(target)


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
