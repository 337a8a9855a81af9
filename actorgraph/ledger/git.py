"""A model as it stood at a git revision, read out of the repository without a look at the work tree or the index.

The contents are taken as they were committed (`git ls-tree`, `git cat-file`) and read from memory. `git archive` would
leave out what `export-ignore` names and rewrite what `export-subst` names, and a checkout would run the filters that
today's configuration names. Of a commit, only what a model draws in is read.
"""

from __future__ import annotations

import errno
import os
import subprocess
from contextlib import suppress
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Final, NamedTuple, Self

from actorgraph.errors import ModelError, UsageProblem, did_you_mean, printable, quoted
from actorgraph.gc_pause import no_garbage_collection
from actorgraph.ledger.filters import limited
from actorgraph.ledger.load import and_without
from actorgraph.ledger.store import Ledger
from actorgraph.ledger.tables import build
from actorgraph.model.files import Content
from actorgraph.model.loader import read_model
from actorgraph.model.paths import SUFFIXES, shown, usable
from actorgraph.model.reader import MAX_BYTES

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Unpack

    from actorgraph.ledger.filters import Filters, Limits

_ELSEWHERE: Final = frozenset(
    {
        "GIT_ALTERNATE_OBJECT_DIRECTORIES",
        "GIT_COMMON_DIR",
        "GIT_DIR",
        "GIT_GRAFT_FILE",
        "GIT_IMPLICIT_WORK_TREE",
        "GIT_INDEX_FILE",
        "GIT_NAMESPACE",
        "GIT_OBJECT_DIRECTORY",
        "GIT_PREFIX",
        "GIT_SHALLOW_FILE",
        "GIT_WORK_TREE",
    }
)
"""What git sets for a hook, to say which repository it runs in. Here the one counts that holds the model."""

_SETTINGS: Final = {"GIT_OPTIONAL_LOCKS": "0", "GIT_TERMINAL_PROMPT": "0", "LC_ALL": "C"}
"""git refreshes no index on the way, asks for no password, and says what is wrong in words that are known here."""

_MOST_LINKS: Final = 40
"""How many links one path may lead through, as on Linux."""

_SHORT: Final = 12
"""How many digits of a hash are shown: few enough to read, and enough in the largest repositories."""


class _Entry(NamedTuple):
    """A file or link of a commit: the id of its content, and its path from the top folder."""

    content: str
    path: str
    is_link: bool


class _Version(NamedTuple):
    """A model in a commit: `path` leads to it from `top`, the top folder of the work tree, which itself is `.`.

    `label` stands before the paths of this version, as in `git show`: the revision as it was named, and a colon.
    """

    top: str
    path: str
    commit: str
    label: str

    @property
    def short(self) -> str:
        """The hash as one would cite it: git's own short hash grows with the repository, and answers would differ."""
        return self.commit[:_SHORT]

    @property
    def fence(self) -> str:
        """The folder that includes may not leave, as the loader has it, but no wider than the repository."""
        here = PurePosixPath(self.path)
        for folder in (here, *here.parents):
            if folder.name == "graphs":
                return str(folder.parent)
        return "." if "graphs" in Path(self.top).parts else str(here.parent)


def load_revision(path: str | Path, revision: str, **limits: Unpack[Limits]) -> Ledger:
    r"""Return a ledger of the model at a path, as it stood at a git revision.

    Neither the work tree nor the index nor any branch is touched. Things stand at `REVISION:path:line`, the path from
    the top folder.

    Args:
        path: A file or folder in the work tree of a repository, or where one stood at that revision; links on the way
            are followed as they lead today.
        revision: Whatever git takes for a commit: a branch, a tag, a hash, `HEAD~1`.
        limits: Which evidence counts: see `Limits`.

    Returns:
        The ledger, to which questions are put.

    Raises:
        ModelError: The model had errors; it holds every problem.
        UsageProblem: A bad date or grade, or an unknown source; git cannot be run or no repository holds the path; it
            has no such revision, or the model was not there then.

    >>> load_revision("examples/minimal.yaml", "main\0")
    Traceback (most recent call last):
        ...
    actorgraph.errors.UsageProblem: 'main\x00' holds what no revision can
    """
    return opened_revision(path, revision, *limited(limits))


