"""What can be wrong: problems in data, each with its place, and the exceptions that carry them."""

from collections.abc import Iterable
from typing import Final, Literal, NamedTuple

Category = Literal["path", "include", "text", "record", "unused", "doubt"]
"""What a problem means for a program: there is no such file or folder (`path`); an include leads nowhere (`include`); a
file's text cannot be read whole, so that definitions may be lost (`text`); a record, or the model, is wrong (`record`).
The last two are warnings: what nothing refers to, or bears out yet (`unused`), what merits a second look (`doubt`)."""


class Code(NamedTuple):
    """A kind of problem: its category, what it is, and the usual fix in a sentence; docs/problems.md says more."""

    category: Category
    meaning: str
    fix: str

    @property
    def is_warning(self) -> bool:
        """Whether a model with it can be used all the same, unless a check is strict."""
        return self.category in ("unused", "doubt")

    @property
    def title(self) -> str:
        """What it is, and that it is a warning where it is one: the heading in the docs."""
        return f"{self.meaning} (a warning)" if self.is_warning else self.meaning


CODES: Final[dict[str, Code]] = {
    "AG001": Code(
        "path",
        "a file or folder is missing or cannot be read",
        "Check the path and its permissions.",
    ),
    "AG002": Code(
        "text",
        "a file is not UTF-8 text",
        "Save the file as UTF-8 text, without control characters.",
    ),
    "AG003": Code(
        "text",
        "a file is not well-formed YAML",
        "Put a text that holds `: ` or begins with a sign in quotes; close quotes and brackets; indent by spaces.",
    ),
    "AG004": Code(
        "text",
        "a YAML feature that models do without: anchor, alias, tag, merge key, second document",
        "Write the value out wherever it is needed, and give each document a file.",
    ),
    "AG005": Code(
        "text",
        "a key stands twice in one mapping",
        "Keep one of the two.",
    ),
    "AG006": Code(
        "text",
        "a value is nested deeper than any model needs",
        "Take the extra brackets away.",
    ),
    "AG007": Code(
        "text",
        "a file, or a text in it, is larger than any curated one",
        "Split the file: a model may be a folder of files.",
    ),
    "AG008": Code(
        "include",
        "an include does not exist",
        "Name the include from the folder of the file that includes it.",
    ),
    "AG009": Code(
        "include",
        "an include climbs out of the folder that holds the models",
        "Move the included file inside the folder that holds the models.",
    ),
    "AG010": Code(
        "record",
        "a folder holds no YAML file, or a model has no header, or more than one",
        "Give exactly one file of the model a header, `model: {id: …, title: …}`.",
    ),
    "AG011": Code(
        "record",
        "a key that this kind of record does not have",
        "Correct the spelling; what has no key of its own goes into `note`.",
    ),
    "AG012": Code(
        "record",
        "a reference to an actor, proposal, source or condition that nobody defined",
        "Correct the id, or define what it stands for.",
    ),
    "AG013": Code(
        "record",
        "a key that must be there is missing or empty",
        "Give the key a value, or leave it out where the message says so.",
    ),
    "AG014": Code(
        "record",
        "a value that its key does not allow",
        "Use a word or a form that the message shows.",
    ),
    "AG015": Code(
        "record",
        "a date that is not one",
        "Write a date as 2024-05-01, 2024-05 or 2024.",
    ),
    "AG016": Code(
        "record",
        "an id that is not lower-case kebab-case",
        "Use the letters a to z and digits, with a hyphen between words.",
    ),
    "AG017": Code(
        "record",
        "an id that is defined twice",
        "Keep one of the two, or give one of them another id.",
    ),
    "AG018": Code(
        "record",
        "a stance, commitment or event without evidence",
        "Name the source that says so; if there is none, take the record out.",
    ),
    "AG019": Code(
        "record",
        "a `#` that cuts a text short",
        "Put the text in quotes, or the comment on a line of its own.",
    ),
    "AG020": Code(
        "record",
        "an end that does not come after its beginning",
        "Let `until` be the last day plus one, after the beginning.",
    ),
    "AG021": Code(
        "record",
        "proposals that are part of one another, or succeed one another, in a circle, or what refers to itself",
        "Take away the `part-of`, `succeeds`, `entails`, `excludes`, `not` or `toward` that leads back.",
    ),
    "AG022": Code(
        "record",
        "a file that the model holds already",
        "Take the include, or the second link to the file, away.",
    ),
    "AG023": Code(
        "record",
        "an id that an actor and a proposal share",
        "Give the proposal another id.",
    ),
    "AG024": Code(
        "record",
        "a proposal that contradicts itself: it entails what excludes it, or two that exclude each other",
        "Take away the `entails` or the `excludes` that does not follow.",
    ),
    "AG025": Code(
        "record",
        "a renaming that was cut short",
        "Run `actorgraph rename` again: it finishes or undoes what is half done before anything else.",
    ),
    "AG026": Code(
        "record",
        "a proposal with an end and no fate, or with a fate and no end",
        "Give it both `until`, the day after its last on the table, and `fate`, or neither.",
    ),
    "AG027": Code(
        "record",
        "an amount that would be counted twice, since it is of several actors, or toward several",
        "Write a commitment with an amount of its own for each, or leave the amount out.",
    ),
    "AG101": Code(
        "doubt",
        "a link that is neither http, https nor mailto",
        "Write the whole link, with `https://`.",
    ),
    "AG102": Code(
        "doubt",
        "a name or alias that two things share",
        "Drop the alias, or tell the two names apart.",
    ),
    "AG103": Code(
        "unused",
        "a source that nothing cites",
        "Cite the source, or take it out.",
    ),
    "AG104": Code(
        "unused",
        "an actor, proposal or condition that nothing refers to",
        "Take it out, or record what it was defined for.",
    ),
    "AG105": Code(
        "doubt",
        "a speaker without a role for the actor at the time",
        "Give the speaker a relation to the actor at that time, or name a mere reporter in `via`.",
    ),
    "AG106": Code(
        "doubt",
        "evidence that was published before the record's date",
        "Correct the date of the record or of the source, or cite another source.",
    ),
    "AG107": Code(
        "doubt",
        "a date in the future",
        "Correct the date.",
    ),
    "AG108": Code(
        "doubt",
        "a record that repeats the one before it",
        "Give one record the evidence of both, or a note that says what is new.",
    ),
    "AG109": Code(
        "doubt",
        "a grade that is missing",
        "Grade the source and what it says; F and 6 say that it cannot be judged.",
    ),
    "AG110": Code(
        "doubt",
        "names that are nearly the same",
        "Keep one and make the other name an alias, or record what tells the two apart.",
    ),
    "AG111": Code(
        "doubt",
        "a relation or record outside the dates of its actor",
        "End the relation, or correct the dates of the actor.",
    ),
    "AG112": Code(
        "doubt",
        "a name with an invisible letter",
        "Delete the letter that cannot be seen, or type the name anew.",
    ),
    "AG113": Code(
        "doubt",
        "a record outside the life of its proposal",
        "Correct the dates of the proposal or of the record, or give the record the text that it is about.",
    ),
    "AG114": Code(
        "doubt",
        "a record of the day, month or year that leaves its proposal out",
        "Say to the day when the proposal ended: `until` is the day after its last.",
    ),
    "AG115": Code(
        "unused",
        "a proposal that was superseded, and nothing succeeds it",
        "Let what came in its place `succeeds` it, or give it another fate.",
    ),
    "AG116": Code(
        "doubt",
        "a proposal that is succeeded and has no end",
        "Give it `until` and a `fate`, or take the `succeeds` away where both stand side by side.",
    ),
    "AG117": Code(
        "unused",
        "an author without a stance on its own proposal",
        "Record the author's stance: `by` is a label, and says nothing of what anybody thinks.",
    ),
    "AG118": Code(
        "doubt",
        "amounts of one proposal in several units",
        "Write all amounts of a proposal in one unit, or nothing can be summed.",
    ),
    "AG119": Code(
        "doubt",
        "a commitment to others, while one to somebody else still stands",
        "End the earlier commitment, or name its addressees in the later one too.",
    ),
}
"""Every code. AG0xx are errors; AG1xx are warnings, which `--strict` makes errors."""


