"""Problems in data, each with its place, the exceptions that carry them, and how messages quote and suggest."""

from collections.abc import Iterable
from typing import Final, NamedTuple

from actorgraph.problem_codes import CODES, Category

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
    missing. A warning may stand for several of its kind, of which it says how many; they are about the same. `beside`
    is where something else stands that its message names, with that place.

    >>> print(Problem("AG012", "unknown actor 'ngo-b' (did you mean 'ngo-a'?)", Span("stances.yaml", 14, 5)))
    stances.yaml:14:5: AG012 unknown actor 'ngo-b' (did you mean 'ngo-a'?)
    """

    code: str
    message: str
    span: Span
    about: str | None = None
    stands_for: int = 1
    beside: Span | None = None

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


def errors_among(problems: Iterable[Problem]) -> list[Problem]:
    """Return the problems with which a model cannot be used: those that are no warnings.

    >>> errors_among([Problem("AG106", "nothing refers to condition 'truce'", Span("conditions.yaml", 2, 3))])
    []
    """
    return [problem for problem in problems if not problem.warning]


class ActorgraphError(Exception):
    """Anything that actorgraph raises on purpose."""


class UsageProblem(ActorgraphError):  # noqa: N818 - a problem with the question, as Problem is one with the data
    """A question that cannot be asked so: an unknown or ambiguous name, a date that is not one."""


def lacking(name: str, extra: str, error: ImportError) -> UsageProblem:
    """Return what to say where something needs a library that an extra brings, and it is missing, or does not load.

    >>> str(lacking("a table", "duckdb", ImportError("DLL load failed"))).partition("; ")[0]
    'what a table needs cannot be loaded (DLL load failed)'
    """
    if not isinstance(error, ModuleNotFoundError):
        why = printable(str(error).strip().partition("\n")[0])
        anew = f'to install it anew may help: pip install --force-reinstall "actorgraph[{extra}]"'
        return UsageProblem(f"what {name} needs cannot be loaded ({why}); {anew}")
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
