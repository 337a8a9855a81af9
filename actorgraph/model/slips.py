"""What most often lies behind the words in which libyaml refuses a text: the slip of whoever typed it."""

import re
from typing import Final

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
}
"""The likely fix, by libyaml's words."""

_SLIPS: Final = (
    (re.compile(r"[ \t]*[\u00a0\u2000-\u200b\u202f\u3000]\s*\S"), "is indented with spaces that are none to YAML"),
    (re.compile(r" *-[a-z][a-z-]*:(?: |$)"), "needs a space behind its '-'"),
    (re.compile(r" *(?:- +)?[a-z]+(?:-[a-z]+)*:[^\s:/]"), "needs a space behind its ':'"),
)
"""How a line begins that explains why libyaml refuses it, or the next one."""


def likely_fix(words: str, text: str, line: int) -> str:
    r"""Return the likely fix of what libyaml refuses in a line of a text (counted from 0), in brackets, or nothing.

    >>> likely_fix("mapping values are not allowed in this context", "stances:\n  -actor: uk\n   position: open", 2)
    " (line 2 needs a space behind its '-')"
    >>> likely_fix("found a tab character", "actors:\n\tuk:", 1)
    ' (indent with spaces)'
    """
    lines = LINE_END.split(text)
    for number in (line - 1, line):
        if 0 <= number < len(lines):
            for begin, slip in _SLIPS:
                if begin.match(lines[number]):
                    return f" (line {number + 1} {slip})"
    return "".join(f" ({fix})" for known, fix in _FIXES.items() if known in words)
