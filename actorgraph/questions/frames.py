"""Flat records as data frames: what each column holds, in pandas and in polars."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, Final, Literal, TypeAlias

from actorgraph.errors import UsageProblem, quoted
from actorgraph.questions.cells import FLAGS, NUMBERS, TEXTS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    import pandas as pd
    import polars as pl

Sort: TypeAlias = Literal["day", "texts", "flag", "count", "number", "text"]
"""What a column holds: whole days, several texts, truth values, whole numbers, other numbers, or a text."""

Records: TypeAlias = "Sequence[Mapping[str, object]]"

Library: TypeAlias = Literal["pandas", "polars"]

LIBRARIES: Final[tuple[Library, ...]] = ("pandas", "polars")


def sorts_of(records: Records, columns: Iterable[str], days: frozenset[str]) -> dict[str, Sort]:
    """Return what each column holds; `days` are those that hold whole days. An empty one says so by its name alone.

    >>> sorts_of([{"since": "2026-01-06", "n": 3}], ("since", "n", "urls"), frozenset({"since"}))
    {'since': 'day', 'n': 'count', 'urls': 'texts'}
    """
    return {column: "day" if column in days else _sort(records, column) for column in columns}


def _sort(records: Records, column: str) -> Sort:
    kinds = {type(value) for record in records if (value := record.get(column)) is not None}
    if tuple in kinds or (not kinds and (column in TEXTS or column.rpartition("_")[2] in TEXTS)):
        return "texts"
    if column in NUMBERS or (float in kinds and kinds <= {int, float}):
        return "number"
    if kinds == {bool} or (not kinds and column in FLAGS):
        return "flag"
    return "count" if kinds == {int} else "text"


def in_columns(records: Records, sorts: Mapping[str, Sort]) -> dict[str, list[Any]]:
    """Return records as columns of values that are what their sort says: days as dates, one text of several as a list.

    >>> in_columns([{"since": "2026-01-06", "before": "x"}], {"since": "day", "before": "texts"})
    {'since': [datetime.date(2026, 1, 6)], 'before': [['x']]}
    """
    return {column: [_value(record.get(column), sort) for record in records] for column, sort in sorts.items()}


def _value(value: Any, sort: Sort) -> Any:
    if value is None:
        return None
    if sort == "day":
        return date.fromisoformat(value)
    if sort == "texts":
        return list(value) if isinstance(value, tuple) else [str(value)]
    return float(value) if sort == "number" else str(value) if sort == "text" else value


def library_of(name: str | None) -> Library:
    """Return the library that is asked for, else pandas or, where only that is installed, polars.

    Raises `UsageProblem` for any other, and where it is not installed.
    """
    from importlib.util import find_spec

    if name is not None and name not in LIBRARIES:
        raise UsageProblem(f"{quoted(name)} is no library of data frames; it is one of {', '.join(LIBRARIES)}")
    wanted = [library for library in LIBRARIES if name in (None, library)]
    for library in wanted:
        if find_spec(library) is not None:
            return library
    needed, extra = " or ".join(wanted), wanted[0]
    raise UsageProblem(f"to_frame needs {needed}; install it with `pip install 'actorgraph[{extra}]'`")


def to_pandas(records: Records, columns: Sequence[str], days: frozenset[str]) -> pd.DataFrame:
    """Return records as a pandas DataFrame, in which days are dates (`datetime64`) and several texts a tuple."""
    import pandas as pd

    frame = pd.DataFrame(records, columns=list(columns))
    return frame.astype({column: "datetime64[s]" for column in columns if column in days})


def to_polars(records: Records, columns: Sequence[str], days: frozenset[str]) -> pl.DataFrame:
    """Return records as a polars DataFrame, in which days are dates (`Date`) and several texts a list."""
    import polars as pl

    types: dict[Sort, Any] = {
        "day": pl.Date,
        "texts": pl.List(pl.String),
        "flag": pl.Boolean,
        "count": pl.Int64,
        "number": pl.Float64,
        "text": pl.String,
    }
    sorts = sorts_of(records, columns, days)
    return pl.DataFrame(in_columns(records, sorts), schema={column: types[sort] for column, sort in sorts.items()})
