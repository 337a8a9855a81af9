"""The files of a commit as the loader reads them, with links followed as they led then."""

from __future__ import annotations

import errno
import os
import unicodedata
from pathlib import Path
from typing import TYPE_CHECKING, Final

from actorgraph.errors import UsageProblem, printable
from actorgraph.model.files import Content
from actorgraph.model.paths import SUFFIXES
from actorgraph.model.reader import MAX_BYTES

if TYPE_CHECKING:
    from collections.abc import Iterable

    from actorgraph.ledger.git import CommitContents, CommitEntry, Version

_MOST_LINKS: Final = 40
"""How many links one path may lead through, as on Linux."""


class CommitTree:
    """The files of a commit as the loader reads them (`model.files.Files`), under the paths of the work tree.

    Links are followed inside the repository; where one leads out of it, its path is one outside, where nothing is.
    A path whose accents are spelled otherwise than in the commit is the one there: macOS gives them apart (NFD), where
    git keeps them composed (NFC). Raises `UsageProblem` for names inside the model's fence that no work tree could
    hold.
    """

    def __init__(self, version: Version, entries: Iterable[CommitEntry], contents: CommitContents) -> None:
        self.version = version
        self.contents = contents
        every = tuple(entries)
        self.entries = {entry.path: entry for entry in every if not entry.is_submodule}
        self.submodules = tuple(entry.path for entry in every if entry.is_submodule)
        self.folders = {"."}
        for path in self.entries:
            parts = path.split("/")
            self.folders.update("/".join(parts[:depth]) for depth in range(1, len(parts)))
        names = (path for path in (*self.folders, *self.entries) if not path.isascii())
        self._spellings = {unicodedata.normalize("NFC", path): path for path in names}
        self.version = version = version._replace(path=self._as_committed(version.path))
        for path in self.entries:
            if _is_below(path, version.fence):
                self._must_be_a_path(path, path.split("/"))
        for path in self.folders & self.entries.keys():
            label = f"{version.label}{printable(path)}"
            raise UsageProblem(f"{label} is a file and a folder; `git fsck` shows what is wrong")

    def _must_be_a_path(self, path: str, parts: list[str]) -> None:
        if not {"", ".", ".."}.isdisjoint(parts) or (os.sep != "/" and not {"\\", ":"}.isdisjoint(path)):
            label = f"{self.version.label}{printable(path)}"
            raise UsageProblem(f"{label} is no path that a file may have; `git fsck` shows what is wrong")

    def _as_committed(self, path: str) -> str:
        """Return a path as the commit spells it; what is not in the commit, as it is but for the folders that are."""
        if path.isascii() or path in self.entries or path in self.folders:
            return path
        known = self._spellings.get(unicodedata.normalize("NFC", path))
        if known is not None:
            return known
        folder, _, name = path.rpartition("/")
        return f"{self._as_committed(folder)}/{name}" if folder else name

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
                resolved = self._as_committed("/".join([*resolved, part])).split("/")
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
        """Whether a path leads to something in the commit. Raises `UsageProblem` where it leads into a submodule."""
        inside = self._found(path)
        for submodule in self.submodules:
            if inside is not None and (inside == submodule or _is_below(inside, submodule)):
                label = f"{self.version.label}{printable(submodule)}"
                way = "check that revision out (`git worktree add`), and name the file or folder there"
                raise UsageProblem(f"{label} is a submodule, whose files are in another repository; {way}")
        return inside in self.folders or inside in self.entries

    def is_cut_short(self, journal: str) -> bool:
        """Whether a journal of a renaming was committed."""
        return self.exists(journal)

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

    def _entry(self, path: str) -> CommitEntry:
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
