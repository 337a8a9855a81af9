"""Words for what pydantic refuses: each of its errors as one of our codes, with the likely fix."""

import re
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, Final, get_args

from pydantic import BaseModel, ValidationError
from pydantic.fields import FieldInfo

from actorgraph.errors import did_you_mean, quoted
from actorgraph.everyday import hint_at_word, meant_by
from actorgraph.model.joint import HOLDER
from actorgraph.model.kinds import KIND, OF_SECTION, STATEMENT_SECTIONS, STATEMENTS
from actorgraph.model.records import DATES, File
from actorgraph.model.values import NUMBERS_LIKE, is_lines
from actorgraph.names import slug
from actorgraph.vocabulary import POSITIONS, STAGES, gist
from actorgraph.written_amounts import in_braces, written_amount

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

    from actorgraph.model.reader import Data, Loc

AT_KEY: Final = "[key]"
"""Ends pydantic's way to a key that is itself refused."""

_SHAPES: Final = {
    "dict_type": "a mapping from id to entry",
    "model_type": "a mapping of keys and values",
    "int_type": "a whole number",
    "decimal_type": f"a number such as {NUMBERS_LIKE}",
}

_MAPPINGS: Final = {
    "amount": "a mapping, such as {value: 2000, unit: soldiers}",
    "weight": "a mapping, such as {population: 59}",
}
"""What the mappings in a record look like, by their keys."""

FORMS: Final = {
    "lines": "line numbers such as 12, 12-13 or '12-13, 20'",
    "country": "two capital letters (ISO 3166), such as IT",
    "sha256": "64 hexadecimal digits",
    "weight": "a name in lower case, such as population",
}
"""What a text must look like, by its key."""

_A_NUMBER: Final = re.compile(r"[0-9]+(?:\.[0-9]+)?")
_MORE_OF_A_NUMBER: Final = re.compile(r"\d+(?: ?(?:-|–|to) ?\d+)?")
"""What stands behind a comma in 2,000 or in 2,000–3,000."""

AN_ID: Final = "lower-case letters and digits, joined by '-'"
"""What an id must look like."""


def explain(error: "ErrorDetails") -> tuple[str, str]:
    """Return the code and the message for one of pydantic's errors.

    >>> explain({"type": "missing", "loc": ("actors", "uk", "kind"), "msg": "Field required", "input": {}})
    ('AG013', "'kind' is missing")
    """
    kind, loc, value = error["type"], error["loc"], error["input"]
    name = _name(loc)
    if nested := nested_section(loc):
        return (
            "AG014",
            f"{quoted(nested[1])} is a section, and stands in {quoted(nested[0])}; begin it in the first column",
        )
    if kind == "extra_forbidden":
        home = _home_of_key(loc)
        hint = home or hint_at_key(str(loc[-1]), _fields_at(loc[:-1]), is_bare=value is None and len(loc) > 2)
        return "AG011", f"unknown key {name}{hint}"
    field = _fields_at(loc[:-1]).get(str(loc[-1]))
    required = field is not None and field.is_required()
    if kind == "too_short" or (name == "'evidence'" and required and (kind == "missing" or value is None)):
        return "AG018", "no evidence; name a source, as in `evidence: [{source: …, lines: 12-13}]`"
    if kind in {"missing", "string_too_short"} or value is None or (value == "" and loc[-1] != AT_KEY):
        fix = "give it a value" if required else "give it a value or leave it out"
        return "AG013", f"{name} is missing" if kind == "missing" else f"{name} is empty; {fix}"
    if kind == "tuple_type" or kind in _SHAPES or not isinstance(value, str):
        return "AG014", _explain_shape(error)
    return _explain_text(error, value)


def nested_section(loc: "Loc") -> tuple[str, str] | None:
    """Return the way to a section that is indented as an entry of the section before it, None where `loc` is in none.

    >>> nested_section(("actors", "stances", 0)), nested_section(("actors", "uk"))
    (('actors', 'stances'), None)
    """
    section, key = (*map(str, loc[:2]), "", "")[:2]
    is_nested = section in OF_SECTION and OF_SECTION[section].keyed and key in OF_SECTION and loc[-1] != AT_KEY
    return (section, key) if is_nested else None


def hint_at_key(key: str, known: Iterable[str], *, is_bare: bool) -> str:
    """Return the likely fix of a key that nobody knows; where nothing stands behind it, it may be half of a text."""
    listed = f"; known here: {', '.join(known)}"
    if not is_bare:
        return hint_at_word(key, known) or listed
    comma = "if a text goes on here behind a comma, quote the text"
    return f"; {comma}" if re.search("[^a-z-]", key) else f"{did_you_mean(key, known) or listed}; {comma}"


