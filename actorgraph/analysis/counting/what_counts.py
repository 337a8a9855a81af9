"""What counts in a network: the positions of a day, or the statements of a window."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from actorgraph.analysis.counting.counts import counts_of, level_by_position
from actorgraph.analysis.counting.positions import positions
from actorgraph.analysis.counting.utterances import PERSON, counts_in, rows_said, utterances, window_of
from actorgraph.analysis.words import ACTOR, ALL, ORGANISATION
from actorgraph.dates import LONG_AGO, OPEN, iso
from actorgraph.errors import UsageProblem
from actorgraph.questions.about import Mentions
from actorgraph.questions.view import View

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date

    from actorgraph.analysis.counting.counts import Counts
    from actorgraph.ledger.store import Ledger
    from actorgraph.questions.about import Head
    from actorgraph.questions.options import Narrowing
    from actorgraph.questions.rows import Row


class WhatCounts(NamedTuple):
    """What counts, and from where it is seen.

    `conditional` is how many of the positions depend on conditions, None of statements. `others` is how many other
    actors were asked about, or in a window speak at another time: of them nothing counts. `asked` is what a query says
    of a window, and `rows` returns the rows behind it all.
    """

    view: View
    counts: Counts
    conditional: int | None
    others: int
    asked: Mapping[str, str]
    rows: Callable[[], tuple[Row, ...]]

    def envelope(self, query: Mapping[str, Any], rows: tuple[Row, ...]) -> Head:
        """Return the fields of an envelope, and tell the reader where nothing counts and it is known why."""
        named = Mentions(actors=self.counts.actors, proposals=self.counts.proposals)
        envelope = self.view.envelope(query, rows, named)
        if not self.counts.actors and (why := _why_nothing(self.view, envelope[0])):
            self.view.ledger.notice(why)
        return envelope


def positions_that_count(
    ledger: Ledger, as_of: str | date | None, levels: str, rules: Mapping[str, str | None], options: Narrowing
) -> WhatCounts:
    """Return the positions of a day. Raises `UsageProblem` where rules are given that only statements have."""
    for name, value in rules.items():
        if value is not None:
            raise UsageProblem(f"{name} {value} is about statements, and a day has positions: name a window, FROM/TO")
    if as_of is None:
        raise UsageProblem("no day and no window is named: a network is of the one or of the other")
    stand = positions(ledger, as_of=as_of, **options)
    counts = counts_of(stand, levels)

    def rows() -> tuple[Row, ...]:
        return tuple(row for row in stand.rows if (row.actor, row.proposal) in counts.records)

    conditional = stand.conditional(level_by_position(levels))
    return WhatCounts(stand.view, counts, conditional, len(stand.actors) - len(counts.actors), {}, rows)


def statements_that_count(
    ledger: Ledger,
    window: str,
    levels: str,
    rules: Mapping[str, str | None],
    of_a_day: Mapping[str, object],
    options: Narrowing,
    *,
    at_any_level: bool,
) -> WhatCounts:
    """Return the statements of a window. Raises `UsageProblem` where something is given that only a day has."""
    for name, value in of_a_day.items():
        if value:
            raise UsageProblem(
                f"{name} is about the positions of a day, and a window has statements: leave one of them out"
            )
    duplicates, by = rules["duplicates"] or ALL, rules["by"] or ACTOR
    first, last = window_of(window)
    stated: Narrowing = {**options, "stated": True}
    view = View(ledger, as_of=str(iso(last)), **stated)
    counts = counts_in(view, (first, last), levels=levels, duplicates=duplicates, at_any_level=at_any_level, by=by)
    ever, _ = utterances(view, LONG_AGO, OPEN, by=by)
    others = {utterance.actor for utterance in ever} - set(counts.actors)
    begin = {} if first == LONG_AGO else {"from": str(iso(first))}
    asked = {**begin, "to": str(iso(last)), "duplicates": duplicates, "by": by}

    def rows() -> tuple[Row, ...]:
        return rows_said(view, dict.fromkeys(record for records in counts.records.values() for record in records))

    return WhatCounts(view, counts, None, len(others), asked, rows)


def _why_nothing(view: View, query: Mapping[str, Any]) -> str | None:
    """Return why nothing counts, where that is known and something else can be asked for, else None."""
    stances = view.ledger.things("stance")
    if view.ledger.min_grade is not None and not stances:
        return f"no evidence of a stance is graded {view.ledger.min_grade} or better"
    speaks = any("speaker" in stance.body for stance in stances)
    if speaks and PERSON in query.get("kind", "") and query.get("by", ORGANISATION) != ORGANISATION:
        return "--kind is of who holds a position, not of who spoke for it: --by speaker without --kind has the persons"
    return None
