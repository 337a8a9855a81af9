"""Tallies: where each actor is counted, by example, and the laws, against a naive count of the rows of the day."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from builders import model as small
from folders import loaded
from hypothesis import given
from hypothesis import strategies as st

from actorgraph.errors import Span, UsageProblem
from actorgraph.ledger.load import load
from actorgraph.ledger.store import Ledger
from actorgraph.ledger.tables import build
from actorgraph.model.records import Actor, Commitment, Proposal, Relation, Stance
from actorgraph.questions.counting import Count
from actorgraph.questions.diff import diff
from actorgraph.questions.rows import Row
from actorgraph.questions.tally import tally
from actorgraph.questions.who import everything, who
from actorgraph.vocabulary import ACTOR_KINDS, POSITIONS, STAGES

if TYPE_CHECKING:
    from actorgraph.model.model import Place

TREATY = """
model: {id: m, title: M}
actors:
  ada: {name: Ada, kind: state}
  bor: {name: Bor, kind: state}
  cup: {name: Cup, kind: organisation}
  dov: {name: Dov, kind: state}
  eve: {name: Eve, kind: state}
  fay: {name: Fay, kind: organisation}
  league: {name: The League, kind: coalition}
  club: {name: A club, kind: organisation}
  kim: {name: Kim, kind: person}
proposals:
  treaty: {title: The treaty}
  ban: {title: A ban, part-of: treaty}
  watch: {title: Inspectors, entails: [ban]}
  fund: {title: A fund}
conditions:
  truce: {title: A truce holds}
relations:
  - {actor: ada, relation: member-of, to: league, since: 2024-01-01}
  - {actor: bor, relation: member-of, to: league, since: 2024-01-01}
  - {actor: bor, relation: member-of, to: club, since: 2024-01-01}
  - {actor: kim, relation: represents, to: ada, since: 2024-01-01}
stances:
  - {actor: ada, position: supports, proposal: treaty, date: 2024-02-01, if: [truce], evidence: [{source: s}]}
  - {actor: bor, position: opposes, proposal: treaty, date: 2024-02-01, evidence: [{source: s}]}
  - {actor: cup, position: supports, proposal: treaty, date: 2024-02-01, evidence: [{source: s}]}
  - {actor: cup, position: opposes, proposal: treaty, date: 2024-02-01, evidence: [{source: s}]}
  - {actor: league, position: supports, proposal: treaty, date: 2024-02-01, evidence: [{source: s}]}
  - {actor: club, position: neutral, proposal: treaty, date: 2024-02-01, evidence: [{source: s}]}
  - {actor: fay, position: supports, proposal: watch, date: 2024-02-01, evidence: [{source: s}]}
  - {actor: fay, position: open, proposal: treaty, date: 2024-03-01, evidence: [{source: s}]}
commitments:
  - {actor: dov, stage: pledges, proposal: treaty, date: 2024-02-01, evidence: [{source: s}]}
  - {actor: bor, stage: declines, proposal: treaty, date: 2024-02-01, evidence: [{source: s}]}
