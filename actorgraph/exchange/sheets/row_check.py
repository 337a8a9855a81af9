"""What is wrong with a row of a sheet, as `check` would see it in a model, before anything is made of the row."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from actorgraph.model.joint import HOLDER
from actorgraph.model.messages import objection
from actorgraph.model.model import Joint, Model
from actorgraph.model.records import Commitment, Header, Source, Stance
from actorgraph.model.rules import actors_are_themselves, amounts_are_counted_once, ends_after_it_begins

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from actorgraph.model.reader import Data

SOURCE: Final = "s"
"""The id under which a record that is checked cites its source."""

_RULES: Final = (ends_after_it_begins, actors_are_themselves, amounts_are_counted_once)
"""What must hold between records, as far as a row can break it by itself."""
_RULED: Final = ("until", "toward", "amount")
"""What a record has where it breaks one of these rules."""
_FIXES: Final = {
    "AG021": "; leave it out of toward",
    "AG027": "; write a row for each, with an amount of its own, or leave the amount out",
}


def record_objection(section: str, body: Mapping[str, Data], actors: Sequence[str], published: str) -> str | None:
    """Return what `check` would say first about a stance or a commitment of some actors; None where that is nothing.

    `published` is when its source came out, as curated.

    >>> body = {"position": "open", "proposal": "p", "date": "2025", "evidence": [{"source": "s"}]}
    >>> record_objection("stances", {**body, "until": "2024"}, ["uk"], "2026")
    "until '2024' does not come after '2025', which is in force from 2025-12-31; until is the first day outside"
    >>> record_objection("stances", body, ["uk"], "2026")
    """
    if reason := objection(section, {**body, HOLDER: actors[0]}):
        return of_amount(reason)
    if not any(key in body for key in _RULED):
        return None
    bodies = [{**body, HOLDER: actor} for actor in actors]
    stances = tuple(Stance.model_validate(alone) for alone in bodies if section == "stances")
    commitments = tuple(Commitment.model_validate(alone) for alone in bodies if section == "commitments")
    model = Model(
        Header(id="sheet", title="Sheet"),
        sources={SOURCE: Source(title=SOURCE, publisher=SOURCE, published=published)},
        stances=stances,
        commitments=commitments,
        joint={record.id: Joint(record.id, tuple(actors)) for record in commitments},
    )
    finding = next((finding for rule in _RULES for finding in rule(model)), None)
    return None if finding is None else f"{finding.message}{_FIXES.get(finding.code, '')}"


def of_amount(reason: str) -> str:
    """Return a reason, if it is of how much an amount is, as who has a column for that understands it.

    >>> of_amount("unit is empty"), of_amount("value '2-5': no digits")
    ('unit is empty', "amount '2-5': no digits; its unit stands under unit, a range under at-least and at-most")
    >>> of_amount("'unit' is missing")
    'its amount has no unit; give it a column that is mapped to unit, or --set unit=…'
    """
    if reason == "'unit' is missing":
        return "its amount has no unit; give it a column that is mapped to unit, or --set unit=…"
    of_value = reason.removeprefix("value ")
    return reason if of_value == reason else f"amount {of_value}; {_BESIDE_AN_AMOUNT}"


_BESIDE_AN_AMOUNT: Final = "its unit stands under unit, a range under at-least and at-most"


def source_objection(details: Mapping[str, Data]) -> str | None:
    """Return what `check` would say first about what a row says of a source; None where that is nothing.

    >>> source_objection({"sha256": "beef"}), source_objection({"reliability": "B"})
    ("sha256 'beef' should be 64 hexadecimal digits", None)
    """
    return objection("sources", {"title": SOURCE, "publisher": SOURCE, "published": "2025", **details})
