"""What is nearest to an answer that is not there, as tables say it."""

from pathlib import Path

import pytest
from asking import ask

from actorgraph.questions.nearest import NEAR
from actorgraph.render.nearest import ABOUT, TIES, TOGETHER

MODEL = """
model: {id: m, title: M}
actors:
  ada: {name: Ada, kind: state}
  bor: {name: Bor, kind: state}
  dot: {name: Dot, kind: state}
  eve: {name: Eve, kind: state}
  fay: {name: Fay, kind: state}
  league: {name: The League, kind: coalition}
  kim: {name: Kim, kind: person}
conditions: {talks: {title: Talks go on}}
proposals:
  plan: {title: The plan}
  treaty: {title: The treaty, succeeds: plan}
  ban: {title: A ban, part-of: treaty}
relations:
  - {actor: ada, relation: member-of, to: league, since: 2024-01-01}
  - {actor: bor, relation: member-of, to: league, since: 2024-01-01}
  - {actor: dot, relation: member-of, to: league, since: 2024-01-01}
  - {actor: eve, relation: member-of, to: league, since: 2024-01-01}
  - {actor: kim, relation: represents, to: ada, since: 2024-01-01}
stances:
  - {actor: ada, position: supports, proposal: treaty, date: 2024-02-01, speaker: kim, evidence: [{source: s}]}
  - {actor: ada, position: open, proposal: plan, date: 2024-02-01, evidence: [{source: s}]}
  - {actor: bor, position: opposes, proposal: ban, date: 2024-02-01, evidence: [{source: s}]}
  - {actor: dot, position: supports, proposal: treaty, date: 2024-02-01, evidence: [{source: s}]}
  - {actor: eve, position: supports, proposal: treaty, date: 2024-02-01, evidence: [{source: s}]}
  - {actor: fay, position: supports, proposal: treaty, date: 2024-02-01, evidence: [{source: s}]}
sources: {s: {title: S, publisher: S, published: 2024-02-02}}
"""


THREE = "; ".join(f"{name} supports it (1 February 2024)" for name in ("Ada", "Dot", "Eve"))


def below(tmp_path: Path, *arguments: str) -> list[str]:
    """Return the sentences below a table without rows, each in one line."""
    path = tmp_path / "m.yaml"
    path.write_text(MODEL, encoding="utf-8")
    result = ask(*arguments, "--model", str(path), "--as-of", "2024-03", "--format", "md")
    assert 0 == result.exit_code, result.output
    again = f"--as-of 2024-03-31 --model {path}"
    return result.stdout.replace("\\", "").replace(again, "AGAIN").strip().split("\n\n")[3:]


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        (
            "who opposes treaty",
            [
                f"Other positions: {THREE} and 1 more.",
                "On its parts: Bor opposes ‘A ban’ (1 February 2024). `--parts` takes them in.",
            ],
        ),
        (
            "who open treaty --kind person",
            [],
        ),
        (
            "who supports treaty --kind person --stated",
            [
                f"Left out by --stated and --kind: {THREE} and 1 more.",
            ],
        ),
        (
            "who opposes treaty --kind person --parts",
            ["Left out by --kind: Bor opposes ‘A ban’ (1 February 2024)."],
        ),
        (
            "who open ban",
            ["Other positions: Bor opposes it (1 February 2024)."],
        ),
        (
            "what kim",
            [
                "Said for Ada: supports ‘The treaty’ (1 February 2024).",
                "Kim speaks for Ada: `actorgraph what ada AGAIN` finds 2 positions.",
            ],
        ),
        (
            "what league",
            ["Members of The League, with positions: Ada (2), Bor (1), Dot (1) and 1 more."],
        ),
        (
            "why bor treaty",
            ["On its parts: opposes ‘A ban’ (1 February 2024)."],
        ),
        (
            "why league treaty",
            [
                f"Members of The League: {THREE}.",
            ],
        ),
        (
            "why kim treaty",
            ["Said for Ada: supports it (1 February 2024)."],
        ),
        (
            "why fay plan",
            ["On what succeeds it: supports ‘The treaty’ (1 February 2024)."],
        ),
        (
            "why bor plan",
            [],
        ),
        (
            "who opposes plan",
            ["Other positions: Ada is open to it (1 February 2024)."],
        ),
        (
            "timeline kim",
            [
                "Said for Ada: supports ‘The treaty’ (1 February 2024).",
                "Kim speaks for Ada: `actorgraph what ada AGAIN` finds 2 positions.",
            ],
        ),
        (
            "what ada --kind person --assume talks",
            [
                (
                    "Left out by --kind and --assume: is open to ‘The plan’ (1 February 2024); "
                    "supports ‘The treaty’ (1 February 2024)."
                ),
            ],
        ),
    ],
)
def test_what_is_nearest(tmp_path: Path, question: str, expected: list[str]) -> None:
    assert expected == below(tmp_path, *question.split())


