"""All about one thing, as tables: its keys, and one table for each part of what is related to it."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any, Final

from actorgraph.dates import begun, in_table
from actorgraph.model.kinds import STATEMENTS
from actorgraph.questions.accounts import ActorAccount, ConditionAccount, ProposalAccount, SourceAccount
from actorgraph.questions.cells import condition_in_words, places_of
from actorgraph.questions.list import flat
from actorgraph.questions.show import ACTORS, ONE_ACTOR, PROPOSALS
from actorgraph.render.evidence import Citations
from actorgraph.render.grid import Grid
from actorgraph.render.lives import told_of_life
from actorgraph.render.phrases import (
    Names,
    conditions_in,
    dateline,
    from_until,
    grades_in,
    jointly,
    since,
    standing,
    tone,
    under,
)
from actorgraph.render.totals import stated_and_implied, total
from actorgraph.render.who import BY_IMPLICATION, rows_grids
from actorgraph.render.wrapping import isolated
from actorgraph.vocabulary import NOT, POSITIONS, RELATIONS, RELIABILITY, STAGES, counted

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from actorgraph.ledger.things import Thing
    from actorgraph.questions.accounts import Account, Dependent
    from actorgraph.questions.rows import Row
    from actorgraph.questions.show import Shown
    from actorgraph.questions.structure import Kin

_DEEPER: Final = "– "
"""Before the name of what is listed under something, once for each level."""

_MOST_NAMED: Final = 5
"""Of so many actors that hold one position on a part, each is named; of more, there is only the number."""


def show_grids(shown: Shown) -> tuple[Grid, ...]:
    """Return things with all their keys, names spelled out beside ids, and what is related to each."""
    names = Names(shown.about)
    grids = [
        grid
        for thing in shown.things
        for account in [shown.account(thing)]
        for grid in (_keys(thing, account, shown), *_hanging_together(account, shown, names))
    ]
    lives = (account.life for account in shown.accounts if isinstance(account, ProposalAccount))
    sentences = (line for life in lives for line in told_of_life(life, names))
    above = (isolated(shown.things[0].name), dateline(shown), *sentences)
    return (grids[0]._replace(above=above), *grids[1:])


def _keys(thing: Thing, account: Account | None, shown: Shown) -> Grid:
    """Return a thing's keys as curated, but for those that have a table of their own."""
    apart = PROPOSALS if isinstance(account, ProposalAccount) else ("relations",)
    keys = ((thing.type, thing.id), *thing.body.items(), ("place", thing.place))
    lines = [(key, value) for key, raw in keys if key not in apart for value in [_value(key, raw, shown)] if value]
    if isinstance(account, ConditionAccount):
        lines.append((shown.as_of, _state(account, shown)))
    return Grid((isolated(thing.name),), ("KEY", "VALUE"), tuple(lines), frozenset({1}))


def _state(account: ConditionAccount, shown: Shown) -> str:
    """Return whether a condition holds on the day, and whether that is on record or assumed."""
    if account.holds is None:
        return "not on record"
    if {account.id, f"{NOT}{account.id}"}.isdisjoint(shown.assume):
        return "it holds" if account.holds else "it does not hold"
    return "assumed to hold" if account.holds else "assumed not to hold"


_TEXTS: Final = ("aliases", "tags")
"""The keys that hold several texts."""


def _value(key: str, raw: Any, shown: Shown) -> str:
    """Return the value of a key, in a line for each of several; texts such as aliases follow one another."""
    if key == "evidence":
        return "\n".join(_evidence(item, shown) for item in raw)
    if key == "reliability":
        return f"{raw}, {RELIABILITY[raw]}"
    known = {**dict.fromkeys((*ONE_ACTOR, *ACTORS), shown.about.actors)}
    known |= dict.fromkeys(("proposal", *PROPOSALS), shown.about.proposals)
    if key in _TEXTS:
        return "; ".join(map(isolated, raw))
    values = raw if isinstance(raw, (list, tuple)) else () if raw is None else (raw,)
    return "\n".join(_named(value, known[key]) if value in known.get(key, ()) else flat(value) for value in values)


def _named(key: str, names: Mapping[str, str]) -> str:
    return f"{isolated(names[key])} ({key})"


