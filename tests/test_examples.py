"""The examples run, and print what they should."""

import runpy
from pathlib import Path

import pytest
from asking import ask, check_golden
from goldens import Golden

EXAMPLES = Path(__file__).parent.parent / "examples"


@pytest.mark.parametrize("script", sorted(EXAMPLES.glob("*.py")), ids=lambda path: path.name)
def test_example(script: Path, golden: Golden, capsys: pytest.CaptureFixture[str]) -> None:
    runpy.run_path(str(script), run_name="__main__")
    golden.check(f"example-{script.stem}.txt", capsys.readouterr().out)


COUNCIL = ("--model", "examples/council.yaml", "--as-of", "2025-12-01")


@pytest.mark.parametrize("model", sorted(EXAMPLES.glob("*.yaml")), ids=lambda path: path.name)
def test_an_example_checks_clean(model: Path) -> None:
    result = ask("check", str(model), "--strict")
    assert 0 == result.exit_code, result.output


@pytest.mark.parametrize(
    ("name", "question"),
    [
        ("council-tally", ("tally", "the act", "--group", "council", "--threshold", "population=65%")),
        ("council-pledges", ("pledges",)),
    ],
)
@pytest.mark.parametrize("style", ["table", "md"])
def test_what_the_council_is_for(golden: Golden, name: str, question: tuple[str, ...], style: str) -> None:
    check_golden(golden, name, (*question, *COUNCIL), style)
