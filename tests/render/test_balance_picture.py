"""Balance as a picture: a matrix of signs, or lines over windows."""

from pathlib import Path

import pytest
from asking import ask
from tied import model_of

pytest.importorskip("matplotlib")


def drawn(tmp_path: Path, *arguments: str) -> str:
    result = ask("balance", *arguments, "-o", str(tmp_path / "out.svg"))
    assert 0 == result.exit_code, result.output
    return (tmp_path / "out.svg").read_text(encoding="utf-8")


def test_a_day_is_a_matrix(tmp_path: Path) -> None:
    path = tmp_path / "m.yaml"
    path.write_text(model_of({"ada": "+++", "bor": "+++", "cup": "+--", "dov": "--+"}), encoding="utf-8")
    text = drawn(tmp_path, "--model", str(path), "--as-of", "2024-02")
    for expected in (
        *("ADA", "DOV", "As of 2024-02-29", "goes against the camps"),
        "6 ties of 4 actors; 2 of 4 triangles balanced (0.50).",
        "1 go against the camps, framed in black. Blank: no tie.",
        "Two-camp index 0.33, of 18 pairs of positions.",
    ):
        assert expected in text


def test_many_actors_are_named_by_their_camps(tmp_path: Path) -> None:
    path = tmp_path / "ties.csv"
    lines = [f"a{one},a{one + 1},{-1 if one == 40 else 1}" for one in range(79)]
    path.write_text("\n".join(["source,target,sign", *lines]), encoding="utf-8")
    text = drawn(tmp_path, str(path))
    assert "41 actors" in text
    assert "39 actors" in text
    assert "None goes against the camps" in text


def test_windows_are_lines(tmp_path: Path) -> None:
    path = tmp_path / "ties.csv"
    path.write_text("year,source,target,sign\n1,a,b,1\n1,b,c,1\n1,a,c,-1\n2,a,b,-1\n", encoding="utf-8")
    text = drawn(tmp_path, str(path), "--windows-in", "year")
    assert "2 windows of ties.csv, with 0 to 1 triangles and 1 to 3 ties." in text
    assert "ties that are frustrated" in text


def test_nothing_is_drawn_where_there_is_nothing(tmp_path: Path) -> None:
    path = tmp_path / "m.yaml"
    path.write_text(model_of({"ada": "+"}), encoding="utf-8")
    assert "0 ties of 0 actors; no triangles." in drawn(tmp_path, "--model", str(path), "--as-of", "2024-02")
