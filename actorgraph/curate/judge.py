"""Values that somebody types for a record, judged as `check` would: names become ids, words lose their capitals."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from actorgraph.errors import UsageProblem, quoted
from actorgraph.model.messages import complaint, hint_at_key
from actorgraph.model.reader import parse
from actorgraph.written_amounts import written_amount

if TYPE_CHECKING:
    from collections.abc import Sequence

    from actorgraph.curate.fields import FormField
    from actorgraph.ledger.store import Ledger
    from actorgraph.model.kinds import Kind
    from actorgraph.model.reader import Data


def judge_answer(kind: Kind, field: FormField, text: str, *, ledger: Ledger) -> Data:
    """Return what is typed for a field as the model holds it: several values with commas between; None for nothing.

    Raises `UsageProblem` for what `check` would refuse, and where nothing is typed though the field is required.
    """
    typed = parted(field, text, ledger=ledger) if field.many else [text.strip()]
    values: list[Data] = [judge_value(kind, field, part, ledger=ledger) for part in typed if part]
    if not values:
        if field.required:
            raise UsageProblem(f"{field.name} is missing")
        return None
    return field.held(values)


def parted(field: FormField, text: str, *, ledger: Ledger) -> list[str]:
    """Return what is typed with commas between, or as a list of the model: then a name may have a comma in it.

    So may one that something is known by, where things are named.
    """
    whole = text.strip()
    if field.refers and (not whole or ledger.named(whole, *field.refers)):
        return [whole]
    if whole.startswith("[") and not field.refers:
        listed = parse(f"{field.name}: {whole}", f"--{field.name}").data.get(field.name)
        if isinstance(listed, list) and all(isinstance(part, str) for part in listed):
            return list(map(str, listed))
    return [part for part in map(str.strip, text.split(",")) if part] or [whole]


def judge_value(kind: Kind, field: FormField, text: str, *, ledger: Ledger) -> str | dict[str, Data]:
    """Return one value of a field as the model holds it. Raises `UsageProblem` for what `check` would refuse."""
    if field.refers:
        return _id_of(field, text, ledger)
    if field.mapping:
        mapping = _mapping(field, text)
        if problem := complaint(kind.section, (field.name,), mapping):
            raise UsageProblem(problem)
        return mapping
    value = next((word for word in field.words if word.casefold() == text.casefold()), text)
    if field.name == "country":
        value = value.upper()
    if field.name == "lines":
        value = ", ".join(part.strip() for part in value.split(","))
    way = () if field.name == "id" and kind.keyed else (field.name,)
    within = (field.part_of,) if field.part_of else ()
    problem = complaint(kind.section, (*within, *way), [value] if field.many and not field.or_many else value)
    if problem:
        raise UsageProblem(problem)
    if field.name == "id" and (taken := ledger.by_id([value], *kind.companions)):
        raise UsageProblem(f"'{value}' is there already: {taken[value].name}, {taken[value].place}")
    return value


def judge_part(kind: Kind, key: str, text: str, *, fields: Sequence[FormField], ledger: Ledger) -> dict[str, Data]:
    """Return a mapping in a list of the record, such as an evidence, that is written as in the model.

    `{source: …, lines: 3-4}`; the braces may be left out. `fields` are those that the mapping may have, the first one
    is what it cannot be without. Raises `UsageProblem` for what `check` would refuse.
    """
    written = _flow_mapping(key, text)
    known = {field.name: field for field in fields}
    if written is None or not any(written.values()):
        raise UsageProblem(f"write {example(fields)}")
    for name, value in written.items():
        if name not in known:
            raise UsageProblem(f"unknown key {quoted(name)}{hint_at_key(name, known, is_bare=value is None)}")
        if not isinstance(value, str):
            raise UsageProblem(f"'{name}' should be a text")
    if fields[0].name not in written:
        raise UsageProblem(f"'{fields[0].name}' is missing")
    return {name: judge_value(kind, known[name], str(value), ledger=ledger) for name, value in written.items()}


def example(fields: Sequence[FormField]) -> str:
    """Return how a mapping of some fields is written, in short."""
    return f"{{{', '.join(f'{field.name}: {field.metavar}' for field in fields[:2])}}}"


def _flow_mapping(key: str, text: str) -> dict[str, Data] | None:
    """Return a mapping as the model has it on one line, its braces may be left out; None where it is none."""
    read = parse(f"{key}: {text if text.lstrip().startswith('{') else f'{{{text}}}'}", f"--{key}")
    if read.problems:
        raise UsageProblem(read.problems[0].message)
    written = read.data.get(key)
    return written if isinstance(written, dict) else None


def _mapping(field: FormField, text: str) -> dict[str, Data]:
    """Return the mapping that is typed for a field: as in the model, or an amount in words."""
    try:
        amount = written_amount(text) if field.name == "amount" else None
    except ValueError as unclear:
        raise UsageProblem(str(unclear)) from unclear
    if amount is not None and "unit" in amount:
        return dict(amount)
    written = _flow_mapping(field.name, text) if ":" in text else None
    if written is None:
        raise UsageProblem(f"write it as in the model, {_EXAMPLES[field.name]}")
    return written


_EXAMPLES: Final = {
    "amount": "such as {value: 2000, unit: soldiers}, or in words: 2000 soldiers, at least 1000 soldiers",
    "weight": "such as {population: 59, votes: 29}",
}


def _id_of(field: FormField, name: str, ledger: Ledger) -> str:
    """Return the id of what a name means."""
    try:
        return ledger.resolve(name, *field.refers, exact=True).id
    except UsageProblem as problem:
        if ledger.named(name, *field.refers):
            raise
        raise UsageProblem(f"{problem} (`actorgraph add {field.refers[0]}` adds a new one)") from problem
