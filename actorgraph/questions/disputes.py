"""Where the record disagrees with itself: contested tracks, speakers who depart, positions that cannot both be had."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple, TypeAlias

from actorgraph.gc_pause import no_garbage_collection
from actorgraph.names import fold
from actorgraph.questions.about import Mentions
from actorgraph.questions.cells import ROW_COLUMNS, row_cells
from actorgraph.questions.echoes import without_echoes
from actorgraph.questions.envelope import Envelope, Nearest
from actorgraph.questions.lines import lines
from actorgraph.questions.nearest import close_to, rows_of_nearest
from actorgraph.questions.relations import ties
from actorgraph.questions.rows import Row, by_track, in_order
from actorgraph.questions.sql import may_be_disputed
from actorgraph.questions.view import View, target_of, tersest, together
from actorgraph.vocabulary import REFUSALS, SCALE, UNDERTAKINGS, apart

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from datetime import date
    from typing import Unpack

    from actorgraph.ledger.store import Ledger
    from actorgraph.ledger.things import Thing
    from actorgraph.questions.options import Options
    from actorgraph.questions.relations import TieRow
    from actorgraph.questions.selection import Selection
    from actorgraph.vocabulary import Track

DISPUTES: Final[dict[str, str]] = {
    "contested": "sources, or chains of reasoning, disagree on a position, or nobody knows which was said last",
    "departs": "a speaker or a member holds another position than the actor it represents or belongs to",
    "excludes": "an actor supports two proposals that exclude each other",
    "pulls-apart": "what an actor undertakes does not fit what it thinks",
    "implies": "what an actor states elsewhere implies otherwise",
}
"""Every kind of dispute, with what it means."""

DEPARTS_OVER: Final = frozenset({"represents", "member-of"})
"""The relations over which an actor may depart from another: it speaks for it, or belongs to it."""

_AGAINST: Final[dict[str, frozenset[str]]] = {
    "supports": REFUSALS | {"threatens"},
    "opposes": UNDERTAKINGS | {"considers"},
}
"""Which stages of a commitment do not fit which stance on the same proposal."""


class Dispute(NamedTuple):
    """A disagreement: its kind (`DISPUTES`), whom and what it is about, and the rows of each side, two sides or more.

    Where a speaker or a member departs, it is the actor, and the second side is whom it represents or belongs to. Where
    proposals exclude each other, each side is about one of them and `proposal` is that of the first.
    """

    dispute: str
    actor: str
    actor_name: str
    proposal: str
    proposal_title: str
    sides: tuple[tuple[Row, ...], ...]


def rows_of_disputes(disputes: Iterable[Dispute]) -> list[Row]:
    """Return the rows of all sides of disputes."""
    return [row for dispute in disputes for side in dispute.sides for row in side]


@dataclass(frozen=True, repr=False)
class Disputes(Envelope[Dispute]):
    """Disputes under the envelope of an answer.

    `nearest` are those of whoever and whatever is close to the name that was asked for, where it has none itself.
    """

    disputes: tuple[Dispute, ...]
    nearest: tuple[Nearest, ...] = ()

    LISTS = "disputes"
    COLUMNS = ("dispute", "side", *ROW_COLUMNS)
    SHOWN = ("dispute", "side", "actor_name", "position", "proposal_title", "since", "evidence")

    def cells(self) -> Iterator[dict[str, object]]:
        """Yield the cells of each row of each side; sides count from 1."""
        for dispute in self.disputes:
            for number, side in enumerate(dispute.sides, start=1):
                for row in side:
                    yield {"dispute": dispute.dispute, "side": number, **self.asked, **row_cells(row)}


def disputes(
    ledger: Ledger,
    name: str | None = None,
    *,
    as_of: str | date,
    **options: Unpack[Options],
) -> Disputes:
    """Return where the record disagrees with itself on a day.

    There are five kinds: `contested`, a track with several positions in force; `departs`, a speaker whose own stance
    lies at least one apart on the scale (opposes −1, sceptical −0.5, neutral 0, open +0.5, supports +1) from that of
    the actor that it represents that day, or who refuses what that undertakes or the reverse, and so a member and the
    group that it is `member-of`, where both state something; `excludes`, support for two proposals that exclude each
    other; `pulls-apart`, support for what one refuses or threatens to act against, or opposition to what one considers
    or undertakes; and `implies`, a stated position that lies at least one apart from what would be inferred in its
    place. Who is undecided departs from nobody. Positions that cannot hold at once, as one `if` and one `unless` the
    same condition, do not disagree.

    Args:
        ledger: The model, opened by `load`.
        name: The id, a name, a title or an alias of an actor or a proposal: only what concerns it.
        as_of: The day that is asked about; a partial date means its last day.
        options: What counts, what is marked, and to whom and what it is narrowed: see `Options`.

    Returns:
        The disputes, each side with its evidence, sorted by kind, actor name and proposal.

    Raises:
        UsageProblem: An unknown name, condition, kind or tag, or a bad date or length of time.

    >>> from actorgraph import load
    >>> ledger = load("graphs/ukraine-troops")
    >>> for dispute in disputes(ledger, "US backstop", as_of="2026-01-10"):
    ...     print(dispute.dispute, dispute.actor, [side[0].position for side in dispute.sides])
    contested us ['considers', 'pledges']
    """
    target, about = target_of(ledger, name)
    view = View(ledger, as_of=as_of, about=about, **options)
    wanted = set(view.selection.about) if about else set() if target is None else {target.id}
    with no_garbage_collection():
        proposals = ledger.things("proposal")
        every = disputed(_rows(view, proposals), view.overruled(), ties(ledger, view.day), proposals)
        chosen = tuple(
            dispute
            for dispute in every
            if (target is None or not wanted.isdisjoint(_about(dispute))) and _admitted(dispute, view.selection)
        )
    query = {"command": "disputes"} if target is None else {"command": "disputes", "target": target.id}
    nearest = () if chosen or target is None else tuple(_nearest(every, close_to(view, target)))
    named = (*rows_of_disputes(chosen), *rows_of_nearest(nearest))
    return Disputes(*view.envelope(query, named, Mentions(target)), chosen, nearest)


MOST_EXCLUSIVE: Final = 400
"""How many proposals may be named in one condition: where more exclude each other, whatever is held is looked at."""


def _rows(view: View, proposals: Iterable[Thing]) -> tuple[Row, ...]:
    """Return the rows that may be part of a dispute, of whomever the question is narrowed to."""
    exclusive = sorted({key for pair in exclusive_pairs(proposals) for key in pair})
    if len(exclusive) > MOST_EXCLUSIVE:
        return view.rows(narrowed=False)
    condition = may_be_disputed(sorted(DEPARTS_OVER), len(exclusive))
    return view.settled(lines(view.ledger, condition, *[view.day] * 12, *exclusive, stated=view.stated))


def exclusive_pairs(proposals: Iterable[Thing]) -> set[tuple[str, ...]]:
    """Return the pairs of proposals that exclude each other, each sorted."""
    return {
        tuple(sorted((proposal.id, other))) for proposal in proposals for other in proposal.body.get("excludes", ())
    }


def _nearest(disputes: Iterable[Dispute], close: Mapping[str, tuple[str, ...]]) -> Iterator[Nearest]:
    for near, others in close.items():
        for other in others:
            rows = rows_of_disputes(dispute for dispute in disputes if other in _about(dispute))
            if rows:
                yield Nearest(near, other, tuple(dict.fromkeys(rows)))


def disputed(
    rows: Iterable[Row], overruled: Iterable[Row], ties: Iterable[TieRow], proposals: Iterable[Thing]
) -> tuple[Dispute, ...]:
    """Return the disputes among rows of one day, given what they overrule, the day's relations, and the proposals."""
    tracks = by_track(rows)
    unsorted = (
        *_contested(tracks),
        *_departing(tracks, _bonds(ties)),
        *_excluded(tracks, sorted(exclusive_pairs(proposals))),
        *_pulled_apart(tracks),
        *_implied(tracks, overruled),
    )
    kinds = list(DISPUTES)

    def order(dispute: Dispute) -> tuple[int, str, str, tuple[str, ...]]:
        return kinds.index(dispute.dispute), fold(dispute.actor_name), dispute.actor, _about(dispute)

    return tuple(sorted(unsorted, key=order))


