"""The rows of a day as Parquet: CSV's columns, with types."""

from __future__ import annotations

import json
from io import BytesIO
from typing import TYPE_CHECKING, Final

from actorgraph.errors import lacking
from actorgraph.exchange.formats import OF_A_DAY, OutOptions

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    import pyarrow as pa

    from actorgraph.exchange.formats import Request
    from actorgraph.questions.frames import Records, Sort

OUT: Final = OutOptions(OF_A_DAY, endings=("parquet",))


_GROUP_ROWS: Final = 50_000
"""Rows of a row group: what is kept, as Arrow has it, until it is written."""


def write(asked: Request) -> Iterator[bytes]:
    """Return the rows of a day, in pieces as they are read: same rows, same bytes.

    Days are dates (`date32`), dates as curated texts, what may be several a list of texts. The file's own metadata
    have the model, its title and what was asked under the key `actorgraph`.
    """
    try:
        import pyarrow as pa
        from pyarrow import parquet  # noqa: F401 - it may lack
    except ImportError as error:
        raise lacking("parquet", "parquet", error) from error
    from actorgraph.questions.frames import sorts_of
    from actorgraph.questions.streaming import everything_by_blocks

    types: dict[Sort, pa.DataType] = {
        "day": pa.date32(),
        "texts": pa.list_(pa.string()),
        "flag": pa.bool_(),
        "count": pa.int64(),
        "number": pa.float64(),
        "text": pa.string(),
    }
    whole = everything_by_blocks(asked.open(), **asked.question)
    answer = whole.answer
    sorts = sorts_of((), answer.columns, answer.DAYS)
    about = {"model": answer.model, "title": answer.about.title, "query": dict(answer.query), **answer.asked}
    schema = pa.schema(
        {column: types[sort] for column, sort in sorts.items()},
        metadata={"actorgraph": json.dumps(about, ensure_ascii=False)},
    )
    return _pieces(schema, _groups(whole.records(), sorts, schema))


def _groups(blocks: Iterable[Records], sorts: Mapping[str, Sort], schema: pa.Schema) -> Iterator[pa.Table]:
    """Yield records as tables of about as many rows as a row group has; where there is none, one without rows."""
    import pyarrow as pa

    from actorgraph.questions.frames import in_columns

    tables: list[pa.Table] = []
    written = False
    for block in blocks:
        tables.append(pa.table(in_columns(block, sorts), schema=schema))
        if sum(table.num_rows for table in tables) >= _GROUP_ROWS:
            yield pa.concat_tables(tables).combine_chunks()
            tables, written = [], True
    if tables or not written:
        yield pa.concat_tables(tables).combine_chunks() if tables else schema.empty_table()


def _pieces(schema: pa.Schema, groups: Iterable[pa.Table]) -> Iterator[bytes]:
    """Yield the bytes of a Parquet file with a row group for each table."""
    from pyarrow import parquet

    sink = _Sink()
    with parquet.ParquetWriter(sink, schema) as writer:
        for group in groups:
            writer.write_table(group)
            yield sink.taken()
    yield sink.taken()


class _Sink(BytesIO):
    """Takes what a writer gives it, which is taken from it piece by piece; it stays open for what comes last."""

    def close(self) -> None:
        """Stay open."""

    def taken(self) -> bytes:
        """Return what came since the last time."""
        content = self.getvalue()
        self.seek(0)
        self.truncate()
        return content
