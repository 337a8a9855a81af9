"""Answers as JSON: letters, order and names are kept."""

import json
from typing import NamedTuple

from actorgraph.questions.as_json import to_json


class Pair(NamedTuple):
    one: str
    other: tuple[object, ...]


def test_json_keeps_letters_and_order_and_names() -> None:
    text = to_json({"z": Pair("é", (Pair("x", ()), None, True))})
    assert {"z": {"one": "é", "other": [{"one": "x", "other": []}, None, True]}} == json.loads(text)
    assert text.index("é") < text.index("other")
