"""The questions about a day: who holds a position, what an actor holds, and everything that is in force."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final

from actorgraph.errors import VERY_ALIKE, UsageProblem, quoted
from actorgraph.everyday import hint_at_word
from actorgraph.questions.about import Mentions
from actorgraph.questions.arguments import checked_ledger, checked_text
from actorgraph.questions.envelope import Nearest
from actorgraph.questions.lives import is_off_the_table
from actorgraph.questions.relations import speaks_for
from actorgraph.questions.rows import Row, in_order
from actorgraph.questions.silence import silence_of, whose_silence_counts
from actorgraph.questions.sql import (
    ANY_DAY,
    OF_ACTOR,
    ON_WHAT_AN_ACTOR_HAS_A_STANCE,
    WHO_STATED_ANYTHING,
    of_proposals,
)
from actorgraph.questions.view import View, together
from actorgraph.vocabulary import ANY, POSITIONS, SILENT, STAGES

if TYPE_CHECKING:
    from datetime import date
    from typing import Unpack

    from actorgraph.ledger.store import Ledger
    from actorgraph.ledger.things import Thing
    from actorgraph.questions.envelope import Answer
    from actorgraph.questions.options import Options

ASKED: Final = (*POSITIONS, *STAGES, ANY, SILENT)
"""What `who` can be asked for."""


def who(
    ledger: Ledger,
    position: str,
    target: str,
    *,
    as_of: str | date,
    **options: Unpack[Options],
) -> Answer:
    """Return who holds a position (or has reached a stage) on a proposal, or opposes an actor, as of a day.

    To oppose an *actor* is to support what it opposes or to oppose what it supports; the rows are the opponents' own,
    and `against` in the answer what the actor holds itself. `silent` are the actors of whom nothing is stated on the
    proposal that is in force, under whatever conditions, and with `parts` nor on any of its parts; persons only where
    they state something in their own name elsewhere and represent nobody.

    Args:
        ledger: The model, opened by `load`.
        position: A position or a stage, or several with commas (`supports,open`); `any`; or `silent`.
        target: The id, a name, a title or an alias of a proposal, or with `opposes` of an actor.
        as_of: The day that is asked about; a partial date means its last day.
        options: What counts, what is marked, and to whom and what it is narrowed: see `Options`.

    Returns:
        The rows, stated ones first, sorted by actor name, proposal and since.

    Raises:
        UsageProblem: An unknown position, name, condition, kind or tag, or a bad date or length of time.

    >>> from actorgraph import load
    >>> ledger = load("examples/minimal.yaml")
    >>> answer = who(ledger, "opposes", "the harbour", as_of="2026-06")
    >>> [(row.actor_name, row.since, row.evidence[0].grade) for row in answer.rows]
    [('Fishers’ Union', '2026-01-15', 'B2')]
    >>> [(row.actor_name, row.position) for row in who(ledger, "opposes", "Fishers’ Union", as_of="2026-06").rows]
    [('Harbour Board', 'supports')]
    """
    positions = _positions(position)
    thing = checked_ledger(ledger).resolve(target, *_asked_about(ledger, positions, target))
    query = {"command": "who", "position": ",".join(positions), "target": thing.id}
    if thing.type == "actor":
        view = View(ledger, as_of=as_of, **options)
        opponents, own = _against(view, thing.id)
        query["target_type"] = "actor"
        near = () if opponents else _nearest_against(view, thing.id)
        return view.answer(query, opponents, Mentions(thing), against=own, nearest=near)
    view = View(ledger, as_of=as_of, about=thing.id, **options)
    about = Mentions(thing)
    if positions == (SILENT,):
        return view.answer(query, _silent(view, thing), about)
    rows, possible = view.held_about()
    if positions != (ANY,):
        rows, possible = (tuple(row for row in some if row.position in positions) for some in (rows, possible))
    nearest: tuple[Nearest, ...] = ()
    if not rows and not possible:
        from actorgraph.questions.nearest import nearest_on

        nearest = nearest_on(view, thing.id, positions)
    return view.answer(query, rows, about, possible=possible, nearest=nearest)


def _positions(text: str) -> tuple[str, ...]:
    """Return the positions that are asked for, each once."""
    positions = tuple(dict.fromkeys(word.strip() for word in checked_text(text, "a position").split(",")))
    for position in positions:
        if position not in ASKED:
            hint = hint_at_word(position, ASKED, cutoff=VERY_ALIKE) or f"; it is one of {', '.join(ASKED)}"
            raise UsageProblem(f"unknown position {quoted(position)}{hint}")
        if position in (ANY, SILENT) and len(positions) > 1:
            raise UsageProblem(f"{quoted(position)} is asked for alone, not with other positions")
    return positions


def _asked_about(ledger: Ledger, positions: tuple[str, ...], target: str) -> tuple[str, ...]:
    """Return the types of things that a name may mean: one can oppose an actor too, if no proposal is called so."""
    return ("proposal",) if positions != ("opposes",) or ledger.named(target, "proposal") else ("proposal", "actor")


def what(
    ledger: Ledger,
    actor: str,
    *,
    as_of: str | date,
    **options: Unpack[Options],
) -> Answer:
    """Return everything that an actor holds as of a day: stances and commitments.

    Args:
        ledger: The model, opened by `load`.
        actor: The id, the name or an alias of an actor.
        as_of: The day that is asked about; a partial date means its last day.
        options: What counts, what is marked, and to whom and what it is narrowed: see `Options`.

    Returns:
        The rows, stated ones first, sorted by proposal and since.

    Raises:
        UsageProblem: An unknown name, condition, kind or tag, or a bad date or length of time.

    >>> from actorgraph import load
    >>> answer = what(load("examples/minimal.yaml"), "harbour board", as_of="2026-06", assume=["state-loan"])
    >>> [(row.position, row.proposal, row.conditions) for row in answer.rows]
    [('supports', 'harbour', ()), ('pledges', 'harbour', ())]
    """
    thing = checked_ledger(ledger).resolve(actor, "actor")
    view = View(ledger, as_of=as_of, **options)
    query = {"command": "what", "target": thing.id}
    rows, possible, _ = view.held(OF_ACTOR, thing.id)
    from actorgraph.questions.nearest import nearest_of, spoken_by

    nearest = spoken_by(view, thing.id) if rows or possible else nearest_of(view, thing.id)
    return view.answer(query, rows, Mentions(thing), possible=possible, nearest=nearest)


def everything(
    ledger: Ledger,
    *,
    as_of: str | date,
    **options: Unpack[Options],
) -> Answer:
    """Return every row in force on a day, as `who` and `what` do for some of them.

    Args:
        ledger: The model, opened by `load`.
        as_of: The day that is asked about; a partial date means its last day.
        options: What counts, what is marked, and to whom and what it is narrowed: see `Options`.

    Returns:
        The rows, stated ones first, sorted by actor name, proposal and since.

    Raises:
        UsageProblem: An unknown condition, kind, group or tag, or a bad date or length of time.

    >>> from actorgraph import load
    >>> [(row.actor, row.position) for row in everything(load("examples/minimal.yaml"), as_of="2025-12").rows]
    [('fishers-union', 'neutral'), ('harbour-board', 'supports'), ('town-council', 'open')]
    """
    view = View(ledger, as_of=as_of, **options)
    held = view.held(ANY_DAY, later=True)
    return view.answer({"command": "export"}, held.rows, Mentions(), possible=held.possible)


def _against(view: View, actor: str) -> tuple[tuple[Row, ...], tuple[Row, ...]]:
    """Return the rows of others against an actor, and those of its own that they are against.

    They support what it opposes without contest, or oppose what it supports.
    """
    rows = view.rows(ON_WHAT_AN_ACTOR_HAS_A_STANCE, actor, narrowed=False)
    opposite = {"supports": "opposes", "opposes": "supports"}
    own: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in rows:
        if row.actor == actor and not row.contested:
            own[row.proposal, opposite.get(row.position, "")].append(row)
    pairs = [
        (row, mine)
        for row in rows
        if row.actor != actor and view.selection.admits(row.actor, row.proposal)
        for mine in own.get((row.proposal, row.position), ())
        if together(row, mine)
    ]
    return tuple(dict.fromkeys(row for row, _ in pairs)), in_order({mine for _, mine in pairs})


def _nearest_against(view: View, actor: str) -> tuple[Nearest, ...]:
    """Return who stands against those for whom an actor speaks."""
    others = ((other, _against(view, other)[0]) for other in speaks_for(view.ledger, actor, view.day))
    return tuple(Nearest("represented", other, rows) for other, rows in others if rows)


def _silent(view: View, proposal: Thing) -> tuple[Row, ...]:
    ledger, day = view.ledger, view.day
    has_the_tag = bool(view.selection.about)
    if not has_the_tag or is_off_the_table(proposal, day):
        return ()
    spoken = {
        actor
        for some in view.asked_about()
        for (actor,) in ledger.rows(f"{WHO_STATED_ANYTHING} AND {of_proposals(len(some))}", (day, day, day, day, *some))
    }
    return in_order(silence_of(thing, proposal) for thing in whose_silence_counts(view) if thing.id not in spoken)
