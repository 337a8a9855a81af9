"""Disputes: each kind by example, on which day and in which scenario, and what is none."""

from pathlib import Path

import pytest
from folders import loaded
from generator import model_text

from actorgraph.errors import UsageProblem
from actorgraph.ledger.load import load
from actorgraph.ledger.store import Ledger
from actorgraph.questions.disputes import DISPUTES, Disputes, disputes
from actorgraph.questions.relations import ties
from actorgraph.questions.view import View
from actorgraph.vocabulary import POSITIONS

MODEL = """
model: {id: m, title: M}
actors:
  a: {name: A, kind: state}
  boss: {name: Boss, kind: person}
  aide: {name: Aide, kind: person}
  bloc: {name: Bloc, kind: coalition}
proposals:
  p: {title: P, excludes: [q]}
  q: {title: Q}
  r: {title: R, entails: [q]}
conditions:
  truce: {title: A truce holds}
relations:
  - {actor: boss, relation: represents, to: a, since: 2024-01-01, until: 2024-06-01}
  - {actor: aide, relation: advises, to: a, since: 2024-01-01}
  - {actor: a, relation: member-of, to: bloc, since: 2024-01-01, until: 2024-07-01}
stances:
%s
commitments:
%s
sources:
  s: {title: S, publisher: S, published: 2024-01-06, reliability: B}
  t: {title: T, publisher: T, published: 2024-01-06, reliability: D}
"""


def stance(actor: str, position: str, proposal: str, source: str = "s", **more: str) -> str:
    """Return a stance of 5 January 2024 as a line of YAML."""
    keys = "".join(f", {key.rstrip('_')}: {value}" for key, value in more.items())
    word = "position" if position in POSITIONS else "stage"
    evidence = f"evidence: [{{source: {source}, credibility: 2}}]"
    return f"  - {{actor: {actor}, {word}: {position}, proposal: {proposal}, date: 2024-01-05, {evidence}{keys}}}"


def ledger(tmp_path: Path, *lines: str) -> Ledger:
    """Return a ledger of stances and commitments."""
    parts = ("\n".join(line for line in lines if word in line) for word in ("position:", "stage:"))
    return loaded(tmp_path, MODEL % tuple(parts))


def told(found: Disputes) -> list[tuple[str, str, str, list[list[str]]]]:
    """Return kind, actor and proposal of each dispute, and whose position on what each side is."""
    return [
        (
            dispute.dispute,
            dispute.actor,
            dispute.proposal,
            [[f"{row.actor} {row.position} {row.proposal}" for row in side] for side in dispute.sides],
        )
        for dispute in found.disputes
    ]


def test_a_contested_track_has_a_side_for_each_position(tmp_path: Path) -> None:
    found = disputes(ledger(tmp_path, stance("a", "supports", "p", "t"), stance("a", "opposes", "p")), as_of="2024-02")
    assert [("contested", "a", "p", [["a opposes p"], ["a supports p"]])] == told(found), "the better graded first"
    grades = [[one.grade for row in side for one in row.evidence] for side in found.disputes[0].sides]
    assert [["B2"], ["D2"]] == grades


def test_a_contest_of_inferences_is_a_dispute_too(tmp_path: Path) -> None:
    asked = ledger(tmp_path, stance("a", "supports", "p"), stance("a", "supports", "r"))
    kinds = {(one.dispute, one.proposal) for one in disputes(asked, as_of="2024-02").disputes}
    assert ("contested", "q") in kinds
    assert () == disputes(asked, as_of="2024-02", stated=True).disputes


def test_a_speaker_who_departs_from_the_actor_it_represents(tmp_path: Path) -> None:
    asked = ledger(tmp_path, stance("a", "supports", "p"), stance("boss", "opposes", "p"))
    expected = [("departs", "boss", "p", [["boss opposes p"], ["a supports p"]])]
    assert expected == [one for one in told(disputes(asked, as_of="2024-05-31")) if one[0] == "departs"]
    assert [] == told(disputes(asked, as_of="2024-06-01", stated=True)), "it speaks for A no longer"


