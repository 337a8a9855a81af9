"""The words of answers: names that are not unique, names from right to left, conditions, and what is nothing."""

import re
from pathlib import Path

import pytest
from asking import HARBOUR, answer, ask
from folders import option_naming

from actorgraph import everything, load
from actorgraph.questions.about import Mentions, about
from actorgraph.questions.cells import condition_in_words
from actorgraph.render.phrases import Names, tone
from actorgraph.vocabulary import POSITIONS, STAGES

PAPER, LEAGUE = "הארץ", "رابطة المدن"
TWINS = f"""
model: {{id: twins, title: Two of a name}}
actors:
  ann-1: {{name: Ann Lee, kind: person, country: US}}
  ann-2: {{name: Ann LEE, kind: person, country: GB}}
  league: {{name: {LEAGUE}, kind: organisation}}
proposals:
  bridge: {{title: A bridge}}
  bridge-2: {{title: A Bridge, entails: [bridge]}}
stances:
  - {{actor: ann-1, position: opposes, proposal: bridge, date: 2025-01-01, evidence: [{{source: s}}]}}
  - {{actor: ann-2, position: supports, proposal: bridge-2, date: 2025-01-01, evidence: [{{source: s}}]}}
  - {{actor: league, position: open, proposal: bridge, date: 2025-01-02, speaker: ann-1, evidence: [{{source: s}}]}}
events:
  - {{id: meeting, title: Meeting, date: 2025-01-02, actors: [ann-1, ann-2], evidence: [{{source: s}}]}}
relations:
  - {{actor: ann-1, relation: represents, to: ann-2, since: 2025-01-01}}
sources:
  s: {{title: הודעה, publisher: {PAPER}, published: 2025-02-03, reliability: B}}
"""


@pytest.fixture
def twins(tmp_path: Path) -> tuple[str, ...]:
    path = tmp_path / "twins.yaml"
    path.write_text(TWINS, encoding="utf-8")
    return ("-m", str(path), "--as-of", "2025-06")


def test_a_name_that_several_bear_stands_with_its_id(twins: tuple[str, ...]) -> None:
    names = Names(everything(load(twins[1]), as_of="2025-06").about)
    assert f"Ann Lee (ann-1), Ann LEE (ann-2), \u2068{LEAGUE}\u2069" == ", ".join(
        map(names.actor, ["ann-1", "ann-2", "league"])
    )
    assert "A Bridge (bridge-2)" == names.proposal("bridge-2")


def test_the_first_version_names_what_two_know(twins: tuple[str, ...], tmp_path: Path) -> None:
    path = tmp_path / "later.yaml"
    text = Path(twins[1]).read_text(encoding="utf-8")
    path.write_text(text.replace("ann-2", "ann-3").replace("Ann Lee", "Ann Li"), encoding="utf-8")
    keys = ("ann-1", "ann-2", "ann-3")
    names = Names(about(load(path), (), day=20250630, also=Mentions(actors=keys), base=load(twins[1])))
    assert ["Ann Li", "Ann LEE (ann-2)", "Ann LEE"] == [names.actor(key) for key in keys]


@pytest.mark.parametrize("style", ["table", "md"])
@pytest.mark.parametrize(
    ("question", "expected"),
    [
        (
            ("who", "any", "bridge"),
            ("Ann Lee (ann-1)", "Ann LEE (ann-2)", "‘A Bridge (bridge-2)’", "by Ann Lee (ann-1)"),
        ),
        (
            ("who", "opposes", "ann-2"),
            ("Ann LEE (ann-2): who supports what it opposes", "A bridge (bridge)", "Ann LEE (ann-2): positions"),
        ),
        (("what", "ann-1"), ("Ann Lee (ann-1)", "A bridge (bridge)")),
        (("why", "ann-2", "bridge"), ("Ann LEE (ann-2) on A bridge (bridge)", "‘A Bridge (bridge-2)’ entails")),
        (("timeline", "bridge"), ("Ann LEE (ann-2): supports", "Ann Lee (ann-1): opposes")),
        (("timeline", "ann-2"), ("A Bridge (bridge-2): supports",)),
        (("disputes",), ("Ann Lee (ann-1) on A bridge (bridge)",)),
        (("disputes", "ann-2"), ("Ann LEE (ann-2): where the record disagrees",)),
        (("diff", "2024", "2025"), ("Ann Lee (ann-1)", "A bridge (bridge): opposes")),
    ],
)
def test_two_of_a_name_are_told_apart_in_every_table(
    twins: tuple[str, ...], question: tuple[str, ...], expected: tuple[str, ...], style: str
) -> None:
    options = twins[:2] if question[0] == "diff" else twins
    text = ask(*question, *options, "--format", style).stdout
    text = " ".join(text.replace("\\", "").replace("<br>", " ").split())
    words = [word for phrase in expected for word in phrase.split()]
    assert [] == [word for word in words if word not in text]
    if style == "md":
        assert [] == [phrase for phrase in expected if phrase not in text]