def test_where_disputes_are(tmp_path: Path) -> None:
    text = MODEL.replace(
        "stances:",
        "stances:\n"
        "  - {actor: ada, position: opposes, proposal: ban, date: 2024-02-01, evidence: [{source: s}]}\n"
        "  - {actor: ada, position: supports, proposal: ban, date: 2024-02-01, evidence: [{source: s}]}",
    )
    path = tmp_path / "d.yaml"
    path.write_text(text, encoding="utf-8")

    def said(name: str) -> str:
        asked = ("disputes", name, "--model", str(path), "--as-of", "2024-03", "--format", "md")
        return ask(*asked).stdout.replace("\\", "")

    again = f"--as-of 2024-03-31 --model {path}"
    assert f"Of ‘A ban’ there are: `actorgraph disputes ban {again}`." in said("treaty")
    assert f"Of Ada there are: `actorgraph disputes ada {again}`." in said("kim")


def test_who_stands_against_those_for_whom_somebody_speaks(tmp_path: Path) -> None:
    against = "  - {actor: bor, position: opposes, proposal: treaty, date: 2024-02-01, evidence: [{source: s}]}\n"
    path = tmp_path / "m.yaml"
    path.write_text(MODEL.replace("sources: {s", against + "sources: {s"), encoding="utf-8")
    asked = ("who", "opposes", "kim", "--model", str(path), "--as-of", "2024-03", "--kind", "state", "--format", "md")
    again = f"`actorgraph who opposes ada --as-of 2024-03-31 --model {path} --kind state`"
    assert f"Kim speaks for Ada: {again} finds 1 position." in ask(*asked).stdout.replace("\\", "")


def test_what_was_said_for_others_stands_beside_rows_of_ones_own(tmp_path: Path) -> None:
    own = "  - {actor: kim, position: opposes, proposal: ban, date: 2024-02-01, evidence: [{source: s}]}\n"
    path = tmp_path / "m.yaml"
    path.write_text(MODEL.replace("sources: {s", own + "sources: {s"), encoding="utf-8")
    text = " ".join(ask("what", "kim", "--model", str(path), "--as-of", "2024-03").stdout.split())
    assert "A ban opposes" in text
    assert "Said for Ada: supports ‘The treaty’ (1 February 2024)." in text


def test_what_lists_all_that_was_said_for_others(tmp_path: Path) -> None:
    said = "  - {actor: ada, position: open, proposal: TEXT, date: 2024-02-01, speaker: kim, evidence: [{source: s}]}\n"
    more = "".join(said.replace("TEXT", f"p{n}") for n in range(5))
    proposals = "".join(f"  p{n}: {{title: P{n}}}\n" for n in range(5))
    path = tmp_path / "m.yaml"
    text = MODEL.replace("sources: {s", more + "sources: {s").replace("  plan: {", proposals + "  plan: {")
    path.write_text(text, encoding="utf-8")
    lines = ask("what", "kim", "--model", str(path), "--as-of", "2024-03").stdout.splitlines()
    spoken = [f"Said for Ada: is open to ‘P{n}’ (1 February 2024)." for n in range(5)]
    assert [*spoken, "Said for Ada: supports ‘The treaty’ (1 February 2024)."] == [
        line for line in lines if line.startswith("Said")
    ]
    account = ask("timeline", "kim", "--model", str(path), "--as-of", "2024-03").stdout
    assert "and 3 more." in account


def test_every_way_of_being_near_has_its_words() -> None:
    assert set(NEAR) == {*ABOUT, *TOGETHER, "spoken"}
    assert set(TIES) == set(TOGETHER)
