"""Problems as editors and machines read them: JSON, SARIF 2.1.0 and the workflow commands of GitHub."""

import json
import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import Final, NamedTuple
from urllib.parse import quote

from actorgraph.errors import CODES, FIXES, Problem

SARIF_SCHEMA: Final = "https://json.schemastore.org/sarif-2.1.0.json"


class Report(NamedTuple):
    """What a check found: in which models (those that can be used), as of which day, and whether warnings count."""

    models: tuple[str, ...]
    today: str
    strict: bool
    problems: tuple[Problem, ...]
    version: str

    def severity(self, problem: Problem) -> str:
        """Return `error` or `warning`; a strict check has no warnings."""
        return "warning" if problem.warning and not self.strict else "error"

    @property
    def errors(self) -> int:
        """How many problems are errors."""
        return sum(self.severity(one) == "error" for one in self.problems)

    @property
    def warnings(self) -> int:
        """How many problems are warnings."""
        return len(self.problems) - self.errors


def as_text(report: Report) -> str:
    """Return a line for each problem, as file:line:column: CODE message."""
    marks = {"warning": " (warning)", "error": ""}
    return "".join(f"{one}{marks[report.severity(one)]}\n" for one in report.problems)


def as_json(report: Report) -> str:
    """Return a report as JSON: a contract, in problems.schema.json."""
    problems = [
        {
            "code": one.code,
            "severity": report.severity(one),
            "message": one.message,
            "file": one.span.file,
            "line": one.span.line,
            "column": one.span.column,
            "help": section(one.code),
        }
        for one in report.problems
    ]
    told = {
        "models": report.models,
        "today": report.today,
        "strict": report.strict,
        "errors": report.errors,
        "warnings": report.warnings,
        "problems": problems,
    }
    return _dumped(told)


def as_sarif(report: Report) -> str:
    """Return a report as a SARIF 2.1.0 log, with every code as a rule: its meaning, and its usual fix as help.

    Files are named from the current folder, `%SRCROOT%`, or wholly where they lie outside of it. Columns count
    characters.
    """
    order = list(CODES)
    results = [
        {
            "ruleId": one.code,
            "ruleIndex": order.index(one.code),
            "level": report.severity(one),
            "message": {"text": one.message},
            "locations": [
                {
                    "physicalLocation": {
                        "artifactLocation": _artifact(one.span.file),
                        "region": {"startLine": one.span.line, "startColumn": one.span.column},
                    }
                }
            ],
        }
        for one in report.problems
    ]
    driver = {"name": "actorgraph", "semanticVersion": report.version, "rules": [_rule(code) for code in order]}
    run = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}
    return _dumped({"$schema": SARIF_SCHEMA, "version": "2.1.0", "runs": [run]})


def as_github(report: Report) -> str:
    """Return a report as workflow commands, which GitHub shows beside the lines that they are about."""
    lines = (
        f"::{report.severity(one)} file={_property(one.span.file)},line={one.span.line},col={one.span.column}"
        f",title={_property(one.code)}::{_escaped(one.message)}\n"
        for one in report.problems
    )
    return "".join(lines)


FORMATS: Final[dict[str, Callable[[Report], str]]] = {
    "text": as_text,
    "json": as_json,
    "sarif": as_sarif,
    "github": as_github,
}


def section(code: str) -> str:
    """Return where the docs tell of a code: a page and the anchor that GitHub gives its heading.

    >>> section("AG015")
    'docs/problems.md#ag015-a-date-that-is-not-one'
    """
    heading = f"{code}: {CODES[code]}".lower()
    return f"docs/problems.md#{re.sub('[^a-z0-9 _-]', '', heading).replace(' ', '-')}"


def _rule(code: str) -> dict[str, object]:
    meaning = CODES[code].removesuffix(" (a warning)")
    text = f"{FIXES[code]} More in {section(code)}."
    return {
        "id": code,
        "shortDescription": {"text": meaning[0].upper() + meaning[1:]},
        "help": {"text": text, "markdown": text},
        "defaultConfiguration": {"level": "warning" if meaning != CODES[code] else "error"},
    }


def _artifact(file: str) -> dict[str, str]:
    if os.path.isabs(file):
        return {"uri": f"file://{quote(Path(file).as_posix())}"}
    return {"uri": quote(Path(file).as_posix()), "uriBaseId": "%SRCROOT%"}


def _escaped(text: str) -> str:
    """Return a text as the message of a workflow command."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    """Return a text as a property of a workflow command."""
    return _escaped(text).replace(":", "%3A").replace(",", "%2C")


def _dumped(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"
