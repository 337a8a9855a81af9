"""Raphtory: a persistent graph of edges that last from one statement of a track to the next."""

from collections import Counter, defaultdict
from importlib import import_module
from typing import Any

from benchmarks.peers.contestant import CONTESTED, MILLION, Answer, Contestant

from actorgraph.dates import OPEN


class Raphtory(Contestant):
    """Raphtory, in a layer for each kind, position and addressee.

    It has no notion of a later statement that supersedes an earlier one, so pandas finds the end of each before it is
    loaded; where two edges follow each other with the same position it needs no end between them.
    """

    packages = ("raphtory", "pandas", "pyarrow")
    largest = MILLION

    def load(self) -> None:
        from benchmarks.peers.pandas_peer import Pandas

        peer = Pandas(self.table)
        peer.load()
        frame = peer.frame.astype(dict.fromkeys(("kind", "actor", "proposal", "toward", "position"), str))
        track = ["kind", "actor", "proposal", "toward"]
        days = frame[[*track, "said"]].drop_duplicates().sort_values([*track, "said"])
        days["next"] = days.groupby(track)["said"].shift(-1)
        frame = frame.merge(days, on=[*track, "said"])
        frame["end"] = frame[["next", "until"]].min(axis=1).astype("int64")
        frame["since"] = frame["said"].astype("int64")
        frame = frame[frame["since"] < frame["end"]]
        frame["layer"] = frame["kind"] + "|" + frame["position"] + "|" + frame["toward"]
        self.graph: Any = import_module("raphtory").PersistentGraph()
        columns = {"src": "actor", "dst": "proposal", "layer_col": "layer"}
        # Of a deletion and an addition on one day the later loaded counts: what ends is followed by what begins.
        self.graph.load_edge_deletions(frame[frame["end"] < OPEN], time="end", **columns)
        self.graph.load_edges(frame, time="since", **columns)

    def who(self, proposal: str, day: str) -> Answer:
        view = self.graph.at(int(day.replace("-", "")))
        edges = view.node(proposal).in_edges.explode_layers() if view.has_node(proposal) else ()
        return {(kind, edge.src.name, position) for edge in edges for kind, position, _ in [_parts(edge)]}

    def snapshot(self, day: str) -> Answer:
        edges = self.graph.at(int(day.replace("-", ""))).edges.explode_layers()
        return {(*_ends(edge), *_parts(edge)[1:]) for edge in edges}

    def diff(self, first: str, second: str) -> Answer:
        return {held[:3] for held in self.snapshot(first) ^ self.snapshot(second)}

    def tally(self, day: str) -> Answer:
        positions: dict[tuple[str, str], set[str]] = defaultdict(set)
        for kind, actor, proposal, position, _ in self.snapshot(day):
            if kind == "stance":
                positions[actor, proposal].add(position)
        return Counter(
            (proposal, next(iter(words)) if len(words) == 1 else CONTESTED)
            for (_, proposal), words in positions.items()
        )

    def rows(self, answer: Answer) -> Any:
        if isinstance(answer, Counter):
            return [(*key, number) for key, number in answer.items()]
        return {held[:4] for held in answer}


def _parts(edge: Any) -> list[str]:
    """Return kind, position and addressee of an edge."""
    parts: list[str] = edge.layer_name.split("|")
    return parts


def _ends(edge: Any) -> tuple[str, str, str]:
    return _parts(edge)[0], edge.src.name, edge.dst.name
