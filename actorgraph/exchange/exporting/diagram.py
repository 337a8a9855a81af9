"""What is around a proposal or an actor on a day, as a diagram in words: boxes, and arrows with what they say."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final, NamedTuple, TypeAlias

from actorgraph.dates import begun, ended, in_table
from actorgraph.errors import UsageProblem, quoted
from actorgraph.exchange.formats import Option
from actorgraph.gc_pause import no_garbage_collection
from actorgraph.render.wrapping import bare, clean
from actorgraph.vocabulary import LINEUP, RELATIONS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from actorgraph.exchange.formats import Request
    from actorgraph.questions.envelope import Answer
    from actorgraph.questions.relations import DatedTie
    from actorgraph.questions.rows import Row
    from actorgraph.questions.snapshot import Snapshot
    from actorgraph.render.phrases import Names

STEPS: Final = ("1", "2")
OF_DIAGRAMS: Final = ("model", "as_of", "known_by", "stated", "assume", "narrowing", "output", "no_cache")
AROUND: Final = Option("steps", "how far from TARGET it reaches.  [default: 1]", choices=STEPS)

SIDES: Final[Mapping[str, str]] = {
    position: {"out": "against", "in": "for"}.get(column, column)
    for column, _, positions in LINEUP
    for position in positions
}
"""On which side a position or a stage is: for, against, or between."""

INKS: Final = {"for": "for", "against": "against", "between": "undecided"}
"""The ink of each side, by its name in the page's palette."""

LEGEND: Final = (
    "Rounded: proposals. Square: actors.",
    "Blue: for. Orange: against. Green: in between.",
    "Broken lines: contested, on conditions, only possible, or inferred. Grey: how things are related.",
)


class Box(NamedTuple):
    """An actor or a proposal: a key of letters, digits and `_`, its name, and its side of what the diagram is about.

    The side is None where it has none, or several.
    """

    key: str
    name: str
    is_proposal: bool
    is_centre: bool
    side: str | None


class Arrow(NamedTuple):
    """A line from one box to another, by key: what it says, on which side, and whether it is broken.

    What ties things together, and says nothing for or against, has no side.
    """

    start: str
    end: str
    label: str
    side: str | None
    is_broken: bool


_End: TypeAlias = tuple[str, str]
"""A type of a thing, and its id."""


class _Line(NamedTuple):
    """What an arrow is made of: its ends, and what ties them. Few of a large record are put in words."""

    start: _End
    end: _End
    tie: Row | DatedTie | str


class Diagram(NamedTuple):
    """Boxes and arrows, and what they are about in some lines."""

    about: tuple[str, ...]
    boxes: tuple[Box, ...]
    arrows: tuple[Arrow, ...]


@no_garbage_collection()
def diagram_of(asked: Request, target: str, steps: str) -> Diagram:
    """Return what is within so many steps of a proposal or an actor: all arrows from or to what is nearer than that."""
    from actorgraph.explorer.card import goes_on, question_of
    from actorgraph.explorer.data import shown_names
    from actorgraph.questions.relations import dated
    from actorgraph.questions.rows import Row
    from actorgraph.questions.snapshot import snapshot
    from actorgraph.questions.who import everything
    from actorgraph.render.phrases import Names, conditions_in, dateline

    ledger = asked.open()
    thing = ledger.resolve(target, "proposal", "actor")
    answer, now = everything(ledger, **asked.question), snapshot(ledger, **asked.question)
    if thing.id not in now.things[thing.type]:
        raise UsageProblem(f"{quoted(thing.id)} is left out by what the question is narrowed to")
    names = {
        (kind, key): name
        for kind in ("actor", "proposal")
        for key, name in shown_names(now.things[kind].values()).items()
    }
    shorts = {("proposal", key): proposal.body.get("short") for key, proposal in now.things["proposal"].items()}
    every = [*_positions(answer), *_ties(dated(ledger, now.ties)), *_structure(now)]
    centre = thing.type, thing.id
    lines, reached = _around(centre, every, int(steps))
    known = Names(answer.about)
    arrows = tuple(dict.fromkeys(_arrow(line, known) for line in lines))
    sides = _sides(_key(centre), arrows)
    boxes = tuple(
        Box(_key(end), _plain(shorts.get(end) or names[end]), end[0] == "proposal", end == centre, sides.get(_key(end)))
        for end in reached
    )
    question = question_of(thing, names[centre])
    rows = [row for _, _, row in lines if isinstance(row, Row)]
    notes = *goes_on(ledger, rows, answer.as_of), *conditions_in(answer, rows)
    return Diagram(tuple(map(_plain, (question, dateline(answer), *LEGEND, *notes))), boxes, arrows)


