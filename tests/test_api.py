"""The library's door: every name that it promises, whatever was imported before."""

import subprocess
import sys

import pytest

import actorgraph


@pytest.mark.parametrize("name", actorgraph.__all__)
def test_every_name_is_there_and_told(name: str) -> None:
    found = getattr(actorgraph, name)
    assert found.__doc__, name
    assert not hasattr(found, "__path__"), f"{name} is a module"


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


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no attribute 'whoever'"):
        _ = actorgraph.whoever
