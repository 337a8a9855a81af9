"""Two sides of a question, compared unit by unit and addressee by addressee: what a change is.

A *unit* is what an actor has stated on a proposal, or what is inferred of it, as stances or as commitments; its side is
the set of its rows in force. What was stated is compared with what is stated, and what was inferred with what is
inferred.
"""

from __future__ import annotations

from collections import defaultdict
from operator import itemgetter
from typing import TYPE_CHECKING, Final, NamedTuple

from actorgraph.ledger.codec import new
from actorgraph.ledger.intervals import shortest
from actorgraph.names import fold
from actorgraph.questions.cells import TRACK_COLUMNS, side_cells, side_columns
from actorgraph.questions.kinds_of_change import QUIET, kind_of_change
from actorgraph.questions.rows import Row
from actorgraph.vocabulary import EVERYBODY

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    _Rows = Sequence[Row]


class Unit(NamedTuple):
    """What is compared: what is stated or inferred of an actor on a proposal, as stances or as commitments."""

    basis: str
    kind: str
    actor: str
    proposal: str


class Change(NamedTuple):
    """How one unit differs: the kind of change, and the rows in force on each side (either may be empty).

    `basis` says whether it was stated or inferred. `proposal` is that of `after`, `before_proposal` that of `before`:
    another one where a position is carried on to the proposal that succeeds it. `date` is when the later side begins,
    or where that is empty when the other ended, as curated; None where it does not end. `fate` is what became of the
    proposal, where its end is what ended the position.
    """

    change: str
    basis: str
    kind: str
    actor: str
    actor_name: str
    proposal: str
    proposal_title: str
    before_proposal: str
    before_proposal_title: str
    date: str | None
    fate: str | None
    before: tuple[Row, ...]
    after: tuple[Row, ...]

    @property
    def unit(self) -> Unit:
        """The unit on the side after, or before where there is none after."""
        return Unit(self.basis, self.kind, self.actor, self.proposal)


def change_cells(change: Change) -> dict[str, object]:
    """Return the cells of a change: what each side held, on which records and evidence."""
    cells = change._asdict()
    date = cells.pop("date")  # the moment of a timeline has one of its own
    return {
        **cells,
        "change_date": date,
        **side_cells("before", change.before),
        **side_cells("after", change.after),
    }


SIDES: Final = (
    "basis",
    *TRACK_COLUMNS,
    "before_proposal",
    "before_proposal_title",
    "change_date",
    "fate",
    *side_columns("before"),
    *side_columns("after"),
)
"""The columns of a change, besides its kind."""


def rows_of_changes(changes: Iterable[Change]) -> list[Row]:
    """Return the rows of both sides of changes."""
    return [row for change in changes for side in (change.before, change.after) for row in side]


def in_order(changes: Iterable[Change]) -> tuple[Change, ...]:
    """Return changes in the order of an answer: stated before inferred, changed minds before what is new or gone.

    Within each, they are sorted by actor name, proposal and kind.
    """
    by_actor: dict[tuple[bool, bool, str, str], list[Change]] = defaultdict(list)
    for change in changes:
        is_new_or_gone = change.change in ("added", "ended")
        by_actor[change.basis != "stated", is_new_or_gone, fold(change.actor_name), change.actor].append(change)
    ordered: list[Change] = []
    for actor in sorted(by_actor):
        of_actor = by_actor[actor]
        is_one_each = len(set(map(_proposal_of, of_actor))) == len(of_actor)  # as mostly: it sorts in half the time
        ordered += sorted(of_actor, key=_proposal_of if is_one_each else _order)
    return tuple(ordered)


_proposal_of: Final = itemgetter(Change._fields.index("proposal"))


def _order(change: Change) -> tuple[object, ...]:
    return change.proposal, change.kind != "stance", change.change, [row.toward for row in change.before]


# -- the sides of a unit ---------------------------------------------------------------------------------------


class Part(NamedTuple):
    """A change of one unit, or of the part of it that has the same addressees: its kind, and the rows of each side."""

    change: str
    before: tuple[Row, ...]
    after: tuple[Row, ...]


def unit_of(row: Row) -> Unit:
    """Return the unit that a row belongs to."""
    return new(Unit, _UNIT(row))


_UNIT: Final = itemgetter(*map(Row._fields.index, Unit._fields))


def units(rows: Iterable[Row]) -> dict[Unit, tuple[Row, ...]]:
    """Return rows by unit, those of each in their order."""
    by_unit: dict[Unit, list[Row]] = defaultdict(list)
    for row in rows:
        by_unit[unit_of(row)].append(row)
    return {unit: tuple(of_unit) for unit, of_unit in by_unit.items()}


def in_units(tracks: Iterable[tuple[Row, ...]]) -> Iterator[tuple[Row, ...]]:
    """Yield the rows of whole tracks, those of each unit together: most tracks have one row alone."""
    for rows in tracks:
        if len(rows) == 1:
            yield rows
        else:
            yield from units(rows).values()


