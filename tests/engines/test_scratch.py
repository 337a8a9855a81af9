"""Scratch folders: each goes with who has it, and what killed processes leave goes with the next."""

import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from actorgraph.engines import scratch
from actorgraph.engines.scratch import scratch_of

HOLDS = """
from pathlib import Path
from actorgraph.engines.scratch import scratch_of
class Engine: pass
engine = Engine()
folder, _ = scratch_of(engine)
Path(folder, "inner").mkdir()
Path(folder, "inner", "a.parquet").write_bytes(b"rows")
Path(folder, "b.csv").write_bytes(b"rows")
print(folder, flush=True)
input()
"""
"""A program that has a scratch folder until it is told to end, or is killed."""


class Engine:
    """Something that has a folder."""


@pytest.fixture(autouse=True)
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


@contextmanager
def another() -> Iterator[tuple[subprocess.Popen[str], Path]]:
    """Another process that has a folder, and that folder."""
    with subprocess.Popen(
        [sys.executable, "-c", HOLDS], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        try:
            yield process, Path(process.stdout.readline().strip())
        finally:
            process.kill()


def test_what_a_killed_process_leaves_goes_with_the_next() -> None:
    with another() as (process, left), another() as (_, in_use):
        process.kill()
        process.wait()
        assert (left / "inner" / "a.parquet").exists()
        engine = Engine()
        own, _ = scratch_of(engine)
        assert (False, True, True) == (left.exists(), (in_use / "b.csv").exists(), Path(own).is_dir())


def test_a_process_that_ends_leaves_nothing(temporary: Path) -> None:
    with another() as (process, folder):
        assert temporary == folder.parent
        process.communicate("end\n")
    assert [] == list(temporary.iterdir())


def test_a_folder_goes_with_its_owner(temporary: Path) -> None:
    engine, other = Engine(), Engine()
    scratch_of(engine)
    kept, remove = scratch_of(other)
    del engine
    assert [Path(kept)] == list(temporary.iterdir())
    remove()
    remove()
    assert [] == list(temporary.iterdir())


def test_nothing_else_goes(temporary: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What another machine or an older version has left, what is no folder, and one that has no lock yet."""
    monkeypatch.setattr("platform.node", lambda: "here.example")
    target = temporary / "elsewhere"
    kept = [target, temporary / "actorgraph-there.abcd1234", temporary / "actorgraph-abcd1234"]
    for folder in kept:
        folder.mkdir()
        (folder / ".in-use").touch()
    new, file, link = (temporary / f"actorgraph-here-example.{name}" for name in ("new", "file", "link"))
    new.mkdir()
    file.touch()
    link.symlink_to(target)
    before = {*temporary.rglob("*")}
    engine = Engine()
    own, _ = scratch_of(engine)
    assert before == {path for path in temporary.rglob("*") if not path.is_relative_to(own)}
    (new / ".in-use").touch()
    other = Engine()
    scratch_of(other)
    assert not new.exists()


def test_a_folder_that_was_taken_for_left_is_given_up(temporary: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another process may be quicker than who has made it, and has not locked it yet."""
    answers = iter([False, True])
    monkeypatch.setattr(scratch, "locked", lambda _: next(answers))
    engine = Engine()
    own, _ = scratch_of(engine)
    assert [Path(own)] == list(temporary.iterdir())


def test_a_disk_without_locks_will_do(temporary: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scratch, "locked", lambda _: False)
    engine = Engine()
    own, remove = scratch_of(engine)
    assert [Path(own)] == list(temporary.iterdir())
    remove()
    assert [] == list(temporary.iterdir())
