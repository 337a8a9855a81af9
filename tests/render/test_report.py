"""Reports: the same questions for all, numbers that lead to their sources, and nothing of the record as markup."""

import re
from pathlib import Path

import pytest
from asking import HARBOUR, ask
from folders import model_file
from goldens import Golden
from markdown_it import MarkdownIt

READER = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
SHIPPED = ("--as-of", "2026-01-10")


def report(*arguments: str) -> str:
    result = ask("export", "report", *arguments)
    assert 0 == result.exit_code, result.output
    return result.stdout


def headings(text: str, tag: str) -> list[str]:
    tokens = READER.parse(text)
    return [
        tokens[at + 1].content for at, token in enumerate(tokens) if token.type == "heading_open" and token.tag == tag
    ]


@pytest.mark.parametrize("target", ["harbour", "harbour-board"])
def test_golden(golden: Golden, target: str) -> None:
    text = report(target, *HARBOUR, "--as-of", "2026-02", "--since", "2025-12")
    golden.check(f"report-{target}.md", re.sub(r"actorgraph \d[\w.]*", "actorgraph VERSION", text))


@pytest.mark.parametrize("target", ["boots on the ground", "italy", "meloni", "us", "no-red-lines"])
def test_every_report_answers_the_same_questions(target: str) -> None:
    asked = [re.sub(r" since .*", "", title) for title in headings(report(target, *SHIPPED), "h2")]
    assert [
        "Positions, from against to for",
        "By implication",
        "Changes",
        "Not declared",
        "Disputes",
        "Evidence",
        "Sources",
    ] == asked


def test_several_have_one_list_of_sources() -> None:
    text = report("multinational-force", "france", "france", *SHIPPED)
    assert ["Who stands where on “Multinational force in Ukraine after a ceasefire”?", "France: positions"] == (
        headings(text, "h1")
    )
    assert 1 == headings(text, "h2").count("Sources")
    listed = [int(number) for number in re.findall(r"^(\d+)\. ", text.partition("## Evidence")[2], re.MULTILINE)]
    assert list(range(1, len(listed) + 1)) == listed
    cited = {int(number) for number in re.findall(r"\\\[(\d+)\\\]", text.partition("## Evidence")[0])}
    assert set(listed) == cited


def test_columns_go_from_against_to_for_and_inferred_stands_apart() -> None:
    text = report("france", *SHIPPED)
    blocks = re.findall(r"^\*\*(.*)\*\*$", text.partition("## By implication")[0], re.MULTILINE)
    assert ["Against", "In between", "In favour", "Take part"] == blocks
    stated, _, rest = text.partition("## By implication")
    assert "| NATO troops | supports |" not in stated
    assert "which ‘Multinational force’ entails" not in stated
    assert "which entails" in rest.partition("## Changes")[0]
    assert "Left out of this report." in report("france", "--stated", *SHIPPED)


def test_it_says_for_which_day_and_of_which_sources_it_is_true() -> None:
    text = report("france", *SHIPPED, "--known-by", "2025-12-31", "--assume", "ceasefire", "--min-grade", "D6")
    told = "As of 2026-01-10 · latest source 2025-12-28 · known by 2025-12-31 · only evidence graded D6 or better"
    assert told in text
    assert "assuming ceasefire" in text


def test_the_command_makes_the_report_again() -> None:
    text = report("france", *SHIPPED, "--since", "2025-06", "--stated")
    assert text.rstrip().endswith("export report france --as-of 2026-01-10 --since 2025-06 --stated")


def test_a_hostile_record_is_only_text() -> None:
    for target in ("constructor", "valueof", "tostring", "isprototypeof"):
        text = report(target, "--model", "tests/hostile/hostile.yaml", *SHIPPED)
        tokens = READER.parse(text)
        inner = [child for token in tokens for child in (token.children or ())]
        kinds = {token.type for token in (*tokens, *inner)}
        assert not {"html_block", "html_inline", "image", "code_block", "fence"} & kinds
        links = [str(token.attrGet("href")) for token in inner if token.type == "link_open"]
        assert all(link.startswith(("https://", "http://", "mailto:")) for link in links)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ([], "report is about a proposal or an actor; name one: actorgraph export report TARGET"),
        (["habour"], "did you mean 'harbour'"),
        (["harbour", "--since", "2027", "--as-of", "2026"], "nothing can have changed since 2027-12-31"),
        (
            ["harbour", "-o", "report.pdf"],
            "report.pdf cannot hold a report; name a file that ends in .md, .html or .htm",
        ),
    ],
)
def test_what_goes_wrong_is_said(arguments: list[str], message: str) -> None:
    result = ask("export", "report", *arguments, *HARBOUR)
    assert 2 == result.exit_code
    assert message in result.output
    assert not Path("report.pdf").exists()


SOURCED = """
model: {id: sourced, title: Sourced}
actors: {ann: {name: Ann, kind: state}, bob: {name: Bob, kind: state}}
proposals: {plan: {title: Plan, entails: law}, law: {title: Law}, ban: {title: Ban, excludes: plan}}
stances:
  - {actor: ann, position: supports, proposal: plan, date: 2025-06-01, evidence: [{source: essay, lines: 1}]}
  - {actor: ann, position: opposes, proposal: law, date: 2025-06-01, evidence: [{source: essay, lines: 2}]}
  - {actor: bob, position: supports, proposal: plan, date: 2025-06-01, evidence: [{source: daily}]}
  - {actor: bob, position: supports, proposal: ban, date: 2025-06-01, evidence: [{source: daily}]}
sources:
  essay: {title: An essay, author: Eve Author, publisher: The Review, published: 2025-06, url: "https://example.org/essay",
    archived: "https://archive.example.org/1", accessed: 2025-07-01}
  daily: {title: News, publisher: Daily, published: 2025-06-02}
  unread: {title: Nobody cites it, publisher: Daily, published: 2025-06-02}
"""


