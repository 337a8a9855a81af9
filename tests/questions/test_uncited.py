"""What no record cites: the lines that name an actor or a proposal, by whole words."""

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest
from asking import BRIDGE, CONTRACT, ask
from citing import ask_to_verify, sha
from hypothesis import given
from hypothesis import strategies as st
from pdfs import pdf

import actorgraph
from actorgraph.ledger.things import Thing
from actorgraph.questions.uncited import Uncited, _Names, uncited

MODEL = """model: {{id: m, title: M}}
actors:
  us: {{name: United States, aliases: [US, Washington], kind: state}}
  willing: {{name: Coalition of the Willing, kind: coalition}}
  coalition: {{name: Coalition, kind: coalition}}
  turkiye: {{name: Türkiye, aliases: [Ankara, 土耳其], kind: state}}
proposals:
  force: {{title: Multinational force for the peace, short: The force, aliases: [boots on the ground, 多国部队]}}
stances:
  - {{actor: us, proposal: force, position: opposes, date: 2025, evidence: [{{source: s, {cited}}}]}}
sources:
  s: {{title: S, publisher: P, published: 2025-01-01, document: {document}}}
  web: {{title: W, publisher: P, published: 2025-01-01, url: https://example.org}}
"""


def found(folder: Path, raw: str | bytes, cited: str = "credibility: 2", document: str = "s.txt") -> Uncited:
    (folder / "docs").mkdir(exist_ok=True)
    (folder / "docs" / document).write_bytes(raw.encode() if isinstance(raw, str) else raw)
    (folder / "m.yaml").write_text(MODEL.format(cited=cited, document=document), encoding="utf-8")
    return uncited(actorgraph.load(folder / "m.yaml"), folder / "docs")


@pytest.mark.parametrize(
    ("line", "things"),
    [
        ("The United States, it says", ["us"]),
        ("the UNITED STATES'", ["us"]),
        ("Turkiye’s envoy in Ankara", ["turkiye"]),
        ("a US-backed plan, by the U.S.", ["us"]),
        ("They told us so.", []),
        ("Us? Never!", []),
        ("the Coalition of the Willing", ["willing"]),
        ("no coalition of the unwilling", ["coalition"]),
        ("Boots-on-the-ground?", ["force"]),
        ("a force", ["force"]),
        ("by force", ["force"]),
        ("enforced Washingtonians", []),
        ("土耳其外长拒绝多国部队。", ["turkiye", "force"]),
        ("土外长拒绝部队。", []),
        ("— … ¿?", []),
        ("", []),
    ],
)
def test_what_a_line_names(tmp_path: Path, line: str, things: list[str]) -> None:
    listed = found(tmp_path, f"x\n{line}\nx\n")
    assert [(2, things)] * bool(things) == [(one.line, [*one.actors, *one.proposals]) for one in listed]
    assert (len(listed), 0) == listed.documents[0][-2:]


def test_a_name_may_run_over_the_end_of_a_line(tmp_path: Path) -> None:
    (line,) = found(tmp_path, "by the United\nStates\n")
    assert (1, ("us",), "by the United") == (line.line, line.actors, line.text)
    broken = found(
        tmp_path, "in Wash-\nington\nthe Uni\u00ad\nted Sta\u2010 \ntes\nAn-\n\nkara\nAn- kara\nboots-\non-the-ground\n"
    )
    assert [(1, "us"), (3, "us"), (6, "turkiye"), (10, "force")] == [
        (one.line, *one.actors, *one.proposals) for one in broken
    ]


DOCUMENT = "Washington said so.\nNobody else.\nAnkara said no to boots on the ground.\nAnkara again.\n"


@pytest.mark.parametrize(
    ("cited", "lines", "counts"),
    [
        ("lines: 2", [1, 3, 4], (3, 0)),
        ("lines: 1-3", [4], (3, 2)),
        ("lines: '3, 99'", [1, 4], (3, 1)),
        ("quote: said no … Ankara again", [1], (3, 2)),
        ("quote: nowhere", [1, 3, 4], (3, 0)),
        ("page: '1'", [1, 3, 4], (3, 0)),
    ],
)
def test_what_is_cited_is_not_listed(tmp_path: Path, cited: str, lines: list[int], counts: tuple[int, int]) -> None:
    listed = found(tmp_path, DOCUMENT, cited)
    assert lines == [one.line for one in listed]
    assert counts == listed.documents[0][-2:]
    assert 1 == len(listed.documents), "a page on the web has no lines"


