"""A model as it stood at a git revision, read out of the repository without a look at the work tree or the index.

Of a commit, only what a model draws in is read.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Final

from actorgraph.errors import UsageProblem, did_you_mean, printable, quoted
from actorgraph.gc_pause import no_garbage_collection
from actorgraph.ledger.commit_tree import CommitTree
from actorgraph.ledger.filters import limited
from actorgraph.ledger.git import CommitContents, commit_and_day, entries_of, version_of
from actorgraph.ledger.load import and_without
from actorgraph.ledger.store import Ledger
from actorgraph.ledger.tables import build
from actorgraph.model.loader import read_model
from actorgraph.model.paths import usable
from actorgraph.pasting import as_typed

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Unpack

    from actorgraph.ledger.filters import Filters, Limits
    from actorgraph.ledger.git import CommitEntry, Version


_ELSEWHERE: Final = re.compile(r"((?:[^:{]|\{[^}]*\})+):(.+)", re.DOTALL)
"""A revision and a path in it; `:/words` and what stands in braces, as in `HEAD@{12:00}`, belong to a revision."""


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
    version = version_of(usable(str(path)), usable(revision, "revision"))
    with no_garbage_collection(), CommitContents(version) as contents:
        tree = CommitTree(version, entries_of(version), contents)
        if not tree.holds_model():
            raise UsageProblem(_absent(tree.version, tree.entries.values()))
        model = read_model(tree.path_of(tree.version.path), files=tree).sound()
        engine = build(model, and_without(filters, names, model), full_path=str)
    engine.connection.execute("INSERT INTO meta VALUES ('revision', ?)", (commit_and_day(version),))
    engine.connection.commit()
    return Ledger(engine)


def opened_version(path: str, named: str, filters: Filters) -> Ledger:
    """Return a ledger of the model at a path as it stood at `REV`, or of that which stood elsewhere then: `REV:PATH`.

    Such a path is from the top folder of the repository, as git has it, or begins with `./` or `../`. Raises what
    `load_revision` does.
    """
    elsewhere = _ELSEWHERE.fullmatch(named)
    if elsewhere is None:
        return opened_revision(path, named, filters)
    revision, place = elsewhere.groups()
    if not place.startswith(("./", "../")):
        place = str(Path(version_of(path, revision).top, place))
    return opened_revision(place, revision, filters)


def _absent(version: Version, entries: Iterable[CommitEntry]) -> str:
    """Return what to say of a model that was not there."""
    depth = version.path.count("/") + 1
    names = {f"{version.label}{'/'.join(entry.path.split('/')[:depth])}" for entry in entries}
    hint = did_you_mean(f"{version.label}{version.path}", names)
    if not hint:
        hint = f"; `git log -- {as_typed([f':/{printable(version.path)}'])}` shows when it was"
    return f"there was no {quoted(version.path)} at {version.label[:-1]}{hint}"
