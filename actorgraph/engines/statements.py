"""The statement table: coded data, cleaned once by the rules of models, a row for each statement and evidence.

Whatever has a rule in Python is worked out by that rule on the different values of a column, put beside them as a small
table, and joined: no date, no name and no word has a second definition in SQL. What cannot be read is left out, and
told.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Final, NamedTuple

from actorgraph.dates import OPEN
from actorgraph.engines.left_out import CONTROLS, LeftOut, in_whole_rows, left_out_of, reasons
from actorgraph.engines.naming import OTHER_NOTES, name_statements
from actorgraph.engines.sources import CITED, SOURCE
from actorgraph.engines.stray import HAS_STAGE, cells_of, strays_of
from actorgraph.engines.table_engine import FILE, ROW, literal, quoted_name
from actorgraph.engines.texts import (
    KEYS_OF,
    POINTERS,
    SEPARATOR,
    every_grade,
    look_ups_of,
    meanings,
    text_column,
    text_of,
)
from actorgraph.errors import Span, UsageProblem, quoted
from actorgraph.model.paths import shown
from actorgraph.vocabulary import JOINTLY
from actorgraph.written_cells import ABSENT, DASHES, NAMIBIA, WORDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from actorgraph.engines.stray import Stray
    from actorgraph.engines.table_engine import TableEngine
    from actorgraph.engines.texts import Incoming, LookUp, Rules

STATEMENT: Final = {
    "id": "TEXT",
    "kind": "TEXT",
    "actor": "TEXT",
    "proposal": "TEXT",
    "position": "TEXT",
    "date": "TEXT",
    "date_key": "TEXT",
    "first": "INTEGER",
    "last": "INTEGER",
    "until": "INTEGER",
    "until_date": "TEXT",
    "until_key": "TEXT",
    "toward": "TEXT",
    "conditions": "TEXT",
    "amount": "TEXT",
    "limits": "TEXT",
    "speaker": "TEXT",
    "source": "TEXT",
    "published": "INTEGER",
    "grade": "TEXT",
    "evidence": "TEXT",
    "line": "INTEGER",
    "file": "TEXT",
}
"""The columns of the statement table, with their types; what else the data has is carried along behind them."""


class Cleaned(NamedTuple):
    """What became of a table: the rows that were left out, and the cells that were not read of rows that were taken."""

    left_out: tuple[LeftOut, ...]
    passed_over: tuple[LeftOut, ...]


def clean_table(engine: TableEngine, incoming: Incoming, rules: Rules, *, held: str | None = None) -> Cleaned:
    """Make the tables `cleaned` and `cited` of a table that comes in, and return what was left out, and why.

    What comes in tells of an actor, a position, a proposal and a date. `cited` are the sources that any row cites
    (`engines.sources`). `held` is a table of statements that are there already, which those without an id are to join
    (`engines.naming.name_statements`).

    Raises `UsageProblem` for a column of which each cell has several values, and what the engine raises for a file that
    turns out to be none on the way.
    """
    kinds = engine.columns(incoming.table)
    _must_be_plain(engine, incoming, kinds)
    keys_of = {**KEYS_OF, "position": WORDS}
    look_ups = {name: each for name, each in look_ups_of(rules).items() if incoming.tells(keys_of[name])}
    carried = kept_columns(kinds, incoming)
    engine.view("texts", _texts(incoming, carried, kinds, with_comma=rules.has_decimal_comma))
    meant: set[str] = set()
    for name, look_up in look_ups.items():
        columns = {"key": "TEXT", **look_up.values, "reason": "TEXT", "blamed": "TEXT"}
        engine.fill(f"look_{name}", columns, meanings(engine, name, look_up, meant, rules.is_empty))
    engine.fill("grades", {"reliability": "TEXT", "credibility": "TEXT", "grade": "TEXT"}, every_grade())
    stray = strays_of(incoming)
    together = [JOINTLY] if "actor" in look_ups and engine.run(_ANY_TOGETHER) else []
    given = _given(look_ups, carried, stray, together)
    if together or all(incoming.tells([key]) for key in WORDS):
        engine.view("parts", given)
        given = in_whole_rows(engine.columns("parts"), meant)
    engine.make("given", given)
    engine.make(CITED, _cited("source" in look_ups, Span(os.path.abspath(rules.place))))  # noqa: PTH100 - as `build`
    for name in (*(f"look_{name}" for name in look_ups), "parts", "texts", "grades"):
        engine.drop(name)
    pointers = [name for name in POINTERS if name in look_ups]
    name_statements(engine, [*STATEMENT, *pointers, *together, *(alias for _, alias in carried)], held=held)
    passed_over: tuple[LeftOut, ...] = ()
    unread = cells_of(stray)
    if any(alias == NOTE for _, alias in carried):
        unread.append(OTHER_NOTES)
    if unread:
        engine.view("passed_over", " UNION ALL ".join(unread))
        passed_over = left_out_of(engine, "passed_over")
    left_out = left_out_of(engine, "left_out", meant)
    for name in ("passed_over", "given", "left_out", "repeated"):
        engine.drop(name)
    return Cleaned(left_out, passed_over)


# -- SQL -------------------------------------------------------------------------------------------------------


def _must_be_plain(engine: TableEngine, incoming: Incoming, kinds: Mapping[str, str]) -> None:
    for column in incoming.columns.values():
        kind = kinds.get(column, "")
        if kind.endswith("]") or kind.lower().startswith(("array", "list", "map", "struct")):
            why = (
                f"each cell of the column {quoted(column)} has several values ({kind}); write them as one text, and "
                "say with --several what stands between them"
            )
        elif kind.lower() in ("blob", "binary"):
            why = (
                f"the column {quoted(column)} holds bytes ({kind}), and no texts; write it as text, which Parquet "
                "calls a string"
            )
        else:
            continue
        ((file,),) = engine.run(f"SELECT MIN({FILE}) FROM {incoming.table}")
        raise UsageProblem(f"{shown(file) if file else 'the table'}: {why}")


NOTE: Final = "note"
OF_A_RECORD: Final = (NOTE, JOINTLY)
"""What a record has besides, where a column is called so by whoever knows: not by chance.

