"""The rows of a day as a wide table: a line for each actor, a column for each proposal."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final

from actorgraph.names import fold
from actorgraph.questions.cells import EVIDENCE_COLUMNS
from actorgraph.render.phrases import Names, standing
from actorgraph.render.wrapping import bare
from actorgraph.vocabulary import NOT

if TYPE_CHECKING:
    from collections.abc import Callable

    from actorgraph.questions.envelope import About, Answer

_ALWAYS: Final = ("actor", "actor_name", "as_of")
_WHERE_ASKED: Final = (*EVIDENCE_COLUMNS, "assume", "narrowed")
"""The columns of what was asked that stand there only where it was: a table for people is wide enough."""


def wide(answer: Answer) -> tuple[list[dict[str, object]], tuple[str, ...]]:
    """Return the lines and the columns of a wide table: what each actor holds on each proposal.

    Actors and proposals are those of the rows, actors by name and proposals by id. A cell holds
    every position, stated ones first: both sides of what is contested, and what is only possible, named so; conditions
    stand in their own words. An empty cell is silence.

    >>> from actorgraph import load
    >>> from actorgraph.questions.who import everything
    >>> lines, columns = wide(everything(load("examples/minimal.yaml"), as_of="2026-06"))
    >>> columns
    ('actor', 'actor_name', 'as_of', 'A deep-water harbour')
    >>> lines[1]["A deep-water harbour"]
    ('supports', 'pledges toward Town Council, if ‘The state grants a loan’')
    """
    names, clause = Names(answer.about), _clause(answer.about)
    asked = {name: value for name in _WHERE_ASKED if (value := answer.asked[name])}
    fixed = (*_ALWAYS, *asked)
    rows = (*answer.rows, *answer.possible)
    columns: dict[str, str] = {}
    for key in sorted({row.proposal for row in rows}):
        columns[key] = _heading(bare(names.proposal(key)), key, (*fixed, *columns.values()))
    cells: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for row in rows:
        cells[row.actor][columns[row.proposal]].append(bare(standing(row, names, condition=clause)))
    actors = sorted({row.actor: row.actor_name for row in rows}.items(), key=lambda actor: (fold(actor[1]), actor[0]))
    lines: list[dict[str, object]] = [
        {
            "actor": actor,
            "actor_name": name,
            "as_of": answer.as_of,
            **asked,
            **{column: tuple(cells[actor][column]) for column in columns.values()},
        }
        for actor, name in actors
    ]
    return lines, (*fixed, *columns.values())


def _heading(title: str, key: str, taken: tuple[str, ...]) -> str:
    """Return the heading of a proposal's column, which no other column has."""
    return f"{title} ({key})" if title in taken else title


def _clause(about: About) -> Callable[[str], str]:
    """Return what makes a clause of a condition: its title, which need not be looked up, in quotation marks."""
    titles = {condition.id: condition.title for condition in about.conditions}

    def clause(condition: str) -> str:
        title = titles[condition.removeprefix(NOT)]
        return f"unless ‘{title}’" if condition.startswith(NOT) else f"if ‘{title}’"

    return clause
