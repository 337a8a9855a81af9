"""What blocs say to each proposal: how many for and against, whether they differ from the others, and who departs."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final, NamedTuple

from actorgraph.analysis.counting.counts import side_of
from actorgraph.analysis.counting.proportions import Votes, consensus, holm, two_proportions
from actorgraph.analysis.measured import records_of
from actorgraph.questions import counting
from actorgraph.vocabulary import rounded

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from typing import TypeAlias

    from actorgraph.analysis.counting.positions import Positions

    Stated: TypeAlias = Mapping[str, str]
    """The position of each actor that takes one on a proposal."""

FOR: Final = "for"
AGAINST: Final = "against"

LEANING: Final = {FOR: "open", AGAINST: "sceptical"}
"""What counts to a side without being all the way on it."""


class BlocVote(NamedTuple):
    """What a bloc says to a proposal on which a member speaks: `n` speak, and take a side or not.

    `share` is the share of support (see `Votes`), and so is `outside_share`, of all others who speak; each is None
    where too few speak. `z`, `p` and `p_holm` are of the two-proportion z-test of inside against outside, corrected for
    all tests of the answer; None where it was not made. `agreement` is the Agreement Index within the bloc, None where
    too few speak. `records` are those of the members.
    """

    bloc: int
    proposal: str
    in_favour: int
    against: int
    n: int
    share: float | None
    outside_in_favour: int
    outside_n: int
    outside_share: float | None
    z: float | None
    p: float | None
    p_holm: float | None
    agreement: float | None
    records: tuple[str, ...]

    @property
    def side(self) -> str | None:
        """On which side more than half of the members are who speak: `for` or `against`; None where on neither."""
        return FOR if 2 * self.in_favour > self.n else AGAINST if 2 * self.against > self.n else None

    @property
    def on_its_side(self) -> int:
        """How many are on the side on which most of those are who take one."""
        return max(self.in_favour, self.against)


class Voted(NamedTuple):
    """What all blocs say: their `votes`, by proposal, and how many `tests` are in them.

    `indices` are, by bloc, the Agreement Indices within it that its votes have, before they are rounded.
    """

    votes: tuple[BlocVote, ...]
    tests: int
    indices: Mapping[int, tuple[float, ...]]


class CommonGround(NamedTuple):
    """How all blocs together stand to a proposal: `blocs_for` and `blocs_against` are those with a majority there.

    `too_few` are the blocs in which too few speak. `consensus`, the product of the shares of support of all blocs, is
    None where there is one. `acceptable` says whether most of every bloc are for it. `records` are those of everybody
    who speaks on it, `n` actors.
    """

    proposal: str
    n: int
    blocs_for: tuple[int, ...]
    blocs_against: tuple[int, ...]
    too_few: tuple[int, ...]
    consensus: float | None
    acceptable: bool
    records: tuple[str, ...]

    @property
    def divides(self) -> bool:
        """Whether a bloc is for it and another against."""
        return bool(self.blocs_for and self.blocs_against)


class BlocParting(NamedTuple):
    """A member on the other side of its bloc's majority: `majority` is `for` or `against`, of `n` members who speak.

    `leaning` is how many of the `with_majority` are only open to it, or sceptical.
    """

    actor: str
    bloc: int
    proposal: str
    position: str
    majority: str
    with_majority: int
    leaning: int
    n: int
    records: tuple[str, ...]


def stated_on(stand: Positions) -> dict[str, Stated]:
    """Return who takes which position, by proposal; proposals and actors sorted."""
    by_proposal: dict[str, dict[str, str]] = defaultdict(dict)
    for actor in stand.speaking:
        for proposal, taken in stand.taken[actor].items():
            by_proposal[proposal][actor] = taken.position
    return dict(sorted(by_proposal.items()))


def bloc_votes(stand: Positions, blocs: Sequence[tuple[str, ...]], least: int) -> Voted:
    """Return what each bloc says to each proposal on which a member speaks.

    There is no number where fewer than `least` speak. The same two groups of actors are compared once: where there are
    two blocs and nobody besides, inside the one is outside the other.
    """
    exact: list[BlocVote] = []
    compared: list[object] = []
    for proposal, stated in stated_on(stand).items():
        for number, bloc in enumerate(blocs, 1):
            inside = {actor: stated[actor] for actor in bloc if actor in stated}
            outside = {actor: position for actor, position in stated.items() if actor not in inside}
            if inside:
                records = records_of(stand, inside, (proposal,))
                exact.append(_vote(number, proposal, inside, outside, least)._replace(records=records))
                compared.append((proposal, frozenset((frozenset(inside), frozenset(outside)))))
    chance = {groups: vote.p for groups, vote in zip(compared, exact, strict=True) if vote.p is not None}
    corrected = dict(zip(chance, holm(tuple(chance.values())), strict=True))
    votes = tuple(_told(vote, corrected.get(groups)) for groups, vote in zip(compared, exact, strict=True))
    indices: dict[int, tuple[float, ...]] = defaultdict(tuple)
    for vote in exact:
        indices[vote.bloc] += () if vote.agreement is None else (vote.agreement,)
    return Voted(votes, len(chance), indices)


def _vote(number: int, proposal: str, inside: Stated, outside: Stated, least: int) -> BlocVote:
    """Return what a bloc says to a proposal, with the test of it alone, not rounded, and without the records."""
    within, others = _votes(inside), _votes(outside)
    enough, enough_others = within.n >= least, others.n >= least
    test = two_proportions(within, others) if enough and enough_others else None
    return BlocVote(
        bloc=number,
        proposal=proposal,
        in_favour=within.in_favour,
        against=_on(AGAINST, inside),
        n=within.n,
        share=within.share if enough else None,
        outside_in_favour=others.in_favour,
        outside_n=others.n,
        outside_share=others.share if enough_others else None,
        z=test and test.z,
        p=test and test.p,
        p_holm=None,
        agreement=_index_within(inside.values()) if enough else None,
        records=(),
    )


def _told(vote: BlocVote, corrected: float | None) -> BlocVote:
    """Return a vote as answers hold it, rounded, with its p-value corrected for all tests."""
    return vote._replace(
        share=rounded(vote.share),
        outside_share=rounded(vote.outside_share),
        z=rounded(vote.z),
        p=_shown(vote.p),
        p_holm=_shown(corrected),
        agreement=rounded(vote.agreement),
    )


def in_common(stand: Positions, votes: Iterable[BlocVote], blocs: int, least: int) -> tuple[CommonGround, ...]:
    """Return how all blocs stand to each proposal: what they support most first, and what too few speak on last."""
    by_proposal: dict[str, dict[int, BlocVote]] = defaultdict(dict)
    for vote in votes:
        by_proposal[vote.proposal][vote.bloc] = vote
    stated, grounds = stated_on(stand), []
    for proposal, theirs in by_proposal.items():
        enough = {number: vote for number, vote in theirs.items() if vote.n >= least}
        speaking = tuple(stated[proposal])
        complete = len(enough) == blocs
        together = consensus(Votes(vote.in_favour, vote.n) for vote in enough.values()) if complete else None
        blocs_for = tuple(number for number, vote in enough.items() if vote.side == FOR)
        grounds.append(
            CommonGround(
                proposal=proposal,
                n=len(speaking),
                blocs_for=blocs_for,
                blocs_against=tuple(number for number, vote in enough.items() if vote.side == AGAINST),
                too_few=tuple(number for number in range(1, blocs + 1) if number not in enough),
                consensus=rounded(together),
                acceptable=len(blocs_for) == blocs,
                records=records_of(stand, speaking, (proposal,)),
            )
        )
    return tuple(
        sorted(grounds, key=lambda ground: (-(ground.consensus or 0), len(ground.too_few), -ground.n, ground.proposal))
    )


def partings(
    stand: Positions, votes: Iterable[BlocVote], blocs: Sequence[tuple[str, ...]], least: int
) -> tuple[BlocParting, ...]:
    """Return who takes the other side than more than half of its bloc, where at least `least` of the bloc speak."""
    parted = []
    for vote in votes:
        if vote.n < least or vote.side is None:
            continue
        here = {
            actor: stand.taken[actor][vote.proposal]
            for actor in blocs[vote.bloc - 1]
            if vote.proposal in stand.taken[actor]
        }
        leaning = sum(taken.position == LEANING[vote.side] for taken in here.values())
        for actor, taken in here.items():
            side = side_of(taken.position)
            if side is not None and side != (vote.side == FOR):
                cells = actor, vote.bloc, vote.proposal, taken.position, vote.side, vote.on_its_side, leaning, vote.n
                parted.append(BlocParting(*cells, taken.records))
    return tuple(sorted(parted, key=lambda parting: (parting.bloc, parting.actor, parting.proposal)))


def _votes(stated: Stated) -> Votes:
    return Votes(_on(FOR, stated), len(stated))


def _on(side: str, stated: Stated) -> int:
    """Return how many are on a side: for it, or open to it; against it, or sceptical."""
    return sum(side_of(position) == (side == FOR) for position in stated.values())


def _index_within(positions: Iterable[str]) -> float:
    """Return the Agreement Index as a tally has it: only who supports is for, and only who opposes against.

    It is not rounded, and 0 where nobody takes a position.

    >>> round(_index_within(["supports", "supports", "open"]), 6)
    0.5
    """
    positions = tuple(positions)
    groups = (counting.FOR, counting.AGAINST, counting.BETWEEN)
    return counting.agreement_index(*(sum(position in group for position in positions) for group in groups)) or 0.0


def _shown(chance: float | None) -> float | None:
    """Return a p-value with four digits that count."""
    return None if chance is None else float(f"{chance:.4g}")
