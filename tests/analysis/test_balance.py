"""Structural balance of a day: its ties, its camps, and what they rest on."""

import pickle
from pathlib import Path

import pytest
from tied import model_of

from actorgraph.analysis.balance import balance
from actorgraph.analysis.camps.signed_graph import CampsOfPart
from actorgraph.ledger.load import load

HARBOUR = {
    "ada": "++.",
    "bor": "+-+",
    "cup": "-++",
    "dov": "...",
}
"""Ada agrees with Bor on p and parts on q: no tie. Ada parts with Cup on p, and agrees on q. Bor and Cup: −, −, +."""


def test_the_ties_of_a_day(tmp_path: Path) -> None:
    path = tmp_path / "m.yaml"
    path.write_text(model_of(HARBOUR), encoding="utf-8")
    answer = balance(load(path), as_of="2024-06")
    (tie,) = answer.ties
    assert (tie.source, tie.target, tie.sign, tie.shared) == ("bor", "cup", -1, 3)
    assert (tie.agree, tie.part, tie.against) == (1, 2, False)
    assert (answer.agree_on(tie), answer.part_on(tie)) == (("r",), ("p", "q"))
    assert answer.records_behind(tie) == tuple(f"{actor}.{key}.2024-01-01" for key in "pqr" for actor in ("bor", "cup"))
    assert (answer.even, answer.on_one, answer.others) == (2, 0, 1)
    assert (answer.structure.share, answer.structure.frustration, answer.structure.exact) == (None, 0, True)
    assert answer.structure.camps == (CampsOfPart(("bor",), ("cup",)),)


def test_the_two_camp_index_of_a_day(tmp_path: Path) -> None:
    """Of seven pairs of positions, two of three agree or part for two pairs, and Bor and Cup part on two of three."""
    path = tmp_path / "m.yaml"
    path.write_text(model_of(HARBOUR), encoding="utf-8")
    index = balance(load(path), as_of="2024-06").two_camps
    assert (index.value, index.bound, index.exact, index.compared) == (0.1429, 0.1429, True, 7), "a seventh"
    assert {"bor", "cup"} not in [set(camp) for part in index.camps for camp in part]


@pytest.mark.parametrize("levels", ["binary", "scale"])
def test_what_a_tie_rests_on_is_read_out_of_what_is_held(tmp_path: Path, levels: str) -> None:
    """Each position stands in it once, with its records, and the numbers of each tie are those of its proposals."""
    path = tmp_path / "m.yaml"
    path.write_text(model_of({"ada": "++o~", "bor": "s-++", "cup": "-~++", "dov": "...."}), encoding="utf-8")
    answer = balance(load(path), as_of="2024-06", levels=levels)
    assert list(answer.held) == ["ada", "bor", "cup"]
    held = answer.held["ada"]["r"]
    assert {"position": "open", "records": ("ada.r.2024-01-01",)} == held._asdict()
    assert held.behind == pickle.loads(pickle.dumps(held)).behind  # noqa: S301 - it was made above
    assert ("s" in answer.held["ada"]) == (levels == "scale"), "neutral is no side"
    assert answer.ties
    for tie in answer.ties:
        both = set(answer.held[tie.source]) & set(answer.held[tie.target])
        agree, part = answer.agree_on(tie), answer.part_on(tie)
        assert (tie.shared, tie.agree, tie.part) == (len(both), len(agree), len(part))
        assert both >= {*agree, *part}
        assert len(answer.records_behind(tie)) == 2 * len(both)
        (record,) = (cells for cells in answer.records() if (cells["source"], cells["target"]) == tie[:2])
        assert record["records"] == (answer.records_behind(tie) if tie.against else ())


def test_on_one_proposal_everything_is_balanced(tmp_path: Path) -> None:
    path = tmp_path / "m.yaml"
    path.write_text(model_of({"ada": "+", "bor": "-", "cup": "o", "dov": "s"}), encoding="utf-8")
    answer = balance(load(path), as_of="2024-06")
    assert (answer.structure.share, answer.structure.frustration, answer.two_camps.value, answer.on_one) == (1, 0, 1, 6)
    assert balance(load(path), as_of="2024-06", min_shared=2).ties == ()
