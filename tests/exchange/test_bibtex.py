"""BibTeX both ways: what is written reads back the same, here and by another reader."""

import re
from typing import Any

import pytest
from bibtexparser.entrypoint import parse_string
from bibtexparser.middlewares import LatexDecodingMiddleware
from drawn_sources import libraries
from hypothesis import given

from actorgraph.exchange.bibtex import in_latex, to_bibtex
from actorgraph.exchange.importing.bibtex_entries import read_items
from actorgraph.exchange.importing.library import LibraryItem


@given(libraries())
def test_what_is_written_reads_back_the_same(listed: list[dict[str, Any]]) -> None:
    if listed:
        found = list(read_items(to_bibtex(listed), "s.bib"))
        assert listed == [{"id": one.key, **one.body} for one in found if isinstance(one, LibraryItem)]


@given(libraries())
def test_another_reader_finds_every_entry_with_its_fields(listed: list[dict[str, Any]]) -> None:
    library = parse_string(to_bibtex(listed))
    assert [] == library.failed_blocks
    assert [source["id"] for source in listed] == [entry.key for entry in library.entries]
    for entry, source in zip(library.entries, listed, strict=True):
        assert source["published"] == entry["date"]
        assert source.get("url") == (entry.get("url") and entry["url"])


@given(libraries())
def test_braces_balance_as_bibtex_counts_them(listed: list[dict[str, Any]]) -> None:
    """BibTeX counts a brace whatever stands before it."""
    depth = 0
    for brace in re.findall("[{}]", to_bibtex(listed)):
        depth += 1 if brace == "{" else -1
        assert depth >= 0
    assert 0 == depth


def test_another_decoder_reads_the_letters() -> None:
    source = {"id": "a", "title": "R&D: 50 % of Škoda_x #1 $5", "publisher": "P", "published": "2025"}
    library = parse_string(to_bibtex([source]), append_middleware=[LatexDecodingMiddleware()])
    assert source["title"] == library.entries[0]["title"]


@pytest.mark.parametrize(
    ("text", "latex"),
    [
        ("a--b", "a-{}-b"),
        ("``a''", "`{}`a'{}'"),
        ("x@y", "x{@}y"),
        ("~^\\", r"\textasciitilde{}\textasciicircum{}\textbackslash{}"),
        ("Türkiye — “so”", "Türkiye — “so”"),
    ],
)
def test_signs(text: str, latex: str) -> None:
    assert latex == in_latex(text)


@pytest.mark.parametrize(
    ("url", "written"),
    [
        ("https://example.org/@a_b%20c#d", "https://example.org/@a_b%20c#d"),
        ("https://example.org/@a(b)", "https://example.org/%40a(b)"),
        ("https://example.org/{a}\\", "https://example.org/%7Ba%7D%5C"),
    ],
)
def test_an_address_stands_as_it_is_unless_it_would_end_the_entry(url: str, written: str) -> None:
    text = to_bibtex([{"id": "a", "title": "T", "publisher": "P", "published": "2025", "url": url}])
    assert written == parse_string(text).entries[0]["url"]


@pytest.mark.parametrize(
    ("published", "fields"),
    [
        ("2025-10-14", {"date": "2025-10-14", "year": "2025", "month": "oct"}),
        ("2025", {"date": "2025", "year": "2025"}),
        ("2025-09/2025-10", {"date": "2025-09/2025-10", "year": "2025"}),
        ("2025-09-12/2025-09-24", {"date": "2025-09-12/2025-09-24", "year": "2025", "month": "sep"}),
        ("2025-12/2026-01", {"date": "2025-12/2026-01"}),
        ("../2025", {"date": "../2025"}),
    ],
)
def test_dates_for_bibtex_and_for_biber(published: str, fields: dict[str, str]) -> None:
    (entry,) = parse_string(to_bibtex([{"id": "a", "title": "T", "publisher": "P", "published": published}])).entries
    assert fields == {name: entry[name] for name in ("date", "year", "month") if name in entry}
