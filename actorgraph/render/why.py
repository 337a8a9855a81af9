"""The account of a position, part by part, as tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

from actorgraph.questions.cells import condition_in_words, held, of_lines
from actorgraph.questions.disputes import rows_of_disputes
from actorgraph.render.disputes import DISPUTE_HEADINGS, dispute_lines
from actorgraph.render.grid import Grid
from actorgraph.render.phrases import (
    Names,
    because,
    citations,
    dateline,
    leads,
    legend,
    nothing,
    tone,
)
from actorgraph.render.timeline import moments_grid
from actorgraph.vocabulary import grade_in_words

if TYPE_CHECKING:
    from actorgraph.questions.rows import Cited
    from actorgraph.questions.why import CuratedRecord, Why


def why_grids(answer: Why) -> tuple[Grid, ...]:
    """Return the account of a position, part by part: what it is, why, on what evidence, since when, against what."""
    names = Names(answer.about)
    actor, proposal = answer.query["actor"], answer.query["proposal"]
    above = (f"{names.actor(actor)} on {names.proposal(proposal)}", dateline(answer))
    if not answer.rows:
        left_out = " / ".join(map(held, answer.left_out))
        text = f"Left out by the options of the question: {left_out}." if left_out else nothing(answer)
        below = (text, *leads(answer, actor, names), *legend(answer, answer.left_out))
        return (Grid(above, (), (), below=below), *_history(answer, names))
    return (
        _positions(above, answer, names),
        *_rules(answer, names),
        _records(answer, names),
        *_passages(answer),
        *_history(answer, names),
        _disagreement(answer, names),
    )


def _positions(above: tuple[str, ...], answer: Why, names: Names) -> Grid:
    lines = tuple(
        (held(row), str(row.since), str(row.last_said), because(row, names) if row.because else "it was stated")
        for row in answer.rows
    )
    tones = tuple(tone(row.position) for row in answer.rows)
    return Grid(above, ("POSITION", "SINCE", "LAST SAID", "BECAUSE"), lines, frozenset({0, 3}), 0, tones)


def _rules(answer: Why, names: Names) -> tuple[Grid, ...]:
    lines = tuple(
        (
            f"‘{names.proposal(link.proposal)}’ {link.rule} ‘{names.proposal(link.to)}’\n{link.place}",
            link.note or "no reason is noted",
        )
        for link in answer.links
    )
    return (Grid(("By which rules",), ("RULE", "NOTE"), lines, frozenset({0, 1})),) if lines else ()


def _records(answer: Why, names: Names) -> Grid:
    lines = tuple((record.date, _said(record, answer, names), _graded(record.evidence)) for record in answer.curated)
    return Grid(("On what evidence",), ("DATE", "SAID", "EVIDENCE"), lines, frozenset({1, 2}))


def _said(record: CuratedRecord, answer: Why, names: Names) -> str:
    on = "" if record.proposal == answer.query["proposal"] else f" ‘{names.proposal(record.proposal)}’"
    voice = f", by {names.actor(record.speaker)}" if record.speaker else ""
    toward = f", toward {names.actors(record.toward, joint=' and ')}" if record.toward else ""
    head = ", ".join([f"{record.position}{on}{voice}{toward}", *map(condition_in_words, record.conditions)])
    return "\n".join(filter(None, (head, record.note, f"{record.id}, {record.place}")))


def _graded(evidence: tuple[Cited, ...]) -> str:
    pairs = zip(citations(evidence), evidence, strict=True)
    return "\n".join(f"{line}: {grade_in_words(item.grade)}" for line, item in pairs)


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


def _history(answer: Why, names: Names) -> tuple[Grid, ...]:
    if not answer.history:
        return ()
    return (moments_grid(("History",), answer.history, names, by_actor=False),)


def _disagreement(answer: Why, names: Names) -> Grid:
    above = ("What disagrees with it",)
    rows = [*answer.rows, *answer.grounds, *rows_of_disputes(answer.disputes)]
    conditions = [condition for record in answer.curated for condition in record.conditions]
    below = legend(answer, rows, conditions)
    if not answer.disputes:
        return Grid(above, (), (), below=("Nothing on record.", *below))
    lines, tones = dispute_lines(answer.disputes, names)
    return Grid(above, DISPUTE_HEADINGS, lines, frozenset({1, 2}), 0, tones, below)
