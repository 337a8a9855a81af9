"""Several files are replaced all or none, and what could not be put back is kept."""

import os
from pathlib import Path
from threading import Thread

import pytest
from folders import held

from actorgraph import replacing
from actorgraph.atomic import new_folders, write, write_beside
from actorgraph.replacing import NotPutBack, Recovery, Replacement, recover, replace_all

OLD = {"a.yaml": b"old", "b.yaml": b"old", "c.yaml": b"old"}
NEW = {"a.yaml": b"new", "b.yaml": b"new", "c.yaml": b"new"}


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    paths = [tmp_path / name for name in ("a.yaml", "b.yaml", "c.yaml")]
    for path in paths:
        path.write_bytes(b"old")
    return paths


def changes(files: list[Path]) -> list[Replacement]:
    return [Replacement(str(path), b"old", b"new") for path in files]


def test_all_are_replaced_and_nothing_is_left_beside_them(files: list[Path], tmp_path: Path) -> None:
    replace_all(changes(files))
    assert NEW == held(tmp_path)


def test_what_stays_as_it_is_is_not_written(files: list[Path]) -> None:
    before = files[0].stat()
    replace_all([Replacement(str(files[0]), b"old", b"old")])
    assert before == files[0].stat()


def test_one_that_has_changed_stops_all(files: list[Path], tmp_path: Path) -> None:
    files[2].write_bytes(b"other")
    with pytest.raises(OSError, match="it has changed since it was read"):
        replace_all(changes(files))
    assert OLD | {"c.yaml": b"other"} == held(tmp_path)


def test_of_two_at_once_the_second_finds_what_the_first_wrote(
    files: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    refused: list[str] = []

    def other() -> None:
        try:
            replace_all([Replacement(str(files[2]), b"old", b"other")])
        except OSError as error:
            refused.append(str(error.strerror))

    second = Thread(target=other)

    def write_late(name: str, target: str, content: bytes) -> None:
        if not second.ident:
            second.start()
            second.join(0.2)  # it would have been done by now
        write_beside(name, target, content)

    monkeypatch.setattr(replacing, "write_beside", write_late)
    replace_all(changes(files))
    second.join()
    assert (NEW, ["it has changed since it was read"]) == (held(tmp_path), refused)


def test_what_is_under_way_is_not_taken_for_cut_short(
    files: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    journal = str(tmp_path / "here.journal")
    recovered: list[Recovery | None] = []
    second = Thread(target=lambda: recovered.append(recover(journal)))

    def replace_late(new: str, target: str) -> None:
        if target == str(files[1]):
            second.start()
            second.join(0.2)
        os_replace(new, target)

    os_replace = os.replace
    monkeypatch.setattr(os, "replace", replace_late)
    replace_all(changes(files), journal=journal)
    second.join()
    assert (NEW, [None]) == (held(tmp_path), recovered)


def test_one_that_is_gone_stops_all(files: list[Path], tmp_path: Path) -> None:
    files[2].unlink()
    with pytest.raises(FileNotFoundError):
        replace_all(changes(files))
    assert {"a.yaml": b"old", "b.yaml": b"old"} == held(tmp_path)


@pytest.mark.parametrize("journal", [None, "here.journal"])
@pytest.mark.parametrize("number", [1, 3])
def test_what_stops_at_the_last_moment_puts_all_back(
    files: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, journal: str | None
) -> None:
    def stopped(target: str) -> None:
        if target.endswith(".yaml"):
            raise KeyboardInterrupt

    monkeypatch.setattr("actorgraph.replacing.flush_folder", stopped)
    with pytest.raises(KeyboardInterrupt):
        replace_all(changes(files[:number]), journal=journal and str(tmp_path / journal))
    assert OLD == held(tmp_path)


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


def test_a_read_only_file_is_left_alone_even_by_root(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"old")
    (tmp_path / "file").chmod(0o444)
    with pytest.raises(PermissionError, match="it is read-only"):
        write(str(tmp_path / "file"), b"new")
    with pytest.raises(PermissionError, match="it is read-only"):
        replace_all([Replacement(str(tmp_path / "file"), b"old", b"new")])
    assert {"file": b"old"} == held(tmp_path)


def test_a_file_that_is_to_be_new_must_not_be_there(tmp_path: Path) -> None:
    files = [tmp_path / name for name in "ab"]
    files[1].write_bytes(b"typed")
    with pytest.raises(FileExistsError, match="it has been made in the meantime"):
        replace_all([Replacement(str(path), None, b"new") for path in files])
    assert {"b": b"typed"} == held(tmp_path)


def test_new_files_are_taken_away_again_where_one_cannot_be_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    link, calls = os.link, []

    def fails_once(old: str, new: str) -> None:
        calls.append(new)
        if len(calls) == 2:
            raise FileExistsError(17, "File exists", new)
        link(old, new)

    monkeypatch.setattr(os, "link", fails_once)
    with pytest.raises(FileExistsError):
        replace_all([Replacement(str(tmp_path / name), None, b"new") for name in "ab"])
    assert {} == held(tmp_path)


def test_folders_are_made_for_new_files_and_go_again_where_writing_fails(tmp_path: Path) -> None:
    there = tmp_path / "there"
    there.mkdir()
    wanted = [str(tmp_path / "a" / "b" / "one"), str(there / "c" / "two")]
    with pytest.raises(FileExistsError), new_folders(wanted):
        replace_all([Replacement(path, None, b"new") for path in (*wanted, str(tmp_path / "a"))])
    assert {there} == set(tmp_path.iterdir())
    assert [] == list(there.iterdir())
    with new_folders(wanted):
        replace_all([Replacement(path, None, b"new") for path in wanted])
    assert [b"new", b"new"] == [Path(path).read_bytes() for path in wanted]
