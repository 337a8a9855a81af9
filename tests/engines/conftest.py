"""What tests of engines share: Spark that begins quickly, for what is small, and a DuckDB for many tests."""

from collections.abc import Iterator
from typing import Any

import pytest

_QUICK = """
spark.sql.shuffle.partitions 2
spark.driver.extraJavaOptions -XX:TieredStopAtLevel=1 -XX:+UseSerialGC
spark.executor.extraJavaOptions -XX:TieredStopAtLevel=1 -XX:+UseSerialGC
"""


@pytest.fixture(scope="session", autouse=True)
def _quick_spark(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Let Spark read a configuration in which it does not prepare for hours of work on millions of rows."""
    folder = tmp_path_factory.mktemp("spark")
    (folder / "spark-defaults.conf").write_text(_QUICK, encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SPARK_CONF_DIR", str(folder))
        yield


@pytest.fixture(scope="module")
def shared_engine() -> Iterator[Any]:
    """A DuckDB that all tests of a module fill anew, as `compile` has it, where many examples would each begin one.

    That of a test's own is `engine`.
    """
    pytest.importorskip("duckdb", reason="duckdb is not installed")
    from actorgraph.engines.duckdb import Duckdb

    made = Duckdb(on_disk=True)
    yield made
    made.close()
