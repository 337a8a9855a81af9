"""A part of a ledger answers as the whole does about what it has, and needs nothing that it has not."""

from collections.abc import Iterator, Sequence
from itertools import combinations

import pytest

from actorgraph.explorer.html import to_html
from actorgraph.ledger.load import load
from actorgraph.ledger.part import part_of
from actorgraph.ledger.store import Ledger
from actorgraph.questions.who import everything

MODEL = """
model: {id: m, title: M, description: All of it.}
actors:
  union: {name: Union, kind: organisation}
  north: {name: North, kind: state}
  south: {name: South, kind: state}
  envoy: {name: Envoy, kind: person}
proposals:
  ban: {title: Ban}
  limit: {title: Limit, succeeds: [draft]}
  full: {title: Full ban, entails: [ban], by: [south], excludes: [limit]}
  draft: {title: Draft}
conditions: {calm: {title: It is calm}}
relations:
  - {actor: north, relation: member-of, to: union, since: 2024-01-01, evidence: [{source: gazette}]}
  - {actor: envoy, relation: represents, to: north, since: 2024-01-01}
stances:
  - {actor: north, position: supports, proposal: full, date: 2024-02-01, speaker: envoy, evidence: [{source: wire}]}
  - {actor: [south, union], position: opposes, proposal: ban, date: 2024-02-01, evidence: [{source: wire}]}
  - {actor: south, position: open, proposal: limit, date: 2024-02-01, if: [calm], evidence: [{source: paper}]}
commitments:
  - {actor: north, stage: pledges, proposal: limit, toward: [south], date: 2024-03-01, evidence: [{source: paper}]}
events:
  - {id: talks, title: Talks, date: 2024-02-03, actors: [north, south], evidence: [{source: wire}]}
sources:
  wire: {title: Wire, publisher: Wire, published: 2024-02-02}
  paper: {title: Paper, publisher: Paper, published: 2024-03-02}
  gazette: {title: Gazette, publisher: Gazette, published: 2024-01-02}
"""
ACTORS = ("envoy", "north", "south", "union")
PROPOSALS = ("ban", "draft", "full", "limit")


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ledger]:
    path = tmp_path_factory.mktemp("part") / "m.yaml"
    path.write_text(MODEL, encoding="utf-8")
    with load(path) as ledger:
        yield ledger


@pytest.mark.parametrize("some", [some for size in (1, 2, 4) for some in combinations(PROPOSALS, size)])
@pytest.mark.parametrize("actors", [some for size in (1, 2, 4) for some in combinations(ACTORS, size)])
def test_a_part_has_what_its_actors_hold_on_its_proposals_and_nothing_else(
    whole: Ledger, actors: Sequence[str], some: Sequence[str]
) -> None:
    part = part_of(whole, actors, some, left_out="Much.")
    assert part.holdings() == tuple(row for row in whole.holdings() if row.actor in actors and row.proposal in some)
    there, all_rows = (everything(ledger, as_of="2024-06").records() for ledger in (part, whole))
    assert there == [row for row in all_rows if row["actor"] in actors and row["proposal"] in some]


@pytest.mark.parametrize("actors", [["envoy"], ["north"], ["south", "union"], ACTORS])
def test_a_part_makes_a_page(whole: Ledger, actors: Sequence[str]) -> None:
    part = part_of(whole, actors, ["ban"], left_out="Much.")
    assert "Much." in to_html(part, as_of="2024-06")


def test_what_is_inferred_brings_the_record_that_it_rests_on_and_what_that_names(whole: Ledger) -> None:
    part = part_of(whole, ["north"], ["ban"], left_out="Much.")
    assert [(row.position, row.basis) for row in part.holdings()] == [("supports", "inferred")]
    assert [thing.name for thing in part.things("stance")] == ["North supports Full ban"]
    assert list(part.names("actor")) == ["envoy", "north"]
    assert list(part.names("proposal")) == ["ban", "full"]
    assert list(part.names("source")) == ["wire"]


def test_a_proposal_names_only_what_is_in_the_part(whole: Ledger) -> None:
    part = part_of(whole, ["envoy"], ["limit", "full"], left_out="Much.")
    bodies = {thing.id: thing.body for thing in part.things("proposal")}
    assert bodies == {"full": {"title": "Full ban", "excludes": ["limit"]}, "limit": {"title": "Limit"}}


def test_an_event_needs_all_of_its_actors_and_a_joint_statement_names_those_that_are_there(whole: Ledger) -> None:
    alone, both = (part_of(whole, some, ["ban", "limit"], left_out="Much.") for some in (["union"], ["north", "south"]))
    assert (len(alone.things("event")), len(both.things("event"))) == (0, 1)
    (stance,) = (thing for thing in alone.things("stance") if thing.body["proposal"] == "ban")
    assert list(stance.body["jointly"]) == ["union"]


def test_a_part_says_so_and_a_whole_does_not(whole: Ledger) -> None:
    part = part_of(whole, ["north"], ["ban"], left_out="Three actors are left out.")
    assert (part.is_part, part.left_out, part.description) == (
        True,
        "Three actors are left out.",
        "All of it. Three actors are left out.",
    )
    assert (whole.is_part, whole.left_out, whole.description) == (False, None, "All of it.")
