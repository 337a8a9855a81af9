"""The tables of a model that was just read: what its statements make is filled when a question asks for it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from actorgraph.gc_pause import no_garbage_collection
from actorgraph.ledger.engine import Sqlite, Whole
from actorgraph.ledger.inference import linked_to
from actorgraph.ledger.schema import BY_STATEMENTS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from actorgraph.ledger.tables import Begun

FIRST: Final = "holdings_first"
"""The table of the holdings on what was asked about first."""

_NEEDS_ALL: Final = re.compile(rf"\b({'|'.join(BY_STATEMENTS)})\b")
"""In a text of SQL: a table that is filled by all statements."""


class Unfinished(Sqlite, Whole):
    """Tables in SQLite, and the parts of their holdings: first those on the proposals that are asked about.

    Most questions after a change of the files are about one proposal. What is held on it and on those linked to it is
    a small part of a large model, and the answer need not wait for the rest. Whatever else is asked for fills all.

    >>> from actorgraph.ledger.tables import begin
    >>> from actorgraph.model.loader import load_model
    >>> engine = Unfinished(begin(load_model("graphs/ukraine-troops")))
    >>> table = engine.on(["nato-membership"])
    >>> table, engine.is_finished
    ('holdings_first', False)
    >>> for table in (table, "holdings"):
    ...     print(engine.run(f"SELECT COUNT(*) FROM {table} WHERE proposal = 'nato-membership'"))
    [(3,)]
    [(3,)]
    >>> engine.is_finished, engine.on(["nato-membership"])
    (True, 'holdings')
    """

    def __init__(self, begun: Begun) -> None:
        super().__init__(begun.connection)
        self._begun: Begun | None = begun
        self._first: set[str] = set()

    @property
    def is_finished(self) -> bool:
        """Whether all tables are filled."""
        return self._begun is None

    def run(self, sql: str, parameters: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        """Return all rows that answer a text."""
        self._must_have(sql)
        return super().run(sql, parameters)

    def blocks(self, sql: str, parameters: Sequence[object] = (), *, size: int = 10_000) -> Iterator[list[Any]]:
        """Yield the rows that answer a text, so many at a time."""
        self._must_have(sql)
        return super().blocks(sql, parameters, size=size)

    def on(self, proposals: Sequence[str]) -> str:
        """Return a table that has all holdings on some proposals."""
        if self._begun is not None and not self._first:
            self._first = linked_to(proposals, self._begun.model.proposals)
            with no_garbage_collection():
                self._begun.add(FIRST, self._first)
        if self._begun is not None and self._first.issuperset(proposals):
            return FIRST
        self.finish()
        return super().on(proposals)

    def finish(self) -> None:
        """Fill all tables, unless they are filled."""
        if self._begun is not None:
            with no_garbage_collection():
                self._begun.finish()
            self._begun = None

    def _must_have(self, sql: str) -> None:
        if self._begun is not None and _NEEDS_ALL.search(sql):
            self.finish()
