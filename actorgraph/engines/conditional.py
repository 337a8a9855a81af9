"""Tracks on which something depends on a condition, or has an amount: the rules of curated models work them out.

Which conditions can hold together, and what amounts come to, SQL is poor at; and of coded data few records have either.
"""

from __future__ import annotations

import json
from collections import defaultdict
from contextlib import contextmanager
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from actorgraph.dates import in_force_from, iso
from actorgraph.engines.frame import fill_addressees
from actorgraph.engines.holdings import stated_lines
from actorgraph.engines.sql import AS_READ, of_one_track
from actorgraph.ledger.codec import encode, joined
from actorgraph.ledger.holdings import at_work, of_track
from actorgraph.ledger.lives import lives
from actorgraph.ledger.schema import HOLDING_COLUMNS
from actorgraph.ledger.tables import lines
from actorgraph.model.records import Amount, Commitment, Stance
from actorgraph.vocabulary import if_and_unless

if TYPE_CHECKING:
    from collections.abc import Iterator

    from actorgraph.engines.table_engine import TableEngine
    from actorgraph.ledger.holdings import Said
    from actorgraph.model.model import Model
    from actorgraph.vocabulary import Track

_TRACKS: Final = "SELECT DISTINCT kind, actor, proposal FROM {table} WHERE conditions <> '[]' OR amount IS NOT NULL"
_SAME: Final = of_one_track("c", "s")
_THESE: Final = f"SELECT s.* FROM {{table}} AS s JOIN conditional AS c ON {_SAME}"
_OTHERS: Final = f"SELECT s.* FROM {{table}} AS s LEFT JOIN conditional AS c ON {_SAME} WHERE c.kind IS NULL"

_ROWS: Final = (
    "SELECT kind, actor, proposal, id, position, date, until_date, toward, conditions, amount, speaker, published, "
    f"evidence FROM ({_THESE}) AS t ORDER BY {AS_READ}"
)


@contextmanager
def lines_of(engine: TableEngine, table: str, frame: Model) -> Iterator[str]:
    """Give the text of the stated lines of the holdings table that a table of statements amounts to.

    The tables of the frame have to be there (`engines.frame`); those that are made on the way are dropped in the end.

    Args:
        engine: Where the statements are.
        table: The table of cleaned statements.
        frame: Whom and what they are about.
    """
    fill_addressees(engine, table)
    engine.make("conditional", _TRACKS.format(table=table))
    ((tracks,),) = engine.run("SELECT COUNT(*) FROM conditional")
    engine.view("statements", (_OTHERS if tracks else "SELECT s.* FROM {table} AS s").format(table=table))
    columns = ", ".join(HOLDING_COLUMNS)
    with stated_lines(engine) as stated:
        lines = f"SELECT {columns} FROM ({stated}) AS l"
        if tracks:
            engine.fill("conditional_lines", HOLDING_COLUMNS, _lines(engine, table, frame))
            lines += f" UNION ALL SELECT {columns} FROM conditional_lines"
        yield lines
    for made in ("statements", "conditional_lines", "conditional", "addressees"):
        engine.drop(made)


def _lines(engine: TableEngine, table: str, frame: Model) -> Iterator[tuple[object, ...]]:
    bounds = lives(frame)
    tracks: dict[Track, dict[str, Said]] = defaultdict(dict)
    written: dict[str, str] = {}
    evidence: dict[str, list[str]] = defaultdict(list)
    published: dict[str, list[int]] = defaultdict(list)
    rows = [row for block in engine.blocks(_ROWS.format(table=table)) for row in block]
    for _, _, _, key, *_, day, cited in rows:
        published[key] += [] if day is None else [day]
        evidence[key] += [] if cited is None else [cited]
    for kind, actor, proposal, key, *fields, _, _ in rows:
        if key not in written:
            record = _record(kind, actor, proposal, key, *fields)
            day = in_force_from(record.date, published[key])
            said = at_work(record, day, bounds.of(actor, proposal))
            tracks[kind, actor, proposal][key] = said
            date = None if record.date == iso(day) else record.date
            head = encode([key, day, date, record.speaker])
            written[key] = f"{head[:-1]},{joined(evidence[key])}]"
    made = (holding for track, records in tracks.items() for holding in of_track(track, records.values()))
    return lines(frame, made, written)


def _record(kind: str, actor: str, proposal: str, key: str, *fields: Any) -> Stance | Commitment:
    """Return a statement as a record: it has been checked already."""
    position, date, until_date, toward, conditions, amount, speaker = fields
    met, failed = if_and_unless(json.loads(conditions))
    same: dict[str, Any] = {
        "id": key,
        "actor": actor,
        "proposal": proposal,
        "date": date,
        "until": until_date,
        "speaker": speaker,
        "if_": met,
        "unless": failed,
        "note": None,
        "evidence": (),
    }
    if kind == "stance":
        return Stance.model_construct(position=position, **same)
    total = None if amount is None else _amount(*json.loads(amount))
    return Commitment.model_construct(stage=position, toward=tuple(toward.split()), amount=total, **same)


def _amount(at_least: str | None, at_most: str | None, unit: str) -> Amount:
    least, most = (None if bound is None else Decimal(bound) for bound in (at_least, at_most))
    return Amount.model_construct(at_least=least, at_most=most, unit=unit)
