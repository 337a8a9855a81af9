"""How a sheet is read: which column holds what, which words mean which, and what holds for all of its rows."""

from __future__ import annotations

import re
import unicodedata
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from actorgraph.curate.canonical import key_order
from actorgraph.errors import UsageProblem, did_you_mean, quoted
from actorgraph.everyday import KEYS_SAID_FOR, by_form, forms_of_heading, hint_at_word
from actorgraph.exchange.formats import Option, pairs_of
from actorgraph.exchange.importing.decoding import yaml_of
from actorgraph.model.paths import near_file, shown
from actorgraph.names import fold
from actorgraph.vocabulary import ACTOR_KINDS, POSITIONS, STAGES
from actorgraph.written_dates import ORDERS
from actorgraph.written_numbers import DECIMALS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from actorgraph.model.reader import Data
    from actorgraph.written_dates import Order
    from actorgraph.written_numbers import Decimals

STATEMENT_KEYS: Final = tuple(
    key for key in dict.fromkeys((*key_order("stances"), *key_order("commitments"))) if key != "evidence"
)
"""What a column may say of a stance or a commitment."""
EVIDENCE_KEYS: Final = key_order("evidence")
"""What a column may say of the evidence."""
IN_NUMBERS: Final = ("amount", "at-least", "at-most")
"""What a column may say in numbers."""
AMOUNT_KEYS: Final = tuple(key for key in key_order("amount") if key != "value")
"""What a column may say of an amount, besides how much it is."""
SOURCE_KEYS: Final = key_order("sources")
"""What a column may say of the source."""
ACTOR_KEYS: Final = ("kind",)
"""What a column may say of an actor that is new."""
KEYS: Final = (*STATEMENT_KEYS, *EVIDENCE_KEYS, *AMOUNT_KEYS, *SOURCE_KEYS, *ACTOR_KEYS)
"""All that a column may be mapped to."""
_LISTED: Final = ", ".join(KEYS)
NOTHING: Final = "nothing"
"""What a word is mapped to that says nothing of a position."""
MEANT: Final = (*POSITIONS, *STAGES, *ACTOR_KINDS, NOTHING)
"""All that a word may be mapped to."""

_WORD: Final = Option(
    "word", "What a word means, such as for=supports or 'n/a'=nothing. Repeatable.", "WORD=POSITION", many=True
)
_SET: Final = Option(
    "set", "What holds for all rows, where no column says it: source=NAME. Repeatable.", "KEY=VALUE", many=True
)
OPTIONS: Final = (
    Option(
        "map",
        "Which column holds what, such as actor='Member state' (a heading, or a letter such as C), or a file that says "
        "so and more. Repeatable.",
        "KEY=COLUMN|FILE",
        many=True,
        completes=("file",),
    ),
    _WORD,
    _SET,
    Option("dates", "Whether 03/04/2025 is the third of April or the fourth of March.", choices=ORDERS),
    Option("decimals", "What stands before decimals: with comma, 1.000 is a thousand.", choices=DECIMALS),
    Option("several", "The sign between several in a cell, such as ';', or a line break.", "SIGN"),
    Option("wide", "A row an actor, a column a proposal (or the other way round), a cell a position."),
    Option("kind", "The kind of new actors, where no column says it.", choices=ACTOR_KINDS),
    Option("header", "The number of the row with the headings.  [default: the first that is not empty]", "ROW"),
    Option("ignore", "A column that holds nothing for the model. Repeatable.", "COLUMN", many=True),
)
"""What every sheet asks for on the command line; a file of `--map` may say all of it, too."""

_SETTINGS: Final = ("dates", "decimals", "several", "wide", "kind", "header", "sheet")
_ENTRIES: Final = ("columns", "words", "set", *_SETTINGS, "ignore")
"""What stands in a file of `--map`, in order."""


_KEYS_OF: Final = by_form((key, f"{forms}, {key}") for key, forms in KEYS_SAID_FOR.items())


def likely_keys(heading: str) -> Sequence[str]:
    """Return the keys that a heading may mean, the likeliest first; none where nothing suggests one.

    >>> likely_keys("Member state"), likely_keys("Party name"), likely_keys("Link"), likely_keys("Budget")
    (['actor'], ['actor'], ['source', 'url'], ())
    """
    return next((_KEYS_OF[form] for form in forms_of_heading(heading) if form in _KEYS_OF), ())


