"""What one file of a model may hold, as a JSON Schema: editors complete, explain and underline with it.

It is made of the pydantic classes of `model`, so it says nothing that they do not. It is draft-07, which the YAML
language server understands best, with the words that it adds to it (`enumDescriptions`, `patternErrorMessage`,
`errorMessage`). An editor reads a plain `2026` as a number and we read it as text, so whatever is one value is
accepted as text. Where the schema and `check` differ, `check` is right: it alone knows the other files.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

from actorgraph.dates import A_DATE
from actorgraph.model.kinds import KEYED
from actorgraph.model.messages import AN_ID, FORMS
from actorgraph.model.records import File
from actorgraph.vocabulary import CREDIBILITY, MEANINGS, RELIABILITY

if TYPE_CHECKING:
    from actorgraph.ledger.store import Ledger
    from actorgraph.model.model import Model

PLACE: Final = ".actorgraph/schema.json"
"""Where a project keeps its schema, from the project's root."""

LEFT_OUT: Final = ".actorgraph/.gitignore"
"""What keeps the schema out of git: two who add to a model would both change it, and no merge could put that together.
It is in git itself, so that a new clone is known to keep a schema before it has one."""

LEAVING_OUT: Final = """\
# Made of the model, for editors, whenever something is added: actorgraph schema -o .actorgraph/schema.json
schema.json
"""

Schema = dict[str, Any]
Ids = Mapping[str, Mapping[str, str]]

_NOTHING: Final = {"not": {"type": ["string", "number", "boolean", "array", "object"]}}
"""Only null; unlike `type` it makes no editor offer it."""
_AN_ID: Final = f"an id is {AN_ID}"
_AN_END: Final = "an end is YYYY-MM-DD, YYYY-MM or YYYY"
_MEANS: Final = MEANINGS | RELIABILITY


def ids_of(model: Model) -> Ids:
    """Return the ids that editors offer, by kind, each with its name."""
    return {
        "actor": {key: actor.name for key, actor in sorted(model.actors.items())},
        "proposal": {key: proposal.title for key, proposal in sorted(model.proposals.items())},
        "condition": {key: condition.title for key, condition in sorted(model.conditions.items())},
        "source": {key: source.title for key, source in sorted(model.sources.items())},
    }


def schema_text(named: Ledger | Ids | None = None) -> str:
    """Return the JSON Schema of one file of a model, as JSON. Same arguments, same text.

    With a ledger, or the ids of a model, they are what editors offer wherever an actor, a proposal, a condition or a
    source is named. Other ids are no less right: they may have been defined since.

    >>> schema = json.loads(schema_text())
    >>> schema["properties"]["stances"]["description"]
    'What actors think of proposals, dated and sourced.'
    """
    ids = named or {}
    if not isinstance(ids, Mapping):
        ids = {kind: ids.names(kind) for kind in KEYED}
    generated = File.model_json_schema(by_alias=True, ref_template="#/definitions/{model}")
    kinds: dict[str, Schema] = generated["$defs"]
    whole = {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "A file of a stance model",
        "description": generated["description"],
        "type": ["object", "null"],
        "additionalProperties": False,
        "properties": {key: _section(key, value, ids) for key, value in generated["properties"].items()},
        "definitions": {name: _record(kind, ids) for name, kind in kinds.items()},
    }
    return json.dumps(whole, ensure_ascii=False, indent=2) + "\n"


def _record(kind: Schema, ids: Ids) -> Schema:
    return {
        "title": kind["title"],
        "description": kind["description"],
        "type": "object",
        "additionalProperties": False,
        "required": kind["required"],
        "properties": {key: _described(value, _value(key, value, ids)) for key, value in kind["properties"].items()},
    }


def _section(key: str, generated: Schema, ids: Ids) -> Schema:
    """Return the schema of a section, which may be empty."""
    if "patternProperties" in generated:
        ((pattern, record),) = generated["patternProperties"].items()
        names = {"pattern": pattern, "patternErrorMessage": _AN_ID}
        schema = {"type": ["object", "null"], "propertyNames": names, "additionalProperties": record}
    elif generated.get("type") == "array":
        schema = {"type": ["array", "null"], "items": generated["items"]}
    else:
        schema = _value(key, generated, ids)
    return _described(generated, schema)


def _described(generated: Schema, schema: Schema) -> Schema:
    return {"description": generated["description"], **schema}


def _value(key: str, generated: Schema, ids: Ids) -> Schema:
    """Return the schema of a key's value, as an editor reads it."""
    if "anyOf" in generated:  # something, or nothing
        (some,) = (one for one in generated["anyOf"] if one.get("type") != "null")
        schema = _value(key, some, ids)
        if "if" in schema:
            return {**schema, **_one_value("null")}
        return {"anyOf": [*schema.get("anyOf", [schema]), _NOTHING]}
    if "$ref" in generated:
        return {"$ref": generated["$ref"]}
    if generated.get("type") == "array":
        items = _value(key, generated["items"], ids)
        schema = {"type": "array", "items": items}
        schema |= {"minItems": generated["minItems"]} if "minItems" in generated else {}
        return {"anyOf": [items, schema]} if generated.get("or_one") else schema
    if generated.get("type") == "object":
        ((pattern, value),) = generated["patternProperties"].items()
        schema = {"type": "object", "propertyNames": {"pattern": pattern}}
        return {**schema, "additionalProperties": _value(key, value, ids)}
    return _words(generated["enum"], _MEANS) if "enum" in generated else _text(key, generated, ids)


def _text(key: str, generated: Schema, ids: Ids) -> Schema:
    """Return the schema of a text: any one value is, and what looks like a text to an editor too has its form."""
    if generated["type"] == "boolean":
        return {"type": "boolean"}
    if key == "credibility":
        quoted = {"type": "string", "pattern": f"^[{min(CREDIBILITY)}-{max(CREDIBILITY)}]$"}
        return {"anyOf": [_words(list(CREDIBILITY), CREDIBILITY), quoted]}
    schema: Schema = _one_value() | {word: generated[word] for word in ("minLength", "pattern") if word in generated}
    if "pattern" not in generated:
        return schema
    known_form = _AN_ID if "refers" in generated or key == "id" else _AN_END if key == "until" else A_DATE
    form = generated.get("form") or FORMS.get(key, known_form)
    schema["patternErrorMessage"] = form
    known = ids.get(generated.get("refers", ""))
    schema = {"anyOf": [_words(list(known), known) | {"errorMessage": form}, schema]} if known else schema
    several = {"type": "array", "items": schema, "minItems": 1}
    return {"anyOf": [*schema.get("anyOf", [schema]), several]} if "or_many" in generated else schema


def _words(allowed: list[Any], meanings: Mapping[Any, str]) -> Schema:
    return {"enum": allowed, "enumDescriptions": [meanings[one] for one in allowed]}


def _one_value(*allowed: str) -> Schema:
    """Return that a value is neither a list nor a mapping, nor nothing where that is not allowed.

    `type` would say so in fewer words, but editors would then offer `true`, `false` and `null` for every text.
    """
    refused = [one for one in ("array", "object", "null") if one not in allowed]
    return {"if": {"type": refused}, "then": {"type": "string", "errorMessage": "one text belongs here"}}
