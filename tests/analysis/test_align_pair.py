"""align A B: what is said of two positions, and what of them does not count."""

from pathlib import Path

import pytest
from folders import loaded

from actorgraph.analysis.align_pair import align_pair, verdict_of
from actorgraph.errors import UsageProblem
from actorgraph.ledger.load import load
from actorgraph.ledger.store import Ledger

MODEL = """
model: {id: m, title: M}
actors: {a: {name: Ada, kind: state}, b: {name: Bor, kind: organisation}, c: {name: Cup, kind: state}}
proposals:
  same: {title: Same}
  degrees: {title: Degrees}
  parted: {title: Parted}
  neither: {title: Neither}
  torn: {title: Torn}
  implied: {title: Implied}
  whole: {title: Whole, entails: implied}
  maybe: {title: Maybe}
  lonely: {title: Lonely}
  nobody: {title: Nobody, entails: lone-echo}
  lone-echo: {title: Lone echo}
stances:
  - {actor: a, position: supports, proposal: same, date: 2024-01-01, evidence: [{source: s}]}
  - {actor: b, position: supports, proposal: same, date: 2024-01-02, evidence: [{source: s}]}
  - {actor: a, position: opposes, proposal: degrees, date: 2024-01-01, evidence: [{source: s}]}
  - {actor: b, position: sceptical, proposal: degrees, date: 2024-01-01, evidence: [{source: s}]}
  - {actor: a, position: open, proposal: parted, date: 2024-01-01, evidence: [{source: s}]}
  - {actor: b, position: opposes, proposal: parted, date: 2024-01-01, evidence: [{source: s}]}
  - {actor: a, position: neutral, proposal: neither, date: 2024-01-01, evidence: [{source: s}]}
  - {actor: b, position: supports, proposal: neither, date: 2024-01-01, evidence: [{source: s}]}
  - {actor: a, position: supports, proposal: torn, date: 2024-01-01, evidence: [{source: s}]}
  - {actor: a, position: opposes, proposal: torn, date: 2024-01-01, evidence: [{source: s2}]}
  - {actor: b, position: opposes, proposal: torn, date: 2024-01-01, evidence: [{source: s}]}
  - {actor: a, position: supports, proposal: whole, date: 2024-01-01, evidence: [{source: s}]}
  - {actor: b, position: opposes, proposal: implied, date: 2024-01-01, evidence: [{source: s}]}
  - {actor: a, position: supports, proposal: maybe, date: 2024-03, evidence: [{source: s}]}
  - {actor: b, position: supports, proposal: maybe, date: 2024-01-01, evidence: [{source: s}]}
  - {actor: b, position: supports, proposal: lonely, date: 2024-01-01, evidence: [{source: s}]}
  - {actor: c, position: supports, proposal: nobody, date: 2024-01-01, evidence: [{source: s}]}
sources:
  s: {title: S, publisher: S, published: 2024-04-02}
  s2: {title: S2, publisher: S2, published: 2024-04-02}
"""


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    return loaded(tmp_path, MODEL)


def test_every_proposal_on_which_one_of_them_stands(ledger: Ledger) -> None:
    answer = align_pair(ledger, "Ada", "Bor", as_of="2024-03-10")
    assert [
        ("parted", "part", "open", "opposes"),
        ("degrees", "agree, to different degrees", "opposes", "sceptical"),
        ("same", "agree", "supports", "supports"),
        ("neither", "no side taken", "neutral", "supports"),
        ("implied", "not counted", "implied", "opposes"),
        ("maybe", "not counted", "possible", "supports"),
        ("torn", "not counted", "contested", "opposes"),
        ("whole", "not counted", "supports", "implied"),
        ("lonely", "only one", "silent", "supports"),
    ] == [(one.proposal, one.verdict, one.first.place, one.second.place) for one in answer]
    assert (3, 2, 1, 0.6667, 1) == (
        answer.pair.shared,
        answer.pair.agreement,
        answer.pair.conflict,
        answer.pair.share,
        answer.pair.by_degrees,
    )
    assert 2 == answer.speaking
    assert 0 == answer.others
    assert {
        record
        for one in answer.of("part", "agree", "agree, to different degrees")
        for row in one.rows
        for record in row.records
    } == set(answer.pair.records)


def test_the_other_way_round_it_is_the_same(ledger: Ledger) -> None:
    one, other = (align_pair(ledger, *names, as_of="2024-03-10") for names in (("a", "b"), ("b", "a")))
    assert [(it.proposal, it.verdict, it.first, it.second) for it in one] == [
        (it.proposal, it.verdict, it.second, it.first) for it in other
    ]
    assert one.pair[4:-1] == other.pair[4:-1]


def test_the_whole_scale_counts_who_takes_no_side(ledger: Ledger) -> None:
    answer = align_pair(ledger, "a", "b", as_of="2024-03-10", levels="scale")
    assert {"parted": 0.25, "neither": 0.5, "degrees": 0.75, "same": 1} == {
        one.proposal: one.agreement for one in answer if one.agreement is not None
    }
    assert (4, 2.5, None) == (answer.pair.shared, answer.pair.agreement, answer.pair.by_degrees)
    assert ["neither"] == [one.proposal for one in answer.of("differ in part")]


def test_only_what_was_stated(ledger: Ledger) -> None:
    answer = align_pair(ledger, "a", "b", as_of="2024-03-10", stated=True)
    assert "only one" == {one.proposal: one.verdict for one in answer}["implied"]


@pytest.mark.parametrize(
    ("first", "second", "binary", "scale"),
    [
        ("supports", "supports", "agree", "agree"),
        ("opposes", "sceptical", "agree, to different degrees", "agree, to different degrees"),
        ("open", "sceptical", "part", "part"),
        ("neutral", "undecided", "no side taken", "agree"),
        ("neutral", "open", "no side taken", "differ in part"),
        ("contested", "implied", "not counted", "not counted"),
        ("possible", "silent", None, None),
    ],
)
def test_verdicts(first: str, second: str, binary: str | None, scale: str | None) -> None:
    for levels, expected in (("binary", binary), ("scale", scale)):
        assert expected == verdict_of(first, second, levels) == verdict_of(second, first, levels)


def test_what_cannot_be_asked(ledger: Ledger) -> None:
    with pytest.raises(UsageProblem, match="both names mean Ada; name two actors"):
        align_pair(ledger, "a", "Ada", as_of="2024")
    with pytest.raises(UsageProblem, match="Bor is not among the actors to which the question is narrowed"):
        align_pair(ledger, "a", "b", as_of="2024", kind="state")


def test_sensitivity_of_a_pair_is_that_of_the_ranking(ledger: Ledger) -> None:
    from actorgraph.analysis.align import align

    alone = align_pair(ledger, "a", "b", as_of="2024-03-10", sensitivity=True)
    assert align(ledger, as_of="2024-03-10", sensitivity=True)[0] == alone.pair
    assert alone.pair.spread is not None
    assert ("s",) == alone.pair.spread.refused
    assert (0.5, "s2", 0.5) == (alone.pair.spread.low, alone.pair.spread.source, alone.pair.spread.without)


def test_explain_brings_the_rows_along() -> None:
    told = align_pair(load("graphs/ukraine-troops"), "France", "UK", as_of="2026-01-10", explain=True)
    assert (True, {"france", "uk"}) == (told.query["explain"], {row.actor for row in told.rows})
    assert set(told.pair.records) <= {record for row in told.rows for record in row.records}
