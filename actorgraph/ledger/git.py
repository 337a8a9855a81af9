"""What git tells of a repository: which commit a revision names, which files it has, and what they hold.

The contents are taken as they were committed (`git ls-tree`, `git cat-file`) and read from memory. `git archive` would
leave out what `export-ignore` names and rewrite what `export-subst` names, and a checkout would run the filters that
today's configuration names.
"""

from __future__ import annotations

import os
import subprocess
import unicodedata
from contextlib import suppress
from pathlib import Path, PurePosixPath
from typing import Final, NamedTuple, Self

from actorgraph.errors import UsageProblem, did_you_mean, printable, quoted
from actorgraph.model.paths import shown

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

_SHORT: Final = 12
"""How many digits of a hash are shown: few enough to read, and enough in the largest repositories."""


class CommitEntry(NamedTuple):
    """A file, link or submodule of a commit: the id of its content, and its path from the top folder."""

    content: str
    path: str
    is_link: bool
    is_submodule: bool = False


class Version(NamedTuple):
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


def commit_and_day(version: Version) -> str:
    """Return a commit as one would cite it: the short hash and the day of the commit."""
    done = _git(version.top, "rev-list", "--max-count=1", "--format=%cs", version.commit)  # `show` has many settings
    day = _line(done).rpartition("\n")[2]
    return f"{version.short}, {day}"


# -- what is asked -----------------------------------------------------------------------------------------


def version_of(path: str, revision: str) -> Version:
    """Return what a path and a revision name. Whether a model stood there then is not known yet."""
    real = Path(os.path.realpath(path))
    folder = next(str(parent) for parent in (real, *real.parents) if parent.is_dir())
    done = _git(folder, "rev-parse", "--show-toplevel")
    if done.returncode and b"not a git repository (or any" not in done.stderr:
        raise UsageProblem(_refused(path, done))
    top = os.path.realpath(_line(done))
    inside = None if done.returncode else _path_inside(real, Path(top))
    if inside is None:
        raise UsageProblem(
            f"{quoted(path)} lies in no git repository; name the file or folder of the other version, "
            "or begin to keep versions with `git init`"
        )
    commit = _commit(top, revision)
    is_plain = os.path.normpath(f"{revision}:x") == f"{revision}:x"  # places are shown as paths are
    return Version(top, inside, commit, f"{printable(revision) if is_plain else commit[:_SHORT]}:")


def _path_inside(path: Path, top: Path) -> str | None:
    """Return the path from a top folder to what lies in it, None for what does not.

    macOS gives accents apart, and git composed, unless it is told otherwise.
    """
    depth = len(top.parts)
    composed = (unicodedata.normalize("NFC", str(folder)) for folder in (Path(*path.parts[:depth]), top))
    return Path(*path.parts[depth:]).as_posix() if len(set(composed)) == 1 else None


def _refused(path: str, done: subprocess.CompletedProcess[bytes]) -> str:
    """Return what to say of a repository that git does not read, such as that of another user."""
    lines = os.fsdecode(done.stderr).splitlines()
    allowing = next(
        (f"; `{printable(line.strip())}` allows it" for line in lines if "--add safe.directory" in line), ""
    )
    return f"git refuses to read the repository of {quoted(path)}: {_reason(done)}{allowing}"


def _commit(top: str, revision: str) -> str:
    """Return the id of the commit that a revision names."""
    commit = _named(top, f"{revision}^{{commit}}")  # so a short hash need not tell it from what is no commit
    if commit is None and (other := _named(top, revision)):  # `:/words` takes nothing behind it
        commit = _named(top, f"{other}^{{commit}}")
        kind = _line(_git(top, "cat-file", "-t", other))  # nothing where a whole hash names what is not here
        if commit is None and kind:
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
    commits = _git(top, "rev-list", "--max-count=1", "--all")
    if not commits.returncode and not _line(commits):
        return f"nothing is committed in {shown(top)} yet, so there is no earlier version; `git commit` keeps the first"
    names = _line(_git(top, "for-each-ref", "--format=%(refname:short)")).split("\n")
    hint = did_you_mean(revision, names)
    if not hint and _line(_git(top, "rev-parse", "--is-shallow-repository")) == "true":
        hint = "; the clone is shallow, and `git fetch --unshallow` brings the rest"
    return f"no revision {quoted(revision)} in {shown(top)}{hint or '; `git log --all --oneline` lists them'}"


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


def _reason(done: subprocess.CompletedProcess[bytes]) -> str:
    """Return why git gave up, in its own words: the last that it says is fatal, on one line, without its advice."""
    said = os.fsdecode(done.stderr).rpartition("fatal: ")[2].partition("\nTo add an exception")[0]
    return printable(" ".join(said.split()))


def entries_of(version: Version) -> list[CommitEntry]:
    """Return all files, links and submodules of a commit."""
    done = _git(version.top, "ls-tree", "-r", "-z", "--full-tree", version.commit)
    if done.returncode:
        raise UsageProblem(f"git cannot read {version.label[:-1]}: {_reason(done)}")
    entries = []
    for line in os.fsdecode(done.stdout).split("\0")[:-1]:
        about, _, path = line.partition("\t")
        mode, kind, content = about.split()
        entries.append(CommitEntry(content, path, mode == "120000", kind == "commit"))
    return entries


class CommitContents:
    """What the files of a commit hold, all from one process, each when it is asked for."""

    def __init__(self, version: Version) -> None:
        self.version = version

    def __enter__(self) -> Self:
        command = ["git", "-C", self.version.top, "cat-file", "--batch"]
        self.process = subprocess.Popen(  # noqa: S603 - no shell, and git is the user's own, wherever it is
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=_environment()
        )
        return self

    def __exit__(self, *_: object) -> None:
        self.process.communicate()

    def of(self, entry: CommitEntry) -> bytes:
        """Return what an entry holds. Raises `UsageProblem` where the repository lacks it."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        with suppress(OSError):  # where the process has ended, nothing is answered
            self.process.stdin.write(f"{entry.content}\n".encode())
            self.process.stdin.flush()
        size = self.process.stdout.readline().split()[2:]  # after the id and the type, unless it is missing
        content = self.process.stdout.read(int(size[0]) + 1) if size else b""
        if not content:
            raise UsageProblem(self._unread(entry))
        return content[:-1]

    def _unread(self, entry: CommitEntry) -> str:
        """Return what to say of an entry that was not answered: what is damaged is not told from what is missing."""
        label = f"{self.version.label}{printable(entry.path)}"
        done = _git(self.version.top, "cat-file", "blob", entry.content)
        if b"bad file" in done.stderr:
            return f"the repository does not hold {label}; `git fetch` may bring it"
        return f"git cannot read {label}: {_reason(done)}"