@pytest.mark.parametrize(
    ("speaker", "own", "principal", "departs"),
    [
        ("boss", "supports", "supports", False),
        ("boss", "open", "supports", False),
        ("boss", "neutral", "supports", True),
        ("boss", "open", "opposes", True),
        ("boss", "sceptical", "opposes", False),
        ("boss", "sceptical", "open", True),
        ("boss", "undecided", "supports", False),
        ("boss", "opposes", "undecided", False),
        ("boss", "declines", "pledges", True),
        ("boss", "delivers", "withdraws", True),
        ("boss", "considers", "pledges", False),
        ("aide", "opposes", "supports", False),
    ],
)
def test_who_departs(tmp_path: Path, speaker: str, own: str, principal: str, departs: bool) -> None:  # noqa: FBT001
    asked = ledger(tmp_path, stance("a", principal, "p"), stance(speaker, own, "p"))
    found = disputes(asked, as_of="2024-02", stated=True).disputes
    assert departs == any(one.dispute == "departs" for one in found)


@pytest.mark.parametrize(
    ("own", "principal", "departs"), [("bloc", "aide", False), ("bloc", "bloc", True), ("bloc", "", True)]
)
def test_who_departs_speaks_to_the_same(tmp_path: Path, own: str, principal: str, departs: bool) -> None:  # noqa: FBT001
    """What is refused to one and undertaken toward another agrees; what is said to everybody is to each."""
    to_whom = {"toward": principal} if principal else {}
    said = stance("a", "pledges", "p", **to_whom), stance("boss", "declines", "p", toward=own)
    assert departs == any(one.dispute == "departs" for one in disputes(ledger(tmp_path, *said), as_of="2024-02"))


def test_a_member_that_departs_from_its_group(tmp_path: Path) -> None:
    asked = ledger(tmp_path, stance("a", "supports", "p"), stance("bloc", "opposes", "p"))
    expected = [("departs", "a", "p", [["a supports p"], ["bloc opposes p"]])]
    assert expected == told(disputes(asked, as_of="2024-06-30", stated=True))
    assert [] == told(disputes(asked, as_of="2024-07-01", stated=True)), "it has left the group"
    assert expected == told(disputes(asked, "bloc", as_of="2024-02", stated=True)), "it is about the group as well"
    asked = ledger(tmp_path, stance("a", "declines", "p"), stance("bloc", "delivers", "p"))
    assert [("departs", "a", "p", [["a declines p"], ["bloc delivers p"]])] == told(disputes(asked, as_of="2024-02"))


def test_a_member_departs_only_where_both_state_something(tmp_path: Path) -> None:
    """What is inferred of either is no word of theirs: the same ledger has the speaker depart, and not the member."""
    asked = ledger(tmp_path, stance("a", "supports", "r"), stance("bloc", "opposes", "q"))
    rows = [(row.actor, row.position, row.basis) for row in View(asked, as_of="2024-02").rows("proposal = ?", "q")]
    assert [("a", "supports", "inferred"), ("bloc", "opposes", "stated")] == rows
    assert [] == told(disputes(asked, as_of="2024-02"))
    asked = ledger(tmp_path, stance("a", "supports", "r"), stance("boss", "opposes", "q"))
    assert [("departs", "boss", "q")] == [one[:3] for one in told(disputes(asked, "Q", as_of="2024-02"))]


def test_support_for_what_a_supported_proposal_excludes(tmp_path: Path) -> None:
    asked = ledger(tmp_path, stance("a", "supports", "q"), stance("a", "supports", "p"))
    assert [("excludes", "a", "p", [["a supports p"], ["a supports q"]])] == told(disputes(asked, as_of="2024-02"))


def test_to_be_open_to_what_is_excluded_is_another_dispute(tmp_path: Path) -> None:
    asked = ledger(tmp_path, stance("a", "open", "q"), stance("a", "supports", "p"))
    assert [("implies", "a", "q", [["a open q"], ["a opposes q"]])] == told(disputes(asked, as_of="2024-02"))


