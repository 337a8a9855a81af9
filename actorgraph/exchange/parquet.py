"""The rows of a day as Parquet: CSV's columns, with types."""

from __future__ import annotations

import json
from io import BytesIO
from typing import TYPE_CHECKING, Final

from actorgraph.errors import lacking
from actorgraph.exchange.formats import OutOptions
from actorgraph.exchange.json import OF_ROWS

if TYPE_CHECKING:
    from actorgraph.exchange.formats import Request

OUT: Final = OutOptions(OF_ROWS, endings=("parquet",))


def write(asked: Request) -> bytes:
    """Return the rows of a day: same rows, same bytes.

    Days are dates (`date32`), dates as curated texts, what may be several a list of texts. The file's own metadata
    have the model, its title and what was asked under the key `actorgraph`.
    """
    try:
        import pyarrow as pa
        from pyarrow import parquet
    except ModuleNotFoundError as error:
        raise lacking("parquet", "parquet", error) from error
    from actorgraph.questions.frames import Sort, in_columns, sorts_of
    from actorgraph.questions.who import everything

    types: dict[Sort, pa.DataType] = {
        "day": pa.date32(),
        "texts": pa.list_(pa.string()),
        "flag": pa.bool_(),
        "count": pa.int64(),
        "number": pa.float64(),
        "text": pa.string(),
    }
    answer = everything(asked.open(), **asked.question)
    records = answer.records()
    sorts = sorts_of(records, answer.columns, answer.DAYS)
    about = {"model": answer.model, "title": answer.about.title, "query": dict(answer.query), **answer.asked}
    schema = pa.schema(
        {column: types[sort] for column, sort in sorts.items()},
        metadata={"actorgraph": json.dumps(about, ensure_ascii=False)},
    )
    file = BytesIO()
    parquet.write_table(pa.table(in_columns(records, sorts), schema=schema), file)
    return file.getvalue()
