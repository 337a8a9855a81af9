"""Blocs as a picture: what is written on it, and that nothing stops it."""

import re
from pathlib import Path

import pytest
from asking import ask
from tied import TWO_CAMPS, model_of


def drawn(folder: Path, table: dict[str, str], *options: str, ending: str = "svg") -> bytes:
    """Return the picture of the blocs of a table."""
    path, picture = folder / "m.yaml", folder / f"blocs.{ending}"
    path.write_text(model_of(table), encoding="utf-8")
    result = ask("blocs", "--model", str(path), "--as-of", "2024-02", "-o", str(picture), *options)
    assert (0, "") == (result.exit_code, result.stdout), result.output
    return picture.read_bytes()


def words(svg: bytes) -> list[str]:
    return re.findall(r"<text [^>]*>([^<]*)</text>", svg.decode())


def test_what_is_written_on_it(tmp_path: Path) -> None:
    pytest.importorskip("matplotlib")
    told = words(drawn(tmp_path, TWO_CAMPS))
    text = " ".join(told)
    assert {"Bloc 1", "4 actors", "Bloc 2", "3 actors", "Plan P", "Plan S"} <= set(told)
    assert (2, 1, 3) == (told.count("4 of 4"), told.count("3 of 4"), told.count("0 of 3") + told.count("0 of 4"))
    assert "Bloc 1: A1, A2, A3, A4." in text
    assert "50 of 50 seeds" in text
    assert "As of 2024-02-29" in text
    assert "Plan T" not in told, "nobody says enough on it"


def test_the_same_picture_has_the_same_bytes(tmp_path: Path) -> None:
    pytest.importorskip("matplotlib")
    assert drawn(tmp_path, TWO_CAMPS) == drawn(tmp_path, TWO_CAMPS)
    assert drawn(tmp_path, TWO_CAMPS, ending="png").startswith(b"\x89PNG")


@pytest.mark.parametrize("table", [{"a": "+", "b": "-"}, {"a": "."}, {"a": "~", "b": "~"}])
def test_where_there_are_no_blocs_there_is_no_picture(tmp_path: Path, table: dict[str, str]) -> None:
    (tmp_path / "m.yaml").write_text(model_of(table), encoding="utf-8")
    picture = tmp_path / "blocs.svg"
    result = ask("blocs", "--model", str(tmp_path / "m.yaml"), "--as-of", "2024-02", "-o", str(picture))
    assert (2, False) == (result.exit_code, picture.exists())
    assert "there is nothing to draw. There are no blocs: it takes 3 actors" in result.stderr


def test_many_proposals_and_blocs_are_cut_and_counted(tmp_path: Path) -> None:
    """Ten pairs, each on three proposals of its own: eight pairs are drawn, and all of their 24 proposals."""
    pytest.importorskip("matplotlib")
    table = {f"a{at}": f"{'...' * (at // 2)}+++{'...' * (9 - at // 2)}" for at in range(20)}
    told = words(drawn(tmp_path, table, "--min-shared", "2"))
    assert 24 == told.count("2 of 2")
    assert "2 smaller blocs more." in told
