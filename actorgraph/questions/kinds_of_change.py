"""Which kind a change is of: what differs between the rows of two sides of one unit.

Sides are compared by position, addressees, amount, conditions and contest: saying it again, or on other evidence, is a
re-sourcing and no change of the world.
"""

from __future__ import annotations

from functools import lru_cache
from operator import itemgetter
from typing import Final

from actorgraph.ledger.codec import Cited, Pointer
from actorgraph.questions.rows import Row
from actorgraph.vocabulary import LADDER, REFUSALS, SCALE, UNDERTAKINGS

MIRROR: Final[dict[str, str]] = {
    "added": "ended",
    "ended": "added",
    "reversed": "reversed",
    "toward-support": "toward-opposition",
    "toward-opposition": "toward-support",
    "strengthened": "weakened",
    "weakened": "strengthened",
    "qualified": "qualified",
    "contested": "settled",
    "settled": "contested",
    "re-sourced": "re-sourced",
    "carried": "carried",
}
"""Every kind of change, with its kind when the two sides trade places."""

QUIET: Final = frozenset({"re-sourced", "carried"})
"""The kinds that are listed only where every change is asked for."""


def kind_of_change(before: tuple[Row, ...], after: tuple[Row, ...], *, every: bool = True) -> str | None:
    """Return the kind of change between two sides of one unit, None where they are the same to the letter.

    Without `every` it is None, too, where they say the same: on what evidence is not read then.

    Stances change toward support or toward opposition, along the scale; commitments are strengthened or weakened, along
    the ladder. Words of one place (`declines` and `withdraws`, `neutral` and `undecided`) that follow each other count
    as qualified, and so does a contest whose sides change without a shift of their mean. `threatens` has no rung: to or
    from it is a reversal.

    >>> from actorgraph import load, who
    >>> ledger = load("examples/minimal.yaml")
    >>> then, now = (who(ledger, "any", "harbour", as_of=day).rows[:1] for day in ("2025-12", "2026-02"))
    >>> [row.position for row in (*then, *now)], kind_of_change(then, now), kind_of_change((), now)
    (['neutral', 'opposes'], 'toward-opposition', 'added')
    """
    if not before or not after:
        return "added" if after else "ended" if before else None
    if _say_the_same(before, after):
        same = not every or (_times(before) == _times(after) and _grounds(before) == _grounds(after))
        return None if same else "re-sourced"
    was, now = _is_contested(before), _is_contested(after)
    if was != now:
        return "contested" if now else "settled"
    olds, news = tuple([row.position for row in before]), tuple([row.position for row in after])
    return _shift(after[0].kind, olds, news, is_contested=now)


_DIRECTIONS: Final = {"stance": ("toward-support", "toward-opposition"), "commitment": ("strengthened", "weakened")}


@lru_cache(maxsize=4096)  # there are few words, and many changes
def _shift(kind: str, before: tuple[str, ...], after: tuple[str, ...], *, is_contested: bool) -> str:
    """Return the kind of change between the positions of two sides that are both contested, or both are not."""
    if not is_contested and _opposed(set(before), set(after)):
        return "reversed"
    shift = _strength(after) - _strength(before)
    up, down = _DIRECTIONS[kind]
    return up if shift > 0 else down if shift < 0 else "qualified"


def _is_contested(rows: tuple[Row, ...]) -> bool:
    return rows[0].contested if len(rows) == 1 else any(row.contested for row in rows)


def _say_the_same(before: tuple[Row, ...], after: tuple[Row, ...]) -> bool:
    if len(before) == len(after) == 1:  # the words decide mostly, so the rest is made only where they are the same
        return _words(before[0]) == _words(after[0]) and _statement(before[0]) == _statement(after[0])
    return set(map(_statement, before)) == set(map(_statement, after))


_words: Final = itemgetter(*map(Row._fields.index, ("position", "contested", "conditions")))


def _statement(row: Row) -> tuple[object, ...]:
    toward = frozenset(row.toward) if row.toward else row.toward
    return *_words(row), toward, row.amount


def _times(rows: tuple[Row, ...]) -> frozenset[object]:
    return frozenset((row.since, row.until) for row in rows)


def _grounds(rows: tuple[Row, ...]) -> frozenset[object]:
    return frozenset(
        (row.since, row.until, row.speaker, frozenset(row.records), row.because, frozenset(map(_pointer, row.evidence)))
        for row in rows
    )


_pointer: Final = itemgetter(*map(Cited._fields.index, Pointer._fields))
"""An evidence without what it says of its source, which another version may have corrected."""


def _opposed(olds: set[str], news: set[str]) -> bool:
    if len(olds) > 1 or len(news) > 1 or olds == news:  # alternatives, on conditions of which only one can hold
        return False
    pair = olds | news
    return pair == {"supports", "opposes"} or bool(pair & UNDERTAKINGS and pair & REFUSALS) or "threatens" in pair


def _strength(positions: tuple[str, ...]) -> float:
    places = [(SCALE | LADDER).get(position, 0.0) for position in positions]
    return sum(places) / len(places)
