"""The sources of a ledger, read as they are looked up."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, Protocol
from weakref import proxy

from actorgraph.ledger.codec import CitedSource, Sources, new
from actorgraph.ledger.things import in_parts, marks

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from actorgraph.model.records import Source

_CITED_SOURCES: Final = f"SELECT {', '.join(CitedSource._fields)} FROM sources"
ONE_BY_ONE: Final = 300
AT_ONCE: Final = 2_000
"""So many sources are read one by one, or at once, as they are cited; then all. In 100,000 records most answers cite
fewer, and to read all of 12,500 would take a tenth of a warm answer (measured: 13 ms)."""


def cited_source(key: str, source: Source) -> CitedSource:
    """Return a source of a model as answers cite it."""
    return CitedSource(key, source.publisher, source.published, source.url, source.archived, source.accessed)


class Outliving(Protocol):
    """What is to be read before a ledger is closed, if somebody still has it."""

    def keep(self) -> None:
        """Read it."""


class Lender(Protocol):
    """What has sources: a ledger."""

    @property
    def sources(self) -> Sources:
        """Its sources by id."""

    def rows(self, sql: str, parameters: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        """Return all rows that answer a text."""

    def before_closing(self, reads: Outliving) -> None:
        """Let something be read before it is closed."""


class SourcesOf(Sources):
    """The sources of a ledger by id; each is read when it is first looked up, or before that with others."""

    def __init__(self, ledger: Lender) -> None:
        super().__init__()
        self._ledger = proxy(ledger)  # which has these, and is closed as soon as nobody has it any more

    def __missing__(self, key: str) -> CitedSource:
        self._read((key,) if len(self) < ONE_BY_ONE else ())
        if key not in self:
            raise KeyError(key)
        return self[key]

    def fetch(self, ids: Iterable[str]) -> None:
        """Read those that are not at hand yet: an engine of large tables takes as long for one as for hundreds."""
        missing = [key for key in ids if key not in self]
        if len(missing) > AT_ONCE:
            self._read(())
        elif missing:
            for part in in_parts(missing):
                self._read(part)

    def _read(self, ids: Sequence[str]) -> None:
        """Read some sources, or all of them where none are named."""
        where = f" WHERE source IN ({marks(ids)})" if ids else ""
        lines = self._ledger.rows(f"{_CITED_SOURCES}{where}", ids)
        self.update((line[0], new(CitedSource, line)) for line in lines)


class LentSources(Sources):
    """The sources of a ledger by id, for those who outlive it: they keep it, or all of them when it is closed."""

    __hash__ = object.__hash__  # type: ignore[assignment]

    def __init__(self, ledger: Lender) -> None:
        super().__init__()
        self._ledger: Lender | None = ledger
        ledger.before_closing(self)

    def __missing__(self, key: str) -> CitedSource:
        if self._ledger is None:
            raise KeyError(key)
        return self._ledger.sources[key]

    def fetch(self, ids: Iterable[str]) -> None:
        """Read those that are not at hand yet."""
        if self._ledger is not None:
            self._ledger.sources.fetch(ids)

    def keep(self) -> None:
        """Read all of them."""
        if self._ledger is not None:
            self.update((line[0], new(CitedSource, line)) for line in self._ledger.rows(_CITED_SOURCES))
            self._ledger = None
