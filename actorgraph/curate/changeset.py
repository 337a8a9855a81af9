"""What files of a model would hold after a change by hand: checked with the whole model, shown, and written at once."""

from __future__ import annotations

import os
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from actorgraph.curate.unified import unified
from actorgraph.errors import ModelError, UsageProblem, errors_among
from actorgraph.model.files import Disk
from actorgraph.model.paths import digest, shown
from actorgraph.model.reader import parse
from actorgraph.questions.check import check, new_problems
from actorgraph.replacing import Replacement, replace_all

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from actorgraph.errors import Problem
    from actorgraph.model.loader import Loaded
    from actorgraph.model.model import Model
    from actorgraph.model.reader import Parsed

BOM: Final = "\ufeff"


def without_mark(text: str) -> tuple[str, str]:
    """Return a text without its byte order mark, and the mark, empty where there is none."""
    return text.removeprefix(BOM), BOM if text.startswith(BOM) else ""


def parsed(text: str, file: str = "") -> Parsed:
    r"""Return what a text holds that may begin with a byte order mark; `file` is how its places call it.

    >>> parsed("\ufeffactors: {uk: {name: UK}}").data
    {'actors': {'uk': {'name': 'UK'}}}
    """
    return parse(text.removeprefix(BOM), file)


def lines_of(text: str) -> list[str]:
    r"""Return the lines of a text with whatever ends them.

    >>> lines_of("a: 1\r\nb: 2\n")
    ['a: 1\r\n', 'b: 2\n']
    """
    return StringIO(text, newline="").readlines()


def line_end(text: str) -> str:
    r"""Return what ends most lines of a text: what is written into it ends so, too.

    >>> line_end("a: 1\r\nb: 2"), line_end("")
    ('\r\n', '\n')
    """
    return "\r\n" if text.count("\r\n") * 2 > text.count("\n") else "\n"


class Changeset(NamedTuple):
    """What files would hold, and the model with them: None where it could not be used.

    `problems` are those that the model has not got without it. `shown_as` is as it is of a loaded model. With a
    `journal` and a `label` it is written so that it is finished or undone even where the process is killed.
    """

    replacements: tuple[Replacement, ...]
    problems: tuple[Problem, ...]
    model: Model | None
    shown_as: Mapping[str, str]
    journal: str | None = None
    label: str = ""

    @property
    def refused(self) -> bool:
        """Whether the model could not be used with it."""
        return bool(errors_among(self.problems))

    @property
    def diff(self) -> str:
        """The change as a unified diff, file by file."""
        return "\n".join(line for replacement in self.replacements for line in difference(replacement))

    @property
    def paths(self) -> tuple[str, ...]:
        """The files that change, as a reader would type them."""
        return tuple(shown(replacement.path) for replacement in self.replacements)

    def write(self) -> None:
        """Write all files or none. Raises OSError, also where one is no longer as it was."""
        replace_all(self.replacements, journal=self.journal, label=self.label)


def sound(path: str | Path, *, today: str | date) -> tuple[Loaded, Model]:
    """Return how a model was loaded, with every problem that `check` finds, and the model.

    Raises `ModelError` where it is broken, with its errors alone.
    """
    loaded = check(path, today=today)
    if loaded.model is None:
        raise ModelError(errors_among(loaded.problems))
    return loaded, loaded.model


def changeset(old: Loaded, texts: Mapping[str, tuple[str | None, str]], *, today: str | date) -> Changeset:
    """Return what it takes to give files of a loaded model other texts; a new file may be among them.

    `texts` has of each, by real path, the text that the other one was made of, None where there was no file, and the
    other: read again here, a file might hold by now what somebody else wrote, and lose it.
    """
    replacements = [
        Replacement(path, None if before is None else before.encode(), after.encode())
        for path, (before, after) in sorted(texts.items())
        if before != after
    ]
    edits = Disk({replacement.path: replacement.new for replacement in replacements})
    new = check(old.roots[0][0], today=today, files=edits)
    return Changeset(tuple(replacements), new_problems(old.problems, new.problems), new.model, new.shown_as)


def text_of(path: str) -> str | None:
    """Return a file's text to the byte, with its byte order mark; None where there is no file."""
    try:
        return Path(path).read_bytes().decode("utf-8")
    except FileNotFoundError:
        return None


def files_of(loaded: Loaded) -> dict[str, str]:
    """Return the texts of a loaded model's files, to the byte, by real path.

    Raises `UsageProblem` where one is no longer as it was when the model was loaded: what is known of its records would
    be taken for others.
    """
    texts = {}
    for stamp in loaded.stamps:
        try:
            raw = Path(stamp.path).read_bytes()
        except OSError:
            raw = None
        if raw is None or digest(raw) != stamp.digest:
            raise UsageProblem(f"{shown(stamp.path)} has changed while the model was read; try again")
        texts[os.path.realpath(stamp.path)] = raw.decode()
    return texts


def emptied(texts: Mapping[str, tuple[str | None, str]]) -> tuple[str, ...]:
    """Return of each file in which other texts leave nothing of what it held that it can be deleted.

    >>> emptied({"a.yaml": ("actors: {uk: {}}", "actors:"), "b.yaml": ("# none", "# none")})
    ('no record is left in a.yaml then; the file can be deleted',)
    """
    changed = {path: after for path, (before, after) in texts.items() if before != after}
    empty = (shown(path) for path, text in changed.items() if not any(parsed(text).data.values()))
    return tuple(f"no record is left in {path} then; the file can be deleted" for path in empty)


def difference(replacement: Replacement) -> list[str]:
    """Return what changes in a file, as the lines of a unified diff."""
    name = shown(replacement.path)
    old, new = (
        (raw or b"").decode().replace("\r\n", "\n").removesuffix("\n") for raw in (replacement.old, replacement.new)
    )
    before = "/dev/null" if replacement.old is None else name
    return list(unified(old.split("\n") if old else [], new.split("\n") if new else [], before, name))