_LONGEST: Final = 60
"""How much of a value a message shows: an id in full, of a paragraph enough to find it by."""


class Span(NamedTuple):
    """A place in a file: line and column count from 1."""

    file: str
    line: int = 1
    column: int = 1

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


class Problem(NamedTuple):
    """One thing that is wrong in the data, where, and the likely fix.

    `about` is what it is about where programs need to know: the id that is unknown or unused, the grade that is
    missing. A warning may stand for several of its kind, of which it says how many; they are about the same.

    >>> print(Problem("AG012", "unknown actor 'ngo-b' (did you mean 'ngo-a'?)", Span("stances.yaml", 14, 5)))
    stances.yaml:14:5: AG012 unknown actor 'ngo-b' (did you mean 'ngo-a'?)
    """

    code: str
    message: str
    span: Span
    about: str | None = None
    stands_for: int = 1

    @property
    def category(self) -> Category:
        """What it means for a program."""
        return CODES[self.code].category

    @property
    def warning(self) -> bool:
        """Whether the model can be used all the same."""
        return CODES[self.code].is_warning

    def __str__(self) -> str:
        return f"{self.span}: {self.code} {self.message}"

    def marked(self, *, is_warning: bool | None = None) -> str:
        """Return it in a line that says so where it is a warning, by its code unless it is said otherwise.

        >>> Problem("AG106", "nothing refers to condition 'truce'", Span("conditions.yaml", 2, 3)).marked()
        "conditions.yaml:2:3: AG106 nothing refers to condition 'truce' (warning)"
        """
        return f"{self}{' (warning)' if (self.warning if is_warning is None else is_warning) else ''}"