def _home_of_key(loc: "Loc") -> str:
    """Return where a key belongs that stands in the wrong place: in a mapping beside it, or in the other statements.

    Of an amount, what stands behind a comma is more of the number.
    """
    key, fields = str(loc[-1]), _fields_at(loc[:-1])
    if _MORE_OF_A_NUMBER.fullmatch(key) and loc[-2:-1] == ("amount",):
        return "; write a number without commas"
    models = {name: _model_in(field.annotation) for name, field in fields.items()}
    inside = [name for name, model in models.items() if model is not None and key in _fields(model)]
    if inside and len(loc) > 2:
        return f"; it belongs in {quoted(inside[0])}"
    others = [KIND[kind] for kind in STATEMENTS if KIND[kind].section != loc[0]] if loc[0] in STATEMENT_SECTIONS else []
    return next((f"; a {kind.name} has one" for kind in others if key in _fields(kind.record_class)), "")


def complaint(section: str, way: tuple[str, ...], value: "Data") -> str | None:
    """Return what `check` would say about one value of a record, None where it has nothing to say.

    `way` leads to the value inside the record, and is empty for the id that a named thing stands under.

    >>> complaint("stances", ("position",), "oppose")
    "AG014 position 'oppose' is not known (did you mean 'opposes'?)"
    >>> complaint("stances", ("evidence", "lines"), "13-12")
    "AG014 lines '13-12': line 12 comes before line 13"
    >>> complaint("actors", (), "italy")
    """
    body: Data = value
    for depth, key in enumerate(reversed(way)):
        body = {key: [body] if depth else body}
    if way:
        data: Data = {"-": body} if OF_SECTION[section].keyed else [body]
    else:
        data = {str(value): {}}
    try:
        File.model_validate({section: data})
    except ValidationError as invalid:
        for error in invalid.errors(include_url=False):
            keys = tuple(part for part in error["loc"][2:] if isinstance(part, str))
            if keys[: len(way)] == way if way else keys == (AT_KEY,):
                return " ".join(explain(error))
    return None


def objection(section: str, body: "Mapping[str, Data]") -> str | None:
    """Return what `check` would say first about a record by itself, without its code; None where it has nothing to say.

    >>> objection("stances", {"actor": "uk", "position": "open", "proposal": "p", "date": "2025", "evidence": []})
    'no evidence; name a source, as in `evidence: [{source: …, lines: 12-13}]`'
    """
    holder = body.get(HOLDER)
    alone = {**body, HOLDER: holder[0]} if isinstance(holder, list) and holder else body
    try:
        OF_SECTION[section].record_class.model_validate(alone)
    except ValidationError as invalid:
        error = invalid.errors(include_url=False)[0]
        return explain({**error, "loc": (section, 0, *error["loc"])})[1]
    return None


def _explain_shape(error: "ErrorDetails") -> str:
    """Return the message for a value that is a text, a list or a mapping where another of the three belongs."""
    kind, loc, value = error["type"], error["loc"], error["input"]
    name = _name(loc)
    if kind == "tuple_type":
        short = isinstance(value, str) and len(value) < 40 and value.isprintable()
        example = f"such as [{value}]" if short else "each item behind a '-'"
        example = "such as [{source: …, lines: 12-13}]" if name == "'evidence'" else example
        return f"{name} should be a list, {example}, not {_described(value)}"
    if kind == "value_error" and isinstance(value, dict):
        return f"{loc[-1]}: {error['ctx']['error']}"
    if loc[-1] == HOLDER and isinstance(value, list) and loc[0] in STATEMENT_SECTIONS:
        return f"{name} should be an id, or a list of ids such as [france, uk]{'' if value else ', not an empty one'}"
    if isinstance(loc[-1], int) and loc[-2] == "evidence" and isinstance(value, str):
        source = value if slug(value) == value else "…"
        return f"{name} should be a mapping, such as {{source: {source}, lines: 12-13}}, not {_described(value)}"
    shape = _MAPPINGS.get(str(loc[-1])) or _SHAPES.get(kind, "a text")
    meant = _amount_meant(value) if loc[-1] == "amount" and isinstance(value, str) else None
    hint = f" (did you mean {in_braces({**meant, 'unit': meant.get('unit', '…')})}?)" if meant else ""
    return f"{name} should be {shape}, not {_described(value)}{hint}"


