"""merge: what was two is one, as it would have been curated at once, and no other byte has changed."""

import random
import tempfile
from pathlib import Path

import pytest
from asking import ask
from generator import model_text
from hypothesis import given
from hypothesis import strategies as st
from laws import examples

from actorgraph.curate import rename
from actorgraph.curate.changeset import sound
from actorgraph.curate.locate import find, located
from actorgraph.curate.merge import Merging, merging
from actorgraph.ledger.load import load
from actorgraph.model.loader import load_model, read_model
from actorgraph.questions.check import check
from actorgraph.questions.versions import diff_versions
from actorgraph.questions.who import what

TODAY = "2026-12-01"

TEXT = """\
model: {id: a, title: A} # uk everywhere

actors:
  # the kingdom
  uk:
    name: UK
    # once more
    kind: state
    aliases: [Britain, LONDON]
    country: GB
    weight: {votes: 29, people: 59}
    note: Old words.
    until: 2030
  # the same
  united-kingdom: {name: United Kingdom, kind: organisation, aliases: [London], weight: {votes: 30}}
  fr: {name: France, kind: state}
  envoy: {name: Envoy, kind: person}

proposals:
  plan: {title: Plan, by: [uk, united-kingdom]}

relations:
  - {actor: uk, relation: allied-with, to: united-kingdom, since: 2024}
  - {actor: envoy, relation: represents, to:  'uk', since: 2024}   # uk
  - {actor: envoy, relation: represents, to: united-kingdom, since: 2024}

stances:
  - actor: [uk, united-kingdom, fr]  # joint
    position: supports
    proposal: plan
    date: 2024-08-01
    evidence:
      - {source: s, lines: 1, credibility: 3}
  - {actor: "uk",   position: supports, proposal: plan, date: 2024-08-02,
     evidence: [{source: s, lines: 2, credibility: 3}]}
  - {actor: united-kingdom, position: open, proposal: plan, date: 2024-08-03, speaker: uk,
     evidence: [{source: s, lines: 2, credibility: 3}]}
  - {actor: [united-kingdom, uk], position: neutral, proposal: plan, date: 2024-08-04,
     evidence: [{source: s, lines: 4, credibility: 3}]}

commitments:
  - {actor: fr, stage: pledges, proposal: plan, date: 2024-08-02, toward: [uk,   united-kingdom],
     evidence: [{source: s, lines: 3, credibility: 3}]}

sources:
  s: {title: S, publisher: P, published: 2024-08-05, reliability: B}
"""


@pytest.fixture
def model(tmp_path: Path) -> Path:
    path = tmp_path / "a.yaml"
    path.write_text(TEXT, encoding="utf-8")
    return path


def merged(path: Path, old: str, new: str, *take: str) -> Merging:
    loaded, _ = sound(path, today=TODAY)
    everything = located(loaded)
    return merging(loaded, find(old, everything), find(new, everything), take=take, today=TODAY)


