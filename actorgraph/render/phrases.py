"""The words of answers: positions, chains, evidence, datelines and legends, in the lines of tables."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, Final, Protocol

from actorgraph.questions.who import speaks_for
from actorgraph.render.grid import isolated
from actorgraph.vocabulary import NOT, REFUSALS, UNDERTAKINGS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from actorgraph.ledger.store import Ledger, Thing
    from actorgraph.questions.rows import Cited, Row


class Envelope(Protocol):
    """What every answer says of itself, whatever it holds."""

    @property
    def query(self) -> dict[str, Any]: ...  # noqa: D102
    @property
    def model(self) -> str: ...  # noqa: D102
    @property
    def as_of(self) -> str: ...  # noqa: D102
    @property
    def known_by(self) -> str | None: ...  # noqa: D102
    @property
    def assume(self) -> tuple[str, ...]: ...  # noqa: D102


class Names:
    """How tables name actors and proposals, by id.

    Where several bear one name (in whatever case), the id stands beside it. A name that is written from right to left
    is isolated from what stands around it.
    """

    def __init__(self, *named: tuple[Mapping[str, str], Mapping[str, str]]) -> None:
        """Take the names of actors and the titles of proposals by id; of several versions, the first one's count."""
        self._actors: dict[str, str] = {}
        self._proposals: dict[str, str] = {}
        for actors, proposals in reversed(named):
            self._actors |= _distinct(actors)
            self._proposals |= _distinct(proposals)

    def actor(self, key: str) -> str:
        """Return the name of an actor."""
        return self._actors[key]

    def actors(self, keys: Iterable[str], *, joint: str = ", ") -> str:
        """Return the names of several actors in a row."""
        return joint.join(self._actors[key] for key in keys)

    def proposal(self, key: str) -> str:
        """Return the title of a proposal."""
        return self._proposals[key]


def _distinct(names: Mapping[str, str]) -> dict[str, str]:
    count = Counter(name.casefold() for name in names.values())
    return {
        key: f"{isolated(name)} ({key})" if count[name.casefold()] > 1 else isolated(name)
        for key, name in names.items()
    }


def names_of(*ledgers: Ledger) -> Names:
    """Return how to name what ledgers name; where several of them know an id, as the first one does."""
    return Names(*((ledger.names("actor"), ledger.names("proposal")) for ledger in ledgers))


def tone(position: str) -> str:
    """Return the tone of a position or stage: for, against, between, or harm."""
    if position in ("supports", *UNDERTAKINGS):
        return "for"
    if position == "opposes" or position in REFUSALS:
        return "against"
    return "harm" if position == "threatens" else "between"


def citations(evidence: Iterable[Cited]) -> list[str]:
    """Return evidence as the lines of a table's cell: cited, with right-to-left names isolated."""
    return [
        cite(item._replace(publisher=isolated(item.publisher), via=item.via and isolated(item.via)))
        for item in evidence
    ]


def cite(one: Cited) -> str:
    """Return an evidence as an answer cites it in a line.

    >>> from actorgraph.questions.rows import Cited
    >>> cite(Cited("rt", "RT", "2025-05-28", "4-6", None, "Financial Times", "D3"))
    'RT 2025-05-28, lines 4-6, via Financial Times [D3]'
    """
    where = f", {of_lines(one.lines)}" if one.lines else f", p. {one.page}" if one.page else ""
    via = f", via {one.via}" if one.via else ""
    return f"{one.publisher} {one.published}{where}{via}{f' [{one.grade}]' if one.grade else ''}"


def of_lines(lines: str) -> str:
    """Return the numbers of lines in words.

    >>> of_lines("4"), of_lines("4-6, 9")
    ('line 4', 'lines 4-6, 9')
    """
    return f"line{'s' if '-' in lines or ',' in lines else ''} {lines}"


def because(row: Row, names: Names) -> str:
    """Return the chain behind an inferred row as a sentence.

    >>> from actorgraph import load, who
    >>> ledger = load("graphs/ukraine-troops")
    >>> row = who(ledger, "opposes", "US troops in Ukraine", as_of="2026-01-10").rows[0]
    >>> because(row, names_of(ledger))
    'opposes ‘Troops of NATO members in Ukraine’ (2026-01-07), which ‘US troops in Ukraine’ entails'
    """
    first, *rest = row.because
    sentence = f"{first.position} ‘{names.proposal(first.proposal)}’ ({row.last_said})"
    for step in rest:
        title = names.proposal(step.proposal)
        sentence += {
            "undertakes": " and so supports it",
            "entails": f", which entails ‘{title}’",
            "entailed": f", which ‘{title}’ entails",
            "excludes": f", which excludes ‘{title}’",
        }[step.rule]
    return sentence


def reasons(row: Row, names: Names) -> str:
    """Return what a row rests on, as the lines of a cell: its chain if it is inferred, and its evidence."""
    return "\n".join((*([because(row, names)] if row.because else []), *citations(row.evidence)))


