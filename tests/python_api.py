"""The reference of the Python API, made from its docstrings, and the tour before it, whose code is run."""

import contextlib
import doctest
import inspect
import io
import re
import textwrap
from collections.abc import Iterator
from typing import Any, Final

import actorgraph
from actorgraph.ledger.codec import Cited
from actorgraph.ledger.filters import Limits
from actorgraph.ledger.things import Thing
from actorgraph.questions.documents import Passage
from actorgraph.questions.envelope import About, ConditionTitle, Envelope, Nearest, Period
from actorgraph.questions.listing import Listing
from actorgraph.questions.options import Marking, Narrowing, Options, Reading
from actorgraph.questions.relations import TieRow
from actorgraph.questions.why import CuratedRecord, Link
from actorgraph.vocabulary import Step

MARK: Final = "<!-- From here on made from the docstrings by `make docs`. Edit them, not this. -->"

FUNCTIONS: Final = {
    "Open and check a model": ("load", "load_revision", "editions", "check"),
    "Compile large tables": ("compile_holdings", "open_holdings"),
    "Ask": ("who", "what", "everything", "why", "timeline", "disputes", "tally"),
    "Measure": ("network", "align", "align_pair", "match", "blocs", "balance", "series", "map_actors", "pledges"),
    "Compare": ("diff", "diff_versions", "sensitivity"),
    "Verify": ("verify", "uncited"),
    "Draw": ("snapshot", "to_graph", "actor_graph", "to_html"),
}

PARTS: Final = (About, ConditionTitle, Period, Nearest, Cited, Step, TieRow, Thing, Link, CuratedRecord, Passage)

OPTIONS: Final = (Limits, Reading, Marking, Narrowing, Options)
"""What functions take as keywords of one kind, each with its own explanation."""

BLOCK: Final = re.compile(r"```pycon\n(?P<code>.*?)```\n", flags=re.DOTALL)


def with_answers(tour: str) -> str:
    """Return the tour with what its code prints now; all blocks share their names, as the cells of a notebook do."""
    names: dict[str, Any] = {}

    def run(block: re.Match[str]) -> str:
        told = []
        for example in doctest.DocTestParser().get_examples(block["code"]):
            first, *rest = example.source.splitlines()
            printed = _printed(example.source, names)
            told.append("\n".join((f">>> {first}", *(f"... {line}" for line in rest), printed)).rstrip("\n") + "\n")
        return f"```pycon\n{''.join(told)}```\n"

    return BLOCK.sub(run, tour)


def _printed(source: str, names: dict[str, Any]) -> str:
    """Return what a piece of code prints, or the last line of what it raises."""
    shown = io.StringIO()
    with contextlib.redirect_stdout(shown):
        try:
            exec(compile(source, "<tour>", "single"), names)  # noqa: S102 - the page's own code
        except actorgraph.ActorgraphError as error:
            name = f"{type(error).__module__}.{type(error).__name__}"
            shown.write(f"Traceback (most recent call last):\n    ...\n{name}: {error}\n")
    return shown.getvalue()


def reference() -> str:
    """Return the reference: every public function, then every class."""
    return "\n\n".join((MARK, *_functions(), *_options(), *_classes())) + "\n"


def _functions() -> Iterator[str]:
    yield "## Functions"
    for purpose, names in FUNCTIONS.items():
        yield f"### {purpose}"
        for name in names:
            function = getattr(actorgraph, name)
            yield f"#### `{name}`"
            yield f"```python\n{name}{signature(function)}\n```"
            yield from _blocks(function)


def signature(function: Any) -> str:
    """Return how a function is called, over several lines where it takes many arguments."""
    parameters = []
    star = False
    for parameter in inspect.signature(function).parameters.values():
        if parameter.kind is parameter.KEYWORD_ONLY and not star:
            parameters.append("*")
            star = True
        if parameter.kind is parameter.VAR_KEYWORD:
            parameters.append(f"**{parameter.name}: {_type(parameter.annotation)}")
            continue
        default = "" if parameter.default is parameter.empty else f" = {_default(parameter.default)}"
        parameters.append(f"{parameter.name}: {_type(parameter.annotation)}{default}")
    result = _type(inspect.signature(function).return_annotation)
    line = f"({', '.join(parameters)}) -> {result}"
    if len(line) <= 90:
        return line
    return "(\n" + "".join(f"    {parameter},\n" for parameter in parameters) + f") -> {result}"


def _default(value: object) -> str:
    return f"{type(value).__name__}()" if isinstance(value, actorgraph.Opening) else repr(value)


def _type(annotation: object) -> str:
    """Return a type as it is read: without modules and without quotes."""
    text = annotation if isinstance(annotation, str) else inspect.formatannotation(annotation)
    return re.sub(r"\b(?:\w+\.)+(?=\w)", "", text.replace("'", "").replace('"', ""))


