"""Which engine is meant: by its name, or by the address of a cluster."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from actorgraph.errors import UsageProblem, quoted

if TYPE_CHECKING:
    from actorgraph.engines.table_engine import TableEngine

ENGINE: Final = "duckdb"
"""The engine where none is named."""

_SPARK: Final = re.compile(r"spark://.+|local(\[.+\])?")


def engine_named(name: str | None = None, *, memory: str | None = None, on_disk: bool = False) -> TableEngine:
    """Return a new engine: `duckdb`, or the Spark of an address such as `spark://host:7077` or `local[*]`.

    Args:
        name: What it is called; DuckDB where nothing is said.
        memory: How much memory it may take, such as `2GB`.
        on_disk: Whether what is made there is large: see `Duckdb`. Spark decides by itself.

    Raises:
        UsageProblem: There is no such engine, it is not installed, or nobody answers at the address.

    >>> engine_named().name
    'duckdb'
    >>> engine_named("postgres")
    Traceback (most recent call last):
        ...
    actorgraph.errors.UsageProblem: 'postgres' is no engine; it is duckdb, spark://HOST:PORT or local[*]
    """
    if memory is not None and not isinstance(memory, str):
        raise UsageProblem(f"memory is a text such as '2GB', not {memory!r}")
    if name is None or name == ENGINE:
        from actorgraph.engines.duckdb import Duckdb

        return Duckdb(memory=memory, on_disk=on_disk)
    if _SPARK.fullmatch(name) is None:
        raise UsageProblem(f"{quoted(name)} is no engine; it is duckdb, spark://HOST:PORT or local[*]")
    from actorgraph.engines.spark import Spark

    return Spark(name, memory=memory)
