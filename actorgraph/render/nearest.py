"""What is nearest to an answer that is not there: sentences below a table, and no rows, which would be the answer."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any, Final

from actorgraph.dates import in_sentence
from actorgraph.pasting import as_typed
from actorgraph.questions.cells import held
from actorgraph.questions.options import NARROWINGS
from actorgraph.render.phrases import options_typed
from actorgraph.vocabulary import IN_A_SENTENCE, counted

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from actorgraph.questions.disputes import Disputes
    from actorgraph.questions.envelope import Answer, Nearest
    from actorgraph.questions.rows import Row
    from actorgraph.questions.timeline import Timeline
    from actorgraph.questions.why import Why
    from actorgraph.render.phrases import Names

_MOST: Final = 3
"""How many positions, or actors, a sentence lists."""


def nearest_lines(
    answer: Answer | Disputes | Timeline | Why, names: Names, model: str | None = None
) -> tuple[str, ...]:
    """Return what is nearest to an answer, in sentences; none where nothing is.

    `model` is the path of the model as it was named, for the commands that tell more of it.

    >>> from actorgraph import load, what
    >>> from actorgraph.render.phrases import Names
    >>> answer = what(load("examples/minimal.yaml"), "Kari Olsen", as_of="2026-06")
    >>> for line in nearest_lines(answer, Names(answer.about)):
    ...     print(line)
    Said for Fishers’ Union: opposes ‘A deep-water harbour’ (15 January 2026).
    Kari Olsen speaks for Fishers’ Union: `actorgraph what fishers-union --as-of 2026-06-30` finds 1 position.
    """
    return nearest_told(answer, names, model)[0]


def nearest_told(
    answer: Answer | Disputes | Timeline | Why, names: Names, model: str | None = None
) -> tuple[tuple[str, ...], tuple[Row, ...]]:
    """Return what is nearest to an answer, in sentences, and the rows that these tell."""
    words = _Words(answer, names, model)
    if answer.query["command"] == "disputes":
        return tuple(words.disputes(answer.nearest)), ()
    ways = groupby(answer.nearest, lambda item: item.near)
    return tuple([line for near, items in ways for line in words.lines(near, [*items])]), tuple(words.told)


class _Words:
    """How a question speaks of what is nearest to its answer."""

    def __init__(self, answer: Answer | Disputes | Timeline | Why, names: Names, model: str | None) -> None:
        query: Mapping[str, Any] = answer.query
        self.query, self.names = query, names
        self.is_assumed = bool(answer.assume)
        narrowed = {"who": NARROWINGS, "disputes": ()}.get(query["command"], ("tag",))
        self.again = ["--as-of", answer.as_of, *options_typed(answer, model, "stated", *narrowed)]
        self.actor = str(query.get("actor", query.get("target")))
        self.proposal = query.get("proposal", query.get("target"))
        self.told: list[Row] = []

    def lines(self, near: str, items: Sequence[Nearest]) -> list[str]:
        """Return the sentences on one way of being near."""
        rows = [row for item in items for row in item.rows]
        if near == "last":  # that it ended with the text is said already
            rows = [row._replace(until_date=None) for row in rows]
        if near in ABOUT:
            return [f"{ABOUT[near].format(self._options())}: {self._listed(rows)}.{self._hint(near)}"]
        if near == "spoken" and self.query["command"] == "what":  # all of it: it is what was asked for, or nearly
            return [f"Said for {self._name(item)}: {self._tell(row, by=False)}." for item in items for row in item.rows]
        if near == "spoken":
            return [f"Said for {self._name(item)}: {self._listed(item.rows, by=False)}." for item in items]
        if "proposal" in self.query:
            return [f"{TOGETHER[near].format(self.names.actor(self.actor))}: {self._listed(rows)}."]
        if len(items) > _MOST:
            counts = ", ".join(f"{self._name(item)} ({len(item.rows):,})" for item in items[:_MOST])
            asked = f"{TOGETHER[near].format(self.names.actor(self.actor))}, with positions"
            return [f"{asked}: {counts} and {len(items) - _MOST:,} more."]
        return [self._line(near, item) for item in items]

    def disputes(self, items: Sequence[Nearest]) -> list[str]:
        """Return where to ask on for disputes."""
        return [
            f"Of {self._name(item)} there are: `{self._question('disputes', str(item.through))}`."
            for item in items[:_MOST]
        ]

    def _line(self, near: str, item: Nearest) -> str:
        count = counted(len(item.rows), "position")
        tie = TIES[near].format(self.names.actor(self.actor), self._name(item))
        asked = ("who", self.query["position"]) if self.query["command"] == "who" else ("what",)
        return f"{tie}: `{self._question(*asked, str(item.through))}` finds {count}."

    def _name(self, item: Nearest) -> str:
        key = str(item.through)
        return f"‘{self.names.proposal(key)}’" if item.near in ABOUT else self.names.actor(key)

    def _question(self, *words: str) -> str:
        """Return a question as it is typed, for the same day and on the same evidence."""
        return as_typed(["actorgraph", *words, *self.again])

    def _options(self) -> str:
        given = [f"--{name}" for name in ("stated", *NARROWINGS) if name in self.query and name != "parts"]
        return " and ".join([*given, *(["--assume"] if self.is_assumed else [])])

    def _hint(self, near: str) -> str:
        return " `--parts` takes them in." if near == "part" and "actor" not in self.query else ""

    def _listed(self, rows: Iterable[Row], *, by: bool = True) -> str:
        """Return some positions in a row; whose they are is left out where it is clear."""
        texts = {self._words(row, by=by): row for row in rows}
        more = f" and {len(texts) - _MOST:,} more" if len(texts) > _MOST else ""
        return "; ".join(self._tell(row, by=by) for row in list(texts.values())[:_MOST]) + more

    def _tell(self, row: Row, *, by: bool) -> str:
        """Return a position in words, and keep it as one that is told."""
        self.told.append(row)
        return self._words(row, by=by)

    def _words(self, row: Row, *, by: bool) -> str:
        who = f"{self.names.actor(row.actor)} " if by and row.actor != self.actor else ""
        verb = IN_A_SENTENCE.get(row.position, row.position)
        on = "it" if row.proposal == self.proposal else f"‘{self.names.proposal(row.proposal)}’"
        limits = held(row, self.names.actor).removeprefix(row.position)
        return f"{who}{verb} {on}{limits} ({in_sentence(str(row.since_date))})"


ABOUT: Final = {
    "left-out": "Left out by {}",
    "last": "On its last day on the table",
    "otherwise": "Other positions",
    "part": "On its parts",
    "whole": "On what it is part of",
    "successor": "On what succeeds it",
    "predecessor": "On what it succeeds",
}
"""How sentences begin on what is held by whoever was asked about, or on something else."""

TIES: Final = {
    "represented": "{0} speaks for {1}",
    "representative": "{1} speaks for {0}",
    "member": "{1} is a member of {0}",
    "group": "{0} is a member of {1}",
}
"""How two actors are tied: the one that was asked about, and the other."""

TOGETHER: Final = {
    "represented": "Those for whom {} speaks",
    "representative": "Those who speak for {}",
    "member": "Members of {}",
    "group": "Groups of which {} is a member",
}
"""All actors that are tied so to the one that was asked about."""