def conditions_in_words(conditions: Iterable[str]) -> list[str]:
    """Return what a position depends on: `if` for what must hold, `unless` for what must not.

    >>> conditions_in_words(["ceasefire", "not:us-backstop"])
    ['if ceasefire', 'unless us-backstop']
    """
    return [f"unless {key.removeprefix(NOT)}" if key.startswith(NOT) else f"if {key}" for key in conditions]


def held(row: Row) -> str:
    """Return a row's position with all that limits it: basis, contest, age, conditions, end."""
    inferred = ["inferred"] * (row.basis == "inferred")
    marks = ["contested"] * row.contested + ["stale"] * row.stale
    ends = [f"until {row.until}"] if row.until else []
    return ", ".join([row.position, *inferred, *marks, *conditions_in_words(row.conditions), *ends])


def grades(row: Row) -> str:
    """Return the grades of a row's evidence in brackets, after a space; nothing where none is graded."""
    marks = sorted({one.grade for one in row.evidence if one.grade})
    return f" [{', '.join(marks)}]" if marks else ""


def dateline(answer: Envelope, ledger: Ledger, *, dated: bool = True) -> str:
    """Return the line under a question: for which day, known by when, in which scenario, of which model it is true."""
    parts = [f"As of {answer.as_of}"] if dated else []
    latest = ledger.latest_source
    if latest and latest < answer.as_of:
        parts.append(f"latest source {latest}")
    if answer.known_by:
        parts.append(f"known by {answer.known_by}")
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


def nothing(answer: Envelope) -> str:
    """Return what to say where there are no rows: whether it is the record or the question that leaves none."""
    if answer.assume:
        return f"Nothing is on record for that day under these assumptions. {NO_RECORD}"
    if "stated" in answer.query:
        return f"Nothing that was stated is in force on that day. {NO_RECORD}"
    return f"Nothing is on record for that day. {NO_RECORD}"


NO_RECORD: Final = "No record does not mean neutral."


def leads(answer: Envelope, ledger: Ledger, actor: str, names: Names) -> tuple[str, ...]:
    """Return where to ask on about somebody who has no position of their own, but speaks for others."""
    query = answer.query
    before = ["who", query["position"]] if query["command"] == "who" else [query["command"]]
    after = [query["proposal"]] if "proposal" in query else []
    others = speaks_for(ledger, actor, as_of=answer.as_of)
    questions = {other: " ".join(["actorgraph", *before, other, *after]) for other in others}
    name = names.actor(actor)
    return tuple(f"{name} speaks for {names.actor(other)}: try `{question}`" for other, question in questions.items())


def legend(rows: Iterable[Row], *ledgers: Ledger, conditions: Iterable[str] = ()) -> tuple[str, ...]:
    """Return what the ids of conditions and the grades in rows mean; each ledger may know conditions of its own.

    `conditions` are those that stand in the answer besides.
    """
    rows = tuple(rows)
    known = {thing.id: thing for ledger in reversed(ledgers) for thing in ledger.things("condition")}
    marks = (*conditions, *(condition for row in rows for condition in row.conditions))
    keys = sorted({condition.removeprefix(NOT) for condition in marks})
    lines = [f"Conditions: {'; '.join(_condition(known[key]) for key in keys)}."] if keys else []
    grades = {item.grade for row in rows for item in row.evidence if item.grade}
    unknown = "; ? where nobody judged" if any("?" in grade for grade in grades) else ""
    return (*lines, *([f"{GRADES}{unknown}."] if grades else []))


GRADES: Final = "Grades in brackets follow the Admiralty code: source A (reliable) to F, report 1 (confirmed) to 6"


def _condition(thing: Thing) -> str:
    return ": ".join(filter(None, (thing.id, isolated(thing.name), in_short(thing))))


def in_short(thing: Thing) -> str:
    """Return what tells a thing from others of its type, beside its name."""
    body = thing.body
    aliases = ", ".join(map(isolated, body.get("aliases", ())))
    parts = {
        "actor": [body.get("kind", ""), aliases],
        "proposal": [aliases],
        "condition": [_true(period) for period in body.get("held", ())],
        "source": [isolated(body.get("publisher", "")), body.get("published", ""), body.get("reliability", "")],
        "event": [body.get("date", ""), ", ".join(body.get("actors", ()))],
    }
    return " · ".join(filter(None, parts.get(thing.type, [])))


def _true(period: Mapping[str, Any]) -> str:
    """Return when a condition held; the end is the first day on which it did no longer."""
    until = period.get("until")
    return f"true from {period['since']} until {until}" if until else f"true since {period['since']}"


def flat(value: Any) -> str:
    """Return a value in one line: the keys of a mapping with their values."""
    if isinstance(value, dict):
        return ", ".join(f"{key} {item}" for key, item in value.items() if item)
    return str(value)


def asked_columns(answer: Envelope) -> dict[str, object]:
    """Return the columns that say for which day, known by when, and under which assumptions an answer holds."""
    return {"as_of": answer.as_of, "known_by": answer.known_by, "assume": answer.assume}
