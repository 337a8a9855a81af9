"""Folders of model files, as tests lay them out and read them."""

from pathlib import Path
from typing import Final

from actorgraph.ledger.load import load
from actorgraph.ledger.store import Ledger
from actorgraph.model.loader import read_model

HEADER = "model: {id: m, title: T}\n"
INCLUDES = "model: {{id: m, title: T, include: [{}]}}\n"
UK = "actors: {uk: {name: UK, kind: state}}\n"
SOURCE = "sources: {paper: {title: Paper, publisher: Press, published: 2024}}\n"
EVENT = "events: [{id: e, title: E, date: 2024, evidence: [{source: paper}]}]\n"

QUARRY: Final = Path("tests/models/quarry.yaml")
"""A small model in which everything is related in some way."""

AMOUNTS: Final = """model: {id: m, title: M}
actors: {a: {name: A, kind: state}}
proposals: {p: {title: P}}
sources: {s: {title: S, publisher: S, published: 2024-03}}
commitments:
- {actor: a, stage: pledges, proposal: p, date: 2024-01-01, amount: {value: 500, unit: boats}, evidence: [{source: s}]}
- {actor: a, stage: pledges, proposal: p, date: 2024-01-15, amount: {value: 100, unit: boats}, evidence: [{source: s}]}
- {actor: a, stage: pledges, proposal: p, date: 2024-01-25, amount: {value: 900, unit: boats}, evidence: [{source: s}]}
"""
"""A model in which one position is held on, and how much is undertaken changes twice."""


def lay_out(folder: Path, contents: dict[str, str | bytes]) -> None:
    """Write files into a folder."""
    for name, content in contents.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())


def held(folder: Path) -> dict[str, bytes]:
    """Return what the files of a folder hold, by their names."""
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def problems_in(path: str | Path) -> list[str]:
    """Return the problems of a model as they are printed."""
    return list(map(str, read_model(path).problems))


def model_file(folder: Path, text: str) -> Path:
    """Write a model of one file into a folder; return the file."""
    path = folder / "m.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def loaded(folder: Path, text: str) -> Ledger:
    """Return the ledger of a model of one file, which is written into a folder."""
    return load(model_file(folder, text))


def option_naming(folder: Path, text: str) -> tuple[str, str]:
    """Return the option that names a model of one file, which is written into a folder."""
    return ("--model", str(model_file(folder, text)))
