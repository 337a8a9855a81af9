"""Who stands with whom, as tables: the blocs, what holds and divides them, what all could accept, and who departs."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final

from actorgraph.analysis.bloc_votes import LEANING
from actorgraph.analysis.blocs import NO_AGREEMENT, NO_SIDE_TAKEN, NOTHING_SHARED, TOO_FEW_TIED
from actorgraph.analysis.camps.partition import FEWEST_TIED
from actorgraph.questions.cells import several
from actorgraph.render.grid import Grid
from actorgraph.render.measured import behind, number, what_counts
from actorgraph.render.phrases import Names, dateline, first_of
from actorgraph.vocabulary import counted

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from actorgraph.analysis.bloc_votes import BlocParting, BlocVote
    from actorgraph.analysis.blocs import Blocs

_MOST: Final = 10
"""How many lines a table has at most, but that of the blocs. Where records are asked for, it has all."""

_MOST_NAMED: Final = 20
"""How many actors a cell or a sentence names."""

_LEAST: Final = 3
"""How many lines each bloc has at least, of what holds it together."""

_SURE: Final = 0.95
"""Who shares its bloc with the others of it in fewer of the seeds is named."""

_STEADY: Final = 0.8
"""Where seeds agree by less than that, it is said that blocs are one reading of several."""

_WHY: Final[Mapping[str, tuple[str, str]]] = {
    NO_AGREEMENT: (NO_AGREEMENT, "agree with nobody more than they disagree"),
    NOTHING_SHARED: (NOTHING_SHARED, "share no proposal with anybody"),
    NO_SIDE_TAKEN: (NO_SIDE_TAKEN, "take no side"),
    TOO_FEW_TIED: ("is tied", "are tied"),
}
"""Why one actor, or several, are in no bloc."""


def blocs_grids(answer: Blocs) -> tuple[Grid, ...]:
    """Return the blocs as tables, each number with its N, and below the last what the numbers take for granted."""
    names = Names(answer.about)
    above = ("Who stands with whom?", dateline(answer))
    if not answer.blocs:
        below = (no_blocs(answer), *_in_no_bloc(answer, names), what_counts(answer))
        return Grid(above, (), (), below=below), *behind(answer, names)
    grids = (
        _members(answer, names, above),
        _held(answer, names),
        *_divided(answer, names),
        _acceptable(answer, names),
        *_differing(answer, names),
        *_departing(answer, names),
    )
    last = grids[-1]._replace(below=(*grids[-1].below, *_assumed(answer), what_counts(answer)))
    return *grids[:-1], last, *behind(answer, names)


def no_blocs(answer: Blocs) -> str:
    """Return why there are none."""
    tied = sum(actor.reason == TOO_FEW_TIED for actor in answer.untied)
    return (
        f"There are no blocs: it takes {FEWEST_TIED} actors that agree with another more than they disagree, and there "
        f"are {tied or 'none'}."
    )


def _members(answer: Blocs, names: Names, above: tuple[str, ...]) -> Grid:
    lines = tuple(
        (
            str(bloc.bloc),
            several(first_of(map(names.actor, bloc.actors), _room(answer, _MOST_NAMED))),
            f"{len(bloc.members):,}",
            f"{bloc.positions:,}",
            f"{bloc.shared:,}",
            "–" if bloc.cohesion is None else f"{number(bloc.cohesion)} ({bloc.shared_by_pairs:,})",
            f"{number(bloc.agreement)} ({bloc.agreement_n:,})" if bloc.agreement_n else "–",
        )
        for bloc in answer.blocs
    )
    headings = ("BLOC", "MEMBERS", "N", "POSITIONS", "SHARED", "COHESION", "AGREE")
    below = (*_in_no_bloc(answer, names), _how_sure(answer), *_unsure(answer, names), *_thin(answer))
    return Grid(above, headings, lines, frozenset({1}), below=below)


def _in_no_bloc(answer: Blocs, names: Names) -> tuple[str, ...]:
    """Return who takes a position and is in no bloc, by the reason."""
    by_reason: dict[str, list[str]] = defaultdict(list)
    for actor in answer.untied:
        by_reason[actor.reason].append(names.actor(actor.actor))
    reasons = (
        f"{several(first_of(actors, _room(answer, _MOST_NAMED)))} {_WHY[reason][len(actors) > 1]}"
        for reason, actors in sorted(by_reason.items(), key=lambda of: list(_WHY).index(of[0]))
    )
    return (f"In no bloc: {'; '.join(reasons)}.",) if by_reason else ()


def _how_sure(answer: Blocs) -> str:
    care = " Read with care: other seeds give other blocs." if (answer.stability or 0) < _STEADY else ""
    return (
        f"{answer.agreeing} of {answer.seeds} seeds gave exactly these blocs; any two seeds agree by "
        f"{number(answer.stability)} on average (adjusted Rand index). Modularity {number(answer.modularity)}.{care}"
    )


def _unsure(answer: Blocs, names: Names) -> tuple[str, ...]:
    """Return who is in another bloc from some seeds."""
    unsure = sorted(
        (member for bloc in answer.blocs for member in bloc.members if member.together < _SURE),
        key=lambda member: member.together,
    )
    if not unsure:
        return ()
    members = (f"{names.actor(member.actor)} {number(member.together)}" for member in unsure)
    listed = several(first_of(members, _room(answer, _MOST_NAMED)))
    return (f"Loosely in their bloc (the share of seeds that put them with another of it): {listed}.",)


def _thin(answer: Blocs) -> tuple[str, ...]:
    """Return a warning where ties rest on little."""
    if answer.median_shared == 1:
        return (
            f"Read with care: at least half of the {counted(answer.ties, 'tie')} rest on one shared proposal alone.",
        )
    return (f"The median tie, of {answer.ties:,}, rests on {answer.median_shared:g} shared proposals.",)


def _held(answer: Blocs, names: Names) -> Grid:
    """Return on what those of each bloc who speak are of one mind: as much of each as the table has room for."""
    votes = {(vote.bloc, vote.proposal): vote for vote in answer.votes}
    room = _room(answer, max(_LEAST, _MOST // len(answer.blocs)))
    held = [votes[bloc.bloc, proposal] for bloc in answer.blocs for proposal in bloc.held_by[:room]]
    return _listed(
        "What holds each bloc together",
        ("BLOC", "PROPOSAL", "SIDE", "AGREE"),
        [(str(vote.bloc), names.proposal(vote.proposal), _side(vote), number(vote.agreement)) for vote in held],
        flexible=1,
        most=None,
        more=0 if room is None else sum(len(bloc.held_by[room:]) for bloc in answer.blocs),
        none=f"Nothing: in no bloc do {max(answer.min_shared, 2)} or more speak on a proposal with one voice.",
    )


def _divided(answer: Blocs, names: Names) -> tuple[Grid, ...]:
    """Return what one bloc is for and another against; nothing where there is one bloc."""
    if len(answer.blocs) < 2:
        return ()
    votes = by_proposal(answer.votes)
    dividing = [common for common in answer.common if common.divides]
    lines = [
        (
            names.proposal(common.proposal),
            _those(votes[common.proposal], common.blocs_for),
            _those(votes[common.proposal], common.blocs_against),
        )
        for common in sorted(dividing, key=lambda common: (-common.n, common.proposal))
    ]
    none = f"Nothing: no proposal has most of one bloc for it and most of another against it{_enough(answer)}."
    headings = ("PROPOSAL", "FOR", "AGAINST")
    return (_listed("What divides the blocs", headings, lines, flexible=0, most=_room(answer), none=none),)


def _acceptable(answer: Blocs, names: Names) -> Grid:
    """Return what most of every bloc are for, what has most support in all of them first."""
    votes = by_proposal(answer.votes)
    acceptable = [common for common in answer.common if common.acceptable]
    lines = [
        (
            names.proposal(common.proposal),
            _those(votes[common.proposal], common.blocs_for),
            number(common.consensus),
        )
        for common in acceptable
    ]
    compared = sum(common.consensus is not None for common in answer.common)
    reason = (
        f"of {counted(compared, 'proposal')} on which enough of every bloc speak, none has most of every bloc for it"
    )
    none = f"Nothing: {reason}." if compared else f"No number: {_refused(answer)}."
    headings = ("PROPOSAL", "IN FAVOUR", "CONSENSUS")
    return _listed("What all blocs could accept", headings, lines, flexible=0, most=_room(answer), none=none)


def _refused(answer: Blocs) -> str:
    """Return why no proposal can be compared over all blocs."""
    small = [str(bloc.bloc) for bloc in answer.blocs if len(bloc.members) < answer.min_shared]
    if small:
        have = "s {} have" if len(small) > 1 else " {} has"
        return f"bloc{have.format(several(small))} fewer than {answer.min_shared} members"
    return f"there is no proposal on which {answer.min_shared} or more of every bloc speak"


def _enough(answer: Blocs) -> str:
    return f", with at least {answer.min_shared} who speak in each" if answer.min_shared > 1 else ""


def _differing(answer: Blocs, names: Names) -> tuple[Grid, ...]:
    """Return where the support in a bloc differs from that of all others, what chance explains least first."""
    tested = [
        (vote.p_holm, -abs(vote.z or 0), vote.bloc, vote.proposal, vote)
        for vote in answer.votes
        if vote.p_holm is not None
    ]
    lines = [
        (
            str(vote.bloc),
            names.proposal(vote.proposal),
            f"{number(vote.share)} ({vote.in_favour} of {vote.n})",
            f"{number(vote.outside_share)} ({vote.outside_in_favour} of {vote.outside_n})",
            _chance(vote.p_holm),
        )
        for *_, vote in sorted(tested)
    ]
    headings = ("BLOC", "PROPOSAL", "SUPPORT INSIDE", "OUTSIDE", "P")
    if not lines:
        return ()
    return (_listed("Support inside each bloc against outside", headings, lines, flexible=1, most=_room(answer)),)


def _departing(answer: Blocs, names: Names) -> tuple[Grid, ...]:
    lines = [
        (
            names.actor(parting.actor),
            str(parting.bloc),
            f"{parting.position} {names.proposal(parting.proposal)}",
            f"{_majority(parting)}: {parting.with_majority} of {parting.n}",
        )
        for parting in answer.partings
    ]
    if not lines:
        return ()
    headings = ("ACTOR", "BLOC", "POSITION", "ITS BLOC")
    return (_listed("Who departs from the majority of its bloc", headings, lines, flexible=2, most=_room(answer)),)


def _majority(parting: BlocParting) -> str:
    """Return the side of a majority, and, where some of it only lean to that side, how."""
    return f"{parting.majority} or {LEANING[parting.majority]}" if parting.leaning else parting.majority


def _listed(
    title: str,
    headings: tuple[str, ...],
    lines: Sequence[tuple[str, ...]],
    *,
    flexible: int,
    most: int | None,
    more: int = 0,
    none: str = "",
) -> Grid:
    """Return a table of the first `most` lines, or of all.

    Below it stands how many more there are, with `more` that are not among the lines; where there is no line, `none`.
    """
    if not lines:
        return Grid((title,), (), (), below=(none,))
    shown = lines[:most]
    left = len(lines) - len(shown) + more
    below = (f"and {left} more: all with --explain and in JSON.",) if left else ()
    return Grid((title,), headings, tuple(shown), frozenset({flexible}), below=below)


def _room(answer: Blocs, most: int = _MOST) -> int | None:
    """Return how many lines or names there is room for; None, that is for all, where records are asked for."""
    return None if answer.rows else most


def by_proposal(votes: Iterable[BlocVote]) -> dict[str, dict[int, BlocVote]]:
    """Return votes by proposal and bloc."""
    by_bloc: dict[str, dict[int, BlocVote]] = defaultdict(dict)
    for vote in votes:
        by_bloc[vote.proposal][vote.bloc] = vote
    return by_bloc


def _those(votes: Mapping[int, BlocVote], blocs: Iterable[int]) -> str:
    """Return blocs, each with how many of those who speak are on its side."""
    return ", ".join(f"bloc {bloc}: {votes[bloc].on_its_side} of {votes[bloc].n}" for bloc in blocs)


def _side(vote: BlocVote) -> str:
    return f"{vote.side}: {vote.on_its_side} of {vote.n}"


def _chance(p: float | None) -> str:
    """Return a p-value as tables print it.

    >>> _chance(0.0123), _chance(1e-9), _chance(1.0)
    ('0.012', '<0.001', '1.000')
    """
    return "–" if p is None else "<0.001" if p < 0.001 else f"{p:.3f}"


def _assumed(answer: Blocs) -> tuple[str, ...]:
    """Return what the numbers mean, whose formulas they are, and what they take for granted."""
    tested = TESTED.format(counted(answer.tests, "test"))
    numbers = f"{COHESION} No number rests on fewer than {answer.min_shared}."
    return _SIDES, FOUND, numbers, SUPPORT, *([tested] if answer.tests else [])


_SIDES: Final = "For: supports or open; against: opposes or sceptical; neutral and undecided take no side."
FOUND: Final = (
    "Two are tied by how far they agree more than they disagree. Blocs are found by Louvain’s method (Blondel and "
    "others 2008); of all seeds, those of the highest modularity (Newman and Girvan 2004) are shown. How far seeds "
    "agree is measured as in Hubert and Arabie (1985)."
)
COHESION: Final = (
    "SHARED: proposals on which two members take a side. COHESION: of all that pairs of members share (their number), "
    "the part on which they agree. AGREE: the index of Hix, Noury and Roland (2005), as `tally` has it (open and "
    "sceptical are in between), for a bloc its mean over the proposals (their number) on which enough speak."
)
SUPPORT: Final = (
    "SUPPORT is (n + 1)/(N + 2), n who support it or are open to it of N who speak; CONSENSUS is its product over all "
    "blocs (Polis: Small and others 2021)."
)
TESTED: Final = (
    "P is of a two-proportion z-test, pooled and two-sided, corrected by Holm (1979) for {} in all. It takes positions "
    "for independent and N for large; and as blocs are made from these very positions, a small P shows what made them, "
    "and proves nothing."
)
