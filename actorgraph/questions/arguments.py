"""What questions are given, checked: a wrong type is a `UsageProblem` that says what is right."""

from __future__ import annotations

import os
from collections.abc import Iterable

from actorgraph.errors import UsageProblem, quoted
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
