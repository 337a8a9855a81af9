"""How a session of Spark is begun, kept an eye on, and ended: without a word of Spark's own on anybody's terminal."""

from __future__ import annotations

import os
import re
import shutil
import signal
import socket
import tempfile
import threading
import time
import warnings
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any, Final

from actorgraph.engines.table_engine import MORE_MEMORY
from actorgraph.errors import UsageProblem, lacking

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pyspark import SparkContext
    from pyspark.sql import SparkSession

PATIENCE: Final = 60.0
"""Seconds for which a cluster may be without any worker for us; after them nothing more is waited for."""

_CALL: Final = 5.0
"""Seconds in which a master has to take a call."""

_GLANCE: Final = 0.5
"""Seconds between two looks at whether the cluster is still there."""

_CALLS_MISSED: Final = 6
"""After so many calls in a row that a master did not take, with no worker left, it is gone."""

_MASTER: Final = re.compile(
    r"local(\[(\*|[1-9]\d*)(,[1-9]\d*)?\])?|spark://[^/\s:]+:\d+(,[^/\s:]+:\d+)*|yarn|k8s://\S+"
)
_MEMORY: Final = re.compile(r"([1-9]\d*)\s*([kmgt])(i?b)?", re.IGNORECASE)
_HEAP: Final = "Java heap space"
_LOOPBACK: Final = "127.0.0.1"
_JAVA: Final = "Spark needs Java 17 or newer"
_HOW: Final = "on Debian: apt-get install default-jre-headless"
_NEVER_TAKEN: Final = "spark-application-"
"""How Spark itself names what no master took, such as one whose web page, or something else, listens at the address."""

_USERS: Final = "actorgraph_sessions"
"""How many sessions here use the process that Spark runs in: kept where pyspark keeps that process."""

_SETTINGS: Final = {
    "spark.sql.ansi.enabled": "true",
    "spark.sql.session.timeZone": "UTC",  # else the day of a moment would be another on another machine
    "spark.sql.variable.substitute": "false",  # a text may hold ${…}
    "spark.sql.sources.partitionOverwriteMode": "dynamic",
    "spark.sql.parquet.compression.codec": "zstd",
    "spark.sql.caseSensitive": "true",
}