def parts(before: _Rows, after: _Rows, shown: tuple[_Rows, _Rows] | None = None, *, every: bool = True) -> list[Part]:
    """Return how one unit differs between two sides of it; nothing where it does not to the letter.

    Without `every` there is nothing, either, where it was only said again, or on other evidence.

    Addressees that both sides share are compared one by one, and listed together where it is the same for them. Where
    they share none, the sides are compared whole if one is to everybody or both say the same; else the one has ended
    and the other is new. `shown` are the rows to show in place of those, one for one: versions show them under the ids
    that they have.
    """
    was_shown, now_shown = shown or (before, after)
    if not before or not after or (len(before) == len(after) == 1 and before[0].toward == after[0].toward):
        change = kind_of_change(tuple(before), tuple(after), every=every)
        return [] if change is None else [new(Part, (change, tuple(was_shown), tuple(now_shown)))]
    pieces = []
    for here, there, toward in _by_addressee(before, after):
        was, is_now = _narrowed(before, here, toward), _narrowed(after, there, toward)
        change = kind_of_change(was, is_now, every=every)
        if change is not None:
            narrowed = _narrowed(before, here, toward, was_shown), _narrowed(after, there, toward, now_shown)
            pieces.append(Part(change, *narrowed))
    return pieces


_Numbered = tuple[tuple[int, ...], tuple[int, ...], frozenset[str] | None]
"""The numbers of the rows before, of those after, and their addressees; None for whatever addressees they have."""


def _by_addressee(before: Sequence[Row], after: Sequence[Row]) -> list[_Numbered]:
    all_before, all_after = tuple(range(len(before))), tuple(range(len(after)))
    whole: list[_Numbered] = [(all_before, all_after, None)]
    if not any(row.toward for row in (*before, *after)):
        return whole
    here, there = _rows_to(before), _rows_to(after)
    if here.keys() & there.keys():
        groups: dict[tuple[tuple[int, ...], tuple[int, ...]], list[str]] = defaultdict(list)
        for addressee in sorted({*here, *there}):
            groups[here.get(addressee, ()), there.get(addressee, ())].append(addressee)
        return [(*numbers, frozenset(toward)) for numbers, toward in groups.items()]
    says_the_same = {_says(row) for row in before} == {_says(row) for row in after}
    if EVERYBODY in here or EVERYBODY in there or says_the_same:
        return whole
    return [(all_before, (), None), ((), all_after, None)]


def _rows_to(rows: Sequence[Row]) -> dict[str, tuple[int, ...]]:
    """Return the numbers of the rows to each addressee."""
    numbers: dict[str, tuple[int, ...]] = {}
    for number, row in enumerate(rows):
        for addressee in row.toward or (EVERYBODY,):
            numbers[addressee] = (*numbers.get(addressee, ()), number)
    return numbers


def _says(row: Row) -> tuple[str, tuple[str, ...]]:
    return row.position, row.conditions


def _narrowed(
    rows: Sequence[Row], numbers: tuple[int, ...], toward: frozenset[str] | None, shown: Sequence[Row] | None = None
) -> tuple[Row, ...]:
    """Return rows by number, of each only these addressees, or what is shown in their place."""
    shown = rows if shown is None else shown
    if toward is None:
        return tuple([shown[number] for number in numbers])
    return tuple(
        shown[number]._replace(
            toward=tuple(
                there for here, there in zip(rows[number].toward, shown[number].toward, strict=True) if here in toward
            )
        )
        for number in numbers
    )


# -- changes ---------------------------------------------------------------------------------------------------


def change_of(part: Part, *, after_is_later: bool = True, fate: str | None = None, is_carried: bool = False) -> Change:
    """Return a part as a change; `is_carried` where it goes on to the proposal that succeeds that of before."""
    change, before, after = part
    row, old = (after or before)[0], (before or after)[0]
    return new(
        Change,
        (
            "carried" if is_carried and change == "re-sourced" else change,
            *_WHOSE(row),
            *_ON_WHAT(old),
            _date(after, before) if after_is_later else _date(before, after),
            fate,
            before,
            after,
        ),
    )


_ON_WHAT: Final = itemgetter(*map(Row._fields.index, ("proposal", "proposal_title")))
_WHOSE: Final = itemgetter(
    *map(Row._fields.index, ("basis", "kind", "actor", "actor_name", "proposal", "proposal_title"))
)


def _date(later: tuple[Row, ...], earlier: tuple[Row, ...]) -> str | None:
    """Return when the later side begins, or where it is empty when the earlier one ended: the last day, as curated."""
    if len(later) == 1:
        return later[0].since_date
    if not later and len(earlier) == 1:
        return earlier[0].until_date
    days = [(row.since, row.since_date) for row in later] or [(row.until, row.until_date) for row in earlier]
    dated = [(day, date) for day, date in days if day is not None and date is not None]
    last = max((day for day, _ in dated), default=None)
    return shortest(date for day, date in dated if day == last)


def compare(before: Iterable[Row], after: Iterable[Row]) -> tuple[Change, ...]:
    """Return the changes that are listed between two sides of rows, in order, whatever made them differ.

    >>> from actorgraph import load, what
    >>> ledger = load("examples/minimal.yaml")
    >>> sides = [what(ledger, "town council", as_of=day).rows for day in ("2025-12", "2026-06")]
    >>> [(change.change, change.actor, change.date) for change in compare(*sides)]
    [('ended', 'town-council', '2026-03-01')]
    """
    return in_order(loud(compared(units(before), units(after)), every=False))


def compared(before: Mapping[Unit, tuple[Row, ...]], after: Mapping[Unit, tuple[Row, ...]]) -> Iterator[Change]:
    """Yield the changes between two sides, unit by unit, in no order, as if the side after were the later."""
    for unit in {**before, **after}:
        for part in parts(before.get(unit, ()), after.get(unit, ())):
            yield change_of(part)


def loud(changes: Iterable[Change], *, every: bool) -> Iterator[Change]:
    """Yield the changes that are listed: all with `every`, else those that say more than that it was said again."""
    return (change for change in changes if every or change.change not in QUIET)
