"""Every format that comes in or goes out, in one table: the command line, its help and the documents derive from it.

Each stands in the module of this package that bears its name. One that comes in has there `IN`, the options it takes,
and `read`; where its columns are to be told, `guess` writes how they may be read. One that goes out has `OUT` and
`write`. They are loaded only when a format is asked for, so that none waits for another one's libraries.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from importlib import import_module
from keyword import iskeyword
from typing import TYPE_CHECKING, Any, Final, NamedTuple, Protocol, TypeVar

from actorgraph.errors import UsageProblem, quoted

if TYPE_CHECKING:
    from actorgraph.ledger.store import Ledger
    from actorgraph.questions.options import Marking, Narrowing, Question

    T = TypeVar("T")


class Format(NamedTuple):
    """A format, what it is in a line, and what else people call it, or their files end in."""

    name: str
    about: str
    also: tuple[str, ...] = ()


class Option(NamedTuple):
    """What a format asks for on the command line: without `metavar` and `choices` it is a flag.

    `many` may be given several times; `completes` names what its values are: `file`, `folder`, or kinds of things.
    """

    name: str
    help: str
    metavar: str | None = None
    choices: tuple[str, ...] = ()
    many: bool = False
    completes: tuple[str, ...] = ()

    @property
    def dest(self) -> str:
        """The name of the argument that holds it: with `_` behind it where Python keeps the word for itself.

        >>> Option("actors-only", "").dest, Option("from", "").dest
        ('actors_only', 'from_')
        """
        name = self.name.replace("-", "_")
        return f"{name}_" if iskeyword(name) else name

    @property
    def is_flag(self) -> bool:
        """Whether it takes no value."""
        return self.metavar is None and not self.choices


def pairs_of(
    option: Option, given: Iterable[str], *, keys: Sequence[str] = (), values: Sequence[str] = ()
) -> dict[str, str]:
    """Return what an option says that is given as pairs with `=` between them; the last `=` parts a pair.

    Raises `UsageProblem` for what is no pair, and for a key or a value that is not among those that there are.

    >>> pairs_of(Option("word", "", "WORD=POSITION"), ("a=b = supports",))
    {'a=b': 'supports'}
    """
    pairs = {}
    for text in given:
        key, _, value = (part.strip() for part in text.rpartition("="))
        if not key or not value:
            raise UsageProblem(f"--{option.name} {quoted(text)} should be {option.metavar}")
        for said, known in ((key, keys), (value, values)):
            if known and said not in known:
                raise UsageProblem(f"--{option.name} {text}: {quoted(said)} is none of {', '.join(known)}")
        pairs[key] = value
    return pairs


class OutOptions(NamedTuple):
    """What a format that goes out takes: shared options of the command line by name, its own, and what it is about.

    `target` names what may or must stand behind the format: its metavar, in brackets where it may be left out, with
    `...` where several may stand there (they come as a tuple), and the kinds of things that complete it. `endings` are
    those of files that hold it; without any, it is a folder.
    """

    shared: tuple[str, ...]
    own: tuple[Option, ...] = ()
    target: tuple[str, tuple[str, ...]] | None = None
    endings: tuple[str, ...] = ()


OF_A_DAY: Final = ("model", "as_of", "known_by", "stated", "assume", "stale_after", "narrowing", "output", "no_cache")
"""The shared options of what is written of one day, narrowed as a question is."""


class Request(Protocol):
    """What a format that goes out is asked: which model, on which day, and with which options."""

    @property
    def model(self) -> str | None:
        """The path of the model, where one is named."""

    @property
    def as_of(self) -> str | None:
        """The day that is asked about, where one is named."""

    @property
    def known_by(self) -> str | None:
        """By which day evidence was published."""

    @property
    def min_grade(self) -> str | None:
        """How well evidence is graded at least."""

    @property
    def without(self) -> tuple[str, ...]:
        """Which sources are left out."""

    @property
    def stated(self) -> bool:
        """Whether what is inferred is left out."""

    @property
    def assume(self) -> tuple[str, ...]:
        """Which conditions are assumed."""

    @property
    def stale_after(self) -> str | None:
        """After what length of time something is marked."""

    @property
    def excel(self) -> bool:
        """Whether it is for spreadsheets."""

    @property
    def output(self) -> str:
        """The file, `-` for standard output."""

    @property
    def ending(self) -> str:
        """What the name of the file ends in, in small letters."""

    def open(self) -> Ledger:
        """Return the ledger."""

    def editions(self) -> tuple[Ledger, ...]:
        """Return that ledger last, after what was known by earlier days."""

    def opening_day(self, ledger: Ledger) -> str:
        """Return the day asked about, else that of the latest source where today lies later."""

    @property
    def day(self) -> str:
        """The day that is asked about, today where none is named."""

    @property
    def marking(self) -> Marking:
        """What is assumed, left out and marked."""

    @property
    def narrowing(self) -> Narrowing:
        """How the record is read, and to whom and what the question is narrowed."""

    @property
    def question(self) -> Question:
        """The day and all that narrows a question about it."""


Written = str | bytes | Mapping[str, str | bytes] | Iterator[str | bytes]
"""What is written: a text, a file's bytes, the files of a folder by name; or a text or bytes in one or more pieces."""


