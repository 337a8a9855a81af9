"""Which things a name means: an id, a name or alias as spelled or nearly so, or else the only name with these words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, Protocol, TypeAlias

from actorgraph.errors import UsageProblem, nearest, quoted
from actorgraph.ledger.things import WITH_NAMES, checked_types, marks, one_of
from actorgraph.model.kinds import STATEMENTS, TYPES
from actorgraph.names import fold, may_abbreviate

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from actorgraph.ledger.things import Thing

ThingsWhere: TypeAlias = "Callable[[Sequence[str], str, Sequence[object]], tuple[Thing, ...]]"


class Directory(Protocol):
    """What has things under names: a ledger."""

    notice: Callable[[str], None]

    def rows(self, sql: str, parameters: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        """Return all rows that answer a text."""

    def named(self, name: str, *types: str) -> tuple[Thing, ...]:
        """Return the things of these types that bear an id or answer to a name."""

    def by_id(self, ids: Iterable[str], *types: str) -> dict[str, Thing]:
        """Return the things of these types that bear these ids, by id."""


def named(read: ThingsWhere, name: str, types: tuple[str, ...]) -> tuple[Thing, ...]:
    """Return the things of these types that bear an id or, if none does, answer to a name: `Ledger.named`.

    `read` returns the things, of some types, that a condition in SQL leaves.
    """
    if not isinstance(name, str):
        raise UsageProblem(f"a name is a text, not {name!r}")
    if not name.isascii() and any("\ud800" <= letter <= "\udfff" for letter in name):
        raise UsageProblem(f"{quoted(name)} is not UTF-8 text")
    types = checked_types(types)
    by_name = (
        f"JOIN names AS n ON t.type = n.type AND t.id = n.id WHERE n.form IN (?, ?) AND n.type IN ({marks(types)})"
    )
    forms = fold(name), name  # a link is kept as it stands
    return (
        read(types, f"WHERE t.id = ? AND t.type IN ({marks(types)})", (name, *types))
        or read(WITH_NAMES, f"{by_name} AND n.spelling = ?", (*forms, *types, name))
        or read(WITH_NAMES, by_name, (*forms, *types))
    )


def resolve(ledger: Directory, name: str, types: tuple[str, ...], *, exact: bool = False) -> Thing:
    """Return the one thing of these types that answers to a name: `Ledger.resolve`."""
    types = checked_types(types)
    things = ledger.named(name, *types)
    if len(things) == 1:
        return things[0]
    if things:
        several = ", ".join(f"{thing.id} ({thing.name})" for thing in things)
        raise UsageProblem(f"{quoted(name)} is ambiguous: it may be {several}")
    others = ledger.named(name, *TYPES)
    if others:
        raise UsageProblem(f"{quoted(name)} is the {others[0].type} {others[0].name}, not {one_of(types)}")
    holding = () if exact else _holding(ledger, name, types)
    if len(holding) == 1:
        (thing,) = holding
        meant = f"the {thing.type} {thing.id} ({thing.name})"
        ledger.notice(f"{quoted(name)} is taken for {meant}, the only one with these words in a name")
        return thing
    wanted = f"no {' or '.join(types)}" if len(types) < len(TYPES) else "nothing"
    raise UsageProblem(f"{wanted} answers to {quoted(name)}{_near(ledger, name, types)}")


def find(ledger: Directory, name: str) -> tuple[Thing, ...]:
    """Return whatever answers to a name: `Ledger.find`."""
    things = ledger.named(name, *TYPES) or ledger.named(name.casefold(), *STATEMENTS)
    return things if len({thing.id for thing in things}) == 1 else (resolve(ledger, name, TYPES),)


def _holding(ledger: Directory, name: str, types: Sequence[str]) -> tuple[Thing, ...]:
    """Return the things of these types of which a name holds all the words of a name, whole, in any order."""
    words = set(fold(name).split())
    forms = ledger.rows(f"SELECT type, id, form FROM names WHERE type IN ({marks(types)})", types)
    keys = {(kind, key) for kind, key, form in forms if words and words <= set(form.split())}
    return tuple(ledger.by_id([key], kind)[key] for kind, key in sorted(keys))


_FEW: Final = 2
"""Of how many types of things the commands that list them are named."""


def _near(ledger: Directory, name: str, types: Sequence[str]) -> str:
    """Return a hint at the things of these types with the nearest names, or at the commands that list them all."""
    sql = (
        "SELECT n.form, t.id, t.name FROM names AS n JOIN things AS t ON t.type = n.type AND t.id = n.id "
        f"WHERE n.type IN ({marks(types)}) ORDER BY n.form, t.id"
    )
    by_form = {form: (key, label) for form, key, label in ledger.rows(sql, types)}
    folded = fold(name)
    holding = [form for form in by_form if folded and folded in form]
    meant = [form for form in by_form if may_abbreviate(folded.replace(" ", ""), form)]
    best = dict.fromkeys(by_form[form] for form in (*meant, *nearest(folded, by_form, most=3), *holding))
    listed = ", ".join(f"'{key}' ({label})" for key, label in list(best)[:4])
    if listed:
        return f"; did you mean {listed}?"
    ways = " and ".join(f"`actorgraph list {kind}s`" for kind in types)
    return f"; {ways} show{'s' * (len(types) == 1)} them all" if len(types) <= _FEW else ""
