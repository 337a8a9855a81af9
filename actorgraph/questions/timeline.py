"""What happened over time to positions, of an actor, on a proposal or in a model: every change, and the events."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from actorgraph.gc_pause import no_garbage_collection
from actorgraph.ledger.things import in_parts
from actorgraph.questions.about import Mentions
from actorgraph.questions.arguments import checked_ledger
from actorgraph.questions.cells import ASKED_COLUMNS, CITED_COLUMNS, cited_cells
from actorgraph.questions.changes import SIDES, change_cells
from actorgraph.questions.echoes import echoes_among
from actorgraph.questions.envelope import Envelope, Nearest
from actorgraph.questions.lines import lines
from actorgraph.questions.moments import Moment, over_time, rows_of_moments, with_events
from actorgraph.questions.nearest import nearest_of, nearest_on, rows_of_nearest
from actorgraph.questions.options import Narrowing, checked_options
from actorgraph.questions.sql import of_proposals
from actorgraph.questions.view import View, given
from actorgraph.vocabulary import ANY

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from datetime import date
    from typing import Unpack

    from actorgraph.ledger.store import Ledger
    from actorgraph.questions.changes import Change
    from actorgraph.questions.lines import Line


@dataclass(frozen=True, repr=False)
class Timeline(Envelope[Moment]):
    """Moments, oldest first, under the envelope of an answer; `as_of` is the last day that counts.

    `nearest` is what is nearest to an answer on that day, where there are none.
    """

    moments: tuple[Moment, ...]
    nearest: tuple[Nearest, ...] = ()

    LISTS = "moments"
    COLUMNS = ("date", *ASKED_COLUMNS, "change", "event", "event_title", *SIDES, *CITED_COLUMNS)
    SHOWN = ("date", "change", "event_title", "actor_name", "proposal_title", "before", "after", "after_evidence")

    def cells(self) -> Iterator[dict[str, object]]:
        """Yield the cells of each event and each change, day by day."""
        for moment in self.moments:
            dated = {**self.asked, "date": moment.date}
            for event in moment.events:
                event_cells = {"change": "event", "event": event.id, "event_title": event.title}
                yield {**dated, **event_cells, **cited_cells(event.evidence)}
            for change in moment.changes:
                yield {**dated, **change_cells(change)}


def timeline(
    ledger: Ledger,
    name: str,
    *,
    as_of: str | date,
    every: bool = False,
    **options: Unpack[Narrowing],
) -> Timeline:
    """Return every change in the positions of an actor, or on a proposal, up to a day, with the events in between.

    A change is dated to the first day on which it is in force; its kind is named as `diff` names it. Events are
    those, from the first change on, that name an actor or a speaker of these changes, or that a source reports which
    they cite. A day on which a condition begins or ends to hold changes what depends on it.

    Args:
        ledger: The model, opened by `load`.
        name: The id, a name, a title or an alias of an actor or a proposal.
        as_of: The last day that counts; a partial date means its last day.
        every: All events, and also what was only said again, as `re-sourced`.
        options: What counts, and to whom and what it is narrowed (a group by membership on that day): see `Narrowing`.

    Returns:
        The days on which something changed or happened, oldest first.

    Raises:
        UsageProblem: An unknown name or condition, or a bad date.

    >>> from actorgraph import load
    >>> for moment in timeline(load("examples/minimal.yaml"), "fishers-union", as_of="2026-06"):
    ...     print(moment.date, [change.change for change in moment.changes], [event.id for event in moment.events])
    2025-12-03 ['added'] ['hearing']
    2026-01-15 ['toward-opposition'] []
    """
    checked_options(options, Narrowing)
    target = checked_ledger(ledger).resolve(name, "actor", "proposal")
    about = target.id if target.type == "proposal" else None
    view = View(ledger, as_of=as_of, about=about, **options)
    with no_garbage_collection():
        recorded = [
            line
            for where, ids in view.concerning(target)
            for line in lines(ledger, where, *ids, stated=view.stated)
            if view.selection.admits_actor(line.actor)
        ]
        moments = tuple(over_time(recorded, view, background=_background(view), every=every))
        is_echo = echoes_among(rows_of_moments(moments))
        moments = tuple(
            _only(
                moments,
                lambda change: (
                    not is_echo(change) and view.selection.admits(change.actor, change.proposal, change.before_proposal)
                ),
            )
        )
    query = {"command": "timeline", "target": target.id, **given(all=every)}
    moments = with_events(ledger, moments, view.day, every=every)
    also = Mentions(target, {actor for moment in moments for event in moment.events for actor in event.actors})
    nearest = () if moments else nearest_of(view, target.id) if about is None else nearest_on(view, about, (ANY,))
    named = (*rows_of_moments(moments), *rows_of_nearest(nearest))
    return Timeline(*view.envelope(query, named, also), moments, nearest)


def _background(view: View) -> Iterator[Line]:
    """Yield the lines on the proposals that those that are asked about carry on, of whomever they may concern.

    Of an actor that is asked about, all lines are there already.
    """
    about = view.selection.about
    earlier = {key for proposal in about for key in view.descents.ancestors(proposal)}.difference(about)
    for some in in_parts(earlier):
        yield from lines(view.ledger, of_proposals(len(some)), *some, stated=view.stated)


def _only(moments: Iterable[Moment], is_told: Callable[[Change], bool]) -> Iterator[Moment]:
    """Yield moments with some of their changes; what is left without any is no moment."""
    for moment in moments:
        changes = tuple(filter(is_told, moment.changes))
        if changes:
            yield moment._replace(changes=changes)
