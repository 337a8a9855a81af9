"""Tallies: how many actors stand where on a proposal, and on which proposals they are split most."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from actorgraph.asked_dates import checked_since, day_of
from actorgraph.dates import iso
from actorgraph.gc_pause import no_garbage_collection
from actorgraph.names import fold
from actorgraph.questions.about import Mentions
from actorgraph.questions.arguments import checked_ledger, checked_word
from actorgraph.questions.cells import ASKED_COLUMNS
from actorgraph.questions.changes import rows_of_changes
from actorgraph.questions.counting import (
    AGAINST,
    FOR,
    Asked,
    Count,
    asked_about,
    count,
    standings,
    subset,
    sum_in_words,
)
from actorgraph.questions.diff import diff
from actorgraph.questions.disputes import departures
from actorgraph.questions.echoes import without_echoes
from actorgraph.questions.envelope import Envelope
from actorgraph.questions.lines import BASIS, actor_and_proposal
from actorgraph.questions.lives import is_off_the_table, life_of
from actorgraph.questions.options import BY, BY_GROUP, BY_KIND, Narrowing, checked_options
from actorgraph.questions.relations import ties
from actorgraph.questions.silence import whose_silence_counts
from actorgraph.questions.sql import ANY_DAY, of_proposals
from actorgraph.questions.view import View
from actorgraph.questions.weights import weighing, weight_cells, weight_columns
from actorgraph.reading_ahead import reading_ahead
from actorgraph.vocabulary import ACTOR_KINDS, POSITIONS, STAGES

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
    from datetime import date
    from typing import Unpack

    from actorgraph.ledger.store import Ledger
    from actorgraph.ledger.things import Thing
    from actorgraph.questions.changes import Change
    from actorgraph.questions.envelope import Life
    from actorgraph.questions.relations import TieRow
    from actorgraph.questions.rows import Row
    from actorgraph.questions.view import HeldThatDay
    from actorgraph.questions.weights import Weighing


@dataclass(frozen=True, repr=False)
class Tally(Envelope[Count]):
    """Counts under the envelope of an answer: one a proposal, or one for each kind or group on each proposal.

    `life` is that of the proposal that was asked about, where anything is known of it.
    """

    proposals: tuple[Count, ...]
    life: Life | None

    LISTS = "proposals"
    COLUMNS = (
        *ASKED_COLUMNS,
        "proposal",
        "proposal_title",
        "by",
        *POSITIONS,
        "contested",
        "alternatives",
        "possible",
        "commitment_only",
        "silent",
        "left_out",
        "conditional",
        *(f"implied_{position}" for position in POSITIONS),
        "implied_contested",
        *STAGES,
        *(f"conditional_{stage}" for stage in STAGES),
        "contested_commitments",
        "amounts",
        "agreement",
        "n",
        "departs",
        "moved",
    )
    SHOWN = ("proposal_title", "by", *POSITIONS, "contested", "silent", "agreement")

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns of its flat records; where weights were asked for, also their sums."""
        if "weight" not in self.query:
            return super().columns
        sums = weight_columns(self.query["weight"], with_thresholds="threshold" in self.query)
        return (*super().columns, *sums)

    def cells(self) -> Iterator[dict[str, object]]:
        """Yield the cells of each count."""
        for counted in self.proposals:
            moved = counted.moved
            yield {
                **self.asked,
                **counted._asdict(),
                **counted.stances,
                **{f"implied_{position}": number for position, number in counted.implied.items()},
                **counted.commitments,
                **{f"conditional_{stage}": number for stage, number in counted.conditional_commitments.items()},
                "amounts": tuple(sum_in_words(summed, counted.commitments[summed.stage]) for summed in counted.amounts),
                "moved": None if moved is None else tuple(f"{change.actor} {change.change}" for change in moved),
                **weight_cells(counted),
            }


