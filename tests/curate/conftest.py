"""What tests of curating share: a starter model to curate."""

from pathlib import Path

import pytest

from actorgraph.curate.init import start


@pytest.fixture
def town(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The current folder, with a starter model in it; returns the model's own folder."""
    monkeypatch.chdir(tmp_path)
    return Path(start(tmp_path, name="town")[0])
