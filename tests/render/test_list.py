"""Lists: what a model names, and what the model itself covers."""

import pytest
from asking import HARBOUR, ask
from goldens import Golden


@pytest.mark.parametrize("style", ["table", "md"])
def test_golden(golden: Golden, style: str) -> None:
    result = ask("list", "sources", *HARBOUR, "--format", style)
    assert 0 == result.exit_code, result.output
    golden.check(f"list.{'txt' if style == 'table' else 'md'}", result.stdout)


def test_a_list_says_what_the_model_covers() -> None:
    text = " ".join(ask("list", "conditions", "--format", "md").stdout.split())
    assert "Model ukraine-troops: Western troops in Ukraine Who wants, refuses, offers" in text
    assert "Model minimal: The new harbour" in ask("list", "conditions", *HARBOUR).stdout


def test_a_list_fits_80_columns_in_a_pipe() -> None:
    for things in ("actors", "proposals", "sources", "events", "conditions"):
        assert max(map(len, ask("list", things).stdout.splitlines())) <= 80
