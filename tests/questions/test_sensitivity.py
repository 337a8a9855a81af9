"""What rests on one source: by example, and as the difference that leaving it out makes."""

from pathlib import Path

import pytest
from builders import PUBLISHED, graded
from folders import loaded
from hypothesis import given
from hypothesis import strategies as st
from laws import examples

from actorgraph.errors import UsageProblem
from actorgraph.ledger.filters import Filters
from actorgraph.ledger.load import load
from actorgraph.ledger.store import Ledger
from actorgraph.ledger.tables import build
from actorgraph.model.model import Model
from actorgraph.questions.sensitivity import sensitivity
from actorgraph.questions.versions import diff_versions
from actorgraph.questions.who import everything

TREATY = """
model: {id: m, title: M}
actors: {ada: {name: Ada, kind: state}, bor: {name: Bor, kind: state}, cup: {name: Cup, kind: person}}
proposals: {treaty: {title: The treaty}, ban: {title: A ban, part-of: treaty, tags: [arms]}}
conditions: {truce: {title: A truce holds}}
stances:
  - {actor: ada, position: supports, proposal: treaty, date: 2024-01, evidence: [{source: herald}, {source: post}]}
  - {actor: ada, position: opposes, proposal: ban, date: 2024-01, evidence: [{source: herald}]}
  - {actor: ada, position: open, proposal: ban, date: 2024-02, evidence: [{source: post}]}
  - {actor: bor, position: supports, proposal: treaty, date: 2024-02-05, evidence: [{source: herald}]}
  - {actor: bor, position: opposes, proposal: treaty, date: 2024-02-05, evidence: [{source: post}]}
  - {actor: cup, position: supports, proposal: ban, date: 2024-02, if: [truce], evidence: [{source: mail}]}
  - {actor: cup, position: opposes, proposal: treaty, date: 2024-06, evidence: [{source: late}]}
sources:
  herald: {title: The Herald of March, publisher: Herald, published: 2024-03, reliability: B}
  post: {title: The Post of March, publisher: Post, published: 2024-03, url: "https://post.example/3"}
  mail: {title: The Mail of March, publisher: Mail, published: 2024-03}
  late: {title: The Herald of July, publisher: Herald, published: 2024-07}
  never: {title: Nobody cites it, publisher: Herald, published: 2024-07}
"""


@pytest.fixture
def treaty(tmp_path: Path) -> Ledger:
    """A ledger of three actors on two proposals, from four sources."""
    return loaded(tmp_path, TREATY)


def lost(ledger: Ledger, name: str | None = None, **options: object) -> list[tuple[object, ...]]:
    """Return what each source would take with it, in brief."""
    answer = sensitivity(ledger, name, as_of="2024-04", **options)  # type: ignore[arg-type]
    return [
        (
            loss.source,
            loss.records,
            loss.positions,
            *(f"{one.change} {one.actor} {one.proposal}" for one in loss.changes),
        )
        for loss in answer
    ]


def test_the_most_consequential_source_comes_first(treaty: Ledger) -> None:
    assert [
        ("mail", 1, 1, "ended cup ban"),
        ("post", 3, 3, "toward-opposition ada ban", "settled bor treaty"),
        ("herald", 3, 2, "settled bor treaty"),
        ("late", 1, 0),
    ] == lost(treaty)


def test_what_hangs_on_one_source_alone(treaty: Ledger) -> None:
    answer = sensitivity(treaty, as_of="2024-04")
    alone = [(row.actor, row.position, row.proposal, row.evidence[0].source) for row in answer.alone]
    assert [
        ("ada", "open", "ban", "post"),
        ("bor", "supports", "treaty", "herald"),
        ("bor", "opposes", "treaty", "post"),
        ("cup", "supports", "ban", "mail"),
    ] == alone
    assert 5 == answer.positions, "and what Ada thinks of the treaty is in two"


def test_each_source_says_what_it_is(treaty: Ledger) -> None:
    post = sensitivity(treaty, as_of="2024-04")[1]
    assert ("post", "The Post of March", "Post", "2024-03", None, "https://post.example/3") == post[:6]


def test_of_an_actor_or_on_a_proposal(treaty: Ledger) -> None:
    assert [("post", 2, 2, "toward-opposition ada ban"), ("herald", 2, 1)] == lost(treaty, "Ada")
    assert ["mail", "post", "herald"] == [source for source, *_ in lost(treaty, "a ban")]
    assert lost(treaty) == lost(treaty, "the treaty", parts=True)


def test_it_can_be_narrowed(treaty: Ledger) -> None:
    assert [("mail", 1, 1, "ended cup ban"), ("late", 1, 0)] == lost(treaty, kind="person")
    assert lost(treaty, "ban") == lost(treaty, tag="arms")


def test_a_scenario_decides_what_is_in_force(treaty: Ledger) -> None:
    assert ("mail", 1, 0) in lost(treaty, assume=["not:truce"])
    assert {"command": "sensitivity", "stated": True} == sensitivity(treaty, as_of="2024-04").query


def test_what_is_left_out_already_takes_nothing_with_it(tmp_path: Path, treaty: Ledger) -> None:
    left = load(tmp_path / "m.yaml", without=["post"])
    assert "post" not in [source for source, *_ in lost(left)]
    assert ("herald", 3, 3, "ended ada ban", "ended ada treaty", "ended bor treaty") == lost(left)[0]
    assert treaty.filters != left.filters


def test_nothing_to_lose(treaty: Ledger) -> None:
    assert [] == lost(treaty, "the treaty", kind="organisation")
    with pytest.raises(UsageProblem, match="no actor or proposal answers to 'x'"):
        lost(treaty, "x")


# -- laws --------------------------------------------------------------------------------------------------


@examples(50)
@given(graded(), st.sampled_from(["2024-01-31", "2024-02-20", "2024-03-10", "2025"]))
def test_sensitivity_is_the_difference_that_leaving_a_source_out_makes(whole: Model, day: str) -> None:
    ledger = Ledger(build(whole))
    answer = sensitivity(ledger, as_of=day)
    changes = {loss.source: loss.changes for loss in answer}
    for source in PUBLISHED:
        left = Ledger(build(whole, Filters(without=(source,))))
        assert changes.get(source, ()) == diff_versions(ledger, left, as_of=day, stated=True).changes
        gone = [row for row in answer.alone if row.evidence[0].source == source]
        assert not set(gone) & set(everything(left, as_of=day, stated=True)), "what rests on it alone is not there"