def test_in_a_pdf_lines_count_on_their_page(tmp_path: Path) -> None:
    raw = pdf("Washington said so.", "Nobody.\nAnkara said no.", "Ankara again.", roman=1)
    listed = found(tmp_path, raw, "page: i", document="s.pdf")
    assert [("1", 2), ("2", 1)] == [(one.page, one.line) for one in listed]
    assert (3, 1) == listed.documents[0][-2:]
    assert "1, 2        turkiye  Ankara said no." in ask_to_verify(tmp_path, "--uncited").stdout
    assert ["1"] == [one.page for one in found(tmp_path, raw, "quote: Ankara again … nobody", document="s.pdf")][1:2]


def test_a_document_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    listed = found(tmp_path, pdf(""), document="s.pdf")
    assert ("scanned", 0, 0) == (listed.documents[0].unread, *listed.documents[0][-2:])
    text = " ".join(ask_to_verify(tmp_path, "--uncited").stdout.split())
    assert "s s.pdf scanned" in text
    assert "its page is a picture without text" in text


def test_a_document_that_changed_is_not_looked_into(tmp_path: Path) -> None:
    listed = found(tmp_path, DOCUMENT)
    path = tmp_path / "m.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("s.txt", f"s.txt, sha256: {sha(b'other')}"), "utf-8")
    other = uncited(actorgraph.load(path), tmp_path / "docs")
    assert (3, 0) == (len(listed), len(other))
    assert "changed" in ask_to_verify(tmp_path, "--uncited").stdout


def test_the_command(tmp_path: Path) -> None:
    found(tmp_path, DOCUMENT, "lines: 1")
    result = ask_to_verify(tmp_path, "--uncited")
    assert 0 == result.exit_code
    assert result.stdout.endswith(
        "1 of 3 lines that name an actor or a proposal are cited · model m\n\n"
        "SOURCE  DOCUMENT  CITED\n"
        "s       s.txt     1 of 3 lines\n\n"
        "s.txt · s: 2 lines not cited\n\n"
        "LINE  NAMES           TEXT\n"
        "3     turkiye, force  Ankara said no to boots on the ground.\n"
        "4     turkiye         Ankara again.\n"
    )
    answer: Any = json.loads(ask_to_verify(tmp_path, "--uncited", "--format", "json").stdout)
    CONTRACT.validate(answer)
    assert ({"command", "documents", "uncited"}, 2) == (answer["query"].keys(), len(answer["lines"]))
    rows = list(csv.DictReader(io.StringIO(ask_to_verify(tmp_path, "--uncited", "--format", "csv").stdout)))
    assert [("3", "turkiye", "force"), ("4", "turkiye", "")] == [
        (row["line"], row["actors"], row["proposals"]) for row in rows
    ]
    assert "| 3 | turkiye, force | Ankara said no" in ask_to_verify(tmp_path, "--uncited", "--format", "md").stdout
    both = ask_to_verify(tmp_path, "--uncited", "--strict")
    assert (2, True) == (both.exit_code, "use one of them" in both.stderr)


def test_a_model_without_documents_has_no_lines() -> None:
    result = ask("verify", "--uncited", "-m", "examples/minimal.yaml", "--documents", "examples")
    assert (0, True) == (result.exit_code, "no source names a document · model minimal" in result.stdout)
    assert 0 == ask("verify", "--uncited", *BRIDGE).exit_code


def test_the_shipped_model_cites_most_of_what_its_documents_say(documents: Path) -> None:
    listed = uncited(actorgraph.load("graphs/ukraine-troops"), documents)
    named, cited = (sum(counts) for counts in zip(*(one[-2:] for one in listed.documents), strict=True))
    assert named == cited + len(listed)
    assert cited > 0.7 * named


@given(st.lists(st.sampled_from(["Ankara", "ankara", "x", "ankaras", "—"]), max_size=12))
def test_a_line_is_listed_just_where_a_name_stands(words: list[str]) -> None:
    names = _Names([Thing("actor", "a", "Ankara", "m.yaml:1", {})])
    expected = [at for at, word in enumerate(words, 1) if word.casefold() == "ankara"]
    assert expected == sorted(names.found_in(tuple(words)))


@given(st.lists(st.text(max_size=20), max_size=5))
def test_any_text_is_read(lines: list[str]) -> None:
    names = _Names([Thing("actor", "a", "Ankara", "m.yaml:1", {})])
    assert set(names.found_in(tuple(lines))) <= set(range(1, len(lines) + 1))