def opened_revision(path: str | Path, revision: str, filters: Filters, names: tuple[str, ...] = ()) -> Ledger:
    """Return a ledger of the model at a path, as it stood at a git revision; `names` are sources to leave out besides.

    Raises what `load_revision` does.
    """
    if not isinstance(revision, str):
        raise UsageProblem(f"a revision is a text, not {revision!r}")
    version = _version(usable(str(path)), usable(revision, "revision"))
    with no_garbage_collection(), _Contents(version) as contents:
        tree = _Tree(version, _entries(version), contents)
        if not tree.holds_model():
            raise UsageProblem(_absent(version, tree.entries.values()))
        loaded = read_model(tree.path_of(version.path), files=tree)
        if loaded.model is None:
            raise ModelError(loaded.problems)
        engine = build(loaded.model, and_without(filters, names, loaded.model), full_path=str)
    engine.connection.execute("INSERT INTO meta VALUES ('revision', ?)", (_commit_and_day(version),))
    engine.connection.commit()
    return Ledger(engine)


def _commit_and_day(version: _Version) -> str:
    """Return a commit as one would cite it: the short hash and the day of the commit."""
    show = ("-c", "log.showSignature=false", "show", "--no-patch", "--format=%cs")
    day = _git(version.top, *show, version.commit).stdout.decode("ascii").strip()
    return f"{version.short}, {day}"


# -- what is asked -----------------------------------------------------------------------------------------


def _version(path: str, revision: str) -> _Version:
    """Return what a path and a revision name. Whether a model stood there then is not known yet."""
    real = Path(os.path.realpath(path))
    folder = next(str(parent) for parent in (real, *real.parents) if parent.is_dir())
    done = _git(folder, "rev-parse", "--show-toplevel")
    if b"dubious ownership" in done.stderr:
        raise UsageProblem(
            f"git refuses to read the repository of {quoted(path)}, which is another user's; "
            "`git config --global --add safe.directory FOLDER` allows it"
        )
    top = os.path.realpath(_line(done))
    if done.returncode or not real.is_relative_to(top):
        raise UsageProblem(f"{quoted(path)} lies in no git repository; name the file or folder of the other version")
    inside = real.relative_to(top).as_posix()
    commit = _commit(top, revision)
    is_plain = os.path.normpath(f"{revision}:x") == f"{revision}:x"  # places are shown as paths are
    return _Version(top, inside, commit, f"{printable(revision) if is_plain else commit[:_SHORT]}:")


def _commit(top: str, revision: str) -> str:
    """Return the id of the commit that a revision names."""
    commit = _named(top, f"{revision}^{{commit}}")  # so a short hash need not tell it from what is no commit
    if commit is None and (other := _named(top, revision)):  # `:/words` takes nothing behind it
        commit = _named(top, f"{other}^{{commit}}")
        if commit is None:
            kind = _line(_git(top, "cat-file", "-t", other))
            raise UsageProblem(f"{quoted(revision)} is a {kind}, not a commit; name a commit, a branch or a tag")
    if commit is None:
        raise UsageProblem(_unknown(top, revision))
    return commit


def _named(top: str, revision: str) -> str | None:
    """Return the id of the one object that a revision names, None where it is none or, as `^main`, no single one."""
    done = _git(top, "rev-parse", "--verify", "--quiet", "--end-of-options", revision)
    return None if done.returncode or not _line(done).isalnum() else _line(done)


def _unknown(top: str, revision: str) -> str:
    """Return what to say of a revision that git does not know."""
    if b"ambiguous" in _git(top, "rev-parse", "--verify", "--end-of-options", revision).stderr:
        return f"the revision {quoted(revision)} is ambiguous in {shown(top)}; write more of the hash"
    names = _line(_git(top, "for-each-ref", "--format=%(refname:short)")).split("\n")
    hint = did_you_mean(revision, names)
    if not hint and _line(_git(top, "rev-parse", "--is-shallow-repository")) == "true":
        hint = "; the clone is shallow, and `git fetch --unshallow` brings the rest"
    return f"no revision {quoted(revision)} in {shown(top)}{hint or '; `git log --all --oneline` lists them'}"


