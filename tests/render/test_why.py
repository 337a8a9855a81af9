"""Why, as a contract and as a reader sees it."""

import csv
import io
import shutil
from pathlib import Path

import pytest
from asking import ARTICLES, BRIDGE, HARBOUR, answer, ask, check_golden
from folders import option_naming
from goldens import Golden

from actorgraph.questions.cells import ROW_COLUMNS

GOLDEN = [
    ("why", ("why", "the fishers", "harbour", "--as-of", "2026-06", *HARBOUR)),
    ("why-nothing", ("why", "olsen", "harbour", "--as-of", "2026-06", *HARBOUR)),
]


def test_why_keeps_the_contract_for_every_row() -> None:
    rows = answer("who", "any", "multinational-force", "--as-of", "2026-01-10")["rows"]
    assert len(rows) > 8
    for row in rows:
        account = answer("why", row["actor"], row["proposal"], "--as-of", "2026-01-10")
        assert row in account["rows"]


def test_why_with_documents_keeps_the_contract() -> None:
    account = answer("why", "Kelmark", "bridge", "--as-of", "2021-06", *BRIDGE)
    assert {"verified"} == {passage["state"] for passage in account["passages"]}
    assert all(passage["text"] for passage in account["passages"])


def test_csv_has_its_columns() -> None:
    text = ask("why", "Russia", "troops", "--as-of", "2026-01-10", "--format", "csv").stdout
    assert list(ROW_COLUMNS) == list(next(csv.DictReader(io.StringIO(text))))


@pytest.mark.parametrize(("name", "arguments"), GOLDEN)
@pytest.mark.parametrize("style", ["table", "md"])
def test_golden(golden: Golden, name: str, arguments: tuple[str, ...], style: str) -> None:
    check_golden(golden, name, arguments, style)


def test_a_table_fits_80_columns_in_a_pipe() -> None:
    text = ask("why", "Kelmark", "bridge", "--as-of", "2021-06", *BRIDGE).stdout
    assert "In your copies of the documents" in text
    assert "\x1b" not in text
    assert max(map(len, text.splitlines())) <= 80


def test_a_copy_that_is_another_document_is_said(tmp_path: Path) -> None:
    copies = tmp_path / "copies"
    shutil.copytree(ARTICLES / "documents", copies)
    changed = copies / "ostravian-wire-2021-05-19.txt"
    changed.write_bytes(changed.read_bytes().replace(b"toll treaty", b"troll treaty"))
    text = ask("why", "Kelmark", "bridge", "--as-of", "2021-06", *BRIDGE[:2], "--documents", str(copies)).stdout
    assert "differs from the document cited" in " ".join(text.split())
    assert "(changed)" in text
    assert "troll" not in text


def test_a_copy_that_cannot_be_trusted_is_said_in_every_form(tmp_path: Path) -> None:
    result = ask("why", "Russia", "troops", "--as-of", "2025-06", "--documents", str(tmp_path), "--format", "csv")
    assert "002_cb84703999ae783f.txt is not in" in result.stderr


HELD = """
model: {id: m, title: M}
actors: {a: {name: Ada, kind: state}}
proposals: {p: {title: P}}
conditions: {board: {title: The board sits, held: [{since: 2025-07-01, until: 2025-10-01}]}}
sources: {s: {title: S, publisher: S, published: 2026-01-01}}
stances:
  - {actor: a, position: supports, proposal: p, date: 2025-08-01, if: board, evidence: [{source: s}]}
"""


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ((), "Left out, as conditions do not hold on that day: supports, if board."),
        (
            ("--assume", "not:board"),
            "Left out by the options of the question, or as conditions do not hold on that day: supports, if board.",
        ),
    ],
)
def test_nobody_is_told_of_options_that_were_not_given(tmp_path: Path, options: tuple[str, ...], expected: str) -> None:
    asked = ("--as-of", "2025-11-01", *option_naming(tmp_path, HELD))
    assert expected in " ".join(ask("why", "a", "p", *options, *asked).stdout.split())
    assert "left out 1 their conditions do not hold" in " ".join(ask("tally", "p", *asked).stdout.split())
