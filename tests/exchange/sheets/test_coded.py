"""How the texts of a table of statements are read: words, dates and names, as every import reads them."""

from dataclasses import replace
from typing import Any

import pytest

from actorgraph.dates import last_day
from actorgraph.engines.texts import KEYS_OF
from actorgraph.exchange.importing.incoming import Things
from actorgraph.exchange.sheets import coded_sources
from actorgraph.exchange.sheets.coded import CodedReader
from actorgraph.exchange.sheets.coded_sources import CodedSources
from actorgraph.exchange.sheets.mapping import SheetMapping
from actorgraph.model.model import Model
from actorgraph.model.records import Actor, Header, Source

LE_MONDE = Source(title="Le Monde", publisher="Le Monde", published="2025-01-03", reliability="B")
KNOWN = Model(
    Header(id="m", title="M"),
    actors={"fr": Actor(name="France", kind="state", aliases=("Frankreich",))},
    sources={"monde": LE_MONDE},
)


def reader(**mapping: Any) -> CodedReader:
    return CodedReader(Things(KNOWN, create=True, today="2026-11-27"), SheetMapping(**mapping), place="a.csv")


def source(asked: CodedReader, **said: str) -> tuple[str | None, int, str | None]:
    """Return the id of a source, its day and its reliability."""
    meant = asked.source(*(said.get(key) for key in KEYS_OF["source"]))
    if isinstance(meant, int):
        return None, meant, None
    key, record = meant
    return key, last_day(record.published), record.reliability


def test_a_name_is_that_of_what_is_known_or_new() -> None:
    asked = reader(several=";", kind="person")
    assert ["fr", "ann-li"] == asked.holders("FRANKREICH; Ann Li; France", None)
    assert ["fr"] == asked.addressees("france")
    assert {"fr": "state", "ann-li": "person"} == {key: actor.kind for key, actor in asked.frame().actors.items()}


def test_a_kind_is_that_of_the_actor_or_of_the_statement() -> None:
    asked = reader()
    assert [["ann"], ["bob"]] == [asked.holders("Ann", "Person"), asked.holders("Bob", "stance")]
    assert ["state", "person", "organisation"] == [actor.kind for actor in asked.frame().actors.values()]
    with pytest.raises(ValueError, match="'planet' is no kind of actor"):
        asked.holders("Mars", "planet")


def test_an_actor_and_a_proposal_of_one_name_have_two_ids() -> None:
    asked = reader()
    assert (["nato"], "nato-2") == (asked.holders("NATO", None), asked.proposal("NATO"))


def test_a_name_without_latin_letters_has_an_id_too() -> None:
    assert ["actor"] == reader().holders("中国", None)
    with pytest.raises(ValueError, match="its proposal has no letter that can be shown"):
        reader().proposal("\x07")


def test_of_what_is_new_only_what_counts_is_in_the_frame() -> None:
    asked = reader()
    asked.holders("Ann", None)
    asked.holders("Bob", None)
    source(asked, source="Gazette", published="2025-01-04")
    frame = asked.frame({"actors": {"bob"}, "proposals": (), "conditions": (), "sources": ()})
    assert (["fr", "bob"], ["monde"]) == (list(frame.actors), list(frame.sources))


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ({"source": "monde"}, ("monde", 20250103, "B")),
        ({"source": "Le Monde", "published": "3 Jan 2025"}, ("monde", 20250103, "B")),
        ({"source": "Le Monde", "published": "2025-01-04"}, ("le-monde-2025-01-04", 20250104, None)),
        ({"source": "Le Monde", "reliability": "A"}, ("le-monde", 20261127, "A")),
        ({"url": "https://www.example.org/a#b"}, ("example-org-a", 20261127, None)),
        ({"published": "2025-01"}, (None, 20250131, None)),
    ],
)
def test_a_source_is_known_unless_something_differs(
    said: dict[str, str], expected: tuple[str | None, int, str | None]
) -> None:
    assert expected == source(reader(), **said)