def _blocks(function: Any) -> Iterator[str]:
    """Yield the parts of a docstring as Markdown: prose, arguments, results, errors and the example."""
    text, _, example = str(inspect.getdoc(function)).partition(">>> ")
    prose, *parts = re.split(r"^(Args|Returns|Raises):\n", text, flags=re.MULTILINE)
    yield prose.strip()
    for title, body in zip(parts[::2], parts[1::2], strict=True):
        entries = textwrap.dedent(body).strip()
        if title == "Returns":
            yield f"**Returns** {_joined(entries)}"
        else:
            lines = "\n".join(f"- `{name}`: {linked(meaning)}" for name, meaning in _entries(entries))
            yield f"**{'Arguments' if title == 'Args' else title}**\n\n{lines}"
    yield f"```pycon\n>>> {example.rstrip()}\n```"


def _entries(text: str) -> list[tuple[str, str]]:
    """Return what a block of a docstring describes, name by name."""
    return [
        (name, _joined(meaning)) for name, meaning in re.findall(r"^(\w+): (.*(?:\n +.*)*)", text, flags=re.MULTILINE)
    ]


def linked(meaning: str) -> str:
    """Return what an argument means, with the names of the options that it stands for.

    >>> linked("What counts: see `Reading`.")
    'What counts: `stated`, `assume`; see [`Reading`](#reading).'
    """
    for options in OPTIONS:
        names = ", ".join(f"`{name}`" for name in options.__annotations__)
        meaning = meaning.replace(
            f": see `{options.__name__}`", f": {names}; see [`{options.__name__}`](#{options.__name__.lower()})"
        )
    return meaning


def _options() -> Iterator[str]:
    yield "## Options"
    yield "Questions share these keywords, which mean the same everywhere."
    for options in OPTIONS:
        prose, _, entries = str(inspect.getdoc(options)).partition("Args:\n")
        yield f"### `{options.__name__}`"
        yield _joined(prose)
        types = vars(options)["__annotations__"]
        if described := _entries(textwrap.dedent(entries).strip()):
            yield "\n".join(f"- `{name}: {_option_type(types[name])}`: {meaning}" for name, meaning in described)


def _option_type(annotation: object) -> str:
    return _type(getattr(annotation, "__forward_arg__", annotation))


def _joined(text: str) -> str:
    return " ".join(text.split())


def _classes() -> Iterator[str]:
    yield "## Classes"
    yield (
        "Those that list something can be iterated, counted with `len` and indexed over it; they are false where they "
        "list nothing, compare equal where all their fields do, are hashable, and have:"
    )
    methods = (Listing.records, Listing.to_frame, Listing.to_json)
    yield "\n".join(f"- `{method.__name__}()`: {_joined(str(inspect.getdoc(method)))}" for method in methods)
    yield "Their common fields:"
    yield _joined(str(inspect.getdoc(Envelope)))
    public = (getattr(actorgraph, name) for name in actorgraph.__all__)
    for exported in filter(inspect.isclass, public):
        if exported in OPTIONS:
            continue
        yield from _class(exported)
    yield "## Parts of answers"
    yield "These are what fields of the classes above hold; they are not imported by name."
    for part in PARTS:
        yield from _class(part)


def _class(described: type) -> Iterator[str]:
    yield f"### `{described.__name__}`"
    yield str(inspect.getdoc(described)).partition(">>> ")[0].strip()
    if issubclass(described, Listing):
        yield f"Lists: `{described.LISTS}`."
    fields = list(_fields(described))
    if fields:
        yield "\n".join(("| field | type |", "| --- | --- |", *fields))
    members = list(_members(described))
    if members:
        yield "\n".join(members)


def _fields(public: type) -> Iterator[str]:
    """Yield a line for each field, in order."""
    for base in reversed(public.__mro__):
        for name, annotation in vars(base).get("__annotations__", {}).items():
            kind = annotation if isinstance(annotation, str) else getattr(annotation, "__forward_arg__", annotation)
            if not name.startswith("_") and "ClassVar" not in str(kind) and issubclass(public, tuple | Listing):
                escaped = _type(kind).replace("|", r"\|")
                yield f"| `{name}` | `{escaped}` |"


def _members(public: type) -> Iterator[str]:
    """Yield a line for each property and method of its own, by name."""
    for name, member in sorted(vars(public).items()):
        if name.startswith("_") or name in ("cells", "columns", "subject"):
            continue
        if isinstance(member, property):
            yield f"- `{name}`: {_first_line(member)}"
        elif inspect.isfunction(member):
            arguments = [each for each in inspect.signature(member).parameters if each != "self"]
            yield f"- `{name}({', '.join(arguments)})`: {_first_line(member)}"


def _first_line(member: object) -> str:
    doc = str(inspect.getdoc(member))
    return _joined(doc.split("\n\n", maxsplit=1)[0])
