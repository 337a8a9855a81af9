"""Where in what comes in the records stand that would break a model."""

from __future__ import annotations

import os
from bisect import bisect_right
from operator import itemgetter
from typing import TYPE_CHECKING

from actorgraph.errors import errors_among
from actorgraph.model.reader import Places

if TYPE_CHECKING:
    from collections.abc import Iterator

    from actorgraph.errors import Problem
    from actorgraph.exchange.importing.incoming import Origin
    from actorgraph.exchange.importing.merge import Merge
    from actorgraph.model.reader import Loc


def placed_errors(merge: Merge) -> Iterator[tuple[Origin | None, Problem]]:
    """Yield each problem that is no warning, with the place from which its record comes, None where that is unknown.

    Nothing is written where there are errors: the place in a file that a problem names is nowhere to be seen.
    """
    texts = {replacement.path: replacement.new for replacement in merge.replacements}
    starts: dict[str, list[tuple[int, Loc]]] = {}
    for problem in errors_among(merge.problems):
        path = os.path.realpath(problem.span.file)
        if path not in starts:
            starts[path] = _starts(texts.get(path, b"").decode(), path)
        at = bisect_right(starts[path], problem.span.line, key=itemgetter(0))
        way = starts[path][at - 1][1] if at else ()
        yield merge.places.get((path, str(way[0]), way[1])) if len(way) > 1 else None, problem


def _starts(text: str, path: str) -> list[tuple[int, Loc]]:
    """Return on which lines the sections and the records of a file begin, in their order."""
    values = Places(text, path).values.items()
    return sorted((span.line, loc) for loc, span in values if 1 <= len(loc) <= 2)
