"""Repositories with a small model, as tests make them."""

import os
import subprocess
from pathlib import Path

HEADER = "model: {id: harbour, title: The new harbour, include: [../../seeds]}\n"
NAMED = "actors: {board: {name: Board, kind: organisation}}\nproposals: {harbour: {title: A harbour}}\n"
SEEDS = "sources: {minutes: {title: Minutes, publisher: Board, published: 2025-11-20}}\n"


def stances(position: str) -> str:
    """Return a file with one stance, in its second line."""
    return (
        f"stances:\n- {{actor: board, position: {position}, proposal: harbour, date: 2025-11, "
        "evidence: [{source: minutes}]}\n"
    )


class Repo:
    """A repository made for a test."""

    def __init__(self, top: Path) -> None:
        self.top = top
        top.mkdir(parents=True)
        self.git("init", "-q", "-b", "main")

    def git(self, *arguments: str, given: bytes | None = None) -> str:
        """Return what git answers."""
        who = ["-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "core.autocrlf=false"]
        done = subprocess.run(["git", "-C", self.top, *who, *arguments], input=given, capture_output=True, check=True)
        return os.fsdecode(done.stdout).strip()

    def commit(self, message: str, **files: str) -> str:
        """Write files, given by path, commit all there is, and return the commit's id."""
        for name, text in files.items():
            self.write(name, text)
        self.git("add", "-A")
        self.git("commit", "-q", "-m", message)
        return self.git("rev-parse", "HEAD")

    def write(self, name: str, text: str) -> Path:
        path = self.top / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    def state(self) -> dict[str, object]:
        """Return every file with its bytes and times, the repository's own among them."""
        files = [one for one in sorted(self.top.rglob("*")) if one.is_file() and not one.is_symlink()]
        return {str(one): (one.read_bytes(), one.stat().st_mtime_ns, one.stat().st_ino) for one in files}