@pytest.mark.parametrize(
    ("position", "stage", "apart"),
    [
        ("supports", "declines", True),
        ("supports", "withdraws", True),
        ("supports", "threatens", True),
        ("supports", "considers", False),
        ("supports", "pledges", False),
        ("open", "declines", False),
        ("neutral", "declines", False),
        ("opposes", "declines", False),
        ("opposes", "threatens", False),
        ("opposes", "considers", True),
        ("opposes", "delivers", True),
    ],
)
def test_what_pulls_apart(tmp_path: Path, position: str, stage: str, apart: bool) -> None:  # noqa: FBT001 - drawn
    found = disputes(ledger(tmp_path, stance("a", position, "p"), stance("a", stage, "p")), as_of="2024-02")
    expected = [("pulls-apart", "a", "p", [[f"a {position} p"], [f"a {stage} p"]])]
    assert (expected if apart else []) == told(found)


def test_what_is_undertaken_for_one_does_not_pull_apart_from_what_another_is_refused(tmp_path: Path) -> None:
    """What follows from the pledge says no more than it does; what is stated, or follows from another, says more."""
    to_one = [stance("a", "pledges", "p", toward="aide"), stance("a", "declines", "p", toward="boss")]
    exception = [stance("a", "pledges", "p"), stance("a", "declines", "p", toward="boss")]
    for asked in (to_one, exception):
        assert [] == told(disputes(ledger(tmp_path, *asked), as_of="2024-02"))
        stated = disputes(ledger(tmp_path, *asked, stance("a", "supports", "p")), as_of="2024-02")
        assert ["pulls-apart"] == [one.dispute for one in stated]
    from_else = ledger(tmp_path, stance("a", "pledges", "r"), stance("a", "declines", "q"))
    assert [("pulls-apart", "a", "q", [["a supports q"], ["a declines q"]])] == told(
        disputes(from_else, as_of="2024-02")
    )


def test_what_is_stated_elsewhere_implies_otherwise(tmp_path: Path) -> None:
    asked = ledger(tmp_path, stance("a", "supports", "r"), stance("a", "neutral", "q"))
    (only,) = disputes(asked, as_of="2024-02").disputes
    assert [("implies", "a", "q", [["a neutral q"], ["a supports q"]])] == told(disputes(asked, as_of="2024-02"))
    assert ["stated", "entails"] == [step.rule for step in only.sides[1][0].because]
    assert [] == told(disputes(asked, as_of="2024-02", stated=True))


def test_nothing_is_told_twice(tmp_path: Path) -> None:
    """Neither support for what is excluded, nor a commitment beside a stance."""
    asked = ledger(tmp_path, stance("a", "supports", "q"), stance("a", "supports", "p"))
    assert ["excludes"] == [one.dispute for one in disputes(asked, as_of="2024-02").disputes]
    asked = ledger(tmp_path, stance("a", "neutral", "q"), stance("a", "pledges", "q"))
    assert [] == told(disputes(asked, as_of="2024-02"))
    asked = ledger(tmp_path, stance("a", "supports", "r"), stance("a", "supports", "p"))
    assert [
        ("contested", "a", "q", [["a opposes q"], ["a supports q"]]),
        ("excludes", "a", "p", [["a supports p"], ["a supports q"]]),
        ("implies", "a", "r", [["a supports r"], ["a opposes r"]]),
    ] == told(disputes(asked, as_of="2024-02")), "that r entails q, which p excludes, is no dispute about p once more"


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (
            [
                stance("boss", "delivers", "p", toward="aide"),
                stance("boss", "declines", "p", toward="bloc"),
                stance("a", "pledges", "p", toward="bloc"),
                stance("a", "considers", "p", toward="aide"),
            ],
            ("departs", "boss", "p", [["boss declines p"], ["a pledges p"]]),
        ),
        (
            [
                stance("a", "supports", "p", if_="[truce]"),
                stance("a", "opposes", "p", unless="[truce]"),
                stance("bloc", "opposes", "p"),
            ],
            ("departs", "a", "p", [["a supports p"], ["bloc opposes p"]]),
        ),
        (
            [stance("a", "opposes", "p"), stance("a", "threatens", "p"), stance("a", "considers", "p", toward="boss")],
            ("pulls-apart", "a", "p", [["a opposes p"], ["a considers p"]]),
        ),
        (
            [
                stance("a", "neutral", "q", if_="[truce]"),
                stance("a", "opposes", "q", unless="[truce]"),
                stance("a", "supports", "r", if_="[truce]"),
            ],
            ("implies", "a", "q", [["a neutral q"], ["a supports q"]]),
        ),
    ],
)
def test_a_side_has_only_what_disagrees(tmp_path: Path, lines: list[str], expected: object) -> None:
    """What else an actor holds there, toward another or in another case, takes no part in the dispute."""
    assert expected in told(disputes(ledger(tmp_path, *lines), as_of="2024-02"))


