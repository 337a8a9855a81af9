"""Where no session of Spark can begin, that is one sentence, said at once."""

import re
import socket
import subprocess
import sys
from types import SimpleNamespace
from unittest.mock import Mock

import pytest
from spark_cluster import missing

from actorgraph.engines.spark import Spark
from actorgraph.engines.spark_session import answers
from actorgraph.errors import UsageProblem

needs_pyspark = pytest.mark.skipif(missing() == "no pyspark", reason="no pyspark")


@pytest.fixture
def closed_port() -> int:
    """A port on which nobody listens."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


@pytest.mark.parametrize("master", ["", "spark", "spark://host", "spark://host:x", "local[0]", "duckdb", "local[*] x"])
def test_what_is_no_address_is_said(master: str) -> None:
    with pytest.raises(UsageProblem, match=r"is no address of Spark; write spark://HOST:PORT, or local\[\*\] for this"):
        Spark(master)


def test_without_pyspark_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyspark", None)
    with pytest.raises(
        UsageProblem, match=r'^Spark needs pyspark, which is not .*: pip install "actorgraph\[spark\]"$'
    ):
        Spark("local[*]")


@needs_pyspark
def test_without_java_that_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("JAVA_HOME", raising=False)
    monkeypatch.setenv("PATH", "/nowhere")
    with pytest.raises(
        UsageProblem, match=r"^Spark needs Java 17 or newer, and there is none here; on Debian: apt-get"
    ):
        Spark("local[*]")
    monkeypatch.setenv("JAVA_HOME", "/nowhere")
    with pytest.raises(UsageProblem, match="and JAVA_HOME, /nowhere, has none; on Debian"):
        Spark("local[*]")


def test_memory_is_an_amount() -> None:
    pytest.importorskip("pyspark", reason="no pyspark")
    with pytest.raises(UsageProblem, match=r"^'much' is no amount of memory; say it as 2GB or 500MB$"):
        Spark("local[*]", memory="much")


def test_whether_a_master_answers_is_asked_of_each(closed_port: int) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        assert answers(f"spark://127.0.0.1:{closed_port},127.0.0.1:{port}")
    assert not answers(f"spark://127.0.0.1:{closed_port}")


@pytest.mark.skipif(missing() is not None, reason=str(missing()))
def test_a_cluster_that_is_not_there_is_said_at_once(closed_port: int) -> None:
    with pytest.raises(UsageProblem, match=rf"^no Spark cluster answers at spark://127\.0\.0\.1:{closed_port}; is its"):
        Spark(f"spark://127.0.0.1:{closed_port}")


@needs_pyspark
def test_what_listens_there_and_is_no_master_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    """As the web page of a master. Spark gives up after a minute, and hands out what can do nothing."""
    ended: list[str] = []
    gateway = SimpleNamespace(proc=None, interrupt=None, shutdown=lambda: ended.append("gateway"))
    context = Mock(return_value=SimpleNamespace(applicationId="spark-application-1"), _active_spark_context=None)
    monkeypatch.setattr("pyspark.SparkContext", context)
    monkeypatch.setattr("pyspark.java_gateway.launch_gateway", lambda *_: gateway)
    monkeypatch.setattr("shutil.which", lambda *_, **__: "/usr/bin/java")
    with socket.create_server(("127.0.0.1", 0)) as server:
        master = f"spark://127.0.0.1:{server.getsockname()[1]}"
        with pytest.raises(
            UsageProblem, match=rf"^no Spark cluster answers at {re.escape(master)}; is its master up\?$"
        ):
            Spark(master)
    assert ["gateway"] == ended


_KILLED = """
from pyspark import SparkContext
from actorgraph.engines.spark import Spark
from actorgraph.errors import UsageProblem

engine = Spark("local[1]")
engine.fill("numbers", {"n": "INTEGER"}, [(1,)])
assert [(1,)] == engine.run("SELECT n FROM numbers")
process = SparkContext._gateway.proc
process.kill()
process.wait()
try:
    engine.run("SELECT n FROM numbers")
except UsageProblem as problem:
    print(problem)
engine.close()
"""


@pytest.mark.skipif(missing() is not None, reason=str(missing()))
def test_where_sparks_process_ends_nothing_but_that_is_said() -> None:
    """In a program of its own: all sessions of one share that process."""
    done = subprocess.run([sys.executable, "-c", _KILLED], capture_output=True, text=True, check=False)
    assert "" == done.stderr
    assert done.stdout.startswith("Spark ended in the middle; perhaps of too little memory")
