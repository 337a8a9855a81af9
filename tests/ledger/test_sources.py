"""The sources of a ledger: looked up one by one, or fetched together."""

from pathlib import Path

import pytest

from actorgraph.ledger import sources
from actorgraph.ledger.load import load


def test_sources_are_as_curated(model: Path) -> None:
    with load(model) as ledger:
        for thing in ledger.things("source"):
            source = ledger.sources[thing.id]
            curated = {name: thing.body.get(name) for name in source._fields[1:]}
            assert {"source": thing.id, **curated} == source._asdict()
        with pytest.raises(KeyError):
            ledger.sources["no-such-source"]


def test_sources_are_the_same_one_by_one_and_all_at_once(model: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with load(model) as ledger, load(model) as other:
        keys = [thing.id for thing in ledger.things("source")]
        one_by_one = [ledger.sources[key] for key in keys]
        monkeypatch.setattr(sources, "ONE_BY_ONE", 1)
        assert one_by_one == [other.sources[key] for key in keys]
        assert len(keys) == len(other.sources)


@pytest.mark.parametrize("at_once", [1, 2000])
def test_sources_that_are_fetched_together_are_asked_for_once(
    model: Path, monkeypatch: pytest.MonkeyPatch, at_once: int
) -> None:
    monkeypatch.setattr(sources, "AT_ONCE", at_once)
    with load(model) as ledger, load(model) as other:
        keys = [thing.id for thing in ledger.things("source")]
        one_by_one = [ledger.sources[key] for key in keys]
        other.sources.fetch([*keys, "no-such-source"])
        monkeypatch.setattr(other, "rows", lambda *_: pytest.fail("they are at hand"))
        assert one_by_one == [other.sources[key] for key in keys]
