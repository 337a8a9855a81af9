"""Names that come in are found by any of their forms, noted where nothing answers to them, or made new."""

import pytest

from actorgraph.exchange.importing.incoming import Things, Unknown
from actorgraph.model.loader import load_model


def things(*, create: bool = False) -> Things:
    return Things(load_model("examples/minimal.yaml"), create=create, today="2026-06-01")


@pytest.mark.parametrize(
    ("kind", "name", "key"),
    [
        ("actor", "THE FISHERS", "fishers-union"),
        ("actor", "fishers-union", "fishers-union"),
        ("proposal", "a deep-water  Harbour", "harbour"),
        ("condition", "The state grants a loan", "state-loan"),
        ("source", "Open letter", "union-letter"),
        ("source", "http://www.example.org/coast-weekly/2/#top", "coast-weekly-2"),
        ("source", "https://example.org/coast-weekly/2?page=1", None),
        ("actor", "harbour", None),
    ],
)
def test_a_thing_is_found_by_all_its_names(kind: str, name: str, key: str | None) -> None:
    assert key == things().find(kind, name, "row 2")


def test_what_is_unknown_is_noted_once_with_what_is_near() -> None:
    known = things()
    for name, place in (("Harbor Board", "row 2"), ("Harbor Board", "row 3"), ("harbor  board", "row 4")):
        assert known.find("actor", name, place, {"name": name, "kind": "state"}) is None
    assert [Unknown("actor", "Harbor Board", "row 2")] == known.unknown
    assert ("Harbour Board",) == known.near(known.unknown[0])
    assert [] == known.arrivals


def test_what_is_new_is_made_once() -> None:
    known = things(create=True)
    made = {known.find("actor", name, "row 2", {"name": "Zoo", "kind": "state"}) for name in ("Zoo", "the ZOO", "zoo")}
    assert ({"zoo"}, 1, []) == (made, len(known.arrivals), known.unknown)


@pytest.mark.parametrize(
    ("name", "body", "key"),
    [
        (
            "https://www.example.org/a/b.html",
            {"publisher": "example.org", "published": "../2026-06-01"},
            "example-org-a-b-html",
        ),
        ("https://example.org/a", {"publisher": "Daily News", "published": "2026-01-02"}, "daily-news-2026-01-02"),
        ("Coast Weekly 中", {"publisher": "x", "published": "../2026"}, "coast-weekly-3"),
        ("中国日报", {"publisher": "中国日报", "published": "../2026"}, "source"),
        ("https://example.org/" + "long-" * 40, {}, "example-org-" + "long-" * 9 + "lon"),
    ],
)
def test_the_id_of_a_new_source(name: str, body: dict[str, str], key: str) -> None:
    assert key == things(create=True).find("source", name, "row 2", dict(body))


def test_an_address_finds_what_came_with_it() -> None:
    known = things(create=True)
    key = known.find("source", "https://e.org/a", "row 2", {"title": "T", "url": "https://e.org/a"})
    assert key == known.find("source", "http://www.e.org/a/", "row 3", {})
