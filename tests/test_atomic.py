"""A file is written whole or not at all."""

import os
import stat
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from folders import held

from actorgraph.atomic import write


def test_a_new_file_has_the_permissions_of_any_other(tmp_path: Path) -> None:
    write(str(tmp_path / "new"), b"text")
    (tmp_path / "plain").write_bytes(b"text")
    assert b"text" == (tmp_path / "new").read_bytes()
    assert (tmp_path / "plain").stat().st_mode == (tmp_path / "new").stat().st_mode


def test_a_link_is_followed_and_the_mode_kept(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"old")
    (tmp_path / "file").chmod(0o640)
    (tmp_path / "link").symlink_to("file")
    write(str(tmp_path / "link"), b"new")
    assert (tmp_path / "link").is_symlink()
    assert (b"new", 0o640) == ((tmp_path / "file").read_bytes(), stat.S_IMODE((tmp_path / "file").stat().st_mode))


def test_a_failure_leaves_nothing_beside_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space left"):
        write(str(tmp_path / "file"), b"new")
    assert {} == held(tmp_path)


def test_what_fails_names_the_file_that_was_to_be_written(tmp_path: Path) -> None:
    path = str(tmp_path / "gone" / "file")
    with pytest.raises(FileNotFoundError) as caught:
        write(path, b"new")
    assert path == caught.value.filename


def test_a_pipe_is_written_to(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    heard: list[bytes] = []
    reader = threading.Thread(target=lambda: heard.append(pipe.read_bytes()))
    reader.start()
    write(str(pipe), b"text")
    reader.join()
    assert [b"text"] == heard
    assert stat.S_ISFIFO(pipe.stat().st_mode)


def test_the_longest_name_that_a_file_may_have(tmp_path: Path) -> None:
    name = "é" * 127
    write(str(tmp_path / name), b"text")
    assert {name: b"text"} == held(tmp_path)


def test_what_a_dead_process_left_is_cleared_and_what_a_living_one_writes_is_not(tmp_path: Path) -> None:
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    left = {f".file.{ended.pid}-00aa11bb.part", f".file.{os.getpid()}-00aa11bb.part", ".file.x-1.part", ".other.1.part"}
    for name in left:
        (tmp_path / name).write_bytes(b"half")
    long_ago = time.time() - 7200
    os.utime(tmp_path / f".file.{os.getpid()}-00aa11bb.part", (long_ago, long_ago))
    (tmp_path / f".file.{os.getpid()}-22cc33dd.part").write_bytes(b"half")
    write(str(tmp_path / "file"), b"new")
    assert {"file", f".file.{os.getpid()}-22cc33dd.part", ".file.x-1.part", ".other.1.part"} == set(held(tmp_path))


def test_pieces_are_written_whole_or_not_at_all(tmp_path: Path) -> None:
    """Also where somebody stops what makes them: the file is as it was, and nothing lies beside it."""

    def cut_short() -> Iterator[bytes]:
        yield b"half"
        raise KeyboardInterrupt

    file = tmp_path / "file"
    file.write_bytes(b"old")
    with pytest.raises(KeyboardInterrupt):
        write(str(file), cut_short())
    assert {"file": b"old"} == held(tmp_path)
    write(str(file), iter((b"ne", b"w")))
    assert {"file": b"new"} == held(tmp_path)
