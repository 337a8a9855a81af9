"""What is nearest to an answer that is not there: on parts of a proposal, said for others, held by those close by.

It is no answer, and so never among the rows: whoever asked may ask on.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final

from actorgraph.dates import before, ends_on, iso
from actorgraph.ledger.things import in_parts
from actorgraph.questions.echoes import without_echoes
from actorgraph.questions.envelope import Nearest
from actorgraph.questions.lives import is_off_the_table, outside_of_life
from actorgraph.questions.relations import ties
from actorgraph.questions.rows import Row, stated_first
from actorgraph.questions.sql import OF_ACTOR, OF_BOTH, SPOKEN_BY, of_proposals
from actorgraph.questions.structure import links, steps_from
from actorgraph.questions.view import View
from actorgraph.vocabulary import ANY

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from actorgraph.ledger.store import Ledger
    from actorgraph.ledger.things import Thing

NEAR: Final[dict[str, str]] = {
    "left-out": "what the options of the question leave out",
    "last": "what was held on the last day that the proposal was on the table",
    "otherwise": "other positions on what was asked about",
    "part": "what is held on a part of the proposal",
    "whole": "what is held on a proposal of which it is a part",
    "successor": "what is held on a text that succeeds it",
    "predecessor": "what is held on a text that it succeeds",
    "spoken": "what the actor said for another",
    "represented": "what somebody holds for whom the actor speaks",
    "representative": "what somebody holds who speaks for the actor",
    "member": "what a member of it holds",
    "group": "what a group holds to which the actor belongs",
}
"""Every way to be near to an answer, with what it leads to."""


def rows_of_nearest(nearest: Iterable[Nearest]) -> list[Row]:
    """Return the rows to which all of it leads."""
    return [row for item in nearest for row in item.rows]


def nearest_on(view: View, proposal: str, positions: tuple[str, ...]) -> tuple[Nearest, ...]:
    """Return what is nearest to an answer that knows nobody who holds some positions on a proposal (by id).

    >>> from actorgraph import load
    >>> view = View(load("examples/minimal.yaml"), as_of="2026-06", about="harbour")
    >>> [(item.near, [row.position for row in item.rows]) for item in nearest_on(view, "harbour", ("declines",))]
    [('otherwise', ['opposes', 'supports', 'pledges'])]
    """

    def asked(row: Row) -> bool:
        return positions == (ANY,) or row.position in positions

    free, last = _without_options(view, proposal), _on_its_last_day(view, proposal)
    return (
        *_near("left-out", None, filter(asked, free.rows_about() if free else ())),
        *_near("last", None, filter(asked, last.rows_about() if last else ())),
        *_near("otherwise", None, (row for row in view.rows_about() if not asked(row))),
        *(
            item
            for near, others in _structure(view.ledger, proposal).items()
            if near != "part" or "parts" not in view.selection.asked
            for other in others
            for item in _near(near, other, (row for row in _on(view, other) if asked(row)))
        ),
    )


def nearest_of(view: View, actor: str, proposal: str | None = None) -> tuple[Nearest, ...]:
    """Return what is nearest to an answer that knows nothing of an actor (by id), at all or on a proposal.

    >>> from actorgraph import load
    >>> view = View(load("examples/minimal.yaml"), as_of="2026-06")
    >>> [(item.near, item.through, [row.position for row in item.rows]) for item in nearest_of(view, "olsen")]
    [('spoken', 'fishers-union', ['opposes']), ('represented', 'fishers-union', ['opposes'])]
    """
    free = None if proposal else _without_options(view)  # `why` has its own list of what is left out
    last = _on_its_last_day(view, proposal) if proposal else None
    related = _structure(view.ledger, proposal) if proposal else {}
    own = view.rows(OF_ACTOR, actor, narrowed=False) if related else ()
    spoken = spoken_by(view, actor, proposal)
    known = set(rows_of_nearest(spoken)) if proposal else set()
    return (
        *_near("left-out", None, free.rows(OF_ACTOR, actor) if free else ()),
        *_near("last", None, last.rows(OF_BOTH, actor, proposal) if last else ()),
        *(
            item
            for near, others in related.items()
            for other in others
            for item in _near(near, other, (row for row in own if row.proposal == other))
        ),
        *spoken,
        *(
            item
            for near, others in _company(view, actor).items()
            for other in others
            for item in _near(near, other, (row for row in _of(view, other, proposal) if row not in known))
        ),
    )


def spoken_by(view: View, actor: str, proposal: str | None = None) -> tuple[Nearest, ...]:
    """Return what an actor (by id) said for others that is in force, each of these apart, at all or on a proposal."""
    subjects: dict[str, dict[str, None]] = defaultdict(dict)
    records = set()
    for other, on, record in view.ledger.rows(SPOKEN_BY, (actor, view.day)):
        if view.selection.admits_proposal(on) and proposal in (None, on):
            subjects[other][on] = None
            records.add(record)
    spoken = (
        (other, [row for row in _held_on(view, other, on) if not records.isdisjoint(row.records)])
        for other, on in subjects.items()
    )
    return tuple(item for other, rows in spoken for item in _near("spoken", other, rows))


def _held_on(view: View, actor: str, proposals: Iterable[str]) -> Iterator[Row]:
    """Yield what is stated of an actor on some proposals."""
    for some in in_parts(proposals):
        rows = view.rows(f"{OF_ACTOR} AND {of_proposals(len(some))}", actor, *some, narrowed=False)
        yield from (row for row in rows if row.basis == "stated")


def close_to(view: View, thing: Thing) -> Mapping[str, tuple[str, ...]]:
    """Return the ids of the proposals or actors that are close to one on the day, the nearest first, by how (`NEAR`).

    >>> from actorgraph import load
    >>> ledger = load("examples/minimal.yaml")
    >>> close_to(View(ledger, as_of="2026-06"), ledger.resolve("olsen", "actor"))["represented"]
    ('fishers-union',)
    """
    return _company(view, thing.id) if thing.type == "actor" else _structure(view.ledger, thing.id)


def _near(near: str, through: str | None, rows: Iterable[Row]) -> Iterator[Nearest]:
    left = stated_first(without_echoes(rows))
    if left:
        yield Nearest(near, through, left)


def _without_options(view: View, about: str | None = None) -> View | None:
    """Return a view without what leaves rows out: assumptions, `stated` and narrowing; None where nothing does."""
    selection = view.selection
    if not (view.stated or view.scenario.assumed or selection.actors is not None or selection.proposals is not None):
        return None
    parts = about is not None and "parts" in selection.asked
    return View(view.ledger, as_of=view.date, about=about, parts=parts, stale_after=view.stale_after)


def _on_its_last_day(view: View, proposal: str) -> View | None:
    """Return a view on the last day of a proposal that has been taken off the table since; None of any other."""
    thing = view.ledger.by_id([proposal], "proposal")[proposal]
    if outside_of_life(thing, view.day) != "after" or not is_off_the_table(thing, view.day):
        return None
    day = iso(before(ends_on(thing.body["until"]), "1d"))
    assume, asked = view.scenario.assumed, view.selection.asked
    return View(view.ledger, as_of=str(day), about=proposal, stated=view.stated, assume=assume, **asked)


def _on(view: View, proposal: str) -> Iterator[Row]:
    rows = view.rows(of_proposals(1), proposal, narrowed=False)
    return (row for row in rows if view.selection.admits_actor(row.actor))


def _of(view: View, actor: str, proposal: str | None) -> Iterator[Row]:
    where, ids = (OF_ACTOR, (actor,)) if proposal is None else (OF_BOTH, (actor, proposal))
    rows = view.rows(where, *ids, narrowed=False)
    return (row for row in rows if view.selection.admits_proposal(row.proposal))


def _structure(ledger: Ledger, proposal: str) -> dict[str, tuple[str, ...]]:
    """Return the proposals to which the structure of the model leads from one, nearest first, by how."""
    things = ledger.things("proposal")
    part_of, succeeds = links(things, "part-of"), links(things, "succeeds")
    ways = {
        "part": part_of.back,
        "whole": part_of.onward,
        "successor": succeeds.back,
        "predecessor": succeeds.onward,
    }
    return {near: tuple(steps_from([proposal], edges))[1:] for near, edges in ways.items()}


def _company(view: View, actor: str) -> dict[str, tuple[str, ...]]:
    """Return the actors to whom the day's relations lead from one, by how."""
    near = ties(view.ledger, view.day, actor)

    def from_it(relation: str) -> tuple[str, ...]:
        return tuple(dict.fromkeys(tie.to for tie in near if tie.relation == relation and tie.actor == actor))

    def to_it(relation: str) -> tuple[str, ...]:
        return tuple(dict.fromkeys(tie.actor for tie in near if tie.relation == relation and tie.to == actor))

    return {
        "represented": from_it("represents"),
        "representative": to_it("represents"),
        "member": to_it("member-of"),
        "group": from_it("member-of"),
    }
