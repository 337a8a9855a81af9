"""check: every problem in one model, or in several that may include the same files."""

from collections import Counter
from collections.abc import Collection, Iterable
from datetime import date
from functools import partial
from pathlib import Path
from typing import NamedTuple

from actorgraph.asked_dates import day_of
from actorgraph.dates import iso
from actorgraph.errors import Problem, in_order
from actorgraph.model.files import Files
from actorgraph.model.loader import Loaded, read_model
from actorgraph.model.model import Model
from actorgraph.model.warnings import warnings


def check(path: str | Path, *, today: str | date, files: Files | None = None) -> Loaded:
    """Read the model at a path and return it with every problem: those that stop it, and all that merits a second look.

    Args:
        path: A YAML file, or a folder of them.
        today: The day after which dates lie in the future; of a partial date, its last day.
        files: Where the model lies; the disk where nothing else is said.

    Returns:
        The model, None where it cannot be used, with its problems in the order of files and lines.

    Raises:
        UsageProblem: `today` is no date. Nothing is raised for what is wrong in the model.

    >>> check("examples/minimal.yaml", today="2026-06-01").problems
    ()
    >>> for problem in check("examples/minimal.yaml", today="2026-01-30").problems:
    ...     print(problem)
    examples/minimal.yaml:54:11: AG107 '2026-02-01' lies in the future; today is 2026-01-30
    examples/minimal.yaml:87:16: AG107 '2026-02-01' lies in the future; today is 2026-01-30
    """
    return read_model(path, files=files, also=partial(warnings, today=day_of(today)))


def new_problems(before: Iterable[Problem], after: Iterable[Problem]) -> tuple[Problem, ...]:
    """Return the problems that were not there before, wherever in their files the others stand now.

    A warning that stands for several is new where they have become more; and what one stood for before is not new where
    each has a warning of its own now.

    >>> from actorgraph.errors import Span
    >>> first, later = Span("a.yaml", 7), Span("a.yaml", 8)
    >>> repeats = Problem("AG108", "repeats 'uk' (a.yaml:7), of the same day", Span("a.yaml", 9), beside=first)
    >>> moved = Problem("AG108", "repeats 'uk' (a.yaml:8), of the same day", Span("a.yaml", 10), beside=later)
    >>> new_problems([repeats], [moved]), len(new_problems([repeats], [moved, moved]))
    ((), 1)
    """
    known = Counter(map(_gist, before := tuple(before)))
    in_all: Counter[_Kind] = Counter()
    in_one: Counter[_Kind] = Counter()
    for problem in before:
        in_all[_kind(problem)] += problem.stands_for
        in_one[_kind(problem)] += problem.stands_for if problem.stands_for > 1 else 0
    new = []
    for problem in after:
        gist, kind = _gist(problem), _kind(problem)
        if problem.stands_for > 1:
            is_known = problem.stands_for <= in_all[kind]
        elif known[gist]:
            is_known = True
            known[gist] -= 1
        else:
            is_known = in_one[kind] > 0
            in_one[kind] -= 1
        if not is_known:
            new.append(problem)
    return tuple(new)


_Kind = tuple[str, str | None]


def _kind(problem: Problem) -> _Kind:
    """Return what a warning that stands for several, and one for each of them, have in common."""
    return problem.code, problem.about


def _gist(problem: Problem) -> tuple[str, ...]:
    """Return what a problem says, without the lines in which it and what it names stand."""
    message, beside = problem.message, problem.beside
    if beside is not None:
        message = message.replace(str(beside), beside.file).replace(f"{beside.file}:{beside.line}", beside.file)
    return problem.code, message, problem.span.file


class CheckedModels(NamedTuple):
    """The day in ISO form, the models that can be used, of those that were checked, and every problem of all."""

    today: str
    models: tuple[Model, ...]
    problems: tuple[Problem, ...]


def check_all(paths: Iterable[str | Path], *, today: str | date, ignore: Collection[str] = ()) -> CheckedModels:
    """Check several models, which may include the same files, and return every problem once, in order.

    What one model does not use of a file is no problem where another does. Codes to `ignore` are those of warnings:
    an error stays. Raises `UsageProblem` for a bad date.

    >>> check_all(["examples/minimal.yaml"], today="2026-01-30", ignore=["AG107"]).problems
    ()
    """
    checked = [check(path, today=today) for path in paths]
    problems = [
        problem
        for number, loaded in enumerate(checked)
        for problem in loaded.problems
        if not (problem.warning and problem.code in ignore)
        and not _is_used_by(problem, loaded, [*checked[:number], *checked[number + 1 :]])
    ]
    return CheckedModels(
        str(iso(day_of(today))), tuple([loaded.model for loaded in checked if loaded.model]), in_order(problems)
    )


def _is_used_by(problem: Problem, by: Loaded, others: Iterable[Loaded]) -> bool:
    """Whether what one model leaves unused is read by another one that has no such problem with it."""
    if problem.category != "unused":
        return False
    files = {path for path, label in by.shown_as.items() if label == problem.span.file}
    return any(problem not in loaded.problems and files & loaded.shown_as.keys() for loaded in others)
