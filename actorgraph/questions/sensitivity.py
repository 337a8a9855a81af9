"""What rests on one source: how the positions in force would change without each, and which rest on one alone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from actorgraph.gc_pause import no_garbage_collection
from actorgraph.ledger.codec import new
from actorgraph.questions.about import Mentions
from actorgraph.questions.cells import ASKED_COLUMNS
from actorgraph.questions.changes import SIDES, Change, Part, change_cells, change_of, compare, rows_of_changes
from actorgraph.questions.envelope import Envelope
from actorgraph.questions.lines import Line, lines, on_day
from actorgraph.questions.options import Narrowing, checked_options
from actorgraph.questions.rows import Row, by_track, in_order
from actorgraph.questions.sql import IN_FORCE
from actorgraph.questions.view import View, target_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from datetime import date
    from typing import Unpack

    from actorgraph.ledger.curated import Curated
    from actorgraph.ledger.store import Ledger
    from actorgraph.ledger.things import Thing
    from actorgraph.vocabulary import Track


class Loss(NamedTuple):
    """What would be lost without one source: `changes` from the whole record to the record without it.

    `published`, `reliability` and `url` are as curated. `records` are how many stances and commitments cite it,
    `positions` how many positions in force do.
    """

    source: str
    title: str
    publisher: str
    published: str
    reliability: str | None
    url: str | None
    records: int
    positions: int
    changes: tuple[Change, ...]


@dataclass(frozen=True, repr=False)
class Sensitivity(Envelope[Loss]):
    """What rests on one source, under the envelope of an answer.

    `sources` are all that a statement cites which was asked about, the most consequential first. `alone` are the
    positions in force of which all evidence is from one source. `positions` is how many are in force in all.
    """

    sources: tuple[Loss, ...]
    alone: tuple[Row, ...]
    positions: int

    LISTS = "sources"
    COLUMNS = (*ASKED_COLUMNS, "part", "source", "publisher", "published", "reliability", "change", *SIDES)
    SHOWN = ("part", "publisher", "published", "change", "actor_name", "proposal_title", "before", "after")

    def cells(self) -> Iterator[dict[str, object]]:
        """Yield the cells of each change without a source (or of one without any), then of each row on one alone."""
        sources = {loss.source: {**self.asked, **loss._asdict()} for loss in self.sources}
        for loss in self.sources:
            for change in loss.changes:
                yield {**sources[loss.source], **change_cells(change), "part": "without"}
            if not loss.changes:
                yield {**sources[loss.source], "part": "without"}
        for row in self.alone:
            held = change_of(Part("", (row,), ()))
            yield {**sources[row.evidence[0].source], **change_cells(held), "change": None, "part": "alone"}


def sensitivity(
    ledger: Ledger, name: str | None = None, *, as_of: str | date, **options: Unpack[Narrowing]
) -> Sensitivity:
    """Return what rests on one source among the stated positions of an actor, on a proposal, or of all.

    For each source the positions in force are worked out again without it, as `load` with `without` would, and
    compared with those of the whole record, as `diff_versions` would. What follows from a position goes with it, and is
    not listed.

    Args:
        ledger: The model, opened by `load`.
        name: The id, a name, a title or an alias of an actor or a proposal; everybody's positions where it is None.
        as_of: The day on which the positions are compared; a partial date means its last day.
        options: Under which assumptions, and to whom and what it is narrowed: see `Narrowing`. Only what was stated
            counts in any case.

    Returns:
        For each source what would be gone, contested, settled or another position without it, and the positions that
        rest on one source alone.

    Raises:
        UsageProblem: An unknown name or condition, or a bad date.

    >>> from actorgraph import load
    >>> answer = sensitivity(load("examples/minimal.yaml"), as_of="2026-01-31")
    >>> for loss in answer:
    ...     print(loss.source, loss.records, [(change.change, change.actor) for change in loss.changes])
    coast-weekly 2 [('ended', 'town-council')]
    board-minutes 1 [('ended', 'harbour-board')]
    union-letter 1 [('toward-support', 'fishers-union')]
    coast-weekly-2 1 []
    >>> [row.actor for row in answer.alone]
    ['fishers-union', 'harbour-board', 'town-council']
    """
    checked_options(options, Narrowing)
    target, about = target_of(ledger, name)
    stated: Narrowing = {**options, "stated": True}
    view = View(ledger, as_of=as_of, about=about, **stated)
    is_asked_about = _asked_about(view, target)
    from actorgraph.ledger.curated import Curated  # it imports pydantic

    with no_garbage_collection():
        in_force = lines(ledger, IN_FORCE, view.day, view.day, stated=True)
        rows = view.settled([line for line in in_force if is_asked_about(line.track)])
        losses = _losses(view, Curated(ledger, _about(view, target)), rows, is_asked_about)
    alone = tuple(row for row in rows if len({cited.source for cited in row.evidence}) == 1)
    query = {"command": "sensitivity", **({} if target is None else {"target": target.id})}
    named = (*alone, *rows_of_changes(change for loss in losses for change in loss.changes))
    return Sensitivity(*view.envelope(query, named, Mentions(target)), losses, alone, len(rows))


def _about(view: View, target: Thing | None) -> tuple[str, tuple[str, ...]] | None:
    """Return the actor or the proposals on whose statements what is asked about rests, None for all."""
    if target is None:
        return None
    return (target.type, (target.id,)) if target.type == "actor" else (target.type, tuple(view.selection.about))


def _asked_about(view: View, target: Thing | None) -> Callable[[Track], bool]:
    """Return what tells whether a track is asked about."""
    proposals = set(view.selection.about)

    def is_asked_about(track: Track) -> bool:
        _, actor, proposal = track
        if target is not None and (actor != target.id if target.type == "actor" else proposal not in proposals):
            return False
        return view.selection.admits(actor, proposal)

    return is_asked_about


def _losses(
    view: View, curated: Curated, rows: Iterable[Row], is_asked_about: Callable[[Track], bool]
) -> tuple[Loss, ...]:
    """Return what would be lost without each source, the most consequential first."""
    rows_of_track = by_track(rows)
    losses = []
    for key, tracks, after in rows_without_each(view, curated, is_asked_about):
        before = in_order(row for track in tracks for row in rows_of_track.get(track, ()))
        source = curated.model.sources[key]
        losses.append(
            Loss(
                source=key,
                title=source.title,
                publisher=source.publisher,
                published=source.published,
                reliability=source.reliability,
                url=source.url,
                records=curated.citing(key, tracks),
                positions=sum(any(cited.source == key for cited in row.evidence) for row in before),
                changes=compare(before, after),
            )
        )
    return tuple(sorted(losses, key=_consequence))


def rows_without_each(
    view: View, curated: Curated, is_asked_about: Callable[[Track], bool]
) -> Iterator[tuple[str, tuple[Track, ...], tuple[Row, ...]]]:
    """Yield each source with the tracks that may be others without it, and the rows that these have then, in order.

    Only tracks that are asked about count, and a source on none of them is left out. What is inferred is aside.
    """
    for key, all_tracks in curated.tracks.items():
        tracks = tuple(sorted(filter(is_asked_about, all_tracks)))
        if tracks:
            left = [new(Line, line) for line in curated.lines_without(key, tracks)]
            yield key, tracks, view.settled(on_day(left, view.day))


def _consequence(loss: Loss) -> tuple[object, ...]:
    """Return what sorts the most consequential source first: what would be gone, then what would be another."""
    gone = sum(change.change == "ended" for change in loss.changes)
    return -gone, -len(loss.changes), -loss.positions, -loss.records, loss.source
