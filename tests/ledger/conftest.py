"""What the tests of ledgers share: models to load, and for revisions a repository without settings but its own."""

import os
import shutil
from pathlib import Path

import pytest
from repositories import HEADER, NAMED, SEEDS, Repo, stances

from actorgraph.ledger.load import load
from actorgraph.ledger.store import Ledger

ROOT = Path(__file__).parent.parent.parent


@pytest.fixture(scope="module")
def troops() -> Ledger:
    """The ledger of a shipped model."""
    return load(ROOT / "graphs/ukraine-troops")


@pytest.fixture
def model(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A model of its own, with a cache folder of its own."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return Path(shutil.copy("examples/minimal.yaml", tmp_path / "m.yaml"))


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
