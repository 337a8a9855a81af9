"""The last line of an answer: how many were stated, and beside them how many are implied."""

import pytest
from asking import ask

TROOPS = ("-m", "graphs/ukraine-troops")


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (
            ("who", "any", "US backstop", "--as-of", "2026-01-10"),
            "4 actors: 3 support, 1 open, 1 contested.",
        ),
        (("who", "opposes", "Russia", "--as-of", "2026-01-10"), "4 actors on 4 proposals; +10 by implication."),
        (("what", "Croatia", "--as-of", "2026-01-10"), "2 proposals: declines 1, pledges 1."),
        (("disputes", "--as-of", "2026-01-10"), "2 disputes: 1 contested, 1 implies."),
        (("who", "silent", "Pre-emptive strikes", "--as-of", "2026-01-10"), " actors."),
    ],
)
def test_the_last_line_counts(arguments: tuple[str, ...], expected: str) -> None:
    last = ask(*arguments, *TROOPS).stdout.splitlines()[-1]
    assert last.endswith(expected)
