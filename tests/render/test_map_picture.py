"""The picture of a map: what stands on it, and where names stand."""

import re
from pathlib import Path

import pytest
from asking import HARBOUR, ask
from hypothesis import given
from hypothesis import strategies as st
from tied import LINE, model_of

from actorgraph import load
from actorgraph.analysis.map import map_actors
from actorgraph.render.map_picture import NameBox, _Sheet
from actorgraph.render.phrases import Names

TROOPS = ("map", "--as-of", "2026-01-10", "--min-shared", "1")


def test_a_plane_has_a_point_and_an_ellipse_for_each_actor(tmp_path: Path) -> None:
    once, again = (tmp_path / name for name in ("once.svg", "again.svg"))
    for file in (once, again):
        assert 0 == ask(*TROOPS, "-o", str(file)).exit_code
    text = once.read_text(encoding="utf-8")
    assert once.read_bytes() == again.read_bytes()
    for words in (
        "Who is near whom?",
        "As of 2026-01-10",
        "6 actors on 16 proposals",
        "axis 1: 84 % of what is positive",
    ):
        assert words in text
    for name in ("France", "European backers", "Russia", "Ukraine", "United Kingdom", "United States"):
        assert f"{name}</text>" in text


def test_it_says_what_the_table_says_of_it(tmp_path: Path) -> None:
    """The shares, what no map can show, whether a line is enough, and who is not on it and why."""
    (tmp_path / "m.yaml").write_text(model_of(LINE), encoding="utf-8")
    for model in (("--model", "graphs/ukraine-troops", *TROOPS[1:]), ("--model", str(tmp_path / "m.yaml"))):
        assert 0 == ask("map", *model, "-o", str(tmp_path / "a.svg")).exit_code
        drawn = " ".join(re.findall(r">([^<>]+)</text>", (tmp_path / "a.svg").read_text(encoding="utf-8")))
        told = " ".join(ask("map", *model).stdout.split())
        (good,) = re.findall(r"Axes show [^.]*\.(?: The second axis [^.]*\.)?", told)
        (out,) = re.findall(r"Not on the map: .*?\)\.", told)
        assert good in drawn
        assert out in drawn


def test_flat_ellipses_strike_no_name_through(tmp_path: Path) -> None:
    """Where all ellipses are one line, names stand above it or below."""
    (tmp_path / "m.yaml").write_text(model_of(LINE), encoding="utf-8")
    answer = map_actors(load(tmp_path / "m.yaml"), as_of="2024-02")
    sheet = _Sheet(answer, Names(answer.about))
    high = sheet.letters / 72 / sheet.scale
    assert {0.0} == {point.y for point in answer.points}
    assert 4 == len(sheet.names)
    assert all(name.y > 0 or name.y + high < 0 for name in sheet.names.values())


def test_a_line_has_a_name_for_each_actor(tmp_path: Path) -> None:
    assert 0 == ask(*TROOPS, "--dimensions", "1", "-o", str(tmp_path / "a.svg")).exit_code
    text = (tmp_path / "a.svg").read_text(encoding="utf-8")
    assert "Bars would hold 95 % of 200 places" in text
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
