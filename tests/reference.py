"""The reference of every key, word, command, option, code and JSON field: Markdown, made from the code itself."""

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from inspect import cleandoc
from pathlib import Path
from typing import Any, Final, get_args

import click

import actorgraph
from actorgraph import vocabulary
from actorgraph.cli.main import PURPOSES, cli
from actorgraph.model import records, values
from actorgraph.problem_codes import CODES

Schema = Mapping[str, Any]

DISK: Final[Schema] = records.File.model_json_schema()
ANSWER: Final[Schema] = json.loads(
    (Path(actorgraph.__file__).parent / "answer.schema.json").read_text(encoding="utf-8")
)

INTRODUCTION: Final = """# Reference

<!-- Made from the code by `make docs`. Do not edit it here: edit the code, and make it anew. -->

Every key of a model, every word that a key allows, every command with its options, every problem code, and every field
of an answer in JSON. [curating.md](curating.md) teaches how to use them; [semantics.md](semantics.md) tells how records
become answers.

- [The model on disk](#the-model-on-disk)
- [Words](#words)
- [Commands](#commands)
- [Problem codes](#problem-codes)
- [Answers in JSON](#answers-in-json)
"""

FORMS: Final = {
    values.Id: ("id", "lower-case kebab-case: `multinational-force`; as `id of an actor` it is one that is defined"),
    values.RecordId: ("record id", "as an id, with dots too: `italy.multinational-force.2026-01-06`"),
    values.Date: (
        "date",
        "some day of `2026`, `2026-01` or `2026-01-06`, or from one to another (`2026-01-06/2026-01-20`, `../2026-01`)",
    ),
    values.End: ("end", "`2026`, `2026-01` or `2026-01-06`: that day, or the whole of that period, is left out"),
    values.Lines: ("lines", "`12`, `12-13` or `12-13, 20`, counted from 1"),
    values.Line: ("line", "a text without a line break"),
    values.Text: ("text", "any text; in quotes where it holds `: ` or ` #`, or begins with a sign"),
    values.Country: ("country", "two capital letters (ISO 3166): `IT`"),
    values.Sha256: ("sha256", "64 hexadecimal digits"),
    values.Number: ("number", "not negative, with no more than 15 digits that count: `2000` or `0.5`"),
    values.Measure: ("measure", "a name of your own, in lower case: `population`"),
}
"""What values are called, and look like, by their types in the model."""


def reference() -> str:
    """Return the whole reference."""
    parts = (INTRODUCTION, *_model(), *_words(), *_commands(), *_codes(), *_answers())
    return "\n".join(part.strip("\n") + "\n" for part in parts)


def _table(headings: tuple[str, ...], lines: Iterable[Iterable[str]]) -> str:
    rows = (headings, ("---",) * len(headings), *lines)
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def _marked(text: str) -> str:
    """Return plain words as Markdown: options as code, and nothing that would be markup by mistake."""
    parts = text.split("`")
    parts[::2] = [_OPTION.sub(r"`\1`", re.sub(r"([<>|*\[\]])", r"\\\1", part)) for part in parts[::2]]
    return "`".join(parts).replace("\n", " ")


_OPTION: Final = re.compile(r"(?<![\w-])(--[a-z][a-z-]*)")


def _codes_of(several: Iterable[object]) -> str:
    return ", ".join(f"`{'null' if one is None else one}`" for one in several)


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:].rstrip(".") + "." if text else ""


def anchor(heading: str) -> str:
    """Return the name by which GitHub links to a heading."""
    return re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-")


# -- the model ---------------------------------------------------------------------------------------------------


def _model() -> Iterator[str]:
    yield "## The model on disk"
    yield _marked(" ".join(str(DISK["description"]).split()))
    yield _table(("section", "holds", "meaning"), map(_section, DISK["properties"].items()))
    yield "A value has one of these forms, or is one of the words that its key lists:"
    yield _table(("form", "looks like"), FORMS.values())
    told: list[str] = []
    for name, field in DISK["properties"].items():
        for heading, record in ((f"`{name}`", _refers_to(field)), *_inside(_refers_to(field))):
            if record not in told:
                told.append(record)
                yield f"### {heading}"
                yield from _keys(record)


def _section(item: tuple[str, Schema]) -> tuple[str, str, str]:
    name, field = item
    holds = {"object": "entries by id", "array": "a list"}.get(field.get("type", ""), "keys")
    return f"[`{name}`](#{anchor(name)})", holds, _marked(field["description"])


def _refers_to(field: Schema) -> str:
    """Return the name of the record that a field holds, one or several, or nothing."""
    found = re.search(r"#/\$defs/(\w+)", json.dumps(field))
    return found[1] if found else ""


def _inside(record: str) -> Iterator[tuple[str, str]]:
    for key, field in DISK["$defs"][record]["properties"].items():
        if _refers_to(field):
            yield f"`{key}`", _refers_to(field)