class SheetMapping(NamedTuple):
    """How a sheet is read.

    `columns` leads from keys to headings, `words` from folded words to ours, None for what says nothing, `constants`
    from keys to values. `several` is empty where a cell holds one alone; `header` is 0 where the first row has it.
    `sheet` is the one of a workbook that is read, the first that is shown where none is named.
    """

    columns: Mapping[str, str] = {}
    words: Mapping[str, str | None] = {}
    constants: Mapping[str, str] = {}
    dates: Order | None = None
    several: str = ""
    wide: bool = False
    kind: str | None = None
    header: int = 0
    ignore: tuple[str, ...] = ()
    decimals: Decimals | None = None
    sheet: str | None = None

    def names_in(self, text: str) -> list[str]:
        r"""Return the names in a cell, each once and in one line.

        >>> SheetMapping(several=";").names_in("France; Italy;"), SheetMapping().names_in("France; Italy")
        (['France', 'Italy'], ['France; Italy'])
        >>> SheetMapping(several="\n").names_in("France\nItaly"), SheetMapping().names_in("European\nUnion")
        (['France', 'Italy'], ['European Union'])
        """
        parts = text.split(self.several) if self.several else [text]
        return list(dict.fromkeys(filter(None, (" ".join(part.split()) for part in parts))))

    def meaning(self, text: str, *, of_kind: bool = False) -> str | None:
        """Return the position or stage, or the kind of actor, that a word means; None for what says nothing.

        Raises `ValueError`, with a reason fit for a reader, for a word that means nothing known.

        >>> SheetMapping(words={"for": "supports"}).meaning("For"), SheetMapping().meaning("Opposes")
        ('supports', 'opposes')
        """
        form = word_form(text)
        if form in self.words:
            ours = self.words[form]
            if ours == "":
                raise ValueError(f"the mapping leaves open what {quoted(text)} means")
            return ours
        known = ACTOR_KINDS if of_kind else (*POSITIONS, *STAGES)
        ours = next((word for word in known if fold(word) == form), None)
        if ours is None:
            what = "kind of actor" if of_kind else "position or stage"
            hint = hint_at_word(text, known)
            raise ValueError(f"{quoted(text)} is no {what}{hint}; --word {quoted(text)}=… says what it means")
        return ours


def mapping_of(options: Mapping[str, Any]) -> SheetMapping:
    """Return how a sheet is read by the options of the command line, which come before what a file of `--map` says.

    Raises `UsageProblem` for a key, a word or a file that is none.

    >>> mapping_of({"map": ("actor=Member state",), "word": ("For=supports",)}).columns
    {'actor': 'Member state'}
    """
    columns: dict[str, str] = {}
    said: dict[str, Any] = {}
    for given in options.get("map", ()):
        key, equals, heading = given.partition("=")
        if equals and key.strip() in KEYS:
            columns[key.strip()] = heading
        elif Path(given).is_file() or not equals:
            said |= _of_file(given)
        else:
            with _placed(f"--map {quoted(given)}"):
                _must_be_key(key, heading)
    columns = {**said.get("columns", {}), **columns}
    words = {**said.get("words", {}), **_meanings(pairs_of(_WORD, options.get("word", ())).items())}
    constants = pairs_of(_SET, options.get("set", ()))
    for key, value in constants.items():
        _must_be_key(key, value)
    for name in _SETTINGS:
        _must_be_setting(name, options.get(name))
    settings = {name: options.get(name, said.get(name)) for name in _SETTINGS}
    return SheetMapping(
        columns=columns,
        words=words,
        constants={**said.get("set", {}), **constants},
        dates=settings["dates"],
        several=settings["several"] or "",
        wide=settings["wide"] in (True, "true"),
        kind=settings["kind"],
        header=_row(settings["header"]),
        ignore=(*said.get("ignore", ()), *options.get("ignore", ())),
        decimals=settings["decimals"],
        sheet=settings["sheet"],
    )


def _of_file(path: str) -> dict[str, Any]:
    """Return what a mapping file says, each entry checked, without what it leaves open; its words by their form."""
    try:
        raw = Path(path).read_bytes()
    except OSError as error:
        raise UsageProblem(f"--map {path}: {error.strerror}{near_file(path)}; give KEY=COLUMN, or a file") from error
    data, places = yaml_of(raw, shown(path))
    said = {}
    for name, value in data.items():
        here = places.find((name,), key=True)
        with _placed(here):
            entry = _entry(name, value)
        must_be_sound = _meant if name == "words" else _must_be_key
        for key, meant in entry.items() if name in _EXAMPLE else ():
            with _placed(places.find((name, key), key=True)):
                must_be_sound(key, meant)
        if name == "words":
            with _placed(here):
                entry = _meanings(entry.items())
        if entry is not None:
            said[name] = entry
    return said


@contextmanager
def _placed(place: object) -> Iterator[None]:
    """Say of what is wrong where it stands."""
    try:
        yield
    except UsageProblem as problem:
        raise UsageProblem(f"{place}: {problem}") from None


