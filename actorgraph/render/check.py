"""Problems as editors and machines read them: JSON, SARIF 2.1.0 and the workflow commands of GitHub."""

import json
import os
import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Final, NamedTuple
from urllib.parse import quote

from actorgraph.errors import CODES, Problem
from actorgraph.vocabulary import counted

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
        return sum(self.severity(problem) == "error" for problem in self.problems)

    @property
    def warnings(self) -> int:
        """How many problems are warnings."""
        return len(self.problems) - self.errors


def as_text(report: Report) -> str:
    """Return a line for each problem, as file:line:column: CODE message."""
    marks = {"warning": " (warning)", "error": ""}
    return "".join(f"{problem}{marks[report.severity(problem)]}\n" for problem in report.problems)


def total_line(report: Report) -> str:
    """Return how many errors and warnings there are, and of which codes where there are many."""
    line = f"{report.today}: {counted(report.errors, 'error')}, {counted(report.warnings, 'warning')}"
    codes = Counter(problem.code for problem in report.problems)
    if len(report.problems) <= _MANY or len(codes) == 1:
        return line
    ranked = sorted(codes.items(), key=lambda entry: (-entry[1], entry[0]))
    return f"{line} ({', '.join(f'{code} {number}' for code, number in ranked)})"


_MANY: Final = 10
"""More problems than this are counted by their codes."""


def as_json(report: Report) -> str:
    """Return a report as JSON: a contract, in problems.schema.json."""
    problems = [
        {
            "code": problem.code,
            "severity": report.severity(problem),
            "message": problem.message,
            "file": problem.span.file,
            "line": problem.span.line,
            "column": problem.span.column,
            "help": section(problem.code),
        }
        for problem in report.problems
    ]
    content = {
        "models": report.models,
        "today": report.today,
        "strict": report.strict,
        "errors": report.errors,
        "warnings": report.warnings,
        "problems": problems,
    }
    return _dumped(content)


def as_sarif(report: Report) -> str:
    """Return a report as a SARIF 2.1.0 log, with every code as a rule: its meaning, and its usual fix as help.

    Files are named from the current folder, `%SRCROOT%`, or wholly where they lie outside of it. Columns count
    characters.
    """
    order = list(CODES)
    results = [
        {
            "ruleId": problem.code,
            "ruleIndex": order.index(problem.code),
            "level": report.severity(problem),
            "message": {"text": problem.message},
            "locations": [
                {
                    "physicalLocation": {
                        "artifactLocation": _artifact(problem.span.file),
                        "region": {"startLine": problem.span.line, "startColumn": problem.span.column},
                    }
                }
            ],
        }
        for problem in report.problems
    ]
    driver = {"name": "actorgraph", "semanticVersion": report.version, "rules": [_rule(code) for code in order]}
    run = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}
    return _dumped({"$schema": SARIF_SCHEMA, "version": "2.1.0", "runs": [run]})


def as_github(report: Report) -> str:
    """Return a report as workflow commands, which GitHub shows beside the lines that they are about."""
    return "".join(_workflow_command(problem, report.severity(problem)) for problem in report.problems)


def _workflow_command(problem: Problem, severity: str) -> str:
    place = f"file={_property(problem.span.file)},line={problem.span.line},col={problem.span.column}"
    return f"::{severity} {place},title={_property(problem.code)}::{_escaped(problem.message)}\n"


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
    heading = f"{code}: {CODES[code].title}".lower()
    return f"docs/problems.md#{re.sub('[^a-z0-9 _-]', '', heading).replace(' ', '-')}"


def _rule(code: str) -> dict[str, object]:
    meaning = CODES[code].meaning
    text = f"{CODES[code].fix} More in {section(code)}."
    return {
        "id": code,
        "shortDescription": {"text": meaning[0].upper() + meaning[1:]},
        "help": {"text": text, "markdown": text},
        "defaultConfiguration": {"level": "warning" if CODES[code].is_warning else "error"},
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
