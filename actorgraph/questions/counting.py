"""Counting actors, not rows: where each of them stands on a proposal, in exactly one place."""

from __future__ import annotations

from collections import Counter, defaultdict
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, Final, NamedTuple

from actorgraph.questions.behind import Quantity
from actorgraph.questions.cells import amount_in_words
from actorgraph.questions.envelope import ReadOnly
from actorgraph.vocabulary import POSITIONS, STAGES, rounded, widest

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from actorgraph.questions.changes import Change
    from actorgraph.questions.majorities import Majority, Weighed
    from actorgraph.questions.rows import Row

FOR: Final = ("supports",)
AGAINST: Final = ("opposes",)
BETWEEN: Final = tuple(position for position in POSITIONS if position not in (*FOR, *AGAINST))
"""The positions that are neither for nor against."""

CONTESTED: Final = "contested"
ALTERNATIVES: Final = "alternatives"
POSSIBLE: Final = "possible"
COMMITMENT_ONLY: Final = "commitment_only"
LEFT_OUT: Final = "left_out"


class Sum(NamedTuple):
    """How much all actors in one stage undertake together, in one unit; None where an end is open.

    What is contested, possible or threatened is not in it. What depends on conditions is: `conditional` are so many of
    the amounts. They are those of so many `actors`: others in that stage may have named none.
    """

    stage: str
    unit: str
    at_least: int | float | None
    at_most: int | float | None
    conditional: int
    actors: int


class Count(NamedTuple):
    """How many actors stand where on a proposal: of all that were asked about, or of a kind or a group.

    `by` is the kind or the id of the group, if it is counted by one; None for all, or for those of no group. Every
    actor is in one of these: `stances`, by its stated, certain and uncontested position; `contested`; `alternatives`,
    one position `if` and another `unless` the same condition; `possible`, a stance of which it is not certain that it
    was said by that day, or nothing but an undertaking of which it is not; `commitment_only`; `silent` (`silent_of`: of
    which kinds); and `left_out`, what it stated depends on conditions that do not hold. `conditional` are those in
    `stances` whose position depends on conditions.

    Apart from these stand `implied`, the positions by implication of actors without a stated stance, and
    `implied_contested`, those for whom several follow. `commitments` has each actor once in each stage that it has
    reached without contest, toward anybody; `conditional_commitments` are those of them whose every commitment of that
    stage depends on conditions, `contested_commitments` are the others, and `amounts` the sums. `agreement` is the
    Agreement Index of the `n` actors in `stances`. `departs` are the ids of actors in `stances` that depart from
    a group that they are `member-of`, and `departs_from` these groups by actor. `moved` is what changed since another
    day, None where none was named. `weighed` are the sums of each weight that was asked for, and `majority` says
    whether those for it meet the thresholds; None where nobody asked.
    """

    proposal: str
    proposal_title: str
    by: str | None
    stances: Mapping[str, int]
    contested: int
    alternatives: int
    possible: int
    commitment_only: int
    silent: int
    silent_of: Mapping[str, int]
    left_out: int
    conditional: int
    implied: Mapping[str, int]
    implied_contested: int
    commitments: Mapping[str, int]
    conditional_commitments: Mapping[str, int]
    contested_commitments: int
    amounts: tuple[Sum, ...]
    agreement: float | None
    n: int
    departs: tuple[str, ...]
    departs_from: Mapping[str, tuple[str, ...]]
    moved: tuple[Change, ...] | None
    weighed: tuple[Weighed, ...] | None = None
    majority: Majority | None = None

    @property
    def supporting(self) -> int:
        """How many are for it."""
        return self.among(FOR)

    @property
    def opposing(self) -> int:
        """How many are against it."""
        return self.among(AGAINST)

    @property
    def between(self) -> int:
        """How many have stated a position that is neither for nor against."""
        return self.among(BETWEEN)

    @property
    def others(self) -> int:
        """How many have neither a stance, contested or not, nor are silent."""
        return self.alternatives + self.possible + self.commitment_only + self.left_out

    @property
    def actors(self) -> int:
        """How many were asked about."""
        return self.n + self.contested + self.others + self.silent

    def among(self, positions: Iterable[str]) -> int:
        """Return how many have stated one of some positions."""
        return sum(self.stances[position] for position in positions)


class Standing(NamedTuple):
    """Where an actor stands on a proposal: at a position, or in another place of `Count`, None where it states nothing.

    `conditional` says whether that position depends on conditions in every report of it; `implied` is a position by
    implication, or `contested` where several follow; `commitments` are those in force.
    """

    place: str | None
    conditional: bool
    implied: str | None
    commitments: tuple[Row, ...]


_NOWHERE: Final = Standing(None, conditional=False, implied=None, commitments=())


