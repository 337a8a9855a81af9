"""What became of a proposal, in a sentence."""

from pathlib import Path

import pytest
from asking import ask
from folders import option_naming

MODEL = """
model: {id: m, title: M}
actors: {ada: {name: Ada, kind: state}}
proposals:
  draft: {title: A draft, since: 2024-02, until: 2024-03, fate: %s}
  text: {title: A text, since: 2024-03, succeeds: draft}
  other: {title: Another text, since: 2024-03, succeeds: draft}
stances:
  - {actor: ada, position: supports, proposal: draft, date: 2024-02-10, evidence: [{source: s}]}
sources: {s: {title: S, publisher: S, published: 2024-02-12}}
"""


@pytest.mark.parametrize(
    ("day", "fate", "expected"),
    [
        ("2024-01-31", "withdrawn", "Not on the table before February 2024."),
        ("2024-02-20", "withdrawn", ""),
        (
            "2024-03-01",
            "withdrawn",
            "Withdrawn: on the table until the end of February 2024. ‘Another text’ and ‘A text’",
        ),
        ("2024-03-01", "adopted", "Adopted: on the table until the end of February 2024. Positions on it go on."),
    ],
)
def test_what_became_of_it(tmp_path: Path, day: str, fate: str, expected: str) -> None:
    path = tmp_path / "m.yaml"
    path.write_text(MODEL % fate, encoding="utf-8")
    text = ask("tally", "draft", "--as-of", day, "--model", str(path), "--format", "md").stdout
    if expected:
        assert expected in text
    else:
        assert "table" not in text
    silent = "| silent |" in text
    assert not silent, "nobody is silent on what is not there, and Ada has spoken on what is"


DATED = """
model: {id: m, title: M}
actors:
  ada: {name: Ada, kind: state}
  bea: {name: Bea, kind: state}
  cyd: {name: Cyd, kind: state}
  dot: {name: Dot, kind: state}
proposals:
  draft: {title: A draft, since: 2024-02, until: 2024-09-10, fate: withdrawn}
stances:
  - {actor: ada, position: supports, proposal: draft, date: 2024-02-10/2024-02-12, evidence: [{source: s}]}
  - {actor: bea, position: opposes, proposal: draft, date: 2024-06, evidence: [{source: s}]}
  - {actor: cyd, position: undecided, proposal: draft, date: ../2024-06-20, evidence: [{source: s}]}
  - {actor: dot, position: supports, proposal: draft, date: 2024-05-10/2024-05-20, evidence: [{source: s}]}
  - {actor: dot, position: opposes, proposal: draft, date: 2024-05-15/2024-05-25, evidence: [{source: s}]}
commitments:
  - actor: ada
    stage: pledges
    proposal: draft
    date: 2024-03-01
    toward: bea
    amount: {at-least: 1000, unit: men}
    evidence: [{source: s}]
sources: {s: {title: S, publisher: S, published: 2024-12-12}}
"""


@pytest.fixture
def dated(tmp_path: Path) -> tuple[str, ...]:
    return (*option_naming(tmp_path, DATED), "--as-of", "2024-06-10")


def test_dates_are_printed_as_curated_and_what_is_possible_stands_below(dated: tuple[str, ...]) -> None:
    text = ask("who", "any", "draft", *dated).stdout
    table = text[text.index("ACTOR") : text.index("\n\nEvidence")]
    assert (
        "ACTOR  POSITION                             SINCE          SAID        SEE\n"
        "Ada    supports                             2024-02-10/12              [1]\n"
        "Ada    pledges at least 1,000 men           2024-03-01     toward Bea  [1]\n"
        "Dot    supports, contested (order unknown)  2024-05-10/20              [1]\n"
        "Dot    opposes, contested (order unknown)   2024-05-15/25              [1]\n"
        "Bea    possibly opposes                     2024-06                    [1]\n"
        "Cyd    possibly undecided                   by 2024-06-20              [1]"
    ) == table
    assert "On the table until the end of 9 September 2024, then withdrawn." in text
    assert "2 actors: 1 supports, 1 pledges, 1 contested; 2 possibly.\n" in text


