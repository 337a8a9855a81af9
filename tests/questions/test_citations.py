"""Citations looked up in a PDF: its pages by label or number, and the quotes on them."""

import json
from pathlib import Path

import pytest
from asking import CONTRACT, ask
from citing import ask_to_verify, model, sha
from pdfs import pdf

import actorgraph
from actorgraph.questions.verify import Verification, verify

REPORT = pdf(
    "Preface",
    "Thanks to all\nwho helped",
    "The board will build the har-\nbour soon, and it will cost much.",
    "Nobody asked the fishers.\nThey are against it, and say so.",
    "",
    "The board said it again: it\nwill build.",
    roman=2,
)
"""Pages i, ii, 1, 2, 3 (a picture) and 4."""


def verified(folder: Path, raw: bytes, *evidence: str) -> Verification:
    (folder / "docs").mkdir(exist_ok=True)
    (folder / "docs" / "s.pdf").write_bytes(raw)
    path = model(folder, *evidence, document=f"document: s.pdf, sha256: {sha(raw)}")
    return verify(actorgraph.load(path), folder / "docs")


@pytest.mark.parametrize(
    "evidence",
    [
        "credibility: 2",
        "page: '1'",
        "page: i-ii",
        "page: '1', quote: the harbour soon",
        "page: p. 1, quote: “will build the harbour”",
        "page: '3', quote: the harbour soon",  # its third page, labelled 1
        "page: pp. 1-2, quote: much. Nobody asked",
        "page: 1-2, quote: will build … They are against it",
        "page: '2-3', quote: They are against it",
        "page: Annex II, quote: said it again",
        "quote: said it again",
        "lines: 12, quote: said it again",
    ],
)
def test_a_citation_that_holds(tmp_path: Path, evidence: str) -> None:
    found = verified(tmp_path, REPORT, evidence)
    assert ((), (), True) == (found.misses, found.unchecked, found.complete)
    assert (1, 1, 0) == found.sources[0][-3:]


@pytest.mark.parametrize(
    ("evidence", "failure", "pages", "message"),
    [
        ("page: '7'", "no-such-page", None, "cites page '7', but s.pdf has 6 pages, labelled i to 4"),
        (
            "page: '7', quote: said it again",
            "no-such-page",
            "4",
            "cites page '7', but s.pdf has 6 pages, labelled i to 4; the quote stands on page 4",
        ),
        (
            "page: ii, quote: the fishers",
            "elsewhere",
            "2",
            "quotes 'the fishers', found on page 2 of s.pdf instead of ii",
        ),
        (
            "page: '2', quote: will build",
            "elsewhere",
            "1, 4",
            "quotes 'will build', found on page 1, 4 of s.pdf instead of 2",
        ),
        (
            "page: '2', quote: they are not against",
            "not-found",
            None,
            "quotes 'they are not against', which s.pdf does not hold; the nearest is 'They are against' on page 2",
        ),
        ("quote: entirely invented", "not-found", None, "quotes 'entirely invented', which s.pdf does not hold"),
        ("page: '2', quote: '…'", "not-found", None, "quotes '…', which holds no word"),
    ],
)
def test_a_citation_that_fails(tmp_path: Path, evidence: str, failure: str, pages: str | None, message: str) -> None:
    found = verified(tmp_path, REPORT, "page: '1'", evidence)
    (miss,) = found.misses
    assert (failure, pages, message) == (miss.failure, miss.found, miss.message)
    assert ((2, 1, 1), False) == (found.sources[0][-3:], found.sound)


@pytest.mark.parametrize(
    ("evidence", "message"),
    [
        ("page: '3'", None),  # also the third page, on which there is text
        ("page: '5'", "cites page '5' of s.pdf, on which no text stands"),
        ("page: '5', quote: a word", "quotes 'a word', but on page '5' of s.pdf no text stands"),
        ("page: Annex II", "cites page 'Annex II' of s.pdf, a PDF, in which pages and quotes are looked up"),
        ("lines: 3-4", "cites lines 3-4 of s.pdf, a PDF, in which pages and quotes are looked up"),
    ],
)
def test_a_citation_that_cannot_be_looked_up(tmp_path: Path, evidence: str, message: str | None) -> None:
    found = verified(tmp_path, REPORT, "page: '1'", evidence)
    assert [message] * (message is not None) == [miss.message for miss in found.unchecked]
    assert (True, message is None) == (found.sound, found.complete)
    assert "no text stands on page 3" in found.sources[0].message
    assert [0, int(message is not None)] == [ask_to_verify(tmp_path, *more).exit_code for more in ((), ("--strict",))]


UNREADABLE = {
    "encrypted": (pdf("a", lock="secret"), "locked by a password"),
    "damaged": (b"%PDF-1.4\nnothing of it", "damaged PDF"),
    "scanned": (pdf(""), "its page is a picture without text"),
}


@pytest.mark.parametrize("why", UNREADABLE)
def test_a_pdf_that_cannot_be_read_is_a_state_and_fails_when_strict(tmp_path: Path, why: str) -> None:
    raw, words = UNREADABLE[why]
    found = verified(tmp_path, raw, "page: '1', quote: a")
    (source,) = found.sources
    assert ("verified", why, (1, 0, 0)) == (source.state, source.unread, source[-3:])
    result = ask_to_verify(tmp_path)
    text = " ".join(result.stdout.split())
    assert f"verified, {why} 1 not checked" in text
    assert words in text
    assert [0, 1] == [ask_to_verify(tmp_path, *more).exit_code for more in ((), ("--strict",))]
    CONTRACT.validate(json.loads(ask_to_verify(tmp_path, "--format", "json").stdout))


def test_a_pdf_that_is_cited_as_a_whole_stays_closed(tmp_path: Path) -> None:
    assert verified(tmp_path, pdf("a", lock="secret"), "credibility: 2").complete


def test_why_says_that_a_pdf_has_no_lines(tmp_path: Path) -> None:
    verified(tmp_path, REPORT, "page: '1'")
    asked = ask("why", "a", "p", "--as-of", "2026", "-m", tmp_path / "m.yaml", "--documents", tmp_path / "docs")
    text = " ".join(asked.stdout.split())
    assert "it is a PDF, which has pages and no lines" in text
