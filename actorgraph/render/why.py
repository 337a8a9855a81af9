"""The account of a position, part by part, as tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

from actorgraph.render.disputes import DISPUTE_HEADINGS, dispute_lines
from actorgraph.render.grid import Grid
from actorgraph.render.phrases import because, cite, dateline, held, leads, legend, nothing, of_lines, tone
from actorgraph.render.timeline import moments_grid
from actorgraph.vocabulary import NOT, grade_in_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from actorgraph.ledger.store import Ledger
    from actorgraph.questions.rows import Cited
    from actorgraph.questions.why import Record, Why


def why_grids(account: Why, ledger: Ledger) -> tuple[Grid, ...]:
    """Return the account of a position, part by part: what is held, why, on what evidence, since when, against what."""
    actors, titles = ledger.names("actor"), ledger.names("proposal")
    actor, proposal = actors[account.query["actor"]], titles[account.query["proposal"]]
    above = (f"{actor} on {proposal}", dateline(account, ledger))
    if not account.rows:
        left_out = " / ".join(map(held, account.left_out))
        found = f"Left out by what was asked: {left_out}." if left_out else nothing(account)
        below = (found, *leads(account, ledger, account.query["actor"]), *legend(account.left_out, ledger))
        return (Grid(above, (), (), below=below), *_history(account, ledger))
    lines = tuple(
        (held(row), str(row.since), str(row.last_said), because(row, titles) if row.because else "it was stated")
        for row in account.rows
    )
    tones = tuple(tone(row.position) for row in account.rows)
    headings = ("POSITION", "SINCE", "LAST SAID", "BECAUSE")
    return (
        Grid(above, headings, lines, frozenset({0, 3}), 0, tones),
        *_rules(account, titles),
        Grid(
            ("On what evidence",),
            ("DATE", "SAID", "EVIDENCE"),
            tuple((one.date, _said(one, account, actors, titles), _graded(one.evidence)) for one in account.records),
            frozenset({1, 2}),
        ),
        *_passages(account),
        *_history(account, ledger),
        _disagreement(account, ledger),
    )


def _rules(account: Why, titles: Mapping[str, str]) -> tuple[Grid, ...]:
    lines = tuple(
        (f"‘{titles[one.proposal]}’ {one.rule} ‘{titles[one.to]}’\n{one.place}", one.note or "no reason is noted")
        for one in account.links
    )
    return (Grid(("By which rules",), ("RULE", "NOTE"), lines, frozenset({0, 1})),) if lines else ()


def _said(one: Record, account: Why, actors: Mapping[str, str], titles: Mapping[str, str]) -> str:
    on = "" if one.proposal == account.query["proposal"] else f" ‘{titles[one.proposal]}’"
    voice = f", by {actors[one.speaker]}" if one.speaker else ""
    toward = f", toward {' and '.join(actors[key] for key in one.toward)}" if one.toward else ""
    bound = [f"unless {key.removeprefix(NOT)}" if key.startswith(NOT) else f"if {key}" for key in one.conditions]
    head = ", ".join([f"{one.position}{on}{voice}{toward}", *bound])
    return "\n".join(filter(None, (head, one.note, f"{one.id}, {one.place}")))


def _graded(evidence: Iterable[Cited]) -> str:
    return "\n".join(f"{cite(one)}: {grade_in_words(one.grade)}" for one in evidence)


def _passages(account: Why) -> tuple[Grid, ...]:
    if not account.passages:
        return ()
    lines = tuple(
        (
            f"{one.source}, {of_lines(one.lines) if one.lines else 'no lines cited'}\n{one.message}",
            "\n".join(f"{number}  {text}" for number, text in one.text) or f"({one.state})",
        )
        for one in account.passages
    )
    tones = tuple("for" if one.state == "verified" else "harm" for one in account.passages)
    return (Grid(("In your copies of the documents",), ("DOCUMENT", "TEXT"), lines, frozenset({0, 1}), 0, tones),)


def _history(account: Why, ledger: Ledger) -> tuple[Grid, ...]:
    if not account.history:
        return ()
    return (moments_grid(("What it held before, and when it said so again",), account.history, ledger, by_actor=False),)


def _disagreement(account: Why, ledger: Ledger) -> Grid:
    rows = [*account.rows, *account.grounds]
    bound = [each for one in account.records for each in one.conditions]
    if not account.disputes:
        told = legend(rows, ledger, conditions=bound)
        return Grid(("What disagrees with it",), (), (), below=("Nothing on record.", *told))
    lines, tones = dispute_lines(account.disputes, ledger)
    grid = Grid(("What disagrees with it",), DISPUTE_HEADINGS, lines, frozenset({1, 2}), 0, tones)
    every = [*rows, *(row for one in account.disputes for side in one.sides for row in side)]
    return grid._replace(below=legend(every, ledger, conditions=bound))