sources: {s: {title: S, publisher: S, published: 2024-02-02}}
"""


@pytest.fixture(scope="module")
def treaty(tmp_path_factory: pytest.TempPathFactory) -> Ledger:
    return loaded(tmp_path_factory.mktemp("treaty"), TREATY)


def left(counts: Iterable[tuple[str, int]]) -> dict[str, int]:
    """Return the counts that are not zero."""
    return {name: number for name, number in counts if number}


def test_each_actor_is_in_one_place(treaty: Ledger) -> None:
    (count,) = tally(treaty, "treaty", as_of="2024-04")
    assert {"supports": 2, "open": 1, "neutral": 1, "opposes": 1} == left(count.stances.items())
    assert (1, 1, 1, 0, 0) == (count.contested, count.commitment_only, count.silent, count.alternatives, count.left_out)
    assert {"state": 1} == count.silent_of
    assert 8 == count.actors, "all but the person, who speaks for a state"
    assert (1, 5) == (count.conditional, count.n)
    assert {"pledges": 1, "declines": 1} == left(count.commitments.items())
    assert 0.1 == count.agreement, "of 2 for, 1 against and 2 between"
    assert count.moved is None


def test_what_is_implied_is_counted_apart(treaty: Ledger) -> None:
    (count,) = tally(treaty, "ban", as_of="2024-04")
    assert {"supports": 1} == left(count.implied.items())
    assert (0, None, 8) == (count.n, count.agreement, count.silent)
    (stated,) = tally(treaty, "ban", as_of="2024-04", stated=True)
    assert {} == left(stated.implied.items())
    (echoed,) = tally(treaty, "treaty", as_of="2024-04")
    assert {} == left(echoed.implied.items()), "that Dov supports what it pledges is no news"


def test_an_assumption_may_leave_nothing_of_an_actor(treaty: Ledger) -> None:
    (count,) = tally(treaty, "treaty", as_of="2024-04", assume=["not:truce"])
    assert (1, 1, 0, 8) == (count.stances["supports"], count.left_out, count.conditional, count.actors)
    assert {"ada"}.isdisjoint(row.actor for row in who(treaty, "silent", "treaty", as_of="2024-04"))


def test_one_position_if_and_another_unless_the_same_condition_are_no_position(tmp_path: Path) -> None:
    path = tmp_path / "m.yaml"
    other = "  - {actor: ada, position: opposes, proposal: treaty, date: 2024-02-01, unless: [truce], %s}\n"
    text = TREATY.replace("commitments:\n", f"{other % 'evidence: [{source: s}]'}commitments:\n")
    path.write_text(text, encoding="utf-8")
    ledger = load(path)
    (count,) = tally(ledger, "treaty", as_of="2024-04")
    assert (1, 1, 1, 8) == (count.contested, count.alternatives, count.stances["supports"], count.actors)
    (assumed,) = tally(ledger, "treaty", as_of="2024-04", assume=["truce"])
    assert (1, 0, 2) == (assumed.contested, assumed.alternatives, assumed.stances["supports"])


def test_all_proposals_come_ranked_by_how_split_they_are(treaty: Ledger) -> None:
    counts = tally(treaty, as_of="2024-04").proposals
    assert ["treaty", "watch", "ban", "fund"] == [count.proposal for count in counts]
    assert [None] * 4 == [count.by for count in counts]
    assert ["treaty", "ban"] == [count.proposal for count in tally(treaty, "treaty", as_of="2024-04", parts=True)]


def test_by_kind(treaty: Ledger) -> None:
    counts = {count.by: count for count in tally(treaty, "treaty", as_of="2024-04", by="kind")}
    assert ["state", "organisation", "coalition"] == list(counts), "no person was asked about"
    assert (1, 1, 0, 1, 1) == (
        counts["state"].supporting,
        counts["state"].opposing,
        counts["state"].between,
        counts["state"].commitment_only,
        counts["state"].silent,
    )
    assert {"bor": ("club", "league")} == counts["state"].departs_from
    assert ("bor",) == counts["state"].departs
    assert () == counts["organisation"].departs


def test_by_group_a_member_of_two_counts_in_both(treaty: Ledger) -> None:
    answer = tally(treaty, "treaty", as_of="2024-04", by="group")
    counts = {count.by: count for count in answer}
    assert ["club", "league", None] == list(counts)
    assert (1, 2, 6) == (counts["club"].actors, counts["league"].actors, counts[None].actors)
    assert [1, 1, 0] == [count.opposing for count in counts.values()]
    assert [("bor",), ("bor",), ()] == [count.departs for count in counts.values()]
    assert [{"bor": ("club",)}, {"bor": ("league",)}, {}] == [dict(count.departs_from) for count in counts.values()]
    assert {"command": "tally", "target": "treaty", "by": "group"} == answer.query
    assert {"bor": "Bor", "club": "A club", "league": "The League"} == dict(answer.about.actors)


def test_who_departs_from_one_of_its_groups_alone_is_told_there_alone(tmp_path: Path) -> None:
    tie = "  - {actor: ada, relation: member-of, to: club, since: 2024-01-01}\n"
    ledger = loaded(tmp_path, TREATY.replace("relations:\n", f"relations:\n{tie}"))
    counts = {count.by: count for count in tally(ledger, "treaty", as_of="2024-04", by="group")}
    assert [("ada", "bor"), ("bor",), ()] == [counts[group].departs for group in ("club", "league", None)]


@pytest.mark.parametrize(
    ("excludes", "implied", "contested"), [("", {"supports": 1}, 0), (", excludes: [ban]", {}, 1)], ids=["one", "both"]
)
def test_a_kind_of_which_something_follows_has_a_line_though_nobody_of_it_was_asked(
    tmp_path: Path, excludes: str, implied: dict[str, int], contested: int
) -> None:
    said = "".join(
        f"  - {{actor: kim, position: supports, proposal: {on}, date: 2024-02-01, evidence: [{{source: s}}]}}\n"
        for on in ("watch", "fund")
    )
    text = TREATY.replace("stances:\n", f"stances:\n{said}").replace("title: A fund", f"title: A fund{excludes}")
    counts = {count.by: count for count in tally(loaded(tmp_path, text), "ban", as_of="2024-04", by="kind")}
    assert ["state", "organisation", "coalition", "person"] == list(counts)
    persons = counts["person"]
    assert (0, implied, contested) == (persons.actors, left(persons.implied.items()), persons.implied_contested)


def test_the_more_split_goes_before_what_more_are_for(tmp_path: Path) -> None:
    sides = {"all-for": "sss", "one-each": "so", "two-to-one": "sso"}
    word = {"s": "supports", "o": "opposes"}
    lines = [
        f"  - {{actor: {actor}, position: {word[side]}, proposal: {on}, date: 2024-01-05, evidence: [{{source: s}}]}}\n"
        for on, said in sides.items()
        for actor, side in zip("abc", said, strict=False)
    ]
    ledger = loaded(
        tmp_path,
        "model: {id: m, title: M}\nactors:\n"
        f"{''.join(f'  {key}: {{name: {key}, kind: state}}' + chr(10) for key in 'abc')}"
        f"proposals:\n{''.join(f'  {key}: {{title: {key}}}' + chr(10) for key in sides)}"
        f"sources: {{s: {{title: S, publisher: S, published: 2024-02}}}}\nstances:\n{''.join(lines)}",
    )
    assert ["two-to-one", "one-each", "all-for"] == [count.proposal for count in tally(ledger, as_of="2024-02")]


def test_narrowed_to_a_group_it_is_still_told_who_departs_from_it(treaty: Ledger) -> None:
    (count,) = tally(treaty, "treaty", as_of="2024-04", group="league")
    assert (1, 1, 2, ("bor",)) == (count.supporting, count.opposing, count.actors, count.departs)
    (count,) = tally(treaty, "treaty", as_of="2024-04", kind="organisation")
    assert (0, 0, 2, 1, ()) == (count.supporting, count.opposing, count.between, count.contested, count.departs)


@pytest.mark.parametrize(
    ("said", "departs"),
    [
        ("{actor: eve, position: opposes, proposal: treaty, date: 2024-02-01", ("bor", "eve")),
        ("{actor: cup, position: supports, proposal: ban, date: 2024-02-01", ("bor",)),
        ("{actor: league, stage: pledges, proposal: treaty, date: 2024-02-01", ("bor",)),
    ],
)
def test_who_departs_has_a_stance_that_is_counted(tmp_path: Path, said: str, departs: tuple[str, ...]) -> None:
    """Cup is contested, and Dov has pledged and Eve declined what the League has not."""
    ties = "".join(
        f"  - {{actor: {key}, relation: member-of, to: league, since: 2024-01-01}}\n" for key in ("cup", "eve")
    )
    text = TREATY.replace("relations:\n", f"relations:\n{ties}")
    text = text.replace("commitments:\n", "commitments:\n  - {actor: eve, stage: declines, %s}\n")
    text %= "proposal: treaty, date: 2024-02-01, evidence: [{source: s}]"
    section = "commitments" if "stage" in said else "stances"
    text = text.replace(f"{section}:\n", f"{section}:\n  - {said}, evidence: [{{source: s}}]}}\n")
    (count,) = tally(loaded(tmp_path, text), "treaty", as_of="2024-04")
    assert departs == count.departs


def test_what_moved_is_what_a_diff_of_what_was_stated_has(treaty: Ledger) -> None:
    (count,) = tally(treaty, "treaty", as_of="2024-04", since="2024-02")
    assert [("fay", "added")] == [(change.actor, change.change) for change in count.moved or ()]
    kinds = {count.by: count.moved for count in tally(treaty, "treaty", as_of="2024-04", since="2024-02", by="kind")}
    assert [0, 1, 0] == [len(kinds[kind] or ()) for kind in ("state", "organisation", "coalition")]
    every = tally(treaty, as_of="2024-04", since="2024-01")
    moved = {change for count in every for change in count.moved or ()}
    assert set(diff(treaty, "2024-01", "2024-04", stated=True)) == moved
    assert {"command": "tally", "since": "2024-01-31"} == every.query
    assert () == tally(treaty, "treaty", as_of="2024-04", since="2024-04")[0].moved
    with pytest.raises(UsageProblem, match="nothing can have moved since 2024-05-31: that is after 2024-04-30"):
        tally(treaty, as_of="2024-04", since="2024-05")


def test_it_is_flat_records(treaty: Ledger) -> None:
    answer = tally(treaty, "treaty", as_of="2024-04", since="2024-02")
    (record,) = answer.records()
    assert list(answer.columns) == list(record)
    assert (2, 1, 1, 1) == (record["supports"], record["open"], record["contested"], record["pledges"])
    assert ("fay added",) == record["moved"]
    assert "<Tally: tally treaty, as of 2024-04-30, 1 proposal>" == repr(answer)


def test_what_cannot_be_asked(treaty: Ledger) -> None:
    with pytest.raises(UsageProblem, match="cannot count by 'kinds' \\(did you mean 'kind'\\?\\)"):
        tally(treaty, as_of="2024", by="kinds")
    with pytest.raises(UsageProblem, match="no proposal answers to 'x'"):
        tally(treaty, "x", as_of="2024")


LIVES = """
model: {id: m, title: M}
actors:
  ada: {name: Ada, kind: state}
  bor: {name: Bor, kind: state}
  cup: {name: Cup, kind: organisation}
