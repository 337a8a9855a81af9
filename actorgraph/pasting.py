"""Commands that readers paste into a shell."""

import re
import shlex
from collections.abc import Iterable, Mapping


def as_typed(words: Iterable[str]) -> str:
    r"""Return words as one types them, so that bash, zsh and fish read the same where they are pasted.

    What `shlex.join` gives is for the first: zsh takes `=word` for the path of a command, fish `%self` for a process,
    and fish reads a backslash within single quotes, too, before another one or before a quotation mark.

    >>> print(as_typed(["add", "a b", "it's", "=x", "C:\\"]))
    add 'a b' 'it'"'"'s' '=x' 'C:'"\\"
    """
    return " ".join(map(_typed, words))


def options_as_typed(given: Mapping[str, str | bool | Iterable[str] | None]) -> list[str]:
    """Return options, by their names, as the words that one types: none for None and False, each of several by itself.

    >>> options_as_typed({"model": None, "kind": "state", "stated": True, "without": ("a", "b")})
    ['--kind', 'state', '--stated', '--without', 'a', '--without', 'b']
    """
    words: list[str] = []
    for name, value in given.items():
        if isinstance(value, bool):
            words += [f"--{name}"] * value
        elif value is not None:
            several = (value,) if isinstance(value, str) else value
            words += [word for text in several for word in (f"--{name}", text)]
    return words


def _typed(word: str) -> str:
    if re.search(r"\\(?:[\\']|$)", word):
        parts = filter(None, re.split(r"(\\+)", word))
        return "".join(f'"{part * 2}"' if part[0] == "\\" else _in_single_quotes(part) for part in parts)
    return _in_single_quotes(word) if word.startswith(("=", "%")) else shlex.quote(word)


def _in_single_quotes(text: str) -> str:
    inner = text.replace("'", "'\"'\"'")
    return f"'{inner}'"