def test_an_answer_of_what_is_possible_alone_says_that_nothing_is_certain(dated: tuple[str, ...]) -> None:
    text = ask("what", "Bea", *dated).stdout
    assert "possibly opposes" in text
    assert text.endswith("Nothing is certain on that day. No record does not mean neutral.\n0 proposals; 1 possibly.\n")
    account = ask("why", "Bea", "draft", *dated).stdout
    assert "possibly opposes  2024-06             may have been stated by that day" in account
    assert "\n2024-06  opposes " in account


def test_every_format_holds_addressees_and_amounts(dated: tuple[str, ...]) -> None:
    row = "| Ada | pledges at least 1,000 men | 2024-03-01 | toward Bea | \\[1\\] |"
    assert row in ask("who", "pledges", "draft", *dated, "--format", "md").stdout
    changed = ask("diff", "2024-02-20", "2024-03-20", *dated[:2], "--format", "md").stdout
    assert "| Ada | A draft: pledges at least 1,000 men, until 2024-09-10 | 2024-03-01, toward Bea |" in changed


def test_the_end_of_a_proposal_is_told_once(dated: tuple[str, ...]) -> None:
    gone = ask("diff", "2024-08-01", "2024-10-01", *dated[:2]).stdout
    assert "4 actors  A draft withdrawn: 5 positions ended  2024-09-10  [1]\n" in gone
    assert gone.endswith("5 changes: 5 ended.\n")
    ended = ask("timeline", "draft", *dated[:2], "--as-of", "2024-10-01").stdout
    assert "2024-09-10 ended withdrawn: 5 positions ended " in " ".join(ended.split())
    alone = ask("timeline", "Bea", *dated[:2], "--as-of", "2024-10-01").stdout
    assert "2024-09-10 ended A draft: opposes; text withdrawn " in " ".join(alone.split())


ENDED = """
model: {id: m, title: M}
actors: {ada: {name: Ada, kind: state}}
proposals:
  draft: {title: A draft, until: 2024-03, fate: %s, evidence: [{source: paper, credibility: 2}, {source: blog}]}
stances:
  - {actor: ada, position: supports, proposal: draft, date: 2024-02-10, evidence: [{source: paper, credibility: 2}]}
sources:
  paper: {title: P, publisher: P, published: 2024-02-12, reliability: A}
  blog: {title: B, publisher: B, published: 2024-03-02, reliability: E}
"""


@pytest.mark.parametrize(
    ("fate", "filters", "day", "expected"),
    [
        (
            "rejected",
            ("--min-grade", "C3"),
            "2024-04",
            "‘A draft’ (rejected, February 2024): positions on it go on here",
        ),
        ("rejected", ("--without", "blog"), "2024-03-01", "positions on it go on here"),
        ("rejected", ("--without", "blog"), "2024-02-20", ""),
        ("rejected", ("--without", "blog", "--known-by", "2024-02"), "2024-04", ""),
        ("rejected", ("--known-by", "2024-02"), "2024-04", ""),
        ("rejected", (), "2024-04", ""),
        ("adopted", ("--without", "blog"), "2024-04", ""),
    ],
)
def test_a_text_without_its_end_is_told(
    tmp_path: Path, fate: str, filters: tuple[str, ...], day: str, expected: str
) -> None:
    asked = ("who", "any", "draft", *option_naming(tmp_path, ENDED % fate), *filters, "--as-of", day)
    for _ in range(2):  # of a ledger that is kept, too
        result = ask(*asked)
        assert bool(expected) == ("go on here" in result.stderr)
        assert expected in result.stderr


@pytest.mark.parametrize("filters", [("--without", "blog"), ()])
def test_what_is_published_without_the_end_of_a_text_tells_it(tmp_path: Path, filters: tuple[str, ...]) -> None:
    asked = (*option_naming(tmp_path, ENDED % "rejected"), *filters)
    goes_on = "‘A draft’ (rejected, February 2024): positions on it go on here"
    page = ask("export", "html", *asked, "--as-of", "2024-02-20", "-o", tmp_path / "page.html")
    assert bool(filters) == (goes_on in page.stderr), "a page holds later days, too"
    for form, ending in (("report", "md"), ("report", "html"), ("card", "svg"), ("mermaid", "mmd"), ("dot", "dot")):
        file = tmp_path / f"of-it.{ending}"
        assert 0 == ask("export", form, "draft", *asked, "--as-of", "2024-04", "-o", file).exit_code
        assert bool(filters) == (goes_on in file.read_text(encoding="utf-8"))
