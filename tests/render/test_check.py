"""Problems as editors and machines read them."""

import json
import re
from pathlib import Path
from typing import Any

import jsonschema
import pytest

import actorgraph
from actorgraph.errors import Problem, Span
from actorgraph.problem_codes import CODES
from actorgraph.questions.check import check_all
from actorgraph.render.check import (
    FORMATS,
    Report,
    as_github,
    as_json,
    as_lines,
    as_sarif,
    as_text,
    section,
    total_line,
)

PROBLEMS = (
    Problem("AG012", "unknown actor 'ngo, b' (did you mean 'ngo-a'?)", Span("graphs/x y/100%.yaml", 14, 5)),
    Problem("AG103", "nothing cites the source 'b'", Span("/elsewhere/s:é.yaml", 2, 1)),
)
SCHEMA = json.loads((Path(actorgraph.__file__).parent / "problems.schema.json").read_text(encoding="utf-8"))

_TEXT = {"type": "object", "required": ["text"], "properties": {"text": {"type": "string", "minLength": 1}}}
_LEVEL = {"enum": ["none", "note", "warning", "error"]}
_ARTIFACT = {
    "type": "object",
    "additionalProperties": False,
    "required": ["uri"],
    "properties": {
        "uri": {"type": "string", "pattern": r"^[A-Za-z0-9._~:/?#@!$&'()*+,;=%\[\]-]+$"},
        "uriBaseId": {"type": "string"},
    },
}
_PLACE = {
    "type": "object",
    "additionalProperties": False,
    "required": ["physicalLocation"],
    "properties": {
        "physicalLocation": {
            "type": "object",
            "additionalProperties": False,
            "required": ["artifactLocation", "region"],
            "properties": {
                "artifactLocation": _ARTIFACT,
                "region": {
                    "type": "object",
                    "additionalProperties": False,
                    "properties": {
                        "startLine": {"type": "integer", "minimum": 1},
                        "startColumn": {"type": "integer", "minimum": 1},
                    },
                },
            },
        }
    },
}
_RESULT = {
    "type": "object",
    "additionalProperties": False,
    "required": ["message"],
    "properties": {
        "ruleId": {"type": "string"},
        "ruleIndex": {"type": "integer", "minimum": 0},
        "level": _LEVEL,
        "message": _TEXT,
        "locations": {"type": "array", "items": _PLACE},
    },
}
_RULE = {
    "type": "object",
    "additionalProperties": False,
    "required": ["id"],
    "properties": {
        "id": {"type": "string"},
        "shortDescription": _TEXT,
        "help": {**_TEXT, "properties": {"text": {"type": "string"}, "markdown": {"type": "string"}}},
        "defaultConfiguration": {"type": "object", "properties": {"level": _LEVEL}},
    },
}
_DRIVER = {
    "type": "object",
    "additionalProperties": False,
    "required": ["name"],
    "properties": {
        "name": {"type": "string"},
        "semanticVersion": {"type": "string"},
        "rules": {"type": "array", "uniqueItems": True, "items": _RULE},
    },
}
_RUN = {
    "type": "object",
    "additionalProperties": False,
    "required": ["tool"],
    "properties": {
        "tool": {"type": "object", "required": ["driver"], "properties": {"driver": _DRIVER}},
        "columnKind": {"enum": ["utf16CodeUnits", "unicodeCodePoints"]},
        "results": {"type": "array", "items": _RESULT},
    },
}
SARIF = {
    "type": "object",
    "additionalProperties": False,
    "required": ["version", "runs"],
    "properties": {
        "$schema": {"type": "string"},
        "version": {"const": "2.1.0"},
        "runs": {"type": "array", "items": _RUN},
    },
}
"""What SARIF 2.1.0 (OASIS, sections 3.13 to 3.49) says of the parts that we write."""


def report(*, strict: bool = False, problems: tuple[Problem, ...] = PROBLEMS) -> Report:
    return Report(("m",), "2026-06-01", strict, problems, "1.2.3")


def test_text() -> None:
    lines = "{}\n/elsewhere/s:é.yaml:2:1: AG103 nothing cites the source 'b'{}\n"
    first = "graphs/x y/100%.yaml:14:5: AG012 unknown actor 'ngo, b' (did you mean 'ngo-a'?)"
    assert lines.format(first, " (warning)") == as_text(report())
    assert lines.format(first, "") == as_text(report(strict=True))


def unused(number: int, code: str = "AG104") -> Problem:
    return Problem(code, f"nothing refers to the actor 'land-{number}'", Span("m.yaml", 10 + number, 3))


@pytest.mark.parametrize("strict", [False, True])
def test_warnings_that_repeat_are_told_once(*, strict: bool) -> None:
    many = report(strict=strict, problems=(PROBLEMS[0], *map(unused, range(57)), PROBLEMS[1]))
    first, second, *others, last = as_text(many).splitlines()
    assert (as_lines(report(strict=strict)).splitlines()) == [first, last]
    assert second.startswith("m.yaml:10:3: AG104 nothing refers to the actor 'land-0'")
    assert (
        "    and 56 more like it: 'land-1', 'land-2', 'land-3', 'land-4', 'land-5',\n"
        "    'land-6', 'land-7', 'land-8', 'land-9', … (--all lists them)"
    ) == "\n".join(others)
    assert 59 == len(as_lines(many).splitlines()) == as_github(many).count("\n")
    assert total_line(many).endswith("(AG104 57, AG012 1, AG103 1)")


