"""Files are replaced whole, all or none, and what could not be put back is kept."""

import os
from pathlib import Path

import pytest

from actorgraph.atomic import Change, NotPutBack, replace_all


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    found = [tmp_path / name for name in ("a.yaml", "b.yaml", "c.yaml")]
    for path in found:
        path.write_bytes(b"old")
    return found


def changes(files: list[Path]) -> list[Change]:
    return [Change(str(path), b"old", b"new") for path in files]


def held(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


OLD = {"a.yaml": b"old", "b.yaml": b"old", "c.yaml": b"old"}
NEW = {"a.yaml": b"new", "b.yaml": b"new", "c.yaml": b"new"}


def test_all_are_replaced_and_nothing_is_left_beside_them(files: list[Path], tmp_path: Path) -> None:
    replace_all(changes(files))
    assert NEW == held(tmp_path)


def test_what_stays_as_it_is_is_not_written(files: list[Path]) -> None:
    before = files[0].stat()
    replace_all([Change(str(files[0]), b"old", b"old")])
    assert before == files[0].stat()


def test_one_that_has_changed_stops_all(files: list[Path], tmp_path: Path) -> None:
    files[2].write_bytes(b"other")
    with pytest.raises(OSError, match="it has changed since it was read"):
        replace_all(changes(files))
    assert OLD | {"c.yaml": b"other"} == held(tmp_path)


def test_one_that_is_gone_stops_all(files: list[Path], tmp_path: Path) -> None:
    files[2].unlink()
    with pytest.raises(FileNotFoundError):
        replace_all(changes(files))
    assert {"a.yaml": b"old", "b.yaml": b"old"} == held(tmp_path)


@pytest.mark.parametrize("failing", [1, 2, 3])
def test_a_failure_puts_the_others_back(
    files: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, failing: int
) -> None:
    replace, calls = os.replace, []

    def fails_once(old: str, new: str) -> None:
        calls.append(new)
        if len(calls) == failing:
            raise KeyboardInterrupt
        replace(old, new)

    monkeypatch.setattr(os, "replace", fails_once)
    with pytest.raises(KeyboardInterrupt):
        replace_all(changes(files))
    assert OLD == held(tmp_path)


def test_what_cannot_be_put_back_is_kept(files: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    replace, calls = os.replace, []

    def fails_from_then_on(old: str, new: str) -> None:
        calls.append(new)
        if len(calls) > 1:
            raise OSError(5, "Input/output error")
        replace(old, new)

    monkeypatch.setattr(os, "replace", fails_from_then_on)
    with pytest.raises(NotPutBack, match=r"a\.yaml \(what it held is in .*a\.yaml\.old\)"):
        replace_all(changes(files))
    assert OLD | {"a.yaml": b"new", "a.yaml.old": b"old"} == held(tmp_path)
