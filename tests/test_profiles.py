"""Hypothesis's profiles: what draws new examples, and whether the seed of them is named."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

TESTS = Path(__file__).parent


@pytest.mark.parametrize("ci", ["", "true"])
def test_only_who_tests_thoroughly_at_a_desk_draws_new_examples(ci: str) -> None:
    """Where `CI` is set, a change would be refused by chance, for a fault that it did not make."""
    asked = (
        "import conftest; from hypothesis import settings\n"
        "names = 'steady', 'thorough'\n"
        "print(*(settings.get_profile(name).derandomize for name in names), settings().derandomize)"
    )
    environment = {**os.environ, "CI": ci, "PYTHONPATH": str(TESTS)}
    answer = subprocess.run([sys.executable, "-c", asked], env=environment, capture_output=True, text=True, check=True)
    assert f"True {bool(ci)} True" == answer.stdout.strip()


@pytest.mark.parametrize(
    ("ci", "options", "named"),
    [
        ("", (), "the same examples as ever"),
        ("", ("--hypothesis-profile", "thorough"), "--hypothesis-seed="),
        ("true", (), "the same examples as ever"),
        ("true", ("--hypothesis-profile", "thorough"), "the same examples as ever"),
        ("true", ("--hypothesis-seed", "7"), "--hypothesis-seed=7"),
    ],
)
def test_the_seed_is_named(ci: str, options: tuple[str, ...], named: str) -> None:
    answer = subprocess.run(
        [sys.executable, "-m", "pytest", "--collect-only", *options, str(TESTS / "test_dates.py")],
        env={**os.environ, "CI": ci},
        capture_output=True,
        text=True,
        check=True,
        cwd=TESTS.parent,
    )
    assert f"Hypothesis: {named}" in answer.stdout
