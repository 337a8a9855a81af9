"""A served model for tests: the real command in a process of its own, on a port of its own."""

from __future__ import annotations

import http.client
import json
import signal
import subprocess
import sys
import threading
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit
from urllib.request import urlopen

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator
    from http.client import HTTPResponse
    from pathlib import Path

PATIENCE: Final = 60
"""Seconds after which a server that says nothing is called dead."""


class Served:
    """The command `serve` of a model, once it has said its address."""

    def __init__(self, model: Path, *arguments: str) -> None:
        pytest.importorskip("watchfiles", reason="watchfiles missing")
        command = [sys.executable, "-m", "actorgraph", "serve", "--port", "0", "--model", str(model), *arguments]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        self.timer = threading.Timer(PATIENCE, self.process.kill)
        self.timer.start()
        self.streams: list[HTTPResponse] = []
        assert self.process.stdout
        self.address = self.process.stdout.readline().strip()
        assert self.address, self.process.communicate()[1]
        self.port = urlsplit(self.address).port or 80

    def ask(self, path: str = "/", method: str = "GET", **headers: str) -> tuple[int, dict[str, str], str]:
        """Return the status, the headers and the text that answer a request."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        connection.request(method, path, headers=headers)
        answer = connection.getresponse()
        headers = {name.lower(): value for name, value in answer.getheaders()}
        text = answer.read().decode()
        connection.close()
        return answer.status, headers, text

    def news(self) -> Iterator[dict[str, Any]]:
        """Yield what the stream of events tells, from what is shown now on."""
        stream = urlopen(f"{self.address}events", timeout=PATIENCE)  # noqa: S310 - our own address
        self.streams.append(stream)
        for line in stream:
            if line.startswith(b"data: "):
                yield json.loads(line.removeprefix(b"data: "))

    def end(self) -> tuple[int, str, str]:
        """Interrupt it as Ctrl-C does; return its exit code and what else it printed."""
        self.process.send_signal(signal.SIGINT)
        out, err = self.process.communicate()
        self.timer.cancel()
        return self.process.returncode, out, err

    def close(self) -> None:
        self.timer.cancel()
        for stream in self.streams:
            stream.close()
        self.process.kill()
        self.process.wait()
        for pipe in (self.process.stdout, self.process.stderr):
            if pipe is not None:
                pipe.close()
