"""pandas: all statements in memory, names as categories and days as numbers; filters and groups at question time."""

from collections.abc import Iterable
from importlib import import_module
from typing import Any

from benchmarks.peers.contestant import CONTESTED, TRACK, Answer, Contestant

from actorgraph.dates import OPEN


class Pandas(Contestant):
    """pandas with all that questions need in one frame."""

    packages = ("pandas", "pyarrow")

    def load(self) -> None:
        names = [*TRACK, "position", "date", "until", "published"]
        self.pd: Any = import_module("pandas")
        frame = self.pd.read_parquet(self.table, columns=names, read_dictionary=names)
        frame["toward"] = frame["toward"].cat.add_categories("").fillna("")
        days, published = frame["date"], frame["published"]
        is_partial = days.map(len, na_action="ignore").astype("int8") < 10
        frame["said"] = days.map(_last_day).astype("int32")
        partial = frame.loc[is_partial, ["date", "published"]].astype(str)
        lies_in_it = [day.startswith(date) for date, day in partial.itertuples(index=False)]
        sooner = partial.index[lies_in_it]
        frame.loc[sooner, "said"] = published[sooner].map(_last_day).astype("int32")
        frame["until"] = (
            frame["until"].map(_last_day, na_action="ignore").astype("float64").fillna(OPEN).astype("int32")
        )
        self.frame = frame.drop(columns=["date", "published"])

    def who(self, proposal: str, day: str) -> Answer:
        frame = self.frame
        held = self.holding(frame[(frame["proposal"] == proposal) & (frame["said"] <= _last_day(day))], day)
        return held[["kind", "actor", "position"]].drop_duplicates()

    def snapshot(self, day: str) -> Answer:
        return self.holding(self.frame[self.frame["said"] <= _last_day(day)], day)

    def diff(self, first: str, second: str) -> Answer:
        sides = (self.snapshot(first), self.snapshot(second))
        both = sides[0].merge(sides[1], on=[*TRACK, "position"], how="outer", indicator=True)
        return both.loc[both["_merge"] != "both", ["kind", "actor", "proposal"]].drop_duplicates()

    def tally(self, day: str) -> Answer:
        frame = self.frame
        held = self.holding(frame[(frame["kind"] == "stance") & (frame["said"] <= _last_day(day))], day)
        each = held.groupby(["actor", "proposal"], observed=True)["position"]
        found = each.agg(["first", "size"]).reset_index()
        found["position"] = found["first"].astype(str).where(found["size"] == 1, CONTESTED)
        return found.groupby(["proposal", "position"], observed=True).size().reset_index()

    def holding(self, said: Any, day: str) -> Any:
        """Return what holds as of a day, of the statements that had been made by it."""
        latest = said.groupby(list(TRACK), observed=True, sort=False)["said"].transform("max")
        standing = said[(said["said"] == latest) & (said["until"] > _last_day(day))]
        return standing[[*TRACK, "position"]].drop_duplicates()

    def rows(self, answer: Answer) -> Iterable[tuple[object, ...]]:
        rows: Iterable[tuple[object, ...]] = answer.drop(columns="toward", errors="ignore").itertuples(
            index=False, name=None
        )
        return rows


def _last_day(date: str) -> int:
    """Return the last day of a day, a month or a year as yyyymmdd; the 31st stands for the last day of any month.

    >>> _last_day("2025-10-14"), _last_day("2025-02"), _last_day("2025")
    (20251014, 20250231, 20251231)
    """
    return int((date + "-12-31"[len(date) - 4 :])[:10].replace("-", ""))
