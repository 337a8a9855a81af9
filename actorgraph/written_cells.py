"""What the cells of sheets and tables hold that is no value, and which of them hold several names, or words."""

from __future__ import annotations

import re
from typing import Final

from actorgraph.names import NOT_TEXT

SEVERAL: Final = ("actor", "toward", "if", "unless")
"""The keys of columns whose cells may have several names."""

WORDS: Final = ("position", "stage")
"""The keys of the columns that say where an actor stands."""

DASHES: Final = "-\N{EN DASH}\N{EM DASH}"
"""What a cell says nothing with, unless it is a word for a position."""

ABSENT: Final = frozenset({"n/a", "n.a.", "n.a", "<na>", "null", "nan", "none"})
"""What people and programs write into a cell that is to be empty."""

NAMIBIA: Final = "na"
"""What R writes into a cell that is to be empty, and the code of a state."""

NOT_RUN: Final = (
    "its {} is a formula, which is not run; open the file in a spreadsheet and save it, or put its value there instead"
)
"""Why a row is left out of which one key has a formula of a spreadsheet, without the value that it gave."""

OF_ITS_DAY: Final = re.compile(r"\b(TODAY|NOW|RAND\w*)\(", re.IGNORECASE)
"""What a formula has whose value is another one whenever a program opens the file."""

_NEVER_SAME: Final = "its {} is a formula of another value each day; put the one that is meant there instead"
"""Why a row is left out of which one key has such a formula."""

NO_VALUE: Final = "its {} is an error of a spreadsheet, which found no value; put it there instead"
"""Why a row is left out of which one key has one of `ERRORS`."""

ERRORS: Final = frozenset(
    {
        *("#N/A", "#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#NUM!", "#NULL!", "#SPILL!", "#CALC!", "#GETTING_DATA"),
        *("#NV", "#BEZUG!", "#WERT!", "#ZAHL!", "#ÜBERLAUF!"),  # German
        *("#VALEUR!", "#NOM?", "#NOMBRE!", "#NUL!"),  # French
        *("#¡REF!", "#¡VALOR!", "#¿NOMBRE?", "#¡DIV/0!", "#¡NUM!", "#¡NULO!"),  # Spanish
        *("#N/D", "#RIF!", "#VALORE!", "#NOME?"),  # Italian and Portuguese
    }
)
"""What spreadsheets write where a formula, such as a look-up, found no value."""


def why_no_value(key: str, text: str) -> str | None:
    """Return why what a cell of a spreadsheet has is no value, by its key: a formula, or what came of one that failed.

    >>> why_no_value("date", "=TODAY()"), why_no_value("actor", "="), why_no_value("actor", "Italy")
    ('its date is a formula of another value each day; put the one that is meant there instead', None, None)
    >>> why_no_value("source", "#N/A")
    'its source is an error of a spreadsheet, which found no value; put it there instead'
    """
    if text.startswith("=") and len(text) > 1:
        return (_NEVER_SAME if OF_ITS_DAY.search(text) else NOT_RUN).format(key)
    return NO_VALUE.format(key) if text.upper() in ERRORS else None


def why_not_text(key: str, text: str) -> str | None:
    r"""Return why what a cell says is no text, by its key: it has a character that no model may have.

    What ends a line, or stands for a blank, is none of these.

    >>> why_not_text("actor", "Nor\x08way"), why_not_text("actor", "Nor\x0bway")
    ('its actor has the character U+0008, which is not text; take it out', None)
    """
    control = NOT_TEXT.search(" ".join(text.split()))
    return f"its {key} has the character U+{ord(control[0]):04X}, which is not text; take it out" if control else None