def test_json_and_csv_know_names_as_they_are_curated(twins: tuple[str, ...]) -> None:
    for style in ("json", "csv"):
        text = ask("who", "any", "bridge", *twins, "--format", style).stdout
        assert "Ann Lee (" not in text
        assert PAPER in text
        assert not {"\u2068", "\u2069"} & set(text)


def test_names_from_right_to_left_move_nothing_in_a_table(twins: tuple[str, ...]) -> None:
    text = ask("who", "any", "bridge", *twins).stdout
    assert f"\u2068{PAPER}\u2069 2025-02-03 [B?]" in text
    assert f"\u2068{LEAGUE}\u2069" in text
    assert "\u2068" not in ask("who", "any", "bridge", *twins, "--format", "md").stdout
    for line in text.splitlines():
        assert line.count("\u2068") == line.count("\u2069")


def test_conditions() -> None:
    assert ["if a", "unless b"] == list(map(condition_in_words, ("a", "not:b")))


def test_every_position_has_a_tone() -> None:
    assert {"for", "against", "between", "harm"} == {tone(position) for position in (*POSITIONS, *STAGES)}


def test_when_a_condition_was_true_is_said(tmp_path: Path) -> None:
    path = tmp_path / "m.yaml"
    text = Path("examples/minimal.yaml").read_text(encoding="utf-8")
    held = "held: [{since: 2024, until: 2025-03}, {since: 2026-03}]"
    path.write_text(text.replace("grants a loan}", f"grants a loan, {held}}}"), encoding="utf-8")
    text = " ".join(ask("list", "conditions", "-m", str(path)).stdout.split())
    assert "true from 2024 until 2025-03 · true since 2026-03" in text


def test_nothing_says_what_leaves_nothing() -> None:
    asked = ("who", "declines", "harbour", *HARBOUR, "--as-of", "2024-06")
    assert "Nothing is on record for that day. No record does not mean neutral." in ask(*asked).stdout
    assert "Nothing that was stated is in force on that day." in ask(*asked, "--stated").stdout
    assert "under these assumptions" in ask(*asked, "--assume", "state-loan").stdout
    graded = (*asked, "--min-grade", "A1")
    assert "in force on that day in the evidence that counts." in " ".join(ask(*graded, "--stated").stdout.split())
    assert "in the evidence that counts under these assumptions." in " ".join(
        ask(*graded, "--assume", "state-loan").stdout.split()
    )


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ((), "Nothing is certain on that day."),
        (("--assume", "peace"), "Nothing is certain on that day under these assumptions."),
        (("--without", "t"), "Nothing is certain on that day in the evidence that counts."),
        (("--min-grade", "F6"), "Nothing is certain on that day in the evidence that counts."),
        (("--stated",), "Nothing that was stated is in force on that day."),
    ],
)
def test_where_something_is_possible_it_is_on_record(tmp_path: Path, options: tuple[str, ...], words: str) -> None:
    """The line above it says what: no answer calls that nothing."""
    (tmp_path / "m.yaml").write_text(
        """
model: {id: m, title: M}
actors: {a: {name: A, kind: state}}
proposals: {p: {title: P}}
conditions: {peace: {title: There is peace}}
stances:
  - {actor: a, position: opposes, proposal: p, date: 2024-05, evidence: [{source: s}]}
sources: {s: {title: S, publisher: S, published: 2024-06-03}, t: {title: T, publisher: T, published: 2024-06-03}}
""",
        encoding="utf-8",
    )
    asked = ("--as-of", "2024-05-10", "-m", str(tmp_path / "m.yaml"), *options)
    printed = " ".join(ask("who", "any", "p", *asked).stdout.split())
    assert "A possibly opposes 2024-05" in printed
    assert f"{words} No record does not mean neutral." in printed


