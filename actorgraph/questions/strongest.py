"""The strongest neighbourhood of an actor or a proposal: so much of a large record as a drawing can show.

**The rule, here alone.** What counts is positions on record: the lines of the holdings table that were stated and in
force on some day. Of several with equally many, those come first with more of them on all proposals (of all actors),
then those whose id sorts first.

- Of a proposal: the N actors with the most positions on it, and the N other proposals on which these have the most.
- Of an actor: the N proposals on which it has the most positions, and the N other actors with the most on these.
- Of nothing: the N actors with the most positions, and the N proposals that are most split among all actors: on which
  the smaller of two camps, those who ever were for it and those who ever were against it, is the largest.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from actorgraph.errors import UsageProblem
from actorgraph.ledger.part import part_of
from actorgraph.ledger.things import in_parts
from actorgraph.questions import sql
from actorgraph.questions.lines import number_of
from actorgraph.vocabulary import SCALE, counted

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable

    from actorgraph.ledger.store import Ledger
    from actorgraph.ledger.things import Thing

USUAL: Final = 50
"""How many actors, and how many proposals, where nobody says how many."""

_CAMPS: Final = (
    tuple(word for word, level in SCALE.items() if level > 0),
    tuple(word for word, level in SCALE.items() if level < 0),
)
"""The positions that are for a proposal, and those that are against it."""


class Neighbourhood(NamedTuple):
    """The ids of the actors and the proposals in it, the strongest first, and what it leaves out, in a sentence.

    `left_out` is None where every position of the record is in it.
    """

    actors: tuple[str, ...]
    proposals: tuple[str, ...]
    left_out: str | None


def strongest(ledger: Ledger, focus: str | None = None, *, top: int) -> Neighbourhood:
    """Return the strongest neighbourhood of an actor or a proposal, or of the whole record (see above for the rule).

    Only counts are read, and none of what is said.

    Args:
        ledger: The record.
        focus: Any name of an actor or a proposal, or None.
        top: How many actors and how many proposals there are to be at most, besides what is in focus.

    Raises:
        UsageProblem: Nothing or several things answer to the name, or `top` is less than 1.

    >>> from actorgraph.ledger.load import load
    >>> found = strongest(load("examples/minimal.yaml"), "harbour", top=2)
    >>> found.actors, found.proposals
    (('fishers-union', 'harbour-board'), ('harbour',))
    """
    if top < 1:
        raise UsageProblem(f"--top {top} leaves nothing to show; give 1 or more")
    if focus is None:
        return _of_all(ledger, top)
    thing = ledger.resolve(focus, "actor", "proposal")
    return _of_proposal(ledger, thing, top) if thing.type == "proposal" else _of_actor(ledger, thing, top)


def part_in_focus(ledger: Ledger, focus: str | None = None, *, top: int) -> Ledger:
    """Return the strongest neighbourhood of an actor or a proposal, or of the whole record, as a ledger of its own.

    Where it has every position of the record it is no part of it: then the record itself is returned.
    `Ledger.left_out` says what is left out, `Ledger.elsewhere` which proposals split most that are not in it. Raises
    what `strongest` does.
    """
    kept = strongest(ledger, focus, top=top)
    if kept.left_out is None:
        return ledger
    split = camps(ledger)
    elsewhere = [(key, *split[key]) for key in _most_split(split) if min(split[key])]
    return part_of(ledger, kept.actors, kept.proposals, left_out=kept.left_out, elsewhere=elsewhere)


def positions_on_record(ledger: Ledger) -> int:
    """Return how many positions a record has, stated and inferred, that are in force on some day."""
    return number_of(ledger, sql.EVER_IN_FORCE)


def _of_proposal(ledger: Ledger, proposal: Thing, top: int) -> Neighbourhood:
    on_it = _most(ledger, "actor", sql.of_proposals, [proposal.id])
    actors = _best(ledger, "actor", on_it, top)
    shared = _most(ledger, "proposal", sql.of_actors, actors)
    shared.pop(proposal.id, None)
    proposals = (proposal.id, *_best(ledger, "proposal", shared, top))
    number = counted(len(actors), "actor")
    taken = f"the {number} with the most positions on record about {proposal.name}, of {len(on_it):,}"
    others = f", and the {counted(len(proposals) - 1, 'other proposal')} on which they hold most, of {len(shared):,}"
    return _told(ledger, actors, proposals, taken + others * (len(shared) > 0))


def _of_actor(ledger: Ledger, actor: Thing, top: int) -> Neighbourhood:
    of_it = _most(ledger, "proposal", sql.of_actors, [actor.id])
    proposals = _best(ledger, "proposal", of_it, top)
    sharing = _most(ledger, "actor", sql.of_proposals, proposals)
    sharing.pop(actor.id, None)
    actors = (actor.id, *_best(ledger, "actor", sharing, top))
    number = counted(len(proposals), "proposal")
    taken = f"the {number} on which {actor.name} has the most positions on record, of {len(of_it):,}"
    others = f", and the {counted(len(actors) - 1, 'other actor')} with the most on these, of {len(sharing):,}"
    return _told(ledger, actors, proposals, taken + others * (len(sharing) > 0))


def _of_all(ledger: Ledger, top: int) -> Neighbourhood:
    everyone = dict(ledger.rows(sql.number_by("actor")))
    actors = tuple(sorted(everyone, key=lambda key: (-everyone[key], key))[:top])
    split = camps(ledger)
    proposals = tuple(_most_split(split)[:top])
    taken = f"the {counted(len(actors), 'actor')} with the most positions on record, of {len(everyone):,}"
    others = f"the {counted(len(proposals), 'proposal')} that most split all actors, of {len(split):,}"
    return _told(ledger, actors, proposals, f"{taken}, and {others}")


def camps(ledger: Ledger) -> dict[str, tuple[int, int]]:
    """Return how many actors ever were for, and how many ever against, each proposal that has a stated position.

    >>> from actorgraph.ledger.load import load
    >>> camps(load("examples/minimal.yaml"))
    {'harbour': (2, 1)}
    """
    sizes = {proposal: [0, 0] for (proposal,) in ledger.rows(sql.PROPOSALS_ON_RECORD)}
    for side, words in enumerate(_CAMPS):
        for proposal, number in ledger.rows(sql.actors_by_proposal(len(words)), words):
            sizes[proposal][side] = number
    return {proposal: (numbers[0], numbers[1]) for proposal, numbers in sizes.items()}


def _most_split(split: dict[str, tuple[int, int]]) -> list[str]:
    """Return proposals, the most split first: of the largest smaller camp, then of the most in both, then by id."""
    return sorted(split, key=lambda key: (-min(split[key]), -sum(split[key]), key))


def _most(ledger: Ledger, counted_by: str, of: Callable[[int], str], ids: Iterable[str]) -> dict[str, int]:
    """Return how many positions there are by actor (or proposal) on some proposals (or of some actors)."""
    numbers: dict[str, int] = {}
    for some in in_parts(ids):
        for key, number in ledger.rows(sql.number_by(counted_by, of(len(some))), some):
            numbers[key] = numbers.get(key, 0) + number
    return numbers


def _best(ledger: Ledger, column: str, numbers: dict[str, int], top: int) -> tuple[str, ...]:
    """Return those with the most positions, of equals those with the most in the whole record, then by id."""
    ranked = sorted(numbers, key=lambda key: -numbers[key])
    if len(ranked) > top:  # only those that may be in it are counted in the whole
        ranked = [key for key in ranked if numbers[key] >= numbers[ranked[top - 1]]]
    whole = _most(ledger, column, sql.of_actors if column == "actor" else sql.of_proposals, ranked)
    return tuple(sorted(ranked, key=lambda key: (-numbers[key], -whole[key], key))[:top])


def _told(ledger: Ledger, actors: Collection[str], proposals: Collection[str], taken: str) -> Neighbourhood:
    """Return a neighbourhood, and the sentence that says how much of the record it has."""
    there = 0
    for some in in_parts(actors):
        for others in in_parts(proposals):
            of_both = f"{sql.of_actors(len(some))} AND {sql.of_proposals(len(others))}"
            there += number_of(ledger, f"{sql.EVER_IN_FORCE} AND {of_both}", *some, *others)
    whole = positions_on_record(ledger)
    if there == whole:
        return Neighbourhood(tuple(actors), tuple(proposals), None)
    shown = f"A part of the record: {taken}. It has {there:,} of {whole:,} positions, and counts these alone"
    verb = "is" if whole - there == 1 else "are"
    less = "so is what would follow from less evidence, or was known by an earlier day"
    return Neighbourhood(tuple(actors), tuple(proposals), f"{shown}; {whole - there:,} {verb} left out, and {less}.")
