"""align A B: on what two actors agree and where they part, proposal by proposal."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

from actorgraph.analysis.counting.counts import distance_of, level_by_position, side_of
from actorgraph.analysis.counting.positions import Positions, taken_of
from actorgraph.analysis.measured import Measured, head_of
from actorgraph.analysis.pairs import Mover, PairByPair, checked_how, movers, must_be_asked_about
from actorgraph.analysis.words import BINARY, MIN_SHARED, SCOTT
from actorgraph.errors import UsageProblem
from actorgraph.gc_pause import no_garbage_collection
from actorgraph.names import fold
from actorgraph.questions.about import Mentions
from actorgraph.questions.arguments import checked_ledger
from actorgraph.questions.cells import ASKED_COLUMNS, side_cells, side_columns
from actorgraph.questions.counting import ALTERNATIVES, CONTESTED, POSSIBLE
from actorgraph.questions.echoes import without_echoes
from actorgraph.questions.options import Narrowing, checked_options
from actorgraph.questions.sql import of_actors
from actorgraph.questions.view import View, given
from actorgraph.vocabulary import POSITIONS, SILENT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date
    from typing import Unpack

    from actorgraph.analysis.aligned_pairs import AlignedPair
    from actorgraph.analysis.counting.positions import Taken
    from actorgraph.ledger.store import Ledger
    from actorgraph.ledger.things import Thing
    from actorgraph.questions.rows import Row

AGREE: Final = "agree"
BY_DEGREES: Final = "agree, to different degrees"
NEAR: Final = "differ in part"
PART: Final = "part"
SIDELESS: Final = "no side taken"
UNSETTLED: Final = "not counted"
ONE_ONLY: Final = "only one"
VERDICTS: Final = (PART, NEAR, BY_DEGREES, AGREE, SIDELESS, UNSETTLED, ONE_ONLY)
"""What is said of two positions, in the order of answers; the first four count. `differ in part` is of the whole scale
alone, where one of two takes no side. `no side taken` is where only for and against count, `not counted` where one of
two is contested, possible or only implied, and `only one` where the other has stated nothing."""

COUNTED: Final = VERDICTS[:4]

IMPLIED: Final = "implied"


class Stand(NamedTuple):
    """Where one of two actors stands on a proposal, and the rows that say so: none where it is silent.

    `place` is a position, or `contested`, `alternatives`, `possible`, `implied` or `silent`.
    """

    actor: str
    place: str
    rows: tuple[Row, ...]


class Matter(NamedTuple):
    """A proposal on which one of two actors, or both, stand: the verdict, and where each of them does.

    `agreement` is 1 where they agree, 0 where they part, on the whole scale also between; None where it does not count.
    """

    proposal: str
    proposal_title: str
    verdict: str
    agreement: float | None
    first: Stand
    second: Stand

    @property
    def rows(self) -> tuple[Row, ...]:
        """The rows of both."""
        return *self.first.rows, *self.second.rows


@dataclass(frozen=True, repr=False)
class Comparison(Measured[Matter]):
    """On what two actors agree and where they part, under the envelope of an answer.

    `pair` are the numbers, and `proposals` all on which one of them stands: first where they part, then where they
    agree, then what does not count (see `VERDICTS`). `sources` are those that move the numbers most.
    """

    pair: AlignedPair
    proposals: tuple[Matter, ...]
    sources: tuple[Mover, ...]

    LISTS = "proposals"
    COLUMNS = (
        *ASKED_COLUMNS,
        "proposal",
        "proposal_title",
        "verdict",
        "agreement",
        *(f"first_{name}" for name in ("actor", "place")),
        *side_columns("first"),
        *(f"second_{name}" for name in ("actor", "place")),
        *side_columns("second"),
    )
    SHOWN = ("proposal_title", "verdict", "first", "second")

    def of(self, *verdicts: str) -> tuple[Matter, ...]:
        """Return the proposals of which one of some verdicts is said."""
        return tuple(matter for matter in self.proposals if matter.verdict in verdicts)

    def cells(self) -> Iterator[dict[str, object]]:
        """Yield the cells of each proposal."""
        for matter in self.proposals:
            sides = {"first": matter.first, "second": matter.second}
            yield {
                **self.asked,
                **matter._asdict(),
                **{f"{side}_{key}": getattr(stand, key) for side, stand in sides.items() for key in ("actor", "place")},
                **{key: cell for side, stand in sides.items() for key, cell in side_cells(side, stand.rows).items()},
            }


def align_pair(  # noqa: PLR0913 - each is an option
    ledger: Ledger,
    actor: str,
    other: str,
    *,
    as_of: str | date,
    levels: str = BINARY,
    min_shared: int = MIN_SHARED,
    corrected: str = SCOTT,
    sensitivity: bool = False,
    explain: bool = False,
    **options: Unpack[Narrowing],
) -> Comparison:
    """Return on what two actors agree as of a day, and where they part, proposal by proposal.

    Args:
        ledger: The model, opened by `load`.
        actor: The id, the name or an alias of an actor.
        other: The same of another one.
        as_of: The day that is asked about; a partial date means its last day.
        levels: `binary`, for and against alone: supports and open are one side, sceptical and opposes the other, and
            who is neutral or undecided is left out. Or `scale`: by how far two are apart on the six-step scale.
        min_shared: Where they share fewer proposals than that, they have no number.
        corrected: By whose formula agreement is corrected for chance: `scott` (π) or `cohen` (κ).
        sensitivity: Also how far each number moves when any one source is left out.
        explain: Whether the rows behind the numbers are wanted, and what only one of them stated.
        options: Under which assumptions, and to which proposals it is narrowed: see `Narrowing`.

    Returns:
        The numbers, and every proposal on which one of them stands, with the rows that say so.

    Raises:
        UsageProblem: An unknown name, condition or tag, a bad date, no such levels or correction, or one actor twice.

    >>> from actorgraph import load
    >>> answer = align_pair(load("graphs/ukraine-troops"), "Ukraine", "Russia", as_of="2026-01-10")
    >>> answer.pair.conflict, answer.pair.shared, [matter.proposal for matter in answer.of("part")][:1]
    (4.0, 4, ['donbas-handover'])
    """
    checked_options(options, Narrowing)
    how = checked_how(levels, min_shared, corrected, sensitivity=sensitivity)
    first, second = _two_actors(ledger, actor, other)
    both = (first.id, second.id)
    view = View(ledger, as_of=as_of, **options)
    must_be_asked_about(view, (first, second))
    with no_garbage_collection():
        stand = Positions.of(view, both, _stances(view, both).items())
        pairing = PairByPair(stand, how)
        pair = pairing.of(*both)
        query = {"command": "align", "target": first.id, "with": second.id, **how.asked, **given(explain=explain)}
        matters = tuple(sorted(_matters(view, both, levels), key=_order))
        head = head_of(
            stand,
            query,
            explain=explain,
            level_of=level_by_position(levels),
            also=Mentions(None, both, {matter.proposal for matter in matters}),
            named=tuple(row for matter in matters for row in matter.rows),
        )
    return Comparison(*head, pair, matters, movers(ledger, [pair]))


def _two_actors(ledger: Ledger, actor: str, other: str) -> tuple[Thing, Thing]:
    """Return the actors that two names mean. Raises `UsageProblem` where both mean one."""
    first, second = (checked_ledger(ledger).resolve(name, "actor") for name in (actor, other))
    if first.id == second.id:
        raise UsageProblem(f"both names mean {first.name}; name two actors")
    return first, second


_OF_TWO: Final = of_actors(2)


def _stances(view: View, both: tuple[str, str]) -> dict[tuple[str, str], Taken]:
    rows = view.rows(f"{_OF_TWO} AND kind = ?", *both, "stance")
    return taken_of(row for row in rows if row.basis == "stated")


def _matters(view: View, both: tuple[str, str], levels: str) -> Iterator[Matter]:
    """Yield the proposals on which one of two stands, and where they do; not what is only implied for one of them."""
    rows = without_echoes(view.rows(_OF_TWO, *both))
    stances = [row for row in rows if row.kind == "stance"]
    stated = taken_of(row for row in stances if row.basis == "stated")
    implied = taken_of(row for row in stances if row.basis != "stated")
    possible = taken_of(row for row in view.possible(_OF_TWO, *both) if row.kind == "stance")
    tracks = {*stated, *implied, *possible}
    titles = view.ledger.names("proposal")

    def stand(actor: str, proposal: str) -> Stand:
        track = (actor, proposal)
        for places, place in ((stated, None), (possible, POSSIBLE), (implied, IMPLIED)):
            if track in places:
                return Stand(actor, place or places[track].position, places[track].rows)
        return Stand(actor, SILENT, ())

    for proposal in sorted({proposal for _, proposal in tracks}):
        first, second = (stand(actor, proposal) for actor in both)
        verdict = verdict_of(first.place, second.place, levels)
        if verdict is not None:
            near = 1 - distance_of(first.place, second.place, levels) if verdict in COUNTED else None
            yield Matter(proposal, titles[proposal], verdict, near, first, second)


def verdict_of(first: str, second: str, levels: str) -> str | None:
    """Return what is said of the places of two, one of `VERDICTS`; None where neither has stated anything.

    >>> verdict_of("supports", "open", "binary"), verdict_of("open", "opposes", "binary")
    ('agree, to different degrees', 'part')
    >>> verdict_of("open", "neutral", "binary"), verdict_of("open", "implied", "binary")
    ('no side taken', 'not counted')
    >>> verdict_of("silent", "contested", "binary"), verdict_of("implied", "silent", "binary")
    ('only one', None)
    """
    places = (first, second)
    if all(place in level_by_position(levels) for place in places):
        return _of_sides(first, second, levels)
    if all(place in POSITIONS for place in places):
        return SIDELESS
    if not any(place in (*POSITIONS, CONTESTED, ALTERNATIVES) for place in places):
        return None
    return ONE_ONLY if SILENT in places else UNSETTLED


def _of_sides(first: str, second: str, levels: str) -> str:
    if first == second:
        return AGREE
    if None not in (sides := {side_of(first), side_of(second)}):
        return BY_DEGREES if len(sides) == 1 else PART
    return NEAR if distance_of(first, second, levels) else AGREE  # neutral and undecided are equally far


def _order(matter: Matter) -> tuple[object, ...]:
    return VERDICTS.index(matter.verdict), matter.agreement or 0, fold(matter.proposal_title), matter.proposal
