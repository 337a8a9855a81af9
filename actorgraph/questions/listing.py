"""What lists something has the manners of a Python sequence: it is iterated, counted and indexed over that.

It shows itself as a table in a notebook, and turns into flat records, a data frame or JSON.
"""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING, Any, ClassVar, Final, Generic, Literal, TypeVar, overload

from actorgraph.gc_pause import no_garbage_collection
from actorgraph.questions.cells import DATES, only

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    import pandas as pd
    import polars as pl

    from actorgraph.questions.frames import Library

Item = TypeVar("Item")

_MOST_SHOWN: Final = 100
"""How many lines a table in a notebook has at most."""


class Listing(Generic[Item]):
    """What lists something: iterate, count and index it; it has flat records with `columns`."""

    LISTS: ClassVar[str]
    """The field that it lists."""
    COLUMNS: ClassVar[tuple[str, ...]]
    """The columns of its flat records."""
    SHOWN: ClassVar[tuple[str, ...]]
    """Those of them that a notebook shows."""
    DAYS: ClassVar[frozenset[str]] = DATES
    """The columns that hold whole days, and nothing that is a date only in part."""

    @property
    def listed(self) -> tuple[Item, ...]:
        """What it lists."""
        items: tuple[Item, ...] = getattr(self, self.LISTS)
        return items

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns of its flat records, as CSV has them."""
        return self.COLUMNS

    @property
    def subject(self) -> str:
        """What it is about, in a few words."""
        raise NotImplementedError

    def cells(self) -> Iterable[dict[str, object]]:
        """Return the cells of each flat record, and perhaps others."""
        raise NotImplementedError

    def records(self) -> list[dict[str, object]]:
        """Return it as flat records: what its CSV has, one dict a line, with `columns` as keys, in their order.

        Days are ISO texts, and what may be several (conditions, records, evidence) is a tuple of texts.
        """
        columns = self.columns
        with no_garbage_collection():
            return [only(columns, cells) for cells in self.cells()]

    def to_json(self) -> str:
        """Return it as JSON, as the command line writes it with `--format json`: the fields of answer.schema.json.

        It is all that the answer holds, and not flat as `records` are.
        """
        from actorgraph.questions.as_json import to_json

        return to_json(self)

    @overload
    def to_frame(self, library: Literal["pandas"] | None = None) -> pd.DataFrame: ...
    @overload
    def to_frame(self, library: Literal["polars"]) -> pl.DataFrame: ...
    def to_frame(self, library: Library | None = None) -> pd.DataFrame | pl.DataFrame:
        """Return its flat records as a data frame of a `library`: pandas or, where only that is installed, polars.

        Days are dates (`datetime64` in pandas, `Date` in polars), and what may be several texts is a tuple in pandas, a
        list in polars. Raises `UsageProblem` where the library is not installed.
        """
        from actorgraph.questions.frames import library_of, to_pandas, to_polars

        into = to_polars if library_of(library) == "polars" else to_pandas
        return into(self.records(), self.columns, self.DAYS)

    def __iter__(self) -> Iterator[Item]:
        return iter(self.listed)

    def __len__(self) -> int:
        return len(self.listed)

    @overload
    def __getitem__(self, at: int) -> Item: ...
    @overload
    def __getitem__(self, at: slice) -> tuple[Item, ...]: ...
    def __getitem__(self, at: int | slice) -> Item | tuple[Item, ...]:
        return self.listed[at]

    def __repr__(self) -> str:
        count = len(self)
        noun = self.LISTS.removesuffix("s") if count == 1 else self.LISTS
        return f"<{type(self).__name__}: {self.subject}, {count} {noun}>"

    def _repr_html_(self) -> str:
        """Return it as an HTML table, for a notebook."""
        from html import escape

        def line(tag: str, texts: Iterable[str]) -> str:
            return f"<tr>{''.join(f'<{tag}>{text}</{tag}>' for text in texts)}</tr>"

        records = self.records()
        shown = [column for column in self.SHOWN if column in self.columns]
        body = "".join(
            line("td", (_lines(record[column], escape) for column in shown)) for record in records[:_MOST_SHOWN]
        )
        rest = len(records) - _MOST_SHOWN
        caption = escape(repr(self)[1:-1]) + (f"; the first {_MOST_SHOWN} lines" if rest > 0 else "")
        head = line("th", (escape(column.replace("_", " ")) for column in shown))
        return f"<table><caption>{caption}</caption><thead>{head}</thead><tbody>{body}</tbody></table>"

    def _asdict(self) -> dict[str, Any]:
        """Return its fields by name, as the named tuples in it do: the answer that JSON has."""
        return {field.name: getattr(self, field.name) for field in fields(self)}  # type: ignore[arg-type]


def _lines(value: object, escape: Any) -> str:
    if isinstance(value, tuple):
        return "<br>".join(escape(str(part)) for part in value)
    return "" if value is None else str(escape(str(value)))
