"""A brief: the answers to the same questions, whichever proposal or actor it is about."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from actorgraph.asked_dates import day_of
from actorgraph.dates import before, iso
from actorgraph.errors import UsageProblem
from actorgraph.questions.arguments import checked_ledger
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
    from collections.abc import Iterable
    from datetime import date
    from typing import Unpack

    from actorgraph.ledger.store import Ledger
    from actorgraph.ledger.things import Thing
    from actorgraph.questions.diff import Changes
    from actorgraph.questions.disputes import Disputes
    from actorgraph.questions.envelope import Answer


class Brief(NamedTuple):
    """What the record says of a proposal or an actor on a day.

    `positions` are what `who any` or `what` answers, `changes` what `diff` finds on it since an earlier day, None where
    nothing ever happened before the day asked about. `silent` has a row for each actor that is silent on the proposal,
    or for each proposal on which the actor is; it is None where nobody's silence counts: the proposal is not on the
    table, or the actor is a person who speaks for another.
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
        since: The day from which changes are returned; by default the eve of the last one.
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
    if since is not None and day_of(since) > day_of(as_of):
        raise UsageProblem(f"nothing can have changed since {iso(day_of(since))}: that is after {positions.as_of}")
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

    None where nothing was held before the day asked about, or since that day itself is asked for.

    >>> from actorgraph import load
    >>> ledger = load("examples/minimal.yaml")
    >>> changed = changes_on(ledger, ledger.resolve("harbour", "proposal"), as_of="2026-06")
    >>> changed.query["from"], [change.actor for change in changed]
    ('2026-02-28', ['town-council'])
    """
    day = day_of(as_of)
    base = _eve_of_the_last_change(ledger, thing, day) if since is None else day_of(since)
    if base in (0, day):
        return None
    answer = diff(ledger, str(iso(base)), str(iso(day)), stated=stated, assume=assume)
    if thing.type == "actor":
        return replace(answer, changes=tuple(change for change in answer if change.actor == thing.id))
    on_it = tuple(change for change in answer if thing.id in (change.proposal, change.before_proposal))
    return replace(answer, changes=on_it)


def _eve_of_the_last_change(ledger: Ledger, thing: Thing, day: int) -> int:
    """Return the day before what was stated last changed, up to a day; 0 where nothing was."""
    of_it = OF_ACTOR if thing.type == "actor" else OF_PROPOSAL
    every = lines(ledger, f"{EVER_IN_FORCE} AND ({of_it})", thing.id, stated=True)
    last = max((turn for line in every for turn in (line.since, line.until) if turn <= day), default=0)
    return before(last, "1d") if last else 0
