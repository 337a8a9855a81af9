"""Where the files of a model are read: the disk, with edits that are not written yet, or another place like it."""

import errno
import os
import stat
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple, Protocol

from actorgraph.model import paths
from actorgraph.model.paths import Stamp, digest
from actorgraph.model.reader import MAX_BYTES


class Content(NamedTuple):
    """What a file holds, at most one byte more than it may, and what it looked like on the disk, if it is there."""

    raw: bytes
    stamp: Stamp | None


class Files(Protocol):
    """A place with files and folders. Paths are the system's, absolute or from the current folder."""

    def real(self, path: str) -> str:
        """Return the path that a path leads to when every link is followed, whether or not anything is there."""

    def exists(self, path: str) -> bool:
        """Whether a path leads to something. Raises OSError where it can be no path."""

    def is_cut_short(self, journal: str) -> bool:
        """Whether a renaming left a journal and did not end. Raises OSError where its path can be none."""

    def yaml_files(self, path: str) -> tuple[str, ...]:
        """Return the YAML files of a model path, sorted: the file itself, or all in the folder and its folders.

        Raises OSError where the path cannot be read.
        """

    def names_in(self, folder: str) -> list[str]:
        """Return what stands in a folder, nothing where it cannot be listed."""

    def read(self, path: str) -> Content:
        """Return what a file holds. Raises OSError where it cannot be read."""

    def fence(self, model: str) -> str:
        """Return the folder that nothing of a model may lie outside of, with every link followed."""

    def shown(self, path: str) -> str:
        """Return a path as a reader would know it."""


class Disk:
    """The files of this machine; `edits` are what some are taken to hold in place of what they do, by real path.

    An edited file that does not exist yet counts where it would lie.
    """

    def __init__(self, edits: Mapping[str, bytes] | None = None) -> None:
        self.edits = edits or {}

    def real(self, path: str) -> str:
        """Return the path that a path leads to when every link is followed."""
        return os.path.realpath(path)

    def exists(self, path: str) -> bool:
        """Whether a path leads to something. Raises OSError where it is no path, as one that is too long."""
        return Path(path).exists()

    def is_cut_short(self, journal: str) -> bool:
        """Whether a renaming left a journal and did not end; one that is going on is waited for."""
        if not self.exists(journal):
            return False
        from actorgraph.replacing import is_cut_short

        return is_cut_short(journal)

    def yaml_files(self, path: str) -> tuple[str, ...]:
        """Return the YAML files of a model path, sorted; edited ones that do not exist yet are among them."""
        names = paths.yaml_files(path)
        real = os.path.realpath(path)
        new = (edited for edited in self.edits if edited.startswith(real + os.sep) and not os.path.exists(edited))
        return tuple(sorted((*names, *(os.path.join(path, os.path.relpath(edited, real)) for edited in new))))

    def names_in(self, folder: str) -> list[str]:
        """Return what stands in a folder, nothing where it cannot be listed."""
        try:
            return os.listdir(folder)
        except OSError:
            return []

    def read(self, path: str) -> Content:
        """Return what a file holds. Raises OSError where it cannot be read."""
        edited = self.edits.get(os.path.realpath(path))
        if edited is not None:
            return Content(edited, None)
        if not stat.S_ISREG(os.stat(path).st_mode):
            raise OSError(errno.EINVAL, "it is no file")  # a pipe would keep us waiting
        with open(path, "rb") as stream:
            status = os.fstat(stream.fileno())
            raw = stream.read(min(status.st_size, MAX_BYTES) + 1)
        return Content(raw, Stamp(os.path.abspath(path), len(raw), status.st_mtime_ns, status.st_ctime_ns, digest(raw)))

    def fence(self, model: str) -> str:
        """Return the folder that includes may not leave: the one that holds graphs/, or the model's parent."""
        is_folder = os.path.isdir(model)
        start = Path(os.path.realpath(model if is_folder else os.path.dirname(os.path.abspath(model))))
        for folder in (start, *start.parents):
            if folder.name == "graphs":
                return str(folder.parent)
        return str(start.parent if is_folder else start)

    def shown(self, path: str) -> str:
        """Return a path as a reader would type it: relative where it lies below the current folder."""
        return paths.shown(path)
