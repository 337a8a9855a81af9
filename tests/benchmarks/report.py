"""What `scale.py` found, as one table: medians by size, how fast they grow, and which bars they pass.

    python tests/benchmarks/report.py FOUND.json

Growth is the exponent k of time ~ records**k: the slope of the least squares line through the logarithms. What a
processor keeps close at hand is soon full, so even the floor, the lines of a day as SQLite hands them over, may grow
faster than the records: an operation passes where its exponent is at most `MOST_GROWTH`, or at most the floor's.
"""

import json
import math
import statistics
import sys
from collections import defaultdict
from pathlib import Path
from typing import Final

FROM: Final = 1_000
"""Below this many records growth says nothing: what any call costs outweighs what a record costs."""

AT: Final = 100_000
BARS: Final = {"who": 0.005, "what": 0.005, "timeline": 0.005, "diff ten years": 1.0, "snapshot": 0.4}
"""How many seconds an operation, whatever it is asked about, may take at that many records."""

MOST_GROWTH: Final = 1.1
"""With what exponent the time of an operation may grow: little more than the records do."""

FLOOR: Final = "floor"
"""The operation that makes nothing of what it reads."""


def main() -> None:
    """Print the table."""
    medians: dict[str, dict[int, float]] = defaultdict(dict)
    rows: dict[str, int] = {}
    for benchmark in json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))["benchmarks"]:
        size = benchmark["params"]["ready"]
        name = (
            benchmark["name"].removeprefix("test_").replace(f"[{size}-", " ").replace(f"[{size}]", "").removesuffix("]")
        )
        medians[name][size] = benchmark["stats"]["median"]
        if size == AT and "rows" in benchmark["extra_info"]:
            rows[name] = benchmark["extra_info"]["rows"]
    sizes = sorted({size for times in medians.values() for size in times})
    print(f"{'milliseconds, medians':<22}{''.join(f'{size:>11,}' for size in sizes)}{'growth':>11}{'rows':>9}  bar")
    most = max(MOST_GROWTH, slope(medians[FLOOR]) or 0)
    for name, by_size in medians.items():
        times = "".join(f"{by_size[size] * 1000:>11.2f}" if size in by_size else f"{'-':>11}" for size in sizes)
        print(f"{name:<22}{times}{growth(by_size, most):>11}{rows.get(name, ''):>9}  {verdict(name, by_size)}")


def growth(medians: dict[int, float], most: float) -> str:
    """Return the exponent with which medians, by size, grow, and whether that is more than it may be."""
    exponent = slope(medians)
    return "-" if exponent is None else f"{exponent:.2f}{'' if exponent <= most else ' FAIL'}"


def slope(medians: dict[int, float]) -> float | None:
    """Return the exponent with which medians, by size, grow; None where there are not enough of them."""
    points = [(math.log(size), math.log(seconds)) for size, seconds in medians.items() if size >= FROM]
    return statistics.linear_regression(*zip(*points, strict=True)).slope if len(points) > 1 else None


def verdict(name: str, medians: dict[int, float]) -> str:
    """Return whether medians, by size, pass the bar of an operation, if it has one."""
    bar = next((bar for operation, bar in BARS.items() if name.startswith(operation)), None)
    if bar is None or AT not in medians:
        return ""
    return f"{'pass' if medians[AT] < bar else 'FAIL'} (under {bar * 1000:g} ms)"


if __name__ == "__main__":
    main()
