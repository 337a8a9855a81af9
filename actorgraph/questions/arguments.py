"""What questions are given, checked: a wrong type is a `UsageProblem` that says what is right."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable

from actorgraph.errors import UsageProblem, quoted
from actorgraph.everyday import hint_at_word
from actorgraph.ledger.store import Ledger


def checked_ledger(ledger: object) -> Ledger:
    """Return a ledger.

    >>> checked_ledger("model.yaml")
    Traceback (most recent call last):
        ...
    actorgraph.errors.UsageProblem: a question is put to a ledger, not to a str; open it first: load('model.yaml')
    """
    if isinstance(ledger, Ledger):
        return ledger
    way = f"load({os.fspath(ledger)!r})" if isinstance(ledger, (str, os.PathLike)) else "load(path)"
    raise UsageProblem(f"a question is put to a ledger, not to a {type(ledger).__name__}; open it first: {way}")


def checked_text(value: object, what: str) -> str:
    """Return a text.

    >>> checked_text(None, "a name")
    Traceback (most recent call last):
        ...
    actorgraph.errors.UsageProblem: a name is a text, not None
    """
    if isinstance(value, str):
        return value
    raise UsageProblem(f"{what} is a text, not {value!r}")


def checked_word(value: object, known: Collection[str], refusal: str, otherwise: str) -> str:
    """Return a word of those that are known; what is refused is named behind `refusal`, with what is near.

    Where nothing is near, `otherwise` says what is known.

    >>> checked_word("binari", ("binary", "scale"), "no levels", "they are binary or scale")
    Traceback (most recent call last):
        ...
    actorgraph.errors.UsageProblem: no levels 'binari' (did you mean 'binary'?)
    >>> checked_word(2, ("binary", "scale"), "no levels", "they are binary or scale")
    Traceback (most recent call last):
        ...
    actorgraph.errors.UsageProblem: no levels 2; they are binary or scale
    """
    if not isinstance(value, str):
        raise UsageProblem(f"{refusal} {value!r}; {otherwise}")
    if value not in known:
        raise UsageProblem(f"{refusal} {quoted(value)}{hint_at_word(value, known) or f'; {otherwise}'}")
    return value


def checked_number(value: object, what: str, least: int) -> int:
    """Return a whole number that is not below another.

    >>> checked_number(0, "the fewest deliveries", 1)
    Traceback (most recent call last):
        ...
    actorgraph.errors.UsageProblem: the fewest deliveries cannot be 0; at least 1
    """
    if not isinstance(value, int) or isinstance(value, bool):
        raise UsageProblem(f"{what} cannot be {value!r}; a whole number is asked for")
    if value < least:
        raise UsageProblem(f"{what} cannot be {value}; at least {least}")
    return value


def checked_conditions(assume: object) -> tuple[str, ...]:
    """Return the names of conditions, given in a list or in anything else that can be iterated.

    >>> checked_conditions(["ceasefire", "not:us-backstop"])
    ('ceasefire', 'not:us-backstop')
    """
    if isinstance(assume, str):
        raise UsageProblem(f"{quoted(assume)} is one condition; give a list of them")
    if not isinstance(assume, Iterable):
        raise UsageProblem(f"conditions are given in a list of names, not as {assume!r}")
    return tuple(checked_text(name, "a condition") for name in assume)


def checked_folder(folder: object) -> str:
    """Return the path of a folder.

    >>> checked_folder(3)
    Traceback (most recent call last):
        ...
    actorgraph.errors.UsageProblem: a folder is given by its path, not as 3
    """
    if isinstance(folder, (str, os.PathLike)):
        return os.fspath(folder)
    raise UsageProblem(f"a folder is given by its path, not as {folder!r}")
