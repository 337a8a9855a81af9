"""What `side_by_side.py` found, as tables: times as multiples of ours, memory, what was read, growth, and the bars.

    python tests/benchmarks/verdicts.py build/bench-scale/found.json

Growth is the exponent k of time ~ statements**k between the smallest made-up table and the largest.
"""

import json
import math
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final

QUESTIONS: Final = ("who, middling", "who, busiest", "snapshot", "diff", "tally")
OURS, RAW = "actorgraph, whole rows", "duckdb, raw statements"
MADE_UP: Final = ("1m", "20m", "200m")
AT: Final = "20m"

Figures = dict[str, Any]


def main() -> None:
    """Print what was found."""
    found = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    for name, answers in found["answers"].items():
        _agreement(name, answers)
    for name, times in found["times"].items():
        _table(found, name, times)
    headings = f"{'seconds':>12}{'processors':>12}{'by hand':>10}{'ratio':>8}{'MiB':>8}{'by hand':>10}"
    print(f"\n{'compile':<8}{headings}  on disk, MiB")
    for name, figures in found["compile"].items():
        _compile(name, figures, found["tables"][name])
    print(f"\ngrowth of a warm question{'':<11}{''.join(f'{question:>16}' for question in QUESTIONS)}")
    for contestant in found["times"].get(AT, {}):
        growths = (growth(found, contestant, question) for question in QUESTIONS)
        print(f"{contestant:<36}{''.join(f'{exponent:>16}' for exponent in growths)}")
    print("\nbars")
    for line in verdicts(found):
        print(line)


def _agreement(name: str, answers: Figures) -> None:
    """Say who answers as actorgraph does."""
    asked = {who: found for who, found in answers.items() if isinstance(found, dict)}
    if OURS not in asked:
        raise SystemExit(f"{name}: {OURS} gave no answers: {answers[OURS]}")
    same = [who for who, found in asked.items() if found == answers[OURS]]
    print(f"{name}: the same answers from {', '.join(same)}")
    for who, found in answers.items():
        if not isinstance(found, dict):
            print(f"{name}: {who}: {found}")
        elif found != answers[OURS]:
            others = [question for question in found if found[question] != answers[OURS][question]]
            print(f"{name}: {who} answers OTHERWISE: {', '.join(others)}")


def _table(found: Figures, name: str, times: Figures) -> None:
    """Print what each question took of one table."""
    table = found["tables"][name]
    print(f"\n{name}: {table['statements']:,} statements, {table['MiB']:.0f} MiB")
    shown: tuple[tuple[str, Callable[[Figures], str]], ...] = (
        ("milliseconds, warm", lambda figures: f"{figures['warm'] * 1000:.1f}"),
        ("  of the processors", lambda figures: f"{figures['processors'] * 1000:.1f}"),
        ("  as a multiple of ours", lambda figures: f"{figures['warm'] / figures['ours']:.2f}"),
        ("milliseconds to load, and first", lambda figures: f"{(figures['load'] + figures['first']) * 1000:.0f}"),
        ("MiB of memory", lambda figures: f"{figures['peak']:.0f}"),
        ("MiB read until the first answer", lambda figures: f"{figures['read']:.1f}"),
        ("rows", lambda figures: f"{figures['rows']:,}"),
    )
    for heading, cell in shown:
        print(f"{heading:<36}{''.join(f'{question:>16}' for question in QUESTIONS)}")
        for contestant, by_question in times.items():
            cells = "".join(f"{_cell(times, contestant, question, cell):>16}" for question in QUESTIONS)
            print(f"{contestant:<36}{cells}" if by_question else contestant)


def _cell(times: Figures, contestant: str, question: str, cell: Callable[[Figures], str]) -> str:
    """Return a figure, or a sign that there is none: why stands in the file."""
    figures, ours = times[contestant].get(question), times[OURS].get(question)
    if not isinstance(figures, dict):
        return "-" if figures in (None, "missing") else "failed"
    return cell({**figures, "ours": ours["warm"] if isinstance(ours, dict) else math.nan})


def _compile(name: str, figures: Figures, table: Figures) -> None:
    """Print what the compile of a table took."""
    ours, by_hand = figures["ours"], figures["by hand"]
    seconds = f"{ours['seconds']:>12.1f}{ours['processors']:>12.1f}{by_hand['seconds']:>10.1f}"
    memory = f"{ours['peak']:>8.0f}{by_hand['peak']:>10.0f}"
    ratio = ours["seconds"] / by_hand["seconds"]
    print(f"{name:<8}{seconds}{ratio:>8.2f}{memory}  {figures['MiB']:.0f}, from {table['MiB']:.0f}")


def growth(found: Figures, contestant: str, question: str) -> str:
    """Return the exponent with which the time of a question grows from the smallest made-up table to the largest."""
    points = []
    for name in MADE_UP:
        figures = found["times"].get(name, {}).get(contestant, {}).get(question)
        if isinstance(figures, dict):
            points.append((found["tables"][name]["statements"], figures["warm"]))
    if len(points) < 2:
        return "-"
    (few, quick), (many, slow) = points[0], points[-1]
    return f"{math.log(slow / quick) / math.log(many / few):.2f}"


def verdicts(found: Figures) -> Iterator[str]:
    """Yield each bar, with what was measured, and whether it is passed."""
    times = found["times"].get(AT, {})
    ours, raw = times.get(OURS, {}), times.get(RAW, {})

    def warm(figures: Figures, question: str) -> float:
        return figures[question]["warm"] if isinstance(figures.get(question), dict) else math.nan

    for question in QUESTIONS[:2]:
        yield _verdict(f"{question}, on 20 million: milliseconds", warm(ours, question) * 1000, at_most=50)
    for question, bar in ((QUESTIONS[0], 10), (QUESTIONS[1], 10), ("diff", 3)):
        times_quicker = warm(raw, question) / warm(ours, question)
        yield _verdict(f"{question}, on 20 million: times as quick as DuckDB on the raw", times_quicker, at_least=bar)
    for question in QUESTIONS:
        peak = ours[question]["peak"] if isinstance(ours.get(question), dict) else math.nan
        yield _verdict(f"{question}, on 20 million: MiB of memory", peak, at_most=2048)
    for name, figures in found["compile"].items():
        if name in MADE_UP:
            ratio = figures["ours"]["seconds"] / figures["by hand"]["seconds"]
            yield _verdict(f"compile, {name}: as a multiple of the same SQL by hand", ratio, at_most=1.2)


def _verdict(what: str, measured: float, *, at_most: float = math.inf, at_least: float = -math.inf) -> str:
    bar = f"at most {at_most:g}" if at_most < math.inf else f"at least {at_least:g}"
    if math.isnan(measured):
        return f"none  {what}: not measured ({bar})"
    return f"{'pass' if at_least <= measured <= at_most else 'FAIL'}  {what}: {measured:.2f} ({bar})"


if __name__ == "__main__":
    main()
