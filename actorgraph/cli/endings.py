"""What the name of a file promises: a format, and whether it can hold another one."""

from __future__ import annotations

import os
import re
from typing import Final

from actorgraph.errors import UsageProblem

ANSWER_FORMATS: Final = ("json", "csv", "md")
"""The endings of files that say in which format an answer is written."""

DRAWN: Final = ("svg", "png")
"""The endings of files that hold the picture of an answer, where it has one."""

TABLES: Final = ("", "txt", "text", "log", "out")
"""The endings of files that hold a table for people."""

OF_MATRICES: Final = ("dl", "net", "vna")
"""The endings of files of UCINET, Pajek and NetDraw, which hold networks."""

ALSO: Final = {"html": ("htm",), "graphml": ("xml",), "gexf": ("xml",), "md": ("markdown",), "sarif": ("json",)}
"""Further endings of files that hold a format, besides the one that bears its name."""

OWN_ENDINGS: Final = ("csv", "gexf", "graphml", "htm", "html", "json", "markdown", "md", "sarif", "xml")
OFFICE: Final = ("doc", "docx", "ods", "odt", "pdf", "ppt", "pptx", "xls", "xlsx")
PICTURES: Final = ("gif", "jpeg", "jpg", "png", "svg")
OTHER_DATA: Final = ("parquet", "sqlite", "tsv", "yaml", "yml", "zip")
ENDINGS: Final = (*OWN_ENDINGS, *OFFICE, *PICTURES, *OTHER_DATA)
"""Endings that say what is in a file: nothing else is written into one, even where a format is asked for."""


def ending_of(output: str) -> str:
    """Return what a file's name ends in, in small letters: the format that it promises, or nothing.

    >>> ending_of("out/Answer.JSON"), ending_of("answer"), ending_of("as-of.2026-01-10")
    ('json', '', '')
    """
    _, suffix = os.path.splitext(os.path.normpath(output))  # pathlib would take a warm answer two milliseconds
    ending = suffix.removeprefix(".").lower()
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
        matrix = "; UCINET reads what `network --square --format csv` writes" * (ending in OF_MATRICES)
        raise UsageProblem(f"{output}: no answer is written as .{ending}; name a file that ends in {known}{matrix}")
