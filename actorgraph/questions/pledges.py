"""Say and do: what became of each undertaking, and how long it took from the pledge to the delivery."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from itertools import groupby, pairwise
from math import inf
from statistics import median
from typing import TYPE_CHECKING, Final, NamedTuple

from actorgraph.dates import OPEN, before
from actorgraph.gc_pause import no_garbage_collection
from actorgraph.names import fold
from actorgraph.questions.about import Mentions
from actorgraph.questions.arguments import checked_number
from actorgraph.questions.behind import Quantity
from actorgraph.questions.cells import ASKED_COLUMNS, condition_in_words
from actorgraph.questions.envelope import Envelope
from actorgraph.questions.lines import lines, parsed
from actorgraph.questions.lives import ends_of
from actorgraph.questions.options import Narrowing, checked_options
from actorgraph.questions.rows import Row, made
from actorgraph.questions.sql import ANY_DAY, COMMITMENTS_SAID
from actorgraph.questions.undertakings import (
    CERTAIN,
    DELIVERED,
    OUTCOMES,
    Spell,
    Undertaking,
    threads_of,
    undertakings_of,
)
from actorgraph.questions.view import View, contests, target_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date
    from typing import Unpack

    from actorgraph.ledger.store import Ledger
    from actorgraph.ledger.things import Thing
    from actorgraph.questions.lines import ParsedLine

MIN_DELIVERED: Final = 3
"""How many an actor must have delivered, with a pledge on record, before a median says how long it took."""


class Fulfilment(NamedTuple):
    """What became of all that an actor undertook: numbers of undertakings by outcome, of `n` that are counted.

    What is contested or only possible is not. `timed` are those delivered with a pledge on record, and the medians of
    the days between, at least and at most, are over them; None where they are too few, or where nobody knows.
    """

    actor: str
    actor_name: str
    n: int
    delivered: int
    open: int
    withdrawn: int
    lapsed: int
    ended: int
    contested: int
    possible: int
    timed: int
    median_at_least: float | None
    median_at_most: float | None


_DAYS: Final = ("days_at_least", "days_at_most")
_PAST: Final = {"pledges": "pledged", "allocates": "allocated", "delivers": "delivered"}


def _columns_of_amount(past: str) -> list[str]:
    """Return the columns of how much was pledged, allocated or delivered."""
    return [f"{past}_{part}" for part in Quantity._fields]


@dataclass(frozen=True, repr=False)
class Pledges(Envelope[Undertaking]):
    """Undertakings under the envelope of an answer, by actor and from the oldest on, and their numbers by actor.

    `rows` are the rows behind them, where they were asked for (`explain`), else none.
    """

    undertakings: tuple[Undertaking, ...]
    by_actor: tuple[Fulfilment, ...]
    rows: tuple[Row, ...]

    LISTS = "undertakings"
    COLUMNS = (
        *ASKED_COLUMNS,
        "actor",
        "actor_name",
        "proposal",
        "proposal_title",
        "toward",
        "outcome",
        "fate",
        *(column for past in _PAST.values() for column in (past, *_columns_of_amount(past))),
        "closed_date",
        *_DAYS,
        "conditions",
        "records",
    )
    SHOWN = (
        "actor_name",
        "proposal_title",
        "toward",
        "outcome",
        "pledged",
        "delivered",
        *_DAYS,
    )

    def cells(self) -> Iterator[dict[str, object]]:
        """Yield the cells of each undertaking; dates are as curated."""
        for undertaking in self.undertakings:
            steps: dict[str, object] = {}
            for step in undertaking.steps:
                past = _PAST[step.stage]
                steps |= {past: step.date, **dict(zip(_columns_of_amount(past), step.amount or (), strict=False))}
            yield {
                **self.asked,
                **undertaking._asdict(),
                **steps,
                "toward": (undertaking.toward,) if undertaking.toward else (),
                "conditions": tuple(map(condition_in_words, undertaking.conditions)),
            }


def pledges(
    ledger: Ledger,
    name: str | None = None,
    *,
    as_of: str | date,
    min_delivered: int = MIN_DELIVERED,
    explain: bool = False,
    **options: Unpack[Narrowing],
) -> Pledges:
    """Return what became of each undertaking by a day: of an actor, on a proposal, or of all that have any.

    An undertaking is followed toward each addressee apart; what is said to everybody carries on what was said to one
    before. Days are between the days on which the pledge and the delivery can have been: at least, and at most.

    Args:
        ledger: The model, opened by `load`.
        name: The id, a name, a title or an alias of an actor or a proposal; all actors where none is named.
        as_of: The last day that counts; a partial date means its last day.
        min_delivered: How many an actor must have delivered before a median says how long it took.
        explain: Also the rows behind the answer.
        options: What counts, and to whom and what it is narrowed: see `Narrowing`.

    Returns:
        The undertakings, and their numbers by actor.

    Raises:
        UsageProblem: An unknown name, condition, kind, group or tag, a bad date, or a minimum below 1.

    >>> from actorgraph import load
    >>> (pledge,) = pledges(load("examples/minimal.yaml"), as_of="2026-02-11")
    >>> pledge.actor, pledge.outcome, pledge.steps[0].date, pledge.days_at_most, pledge.conditions
    ('harbour-board', 'open', '2026-02-01', 10, ('state-loan',))
    """
    checked_options(options, Narrowing)
    checked_number(min_delivered, "the fewest deliveries", 1)
    target, about = target_of(ledger, name)
    view = View(ledger, as_of=as_of, about=about, **options)
    with no_garbage_collection():
        pieces = _pieces(view, target)
        ends = ends_of(view.ledger, {piece.row.proposal for piece in pieces})
        followed = [item for thread in threads_of(pieces) for item in undertakings_of(thread, view.day, ends)]
    followed.sort(key=lambda item: _order(item.undertaking))
    undertakings = tuple(item.undertaking for item in followed)
    behind = tuple(dict.fromkeys(row for item in followed for row in item.rows))
    asked = {"command": "pledges", "target": target and target.id, "min_delivered": min_delivered}
    query = {key: value for key, value in asked.items() if value is not None}
    addressees = {undertaking.toward for undertaking in undertakings if undertaking.toward is not None}
    head = view.envelope(query, behind, Mentions(target, actors=addressees))
    return Pledges(*head, undertakings, _by_actor(undertakings, min_delivered), behind if explain else ())


def _order(undertaking: Undertaking) -> tuple[str, ...]:
    begun = undertaking.steps[0].since if undertaking.steps else ""
    return fold(undertaking.actor_name), undertaking.actor, begun, undertaking.proposal, undertaking.toward or ""


class _Said(NamedTuple):
    """A spell, and the line of which it is."""

    spell: Spell
    piece: ParsedLine


def _pieces(view: View, target: Thing | None) -> list[Spell]:
    """Return the commitments that were in force by the day of a view, or are possible on it, as a scenario has them.

    An assumption leaves out what it rules out. That a condition does not hold on that day, by the record, undoes
    nothing that was undertaken: it stands with its conditions. Only then it contests nothing on that day.
    """
    asked = [(ANY_DAY, list[str]())] if target is None else view.concerning(target)
    spells: list[_Said] = []
    for where, ids in asked:
        said = lines(view.ledger, f"{COMMITMENTS_SAID} AND ({where})", *[view.day] * 3, *ids, stated=True)
        for piece in parsed(said):
            line = piece.line
            conditions = view.scenario.settle(line.depends_on, view.day)
            if conditions is None:
                conditions = view.scenario.assume(line.depends_on)
            if conditions is None or not view.selection.admits(line.actor, line.proposal):
                continue
            is_possible = line.earliest < line.since
            row = _made(piece, OPEN if is_possible else line.until, view)._replace(conditions=conditions)
            spells.append(_Said(Spell(line.since, line.until, is_possible, row), piece))
    return list(_without_contests_that_are_over(spells, view))


def _made(piece: ParsedLine, until: int, view: View) -> Row:
    """Return the row of a line on the last day before another one, or on that of the view where this comes sooner."""
    day = view.day if until > view.day else before(until, "1d")
    (row,) = made([piece], day, view.ledger.sources)
    return row


def _without_contests_that_are_over(spells: Sequence[_Said], view: View) -> Iterator[Spell]:
    """Yield spells, in parts where it is for a part of their time that a scenario leaves out what contests them.

    Of what contradicts one another, that of which the conditions do not hold on a day is left out for it.
    """
    contested: dict[tuple[str, str], list[_Said]] = defaultdict(list)
    for said in spells:
        if said.spell.row.contested:
            contested[said.spell.row.actor, said.spell.row.proposal].append(said)
    for said in spells:
        spell, row = said.spell, said.spell.row
        if not row.contested:
            yield spell
            continue
        rivals = [rival for rival in contested[row.actor, row.proposal] if contests(rival.spell.row, row)]
        turns = {day for one in (*rivals, said) for day in view.scenario.turns(one.piece.line.depends_on)}
        if not (turns or view.scenario.assumed):
            yield spell
            continue
        for since, until, goes_on in _stretches(said, rivals, turns, view):
            made_of = row if (since, until) == (spell.since, spell.until) else _made(said.piece, until, view)
            contest = row.contest if goes_on else None
            left = made_of._replace(conditions=row.conditions, contested=goes_on, contest=contest)
            yield Spell(since, until, is_possible=False, row=left)


def _stretches(
    said: _Said, rivals: Iterable[_Said], turns: Iterable[int], view: View
) -> Iterator[tuple[int, int, bool]]:
    """Yield the parts of a spell that begin by the day of a view and count: since, until, and if rivals contest it.

    `turns` are the days on which what is known of conditions changes.
    """
    spell = said.spell
    rivals = [rival for rival in rivals if rival.spell.since < spell.until and spell.since < rival.spell.until]
    every = {*turns, *(day for rival in rivals for day in (rival.spell.since, rival.spell.until))}
    inside = sorted(day for day in every if spell.since < day < spell.until and day <= view.day)

    def holds(record: _Said, day: int) -> bool:
        return view.scenario.settle(record.piece.line.depends_on, day) is not None

    def is_contested(day: int) -> bool | None:
        """Whether it is contested on a day, None where it does not count on it."""
        others = [rival for rival in rivals if rival.spell.is_on(day)]
        is_beaten = any(holds(rival, day) for rival in others)
        if holds(said, day):
            return is_beaten
        return None if is_beaten else bool(others)

    for goes_on, some in groupby(pairwise((spell.since, *inside, spell.until)), lambda days: is_contested(days[0])):
        stretches = list(some)
        if goes_on is not None:
            yield stretches[0][0], stretches[-1][1], goes_on


def _by_actor(undertakings: Iterable[Undertaking], min_delivered: int) -> tuple[Fulfilment, ...]:
    """Return the numbers of each actor, in the order of the undertakings."""
    theirs: dict[str, list[Undertaking]] = defaultdict(list)
    for undertaking in undertakings:
        theirs[undertaking.actor].append(undertaking)
    return tuple(_fulfilment(some, min_delivered) for some in theirs.values())


def _fulfilment(some: Sequence[Undertaking], min_delivered: int) -> Fulfilment:
    numbers = {outcome: sum(each.outcome == outcome for each in some) for outcome in OUTCOMES}
    timed = [each for each in some if each.outcome == DELIVERED and each.days_at_least is not None]
    is_enough = len(timed) >= min_delivered
    return Fulfilment(
        actor=some[0].actor,
        actor_name=some[0].actor_name,
        n=sum(numbers[outcome] for outcome in CERTAIN),
        **numbers,
        timed=len(timed),
        median_at_least=_median([each.days_at_least for each in timed]) if is_enough else None,
        median_at_most=_median([each.days_at_most for each in timed]) if is_enough else None,
    )


def _median(days: Iterable[int | None]) -> float | None:
    """Return the median of numbers of days, where None stands for more than anybody knows.

    >>> _median([1, 2, 5]), _median([1, 2]), _median([1, None, None])
    (2, 1.5, None)
    """
    middle = median(inf if day is None else day for day in days)
    return None if middle == inf else middle