def _entry(name: str, value: Data) -> Any:
    """Return an entry of a mapping file in its shape, None where it is left open."""
    if name not in _ENTRIES:
        hint = did_you_mean(name, _ENTRIES) or f"; known here: {', '.join(_ENTRIES)}"
        raise UsageProblem(f"unknown entry {quoted(name)}{hint}")
    if name in _EXAMPLE:
        pairs = {} if value is None else value
        if not isinstance(pairs, dict) or not all(isinstance(each, str | None) for each in pairs.values()):
            raise UsageProblem(f"{name} should be pairs, such as {name}: {{{_EXAMPLE[name]}}}")
        return {key: each for key, each in pairs.items() if each is not None or name == "words"}
    if name == "ignore":
        columns = value if isinstance(value, list) else [] if value is None else [value]
        if not all(isinstance(column, str) for column in columns):
            raise UsageProblem("ignore should be a list of columns, such as ignore: [Remarks, Page]")
        return columns
    if not isinstance(value, str | None):
        raise UsageProblem(f"{name} should be a text")
    _must_be_setting(name, value)
    return value


_EXAMPLE: Final = {"columns": "actor: Member state", "words": "for: supports", "set": "proposal: harbour"}


def word_form(text: str) -> str:
    """Return what words of a sheet are compared by: the folded name, with the signs that make it another word.

    A doubt is one, and what stands before a number; so is every other sign than those that people write between words
    or around them: a star, or brackets, may stand for a condition.

    >>> word_form("N.A.") == word_form("n/a"), word_form("For?"), word_form("-1"), word_form("+ 1")
    (True, 'for?', '-1', '+1')
    >>> word_form("For!"), word_form("For*"), word_form("(for)"), word_form("~for")
    ('for', 'for*', 'for()', 'for~')
    """
    form = fold(text)
    if not any(letter.isalnum() for letter in form):
        return form
    sign = re.match(r"[+\-\N{MINUS SIGN}\N{EN DASH}](?=\s*\d)", text.strip())
    before = "" if sign is None else "+" if sign[0] == "+" else "-"
    behind = text.strip().removeprefix(sign[0] if sign else "")
    return f"{before}{form}{''.join(letter for letter in behind if _tells(letter))}"


_AROUND_WORDS: Final = frozenset(".,;:!¡¿/&'\"_·\N{SINGLE LOW-9 QUOTATION MARK}\N{DOUBLE LOW-9 QUOTATION MARK}")
_DASHES_AND_QUOTES: Final = ("Pd", "Pi", "Pf")


def _tells(letter: str) -> bool:
    """Whether a sign may make another word of one: letters and digits are in its form already."""
    category = unicodedata.category(letter)
    return category[0] in "PS" and category not in _DASHES_AND_QUOTES and letter not in _AROUND_WORDS


def _meanings(pairs: Iterable[tuple[str, str | None]]) -> dict[str, str | None]:
    """Return what words mean, by their form.

    Raises `UsageProblem` where two that are read as one are to mean different things.
    """
    meanings: dict[str, tuple[str, str | None]] = {}
    for word, ours in pairs:
        meant = _meant(word, ours)
        first, other = meanings.setdefault(word_form(word), (word, meant))
        if other != meant:
            raise UsageProblem(f"{quoted(first)} and {quoted(word)} are read as one word, and are to mean two things")
    return {form: meant for form, (_, meant) in meanings.items()}


def _meant(word: str, ours: str | None) -> str | None:
    if ours is not None and ours not in MEANT:
        raise UsageProblem(f"{quoted(word)} cannot mean {quoted(ours)}{_hint(ours)}")
    return None if ours == NOTHING else ours or ""


def _hint(ours: str) -> str:
    return hint_at_word(ours, MEANT) or f"; it is one of {', '.join(MEANT)}"


def _must_be_key(key: str, other: str | None) -> None:
    """Raise `UsageProblem` for what is no key; `other` is what it is given with, which may be the key."""
    if key not in KEYS:
        listed = f"; the key stands first, {other}" if other in KEYS else f"; it may be: {_LISTED}"
        hint = did_you_mean(key, KEYS) or listed
        raise UsageProblem(f"{quoted(key)} is nothing that a column may hold{hint}")


def _must_be_setting(name: str, value: Any) -> None:
    """Raise `UsageProblem` where a setting has not one of its values."""
    if name == "dates":
        _must_be_among(name, value, ORDERS)
    elif name == "decimals":
        _must_be_among(name, value, DECIMALS)
    elif name == "kind":
        _must_be_among(name, value, ACTOR_KINDS)
    elif name == "wide" and not isinstance(value, bool):
        _must_be_among(name, value, ("true", "false"))
    elif name == "header":
        _row(value)


def _must_be_among(name: str, value: str | None, known: tuple[str, ...]) -> None:
    if value is not None and value not in known:
        raise UsageProblem(
            f"{name} {quoted(value)} is not known{did_you_mean(value, known)}; it is {' or '.join(known)}"
        )


def _row(text: str | None) -> int:
    if text is None:
        return 0
    if not (text.isascii() and text.isdigit() and int(text)):
        raise UsageProblem(f"header {quoted(text)} is no number of a row, such as 2")
    return int(text)