def standings(rows: Iterable[Row], possible: Iterable[Row] = ()) -> dict[str, dict[str, Standing]]:
    """Return where each actor stands that has rows, by proposal and actor.

    All rows of these proposals on a day are given, and all that are only possible.

    >>> from actorgraph import load
    >>> from actorgraph.questions.view import View
    >>> rows = View(load("examples/minimal.yaml"), as_of="2026-06").rows()
    >>> {actor: standing.place for actor, standing in standings(rows)["harbour"].items()}
    {'fishers-union': 'opposes', 'harbour-board': 'supports'}
    """
    by_actor: dict[str, dict[str, list[Row]]] = defaultdict(lambda: defaultdict(list))
    for row in (*rows, *possible):
        by_actor[row.proposal][row.actor].append(row)
    return {
        proposal: {actor: _standing(theirs) for actor, theirs in of_actors.items()}
        for proposal, of_actors in by_actor.items()
    }


@cache
def _at(position: str, *, conditional: bool) -> Standing:
    """Return where an actor stands that has said one thing, as most have: the same for all at one position."""
    return Standing(position, conditional, implied=None, commitments=())


def _standing(rows: Sequence[Row]) -> Standing:
    if len(rows) == 1 and _is_settled(rows[0]):
        return _at(rows[0].position, conditional=bool(rows[0].conditions))
    stances: list[Row] = []
    implied: list[Row] = []
    commitments: list[Row] = []
    possible: list[Row] = []
    for row in rows:
        if row.earliest is not None:
            possible.append(row)
        elif row.kind == "commitment":
            commitments.append(row)
        else:
            (stances if row.basis == "stated" else implied).append(row)
    follows = place_of(implied) if implied and not stances else None
    place = place_of(stances) if stances else _place_without_stance(commitments, possible)
    return Standing(
        place,
        place in POSITIONS and all(row.conditions for row in stances),
        CONTESTED if follows == ALTERNATIVES else follows,
        tuple(commitments),
    )


def _is_settled(row: Row) -> bool:
    """Whether it is a stance that is stated, certain and uncontested."""
    return row.kind == "stance" and row.basis == "stated" and row.earliest is None and not row.contested


def _place_without_stance(commitments: Collection[Row], possible: Collection[Row]) -> str | None:
    if any(row.kind == "stance" for row in possible):
        return POSSIBLE
    return COMMITMENT_ONLY if commitments else POSSIBLE if possible else None


def place_of(stances: Iterable[Row]) -> str:
    """Return the position of the stances of an actor on a proposal, or what they are instead of one."""
    if any(row.contested for row in stances):
        return CONTESTED
    positions = {row.position for row in stances}
    return positions.pop() if len(positions) == 1 else ALTERNATIVES


class Asked(NamedTuple):
    """Who is counted on a proposal: where they stand, and of those whose silence counts the ones that have spoken."""

    standings: Mapping[str, Standing]
    spoken: Mapping[str, str]


def asked_about(standings: Mapping[str, Standing], spoken: Iterable[str], quiet: Mapping[str, str]) -> Asked:
    """Return who is counted on a proposal.

    `spoken` are those who have stated anything on it, under whatever conditions; `quiet` are, with their kinds, those
    who are silent on whatever they have not spoken on.
    """
    spoken = tuple(spoken)
    left_out = {
        actor: standings.get(actor, _NOWHERE)._replace(place=LEFT_OUT)
        for actor in spoken
        if standings.get(actor, _NOWHERE).place is None
    }
    return Asked({**standings, **left_out}, {actor: quiet[actor] for actor in spoken if actor in quiet})


NOBODY: Final[Mapping[str, tuple[str, ...]]] = ReadOnly({})


class Subset(NamedTuple):
    """Some of the actors: those of a kind, or the members of a group (`by`); all of them where `members` is None.

    `quiet` are the numbers by kind of those among them who are silent on whatever they have not spoken on: listed once,
    so that no proposal has to look at all who are silent on it.
    """

    by: str | None
    members: Collection[str] | None
    quiet: Mapping[str, int]

    def has(self, actor: str) -> bool:
        """Whether an actor is one of them."""
        return self.members is None or actor in self.members


def subset(by: str | None, members: Collection[str] | None, quiet: Mapping[str, str]) -> Subset:
    """Return some of the actors; `quiet` are, with their kinds, all who are silent where they have not spoken."""
    return Subset(by, members, Counter(kind for actor, kind in quiet.items() if members is None or actor in members))


