"""Why: the account that a position can give of itself."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from actorgraph.ledger.codec import decode_said
from actorgraph.model.kinds import STATEMENTS
from actorgraph.questions.about import Mentions
from actorgraph.questions.arguments import checked_ledger
from actorgraph.questions.behind import amount_in
from actorgraph.questions.cells import ROW_COLUMNS, row_cells
from actorgraph.questions.disputes import DEPARTS_OVER, Dispute, disputed, rows_of_disputes
from actorgraph.questions.documents import Documents, Passage
from actorgraph.questions.envelope import Answer, Envelope, Life, Nearest
from actorgraph.questions.lines import Line, lines, on_day
from actorgraph.questions.lives import life_of
from actorgraph.questions.moments import Moment, over_time, rows_of_moments
from actorgraph.questions.nearest import nearest_of, rows_of_nearest
from actorgraph.questions.options import Marking, checked_options
from actorgraph.questions.relations import ties
from actorgraph.questions.rows import Row, in_order, rows_of
from actorgraph.questions.sql import OF_ACTOR, OF_BOTH, OF_PROPOSAL
from actorgraph.questions.view import View

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date
    from pathlib import Path
    from typing import Unpack

    from actorgraph.ledger.codec import Cited
    from actorgraph.ledger.store import Ledger
    from actorgraph.ledger.things import Thing
    from actorgraph.questions.behind import Quantity
    from actorgraph.vocabulary import Step


class Link(NamedTuple):
    """A rule that a chain of reasoning goes by: which proposal entails or excludes which, why, and where it stands."""

    rule: str
    proposal: str
    to: str
    note: str | None
    place: str


class CuratedRecord(NamedTuple):
    """A stance or commitment as curated: its (partial) date, who spoke, and its own amount, conditions and evidence.

    `jointly` are the actors whose joint statement it is part of, none where it is one actor's own.
    """

    id: str
    kind: str
    actor: str
    position: str
    proposal: str
    date: str
    until: str | None
    speaker: str | None
    toward: tuple[str, ...]
    amount: Quantity | None
    jointly: tuple[str, ...]
    conditions: tuple[str, ...]
    note: str | None
    place: str
    evidence: tuple[Cited, ...]


@dataclass(frozen=True, repr=False)
class Why(Envelope["Row"]):
    """The account of one actor's positions on one proposal, under the envelope of an answer.

    `rows` are in force, `possible` are what may have been said by then, and `left_out` what would be in force, but
    for an assumption or because only what was stated counts. `grounds` are the stated rows at the start of the
    chains of those that are inferred, and `links` the rules in these chains. `curated` (in JSON `records`) are what
    rows, grounds and possible ones rest on, as curated, oldest first. `history` is every change and repetition of
    the two tracks up to the day, `disputes` what disagrees with them on it, and `passages` the cited lines of the
    reader's own documents, if a folder of them was named. `life` is that of the proposal, where anything is known
    of it. `nearest` is what is nearest to an answer where there are no rows.
    """

    rows: tuple[Row, ...]
    left_out: tuple[Row, ...]
    grounds: tuple[Row, ...]
    links: tuple[Link, ...]
    curated: tuple[CuratedRecord, ...]
    history: tuple[Moment, ...]
    disputes: tuple[Dispute, ...]
    passages: tuple[Passage, ...]
    possible: tuple[Row, ...] = ()
    life: Life | None = None
    nearest: tuple[Nearest, ...] = ()

    LISTS = "rows"
    COLUMNS = ROW_COLUMNS
    SHOWN = Answer.SHOWN
    JSON_NAMES = MappingProxyType({"curated": "records"})

    def cells(self) -> Iterator[dict[str, object]]:
        """Yield the cells of each row."""
        return ({**self.asked, **row_cells(row)} for row in self.rows)


def why(
    ledger: Ledger,
    actor: str,
    proposal: str,
    *,
    as_of: str | date,
    documents: str | Path | None = None,
    **options: Unpack[Marking],
) -> Why:
    """Return why an actor is said to hold what it holds on a proposal as of a day.

    Where nothing is in force, `rows` is empty and `history` may still tell what was.

    Args:
        ledger: The model, opened by `load`.
        actor: The id, the name or an alias of an actor.
        proposal: The id, the title or an alias of a proposal.
        as_of: The day that is asked about; a partial date means its last day.
        documents: A folder with the reader's own copies of the sources. The lines that evidence cites are then there
            too, from those copies whose checksum is right.
        options: What counts, under which assumptions, and what is marked: see `Marking`.

    Returns:
        The rows in force with their records as curated, the rules of their chains, their history, and what disagrees.

    Raises:
        UsageProblem: An unknown name or condition, a bad date or length of time, or a folder that does not exist.

    >>> from actorgraph import load
    >>> account = why(load("graphs/ukraine-troops"), "France", "foreign troops", as_of="2026-01-10")
    >>> [(row.position, row.basis) for row in account.rows], [row.proposal for row in account.grounds]
    ([('supports', 'inferred')], ['multinational-force'])
    >>> [(link.proposal, link.rule, link.to) for link in account.links]
    [('multinational-force', 'entails', 'nato-troops'), ('nato-troops', 'entails', 'foreign-forces')]
    """
    checked_options(options, Marking)
    target = checked_ledger(ledger).resolve(actor, "actor")
    matter = ledger.resolve(proposal, "proposal")
    who, on = target.id, matter.id
    view = View(ledger, as_of=as_of, **options)
    folder = None if documents is None else Documents(documents)
    every = lines(ledger, OF_ACTOR, who)
    theirs = [line for line in every if not view.stated or line.basis == "stated"]
    own = view.settled(on_day(theirs, view.day))
    rows = tuple(row for row in own if row.proposal == on)
    grounds = _grounds(rows, own)
    possible, life = view.possible(OF_BOTH, who, on), life_of(ledger, matter, view.day)
    records = _records(ledger, (*rows, *grounds, *possible), theirs)
    track, elsewhere = ([line for line in theirs if (line.proposal == on) is here] for here in (True, False))
    left_out = _left_out(view, [line for line in every if line.proposal == on], rows)
    links = _links(ledger, rows)
    history = tuple(over_time(track, view, background=elsewhere, every=True))
    disputes = _disputes(view, own, who, on)
    nearest = () if rows or possible else nearest_of(view, who, on)
    beside = (*rows_of_nearest(nearest), *rows_of_moments(history), *rows_of_disputes(disputes))
    named = (*rows, *left_out, *grounds, *beside, *possible)
    also = _mentions(target, {on, *(life.succeeded_by if life else ())}, records, links)
    return Why(
        *view.envelope({"command": "why", "actor": who, "proposal": on}, named, also),
        rows=rows,
        left_out=left_out,
        grounds=grounds,
        links=links,
        curated=records,
        history=history,
        disputes=disputes,
        passages=() if folder is None else tuple(_passages(folder, ledger, records)),
        possible=possible,
        life=life,
        nearest=nearest,
    )


def _mentions(
    target: Thing, proposals: Iterable[str], records: Sequence[CuratedRecord], links: Iterable[Link]
) -> Mentions:
    """Return what an account names besides what is in its rows: some proposals, and those of records and of rules."""
    named = {*proposals, *(record.proposal for record in records)}
    return Mentions(
        target,
        actors={key for record in records for key in (record.speaker, *record.toward, *record.jointly) if key},
        proposals=named.union(*((link.proposal, link.to) for link in links)),
        conditions={condition for record in records for condition in record.conditions},
    )


def _left_out(view: View, lines: Iterable[Line], rows: Iterable[Row]) -> tuple[Row, ...]:
    """Return the rows that lines make on the day of a view of whose positions none is among those that are left."""
    left = {(row.kind, row.position) for row in rows}
    made = rows_of(on_day(lines, view.day), view.day, view.ledger)
    return in_order(row for row in made if (row.kind, row.position) not in left)


def _grounds(rows: Iterable[Row], own: Iterable[Row]) -> tuple[Row, ...]:
    """Return the stated ones among an actor's own rows at which the chains of some rows start.

    The same may be said on the side, to somebody else on other conditions or against a contest: that starts no chain.
    """
    starts = {
        (row.because[0].position, row.because[0].proposal, row.conditions, record)
        for row in rows
        if row.because
        for record in row.records
    }
    return tuple(
        row
        for row in own
        if row.basis == "stated"
        and not row.contested
        and any((row.position, row.proposal, row.conditions, record) in starts for record in row.records)
    )


def _records(ledger: Ledger, rows: Iterable[Row], lines: Iterable[Line]) -> tuple[CuratedRecord, ...]:
    """Return what rows rest on, among what was said in lines, in the order of the days from which it counts."""
    wanted = {key for row in rows for key in row.records}
    said = decode_said((line.said for line in lines), ledger.sources)
    records = {record.record: record for of_line in said for record in of_line if record.record in wanted}
    things = ledger.by_id(records, *STATEMENTS)
    ordered = sorted(records.values(), key=lambda record: (record.day, record.record))
    return tuple(_record(things[record.record], record.evidence) for record in ordered)


def _record(thing: Thing, cited: tuple[Cited, ...]) -> CuratedRecord:
    body = thing.body
    return CuratedRecord(
        id=thing.id,
        kind=thing.type,
        actor=body["actor"],
        position=body.get("position") or body["stage"],
        proposal=body["proposal"],
        date=body["date"],
        until=body.get("until"),
        speaker=body.get("speaker"),
        toward=tuple(body.get("toward", ())),
        amount=amount_in(body),
        jointly=thing.jointly,
        conditions=thing.conditions,
        note=body.get("note"),
        place=thing.place,
        evidence=cited,
    )


def _links(ledger: Ledger, rows: Iterable[Row]) -> tuple[Link, ...]:
    """Return the rules between the steps of chains, each once, in the order of the chains."""
    pairs = [pair for row in rows for pair in pairwise(row.because)]
    proposals = ledger.by_id((step.proposal for pair in pairs for step in pair), "proposal")
    return tuple(dict.fromkeys(link for pair in pairs for link in _link(*pair, proposals)))


def _link(before: Step, after: Step, proposals: dict[str, Thing]) -> Iterator[Link]:
    there, back = (before.proposal, after.proposal), (after.proposal, before.proposal)
    ways = {"entails": [there], "entailed": [back], "excludes": [there, back]}.get(after.rule, [])
    rule = "excludes" if after.rule == "excludes" else "entails"
    for proposal, other in ways:
        thing = proposals[proposal]
        if other in thing.body.get(rule, ()):
            yield Link(rule, proposal, other, thing.body.get("note"), thing.place)


def _disputes(view: View, own: tuple[Row, ...], actor: str, proposal: str) -> tuple[Dispute, ...]:
    """Return the disputes that an actor's position on a proposal is part of."""
    near = ties(view.ledger, view.day, actor)
    others = {key for tie in near if tie.relation in DEPARTS_OVER for key in (tie.actor, tie.to)} - {actor}
    theirs = [row for row in view.rows(OF_PROPOSAL, proposal) if row.actor in others] if others else []
    proposals = view.ledger.by_id((row.proposal for row in own), "proposal")
    overruled = view.overruled(OF_BOTH, actor, proposal)
    every = disputed((*own, *theirs), overruled, near, proposals.values())
    own_track = {("stance", actor, proposal), ("commitment", actor, proposal)}
    return tuple(dispute for dispute in every if any(row.track in own_track for side in dispute.sides for row in side))


def _passages(folder: Documents, ledger: Ledger, records: Iterable[CuratedRecord]) -> Iterator[Passage]:
    evidence = [(record.id, cited) for record in records for cited in record.evidence]
    sources = ledger.by_id({cited.source for _, cited in evidence}, "source")
    for record, cited in evidence:
        yield folder.passage(record, cited.lines, sources[cited.source])
