"""Matches: how near every actor is to a set of positions, where they part, and who stands in the way of what."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import fsum, isfinite
from typing import TYPE_CHECKING, Final, NamedTuple

from actorgraph.analysis.counting.counts import distance_of, level_by_position, side_of
from actorgraph.analysis.counting.positions import positions
from actorgraph.analysis.measured import Measured, checked_min_shared, head_of
from actorgraph.analysis.words import MIN_SHARED, SCALED
from actorgraph.errors import UsageProblem, quoted
from actorgraph.everyday import hint_at_word
from actorgraph.names import fold
from actorgraph.questions.about import Mentions
from actorgraph.questions.arguments import checked_ledger, checked_text
from actorgraph.questions.cells import ASKED_COLUMNS
from actorgraph.questions.options import Narrowing, checked_options
from actorgraph.vocabulary import POSITIONS, rounded

if TYPE_CHECKING:
    from collections.abc import Container, Iterator
    from datetime import date
    from typing import TypeAlias, Unpack

    from actorgraph.analysis.counting.positions import Positions, Taken
    from actorgraph.ledger.store import Ledger
    from actorgraph.ledger.things import Thing
    from actorgraph.questions.selection import Selection

    Given: TypeAlias = "str | Mapping[str, str | tuple[str, float]] | Iterable[Wanted]"

HEAVIEST: Final = 1_000_000
"""The largest weight; the smallest is one divided by it."""


class Wanted(NamedTuple):
    """A position of the set that is matched: on which proposal, by any of its names, and how much it weighs.

    `place` says where it was written, `file:line:column`; it is empty where it stands in no file.
    """

    proposal: str
    position: str
    weight: float = 1.0
    place: str = ""


class Aim(NamedTuple):
    """A position of the set, with who is where on its proposal: by id, each with a position that counts in one place.

    `agree` are on the side of the set (where the set takes no side: on none, too), `against` on the other side: they
    stand in the way. All else is `between`.
    """

    proposal: str
    proposal_title: str
    position: str
    weight: float
    agree: tuple[str, ...]
    between: tuple[str, ...]
    against: tuple[str, ...]


class Parting(NamedTuple):
    """A shared proposal on which an actor holds another position than the one that is `wanted`.

    `apart` is how far the two are from each other, from 0 to 1, and `opposed` whether they are on opposite sides;
    `conditional` is whether the actor's position depends on conditions.
    """

    proposal: str
    wanted: str
    position: str
    apart: float
    weight: float
    opposed: bool
    conditional: bool
    records: tuple[str, ...]


class Match(NamedTuple):
    """How near an actor is to the set: `share` is 1 − `distance`, both None where too few proposals are shared.

    `distance` is the mean, by `weight`, of how far the two are apart on the `shared` proposals; `weight` is what these
    weigh together. `parts` are those on which they differ, the most apart first. `opposed` is on how many proposals of
    the set the actor takes the other side, `conditional` on how many its position depends on conditions.
    """

    actor: str
    actor_name: str
    share: float | None
    distance: float | None
    shared: int
    weight: float
    opposed: int
    conditional: int
    parts: tuple[Parting, ...]
    records: tuple[str, ...]


@dataclass(frozen=True, repr=False)
class Matches(Measured[Match]):
    """How near every actor is to a set of positions, the nearest first, under the envelope of an answer.

    Those who take no position on any of it are only counted, in `silent`. `aims` are the positions of the set.
    """

    aims: tuple[Aim, ...]
    matches: tuple[Match, ...]

    LISTS = "matches"
    COLUMNS = (
        *ASKED_COLUMNS,
        *("actor", "actor_name", "share", "distance", "shared", "weight", "opposed", "conditional", "parts", "records"),
    )
    SHOWN = ("actor_name", "share", "shared", "parts")

    def cells(self) -> Iterator[dict[str, object]]:
        """Yield the cells of each match."""
        for match in self.matches:
            parts = tuple(f"{part.position} {self.about.proposals[part.proposal]}" for part in match.parts)
            yield {**self.asked, **match._asdict(), "parts": parts}

    @property
    def willing(self) -> tuple[Match, ...]:
        """The actors that take a position on some of it, and oppose nothing in it."""
        return tuple(match for match in self.matches if not match.opposed)


def match(
    ledger: Ledger,
    wanted: Given,
    *,
    as_of: str | date,
    levels: str = SCALED,
    min_shared: int = MIN_SHARED,
    explain: bool = False,
    **options: Unpack[Narrowing],
) -> Matches:
    """Return how near every actor is to a set of positions, with weights: who could sign this, and who is in the way.

    The distance is the city block: the mean, by weight, of |q − q'| / R over the proposals on which both hold a
    position (R is the whole scale); a match is 1 less that. On two levels it is the share of weight on which both are
    on the same side, as agreement methods count. Louwerse and Rosema (The design effects of voting advice applications,
    Acta Politica 49, 2014) compare these and other methods: whose match is best may depend on which is taken.

    Args:
        ledger: The model, opened by `load`.
        wanted: A mapping from a proposal's id, title or alias to a position, or to a pair of a position and its weight;
            several `Wanted`; or the name of an actor, whose own positions are taken.
        as_of: The day that is asked about; a partial date means its last day.
        levels: `scale`, or `binary` for the sides alone, where positions without a side do not count.
        min_shared: On how many proposals a match must rest at least.
        explain: Whether the rows behind the numbers are in the answer.
        options: Under which assumptions, and to whom and what it is narrowed: see `Narrowing`.

    Returns:
        The matches.

    Raises:
        UsageProblem: An unknown proposal, position, actor, condition, kind, group, tag or level, a bad weight or date.

    >>> from actorgraph import load
    >>> answer = match(load("examples/minimal.yaml"), {"harbour": "open"}, as_of="2026-06", min_shared=1)
    >>> [(match.actor, match.share, match.shared, match.opposed) for match in answer]
    [('harbour-board', 0.75, 1, 0), ('fishers-union', 0.25, 1, 1)]
    """
    checked_ledger(ledger)
    checked_options(options, Narrowing)
    level_of = level_by_position(levels)
    least = checked_min_shared(min_shared)
    holder = ledger.resolve(wanted, "actor") if isinstance(wanted, str) else None
    named = _of_actor(ledger, holder, as_of, options) if holder else _resolved(ledger, wanted)
    whole = positions(ledger, as_of=as_of, **options)
    aims = _admitted(named, whole.view.selection)
    stand = whole.on(aims).but(holder.id if holder else None)
    others = stand.speaking
    names = ledger.labels(others, "actor")
    matches = (_match(actor, names[actor].name, stand.taken[actor], aims, levels, least) for actor in others)
    titles = ledger.labels(aims, "proposal")
    query = {"command": "match", "levels": levels, "min_shared": least}
    query |= {} if holder is None else {"actor": holder.id}
    head = head_of(stand, query, explain=explain, level_of=level_of, also=Mentions(holder, (), aims))
    return Matches(
        *head,
        tuple(_aim(stand, others, titles[key].name, one) for key, one in aims.items()),
        tuple(sorted(matches, key=_rank)),
    )


def checked_weight(weight: str | float) -> float:
    """Return a weight. Raises `UsageProblem` for what is no positive number.

    >>> checked_weight("2.5")
    2.5
    """
    try:
        number = float(weight)
    except (TypeError, ValueError):
        number = 0.0
    if not isfinite(number) or not 1 / HEAVIEST <= number <= HEAVIEST:
        raise UsageProblem(
            f"weight {quoted(str(weight))} is no number above 0 and up to {HEAVIEST:,}, such as 2 or 0.5"
        )
    return number


def _resolved(ledger: Ledger, wanted: Given) -> dict[str, Wanted]:
    """Return the positions of a set by the ids of their proposals. Raises `UsageProblem` for all that is wrong."""
    resolved: dict[str, Wanted] = {}
    problems = []
    for entry in _listed(wanted):
        try:
            checked = _checked(ledger, entry, resolved)
        except UsageProblem as problem:
            problems.append(f"{entry.place}: {problem}" if entry.place else str(problem))
        else:
            resolved[checked.proposal] = checked
    if problems:
        raise UsageProblem("\n".join(problems))
    return resolved


def _checked(ledger: Ledger, wanted: Wanted, others: Container[str]) -> Wanted:
    """Return a position of the set by the id of its proposal, which may not be among those of the `others`."""
    key = ledger.resolve(checked_text(wanted.proposal, "a proposal"), "proposal").id
    if key in others:
        raise UsageProblem(f"{quoted(wanted.proposal)} is in the set already; keep one of them")
    if checked_text(wanted.position, "a position") not in POSITIONS:
        hint = hint_at_word(wanted.position, POSITIONS) or f"; it is one of {', '.join(POSITIONS)}"
        raise UsageProblem(f"position {quoted(wanted.position)} is not known{hint}")
    return Wanted(key, wanted.position, checked_weight(wanted.weight), wanted.place)


def _listed(wanted: Given) -> Iterator[Wanted]:
    """Yield the positions of a set, however it is given."""
    if isinstance(wanted, Mapping):
        for proposal, value in wanted.items():
            pair = (value, 1.0) if isinstance(value, str) else value
            if not isinstance(pair, tuple) or len(pair) != len(("position", "weight")):
                shown = quoted(str(proposal))
                raise UsageProblem(
                    f"{shown} should have a position, or a pair of a position and its weight, not {value!r}"
                )
            yield Wanted(proposal, *pair)
        return
    for entry in wanted if isinstance(wanted, Iterable) else (wanted,):
        if not isinstance(entry, Wanted):
            given = type(entry).__name__
            raise UsageProblem(f"a set of positions is a mapping, an actor's name or several Wanted; not {given}")
        yield entry


def _of_actor(ledger: Ledger, holder: Thing, as_of: str | date, options: Narrowing) -> dict[str, Wanted]:
    """Return the positions that an actor takes, whichever actors the question is narrowed to."""
    own: Narrowing = {**options, "kind": None, "group": None}
    stand = positions(ledger, as_of=as_of, **own)
    taken = stand.taken[holder.id]
    if not taken:
        raise UsageProblem(
            f"{holder.name} takes no position that counts on {stand.view.date}; `actorgraph what {holder.id}` shows "
            "what is on record"
        )
    return {proposal: Wanted(proposal, taken[proposal].position) for proposal in sorted(taken)}


def _admitted(aims: Mapping[str, Wanted], selection: Selection) -> dict[str, Wanted]:
    """Return the positions of a set on what a question is narrowed to. Raises `UsageProblem` where none is left."""
    admitted = {proposal: wanted for proposal, wanted in aims.items() if selection.admits_proposal(proposal)}
    if not admitted:
        raise UsageProblem("no position is left to match; name some, or narrow the question less")
    return admitted


def _opposed(position: str, other: str) -> bool:
    return {side_of(position), side_of(other)} == {0, 1}


def _match(
    actor: str, name: str, taken: Mapping[str, Taken], aims: Mapping[str, Wanted], levels: str, least: int
) -> Match:
    """Return how near an actor is to the set."""
    counts = level_by_position(levels).keys()
    shared = [key for key in aims if key in taken and {aims[key].position, taken[key].position} <= counts]
    apart = {key: distance_of(aims[key].position, taken[key].position, levels) for key in shared}
    weight = fsum(aims[key].weight for key in shared)
    distance = fsum(aims[key].weight * apart[key] for key in shared) / weight if len(shared) >= least else None
    parts = (
        Parting(
            proposal=key,
            wanted=aims[key].position,
            position=taken[key].position,
            apart=apart[key],
            weight=aims[key].weight,
            opposed=_opposed(aims[key].position, taken[key].position),
            conditional=taken[key].conditional,
            records=taken[key].records,
        )
        for key in shared
        if aims[key].position != taken[key].position
    )
    return Match(
        actor=actor,
        actor_name=name,
        share=rounded(None if distance is None else 1 - distance),
        distance=rounded(distance),
        shared=len(shared),
        weight=weight,
        opposed=sum(_opposed(one.position, taken[key].position) for key, one in aims.items() if key in taken),
        conditional=sum(taken[key].conditional for key in aims if key in taken),
        parts=tuple(sorted(parts, key=lambda part: (-part.apart * part.weight, -part.apart, part.proposal))),
        records=tuple(dict.fromkeys(record for key in aims if key in taken for record in taken[key].records)),
    )


def _rank(match: Match) -> tuple[bool, float, int, str, str]:
    """Return what ranks a match: the nearest first, of those as near who shares more; those without a number last."""
    share = -1.0 if match.share is None else match.share
    return match.share is None, -share, -match.shared, fold(match.actor_name), match.actor


def _aim(stand: Positions, actors: Iterable[str], title: str, wanted: Wanted) -> Aim:
    """Return a position of the set, with who is where on its proposal."""
    places: dict[str, list[str]] = {"agree": [], "between": [], "against": []}
    for actor in actors:
        if wanted.proposal in stand.taken[actor]:
            position = stand.taken[actor][wanted.proposal].position
            same = side_of(position) == side_of(wanted.position)
            place = "agree" if same else "against" if _opposed(position, wanted.position) else "between"
            places[place].append(actor)
    agree, between, against = (tuple(some) for some in places.values())
    return Aim(
        proposal=wanted.proposal,
        proposal_title=title,
        position=wanted.position,
        weight=wanted.weight,
        agree=agree,
        between=between,
        against=against,
    )
