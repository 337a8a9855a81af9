"""Lenses: what a ledger's record would be without one source, or on the evidence of a grade alone; worked out again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from actorgraph.gc_pause import no_garbage_collection
from actorgraph.ledger.filters import Filters
from actorgraph.model.kinds import STATEMENTS
from actorgraph.vocabulary import grade, parts_of_grade

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from actorgraph.ledger.store import Ledger
    from actorgraph.model.model import Model

MOST_READ: Final = 20_000
"""How many statements are read through all lenses of one kind together: each lens reads all (measured: 40 µs each)."""


class Lens(NamedTuple):
    """A ledger's record as far as some of its evidence counts: without one source, or of a grade and better.

    `lines` are those of the holdings table, and of the rest `left` is what keeps evidence, or had none.
    `ends_not_counted` are of the proposals that go on here: see `Filters.ends_not_counted`. `latest_source_date` is
    when the latest of the sources left was published, as curated, None where none is.
    """

    without: str | None
    min_grade: str | None
    lines: Sequence[tuple[object, ...]]
    left: Model
    ends_not_counted: Mapping[str, tuple[str, str]]
    latest_source_date: str | None


class Lenses(NamedTuple):
    """The lenses of a ledger, and the kinds of them that it has too many of: `without`, `grade`."""

    lenses: tuple[Lens, ...]
    too_many: tuple[str, ...]


def lenses_of(ledger: Ledger) -> Lenses:
    """Return the lenses of a ledger: for each source that a position rests on, then for each grade, the best first.

    Grades are made of the reliabilities and the credibilities that occur. Of those that leave the same evidence the
    best is there; one that leaves all or nothing is no lens. What `load` with `without` or `min_grade` would have is
    what a lens has. How many statements there are to read is counted before any is read: 20,000 for each kind.

    >>> from actorgraph.ledger.load import load
    >>> lenses, _ = lenses_of(load("examples/minimal.yaml"))
    >>> [lens.without or lens.min_grade for lens in lenses]
    ['board-minutes', 'coast-weekly', 'coast-weekly-2', 'union-letter', 'A1', 'B2']
    """
    bodies = [thing.body for thing in ledger.things(*STATEMENTS, "proposal")]
    cited = [evidence for body in bodies for evidence in body.get("evidence", ())]
    reliability = {source.id: source.body.get("reliability") for source in ledger.things("source")}
    marks = {grade(reliability[evidence["source"]], evidence.get("credibility")) for evidence in cited}
    kinds = {
        "without": [Filters(without=(source,)) for source in sorted({evidence["source"] for evidence in cited})],
        "grade": [Filters(min_grade=least) for least in grades_of(marks)],
    }
    number = sum("proposal" in body for body in bodies)
    too_many = tuple(kind for kind, filters in kinds.items() if len(filters) * number > MOST_READ)
    asked = [filters for kind, of_kind in kinds.items() if kind not in too_many for filters in of_kind]
    return Lenses(tuple(_seen_through(ledger, asked)) if asked else (), too_many)


def grades_of(marks: Iterable[str | None]) -> list[str]:
    """Return the grades that tell marks apart: each leaves some out, and no two leave the same.

    A grade is named by the worst that it leaves of either part.

    >>> grades_of(["A2", "B1", "D3"])
    ['A2', 'B1', 'B2']
    >>> grades_of([None, "C2"])
    ['C2']
    """
    parts = {parts_of_grade(mark) for mark in marks}
    grades = set()
    for letter in {letter for letter, _ in parts}:
        for digit in {digit for _, digit in parts}:
            left = [part for part in parts if part[0] <= letter and part[1] <= digit]
            if 0 < len(left) < len(parts):
                grades.add(max(part[0] for part in left) + max(part[1] for part in left))
    return sorted(grades)


def _seen_through(ledger: Ledger, asked: Iterable[Filters]) -> Iterable[Lens]:
    # Both import pydantic, which a page without lenses has no use for.
    from actorgraph.ledger.curated import Curated
    from actorgraph.ledger.tables import all_lines, stated_lines

    with no_garbage_collection():
        model = Curated(ledger).model
        lines_of = all_lines if ledger.infers else stated_lines
        for filters in asked:
            left = filters.applied(model)
            without = next(iter(filters.without), None)
            ends = filters.ends_not_counted(model)
            yield Lens(without, filters.min_grade, lines_of(left), left, ends, left.latest_source)