def test_each_source_that_is_cited_stands_in_it_once_and_in_full(tmp_path: Path) -> None:
    model = str(model_file(tmp_path, SOURCED))
    text = report("ann", "plan", "-m", model, "--as-of", "2025-12-31")
    listed = text.partition("## Sources")[2]
    assert 1 == listed.count("Eve Author, “An essay”, The Review, June 2025")
    assert 1 == listed.count("“News”, Daily, 2 June 2025")
    assert "Nobody cites it" not in text
    (essay,) = [line for line in listed.splitlines() if "essay" in line]
    for said in (
        "https://example.org/essay",
        "https://archive.example.org/1",
        "accessed 1 July 2025",
        r"\[1\]",
        r"\[2\]",
    ):
        assert said in essay
    file = tmp_path / "report.html"
    assert 0 == ask("export", "report", "ann", "-m", model, "--as-of", "2025-12-31", "-o", str(file)).exit_code
    page = file.read_text(encoding="utf-8")
    assert "Eve Author, “An essay”, The Review, June 2025" in page
    assert '<a href="https://archive.example.org/1">https://archive.example.org/1</a>' in page


IMPLIED = """
model: {id: implied, title: Implied}
actors: {ann: {name: Ann, kind: state}, bob: {name: Bob, kind: state}, cat: {name: Cat, kind: state}}
proposals: {plan: {title: Plan, entails: law}, law: {title: Law}, road: {title: R}, ban: {title: Ban, excludes: road}}
stances:
  - {actor: ann, position: supports, proposal: plan, date: 2025-06-01, evidence: [{source: daily}]}
  - {actor: ann, position: opposes, proposal: law, date: 2025-06-01, evidence: [{source: daily}]}
  - {actor: bob, position: supports, proposal: road, date: 2025-06-01, evidence: [{source: daily}]}
  - {actor: bob, position: supports, proposal: ban, date: 2025-06-01, evidence: [{source: daily}]}
  - {actor: cat, position: open, proposal: road, date: 2025-06-01, evidence: [{source: daily}]}
sources: {daily: {title: News, publisher: Daily, published: 2025-06-02}}
"""


@pytest.mark.parametrize("target", ["ann", "bob", "cat", "plan", "law", "road", "ban"])
def test_what_is_implied_otherwise_than_stated_is_not_denied(tmp_path: Path, target: str) -> None:
    """A report said that nothing follows from other statements, and told under Disputes what does."""
    text = report(target, "-m", str(model_file(tmp_path, IMPLIED)), "--as-of", "2025-12-31")
    implied, disputes = (
        text.partition(f"## {title}")[2].partition("## ")[0] for title in ("By implication", "Disputes")
    )
    assert implied.strip().startswith("Nothing is held by implication alone.")
    is_told = "What other statements imply against what is stated is told under Disputes." in implied
    assert is_told is ("None on record for that day." not in disputes)


UNHEARD = """
model: {id: m, title: M}
actors:
  gone: {name: Gone, kind: state, until: 2024-03-01}
  mute: {name: Mute, kind: person}
  voice: {name: Voice, kind: person}
  bor: {name: Bor, kind: state}
proposals: {plan: {title: A plan}}
relations: [{actor: voice, relation: represents, to: bor, since: 2024-01-01}]
stances:
  - {actor: bor, position: opposes, proposal: plan, date: 2024-02-01, evidence: [{source: s}]}
  - {actor: voice, position: opposes, proposal: plan, date: 2024-02-01, evidence: [{source: s}]}
sources: {s: {title: S, publisher: S, published: 2024-02-02}}
"""


@pytest.mark.parametrize(
    ("actor", "why"),
    [
        ("gone", "It is not there on that day: its silence does not count."),
        (
            "mute",
            "Nothing that this person says in their own name is certain by that day: their silence does not count.",
        ),
        ("voice", "This person speaks for another, whose silence counts."),
        ("bor", "It has a record on every proposal that is on the table."),
    ],
)
def test_why_a_silence_does_not_count(tmp_path: Path, actor: str, why: str) -> None:
    text = report(actor, "--model", str(model_file(tmp_path, UNHEARD)), "--as-of", "2024-06-01")
    assert why == text.partition("## Not declared\n\n")[2].partition("\n")[0]


def test_no_changes_are_denied_that_were_not_asked_for_or_do_not_count(tmp_path: Path) -> None:
    """From a day to itself nothing changes, whatever did before; and what does not count may have changed."""

    def changes(*options: str) -> str:
        text = report("plan", "--model", str(model_file(tmp_path, UNHEARD)), "--as-of", "2024-06-01", *options)
        return text.partition("## Changes")[2].partition("\n\n##")[0]

    assert " since 1 June 2024\n\nNone: the same positions are in force on both days." == changes(
        "--since", "2024-06-01"
    )
    assert "\n\nNone before that day in the evidence that counts." == changes("--min-grade", "A1")
