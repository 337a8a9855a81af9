"""Agreement and blocs on the page: what is put together from its steps is what the measures say, on every day."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING, Any

import pytest
from pages import crowd

from actorgraph import blocs, load, series
from actorgraph.analysis.counting.counts import counts_of
from actorgraph.analysis.counting.positions import positions
from actorgraph.dates import iso, last_day
from actorgraph.explorer import agreement
from actorgraph.explorer.agreement import agreement_over_time

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

MODELS = [
    *("graphs/ukraine-troops", "graphs/nature-restoration", "examples/minimal.yaml", "examples/bridge.yaml"),
    *(f"tests/explorer/models/{name}.yaml" for name in ("contested", "chains", "learned", "spans")),
]


def put_together(found: dict[str, Any]) -> Iterator[tuple[int, dict[tuple[str, str], list[int]], list[set[str]], Any]]:
    """Yield for each step its day, how many proposals pairs agree and part on, the blocs, and the agreement of all."""
    sides: dict[tuple[int, int, int], int] = {}
    members: list[list[int]] = []
    ids = [key.removeprefix("actor/") for key in found["actors"]]
    for step in found["steps"]:
        sides |= {(one, other, proposal): side for one, other, proposal, side in step["pairs"]}
        members = members if step["blocs"] is None else step["blocs"]["members"]
        pairs: dict[tuple[str, str], list[int]] = {}
        for (one, other, _), side in sides.items():
            if side:
                key = min(ids[one], ids[other]), max(ids[one], ids[other])
                pairs.setdefault(key, [0, 0])[side < 0] += 1
        named = [{ids[actor] for actor in bloc} for bloc in members]
        yield step["day"], pairs, named, (step["agree"], step["shared"], step["share"])


@pytest.mark.first_cases(1)
@pytest.mark.parametrize("path", MODELS)
def test_every_step_says_what_the_measures_say(path: str) -> None:
    ledger = load(path)
    found = agreement_over_time(ledger)
    assert found["left_out"] is None
    assert found["steps"]
    for day, pairs, members, all_pairs in put_together(found):
        counts = counts_of(positions(ledger, as_of=str(iso(day))))
        agree, part = counts.congruence(), counts.conflict()
        expected = {
            (counts.actors[one], counts.actors[other]): [agree[one, other], part[one, other]]
            for one, other in combinations(range(len(counts.actors)), 2)
            if agree[one, other] + part[one, other]
        }
        assert expected == pairs
        told = blocs(ledger, as_of=str(iso(day)))
        assert [{member.actor for member in bloc.members} for bloc in told if len(bloc.members) > 1] == members
        agreed, shared = agree.sum() / 2, counts.shared().sum() / 2
        assert (agreed, shared, round(agreed / shared, 4) if shared >= 3 else None) == all_pairs


@pytest.mark.parametrize("path", MODELS[:2])
def test_the_agreement_of_all_is_what_series_answers(path: str) -> None:
    ledger = load(path)
    points = {last_day(point.date): point for point in series(ledger, "agreement", as_of="2030").points}
    steps = agreement_over_time(ledger)["steps"]
    assert set(points) >= {step["day"] for step in steps}
    for step in steps:
        point = points[step["day"]]
        (value,) = point.values.values()
        assert (step["share"], step["shared"]) == (None if value is None else round(value, 4), point.n)


@pytest.mark.parametrize("path", MODELS)
def test_nothing_changes_between_steps(path: str) -> None:
    """On each day on which anything begins or ends, the last step up to it holds."""
    ledger = load(path)
    steps = list(put_together(agreement_over_time(ledger)))
    days = {end for row in ledger.rows("SELECT since, until FROM holdings WHERE since < until") for end in row}
    for day in sorted(day for day in days if day < 99980101):
        counts = counts_of(positions(ledger, as_of=str(iso(day))))
        before = [step for step in steps if step[0] <= day]
        assert counts.shared().sum() / 2 == (before[-1][3][1] if before else 0)


def test_a_step_by_hand() -> None:
    """The board supports the harbour, the council is open to it; the fishers oppose it; the council falls silent."""
    found = agreement_over_time(load("examples/minimal.yaml"))
    assert [
        (20251120, []),
        (20251203, [(0, 1, 0, 1)]),
        (20260115, [(0, 2, 0, -1), (1, 2, 0, -1)]),
        (20260301, [(0, 1, 0, 0), (1, 2, 0, 0)]),
    ] == [(step["day"], step["pairs"]) for step in found["steps"]]
    assert ["actor/harbour-board", "actor/town-council", "actor/fishers-union"] == found["actors"]
    assert [None, None, 0.3333, None] == [step["share"] for step in found["steps"]], "three shared proposals at least"


def test_nobody_takes_a_side(tmp_path: Path) -> None:
    file = tmp_path / "silent.yaml"
    file.write_text("model: {id: silent, title: Silent}\nactors: {a: {name: A, kind: state}}\n", encoding="utf-8")
    found = agreement_over_time(load(file))
    assert ([], [], None) == (found["actors"], found["steps"], found["left_out"])


def test_what_is_too_much_is_left_out_and_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    many = agreement_over_time(load(crowd(tmp_path, actors=81)))
    assert ("81 actors take positions, and it holds 80 at most", [], []) == (
        many["left_out"],
        many["steps"],
        many["actors"],
    )
    ledger = load("examples/minimal.yaml")
    for name, limit, sentence in (
        ("MOST_DAYS", 3, "positions change on 4 days, and it holds 3 at most"),
        ("MOST_SHARED", 4, "actors share more proposals than it holds"),
        ("MOST_SEARCHED", 5, "3 actors take positions that change on 4 days, and blocs take long"),
    ):
        with monkeypatch.context() as patch:
            patch.setattr(agreement, name, limit)
            assert sentence == agreement_over_time(ledger)["left_out"]
