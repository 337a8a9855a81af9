"""The words of answers: positions, chains, evidence, datelines and legends, in the lines of tables."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, Final

from actorgraph.asked_dates import day_of
from actorgraph.dates import begun, in_table, last_day
from actorgraph.pasting import options_as_typed
from actorgraph.questions.cells import cite, condition_in_words, held, several
from actorgraph.render.narrowing import narrowed_to
from actorgraph.render.wrapping import isolated
from actorgraph.vocabulary import NOT, REFUSALS, UNDERTAKINGS

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterable, Mapping

    from actorgraph.questions.accounts import Dependent
    from actorgraph.questions.envelope import About, ConditionTitle, Envelope
    from actorgraph.questions.rows import Cited, Row
    from actorgraph.questions.why import CuratedRecord


class Names:
    """How tables name the actors and proposals that an answer names, by id.

    Where several of the model bear one name (in whatever case), the id stands beside it. A name that is written from
    right to left is isolated from what stands around it.
    """

    def __init__(self, about: About) -> None:
        shorts = {**about.proposals, **about.short_titles}
        self._actors = {key: _shown(key, name, about.same_name_actors) for key, name in about.actors.items()}
        self._titles = {key: _shown(key, name, about.same_name_proposals) for key, name in about.proposals.items()}
        not_unique = _not_unique(about, shorts)
        self._shorts = {key: _shown(key, name, not_unique) for key, name in shorts.items()}

    def actor(self, key: str) -> str:
        """Return the name of an actor."""
        return self._actors[key]

    def proposal(self, key: str) -> str:
        """Return the short title of a proposal, or its title where it has none: its name in tables."""
        return self._shorts[key]

    def title(self, key: str) -> str:
        """Return the whole title of a proposal."""
        return self._titles[key]


def _not_unique(about: About, shorts: Mapping[str, str]) -> set[str]:
    """Return the ids of the proposals whose names in tables others bear, too, with a short title or without."""
    count = Counter(name.casefold() for name in shorts.values())
    same = {key for key in about.same_name_proposals if key not in about.short_titles}
    return same | {key for key, name in shorts.items() if count[name.casefold()] > 1}


def _shown(key: str, name: str, not_unique: Container[str]) -> str:
    return f"{isolated(name)} ({key})" if key in not_unique else isolated(name)


def tone(position: str) -> str:
    """Return the tone of a position or stage: for, against, between, or harm."""
    if position in ("supports", *UNDERTAKINGS):
        return "for"
    if position == "opposes" or position in REFUSALS:
        return "against"
    return "harm" if position == "threatens" else "between"


def standing(
    row: Row, names: Names, *, apart: bool = False, condition: Callable[[str], str] = condition_in_words
) -> str:
    """Return a row's position with what limits it; `apart` from what was stated, none needs to be called inferred.

    What is only possible is called so. It has no end: its time is that in which it may have been said. `condition`
    gives a condition as a clause.
    """
    if row.earliest:
        return f"possibly {held(row._replace(until_date=None), names.actor, condition)}"
    return held(row._replace(basis="stated") if apart else row, names.actor, condition)


def since(row: Row) -> str:
    """Return since when a row holds, as a table prints it."""
    return in_table(row.since_date) if row.since_date else ""


def last_said(row: Row) -> str:
    """Return when what a row holds was last said, as a table prints it."""
    return in_table(row.last_said_date) if row.last_said_date else ""


def addressed(row: Row | CuratedRecord, names: Names) -> str:
    """Return toward whom a row or a record is; nothing where it is toward nobody in particular."""
    return f"toward {several(map(names.actor, row.toward))}" if row.toward else ""


def jointly(record: CuratedRecord | Dependent, names: Names) -> str:
    """Return with whom a record is one statement; nothing where it is one actor's own."""
    others = [actor for actor in record.jointly if actor != record.actor]
    return f"jointly with {several(map(names.actor, others))}" if others else ""


def first_of(texts: Iterable[str], most: int | None) -> list[str]:
    """Return no more texts than there is room for, and how many more there are; all of them where `most` is None.

    >>> first_of("ABCD", 2), first_of("ABC", 3), first_of("ABC", None)
    (['A', 'B', '2 more'], ['A', 'B', 'C'], ['A', 'B', 'C'])
    """
    listed = list(texts)
    if most is None or len(listed) <= most:
        return listed
    return [*listed[:most], f"{len(listed) - most:,} more"]


