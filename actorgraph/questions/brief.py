"""A brief: the answers to the same questions, whichever proposal or actor it is about."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from actorgraph.asked_dates import checked_since, day_of
from actorgraph.dates import LONG_AGO, OPEN, before, first_day, iso
from actorgraph.ledger.codec import turns_of_totals
from actorgraph.questions.arguments import checked_ledger
from actorgraph.questions.changes import rows_of_changes
from actorgraph.questions.diff import diff
from actorgraph.questions.disputes import disputes
from actorgraph.questions.lines import lines
from actorgraph.questions.lives import is_off_the_table
from actorgraph.questions.options import Marking, Reading, checked_options
from actorgraph.questions.silence import proposals_silent_on
from actorgraph.questions.sql import EVER_IN_FORCE, OF_ACTOR, OF_PROPOSAL
from actorgraph.questions.view import View
from actorgraph.questions.who import what, who
from actorgraph.vocabulary import ANY, SILENT

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from datetime import date
    from typing import Unpack

    from actorgraph.ledger.store import Ledger
    from actorgraph.ledger.things import Thing
    from actorgraph.questions.changes import Change
    from actorgraph.questions.diff import Changes
    from actorgraph.questions.disputes import Disputes
    from actorgraph.questions.envelope import Answer
    from actorgraph.questions.rows import Row


class Brief(NamedTuple):
    """What the record says of a proposal or an actor on a day.

    `positions` are what `who any` or `what` answers, `changes` what `diff` finds on it since an earlier day, None where
    nothing that is dated ever happened before the day asked about. `silent` has a row for each actor that is silent on
    the proposal, or for each proposal on which the actor is; it is None where nobody's silence counts: the proposal is
    not on the table, or the actor does not exist on that day, speaks for another, or is a person who states nothing.
    """

    thing: Thing
    positions: Answer
    changes: Changes | None
    silent: Answer | None
    disputes: Disputes


def brief(
    ledger: Ledger,
    name: str,
    *,
    as_of: str | date,
    since: str | date | None = None,
    **options: Unpack[Marking],
) -> Brief:
    """Return where a proposal or an actor stands, what changed, who or what is silent, and what is in dispute.

    Args:
        ledger: The model, opened by `load`.
        name: The id, a name, a title or an alias of a proposal or an actor.
        as_of: The day that is asked about; a partial date means its last day.
        since: The day from which changes are returned; by default the eve of the last one that is dated.
        options: What counts, and what is marked: see `Marking`.

    Returns:
        The answers, each as its own question gives it.

    Raises:
        UsageProblem: An unknown name or condition, a bad date or length of time, or a `since` that lies after the day.

    >>> from actorgraph import load
    >>> told = brief(load("examples/minimal.yaml"), "the harbour", as_of="2026-06")
    >>> [(row.actor, row.position) for row in told.positions]
    [('fishers-union', 'opposes'), ('harbour-board', 'supports'), ('harbour-board', 'pledges')]
    >>> [change.change for change in told.changes], [row.actor for row in told.silent], len(told.disputes)
    (['ended'], ['town-council'], 0)
    """
    checked_options(options, Marking)
    thing = checked_ledger(ledger).resolve(name, "proposal", "actor")
    assume = options["assume"] = tuple(options.get("assume", ()))
    reading: Reading = {"stated": options.get("stated", False), "assume": assume}
    if thing.type == "actor":
        positions = what(ledger, thing.id, as_of=as_of, **options)
        silent = proposals_silent_on(View(ledger, as_of=as_of, **reading), thing)
    else:
        positions = who(ledger, ANY, thing.id, as_of=as_of, **options)
        is_gone = is_off_the_table(thing, day_of(as_of))
        silent = None if is_gone else who(ledger, SILENT, thing.id, as_of=as_of, **reading)
    day = day_of(as_of)
    if since is not None and checked_since(since, day) == day:
        changes: Changes | None = diff(ledger, str(iso(day)), str(iso(day)), **reading)
    else:
        changes = changes_on(ledger, thing, as_of=as_of, since=since, **reading)
    return Brief(thing, positions, changes, silent, disputes(ledger, thing.id, as_of=as_of, **options))


def changes_on(
    ledger: Ledger,
    thing: Thing,
    *,
    as_of: str | date,
    since: str | date | None = None,
    stated: bool = False,
    assume: Iterable[str] = (),
) -> Changes | None:
    """Return what changed on a proposal, or of what an actor holds, since a day, by default the eve of the last change.

    That eve lies before the first day on which any of these changes may have been made: of what is dated `2025`, before
    that year. What was said by a day, and nobody knows since when, is none of them, unless a day is named. None where
    nothing that is dated was held before the day asked about, or since that day itself is asked for.

    >>> from actorgraph import load
    >>> ledger = load("examples/minimal.yaml")
    >>> changed = changes_on(ledger, ledger.resolve("harbour", "proposal"), as_of="2026-06")
    >>> changed.query["from"], [change.actor for change in changed]
    ('2026-02-28', ['town-council'])
    """
    day, assumed = day_of(as_of), tuple(assume)

    def since_day(base: int) -> Changes:
        answer = diff(ledger, str(iso(base)), str(iso(day)), stated=stated, assume=assumed)
        if thing.type == "actor":
            return replace(answer, changes=tuple(change for change in answer if change.actor == thing.id))
        on_it = tuple(change for change in answer if thing.id in (change.proposal, change.before_proposal))
        return replace(answer, changes=on_it)

    if since is not None:
        return None if day_of(since) == day else since_day(day_of(since))
    for turn in _turns(ledger, thing, day):
        answer = _since_the_eve_of(turn, since_day, ledger)
        if answer is not None:
            return answer
    return None


def _since_the_eve_of(turn: int, since_day: Callable[[int], Changes], ledger: Ledger) -> Changes | None:
    """Return what changed since the eve of a day, or an earlier one: none of the changes may have been made by then.

    None where of what changed nobody knows since when.
    """
    base = _eve(turn)
    while base:
        answer = since_day(base)
        dated = [(change, first) for change, first in _with_first_days(ledger, answer, base) if first]
        earliest = min((first for _, first in dated), default=OPEN)
        if earliest > base:
            kept = tuple(change for change, _ in dated)
            return replace(answer, changes=kept) if kept or not answer.changes else None
        base = _eve(earliest)
    return None


def _turns(ledger: Ledger, thing: Thing, day: int) -> list[int]:
    """Return the days up to one on which what was stated, or an amount of it, began or ended, the latest first."""
    of_it = OF_ACTOR if thing.type == "actor" else OF_PROPOSAL
    every = lines(ledger, f"{EVER_IN_FORCE} AND ({of_it})", thing.id, stated=True)
    turns = {turn for line in every for turn in (line.since, line.until, *turns_of_totals(line.amounts))}
    return sorted((turn for turn in turns if turn <= day), reverse=True)


def _eve(day: int) -> int:
    """Return the day before another, 0 where there is none."""
    return before(day, "1d") if day else 0


def _with_first_days(ledger: Ledger, changes: Changes, base: int) -> Iterator[tuple[Change, int]]:
    """Yield the changes since a day, each with the first day on which it may have been made.

    That is `LONG_AGO` where nobody knows, and `OPEN` where nothing of it is dated. Nothing is said on a proposal before
    it is on record.
    """
    day = day_of(changes.as_of)
    proposals = ledger.by_id({row.proposal for row in rows_of_changes(changes)}, "proposal").values()
    on_record = {one.id: first_day(one.body["since"]) for one in proposals if one.body.get("since")}

    def earliest(row: Row, turn: int, curated: str | None) -> int:
        return min(turn, max(first_day(curated), on_record.get(row.proposal, LONG_AGO)) if curated else turn)

    for change in changes:
        begun = [(row, day_of(row.since), row.since_date) for row in change.after if row.since]
        ended = [(row, day_of(row.until), row.until_date) for row in change.before if row.until]
        turns = [*(turn for turn in begun if turn[1] > base), *(turn for turn in ended if turn[1] <= day)]
        if not turns:  # it was said again, otherwise
            again = [(row, day_of(row.last_said), row.last_said_date) for row in change.after if row.last_said]
            turns = [turn for turn in again if turn[1] > base]
        yield change, min((earliest(*turn) for turn in turns), default=OPEN)
