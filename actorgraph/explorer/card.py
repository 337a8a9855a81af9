"""The answer card: a question, its answer in a sentence and as a line-up, and all that it takes to cite it."""

from __future__ import annotations

from collections import Counter, defaultdict
from itertools import chain
from operator import attrgetter
from typing import TYPE_CHECKING

import actorgraph
from actorgraph.asked_dates import day_of
from actorgraph.dates import in_sentence, last_day
from actorgraph.explorer.card_data import Card, CardColumn, CardSource, Chip
from actorgraph.explorer.data import shown_names
from actorgraph.model.links import is_link
from actorgraph.questions.brief import changes_on
from actorgraph.questions.cells import amount_in_words, condition_in_words, contested_in_words, several
from actorgraph.questions.who import what, who
from actorgraph.render.lives import going_on, told_of_life
from actorgraph.render.phrases import GRADES, OF_A_PART, Names, evidence_that_counts, on_conditions, sentence, under
from actorgraph.render.wrapping import isolated
from actorgraph.vocabulary import ANY, LINEUP, NOT, SAID_BY_HEADING, counted, weak_grade

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from datetime import date
    from typing import Unpack

    from actorgraph.ledger.store import Ledger
    from actorgraph.ledger.things import Thing
    from actorgraph.questions.changes import Change
    from actorgraph.questions.envelope import Answer
    from actorgraph.questions.options import Marking
    from actorgraph.questions.rows import Row
    from actorgraph.vocabulary import Track


def card_of(
    ledger: Ledger,
    target: str,
    *,
    as_of: str | date,
    compare: str | date | None = None,
    link: str = "",
    **options: Unpack[Marking],
) -> Card:
    """Return the answer card of a proposal, or of an actor.

    Args:
        ledger: The model, opened by `load`.
        target: The id, a name, a title or an alias of a proposal or an actor.
        as_of: The day that is asked about; a partial date means its last day.
        compare: The day that changes are counted from; by default the eve of the last change.
        link: Where the card can be had again.
        options: Under which assumptions, and what is marked: see `Marking`.

    Raises:
        UsageProblem: An unknown name or condition, or a bad date or length of time.

    >>> from actorgraph import load
    >>> card = card_of(load("examples/minimal.yaml"), "the harbour", as_of="2026-06")
    >>> card.question
    'Who stands where on “A deep-water harbour”?'
    >>> for sentence in card.finding.split(". "):
    ...     print(sentence)
    1 opposes; 1 supports; 1 pledges on conditions
    2 actors in all, 1 with several positions
    1 changed since 28 February 2026.
    """
    thing = ledger.resolve(target, "proposal", "actor")
    if thing.type == "actor":
        answer = what(ledger, thing.id, as_of=as_of, **options)
    else:
        answer = who(ledger, ANY, thing.id, as_of=as_of, **options)
    only_stated = options.get("stated", False)
    changed = changes_on(ledger, thing, as_of=answer.as_of, since=compare, stated=only_stated, assume=answer.assume)
    stated, implied = (tuple(row for row in answer.rows if (row.basis == "stated") is is_so) for is_so in (True, False))
    shown = stated or implied or answer.possible
    moved = (change for change in changed or () if stated and change.basis == "stated")
    by_track = {(change.kind, change.actor, change.proposal): change for change in moved}
    teller = _Teller(ledger, thing, by_track)
    columns = tuple(teller.column(key, title, positions, shown) for key, title, positions in LINEUP)
    hidden = [f"{len(implied):,} by implication"] * bool(stated and implied)
    hidden += [f"{len(answer.possible):,} only possible"] * bool(answer.possible and shown is not answer.possible)
    return Card(
        question=question_of(thing, teller.names[thing.id]),
        finding=finding(
            thing.type,
            stated,
            implied,
            answer.possible,
            None if changed is None else (_since(changed.query["from"], answer.as_of), len(by_track)),
            under(answer),
        ),
        notes=(
            *_dated(ledger, answer),
            *([f"Not shown: {', '.join(hidden)}."] if hidden else []),
            *teller.meanings(ledger),
        ),
        columns=columns,
        sources=teller.sources(),
        grades=f"{GRADES}." if teller.is_graded else "",
        made=f"{isolated(ledger.title)} (model {ledger.model}); actorgraph {actorgraph.__version__}",
        link=link,
    )


def question_of(thing: Thing, name: str) -> str:
    """Return the title of a line-up. A name may want an article that nobody gave it, so it stands alone."""
    return f"{name}: positions" if thing.type == "actor" else f"Who stands where on “{name}”?"


