"""Files in canonical form: what each would hold, and whether that is what it says."""

from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from actorgraph.curate.canonical import document
from actorgraph.curate.comments import comments, outline
from actorgraph.curate.unified import patch
from actorgraph.errors import ModelError, Problem, UsageProblem
from actorgraph.model.loader import Alone, read_bytes, read_file, read_model
from actorgraph.model.paths import curated, journal_of, shown, yaml_files
from actorgraph.model.reader import parse
from actorgraph.model.records import PROSE
from actorgraph.replacing import Replacement, is_cut_short, replace_all


class Formatted(NamedTuple):
    """A file as it stands and as it should; `new` is None where it is left alone, because of its problems."""

    path: str
    shown: str
    old: bytes
    new: bytes | None
    problems: tuple[str, ...] = ()

    @property
    def changed(self) -> bool:
        """Whether it would be written again."""
        return self.new is not None and self.new != self.old

    @property
    def patch(self) -> str:
        """What changes in it, as a patch."""
        return patch(self.shown, self.old, self.new or b"")

    def write(self) -> None:
        """Write it in its canonical form, whole or not at all. Raises OSError."""
        if self.new is not None:
            replace_all([Replacement(self.path, self.old, self.new)])


def format_text(text: str) -> str:
    r"""Return a text that `parse` reads without a problem in canonical form.

    >>> print(format_text("actors:\n- # who\n  {kind: state,\n  name: 'UK'}"), end="")
    actors:
      # who
      - {name: UK, kind: state}
    """
    root, head = outline(text)
    return document(root, head)


def format_bytes(raw: bytes, path: str) -> Formatted:
    """Return what a file at a path holds in canonical form."""
    return _formatted(read_bytes(raw, path))


def format_file(path: str | Path) -> Formatted:
    """Return a file in canonical form. Nothing is written, and nothing raised for what is wrong in it."""
    try:
        return _formatted(read_file(path))
    except OSError as error:
        label = shown(str(path))
        return Formatted(str(path), label, b"", None, (f"{label}:1:1: AG001 cannot read it: {error.strerror}",))


def _formatted(file: Alone) -> Formatted:
    if file.problems:
        return Formatted(file.path, file.shown, file.raw, None, tuple(map(str, file.problems)))
    new = format_text(file.text)
    if not _says_the_same(file, new):
        refusal = f"{file.shown}: left as it is: its canonical form would not say the same; please report this"
        return Formatted(file.path, file.shown, file.raw, None, (refusal,))
    return Formatted(file.path, file.shown, file.raw, new.encode())


def _says_the_same(file: Alone, new: str) -> bool:
    """Whether a text holds the same data and comments as a file does, and formatting it again changes nothing."""
    read = parse(new, file.shown, prose=PROSE)
    if read.problems or read.data != file.data:
        return False
    return Counter(comments(file.text)) == Counter(comments(new)) and format_text(new) == new


def files_at(paths: Iterable[str]) -> tuple[str, ...]:
    """Return the YAML files at paths, each once. Raises `UsageProblem` where one cannot be read, or is of holdings.

    So it does where a renaming was cut short: `recover` must find the files as they were left.
    """
    names: dict[str, None] = {}
    for path in paths:
        _must_be_settled(path)
        try:
            names.update(dict.fromkeys(yaml_files(curated(path))))
        except OSError as error:
            raise UsageProblem(f"cannot read {error.filename or path}: {error.strerror}") from error
    return tuple(names)


def model_files(model: str) -> tuple[tuple[str, ...], tuple[Problem, ...]]:
    """Return the files that a model draws in, and what is wrong with those that it should.

    Raises ModelError where there is no file, and `UsageProblem` where a renaming of the model was cut short.
    """
    _must_be_settled(model)
    loaded = read_model(model)
    missing = tuple(problem for problem in loaded.problems if problem.category in ("path", "include"))
    if not loaded.stamps:
        raise ModelError(loaded.problems)
    return tuple(stamp.path for stamp in loaded.stamps), missing


def _must_be_settled(path: str) -> None:
    """Raise `UsageProblem` where a renaming of the model at a path, or in the folder of that, was cut short."""
    if any(is_cut_short(journal_of(model)) for model in (path, str(Path(path).parent))):
        raise UsageProblem("a renaming of this model was cut short; any `actorgraph rename` of it settles that first")
