"""On what two agree and where they part, as a contract, and as a reader sees it."""

from pathlib import Path

import pytest
from asking import answer, ask

TROOPS = ("--model", "graphs/ukraine-troops", "--as-of", "2026-01-10")

MODEL = """
model: {id: m, title: M}
actors: {fr: {name: France, kind: state}, gb: {name: Britain, kind: state}, it: {name: Italy, kind: state}}
proposals:
%s
stances:
%s
sources: {s: {title: S, publisher: The Courier, published: 2024-02-01, reliability: B}}
"""


def model(path: Path, france: str, britain: str) -> tuple[str, ...]:
    """Return the option for a model in which both stand on p1, p2 and so on: + supports, o open, - opposes, 0 neutral.

    Where there is a blank, an actor is silent.
    """
    words = {"+": "supports", "o": "open", "-": "opposes", "0": "neutral"}
    keys = [f"p{at:02}" for at in range(1, max(len(france), len(britain)) + 1)]
    stances = [
        f"  - {{actor: {actor}, position: {words[word]}, proposal: {key}, date: 2024-01-01, evidence: [{{source: s}}]}}"
        for actor, said in (("fr", france), ("gb", britain))
        for key, word in zip(keys, said, strict=False)
        if word != " "
    ]
    file = path / "m.yaml"
    titles = "\n".join(f"  {key}: {{title: The plan {key}, short: Plan {key[1:]}}}" for key in keys)
    file.write_text(MODEL % (titles, "\n".join(stances)), encoding="utf-8")
    return ("--model", str(file), "--as-of", "2024-06")


def first(*arguments: str) -> str:
    """Return the headline, in one line."""
    return " ".join(ask("align", *arguments).stdout.partition("\nAs of")[0].split())


def test_a_journalist_gets_one_line(tmp_path: Path) -> None:
    asked = model(tmp_path, "+" * 21, "+" * 19 + "--")
    assert (
        first("France", "Britain", *asked)
        == "France and Britain agree on 19 of 21 proposals; they differ on Plan 20 (supports / opposes) and Plan 21 "
        "(supports / opposes)."
    )


@pytest.mark.parametrize(
    ("france", "britain", "options", "expected"),
    [
        ("+++", "+++", (), "France and Britain agree on 3 of 3 proposals."),
        ("+++", "+o+", (), "France and Britain agree on 3 of 3 proposals (1 to different degrees)."),
        (
            "+++++++",
            "-------",
            (),
            (
                "France and Britain agree on none of 7 proposals; they differ on Plan 01 (supports / opposes), Plan 02 "
                "(supports / opposes), Plan 03 (supports / opposes), Plan 04 (supports / opposes) and 3 others."
            ),
        ),
        (
            "+o+",
            "++-",
            ("--levels", "scale"),
            (
                "France and Britain agree by 1.75 of 3 proposals on the six-step scale (1 to different degrees); they "
                "differ on Plan 03 (supports / opposes)."
            ),
        ),
        (
            "++",
            "+-",
            (),
            (
                "France and Britain share 2 proposals, too few for a number (at least 3): they agree on Plan 01 and "
                "they differ on Plan 02 (supports / opposes)."
            ),
        ),
        (
            "+ ",
            " +",
            (),
            "France and Britain share no proposal: there is none on which both have stated a position that counts.",
        ),
    ],
)
def test_the_line(tmp_path: Path, france: str, britain: str, options: tuple[str, ...], expected: str) -> None:
    assert expected == first("France", "Britain", *options, *model(tmp_path, france, britain))


def test_proposal_by_proposal(tmp_path: Path) -> None:
    asked = model(tmp_path, "+++0+ ", "+o-+ +")
    assert (
        ask("align", "France", "Britain", *asked).stdout
        == """\
France and Britain agree on 2 of 3 proposals (1 to different degrees); they
differ on Plan 03 (supports / opposes).
As of 2024-06-30 · latest source 2024-02-01 · model m

PROPOSAL  France                      Britain                                SEE
Plan 03   supports, since 2024-01-01  opposes, since 2024-01-01   part       [1]
Plan 02   supports, since 2024-01-01  open, since 2024-01-01      agree, to  [1]
                                                                  different
                                                                  degrees
Plan 01   supports, since 2024-01-01  supports, since 2024-01-01  agree      [1]

Also on record, but not counted

PROPOSAL  France                     Britain                         SEE
Plan 04   neutral, since 2024-01-01  supports, since  no side taken  [1]
                                     2024-01-01

Evidence
[1] The Courier 2024-02-01 [B?]

Grades: Admiralty code, source A (reliable) to F, report 1 (confirmed) to 6; ?
where nobody judged.
Share 0.67 of N = 3; Scott π −0.20.
Not shared: France alone has stated 1 and Britain alone has stated 1 (listed
with --explain).
On 1 proposal one of them takes no side, neutral or undecided: left out.
AGREE: on one side, supports or open against sceptical or opposes; neutral and
undecided take none.
Scott’s π takes off what two would agree on by chance if both took sides as
often as the two of them together do on what they share (Scott 1955): 1 is full
agreement, 0 as by chance; a dash where both are always on one side.
9 positions of 2 actors, stated and uncontested; left out: 1 no side.
"""
    )


