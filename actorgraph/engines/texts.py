"""What the texts of a table of statements mean: the different ones of its columns, each read once.

Whatever has a rule in Python is worked out by that rule here, and put beside the texts as a small table: no date, no
name and no word has a second definition in SQL.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple, Protocol

from actorgraph.dates import ends_on, in_id, period
from actorgraph.engines.frame import dated_key
from actorgraph.engines.sources import SOURCE, columns_of
from actorgraph.errors import quoted
from actorgraph.ledger.codec import encode, encode_each
from actorgraph.names import one_line
from actorgraph.vocabulary import CREDIBILITY, POSITIONS, RELIABILITY, grade, if_and_unless
from actorgraph.written_cells import SEVERAL, why_no_value, why_not_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from actorgraph.engines.table_engine import TableEngine
    from actorgraph.model.records import Source

KEYS_OF: Final[Mapping[str, tuple[str, ...]]] = {
    "position": ("position",),
    "actor": ("actor", "kind"),
    "proposal": ("proposal",),
    "date": ("date",),
    "until": ("until",),
    "speaker": ("speaker",),
    "toward": ("toward",),
    "conditions": ("if", "unless", "conditions"),
    "amount": ("amount", "at-least", "at-most", "unit"),
    "credibility": ("credibility",),
    "source": (
        "source",
        "url",
        "title",
        "publisher",
        "author",
        "published",
        "language",
        "archived",
        "accessed",
        "document",
        "sha256",
        "reliability",
        "about",
    ),
    "lines": ("lines",),
    "page": ("page",),
    "via": ("via",),
    "quote": ("quote",),
}
"""The keys of the columns that are read together, by what they tell."""

POINTERS: Final = ("lines", "page", "via", "credibility", "quote")
"""What evidence says of a source, which stands behind the others as it is written, too, where the data has it."""

SEPARATOR: Final = "\x1f"
"""What stands between the texts that are read together, in their key."""

_WHOLE: Final = frozenset(("date", "until", "published", "accessed", "credibility", "lines", "page"))
"""The keys of what is no fraction: where some cells of a column are empty, pandas keeps 3 as 3.0."""
_AS_FRACTION: Final = re.compile(r"(\d+)\.0")


class MeansNothing(ValueError):  # noqa: N818 - nothing is wrong: the row makes no record, as its user has said
    """Why a row is left out whose word is to mean nothing."""


class Incoming(NamedTuple):
    """A table that comes in: its name in the engine, which column holds what, and what holds for all of its rows.

    It is numbered (`table_engine.ROW`, `FILE`). `columns` lead from keys (see `KEYS_OF`, and `id`, `stage`,
    `statements.OF_A_RECORD`) to columns, `constants` to texts. `shift` is what is added to the number of a row to have
    that of its line: 1 where headings stand above.
    """

    table: str
    columns: Mapping[str, str]
    constants: Mapping[str, str] = {}
    shift: int = 0

    def tells(self, keys: Iterable[str]) -> bool:
        """Whether it says anything by some keys."""
        return any(key in self.columns or key in self.constants for key in keys)


class Rules(Protocol):
    """How texts are read: each method raises `ValueError`, with a reason fit for a reader, where it cannot.

    Those that take several texts take one for each of the keys in `KEYS_OF`, None where there is none.
    """

    place: str
    """The file in which whatever is new stands."""

    @property
    def has_decimal_comma(self) -> bool:
        """Whether a comma stands before the decimals of amounts."""

    def is_empty(self, key: str, text: str) -> bool:
        """Whether a cell is as good as empty, by its key."""

    def word(self, text: str) -> str:
        """Return the position or the stage that a word means; `MeansNothing` where it is to be none."""

    def date(self, text: str) -> str:
        """Return a date as curated."""

    def end(self, text: str) -> str:
        """Return an end as curated."""

    def holders(self, name: str, kind: str | None) -> Sequence[str]:
        """Return the ids of the actors that a statement is of, several where they made it together."""

    def speaker(self, name: str) -> str:
        """Return the id of who spoke for an actor."""

    def addressees(self, names: str) -> Sequence[str]:
        """Return the ids of the actors that names mean."""

    def proposal(self, title: str) -> str:
        """Return the id of a proposal."""

    def conditions(self, *texts: str | None) -> Sequence[str]:
        """Return ids of what must hold, and with `not:` of what must not."""

    def amount(self, *texts: str | None) -> tuple[str | None, str | None, str] | None:
        """Return the least, the most and the unit, decimals as texts."""

    def pointer(self, key: str, text: str) -> str:
        """Return what evidence says of a source by a key (`POINTERS`)."""

    def source(self, *texts: str | None) -> tuple[str, Source] | int:
        """Return a source and its id, or the day by which it had come out where nothing else is known of it."""


class LookUp(NamedTuple):
    """What is made of the texts of some columns: values with their types, in rows; none where it is nothing."""

    values: Mapping[str, str]
    read: Callable[[Sequence[str | None]], Iterable[tuple[object, ...]]]


def text_column(key: str) -> str:
    """Return what the column with the texts of a key is called; no table of a user's has one like it.

    >>> text_column("at-least")
    'actorgraph_at_least'
    """
    return f"actorgraph_{key.replace('-', '_')}"


def text_of(key: str) -> str:
    """Return the text of a key in a row `t` of the table `texts`.

    >>> text_of("at-least")
    't.actorgraph_at_least'
    """
    return f"t.{text_column(key)}"


def look_ups_of(rules: Rules) -> dict[str, LookUp]:
    """Return what is made of each group of texts; the columns of all of them have names of their own."""

    def single(read: Callable[[str], object]) -> Callable[[Sequence[str | None]], Iterable[tuple[object, ...]]]:
        return lambda texts: [(read(text),) for text in texts if text]

    return {
        "position": LookUp({"kind": "TEXT", "position": "TEXT"}, lambda texts: [_word(rules.word(str(texts[0])))]),
        "actor": LookUp(
            {"actor": "TEXT", "number": "INTEGER", "makers": "TEXT"},
            lambda texts: _holders(rules.holders(str(texts[0]), texts[1])) if texts[0] else (),
        ),
        "proposal": LookUp({"proposal": "TEXT"}, single(rules.proposal)),
        "date": LookUp(
            {"date": "TEXT", "date_key": "TEXT", "first": "INTEGER", "last": "INTEGER", "in_id": "TEXT"},
            lambda texts: [_date(rules.date(str(texts[0])))],
        ),
        "until": LookUp(
            {"until": "INTEGER", "until_date": "TEXT", "until_key": "TEXT"},
            lambda texts: [_end(rules.end(str(texts[0])))],
        ),
        "speaker": LookUp({"speaker": "TEXT"}, single(rules.speaker)),
        "toward": LookUp({"toward": "TEXT"}, single(lambda text: " ".join(sorted(set(rules.addressees(text)))))),
        "conditions": LookUp(
            {"conditions": "TEXT", "condition_keys": "TEXT"}, lambda texts: [_conditions(rules.conditions(*texts))]
        ),
        "amount": LookUp(
            {"amount": "TEXT", "amount_keys": "TEXT", "misread": "TEXT", "misread_text": "TEXT"},
            lambda texts: [_amount(texts, rules)],
        ),
        "source": LookUp(SOURCE, lambda texts: [_source(rules.source(*texts))]),
        **{key: LookUp({key: "TEXT", f"{key}_text": "TEXT"}, _pointer(key, rules)) for key in POINTERS},
    }


def _word(word: str) -> tuple[object, ...]:
    return "stance" if word in POSITIONS else "commitment", word


def _date(date: str) -> tuple[object, ...]:
    return date, dated_key(date), *period(date), in_id(date)


def _end(until: str) -> tuple[object, ...]:
    return ends_on(until), until, dated_key(until)


def _holders(ids: Sequence[str]) -> list[tuple[object, ...]]:
    makers = " ".join(ids) if len(ids) > 1 else None
    return [(key, len(ids), makers) for key in ids]


def _conditions(ids: Sequence[str]) -> tuple[object, ...]:
    conditions = sorted(set(ids))
    return encode(conditions), condition_keys(conditions)


def condition_keys(conditions: Sequence[str]) -> str:
    """Return the keys of a record on some conditions, as they stand in its JSON behind others.

    >>> condition_keys(["ceasefire", "not:us-backstop"])
    ',"if":["ceasefire"],"unless":["us-backstop"]'
    """
    keys = zip(("if", "unless"), if_and_unless(conditions), strict=True)
    return "".join(f',"{key}":{encode(ids)}' for key, ids in keys if ids)


def _amount(texts: Sequence[str | None], rules: Rules) -> tuple[object, ...]:
    """Return an amount, or why there is none and what is to blame: that matters beside a stage alone."""
    try:
        amount = rules.amount(*texts)
    except ValueError as reason:
        return None, None, str(reason), _blamed(KEYS_OF["amount"], texts, str(reason))
    return (None,) * 4 if amount is None else (_json(amount), amount_keys(*amount), None, None)


def amount_keys(least: str | None, most: str | None, unit: str) -> str:
    """Return the key of a record with its amount, as it stands in its JSON behind others.

    >>> amount_keys("2000", "2000", "soldiers"), amount_keys("1000", None, "soldiers")
    (',"amount":{"value":"2000","unit":"soldiers"}', ',"amount":{"at-least":"1000","unit":"soldiers"}')
    """
    bounds = {"value": least} if least == most else {"at-least": least, "at-most": most}
    return f',"amount":{_json({**{key: bound for key, bound in bounds.items() if bound is not None}, "unit": unit})}'


def _json(value: object) -> str | None:
    return None if value is None else encode_each([value])[0]


def _pointer(key: str, rules: Rules) -> Callable[[Sequence[str | None]], Iterable[tuple[object, ...]]]:
    """Return what reads a pointer: as it is joined to others, which for credibility is a plain digit, and as it is."""

    def read(texts: Sequence[str | None]) -> Iterable[tuple[object, ...]]:
        pointer = rules.pointer(key, str(texts[0]))
        return [(pointer if key == "credibility" else _json(pointer), pointer)]

    return read


def _source(meant: tuple[str, Source] | int) -> tuple[object, ...]:
    if isinstance(meant, int):
        return tuple(meant if column == "day" else None for column in SOURCE)
    return columns_of(*meant)


def every_grade() -> Iterator[tuple[str, str, str | None]]:
    """Yield every pair of a reliability and a credibility, `?` where nobody judged, and the grade that it is.

    >>> ("B", "2", "B2") in set(every_grade()), ("?", "?", None) in set(every_grade())
    (True, True)
    """
    for reliability in ("?", *RELIABILITY):
        for credibility in (0, *CREDIBILITY):
            mark = grade(None if reliability == "?" else reliability, credibility or None)
            yield reliability, str(credibility or "?"), mark


def meanings(
    engine: TableEngine, name: str, look_up: LookUp, meant: set[str], is_empty: Callable[[str, str], bool]
) -> Iterator[tuple[object, ...]]:
    """Yield the different texts of a group with what they mean, in the order in which they stand in the files first.

    Those that are as good as empty, by their keys, mean nothing. Where they cannot be read, the last two say why, and
    which of them is to blame. Of these reasons, those for which a row is to be left out are added to `meant`.
    """
    keys = KEYS_OF[name]
    columns = [text_column(key) for key in keys]
    listed = ", ".join(columns)
    some = " OR ".join(f"{column} IS NOT NULL" for column in columns)
    nothing = (None,) * len(look_up.values)
    sql = f"SELECT {listed} FROM texts WHERE {some} GROUP BY {listed} ORDER BY MIN(file), MIN(line), {listed}"
    for block in engine.blocks(sql):
        for texts in block:
            joined = SEPARATOR.join(text or "" for text in texts)
            plain = [_plain(key, text) or None if text else None for key, text in zip(keys, texts, strict=True)]
            plain = [None if text and is_empty(key, text) else text for key, text in zip(keys, plain, strict=True)]
            try:
                _must_be_values(keys, texts)
                if not any(plain):
                    continue
                cells = list(look_up.read(plain))
            except ValueError as reason:
                if isinstance(reason, MeansNothing):
                    meant.add(str(reason))
                yield joined, *nothing, str(reason), _blamed(keys, plain if any(plain) else texts, str(reason))
                continue
            yield from ((joined, *values, None, None) for values in cells)


def _plain(key: str, text: str) -> str:
    """Return a text in one line, without what no model has; what may have lines in lines, each so.

    So may a quote, and a cell with several names. A whole number has no point.
    """
    lines = text.splitlines() if key == "quote" or key in SEVERAL else [text]
    plain = "\n".join(map(one_line, lines)).strip()
    number = _AS_FRACTION.fullmatch(plain) if key in _WHOLE else None
    return number[1] if number else plain


def _must_be_values(keys: Sequence[str], texts: Sequence[str | None]) -> None:
    """Raise `ValueError` where a text is no value."""
    for key, text in zip(keys, texts, strict=True):
        if text and (reason := why_not_text(key, text) or why_no_value(key, _plain(key, text))):
            raise ValueError(reason)


def _blamed(keys: Sequence[str], texts: Sequence[str | None], reason: str) -> str:
    """Return which of several texts is to blame: one by whose key the reason begins, or that it quotes, else the first.

    >>> _blamed(["source", "published"], ["Gazette", "2024-99"], "its published is no date")
    '2024-99'
    >>> _blamed(["source", "reliability"], ["X", "b - so"], "its source: reliability 'B - SO' is not known")
    'b - so'
    """
    filled = [(key, text) for key, text in zip(keys, texts, strict=True) if text]
    ways = (
        lambda key, _: reason.startswith((f"its {key} ", f"its source: {key} ")),
        lambda _, text: quoted(text) in reason,
        lambda _, text: quoted(text).casefold() in reason.casefold(),
    )
    return next((text for is_meant in ways for key, text in filled if is_meant(key, text)), filled[0][1])
