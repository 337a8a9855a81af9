"""Polars: lazy over the raw Parquet file at every question, by its streaming engine."""

from collections.abc import Iterable
from importlib import import_module
from typing import Any

from benchmarks.peers.contestant import CONTESTED, TRACK, Answer, Contestant


class Polars(Contestant):
    """Polars, lazy: it reads of the file the columns that a question needs."""

    packages = ("polars",)

    def load(self) -> None:
        self.pl: Any = import_module("polars")

    def who(self, proposal: str, day: str) -> Answer:
        holding = self.holding(day, self.pl.col("proposal") == proposal)
        return self.made(holding.select("kind", "actor", "position").unique())

    def snapshot(self, day: str) -> Answer:
        return self.made(self.holding(day))

    def diff(self, first: str, second: str) -> Answer:
        before, after = self.holding(first), self.holding(second)
        gone = before.join(after, on=[*TRACK, "position"], how="anti", nulls_equal=True)
        new = after.join(before, on=[*TRACK, "position"], how="anti", nulls_equal=True)
        return self.made(self.pl.concat([gone, new]).select("kind", "actor", "proposal").unique())

    def tally(self, day: str) -> Answer:
        col, pl = self.pl.col, self.pl
        position = pl.when(col("position").n_unique() > 1).then(pl.lit(CONTESTED)).otherwise(col("position").first())
        stances = self.holding(day, col("kind") == "stance")
        each = stances.group_by("actor", "proposal").agg(position.alias("position"))
        return self.made(each.group_by("proposal", "position").agg(pl.len().alias("number")))

    def said(self) -> Any:
        """Return the statements with the day from which they count, as an ISO text."""
        col, pl = self.pl.col, self.pl
        date, published = col("date"), col("published")
        length = date.str.len_bytes()
        last = pl.when(length == 4).then(date + "-12-31").otherwise(date + "-31")
        said = pl.when(length == 10).then(date).when(published.str.starts_with(date)).then(published).otherwise(last)
        return pl.scan_parquet(self.table).select(*TRACK, "position", "until", said.alias("said"))

    def holding(self, day: str, *where: Any) -> Any:
        """Return what holds as of a day. A join with the latest day of each track streams, a window does not."""
        col, pl = self.pl.col, self.pl
        said = self.said().filter(col("said") <= day, *where)
        latest = said.group_by(*TRACK).agg(col("said").max())
        standing = said.join(latest, on=[*TRACK, "said"], how="semi", nulls_equal=True)
        standing = standing.filter(col("until").is_null() | (col("until") > pl.lit(day)))
        return standing.select(*TRACK, "position").unique()

    def made(self, frame: Any) -> Any:
        """Return the frame that a lazy one gives."""
        return frame.collect(engine="streaming")

    def rows(self, answer: Answer) -> Iterable[tuple[object, ...]]:
        rows: Iterable[tuple[object, ...]] = answer.drop("toward", strict=False).iter_rows()
        return rows
