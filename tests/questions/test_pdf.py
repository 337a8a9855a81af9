"""Pages of PDFs: what stands on them, how they are named, and why some cannot be read."""

import logging
import sys
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pdfs import pdf

from actorgraph.questions.pdf import PdfPages, Unread, Unreadable, is_pdf, read_pdf

BOOK = pdf("Preface", "On thanks", "One\ntwo", "three", "", roman=2)


def read(raw: bytes) -> PdfPages:
    pages = read_pdf(raw)
    assert isinstance(pages, PdfPages)
    return pages


def test_what_stands_on_the_pages() -> None:
    pages = read(BOOK)
    assert (5, ("i", "ii", "1", "2", "3"), (5,)) == (len(pages), pages.labels, pages.blank)
    assert ("Preface", "On thanks", "One", "two", "three") == pages.lines
    assert "5 pages, labelled i to 3" == pages.extent
    assert [1, 2, 3, 3, 4] == [pages.page_of(line) for line in range(1, 6)]
    assert ((3, 4), (5, 5)) == pages.lines_of((3, 4, 5))
    assert ("ii", "ii-1") == (pages.named(2, 2), pages.named(2, 3))
    assert ("1", "1 page") == (read(pdf("a")).named(1, 1), read(pdf("a")).extent)


@pytest.mark.parametrize(
    ("cited", "readings"),
    [
        ("1", [(3,), (1,)]),
        ("p. 1", [(3,), (1,)]),
        ("p1", [(3,), (1,)]),
        ("pp. 1\u20132", [(3, 4), (1, 2)]),
        ("Pages 1 - 2, 3", [(3, 4, 5), (1, 2, 3)]),
        ("II", [(2,)]),
        ("i-ii", [(1, 2)]),
        ("ii-1", [(2, 3)]),
        ("4", [(4,)]),
        ("6", []),
        ("2-1", []),
        ("0", []),
        ("1, 9", []),
        ("iii", []),
        ("", []),
        ("Annex II", []),
    ],
)
def test_a_page_is_named_by_label_or_number(cited: str, readings: list[tuple[int, ...]]) -> None:
    assert readings == list(read(BOOK).readings(cited))


def test_a_label_may_hold_a_dash() -> None:
    pages = PdfPages([("a",), ("b",), ("c",)], ["A-1", "A-2", "B-1"])
    assert [[(2,)], [(1, 2)], [(2, 3)]] == [list(pages.readings(cited)) for cited in ("a-2", "A-1-A-2", "A-2 – B-1")]


@given(st.lists(st.integers(0, 3), min_size=1, max_size=6))
def test_a_line_stands_on_the_page_that_has_it(lengths: list[int]) -> None:
    pages = PdfPages([("x",) * length for length in lengths], list(map(str, range(1, len(lengths) + 1))))
    for number in range(1, len(lengths) + 1):
        for first, last in pages.lines_of((number,)):
            assert {number} == {pages.page_of(line) for line in range(first, last + 1)}
    assert sum(lengths) == len(pages.lines)


@pytest.mark.parametrize(
    "before", [b"", b"\n\n", b"\xef\xbb\xbf", b"Content-Type: application/pdf\r\n\r\n", b"\0" * 900]
)
def test_a_pdf_is_known_behind_what_stands_before_it(before: bytes) -> None:
    raw = before + pdf("a b")
    assert is_pdf(raw)
    assert ("a b",) == read(raw).lines


def test_a_text_about_pdfs_is_none() -> None:
    assert not is_pdf(b"A file that begins with %PDF-1.7 is one.\n")


UNREADABLE = {
    "encrypted": (pdf("a", lock="secret"), "locked by a password"),
    "damaged": (b"%PDF-1.4\nnothing of it", "damaged PDF, of which no page can be read"),
    "scanned": (pdf("", ""), "its 2 pages are pictures without text"),
}


@pytest.mark.parametrize("why", UNREADABLE)
def test_what_cannot_be_read_says_why(why: Unread, caplog: pytest.LogCaptureFixture) -> None:
    raw, words = UNREADABLE[why]
    found = read_pdf(raw)
    assert isinstance(found, Unreadable)
    assert why == found.why
    assert words in found.message
    assert not caplog.records, "what pypdf says to itself is not for a curator"
    assert logging.NOTSET == logging.getLogger("pypdf").level
    assert {*UNREADABLE, "no-reader", "no-text"} == set(get_args(Unread))


def test_a_pdf_that_asks_for_no_password_is_read() -> None:
    assert ("a b",) == read(pdf("a b", lock="")).lines


@given(st.data())
def test_a_pdf_cut_anywhere_is_read_or_told(data: st.DataObject) -> None:
    found = read_pdf(BOOK[: data.draw(st.integers(5, len(BOOK) - 1))])
    assert isinstance(found, PdfPages) or found.why in ("damaged", "scanned")


def test_without_the_extra_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pypdf", None)
    found = read_pdf(BOOK)
    assert isinstance(found, Unreadable)
    assert ("no-reader", True) == (found.why, 'pip install "actorgraph[pdf]"' in found.message)