def said(row: Row, names: Names) -> str:
    """Return to whom what a row holds was said, when last, where that was later than first, and by whom."""
    again = f"again {last_said(row)}" if row.last_said and row.last_said != row.since else ""
    voice = f"by {names.actor(row.speaker)}" if row.speaker else ""
    return ", ".join(filter(None, (addressed(row, names), again, voice)))


def citation(evidence: Cited) -> str:
    """Return an evidence as tables cite it, with its date as they print dates, and right-to-left names isolated."""
    publisher, published = isolated(evidence.publisher), in_table(evidence.published)
    return cite(
        evidence._replace(publisher=publisher, published=published, via=evidence.via and isolated(evidence.via))
    )


def because(row: Row, names: Names, *, dated: bool = True) -> str:
    """Return the chain behind an inferred row as a sentence, with when its premise was last said, unless not `dated`.

    Nothing is the reason for what was stated.

    >>> from actorgraph import load, who
    >>> ledger = load("graphs/ukraine-troops")
    >>> answer = who(ledger, "opposes", "US troops in Ukraine", as_of="2026-01-10")
    >>> because(answer[0], Names(answer.about))
    'opposes ‘NATO troops’ (by 2026-01-07), which ‘US troops in Ukraine’ entails'
    """
    if not row.because:
        return ""
    first, *rest = row.because
    sentence = f"{first.position} ‘{names.proposal(first.proposal)}’{f' ({last_said(row)})' if dated else ''}"
    for step in rest:
        sentence += CHAIN[step.rule].format(f"‘{names.proposal(step.proposal)}’")
    return sentence


CHAIN: Final = {
    "undertakes": " and so supports it",
    "entails": ", which entails {}",
    "entailed": ", which {} entails",
    "excludes": ", which excludes {}",
}
"""How a chain goes on, by the rule of its next link; the title of that link's proposal goes into the brackets."""


def dateline(answer: Envelope[Any], *, dated: bool = True) -> str:
    """Return the line under a question: for which day, known by when, in which scenario, of which model it is true."""
    parts = [f"As of {answer.as_of}"] if dated else []
    latest = answer.about.latest_source_date
    if latest and last_day(latest) <= day_of(answer.as_of) and latest != answer.as_of:
        parts.append(f"latest source {in_table(latest)}")
    if answer.known_by:
        parts.append(f"known by {answer.known_by}")
    parts += evidence_that_counts(answer.min_grade, answer.about.without)
    parts += narrowed_to(answer.query, answer.about)
    if "stated" in answer.query:
        parts.append("only what was stated")
    if "stale_after" in answer.query:
        parts.append(f"stale after {answer.query['stale_after']}")
    if answer.assume:
        parts.append(f"assuming {', '.join(answer.assume)}")
    if answer.query.get("base_assume"):
        parts.append(f"instead of {', '.join(answer.query['base_assume'])}")
    line = " · ".join([*parts, f"model {answer.model}"])
    return line[0].upper() + line[1:]


def up_to(answer: Envelope[Any]) -> str:
    """Return the dateline of an answer about all days up to one."""
    return f"Up to {dateline(answer).removeprefix('As of ')}"


def evidence_that_counts(min_grade: str | None, without: Mapping[str, str]) -> list[str]:
    """Return which evidence counts, in words; nothing where all does.

    >>> evidence_that_counts("C3", {"letter": "Harbour News 2025-12-05"})
    ['only evidence graded C3 or better', 'without Harbour News 2025-12-05']
    """
    graded = [f"only evidence graded {min_grade} or better"] if min_grade else []
    return [*graded, *([f"without {', '.join(map(isolated, without.values()))}"] if without else [])]


def nothing(answer: Envelope[Any]) -> str:
    """Return what to say where there are no rows: whether it is the record or the question that leaves none."""
    known = "certain on that day" if getattr(answer, "possible", ()) else "on record for that day"
    if "stated" in answer.query and not answer.assume:
        return f"Nothing that was stated is in force on that day{under(answer)}. {NO_RECORD}"
    return f"Nothing is {known}{under(answer)}. {NO_RECORD}"