class Session:
    """A session of Spark with tables of its own; all sessions of a program share its connection to the cluster.

    It takes what `Spark` takes, and raises for it what that raises.
    """

    def __init__(self, master: str, *, memory: str | None, patience: float) -> None:
        if not _MASTER.fullmatch(master):
            raise UsageProblem(
                f"{master!r} is no address of Spark; write spark://HOST:PORT, or local[*] for this machine"
            )
        try:
            from pyspark import SparkContext
        except ImportError as error:
            raise lacking("Spark", "spark", error) from error
        self.master, self._patience = master, patience
        self._closed = threading.Event()
        self._asked: float | None = None
        self._gone = ""
        context = SparkContext._active_spark_context  # noqa: SLF001 - there can be one alone in a program, even not ours
        if context is not None and context.master != master:
            raise UsageProblem(f"this program is at work on {context.master}; close that before you ask {master}")
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of versions of libraries that we do not ask it to use
            self._context: SparkContext = context or _begun(master, _settings(master, memory))
            from pyspark.sql import SparkSession

            self.spark: SparkSession = SparkSession(self._context).newSession()
        kept = vars(self._context._gateway)  # noqa: SLF001 - see _USERS
        if context is None or _USERS in kept:
            kept[_USERS] = kept.get(_USERS, 0) + 1
        for name, value in _SETTINGS.items():
            self.spark.conf.set(name, value)
        if not master.startswith("local"):
            threading.Thread(target=self._watch, daemon=True).start()

    def close(self) -> None:
        """Let go of it; the last that uses what was begun here ends it. To close again does nothing."""
        if self._closed.is_set():
            return
        self._closed.set()
        kept = vars(self._context._gateway)  # noqa: SLF001 - see _USERS
        if _USERS not in kept:
            return  # it was there before us
        kept[_USERS] -= 1
        if kept[_USERS] == 0:
            _end(self._context, kill=bool(self._gone))

    # -- when something is amiss -----------------------------------------------------------------------------

    @contextmanager
    def asked(self, wrong: str = "Spark could not do it") -> Iterator[None]:
        """Ask Spark something within; what it cannot do is one sentence, that begins with what is wrong.

        What it says of the words of a text goes through as it is. Raises `UsageProblem` for all else.
        """
        from py4j.protocol import Py4JError
        from pyspark.errors import AnalysisException, ParseException, PySparkException

        self._asked = time.monotonic()
        try:
            if self._gone:
                raise UsageProblem(self._gone)
            yield
        except (AnalysisException, ParseException):
            raise
        except (PySparkException, Py4JError, ConnectionError, AttributeError) as error:
            if isinstance(error, AttributeError) and self._context._jsc is not None:  # noqa: SLF001 - None where it ended
                raise
            raise UsageProblem(self._told(error, wrong)) from error
        finally:
            self._asked = None

    def _told(self, error: Exception, wrong: str) -> str:
        """Return what to say of what Spark raised."""
        if self._gone:
            return self._gone
        process = self._context._gateway.proc  # noqa: SLF001 - pyspark keeps it there
        if process is not None and process.poll() is not None:
            self._gone = f"Spark ended in the middle; perhaps of too little memory: {MORE_MEMORY}"
            return self._gone
        if self._has_stopped():
            self._gone = f"the Spark cluster at {self.master} went away in the middle; nothing was changed"
            return self._gone
        cause = first_cause(error)
        if _HEAP in cause:
            return f"this takes more memory than Spark has; {MORE_MEMORY}"
        return f"{wrong}: {cause}"

    def _has_stopped(self) -> bool:
        try:
            return bool(self._context._jsc.sc().isStopped())  # noqa: SLF001 - no other way to ask
        except Exception:  # noqa: BLE001 - who cannot even be asked has
            return True

    def _watch(self) -> None:
        """Look now and then whether any worker is left; where none has been for long, let go of what is asked.

        Spark itself would wait for ever.
        """
        seen, missed = time.monotonic(), 0
        while not self._closed.wait(_GLANCE):
            asked = self._asked
            if asked is None:
                missed = 0
                continue
            try:
                workers = self._context._jsc.sc().getExecutorMemoryStatus().size() - 1  # noqa: SLF001 - the driver is one
            except Exception:  # noqa: BLE001 - whoever asked is told the same
                return
            if workers > 0:
                seen, missed = time.monotonic(), 0
                continue
            missed = 0 if answers(self.master) else missed + 1
            waited = time.monotonic() - max(seen, asked)
            if missed > _CALLS_MISSED:
                self._gone = f"the Spark cluster at {self.master} went away in the middle; nothing was changed"
            elif waited > self._patience:
                self._gone = (
                    f"the Spark cluster at {self.master} gave no worker for {waited:.0f} s: are they up, and free?"
                )
            if self._gone:  # and again, since what is asked may be on its way to becoming a job
                with suppress(Exception):
                    self._context.cancelAllJobs()


def first_cause(error: Exception) -> str:
    """Return what lies at the bottom of an error of Spark's, in a line."""
    java = getattr(error, "java_exception", None) or getattr(error, "_origin", None)
    with suppress(Exception):
        while java is not None and java.getCause() is not None:
            java = java.getCause()
        if java is not None:
            return _line(java.getMessage() or java.getClass().getSimpleName())
    return _line(str(error))


def _line(text: str) -> str:
    short = " ".join(text.split("\n\n", 1)[0].split())
    return short if len(short) <= 300 else f"{short[:299]}…"


def answers(master: str) -> bool:
    """Whether any of the masters of an address takes a call; of other addresses than `spark://` nobody asks.

    >>> answers("local[*]")
    True
    """
    if not master.startswith("spark://"):
        return True
    for place in master.removeprefix("spark://").split(","):
        host, _, port = place.rpartition(":")
        with suppress(OSError), socket.create_connection((host, int(port)), timeout=_CALL):
            return True
    return False


# -- the process that Spark runs in --------------------------------------------------------------------------------