def count(
    proposal: tuple[str, str],
    asked: Asked,
    some: Subset,
    *,
    departs_from: Mapping[str, tuple[str, ...]] = NOBODY,
    moved: Iterable[Change] | None = None,
) -> Count:
    """Return the count of a proposal (its id and title), of some of those who are asked.

    `departs_from` are the groups from which actors depart, and `moved` what changed, of whomever: those of others are
    left out.
    """
    counted = [standing for actor, standing in asked.standings.items() if some.has(actor)]
    places = Counter(standing.place for standing in counted)
    implied = Counter(standing.implied for standing in counted)
    undertaken = [standing.commitments for standing in counted if standing.commitments]
    settled = [[row for row in commitments if not row.contested] for commitments in undertaken]
    stages = Counter(stage for rows in settled for stage in {row.position for row in rows})
    firm = Counter(stage for rows in settled for stage in {row.position for row in rows if not row.conditions})
    silent_of = Counter(some.quiet) - Counter(kind for actor, kind in asked.spoken.items() if some.has(actor))
    stances = {position: places[position] for position in POSITIONS}
    index = agreement_index(*(sum(stances[position] for position in group) for group in (FOR, AGAINST, BETWEEN)))
    return Count(
        *proposal,
        by=some.by,
        stances=ReadOnly(stances),
        contested=places[CONTESTED],
        alternatives=places[ALTERNATIVES],
        possible=places[POSSIBLE],
        commitment_only=places[COMMITMENT_ONLY],
        silent=silent_of.total(),
        silent_of=ReadOnly(dict(sorted(silent_of.items()))),
        left_out=places[LEFT_OUT],
        conditional=sum(standing.conditional for standing in counted),
        implied=ReadOnly({position: implied[position] for position in POSITIONS}),
        implied_contested=implied[CONTESTED],
        commitments=ReadOnly({stage: stages[stage] for stage in STAGES}),
        conditional_commitments=ReadOnly({stage: stages[stage] - firm[stage] for stage in STAGES}),
        contested_commitments=sum(any(row.contested for row in commitments) for commitments in undertaken),
        amounts=_amounts(row for rows in settled for row in rows),
        agreement=rounded(index),
        n=sum(stances.values()),
        departs=tuple(filter(some.has, departs_from)),
        departs_from=ReadOnly({actor: groups for actor, groups in departs_from.items() if some.has(actor)}),
        moved=None if moved is None else tuple(change for change in moved if some.has(change.actor)),
    )


def _amounts(commitments: Iterable[Row]) -> tuple[Sum, ...]:
    """Return the sums of what is undertaken, by stage and unit, in the order of stages.

    Of what one actor undertakes toward the same, in one stage, on conditions that cannot all be met, one counts: that
    is a range.
    """
    alternatives: dict[tuple[object, ...], list[Row]] = defaultdict(list)
    for row in commitments:
        if row.amount is not None and row.position != "threatens":
            alternatives[row.actor, row.toward, row.position, row.amount.unit].append(row)
    together: dict[tuple[int, str], list[tuple[Quantity, bool, str]]] = defaultdict(list)
    for rows in alternatives.values():
        amount, is_conditional = _either(rows), any(row.conditions for row in rows)
        together[STAGES.index(rows[0].position), amount.unit].append((amount, is_conditional, rows[0].actor))
    return tuple(
        Sum(
            STAGES[stage],
            unit,
            _least([amount.at_least for amount, _, _ in amounts]),
            _most([amount.at_most for amount, _, _ in amounts]),
            sum(is_conditional for _, is_conditional, _ in amounts),
            len({actor for _, _, actor in amounts}),
        )
        for (stage, unit), amounts in sorted(together.items())
    )


def _either(rows: Iterable[Row]) -> Quantity:
    """Return the least to the most of the amounts of rows, of which one can hold at a time."""
    amounts = [row.amount for row in rows if row.amount is not None]
    return Quantity(*widest((amount.at_least, amount.at_most) for amount in amounts), amounts[0].unit)


def _least(ends: Iterable[int | float | None]) -> int | float | None:
    """Return the exact sum of the lower ends of amounts, None where all are open."""
    known = [end for end in ends if end is not None]
    return _exact_sum(known) if known else None


def _most(ends: Iterable[int | float | None]) -> int | float | None:
    """Return the exact sum of the upper ends of amounts, None where one is open."""
    ends = tuple(ends)
    known = [end for end in ends if end is not None]
    return _exact_sum(known) if len(known) == len(ends) else None


def _exact_sum(numbers: Iterable[int | float]) -> int | float:
    total = sum((Decimal(str(number)) for number in numbers), Decimal())
    return int(total) if total == total.to_integral_value() else float(total)


def sum_in_words(summed: Sum, reached: int) -> str:
    """Return a sum with its stage, as flat records have it. `reached` are all actors in that stage.

    >>> sum_in_words(Sum("pledges", "soldiers", 3000, None, 1, 2), 2)
    'pledges at least 3,000 soldiers, 1 on conditions'
    >>> sum_in_words(Sum("allocates", "soldiers", 500, 500, 0, 1), 3)
    'allocates 500 soldiers, named by 1 of 3'
    """
    amount = amount_in_words(Quantity(summed.at_least, summed.at_most, summed.unit))
    conditions = f", {summed.conditional:,} on conditions" if summed.conditional else ""
    whose = f", named by {summed.actors:,} of {reached:,}" if summed.actors < reached else ""
    return f"{summed.stage} {amount}{conditions}{whose}"


def agreement_index(*votes: int) -> float | None:
    """Return the Agreement Index of votes for, against and between, from 0 to 1, None where there are none.

    It is (max − ½(sum − max)) / sum: 1 where all stand in one place, 0 where each of the three has a third. The index
    is that of Hix, Noury and Roland, "Power to the Parties: Cohesion and Competition in the European Parliament,
    1979–2001", British Journal of Political Science 35(2), 2005, for votes of yes, no and abstain.

    >>> agreement_index(8, 2, 0), agreement_index(1, 1, 1), agreement_index(0, 0, 0)
    (0.7, 0.0, None)
    """
    total, most = sum(votes), max(votes)
    return (3 * most - total) / (2 * total) if total else None
