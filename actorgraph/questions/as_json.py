"""Answers as JSON: named tuples as objects, in the order of their fields."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any


def to_json(value: object) -> str:
    """Return a value as JSON, named tuples as objects, in their own order.

    >>> print(to_json({"asked": {"position": "supports"}, "rows": ()}))
    {
      "asked": {
        "position": "supports"
      },
      "rows": []
    }
    """
    return json.dumps(plain(value), ensure_ascii=False, indent=2)


def plain(value: Any) -> Any:
    """Return a value with named tuples and answers as dicts and tuples as lists, all the way down."""
    if value is None or isinstance(value, (str, int, float)):
        return value
    if hasattr(value, "_asdict"):
        return {key: plain(inner) for key, inner in value._asdict().items()}
    if isinstance(value, Mapping):
        return {key: plain(inner) for key, inner in value.items()}
    return [plain(inner) for inner in value]