def under(answer: Envelope[Any]) -> str:
    """Return under what an answer holds that finds nothing, as the end of a sentence: the record may have something."""
    evidence = " in the evidence that counts" if answer.min_grade or answer.without or answer.known_by else ""
    return f"{evidence} under these assumptions" if answer.assume else evidence


def options_typed(answer: Envelope[Any], model: str | None, *names: str) -> list[str]:
    """Return the options with which another question is put to the same record, as somebody types them.

    `model` is its path as it was named; the evidence that counts, the assumptions and the options of these `names` are
    those of an answer.

    >>> from actorgraph import load, who
    >>> answer = who(load("examples/minimal.yaml"), "any", "harbour", as_of="2026", assume=["state-loan"], kind="state")
    >>> options_typed(answer, "examples/minimal.yaml", "kind", "tag")
    ['--model', 'examples/minimal.yaml', '--kind', 'state', '--assume', 'state-loan']
    """
    return options_as_typed(
        {
            "model": model,
            **{name: answer.query.get(name) for name in names},
            "known-by": answer.known_by,
            "min-grade": answer.min_grade,
            "without": answer.without,
            "assume": answer.assume,
        }
    )


def sentence(words: str) -> str:
    """Return words as a sentence: with a capital letter and a full stop.

    >>> sentence("known by 2026-01-10")
    'Known by 2026-01-10.'
    """
    return f"{words[0].upper()}{words[1:]}."


def on_conditions(bound: int, number: int) -> str:
    """Return how many of a number depend on conditions, in words; nothing where none does.

    >>> [on_conditions(*pair) for pair in ((0, 3), (1, 1), (3, 3), (2, 3))]
    ['', 'on conditions', 'all on conditions', '2 on conditions']
    """
    if not bound:
        return ""
    return f"{'' if number == 1 else 'all ' if bound == number else f'{bound:,} '}on conditions"


NO_RECORD: Final = "No record does not mean neutral."

NO_DOCUMENTS: Final = "no source names a document"


def conditions_in(answer: Envelope[Any], rows: Iterable[Row], others: Iterable[str] = ()) -> tuple[str, ...]:
    """Return what the ids of the conditions in some rows of an answer mean, and of others that are named besides."""
    marks = (*others, *(condition for row in rows for condition in row.conditions))
    keys = {condition.removeprefix(NOT) for condition in marks}
    return what_conditions_mean(condition for condition in answer.about.conditions if condition.id in keys)


def what_conditions_mean(conditions: Iterable[ConditionTitle]) -> tuple[str, ...]:
    """Return what the ids of conditions mean, in a line; none where there are none."""
    meanings = "; ".join(map(_condition, conditions))
    return (f"Conditions: {meanings}.",) if meanings else ()


def grades_in(evidence: Iterable[Cited]) -> tuple[str, ...]:
    """Return what the grades in some evidence mean, where there are any."""
    grades = {item.grade for item in evidence if item.grade}
    unknown = "; ? where nobody judged" if any("?" in grade for grade in grades) else ""
    return (f"{GRADES}{unknown}.",) if grades else ()


OF_A_PART: Final = "A part of the record."
"""What an answer says of itself that counts only a part of a larger record."""

GRADES: Final = "Grades: Admiralty code, source A (reliable) to F, report 1 (confirmed) to 6"


def _condition(condition: ConditionTitle) -> str:
    periods = " · ".join(held_from(period.since, period.until) for period in condition.held)
    return ": ".join(filter(None, (condition.id, isolated(condition.title), periods)))


def from_until(date: str, until: str | None) -> str:
    """Return from when and until when something holds, as curated.

    >>> from_until("2024-05", None), from_until("2024-05", "2025")
    ('2024-05', '2024-05 until 2025')
    """
    return f"{date} until {until}" if until else date


def held_from(since: str, until: str | None) -> str:
    """Return when a condition held; the end is the first day on which it did no longer.

    >>> held_from("2024", "2025-03"), held_from("2026-03", None), held_from("../2026-03", None)
    ('true from 2024 until 2025-03', 'true since 2026-03', 'true by 2026-03')
    """
    begin = begun(since)
    return f"true {begin.replace('since ', 'from ', 1)} until {until}" if until else f"true {begin}"
