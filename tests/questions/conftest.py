"""What the tests of questions share: a small model to ask."""

import pytest
from folders import QUARRY

from actorgraph.ledger.load import load
from actorgraph.ledger.store import Ledger


@pytest.fixture
def quarry() -> Ledger:
    """Return the ledger of a small model in which everything is related in some way."""
    return load(QUARRY)
