"""Which files make a model, and how to tell that they changed. Nothing is read but their names and times.

Except where a default is looked for among several models: then their headers are.
"""

import os
import re
from typing import Final, NamedTuple

from actorgraph.errors import VERY_ALIKE, UsageProblem, did_you_mean, printable, quoted

SUFFIXES: Final = (".yaml", ".yml")
NO_MODEL: Final = "there is no model under"
BEGIN_ONE: Final = "or begin one with `actorgraph init DIR`"
"""What is wrong in a folder without models, before its name, and the last of what can be done."""

_HEADER: Final = re.compile(rb"^model:(?:.*\n?)(?:[ \t#\r\n}].*\n?)*", re.MULTILINE)
_DEFAULT: Final = re.compile(rb"(?:^[ \t]+|[{,][ \t\r\n]*)default:[ \t]+[\"']?true\b", re.MULTILINE)

TABLES: Final = (".parquet", ".csv", ".tsv", ".tab", ".csv.gz", ".tsv.gz", ".tab.gz")
"""What the name of a table's file ends in."""

MANIFEST: Final = "manifest.json"
"""The file of a folder of holdings that says what it has (`engines.folder`)."""

HOLDINGS_FORMAT: Final = "actorgraph-holdings"
"""What a manifest says that it is of."""

OF_TABLES: Final = re.compile("g[0-9]+")
"""How the folders are called in which the tables of holdings lie."""

JOURNAL: Final = ".renaming.json"
"""What the journal of a renaming is called in a model's folder; behind the name of a model that is a file."""


class Stamp(NamedTuple):
    """What a file looked like when it was read; times in nanoseconds, the digest of its bytes in hex."""

    path: str
    size: int
    modified: int
    changed: int
    digest: str


def usable(text: str, what: str = "path") -> str:
    r"""Return a text that the system is to be given, such as a path. Raises `UsageProblem` for what it would not take.

    >>> usable("models\0")
    Traceback (most recent call last):
        ...
    actorgraph.errors.UsageProblem: 'models\x00' holds what no path can
    """
    try:
        has_nul = b"\0" in os.fsencode(text)
    except UnicodeEncodeError:  # half of a surrogate pair
        has_nul = True
    if has_nul:
        raise UsageProblem(f"{quoted(text)} holds what no {what} can")
    return text


def on_a_disk(text: str) -> str:
    """Return a path, as `usable` does. Raises `UsageProblem` for an address too: a folder called `s3:` would be made.

    >>> on_a_disk("s3://bucket/h")
    Traceback (most recent call last):
        ...
    actorgraph.errors.UsageProblem: s3://bucket/h is an address; compile takes files and folders: copy it here
    """
    if "://" in usable(text):
        raise UsageProblem(f"{text} is an address; compile takes files and folders: copy it here")
    return text


def yaml_files(path: str) -> tuple[str, ...]:
    """Return the YAML files of a model path, sorted: the file itself, or all that lie in the folder.

    Folders in it count, hidden ones do not. Raises OSError where the path cannot be read.
    """
    if not os.path.isdir(usable(path)):
        os.stat(path)
        return (path,)
    files: list[str] = []
    for folder, folders, names in os.walk(path, onerror=_raise):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        files.extend(
            os.path.join(folder, name) for name in names if name.lower().endswith(SUFFIXES) and not name.startswith(".")
        )
    return tuple(sorted(files))


def journal_of(path: str) -> str:
    """Return where a renaming notes what it is doing to the model at a path; what is left there was cut short."""
    if os.path.isdir(path):
        return os.path.join(path, JOURNAL)
    folder, name = os.path.split(path)
    return os.path.join(folder, f".{name}{JOURNAL}")


def models(folder: str = "") -> tuple[str, ...]:
    """Return what lies under `graphs` in a folder, the current one by default, and may be a model, sorted.

    Raises `UsageProblem` where it may not be read.
    """
    place = os.path.join(folder, "graphs")
    try:
        entries = [
            entry.path
            for entry in os.scandir(place)
            if not entry.name.startswith(".") and (entry.is_dir() or entry.name.lower().endswith(SUFFIXES))
        ]
    except (FileNotFoundError, NotADirectoryError):
        return ()
    except OSError as error:
        raise UsageProblem(f"cannot read {shown(place)}: {error.strerror}") from error
    return tuple(sorted(entries))


def only_model(folder: str = "") -> str:
    """Return the only model under `graphs` in a folder, the current one by default; of several, the default one.

    Raises `UsageProblem` where there is none, or several of which not exactly one says `default: true`.
    """
    known = models(folder)
    marked = tuple(filter(_is_default, known)) if len(known) > 1 else known
    if len(marked) == 1:
        return marked[0]
    place = os.path.join(folder or ".", "graphs")
    listed = ", ".join(map(printable, marked or known))
    if marked:
        raise UsageProblem(f"several models under {place} say `default: true` ({listed}); let one of them say so")
    naming = "name one with --model PATH or ACTORGRAPH_MODEL"
    if not known:
        raise UsageProblem(f"{NO_MODEL} {place}; {naming}, {BEGIN_ONE}")
    raise UsageProblem(f"there are several models under {place} ({listed}) and none says `default: true`; {naming}")


