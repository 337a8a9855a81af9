"""The floors that a cold start is measured against read the shipped model as it stands today."""

import subprocess

import pytest
from benchmarks.startup import SHIPPED, floors_of


@pytest.mark.parametrize("command", floors_of(SHIPPED), ids=["read and validated", "read"])
def test_a_floor_reads_the_shipped_model(command: list[str]) -> None:
    assert 0 == subprocess.run(command, check=False).returncode
