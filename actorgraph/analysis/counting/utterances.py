"""What was said in a window of time: every passage that reports a stance, as discourse network analysis counts them."""

from __future__ import annotations

from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from actorgraph.analysis.counting.counts import Counts, level_by_position
from actorgraph.analysis.words import ACTOR, ALL, BY_WHOM, DUPLICATES, ORGANISATION, SPEAKER
from actorgraph.dates import in_force_from, iso, last_day, period
from actorgraph.errors import UsageProblem, quoted
from actorgraph.ledger.things import cited_as_curated
from actorgraph.questions.arguments import checked_text, checked_word
from actorgraph.questions.relations import ties
from actorgraph.questions.rows import NOTHING_SAID, in_order

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from actorgraph.ledger.things import Thing
    from actorgraph.questions.rows import Row
    from actorgraph.questions.view import View

WITHIN: Final[Mapping[str, Callable[[Utterance], object]]] = {
    ALL: lambda utterance: utterance,
    "document": lambda utterance: utterance.source,
    "day": lambda utterance: utterance.day,
    "week": lambda utterance: _week(utterance.day),
    "month": lambda utterance: utterance.day // 100,
    "year": lambda utterance: utterance.day // 10_000,
    "window": lambda _: None,
}
"""What is the same of two statements that are made within one of `DUPLICATES`."""

STANDS_FOR: Final = ("represents", "leads", "member-of")
"""The relations by which a person stands for another actor, the closest first."""

NO_ACTOR: Final = ("of no organisation", "of several organisations")
"""Why a person's statement is left out that should be an organisation's: it stands for none, or for several alike."""

PERSON: Final = "person"


class Utterance(NamedTuple):
    """A stance as one passage of a source reports it; `day`, yyyymmdd, is that from which the record counts.

    `at` tells it from the other passages of its record.
    """

    actor: str
    proposal: str
    position: str
    day: int
    source: str
    record: str
    at: int


def window_of(text: str) -> tuple[int, int]:
    """Return the first and the last day, both inside, of a window that is written FROM/TO, or as a month or a year.

    Raises `UsageProblem` for anything else.

    >>> window_of("2014/2019-06"), window_of("../2019")
    ((20140101, 20190630), (0, 20191231))
    """
    try:
        return period(checked_text(text, "a window"))
    except ValueError as error:
        raise UsageProblem(f"{quoted(text)} is no window: {error}; write 2024-01-01/2024-06-30, or 2024") from error


def utterances(view: View, first: int, last: int, *, by: str = ACTOR) -> tuple[list[Utterance], dict[str, int]]:
    """Return every passage that states a position between two days, both inside, oldest first; and who is left out.

    Those whose date is a period count on the day from which they are in force. What the view is narrowed to is left.

    >>> from actorgraph import load
    >>> from actorgraph.questions.view import View
    >>> said, _ = utterances(View(load("examples/minimal.yaml"), as_of="2026"), 20260101, 20261231)
    >>> [(utterance.actor, utterance.position, utterance.day) for utterance in said]
    [('fishers-union', 'opposes', 20260115)]
    """
    checked_word(by, BY_WHOM, "statements cannot be counted by", "it is actor, speaker or organisation")
    ledger, admits, organisations = view.ledger, view.selection.admits, _Organisations(view)
    left_out: dict[str, int] = dict.fromkeys(NO_ACTOR if by == ORGANISATION else (), 0)
    passages = []
    for thing in ledger.things("stance"):
        body = thing.body
        cited = [item["source"] for item in body["evidence"]]
        day = _day_of(view, body)
        if not first <= day <= last or not admits(body["actor"], body["proposal"]):
            continue
        actor = body.get("speaker", body["actor"]) if by == SPEAKER else body["actor"]
        if by == ORGANISATION:
            actor = organisations.of(actor, day)
        if actor in NO_ACTOR:
            left_out[actor] += len(cited)
            continue
        passages += [
            Utterance(
                actor=actor,
                proposal=body["proposal"],
                position=body["position"],
                day=day,
                source=source,
                record=thing.id,
                at=at,
            )
            for at, source in enumerate(cited)
        ]
    return sorted(passages, key=lambda utterance: (utterance.day, utterance.record, utterance.at)), left_out