def test_what_names_the_one_names_the_other_and_what_stands_twice_stays_once(model: Path) -> None:
    result = ask("merge", "uk", "united-kingdom", "-m", model, "--yes", "--force")
    assert 0 == result.exit_code, result.stderr
    place = str(model)
    assert [
        "united-kingdom keeps its kind, organisation; uk had state",
        "united-kingdom keeps its until, none; uk had 2030",
        "united-kingdom keeps its weight of votes, 30; uk had 29",
        "--take KEY takes what uk says",
        f"{place}:20: the proposal plan would have united-kingdom twice in `by`: it stays once",
        f"{place}:23: the relation uk.allied-with.united-kingdom would tie united-kingdom to itself: it goes",
        f"{place}:28: the stance uk.plan.2024-08-01 would have united-kingdom twice in `actor`: it stays once",
        f"{place}:36: the stance united-kingdom.plan.2024-08-03 is by united-kingdom itself: its `speaker` goes",
        f"{place}:38: the stance united-kingdom.plan.2024-08-04 would have united-kingdom twice in `actor`: it stays once",  # noqa: E501
        f"{place}:42: the commitment fr.plan.2024-08-02 would have united-kingdom twice in `toward`: it stays once",
        "a comment goes: # once more",
        f"{place}:25: the relation envoy.represents.united-kingdom would say the same as that at {place}:24",
        f"wrote {place}",
    ] == result.stderr.splitlines()
    expected = """\
model: {id: a, title: A} # uk everywhere

actors:
  # the kingdom
  # the same
  united-kingdom:
    name: United Kingdom
    kind: organisation
    aliases: [London, UK, Britain]
    country: GB
    weight: {votes: 30, people: 59}
    note: Old words.
  fr: {name: France, kind: state}
  envoy: {name: Envoy, kind: person}

proposals:
  plan: {title: Plan, by: [united-kingdom]}

relations:
  - {actor: envoy, relation: represents, to:  'united-kingdom', since: 2024}   # uk
  - {actor: envoy, relation: represents, to: united-kingdom, since: 2024}

stances:
  - actor: [united-kingdom, fr]  # joint
    position: supports
    proposal: plan
    date: 2024-08-01
    evidence:
      - {source: s, lines: 1, credibility: 3}
  - {actor: "united-kingdom",   position: supports, proposal: plan, date: 2024-08-02,
     evidence: [{source: s, lines: 2, credibility: 3}]}
  - actor: united-kingdom
    position: open
    proposal: plan
    date: 2024-08-03
    evidence:
      - {source: s, lines: 2, credibility: 3}
  - actor: united-kingdom
    position: neutral
    proposal: plan
    date: 2024-08-04
    evidence:
      - {source: s, lines: 4, credibility: 3}

commitments:
  - actor: fr
    stage: pledges
    proposal: plan
    date: 2024-08-02
    toward: [united-kingdom]
    evidence:
      - {source: s, lines: 3, credibility: 3}

sources:
  s: {title: S, publisher: P, published: 2024-08-05, reliability: B}
"""
    assert expected == model.read_text("utf-8")


def test_nothing_is_written_without_a_yes_nor_in_spite_of_doubts(model: Path) -> None:
    for options, words in (((), "nobody can be asked"), (("--yes",), "--force writes in spite of them")):
        result = ask("merge", "uk", "united-kingdom", "-m", model, *options)
        assert (1, True) == (result.exit_code, words in result.stderr)
        assert "-  uk:\n" in result.stdout
    assert TEXT == model.read_text("utf-8")


def test_what_the_one_says_can_be_taken(model: Path) -> None:
    changeset = merged(model, "uk", "united-kingdom", "name", "kind", "until").changeset
    assert changeset.model is not None
    actor = changeset.model.actors["united-kingdom"]
    assert ("UK", "state", ("London", "United Kingdom", "Britain"), "2030") == (
        actor.name,
        actor.kind,
        actor.aliases,
        actor.until,
    )
    result = ask("merge", "uk", "united-kingdom", "-m", model, "--take", "colour")
    assert (2, True) == (result.exit_code, "there is no 'colour' to take of actors" in result.stderr)


KINDS = """\
model: {id: a, title: A}
actors:
  uk: {name: UK, kind: state, not: [us]}
  us: {name: US, kind: state}
proposals:
  plan: {title: Plan, short: P, since: 2024, entails: [plan-b, c], tags: [x], evidence: [{source: s, lines: 7}]}
  plan-b: {title: Plan B, part-of: [plan, c], tags: [y], url: "https://example.org/b"}
  c: {title: C}
  d: {title: D, excludes: [plan], until: 2025, fate: lapsed}
conditions:
  truce: {title: A truce, held: {HELD}}
  peace: {title: Peace holds}
stances:
  - {actor: uk, position: open, proposal: plan, date: 2024, if: [truce], unless: [peace],
     evidence: [{source: s, lines: 1}]}
  - {actor: uk, position: open, proposal: c, date: 2024, if: [truce],
     evidence: [{source: s, lines: 1}, {source: t, lines: 1}]}
events:
  - {id: e, title: E, date: 2024, evidence: [{source: t, lines: 2}]}
  - {id: f, title: F, date: 2024, evidence: [{source: s}]}
sources:
  s: {title: S, publisher: P, published: 2024-08-05, document: s.txt, url: "https://example.org/s"}
  t: {title: T, publisher: P, published: 2024-08-06}
""".replace("{HELD}", "[{since: 2024, until: 2025}]")


