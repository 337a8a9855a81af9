"""What CSL-JSON and BibTeX have in common: lines, dates, names, and what makes a source."""

from typing import Any

import pytest
from drawn_sources import some
from hypothesis import given
from hypothesis import strategies as st

from actorgraph.exchange.importing.library import authors, date_in, library_item, line, link_of, prose
from actorgraph.model.records import Source


def body(**said: str) -> dict[str, Any]:
    whole = {"title": "T", "publisher": "P", **said}
    return dict(library_item("item 1", "a", whole, published="2025", accessed="", sort="").body)


@given(st.text())
def test_a_line_is_one_that_a_model_takes(text: str) -> None:
    found = line(text)
    assert found == line(found)
    if found:
        Source.model_validate({"title": found, "publisher": found, "published": "2025", "about": prose(text)})


@pytest.mark.parametrize("between", ["\t", "\x0c", "\x01", " \n ", "\r\n", "\x1f\t", "\u2028"])
def test_words_stay_apart_whatever_stands_between_them(between: str) -> None:
    assert "Coast Weekly" == line(f"Coast{between}Weekly")
    assert ["Coast", "Weekly"] == prose(f"Coast{between}Weekly").split()


@given(st.lists(some, min_size=1, max_size=4))
def test_authors_stay_who_they_are(names: list[str]) -> None:
    assert "; ".join(names) == "; ".join(authors("; ".join(names)))


@pytest.mark.parametrize("text", ["2025-13", "199X", "2025~", "2025/..", "03/04/2025", "soon", "2025-02-30"])
def test_a_date_that_a_model_has_not_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="none that a model has"):
        date_in(text)


def test_what_a_model_would_refuse_stays_out() -> None:
    assert {"title": "T", "publisher": "P", "published": "2025"} == body(reliability="G", sha256="x", url="")


def test_more_than_a_text_may_have_is_told() -> None:
    with pytest.raises(ValueError, match="its about has 100,001 characters; no value needs more than 100,000"):
        body(about="x" * 100_001)


def test_a_day_of_access_that_is_none_is_told() -> None:
    found = library_item("item 1", "a", {"title": "T", "publisher": "P"}, published="2025", accessed="n.d.", sort="")
    assert "accessed" not in found.body
    assert found.lost[0].startswith("the day of access: its date 'n.d.'")


@pytest.mark.parametrize("doi", ["10.1/x", "doi:10.1/x", "https://doi.org/10.1/x", "http://dx.doi.org/10.1/x"])
def test_a_doi_is_an_address(doi: str) -> None:
    assert "https://doi.org/10.1/x" == link_of(doi)
