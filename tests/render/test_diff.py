"""Two dates and two scenarios, as a reader sees what differs."""

import pytest
from asking import HARBOUR, ask
from goldens import Golden

GOLDEN = [
    ("scenario", ("diff", "--assume", "not:state-loan", "--as-of", "2026-06", *HARBOUR)),
]


@pytest.mark.parametrize(("name", "arguments"), GOLDEN)
@pytest.mark.parametrize("style", ["table", "md"])
def test_golden(golden: Golden, name: str, arguments: tuple[str, ...], style: str) -> None:
    result = ask(*arguments, "--format", style)
    assert 0 == result.exit_code, result.output
    golden.check(f"{name}.{'txt' if style == 'table' else 'md'}", result.stdout)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((), "what is to be compared?"),
        (("2026",), "one date is no pair: from 2026 to when?"),
        (("2025", "2026", "--base", "x.yaml"), "FROM TO and --base ask different questions"),
        (("--base", "x.yaml", "--base-rev", "HEAD"), "--base and --base-rev ask different questions"),
        (("--base", "x.yaml", "--base-assume", "state-loan"), "--base and --base-assume ask different questions"),
        (("2025", "2026", "--base-assume", "state-loan"), "FROM TO and --base-assume ask different questions"),
        (("2025", "2026", "--as-of", "2026"), "FROM TO name the days already"),
        (("--base-known-by", "2026-02", "--known-by", "2026-01"), "comes after --known-by 2026-01-31; swap them"),
        (("--base", "nowhere"), "cannot read it"),
        (("--base-known-by", "soon"), "'soon' is not a date"),
    ],
)
def test_a_diff_that_means_nothing(arguments: tuple[str, ...], message: str) -> None:
    result = ask("diff", *arguments, *HARBOUR)
    assert (2, "") == (result.exit_code, result.stdout)
    assert message in " ".join(result.stderr.split())