@pytest.fixture
def kinds(tmp_path: Path) -> Path:
    path = tmp_path / "kinds.yaml"
    path.write_text(KINDS, encoding="utf-8")
    return path


def test_of_proposals_the_ties_to_each_other_go_and_a_life_is_never_taken_over(kinds: Path) -> None:
    done = merged(kinds, "plan-b", "plan")
    assert done.changeset.model is not None
    plan = done.changeset.model.proposals["plan"]
    assert (("Plan B",), ("c",), ("c",), ("x", "y")) == (plan.aliases, plan.entails, plan.part_of, plan.tags)
    assert ("2024", "https://example.org/b") == (plan.since, plan.url)
    assert (
        "plan keeps its since, 2024; plan-b had none",
        "--take KEY takes what plan-b says",
        "one of both names the other in `part-of`: that goes",
        "one of both names the other in `entails`: that goes",
    ) == done.remarks
    other = merged(kinds, "plan", "plan-b")
    assert other.changeset.model is not None
    kept = other.changeset.model.proposals["plan-b"]
    assert (None, (), ("Plan", "P")) == (kept.since, kept.evidence, kept.aliases), "evidence is of a life"
    assert "plan-b keeps its evidence, none; plan had 1 item" in other.remarks


def test_of_sources_it_is_told_where_lines_are_of_another_document(kinds: Path) -> None:
    doubt = "count lines, maybe of another document than that of"
    assert (f"2 citations of t {doubt} s",) == merged(kinds, "t", "s").doubts
    done = merged(kinds, "s", "t")
    assert (f"2 citations of t {doubt} s",) == done.doubts, "its document is that of the other now"
    assert done.changeset.model is not None
    source = done.changeset.model.sources["t"]
    assert ("T", "s.txt", "2024-08-06") == (source.title, source.document, source.published)
    (_, record) = done.changeset.model.stances
    assert [("t", "1")] == [(evidence.source, evidence.lines) for evidence in record.evidence], "cited once"
    assert "t keeps its published, 2024-08-06; s had 2024-08-05" in done.remarks
    assert "a source has no aliases: an import that names what s was brings it in again" in done.remarks


@pytest.mark.parametrize(
    ("names", "words"),
    [
        (("uk", "uk"), "'uk' and 'uk' are one already"),
        (("uk", "plan"), "'uk' is of the kind actor, 'plan' of the kind proposal"),
        (("us", "uk"), "'uk' says by `not` that 'us' is another"),
        (("plan", "d"), "'d' says by `excludes` that 'plan' is another"),
        (("peace", "truce"), "uk.plan.2024 depends on 'truce' without 'peace'"),
        (("e", "f"), "`add evidence f` gives the one what the other cites, and `remove e` takes that out"),
    ],
)
def test_what_cannot_be_one(kinds: Path, names: tuple[str, str], words: str) -> None:
    result = ask("merge", *names, "-m", kinds, "--yes")
    assert 2 == result.exit_code
    assert words in " ".join(result.stderr.split())
    assert KINDS == kinds.read_text("utf-8")


def test_what_is_contested_for_the_first_time_is_told(tmp_path: Path) -> None:
    """Two bakers brought in by two curators: each was sure, and of the one nobody knows."""
    stance = "{{actor: {}, position: {}, proposal: plan, date: {}, evidence: [{{source: s, credibility: 3}}]}}"
    stances = [
        ("uk", "opposes", "2024-08-02"),
        ("gb", "open", "2024-08-02"),
        ("fr", "open", "2024"),
        ("fr", "opposes", "2024"),
    ]
    listed = "\n".join(f"  - {stance.format(*said)}" for said in stances)
    path = tmp_path / "m.yaml"
    path.write_text(
        "model: {id: m, title: M}\nactors:\n  uk: {name: UK, kind: state}\n  gb: {name: Britain, kind: state}\n"
        "  fr: {name: France, kind: state}\nproposals:\n  plan: {title: The plan}\n"
        f"sources:\n  s: {{title: S, publisher: P, published: 2025, reliability: C}}\nstances:\n{listed}\n",
        encoding="utf-8",
    )
    told = ask("merge", "uk", "gb", "-m", path, "--yes").stderr.splitlines()
    assert ["contested then: Britain on The plan, open / opposes"] == [
        line for line in told if line.startswith("contested")
    ]


