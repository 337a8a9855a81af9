"""To whom and what a question was narrowed, in words, for the line under its title."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from actorgraph.render.wrapping import isolated

if TYPE_CHECKING:
    from collections.abc import Mapping

    from actorgraph.questions.envelope import About

PLURAL: Final = {"state": "states", "organisation": "organisations", "coalition": "coalitions", "person": "persons"}
"""Several actors of a kind."""


def narrowed_to(query: Mapping[str, Any], about: About) -> list[str]:
    """Return to whom and what a question was narrowed, part by part; nothing where it was not.

    >>> from actorgraph import everything, load
    >>> answer = everything(load("examples/minimal.yaml"), as_of="2026-06", kind="organisation,state")
    >>> narrowed_to(answer.query, answer.about)
    ['only states and organisations']
    """
    parts = []
    if "kind" in query:
        *most, last = [PLURAL[kind] for kind in query["kind"].split(",")]
        parts.append(f"only {' and '.join(filter(None, (', '.join(most), last)))}")
    if "group" in query:
        parts.append(f"only members of {isolated(about.actors[query['group']])}")
    if "tag" in query:
        parts.append(f"only proposals tagged {isolated(query['tag'])}")
    if "parts" in query:
        parts.append("with all parts")
    return parts
