"""The library's door: every name that it promises, whatever was imported before."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import actorgraph
from actorgraph import _PLACES


@pytest.mark.parametrize("name", actorgraph.__all__)
def test_every_name_is_there_and_told(name: str) -> None:
    public = getattr(actorgraph, name)
    assert public.__doc__, name
    assert not hasattr(public, "__path__"), f"{name} is a module"


@pytest.mark.parametrize(
    "first",
    ["actorgraph.questions.diff", "actorgraph.questions.who", "actorgraph.cli.main", "actorgraph.graph.networks"],
)
def test_no_room_hides_a_verb(first: str) -> None:
    """Importing a submodule sets it on the package, where it would hide a function of the same name."""
    program = (
        f"import {first}, actorgraph; assert all(callable(getattr(actorgraph, name)) for name in actorgraph.__all__)"
    )
    subprocess.run([sys.executable, "-c", program], check=True)


def test_the_door_opens_on_nothing_heavy() -> None:
    """Whoever asks about a model pays for no engine, and whoever names an engine for none that is not asked."""
    program = (
        "import sys, actorgraph; before = {*sys.modules}; actorgraph.compile_holdings; actorgraph.open_holdings\n"
        "assert not before & {'duckdb', 'pyspark', 'pydantic', 'yaml', 'click'}\n"
        "assert not {'duckdb', 'pyspark', 'click'} & {*sys.modules}"
    )
    subprocess.run([sys.executable, "-c", program], check=True)


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no attribute 'whoever'"):
        _ = actorgraph.whoever


def test_type_checkers_see_what_is_there() -> None:
    """The imports for type checkers, and what a name imports when it is used, are the same."""
    tree = ast.parse(Path(str(actorgraph.__file__)).read_text(encoding="utf-8"))
    imported = {
        (str(node.module).removeprefix("actorgraph."), alias.name, alias.asname)
        for branch in tree.body
        if isinstance(branch, ast.If)
        for node in branch.body
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }
    places = {(module, name, name) for module, names in _PLACES.items() for name in names}
    assert places == imported


def test_tab_offers_the_public_names_and_nothing_else() -> None:
    assert actorgraph.__all__ == dir(actorgraph)
    assert sorted(set(actorgraph.__all__)) == actorgraph.__all__
