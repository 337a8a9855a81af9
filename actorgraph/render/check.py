"""Problems as people read them, and editors and machines: JSON, SARIF 2.1.0 and the workflow commands of GitHub."""

import json
import os
import re
from collections import Counter
from collections.abc import Callable, Sequence
from functools import partial
from itertools import accumulate
from pathlib import Path
from textwrap import fill
from typing import Final, NamedTuple
from urllib.parse import quote

from actorgraph.errors import Problem
from actorgraph.problem_codes import CODES
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


def as_lines(report: Report) -> str:
    """Return a line for each problem, as file:line:column: CODE message."""
    return "".join(map(partial(_line, report), report.problems))


def as_text(report: Report) -> str:
    """Return a line for each problem; of warnings that only repeat the first of them, and a line that names the others.

    An error is never left out: each has its own fix, and the model cannot be used before.
    """
    alike: dict[tuple[str, str], list[Problem]] = {}
    for problem in report.problems:
        alike.setdefault((problem.code, _without_values(problem.message)), []).append(problem)
    lines: list[str] = []
    for problem in report.problems:
        group = alike[problem.code, _without_values(problem.message)]
        if len(group) < _REPEATS or not problem.warning:
            lines.append(_line(report, problem))
        elif problem is group[0]:
            lines += [_line(report, problem), _others(group)]
    return "".join(lines)


_REPEATS: Final = 5
"""From so many warnings on that say the same, only the first is printed with its place."""

_VALUE: Final = re.compile(r"'.*?'(?!\w)|\d[\d/-]*")
_INDENT: Final = "    "
_ROOM: Final = 100
"""How many letters the names of the others may take: two lines with all that stands around them."""


def _line(report: Report, problem: Problem) -> str:
    return f"{problem.marked(is_warning=report.severity(problem) == 'warning')}\n"


def _without_values(message: str) -> str:
    """Return what a message says of whatever it says it.

    >>> _without_values("nothing refers to the actor 'italy'")
    'nothing refers to the actor …'
    """
    return _VALUE.sub("…", message)


def _others(group: Sequence[Problem]) -> str:
    """Return lines of 80 columns for all but the first: how many there are, and what or where the first of them are."""
    names = _what_differs(group) or [f"{Path(other.span.file).name}:{other.span.line}" for other in group[1:]]
    lengths = accumulate(len(name) + len(", ") for name in names)
    shown = names[: max(sum(length <= _ROOM for length in lengths), 1)]
    rest = ["…"] if len(shown) < len(names) else []
    text = f"and {len(names):,} more like it: {', '.join(shown + rest)} (--all lists them)"
    return fill(text, 80, initial_indent=_INDENT, subsequent_indent=_INDENT, break_on_hyphens=False) + "\n"


def _what_differs(group: Sequence[Problem]) -> list[str]:
    """Return, for each message but the first, the first value in it that not all of them have; none where all agree."""
    values = list(zip(*(_VALUE.findall(problem.message) for problem in group), strict=False))
    return next((list(each[1:]) for each in values if len(set(each)) > 1), [])


def total_line(report: Report) -> str:
    """Return how many errors and warnings there are, and of which codes where there are many."""
    line = f"{report.today}: {counted(report.errors, 'error')}, {counted(report.warnings, 'warning')}"
    codes = Counter(problem.code for problem in report.problems)
    if len(report.problems) <= _MANY or len(codes) == 1:
        return line
    ranked = sorted(codes.items(), key=lambda entry: (-entry[1], entry[0]))
    return f"{line} ({', '.join(f'{code} {number:,}' for code, number in ranked)})"


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
