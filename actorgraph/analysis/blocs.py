"""Blocs: who stands with whom, how surely, what holds each bloc together, and what several could accept."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from actorgraph.analysis.bloc_votes import (
    BlocParting,
    BlocVote,
    CommonGround,
    bloc_votes,
    in_common,
    partings,
)
from actorgraph.analysis.camps.partition import blocs_of
from actorgraph.analysis.counting.counts import counts_of, level_by_position
from actorgraph.analysis.counting.positions import positions
from actorgraph.analysis.measured import Measured, checked_min_shared, head_of, records_of
from actorgraph.analysis.words import BINARY, MIN_SHARED
from actorgraph.questions.cells import ASKED_COLUMNS
from actorgraph.questions.view import given
from actorgraph.vocabulary import rounded

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date
    from typing import Unpack

    from actorgraph.analysis.bloc_votes import Voted
    from actorgraph.analysis.camps.partition import Partition
    from actorgraph.analysis.counting.counts import Counts, Matrix
    from actorgraph.analysis.counting.positions import Positions
    from actorgraph.ledger.store import Ledger
    from actorgraph.questions.options import Narrowing

NEARLY_ALL: Final = 0.9
"""A bloc is held together by what at least so many of its members are on one side of, of those who speak."""

NO_SIDE_TAKEN: Final = "takes no side"
NOTHING_SHARED: Final = "shares no proposal with anybody"
NO_AGREEMENT: Final = "agrees with nobody more than it disagrees"
TOO_FEW_TIED: Final = "too few have a tie"
"""Why an actor that takes a position is in no bloc."""


class BlocMember(NamedTuple):
    """An actor in a bloc, how many positions it takes, and how surely it is there.

    `together` is the mean share of seeds that put it in one with another of the bloc: 1 where none parted them.
    """

    actor: str
    positions: int
    together: float


class Untied(NamedTuple):
    """An actor that takes a position and is in no bloc, and why, in words."""

    actor: str
    positions: int
    reason: str


class Bloc(NamedTuple):
    """Actors that stand together, as numbers tell it.

    `positions` is how many they take, and `shared` on how many proposals at least two of them take a side. `cohesion`
    is the mean agreement of its pairs, each as often as it has shared proposals, which are `shared_by_pairs` together;
    None where `shared` is too few. `agreement` is the mean Agreement Index over the `agreement_n` proposals on which
    enough of its members speak, None where these are too few. `held_by` are the ids of those on which two or more
    speak, at least nine of ten of them on one side, most speakers first. `records` are the ids behind all of it.
    """

    bloc: int
    members: tuple[BlocMember, ...]
    positions: int
    shared: int
    shared_by_pairs: int
    cohesion: float | None
    agreement: float | None
    agreement_n: int
    held_by: tuple[str, ...]
    records: tuple[str, ...]

    @property
    def actors(self) -> tuple[str, ...]:
        """The ids of its members."""
        return tuple(member.actor for member in self.members)


@dataclass(frozen=True, repr=False)
class Blocs(Measured[Bloc]):
    """Who stands with whom, and how surely, under the envelope of a measure.

    `modularity`, `stability`, `agreeing` and `seeds` are those of the `Partition`. `ties` are the pairs that agree more
    than they disagree, and `median_shared` the median of how many proposals they share, None without a tie.
    `votes` is what each bloc says to each proposal, `tests` how many tests are in it, `common` how all blocs together
    stand to each, and `partings` are members on the other side of their bloc's majority. `untied` are in no bloc.
    """

    blocs: tuple[Bloc, ...]
    untied: tuple[Untied, ...]
    modularity: float | None
    stability: float | None
    agreeing: int
    seeds: int
    ties: int
    median_shared: float | None
    votes: tuple[BlocVote, ...]
    tests: int
    common: tuple[CommonGround, ...]
    partings: tuple[BlocParting, ...]

    LISTS = "blocs"
    COLUMNS = (
        *ASKED_COLUMNS,
        "actor",
        "actor_name",
        "positions",
        "bloc",
        "together",
        "reason",
        "bloc_members",
        "bloc_positions",
        "bloc_shared",
        "bloc_shared_by_pairs",
        "bloc_cohesion",
        "bloc_agreement",
        "bloc_agreement_n",
        "modularity",
        "stability",
        "agreeing",
        "seeds",
    )
    SHOWN = ("bloc", "actor_name", "positions", "together", "bloc_cohesion", "bloc_shared")

    @property
    def min_shared(self) -> int:
        """On how many proposals, or positions of a bloc on one, a number rests at least."""
        return int(self.query["min_shared"])

    def cells(self) -> Iterator[dict[str, object]]:
        """Yield the cells of each actor that takes a position, bloc by bloc; those that are in none last."""
        whole = {name: getattr(self, name) for name in ("modularity", "stability", "agreeing", "seeds")}
        for bloc in self.blocs:
            of_bloc = {f"bloc_{name}": value for name, value in bloc._asdict().items()}
            of_bloc["bloc_members"] = len(bloc.members)
            for member in bloc.members:
                name = self.about.actors[member.actor]
                yield {**self.asked, **whole, **of_bloc, **member._asdict(), "actor_name": name, "bloc": bloc.bloc}
        for actor in self.untied:
            yield {**self.asked, **whole, **actor._asdict(), "actor_name": self.about.actors[actor.actor]}


def blocs(
    ledger: Ledger,
    *,
    as_of: str | date,
    levels: str = BINARY,
    min_shared: int = MIN_SHARED,
    explain: bool = False,
    **options: Unpack[Narrowing],
) -> Blocs:
    """Return the blocs that actors stand in on a day, what holds each together, what divides them, and who departs.

    Two are tied as far as they agree more than they disagree (congruence − conflict, if positive). Blocs are looked for
    from 50 seeds, and it says how far these agree (see `partition_of`). Where fewer than three actors have a tie,
    there are no blocs.

    Args:
        ledger: The model, opened by `load`.
        as_of: The day that is asked about; a partial date means its last day.
        levels: `binary`, for or against alone, or `scale`, the six steps: how far two agree.
        min_shared: On how many proposals a bloc's cohesion must rest, and how many of a bloc must speak on a proposal
            for a number to say where it stands.
        explain: Whether the rows behind the numbers are in the answer.
        options: Under which assumptions, and to whom and what it is narrowed: see `Narrowing`.

    Returns:
        The blocs, the largest first.

    Raises:
        UsageProblem: An unknown condition, kind, group or tag, unknown levels, or a bad date.

    >>> from actorgraph import load
    >>> found = blocs(load("graphs/nature-restoration"), as_of="2024-06-17")
    >>> [len(bloc.members) for bloc in found], found.agreeing, found.stability, found.median_shared
    ([26, 11], 50, 1.0, 1.0)
    >>> [common.proposal for common in found.common if common.divides]
    ['nature-restoration-law']
    """
    least = checked_min_shared(min_shared)
    stand = positions(ledger, as_of=as_of, **options)
    counts = counts_of(stand, levels)
    partition, weights = blocs_of(counts)
    shared = counts.shared()
    members = tuple(tuple(counts.actors[at] for at in bloc) for bloc in partition.blocs)
    voted = bloc_votes(stand, members, least)
    tied = np.triu(weights) > 0
    query = {"command": "blocs", "levels": levels, "min_shared": least, **given(explain=explain)}
    return Blocs(
        *head_of(stand, query, explain=explain, level_of=level_by_position(levels)),
        blocs=tuple(_blocs(stand, counts, partition, voted, least)),
        untied=tuple(_untied(stand, counts, members, weights)),
        modularity=rounded(partition.modularity),
        stability=rounded(partition.stability),
        agreeing=partition.agreeing,
        seeds=partition.seeds,
        ties=int(tied.sum()),
        median_shared=float(np.median(shared[tied])) if tied.any() else None,
        votes=voted.votes,
        tests=voted.tests,
        common=in_common(stand, voted.votes, len(members), least),
        partings=partings(stand, voted.votes, members, least),
    )


def _blocs(stand: Positions, counts: Counts, partition: Partition, voted: Voted, least: int) -> Iterator[Bloc]:
    """Yield the blocs of a partition, each with its numbers."""
    congruence, shared, speaks = counts.congruence(), counts.shared(), counts.n.sum(axis=0) > 0
    for number, bloc in enumerate(partition.blocs, 1):
        within = np.ix_(bloc, bloc)
        actors = tuple(counts.actors[at] for at in bloc)
        shared_by_pairs = int(shared[within].sum() / 2)
        proposals = int((speaks[list(bloc)].sum(axis=0) >= 2).sum())
        enough = [vote for vote in voted.votes if vote.bloc == number and vote.n >= least]
        agreement = voted.indices.get(number, ())
        of_one_mind = [vote for vote in enough if vote.n > 1 and vote.on_its_side >= NEARLY_ALL * vote.n]
        together = (partition.together[within].sum(axis=1) - 1) / (len(bloc) - 1)
        yield Bloc(
            bloc=number,
            members=tuple(
                BlocMember(actor, len(stand.taken[actor]), rounded(share))
                for actor, share in zip(actors, together, strict=True)
            ),
            positions=sum(len(stand.taken[actor]) for actor in actors),
            shared=proposals,
            shared_by_pairs=shared_by_pairs,
            cohesion=rounded(congruence[within].sum() / 2 / shared_by_pairs) if proposals >= least else None,
            agreement=rounded(sum(agreement) / len(agreement)) if len(agreement) >= least else None,
            agreement_n=len(agreement),
            held_by=tuple(vote.proposal for vote in sorted(of_one_mind, key=lambda vote: (-vote.n, vote.proposal))),
            records=records_of(stand, actors, stand.proposals),
        )


def _untied(stand: Positions, counts: Counts, members: Iterable[tuple[str, ...]], agreeing: Matrix) -> Iterator[Untied]:
    """Yield the actors that take a position and are in no bloc, each with the reason."""
    in_bloc = {actor for bloc in members for actor in bloc}
    shares, tied = (
        {counts.actors[at] for at in np.flatnonzero(table.sum(axis=0))} for table in (counts.shared(), agreeing)
    )
    for actor in stand.speaking:
        if actor not in in_bloc:
            tests = (NO_SIDE_TAKEN, counts.actors), (NOTHING_SHARED, shares), (NO_AGREEMENT, tied)
            reason = next((reason for reason, passed in tests if actor not in passed), TOO_FEW_TIED)
            yield Untied(actor, len(stand.taken[actor]), reason)
