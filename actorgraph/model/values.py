"""What the values of a model's keys may be: their types, as pydantic checks them, with words for what they refuse."""

import re
from decimal import Decimal
from typing import Annotated, Any, Final

from pydantic import AfterValidator, BeforeValidator, Field, StringConstraints, WithJsonSchema

from actorgraph.dates import checked_end, period


def _date(text: str) -> str:
    period(text)
    return text


def _line(text: str) -> str:
    if len(text.splitlines()) > 1:
        raise ValueError("it has a line break; write it in one line")
    return text


def _lines(text: str) -> str:
    for part in text.split(","):
        first, _, last = part.partition("-")
        if last and int(last) < int(first):
            raise ValueError(f"line {last} comes before line {first.strip()}")
    return text


def is_lines(text: str) -> bool:
    """Whether a text names lines as a model does.

    >>> is_lines("12-13, 20"), is_lines("13-12"), is_lines("l. 12")
    (True, False, False)
    """
    try:
        return re.fullmatch(_SOME_LINES, text) is not None and bool(_lines(text))
    except ValueError:
        return False


def _grade(value: Any) -> Any:
    if isinstance(value, str):
        if value not in _GRADES:
            graded = _GRADED.fullmatch(value)
            meant = f"; did you mean {graded[2]}? {graded[1]} is its source's reliability" if graded else ""
            raise ValueError(f"not a whole number from 1 (confirmed) to 6 (cannot be judged){meant}")
        return int(value)
    return value


def _one_or_more(value: Any) -> Any:
    return [value] if isinstance(value, str) else value


def _truth(value: Any) -> Any:
    if not isinstance(value, str | bool) or value not in _TRUTHS:
        raise ValueError("write true or false")
    return _TRUTHS[value]


def _number(value: Any) -> Any:
    """Return a number to the digit; what is neither a text nor a number goes on to pydantic, which refuses it."""
    if isinstance(value, str):
        if not _NUMBER.fullmatch(value):
            raise ValueError(f"a number is digits, such as {NUMBERS_LIKE}")
        if len(value.replace(".", "").strip("0")) > _MOST_DIGITS:
            raise ValueError(f"more than {_MOST_DIGITS} digits that count; write it in a larger unit")
        return Decimal(value)
    return value


_RANGE: Final = "[1-9][0-9]{0,6}(-[1-9][0-9]{0,6})?"  # not \d, which is any script's digits
_SOME_LINES: Final = f"{_RANGE}(, ?{_RANGE})*"
_PARTIAL: Final = "[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?"  # which day a month has, period knows
_PERIOD: Final = rf"(({_PARTIAL}|\.\.)/)?{_PARTIAL}"
_ONE_LINE: Final = r"^\s*[^\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]*\s*$"  # as str.splitlines has it
_GRADES: Final = frozenset("123456")
_GRADED: Final = re.compile("([A-F])([1-6])")
_TRUTHS: Final = {"true": True, "false": False, True: True, False: False}
_NUMBER: Final = re.compile(r"[0-9]{1,30}(\.[0-9]{1,30})?")
_MOST_DIGITS: Final = 15
"""So many digits of a number come through every table and every JSON reader as they are."""

NUMBERS_LIKE: Final = "2000 or 0.5"
"""What numbers look like in a model."""

Id = Annotated[str, StringConstraints(pattern="^[a-z0-9]+(-[a-z0-9]+)*$")]
ActorId = Annotated[Id, Field(json_schema_extra={"refers": "actor"})]
Holder = Annotated[Id, Field(json_schema_extra={"refers": "actor", "or_many": True})]
ProposalId = Annotated[Id, Field(json_schema_extra={"refers": "proposal"})]
ConditionId = Annotated[Id, Field(json_schema_extra={"refers": "condition"})]
SourceId = Annotated[Id, Field(json_schema_extra={"refers": "source"})]
RecordId = Annotated[str, StringConstraints(pattern="^[a-z0-9]+([-.][a-z0-9]+)*$")]
ActorIds = Annotated[tuple[ActorId, ...], BeforeValidator(_one_or_more), Field(json_schema_extra={"or_one": True})]
ProposalIds = Annotated[
    tuple[ProposalId, ...], BeforeValidator(_one_or_more), Field(json_schema_extra={"or_one": True})
]
ConditionIds = Annotated[
    tuple[ConditionId, ...], BeforeValidator(_one_or_more), Field(json_schema_extra={"or_one": True})
]
Date = Annotated[str, AfterValidator(_date), Field(json_schema_extra={"pattern": f"^{_PERIOD}$"})]
End = Annotated[str, AfterValidator(checked_end), Field(json_schema_extra={"pattern": f"^{_PARTIAL}$"})]
Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Line = Annotated[
    Text, AfterValidator(_line), Field(json_schema_extra={"pattern": _ONE_LINE, "form": "a text in one line"})
]
Lines = Annotated[str, StringConstraints(pattern=f"^{_SOME_LINES}$"), AfterValidator(_lines)]
Truth = Annotated[bool, BeforeValidator(_truth), WithJsonSchema({"type": "boolean"})]
Number = Annotated[
    Decimal,
    BeforeValidator(_number),
    Field(ge=0),
    WithJsonSchema({"type": "string", "pattern": f"^{_NUMBER.pattern}$", "form": f"a number such as {NUMBERS_LIKE}"}),
]
Measure = Annotated[str, StringConstraints(pattern="^[a-z0-9]+([ -][a-z0-9]+)*$")]
Credibility = Annotated[int, Field(ge=1, le=6), BeforeValidator(_grade)]
Country = Annotated[str, StringConstraints(pattern="^[A-Z]{2}$")]
Sha256 = Annotated[str, StringConstraints(pattern="^[0-9a-f]{64}$")]
