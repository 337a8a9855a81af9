"""Tables of millions of coded statements: made up, the same for the same seed, or the votes of the UN.

    python tests/benchmarks/statements.py 20000000 build/bench-scale/20m.parquet

Everything about a statement follows from its number, mixed with the seed, so that a table of any size is made in blocks
that need to know nothing of each other. Statements come in the order of their days, as a feed brings them:

- tracks are drawn by a power law, and get actor and proposal by Zipf's law cut at its head (1 / (rank + 10)): several
  statements a track over ten years, many on few proposals and few on most;
- a track keeps its position for a time of its own, then mostly goes on with it, or moves by one step;
- one in 200 contradicts the one before it, on the same track and day; one in 50 is dated to a month or a year only;
  one in 33 ends; a fifth are commitments, half of which have an addressee;
- each has a source, published up to ten days later, and a grade that now and then lacks its second half.
"""

import csv
import gzip
import sys
from collections.abc import Iterator
from datetime import date, timedelta
from hashlib import blake2b
from pathlib import Path
from typing import Final, TypeAlias

import duckdb
import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from actorgraph.names import slug
from actorgraph.vocabulary import POSITIONS, STAGES

Numbers: TypeAlias = npt.NDArray[np.uint64]
Indices: TypeAlias = npt.NDArray[np.int64]
Shares: TypeAlias = npt.NDArray[np.float64]
Flags: TypeAlias = npt.NDArray[np.bool_]

START: Final = date(2015, 1, 1)
DAYS: Final = 3653
"""Ten years, to the end of 2024."""

BLOCK: Final = 1_000_000
_ROW_GROUP: Final = 122_880
"""Rows of a row group: what DuckDB takes itself."""

_PUBLISHERS: Final = 40
_COMMON: Final = 10
"""By how many ranks the head of Zipf's law is cut: the first has not ten times the share of the tenth, but twice."""

_ALL_DAYS: Final = [START + timedelta(days) for days in range(DAYS + 1100)]
_DAY_WORDS: Final = pa.array([day.isoformat() for day in _ALL_DAYS])
_MONTHS: Final = sorted({day.isoformat()[:7] for day in _ALL_DAYS})
_YEARS: Final = sorted({day.isoformat()[:4] for day in _ALL_DAYS})
_DATE_WORDS: Final = pa.array([*_DAY_WORDS.to_pylist(), *_MONTHS, *_YEARS])
_MONTH_OF: Final = np.array([_MONTHS.index(day.isoformat()[:7]) for day in _ALL_DAYS]) + len(_ALL_DAYS)
_YEAR_OF: Final = np.array([_YEARS.index(day.isoformat()[:4]) for day in _ALL_DAYS]) + len(_ALL_DAYS) + len(_MONTHS)
_SOURCE_WORDS: Final = pa.array(
    [f"wire-{number:02}-{day}" for day in _DAY_WORDS.to_pylist() for number in range(_PUBLISHERS)]
)
_WORDS: Final = pa.array([*POSITIONS, *STAGES])
_STEPS: Final = np.array([0, 0, 0, 0, 0, 0, 0, 0, 1, -1])
_GRADES: Final = pa.array(["A", "B", "B", "C", "C", "C", "D", "F"])
_CREDIBILITIES: Final = pa.array(["1", "2", "3", "4", "5", "6"])

COLUMNS: Final = (
    "id", "kind", "actor", "position", "proposal", "date", "until", "toward", "published", "source", "reliability",
    "credibility",
)  # fmt: skip
_SCHEMA: Final = pa.schema([(name, pa.string()) for name in COLUMNS])


def main() -> None:
    """Write a table of so many statements to a file."""
    size, file = sys.argv[1:]
    write_statements(int(size), Path(file))


def write_statements(size: int, file: Path, *, seed: int = 1) -> None:
    """Write so many made-up statements as Parquet: the whole file, or none."""
    beside = file.with_suffix(".beside")
    with pq.ParquetWriter(beside, _SCHEMA, compression="zstd", store_schema=False) as writer:
        for block in _blocks(size, seed):
            writer.write_table(block.cast(_SCHEMA), row_group_size=_ROW_GROUP)
    beside.rename(file)