def _keys(record: str) -> Iterator[str]:
    described = DISK["$defs"][record]
    required = described.get("required", ())
    yield _marked(" ".join(described["description"].split()))
    ordered = sorted(described["properties"].items(), key=lambda item: item[0] not in required)
    lines = (
        (
            f"`{key}`",
            _form(field),
            "**required**" if key in required else f"`{field['default']}`" if field.get("default") else "none",
            _marked(field["description"]),
        )
        for key, field in ordered
    )
    yield _table(("key", "form", "default", "meaning"), lines)


def _form(field: Schema) -> str:
    """Return what a value looks like, in words."""
    if "anyOf" in field:
        return _form(next(one for one in field["anyOf"] if one.get("type") != "null"))
    if "enum" in field:
        return f"one of {_codes_of(field['enum'])}"
    if "refers" in field:
        several = ", or a list of them" if "or_many" in field else ""
        return f"id of {'an' if field['refers'][0] in 'aeiou' else 'a'} {field['refers']}{several}"
    if "$ref" in field or field["type"] in ("array", "object"):
        return _several(field)
    if field["type"] == "boolean":
        return "`true` or `false`"
    return f"{field['minimum']} to {field['maximum']}" if "maximum" in field else _names()[field.get("pattern")]


def _several(field: Schema) -> str:
    """Return what a mapping, or a list, looks like, in words."""
    if "$ref" in field:
        record = _refers_to(field).lower()
        return f"[{record}](#{record})"
    if "patternProperties" in field:
        ((pattern, value),) = field["patternProperties"].items()
        return f"{_form(value)}s by {_names()[pattern]}"
    items = field["items"]
    record, kind = _refers_to(items).lower(), items.get("refers")
    several = f"[{record}](#{record})" if record else f"ids of {kind}s" if kind else f"{_form(items)}s"
    return f"list of {several}{', at least one' * ('minItems' in field)}{', or one alone' * ('or_one' in field)}"


def _names() -> dict[str | None, str]:
    """Return the name of each form by the pattern that its schema has."""
    from pydantic import TypeAdapter

    return {TypeAdapter(kind).json_schema().get("pattern"): name for kind, (name, _) in FORMS.items()}


# -- words -------------------------------------------------------------------------------------------------------


def _words() -> Iterator[str]:
    yield "## Words"
    yield "What the words mean that a key allows. They mean the same in questions, answers and on the page."
    for title, kind in (
        ("Kinds of actors (`kind`)", vocabulary.ActorKind),
        ("Positions of a stance (`position`)", vocabulary.Position),
        ("Stages of a commitment (`stage`)", vocabulary.Stage),
        ("Relations between actors (`relation`)", vocabulary.Tie),
        ("Fates of a proposal (`fate`)", vocabulary.Fate),
    ):
        yield f"### {title}"
        yield _table(("word", "meaning"), ((f"`{word}`", vocabulary.MEANINGS[word]) for word in get_args(kind)))
    for title, meanings in (
        ("Grades of a source (`reliability`)", vocabulary.RELIABILITY.items()),
        ("Grades of what it says (`credibility`)", vocabulary.CREDIBILITY.items()),
    ):
        yield f"### {title}"
        yield _table(("grade", "meaning"), ((f"`{grade}`", meaning) for grade, meaning in meanings))
    yield "Both after the Admiralty code (NATO AJP-2.1), each judged without regard to the other."


# -- commands ----------------------------------------------------------------------------------------------------


def commands() -> Iterator[tuple[str, str, click.Command]]:
    """Yield every command with its purpose and its name, subcommands too."""
    context = click.Context(cli, info_name="actorgraph")
    for purpose, names in PURPOSES.items():
        for name in names:
            command = cli.get_command(context, name)
            assert command is not None
            yield purpose, name, command
            if isinstance(command, click.Group):
                for below in command.list_commands(context):
                    inner = command.get_command(context, below)
                    assert inner is not None
                    yield purpose, f"{name} {below}", inner


def _commands() -> Iterator[str]:
    yield "## Commands"
    yield (
        "`-h` or `--help` explains each command. Exit codes: 0 fine; 1 problems in the data, or differences with "
        "`--exit-code`; 2 wrong usage."
    )
    told = {name: list(map(_option, _options(command))) for _, name, command in commands()}
    counts = Counter(line for lines in told.values() for line in lines)
    shared = [line for line, count in counts.items() if count >= SHARED]
    yield "### Shared options"
    yield "They mean the same wherever a command takes them."
    yield _table(("option", "meaning"), shared)
    for purpose, name, command in commands():
        with click.Context(command, info_name=name) as context:
            pieces = " ".join(command.collect_usage_pieces(context))
        yield f"### actorgraph {name}"
        yield f"{purpose}: `actorgraph {name} {pieces}`"
        yield from _paragraphs(command.help or "")
        own = [line for line in told[name] if line not in shared]
        also = [option.split("`")[1].split()[0] for option, _ in told[name] if (option, _) in shared]
        yield from ([_table(("option", "meaning"), own)] if own else ())
        yield from ([f"And [shared options](#shared-options): {_codes_of(also)}."] if also else ())