def test_a_source_is_one_however_it_is_spelled() -> None:
    asked = reader()
    assert ["monde", "monde"] == [
        source(asked, source=name, published="2025-01-03")[0] for name in ("le  MONDE", "Monde")
    ]
    addresses = ("https://www.example.org/a/", "http://example.org/a", "https://example.org/a#top")
    assert {"example-org-a"} == {source(asked, source=address)[0] for address in addresses}
    assert ["gazette", "gazette-2"] == [source(asked, source="Gazette", reliability=mark)[0] for mark in "AB"]


def test_where_several_sources_were_known_none_is_guessed() -> None:
    """A row that says less than any of them cites one of its own, and finds that again."""
    known = {"b": LE_MONDE, "d": LE_MONDE.model_copy(update={"reliability": "D"})}
    asked = CodedReader(Things(Model(Header(id="m", title="M"), sources=known), today="2026-11-27"), SheetMapping())
    assert ("le-monde-2025-01-03", None) == source(asked, source="Le Monde", published="2025-01-03")[::2]
    assert "d" == source(asked, source="Le Monde", published="2025-01-03", reliability="D")[0]
    later = Things(replace(asked.frame(), header=Header(id="m", title="M")), today="2027-01-01")
    again = CodedReader(later, SheetMapping())
    assert "le-monde-2025-01-03" == source(again, source="Le Monde", published="2025-01-03")[0]


def test_who_spoke_and_is_new_is_a_person() -> None:
    asked = reader(kind="state")
    assert (["norland"], "ada-roe", "norland") == (
        asked.holders("Norland", None),
        asked.speaker("Ada Roe"),
        asked.speaker("Norland"),
    )
    kinds = {key: actor.kind for key, actor in asked.frame().actors.items()}
    assert {"fr": "state", "norland": "state", "ada-roe": "person"} == kinds


def test_names_that_differ_in_a_sign_that_tells_are_two() -> None:
    asked = reader()
    titles = ("Tax > 2%", "tax >2 %", "Tax < 2%", "C++", "C#", "C", "A no-fly zone", "a no fly zone")
    assert ["tax-2", "tax-2", "tax-2-2", "c", "c-2", "c-3", "a-no-fly-zone", "a-no-fly-zone"] == list(
        map(asked.proposal, titles)
    )
    known = replace(asked.frame(), header=Header(id="m", title="M"))
    again = CodedReader(Things(known, create=True, today="2027-01-01"), SheetMapping())
    keys = ["tax-2", "tax-2", "tax-2-2", "c", "c-2", "c-3", "a-no-fly-zone", "a-no-fly-zone"]
    assert keys == list(map(again.proposal, titles)), "an id that is made of C++ is no name of C"


def test_a_name_comes_before_an_id_whatever_stands_first() -> None:
    actors = {"canal": Actor(name="Canal+", kind="organisation"), "canal-2": Actor(name="Canal", kind="organisation")}
    known = Model(Header(id="m", title="M"), actors=actors)
    asked = CodedReader(Things(known, create=True, today="2027-01-01"), SheetMapping())
    assert (["canal"], ["canal-2"]) == (asked.holders("Canal+", None), asked.holders("canal", None))
    alone = CodedReader(Things(replace(known, actors={"canal": actors["canal"]}), create=True), SheetMapping())
    assert (["canal-2"], ["canal"]) == (alone.holders("Canal", None), alone.holders("CANAL+", None))


def test_a_source_is_found_again_in_whatever_spelling_its_address_is() -> None:
    asked = reader()
    first, dated = (
        source(asked, source="https://a.test/1/"),
        source(asked, source="http://a.test/1", published="2024-04"),
    )
    known = replace(asked.frame(), header=Header(id="m", title="M"))
    again = CodedReader(Things(known, create=True, today="2027-01-01"), SheetMapping())
    assert (first[0], dated[0], {}) == (
        source(again, source="http://www.a.test/1")[0],
        source(again, source="https://a.test/1", published="2024-04")[0],
        again.sources.unclear,
    )


def test_an_id_that_another_source_bears_by_now_is_not_what_a_row_meant() -> None:
    asked = reader()
    source(asked, source="Gull", url="https://a.test/1", reliability="B")
    said = {"source": "Gull", "reliability": "B"}
    meant = source(asked, **said)[0]
    other = reader()
    assert meant == source(other, source="Gull", url="https://a.test/1")[0]
    known = Things(replace(other.frame(), header=Header(id="m", title="M")), create=True, today="2027-01-01")
    again = CodedReader(known, SheetMapping(), sources=CodedSources(known, meant=asked.sources.meant))
    assert {meant} == set(asked.sources.meant.values())
    assert meant != source(again, **said)[0]


