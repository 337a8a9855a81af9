"""The options of a question: each is defined, explained and checked here, for all questions that take it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypedDict

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


class Marking(Reading, total=False):
    """How the record is read, and what is marked in it.

    Args:
        stale_after: A length of time, such as `18mo` or `2y`; rows without newer evidence are marked stale.
    """

    stale_after: str | None


class Narrowing(Reading, total=False):
    """How the record is read, and to whom and what a question about several is narrowed.

    Args:
        kind: Only actors of this kind, or of several with commas: `state`, `organisation`, `coalition`, `person`.
        group: Only the actors that are `member-of` this coalition or organisation on the day (of two days, on either);
            not the group itself, nor who leads it.
        tag: Only proposals with this tag.
        parts: With the proposal, or those with the tag, also all that is `part-of` it, at all levels.
    """

    kind: str | None
    group: str | None
    tag: str | None
    parts: bool


NARROWINGS: Final = tuple(name for name in Narrowing.__annotations__ if name not in Reading.__annotations__)
"""The options that narrow a question."""


def narrowed_in_words(asked: Mapping[str, object]) -> tuple[str, ...]:
    """Return to whom and what a question was narrowed, in the words of its options.

    >>> narrowed_in_words({"tag": "force", "kind": "state", "parts": True})
    ('kind state', 'tag force', 'parts')
    """
    return tuple(name if asked[name] is True else f"{name} {asked[name]}" for name in NARROWINGS if name in asked)


class Options(Marking, Narrowing, total=False):
    """All options of a question about a day: those of `Marking` and of `Narrowing`."""


class Question(Options):
    """A question about a day: the day, and all options."""

    as_of: str


BY_KIND: Final = "kind"
BY_GROUP: Final = "group"
BY: Final = (BY_KIND, BY_GROUP)
"""What a tally can be counted by."""


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
