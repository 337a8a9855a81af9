"""A model as it stood at a git revision, read out of the repository without a look at the work tree or the index.

The contents are taken as they were committed (`git ls-tree`, `git cat-file`) and loaded from a temporary copy.
`git archive` would leave out what `export-ignore` names and rewrite what `export-subst` names, and a checkout would
run the filters that today's configuration names. Of a commit, only what a model may draw in is copied.
"""

from __future__ import annotations

import os
import subprocess
import tempfile
from contextlib import closing, suppress
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Final, NamedTuple

from actorgraph.dates import OPEN, day_of
from actorgraph.errors import ModelError, Problem, UsageProblem, did_you_mean, printable, quoted
from actorgraph.gc_pause import no_garbage_collection
from actorgraph.ledger.store import Ledger
from actorgraph.ledger.tables import build
from actorgraph.model.loader import read_model
from actorgraph.model.paths import SUFFIXES, shown

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable
    from datetime import date

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

_NOWHERE: Final = f"{os.devnull}/outside"
"""Where a link leads in the copy that led out of the repository: still out of it, and to no file."""

_LOST: Final = frozenset({"AG001", "AG008"})
"""The codes of what may be missing only from the copy."""


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
    def fence(self) -> str:
        """The folder that includes may not leave, as the loader has it, but no wider than the repository."""
        here = PurePosixPath(self.path)
        for folder in (here, *here.parents):
            if folder.name == "graphs":
                return str(folder.parent)
        return "." if "graphs" in Path(self.top).parts else str(here.parent)


def load_revision(path: str | Path, revision: str, *, known_by: str | date | None = None) -> Ledger:
    r"""Return a ledger of the model at a path, as it stood at a git revision.

    `path` is a file or folder in the work tree of a repository, or where one stood at that revision; links on the way
    are followed as they lead today. `revision` is whatever git takes for a commit: a branch, a tag, a hash, `HEAD~1`.
    `known_by` leaves out what was published after that day (a partial date means its last day). Neither the work tree
    nor the index nor any branch is touched. Things stand at `REVISION:path:line`, the path from the top folder.

    Raises `UsageProblem` for a bad date, where git cannot be run or no repository holds the path, and where it has no
    such revision or the model was not there then; and `ModelError` with every problem in the model as it was.

    >>> load_revision("examples/minimal.yaml", "main\0")
    Traceback (most recent call last):
        ...
    actorgraph.errors.UsageProblem: 'main\x00' holds what no revision can
    """
    limit = OPEN if known_by is None else day_of(known_by)
    for text, what in ((str(path), "path"), (revision, "revision")):
        if "\0" in text or not _has_bytes(text):
            raise UsageProblem(f"{quoted(text)} holds what no {what} can")
    version = _version(str(path), revision)
    entries = _entries(version)
    with no_garbage_collection():
        for everything in (False, True):
            with tempfile.TemporaryDirectory(prefix="actorgraph-") as folder:
                copy = _Copy(version, os.path.realpath(folder))
                copy.fill(entries, everything=everything)
                loaded = read_model(copy.model)
            if _LOST.isdisjoint(problem.code for problem in loaded.problems):
                break
        if loaded.model is None:
            raise ModelError(map(copy.relabelled, loaded.problems))
        connection = build(loaded.model, known_by=limit)
    before = len(str(Path(copy.shown).absolute())) + len(os.sep)
    connection.execute("UPDATE things SET place = ? || substr(place, ?)", (version.label, before + 1))
    connection.execute("INSERT INTO meta VALUES ('revision', ?)", (_commit_and_day(version),))
    connection.commit()
    return Ledger(connection)


def _commit_and_day(version: _Version) -> str:
    """Return a commit as one would cite it: the short hash and the day of the commit."""
    return _git(version.top, "show", "--no-patch", "--format=%h, %cs", version.commit).stdout.decode("ascii").strip()


def _has_bytes(text: str) -> bool:
    try:
        os.fsencode(text)
    except UnicodeEncodeError:  # half of a surrogate pair
        return False
    return True


# -- what is asked -----------------------------------------------------------------------------------------


def _version(path: str, revision: str) -> _Version:
    """Return what a path and a revision name. Whether a model stood there then is not known yet."""
    real = Path(os.path.realpath(path))
    folder = next(str(each) for each in (real, *real.parents) if each.is_dir())
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
    return _Version(top, inside, commit, f"{printable(revision) if is_plain else commit[:12]}:")


def _commit(top: str, revision: str) -> str:
    """Return the id of the commit that a revision names."""
    found = _named(top, f"{revision}^{{commit}}")  # so a short hash need not tell it from what is no commit
    if found is None and (other := _named(top, revision)):  # `:/words` takes nothing behind it
        found = _named(top, f"{other}^{{commit}}")
        if found is None:
            kind = _line(_git(top, "cat-file", "-t", other))
            raise UsageProblem(f"{quoted(revision)} is a {kind}, not a commit; name a commit, a branch or a tag")
    if found is None:
        raise UsageProblem(_unknown(top, revision))
    return found


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
    names = {"/".join(one.path.split("/")[:depth]) for one in entries}
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
    found = []
    for one in os.fsdecode(done.stdout).split("\0")[:-1]:
        about, _, path = one.partition("\t")
        mode, kind, content = about.split()
        if kind == "blob":  # the others are the commits of submodules
            found.append(_Entry(content, path, mode == "120000"))
    return found


