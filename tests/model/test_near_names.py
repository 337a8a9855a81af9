"""Which names are nearly the same, and which only look it."""

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actorgraph.model.near_names import near_names
from actorgraph.names import fold


def near(*names: str, in_order: bool = False) -> set[frozenset[str]]:
    """Return the pairs of names that are near, each name that of another thing."""
    pairs = near_names({str(number): [name] for number, name in enumerate(names)}, in_order=in_order)
    return {frozenset((name, other_name)) for _, name, _, other_name in pairs}


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("Zelensky", "Zelenskyy"),
        ("Zelensky", "Zelenski"),
        ("Volodymyr Zelensky", "Zelensky, Volodymyr"),
        ("Baerbock", "Bärbock"),
        ("Köln", "Koeln"),
        ("Jürgen Müller", "Mueller, Juergen"),
        ("Ko\u0308ln", "KOELN"),
        ("Tromsø", "Tromsoe"),
        ("Århus", "Aarhus"),
        ("Ministry of Defence", "Defence Ministry"),
        ("Gazeta-UA", "GazetaUA"),
        ("Friends of the Harbour", "Harbour Friends"),
        ("European leader", "European leaders"),
        ("Coalition", "Coaliton"),
        ("Coalition", "Coaltiion"),
    ],
)
def test_near(name: str, other: str) -> None:
    assert {frozenset((name, other))} == near(name, other) == near(other, name)


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("Iran", "Iraq"),
        ("Ireland", "Iceland"),
        ("Gambia", "Zambia"),
        ("Austria", "Australia"),
        ("Slovakia", "Slovenia"),
        ("North Korea", "South Korea"),
        ("Niger", "Nigeria"),
        ("Minsk I", "Minsk II"),
        ("Plan 2024", "Plan 2025"),
        ("Resolution 1441", "Resolution 1414"),
        ("Draft a", "Draft b"),
        ("legal troops", "illegal troops"),
        ("Donald Tusk", "Donald Trump"),
        ("Türkiye", "Turkiye"),
        ("Bar", "Baer"),
        ("The coalition", "coalition"),
        ("中国", "中華"),
    ],
)
def test_not_near(name: str, other: str) -> None:
    assert set() == near(name, other)


def test_words_in_another_order_may_say_something_else() -> None:
    names = "Western troops in Ukraine", "Troops in western Ukraine"
    assert {frozenset(names)} == near(*names)
    assert set() == near(*names, in_order=True)
    assert {frozenset(("Ban on deployments", "A ban on deployment"))} == near(
        "Ban on deployments", "A ban on deployment", in_order=True
    )


def test_each_pair_of_things_is_told_once_and_a_thing_may_have_near_names_of_its_own() -> None:
    names = {"a": ["Zelensky", "Zelenskyy", "Selenskyj"], "b": ["Zelenski", "Zelensky V"], "c": ["Other"]}
    assert [("b", "Zelenski", "a", "Zelensky")] == list(near_names(names))


NAMES = st.lists(st.text(alphabet="abé 1-of", max_size=12), max_size=6)


@given(NAMES)
def test_whether_names_are_near_does_not_depend_on_what_else_there_is(names: list[str]) -> None:
    alone = {pair for name, other in combinations(names, 2) for pair in near(name, other)}
    assert alone >= near(*names)
    assert near(*names) == near(*reversed(names)) or len({fold(name) for name in names}) < len(names)


def test_slips_are_looked_for_in_words_and_names_of_a_sensible_length_only() -> None:
    assert near("x" * 59 + "y", "x" * 58 + "y")
    assert not near("x" * 61 + "y", "x" * 60 + "y")
    phrase = " ".join(f"letter{number}" for number in range(38))
    assert near(f"Coalition {phrase}", f"Coaliton {phrase}")
    assert not near(f"Coalition and more {phrase}", f"Coaliton and more {phrase}")
    assert near(f"Coalition and more {phrase}", f"And more coalition {phrase}"), "the same words are near at any length"


def test_long_texts_take_no_time() -> None:
    words = [chr(ord("a") + number % 26) * 30 + chr(ord("a") + number // 26) * 20 for number in range(600)]
    assert set() == near(*(" ".join(words[start:] + words[:start])[:-1] for start in range(30)), in_order=True)
    assert set() == near("x" * 100_000, "y" * 100_000)
