"""Answers in words: rows and changes as grids for tables and Markdown, and as flat records for CSV."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, Final, Protocol

from actorgraph.questions.diff import MIRROR
from actorgraph.questions.who import speaks_for, what
from actorgraph.render.grid import Grid
from actorgraph.vocabulary import ANY, IN_A_SENTENCE, NOT, REFUSALS, SILENT, UNDERTAKINGS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from actorgraph.ledger.store import Ledger, Thing
    from actorgraph.questions.diff import Change, Changes
    from actorgraph.questions.rows import Answer, Cited, Row


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


ROW_COLUMNS: Final = (
    "as_of",
    "known_by",
    "assume",
    "actor",
    "actor_name",
    "kind",
    "position",
    "proposal",
    "proposal_title",
    "since",
    "until",
    "last_said",
    "conditions",
    "speaker",
    "basis",
    "because",
    "contested",
    "stale",
    "records",
    "evidence",
)
SIDES: Final = (
    "kind",
    "actor",
    "actor_name",
    "proposal",
    "proposal_title",
    "before",
    "before_records",
    "before_evidence",
    "after",
    "after_records",
    "after_evidence",
)
CHANGE_COLUMNS: Final = ("from", "to", "known_by", "assume", "base_assume", "change", *SIDES)


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


# -- grids -------------------------------------------------------------------------------------------------


def answer_grid(answer: Answer, ledger: Ledger) -> Grid:
    """Return the rows of `who`, `what` or a whole snapshot as a table."""
    command = answer.query["command"]
    by_actor = command != "what"
    above = (_question(answer, ledger), dateline(answer, ledger))
    if not answer.rows:
        asked_of = command == "what" or _is_against_actor(answer)
        lead = leads(answer, ledger, answer.query["target"]) if asked_of else ()
        return Grid(above, (), (), below=(_nothing(answer), *lead))
    if answer.query.get("position") == SILENT:
        silent = tuple((row.actor_name, row.actor) for row in answer.rows)
        return Grid(above, ("ACTOR", "ID"), silent, frozenset({0}), below=(_SILENCE,))
    names = ledger.names("actor") | ledger.names("proposal")
    both = command == "export" or _is_against_actor(answer)
    against = _own_sides(answer, ledger) if _is_against_actor(answer) else {}
    lines = tuple(_row_line(row, names, by_actor=by_actor, both=both) for row in answer.rows)
    if against:
        lines = tuple(
            (actor, f"{title}\n{against[row.proposal]}", *rest)
            for (actor, title, *rest), row in zip(lines, answer.rows, strict=True)
        )
    subject = ("ACTOR", "PROPOSAL") if both else ("ACTOR",) if by_actor else ("PROPOSAL",)
    headings = (*subject, "POSITION", "SINCE", "EVIDENCE")
    at = len(subject)
    flexible = frozenset({*range(at), at, at + 2})
    tones = tuple(tone(row.position) for row in answer.rows)
    return Grid(above, headings, lines, flexible, at, tones, below=legend(answer.rows, ledger))


def _own_sides(answer: Answer, ledger: Ledger) -> dict[str, str]:
    """Return what the actor that others oppose holds itself, by proposal: position, since when, and the grades."""
    target, assume, stated = answer.query["target"], answer.assume, "stated" in answer.query
    own = what(ledger, target, as_of=answer.as_of, assume=assume, stated=stated).rows
    return {
        row.proposal: f"({row.actor_name} {held(row)}, since {row.since}{_grades(row)})"
        for row in own
        if row.kind == "stance" and row.position in ("supports", "opposes")
    }


def _grades(row: Row) -> str:
    grades = sorted({one.grade for one in row.evidence if one.grade})
    return f" [{', '.join(grades)}]" if grades else ""


_SILENCE: Final = (
    "Silent: no stance and no commitment on record, which is not neutrality. Persons are listed only where they hold "
    "something in their own name and speak for nobody else."
)


def changes_grid(changes: Changes, ledger: Ledger) -> Grid:
    """Return changes as a table: what changed, for whom, and both sides."""
    query = changes.query
    count = Counter(one.change for one in changes.changes)
    counted = ", ".join(f"{count[name]} {name}" for name in MIRROR if count[name])
    one_day = "base_assume" in query and query["from"] == query["to"]
    asked = "What the scenario changes" if one_day else f"What changed from {query['from']} to {query['to']}"
    above = (asked + f": {counted}" * bool(counted), dateline(changes, ledger, dated=one_day))
    if not changes.changes:
        return Grid(above, (), (), below=("Nothing: the same positions are in force on both sides.",))
    return changes_lines(changes.changes, ledger)._replace(above=above)


def changes_lines(changes: Iterable[Change], *ledgers: Ledger) -> Grid:
    """Return the lines of changes: what changed, for whom, and both sides, maybe of two ledgers."""
    changes = tuple(changes)
    lines = tuple((one.change, one.actor_name, f"{one.proposal_title}: {both_sides(one)}") for one in changes)
    tones = tuple(CHANGE_TONES.get(one.change, "between") for one in changes)
    rows = [row for one in changes for row in (*one.before, *one.after)]
    headings = ("CHANGE", "ACTOR", "PROPOSAL: BEFORE → AFTER")
    return Grid((), headings, lines, frozenset({1, 2}), 0, tones, legend(rows, *ledgers))


CHANGE_TONES: Final = {
    "added": "for",
    "strengthened": "for",
    "ended": "against",
    "weakened": "against",
    "reversed": "harm",
}


def things_grid(things: tuple[Thing, ...], ledger: Ledger, title: str) -> Grid:
    """Return things as a list: id, name, and what tells one from another."""
    lines = tuple((one.id, one.name, _in_short(one)) for one in things)
    above = (f"{len(things)} {title.removesuffix('s') if len(things) == 1 else title}", f"Model {ledger.model}")
    return Grid(above, ("ID", "NAME", "MORE"), lines, frozenset({1, 2}))


def thing_grids(things: tuple[Thing, ...], ledger: Ledger) -> Grid:
    """Return things with all their keys, names spelled out beside ids; mostly one, but an id may name two."""
    lines = [
        (key, value)
        for thing in things
        for key, raw in ((thing.type, thing.id), *thing.body.items(), ("place", thing.place))
        if key != "relations"
        for value in [_value(key, raw, ledger)]
        if value
    ]
    lines += [("relation", text) for thing in things for text in _ties(thing.body.get("relations", ()), ledger)]
    above = (things[0].name, f"Model {ledger.model}")
    return Grid(above, ("KEY", "VALUE"), tuple(lines), frozenset({1}))


def _row_line(row: Row, names: Mapping[str, str], *, by_actor: bool, both: bool) -> tuple[str, ...]:
    voice = f"\nby {names[row.speaker]}" if row.speaker else ""
    first = (row.actor_name if by_actor else row.proposal_title) + voice
    return (
        first,
        *(row.proposal_title,) * both,
        held(row),
        f"{row.since}\nlast said\n{row.last_said}" if row.last_said != row.since else row.since or "",
        "\n".join((*([because(row, names)] if row.because else []), *map(cite, row.evidence))),
    )


def both_sides(change: Change) -> str:
    """Return what was held before and what is held after, with the evidence of what is told."""

    def side(rows: tuple[Row, ...]) -> str:
        return " / ".join(held(row) for row in rows) or "nothing"

    told = change.after or change.before
    evidence = dict.fromkeys(cite(one) for row in told for one in row.evidence)
    return "\n".join((f"{side(change.before)} → {side(change.after)}", *evidence))


def _question(answer: Answer, ledger: Ledger) -> str:
    query = answer.query
    if _is_against_actor(answer):
        return f"Who opposes {ledger.resolve(query['target'], 'actor').name}: supports what it opposes, or the reverse?"
    if query["command"] == "who":
        proposal = ledger.resolve(query["target"], "proposal").name
        asked = {ANY: "holds any position on", SILENT: "is silent on", **IN_A_SENTENCE}.get(
            query["position"], query["position"]
        )
        return f"Who {asked} {proposal}?"
    if query["command"] == "what":
        return f"What does {ledger.resolve(query['target'], 'actor').name} hold?"
    return ledger.title


def _is_against_actor(answer: Answer) -> bool:
    return answer.query.get("target_type") == "actor"


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


def _nothing(answer: Answer) -> str:
    query = answer.query
    if query["command"] == "who" and query["position"] == SILENT:
        return "Nobody: every actor has something on record on it, or is a person who speaks for one that may."
    return nothing(answer)


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
    told = "; ".join(": ".join(filter(None, (key, known[key].name, _in_short(known[key])))) for key in sorted(named))
    grades = {one.grade for row in rows for one in row.evidence if one.grade}
    said = "Grades in brackets follow the Admiralty code: source A (reliable) to F, report 1 (confirmed) to 6"
    unknown = "; ? where nobody judged" if any("?" in one for one in grades) else ""
    return (*([f"Conditions: {told}."] if named else []), *([f"{said}{unknown}."] if grades else []))


def _in_short(thing: Thing) -> str:
    body = thing.body
    parts = {
        "actor": [body.get("kind", ""), ", ".join(body.get("aliases", ()))],
        "proposal": [", ".join(body.get("aliases", ()))],
        "condition": [f"held {one['since']} to {one.get('until') or 'now'}" for one in body.get("held", ())],
        "source": [body.get("publisher", ""), body.get("published", ""), body.get("reliability", "")],
        "event": [body.get("date", ""), ", ".join(body.get("actors", ()))],
    }
    return " · ".join(filter(None, parts.get(thing.type, [])))


def _value(key: str, raw: Any, ledger: Ledger) -> str:
    if key == "evidence":
        return "\n".join(_evidence(one, ledger) for one in raw)
    if key in ("actor", "speaker", "to", "proposal"):
        kind = "proposal" if key == "proposal" else "actor"
        return f"{ledger.resolve(raw, kind).name} ({raw})"
    if isinstance(raw, list):
        return "\n".join(map(_flat, raw))
    return "" if raw is None else str(raw)


def _ties(ties: Iterable[Mapping[str, Any]], ledger: Ledger) -> Iterable[str]:
    names = ledger.names("actor")
    for tie in ties:
        role = f" ({tie['role']})" if tie["role"] else ""
        until = f" until {tie['until']}" if tie["until"] else ""
        yield f"{names[tie['actor']]} {tie['relation']} {names[tie['to']]}{role}, since {tie['since']}{until}"


def _evidence(one: Mapping[str, Any], ledger: Ledger) -> str:
    rest = ", ".join(f"{key} {value}" for key, value in one.items() if key != "source" and value)
    return f"{ledger.resolve(one['source'], 'source').name} ({one['source']}){': ' if rest else ''}{rest}"


def _flat(value: Any) -> str:
    """Return a value in one line: the keys of a mapping with their values."""
    if isinstance(value, dict):
        return ", ".join(f"{key} {one}" for key, one in value.items() if one)
    return str(value)


# -- flat records ------------------------------------------------------------------------------------------


def row_records(answer: Envelope, rows: Iterable[Row]) -> list[dict[str, object]]:
    """Return rows as flat records with the columns of `ROW_COLUMNS`."""
    return [
        {
            **row._asdict(),
            "as_of": answer.as_of,
            "known_by": answer.known_by,
            "assume": answer.assume,
            "because": tuple(f"{step.rule}: {step.position} {step.proposal}" for step in row.because),
            "evidence": tuple(map(cite, row.evidence)),
        }
        for row in rows
    ]


def change_records(changes: Changes) -> list[dict[str, object]]:
    """Return changes as flat records with the columns of `CHANGE_COLUMNS`."""
    scenarios = {"assume": changes.assume, "base_assume": changes.query.get("base_assume", changes.assume)}
    asked = {**changes.query, "known_by": changes.known_by, **scenarios}
    return [{**asked, **change_record(one)} for one in changes.changes]


def change_record(one: Change) -> dict[str, object]:
    """Return a change as a flat record: what each side held, on which records and evidence."""
    sides = (("before", one.before), ("after", one.after))
    return {**one._asdict(), **{name: value for side, rows in sides for name, value in _side(side, rows)}}


def _side(side: str, rows: tuple[Row, ...]) -> Iterable[tuple[str, object]]:
    yield side, tuple(map(held, rows))
    yield f"{side}_records", tuple(record for row in rows for record in row.records)
    yield f"{side}_evidence", tuple(dict.fromkeys(cite(one) for row in rows for one in row.evidence))


def thing_records(things: tuple[Thing, ...]) -> tuple[list[dict[str, object]], tuple[str, ...]]:
    """Return things as flat records, and their columns: every key that one of them has."""
    items = [one.item() for one in things]
    columns = tuple(dict.fromkeys(key for item in items for key in item)) or ("type", "id", "name")
    records = [
        {
            column: tuple(map(_flat, value)) if isinstance(value, list) else value
            for column in columns
            for value in [item.get(column)]
        }
        for item in items
    ]
    return records, columns