proposals:
  draft: {title: A draft, since: 2024-01-01, until: 2024-03-01, fate: superseded}
  text: {title: A text, since: 2024-03-01, succeeds: draft}
  custom: {title: A custom}
conditions: {truce: {title: A truce}}
stances:
  - {actor: ada, position: supports, proposal: draft, date: 2024-02-01, evidence: [{source: s}]}
  - {actor: bor, position: opposes, proposal: text, date: 2024-03, evidence: [{source: s}]}
commitments:
  - {actor: ada, stage: pledges, date: 2024-03-05, amount: {value: 100, unit: men}, %s}
  - {actor: bor, stage: pledges, date: 2024-03-05, amount: {at-least: 0.5, unit: men}, if: [truce], %s}
  - {actor: cup, stage: pledges, date: 2024-03-05, amount: {at-least: 1, at-most: 2, unit: tons}, toward: ada, %s}
  - {actor: cup, stage: threatens, date: 2024-03-05, amount: {value: 9, unit: tons}, toward: bor, %s}
sources: {s: {title: S, publisher: S, published: 2024-04-02}}
""".replace("%s", "proposal: text, evidence: [{source: s}]")


@pytest.fixture(scope="module")
def lives(tmp_path_factory: pytest.TempPathFactory) -> Ledger:
    return loaded(tmp_path_factory.mktemp("lives"), LIVES)


def test_a_tally_of_all_leaves_out_what_is_not_on_the_table(lives: Ledger) -> None:
    assert ["draft", "custom"] == [count.proposal for count in tally(lives, as_of="2024-02-29")]
    assert ["text", "custom"] == [count.proposal for count in tally(lives, as_of="2024-03")]
    answer = tally(lives, "draft", as_of="2024-03")
    assert answer.life is not None
    assert ("superseded", ("text",), "after") == (answer.life.fate, answer.life.succeeded_by, answer.life.outside)
    assert "A text" == answer.about.proposals["text"]
    assert (0, 0) == (answer[0].actors, answer[0].silent), "nobody is silent on what is gone"
    assert tally(lives, as_of="2024-03").life is None


def test_what_went_on_from_one_text_to_another_moved_on_both(tmp_path: Path) -> None:
    path = tmp_path / "m.yaml"
    turn = "  - {actor: ada, position: opposes, proposal: text, date: 2024-03-10, evidence: [{source: s}]}\n"
    path.write_text(LIVES.replace("commitments:\n", f"{turn}commitments:\n"), encoding="utf-8")
    ledger = load(path)
    moved = {key: tally(ledger, key, as_of="2024-03", since="2024-02")[0].moved for key in ("draft", "text")}
    (turned,) = [change for change in moved["text"] or () if change.actor == "ada" and change.kind == "stance"]
    assert ("reversed", "draft", "text") == (turned.change, turned.before_proposal, turned.proposal)
    assert (turned,) == moved["draft"]


def test_what_is_only_possible_is_in_a_place_of_its_own(lives: Ledger) -> None:
    (early,) = tally(lives, "text", as_of="2024-03-04")
    assert (1, 0, 2) == (early.possible, early.opposing, early.silent)
    (count,) = tally(lives, "text", as_of="2024-03-10")
    assert (1, 2, 0) == (count.possible, count.commitment_only, count.silent), "a possible stance beside a pledge"
    (late,) = tally(lives, "text", as_of="2024-03-31")
    assert (0, 2, 1) == (late.possible, late.commitment_only, late.opposing)


def test_amounts_are_summed_by_stage_and_unit(lives: Ledger) -> None:
    (count,) = tally(lives, "text", as_of="2024-03-31")
    assert (("pledges", "men", 100.5, None, 1, 2), ("pledges", "tons", 1, 2, 0, 1)) == count.amounts
    assert {"pledges": 3, "threatens": 1} == left(count.commitments.items()), "one actor in two stages"
    assert {"pledges": 1} == left(count.conditional_commitments.items())
    (record,) = tally(lives, "text", as_of="2024-03-31").records()
    assert (
        "pledges at least 100.5 men, 1 on conditions, named by 2 of 3",
        "pledges 1–2 tons, named by 1 of 3",
    ) == record["amounts"]
    assert (3, 1) == (record["pledges"], record["conditional_pledges"])
    (sure,) = tally(lives, "text", as_of="2024-03-31", assume=["not:truce"])
    assert (("pledges", "men", 100, 100, 0, 1), ("pledges", "tons", 1, 2, 0, 1)) == sure.amounts


def test_of_amounts_that_cannot_hold_at_once_one_counts(tmp_path: Path) -> None:
    said = "actor: a, stage: pledges, proposal: p, date: 2024-01-05, evidence: [{source: s}], amount: {unit: eur,"
    ledger = loaded(
        tmp_path,
        "model: {id: m, title: M}\nactors: {a: {name: A, kind: state}}\nproposals: {p: {title: P}}\n"
        "conditions: {k: {title: K}}\nsources: {s: {title: S, publisher: S, published: 2024-02}}\ncommitments:\n"
        f"  - {{{said} value: 10}}, if: k}}\n  - {{{said} value: 20}}, unless: k}}\n",
    )
    (count,) = tally(ledger, "p", as_of="2024-06")
    assert (("pledges", "eur", 10, 20, 1, 1),) == count.amounts
    (either,) = tally(ledger, "p", as_of="2024-06", assume=["k"])
    assert (("pledges", "eur", 10, 10, 0, 1),) == either.amounts


# -- the laws ----------------------------------------------------------------------------------------------------

_ACTORS = {"a": "state", "b": "state", "c": "organisation", "g": "coalition", "h": "person"}
_DAYS = ("2024-01-05", "2024-01-05", "2024-01-20", "2024-02-10", "2024-01", "2024-02", "../2024-02-10")


_LIVES: tuple[dict[str, str], ...] = (
    {},
    {"since": "2024-01-10"},
    {"since": "2024-01-10", "until": "2024-02-10", "fate": "withdrawn"},
    {"until": "2024-02-10", "fate": "adopted"},
)
_TENTH = {"at-least": "0.1", "unit": "tons"}
_THREE = {"value": "3", "unit": "tons"}


@st.composite
def ledgers(draw: st.DrawFn) -> Ledger:
    """Return a ledger of few actors that clash, infer, undertake, speak for each other and belong to groups."""
    records: list[Stance | Commitment] = []
    for number in range(draw(st.integers(0, 12))):
        is_stance = draw(st.booleans())
        keys: dict[str, object] = {
            "id": f"r{number}",
            "actor": draw(st.sampled_from(sorted(_ACTORS))),
            "proposal": draw(st.sampled_from("ppqr")),
            "date": draw(st.sampled_from(_DAYS)),
            "until": draw(st.sampled_from([None, None, "2024-03-01"])),
            "if": draw(st.sampled_from([(), (), ("c",)])),
            "unless": (),
            "evidence": [{"source": "early"}],
        }
        if draw(st.booleans()) and not keys["if"]:
            keys["unless"] = draw(st.sampled_from([(), ("c",)]))
        words = POSITIONS if is_stance else STAGES
        word = {"position" if is_stance else "stage": draw(st.sampled_from(words))}
        if not is_stance:
            toward = draw(st.sampled_from([(), (), ("g",), ("b", "g")]))
            keys["toward"] = tuple(actor for actor in toward if actor != keys["actor"])
            if toward != ("b", "g"):  # an amount toward several would count twice
                keys["amount"] = draw(st.sampled_from([None, _TENTH, _TENTH | {"at-most": "0.5"}, _THREE]))
        records.append((Stance if is_stance else Commitment).model_validate({**keys, **word}))
    ties = [
        Relation.model_validate({"id": f"t{number}", "actor": actor, "relation": tie, "to": to, "since": "2024-01-01"})
        for number, (actor, tie, to) in enumerate(
            draw(
                st.lists(
                    st.sampled_from(
                        [
                            ("a", "member-of", "g"),
                            ("b", "member-of", "g"),
                            ("a", "member-of", "c"),
                            ("h", "member-of", "c"),
                            ("h", "represents", "a"),
                        ]
                    ),
                    unique=True,
                )
            )
        )
    ]
    whole = small(*records)
    places: dict[Place, Span] = {("actors", key): Span("m.yaml") for key in _ACTORS}
    places |= {("proposals", key): Span("m.yaml") for key in "pqr"}
    places |= {("relations", tie.id): Span("m.yaml") for tie in ties}
    model = replace(
        whole,
        actors={key: Actor.model_validate({"name": key, "kind": kind}) for key, kind in _ACTORS.items()},
        proposals={
            "p": Proposal.model_validate({"title": "p", "entails": ["q"]}),
            "q": Proposal(title="q"),
            "r": Proposal.model_validate({"title": "r", "excludes": ["q"], **draw(st.sampled_from(_LIVES))}),
        },
        relations=tuple(ties),
        places={**whole.places, **places},
    )
    return Ledger(build(model))


days = st.sampled_from(["2024-01-01", "2024-01-05", "2024-01-31", "2024-02-15", "2024-03-01"])


def naive(silent: Iterable[Row], of_proposal: Iterable[Row], possible: Iterable[Row]) -> dict[str, str]:
    """Return where each actor is counted, told from the rows of the day alone, and from `who silent`."""
    places: dict[str, str] = {row.actor: "silent" for row in silent}
    for actor in _ACTORS:
        rows = [row for row in of_proposal if row.actor == actor]
        may_be = {row.kind for row in possible if row.actor == actor}
        stances = [row for row in rows if row.kind == "stance" and row.basis == "stated"]
        if stances:
            assert actor not in places
            positions = {row.position for row in stances}
            one = next(iter(positions)) if len(positions) == 1 else "alternatives"
            places[actor] = "contested" if any(row.contested for row in stances) else one
        elif "stance" in may_be:
            places[actor] = "possible"
        elif any(row.kind == "commitment" for row in rows):
            places[actor] = "commitment_only"
        elif may_be:
            places[actor] = "possible"
    return places


def places_of(count: Count) -> dict[str, int]:
    """Return how many actors are counted where."""
    others = ("contested", "alternatives", "possible", "commitment_only", "silent", "left_out")
    return left([*count.stances.items(), *((name, getattr(count, name)) for name in others)])


@given(ledgers(), days)
def test_it_agrees_with_a_naive_count_and_adds_up_to_all_who_were_asked(ledger: Ledger, day: str) -> None:
    every = everything(ledger, as_of=day)
    for count in tally(ledger, as_of=day):
        rows = [row for row in every if row.proposal == count.proposal]
        possible = [row for row in every.possible if row.proposal == count.proposal]
        places = naive(who(ledger, "silent", count.proposal, as_of=day), rows, possible)
        assert dict(Counter(places.values())) == places_of(count)
        assert len(places) == count.actors == sum(places_of(count).values())
        assert len(places) == count.n + count.contested + count.others + count.silent
        assert (count,) == tally(ledger, count.proposal, as_of=day).proposals
        assert left(count.commitments.items()) == naive_stages(rows)
        firm = naive_stages(row for row in rows if not row.conditions)
        assert {stage: firm.get(stage, 0) for stage in STAGES} == {
            stage: number - count.conditional_commitments[stage] for stage, number in count.commitments.items()
        }
        assert count.silent == sum(count.silent_of.values())
        assert count.conditional <= count.n == count.supporting + count.opposing + count.between
        assert (count.agreement is None) == (count.n == 0)
        assert count.agreement is None or 0 <= count.agreement <= 1
        implied = {row.actor for row in rows if row.basis == "inferred"}
        assert len(implied) == sum(count.implied.values()) + count.implied_contested
        assert naive_sums(rows) == {
            (summed.stage, summed.unit): (Fraction(str(summed.at_least)), summed.at_most) for summed in count.amounts
        }


def naive_sums(rows: Iterable[Row]) -> dict[tuple[str, str], tuple[Fraction, float | None]]:
    """Return what each stage amounts to, added row by row."""
    sums: dict[tuple[str, str], tuple[Fraction, float | None]] = {}
    for row in rows:
        if row.amount is not None and not row.contested and row.position != "threatens":
            key = row.position, row.amount.unit
            least, most = sums.get(key, (Fraction(), 0))
            top = (
                None
                if most is None or row.amount.at_most is None
                else float(Fraction(str(most)) + Fraction(str(row.amount.at_most)))
            )
            sums[key] = least + Fraction(str(row.amount.at_least)), top
    return sums


def naive_stages(rows: Iterable[Row]) -> dict[str, int]:
    """Return how many actors have reached each stage without contest."""
    reached = {(row.actor, row.position) for row in rows if row.kind == "commitment" and not row.contested}
    return dict(Counter(stage for _, stage in reached))


@given(ledgers(), days)
def test_counts_by_kind_sum_to_the_whole(ledger: Ledger, day: str) -> None:
    whole = {count.proposal: count for count in tally(ledger, as_of=day)}
    by_kind = tally(ledger, as_of=day, by="kind").proposals
    for proposal, count in whole.items():
        parts = [part for part in by_kind if part.proposal == proposal]
        assert {part.by for part in parts} <= set(ACTOR_KINDS)
        assert Counter(places_of(count)) == sum((Counter(places_of(part)) for part in parts), Counter())
        for field in ("stances", "implied", "commitments", "silent_of"):
            summed = sum((Counter(getattr(part, field)) for part in parts), Counter())
            assert left(getattr(count, field).items()) == left(summed.items())
        assert sorted(count.departs) == sorted(actor for part in parts for actor in part.departs)
        for part in parts:
            assert part._replace(by=None) in tally(ledger, proposal, as_of=day, kind=part.by), (
                "as narrowed to that kind"
            )


@given(ledgers(), days)
def test_a_group_is_counted_as_if_the_question_were_narrowed_to_it(ledger: Ledger, day: str) -> None:
    for count in tally(ledger, as_of=day, by="group"):
        if count.by is not None:
            (narrowed,) = tally(ledger, count.proposal, as_of=day, group=count.by)
            assert narrowed._replace(by=count.by, departs=count.departs, departs_from=count.departs_from) == count
            assert set(count.departs) <= set(narrowed.departs)
            assert dict.fromkeys(count.departs, (count.by,)) == dict(count.departs_from)


@given(ledgers(), days)
def test_the_ranking(ledger: Ledger, day: str) -> None:
    counts = tally(ledger, as_of=day).proposals
    keys = [(min(count.supporting, count.opposing), count.supporting + count.opposing) for count in counts]
    assert keys == sorted(keys, reverse=True)


@given(ledgers(), days)
def test_only_what_is_on_the_table_is_in_a_tally_of_all(ledger: Ledger, day: str) -> None:
    life = ledger.by_id(["r"], "proposal")["r"].body
    gone = life.get("fate") == "withdrawn" and day >= life["until"]
    on_the_table = ["p", "q"] if day < life.get("since", "") or gone else ["p", "q", "r"]
    assert on_the_table == sorted(count.proposal for count in tally(ledger, as_of=day))
    (count,) = tally(ledger, "r", as_of=day)
    if "r" not in on_the_table:
        assert (0, {}) == (count.silent, count.silent_of)
    if gone:
        assert 0 == count.actors
