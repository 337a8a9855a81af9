"""Sums of weights, as a contract and as a reader sees them."""

from pathlib import Path

import pytest
from asking import answer, ask
from folders import option_naming

COUNCIL = """
model: {id: m, title: M}
actors:
  ada: {name: Ada, kind: state, weight: {population: 60, votes: 3}}
  bor: {name: Bor, kind: state, weight: {population: 30.5, votes: 2}}
  cup: {name: Cup, kind: state, weight: {population: 40, votes: 2}}
  dov: {name: Dov, kind: organisation, weight: {population: 5, votes: 1}}
  eve: {name: Eve, kind: organisation}
proposals: {law: {title: The law}, tax: {title: The tax}}
stances:
  - {actor: [ada, bor], position: supports, proposal: law, date: 2024-02-01, evidence: [{source: s}]}
  - {actor: cup, position: opposes, proposal: law, date: 2024-02-01, evidence: [{source: s}]}
  - {actor: [ada, bor, cup], position: opposes, proposal: tax, date: 2024-02-01, evidence: [{source: s}]}
  - {actor: eve, position: supports, proposal: tax, date: 2024-02-01, evidence: [{source: s}]}
sources: {s: {title: S, publisher: S, published: 2024-02-02}}
"""


@pytest.fixture
def council(tmp_path: Path) -> tuple[str, ...]:
    """The option that names the model, and the day."""
    return (*option_naming(tmp_path, COUNCIL), "--as-of", "2024-04")


def below(text: str, heading: str) -> str:
    """Return what is printed from a heading on."""
    return text[text.index(heading) :]


def test_the_sums_of_a_proposal_and_whether_it_carries(council: tuple[str, ...]) -> None:
    text = ask("tally", "law", "--threshold", "population=65%", "--threshold", "actors=40%", *council).stdout
    assert (
        below(text, "SIDE")
        == """\
SIDE     POPULATION  SHARE  ACTORS  SHARE
for      90.5        66.8%  2       40%
against  40          29.5%  1       20%
silent   5           3.7%   2       40%
all      135.5       100%   5       100%

Shares are of all who were asked about.
Not in the sums of population, since none is on record: Eve.

THRESHOLD       NEEDED  FOR   MISSING  AT MOST
population 65%  88.075  90.5  –        95.5
actors 40%      2       2     –        4

It carries. Pivotal (without any one of them it would not carry): Ada and Bor.
A threshold is met where the sum for is at least that; shares are of all who
were asked about. AT MOST is the sum if all who are not against joined.
"""
    )


def test_what_is_missing_and_who_blocks(council: tuple[str, ...]) -> None:
    text = below(ask("tally", "law", "--threshold", "votes=6", *council).stdout, "THRESHOLD")
    assert "votes 6    6       5    1        6" in text
    assert "It does not carry yet; missing: votes 1." in text
    text = below(ask("tally", "tax", "--threshold", "votes=75%", *council).stdout, "THRESHOLD")
    assert "cannot: those against block it" in text
    assert "Minimal blocking minorities among them: 2; the smallest: Ada." in " ".join(text.split())
    text = below(ask("tally", "law", "--threshold", "votes=90%", *council).stdout, "THRESHOLD")
    assert "Among them is one minimal blocking minority: Cup." in " ".join(text.split())
    text = below(ask("tally", "law", "--threshold", "votes=900", *council).stdout, "THRESHOLD")
    assert (
        "It does not carry, and cannot: not even all who were asked about would be enough. A threshold"
    ) in " ".join(text.split())


def test_shares_of_those_who_state_a_position(council: tuple[str, ...]) -> None:
    text = ask("tally", "tax", "--threshold", "votes=1/2", "--share-of", "stated", *council).stdout
    assert "then more would be needed: votes 4" in " ".join(text.split())
    assert "all      8" in text


def test_a_line_for_each_count(council: tuple[str, ...]) -> None:
    text = ask("tally", "--threshold", "population=65%", "--threshold", "actors=40%", *council).stdout
    assert (
        below(text, "By population")
        == """\
By population

PROPOSAL  FOR         AGAINST      BETWEEN  SILENT  ALL
The tax   0           130.5 96.3%  0        5       135.5
The law   90.5 66.8%  40 29.5%     0        5       135.5

Shares are of all who were asked about; ALL has in it who is contested, or in
another place.
Not in the sums of population, since none is on record: Eve.

Whether it carries: population 65% and actors 40%

PROPOSAL  CARRIES  MISSING                      PIVOTAL
The tax   blocked  population 88.075, actors 1  –
The law   yes      –                            Ada and Bor

A threshold is met where the sum for is at least that; shares are of all who
were asked about. Blocked: it could not carry even if all who are not against
joined. Pivotal: without any one of them it would not. 1 of 2 lines carries.
"""
    )


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("law",),
        ("--by", "kind"),
        ("--by", "group", "--share-of", "stated"),
        ("law", "--by", "kind", "--since", "2024-01"),
        ("--tag", "x"),
    ],
)
def test_tallies_by_weight_keep_the_contract(arguments: tuple[str, ...], council: tuple[str, ...]) -> None:
    if "--tag" in arguments:
        assert 2 == ask("tally", *arguments, "--weight", "votes", *council).exit_code
        return
    told = answer("tally", *arguments, "--weight", "votes", "--threshold", "population=2/3", *council)
    assert ["votes", "population"] == told["query"]["weight"]
    assert {"votes", "population"} == {weighed["weight"] for weighed in told["proposals"][0]["weighed"]}
    assert told["proposals"][0]["majority"]["hurdles"]
    text = ask("tally", *arguments, "--weight", "votes", "--threshold", "population=2/3", *council).stdout
    assert max(map(len, text.splitlines())) <= 80


def test_without_weights_the_fields_are_null() -> None:
    (counted,) = answer("tally", "multinational-force", "--as-of", "2026-01-10")["proposals"]
    assert counted["weighed"] is counted["majority"] is None