def finding(
    subject: str,
    stated: Sequence[Row],
    implied: Sequence[Row],
    possible: Sequence[Row],
    changed: tuple[str, int] | None,
    limits: str = "",
) -> str:
    """Say in a sentence how many stand where, on what conditions, and how much has changed.

    Each actor counts once at a position, or of an actor each proposal: however many it is toward, or says so of it.
    Where some count at several, it is said how many there are in all. `subject` is the type of what was asked about,
    `changed` since when positions are others, in words, and how many. Where nothing is found, `limits` tell under what.

    >>> from actorgraph import load, what
    >>> rows = what(load("examples/minimal.yaml"), "harbour board", as_of="2026-06").rows
    >>> finding("actor", rows, (), (), ("since 14 March 2026", 1))
    '1 proposal: supports 1; pledges 1 on conditions. 1 changed since 14 March 2026.'
    >>> finding("proposal", (), (), (), None)
    'Nothing is on record on this day.'
    """
    if not stated:
        if implied:
            return f"Nothing is stated{limits}; what follows from other statements is listed below."
        if possible:
            return f"Nothing is certain on this day{limits}; what is possible is listed below."
        return f"Nothing is on record on this day{limits}."
    whose = _whose(subject)
    bound: dict[str, dict[str, bool]] = defaultdict(dict)
    for row in stated:
        if not row.contested:
            at = bound[row.position]
            at[whose(row)] = at.get(whose(row), True) and bool(row.conditions)
    parts = [
        _so_many(subject, position, len(bound[position]), sum(bound[position].values()))
        for _, _, positions in LINEUP
        for position in positions
        if position in bound
    ]
    contested = {whose(row) for row in stated if row.contested}
    if contested:
        parts.append(f"contested {len(contested):,}" if subject == "actor" else f"{len(contested):,} contested")
    since, number = changed or ("", 0)
    moved = f" {number:,} changed {since}." if number else ""
    return f"{_counted(subject, '; '.join(parts), [*bound.values(), contested])}{moved}"


def _counted(subject: str, said: str, parts: Iterable[Iterable[str]]) -> str:
    """Return what is said of some parts with how many these are together: of actors where some count in several."""
    times = Counter(chain.from_iterable(parts))
    several = sum(number > 1 for number in times.values())
    with_several = f", {several:,} with several positions" if several and len(times) > 1 else ""
    if subject == "actor":
        return f"{counted(len(times), 'proposal')}{with_several}: {said}."
    in_all = f" {counted(len(times), 'actor')} in all{with_several}." if several else ""
    return f"{said}.{in_all}"


def _since(base: str, day: str) -> str:
    """Return the day that changes are counted from, in words: it may be a later one."""
    return f"{'until' if base > day else 'since'} {in_sentence(base)}"


def _whose(subject: str) -> Callable[[Row], str]:
    """Return what tells the rows apart that answer where an actor, or who on a proposal, stands."""
    return attrgetter("proposal" if subject == "actor" else "actor")


def _so_many(subject: str, position: str, number: int, bound: int) -> str:
    conditions = f"{' ' if number == 1 else ', '}{on_conditions(bound, number)}" if bound else ""
    if subject == "actor":
        return f"{position} {number:,}{conditions}"
    spoken = position.removesuffix("s") if number > 1 else position
    return f"{number:,} {spoken}{' to take part' if position == 'declines' else ''}{conditions}"


def _dated(ledger: Ledger, answer: Answer) -> tuple[str, ...]:
    """Return for which day, on what evidence and under which assumptions an answer holds, in sentences."""
    notes = [f"As of {in_sentence(answer.as_of)}.", *([OF_A_PART] if ledger.is_part else [])]
    if answer.known_by:
        notes.append(f"Known by {in_sentence(answer.known_by)}: nothing published later counts.")
    if answer.assume:
        titles = {condition.id: condition.name for condition in ledger.things("condition")}
        ids = ((one.startswith(NOT), one.removeprefix(NOT)) for one in answer.assume)
        assumed = ("not: " * negated + isolated(titles[condition]) for negated, condition in ids)
        notes.append(f"Assumed: {', '.join(assumed)}.")
    if "stale_after" in answer.query:
        notes.append(f"Stale: no evidence newer than {answer.query['stale_after']}.")
    latest = answer.about.latest_source_date
    if latest and latest == answer.as_of:
        notes.append("The day of the latest source.")
    elif latest and last_day(latest) <= day_of(answer.as_of):
        notes.append(f"Latest source: {in_sentence(latest)}.")
    limits = "; ".join(evidence_that_counts(answer.min_grade, answer.about.without))
    notes += [sentence(limits)] if limits else []
    notes += ["Only what was stated."] if "stated" in answer.query else []
    notes += goes_on(ledger, answer.rows, answer.as_of)
    return (*notes, *told_of_life(answer.life, Names(answer.about)))


