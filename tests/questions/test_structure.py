"""How proposals are related: parts and descent at all levels, what entails and excludes what, both ways."""

import pytest

from actorgraph.ledger.store import Ledger
from actorgraph.questions.structure import structure_of


def test_a_proposal_has_its_parts_at_all_levels_and_its_line_of_descent_both_ways(quarry: Ledger) -> None:
    structure = structure_of(quarry, "plan")
    assert [("rail", "plan", 1), ("road", "plan", 1), ("bridge", "road", 2)] == list(structure.parts)
    assert [("first-plan", "plan", 1)] == list(structure.succeeds)
    assert [("last-plan", "plan", 1)] == list(structure.succeeded_by)
    first = structure_of(quarry, "first-plan")
    assert [("plan", "first-plan", 1), ("last-plan", "plan", 2)] == list(first.succeeded_by)
    bridge = structure_of(quarry, "bridge")
    assert [("road", "bridge", 1), ("plan", "road", 2)] == list(bridge.part_of)


@pytest.mark.parametrize(
    ("proposal", "entails", "entailed_by", "excludes"),
    [
        ("bridge", ("tolls",), (), ()),
        ("tolls", (), ("bridge",), ()),
        ("road", (), (), ("rail",)),
        ("rail", (), (), ("road",)),
    ],
)
def test_what_entails_and_excludes_it_is_told_from_both_ends(
    quarry: Ledger, proposal: str, entails: tuple[str, ...], entailed_by: tuple[str, ...], excludes: tuple[str, ...]
) -> None:
    structure = structure_of(quarry, proposal)
    assert (entails, entailed_by, excludes) == (structure.entails, structure.entailed_by, structure.excludes)