def _contents(version: _Version, entries: list[_Entry]) -> Generator[tuple[_Entry, bytes]]:
    """Yield each entry with its content as committed, all from one process."""
    with tempfile.TemporaryFile() as asked:
        asked.write("".join(f"{one.content}\n" for one in entries).encode())
        asked.seek(0)
        command = ["git", "-C", version.top, "cat-file", "--batch"]
        with subprocess.Popen(  # noqa: S603 - see above
            command, stdin=asked, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=_environment()
        ) as process:
            assert process.stdout is not None
            for one in entries:
                size = process.stdout.readline().split()[2:]  # after the id and the type, unless it is missing
                content = process.stdout.read(int(size[0]) + 1) if size else b""
                if not content:
                    raise UsageProblem(
                        f"the repository does not hold {version.label}{printable(one.path)}; `git fetch` may bring it"
                    )
                yield one, content[:-1]


# -- the copy ----------------------------------------------------------------------------------------------


class _Copy:
    """A copy of a version in a temporary folder, laid out like the repository; nothing is written outside of it.

    Its top folder lies one level down, and below a folder `graphs` where the loader would find one further up: so
    its fence is never wider than the temporary folder.
    """

    def __init__(self, version: _Version, folder: str) -> None:
        between = ("graphs",) if "graphs" in (*Path(folder).parts, *Path(version.top).parts) else ()
        self.version = version
        self.folder = folder
        self.root = Path(folder, *between, Path(version.top).name or "repository")
        self.model = self.root / version.path
        self.shown = shown(str(self.root))

    def fill(self, entries: Iterable[_Entry], *, everything: bool) -> None:
        """Copy what a model may draw in: YAML files and links or, rarely needed, everything inside the fence.

        Raises `UsageProblem` where the model is not among it, or what a commit holds cannot be copied.
        """
        version = self.version
        inside = _below(version.fence, entries)
        wanted = [
            one
            for one in inside
            if everything or one.is_link or one.path == version.path or one.path.lower().endswith(SUFFIXES)
        ]
        self.root.mkdir(parents=True)
        self.make_folders([*wanted, *_below(version.path, inside)])
        links = []
        with closing(_contents(version, wanted)) as contents:
            for one, content in contents:
                if one.is_link:
                    links.append((self.place(one), content))
                else:
                    self.write(one, content)
        _link(links, self.root)
        if not self.model.exists() and not self.model.is_symlink():
            raise UsageProblem(_absent(version, entries))

    def place(self, one: _Entry) -> Path:
        """Return where an entry stands in the copy. A tree may hold names that no work tree could hold."""
        parts = one.path.split("/")
        if not {"", ".", ".."}.isdisjoint(parts) or (os.sep != "/" and not {"\\", ":"}.isdisjoint(one.path)):
            raise UsageProblem(f"{self.of(one)} is no path that a file may have; `git fsck` tells what is wrong")
        return self.root / one.path

    def make_folders(self, entries: Iterable[_Entry]) -> None:
        """Make every folder before there is any link, so that none of them can lead elsewhere."""
        for folder, one in {self.place(one).parent: one for one in entries}.items():
            try:
                folder.mkdir(parents=True, exist_ok=True)
            except OSError as error:
                raise self.cannot(one, error) from error

    def write(self, one: _Entry, content: bytes) -> None:
        try:
            with open(self.place(one), "xb") as stream:
                stream.write(content)
        except OSError as error:
            raise self.cannot(one, error) from error

    def cannot(self, one: _Entry, error: OSError) -> UsageProblem:
        return UsageProblem(f"cannot copy {self.of(one)} to {printable(self.folder)}: {error.strerror}")

    def of(self, one: _Entry) -> str:
        return f"{self.version.label}{printable(one.path)}"

    def relabelled(self, problem: Problem) -> Problem:
        """Return a problem that names the files of the version, not of the copy."""
        span = problem.span._replace(file=self.relabel(problem.span.file))
        return Problem(problem.code, self.relabel(problem.message), span)

    def relabel(self, text: str) -> str:
        for name in (self.shown + os.sep, self.shown, shown(self.folder)):
            text = text.replace(name, self.version.label)
        return text


def _link(links: list[tuple[Path, bytes]], root: Path) -> None:
    """Make links; such as lead out of the copy lead nowhere, and the loader says of them that they lead out."""
    for place, target in links:
        with suppress(OSError, ValueError):  # what cannot be a link here is missing, and missed if it is needed
            place.symlink_to(os.fsdecode(target))
    for place, _ in links:
        if place.is_symlink() and not Path(os.path.realpath(place)).is_relative_to(root):
            place.unlink()
            place.symlink_to(_NOWHERE)


def _below(folder: str, entries: Iterable[_Entry]) -> list[_Entry]:
    """Return the entries that lie in a folder, however deep."""
    return list(entries) if folder == "." else [one for one in entries if one.path.startswith(f"{folder}/")]
