"""Rows of a table that are left out: why, how many, and where the first of them stand."""

from __future__ import annotations

from string import ascii_lowercase, digits
from typing import TYPE_CHECKING, Final, NamedTuple

from actorgraph.engines.naming import TOO_SHORT
from actorgraph.engines.table_engine import literal, quoted_name
from actorgraph.engines.texts import text_of
from actorgraph.model.messages import AN_ID
from actorgraph.written_cells import ERRORS, NO_VALUE, NOT_RUN

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from actorgraph.engines.table_engine import TableEngine
    from actorgraph.engines.texts import LookUp

_NEEDED: Final = ("actor", "position", "proposal", "date")

PLACES: Final = 3
"""So many places are told of what is left out for one reason."""


class LeftOut(NamedTuple):
    """Why rows were left out, how many, and the first of them: where they stood, and the value that is to blame.

    `is_meant` is true where they are to be left out: the user has said of their word that it means nothing.
    """

    reason: str
    rows: int
    places: tuple[tuple[str, int, str | None], ...]
    is_meant: bool = False


CONTROLS: Final = (*range(32), *range(127, 160))
"""The signs that no name of a model has."""
_NO_TEXT: Final = " || ".join(
    [*(f"CHR({number})" for number in CONTROLS if not chr(number).isspace()), literal("\ufffe\uffff")]
)
"""Those that no text of a model has (`engines.texts.why_not_text`)."""


def reasons(look_ups: Mapping[str, LookUp], others: Mapping[str, str]) -> dict[str, str]:
    """Return why a row is left out, as `reason`, and the text that is to blame, as `value`: NULL if nothing is wrong.

    `others` are the texts that no look-up reads, by key: the id, and a note where there is one.
    """
    cases = []
    for name in (*_NEEDED, *(other for other in look_ups if other not in _NEEDED)):
        if name in _NEEDED:
            lacking = f"{name}.{name} IS NULL AND {name}.reason IS NULL"
            cases.append((lacking, literal(f"no {name}"), "NULL"))
        cases.append((f"{name}.reason IS NOT NULL", f"{name}.reason", f"{name}.blamed"))
    errors = ", ".join(map(literal, sorted(ERRORS)))
    for key, text in others.items():
        why = f"its {key} has a character which is not text; take it out"
        cases.append((f"TRANSLATE({text}, {_NO_TEXT}, '') <> {text}", literal(why), text))
        cases.append((f"{text} LIKE '=_%'", literal(NOT_RUN.format(key)), text))
        cases.append((f"UPPER({text}) IN ({errors})", literal(NO_VALUE.format(key)), text))
    no_id = literal(f"its id is not an id: {AN_ID}; --ignore its column to do without ids")
    cases.append((_no_id(others["id"]), no_id, others["id"]))
    said = f"LOWER({text_of('kind')})"
    cases.append(
        (
            f"{said} IN ('stance', 'commitment') AND {said} <> position.kind",
            "'its kind and its position are not of one sort'",
            text_of("position"),
        )
    )
    if "until" in look_ups:
        cases.append(("until.until <= date.first", literal(TOO_SHORT), text_of("until")))
    if "toward" in look_ups:
        own = "' ' || toward.toward || ' ' LIKE '% ' || actor.actor || ' %'"
        cases.append((f"position.kind = 'commitment' AND {own}", "'an actor is its own addressee'", text_of("toward")))
    if "amount" in look_ups:
        misread = "position.kind = 'commitment' AND amount.misread IS NOT NULL"
        cases.append((misread, "amount.misread", "amount.misread_text"))
        several = "toward.toward LIKE '% %'" if "toward" in look_ups else "FALSE"
        cases.append(
            (
                f"position.kind = 'commitment' AND amount.amount IS NOT NULL AND (actor.number > 1 OR {several})",
                "'an amount of several actors, or toward several, would be counted more than once'",
                text_of("amount"),
            )
        )
    return {
        name: f"CASE {' '.join(f'WHEN {when} THEN {texts[at]}' for when, *texts in cases)} ELSE NULL END"
        for at, name in enumerate(("reason", "value"))
    }


def _no_id(text: str) -> str:
    """Return whether a text is no id of a record (`RecordId`): it has other signs, or one that joins joins nothing."""
    joined = f"TRANSLATE('-' || {text} || '-', '.', '-')"
    return f"TRANSLATE({text}, {literal(ascii_lowercase + digits + '-.')}, '') <> '' OR {joined} LIKE '%--%'"


def in_whole_rows(columns: Iterable[str], meant: Collection[str]) -> str:
    """Return the statements of `parts`, of which none is left of a row that has one which is left out.

    What is `meant` to be left out says nothing, and leaves the others alone.
    """
    is_meant = f" AND reason NOT IN ({', '.join(map(literal, sorted(meant)))})" if meant else ""
    refused = (
        "SELECT file AS row_file, line AS row_line, reason AS row_reason, value AS row_value, "
        "ROW_NUMBER() OVER (PARTITION BY file, line ORDER BY reason, value) AS n "
        f"FROM parts WHERE reason IS NOT NULL{is_meant}"
    )
    of_row = {
        "reason": "COALESCE(p.reason, r.row_reason)",
        "value": "CASE WHEN p.reason IS NULL THEN r.row_value ELSE p.value END",
    }
    listed = [f"{of_row.get(name, f'p.{quoted_name(name)}')} AS {quoted_name(name)}" for name in columns]
    first = f"SELECT row_file, row_line, row_reason, row_value FROM ({refused}) AS f WHERE n = 1"
    return (
        f"SELECT {', '.join(listed)} FROM parts AS p "
        f"LEFT JOIN ({first}) AS r ON r.row_file = p.file AND r.row_line = p.line"
    )


def left_out_of(engine: TableEngine, table: str, meant: Collection[str] = ()) -> tuple[LeftOut, ...]:
    """Return how many rows of the data a table names for which reason, the most frequent first.

    A row that several actors share is one. `meant` are the reasons for which rows are to be left out.
    """
    rows = f"SELECT reason, file, line, MIN(value) AS value FROM {table} GROUP BY reason, file, line"
    counts = engine.run(f"SELECT reason, COUNT(*) FROM ({rows}) AS r GROUP BY reason ORDER BY 2 DESC, 1")
    rank = "ROW_NUMBER() OVER (PARTITION BY reason ORDER BY file, line)"
    ranked = f"SELECT r.*, {rank} AS place FROM ({rows}) AS r"
    first = engine.run(
        f"SELECT reason, file, line, value FROM ({ranked}) AS r WHERE place <= {PLACES} ORDER BY reason, file, line"
    )
    return tuple(
        LeftOut(
            reason,
            rows,
            tuple((file, line, value) for of, file, line, value in first if of == reason),
            is_meant=reason in meant,
        )
        for reason, rows in counts
    )
