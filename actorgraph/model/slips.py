"""What most often lies behind the words in which libyaml refuses a text: the slip of whoever typed it."""

import re
from typing import Any, Final

from actorgraph.names import LINE_END

_FIXES: Final = {
    "mapping values are not allowed": "a text with ': ' in it needs quotes; the keys of a mapping begin in one column",
    "cannot start any token": "indent with spaces; quote a text that starts with @, ` or %",
    "tab character": "indent with spaces",
    "expected key": "the keys of a mapping begin in one column; quote a whole text or none of it",
    "expected '-'": "the items of a list begin in one column, and the keys of each in another; close no bracket twice",
    "sequence entries are not allowed": "quote a text that starts with '- '; each item of a list has its own line",
    "expected ','": "close every bracket; quote a text with a comma or a bracket in it",
    "expected node content": "close every bracket",
    "not find expected ':'": "a key needs ': ' behind it",
    "unexpected ':'": "a key needs a space behind its ':'",
    "end of stream": "close the quote",
    "<document start>": "nothing may follow the end of the document, '...'",
    "unknown directive": "no line may start with %",
    "scanning an alias": "quote a text that starts with *; an item of a list begins with '- '",
    "scanning an anchor": "quote a text that starts with &",
    "mapping keys are not allowed": "quote a text that starts with '? '",
    "unknown escape": "between double quotes a \\ is written twice; between single quotes it stands alone",
}
"""The likely fix, by libyaml's words."""

_KEY: Final = "[a-z]+(?:-[a-z]+)*"
_SLIPS: Final = (
    (re.compile(r"[ \t]*[\u00a0\u2000-\u200b\u202f\u3000]\s*\S"), "is indented with spaces that are none to YAML"),
    (
        re.compile(rf" *(?:- +)?{_KEY}:[\u00a0\u2000-\u200b\u202f\u3000]"),
        "has a space that is none to YAML behind its ':'",
    ),
    (re.compile(r" *[\u2010-\u2015\u2022\u2212\u2023\u25e6\u00b7] "), "begins an item with a sign that is no '-'"),
    (
        re.compile(r"(?:<{7}|={7}|>{7}|\|{7})(?: |$)"),
        "is a mark that a merge left; keep what is right, and none of the marks",
    ),
    (re.compile(r" *-[a-z][a-z-]*:(?: |$)"), "needs a space behind its '-'"),
    (re.compile(rf" *(?:- +)?{_KEY}:[^\s:/]"), "needs a space behind its ':'"),
    (re.compile(r" *(?:- +)?[a-z0-9]+(?:-[a-z0-9]+)* ?\{"), "needs ': ' before its '{'"),
)
"""How a line begins that explains why libyaml refuses it, or the next one."""


_BEGINS_THERE: Final = ("scanning a simple key", "scanning a quoted scalar")
"""What libyaml was about where the slip stands at its begin, and not where it was refused, which may be far below."""


def reason(error: Any, text: str) -> str:
    """Return libyaml's own words about a text, with where it began and the likely fix."""
    words = " ".join(filter(None, (error.problem, error.context)))
    start, place = error.context_mark, error.problem_mark
    if start is not None and place is not None and start.line != slip_of(error).line:
        words += f" that starts in line {start.line + 1}"
    return words + (
        likely_fix(words, text, 0, 0) if place is None else likely_fix(words, text, place.line, place.index)
    )


def slip_of(error: Any) -> Any:
    """Return the mark of the slip that libyaml stumbled over: its own, or of a key or a quote where that begins."""
    is_begin = any(words in (error.context or "") for words in _BEGINS_THERE)
    return error.context_mark if is_begin and error.context_mark is not None else error.problem_mark


def likely_fix(words: str, text: str, line: int, index: int) -> str:
    r"""Return the likely fix of what libyaml refuses in a line, and at a letter, of a text, in brackets, or nothing.

    Both are counted from 0.

    >>> text = "stances:\n  -actor: uk\n   position: open"
    >>> likely_fix("mapping values are not allowed in this context", text, 2, text.index(": open"))
    " (line 2 needs a space behind its '-')"
    >>> likely_fix("found a tab character", "actors:\n\tuk:", 1, 9)
    ' (indent with spaces)'
    """
    lines = LINE_END.split(text)
    if "cannot start any token" in words and "\t" in _begin_of(lines, line):
        return f" (line {line + 1} begins with a tab; indent with spaces)"
    if "expected key" in words and (opened := _line_of_quote(text[:index].rstrip())) not in (None, line):
        return f" (the quote that opens in line {opened + 1} is closed here; close it there)"
    for number in (line - 1, line):
        if 0 <= number < len(lines):
            for begin, slip in _SLIPS:
                if begin.match(lines[number]):
                    return f" (line {number + 1} {slip})"
    return "".join(f" ({fix})" for known, fix in _FIXES.items() if known in words)


def _begin_of(lines: list[str], number: int) -> str:
    """Return the blanks with which a line begins, empty for one that is not there."""
    line = lines[number] if number < len(lines) else ""
    return line[: len(line) - len(line.lstrip())]


def _line_of_quote(text: str) -> int | None:
    """Return the line, counted from 0, of the quote that a text's last letter closes; None where that is no quote."""
    mark = text[-1:]
    opens = text.rfind(mark, 0, len(text) - 1) if mark in ("'", '"') else -1
    return None if opens < 0 else len(LINE_END.findall(text, 0, opens))