def _explain_text(error: "ErrorDetails", value: str) -> tuple[str, str]:
    """Return the code and the message for a text that its key does not allow."""
    loc = error["loc"]
    key = next(part for part in reversed(loc) if isinstance(part, str))
    if key == AT_KEY and len(loc) > 3:  # of a mapping inside a record
        key = str(loc[-3])
    shown = quoted(value)
    if error["type"] == "literal_error":
        allowed = re.findall("'([^']*)'", error["ctx"]["expected"])
        words = ", ".join(f"{word} ({meaning})" if (meaning := gist(word)) else word for word in allowed)
        hint = _of_the_others(value, allowed) or hint_at_word(value, allowed) or f"; it is one of {words}"
        return "AG014", f"{key} {shown} is not known{hint}"
    if error["type"] == "value_error":
        reason = error["ctx"]["error"]
        if key in DATES:
            from actorgraph.written_dates import not_a_date

            return "AG015", not_a_date(value, reason, is_end=key == "until")
        amount = _amount_meant(value) if key == "value" else None
        ends = f" (is it a range? {in_braces(amount)})" if amount and "value" not in amount else ""
        return "AG014", f"{key} {shown}: {reason}{ends}"
    if error["type"] == "string_unicode":
        return "AG002", f"{key} {shown} is not UTF-8 text"
    if key in FORMS:
        return "AG014", f"{key} {shown} should be {FORMS[key]}{_lines_meant(value) if key == 'lines' else ''}"
    ids = [slug(part) for part in value.split(",")]
    meant = quoted(ids[0]) if len(ids) == 1 else f"[{', '.join(ids)}]"
    return "AG016", not_an_id(value, f" (did you mean {meant}?)" if all(ids) else "")


def not_an_id(text: str, hint: str) -> str:
    """Return what is said of a text that is no id, with a hint at the one that is meant.

    >>> not_an_id("UK", " (did you mean 'uk'?)")
    "'UK' is not an id: lower-case letters and digits, joined by '-' (did you mean 'uk'?)"
    """
    return f"{quoted(text)} is not an id: {AN_ID}{hint}"


def _amount_meant(text: str) -> dict[str, str] | None:
    """Return the amount that a text in a file may mean, None where nobody can tell."""
    try:
        amount = written_amount(text) or {}
    except ValueError:
        return None
    numbers = [number for key, number in amount.items() if key != "unit"]
    return amount if numbers and all(map(_A_NUMBER.fullmatch, numbers)) else None


def _lines_meant(text: str) -> str:
    """Return a hint at the lines that a text means which has another dash, or quotes or a word such as l. around them.

    A word that begins otherwise may be one for pages.
    """
    plain = re.sub("\\s*[\N{EN DASH}\N{EM DASH}-]\\s*", "-", re.sub(r"\s*(?:;|&|\band\b)\s*", ", ", text))
    lines = re.fullmatch(r"(?:[lLzZ][^\W\d]*)?[\s.:\"'“„”’]*([1-9][\d, -]*)[\s\"'“”’]*", plain)
    return f" (did you mean {quoted(lines[1])}?)" if lines and is_lines(lines[1]) else ""


def _of_the_others(word: str, allowed: Iterable[str]) -> str:
    """Return of what a word is, or is said for, that stands as a position and is a stage, or the other way round."""
    ways = ((POSITIONS, STAGES, "stage of a commitment"), (STAGES, POSITIONS, "position of a stance"))
    for own, others, what in ways:
        ours = word if word in others else meant_by(word, others)
        if ours and set(allowed) == set(own):
            return f"; {quoted(ours)} is a {what}"
    return ""


def _name(loc: "Loc") -> str:
    """Return what a value is called: its key, or its number in a list, counted from 1."""
    last = loc[-1]
    return quoted(last) if isinstance(last, str) else f"item {last + 1} of {_name(loc[:-1])}"


def _described(value: "Data") -> str:
    if isinstance(value, str):
        return f"the text {quoted(value)}"
    return "a list" if isinstance(value, list) else "a mapping"


def _fields_at(loc: "Loc") -> dict[str, FieldInfo]:
    """Return what the mapping at `loc` may hold, by key."""
    kind: type[BaseModel] = File
    in_header = loc[:1] == ("model",)
    for depth, part in enumerate(loc):
        if isinstance(part, str) and (depth != 1 or in_header):  # at depth 1 stand ids
            if part not in _fields(kind):  # a mapping by names of the curator's own
                return {}
            kind = _model_in(_fields(kind)[part].annotation) or kind
    return _fields(kind)


def _fields(kind: type[BaseModel]) -> dict[str, FieldInfo]:
    return {str(field.alias): field for field in kind.model_fields.values()}


def _model_in(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next(filter(None, map(_model_in, get_args(annotation))), None)
