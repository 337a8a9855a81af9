"""How a sound file is written: the way to each of its scalars, and the look of its sections."""

from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from actorgraph.model.reader import Loc, Token, line_at, tokens


class Section(NamedTuple):
    """How a section is written: the line of its key (from 1), whether in brackets, and whether it is empty."""

    line: int
    brackets: bool
    empty: bool


def sections(text: str) -> dict[str, Section]:
    r"""Return how each section of a text that `parse` reads without a problem is written, in the order of the file.

    >>> sections("model: {id: a}\nactors: # none yet\nstances:\n  - {actor: a}")["stances"]
    Section(line=3, brackets=False, empty=False)
    """
    written: dict[str, Section] = {}
    depth = 0
    key: Token | None = None
    for token, following in pairwise(tokens(text)):
        opens = token.kind in {"mapping", "list"}
        if depth == 1 and key is None:
            key = token
        elif depth == 1 and key is not None:
            written[key.value] = Section(line_at(text, key.start), token.flow, not opens or following.kind == "end")
            key = None
        depth += opens - (token.kind == "end")
    return written


def scalars(text: str) -> Iterator[tuple[Loc, bool, Token]]:
    """Yield every scalar of a text that `parse` reads without a problem: the way to it, and whether it is a key.

    >>> [(loc, is_key, token.value) for loc, is_key, token in scalars("uk: [GB]")]
    [(('uk',), True, 'uk'), (('uk', 0), False, 'GB')]
    """
    way: list[str | int | None] = []  # in each open collection the key, None before it, or the index of an item
    for token in tokens(text):
        if token.kind == "end":
            way.pop()
        elif way and way[-1] is None:
            way[-1] = token.value
            yield tuple(part for part in way if part is not None), True, token
            continue
        elif token.kind == "scalar":
            yield tuple(part for part in way if part is not None), False, token
        else:
            way.append(None if token.kind == "mapping" else 0)
            continue
        if way:  # a value is complete
            way[-1] = way[-1] + 1 if isinstance(way[-1], int) else None
