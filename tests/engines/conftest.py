"""What tests of engines share: Spark that begins quickly, for what is small."""

from collections.abc import Iterator

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