def test_what_would_be_its_own_addressee_is_refused(model: Path) -> None:
    model.write_text(TEXT.replace("actor: fr, stage", "actor: uk, stage").replace("[uk,   united", "[united"), "utf-8")
    result = ask("merge", "uk", "united-kingdom", "-m", model, "--yes", "--force")
    assert 1 == result.exit_code
    assert "AG021 'united-kingdom' is its own addressee" in result.stderr


def test_a_file_of_its_own_is_told_when_nothing_is_left_in_it(town: Path) -> None:
    text = "sources:\n  t: {title: T, publisher: P, published: 2026-03-14, reliability: B}\n"
    Path("seeds/t.yaml").write_text(text, encoding="utf-8")
    assert read_model(town).model is not None
    result = ask("merge", "t", "valley-courier-2026-03-14", "--yes", "--force")
    assert 0 == result.exit_code, result.stderr
    assert "no record is left in seeds/t.yaml then; the file can be deleted" in result.stderr


def test_a_name_finds_it_and_the_schema_offers_its_id_no_more(town: Path) -> None:
    Path(".actorgraph").mkdir()
    Path(".actorgraph/schema.json").write_text("{}", encoding="utf-8")
    ask("add", "actor", "--name", "Merchants", "--kind", "organisation", "--yes", "--force")
    assert "merchants" in Path(".actorgraph/schema.json").read_text("utf-8")
    assert 0 == ask("merge", "Merchants", "traders", "--yes", "--force").exit_code
    assert "Merchants" in load_model(town).actors["traders"].aliases
    assert '"merchants"' not in Path(".actorgraph/schema.json").read_text("utf-8")


def test_a_warning_is_not_new_because_the_one_that_goes_had_it_under_its_name(model: Path) -> None:
    """The envoy speaks for both without a role: as one warning for each before, as one for both after."""
    said = "date: 2024-08-09, speaker: fr, evidence: [{source: s, lines: 9, credibility: 3}]}\n"
    stances = "".join(
        f"  - {{actor: {actor}, position: open, proposal: plan, {said}" for actor in ("uk", "united-kingdom")
    )
    text = TEXT.replace("\ncommitments:", f"{stances.replace('08-09', '08-11', 1)}\ncommitments:")
    model.write_text(text, encoding="utf-8")
    assert 2 == sum(
        problem.code == "AG105" and "'fr'" in problem.message for problem in check(model, today=TODAY).problems
    )
    assert not [
        problem for problem in merged(model, "uk", "united-kingdom").changeset.problems if problem.code == "AG105"
    ]


def test_where_records_cannot_be_told_apart_the_file_is_named(tmp_path: Path) -> None:
    path = tmp_path / "one-line.yaml"
    text = "model: {id: a, title: A}\nactors: {uk: {name: UK, kind: state}, gb: {name: GB, kind: state}}\n"
    path.write_text(text, encoding="utf-8")
    result = ask("merge", "uk", "gb", "-m", path, "--yes", "--force")
    assert (1, text) == (result.exit_code, path.read_text("utf-8"))
    assert f"{path}: cannot tell which lines are the record's; `actorgraph fmt` writes one record per" in result.stderr


def test_an_id_that_is_written_with_an_escape_is_found(model: Path) -> None:
    model.write_text(TEXT.replace('actor: "uk"', 'actor: "u\\x6b"'), encoding="utf-8")
    assert 0 == ask("merge", "uk", "united-kingdom", "-m", model, "--yes", "--force").exit_code
    assert 'actor: "united-kingdom",   position' in model.read_text("utf-8")


# -- laws ------------------------------------------------------------------------------------------------------