def goes_on(ledger: Ledger, rows: Iterable[Row], as_of: str) -> tuple[str, ...]:
    """Return a sentence on what goes on in an answer since no evidence of its end counts, if anything does."""
    on = {row.proposal for row in rows}
    ends = {proposal: end for proposal, end in ledger.ends_not_counted.items() if proposal in on}
    titles = ledger.names("proposal") if ends else {}
    return tuple(map(sentence, going_on(ends, titles, day_of(as_of))))


class _Teller:
    """Tells of rows as entries, and numbers the sources in the order in which they come up."""

    def __init__(self, ledger: Ledger, thing: Thing, changes: dict[Track, Change]) -> None:
        self.thing = thing
        self.changes = changes
        self.actors = shown_names(ledger.things("actor"))
        proposals = ledger.things("proposal")
        self.titles = shown_names(proposals)
        shorts = {one.id: isolated(one.body["short"]) for one in proposals if one.body.get("short")}
        self.proposals = self.titles | shorts
        self.names = self.actors if thing.type == "actor" else self.titles
        self.cited: dict[str, tuple[str, str | None, set[str]]] = {}
        self.conditions: set[str] = set()

    def column(self, key: str, title: str, positions: Sequence[str], rows: Iterable[Row]) -> CardColumn:
        """Return a column, its entries by position."""
        rows = tuple(rows)
        held = [row for position in positions for row in rows if row.position == position]
        # A word that the heading has said already is not said again by every entry.
        is_plain = all(row.position in SAID_BY_HEADING and not row.earliest for row in held)
        number = len(set(map(_whose(self.thing.type), held)))
        return CardColumn(key, title, number, tuple(self._entry(row, is_plain=is_plain) for row in held))

    def _entry(self, row: Row, *, is_plain: bool) -> Chip:
        change = self.changes.get(row.track)
        weak = weak_grade(citation.grade for citation in row.evidence)
        for held in (row, *(change.before if change else ())):
            self.conditions.update(condition.removeprefix(NOT) for condition in held.conditions)
        position = f"possibly {row.position}" if row.earliest else "" if is_plain else row.position
        limits = (
            " ".join(filter(None, (position, *self._extent(row)))),
            contested_in_words(row.contest) if row.contest else "",
            "inferred" if row.basis == "inferred" else "",
            "stale" if row.stale else "",
            f"weak evidence ({weak})" if weak else "",
            *map(in_brief, row.conditions),
            self._moved(change) if change else "",
        )
        return Chip(
            self.proposals[row.proposal] if self.thing.type == "actor" else self.actors[row.actor],
            ", ".join(filter(None, limits)),
            bool(row.conditions),
            row.contested,
            bool(row.earliest) or row.basis == "inferred",
            self._cites(row),
        )

    def _extent(self, row: Row) -> tuple[str, ...]:
        """Return how much a row is of, and toward whom."""
        amount = () if row.amount is None else (amount_in_words(row.amount),)
        return (*amount, f"toward {several(self.actors[key] for key in row.toward)}") if row.toward else amount

    def _moved(self, change: Change) -> str:
        """Return what was held before a change: how much of it, and toward whom, where that is another now."""
        if not change.before:
            return "new"
        now = set(map(self._extent, change.after))

        def was(row: Row) -> str:
            extent = self._extent(row)
            held = " ".join((row.position, *(extent if {extent} != now else ())))
            return ", ".join((held, *map(in_brief, row.conditions)))

        return f"was {' / '.join(map(was, change.before))}"

    def _cites(self, row: Row) -> tuple[int, ...]:
        for citation in row.evidence:
            text = f"{isolated(citation.publisher)}, {in_sentence(citation.published)}"
            url = citation.url if citation.url and is_link(citation.url) else None
            _, _, grades = self.cited.setdefault(citation.source, (text, url, set()))
            grades |= {citation.grade} if citation.grade else set()
        order = list(self.cited)
        return tuple(sorted({order.index(one.source) + 1 for one in row.evidence}))

    def meanings(self, ledger: Ledger) -> tuple[str, ...]:
        """Return what the conditions in all entries mean, in a sentence, by the words that stand there for them."""
        things = ledger.by_id(self.conditions, "condition")
        texts = [f"{key.replace('-', ' ')}: {isolated(things[key].name)}" for key in sorted(things)]
        return (f"Conditions: {'; '.join(texts)}.",) if texts else ()

    @property
    def is_graded(self) -> bool:
        """Whether any evidence is graded."""
        return any(grades for _, _, grades in self.cited.values())

    def sources(self) -> tuple[CardSource, ...]:
        """Return the sources of all entries, by number."""
        return tuple(
            CardSource(f"{text}, {'/'.join(sorted(grades)) or 'not graded'}", url)
            for text, url, grades in self.cited.values()
        )


def in_brief(condition: str) -> str:
    """Return a condition as a clause, in the words of its id.

    >>> in_brief("not:us-backstop")
    'unless us backstop'
    """
    return condition_in_words(condition).replace("-", " ")
