"""The options of a question: each is defined, explained and checked here, for all questions that take it."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypedDict

from actorgraph.errors import UsageProblem, did_you_mean, quoted

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


class Reading(TypedDict, total=False):
    """How the record is read. Every question takes these options; all may be left out.

    Args:
        stated: Leave out what is only inferred.
        assume: Conditions that hold, or with `not:` do not.
    """

    stated: bool
    assume: Iterable[str]


class Options(Reading, total=False):
    """What a question about a day takes besides: everything in `Reading`, and what is marked.

    Args:
        stale_after: A length of time, such as `18mo` or `2y`; rows without younger evidence are marked stale.
    """

    stale_after: str | None


def checked_options(options: Mapping[str, object], known: type[Reading]) -> None:
    """Raise `UsageProblem` for an option that a question does not take, such as one that is misspelled.

    >>> checked_options({"asume": ["ceasefire"]}, Options)
    Traceback (most recent call last):
        ...
    actorgraph.errors.UsageProblem: unknown option 'asume' (did you mean 'assume'?)
    """
    names = tuple(known.__annotations__)
    for name in options:
        if name not in names:
            hint = did_you_mean(name, names) or f"; it is one of {', '.join(names)}"
            raise UsageProblem(f"unknown option {quoted(name)}{hint}")
