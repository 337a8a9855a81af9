"""The labels of a ledger: what answers call actors and proposals, each looked up once."""

import pytest

from actorgraph.ledger import labels
from actorgraph.ledger.load import load
from actorgraph.ledger.things import Label

MODEL = "examples/minimal.yaml"


@pytest.mark.parametrize("at_once", [1, 2000])
def test_labels_are_looked_up_once(monkeypatch: pytest.MonkeyPatch, at_once: int) -> None:
    monkeypatch.setattr(labels, "AT_ONCE", at_once)
    with load(MODEL) as ledger:
        first = ledger.labels(["town-council", "fishers-union", "nobody"], "actor")
        assert {"town-council": "Town Council", "fishers-union": "Fishers’ Union"} == {
            key: label.name for key, label in first.items()
        }
        every = ledger.labels(ledger.names("actor"), "actor")
        assert ledger.names("actor") == {key: label.name for key, label in sorted(every.items())}
        monkeypatch.setattr(ledger, "rows", lambda *_: pytest.fail("they are at hand"))
        assert first == ledger.labels(first, "actor")


def test_an_id_is_looked_up_among_things_of_its_type() -> None:
    with load(MODEL) as ledger:
        assert {"town-council": Label("Town Council", None, is_shared=False)} == ledger.labels(
            ["town-council"], "actor"
        )
        assert {} == ledger.labels(["town-council"], "proposal")
        assert {} == ledger.labels([], "actor")
