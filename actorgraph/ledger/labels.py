"""The labels of a ledger, what answers call actors and proposals, read as they are looked up."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final
from weakref import proxy

from actorgraph.ledger.sources import AT_ONCE
from actorgraph.ledger.things import Label, in_parts, marks

if TYPE_CHECKING:
    from collections.abc import Iterable

    from actorgraph.ledger.sources import Lender

_LABELS: Final = "SELECT id, name, short, shared FROM labels WHERE type = ?"


class Labels:
    """The labels of a ledger, each read once: an engine of large tables takes milliseconds for any of them."""

    def __init__(self, ledger: Lender) -> None:
        self._ledger = proxy(ledger)  # which has these, and is closed as soon as nobody has it any more
        self._known: dict[str, dict[str, Label]] = defaultdict(dict)

    def of(self, ids: Iterable[str], kind: str) -> dict[str, Label]:
        """Return the labels of some actors or proposals, by id; those that do not exist are left out."""
        wanted = set(ids)
        known = self._known[kind]
        missing = wanted - known.keys()
        if len(missing) > AT_ONCE:
            rows = self._ledger.rows(_LABELS, (kind,))
        else:
            sql = f"{_LABELS} AND id IN"
            parts = (self._ledger.rows(f"{sql} ({marks(part)})", (kind, *part)) for part in in_parts(missing))
            rows = [row for part in parts for row in part]
        for key, name, short, shared in rows:
            if key in missing:
                known[key] = Label(name, short, shared == 1)
        return {key: known[key] for key in wanted & known.keys()}
