"""Statements as curated, taken from a ledger again: they make its own holdings, and those without a source."""

from dataclasses import replace
from pathlib import Path

import pytest
from builders import graded, model, stance
from hypothesis import given
from laws import examples

from actorgraph.ledger.curated import Curated
from actorgraph.ledger.filters import Filters
from actorgraph.ledger.load import load
from actorgraph.ledger.store import Ledger
from actorgraph.ledger.tables import build, stated_lines
from actorgraph.model.loader import load_model
from actorgraph.model.model import Model
from actorgraph.model.records import Proposal

EVERY_KEY = """
model: {id: m, title: M}
actors: {ada: {name: Ada, kind: state}, bor: {name: Bor, kind: state, weight: {votes: 29}, since: 1990}}
proposals:
  treaty: {title: T, since: ../2024-01, until: 2024-05, fate: withdrawn, by: ada, evidence: [{source: mail}]}
  pact: {title: A pact, short: Pact, succeeds: treaty, tags: [arms], excludes: [treaty]}
conditions: {truce: {title: A truce}}
stances:
  - {actor: [ada, bor], position: sceptical, proposal: treaty, date: 2024, unless: [truce], evidence: [{source: post}]}
commitments:
  - {actor: [ada, bor], stage: considers, proposal: pact, date: ../2024-02, evidence: [{source: post, via: Radio}]}
  - actor: ada
    stage: pledges
    proposal: treaty
    date: 2024-02
    until: 2024-08
    toward: bor
    amount: {at-least: 1000.5, unit: soldiers}
    evidence: [{source: post, quote: A thousand}]
sources:
  post: {title: P, publisher: Post, published: ../2024-03-10, archived: "https://kept.example/post"}
  mail: {title: L, publisher: Mail, published: 2024-05-02/2024-05-04, url: "https://mail.example"}
"""


@pytest.mark.parametrize("path", ["examples/minimal.yaml", "graphs/ukraine-troops", "every-key.yaml"])
def test_what_a_ledger_keeps_is_what_was_curated(path: str, tmp_path: Path) -> None:
    if path == "every-key.yaml":
        path = str(tmp_path / path)
        Path(path).write_text(EVERY_KEY, encoding="utf-8")
    curated, whole = Curated(load(path)).model, load_model(path)
    assert (whole.actors, whole.proposals, whole.sources) == (curated.actors, curated.proposals, curated.sources)
    assert sorted(map(str, whole.stances)) == sorted(map(str, curated.stances))
    assert sorted(map(str, whole.commitments)) == sorted(map(str, curated.commitments))


def test_a_source_concerns_the_tracks_that_cite_it_and_those_whose_life_it_alone_reports() -> None:
    life = {"title": "q", "until": "2024-03", "fate": "lapsed", "evidence": ({"source": "late"},)}
    whole = model(stance("opposes", "2024-01-05"), stance("supports", "2024-01-05", "middle", proposal="q"))
    whole = replace(whole, proposals={**whole.proposals, "q": Proposal.model_validate(life)})
    on_p, on_q = ("stance", "a", "p"), ("stance", "a", "q")
    assert {"early": {on_p}, "middle": {on_q}, "late": {on_q}} == Curated(Ledger(build(whole))).tracks


@examples(50)  # each is a model and its ledger
@given(graded())
def test_the_lines_without_a_source_are_those_of_the_model_without_it(whole: Model) -> None:
    curated = Curated(Ledger(build(whole)))
    for source, tracks in curated.tracks.items():
        left = stated_lines(Filters(without=(source,)).applied(whole))
        expected = [line for line in left if (line[0], line[1], line[3]) in tracks]
        assert sorted(map(str, expected)) == sorted(map(str, curated.lines_without(source, tracks)))
        others = [line for line in left if (line[0], line[1], line[3]) not in tracks]
        untouched = [line for line in stated_lines(whole) if (line[0], line[1], line[3]) not in tracks]
        assert untouched == others
