"""CSL-JSON both ways: what is written reads back the same, and is what CSL calls by these names."""

import json
from typing import Any

import pytest
from drawn_sources import libraries
from hypothesis import given

from actorgraph.errors import UsageProblem
from actorgraph.exchange.csl_json import read_items, to_csl
from actorgraph.exchange.importing.incoming import Skipped
from actorgraph.exchange.importing.library import LibraryItem


def only(item: dict[str, Any]) -> LibraryItem | Skipped:
    """Return the reference that an item of CSL-JSON makes; what it does not say is made up."""
    whole = {"id": "a", "type": "document", "title": "T", "publisher": "P", "issued": {"date-parts": [[2025]]}, **item}
    (found,) = read_items(json.dumps([whole]), "s.json")
    return found


def body(**item: Any) -> dict[str, str]:
    found = only({name.replace("_", "-"): value for name, value in item.items()})
    assert isinstance(found, LibraryItem), found
    return dict(found.body)


@given(libraries())
def test_what_is_written_reads_back_the_same(listed: list[dict[str, Any]]) -> None:
    text = to_csl(listed)
    if listed:
        found = [one for one in read_items(text, "s.json") if isinstance(one, LibraryItem)]
        assert listed == [{"id": one.key, **one.body} for one in found]
    assert text == to_csl(listed)


@given(libraries())
def test_another_program_finds_the_names_of_csl(listed: list[dict[str, Any]]) -> None:
    items = json.loads(to_csl(listed))
    known = {"id", "type", "title", "publisher", "author", "issued", "accessed", "language", "URL", "archive_location"}
    for item, source in zip(items, listed, strict=True):
        assert known | {"annote", "custom"} >= set(item)
        assert ("document", source["title"]) == (item["type"], item["title"])
        assert {"date-parts"} == set(item["issued"]) or source["published"] == item["issued"]["literal"]
        assert all(set(name) == {"literal"} for name in item.get("author", []))


@pytest.mark.parametrize(
    ("issued", "expected"),
    [
        ({"date-parts": [["2025", 10, 14]]}, "2025-10-14"),
        ({"date-parts": [[2025, 9, 12], [2025, 10]]}, "2025-09-12/2025-10"),
        ({"date-parts": [[2025, 0]]}, "2025"),
        ({"date-parts": [[2025, None]], "season": "2"}, "2025"),
        ({"raw": "2025-3-4"}, "2025-03-04"),
        ({"literal": "../2025-10"}, "../2025-10"),
        ("2025-10-14T09:00:00Z", "2025-10-14"),
    ],
)
def test_dates(issued: Any, expected: str) -> None:
    assert expected == body(issued=issued)["published"]


@pytest.mark.parametrize(
    ("item", "reason"),
    [
        ({"title": ""}, "it has no title"),
        ({"issued": None}, "it has no date"),
        ({"issued": {"date-parts": [[]]}}, "it has no date"),
        ({"issued": {"date-parts": [[2025]], "circa": True}}, "its date is only about right (circa)"),
        ({"issued": {"literal": "Spring 2025"}}, "its date 'Spring 2025' is none that a model has"),
        ({"issued": {"date-parts": [[2025, 13]]}}, "there is no month 13"),
        ({"publisher": None}, "nobody is named who published it"),
    ],
)
def test_what_no_source_can_be_made_of_is_told(item: dict[str, Any], reason: str) -> None:
    found = only(item)
    assert isinstance(found, Skipped)
    assert ("item 1 (a)", True) == (found.place, reason in found.reason)


def test_a_newspaper_is_the_publisher_of_an_article_and_a_book_has_its_own() -> None:
    assert "Times" == body(type="article-newspaper", container_title="Times", publisher="News Corp")["publisher"]
    assert "Press" == body(type="chapter", container_title="A Book", publisher="Press")["publisher"]
    assert "times.example" == body(publisher="", URL="https://www.times.example/a")["publisher"]
    assert "J. Doe" == body(publisher="", author=[{"family": "Doe", "given": "J."}])["publisher"]


def test_names_stand_as_they_are_said() -> None:
    people = [
        {"family": "Beethoven", "given": "Ludwig", "non-dropping-particle": "van"},
        {"literal": "Council of the EU"},
        {"family": "King", "given": "Martin", "suffix": "Jr."},
        {},
    ]
    assert "Ludwig van Beethoven; Council of the EU; Martin King Jr." == body(author=people)["author"]


def test_the_citation_key_is_preferred_to_the_number_that_a_manager_gives() -> None:
    number = "http://zotero.org/users/1/items/ABCD"
    assert "doe2020" == only({"id": number, "citation-key": "doe2020"})[1]
    assert "doe2020" == only({"id": number, "note": "tex: x\nCitation Key: doe2020"})[1]
    assert ["", "", ""] == [only({"id": key})[1] for key in (number, "1234/ABCD", 17)]


def test_markup_of_titles_is_taken_off_and_lines_are_joined() -> None:
    assert "CO2 in vitro, x < y" == body(title="CO<sub>2</sub> <i>in vitro</i>,\n x < y")["title"]


def test_a_broken_address_is_told_and_a_doi_is_one() -> None:
    found = only({"URL": "ftp://example.org/a"})
    assert isinstance(found, LibraryItem)
    assert "url" not in found.body
    assert ("the address 'ftp://example.org/a', which is no http, https or mailto link",) == found.lost
    assert "https://doi.org/10.1000/182" == body(DOI="10.1000/182")["url"]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('[{"id": 1,}]', "s.json:1:1[01]: this is no JSON"),  # Python 3.13 points at the comma
        ("[]", "holds no reference with a type"),
        ('{"name": "package"}', "holds no reference with a type"),
        ("[" * 100_000, "nested deeper"),
    ],
)
def test_what_is_no_csl_json_is_told(text: str, message: str) -> None:
    with pytest.raises(UsageProblem, match=message):
        list(read_items(text, "s.json"))


def test_an_item_that_is_none_is_told_by_its_number() -> None:
    found = list(read_items('[3, {"type": "book", "title": "T", "publisher": "P", "issued": "2025"}]', "s.json"))
    assert Skipped("item 1", "it is no reference, which stands in braces") == found[0]
    assert isinstance(found[1], LibraryItem)