def test_what_one_alone_has_stated_is_counted_and_listed_where_asked_for(tmp_path: Path) -> None:
    asked = model(tmp_path, "+++++", "+++  ")
    short, whole = (ask("align", "France", "Britain", *more, *asked).stdout for more in ((), ("--explain",)))
    assert "Not shared: France alone has stated 2 (listed with --explain)." in " ".join(short.split())
    assert "Plan 05" not in short
    assert "Only one of them has stated a position" in whole
    assert "Plan 05" in whole


@pytest.mark.parametrize(
    "arguments",
    [("France", "UK"), ("US", "Russia", "--sensitivity"), ("Ukraine", "Russia", "--levels", "scale", "--explain")],
)
def test_answers_keep_the_contract(arguments: tuple[str, ...]) -> None:
    told = answer("align", *arguments, *TROOPS)
    counted = [one for one in told["proposals"] if one["agreement"] is not None]
    assert told["pair"]["shared"] == len(counted)
    assert told["pair"]["agreement"] == sum(one["agreement"] for one in counted)
    assert all(one["first"]["rows"] and one["second"]["rows"] for one in counted)
    text = ask("align", *arguments, *TROOPS).stdout
    assert max(map(len, text.splitlines())) <= 80
    assert f"N = {len(counted)}" in text


def test_csv_has_a_line_for_each_proposal() -> None:
    text = ask("align", "Ukraine", "Russia", *TROOPS, "--format", "csv").stdout
    assert len(answer("align", "Ukraine", "Russia", *TROOPS)["proposals"]) + 1 == len(text.splitlines())


def test_the_range_of_a_pair() -> None:
    text = " ".join(ask("align", "France", "US", "--sensitivity", *TROOPS).stdout.split())
    assert "Without any one source, the share is from 0.67 to 1.00" in text
    assert "it moves most without (2)" in text


def test_markdown_keeps_the_names() -> None:
    assert "| Proposal | United States | Russia |" in ask("align", "US", "Russia", *TROOPS, "--format", "md").stdout


def test_a_long_name_makes_the_title_of_a_picture_no_wider_than_it(tmp_path: Path) -> None:
    pytest.importorskip("matplotlib")
    asked = model(tmp_path, "+++", "++-")
    file = tmp_path / "m.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("Britain", "Britain " * 20), encoding="utf-8")
    out = tmp_path / "x.svg"
    assert 0 == ask("align", "fr", "gb", *asked, "-o", str(out)).exit_code
    titles = [line for line in out.read_text(encoding="utf-8").splitlines() if "Britain Britain" in line]
    assert len(titles) > 2
    assert max(line.count("Britain") for line in titles) < 10


def test_a_title_that_is_a_sentence_does_not_end_the_line(tmp_path: Path) -> None:
    asked = model(tmp_path, "+++", "++-")
    file = tmp_path / "m.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("Plan 03", "Ban it; now."), encoding="utf-8")
    expected = "France and Britain agree on 2 of 3 proposals; they differ on Ban it; now (supports / opposes)."
    assert expected == first("France", "Britain", *asked)


def test_what_does_not_count_is_told_by_its_reason(tmp_path: Path) -> None:
    asked = model(tmp_path, "++++", "++++")
    text = (tmp_path / "m.yaml").read_text(encoding="utf-8")
    of_france = "{actor: fr, position: supports, proposal: %s, date: 2024-01-01"
    against = "{actor: fr, position: opposes, proposal: %s, date: 2024-01-01"
    rest = "evidence: [{source: s}]}\n  - "
    text = text.replace(
        of_france % "p01", f"{against % 'p01'}, unless: [truce], {rest}{of_france % 'p01'}, if: [truce]"
    )
    path = tmp_path / "m.yaml"
    path.write_text(f"{text}\nconditions: {{truce: {{title: A truce holds}}}}\n", encoding="utf-8")
    told = " ".join(ask("align", "France", "Britain", *asked).stdout.split())
    assert "On 1 proposal one of them is one way or another on a condition: left out." in told
    assert told.endswith("7 positions of 2 actors, stated and uncontested; left out: 1 one way or another.")
    text = path.read_text(encoding="utf-8").replace(of_france % "p02", f"{against % 'p02'}, {rest}{of_france % 'p02'}")
    path.write_text(text, encoding="utf-8")
    told = " ".join(ask("align", "France", "Britain", *asked).stdout.split())
    assert "On 2 proposals one of them is contested or one way or another on a condition: left out." in told
    assert told.endswith("left out: 1 contested, 1 one way or another.")
