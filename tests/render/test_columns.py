"""The widths of columns: as few lines as can be, nothing wider than the terminal."""

from itertools import pairwise
from typing import Final

import pytest
from asking import tables_of
from hypothesis import given
from hypothesis import strategies as st

from actorgraph.render import grid
from actorgraph.render.columns import GAP, fits, fitted, natural
from actorgraph.render.grid import Grid
from actorgraph.render.wrapping import cells_of, wrapped


def test_the_longest_of_a_few_is_wrapped_before_all_others_are() -> None:
    lines = [("ACTOR", "POSITION"), *[("Coalition of the willing", "considers, if ceasefire")] * 5]
    lines += [("Unnamed official of a ministry", "opposes")]
    assert [24, 23] == fitted(lines, 24 + GAP + 23, {0, 1})


def test_what_takes_more_than_half_of_the_width_is_flexible() -> None:
    assert [42, 6] == fitted([("a " * 40, "SINCE!")], 50, ())


def test_dates_are_broken_only_where_nothing_else_helps() -> None:
    lines = [("PROPOSAL", "SINCE", "EVIDENCE"), ("A bridge over the inner harbour", "2026-01-06", "[1, 4-9]")]
    assert [19, 10, 8] == fitted(lines, 41, {0})
    assert [8, 10, 8] == fitted(lines, 30, {0})
    assert fits(fitted(lines, 24, {0}), 24)


words = st.text(st.sampled_from("ab "), min_size=0, max_size=40)


@given(st.integers(1, 4), st.integers(30, 100), st.data())
def test_columns_fit_and_are_no_wider_than_they_need(count: int, width: int, data: st.DataObject) -> None:
    lines = data.draw(st.lists(st.tuples(*[words] * count), min_size=1, max_size=6))
    flexible = data.draw(st.frozensets(st.integers(0, count - 1)))
    widths = fitted(lines, width, flexible)
    assert fits(widths, width)
    assert all(wide <= need for wide, need in zip(widths, natural(lines), strict=True))
    if fits(natural(lines), width):
        assert natural(lines) == widths


@pytest.mark.parametrize("rows", [1, 299, 301, 5000])
def test_long_tables_are_judged_by_some_of_their_rows(rows: int) -> None:
    lines = [("ACTOR", "SAYS"), *[("A committee of nine", "yes, if it rains")] * rows]
    assert fits(fitted(lines, 30, {0, 1}), 30)


@given(st.integers(30, 90), st.data())
def test_no_other_widths_take_fewer_lines(width: int, data: st.DataObject) -> None:
    lines = data.draw(st.lists(st.tuples(words, words), min_size=1, max_size=5))
    widths = fitted(lines, width, {0, 1})

    def taken(first: int, second: int) -> int:
        return sum(max(len(wrapped(a, first)), len(wrapped(b, second))) for a, b in lines)

    least = [min(most, 22) for most in natural(lines)]
    others = [
        (first, width - GAP - first)
        for first in range(least[0], natural(lines)[0] + 1)
        if width - GAP - first >= least[1]
    ]
    assert not others or taken(widths[0], widths[1]) <= min(taken(*pair) for pair in others)


DAY = ("-m", "graphs/ukraine-troops", "--as-of", "2026-01-10")
COMMON = [
    ("who", "any", "Multinational force", *DAY),
    ("who", "supports", "US backstop", *DAY),
    ("who", "opposes", "Russia", *DAY),
    ("who", "silent", "Multinational force", *DAY),
    ("what", "UK", *DAY),
    ("what", "US", *DAY),
    ("what", "Ukraine", *DAY),
    ("timeline", "Germany", *DAY),
    ("timeline", "Multinational force", *DAY),
    ("disputes", *DAY),
]
"""Answers of the shipped model that people ask for."""


@pytest.mark.parametrize("arguments", COMMON)
def test_at_80_columns_a_row_takes_one_line_unless_its_words_cannot_fit(arguments: tuple[str, ...]) -> None:
    tables = [table for table in tables_of(*arguments) if table.lines]
    assert tables
    for table in tables:
        for line, tall in zip(table.lines, heights(table), strict=True):
            assert tall == 1 or max(map(cells_of, line)) > TOO_LONG, line


def test_most_rows_of_a_long_diff_take_one_line() -> None:
    tables = tables_of("diff", "2025-05-30", "2026-01-10", "-m", "graphs/ukraine-troops")
    tall = [lines for table in tables if table.lines for lines in heights(table)]
    assert len(tall) > 80
    assert sum(lines == 1 for lines in tall) > len(tall) * 2 / 3


TOO_LONG: Final = 32
"""A cell that takes more than two fifths of 80 columns cannot stand beside others in one line."""


def heights(table: Grid) -> list[int]:
    """Return how many lines each row of a table takes at 80 columns: a row begins where all columns but one may."""
    marked = tuple((f"\u2060{line[0]}", *line[1:]) for line in table.lines)
    text = grid.to_text(table._replace(above=(), below=(), notes=(), lines=marked), width=80)
    body = text.split("\n\n")[0].split("\n")[1:]
    starts = [at for at, line in enumerate(body) if line.startswith("\u2060")]
    return [end - start for start, end in pairwise([*starts, len(body)])]
