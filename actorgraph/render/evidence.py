"""The evidence of an answer: numbered as it is first cited, and listed once below the tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

from actorgraph.render.grid import Grid, Note
from actorgraph.render.phrases import citation
from actorgraph.vocabulary import grade_in_words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from actorgraph.questions.rows import Cited, Row


class Citations:
    """Numbers the evidence of one answer; with `graded`, each is listed with its grade in words.

    >>> from actorgraph import load, who
    >>> answer = who(load("examples/minimal.yaml"), "any", "the harbour", as_of="2026-02")
    >>> evidence = Citations()
    >>> [[note.number for note in evidence.of(row)] for row in (*answer, answer[0])]
    [[1], [2], [3], [4], [1]]
    """

    def __init__(self, *, graded: bool = False) -> None:
        self._graded = graded
        self._notes: dict[Cited, Note] = {}

    def of(self, *rows: Row) -> tuple[Note, ...]:
        """Return the notes of what rows rest on, in their order."""
        return self.notes(cited for row in rows for cited in row.evidence)

    def notes(self, evidence: Iterable[Cited]) -> tuple[Note, ...]:
        """Return the notes of some evidence, new ones where it was not cited before."""
        cited = tuple(dict.fromkeys(evidence))
        for item in cited:
            if item not in self._notes:
                grade = f": {grade_in_words(item.grade)}" if self._graded else ""
                text = f"{citation(item)}{grade}"
                self._notes[item] = Note(len(self._notes) + 1, text, item.url, item.archived)
        return tuple(self._notes[item] for item in cited)

    @property
    def cited(self) -> tuple[Cited, ...]:
        """All that was cited, in the order of the numbers."""
        return tuple(self._notes)

    @property
    def sources(self) -> tuple[str, ...]:
        """The ids of the sources of all that was cited, each once."""
        return tuple(dict.fromkeys(item.source for item in self._notes))

    @property
    def listed(self) -> tuple[Note, ...]:
        """The notes of all that was cited, in the order of their numbers."""
        return tuple(self._notes.values())

    def grid(self, *below: str) -> tuple[Grid, ...]:
        """Return the list of all that was cited, with what stands below it; no grid where there is neither."""
        notes = self.listed
        if not notes:
            return (Grid((), (), (), below=below),) if below else ()
        return (Grid(("Evidence",), (), (), notes=notes, below=below),)
