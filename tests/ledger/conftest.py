"""What the tests of revisions share: a repository, and no settings of git but its own."""

import os
from pathlib import Path

import pytest
from repositories import HEADER, NAMED, SEEDS, Repo, stances


@pytest.fixture
def no_settings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Set nothing that would lead git elsewhere, and a folder of its own for temporary files."""
    for name in [name for name in os.environ if name.startswith("GIT_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(temporary))


@pytest.fixture
def repo(tmp_path: Path) -> Repo:
    """Two commits of a model that includes seeds: in the first the board supports, in the second it opposes."""
    repo = Repo(tmp_path / "repo")
    model = {"graphs/x/model.yaml": HEADER + NAMED, "seeds/a.yaml": SEEDS}
    repo.commit("first", **model, **{"graphs/x/stances.yaml": stances("supports")})
    repo.git("tag", "v1")
    repo.commit("second", **{"graphs/x/stances.yaml": "# later\n" + stances("opposes")})
    return repo