def _is_default(model: str) -> bool:
    """Whether the header of a model says that it is the default one, as far as a glance tells."""
    try:
        files = sorted(filter(os.path.isfile, yaml_files(model)), key=os.path.getsize)  # the header's is a small one
        for file in files:
            with open(file, "rb") as opened:
                header = _HEADER.search(opened.read())
            if header:
                return _DEFAULT.search(header[0]) is not None
    except OSError:
        return False
    return False


def model_at(path: str) -> str:
    """Return the model that a path means: of a folder that holds a folder `graphs`, the only or default model in that.

    Raises `UsageProblem` for a table, and where none is in the folder, or several and not just one default.

    >>> model_at("."), model_at("examples/minimal.yaml")
    ('./graphs/ukraine-troops', 'examples/minimal.yaml')
    """
    _must_be_no_table(path)
    return only_model(path) if path and os.path.isdir(os.path.join(path, "graphs")) else path


WORKBOOKS: Final = (".xlsx", ".xlsm", ".xls", ".ods")
"""What the name of a spreadsheet's file ends in."""


def _must_be_no_table(path: str) -> None:
    if path.lower().endswith(WORKBOOKS) and os.path.isfile(path):
        raise UsageProblem(
            f"{shown(path)} is a workbook, and no model: `actorgraph import xlsx` takes its sheet into one; saved as "
            "CSV, `actorgraph compile` makes holdings of it"
        )
    if path.lower().endswith(TABLES) and os.path.isfile(path):
        raise UsageProblem(
            f"{shown(path)} is a table, and no model: `actorgraph compile` makes holdings of it that can be asked, and "
            "`actorgraph import csv` takes it into a model"
        )


def is_holdings(path: str) -> bool:
    """Whether a path is that of a folder of holdings, or of something that only an engine of large tables can reach.

    >>> is_holdings("examples"), is_holdings("s3://bucket/holdings")
    (False, True)
    """
    return "://" in path or os.path.isfile(os.path.join(path, MANIFEST))


def holdings_around(path: str) -> str | None:
    """Return the folder of holdings whose tables, or manifest, something written at a path would harm; None elsewhere.

    >>> holdings_around("examples/g1/holdings-1.parquet")
    """
    ways = (os.path.abspath(path), os.path.realpath(path))  # either may go over a link
    return next(filter(None, map(_holdings_over, ways)), None)


def _holdings_over(place: str) -> str | None:
    """Return the folder of holdings to whose tables or manifest a full path leads, None where there is none."""
    inner = os.path.basename(place) == MANIFEST
    while (folder := os.path.dirname(place)) != place:
        named = inner or OF_TABLES.fullmatch(os.path.basename(place))
        if named and _is_of_holdings(os.path.join(folder, MANIFEST)):
            return folder
        place, inner = folder, False
    return None


def _is_of_holdings(manifest: str) -> bool:
    """Whether a manifest begins as that of holdings does."""
    try:
        with open(manifest, "rb") as opened:
            return HOLDINGS_FORMAT.encode() in opened.read(100)
    except OSError:
        return False


def curated(path: str) -> str:
    """Return a path that is a curator's to change.

    Raises `UsageProblem` for a folder of holdings and for a table, which are not.
    """
    _must_be_no_table(path)
    if is_holdings(path):
        raise UsageProblem(
            f"{shown(path)} is a folder of holdings: it can be asked and exported; to correct it, correct what it was "
            "compiled from, and compile that again"
        )
    return path


def must_be_there(source: str) -> None:
    """Raise `UsageProblem` where nothing is at a path; of an address, who reads it tells.

    >>> must_be_there("-")
    Traceback (most recent call last):
        ...
    actorgraph.errors.UsageProblem: there is no file -; write into a file what comes of another program
    >>> must_be_there("events/*.csv")
    Traceback (most recent call last):
        ...
    actorgraph.errors.UsageProblem: there is no file events/*.csv; of several files, name their folder
    """
    from pathlib import Path

    if "://" not in source and not Path(source).exists():
        fix = "; write into a file what comes of another program" if source == "-" else near_file(source)
        if set("*?") & set(source):
            fix = "; of several files, name their folder"
        raise UsageProblem(f"there is no file {shown(source)}{fix}")


def near_file(path: str) -> str:
    """Return a hint at the file of nearly the name in the folder of a path at which nothing is; nothing where none is.

    >>> near_file("examples/debate.csv")
    " (did you mean 'debates.csv'?)"
    """
    folder, name = os.path.split(path)
    try:
        return did_you_mean(name, sorted(os.listdir(folder or ".")), cutoff=VERY_ALIKE)
    except OSError:
        return ""


def shown(path: str) -> str:
    """Return a path as a reader would type it: relative where it lies below the current folder; an address as it is.

    >>> shown("examples/../s3:/bucket"), shown("s3://bucket/h")
    ('s3:/bucket', 's3://bucket/h')
    """
    if "://" in path:
        return printable(path)
    full, below = printable(os.path.abspath(path)), printable(os.getcwd()) + os.sep
    return full.removeprefix(below) if full.startswith(below) else printable(path)


def digest(raw: bytes) -> str:
    """Return a digest that tells two contents apart."""
    from hashlib import blake2b

    return blake2b(raw, digest_size=16).hexdigest()


def _raise(error: OSError) -> None:
    raise error