SHARED: Final = 3
"""An option that so many commands take, in the same words, is told once."""


def _options(command: click.Command) -> list[click.Option]:
    return [one for one in command.params if isinstance(one, click.Option) and not one.hidden]


def _paragraphs(help_text: str) -> Iterator[str]:
    """Yield the paragraphs of a help; one with a backspace before it is printed as it stands, and so is code."""
    for part in re.split(r"\n\s*\n", cleandoc(help_text).strip()):
        if part.startswith("\b\n"):
            yield f"```text\n{part[2:]}\n```"
        else:
            yield _marked(" ".join(part.split()))


def _option(option: click.Option) -> tuple[str, str]:
    context = click.Context(cli)
    value = "" if option.is_flag or option.count else f" {option.make_metavar(context)}"
    names = sorted((*option.opts, *option.secondary_opts), key=lambda one: (not one.startswith("--"), one))
    told = [_marked(re.sub(r"\s+\[default: (.*)\]$", r" Default: \1.", option.help or ""))]
    told += [f"Default: {option.default}."] * bool(option.show_default and not isinstance(option.default, bool))
    told += ["**Required.**"] * option.required
    told += [f"Or set `{option.envvar}`."] * bool(option.envvar)
    return ", ".join(f"`{name}{value}`".replace("|", r"\|") for name in names), " ".join(told)


# -- problem codes -----------------------------------------------------------------------------------------------


def _codes() -> Iterator[str]:
    yield "## Problem codes"
    yield "What `actorgraph check` finds. [problems.md](problems.md) shows each, and how to fix it."
    lines = (
        (
            f"[{name}](problems.md#{anchor(f'{name}: {code.title}')})",
            "a warning" if code.is_warning else "an error",
            code.meaning,
        )
        for name, code in CODES.items()
    )
    yield _table(("code", "is", "meaning"), lines)


# -- answers -----------------------------------------------------------------------------------------------------


def _answers() -> Iterator[str]:
    yield "## Answers in JSON"
    yield (
        "What `--format json` prints is one of these, as [answer.schema.json](../actorgraph/answer.schema.json) has "
        "it. Fields that may be left out are marked."
    )
    kinds = [_refers_to(one) for one in ANSWER["oneOf"]]
    others = [name for name, one in ANSWER["$defs"].items() if name not in kinds and one.get("type") == "object"]
    for name in (*kinds, *others):
        described = ANSWER["$defs"][name]
        yield f"### {'Answer' if name in kinds else 'Part'}: {name}"
        yield from ([_sentence(_marked(described["description"]))] if "description" in described else ())
        yield _table(("field", "form", "meaning"), _fields(described))
    yield "### Forms of fields"
    forms = (
        (f"`{name}`", _json_form(one), _marked(one.get("description", "")))
        for name, one in ANSWER["$defs"].items()
        if name not in kinds and name not in others
    )
    yield _table(("form", "is", "meaning"), forms)


def _fields(described: Schema, path: str = "") -> Iterator[tuple[str, str, str]]:
    """Yield a line for each field of an object, and for the fields of objects within it."""
    for name, field in described["properties"].items():
        one = field if isinstance(field, dict) else {}
        optional = "" if name in described.get("required", ()) else " (may be left out)"
        meant = one.get("description") or ANSWER["$defs"].get(_refers_to(_own(one)), {}).get("description", "")
        yield f"`{path}{name}`", _json_form(one) + optional, _marked(meant)
        items = one.get("items")
        inner = items if isinstance(items, dict) and "properties" in items else one
        if "properties" in inner:
            yield from _fields(inner, f"{path}{name}{'[]' * (inner is not one)}.")


def _own(field: Schema) -> Schema:
    """Return a field without the fields in it: what it refers to itself, alone or in a list."""
    return {key: value for key, value in field.items() if key in ("$ref", "anyOf")}


def _json_form(field: Schema) -> str:
    """Return what a JSON value looks like, in words."""
    if "anyOf" in field:
        return " or ".join(map(_json_form, field["anyOf"]))
    if "$ref" in field:
        name = _refers_to(field)
        is_object = ANSWER["$defs"][name].get("type") == "object"
        return f"[{name}](#{anchor(f'Part: {name}') if is_object else 'forms-of-fields'})"
    if "enum" in field:
        return f"one of {_codes_of(field['enum'])}"
    if "const" in field:
        return f"`{json.dumps(field['const'])}`"
    kinds = field.get("type", "anything")
    if kinds == "array":
        items = field.get("items")
        return f"list of {_json_form(items)}" if isinstance(items, dict) and items else "list"
    told = " or ".join(_KINDS.get(one, one) for one in ([kinds] if isinstance(kinds, str) else kinds))
    return f"{told} like `{field['pattern']}`".replace("|", r"\|") if "pattern" in field else told


_KINDS: Final = {"string": "text", "integer": "whole number", "boolean": "`true` or `false`", "null": "`null`"}