def test_what_is_superseded_by_a_day_ends_at_the_latest_then(tmp_path: Path) -> None:
    """In a month that is curated as the end nothing holds; what another of some day in it supersedes may still."""
    (tmp_path / "m.yaml").write_text(
        """
model: {id: m, title: M}
actors: {a: {name: A, kind: state}, b: {name: B, kind: state}}
proposals: {p: {title: P, since: 2024-01}}
stances:
  - {actor: a, position: supports, proposal: p, date: ../2024-01-31, evidence: [{source: s}]}
  - {actor: a, position: opposes, proposal: p, date: 2024-05-02, until: 2024-08, evidence: [{source: s}]}
  - {actor: b, position: supports, proposal: p, date: 2023-12-05, evidence: [{source: s}]}
  - {actor: b, position: opposes, proposal: p, date: ../2024-05, evidence: [{source: s}]}
sources: {s: {title: S, publisher: S, published: 2024-07-03}}
""",
        encoding="utf-8",
    )
    asked = ("who", "any", "p", "-m", str(tmp_path / "m.yaml"), "--as-of")
    assert "A supports, until 2024-05-02 by 2024-01-31" in " ".join(ask(*asked, "2024-03").stdout.split())
    assert "B supports, until 2024-05 at the latest 2023-12-05" in " ".join(ask(*asked, "2024-03").stdout.split())
    assert "A opposes, until 2024-08 2024-05-02" in " ".join(ask(*asked, "2024-06").stdout.split())


SHORTS = """
model: {id: m, title: M}
actors: {mill: {name: Mill, kind: organisation}}
proposals:
  wheel: {title: A new wheel for the old mill at the river, short: New wheel, entails: [dam]}
  wheel-2: {title: Another wheel, short: Wheel}
  wheel-3: {title: Wheel}
  dam: {title: A dam}
stances:
  - {actor: mill, position: supports, proposal: wheel, date: 2024-01-02, evidence: [{source: s}]}
  - {actor: mill, position: supports, proposal: wheel-2, date: 2024-01-02, evidence: [{source: s}]}
  - {actor: mill, position: supports, proposal: wheel-3, date: 2024-01-02, evidence: [{source: s}]}
sources: {s: {title: S, publisher: S, published: 2024-01-03}}
"""


def test_tables_call_a_proposal_by_its_short_title_and_questions_by_the_whole_one(tmp_path: Path) -> None:
    path = tmp_path / "m.yaml"
    path.write_text(SHORTS, encoding="utf-8")
    asked = ("-m", str(path), "--as-of", "2024")
    text = ask("what", "mill", *asked).stdout
    assert "\nNew wheel " in text
    assert "supports ‘New wheel’, which entails ‘A dam’" in text
    assert "old mill" not in text
    assert "position on A new wheel for the old mill at the river?" in ask("who", "any", "wheel", *asked).stdout
    answered = answer("what", "mill", *asked)
    assert {"wheel": "New wheel", "wheel-2": "Wheel"} == answered["about"]["short_titles"]
    assert "A new wheel for the old mill at the river" in {row["proposal_title"] for row in answered["rows"]}


def test_a_short_title_that_is_not_alone_stands_with_its_id(tmp_path: Path) -> None:
    titles = {"wheel": "A new wheel", "wheel-2": "Another wheel", "wheel-3": "Wheel"}
    shorts = {"wheel": "New wheel", "wheel-2": "wheel"}
    path = tmp_path / "m.yaml"
    path.write_text(SHORTS, encoding="utf-8")
    known = about(load(path), (), day=20240630)._replace(proposals=titles, short_titles=shorts)
    names = Names(known)
    assert ["New wheel", "wheel (wheel-2)", "Wheel (wheel-3)"] == list(map(names.proposal, titles))
    assert list(titles.values()) == list(map(names.title, titles))


