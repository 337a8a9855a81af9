"""The difference of two texts makes the one from the other, and is found fast in long ones."""

import subprocess
import time
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actorgraph.curate.unified import patch, unified

LINE = st.sampled_from(["actors:", "  a: {}", "  - b", "    c: 1", "    d: 2", "", "# e", "      - f", "- g", "  h: 3"])
LINES = st.lists(LINE, max_size=30)


def patched(old: list[str], diff: list[str]) -> list[str]:
    """Return what a unified diff makes of lines."""
    made: list[str] = []
    at = 0
    for line in diff[2:]:
        if line.startswith("@@"):
            begin, _, number = line.split()[1][1:].partition(",")
            start = int(begin) - (number != "0")
            made += old[at:start]
            at = start
        elif line.startswith("+"):
            made.append(line[1:])
        else:
            assert line[1:] == old[at]
            made += [line[1:]] if line.startswith(" ") else []
            at += 1
    return made + old[at:]


@given(LINES, LINES)
def test_it_makes_the_one_from_the_other(old: list[str], new: list[str]) -> None:
    diff = list(unified(old, new, "old", "new"))
    assert (old == new) == (not diff)
    assert new == patched(old, diff)
    for line, following in pairwise([*diff, "@@"]):
        assert not line.startswith("@@") or not following.startswith("@@"), "no piece without a change"


def test_patch_takes_it(tmp_path: Path) -> None:
    old, new = ["actors:", "  a: {}", "", "stances:", "  - b", "    c: 1"], ["actors:", "  a: {}", "  z: {}", "  - b"]
    (tmp_path / "file").write_text("\n".join(old) + "\n", encoding="utf-8")
    diff = "\n".join(unified(old, new, "file", "file")) + "\n"
    subprocess.run(["git", "apply", "-"], input=diff, text=True, check=True, cwd=tmp_path)
    assert "\n".join(new) + "\n" == (tmp_path / "file").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("a: 1\r\nb: 2\r\n", "a: 1\r\nb: 3\r\n"),
        ("a: 1\nb: 2", "a: 1\nb: 2\n"),
        ("a: 1\nb: 2\n", "a: 1\nb: 2"),
        ("", "a: 1"),
        ("a: one\u2028two\nb: 2\n", "a: one\u2028two\nb: 3\n"),
        ("a: one\x85two\x0bthree\n", "a: one\x85two\x0bfour\n"),
        ("a: 1\rb: 2\n", "a: 1\rb: 3\n"),
    ],
)
def test_git_takes_a_patch_byte_by_byte(old: str, new: str, tmp_path: Path) -> None:
    """Only a line feed ends a line of a patch: what Python takes for an end, too, tore lines in two."""
    path = tmp_path / "file"
    path.write_bytes(old.encode())
    text = patch("file", old.encode(), new.encode())
    subprocess.run(["git", "apply", "-"], input=text.encode(), check=True, cwd=tmp_path)
    assert new.encode() == path.read_bytes()


def test_nothing_is_no_patch() -> None:
    assert "" == patch("file", b"a: 1\n", b"a: 1\n")


def test_a_new_record_stands_whole_in_it() -> None:
    old = ["stances:", *(line for number in range(9) for line in (f"  - id: s{number}", "    position: open"))]
    new = [*old[:7], "  - id: new", "    position: open", *old[7:]]
    diff = list(unified(old, new, "a", "b"))
    assert ["+  - id: new", "+    position: open"] == [line for line in diff[2:] if line[0] != " " and line[0] != "@"]


def test_a_long_text_is_compared_in_a_moment() -> None:
    """20,000 records of which every hundredth changes, with new ones at the end of two sections."""
    body = ["    position: supports", "    date: 2014-03-27", "    evidence:", "      - {source: paper}"]
    old = ["stances:"]
    for number in range(20_000):
        old += [f"  - actor: a{number % 193}", f"    proposal: p{number // 193}", *body]
    new = [line if at % 600 != 2 else "    proposal: other" for at, line in enumerate(old)] + ["events:", "  - id: e"]
    begin = time.process_time()
    diff = list(unified(old, new, "a", "b"))
    assert time.process_time() - begin < 10
    assert new == patched(old, diff)


def test_a_renaming_of_many_records_is_shown_in_a_moment() -> None:
    """Line by line, 2,000 records whose lines recur took a minute, and twice as many eight."""
    old = "stances:\n" + "".join(
        f"  - actor: {'uk' if n % 2 else f'a{n % 50}'}\n    position: supports\n    proposal: p{n % 20}\n"
        f"    date: 2024-01-{n % 28 + 1:02}\n    evidence: [{{source: s{n % 30}}}]\n"
        for n in range(4_000)
    )
    begin = time.process_time()
    text = patch("file", old.encode(), old.replace(": uk", ": united-kingdom").encode())
    assert time.process_time() - begin < 20
    assert 2_000 == text.count("+  - actor: united-kingdom")
