"""Which engine a word or an address means."""

import pytest

pytest.importorskip("duckdb", reason="duckdb is not installed")

from actorgraph.engines.choice import engine_named
from actorgraph.errors import UsageProblem


@pytest.mark.parametrize("name", [None, "duckdb"])
def test_duckdb_is_meant_where_nothing_is_said(name: str | None) -> None:
    engine = engine_named(name, memory="200MB")
    assert "duckdb" == engine.name
    engine.close()


@pytest.mark.parametrize("name", ["postgres", "", "spark://", "spark"])
def test_an_engine_that_there_is_not(name: str) -> None:
    with pytest.raises(UsageProblem, match=r"is no engine; it is duckdb, spark://HOST:PORT or local\[\*\]"):
        engine_named(name)
