"""Small models that cite documents, for what looks into these."""

import hashlib
from pathlib import Path

from asking import ask
from click.testing import Result

HEAD = """model: {id: m, title: M}
actors: {a: {name: A, kind: organisation}, b: {name: B, kind: organisation}}
proposals: {p: {title: P}}
"""


def model(folder: Path, *evidence: str, document: str = "", cites: str = "s") -> Path:
    """Write a model with one stance, whose evidence is this; the source gives these keys of its document."""
    cited = ", ".join(f"{{source: {cites}, {one}}}" for one in evidence)
    stance = f"stances:\n  - {{actor: a, proposal: p, position: opposes, date: 2025, evidence: [{cited}]}}\n"
    source = f"sources:\n  s: {{title: S, publisher: P, published: 2025-01-01, {document or 'document: s.txt'}}}\n"
    path = folder / "m.yaml"
    path.write_text(HEAD + stance + source, encoding="utf-8")
    return path


def sha(raw: bytes) -> str:
    """Return a checksum as sources give it."""
    return hashlib.sha256(raw).hexdigest()


def ask_to_verify(folder: Path, *arguments: str) -> Result:
    """Return what `verify` does with the model in a folder, m.yaml, and the documents in its folder docs."""
    return ask("verify", "-m", folder / "m.yaml", "--documents", folder / "docs", *arguments)