@pytest.mark.parametrize("more", [{"reliability": "B"}, {"publisher": "The Gull"}, {"language": "en"}])
def test_what_a_row_meant_that_says_less_is_kept_whatever_it_leaves_out(more: dict[str, str]) -> None:
    asked = reader()
    first, *_ = source(asked, source="Gull", url="https://a.test/1", **more)
    assert {} == asked.sources.meant
    assert first == source(asked, source="Gull", url="https://a.test/1")[0]
    assert [first] == list(asked.sources.meant.values())


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        ({"publisher": "Le Monde"}, "its source has no name and no address; --map source=… names the column with one"),
        ({"source": "a", "published": "soon"}, "its published is no date"),
        ({"source": "a", "reliability": "Z"}, "its source: .*'Z'"),
    ],
)
def test_what_is_wrong_with_a_source_is_said(said: dict[str, str], reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        source(reader(), **said)


def test_a_page_that_is_a_day_is_none() -> None:
    assert "3-12" == reader().pointer("page", "3-12")
    with pytest.raises(ValueError, match="its page is a day, as spreadsheets make of 3-12"):
        reader().pointer("page", "2026-03-12")


def test_of_very_many_sources_each_is_cited_and_those_known_before_are_in_the_frame(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(coded_sources, "MOST_SOURCES", 2)
    asked = reader()
    keys = [source(asked, source="Reuters", published=f"2025-01-0{day}")[0] for day in (1, 2, 3, 3)]
    assert ["reuters-2025-01-01", "reuters-2025-01-02", "reuters-2025-01-03", "reuters-2025-01-03"] == keys
    assert KNOWN.sources == asked.frame().sources


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        ((None, None, None), []),
        (("Ceasefire", "Backstop", None), ["ceasefire", "not:backstop"]),
        ((None, None, '["not:Ceasefire"]'), ["not:ceasefire"]),
        (("not:Ceasefire", "not:Backstop", None), ["not:ceasefire", "backstop"]),
        ((None, None, "NOT: Ceasefire"), ["not:ceasefire"]),
    ],
)
def test_conditions(texts: tuple[str | None, ...], expected: list[str]) -> None:
    assert expected == reader().conditions(*texts)


def test_conditions_that_are_no_list() -> None:
    with pytest.raises(ValueError, match="no list of texts in JSON"):
        reader().conditions(None, None, "[1]")


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (("2000", None, None, "soldiers"), ("2000", "2000", "soldiers")),
        ((None, "5", None, "boats"), ("5", None, "boats")),
        ((None, "5", "7.50", "boats"), ("5", "7.50", "boats")),
        ((None, None, None, "boats"), None),
    ],
)
def test_amounts(texts: tuple[str | None, ...], expected: tuple[str | None, str | None, str] | None) -> None:
    assert expected == reader().amount(*texts)


def test_the_address_beside_a_name_is_that_of_the_source() -> None:
    asked = reader()
    key, _, _ = source(asked, source="Gazette, 5 May (https://g.org/a)")
    assert key == source(asked, source="Gazette, 5 May", url="https://g.org/a")[0]
    (made,) = (made for name, made in asked.sources.by_id.items() if name == key)
    assert ("Gazette, 5 May", "https://g.org/a") == (made.title, made.url)
    with pytest.raises(ValueError, match="has several addresses; write a row for each"):
        source(asked, source="https://g.org/a; https://g.org/b")


@pytest.mark.parametrize("order", [1, -1])
def test_an_address_without_its_scheme_is_that_address_whichever_comes_first(order: int) -> None:
    asked = reader()
    spellings = ["https://lemonde.fr/a", "www.lemonde.fr/a", "lemonde.fr/a", "http://www.lemonde.fr/a/"][::order]
    assert {"lemonde-fr-a"} == {source(asked, source=text)[0] for text in spellings}