def test_few_warnings_are_told_one_by_one_and_errors_always() -> None:
    few = report(problems=tuple(map(unused, range(4))))
    assert as_lines(few) == as_text(few)
    errors = report(problems=tuple(unused(number, "AG012") for number in range(9)))
    assert as_lines(errors) == as_text(errors)


def test_of_warnings_with_the_same_words_the_places_are_told() -> None:
    bare = tuple(Problem("AG109", "this evidence has no credibility, 1 to 6", Span("a/m.yaml", n, 5)) for n in range(5))
    assert "    and 4 more like it: m.yaml:1, m.yaml:2, m.yaml:3, m.yaml:4 (--all lists\n    them)" in as_text(
        report(problems=bare)
    )


def test_a_name_with_an_apostrophe_repeats_like_any_other() -> None:
    names = ("it's", "b'c d", "x", "y", "z")
    alike = tuple(Problem("AG103", f"nothing cites '{name}'", Span("m.yaml", n)) for n, name in enumerate(names, 1))
    assert 2 == len(as_text(report(problems=alike)).splitlines())


def test_many_problems_are_counted_by_their_codes() -> None:
    assert "2026-06-01: 1 error, 1 warning" == total_line(report())
    many = [problem._replace(span=Span("a.yaml", line)) for line in range(1, 8) for problem in PROBLEMS]
    many.append(Problem("AG107", "'2027' lies in the future", Span("a.yaml")))
    ranked = total_line(report(problems=tuple(many))).partition("(")[2].rstrip(")").split(", ")
    assert ["AG012 7", "AG103 7", "AG107 1"] == ranked


def test_json_is_a_contract() -> None:
    content = json.loads(as_json(report()))
    jsonschema.validate(content, SCHEMA)
    assert (1, 1, False) == (content["errors"], content["warnings"], content["strict"])
    assert {
        "code": "AG103",
        "severity": "warning",
        "message": "nothing cites the source 'b'",
        "file": "/elsewhere/s:é.yaml",
        "line": 2,
        "column": 1,
        "help": "docs/problems.md#ag103-a-source-that-nothing-cites-a-warning",
    } == content["problems"][1]
    strict = json.loads(as_json(report(strict=True)))
    assert (2, 0, "error") == (strict["errors"], strict["warnings"], strict["problems"][1]["severity"])


def test_github_as_its_documentation_escapes() -> None:
    assert (
        "::error file=graphs/x y/100%25.yaml,line=14,col=5,title=AG012::"
        "unknown actor 'ngo, b' (did you mean 'ngo-a'?)\n"
        "::warning file=/elsewhere/s%3Aé.yaml,line=2,col=1,title=AG103::nothing cites the source 'b'\n"
    ) == as_github(report())
    odd = Problem("AG012", "100%\r\n::error::", Span("a,b.yaml"))
    assert "::error file=a%2Cb.yaml,line=1,col=1,title=AG012::100%25%0D%0A::error::\n" == as_github(
        report(problems=(odd,))
    )


def sarif(log: str) -> Any:
    """Return the run of a SARIF log that keeps to the standard."""
    content = json.loads(log)
    jsonschema.validate(content, SARIF)
    (run,) = content["runs"]
    rules = run["tool"]["driver"]["rules"]
    assert all(result["ruleId"] == rules[result["ruleIndex"]]["id"] for result in run["results"])
    return run


def test_sarif() -> None:
    run = sarif(as_sarif(report()))
    assert list(CODES) == [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    assert ["error", "warning"] == [result["level"] for result in run["results"]]
    assert [
        {"uri": "graphs/x%20y/100%25.yaml", "uriBaseId": "%SRCROOT%"},
        {"uri": "file:///elsewhere/s%3A%C3%A9.yaml"},
    ] == [result["locations"][0]["physicalLocation"]["artifactLocation"] for result in run["results"]]
    assert {"startLine": 14, "startColumn": 5} == run["results"][0]["locations"][0]["physicalLocation"]["region"]
    assert ["error", "error"] == [result["level"] for result in sarif(as_sarif(report(strict=True)))["results"]]


def test_a_rule_brings_its_fix_and_where_the_docs_say_more() -> None:
    for rule in sarif(as_sarif(report()))["tool"]["driver"]["rules"]:
        assert (
            f"{CODES[rule['id']].fix} More in {section(rule['id'])}."
            == rule["help"]["text"]
            == rule["help"]["markdown"]
        )
        level = "warning" if rule["id"].startswith("AG1") else "error"
        assert level == rule["defaultConfiguration"]["level"]


@pytest.mark.parametrize("style", FORMATS)
def test_no_problems(style: str) -> None:
    text = FORMATS[style](report(problems=()))
    assert ("" if style in {"text", "github"} else "{") == text[:1]


@pytest.mark.parametrize("code", CODES)
def test_help_leads_to_a_heading(code: str) -> None:
    """An anchor is a heading in lower case, without punctuation, with hyphens for spaces."""
    headings = re.findall(r"^## (.*)$", Path("docs/problems.md").read_text(encoding="utf-8"), flags=re.MULTILINE)
    anchors = {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}
    assert section(code).removeprefix("docs/problems.md#") in anchors


def test_every_bad_file_makes_a_sound_log() -> None:
    for path in sorted(Path("tests/bad").glob("*.yaml")):
        checked = check_all([path], today="2026-06-01")
        of_file = report(problems=checked.problems)
        assert len(checked.problems) == len(sarif(as_sarif(of_file))["results"]) == as_github(of_file).count("\n")
        jsonschema.validate(json.loads(as_json(of_file)), SCHEMA)
