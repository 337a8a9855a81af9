"""docs/python.md keeps its word: the tour prints what it shows, and the reference is what the docstrings say."""

import inspect
from pathlib import Path

import pytest
from python_api import FUNCTIONS, MARK, OPTIONS, reference, with_answers

import actorgraph

PAGE = Path(__file__).parent.parent / "docs" / "python.md"

NAMED = [name for names in FUNCTIONS.values() for name in names]


def test_the_page_is_what_the_code_says(*, update: bool) -> None:
    tour, _, _ = PAGE.read_text(encoding="utf-8").partition(MARK)
    made = with_answers(tour) + reference()
    if update:
        PAGE.write_text(made, encoding="utf-8")
    assert made == PAGE.read_text(encoding="utf-8")


def test_every_function_is_there() -> None:
    functions = [name for name in actorgraph.__all__ if inspect.isfunction(getattr(actorgraph, name))]
    assert sorted(functions) == sorted(NAMED)


@pytest.mark.parametrize("name", NAMED)
def test_a_function_says_what_it_takes_and_gives(name: str) -> None:
    function = getattr(actorgraph, name)
    doc = str(inspect.getdoc(function))
    assert [] == [part for part in ("Args:", "Returns:", ">>> ") if part not in doc]
    described = [argument for argument in inspect.signature(function).parameters if f"\n    {argument}: " not in doc]
    assert [] == described, "arguments that are not described"


def test_every_option_is_described() -> None:
    described = "".join(str(inspect.getdoc(options)) for options in OPTIONS)
    for options in OPTIONS:
        assert [] == [name for name in options.__annotations__ if f"\n    {name}: " not in described]


@pytest.mark.parametrize("name", [name for name in actorgraph.__all__ if inspect.isclass(getattr(actorgraph, name))])
def test_a_class_says_what_it_is(name: str) -> None:
    own = getattr(actorgraph, name).__doc__
    assert own
    assert not own.startswith(f"{name}("), "the docstring that a named tuple or a dataclass makes for itself"
