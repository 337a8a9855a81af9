"""The account of a position, part by part, as tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

from actorgraph.questions.cells import amount_in_words, condition_in_words, of_lines
from actorgraph.questions.disputes import rows_of_disputes
from actorgraph.render.disputes import disputes_grid
from actorgraph.render.evidence import Citations
from actorgraph.render.grid import Grid
from actorgraph.render.lives import told_of_life
from actorgraph.render.nearest import nearest_told
from actorgraph.render.phrases import (
    Names,
    addressed,
    because,
    conditions_in,
    dateline,
    grades_in,
    jointly,
    last_said,
    nothing,
    since,
    standing,
    tone,
    under,
)
from actorgraph.render.timeline import moments_grid

if TYPE_CHECKING:
    from actorgraph.questions.rows import Row
    from actorgraph.questions.why import CuratedRecord, Why


def why_grids(answer: Why) -> tuple[Grid, ...]:
    """Return the account of a position, part by part: what it is, why, on what evidence, since when, against what."""
    names = Names(answer.about)
    actor, proposal = answer.query["actor"], answer.query["proposal"]
    question = f"{names.actor(actor)} on {names.title(proposal)}"
    above = (question, dateline(answer), *told_of_life(answer.life, names))
    evidence = Citations(graded=True)
    if not answer.rows and not answer.possible:
        left_out = " / ".join(standing(row, names) for row in answer.left_out)
        text = f"{_why_left_out(answer)}: {left_out}." if left_out else nothing(answer)
        nearest, listed = nearest_told(answer, names)
        below = (text, *nearest, *conditions_in(answer, (*answer.left_out, *listed)))
        history = _history(answer, names, evidence)
        return (Grid(above, (), (), below=below), *history, *evidence.grid(*grades_in(evidence.cited)))
    grids = (
        _positions(above, answer, names),
        *_rules(answer, names),
        _records(answer, names, evidence),
        *_passages(answer),
        *_history(answer, names, evidence),
        _disagreement(answer, names, evidence),
    )
    rows = [*answer.rows, *answer.possible, *answer.grounds, *rows_of_disputes(answer.disputes)]
    conditions = [condition for record in answer.curated for condition in record.conditions]
    return (*grids, *evidence.grid(*conditions_in(answer, rows, conditions), *grades_in(evidence.cited)))


def _why_left_out(answer: Why) -> str:
    """Return why positions are left out: by the options of the question, by what conditions depend on, or by both."""
    unmet = "conditions do not hold on that day"
    is_by_options = bool(answer.assume) or "stated" in answer.query
    return f"Left out by the options of the question, or as {unmet}" if is_by_options else f"Left out, as {unmet}"


def _positions(above: tuple[str, ...], answer: Why, names: Names) -> Grid:
    lines = tuple(
        (standing(row, names), since(row), last_said(row), because(row, names) or _ground(row))
        for row in (*answer.rows, *answer.possible)
    )
    tones = tuple(tone(row.position) for row in (*answer.rows, *answer.possible))
    return Grid(above, ("POSITION", "SINCE", "LAST SAID", "BASIS"), lines, frozenset({0, 3}), 0, tones)


def _ground(row: Row) -> str:
    return "may have been stated by that day" if row.earliest else "stated"


def _rules(answer: Why, names: Names) -> tuple[Grid, ...]:
    lines = tuple(
        (
            f"‘{names.proposal(link.proposal)}’ {link.rule} ‘{names.proposal(link.to)}’\n{link.place}",
            link.note or "no reason given",
        )
        for link in answer.links
    )
    return (Grid(("By which rules",), ("RULE", "NOTE"), lines, frozenset({0, 1})),) if lines else ()


def _records(answer: Why, names: Names, evidence: Citations) -> Grid:
    return Grid(
        ("On what evidence",),
        ("DATE", "SAID"),
        tuple((record.date, _said(record, answer, names)) for record in answer.curated),
        frozenset({1}),
        evidence=tuple(evidence.notes(record.evidence) for record in answer.curated),
    )


def _said(record: CuratedRecord, answer: Why, names: Names) -> str:
    on = "" if record.proposal == answer.query["proposal"] else f" ‘{names.proposal(record.proposal)}’"
    amount = f" {amount_in_words(record.amount)}" if record.amount else ""
    parts = (
        f"{record.position}{amount}{on}",
        f"by {names.actor(record.speaker)}" if record.speaker else "",
        jointly(record, names),
        addressed(record, names),
        *map(condition_in_words, record.conditions),
    )
    head = ", ".join(filter(None, parts))
    return "\n".join(filter(None, (head, record.note, f"{record.id}, {record.place}")))


def _passages(answer: Why) -> tuple[Grid, ...]:
    if not answer.passages:
        return ()
    lines = tuple(
        (
            f"{passage.source}, {of_lines(passage.lines) if passage.lines else 'no lines cited'}\n{passage.message}",
            "\n".join(f"{number}  {text}" for number, text in passage.text) or f"({passage.state})",
        )
        for passage in answer.passages
    )
    tones = tuple("for" if passage.state == "verified" else "harm" for passage in answer.passages)
    return (Grid(("In your copies of the documents",), ("DOCUMENT", "TEXT"), lines, frozenset({0, 1}), 0, tones),)


def _history(answer: Why, names: Names, evidence: Citations) -> tuple[Grid, ...]:
    if not answer.history:
        return ()
    return (moments_grid(("History",), answer.history, names, evidence, on=answer.query["proposal"]),)


def _disagreement(answer: Why, names: Names, evidence: Citations) -> Grid:
    above = ("What disagrees with it",)
    if not answer.disputes:
        return Grid(above, (), (), below=(f"Nothing on record{under(answer)}.",))
    return disputes_grid(answer.disputes, names, evidence)._replace(above=above)
