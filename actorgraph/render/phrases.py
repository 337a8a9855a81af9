"""The words of answers: positions, chains, evidence, datelines and legends, in the lines of tables."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

from actorgraph.questions.who import speaks_for
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


def tone(position: str) -> str:
    """Return the tone of a position or stage: for, against, between, or harm."""
    if position in ("supports", *UNDERTAKINGS):
        return "for"
    if position == "opposes" or position in REFUSALS:
        return "against"
    return "harm" if position == "threatens" else "between"


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


def because(row: Row, titles: Mapping[str, str]) -> str:
    """Return the chain behind an inferred row as a sentence, given the proposals' titles by id.

    >>> from actorgraph import load, who
    >>> ledger = load("graphs/ukraine-troops")
    >>> row = who(ledger, "opposes", "US troops in Ukraine", as_of="2026-01-10").rows[0]
    >>> because(row, ledger.names("proposal"))
    'opposes ‘Troops of NATO members in Ukraine’ (2026-01-07), which ‘US troops in Ukraine’ entails'
    """
    first, *rest = row.because
    sentence = f"{first.position} ‘{titles[first.proposal]}’ ({row.last_said})"
    for step in rest:
        title = titles[step.proposal]
        sentence += {
            "undertakes": " and so supports it",
            "entails": f", which entails ‘{title}’",
            "entailed": f", which ‘{title}’ entails",
            "excludes": f", which excludes ‘{title}’",
        }[step.rule]
    return sentence


def held(row: Row) -> str:
    """Return a row's position with all that bounds it: basis, contest, age, conditions, end."""
    conditions = [f"unless {one.removeprefix(NOT)}" if one.startswith(NOT) else f"if {one}" for one in row.conditions]
    ends = [f"until {row.until}"] if row.until else []
    inferred = ["inferred"] * (row.basis == "inferred")
    marks = ["contested"] * row.contested + ["stale"] * row.stale
    return ", ".join([row.position, *inferred, *marks, *conditions, *ends])


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
        return "Nothing on record for that day under these assumptions. No record is not neutrality."
    if "stated" in answer.query:
        return "Nothing was stated that holds on that day. No record is not neutrality."
    return "Nothing on record for that day. No record is not neutrality."


def leads(answer: Envelope, ledger: Ledger, actor: str) -> tuple[str, ...]:
    """Return where to ask on about somebody who holds nothing in their own name, but speaks for others."""
    names = ledger.names("actor")
    query = answer.query
    before = ["who", query["position"]] if query["command"] == "who" else [query["command"]]
    after = [query["proposal"]] if "proposal" in query else []
    return tuple(
        f"{names[actor]} speaks for {names[one]}: try `{' '.join(['actorgraph', *before, one, *after])}`"
        for one in speaks_for(ledger, actor, as_of=answer.as_of)
    )


def legend(rows: Iterable[Row], *ledgers: Ledger, conditions: Iterable[str] = ()) -> tuple[str, ...]:
    """Return what the ids of conditions and the grades in rows mean; each ledger may know conditions of its own.

    `conditions` are those that stand in the answer besides.
    """
    rows = tuple(rows)
    known = {one.id: one for ledger in reversed(ledgers) for one in ledger.things("condition")}
    named = {one.removeprefix(NOT) for one in (*conditions, *(each for row in rows for each in row.conditions))}
    told = "; ".join(": ".join(filter(None, (key, known[key].name, in_short(known[key])))) for key in sorted(named))
    grades = {one.grade for row in rows for one in row.evidence if one.grade}
    said = "Grades in brackets follow the Admiralty code: source A (reliable) to F, report 1 (confirmed) to 6"
    unknown = "; ? where nobody judged" if any("?" in one for one in grades) else ""
    return (*([f"Conditions: {told}."] if named else []), *([f"{said}{unknown}."] if grades else []))


def in_short(thing: Thing) -> str:
    """Return what tells a thing from others of its type, beside its name."""
    body = thing.body
    parts = {
        "actor": [body.get("kind", ""), ", ".join(body.get("aliases", ()))],
        "proposal": [", ".join(body.get("aliases", ()))],
        "condition": [f"held {one['since']} to {one.get('until') or 'now'}" for one in body.get("held", ())],
        "source": [body.get("publisher", ""), body.get("published", ""), body.get("reliability", "")],
        "event": [body.get("date", ""), ", ".join(body.get("actors", ()))],
    }
    return " · ".join(filter(None, parts.get(thing.type, [])))


def flat(value: Any) -> str:
    """Return a value in one line: the keys of a mapping with their values."""
    if isinstance(value, dict):
        return ", ".join(f"{key} {one}" for key, one in value.items() if one)
    return str(value)


def asked_columns(answer: Envelope) -> dict[str, object]:
    """Return the columns that say for which day, known by when, and under which assumptions an answer holds."""
    return {"as_of": answer.as_of, "known_by": answer.known_by, "assume": answer.assume}