def _about(dispute: Dispute) -> tuple[str, ...]:
    """Return the ids of the actors and proposals that a dispute concerns."""
    named = (key for row in rows_of_disputes([dispute]) for key in (row.actor, row.proposal))
    return tuple(dict.fromkeys((dispute.proposal, dispute.actor, *named)))


def _admitted(dispute: Dispute, selection: Selection) -> bool:
    """Whether a dispute concerns an actor and a proposal that the question is narrowed to."""
    rows = rows_of_disputes([dispute])
    return any(map(selection.admits_actor, {row.actor for row in rows})) and any(
        map(selection.admits_proposal, {row.proposal for row in rows})
    )


_Tracks: TypeAlias = "dict[Track, tuple[Row, ...]]"


def _dispute(kind: str, *sides: Iterable[Row]) -> Dispute:
    ordered = tuple(in_order(side) for side in sides)
    row = ordered[0][0]
    return Dispute(kind, row.actor, row.actor_name, row.proposal, row.proposal_title, ordered)


def _between(
    kind: str, side: Iterable[Row], against: Sequence[Row], disagree: Callable[[Row, Row], bool]
) -> Iterator[Dispute]:
    """Yield the dispute between two sides, if there is one, of those rows alone that disagree with one of the other."""
    pairs = [(row, other) for row in side for other in against if disagree(row, other)]
    if pairs:
        yield _dispute(kind, *map(dict.fromkeys, zip(*pairs, strict=True)))


