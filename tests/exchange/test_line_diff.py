"""A diff of lines holds what both texts do, is what difflib has where changes are plain, and is made at once."""

import difflib
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actorgraph.exchange import line_diff as line_diff_module
from actorgraph.exchange.line_diff import gaps, line_diff

lines = st.lists(st.sampled_from("abcdefg"), max_size=40)


@given(old=lines, new=lines, short=st.sampled_from([0, line_diff_module.SHORT]))
def test_old_lines_and_changes_make_the_new_ones(old: list[str], new: list[str], short: int) -> None:
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(line_diff_module, "SHORT", short)
        holds_what_both_do(old, new)


def holds_what_both_do(old: list[str], new: list[str]) -> None:
    made: list[str] = []
    at = 0
    for gap in gaps(old, new):
        made += old[at : gap.old]
        assert len(made) == gap.new
        made += new[gap.new : gap.new_end]
        at = gap.old_end
    assert new == made + old[at:]
    assert (old == new) == (not list(line_diff(old, new, "a", "b")))


def numbered(texts: Sequence[str]) -> list[str]:
    return [f"{number}{text}" for number, text in enumerate(texts)]


@pytest.mark.parametrize("short", [0, line_diff_module.SHORT])
def test_plain_changes_look_as_ever(short: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(line_diff_module, "SHORT", short)
    old = numbered(["x"] * 60)
    new = [*old[:5], "new", *old[5:20], "other", *old[21:50], *old[52:], "end"]
    assert list(difflib.unified_diff(old, new, "a", "b", lineterm="")) == list(line_diff(old, new, "a", "b"))


def test_a_hundred_thousand_records_that_look_alike() -> None:
    old = [line for number in range(100_000) for line in ("- a: b", "  c: d", f"  e: {number % 900}", "  f: g")]
    new = list(old)
    for at in range(0, 8000, 16):
        new[at + 2] = "  e: corrected"
    assert 500 == len(list(gaps(old, [*new, "- h: i"]))) - 1
