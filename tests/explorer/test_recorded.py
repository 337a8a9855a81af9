"""What holds in which edition: a line is there once, however many editions share it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from actorgraph import editions, load, to_html
from actorgraph.dates import OPEN
from actorgraph.explorer.recorded import Recorded

MODELS = (Path("examples/minimal.yaml"), Path("tests/explorer/models/contested.yaml"), Path("graphs/ukraine-troops"))


@pytest.mark.parametrize("path", MODELS, ids=lambda path: path.stem)
def test_editions_share_their_lines(path: Path) -> None:
    recorded = Recorded(editions(path))
    lines = recorded.holdings()
    told = [json.dumps({**line, "known": None, "apart": None}, sort_keys=True) for line in lines]
    known = {(text, line["known"].since) for text, line in zip(told, lines, strict=True)}
    assert len(known) == len(lines), "what stands twice was known, forgotten and known again"
    for number, lens in enumerate(recorded.lenses):
        there = [line for line in lines if (line["known"].until == OPEN) != (number in line["apart"])]
        left = load(path, without=[lens.without] if lens.without else [], min_grade=lens.min_grade)
        assert len(left.rows("SELECT 1 FROM holdings WHERE since < until")) == len(there)


def test_a_model_without_evidence_has_no_lens(tmp_path: Path) -> None:
    path = tmp_path / "bare.yaml"
    path.write_text("model: {id: bare, title: Bare}\nactors: {a: {name: A, kind: state}}\n", encoding="utf-8")
    recorded = Recorded(editions(path))
    assert ([], (), {}) == (recorded.too_many, recorded.lenses, recorded.days)
    assert to_html(load(path), as_of="2026")


def test_what_no_evidence_tells_of_a_life_is_known_through_every_lens() -> None:
    recorded = Recorded([load("graphs/ukraine-troops")])
    for proposal in recorded.ledger.things("proposal"):
        sources = {item["source"] for item in proposal.body.get("evidence", ())}
        apart = recorded.of_life(proposal).apart
        assert sources or not apart
        alone = {number for number, lens in enumerate(recorded.lenses) if {lens.without} == sources}
        assert alone <= set(apart)
