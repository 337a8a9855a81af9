"""Documents at hand while a record is added: lines behind their end, and documents that are none, are told at once."""

from pathlib import Path

import pytest
from asking import ask
from towns import STANCE, files

SOURCE = ("add", "source", "--publisher", "The Post", "--published", "2026-05-02", "--title", "T", "--reliability", "B")


@pytest.fixture
def letter(town: Path) -> Path:
    """A document of three lines in a folder of its own, which a source names; returns the folder."""
    folder = Path("documents")
    folder.mkdir()
    (folder / "letter.txt").write_text("Dear all\nwe are for it\nif the bus stops\n", encoding="utf-8")
    assert 0 == ask(*SOURCE, "--document", "documents/letter.txt", "--yes").exit_code
    assert town.is_dir()
    return folder


def cited(lines: str) -> list[str]:
    """Return the command that adds a stance with some lines of the letter."""
    words = ["the-post-2026-05-02" if word == "valley-courier-2026-03-14" else word for word in STANCE]
    return [lines if word == "12-13" else word for word in words]


def test_lines_behind_the_end_are_told(letter: Path) -> None:
    result = ask(*cited("2-4"), "--documents", letter, "--yes")
    assert (2, True) == (result.exit_code, "--lines: letter.txt ends with line 3, before line 4" in result.stderr)
    evidence = ("--evidence", "{source: the-post-2026-05-02, lines: 99, credibility: 2}")
    result = ask(*cited("2"), *evidence, "--documents", letter, "--yes")
    assert (2, True) == (result.exit_code, "ends with line 3, before line 99" in result.stderr)
    assert 0 == ask(*cited("2-3"), "--documents", letter, "--yes").exit_code


def test_a_document_beside_its_source_is_found(letter: Path) -> None:
    assert 0 == ask(*cited("99"), "--yes").exit_code, "no document is at hand"
    Path("seeds/letter.txt").write_bytes((letter / "letter.txt").read_bytes())
    assert "ends with line 3, before line 98" in ask(*cited("98"), "--yes").stderr


def test_another_document_of_that_name_shows_nothing(letter: Path) -> None:
    (letter / "letter.txt").write_text("another", encoding="utf-8")
    assert 0 == ask(*cited("3"), "--documents", letter, "--yes").exit_code


def test_a_folder_that_is_none_is_told(letter: Path) -> None:
    assert "does not exist; name the folder with your copies" in ask(*cited("3"), "--documents", f"{letter}-2").stderr


@pytest.mark.usefixtures("town")
@pytest.mark.parametrize(
    ("document", "said"),
    [
        ("https://example.org/a.html", "is an address, and no file; give it as url"),
        ("seeds", "is a folder; name the file in it"),
        ("leter.txt", "there is no file 'leter.txt' (did you mean 'letter.txt'?)"),
        ("no/such/file.txt", "there is no file 'no/such/file.txt'; of one that lies elsewhere give the sha256, too"),
    ],
)
def test_a_document_that_is_none_is_told(document: str, said: str) -> None:
    Path("letter.txt").write_text("Dear all", encoding="utf-8")
    before = files(Path())
    result = ask(*SOURCE, "--document", document, "--yes")
    assert (2, True) == (result.exit_code, "--document: " in result.stderr and said in result.stderr), result.stderr
    assert before == files(Path())


@pytest.mark.usefixtures("town")
def test_a_document_that_lies_elsewhere_is_known_by_its_checksum() -> None:
    assert 0 == ask(*SOURCE, "--document", "letter.txt", "--sha256", "a" * 64, "--yes").exit_code
