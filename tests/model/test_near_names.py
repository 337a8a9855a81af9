"""Which names are nearly the same, and which only look it."""

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actorgraph.model.near_names import near_names
from actorgraph.names import fold


def near(*names: str, in_order: bool = False) -> set[frozenset[str]]:
    """Return the pairs of names that are near, each name that of another thing."""
    found = near_names({str(number): [name] for number, name in enumerate(names)}, in_order=in_order)
    return {frozenset((name, its)) for _, name, _, its in found}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Zelensky", "Zelenskyy"),
        ("Zelensky", "Zelenski"),
        ("Volodymyr Zelensky", "Zelensky, Volodymyr"),
        ("Baerbock", "Bärbock"),
        ("Ministry of Defence", "Defence Ministry"),
        ("Gazeta-UA", "GazetaUA"),
        ("Friends of the Harbour", "Harbour Friends"),
        ("European leader", "European leaders"),
        ("Coalition", "Coaliton"),
        ("Coalition", "Coaltiion"),
    ],
)
def test_near(one: str, other: str) -> None:
    assert {frozenset((one, other))} == near(one, other) == near(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
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
        ("The coalition", "coalition"),
        ("中国", "中華"),
    ],
)
def test_not_near(one: str, other: str) -> None:
    assert set() == near(one, other)


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
    alone = {pair for one, other in combinations(names, 2) for pair in near(one, other)}
    assert alone >= near(*names)
    assert near(*names) == near(*reversed(names)) or len({fold(one) for one in names}) < len(names)