Who made a statement together stands there as their ids, with spaces between them, or as the id of the first record.
"""

_OWN: Final = (
    "reason",
    "value",
    "given_id",
    "number",
    "in_id",
    "base",
    "n",
    "held_id",
    "held_text",
    "held_number",
    "batch",
    "part",
)
"""Names of columns that a row bears on its way, here, in `engines.naming` and as it is stored."""


def kept_columns(columns: Iterable[str], incoming: Incoming) -> list[tuple[str, str]]:
    """Return those of a table's columns that are carried along: how they are called, and what they are to be called.

    One that bears a name of ours, which holds something else, is called `given_` and that name.
    """
    read = {key for keys in KEYS_OF.values() for key in keys} | {"id", "stage"}
    called = {column: key for key, column in incoming.columns.items()}
    taken = {*STATEMENT, *POINTERS, *_OWN, *OF_A_RECORD}
    carried: list[tuple[str, str]] = []
    for column in columns:
        if column in (ROW, FILE) or called.get(column) in read:
            continue
        alias = called.get(column, column)
        while column not in called and alias.casefold() in taken:
            alias = f"given_{alias}"
        taken.add(alias.casefold())
        carried.append((column, alias))
    return carried


_FRACTIONS: Final = ("double", "float", "real", "decimal")
"""How the types of numbers begin whose text has a point, which stands before decimals."""
_WITH_NAN: Final = ("double", "float", "real")
_MOST_WHOLE: Final = 10**15
"""Up to so much, whole numbers of such a type have no point: pandas makes 3.0 of 3 where cells are empty."""

_LEAST: Final = "0.000001"
_EXACT: Final = "DECIMAL(38, 22)"
"""What has all digits of a fraction from `_LEAST` to `_MOST_WHOLE`, of which an engine may write 1.25E7 or 1e-05."""

_LINE_ENDS: Final = (10, 11, 12, 13, 28, 29, 30, 133)
"""The control characters at which Python ends a line, and so an import."""

_BLANKS: Final = [number for number in CONTROLS if chr(number).isspace()]
_NOT_PROSE: Final = " || ".join([*(f"CHR({number})" for number in _BLANKS), literal("\u2028\u2029")])
_AS_PROSE: Final = " || ".join(
    [*("CHR(10)" if number in _LINE_ENDS else "' '" for number in _BLANKS), "CHR(10)", "CHR(10)"]
)
"""Blanks that no note has, and what stands for each: a line feed, or a space, so that no two words become one."""


def _texts(
    incoming: Incoming, carried: Sequence[tuple[str, str]], kinds: Mapping[str, str], *, with_comma: bool
) -> str:
    """Return the texts of the columns that are read, a row for the position and one for the stage where both stand.

    A fraction that is a number in its file has a point, or a comma where texts have one before decimals, so that it can
    be read in one way alone, as `written_numbers.in_one_way` has it.
    """

    def text(key: str) -> str:
        if key in incoming.columns:
            column = quoted_name(incoming.columns[key])
            written = _written(incoming.columns[key], kinds)
            if kinds[incoming.columns[key]].lower().startswith(_FRACTIONS):
                other = written
                if key in KEYS_OF["amount"]:
                    plain = f"TRIM(TRAILING '0' FROM CAST(CAST({written} AS {_EXACT}) AS STRING))"
                    is_short = f"LOWER({written}) LIKE '%e%' AND ABS({column}) BETWEEN {_LEAST} AND {_MOST_WHOLE}"
                    other = f"CASE WHEN {is_short} THEN {plain} ELSE {written} END"
                    pointed = f"CASE WHEN {other} LIKE '%.___' THEN {other} || '0' ELSE {other} END"
                    other = f"REPLACE({other}, '.', ',')" if with_comma else pointed
                whole = f"ABS({column}) < {_MOST_WHOLE} AND {column} = FLOOR({column})"
                as_whole = f"WHEN {whole} THEN CAST(CAST({column} AS BIGINT) AS STRING)"  # of which Spark makes 2.0E7
                return f"CASE WHEN {written} IS NULL THEN NULL {as_whole} ELSE {other} END"
            if key in WORDS:
                return f"NULLIF(TRIM({written}), '')"
            absent = _ABSENT if key == "id" else ()  # of a name the reader tells whether somebody bears it
            return f"CASE WHEN {_says_something(written, absent)} THEN TRIM({written}) END"
        return literal(incoming.constants[key]) if key in incoming.constants else "CAST(NULL AS STRING)"

    keys = ["id", *(key for keys in KEYS_OF.values() for key in keys if key != "position")]
    listed = [
        f"{FILE} AS file",
        f"{ROW} + {incoming.shift} AS line",
        *(f"{text(key)} AS {text_column(key)}" for key in keys),
    ]
    listed += [f"{_carried_as(column, alias, kinds)} AS {quoted_name(alias)}" for column, alias in carried]
    words = [key for key in WORDS if incoming.tells([key])]
    position, stage = text("position"), text("stage")
    has_stage = f"{stage} IS NOT NULL"
    select = "SELECT {}, {} AS {}, {} AS {} FROM {}"
    texts = [
        select.format(", ".join(listed), text(key), text_column("position"), has_stage, HAS_STAGE, incoming.table)
        for key in words or ["position"]
    ]
    if len(words) < 2:
        return texts[0]
    return f"{texts[0]} WHERE {position} IS NOT NULL OR {stage} IS NULL UNION ALL {texts[1]} WHERE {has_stage}"


_ABSENT: Final = (*sorted(ABSENT), NAMIBIA)
"""What says nothing in a cell in which no name stands."""


def _says_something(text: str, absent: Sequence[str]) -> str:
    """Return whether a text says something: no dash alone, and nothing of what stands for an empty cell."""
    is_none = f" AND LOWER(TRIM({text})) NOT IN ({', '.join(map(literal, absent))})" if absent else ""
    return f"TRIM(BOTH {literal(f' {DASHES}')} FROM {text}) <> ''{is_none}"


def _written(column: str, kinds: Mapping[str, str]) -> str:
    """Return what a column holds as text. What is no number in one of numbers (NaN) is nothing: an empty cell there."""
    text = f"CAST({quoted_name(column)} AS STRING)"
    may_be_nan = kinds[column].lower() in _WITH_NAN
    return f"CASE WHEN LOWER({text}) <> 'nan' THEN {text} END" if may_be_nan else text


def _carried_as(column: str, alias: str, kinds: Mapping[str, str]) -> str:
    """Return what a column that is carried along holds: a note without signs that no model has, others as it is."""
    if alias != NOTE:
        return quoted_name(column)
    lines = f"REPLACE({_written(column, kinds)}, CHR(13) || CHR(10), CHR(10))"
    note = f"TRIM(BOTH ' \n' FROM TRANSLATE({lines}, {_NOT_PROSE}, {_AS_PROSE}))"
    return f"CASE WHEN {_says_something(note, _ABSENT)} THEN {note} END"


_ANY_TOGETHER: Final = "SELECT 1 FROM look_actor WHERE makers IS NOT NULL LIMIT 1"


def _given(
    look_ups: Mapping[str, LookUp],
    carried: Sequence[tuple[str, str]],
    stray: Sequence[Stray],
    together: Sequence[str],
) -> str:
    """Return every row with what its texts mean, the reason why it is left out, if it is, and what of it is stray."""

    def value(name: str, column: str, kind: str = "STRING") -> str:
        return f"{name}.{column}" if name in look_ups else f"CAST(NULL AS {kind})"

    noted = any(alias == NOTE for _, alias in carried)
    grades = "source" in look_ups or "credibility" in look_ups
    mark = "grades.grade" if grades else "CAST(NULL AS STRING)"
    pointer = " || ',' || ".join(f"COALESCE({value(name, name)}, 'null')" for name in ("lines", "page", "via"))
    source, quoted_mark = value("source", "source"), f"""COALESCE('"' || {mark} || '"', 'null')"""
    columns = {
        "given_id": text_of("id"),
        "number": value("actor", "number", "BIGINT"),
        "kind": value("position", "kind"),
        "actor": value("actor", "actor"),
        "proposal": value("proposal", "proposal"),
        "position": value("position", "position"),
        **{name: f"date.{name}" for name in ("date", "date_key", "first", "last", "in_id")},
        "until": f"COALESCE({value('until', 'until', 'BIGINT')}, {OPEN})",
        "until_date": value("until", "until_date"),
        "until_key": value("until", "until_key"),
        "toward": f"CASE WHEN position.kind = 'commitment' THEN COALESCE({value('toward', 'toward')}, '') ELSE '' END",
        "conditions": f"COALESCE({value('conditions', 'conditions')}, '[]')",
        "amount": f"CASE WHEN position.kind = 'commitment' THEN {value('amount', 'amount')} ELSE NULL END",
        "limits": f"COALESCE({value('conditions', 'condition_keys')}, '') || CASE WHEN position.kind = 'commitment' "
        f"THEN COALESCE({value('amount', 'amount_keys')}, '') ELSE '' END",
        "speaker": value("speaker", "speaker"),
        "source": source,
        "published": value("source", "day", "BIGINT"),
        "grade": f"CASE WHEN {source} IS NULL THEN NULL ELSE {mark} END",
        "evidence": f"""CAST('["' || {source} || '",' || {pointer} || ',' || {quoted_mark} || ']' AS STRING)""",
        "line": "t.line",
        "file": "t.file",
        **reasons(look_ups, {"id": text_of("id"), **({NOTE: f"t.{NOTE}"} if noted else {})}),
    }
    joins = [f"LEFT JOIN look_{name} AS {name} ON {name}.key = {_key(name)}" for name in look_ups]
    if grades:
        marks = [f"grades.{part} = COALESCE({value(name, part)}, '?')" for name, part in _GRADED]
        joins.append(f"LEFT JOIN grades ON {' AND '.join(marks)}")
    columns |= {name: value(name, f"{name}_text") for name in POINTERS if name in look_ups}
    columns |= {column: cell for column, cell, _ in stray}
    columns |= dict.fromkeys(together, value("actor", "makers"))
    listed = [f"{text} AS {name}" for name, text in columns.items()]
    listed += [f"t.{quoted_name(alias)} AS {quoted_name(alias)}" for _, alias in carried]
    return f"SELECT {', '.join(listed)} FROM texts AS t {' '.join(joins)}"


_GRADED: Final = (("source", "reliability"), ("credibility", "credibility"))


def _key(name: str) -> str:
    """Return the texts of a group as a look-up has them."""
    columns = [text_of(key) for key in KEYS_OF[name]]
    if len(columns) == 1:
        return columns[0]
    return f" || CHR({ord(SEPARATOR)}) || ".join(f"COALESCE({column}, '')" for column in columns)


def _cited(is_told: bool, place: Span) -> str:  # noqa: FBT001 - one of two
    """Return the sources that any row cites, all of which are noted as standing at one place."""
    if not is_told:
        kinds = {"TEXT": "STRING", "INTEGER": "INTEGER"}
        nothing = ", ".join(f"CAST(NULL AS {kinds[kind]}) AS {name}" for name, kind in SOURCE.items())
        return f"SELECT {nothing}, CAST(NULL AS STRING) AS place FROM grades WHERE FALSE"
    where = literal(f"{place.file}:{place.line}")
    return f"SELECT DISTINCT {', '.join(SOURCE)}, {where} AS place FROM look_source WHERE source IS NOT NULL"
