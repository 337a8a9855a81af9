"""The words that the page has from Python: positions, changes, ties, grades, views, columns. No script repeats them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, get_args

from actorgraph.explorer.card_picture import LAYOUT
from actorgraph.questions.cells import ROW_COLUMNS
from actorgraph.questions.diff import Changes
from actorgraph.questions.kinds_of_change import MIRROR
from actorgraph.questions.versions import Versions
from actorgraph.render.phrases import CHAIN, GRADES, OF_A_PART
from actorgraph.render.who import PERSONS_SILENT, SILENCE, nobody_silent
from actorgraph.vocabulary import (
    CREDIBILITY,
    IN_A_SENTENCE,
    LADDER,
    LINEUP,
    NOT,
    POSITIONS,
    REFUSALS,
    RELATIONS,
    RELIABILITY,
    SAID_BY_HEADING,
    SCALE,
    STAGES,
    THEMES,
    UNDERTAKINGS,
    VIEWS,
    WEAK_GRADES,
    ActorKind,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

TIES: Final[Mapping[str, tuple[str, str]]] = {
    **RELATIONS,
    "part-of": ("is part of", "comprises"),
    "entails": ("entails", "is entailed by"),
    "excludes": ("excludes", "excludes"),
    "succeeds": ("succeeds", "is succeeded by"),
    "by": ("was put forward by", "put forward"),
}
"""A tie as read from either end."""


def page_words() -> dict[str, Any]:
    """Return the vocabulary that the page shares with Python, by what the scripts call it."""
    return {
        "positions": POSITIONS,
        "stages": STAGES,
        "in_a_sentence": IN_A_SENTENCE,
        "columns": LINEUP,
        "said_by_heading": SAID_BY_HEADING,
        "card": LAYOUT,
        "grades": GRADES,
        "scale": SCALE,
        "ladder": LADDER,
        "refusals": sorted(REFUSALS),
        "undertakings": sorted(UNDERTAKINGS),
        "changes": list(MIRROR),
        "chain": CHAIN,
        "ties": TIES,
        "reliability": RELIABILITY,
        "credibility": CREDIBILITY,
        "weak_grades": WEAK_GRADES,
        "kinds": [*get_args(ActorKind), "proposal"],
        "of_a_part": OF_A_PART,
        "silence": SILENCE,
        "persons_silent": PERSONS_SILENT,
        "nobody_silent": nobody_silent({}),
        "not": NOT,
        "views": VIEWS,
        "themes": THEMES,
        "row_columns": ROW_COLUMNS,
        "change_columns": Changes.COLUMNS,
        "version_columns": Versions.COLUMNS,
    }
