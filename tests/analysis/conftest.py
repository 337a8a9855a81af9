"""What the tests of measures share: talks of a few actors."""

from pathlib import Path

import pytest
from folders import loaded
from talks import TALKS

from actorgraph.ledger.store import Ledger


@pytest.fixture
def talks(tmp_path: Path) -> Ledger:
    """The ledger of talks of five actors on five proposals."""
    return loaded(tmp_path, TALKS)