def _settings(master: str, memory: str | None) -> dict[str, str]:
    """Return how Spark is to run, where its user's own configuration has no say."""
    settings = {
        "spark.master": master,
        "spark.app.name": "actorgraph",
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
    }
    if master.startswith("local") or all(
        place.startswith((f"{_LOOPBACK}:", "localhost:")) for place in master.removeprefix("spark://").split(",")
    ):
        settings |= {"spark.driver.host": _LOOPBACK, "spark.driver.bindAddress": _LOOPBACK}
    if master.startswith("local"):
        settings["spark.sql.shuffle.partitions"] = str(2 * (os.cpu_count() or 1))
    if memory is not None:
        amount = _MEMORY.fullmatch(memory.strip())
        if amount is None:
            raise UsageProblem(f"{memory!r} is no amount of memory; say it as 2GB or 500MB")
        which = "driver" if master.startswith("local") else "executor"
        settings[f"spark.{which}.memory"] = f"{amount[1]}{amount[2].lower()}"
    return settings


def _begun(master: str, settings: dict[str, str]) -> SparkContext:
    """Return a new connection to a cluster. What Spark says goes to a file, and is forgotten where it begins well."""
    from py4j import java_gateway
    from pyspark import SparkConf, SparkContext
    from pyspark.java_gateway import launch_gateway

    java_gateway.logging = java_gateway.logger  # it tells the root, and so the terminal, what we tell in a sentence
    home = os.environ.get("JAVA_HOME")
    if shutil.which("java", path=f"{home}/bin" if home else None) is None:
        where = f"JAVA_HOME, {home}, has none" if home else "there is none here"
        raise UsageProblem(f"{_JAVA}, and {where}; {_HOW}")
    if not answers(master):
        raise UsageProblem(_unanswered(master))
    conf = SparkConf(loadDefaults=False)
    for name, value in settings.items():
        conf.set(name, value)
    interrupt = signal.getsignal(signal.SIGINT)
    with tempfile.TemporaryFile() as log:
        gateway: Any = None
        try:
            gateway = launch_gateway(conf, {"stdout": log, "stderr": log})
            gateway.interrupt = interrupt
            context = SparkContext(gateway=gateway, conf=conf)
            _hush(context)
        except Exception as error:
            log.seek(0)
            said = log.read().decode(errors="replace")
            if gateway is not None:
                _end_process(gateway)
            raise UsageProblem(_not_begun(master, said, error)) from error
    if master.startswith("spark://") and str(context.applicationId).startswith(_NEVER_TAKEN):
        _end_process(gateway)
        raise UsageProblem(_unanswered(master))
    return context


def _hush(context: Any) -> None:
    """Let the server by which tasks count here be quiet where Spark's process ends: it would print a traceback."""
    server = getattr(context, "_accumulatorServer", None)  # pyspark has no other way to it
    if server is not None:
        server.handle_error = lambda *_: None


def _unanswered(master: str) -> str:
    return f"no Spark cluster answers at {master}; is its master up?"


def _not_begun(master: str, said: str, error: Exception) -> str:
    if "UnsupportedClassVersionError" in said:
        return f"{_JAVA}, and the one here is older; {_HOW}"
    if "All masters are unresponsive" in said or "Master removed our application" in said:
        return _unanswered(master)
    wrong = next((line for line in said.splitlines() if "Error" in line or "Exception" in line), first_cause(error))
    return f"Spark does not start: {_line(wrong)}"


def _end(context: SparkContext, *, kill: bool) -> None:
    """Let go of a cluster and of the process here; nothing that goes wrong by now is of use to anybody."""
    gateway = context._gateway  # noqa: SLF001 - pyspark lets nobody else end it
    with suppress(Exception), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        if kill and gateway.proc is not None:
            gateway.proc.kill()  # a process that has lost its cluster would wait for it
        from pyspark.sql import SparkSession

        active = SparkSession._instantiatedSession  # noqa: SLF001 - pyspark would hand it out again
        context.stop() if active is None else active.stop()
    _end_process(gateway)


def _end_process(gateway: Any) -> None:
    from pyspark import SparkContext

    with suppress(Exception):
        gateway.shutdown()
    process = gateway.proc
    if process is not None:
        with suppress(Exception):
            process.stdin.close()
        with suppress(Exception):
            process.wait(_CALL)
        if process.poll() is None:
            process.kill()
            process.wait()
    SparkContext._gateway = SparkContext._jvm = SparkContext._active_spark_context = None  # noqa: SLF001 - begin anew
    with suppress(ValueError, TypeError):  # not in the first thread, or it was not Python's
        signal.signal(signal.SIGINT, gateway.interrupt)
