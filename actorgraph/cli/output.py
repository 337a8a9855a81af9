"""How answers leave the command line: in which format, how wide, in which encoding, and into which file.

What other programs read (json, csv, md, a page, a graph) is UTF-8 whatever the locale; a table for people is in the
terminal's own encoding, and a letter that it lacks is printed as `?`.
"""

from __future__ import annotations

import errno
import os
import sys
from contextlib import suppress
from io import StringIO, TextIOBase
from itertools import chain
from typing import TYPE_CHECKING, Any, Final

import click

from actorgraph.cli.endings import ANSWER_FORMATS, ending_of, must_be_known, must_fit
from actorgraph.cli.progress import answer_comes
from actorgraph.errors import UsageProblem
from actorgraph.model.paths import holdings_around, shown

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from actorgraph.cli.shared import Shared
    from actorgraph.ledger.store import Ledger
    from actorgraph.ledger.things import Thing
    from actorgraph.questions.envelope import Answer
    from actorgraph.questions.listing import Listing
    from actorgraph.render.grid import Grid

TONES: Final[dict[str, dict[str, Any]]] = {
    "title": {"bold": True},
    "heading": {"dim": True},
    "for": {"fg": "blue"},
    "against": {"fg": "red"},
    "between": {"fg": "yellow"},
    "harm": {"fg": "magenta", "bold": True},
}

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


def end_output() -> None:
    """Let whoever reads standard output through a pipe know that it has ended, although the process works on."""
    with suppress(OSError, ValueError):  # it is closed, or no file
        sys.stdout.flush()
        with open(os.devnull, "wb") as nowhere:
            os.dup2(nowhere.fileno(), sys.stdout.fileno())


def print_answer(asked: Shared, answer: Answer) -> None:
    """Print rows."""
    from actorgraph.render.who import answer_grids

    print_listing(asked, answer, lambda: answer_grids(answer, model=asked.model))


def print_listing(asked: Shared, answer: Listing[Any], grids: Callable[[], tuple[Grid, ...]]) -> None:
    """Print an answer, given its tables."""
    print_parts(asked, answer, grids, lambda: (answer.records(), answer.columns))


def print_things(
    asked: Shared,
    ledger: Ledger,
    query: Mapping[str, object],
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
    *,
    also: tuple[str, ...] = (),
) -> None:
    """Print one answer in the style that is asked for; `also` are endings of files that the command writes elsewise."""
    from actorgraph.questions.as_json import to_json
    from actorgraph.render import grid

    style = style_of(asked, also)
    if asked.excel and style != "csv":
        raise UsageProblem(f"--excel goes with csv, not with {style}")
    if style == "json":
        write(asked.output, to_json(value))
    elif style == "csv":
        write(asked.output, grid.to_csv(*records(), excel=asked.excel))
    elif style == "md":
        write(asked.output, "\n\n".join(map(grid.to_markdown, grids())))
    else:
        paint = _paint if asked.output == "-" else grid.unpainted
        write_table(asked.output, "\n\n".join(grid.to_text(part, width=_width(), paint=paint) for part in grids()))


def style_of(asked: Shared, also: tuple[str, ...] = ()) -> str:
    """Return the format of an answer: the one asked for, else what the file's name ends in, else a table.

    Raises `UsageProblem` where the name ends like a file of another format; the message tells those that the command
    writes, with those which it has `also`.
    """
    ending = ending_of(asked.output)
    if asked.style is not None:
        must_fit(asked.output, asked.style)
        return asked.style
    if ending in ANSWER_FORMATS:
        return ending
    if ending in ("html", "graphml", "gexf"):
        raise UsageProblem(f"{asked.output} cannot hold an answer; `actorgraph export {ending}` writes such a file")
    must_be_known(asked.output, (*ANSWER_FORMATS, *also))
    return "table"


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
    answer_comes()
    if output == "-":
        is_plain = os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb"
        click.echo(text, color=False if is_plain else None)
    else:
        write(output, text)


def write(output: str, text: str) -> None:
    """Print a text that programs read, as UTF-8, or put it in a file that is either the old one or the whole new one.

    What is no file, such as a pipe, is written to; what a link leads to is replaced, not the link. Raises
    `click.UsageError` where the file cannot be written.
    """
    text = text if text.endswith("\n") else text + "\n"
    write_pieces(output, iter((text,)))


def write_bytes(output: str, content: bytes) -> None:
    """Put bytes in a file, as `write` does a text. Raises `click.UsageError` where they would fill a terminal."""
    write_pieces(output, iter((content,)))


def write_pieces(output: str, pieces: Iterator[str | bytes]) -> None:
    """Print the pieces of a text, or of bytes, as they come, or put them in a file: see `write` and `write_bytes`."""
    first = next(pieces)
    every = chain((first,), pieces)
    answer_comes()
    if output == "-":
        in_terminal = sys.stdout.isatty()
        if in_terminal and isinstance(first, bytes):
            raise click.UsageError("it is no text for a terminal; name a file: -o FILE")
        for piece in every:
            # A terminal may speak another encoding; what is piped is read by a program.
            if isinstance(piece, str) and not in_terminal:
                click.echo(piece.encode("utf-8", "surrogatepass"), nl=False)
            else:
                click.echo(piece, nl=False)
        return
    from actorgraph import atomic

    if around := holdings_around(output):
        raise UsageProblem(f"{output} is of the holdings {shown(around)}, which nothing else may change; name another")
    try:
        atomic.write(output, (piece if isinstance(piece, bytes) else piece.encode() for piece in every))
    except OSError as error:
        raise click.UsageError(cannot_write(output, error)) from error
    click.echo(f"wrote {output}", err=True)


def cannot_write(output: str, error: OSError) -> str:
    """Return what to say of a file that cannot be written, and what to do where its folder is missing."""
    folder = os.path.dirname(output)
    if isinstance(error, FileNotFoundError) and folder and not os.path.lexists(folder):
        return f"cannot write {output}: there is no folder {folder}; make it first"
    return f"cannot write {output}: {error.strerror}"


def write_folder(output: str, files: Mapping[str, str | bytes]) -> None:
    """Put files in a folder, all of them or none; what else is in it stays.

    Raises `click.UsageError` where none is named, or it cannot be written.
    """
    from actorgraph import replacing

    if output == "-":
        raise click.UsageError("it is a folder of files; name one: -o FOLDER")
    answer_comes()
    try:
        replacing.write_folder(
            output, {name: part.encode() if isinstance(part, str) else part for name, part in files.items()}
        )
    except OSError as error:
        raise click.UsageError(cannot_write(output, error)) from error
    click.echo(f"wrote {output}: {', '.join(files)}", err=True)