def tally(
    ledger: Ledger,
    proposal: str | None = None,
    *,
    as_of: str | date,
    by: str | None = None,
    since: str | date | None = None,
    weight: str | Iterable[str] | None = None,
    threshold: str | Iterable[str] | None = None,
    share_of: str = "all",
    **options: Unpack[Narrowing],
) -> Tally:
    """Return how many actors stand where on a proposal as of a day, or on all of them, ranked by how split they are.

    Actors are counted, not rows: see `Count`. Who is silent is returned as by `who silent`. The proposals on which
    most are both for and against come first: they are ranked by the smaller of the two numbers, then by their sum.
    Those that are not on the table that day are left out; nobody is silent on one of them that is asked about.

    Args:
        ledger: The model, opened by `load`.
        proposal: The id, the title or an alias of a proposal; all of them where none is named.
        as_of: The day that is asked about; a partial date means its last day.
        by: `kind`, for a count of each kind of actors, or `group`, for one of the members of each coalition or
            organisation that has some on the day, and one of those of no group. A member of two groups counts in both.
        since: An earlier day: what was stated on each proposal has moved since then.
        weight: A weight of actors, or several, such as `population`: the sums of it beside the numbers of actors. Who
            has none on record is in no sum, and named. The weight `actors` counts heads.
        threshold: What those for a proposal need, or several of which all must be met, as in `population=65%` and
            `actors=55%`: a share, or a number of the unit. It is met where their sum is at least that.
        share_of: Of what shares are: of the weight of `all` who were asked about, or of who `stated` a position.
        options: What counts, and to whom and what it is narrowed: see `Narrowing`.

    Returns:
        The counts.

    Raises:
        UsageProblem: An unknown name, condition, kind, group, tag or weight, a bad date, or what is no threshold.

    >>> from actorgraph import load
    >>> (counted,) = tally(load("examples/minimal.yaml"), "harbour", as_of="2026-06")
    >>> counted.supporting, counted.opposing, counted.between, counted.silent, counted.agreement
    (1, 1, 0, 1, 0.25)
    >>> dict(counted.silent_of), counted.conditional, counted.commitments["pledges"]
    ({'state': 1}, 0, 1)
    >>> (counted,) = tally(load("examples/minimal.yaml"), "harbour", as_of="2026-06", threshold="1/2")
    >>> counted.majority.carries, counted.majority.hurdles[0].missing
    (False, 1)
    """
    checked_options(options, Narrowing)
    if by is not None:
        checked_word(by, BY, "cannot count by", "it is kind or group")
    target = None if proposal is None else checked_ledger(ledger).resolve(proposal, "proposal")
    by_weight = weighing(checked_ledger(ledger), weight, threshold, share_of)
    view = View(ledger, as_of=as_of, about=target and target.id, **options)
    proposals = _counted(view, whole=target is None)
    moved = None if since is None else _moved(view, since, options)
    with no_garbage_collection():
        counts = tuple(_counts(view, proposals, by, moved, by_weight, whole=target is None))
    day = None if since is None else str(iso(day_of(since)))
    asked = {"command": "tally", "target": target and target.id, "by": by, "since": day}
    query = {**{key: value for key, value in asked.items() if value is not None}, **by_weight.asked}
    life = None if target is None else life_of(view.ledger, target, view.day)
    succeeded_by = () if life is None else life.succeeded_by
    also = Mentions(target, _named(counts, by), {*(counted.proposal for counted in counts), *succeeded_by})
    rows = [row for counted in counts for row in rows_of_changes(counted.moved or ())]
    return Tally(*view.envelope(query, rows, also), counts, life)


def _named(counts: Iterable[Count], by: str | None) -> set[str]:
    """Return the actors that counts name: who departs from whom, who is pivotal, and the groups counted by."""
    counts = tuple(counts)
    named = {key for counted in counts for actor, groups in counted.departs_from.items() for key in (actor, *groups)}
    for counted in counts:
        named.update(key for weighed in counted.weighed or () for key in weighed.without)
        if (held := counted.majority) is not None:
            named.update(held.pivotal, *held.smallest)
    return named | ({counted.by for counted in counts if counted.by} if by == BY_GROUP else set())


def _counted(view: View, *, whole: bool) -> tuple[Thing, ...]:
    """Return the proposals that are counted: of all of them those that are on the table."""
    if not whole:
        about = view.ledger.by_id(view.selection.about, "proposal")
        return tuple(about[key] for key in view.selection.about)
    return tuple(
        thing
        for thing in view.ledger.things("proposal")
        if view.selection.admits_proposal(thing.id) and not is_off_the_table(thing, view.day)
    )


def _held(view: View, *, whole: bool) -> Iterator[HeldThatDay]:
    """Yield what is held on what is counted, some proposals at a time: all on each of them together.

    Members may depart from groups to which the question is not narrowed, so all rows are read.
    """
    if whole:
        for table in view.ledger.parts():
            yield view.held(ANY_DAY, table=table, narrowed=False, later=True)
    else:
        for some in view.asked_about():
            table = view.ledger.part_on(some)
            yield view.held(of_proposals(len(some)), *some, table=table, narrowed=False)