IN: Final[tuple[Format, ...]] = (
    Format(
        "csv",
        "a sheet of positions as CSV: a row a record, or a table of actors by proposals",
        ("tsv", "tab", "sheets"),
    ),
    Format(
        "xlsx", "a sheet of positions from an Excel file, as `csv` does", ("excel", "xls", "xlsm", "ods", "spreadsheet")
    ),
    Format(
        "zotero",
        "sources from a reference manager, which writes CSL-JSON or BibTeX",
        ("bibtex", "biblatex", "bib", "csl-json", "json", "ris", "endnote", "mendeley"),
    ),
    Format("dna", "the statements of a database of Discourse Network Analyzer"),
    Format("un-votes", "roll calls of the UN General Assembly, from a folder of tables"),
    Format("datapackage", "the folder of tables that `export datapackage` writes"),
)
"""The formats that come in."""

OUT: Final[tuple[Format, ...]] = (
    Format("html", "the page to explore, with all other days on it"),
    Format(
        "card",
        "an answer as a picture, or as html for an article: as FILE ends, in .svg, .png or .html",
        ("svg", "png"),
    ),
    Format(
        "report",
        "a brief on proposals or actors: who stands where, what changed, the sources; Markdown, or HTML as FILE ends",
        ("markdown", "md", "pdf", "docx", "word"),
    ),
    Format("feed", "the changes of a model as an Atom feed", ("atom", "rss")),
    Format("csv", "the rows of a day, or with --wide a table of actors by proposals", ("excel", "xlsx")),
    Format("holdings", "every position over time as a table: one row for each, from which day until which"),
    Format("datapackage", "a folder with a table for each kind of things and records, and what describes them"),
    Format("json", "the rows of a day, as every answer has them"),
    Format("node-link", "the graph of a day as JSON, for networkx and d3"),
    Format("parquet", "the rows of a day with types, for data frames"),
    Format("graphml", "the graph of a day, for other tools"),
    Format("gexf", "the graph over time, or with --as-of of a day, for Gephi", ("gephi",)),
    Format("mermaid", "what is around a proposal or an actor, as a diagram for a README"),
    Format("dot", "what is around a proposal or an actor, as a diagram for Graphviz", ("graphviz",)),
    Format("csl-json", "the sources, for reference managers and pandoc", ("zotero", "ris", "endnote", "mendeley")),
    Format("bibtex", "the sources, for LaTeX", ("latex", "bib")),
)
"""The formats that go out."""


def module_of(name: str) -> Any:
    """Return the module of a format. It loads without the library that its extra brings, so that its help is there."""
    return import_module(f"actorgraph.exchange.{name.replace('-', '_')}")