def _absent(version: _Version, entries: Iterable[_Entry]) -> str:
    """Return what to say of a model that was not there."""
    depth = version.path.count("/") + 1
    names = {"/".join(entry.path.split("/")[:depth]) for entry in entries}
    hint = did_you_mean(version.path, names) or f"; `git log -- {printable(version.path)}` shows when it was"
    return f"there was no {quoted(version.path)} at {version.label[:-1]}{hint}"


# -- git ---------------------------------------------------------------------------------------------------


def _environment() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if name not in _ELSEWHERE} | _SETTINGS


def _git(folder: str, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    """Return what git answers that is asked in a folder. What comes from outside stands where no option may."""
    command = ["git", "-C", folder, *arguments]
    try:
        return subprocess.run(  # noqa: S603 - no shell, and git is the user's own, wherever it is
            command, stdin=subprocess.DEVNULL, capture_output=True, check=False, env=_environment()
        )
    except OSError as error:
        raise UsageProblem(
            f"git cannot be run ({error.strerror}); install it, or name the file or folder of the other version"
        ) from error


def _line(done: subprocess.CompletedProcess[bytes]) -> str:
    """Return what git answered, without the end of its last line."""
    return os.fsdecode(done.stdout.removesuffix(b"\n"))


def _entries(version: _Version) -> list[_Entry]:
    """Return all files and links of a commit."""
    done = _git(version.top, "ls-tree", "-r", "-z", "--full-tree", version.commit)
    if done.returncode:
        raise UsageProblem(f"git cannot read {version.label[:-1]}; `git fsck` tells what is damaged")
    entries = []
    for line in os.fsdecode(done.stdout).split("\0")[:-1]:
        about, _, path = line.partition("\t")
        mode, kind, content = about.split()
        if kind == "blob":  # the others are the commits of submodules
            entries.append(_Entry(content, path, mode == "120000"))
    return entries


class _Contents:
    """What the files of a commit hold, all from one process, each when it is asked for."""

    def __init__(self, version: _Version) -> None:
        self.version = version

    def __enter__(self) -> Self:
        command = ["git", "-C", self.version.top, "cat-file", "--batch"]
        self.process = subprocess.Popen(  # noqa: S603 - no shell, and git is the user's own, wherever it is
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=_environment()
        )
        return self

    def __exit__(self, *_: object) -> None:
        self.process.communicate()

    def of(self, entry: _Entry) -> bytes:
        """Return what an entry holds. Raises `UsageProblem` where the repository lacks it."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        with suppress(OSError):  # where the process has ended, nothing is answered
            self.process.stdin.write(f"{entry.content}\n".encode())
            self.process.stdin.flush()
        size = self.process.stdout.readline().split()[2:]  # after the id and the type, unless it is missing
        content = self.process.stdout.read(int(size[0]) + 1) if size else b""
        if not content:
            label = f"{self.version.label}{printable(entry.path)}"
            raise UsageProblem(f"the repository does not hold {label}; `git fetch` may bring it")
        return content[:-1]


# -- the tree ----------------------------------------------------------------------------------------------


class _Tree:
    """The files of a commit as the loader reads them (`model.files.Files`), under the paths of the work tree.

    Links are followed inside the repository; where one leads out of it, its path is one outside, where nothing is.
    Raises `UsageProblem` for names inside the model's fence that no work tree could hold.
    """

    def __init__(self, version: _Version, entries: Iterable[_Entry], contents: _Contents) -> None:
        self.version = version
        self.contents = contents
        self.entries = {entry.path: entry for entry in entries}
        self.folders = {"."}
        for path in self.entries:
            parts = path.split("/")
            self.folders.update("/".join(parts[:depth]) for depth in range(1, len(parts)))
            if _is_below(path, version.fence):
                self._must_be_a_path(path, parts)
        for path in self.folders & self.entries.keys():
            label = f"{version.label}{printable(path)}"
            raise UsageProblem(f"{label} is a file and a folder; `git fsck` tells what is wrong")

    def _must_be_a_path(self, path: str, parts: list[str]) -> None:
        if not {"", ".", ".."}.isdisjoint(parts) or (os.sep != "/" and not {"\\", ":"}.isdisjoint(path)):
            label = f"{self.version.label}{printable(path)}"
            raise UsageProblem(f"{label} is no path that a file may have; `git fsck` tells what is wrong")

    def holds_model(self) -> bool:
        """Whether something stood at the model's path, a link to nowhere included."""
        path = self.version.path
        return path in self.entries or self._inside(path) in (self.folders | self.entries.keys())

    def path_of(self, inside: str) -> str:
        """Return where a path of the commit lies in the work tree."""
        return os.path.normpath(os.path.join(self.version.top, inside))

    def _inside(self, inside: str) -> str | None:
        """Return the path in the commit that a path there leads to when links are followed, None if out of it."""
        resolved: list[str] = []
        waiting = inside.split("/")[::-1]
        links = 0
        while waiting:
            part = waiting.pop()
            if part == "..":
                if not resolved:
                    return None
                resolved.pop()
            elif part not in ("", "."):
                resolved.append(part)
                entry = self.entries.get("/".join(resolved))
                if entry and entry.is_link:
                    links += 1
                    target = os.fsdecode(self.contents.of(entry))
                    if links > _MOST_LINKS or target.startswith("/"):
                        return None
                    resolved.pop()
                    waiting.extend(target.split("/")[::-1])
        return "/".join(resolved) or "."

    def _found(self, path: str) -> str | None:
        """Return the path in the commit that a path of the work tree leads to, None if out of it."""
        if not os.path.isabs(path) or not Path(path).is_relative_to(self.version.top):
            return None
        return self._inside(path[len(self.version.top) :].replace(os.sep, "/"))

    # What the loader asks for.

    def real(self, path: str) -> str:
        """Return the path that a path leads to; what leads out of the repository leads to nothing."""
        if "\0" in path:
            raise ValueError("a path holds no NUL")
        inside = self._found(path)
        return f"{os.devnull}/outside" if inside is None else self.path_of(inside)

    def exists(self, path: str) -> bool:
        """Whether a path leads to something in the commit."""
        inside = self._found(path)
        return inside in self.folders or inside in self.entries

    def yaml_files(self, path: str) -> tuple[str, ...]:
        """Return the YAML files at a path, as `paths.yaml_files` does."""
        inside = self._found(path)
        if inside not in self.folders:
            self._entry(path)
            return (path,)
        start = "" if inside == "." else f"{inside}/"
        below = (name.removeprefix(start) for name in self.entries if name.startswith(start))
        names = [name for name in below if self._is_model_file(start, name)]
        return tuple(sorted(os.path.join(path, *name.split("/")) for name in names))

    def _is_model_file(self, start: str, name: str) -> bool:
        if not name.lower().endswith(SUFFIXES) or any(part.startswith(".") for part in name.split("/")):
            return False
        entry = self.entries[start + name]
        return not entry.is_link or self._inside(entry.path) not in self.folders

    def names_in(self, folder: str) -> list[str]:
        """Return what stands in a folder of the commit."""
        inside = self._found(folder)
        start = "" if inside == "." else f"{inside}/"
        paths = [*self.entries, *self.folders]
        return sorted({path.removeprefix(start).split("/")[0] for path in paths if path.startswith(start)} - {"."})

    def read(self, path: str) -> Content:
        """Return what a file of the commit holds."""
        return Content(self.contents.of(self._entry(path))[: MAX_BYTES + 1], None)

    def _entry(self, path: str) -> _Entry:
        inside = self._found(path)
        if inside in self.folders:
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), path)
        if inside is None or inside not in self.entries:
            raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), path)
        return self.entries[inside]

    def fence(self, model: str) -> str:
        """Return the folder that includes may not leave, no wider than the repository."""
        del model
        return self.path_of(self.version.fence)

    def shown(self, path: str) -> str:
        """Return a path as `git show` takes it: the revision, a colon, and the path from the top folder."""
        inside = os.path.relpath(path, self.version.top) if os.path.isabs(path) else path
        return self.version.label + ("" if inside == "." else printable(inside.replace(os.sep, "/")))


def _is_below(path: str, folder: str) -> bool:
    """Whether a path of a commit lies in a folder of it, however deep."""
    return folder == "." or path.startswith(f"{folder}/")
