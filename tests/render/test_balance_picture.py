"""Balance as a picture: a matrix of signs, or lines over windows."""

from itertools import combinations
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
        "6 ties of 4 actors; 2 of 4 triangles balanced (0.50);",
        "0.50 if the same signs were dealt at random to the same ties.",
        "1 goes against the camps, framed in black. Blank: no tie.",
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
    assert "balanced if signs were dealt at random" in text


@pytest.mark.parametrize(
    ("positions", "expected"),
    [
        ({"ada": "+"}, "there is nothing to draw. No two actors share 1 proposal: there are no ties."),
        (
            {"ada": "++", "bor": "+-"},
            "there is nothing to draw. The only pair agrees as often as not: there are no ties.",
        ),
    ],
)
def test_nothing_is_drawn_where_there_is_nothing(tmp_path: Path, positions: dict[str, str], expected: str) -> None:
    path, out = tmp_path / "m.yaml", tmp_path / "out.svg"
    path.write_text(model_of(positions), encoding="utf-8")
    result = ask("balance", "--model", str(path), "--as-of", "2024-02", "-o", str(out))
    assert 2 == result.exit_code
    assert expected in result.output
    assert not out.exists()


def test_of_many_actors_ties_are_one_image_and_colour_tells_what_goes_against_the_camps(tmp_path: Path) -> None:
    """A hundred who agree with their half and part with the other, but for one pair."""
    path = tmp_path / "ties.csv"
    pairs = list(combinations(range(100), 2))
    lines = [f"a{one:02},a{other:02},{-1 if (one < 50) != (other < 50) else 1}" for one, other in pairs]
    lines[0] = "a00,a01,-1"
    path.write_text("\n".join(["source,target,sign", *lines]), encoding="utf-8")
    text = drawn(tmp_path, str(path))
    assert 1 == text.count("<image")
    assert text.count("<path") < 100
    assert "1 goes against the camps, in full colour, pale those that fit them" in text
    assert "negative tie within a camp" in text
    assert "a00" not in text


def test_a_camp_of_few_is_named_where_there_is_no_room_for_all_names(tmp_path: Path) -> None:
    path = tmp_path / "ties.csv"
    lines = [f"hub,a{at},{-1 if at == 7 else 1}" for at in range(80)]
    path.write_text("\n".join(["source,target,sign", *lines]), encoding="utf-8")
    text = drawn(tmp_path, str(path))
    assert ">80 actors<" in text
    assert ">a7<" in text
