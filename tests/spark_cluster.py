"""A Spark cluster on this machine, for tests and to try things out: a master and two workers, on the loopback alone.

python tests/spark_cluster.py [FOLDER] prints, as a line of JSON, the master's address and the numbers of the processes,
and keeps the cluster up until its input ends or Ctrl-C is pressed. Ports are free ones; logs and what the workers write
are in FOLDER, or in a folder of its own that goes with it.

Tests hold it by `SparkCluster`, as a program of its own: its input ends with them, however they end, and so does it.
Every process of Spark's leads a group, in which its executors are: to end a group leaves nothing behind.
"""

from __future__ import annotations

import importlib.util
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import TracebackType
    from typing import Self

WORKERS: Final = 2
MEMORY: Final = "512m"
"""What a worker has for executors. Spark gives none less than 450 MB."""

PATIENCE: Final = 90
"""Seconds after which a process that does not say that it is up is called dead."""

_LOOPBACK: Final = "127.0.0.1"
_UP: Final = {"Master": "Starting Spark master at ", "Worker": "Successfully registered with master "}
"""The words that each process logs once it is up; what stands behind them is the master's address."""


def missing() -> str | None:
    """Return what this machine lacks for a cluster, in a word or two, or None."""
    if importlib.util.find_spec("pyspark") is None:
        return "no pyspark"
    home = os.environ.get("JAVA_HOME")
    return None if shutil.which("java", path=f"{home}/bin" if home else None) else "no Java"


class SparkCluster:
    """A cluster that is up within a `with`, and gone without a trace after it, whatever happens in it."""

    def __enter__(self) -> Self:
        command = [sys.executable, __file__]
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        assert self._process.stdout
        line = self._process.stdout.readline()
        if not line:
            self.stop()
            raise RuntimeError("the cluster does not come up")
        up = json.loads(line)
        self.master: str = up["master"]
        """Its address, `spark://127.0.0.1:PORT`."""
        self.workers: list[int] = up["workers"]
        """The numbers of the workers' processes, each that of its group."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def kill_worker(self) -> None:
        """End a worker and its executors at once, as a power cut would."""
        os.killpg(self.workers.pop(), signal.SIGKILL)

    def stop(self) -> None:
        """End the cluster, with all that it runs; to do it again does nothing."""
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.close()
        self._process.wait()
        self._process.stdout.close()


@contextmanager
def _running(kind: str, *arguments: str, folder: Path) -> Iterator[tuple[int, str]]:
    """Run a master or a worker; yield its number and the master's address once it is up."""
    home = Path(str(importlib.util.find_spec("pyspark").origin)).parent  # type: ignore[union-attr]
    command = [str(home / "bin" / "spark-class"), f"org.apache.spark.deploy.{kind.lower()}.{kind}"]
    ports = ["--host", _LOOPBACK, "--port", "0", "--webui-port", "0"]
    folder.mkdir()
    own = {
        "SPARK_HOME": str(home),
        "SPARK_CONF_DIR": str(folder),
        "SPARK_LOCAL_IP": _LOOPBACK,  # for the pages that both show, too
        "SPARK_DAEMON_MEMORY": "256m",
        "SPARK_DAEMON_JAVA_OPTS": "-Dspark.master.rest.enabled=false -XX:+UseSerialGC",
    }
    process = subprocess.Popen(
        [*command, *ports, *arguments],
        cwd=folder,
        env=os.environ | own,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )
    timer = threading.Timer(PATIENCE, os.killpg, (process.pid, signal.SIGKILL))
    timer.start()
    assert process.stdout
    try:
        log = folder / "log.txt"
        with log.open("w", encoding="utf-8") as kept:
            for line in process.stdout:
                kept.write(line)
                _, up, address = line.partition(_UP[kind])
                if up:
                    break
            else:
                sys.exit(f"Spark's {kind.lower()} ended:\n{log.read_text(encoding='utf-8')}")
        timer.cancel()
        threading.Thread(target=_keep, args=(process.stdout, log), daemon=True).start()
        yield process.pid, address.strip()
    finally:
        timer.cancel()
        with suppress(ProcessLookupError):  # whoever killed it was first
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def _keep(lines: Iterator[str], log: Path) -> None:
    """Write what a process still says behind what it said."""
    with log.open("a", encoding="utf-8") as kept:
        kept.writelines(lines)


def main() -> None:
    """Keep a cluster up until the input ends."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    with ExitStack() as ending:
        try:
            if len(sys.argv) > 1:
                folder = Path(sys.argv[1]).resolve()
                folder.mkdir(parents=True)
            else:
                folder = Path(ending.enter_context(tempfile.TemporaryDirectory(ignore_cleanup_errors=True)))
            _, master = ending.enter_context(_running("Master", folder=folder / "master"))
            each = ["--cores", "1", "--memory", MEMORY, master]
            workers = [
                ending.enter_context(_running("Worker", *each, folder=folder / f"worker-{number}"))[0]
                for number in range(WORKERS)
            ]
            print(json.dumps({"master": master, "workers": workers}), flush=True)  # noqa: T201 - a program prints
            sys.stdin.read()
        except KeyboardInterrupt:
            pass


if __name__ == "__main__":
    if lacks := missing():
        sys.exit(lacks)
    main()