_PLACES: Final = ("source", "lines", "page")
"""The keys of an evidence that say where it points."""


def _evidence(item: Mapping[str, Any], shown: Shown) -> str:
    places = places_of(item.get("lines"), item.get("page"))
    others = (f"{key} {value}" for key, value in item.items() if key not in _PLACES and value)
    rest = ", ".join((*places, *others))
    return f"{_named(item['source'], shown.sources)}{': ' if rest else ''}{rest}"


def _hanging_together(account: Account | None, shown: Shown, names: Names) -> tuple[Grid, ...]:
    match account:
        case ProposalAccount():
            return _of_proposal(account, shown, names)
        case ConditionAccount():
            return _of_condition(account, shown, names)
        case SourceAccount():
            return _of_source(account, shown, names)
        case ActorAccount():
            return _of_actor(account, shown, names)
        case None:
            return ()


# -- a proposal --------------------------------------------------------------------------------------------------


def _of_proposal(account: ProposalAccount, shown: Shown, names: Names) -> tuple[Grid, ...]:
    """Return the proposals related to one, its parts and who stands where on each, and who does on it."""
    own = [row for row in account.rows if row.proposal == account.id]
    possible = [row for row in account.possible if row.proposal == account.id]
    stated, implied = stated_and_implied(own)
    *others, last = (
        *_positions("Who stands where", stated, names),
        *_positions("Possibly", possible, names),
        *_positions(BY_IMPLICATION, implied, names),
    ) or (Grid((f"Nobody has a position on it that is in force on that day{under(shown)}.",), (), ()),)
    actors = counted(len({row.actor for row in stated}), "actor")
    listed = (*own, *possible, *_named_on_parts(account))
    last = last._replace(below=(*conditions_in(shown, listed), *([total(actors, [], len(implied))] if own else [])))
    return (*_links(account, names), *_parts(account, names), *others, last)


def _links(account: ProposalAccount, names: Names) -> tuple[Grid, ...]:
    structure = account.structure
    lines = (
        *_kin("part of", structure.part_of, names),
        *_kin("succeeds", structure.succeeds, names),
        *_kin("succeeded by", structure.succeeded_by, names),
        *(("entails", names.proposal(key), key) for key in structure.entails),
        *(("entailed by", names.proposal(key), key) for key in structure.entailed_by),
        *(("excludes", names.proposal(key), key) for key in structure.excludes),
    )
    grid = Grid(("Related proposals",), ("LINK", "PROPOSAL", "ID"), lines, frozenset({1, 2}))
    return (grid,) if lines else ()


def _kin(link: str, kin: Iterable[Kin], names: Names) -> Iterator[tuple[str, str, str]]:
    return ((link, _title(other, names), other.proposal) for other in kin)


def _title(kin: Kin, names: Names) -> str:
    """Return the name of a proposal some steps away, indented by its level."""
    return _DEEPER * (kin.steps - 1) + names.proposal(kin.proposal)


def _parts(account: ProposalAccount, names: Names) -> tuple[Grid, ...]:
    """Return the parts of a proposal at all levels, each with who stands where on it."""
    rows: dict[str, list[Row]] = defaultdict(list)
    possible: dict[str, list[Row]] = defaultdict(list)
    for by_proposal, all_rows in ((rows, account.rows), (possible, account.possible)):
        for row in all_rows:
            by_proposal[row.proposal].append(row)
    lines = tuple(
        (_title(part, names), _on_part(rows[part.proposal], possible[part.proposal], names))
        for part in account.structure.parts
    )
    grid = Grid(("Its parts",), ("PART", "WHO STANDS WHERE"), lines, frozenset({0, 1}))
    return (grid._replace(below=(f"{counted(len(lines), 'part')}.",)),) if lines else ()


def _named_on_parts(account: ProposalAccount) -> Iterator[Row]:
    """Yield the rows on the parts of a proposal whose actors are named, and not only counted."""
    for part in account.structure.parts:
        on_it, possible = (
            [row for row in rows if row.proposal == part.proposal] for rows in (account.rows, account.possible)
        )
        for rows in (*stated_and_implied(on_it), possible):
            for _, holders in _by_position(rows):
                yield from holders if _are_named(holders) else ()