def _counts(
    view: View,
    proposals: Sequence[Thing],
    by: str | None,
    moved: Mapping[str, list[Change]] | None,
    by_weight: Weighing,
    *,
    whole: bool,
) -> Iterator[Count]:
    """Yield the counts of proposals: of all of them by rank, of one with its parts first."""
    memberships = [tie for tie in ties(view.ledger, view.day) if tie.relation == "member-of"]
    quiet = {thing.id: str(thing.body["kind"]) for thing in whose_silence_counts(view)}
    members = list(_members(view, by, memberships))
    parts, mute = ([subset(label, some, silent) for label, some in members] for silent in (quiet, {}))

    def counted(proposal: Thing, asked: Asked, groups: Mapping[str, list[str]]) -> Iterator[Count]:
        key = proposal.id
        changes = None if moved is None else moved.get(key, [])
        is_gone = not whole and is_off_the_table(proposal, view.day)
        for some in mute if is_gone else parts:
            left = {
                actor: tuple(group for group in theirs if by != BY_GROUP or group == some.by)
                for actor, theirs in groups.items()
                if by != BY_GROUP or some.by in theirs
            }
            total = count((key, proposal.name), asked, some, departs_from=left, moved=changes)
            if by is None or total.actors or any(total.implied.values()) or total.implied_contested:
                yield by_weight.of(total, asked, some, () if is_gone else quiet)

    open_ones = {thing.id: thing for thing in proposals}
    ranked: dict[str, tuple[tuple[int, int, str, str], tuple[Count, ...]]] = {}
    for held in reading_ahead(_held(view, whole=whole)):
        departing = _departing(view, held.rows, memberships)
        for key, asked in _asked(view, held, quiet).items():
            if (thing := open_ones.pop(key, None)) is not None:
                ranked[key] = _rank(asked, thing), tuple(counted(thing, asked, departing.get(key, {})))
    nobody = asked_about({}, (), quiet)
    for key, thing in open_ones.items():
        ranked[key] = _rank(nobody, thing), tuple(counted(thing, nobody, {}))
    order = sorted(ranked, key=lambda key: ranked[key][0]) if whole else [thing.id for thing in proposals]
    for key in order:
        yield from ranked[key][1]


def _asked(view: View, held: HeldThatDay, quiet: Mapping[str, str]) -> dict[str, Asked]:
    """Return who is counted on each proposal on which anything is held, as far as the question is narrowed to them."""
    admits = view.selection.admits_actor
    spoken: dict[str, dict[str, None]] = defaultdict(dict)
    for line in held.lines:
        actor, proposal = actor_and_proposal(line)
        if line[BASIS] == "stated" and admits(actor):
            spoken[proposal][actor] = None
    stand = standings(without_echoes(row for row in held.rows if admits(row.actor)), held.possible)
    return {key: asked_about(stand.get(key, {}), spoken.get(key, {}), quiet) for key in {**stand, **spoken}}


def _rank(asked: Asked, proposal: Thing) -> tuple[int, int, str, str]:
    """Return what ranks a proposal: on how many actors it is split, how many it has sides of, and its title."""
    places = [standing.place for standing in asked.standings.values()]
    sides = [sum(places.count(position) for position in side) for side in (FOR, AGAINST)]
    return -min(sides), -sum(sides), fold(proposal.name), proposal.id


def _members(
    view: View, by: str | None, memberships: Iterable[TieRow]
) -> Iterator[tuple[str | None, Collection[str] | None]]:
    """Yield each kind or group with the actors that are counted in it, those of no group last; else all actors."""
    if by is None:
        yield None, None
        return
    actors = {thing.id: thing.body["kind"] for thing in view.ledger.things("actor")}
    if by == BY_KIND:
        for kind in ACTOR_KINDS:
            yield kind, {actor for actor in actors if actors[actor] == kind}
        return
    groups: dict[str, set[str]] = defaultdict(set)
    for tie in memberships:
        groups[tie.to].add(tie.actor)
    names = view.ledger.names("actor")
    for group in sorted(groups, key=lambda group: (fold(names[group]), group)):
        yield group, groups[group]
    yield None, actors.keys() - {actor for group in groups.values() for actor in group}


def _departing(view: View, rows: Iterable[Row], memberships: Iterable[TieRow]) -> dict[str, dict[str, list[str]]]:
    """Return, by proposal and actor, from which of its groups an actor departs by a stance that is counted."""
    stances = (row for row in rows if row.kind == "stance" and row.basis == "stated" and not row.contested)
    departing: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for dispute in departures(stances, memberships):
        have_one_position = all(len({row.position for row in side}) == 1 for side in dispute.sides)
        if have_one_position and view.selection.admits_actor(dispute.actor):
            departing[dispute.proposal][dispute.actor].append(dispute.sides[1][0].actor)
    return departing


def _moved(view: View, since: str | date, options: Narrowing) -> dict[str, list[Change]]:
    """Return what changed of what was stated, by proposal, from a day to that of the view.

    What went on from one proposal to another moved on both.
    """
    checked_since(since, view.day, "moved")
    actors: Narrowing = {**options, "tag": None, "parts": False, "stated": True}
    moved: dict[str, list[Change]] = defaultdict(list)
    for change in diff(view.ledger, since, view.date, **actors):
        for proposal in dict.fromkeys((change.before_proposal, change.proposal)):
            moved[proposal].append(change)
    return moved
