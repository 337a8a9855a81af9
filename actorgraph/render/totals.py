"""How many an answer lists, in the words of its last line: what was stated, and beside it what is implied."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from actorgraph.render.phrases import on_conditions
from actorgraph.vocabulary import POSITIONS, STAGES, counted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from actorgraph.questions.envelope import Answer
    from actorgraph.questions.rows import Row


def answer_total(answer: Answer) -> str:
    """Return of how many actors or proposals an answer is, and how many have which position: each counts once in it.

    Of each position it is said how many depend on conditions in every row.

    >>> from actorgraph import load, what, who
    >>> ledger = load("graphs/ukraine-troops")
    >>> answer_total(who(ledger, "any", "US backstop", as_of="2026-01-10"))
    '4 actors: 3 support, 1 open, 1 contested.'
    >>> answer_total(what(ledger, "Croatia", as_of="2026-01-10"))
    '2 proposals: declines 1, pledges 1.'
    >>> answer_total(what(ledger, "Germany", as_of="2026-01-10"))
    '5 proposals: declines 1, considers 3 (all on conditions), pledges 1.'
    """
    stated, apart = stated_and_apart(answer)
    implied, possible = len(apart), len(answer.possible)
    actors = counted(len({row.actor for row in stated}), "actor")
    proposals = counted(len({row.proposal for row in stated}), "proposal")
    if answer.query["command"] == "what":
        numbers = _numbers(stated, lambda row: row.proposal)
        parts = [f"{position} {number:,}{_bound(number, bound)}" for position, number, bound in numbers]
        return total(proposals, parts, implied, possible)
    if answer.is_against_actor or answer.query["command"] == "export":
        return total(f"{actors} on {proposals}", [], implied, possible)
    return total(actors, positions_of_actors(stated), implied, possible)


def stated_and_apart(answer: Answer) -> tuple[list[Row], list[Row]]:
    """Return the rows of an answer that were stated, and those that stand apart from them, by implication.

    Against an actor, what was stated stands there, too, where that actor's own position is only implied.
    """
    if not answer.is_against_actor:
        return stated_and_implied(answer.rows)
    clear = {side.proposal for side in answer.against if side.basis == "stated"}
    return _split(answer.rows, lambda row: row.basis == "stated" and row.proposal in clear)


def stated_and_implied(rows: Iterable[Row]) -> tuple[list[Row], list[Row]]:
    """Return rows that were stated, and rows by implication."""
    return _split(rows, lambda row: row.basis == "stated")


def _split(rows: Iterable[Row], test: Callable[[Row], bool]) -> tuple[list[Row], list[Row]]:
    """Return the rows that pass a test, and those that do not."""
    passed: list[Row] = []
    failed: list[Row] = []
    for row in rows:
        (passed if test(row) else failed).append(row)
    return passed, failed


def total(stated: str, parts: list[str], implied: int = 0, possible: int = 0) -> str:
    """Return a last line: what was stated and how it divides, and beside it how much is only possible, or implied.

    >>> total("3 actors", ["2 oppose", "1 open"], 4), total("1 dispute", []), total("2 actors", [], 0, 1)
    ('3 actors: 2 oppose, 1 open; +4 by implication.', '1 dispute.', '2 actors; 1 possibly.')
    """
    listed = f"{stated}{': ' if parts else ''}{', '.join(parts)}"
    may_be = f"; {possible:,} possibly" if possible else ""
    return f"{listed}{may_be}{f'; +{implied:,} by implication' if implied else ''}."


def positions_of_actors(rows: Iterable[Row]) -> list[str]:
    """Return how many actors stand where in rows, each position and stage in a few words.

    An actor counts once at each position, on however many proposals and toward however many others.

    >>> from actorgraph import load, who
    >>> positions_of_actors(who(load("graphs/ukraine-troops"), "any", "US backstop", as_of="2026-01-10", stated=True))
    ['3 support', '1 open', '1 contested']
    """
    return [
        f"{number:,} {position if number == 1 else position.removesuffix('s')}{_bound(number, bound)}"
        for position, number, bound in _numbers(rows, lambda row: row.actor)
    ]


def _numbers(rows: Iterable[Row], who: Callable[[Row], str]) -> list[tuple[str, int, int]]:
    """Return how many stand at each position and stage, each once, and how many of them on conditions in every row.

    What is contested stands under no position, and nobody counts its conditions.
    """
    at: dict[str, dict[str, bool]] = defaultdict(dict)
    for row in rows:
        key, here = who(row), at["contested" if row.contested else row.position]
        here[key] = here.get(key, True) and bool(row.conditions) and not row.contested
    order = (*POSITIONS, *STAGES, "contested")
    return [(position, len(at[position]), sum(at[position].values())) for position in order if position in at]


def _bound(number: int, bound: int) -> str:
    """Return how many of a number depend on conditions, in brackets."""
    return f" ({on_conditions(bound, number)})" if bound else ""
