"""The text of a file that comes in, however its letters are stored; and what a small file in YAML says."""

from __future__ import annotations

from codecs import BOM_UTF8
from pathlib import Path
from typing import TYPE_CHECKING, Final

from actorgraph.errors import UsageProblem, quoted
from actorgraph.model.paths import must_be_there, shown
from actorgraph.model.reader import Places, decode, parse
from actorgraph.written_rows import BOMS_OF_UTF_32

if TYPE_CHECKING:
    from actorgraph.model.reader import Data

_BINARY: Final = {
    b"PK\x03\x04": "xlsx, or another packed file; import xlsx",
    b"\xd0\xcf\x11\xe0": "an old Excel file; save it as .xlsx",
    b"\x1f\x8b": "packed by gzip; unpack it",
    b"PAR1": "Parquet, which `actorgraph compile` reads; save it as CSV to import it",
    b"%PDF": "a PDF; save what is to be read as a table or text",
}


def must_be_file(path: str) -> None:
    """Raise `UsageProblem` where nothing is at a path, or a folder.

    >>> must_be_file("examples")
    Traceback (most recent call last):
        ...
    actorgraph.errors.UsageProblem: examples is a folder; name the file in it
    """
    must_be_there(path)
    if Path(path).is_dir():
        raise UsageProblem(f"{shown(path)} is a folder; name the file in it")


def decoded(raw: bytes, file: str, encoding: str | None = None, *, fix: str = "save it as UTF-8") -> str:
    r"""Return the text of a file: UTF-8, UTF-16 or UTF-32, as its first bytes tell, unless another is named.

    Raises `UsageProblem`, with the line, the byte and the `fix`, for anything else.

    >>> decoded("Åland;for".encode("utf-16"), "a.csv"), decoded(b"\xc5land", "a.csv", "cp1252")
    ('Åland;for', 'Åland')
    """
    for start, what in _BINARY.items():
        if raw.startswith(start):
            raise UsageProblem(f"{file} is {what}")
    fix = fix if encoding is None else "name another --encoding"
    encoding = encoding or _encoding(raw)
    try:
        text = raw.decode("utf-8-sig" if encoding.lower().replace("-", "") == "utf8" else encoding)
    except LookupError as error:
        raise UsageProblem(f"--encoding {quoted(encoding)} is not known; cp1252, latin-1 and utf-16 are") from error
    except UnicodeError as error:
        raise UsageProblem(_undecoded(raw, file, encoding, error, fix)) from error
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        raise UsageProblem(f"{file}:{line}: a character U+0000, so this is no text, or damaged")
    return text.removeprefix("\ufeff")


def yaml_of(raw: bytes, file: str) -> tuple[dict[str, Data], Places]:
    r"""Return what a file in YAML says, read as strictly as a model, and where each key of it stands.

    Raises `UsageProblem` with every place where it is none.

    >>> said, places = yaml_of(b"columns:\n  actor: Who", "map.yaml")
    >>> said, str(places.find(("columns", "actor"), key=True))
    ({'columns': {'actor': 'Who'}}, 'map.yaml:2:3')
    """
    text = decode(raw, file)
    if not isinstance(text, str):
        raise UsageProblem(str(text))
    parsed = parse(text, file)
    if parsed.problems:
        raise UsageProblem("\n".join(map(str, parsed.problems)))
    return parsed.data, Places(text, file)


def _encoding(raw: bytes) -> str:
    """Return how a file's letters are stored, as its first bytes tell it."""
    if raw.startswith(BOMS_OF_UTF_32):
        return "utf-32"
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    sample = raw[:4096]
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    if min(even, odd) == 0 and max(even, odd) * 4 > len(sample):
        return "utf-16-le" if odd else "utf-16-be"
    return "utf-8-sig"


def _undecoded(raw: bytes, file: str, encoding: str, error: UnicodeError, fix: str) -> str:
    if not isinstance(error, UnicodeDecodeError):
        return f"{file} is not {encoding}: {error}"
    shift = 3 if encoding == "utf-8-sig" and raw.startswith(BOM_UTF8) else 0
    at = error.start + shift
    line = raw.count(b"\n", 0, at) + 1
    name = "UTF-8" if encoding == "utf-8-sig" else encoding
    return f"{file}:{line}: byte 0x{raw[at]:02x} is not {name}; {fix}"
