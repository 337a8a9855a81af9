"""The examples run, and print what they should."""

import runpy
from pathlib import Path

import pytest
from goldens import Golden

EXAMPLES = Path(__file__).parent.parent / "examples"


@pytest.mark.parametrize("script", sorted(EXAMPLES.glob("*.py")), ids=lambda path: path.name)
def test_example(script: Path, golden: Golden, capsys: pytest.CaptureFixture[str]) -> None:
    runpy.run_path(str(script), run_name="__main__")
    golden.check(f"example-{script.stem}.txt", capsys.readouterr().out)
