"""Two versions of a model at one date: how the record was corrected, and what that changes.

A version is a ledger: of another file, of a git revision, or of the same model as it was known by another day. What
stands in both is paired, type by type, and the rest was added or removed (see `pairing`).
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from actorgraph.gc_pause import no_garbage_collection
from actorgraph.model.kinds import TYPES
from actorgraph.questions.about import Mentions, about, head
from actorgraph.questions.arguments import checked_conditions, checked_ledger
from actorgraph.questions.cells import ASKED_COLUMNS, plain_value, side_columns
from actorgraph.questions.changes import (
    Change,
    Unit,
    change_cells,
    change_of,
    in_order,
    loud,
    parts,
    rows_of_changes,
    unit_of,
)
from actorgraph.questions.echoes import changes_without_echoes
from actorgraph.questions.envelope import Envelope
from actorgraph.questions.lines import lines
from actorgraph.questions.narrowing import select_in_either
from actorgraph.questions.options import Narrowing, checked_options
from actorgraph.questions.renames import GONE, Pair, Paired, Renames, paired
from actorgraph.questions.sql import IN_FORCE
from actorgraph.questions.view import View, given
from actorgraph.vocabulary import NOT

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date
    from typing import Unpack

    from actorgraph.ledger.store import Ledger
    from actorgraph.questions.rows import Row
    from actorgraph.questions.selection import Selection

MIRROR: Final[dict[str, str]] = {
    "added": "removed",
    "removed": "added",
    "corrected": "corrected",
    "renamed": "renamed",
    "re-sourced": "re-sourced",
}
"""Every kind of correction, with its kind when the two versions trade places."""


class Field(NamedTuple):
    """A key of a thing, as curated (such as `part-of`), with its value on each side, None where it is absent."""

    key: str
    before: Any
    after: Any


class Correction(NamedTuple):
    """How the record of one thing differs.

    `change` is added, removed, corrected, renamed (only `id`, which may be made of a record's place among others), or
    re-sourced (only `evidence`).
    `type` is one of the ledger's types, or `model` for the model's own id and title, which have no place. `id`, `name`
    and `place` are as they are now, in the base where it was removed. `fields` are what differs, `id` first, the
    others by key; where it was added or removed only `id`, and only if it was merged into
    another or split from it. `jointly` are the actors whose joint statement it is part of.
    """

    change: str
    type: str
    id: str
    name: str
    place: str
    fields: tuple[Field, ...]
    jointly: tuple[str, ...] = ()


@dataclass(frozen=True, repr=False)
class Versions(Envelope["Correction | Change"]):
    """What differs between two versions: the records (in JSON `records`), and what that makes of the holdings on a day.

    It lists the corrections, then the changes.
    """

    corrections: tuple[Correction, ...]
    changes: tuple[Change, ...]

    LISTS = "differences"
    COLUMNS = (
        *ASKED_COLUMNS,
        "part",
        "change",
        "type",
        "id",
        "name",
        "field",
        *side_columns("before"),
        *side_columns("after"),
        "place",
    )
    SHOWN = ("part", "change", "type", "id", "name", "field", "before", "after")
    JSON_NAMES = MappingProxyType({"corrections": "records"})

    @property
    def base_model(self) -> str:
        """The id of the model that is the base."""
        headers = (correction for correction in self.corrections if correction.type == "model")
        ids = (field.before for header in headers for field in header.fields if field.key == "id")
        return str(next(ids, self.model))

    @property
    def differences(self) -> tuple[Correction | Change, ...]:
        """The corrections, then the changes."""
        return (*self.corrections, *self.changes)

    def cells(self) -> Iterator[dict[str, object]]:
        """Yield the cells of each field of each correction, then of each change."""
        for correction in self.corrections:
            common = {**self.asked, "part": "record", **correction._asdict()}
            fields = [
                {"field": field.key, "before": _cell(field.before), "after": _cell(field.after)}
                for field in correction.fields
            ]
            for cells in fields or [{}]:
                yield {**common, **cells}
        for change in self.changes:
            name = f"{change.actor_name} on {change.proposal_title}"
            named = {"part": "position", "type": change.kind, "id": f"{change.actor}.{change.proposal}", "name": name}
            yield {**self.asked, **change_cells(change), **named}


def _cell(value: object) -> str | None:
    return None if value is None else plain_value(value)


def diff_versions(
    base: Ledger,
    ledger: Ledger,
    *,
    as_of: str | date,
    every: bool = False,
    query: Mapping[str, Any] | None = None,
    **options: Unpack[Narrowing],
) -> Versions:
    """Return what differs from one version of a model to another, and what that changes on a day.

    What was renamed is compared under its new id wherever it is named. diff_versions(a, a) is empty, and
    diff_versions(b, a) mirrors diff_versions(a, b).

    Args:
        base: The earlier version, of another file, a git revision (`load_revision`), or as of what was known by a day.
        ledger: The later version.
        as_of: The day on which the positions are compared; a partial date means its last day.
        every: Also the tracks that only gained or lost evidence, as `re-sourced`.
        query: What the answer is to say of the base, such as {"base": "v1.yaml"}.
        options: What counts, under which assumptions (on each side that knows a condition), and to whom and what it is
            narrowed: see `Narrowing`. What names no actor is of no kind or group, what names no proposal has no tag.

    Returns:
        In `corrections` everything that was added, removed, corrected, renamed or re-sourced, sorted by type and id;
        in `changes` what that makes of the positions in force. Model and known_by are those of the later version.

    Raises:
        UsageProblem: A bad date, or a condition that neither version knows.

    >>> from actorgraph import load
    >>> path = "examples/minimal.yaml"
    >>> learned = diff_versions(load(path, known_by="2026-01-15"), load(path, known_by="2026-01-20"), as_of="2026-06")
    >>> [(one.change, one.id) for one in learned.corrections]
    [('added', 'union-letter'), ('added', 'fishers-union.harbour.2026-01-15')]
    >>> [(one.change, one.actor) for one in learned.changes]
    [('toward-opposition', 'fishers-union')]
    """
    checked_options(options, Narrowing)
    base, ledger = checked_ledger(base), checked_ledger(ledger)
    names = checked_conditions(options.get("assume", ()))
    stated = options.get("stated", False)
    with no_garbage_collection():
        pairs = paired(base, ledger)
        theirs, ours = _assumed(base, ledger, names, pairs.renames)
        after = View(ledger, as_of=as_of, stated=stated, assume=ours)
        before = View(base, as_of=as_of, stated=stated, assume=theirs)
        chosen = select_in_either(ledger, base, after.day, options, pairs.renames)
        corrections = _corrections(base, ledger, pairs, chosen)
        every_change = _changes(before, after, pairs.renames, every=every)
        changes = tuple(change for change in every_change if chosen.admits(change.actor, change.proposal))
    under_new_ids = [pairs.renames.condition(name).removesuffix(GONE) for name in before.scenario.assumed]
    assumed = tuple(dict.fromkeys((*after.scenario.assumed, *under_new_ids)))
    asked = {"command": "diff", **(query or {}), **given(stated=stated, all=every), **chosen.asked}
    actors = {*chosen.named, *(change.actor for change in changes)}
    also = Mentions(actors=actors, proposals={change.proposal for change in changes})
    reading = about(ledger, rows_of_changes(changes), day=after.day, also=also, base=base)
    return Versions(*head(ledger, asked, after.day, assumed, reading), corrections, changes)


def _assumed(base: Ledger, ledger: Ledger, names: Iterable[str], renames: Renames) -> tuple[list[str], list[str]]:
    """Return what is assumed of the base and of the later version, each by names that it knows."""
    theirs: list[str] = []
    ours: list[str] = []
    for name in names:
        bare = name.removeprefix(NOT)
        sign = name.removesuffix(bare)
        if not (base.named(bare, "condition") or ledger.named(bare, "condition")):
            bare = ledger.resolve(bare, "condition").id
        for version, other, assumed in ((base, ledger, theirs), (ledger, base, ours)):
            here = renames.name_in(version, other, bare, "condition")
            if version.named(here, "condition"):
                assumed.append(f"{sign}{here}")
    return theirs, ours


def _rows(before: View, after: View, renames: Renames) -> tuple[tuple[Row, ...], tuple[Row, ...]]:
    """Return the rows in force on each side, without the tracks whose lines are the same to the letter on both.

    Only of the others need rows be made. What depends on a condition may differ with what its version knows of it; and
    where ids were renamed, the same letters may mean something else.
    """
    old, new = (lines(view.ledger, IN_FORCE, view.day, view.day, stated=view.stated) for view in (before, after))
    if not renames.of_things:
        same = set(old) & set(new)
        moved = {line.track for line in (*old, *new) if line not in same or line.conditions is not None}
        old, new = ([line for line in side if line.track in moved] for side in (old, new))
    return before.settled(old), after.settled(new)


def _changes(before: View, after: View, renames: Renames, *, every: bool) -> tuple[Change, ...]:
    """Return the changes between the positions of two versions, compared under the new ids.

    Each side bears the ids that it has in its version.
    """
    was, now = _rows(before, after, renames)
    old = _by_unit((renames.row(row), row) for row in was)
    new = _by_unit((renames.row_now(row), row) for row in now)
    changes = []
    for unit in {**old, **new}:
        (theirs, theirs_shown), (ours, ours_shown) = (side.get(unit, ((), ())) for side in (old, new))
        for part in parts(theirs, ours, (theirs_shown, ours_shown)):
            named = (*ours, *theirs)[0]
            actor, proposal = (key.removesuffix(GONE) for key in (named.actor, named.proposal))
            changes.append(
                change_of(part)._replace(
                    actor=actor,
                    actor_name=named.actor_name,
                    proposal=proposal,
                    proposal_title=named.proposal_title,
                    before_proposal=proposal,
                    before_proposal_title=named.proposal_title,
                )
            )
    return in_order(changes_without_echoes(loud(changes, every=every)))


def _by_unit(rows: Iterable[tuple[Row, Row]]) -> dict[Unit, tuple[list[Row], list[Row]]]:
    """Return rows by the unit that they belong to as they are compared: so, and as they are shown."""
    sides: dict[Unit, tuple[list[Row], list[Row]]] = defaultdict(lambda: ([], []))
    for compared, shown in rows:
        for side, row in zip(sides[unit_of(compared)], (compared, shown), strict=True):
            side.append(row)
    return sides


# -- records -----------------------------------------------------------------------------------------------


def _corrections(base: Ledger, ledger: Ledger, pairs: Paired, chosen: Selection) -> tuple[Correction, ...]:
    corrections = [
        *(_header(base, ledger) if not chosen.asked else ()),
        *(
            correction
            for pair in pairs.pairs
            if chosen.concerns(pair.old) or chosen.concerns(pair.new)
            for correction in _corrected(pair)
        ),
        *(
            Correction("removed", *thing[:4], _moved(thing.id, pairs.renames.now(thing)), thing.jointly)
            for thing in pairs.removed
            if chosen.concerns(thing)
        ),
        *(
            Correction("added", *thing[:4], _moved(pairs.renames.before(thing), thing.id), thing.jointly)
            for thing in pairs.added
            if chosen.concerns(thing)
        ),
    ]
    order = {kind: number for number, kind in enumerate(("model", *TYPES))}
    return tuple(sorted(corrections, key=lambda item: (order[item.type], item.id, item.change)))


def _moved(before: str | None, after: str | None) -> tuple[Field, ...]:
    """Return as whose id one goes on that was made one with another, or was split from it; nothing of others."""
    return (Field("id", before, after),) if before is not None and after is not None else ()


def _header(base: Ledger, ledger: Ledger) -> Iterator[Correction]:
    fields = [Field(key, getattr(base, name), getattr(ledger, name)) for key, name in _HEADER]
    differ = tuple(field for field in fields if field.before != field.after)
    if differ:
        yield Correction("corrected", "model", ledger.model, ledger.title, "", differ)


_HEADER: Final = (("id", "model"), ("title", "title"), ("description", "description"))
"""The keys of a model's header that two versions are compared by, and what a ledger calls them."""


def _corrected(pair: Pair) -> Iterator[Correction]:
    """Yield how a thing differs, if it does under the new ids; its fields are as curated."""
    curated, old, new, now = pair
    keys = [key for key in sorted(old.body.keys() | new.body.keys()) if old.body.get(key) != new.body.get(key)]
    fields = [Field(key, curated.body.get(key), now.body.get(key)) for key in keys]
    if old.id != new.id and curated.id != now.id:
        fields.insert(0, Field("id", curated.id, now.id))
    if fields:
        only = fields[0].key if len(fields) == 1 else ""
        change = {"evidence": "re-sourced", "id": "renamed"}.get(only, "corrected")
        yield Correction(
            change=change,
            type=now.type,
            id=now.id,
            name=now.name,
            place=now.place,
            fields=tuple(fields),
            jointly=now.jointly,
        )
