"""The same tables and the same answers from a real cluster, also from one that loses a worker in the middle."""

import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from spark_cluster import MEMORY, SparkCluster, missing
from statement_tables import COLUMNS, filled

from actorgraph.engines.compile import compile_statements
from actorgraph.engines.duckdb import Duckdb
from actorgraph.engines.folder import writing
from actorgraph.engines.opening import open_holdings
from actorgraph.engines.spark import Spark
from actorgraph.engines.table_engine import TableEngine
from actorgraph.errors import UsageProblem
from actorgraph.ledger.load import load, read_sound
from actorgraph.ledger.schema import HOLDING_COLUMNS
from actorgraph.ledger.tables import stated_lines
from actorgraph.progress import Progress

pytestmark = [pytest.mark.cluster, pytest.mark.skipif(missing() is not None, reason=str(missing()))]
MODEL = "graphs/ukraine-troops"
WORKING = "working out holdings"


@pytest.fixture
def cluster() -> Iterator[SparkCluster]:
    with SparkCluster() as made:
        yield made


def compiled(engine: TableEngine, folder: Path, progress: Progress = lambda *_: None) -> str:
    """Compile the statements of the model, in parts; return the folder."""
    frame = filled(engine, read_sound(MODEL)[0])
    ((rows,),) = engine.run("SELECT COUNT(*) FROM stored")
    listed = ", ".join(name for name in COLUMNS if name != "batch")
    engine.make("cleaned", f"SELECT {listed} FROM stored")
    engine.part_rows = rows * 3 // 4
    with writing(str(folder)) as new:
        compile_statements(engine, frame, new, made_of={"source": MODEL}, progress=progress)
    return str(folder)


def compiled_here(folder: Path) -> str:
    """Compile the same with DuckDB."""
    engine = Duckdb()
    made = compiled(engine, folder)
    engine.close()
    return made


def lines_in(folder: str) -> list[tuple[Any, ...]]:
    """Return all lines of a folder of holdings, in order."""
    with open_holdings(folder) as ledger:
        return sorted(ledger.rows(f"SELECT {', '.join(HOLDING_COLUMNS)} FROM holdings"), key=repr)


def once_at_work(act: Callable[[], None]) -> Progress:
    """Return what is to be told of progress: while the second part is worked out, it acts as soon as a task runs."""
    from pyspark import SparkContext

    tracker = SparkContext.getOrCreate().statusTracker()
    over = threading.Event()

    def act_on_a_task() -> None:
        while not over.wait(0.01):
            stages = (tracker.getStageInfo(stage) for stage in tracker.getActiveStageIds())
            if any(stage is not None and stage.numActiveTasks for stage in stages):
                act()
                return

    watching = threading.Thread(target=act_on_a_task, daemon=True)

    def progress(what: str, done: int, of: int) -> None:
        if what == WORKING and done == 1:
            assert of > 1
            watching.start()
        if what == WORKING and done == of:
            over.set()
            watching.join()

    return progress


def test_a_compile_outlives_a_worker(cluster: SparkCluster, tmp_path: Path) -> None:
    engine = Spark(cluster.master, memory=MEMORY)
    by_spark = compiled(engine, tmp_path / "spark", once_at_work(cluster.kill_worker))
    assert 1 == len(cluster.workers)
    by_duckdb = compiled_here(tmp_path / "duckdb")
    curated = sorted(stated_lines(read_sound(MODEL)[0]), key=repr)
    assert curated == lines_in(by_duckdb)
    assert curated == lines_in(by_spark)
    with load(MODEL) as small, open_holdings(by_spark, engine=engine) as large:
        assert small.holdings(stated=True) == large.holdings()


def test_a_cluster_that_goes_away_leaves_what_stood(cluster: SparkCluster, tmp_path: Path) -> None:
    folder = compiled_here(tmp_path / "holdings")
    before = lines_in(folder)
    engine = Spark(cluster.master, memory=MEMORY)
    with pytest.raises(UsageProblem, match=rf"^the Spark cluster at {cluster.master} went away in the middle; nothing"):
        compiled(engine, tmp_path / "holdings", once_at_work(cluster.stop))
    with pytest.raises(UsageProblem, match="went away in the middle"):
        engine.run("SELECT 1")
    engine.close()
    assert before == lines_in(folder)


def test_a_cluster_without_workers_is_not_waited_for_for_ever(cluster: SparkCluster) -> None:
    cluster.kill_worker()
    cluster.kill_worker()
    engine = Spark(cluster.master, memory=MEMORY, patience=1)
    with pytest.raises(
        UsageProblem, match=rf"^the Spark cluster at {cluster.master} gave no worker for \d+ s: are they"
    ):
        engine.run("SELECT COUNT(*) FROM RANGE(10)")
    engine.close()