def write_exact_share(source: Path, file: Path) -> None:
    """Write the statements of those tracks of which all are dated to a day and none has an addressee.

    What is left out are cases in which tools that know only the latest statement of a track differ from actorgraph.
    """
    track = "kind, actor, proposal"
    with duckdb.connect() as connection:
        connection.execute(
            f"COPY (SELECT s.* FROM '{source}' AS s ANTI JOIN "
            f"(SELECT DISTINCT {track} FROM '{source}' WHERE length(date) < 10 OR toward IS NOT NULL) AS other "
            f"USING ({track}) ORDER BY s.date, s.id) TO '{file}' (FORMAT parquet, COMPRESSION zstd)"
        )


def write_un_votes(folder: Path, file: Path) -> None:
    """Write the votes of the UN General Assembly (the tables of the package unvotes) as statements."""
    with (folder / "un_roll_calls.csv").open(encoding="utf-8", newline="") as stream:
        days = {row["rcid"]: row["date"] for row in csv.DictReader(stream)}
    words = {"yes": "supports", "no": "opposes", "abstain": "neutral"}
    columns: dict[str, list[str | None]] = {name: [] for name in COLUMNS}
    slugs: dict[str, str] = {}
    with gzip.open(folder / "un_votes.csv.gz", "rt", encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            actor = slugs.setdefault(row["country"], slug(row["country"]))
            roll_call = row["rcid"]
            day = days[roll_call]
            statement = (
                f"un-{roll_call}-{actor}", "stance", actor, words[row["vote"]], f"un-{roll_call}", day, None, None, day,
                f"un-roll-call-{roll_call}", "A", "1",
            )  # fmt: skip
            for name, value in zip(COLUMNS, statement, strict=True):
                columns[name].append(value)
    beside = file.with_suffix(".beside")
    pq.write_table(pa.table(columns, schema=_SCHEMA), beside, compression="zstd", row_group_size=_ROW_GROUP)
    beside.rename(file)


# -- made-up statements ------------------------------------------------------------------------------------------


def _blocks(size: int, seed: int) -> Iterator[pa.Table]:
    """Yield the statements in blocks, in the order of their days."""
    actors = _Zipf("actor", max(2 * round(size**0.5), 20))
    proposals = _Zipf("proposal", max(size // 1000, 20))
    for begin in range(0, size, BLOCK):
        numbers = np.arange(begin, min(begin + BLOCK, size), dtype=np.uint64)
        yield _block(numbers, size, seed, actors, proposals)


class _Zipf:
    """Things that are drawn by Zipf's law, cut at its head, and their ids."""

    def __init__(self, word: str, count: int) -> None:
        weights = np.cumsum(1 / (np.arange(count) + _COMMON))
        self._limits = weights / weights[-1]
        self.count = count
        self.ids = pa.array([f"{word}-{number:0{len(str(count))}}" for number in range(count)])

    def drawn(self, shares: Shares) -> Indices:
        """Return which things numbers from 0 to 1 fall on."""
        return np.searchsorted(self._limits, shares, side="right")


def _block(numbers: Numbers, size: int, seed: int, actors: _Zipf, proposals: _Zipf) -> pa.Table:
    salts = _Salts(seed)
    contradicts = (salts.share(numbers, "contradicts") < 0.005) & (numbers > 0)
    said = numbers - contradicts  # one that contradicts is on the track and the day of the one before it
    days = (said * np.uint64(DAYS) // np.uint64(size)).astype(np.int64)
    tracks = (max(size // 5, 1) * salts.share(said, "track") ** 1.5).astype(np.uint64)
    actor = actors.drawn(salts.share(tracks, "actor"))
    proposal = proposals.drawn(salts.share(tracks, "proposal"))
    pairs = (actor * proposals.count + proposal).astype(np.uint64)  # on which two tracks that were drawn may meet
    is_commitment = salts.share(pairs, "kind") < 0.2
    words = _words(pairs, days, contradicts, is_commitment, salts)

    partial = np.where(contradicts, 1.0, salts.share(numbers, "partial"))
    dates = np.where(partial < 0.005, _YEAR_OF[days], np.where(partial < 0.02, _MONTH_OF[days], days))
    lasts = 90 + (630 * salts.share(numbers, "lasts")).astype(np.int64)
    is_open = (salts.share(numbers, "ends") >= 0.03) | (partial < 0.02)
    published = days + (10 * salts.share(numbers, "published") ** 2).astype(np.int64)
    source = published * _PUBLISHERS + (_PUBLISHERS * salts.share(numbers, "source")).astype(np.int64)
    toward = (actor + 1 + (actors.count - 1) * salts.share(pairs, "toward") ** 2).astype(np.int64) % actors.count
    to_nobody = ~is_commitment | (salts.share(pairs, "addressed") < 0.5)
    credibility = (6 * salts.share(numbers, "credibility") ** 1.5).astype(np.int64)
    columns = (
        pc.binary_join_element_wise("s", pc.cast(pa.array(numbers), pa.string()), ""),
        _column(pa.array(["stance", "commitment"]), is_commitment.astype(np.int64)),
        _column(actors.ids, actor),
        _column(_WORDS, words),
        _column(proposals.ids, proposal),
        _column(_DATE_WORDS, dates),
        _column(_DAY_WORDS, days + lasts, is_open),
        _column(actors.ids, toward, to_nobody),
        _column(_DAY_WORDS, published),
        _column(_SOURCE_WORDS, source),
        _column(_GRADES, source % _PUBLISHERS % len(_GRADES)),
        _column(_CREDIBILITIES, credibility, salts.share(numbers, "unjudged") < 0.1),
    )
    return pa.table(dict(zip(COLUMNS, columns, strict=True)))


def _words(pairs: Numbers, days: Indices, contradicts: Flags, is_commitment: Flags, salts: "_Salts") -> Indices:
    """Return the positions and stages: what a track keeps for 200 to 2,500 days, or the other end of the scale."""
    count = np.where(is_commitment, len(STAGES), len(POSITIONS))
    kept = 200 + (2300 * salts.share(pairs, "kept")).astype(np.int64)
    eras = (days + (kept * salts.share(pairs, "begun")).astype(np.int64)) // kept
    first = (count * salts.share(pairs, "word")).astype(np.int64)
    in_era = salts.share(pairs * np.uint64(64) + eras.astype(np.uint64), "step")
    steps = _STEPS[(len(_STEPS) * in_era).astype(np.int64)]
    word = np.clip(first + np.where(eras == 0, 0, steps), 0, count - 1)
    word = np.where(contradicts, (word + count // 2) % count, word)
    return np.where(is_commitment, len(POSITIONS) + word, word)


class _Salts:
    """Draws by number: what is drawn for a number under a word is the same whenever, and with whichever others."""

    def __init__(self, seed: int) -> None:
        self._seed = seed

    def share(self, numbers: Numbers, word: str) -> Shares:
        """Return a number from 0 to 1, 1 left out, for each number: splitmix64 (Steele, Lea and Flood 2014)."""
        salt = int.from_bytes(blake2b(f"{self._seed} {word}".encode(), digest_size=8).digest())
        with np.errstate(over="ignore"):
            mixed = (numbers ^ np.uint64(salt)) * np.uint64(0x9E3779B97F4A7C15)
            for shift, factor in ((30, 0xBF58476D1CE4E5B9), (27, 0x94D049BB133111EB)):
                mixed = (mixed ^ (mixed >> np.uint64(shift))) * np.uint64(factor)
            mixed ^= mixed >> np.uint64(31)
        return (mixed >> np.uint64(11)).astype(np.float64) * 2.0**-53


def _column(words: pa.Array, indices: Indices, is_null: Flags | None = None) -> pa.Array:
    return pa.DictionaryArray.from_arrays(pa.array(indices.astype(np.int32), mask=is_null), words)


if __name__ == "__main__":
    main()