BOUND = """
model: {id: m, title: M}
actors: {ada: {name: Ada, kind: state}, bor: {name: Bor, kind: state}, cup: {name: Cup, kind: state}}
proposals:
  draft: {title: A draft, until: 2025-06-01, fate: superseded}
  text: {title: A text, succeeds: draft}
  clause: {title: A clause, part-of: text}
conditions:
  c-1: {title: A truce holds}
  c-2: {title: Parliament agrees}
  c-3: {title: The court allows it}
sources: {s: {title: S, publisher: S, published: 2025-12-31}}
stances:
  - {actor: ada, position: supports, proposal: draft, date: 2025-01-05, if: [c-1, c-2], evidence: [{source: s}]}
  - {actor: bor, position: opposes, proposal: draft, date: 2025-02-05, unless: [c-1, c-3], evidence: [{source: s}]}
  - {actor: bor, position: open, proposal: clause, date: 2025-07-05, if: [c-2], evidence: [{source: s}]}
  - {actor: ada, position: open, proposal: clause, date: 2025-07, if: [c-3], evidence: [{source: s}]}
commitments:
  - {actor: cup, stage: pledges, proposal: clause, date: 2025-07-05, toward: bor, if: [c-1], evidence: [{source: s}]}
"""


@pytest.mark.parametrize(
    "question",
    [
        *("who any draft --as-of 2025-03", "who any draft --as-of 2025-07", "who any text --as-of 2025-07"),
        *("what ada --as-of 2025-03", "why ada text --as-of 2025-03", "why bor clause --as-of 2025-09"),
        *("why ada draft --as-of 2025-09", "show text --as-of 2025-07-10", "show c-1 --as-of 2025-03"),
        *("show c-1 --as-of 2025-09", "show s", "timeline draft --as-of 2025-09"),
        *("diff 2025-01 2025-08", "tally draft --since 2025-01-01 --as-of 2025-03"),
        *("sensitivity --as-of 2025-03", "pledges --as-of 2025-08", "align ada bor --min-shared 1 --as-of 2025-03"),
        *(
            "export report text --as-of 2025-08",
            "export report draft --as-of 2025-03",
            "export feed --as-of 2025-09",
        ),
        *("export mermaid ada --as-of 2025-03", "export dot bor --as-of 2025-09"),
    ],
)
def test_no_id_of_a_condition_stands_unexplained(tmp_path: Path, question: str) -> None:
    text = " ".join(ask(*question.split(), *option_naming(tmp_path, BOUND)).stdout.split())
    titles = {"c-1": "A truce holds", "c-2": "Parliament agrees", "c-3": "The court allows it"}
    named = [key for key in titles if f"if {key}" in text or f"unless {key}" in text]
    assert named
    assert [] == [key for key in named if f"{key}: {titles[key]}" not in text]


@pytest.mark.parametrize(
    "question",
    [
        "pledges cup --as-of 2025-08",
        "timeline cup --as-of 2025-08",
        "disputes --as-of 2025-08",
        "why bor clause --as-of 2025-09",
    ],
)
@pytest.mark.parametrize(
    ("option", "under"),
    [
        (("--assume", "not:c-1"), "under these assumptions"),
        (("--known-by", "2025-11"), "in the evidence that counts"),
        ((), ""),
    ],
)
def test_what_is_not_found_is_so_under_what_was_asked(
    tmp_path: Path, question: str, option: tuple[str, ...], under: str
) -> None:
    """An assumption, or evidence that does not count, may leave out what is on record."""
    text = " ".join(ask(*question.split(), *option, *option_naming(tmp_path, BOUND)).stdout.split())
    said = re.findall(r"[^.]* on record[^.]*\.", text)
    assert all(sentence.rstrip(".").endswith(under) for sentence in said if "No record" not in sentence)
    assert said or not option


def test_that_no_pledge_is_found_says_of_whom_was_asked(tmp_path: Path) -> None:
    asked = ("pledges", "ada", "--as-of", "2025-08", *option_naming(tmp_path, BOUND))
    assert "No pledge, allocation or delivery that was asked about is on record by that day." in ask(*asked).stdout