def _on_part(rows: Iterable[Row], possible: Iterable[Row], names: Names) -> str:
    """Return who stands where on a part, in a line for each position; what is implied comes last, and says so."""
    stated, implied = stated_and_implied(rows)
    lines = [
        *(f"{word}: {_named_or_counted(holders, names)}" for word, holders in _by_position(stated)),
        *(f"possibly {word}: {_named_or_counted(holders, names)}" for word, holders in _by_position(possible)),
        *(f"{word} by implication: {_named_or_counted(holders, names)}" for word, holders in _by_position(implied)),
    ]
    return "\n".join(lines) or "nothing in force"


def _by_position(rows: Iterable[Row]) -> Iterator[tuple[str, list[Row]]]:
    """Yield each position and stage that rows have, with its rows, in the order of the scale and the ladder."""
    rows = tuple(rows)
    for word in (*POSITIONS, *STAGES):
        holders = [row for row in rows if row.position == word]
        if holders:
            yield word, holders


def _named_or_counted(holders: list[Row], names: Names) -> str:
    return _holders(holders, names) if _are_named(holders) else counted(len({row.actor for row in holders}), "actor")


def _are_named(holders: list[Row]) -> bool:
    return len({row.actor for row in holders}) <= _MOST_NAMED


def _positions(above: str, rows: Iterable[Row], names: Names) -> tuple[Grid, ...]:
    """Return who holds what, a line for each position and stage, with what limits it for each actor."""
    held = tuple(_by_position(rows))
    lines = tuple((word, str(len({row.actor for row in rows})), _holders(rows, names)) for word, rows in held)
    tones = tuple(tone(word) for word, _ in held)
    headings = ("POSITION", "ACTORS", "WHO")
    return (Grid((above,), headings, lines, frozenset({2}), 0, tones),) if lines else ()


def _holders(rows: Iterable[Row], names: Names) -> str:
    """Return the actors of rows of one position, each with what limits it; with when, where that is only possible."""
    limited = ((names.actor(row.actor), _limits(row, names)) for row in rows)
    return "; ".join(dict.fromkeys(f"{name} ({limits})" if limits else name for name, limits in limited))


def _limits(row: Row, names: Names) -> str:
    if row.earliest:
        row = row._replace(earliest=None, until_date=None)
        return ", ".join(filter(None, (since(row), _limits(row, names))))
    return standing(row._replace(position=""), names, apart=True).strip(" ,")


# -- a condition, a source ---------------------------------------------------------------------------------------


def _of_condition(account: ConditionAccount, shown: Shown, names: Names) -> tuple[Grid, ...]:
    """Return what is in force on the day that depends on a condition, its evidence, and the records of any day."""
    stated, implied = stated_and_implied(account.rows)
    subject, evidence = ("ACTOR", "PROPOSAL"), Citations()
    depending = (
        *rows_grids(("What depends on it, in force on that day",), stated, subject, names, evidence),
        *rows_grids((BY_IMPLICATION,), implied, subject, names, evidence),
    ) or (Grid(("Nothing in force on that day depends on it.",), (), ()),)
    last = [total(counted(len(stated), "position"), [], len(implied))] if account.rows else []
    below = (*conditions_in(shown, account.rows), *grades_in(evidence.cited), *last)
    records = _dependents("Records that depend on it, of any day", "record", account.records, names)
    legend = _conditions_of(shown, account.records, known={account.id, *_ids_in(account.rows)})
    return (*depending, *evidence.grid(*below), *_with_legend(records, legend))


_RESTING: Final = {
    "Records that rest on it": ("record", STATEMENTS),
    "Relations that rest on it": ("relation", ("relation",)),
    "Events that it reports": ("event", ("event",)),
    "Proposals whose lives it reports": ("proposal", ("proposal",)),
}
"""The parts of what rests on a source: what one of it is called, and of which types it is."""