def _key(end: _End) -> str:
    return "_".join(end).replace("-", "_")


def _plain(text: str) -> str:
    """Return a text in one line, without what turns directions or drives terminals: other programs read it."""
    return " ".join(bare(clean(text)).split())


def _positions(answer: Answer) -> Iterator[_Line]:
    for row in (*answer.rows, *answer.possible):
        yield _Line(("actor", row.actor), ("proposal", row.proposal), row)


def _arrow(line: _Line, known: Names) -> Arrow:
    """Return a line in words."""
    from actorgraph.questions.relations import DatedTie
    from actorgraph.render.phrases import standing

    start, end, tie = _key(line.start), _key(line.end), line.tie
    if isinstance(tie, str):
        return Arrow(start, end, tie, None, is_broken=False)
    if isinstance(tie, DatedTie):
        label = ", ".join((f"{RELATIONS[tie.relation][0]}{f' ({tie.role})' if tie.role else ''}", *_over_time(tie)))
        return Arrow(start, end, _plain(label), None, is_broken=False)
    label = ", ".join((standing(tie._replace(until_date=None), known), *_over_time(tie)))
    is_broken = bool(tie.contested or tie.conditions or tie.earliest or tie.basis != "stated")
    return Arrow(start, end, _plain(label), SIDES[tie.position], is_broken)


def _over_time(dated: Row | DatedTie) -> Iterator[str]:
    """Yield since when and until when something holds, as curated; of what is only possible, when it may have begun."""
    is_possible = bool(getattr(dated, "earliest", None))
    if dated.since_date:
        yield in_table(dated.since_date) if is_possible else begun(dated.since_date)
    if dated.until_date and not is_possible:
        yield ended(dated.until_date)


def _ties(ties: Iterable[DatedTie]) -> Iterator[_Line]:
    return (_Line(("actor", tie.actor), ("actor", tie.to), tie) for tie in ties)


def _structure(now: Snapshot) -> Iterator[_Line]:
    proposals = now.things["proposal"]
    for key, proposal in proposals.items():
        for link in ("part-of", "succeeds", "entails", "excludes"):
            for other in proposal.body.get(link, ()):
                if other in proposals:
                    yield _Line(("proposal", key), ("proposal", other), link)


def _around(centre: _End, lines: Sequence[_Line], steps: int) -> tuple[list[_Line], list[_End]]:
    """Return the lines within so many steps of a box, and the boxes that these reach, the nearest first."""
    of_box: dict[_End, list[int]] = defaultdict(list)
    for number, (start, end, _) in enumerate(lines):
        of_box[start].append(number)
        of_box[end].append(number)
    reached, edge = dict.fromkeys([centre]), [centre]
    near: set[int] = set()
    for _ in range(steps):
        touching = {number for key in edge for number in of_box[key]}
        near |= touching
        ends = {end for number in touching for end in lines[number][:2]}
        edge = sorted(ends - reached.keys())
        reached.update(dict.fromkeys(edge))
    return [lines[number] for number in sorted(near)], list(reached)


def _sides(centre: str, arrows: Iterable[Arrow]) -> dict[str, str]:
    """Return the side of each box that has one alone toward the centre."""
    sides: dict[str, set[str]] = defaultdict(set)
    for arrow in arrows:
        if centre in arrow[:2] and arrow.side:
            sides[arrow.end if arrow.start == centre else arrow.start].add(arrow.side)
    return {key: next(iter(some)) for key, some in sides.items() if len(some) == 1}
