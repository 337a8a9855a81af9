"""How answers leave the command line: in which format, how wide, in which encoding, and into which file.

What other programs read (json, csv, md, a page, a graph) is UTF-8 whatever the locale; a table for people is in the
terminal's own encoding, and a letter that it lacks is printed as `?`.
"""

from __future__ import annotations

import errno
import os
import re
import sys
from io import StringIO, TextIOBase
from typing import TYPE_CHECKING, Any, Final

import click

from actorgraph.errors import UsageProblem

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from actorgraph.cli.shared import Shared
    from actorgraph.ledger.store import Ledger, Thing
    from actorgraph.questions.envelope import Answer, Listing
    from actorgraph.render.grid import Grid

TONES: Final[dict[str, dict[str, Any]]] = {
    "title": {"bold": True},
    "heading": {"dim": True},
    "for": {"fg": "blue"},
    "against": {"fg": "red"},
    "between": {"fg": "yellow"},
    "harm": {"fg": "magenta", "bold": True},
}

FORMATS: Final = ("json", "csv", "md")
"""The endings of files that say in which format an answer is written."""

TABLES: Final = ("", "txt", "text", "log", "out")
"""The endings of files that hold a table for people."""

ALSO: Final = {"html": ("htm",), "graphml": ("xml",), "gexf": ("xml",), "md": ("markdown",), "sarif": ("json",)}
"""Further endings of files that hold a format, besides the one that bears its name."""

OWN_ENDINGS: Final = ("csv", "gexf", "graphml", "htm", "html", "json", "markdown", "md", "sarif", "xml")
OFFICE: Final = ("doc", "docx", "ods", "odt", "pdf", "ppt", "pptx", "xls", "xlsx")
PICTURES: Final = ("gif", "jpeg", "jpg", "png", "svg")
OTHER_DATA: Final = ("parquet", "sqlite", "tsv", "yaml", "yml", "zip")
ENDINGS: Final = (*OWN_ENDINGS, *OFFICE, *PICTURES, *OTHER_DATA)
"""Endings that say what is in a file: nothing else is written into one, even where a format is asked for."""

NARROWEST: Final = 40
WIDEST: Final = 140
"""How wide tables are in a terminal, whatever its width: a longer line is hard to follow."""


class _Closed(TextIOBase):
    """Stands for a stream that was closed before the process began: nothing can be written to it."""

    def write(self, text: str) -> int:
        """Raise OSError, unless there is nothing to write."""
        if text or not isinstance(text, str):  # click asks by b"" whether it takes bytes
            raise OSError(errno.EBADF, "standard output is closed")
        return 0


def steady_streams() -> None:
    """Make standard output and standard error take any text, and say so where they are closed."""
    if sys.stdout is None:
        sys.stdout = _Closed()
    elif hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(errors="replace")
    if sys.stderr is None:
        sys.stderr = StringIO()


def print_answer(asked: Shared, answer: Answer) -> None:
    """Print rows."""
    from actorgraph.render.who import answer_grids

    print_listing(asked, answer, lambda: answer_grids(answer))


def print_listing(asked: Shared, answer: Listing[Any], grids: Callable[[], tuple[Grid, ...]]) -> None:
    """Print an answer, given its tables."""
    print_parts(asked, answer, grids, lambda: (answer.records(), answer.columns))


def print_things(
    asked: Shared,
    ledger: Ledger,
    query: dict[str, str],
    things: tuple[Thing, ...],
    grid: Callable[[], Grid],
) -> None:
    """Print things as they are curated."""
    from actorgraph.questions.list import columns_of, flat_records

    items = [thing.item() for thing in things]
    print_parts(
        asked,
        {"query": query, "model": ledger.model, "items": items},
        lambda: (grid(),),
        lambda: (flat_records(items), columns_of(items)),
    )


def print_parts(
    asked: Shared,
    value: object,
    grids: Callable[[], tuple[Grid, ...]],
    records: Callable[[], tuple[list[dict[str, object]], tuple[str, ...]]],
) -> None:
    """Print one answer in the style that is asked for."""
    from actorgraph.render import grid

    style = style_of(asked)
    if asked.excel and style != "csv":
        raise UsageProblem(f"--excel goes with csv, not with {style}")
    if style == "json":
        write(asked.output, grid.to_json(value))
    elif style == "csv":
        write(asked.output, grid.to_csv(*records(), excel=asked.excel))
    elif style == "md":
        write(asked.output, "\n\n".join(map(grid.to_markdown, grids())))
    else:
        paint = _paint if asked.output == "-" else grid.unpainted
        write_table(asked.output, "\n\n".join(grid.to_text(part, width=_width(), paint=paint) for part in grids()))


