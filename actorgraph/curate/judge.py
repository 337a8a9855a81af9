"""Values that somebody types for a record, judged as `check` would: names become ids, words lose their capitals."""

from __future__ import annotations

from typing import TYPE_CHECKING

from actorgraph.errors import UsageProblem
from actorgraph.model.messages import complaint
from actorgraph.model.reader import parse

if TYPE_CHECKING:
    from collections.abc import Sequence

    from actorgraph.curate.fields import FormField
    from actorgraph.ledger.store import Ledger
    from actorgraph.model.kinds import Kind


def judge_answer(kind: Kind, field: FormField, text: str, *, ledger: Ledger) -> str | list[str] | None:
    """Return what is typed for a field as the model holds it: several values with commas between; None for nothing.

    Raises `UsageProblem` for what `check` would refuse, and where nothing is typed though the field is required.
    """
    typed = [part.strip() for part in text.split(",")] if field.many else [text.strip()]
    values = [judge_value(kind, field, part, ledger=ledger) for part in typed if part]
    if not values:
        if field.required:
            raise UsageProblem(f"{field.name} is missing")
        return None
    return values if field.many else values[0]


def judge_value(kind: Kind, field: FormField, text: str, *, ledger: Ledger) -> str:
    """Return one value of a field as the model holds it. Raises `UsageProblem` for what `check` would refuse."""
    if field.refers:
        return _id_of(field, text, ledger)
    value = next((word for word in field.words if word.casefold() == text.casefold()), text)
    if field.name == "lines":
        value = ", ".join(part.strip() for part in value.split(","))
    way = () if field.name == "id" and kind.keyed else (field.name,)
    within = (field.part_of,) if field.part_of else ()
    problem = complaint(kind.section, (*within, *way), [value] if field.many else value)
    if problem:
        raise UsageProblem(problem)
    if field.name == "id" and (taken := ledger.by_id([value], *kind.companions)):
        raise UsageProblem(f"'{value}' is there already: {taken[value].name}, {taken[value].place}")
    return value


def judge_part(kind: Kind, key: str, text: str, *, fields: Sequence[FormField], ledger: Ledger) -> dict[str, str]:
    """Return a mapping in a list of the record, such as an evidence, that is written as in the model.

    `{source: …, lines: 3-4}`; the braces may be left out. `fields` are those that the mapping may have, the first one
    is what it cannot be without. Raises `UsageProblem` for what `check` would refuse.
    """
    read = parse(f"{key}: {text if text.lstrip().startswith('{') else f'{{{text}}}'}", f"--{key}")
    written = read.data.get(key)
    known = {field.name: field for field in fields}
    if read.problems or not isinstance(written, dict):
        raise UsageProblem(read.problems[0].message if read.problems else f"write {example(fields)}")
    for name, value in written.items():
        if name not in known:
            raise UsageProblem(f"unknown key '{name}'; known here: {', '.join(known)}")
        if not isinstance(value, str):
            raise UsageProblem(f"'{name}' should be a text")
    if fields[0].name not in written:
        raise UsageProblem(f"'{fields[0].name}' is missing")
    return {name: judge_value(kind, known[name], str(value), ledger=ledger) for name, value in written.items()}


def example(fields: Sequence[FormField]) -> str:
    """Return how a mapping of some fields is written, in short."""
    return f"{{{', '.join(f'{field.name}: {field.metavar}' for field in fields[:2])}}}"


def _id_of(field: FormField, name: str, ledger: Ledger) -> str:
    """Return the id of what a name means."""
    try:
        return ledger.resolve(name, *field.refers, exact=True).id
    except UsageProblem as problem:
        if ledger.named(name, *field.refers):
            raise
        raise UsageProblem(f"{problem} (`actorgraph add {field.refers[0]}` adds a new one)") from problem