@pytest.mark.parametrize(
    ("already", "kinds"),
    [
        ([stance("a", "pledges", "q"), stance("a", "sceptical", "q")], ["implies"]),
        ([stance("a", "pledges", "q", if_="[truce]"), stance("a", "opposes", "q")], ["pulls-apart", "implies"]),
        ([stance("a", "pledges", "q"), stance("a", "opposes", "q")], ["pulls-apart", "implies"]),
    ],
)
def test_what_follows_from_a_commitment_too_is_told_where_a_stance_implies_it(
    already: list[str], kinds: list[str], tmp_path: Path
) -> None:
    """Support for r implies support for q, whatever a pledge of q says: it is no part of what is told already."""
    asked = ledger(tmp_path, *already, stance("a", "supports", "r", source="t", if_="[truce]"))
    found = disputes(asked, as_of="2024-02").disputes
    assert kinds == [one.dispute for one in found if one.proposal == "q"]
    (chain,) = {row.because for one in found if (one.dispute, one.proposal) == ("implies", "q") for row in one.sides[1]}
    assert [("r", "stated"), ("q", "entails")] == [(step.proposal, step.rule) for step in chain]


def test_what_an_exclusion_implies_too_is_told_where_a_longer_chain_implies_it(tmp_path: Path) -> None:
    """Support for q excludes support for p; that q entails s, which entails t, which is opposed, is another dispute."""
    longer = MODEL.replace(
        "q: {title: Q}", "q: {title: Q, entails: [s]}\n  s: {title: S, entails: [t]}\n  t: {title: T}"
    )
    stances = (stance("a", "supports", "p"), stance("a", "supports", "q"), stance("a", "opposes", "t"))
    found = disputes(loaded(tmp_path, longer % ("\n".join(stances), "")), as_of="2024-02").disputes
    every = [("contested", "s"), ("excludes", "p"), ("implies", "q"), ("implies", "t")]
    assert every == [(one.dispute, one.proposal) for one in found]


def test_positions_that_cannot_hold_at_once_do_not_disagree(tmp_path: Path) -> None:
    conditional = stance("a", "supports", "p", if_="[truce]")
    for other in (
        stance("a", "declines", "p", unless="[truce]"),
        stance("boss", "opposes", "p", unless="[truce]"),
        stance("a", "supports", "q", unless="[truce]"),
    ):
        assert [] == told(disputes(ledger(tmp_path, conditional, other), as_of="2024-02", stated=True))
        asked = ledger(tmp_path, conditional, other.replace("unless", "if"))
        assert 1 == len(disputes(asked, as_of="2024-02", stated=True).disputes)


def test_what_is_implied_only_where_nothing_stated_can_hold_is_no_dispute(tmp_path: Path) -> None:
    """The stated stance overrules the inference, but the two never meet: one asks for a truce, one for none."""
    implied, stated = stance("a", "supports", "r", if_="[truce]"), stance("a", "opposes", "q", unless="[truce]")
    asked = ledger(tmp_path, implied, stated)
    overruled = [(row.position, row.proposal) for row in View(asked, as_of="2024-02").overruled()]
    assert [("supports", "q"), ("opposes", "r")] == overruled
    assert [] == told(disputes(asked, as_of="2024-02"))
    met = ledger(tmp_path, implied, stated.replace("unless", "if"))
    assert {"implies"} == {one.dispute for one in disputes(met, as_of="2024-02").disputes}


def test_who_represents_an_actor_twice_departs_from_it_once(tmp_path: Path) -> None:
    asked = ledger(tmp_path, stance("a", "supports", "p"), stance("boss", "opposes", "p"))
    path = tmp_path / "m.yaml"
    again = "relations:\n  - {id: again, actor: boss, relation: represents, to: a, role: Envoy, since: 2024-01-02}\n"
    path.write_text(path.read_text(encoding="utf-8").replace("relations:\n", again), encoding="utf-8")
    twice = load(path)
    assert 2 == len([tie for tie in ties(twice, 20240229) if tie.relation == "represents"])
    expected = disputes(asked, as_of="2024-02", stated=True).disputes
    assert ["departs"] == [one.dispute for one in expected]
    assert expected == disputes(twice, as_of="2024-02", stated=True).disputes


