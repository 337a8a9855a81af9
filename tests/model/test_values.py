"""What one value may be. (What a record says of those that may not stands in tests/bad.)"""

from decimal import Decimal
from typing import Any

import pytest
from pydantic import TypeAdapter, ValidationError

from actorgraph.model.values import (
    ActorIds,
    Country,
    Credibility,
    Date,
    End,
    Id,
    Lines,
    Measure,
    Number,
    RecordId,
    Sha256,
    Text,
    Truth,
)

GOOD = [
    (Id, "a", "a"),
    (Id, "1-a-2", "1-a-2"),
    (RecordId, "a.b-c.2024-01-01-2", "a.b-c.2024-01-01-2"),
    (Date, "2024-02-29", "2024-02-29"),
    (Text, " padded\n", "padded"),
    (Text, "NO", "NO"),
    (Lines, "12", "12"),
    (Lines, "12-12", "12-12"),
    (Lines, "9-10, 2,3-4", "9-10, 2,3-4"),
    (Lines, "1234567", "1234567"),
    (Credibility, "1", 1),
    (Credibility, "6", 6),
    (Credibility, 3, 3),
    (Country, "IT", "IT"),
    (Sha256, "0" * 64, "0" * 64),
    (End, "2024-02", "2024-02"),
    (Truth, "true", True),
    (Truth, "false", False),
    (Number, "59", Decimal(59)),
    (Number, "0.5", Decimal("0.5")),
    (Number, "100000000000000000000", Decimal(10) ** 20),
    (Measure, "population", "population"),
    (ActorIds, "uk", ("uk",)),
    (ActorIds, ["uk", "fr"], ("uk", "fr")),
]


@pytest.mark.parametrize(("kind", "text", "value"), GOOD)
def test_what_a_value_may_be(kind: Any, text: str, value: object) -> None:
    assert value == TypeAdapter(kind).validate_python(text)


BAD: list[tuple[Any, object]] = [
    *((Id, each) for each in ("", "A", "a_b", "a.b", "-a", "a-", "a--b", "a b", "a\n", "\na", "é", "٢", "a\x00")),
    *((RecordId, each) for each in ("", "A", "a..b", ".a", "a.", "a\n", "a.-b")),
    *((Date, each) for each in ("", "24", "2024-13", "2024\n", "٢٠٢٤")),
    *((Text, each) for each in ("", " ", "\n", "\u2003")),
    *(
        (Lines, each)
        for each in ("", "0", "01", "5-", "-5", "13-12", "1, 3-2", "1;2", "1 - 2", "1٢", "12\n", "9" * 5000)
    ),
    *((Credibility, each) for each in ("", "0", "7", "3.0", "03", "+3", " 3", "3\n", "٣", "x", "9" * 5000)),
    (Credibility, 0),
    (Credibility, 7),
    (Credibility, ["3"]),
    (Credibility, {}),
    *((Country, each) for each in ("", "it", "ITA", "IT\n", "ÉÉ")),
    *((End, each) for each in ("", "2024-01/2024-02", "../2024")),
    *((Truth, each) for each in ("", "True", "yes", "1", None)),
    *((Number, each) for each in ("", "-1", "1,000", "1e3", ".5", "5.", "٣", "1234567890123456", "1" * 31)),
    *((Number, each) for each in ("0.1234567890123456", "1." + "0" * 28 + "1")),
    *((Measure, each) for each in ("", "Population", "a_b", " a")),
    *((Sha256, each) for each in ("", "0" * 63, "0" * 65, "A" * 64, "0" * 64 + "\n")),
]


@pytest.mark.parametrize(("kind", "value"), BAD)
def test_what_a_value_may_not_be(kind: Any, value: object) -> None:
    with pytest.raises(ValidationError):
        TypeAdapter(kind).validate_python(value)