class _Organisations:
    """For whom persons stand: the one that each represents, else leads, else belongs to."""

    def __init__(self, view: View) -> None:
        self._ledger = view.ledger
        self._known: dict[tuple[str, int], str] = {}

    @cached_property
    def _kinds(self) -> dict[str, str]:
        return {thing.id: thing.body["kind"] for thing in self._ledger.things("actor")}

    def of(self, actor: str, day: int) -> str:
        """Return for whom an actor stands on a day, itself where it is no person, or one of `NO_ACTOR`."""
        if self._kinds[actor] != PERSON:
            return actor
        if (actor, day) not in self._known:
            theirs = [tie for tie in ties(self._ledger, day, actor) if tie.actor == actor]
            stood_for = (
                {tie.to for tie in theirs if tie.relation == relation and self._kinds[tie.to] != PERSON}
                for relation in STANDS_FOR
            )
            closest = next(filter(None, stood_for), set())
            self._known[actor, day] = closest.pop() if len(closest) == 1 else NO_ACTOR[len(closest) > 1]
        return self._known[actor, day]


def distinct(
    said: Iterable[Utterance], *, levels: str, duplicates: str, at_any_level: bool = False
) -> Iterator[Utterance]:
    """Yield utterances, of those alike only the first: of one actor on one proposal at one level, within `duplicates`.

    With `at_any_level` those at different levels are alike, too, as Discourse Network Analyzer has it where it ignores
    the qualifier. What has no level is never alike: it is told as often as it was said.

    Raises `UsageProblem` for unknown levels or duplicates.
    """
    checked_word(duplicates, DUPLICATES, "no duplicates", f"they are one of {', '.join(DUPLICATES)}")
    level_of, within = level_by_position(levels), WITHIN[duplicates]
    seen = set()
    for utterance in said:
        level = level_of.get(utterance.position)
        key = (utterance.actor, utterance.proposal, None if at_any_level else level, within(utterance))
        if level is None:
            yield utterance
        elif key not in seen:
            seen.add(key)
            yield utterance


def counts_in(
    view: View,
    window: tuple[int, int],
    *,
    levels: str = "binary",
    duplicates: str = ALL,
    at_any_level: bool = False,
    by: str = ACTOR,
) -> Counts:
    """Return the counts of what was said from one day to another, both inside; see `distinct` for what counts once.

    >>> from actorgraph import load
    >>> from actorgraph.questions.view import View
    >>> counts = counts_in(View(load("examples/minimal.yaml"), as_of="2026"), window_of("2025/2026"))
    >>> counts.actors, counts.n.sum(axis=(1, 2)).tolist()
    (('fishers-union', 'harbour-board', 'town-council'), [1.0, 2.0])
    """
    said, left_out = utterances(view, *window, by=by)
    statements = (
        (utterance.actor, utterance.proposal, utterance.position, (utterance.record,))
        for utterance in distinct(said, levels=levels, duplicates=duplicates, at_any_level=at_any_level)
    )
    return Counts(statements, levels=levels, left_out=left_out)


def rows_said(view: View, records: Iterable[str]) -> tuple[Row, ...]:
    """Return stances by id as rows, each as it was made and with all its evidence, by actor, proposal and day.

    What came of them later is no part of it: none has an end, and none is contested.

    >>> from actorgraph import load
    >>> from actorgraph.questions.view import View
    >>> view = View(load("examples/minimal.yaml"), as_of="2026")
    >>> [(row.actor, row.position, row.since) for row in rows_said(view, ["fishers-union.harbour.2026-01-15"])]
    [('fishers-union', 'opposes', '2026-01-15')]
    """
    ledger = view.ledger
    stances = ledger.by_id(records, "stance").values()
    actors = ledger.labels({thing.body["actor"] for thing in stances}, "actor")
    proposals = ledger.labels({thing.body["proposal"] for thing in stances}, "proposal")
    reliability = {thing.id: thing.body.get("reliability") for thing in ledger.things("source")}

    def row(stance: Thing) -> Row:
        body = stance.body
        day = iso(_day_of(view, body))
        return NOTHING_SAID._replace(
            actor=body["actor"],
            actor_name=actors[body["actor"]].name,
            kind="stance",
            position=body["position"],
            proposal=body["proposal"],
            proposal_title=proposals[body["proposal"]].name,
            since=day,
            since_date=body["date"],
            last_said=day,
            last_said_date=body["date"],
            conditions=stance.conditions,
            speaker=body.get("speaker"),
            records=(stance.id,),
            evidence=tuple(
                cited_as_curated(item, ledger.sources, reliability[item["source"]]) for item in body["evidence"]
            ),
        )

    return in_order(map(row, stances))


def _day_of(view: View, body: Mapping[str, Any]) -> int:
    """Return the day from which a stance counts."""
    published = (last_day(view.ledger.sources[item["source"]].published) for item in body["evidence"])
    return in_force_from(body["date"], published)


def _week(day: int) -> tuple[int, int]:
    """Return the year and the number of the week of a day, as ISO 8601 counts them."""
    return date(day // 10_000, day // 100 % 100, day % 100).isocalendar()[:2]