def test_a_member_that_speaks_for_its_group_departs_from_it_once(tmp_path: Path) -> None:
    asked = ledger(tmp_path, stance("a", "supports", "p"), stance("bloc", "opposes", "p"))
    path = tmp_path / "m.yaml"
    again = (
        "relations:\n  - {id: again, actor: a, relation: represents, to: bloc, role: Presidency, since: 2024-01-02}\n"
    )
    path.write_text(path.read_text(encoding="utf-8").replace("relations:\n", again), encoding="utf-8")
    assert disputes(asked, as_of="2024-02").disputes == disputes(load(path), as_of="2024-02").disputes


def test_a_scenario_may_settle_it(tmp_path: Path) -> None:
    asked = ledger(tmp_path, stance("a", "supports", "p", if_="[truce]"), stance("a", "opposes", "p"))
    assert ["contested"] == [one.dispute for one in disputes(asked, as_of="2024-02").disputes]
    assert [] == told(disputes(asked, as_of="2024-02", assume=["not:truce"]))


def test_only_what_concerns_a_name(tmp_path: Path) -> None:
    asked = ledger(
        tmp_path,
        stance("a", "supports", "p"),
        stance("a", "declines", "p"),
        stance("boss", "opposes", "r"),
        stance("boss", "pledges", "r"),
    )
    assert ["a", "boss"] == [one.actor for one in disputes(asked, as_of="2024-02", stated=True).disputes]
    assert ["boss"] == [one.actor for one in disputes(asked, "Boss", as_of="2024-02", stated=True).disputes]
    assert ["a"] == [one.actor for one in disputes(asked, "P", as_of="2024-02", stated=True).disputes]
    assert {"command": "disputes", "target": "p"} == disputes(asked, "P", as_of="2024-02").query
    with pytest.raises(UsageProblem, match="no actor or proposal answers to 'Bossy'"):
        disputes(asked, "Bossy", as_of="2024-02")


def test_every_kind_is_told_what_it_means() -> None:
    assert ["contested", "departs", "excludes", "pulls-apart", "implies"] == list(DISPUTES)


@pytest.mark.parametrize("day", ["2018-01-01", "2021-05-05", "2024-06-30"])
def test_rows_that_are_left_out_before_are_part_of_no_dispute(
    tmp_path: Path, day: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "generated.yaml"
    file.write_text(model_text(2000), encoding="utf-8")
    with load(file) as generated:
        found = disputes(generated, as_of=day)
        assert found.disputes
        monkeypatch.setattr("actorgraph.questions.disputes.MOST_EXCLUSIVE", -1)  # whatever is held is looked at
        assert found == disputes(generated, as_of=day)


def test_what_agrees_with_a_side_of_a_contest_is_no_dispute_with_the_other(tmp_path: Path) -> None:
    on_r = stance("a", "supports", "r"), stance("a", "opposes", "r", "t")
    found = disputes(ledger(tmp_path, stance("a", "opposes", "q"), *on_r), as_of="2024-02")
    assert [("contested", "r")] == [(dispute.dispute, dispute.proposal) for dispute in found.disputes]


@pytest.mark.parametrize("ties", [("represents", "member-of"), ("member-of", "represents")])
def test_who_represents_its_own_group_is_bound_as_its_voice_is(tmp_path: Path, ties: tuple[str, ...]) -> None:
    lines = "".join(f"  - {{actor: aide, relation: {tie}, to: bloc, since: 2024-01-01}}\n" for tie in ties)
    model = MODEL.replace("  - {actor: aide, relation: advises, to: a, since: 2024-01-01}\n", lines)
    said = stance("aide", "supports", "r"), stance("bloc", "opposes", "q")
    found = disputes(loaded(tmp_path, model % ("\n".join(said), "")), as_of="2024-02")
    assert ("departs", "aide", "q", [["aide supports q"], ["bloc opposes q"]]) in told(found), "also by implication"
