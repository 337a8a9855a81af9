"""What all tests share: a steady Hypothesis, a cache folder of their own, and the outside data where it is there."""

from pathlib import Path

import pytest
from goldens import Golden
from hypothesis import settings

ROOT = Path(__file__).parent.parent
SHARED = ROOT.parent / "shared"

settings.register_profile("steady", derandomize=True, deadline=None, max_examples=300)
settings.register_profile("thorough", deadline=None, max_examples=5000)
settings.load_profile("steady")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update", action="store_true", help="write the golden files anew")


@pytest.fixture(autouse=True)
def _own_cache(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep ledgers apart from the user's own, and the answers free of the reader's settings."""
    monkeypatch.chdir(ROOT)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.getbasetemp() / "cache"))
    for name in ("ACTORGRAPH_MODEL", "NO_COLOR", "COLUMNS", "PYTHONDONTWRITEBYTECODE"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def documents() -> Path:
    """The source documents of the shipped model."""
    folder = SHARED / "seeds"
    if not folder.is_dir():
        pytest.skip("documents missing")
    return folder


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Golden:
    """Compares a text with a golden file, or writes it anew with --update."""
    return Golden(update=bool(request.config.getoption("--update")))
