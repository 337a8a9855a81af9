"""A record in an editor: its lines alone, what the model is like with them, and what is wrong with them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from actorgraph.curate.changeset import Changeset, changeset, parsed, text_of
from actorgraph.curate.draft import Doubt
from actorgraph.curate.locate import body_at
from actorgraph.curate.revise import excerpt, revised, with_excerpt
from actorgraph.errors import ModelError, UsageProblem, errors_among

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from actorgraph.curate.locate import Located
    from actorgraph.errors import Problem
    from actorgraph.model.loader import Loaded
    from actorgraph.model.reader import Data

MARK: Final = "#| "
"""What begins a line that is for whoever edits, and is no part of the record."""


class Edited(NamedTuple):
    """What came of lines that were edited: the files with them, or `wrong`: why the model could not be used with them.

    What is wrong in the lines is listed by their numbers in the editor. `doubts` are warnings that are new.
    """

    changeset: Changeset | None
    wrong: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()


def opened(text: str, notes: Sequence[str] = ()) -> str:
    r"""Return the lines of a record as they are opened in an editor: above some notes, so that their numbers hold.

    >>> opened("uk:\n  name: UK\n", ["The actor uk"])
    'uk:\n  name: UK\n#| The actor uk\n'
    """
    return text + "".join(f"{f'{MARK}{note}'.rstrip()}\n" for note in notes)


def closed(text: str) -> str:
    r"""Return what was edited, without the notes.

    >>> closed(opened("uk:\n  name: UK\n", ["The actor uk", ""]))
    'uk:\n  name: UK\n'
    """
    lines = text.splitlines(keepends=True)
    return "".join(line for line in lines if not f"{line.rstrip()} ".startswith(MARK))


def edited(loaded: Loaded, located: Located, new: str, *, today: str | date) -> Edited:
    """Return what the model would be if the lines of a record were others, put into canonical form.

    `new` has no notes; the lines that `wrong` tells are its own. Raises OSError where the file cannot be read,
    and `Doubt` where the record no longer stands in it as it was.
    """
    text = _text_with(located)
    first = excerpt(text, located.place).before
    count = len(new.rstrip().split("\n"))

    def message(problem: Problem) -> str:
        line = problem.span.line - first
        if problem.span.file == located.span.file and 0 < line <= count:
            return f"line {line}: {problem.code} {problem.message}"
        return str(problem)

    try:
        as_typed = with_excerpt(text, located.place, new, canonical=False)
        typed = changeset(loaded, {located.file: (text, as_typed)}, today=today)
        usual = with_excerpt(text, located.place, new)
    except Doubt as doubt:
        return Edited(None, (str(doubt),))
    except ModelError as error:
        return Edited(None, tuple(f"line {one.span.line}: {one.code} {one.message}" for one in error.problems))
    problems = typed.problems
    if typed.refused:
        errors = errors_among(problems)
        lost = [problem for problem in errors if problem.code == "AG012" and problem.about == located.id]
        hint = f"`actorgraph rename {located.id} NEW` changes an id wherever it stands" if lost else ""
        return Edited(None, tuple(filter(None, (*map(message, errors), hint))))
    return Edited(changeset(loaded, {located.file: (text, usual)}, today=today), doubts=tuple(map(message, problems)))


def with_evidence(loaded: Loaded, located: Located, new: Sequence[dict[str, Data]], *, today: str | date) -> Changeset:
    """Return what it takes to give a record more evidence.

    Raises `UsageProblem` where it has that already, and `Doubt` where it no longer stands as it was.
    """
    held = located.body.get("evidence")
    listed = list(held) if isinstance(held, list) else []
    for evidence in new:
        if evidence in listed:
            raise UsageProblem(f"{located.id} has this evidence already, at {located.at}")
    body: dict[str, Data] = {**located.body, "evidence": [*listed, *new]}
    before = _text_with(located)
    after = revised(before, {located.place: body})
    return changeset(loaded, {located.file: (before, after)}, today=today)


def _text_with(located: Located) -> str:
    """Return the text of a record's file as it is by now.

    Raises `Doubt` where the record no longer stands there as it was: somebody else may have written since it was
    opened, and what is put in its place would take the place of another one, or of what they wrote.
    """
    try:
        text = text_of(located.file) or ""
    except UnicodeDecodeError:
        text = ""
    read = parsed(text)
    if read.problems or body_at(read.data, located.place) != located.body:
        raise Doubt(f"{located.span.file} has changed meanwhile, and {located.id} no longer stands there as it was")
    return text