def _contested(tracks: _Tracks) -> Iterator[Dispute]:
    for rows in tracks.values():
        sides: dict[str, list[Row]] = defaultdict(list)
        for row in in_order(row for row in rows if row.contested):
            sides[row.position].append(row)
        if sides:
            yield _dispute("contested", *sides.values())


def departures(rows: Iterable[Row], ties: Iterable[TieRow]) -> tuple[Dispute, ...]:
    """Return where actors depart over these relations, as far as these rows of one day tell, in the order of the rows.

    >>> from actorgraph import load
    >>> from actorgraph.questions.relations import ties
    >>> from actorgraph.questions.view import View
    >>> view = View(load("graphs/ukraine-troops"), as_of="2026-01-10")
    >>> [(each.actor, each.proposal) for each in departures(view.rows(), ties(view.ledger, view.day))]
    []
    """
    bound_to = _bonds(ties)
    tied = {*bound_to, *(other for others in bound_to.values() for other in others)}
    return tuple(_departing(by_track(row for row in rows if row.actor in tied), bound_to))


_Bonds: TypeAlias = "Mapping[str, Mapping[str, str]]"


def _bonds(ties: Iterable[TieRow]) -> _Bonds:
    """Return to whom each actor is bound, and by which relation: by the closer of two."""
    bound_to: dict[str, dict[str, str]] = defaultdict(dict)
    for tie in ties:
        if tie.relation in DEPARTS_OVER and bound_to[tie.actor].get(tie.to) != "represents":
            bound_to[tie.actor][tie.to] = tie.relation
    return bound_to


def _departing(tracks: _Tracks, bound_to: _Bonds) -> Iterator[Dispute]:
    """Yield where actors depart from those they represent, and members from their group, each once."""
    for (kind, actor, proposal), rows in tracks.items():
        for other, relation in bound_to.get(actor, {}).items():
            sides = rows, tracks.get((kind, other, proposal), ())
            if relation == "member-of":  # a group binds its members in no way: both must have said something
                sides = _stated(sides[0]), _stated(sides[1])
            yield from _between("departs", *sides, _differ)


def _differ(row: Row, other: Row) -> bool:
    """Whether two rows say what lies apart, can hold at once, and are not addressed to others each."""
    is_to_others = row.toward and other.toward and set(row.toward).isdisjoint(other.toward)
    return not is_to_others and _apart(row.position, other.position) and together(row, other)


def _stated(rows: Iterable[Row]) -> tuple[Row, ...]:
    return tuple(row for row in rows if row.basis == "stated")


def _apart(position: str, other: str) -> bool:
    if position in SCALE:
        return apart(position, other)
    pairs = ((position, other), (other, position))
    return any(refused in REFUSALS and undertaken in UNDERTAKINGS for refused, undertaken in pairs)


def _excluded(tracks: _Tracks, exclusive: Iterable[tuple[str, ...]]) -> Iterator[Dispute]:
    supporters: dict[str, dict[str, list[Row]]] = defaultdict(lambda: defaultdict(list))
    for (kind, actor, proposal), rows in tracks.items():
        if kind == "stance":
            supporters[proposal][actor].extend(row for row in rows if row.position == "supports")
    for proposal, excluded in exclusive:
        for actor in sorted(supporters[proposal].keys() & supporters[excluded].keys()):
            yield from _between("excludes", supporters[proposal][actor], supporters[excluded][actor], together)


def _pulled_apart(tracks: _Tracks) -> Iterator[Dispute]:
    for (kind, actor, proposal), rows in tracks.items():
        commitments = tracks.get(("commitment", actor, proposal), ())
        if kind != "stance" or not commitments:
            continue
        # What follows from a pledge to one says nothing against a refusal to another.
        stances = [row for row in without_echoes((*rows, *commitments)) if row.kind == "stance"]
        yield from _between("pulls-apart", stances, commitments, _do_not_fit)


def _do_not_fit(stance: Row, commitment: Row) -> bool:
    return commitment.position in _AGAINST.get(stance.position, ()) and together(stance, commitment)


def _implied(tracks: _Tracks, overruled: Iterable[Row]) -> Iterator[Dispute]:
    for track, rows in by_track(overruled).items():
        stated = tracks.get(track, ())
        against = tersest([row for row in rows if _all_apart(row, stated) and not _told_already(row, stated)])
        yield from _between("implies", stated, against, together)


def _all_apart(row: Row, stated: Iterable[Row]) -> bool:
    """Whether every stated position that can hold with a row lies apart from it; of a contest, one side may not."""
    near = [other for other in stated if together(other, row)]
    return bool(near) and all(_apart(other.position, row.position) for other in near)


def _told_already(row: Row, stated: Iterable[Row]) -> bool:
    """Whether the last step to what a row implies is a dispute of another kind, or none.

    Support for what excludes a supported proposal, stated or implied, is one of `excludes`; a commitment beside a
    stance, `pulls-apart`.
    """
    last = row.because[-1]
    supported = any(other.position == "supports" for other in stated)
    return last.rule == "undertakes" or (last.rule == "excludes" and supported)