def style_of(asked: Shared) -> str:
    """Return the format of an answer: the one asked for, else what the file's name ends in, else a table.

    Raises `UsageProblem` where the name ends like a file of another format.
    """
    ending = ending_of(asked.output)
    if asked.style is not None:
        must_fit(asked.output, asked.style)
        return asked.style
    if ending in FORMATS:
        return ending
    if ending in ("html", "graphml", "gexf"):
        raise UsageProblem(f"{asked.output} cannot hold an answer; `actorgraph export {ending}` writes such a file")
    must_be_known(asked.output, FORMATS)
    return "table"


def ending_of(output: str) -> str:
    """Return what a file's name ends in, in small letters: the format that it promises, or nothing.

    >>> ending_of("out/Answer.JSON"), ending_of("answer"), ending_of("as-of.2026-01-10")
    ('json', '', '')
    """
    ending = os.path.splitext(output)[1].removeprefix(".").lower()
    return ending if re.fullmatch("[a-z][a-z0-9]{0,6}", ending) else ""


def must_fit(output: str, style: str) -> None:
    """Raise `UsageProblem` where a file's name says that it holds something other than a format."""
    ending = ending_of(output)
    if ending in ENDINGS and ending not in (style, *ALSO.get(style, ())):
        own = "txt" if style in ("table", "text", "github") else style
        raise UsageProblem(f"{output} is no name for a file of {style}; name one that ends in .{own}")


def must_be_known(output: str, formats: tuple[str, ...]) -> None:
    """Raise `UsageProblem` where a file's name promises a format that is neither among these nor a table."""
    ending = ending_of(output)
    if ending and ending not in (*formats, *TABLES):
        known = ", ".join(f".{name}" for name in (*formats, "txt"))
        raise UsageProblem(f"{output}: no answer is written as .{ending}; name a file that ends in {known}")


def _paint(text: str, tone: str) -> str:
    return click.style(text, **TONES[tone]) if tone in TONES else text


def _width() -> int:
    """Return the terminal's width; 80 in a pipe, and never so wide that a line is hard to follow."""
    columns = os.environ.get("COLUMNS", "")
    if columns.isascii() and columns.isdigit() and len(columns) < NARROWEST:
        return max(int(columns), NARROWEST)
    try:
        return min(max(os.get_terminal_size(sys.stdout.fileno()).columns, NARROWEST), WIDEST)
    except (OSError, ValueError):
        return 80


def write_table(output: str, text: str) -> None:
    """Print a text for people, or put it in a file."""
    if output == "-":
        click.echo(text, color=False if os.environ.get("NO_COLOR") else None)
    else:
        write(output, text)


def write(output: str, text: str) -> None:
    """Print a text that programs read, as UTF-8, or put it in a file that is either the old one or the whole new one.

    What is no file, such as a pipe, is written to; what a link leads to is replaced, not the link. Raises
    `click.UsageError` where the file cannot be written.
    """
    text = text if text.endswith("\n") else text + "\n"
    if output == "-":
        # A terminal may speak another encoding; what is piped is read by a program.
        click.echo(text if sys.stdout.isatty() else text.encode("utf-8", "surrogatepass"), nl=False)
        return
    write_bytes(output, text.encode())


def write_bytes(output: str, content: bytes) -> None:
    """Put bytes in a file, as `write` does a text."""
    from actorgraph import atomic

    try:
        atomic.write(output, content)
    except OSError as error:
        raise click.UsageError(f"cannot write {output}: {error.strerror}") from error
    click.echo(f"wrote {output}", err=True)


def write_folder(output: str, files: Mapping[str, str | bytes]) -> None:
    """Put files in a folder, all of them or none; what else is in it stays.

    Raises `click.UsageError` where none is named, or it cannot be written.
    """
    from actorgraph import atomic

    if output == "-":
        raise click.UsageError("it is a folder of files; name one: -o FOLDER")
    try:
        os.makedirs(output, exist_ok=True)
        atomic.replace_all(
            atomic.Replacement(path, _held(path), content.encode() if isinstance(content, str) else content)
            for path, content in ((os.path.join(output, name), content) for name, content in files.items())
        )
    except OSError as error:
        raise click.UsageError(f"cannot write {output}: {error.strerror}") from error
    click.echo(f"wrote {output}: {', '.join(files)}", err=True)


def _held(path: str) -> bytes | None:
    """Return what a file holds, None where there is none."""
    try:
        with open(path, "rb") as stream:
            return stream.read()
    except FileNotFoundError:
        return None
