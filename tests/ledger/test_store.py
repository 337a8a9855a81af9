"""The ledger: names, and what it is as an object."""

from pathlib import Path

import pytest

from actorgraph.errors import UsageProblem
from actorgraph.ledger.store import Ledger, editions, editions_of, load
from actorgraph.model.kinds import TYPES
from actorgraph.model.loader import load_model

TROOPS = "graphs/ukraine-troops"


@pytest.fixture(scope="module")
def troops() -> Ledger:
    return load(Path(__file__).parent.parent.parent / TROOPS)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("Britain", "uk"),
        ("uk", "uk"),
        ("United  Kingdom", "uk"),
        ("Kiev", "ukraine"),
        ("KYIV", "ukraine"),
        ("Zelenskyy", "zelensky"),
        ("Türkiye", "turkey"),
        ("turkiye", "turkey"),
        ("the coalition of the willing", "coalition-of-the-willing"),
        ("Czechia", "czech-republic"),
        ("America", "us"),
    ],
)
def test_natural_names_of_actors(troops: Ledger, typed: str, expected: str) -> None:
    assert expected == troops.resolve(typed, "actor").id


@pytest.mark.parametrize(
    "typed", ["boots on the ground", "Reassurance Force", "multinational_force", "sending troops to Ukraine"]
)
def test_natural_names_of_proposals(troops: Ledger, typed: str) -> None:
    assert "multinational-force" == troops.resolve(typed, "proposal").id


def test_the_only_name_that_holds_all_words_is_meant_and_said(troops: Ledger) -> None:
    ledger = load(Path(__file__).parent.parent.parent / TROOPS)
    lines: list[str] = []
    ledger.notice = lines.append
    assert "multinational-force" == ledger.resolve("ceasefire force multinational", "proposal").id
    assert ["'ceasefire force multinational' is taken for the proposal multinational-force"] == [
        line.partition(" (")[0] for line in lines
    ]
    with pytest.raises(UsageProblem, match="no proposal answers to 'ceasefire force multinational'"):
        troops.resolve("ceasefire force multinational", "proposal", exact=True)
    for several_or_part_of_a_word in ("in", "multinat", "", "-"):
        with pytest.raises(UsageProblem, match="no proposal answers to"):
            troops.resolve(several_or_part_of_a_word, "proposal")


def test_an_unknown_name_lists_the_nearest(troops: Ledger) -> None:
    with pytest.raises(UsageProblem, match=r"no actor answers to 'Rusia'; did you mean 'russia' \(Russia\)"):
        troops.resolve("Rusia", "actor")


def test_a_name_of_another_kind_is_told(troops: Ledger) -> None:
    with pytest.raises(UsageProblem, match="'russia' is the actor Russia, not a proposal"):
        troops.resolve("russia", "proposal")


def test_an_ambiguous_name_lists_all(tmp_path: Path) -> None:
    path = tmp_path / "m.yaml"
    path.write_text(
        "model: {id: m, title: M}\nactors:\n"
        "  georgia: {name: Georgia, kind: state}\n  georgia-us: {name: Georgia, kind: state}\n",
        encoding="utf-8",
    )
    ledger = load(path)
    assert "georgia" == ledger.resolve("georgia", "actor").id, "an id is exact"
    with pytest.raises(UsageProblem, match=r"ambiguous: it may be georgia \(Georgia\), georgia-us \(Georgia\)"):
        ledger.resolve("Georgia", "actor")


def test_editions_of_a_model_are_those_of_its_path() -> None:
    model = load_model("examples/minimal.yaml")
    for known_by in (None, "2026-01"):
        from_path, from_model = (
            editions("examples/minimal.yaml", known_by=known_by),
            editions_of(model, known_by=known_by),
        )
        assert [one.known_by for one in from_path] == [one.known_by for one in from_model]
        assert [one.things(*TYPES) for one in from_path] == [one.things(*TYPES) for one in from_model]
    with pytest.raises(UsageProblem, match="is not a date"):
        editions_of(model, known_by="someday")