KEYED = ("actor", "proposal", "condition", "source")


def split(chance: random.Random, text: str, kind: str, share: float = 0.5) -> tuple[str, str, str]:
    """Return a model in which a share of what names a thing names a double of it, the thing's id and the double."""
    places = [mention for mention in rename.mentions(text) if mention.kind == kind]
    name = chance.choice([mention.name for mention in places if not mention.defines])
    moved = [
        mention.token for mention in places if mention.name == name and not mention.defines and chance.random() < share
    ]
    begin = next(mention.token for mention in places if mention.name == name and mention.defines).start
    entry = text[begin : text.index("\n", begin)]
    new = rename.replaced(text, moved, name, "the-double")
    at = new.index(f"  {entry}\n") + len(entry) + 3
    return f"{new[:at]}  the-double{entry.removeprefix(name)}\n{new[at:]}", name, "the-double"


@examples(40)
@given(st.integers(0, 30), st.randoms(use_true_random=False), st.sampled_from(KEYED))
def test_what_was_one_and_was_split_is_what_it_was_to_the_byte(seed: int, chance: random.Random, kind: str) -> None:
    text = model_text(40, seed=seed)
    two, name, double = split(chance, text, kind)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "a.yaml")
        path.write_text(two, encoding="utf-8")
        done = merged(path, double, name)
        (replacement,) = done.changeset.replacements
        assert text == replacement.new.decode()
        assert [] == [remark for remark in done.remarks if not remark.startswith("contested then: ")]


@examples(30)
@given(st.integers(0, 30), st.randoms(use_true_random=False), st.sampled_from(["actor", "proposal"]))
def test_versions_before_and_after_differ_in_the_one_that_is_gone(seed: int, chance: random.Random, kind: str) -> None:
    """Where all that is said is said of the double, a merge changes no position, nor does what undoes it."""
    text = model_text(40, seed=seed)
    two, name, double = split(chance, text, kind, 1)
    with tempfile.TemporaryDirectory() as folder:
        ledgers = []
        for number, version in enumerate((two, text)):
            path = Path(folder, f"{number}.yaml")
            path.write_text(version, encoding="utf-8")
            ledgers.append(load(path))
        for sides, change in ((ledgers, "removed"), (ledgers[::-1], "added")):
            found = diff_versions(*sides, as_of="2026-06", every=True)
            assert [(change, kind)] == [(correction.change, correction.type) for correction in found.corrections]
            assert found.corrections[0].id in (name, double)
            assert () == found.changes


def said(path: Path, actor: str) -> set[tuple[object, ...]]:
    """Return what an actor holds, without its id."""
    with load(path) as ledger:
        rows = what(ledger, actor, as_of="2026-06", stated=True).rows
    return {(row.kind, row.position, row.proposal, row.since, row.until, row.conditions, row.evidence) for row in rows}


@examples(30)
@given(st.integers(0, 30), st.randoms(use_true_random=False))
def test_where_they_do_not_overlap_one_holds_what_both_held(seed: int, chance: random.Random) -> None:
    text = model_text(60, seed=seed)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "a.yaml")
        path.write_text(text, encoding="utf-8")
        actors = sorted(load_model(path).actors)
        old, new = chance.sample(actors, 2)
        loaded, before = sound(path, today=TODAY)
        tracks = [
            {record.proposal for record in before.stances + before.commitments if record.actor == actor}
            for actor in (old, new)
        ]
        toward = {key for record in before.commitments if record.actor in (old, new) for key in record.toward}
        own = said(path, old) | said(path, new)
        others = {actor: said(path, actor) for actor in actors if actor not in (old, new)}
        everything = located(loaded)
        done = merging(loaded, find(old, everything, ["actor"]), find(new, everything, ["actor"]), today=TODAY)
        assert done.changeset.model is not None or toward & {old, new}
        if done.changeset.model is None:
            return
        done.changeset.write()
        assert not done.changeset.refused
        assert old not in load_model(path).actors
        assert others == {actor: said(path, actor) for actor in others}
        if tracks[0].isdisjoint(tracks[1]):
            assert own == said(path, new)
