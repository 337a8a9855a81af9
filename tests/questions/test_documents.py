"""The reader's copies: lines from the document that was cited, and from no other."""

import hashlib
from pathlib import Path

import pytest

from actorgraph.errors import UsageProblem
from actorgraph.ledger.things import Thing
from actorgraph.questions.documents import Documents, Passage

TEXT = "first\nsecond\r\nthird\x0bstill third\n\u2028fourth\n"


def passage(folder: Path, cited: str | None, **keys: object) -> Passage:
    """Return the passage that a record cites from a source with these keys."""
    return Documents(folder).passage("r", cited, Thing("source", "s", "S", "s.yaml:1", keys))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "a.txt").write_bytes(TEXT.encode())
    return tmp_path


RIGHT = hashlib.sha256(TEXT.encode()).hexdigest()


def test_the_lines_cited_from_the_right_copy(folder: Path) -> None:
    found = passage(folder, "1-2, 4", document="a.txt", sha256=RIGHT)
    assert ("verified", ((1, "first"), (2, "second"), (4, "\u2028fourth"))) == (found.state, found.text)
    assert f"a.txt is the document cited (sha256 {RIGHT[:12]}…)" == found.message


def test_lines_end_where_an_editor_ends_them(folder: Path) -> None:
    assert ((3, "third\x0bstill third"),) == passage(folder, "3", document="a.txt", sha256=RIGHT).text


def test_another_document_is_said_and_no_line_of_it_shown(folder: Path) -> None:
    found = passage(folder, "1", document="a.txt", sha256="0" * 64)
    assert ("changed", ()) == (found.state, found.text)
    assert f"differs from the document cited: sha256 {RIGHT[:12]}…, not 000000000000…" in found.message


def test_without_a_checksum_nobody_can_be_sure(folder: Path) -> None:
    found = passage(folder, "1", document="a.txt")
    assert ("unverified", ((1, "first"),)) == (found.state, found.text)
    assert "its source gives no sha256" in found.message


def test_a_copy_that_is_not_there(folder: Path) -> None:
    found = passage(folder, "1", document="b.txt", sha256=RIGHT)
    assert ("missing", f"b.txt is not in {folder}", ()) == (found.state, found.message, found.text)


@pytest.mark.parametrize("name", ["../a.txt", "sub/../a.txt", "/etc/passwd", ".", ".."])
def test_nothing_outside_of_the_folder_is_read(folder: Path, name: str) -> None:
    inner = folder / "inner"
    inner.mkdir()
    assert ("missing", ()) == passage(inner, "1", document=name)[4:7:2]


def test_a_source_without_a_document(folder: Path) -> None:
    assert ("unnamed", "'s' names no document") == passage(folder, "1")[4:6]


def test_lines_that_the_document_does_not_have(folder: Path) -> None:
    found = passage(folder, "3-9999999", document="a.txt", sha256=RIGHT)
    assert [3, 4] == [number for number, _ in found.text]
    assert found.message.endswith("; it ends with line 4, before line 5")
    assert () == passage(folder, "77", document="a.txt", sha256=RIGHT).text


def test_no_lines_are_cited(folder: Path) -> None:
    assert ("verified", ()) == passage(folder, None, document="a.txt", sha256=RIGHT)[4:7:2]


def test_odd_bytes_are_shown_as_odd(folder: Path) -> None:
    (folder / "odd.txt").write_bytes(b"caf\xe9")
    assert ((1, "caf�"),) == passage(folder, "1", document="odd.txt").text


def test_a_folder_that_is_none(tmp_path: Path) -> None:
    with pytest.raises(UsageProblem, match="nowhere does not exist; name the folder"):
        Documents(tmp_path / "nowhere")
