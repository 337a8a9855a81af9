"""Rows of `who`, `what` and a whole day, as tables."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

from actorgraph.questions.cells import several
from actorgraph.render.evidence import Citations
from actorgraph.render.grid import Grid
from actorgraph.render.lives import told_of_life, without_its_end
from actorgraph.render.nearest import nearest_told
from actorgraph.render.phrases import (
    NO_RECORD,
    Names,
    because,
    conditions_in,
    dateline,
    grades_in,
    nothing,
    said,
    since,
    standing,
    tone,
    under,
)
from actorgraph.render.totals import answer_total, stated_and_apart
from actorgraph.render.wrapping import isolated
from actorgraph.vocabulary import ANY, IN_A_SENTENCE, SILENT, counted

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from actorgraph.questions.envelope import Answer
    from actorgraph.questions.rows import Row

BY_IMPLICATION: Final = "By implication"

PERSONS_SILENT: Final = "A person is listed only with positions of their own, and if they speak for nobody else."
SILENCE: Final = (
    f"Silent: no stance and no commitment is in force on that day, which does not mean neutral. {PERSONS_SILENT}"
)
"""What it means to be silent on a proposal, and who can be."""

_NOBODY_SILENT: Final = (
    "Nobody: every actor of that day{who} has or may have a position on it{what}, under whatever conditions, except "
    "persons who have no positions of their own or speak for another."
)


def nobody_silent(query: Mapping[str, Any]) -> str:
    """Return that nobody is silent, of whom and on what was asked about.

    >>> nobody_silent({"parts": True, "kind": "state"})
    'Nobody: every actor of that day that was asked about has or may have a position on it or a part of it, under \
whatever conditions, except persons who have no positions of their own or speak for another.'
    """
    who = " that was asked about" if "kind" in query or "group" in query else ""
    return _NOBODY_SILENT.format(who=who, what=" or a part of it" if "parts" in query else "")


def answer_grids(
    answer: Answer, groups: Mapping[str, Sequence[str]] = MappingProxyType({}), *, model: str | None = None
) -> tuple[Grid, ...]:
    """Return the rows of `who`, `what` or a whole day as tables: stated and possible ones, then those by implication.

    Below them stands the evidence to which their numbers refer, and in a last line how many they are. `groups` are
    those among the actors that are counted beside members of theirs, which a line before that names. `model` is the
    path of the model as it was named, for commands that tell more of it.
    """
    names = Names(answer.about)
    above = (
        *_question(answer, names),
        dateline(answer),
        *told_of_life(answer.life, names),
    )
    nearest, listed = nearest_told(answer, names, model)
    if not answer.rows and not answer.possible:
        below = (*_nothing(answer), *nearest, *conditions_in(answer, listed))
        return (Grid(above, (), (), below=below),)
    if answer.query.get("position") == SILENT:
        silent = tuple((isolated(row.actor_name), row.actor) for row in answer.rows)
        total = f"{counted(len(silent), 'actor')}."
        return (Grid(above, ("ACTOR", "ID"), silent, frozenset({0}), below=(SILENCE, total)),)
    evidence = Citations()
    grids = _against_actor(answer, names, evidence) if answer.is_against_actor else _of_rows(answer, names, evidence)
    below = (
        *conditions_in(answer, (*answer.rows, *answer.against, *answer.possible, *listed)),
        *grades_in(evidence.cited),
        *([] if answer.rows else _nothing(answer)),
        *nearest,
        *(_beside_members(names.actor(group), list(map(names.actor, members))) for group, members in groups.items()),
        answer_total(answer),
    )
    if grids[0].above:  # nothing was stated
        return (Grid(above, (), ()), *grids, *evidence.grid(*below))
    return (grids[0]._replace(above=above), *grids[1:], *evidence.grid(*below))


_MOST_NAMED: Final = 5
"""How many members of a group are named beside it."""


def _beside_members(group: str, members: list[str]) -> str:
    """Return a line that says that a group is counted beside members of it.

    >>> _beside_members("G3", ["A", "B"])
    'G3 is counted beside 2 of its members: A and B.'
    """
    more = [f"{len(members) - _MOST_NAMED + 1:,} more"] if len(members) > _MOST_NAMED else []
    named = several([*members[: _MOST_NAMED - 1], *more] if more else members)
    return f"{group} is counted beside {len(members):,} of its members: {named}."


def _of_rows(answer: Answer, names: Names, evidence: Citations) -> tuple[Grid, ...]:
    subjects: dict[str, tuple[str, ...]] = {"export": ("ACTOR", "PROPOSAL"), "what": ("PROPOSAL",)}
    command = "export" if "parts" in answer.query else answer.query["command"]
    subject = subjects.get(command, ("ACTOR",))
    stated, implied = (
        without_its_end(rows, answer.query.get("target"), answer.life) for rows in stated_and_apart(answer)
    )
    return (
        *rows_grids((), (*stated, *answer.possible), subject, names, evidence),
        *rows_grids((BY_IMPLICATION,), implied, subject, names, evidence),
    )


def _against_actor(answer: Answer, names: Names, evidence: Citations) -> tuple[Grid, ...]:
    """Return the rows against an actor, those by implication apart (on either side), and what it holds itself."""
    name = names.actor(answer.query["target"])
    stated, implied = stated_and_apart(answer)
    subject, title = ("ACTOR", "PROPOSAL"), f"{name}: positions"
    ground = f"against an implied position of {name}"
    return (
        *rows_grids((), stated, subject, names, evidence),
        *rows_grids((BY_IMPLICATION,), implied, subject, names, evidence, ground=ground),
        *(
            grid
            for basis, heading in (("stated", title), ("inferred", f"{title}, by implication"))
            for own in [[row for row in answer.against if row.basis == basis]]
            for grid in rows_grids((heading,), own, ("PROPOSAL",), names, evidence)
        ),
    )


def rows_grids(
    above: tuple[str, ...],
    rows: Iterable[Row],
    subject: tuple[str, ...],
    names: Names,
    evidence: Citations,
    *,
    ground: str = "",
) -> tuple[Grid, ...]:
    """Return rows as a table under a heading, named by actor, by proposal or by both; no table where there are none.

    Those by implication have their chain beside them, or the `ground` on which they stand there though they were
    stated; the others to whom they were said, when again, and by whom.
    """
    rows = tuple(rows)
    if not rows:
        return ()
    why = [because(row, names, dated=False) or ground for row in rows]
    is_apart = any(why)
    lines = tuple(
        (
            *_subject(row, subject, names),
            standing(row._replace(toward=()), names, apart=is_apart),
            since(row),
            reason or said(row, names),
        )
        for row, reason in zip(rows, why, strict=True)
    )
    position = len(subject)
    headings = (*subject, "POSITION", "SINCE", "WHY" if is_apart else "SAID")
    return (
        Grid(
            above,
            headings,
            lines,
            frozenset({*range(position + 1), position + 2}),
            position,
            tuple(tone(row.position) for row in rows),
            keyed=frozenset({position + 2}),
            evidence=tuple(evidence.of(row) for row in rows),
        ),
    )


def _question(answer: Answer, names: Names) -> tuple[str, ...]:
    """Return the question in words, or the title of a whole model and what it covers."""
    query = answer.query
    if query["command"] == "export":
        return (isolated(answer.about.title), *([answer.about.description] if answer.about.description else []))
    if query["command"] == "what":
        return (f"{names.actor(query['target'])}: positions",)
    if answer.is_against_actor:
        return (f"{names.actor(query['target'])}: who supports what it opposes, or opposes what it supports?",)
    position = query["position"]
    words = {ANY: "has a position on", SILENT: "is silent on", **IN_A_SENTENCE}
    asked = " or ".join(words.get(word, word) for word in position.split(","))
    return (f"Who {asked} {names.title(query['target'])}?",)


def _subject(row: Row, subject: tuple[str, ...], names: Names) -> tuple[str, ...]:
    """Return whose position a row is, and on what, as far as a table shows both."""
    cells = {"ACTOR": names.actor(row.actor), "PROPOSAL": names.proposal(row.proposal)}
    return tuple(cells[heading] for heading in subject)


def _nothing(answer: Answer) -> tuple[str, ...]:
    """Say that there is nothing; not of who is silent on what is off the table, as its life is told above."""
    query = answer.query
    if answer.is_against_actor or any(item.near == "otherwise" for item in answer.nearest):
        return (f"Nobody is on record with that position on that day{under(answer)}. {NO_RECORD}",)
    if query["command"] == "who" and query["position"] == SILENT and "tag" not in query:
        return () if answer.life is not None and answer.life.is_off_the_table else (nobody_silent(query),)
    return (nothing(answer),)
