"""What is around a proposal or an actor on a day, as a diagram in words: boxes, and arrows with what they say."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final, NamedTuple

from actorgraph.dates import in_table
from actorgraph.errors import UsageProblem, quoted
from actorgraph.exchange.formats import Option
from actorgraph.render.wrapping import bare, clean
from actorgraph.vocabulary import LINEUP

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from actorgraph.exchange.formats import Request
    from actorgraph.questions.envelope import Answer
    from actorgraph.questions.relations import DatedTie
    from actorgraph.questions.rows import Row
    from actorgraph.questions.snapshot import Snapshot

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
    "Broken lines: on conditions, only possible, or inferred. Grey: how things hang together.",
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


class Diagram(NamedTuple):
    """Boxes and arrows, and what they are about in some lines."""

    about: tuple[str, ...]
    boxes: tuple[Box, ...]
    arrows: tuple[Arrow, ...]


def diagram_of(asked: Request, target: str, steps: str) -> Diagram:
    """Return what is within so many steps of a proposal or an actor: all arrows from or to what is nearer than that."""
    from actorgraph.explorer.card import question_of
    from actorgraph.explorer.data import shown_names
    from actorgraph.questions.relations import dated
    from actorgraph.questions.snapshot import snapshot
    from actorgraph.questions.who import everything
    from actorgraph.render.phrases import dateline

    ledger = asked.open()
    thing = ledger.resolve(target, "proposal", "actor")
    answer, now = everything(ledger, **asked.question), snapshot(ledger, **asked.question)
    if thing.id not in now.things[thing.type]:
        raise UsageProblem(f"{quoted(thing.id)} is left out by what the question is narrowed to")
    names = {
        _key(kind, key): name
        for kind in ("actor", "proposal")
        for key, name in shown_names(now.things[kind].values()).items()
    }
    shorts = {_key("proposal", key): one.body.get("short") for key, one in now.things["proposal"].items()}
    every = [*_positions(answer), *_ties(dated(ledger, now.ties)), *_structure(now)]
    centre = _key(thing.type, thing.id)
    arrows, reached = _around(centre, every, int(steps))
    sides = _sides(centre, arrows)
    boxes = tuple(
        Box(key, _plain(shorts.get(key) or names[key]), key.startswith("proposal"), key == centre, sides.get(key))
        for key in reached
    )
    question = question_of(thing, names[centre])
    return Diagram(tuple(map(_plain, (question, dateline(answer), *LEGEND))), boxes, tuple(arrows))


def _key(kind: str, key: str) -> str:
    return f"{kind}_{key.replace('-', '_')}"


def _plain(text: str) -> str:
    """Return a text in one line, without what turns directions or drives terminals: other programs read it."""
    return " ".join(bare(clean(text)).split())


def _positions(answer: Answer) -> Iterator[Arrow]:
    from actorgraph.render.phrases import Names, standing

    known = Names(answer.about)
    for row in (*answer.rows, *answer.possible):
        label = ", ".join((standing(row._replace(until_date=None), known), *_over_time(row)))
        yield Arrow(
            _key("actor", row.actor),
            _key("proposal", row.proposal),
            _plain(label),
            SIDES[row.position],
            bool(row.conditions or row.earliest or row.basis != "stated"),
        )


def _over_time(dated: Row | DatedTie) -> Iterator[str]:
    """Yield since when and until when something holds, as curated; of what is only possible, when it may have begun."""
    begin = in_table(dated.since_date) if dated.since_date else ""
    if begin:
        is_said = begin.startswith("by ") or getattr(dated, "earliest", None)
        yield begin if is_said else f"since {begin}"
    if dated.until_date and not getattr(dated, "earliest", None):
        yield f"until {in_table(dated.until_date)}"


def _ties(ties: Iterable[DatedTie]) -> Iterator[Arrow]:
    for tie in ties:
        label = ", ".join((f"{tie.relation}{f' ({tie.role})' if tie.role else ''}", *_over_time(tie)))
        yield Arrow(_key("actor", tie.actor), _key("actor", tie.to), _plain(label), None, is_broken=False)


def _structure(now: Snapshot) -> Iterator[Arrow]:
    proposals = now.things["proposal"]
    for key, proposal in proposals.items():
        for link in ("part-of", "succeeds", "entails", "excludes"):
            for other in proposal.body.get(link, ()):
                if other in proposals:
                    yield Arrow(_key("proposal", key), _key("proposal", other), link, None, is_broken=False)


def _around(centre: str, arrows: Iterable[Arrow], steps: int) -> tuple[list[Arrow], list[str]]:
    """Return the arrows within so many steps of a box, and the boxes that these reach, the nearest first."""
    arrows = list(arrows)
    of_box: dict[str, list[Arrow]] = defaultdict(list)
    for arrow in arrows:
        of_box[arrow.start].append(arrow)
        of_box[arrow.end].append(arrow)
    reached, edge = dict.fromkeys([centre]), [centre]
    near: set[Arrow] = set()
    for _ in range(steps):
        touching = [arrow for key in edge for arrow in of_box[key]]
        near.update(touching)
        edge = [key for key in sorted({key for arrow in touching for key in arrow[:2]}) if key not in reached]
        reached.update(dict.fromkeys(edge))
    return [arrow for arrow in dict.fromkeys(arrows) if arrow in near], list(reached)


def _sides(centre: str, arrows: Iterable[Arrow]) -> dict[str, str]:
    """Return the side of each box that has one alone toward the centre."""
    sides: dict[str, set[str]] = defaultdict(set)
    for arrow in arrows:
        if centre in arrow[:2] and arrow.side:
            sides[arrow.end if arrow.start == centre else arrow.start].add(arrow.side)
    return {key: next(iter(some)) for key, some in sides.items() if len(some) == 1}
