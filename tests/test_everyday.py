"""Everyday words: each is said for one word of the vocabulary, which every refusal of it names."""

from pathlib import Path
from typing import get_args

import pytest
from asking import ask

from actorgraph import load, match, who
from actorgraph.errors import UsageProblem
from actorgraph.everyday import SAID_FOR, hint_at_word, meant_by
from actorgraph.model.loader import read_bytes
from actorgraph.names import fold
from actorgraph.vocabulary import ACTOR_KINDS, MEANINGS, POSITIONS, STAGES, Fate, Tie

MODEL = "examples/minimal.yaml"


def test_a_word_is_said_for_one_of_those_among_which_it_is_looked_for() -> None:
    assert SAID_FOR.keys() <= MEANINGS.keys()
    for among in ((*POSITIONS, *STAGES), ACTOR_KINDS, get_args(Fate), get_args(Tie)):
        forms = [fold(form) for ours in among for form in SAID_FOR.get(ours, ours).split(", ")]
        assert sorted(set(forms)) == sorted(forms)
    ours = {fold(word) for word in MEANINGS}
    assert not [form for forms in SAID_FOR.values() for form in forms.split(", ") if fold(form) in ours - {"withdrawn"}]


@pytest.mark.parametrize(
    ("keys", "meant"),
    [
        ("name: x, description: y", ["title", "note"]),
        ("title: x, start: y", ["name", "since"]),
        ("to: x, amount: {min: 1, to: 2, value: 3}", ["toward", "at-least", "at-most"]),
        ("date: x, link: y", ["published", "url"]),
    ],
    ids=["proposals", "actors", "commitments", "sources"],
)
def test_a_key_that_people_write_for_another_is_told_the_one_that_the_record_has(
    request: pytest.FixtureRequest, keys: str, meant: list[str]
) -> None:
    section = request.node.callspec.id
    record = f"[{{{keys}}}]" if section == "commitments" else f"{{x: {{{keys}}}}}"
    told = [str(problem) for problem in read_bytes(f"{section}: {record}".encode(), "m.yaml").problems]
    assert meant == [line.partition("did you mean '")[2].rstrip("?')") for line in told if "AG011" in line]


def test_what_is_not_known_is_not_meant() -> None:
    assert (None, "withdraws") == (meant_by("country", POSITIONS), meant_by("Withdrawn", STAGES))
    assert (" (did you mean 'state'?)", "") == (hint_at_word("País", ACTOR_KINDS), hint_at_word("xyz", ACTOR_KINDS))


@pytest.mark.parametrize(
    ("said", "meant"),
    [("passed", "adopted"), ("Failed", "rejected"), ("replaced", "superseded"), ("expired", "lapsed")],
)
def test_a_fate_is_not_taken_for_the_word_that_looks_like_it(said: str, meant: str) -> None:
    """`passed` looks like `lapsed`, which is its opposite."""
    assert f" (did you mean '{meant}'?)" == hint_at_word(said, get_args(Fate))


def test_who_asks_in_everyday_words_is_told_ours() -> None:
    with load(MODEL) as ledger:
        with pytest.raises(UsageProblem, match=r"unknown position 'against' \(did you mean 'opposes'\?\)"):
            who(ledger, "against", "harbour", as_of="2026-06")
        with pytest.raises(UsageProblem, match=r"unknown kind of actors 'country' \(did you mean 'state'\?\)"):
            who(ledger, "any", "harbour", as_of="2026-06", kind="country")
        with pytest.raises(UsageProblem, match=r"position 'yes' is not known \(did you mean 'supports'\?\)"):
            match(ledger, {"harbour": "yes"}, as_of="2026-06")


def test_so_is_who_curates_in_them(tmp_path: Path) -> None:
    text = Path(MODEL).read_text(encoding="utf-8").replace("position: opposes", "position: against")
    (tmp_path / "m.yaml").write_text(text.replace("kind: organisation", "kind: NGO"), encoding="utf-8")
    told = ask("check", tmp_path / "m.yaml")
    assert "position 'against' is not known (did you mean 'opposes'?)" in told.output
    assert "kind 'NGO' is not known (did you mean 'organisation'?)" in told.output


@pytest.mark.parametrize(
    "votes",
    [
        "for against abstained",
        "dafür dagegen enthalten",
        "zugestimmt nein enthaltung",
        "pour contre abstention",
        "favorable défavorable abstenu",
        "a-favor en-contra abstención",
        "sí no abstenida",
        "favorevole contrario astenuto",
        "a-favore contro astenuta",
    ],
)
def test_the_three_votes_are_known_in_every_language(votes: str) -> None:
    known = [meant_by(vote.replace("-", " "), POSITIONS) for vote in votes.split()]
    assert ["supports", "opposes", "neutral"] == known
