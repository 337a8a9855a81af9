"""Names: what answers to one, what several answer to, and what is near where nothing does."""

from pathlib import Path

import pytest
from folders import loaded

from actorgraph.errors import UsageProblem, nearest
from actorgraph.ledger.load import load
from actorgraph.ledger.store import Ledger


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
    ledger = load("graphs/ukraine-troops")
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


@pytest.mark.parametrize("typed", ["BSR", "B.S.R.", "bsr"])
def test_an_abbreviation_lists_whom_it_may_stand_for(tmp_path: Path, typed: str) -> None:
    model = tmp_path / "model.yaml"
    model.write_text(
        "model: {id: fish, title: Fish}\nactors:\n  northern: {name: Baltic and Shore Republic, kind: state}\n"
        "  bursar: {name: Bsrx, kind: state}\n",
        encoding="utf-8",
    )
    with pytest.raises(UsageProblem, match=r"did you mean 'northern' \(Baltic and Shore Republic\), 'bursar'"):
        load(model).resolve(typed, "actor")


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


SPELLINGS = """
model: {id: m, title: M}
actors:
  mas: {name: Movimiento al Socialismo, kind: organisation, aliases: [MAS]}
  mas-pais: {name: Más, kind: organisation}
proposals:
  plan-a: {title: Plan A}
  plan-a-plus: {title: Plan A+}
  plan-b: {title: Straße, aliases: [STRASSE, Plan B]}
  plan-b-later: {title: plan b}
"""


@pytest.fixture
def spellings(tmp_path: Path) -> Ledger:
    return loaded(tmp_path, SPELLINGS)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("MAS", "mas"),
        ("Más", "mas-pais"),
        ("mas", "mas"),
        ("Plan A", "plan-a"),
        ("Plan A+", "plan-a-plus"),
        ("plan b", "plan-b-later"),
        ("Plan B", "plan-b"),
        ("strasse", "plan-b"),
    ],
)
def test_an_exact_spelling_comes_first(spellings: Ledger, typed: str, expected: str) -> None:
    assert expected == spellings.resolve(typed, "actor", "proposal").id


@pytest.mark.parametrize("typed", ["más!", "PLAN A", "plan-A", "PLAN B"])
def test_where_no_spelling_is_exact_all_that_fold_alike_are_meant(spellings: Ledger, typed: str) -> None:
    with pytest.raises(UsageProblem, match="is ambiguous: it may be"):
        spellings.resolve(typed, "actor", "proposal")


def test_a_link_is_a_name_as_it_stands() -> None:
    ledger = load("examples/minimal.yaml")
    assert "coast-weekly-2" == ledger.resolve("https://example.org/coast-weekly/2").id
    with pytest.raises(UsageProblem, match="nothing answers to 'example org'"):
        ledger.resolve("example org")


def test_of_very_many_names_the_nearest_is_found_too() -> None:
    names = [f"https://news{number % 50}.example/article-{number}" for number in range(6_000)]
    assert names[4_711] == nearest("https://news11.exmple/article-4711", names, most=1)[0]


ALIKE = """
model: {id: m, title: M}
actors:
  uk: {name: United Kingdom, kind: state}
  other: {name: uk, kind: state}
  bank-a: {name: River Bank A, kind: organisation}
  bank-b: {name: River Bank B, kind: organisation}
  bank-c: {name: River Bank C, kind: organisation}
  bank-d: {name: River Bank D, kind: organisation}
  bank-e: {name: River Bank E, kind: organisation}
proposals: {plan: {title: The only plan}}
stances:
  - {id: its-own, actor: uk, position: opposes, proposal: plan, date: 2024-01-01, evidence: [{source: s}]}
  - {actor: uk, position: supports, proposal: plan, date: 2024-02-01, evidence: [{source: s}]}
sources: {s: {title: S, publisher: P, published: 2024-03-01}}
"""


@pytest.fixture
def alike(tmp_path: Path) -> Ledger:
    return loaded(tmp_path, ALIKE)


@pytest.mark.parametrize(("typed", "expected"), [("uk", "uk"), ("kingdom united", "uk"), ("only", "plan")])
def test_an_id_goes_before_names_and_words_may_stand_in_any_order(alike: Ledger, typed: str, expected: str) -> None:
    assert expected == alike.resolve(typed, "actor", "proposal").id


@pytest.mark.parametrize("typed", ["", " ", "-"])
def test_no_word_means_nothing_where_there_is_one_thing_alone(alike: Ledger, typed: str) -> None:
    with pytest.raises(UsageProblem, match=f"^no proposal answers to '{typed}'; `actorgraph list proposals` shows"):
        alike.resolve(typed, "proposal")


def test_where_two_types_may_be_meant_both_lists_are_named(alike: Ledger) -> None:
    both = "`actorgraph list proposals` and `actorgraph list actors` show them all"
    with pytest.raises(UsageProblem, match=f"^no proposal or actor answers to 'xyzzy'; {both}$"):
        alike.resolve("xyzzy", "proposal", "actor")


def test_whose_names_hold_what_was_typed_is_near_and_four_are_listed(alike: Ledger) -> None:
    with pytest.raises(UsageProblem, match=r"^no actor answers to 'ver bank'; did you mean 'bank-") as caught:
        alike.resolve("ver bank", "actor")
    assert 4 == str(caught.value).count("(River Bank ")
    with pytest.raises(UsageProblem, match=r"^nothing answers to 'xyzzy'$"):
        alike.resolve("xyzzy")


@pytest.mark.parametrize(
    ("name", "message"), [(5, "a name is a text, not 5"), ("a\ud800", "is not UTF-8 text"), ("\udfffb", "is not UTF-8")]
)
def test_what_is_no_name(alike: Ledger, name: str, message: str) -> None:
    with pytest.raises(UsageProblem, match=message):
        alike.resolve(name)


@pytest.mark.parametrize(
    ("typed", "found"),
    [("its-own", "its-own"), ("UK.plan.2024-02-01", "uk.plan.2024-02-01"), ("the only plan", "plan"), ("uk", "uk")],
)
def test_whatever_answers_to_a_name_or_an_id_is_found(alike: Ledger, typed: str, found: str) -> None:
    assert [found] == [thing.id for thing in alike.find(typed)]


def test_what_is_not_one_thing_is_not_found(alike: Ledger) -> None:
    with pytest.raises(UsageProblem, match=r"nothing answers to 'UK\.plan\.1999'"):
        alike.find("UK.plan.1999")


def test_things_of_several_kinds_with_one_id_are_all_found(tmp_path: Path) -> None:
    event = "events: [{id: s, title: Summit, date: 2024-01-01, evidence: [{source: s}]}]\n"
    ledger = loaded(tmp_path, ALIKE + event)
    assert {("event", "s"), ("source", "s")} == {(thing.type, thing.id) for thing in ledger.find("s")}