def _of_source(account: SourceAccount, shown: Shown, names: Names) -> tuple[Grid, ...]:
    """Return what rests on a source, type by type, with where in it and how it is graded."""
    grids = [
        grid
        for above, (noun, types) in _RESTING.items()
        for grid in _dependents(above, noun, [thing for thing in account.things if thing.type in types], names)
    ]
    if not grids:
        return (Grid(("Nothing rests on it.",), (), ()),)
    grades = grades_in([item for thing in account.things for item in thing.evidence])
    return _with_legend(grids, (*_conditions_of(shown, account.things), *grades))


def _with_legend(grids: Sequence[Grid], legend: Sequence[str]) -> tuple[Grid, ...]:
    """Return tables with a legend below the last of them, before its total."""
    return (*grids[:-1], grids[-1]._replace(below=(*legend, *grids[-1].below))) if grids else ()


def _conditions_of(shown: Shown, things: Iterable[Dependent], known: Collection[str] = ()) -> tuple[str, ...]:
    """Return what the conditions of records mean, but for those that are `known`."""
    keys = {condition.removeprefix(NOT) for thing in things for condition in thing.conditions}
    return conditions_in(shown, (), keys.difference(known))


def _ids_in(rows: Iterable[Row]) -> Iterator[str]:
    """Yield the ids of the conditions of rows."""
    return (condition.removeprefix(NOT) for row in rows for condition in row.conditions)


def _dependents(above: str, noun: str, things: Sequence[Dependent], names: Names) -> tuple[Grid, ...]:
    """Return things as curated, by id, with what they say, on which conditions, and where it is reported.

    A joint statement has one line, as it is one record in its file.
    """
    joint = {thing.place: thing for thing in reversed(things) if thing.jointly}
    lines = tuple(
        (thing.id, _says(thing, names)) for thing in things if not thing.jointly or joint[thing.place] is thing
    )
    below = (total(counted(len(lines), noun), []),)
    return (Grid((above,), ("ID", "SAYS"), lines, frozenset({0, 1}), below=below),) if lines else ()


def _says(thing: Dependent, names: Names) -> str:
    dated = f"{isolated(thing.name)} ({in_table(thing.date)})" if thing.date else isolated(thing.name)
    parts = (dated, jointly(thing, names), *map(condition_in_words, thing.conditions), *_places(thing))
    return ", ".join(filter(None, dict.fromkeys(parts)))


def _places(thing: Dependent) -> Iterator[str]:
    """Yield where in its source a thing is reported, each time with its grade."""
    for item in thing.evidence:
        where = ", ".join(places_of(item.lines, item.page))
        place = " ".join(filter(None, (where, f"[{item.grade}]" if item.grade else "")))
        if place:
            yield place


# -- an actor ----------------------------------------------------------------------------------------------------


def _of_actor(account: ActorAccount, shown: Shown, names: Names) -> tuple[Grid, ...]:
    """Return to whom an actor belongs and who belongs to it, on the day, and its relations of any day."""
    ties_by_link = {
        "member of": [(tie.to, tie) for tie in account.groups],
        "has as a member": [(tie.actor, tie) for tie in account.members],
        "speaks for": [(tie.to, tie) for tie in account.speaks_for],
        "spoken for by": [(tie.actor, tie) for tie in account.spoken_for_by],
    }
    lines = tuple(
        (link, names.actor(other), isolated(tie.role or ""), from_until(in_table(tie.since_date), tie.until_date))
        for link, ties in ties_by_link.items()
        for other, tie in ties
    )
    on_day = Grid(("On that day",), ("TIE", "ACTOR", "ROLE", "SINCE"), lines, frozenset({1, 2}), keyed=frozenset({2}))
    bodies = (thing.body for thing in shown.things if (thing.type, thing.id) == ("actor", account.id))
    relations = tuple((_tie(tie, names),) for body in bodies for tie in body.get("relations", ()))
    of_any_day = Grid(("On any day",), ("RELATION",), relations, frozenset({0}))
    return (*([on_day] if lines else []), *([of_any_day] if relations else []))


def _tie(tie: Mapping[str, Any], names: Names) -> str:
    role = f" ({isolated(tie['role'])})" if tie["role"] else ""
    what = f"{names.actor(tie['actor'])} {RELATIONS[tie['relation']][0]} {names.actor(tie['to'])}{role}"
    return f"{what}, {from_until(begun(tie['since_date']), tie['until_date'])}"
