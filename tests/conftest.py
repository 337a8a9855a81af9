"""What all tests share: Hypothesis's profiles, a cache folder of their own, and the outside data where it is there."""

import os
import random
import signal
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from goldens import Golden
from hypothesis import HealthCheck, settings
from laws import EVERY_DAY, THOROUGH

ROOT = Path(__file__).parent.parent
SHARED = ROOT.parent / "shared"

_EVER_SO_SLOW: Any = {"deadline": None, "suppress_health_check": [HealthCheck.too_slow]}
"""How long an example takes tells how busy the machine is, and nothing else."""

settings.register_profile("steady", derandomize=True, max_examples=EVERY_DAY, **_EVER_SO_SLOW)
settings.register_profile(
    "thorough",
    database=None,
    derandomize=bool(os.environ.get("CI")),
    print_blob=True,
    max_examples=THOROUGH,
    **_EVER_SO_SLOW,
)
settings.load_profile("steady")
"""A change is refused for what it does, not for what was drawn: only `thorough`, at a desk, draws new examples."""


signal.signal(signal.SIGINT, signal.default_int_handler)
"""Programs that tests start take after this one, and a shell's `make test &` would have them ignore Ctrl-C."""


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update", action="store_true", help="write the golden files anew")
    parser.addoption("--pictures", action="store_true", help="keep what the page looks like in build/pictures")


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: pytest.Config) -> None:
    """Draw the seed here, so that every worker has the same one, and it can be named."""
    profile = config.getoption("hypothesis_profile", None)
    asked = settings.get_profile(profile) if profile else settings()
    if not asked.derandomize and config.getoption("hypothesis_seed", None) is None:
        config.option.hypothesis_seed = str(random.SystemRandom().randrange(2**32))


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int:
    """With `-n auto`, have one more than there are processors: a worker often waits for its browser, or a command."""
    return (os.cpu_count() or 1) + 1


def pytest_report_header(config: pytest.Config) -> str:
    seed = config.getoption("hypothesis_seed", None)
    return "Hypothesis: the same examples as ever" if seed is None else f"Hypothesis: --hypothesis-seed={seed}"


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark as thorough the cases of a test beyond the first few, where it says so with `first_cases`.

    What takes `update` is marked as of the documents: `make docs` writes their pages anew.
    """
    seen: Counter[str] = Counter()
    for item in items:
        if "update" in getattr(item, "fixturenames", ()):
            item.add_marker("docs")
        if first := item.get_closest_marker("first_cases"):
            test = item.nodeid.partition("[")[0]
            seen[test] += 1
            if seen[test] > first.args[0]:
                item.add_marker("thorough")


@pytest.fixture(autouse=True)
def _own_cache(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep ledgers apart from the user's own, and the answers free of the reader's settings."""
    monkeypatch.chdir(ROOT)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.getbasetemp() / "cache"))
    for name in ("ACTORGRAPH_MODEL", "NO_COLOR", "COLUMNS", "PYTHONDONTWRITEBYTECODE"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def copies() -> Path | None:
    """The source documents of the shipped model, where they are at hand: they are others' work, and not in git."""
    folder = SHARED / "seeds"
    return folder if folder.is_dir() else None


@pytest.fixture
def documents(copies: Path | None) -> Path:
    """The source documents of the shipped model; tests/articles has invented ones, for all other tests."""
    if copies is None:
        pytest.skip("documents")
    return copies


@pytest.fixture
def update(request: pytest.FixtureRequest) -> bool:
    """Whether a test writes its page of the documents anew, in place of holding it to what the code says."""
    return bool(request.config.getoption("--update"))


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Golden:
    """Compares a text with a golden file, or writes it anew with --update."""
    return Golden(update=bool(request.config.getoption("--update")))


@pytest.fixture
def engine() -> Iterator[Any]:
    """A DuckDB of a test's own, where it is installed."""
    pytest.importorskip("duckdb", reason="duckdb is not installed")
    from actorgraph.engines.duckdb import Duckdb

    made = Duckdb()
    yield made
    made.close()
