"""The picture of a map: what stands on it, and where names stand."""

from pathlib import Path

import pytest
from asking import HARBOUR, ask
from hypothesis import given
from hypothesis import strategies as st

from actorgraph.render.map_picture import NameBox

TROOPS = ("map", "--as-of", "2026-01-10", "--min-shared", "1")


def test_a_plane_has_a_point_and_an_ellipse_for_each_actor(tmp_path: Path) -> None:
    once, again = (tmp_path / name for name in ("once.svg", "again.svg"))
    for file in (once, again):
        assert 0 == ask(*TROOPS, "-o", str(file)).exit_code
    text = once.read_text(encoding="utf-8")
    assert once.read_bytes() == again.read_bytes()
    for words in ("Who is near whom?", "As of 2026-01-10", "6 actors on 16 proposals", "axis 1: 84 % of the variance"):
        assert words in text
    for name in ("France", "European backers", "Russia", "Ukraine", "United Kingdom", "United States"):
        assert f"{name}</text>" in text


def test_a_line_has_a_name_for_each_actor(tmp_path: Path) -> None:
    assert 0 == ask(*TROOPS, "--dimensions", "1", "-o", str(tmp_path / "a.svg")).exit_code
    text = (tmp_path / "a.svg").read_text(encoding="utf-8")
    assert "Bars: 95 % of 200 places" in text
    assert "axis 2" not in text
    assert "United Kingdom</text>" in text


def test_a_png(tmp_path: Path) -> None:
    assert 0 == ask(*TROOPS, "-o", str(tmp_path / "a.png")).exit_code
    assert (tmp_path / "a.png").read_bytes().startswith(b"\x89PNG")


@pytest.mark.parametrize("ending", ["svg", "png"])
def test_no_map_is_no_picture(tmp_path: Path, ending: str) -> None:
    result = ask("map", "-o", str(tmp_path / f"a.{ending}"), *HARBOUR)
    assert 2 == result.exit_code
    assert "there is nothing to draw. There is no map: it needs 4 actors" in result.stderr
    assert not list(tmp_path.iterdir())


boxes = st.builds(NameBox, *[st.floats(-5, 5)] * 2, *[st.floats(0.1, 3)] * 2)


@given(boxes, boxes)
def test_how_much_a_name_covers_of_another(one: NameBox, other: NameBox) -> None:
    assert 0 <= one.covers(other) <= 1 + 1e-9
    assert one.covers(one) == pytest.approx(1)
    assert one.covers(other) * other.width * other.height == pytest.approx(
        other.covers(one) * one.width * one.height, abs=1e-9
    )
