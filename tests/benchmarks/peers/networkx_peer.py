"""networkx: every statement an edge from an actor to a proposal, and loops over them."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from importlib import import_module
from typing import Any

from benchmarks.peers.contestant import CONTESTED, MILLION, Answer, Contestant

Held = dict[tuple[str, str, str, str | None], set[str]]
"""The positions that hold, by (kind, actor, proposal, addressee)."""


class Networkx(Contestant):
    """networkx, with a loop over the edges of one proposal, or of all."""

    packages = ("networkx", "pyarrow")
    largest = MILLION

    def load(self) -> None:
        parquet = import_module("pyarrow.parquet")
        self.graph: Any = import_module("networkx").MultiDiGraph()
        columns = ["actor", "proposal", "kind", "position", "toward", "date", "until", "published"]
        for batch in parquet.ParquetFile(self.table).iter_batches(columns=columns):
            for actor, proposal, kind, position, toward, date, until, published in zip(
                *(column.to_pylist() for column in batch.columns), strict=True
            ):
                said = _said(date, published)
                self.graph.add_edge(
                    actor, proposal, kind=kind, position=position, toward=toward, said=said, until=until
                )

    def who(self, proposal: str, day: str) -> Answer:
        held = _holding(self.graph.in_edges(proposal, data=True), day)
        return {(kind, actor, position) for (kind, actor, _, _), words in held.items() for position in words}

    def snapshot(self, day: str) -> Answer:
        return _holding(self.graph.edges(data=True), day)

    def diff(self, first: str, second: str) -> Answer:
        before, after = self.snapshot(first), self.snapshot(second)
        return {track[:3] for track in before.keys() | after.keys() if before.get(track) != after.get(track)}

    def tally(self, day: str) -> Answer:
        positions: dict[tuple[str, str], set[str]] = defaultdict(set)
        for (kind, actor, proposal, _), words in self.snapshot(day).items():
            if kind == "stance":
                positions[actor, proposal] |= words
        return Counter(
            (proposal, next(iter(words)) if len(words) == 1 else CONTESTED)
            for (_, proposal), words in positions.items()
        )

    def rows(self, answer: Answer) -> Iterable[tuple[object, ...]]:
        if isinstance(answer, Counter):
            return [(*key, number) for key, number in answer.items()]
        if isinstance(answer, dict):
            return [(*track[:3], position) for track, words in answer.items() for position in words]
        return super().rows(answer)

    def length(self, answer: Answer) -> int:
        return len(list(self.rows(answer)))


def _holding(edges: Iterable[tuple[str, str, dict[str, Any]]], day: str) -> Held:
    """Return what holds as of a day, of the statements that edges are."""
    latest: dict[tuple[str, str, str, str | None], tuple[str, list[dict[str, Any]]]] = {}
    for actor, proposal, edge in edges:
        said = edge["said"]
        if said > day:
            continue
        track = edge["kind"], actor, proposal, edge["toward"]
        known = latest.get(track)
        if known is None or known[0] < said:
            latest[track] = said, [edge]
        elif known[0] == said:
            known[1].append(edge)
    held = {
        track: {edge["position"] for edge in standing if edge["until"] is None or edge["until"] > day}
        for track, (_, standing) in latest.items()
    }
    return {track: words for track, words in held.items() if words}


def _said(date: str, published: str) -> str:
    """Return the day from which a statement counts."""
    if len(date) == 10:
        return date
    return published if published.startswith(date) else date + "-12-31"[len(date) - 4 :]