class ActorgraphError(Exception):
    """Anything that actorgraph raises on purpose."""


class UsageProblem(ActorgraphError):  # noqa: N818 - a problem with the question, as Problem is one with the data
    """A question that cannot be asked so: an unknown or ambiguous name, a date that is not one."""


def lacking(name: str, extra: str, error: ModuleNotFoundError) -> UsageProblem:
    """Return what to say where something needs a library that an extra brings."""
    library = (error.name or extra).partition(".")[0]
    return UsageProblem(f'{name} needs {library}, which is not installed: pip install "actorgraph[{extra}]"')


class ModelError(ActorgraphError):
    """A model that cannot be used, with every problem found in it, in the order of files and lines."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems: tuple[Problem, ...] = in_order(problems)
        super().__init__("\n".join(problem.marked() for problem in self.problems))


def in_order(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Return problems sorted by place, each once."""
    return tuple(sorted(set(problems), key=lambda problem: (problem.span, problem.code, problem.message)))


def quoted(text: str) -> str:
    r"""Return a text as messages show it: in quotes, in one line, and shortened where it is long.

    >>> quoted("NO"), quoted("two\nlines"), len(quoted("x" * 1000))
    ("'NO'", "'two\\nlines'", 62)
    """
    short = text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"
    return f"'{printable(short)}'"


def printable(text: str) -> str:
    """Return a text with its control characters and lone surrogates escaped, so that it can be printed."""
    if text.isprintable():
        return text
    return "".join(each if each.isprintable() else each.encode("unicode_escape").decode("ascii") for each in text)


ALIKE: Final = 0.6
"""How much of two words is alike where the one may be a slip of the other, if nothing else is said (see `nearest`)."""

VERY_ALIKE: Final = 0.75
"""The same where there is something better to say than a guess that is wrong."""


def did_you_mean(word: str, known: Iterable[str], *, cutoff: float = ALIKE) -> str:
    """Return a hint at the nearest known word, or nothing where none is near (see `nearest`).

    >>> did_you_mean("ngo-b", ["ngo-a", "russia"])
    " (did you mean 'ngo-a'?)"
    >>> did_you_mean("xyz", ["russia"])
    ''
    """
    near = nearest(word, known, most=1, cutoff=cutoff)
    return f" (did you mean {quoted(near[0])}?)" if near else ""


def nearest(word: str, known: Iterable[str], *, most: int, cutoff: float = ALIKE) -> tuple[str, ...]:
    """Return at most `most` of the known words that look like the given one, the nearest first.

    `cutoff` is how much of two words has to be alike, from 0 to 1, as `difflib.SequenceMatcher.ratio` counts it.
    """
    from difflib import get_close_matches

    comparable = sorted({other for other in known if len(other) <= 2 * _LONGEST})
    if len(comparable) > _MOST_COMPARED:
        comparable = _sharing(word[:_LONGEST], comparable)
    return tuple(get_close_matches(word[:_LONGEST], comparable, n=most, cutoff=cutoff))


_MOST_COMPARED: Final = 5_000
"""So many words are compared letter by letter: 600,000 addresses took 80 seconds (measured)."""


def _sharing(word: str, known: Iterable[str]) -> list[str]:
    """Return the known words, as many as are compared, that share the most runs of three letters with a word."""
    from heapq import nlargest

    runs = {word[at : at + 3] for at in range(len(word) - 2)}
    return nlargest(_MOST_COMPARED, known, key=lambda other: sum(run in other for run in runs))
