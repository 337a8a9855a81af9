"""Kept ledgers: never believed when stale or damaged, and built again without a word."""

import os
import shutil
import sqlite3
from pathlib import Path
from typing import Any
from zlib import crc32

import pytest
from asking import ask

import actorgraph
from actorgraph.errors import ModelError
from actorgraph.ledger import cache
from actorgraph.ledger.cache import Kept, _seal
from actorgraph.ledger.load import load
from actorgraph.model.kinds import TYPES
from actorgraph.model.paths import Stamp, digest
from actorgraph.questions.who import what, who


@pytest.fixture
def model(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A model of its own, with a cache folder of its own."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    path = tmp_path / "harbour"
    path.mkdir()
    shutil.copy("examples/minimal.yaml", path / "model.yaml")
    return path


def opponents(path: Path) -> list[str]:
    """Return who opposes the harbour, by way of the cache."""
    return [row.actor for row in who(load(path, cache=True), "opposes", "harbour", as_of="2026-06-01").rows]


def kept(path: Path) -> list[Path]:
    """Return the ledgers in the cache folder beside a model."""
    return sorted((path.parent / "cache" / "actorgraph").glob("*.sqlite*"))


def edit(path: Path, old: str, new: str) -> None:
    """Replace a text in a model, so that its size stays the same."""
    assert len(old) == len(new)
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_a_second_answer_comes_from_the_cache(model: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert ["fishers-union"] == opponents(model)
    assert 1 == len(kept(model))
    monkeypatch.setattr("actorgraph.ledger.tables.begin", lambda *_, **__: pytest.fail("built again"))
    assert ["fishers-union"] == opponents(model)


def test_folders_whose_names_are_not_utf_8_hold_models_and_kept_ledgers(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As an old archive unpacks them, and as every name with an accent is where the locale is C."""
    folder = tmp_path / os.fsdecode(b"caf\xe9 #1")
    path = folder / os.fsdecode(b"\xfcbung")
    path.mkdir(parents=True)
    monkeypatch.setenv("XDG_CACHE_HOME", str(folder / "cache"))
    shutil.copy("examples/minimal.yaml", path / "model.yaml")
    assert ["fishers-union"] == opponents(path)
    assert 1 == len(kept(path))
    monkeypatch.setattr("actorgraph.ledger.tables.build", lambda *_, **__: pytest.fail("built again"))
    assert ["fishers-union"] == opponents(path)
    monkeypatch.chdir(folder)
    places = {thing.place.rpartition(":")[0] for thing in load(path, cache=True).things()}
    assert {"\\udcfcbung/model.yaml"} == places


def test_an_edit_within_the_same_second_gets_the_new_answer(model: Path) -> None:
    file = model / "model.yaml"
    assert ["fishers-union"] == opponents(model)
    for _ in range(5):
        edit(file, "position: supports", "position:  opposes")
        assert ["fishers-union", "harbour-board"] == opponents(model)
        edit(file, "position:  opposes", "position: supports")
        assert ["fishers-union"] == opponents(model)


def test_an_edit_that_keeps_size_and_time_is_seen(model: Path) -> None:
    file = model / "model.yaml"
    assert ["fishers-union"] == opponents(model)
    before = file.stat()
    edit(file, "position: supports", "position:  opposes")
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert ["fishers-union", "harbour-board"] == opponents(model)


def test_a_touched_file_with_the_same_content_is_fresh(model: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert ["fishers-union"] == opponents(model)
    os.utime(model / "model.yaml")
    monkeypatch.setattr("actorgraph.ledger.tables.begin", lambda *_, **__: pytest.fail("built again"))
    assert ["fishers-union"] == opponents(model)


def test_a_new_file_in_the_folder_is_seen(model: Path) -> None:
    assert ["fishers-union"] == opponents(model)
    (model / "more.yaml").write_text(
        "stances:\n- {actor: town-council, position: opposes, proposal: harbour, date: 2026-05-01, "
        "evidence: [{source: coast-weekly}]}\n",
        encoding="utf-8",
    )
    assert ["fishers-union", "town-council"] == opponents(model)
    (model / "more.yaml").unlink()
    assert ["fishers-union"] == opponents(model)


def test_a_model_that_breaks_is_not_answered_from_the_cache(model: Path) -> None:
    assert ["fishers-union"] == opponents(model)
    edit(model / "model.yaml", "position: supports", "position: supporte")
    with pytest.raises(ModelError, match="AG014 position 'supporte' is not known"):
        opponents(model)


def test_a_link_that_leads_elsewhere_now_is_seen(model: Path) -> None:
    file = model / "model.yaml"
    text = file.read_text(encoding="utf-8").replace(
        "title: The new harbour", "title: The new harbour\n  include: [../seeds]"
    )
    head, sources = text.split("sources:\n")
    file.write_text(head, encoding="utf-8")
    for name in ("one", "two"):
        (model.parent / name).mkdir()
        (model.parent / name / "s.yaml").write_text(
            "sources:\n" + sources.replace("publisher: Coast Weekly", f"publisher: {name}"), encoding="utf-8"
        )
    link = model.parent / "seeds"
    link.symlink_to("one")

    def publisher() -> str:
        return who(load(model, cache=True), "pledges", "harbour", as_of="2026-06").rows[0].evidence[0].publisher

    assert "one" == publisher()
    link.unlink()
    link.symlink_to("two")
    assert "two" == publisher()
    link.unlink()
    with pytest.raises(ModelError, match="AG008"):
        publisher()


def test_one_changed_bit_anywhere_is_seen(model: Path) -> None:
    load(model, cache=True)
    (file,) = kept(model)
    whole = file.read_bytes()
    assert Kept(str(model)).open() is not None
    for at in (*range(0, len(whole), 997), *range(len(whole) - 5, len(whole))):
        file.write_bytes(whole[:at] + bytes([whole[at] ^ 1 << at % 8]) + whole[at + 1 :])
        assert Kept(str(model)).open() is None


def test_a_damaged_ledger_is_built_again_without_a_word(model: Path) -> None:
    """Even where what was changed is an answer: a position, or the JSON of what was said."""
    asked = ["who", "opposes", "harbour", "--model", str(model), "--as-of", "2026-06"]
    first = ask(*asked)
    assert "Fishers’ Union" in first.stdout
    for old, new in ((b"opposes", b"support"), (b'[["', b'[{"'), (b"stance", b"\xff\xfftan"), (b"CREATE", b"CREAT3")):
        (file,) = kept(model)
        whole = file.read_bytes()
        assert old in whole
        file.write_bytes(whole.replace(old, new))
        second = ask(*asked)
        assert (first.stdout, "", 0) == (second.stdout, second.stderr, second.exit_code)
        assert whole == kept(model)[0].read_bytes(), "a whole one stands in its place"


def sealed(content: bytes) -> bytes:
    """Return a content with the seal that a kept ledger bears."""
    return content + crc32(content).to_bytes(4, "big")


def foreign() -> bytes:
    """Return a database that is not a ledger."""
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE TABLE meta (name TEXT, value TEXT)")
    connection.commit()
    return connection.serialize()


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"abc",
        b"\0\0\0\0",
        b"no database",
        sealed(b"no database"),
        foreign(),
        sealed(foreign()),
        sealed(b"\0" * 100),
    ],
    ids=["empty", "short", "zeros", "text", "sealed text", "foreign", "sealed and foreign", "sealed zeros"],
)
def test_a_file_that_is_no_ledger_gives_way(model: Path, content: bytes) -> None:
    assert ["fishers-union"] == opponents(model)
    (file,) = kept(model)
    file.write_bytes(content)
    assert Kept(str(model)).open() is None
    assert ["fishers-union"] == opponents(model)
    assert Kept(str(model)).open() is not None


def test_a_truncated_ledger_gives_way(model: Path) -> None:
    assert ["fishers-union"] == opponents(model)
    (file,) = kept(model)
    whole = file.read_bytes()
    for size in (len(whole) // 2, len(whole) - 1, 4096):
        file.write_bytes(whole[:size])
        assert Kept(str(model)).open() is None
        assert ["fishers-union"] == opponents(model)


def test_a_ledger_of_another_version_is_built_again(model: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert ["fishers-union"] == opponents(model)
    monkeypatch.setattr("actorgraph.__version__", "9.9.9")
    assert Kept(str(model)).open() is None
    assert ["fishers-union"] == opponents(model)


def test_a_folder_in_the_place_of_a_ledger_is_left_alone(model: Path) -> None:
    file = Path(Kept(str(model)).file)
    file.mkdir(parents=True)
    assert ["fishers-union"] == opponents(model)
    assert ["fishers-union"] == opponents(model)
    assert file.is_dir()


def test_a_ledger_that_may_not_be_read_is_done_without(model: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert ["fishers-union"] == opponents(model)

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(cache, "open", refuse, raising=False)
    monkeypatch.setattr("actorgraph.atomic.write", refuse)
    assert Kept(str(model)).open() is None
    assert ["fishers-union"] == opponents(model)


def test_a_ledger_that_is_cleared_away_while_it_is_opened_is_done_without(
    model: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert ["fishers-union"] == opponents(model)
    (file,) = kept(model)

    def clear(database: bytes | memoryview) -> bytes:
        file.unlink(missing_ok=True)
        return _seal(database)

    monkeypatch.setattr(cache, "_seal", clear)
    assert Kept(str(model)).open() is None
    assert ["fishers-union"] == opponents(model)


def test_what_changed_shortly_before_it_was_read_is_read_again(tmp_path: Path) -> None:
    """In the same tick of a coarse clock a second edit leaves size and times as they were: only the content tells."""
    file = tmp_path / "m.yaml"
    file.write_bytes(b"new")
    status = file.stat()
    changed = max(status.st_mtime_ns, status.st_ctime_ns)
    old = Stamp(str(file), 3, status.st_mtime_ns, status.st_ctime_ns, digest(b"old"))
    two_seconds = 2_000_000_000
    for later, is_believed in ((0, False), (two_seconds, False), (two_seconds + 1, True)):
        assert is_believed == cache.unchanged(old, changed + later)
        assert cache.unchanged(old._replace(digest=digest(b"new")), changed + later)


def test_an_edited_module_makes_kept_ledgers_stale(
    model: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Wherever it lies in the package: seen on a copy of the package's files."""
    package = Path(actorgraph.__file__).parent
    copies = [tmp_path / "code" / path.relative_to(package) for path in sorted(package.rglob("*.py"))]
    long_ago, later = (1_000_000_000, 1_000_000_000), (1_000_000_060, 1_000_000_060)
    for copy in copies:
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.touch()
        os.utime(copy, long_ago)
    monkeypatch.setattr(actorgraph, "__file__", str(tmp_path / "code/__init__.py"))
    load(model, cache=True)
    for copy in copies:
        assert Kept(str(model)).open() is not None
        os.utime(copy, later)
        assert Kept(str(model)).open() is None, copy
        os.utime(copy, long_ago)


def test_where_nothing_can_be_kept_the_answer_comes_all_the_same(model: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    blocked = model.parent / "blocked"
    blocked.write_text("a file where the folder would be", encoding="utf-8")
    monkeypatch.setenv("XDG_CACHE_HOME", str(blocked))
    assert ["fishers-union"] == opponents(model)
    assert ["fishers-union"] == opponents(model)


def test_known_by_has_a_ledger_of_its_own(model: Path) -> None:
    then = load(model, known_by="2026-01-15", cache=True)
    assert () == who(then, "opposes", "harbour", as_of="2026-06-01").rows
    assert ["fishers-union"] == opponents(model)
    assert ["2025-12-05", "2026-02-01"] == [then.latest_source, load(model, cache=True).latest_source]
    assert 2 == len(kept(model))


def test_each_choice_of_evidence_has_a_ledger_of_its_own(model: Path) -> None:
    choices: list[dict[str, Any]] = [{}, {"min_grade": "B2"}, {"min_grade": "C2"}, {"without": ["union-letter"]}]
    choices += [{"without": ["coast-weekly"]}, {"min_grade": "B2", "without": ["union-letter"]}]
    for number, limits in enumerate(choices, start=1):
        fresh, first, second = (
            load(model, **limits),
            load(model, cache=True, **limits),
            load(model, cache=True, **limits),
        )
        assert number == len(kept(model))
        assert fresh.things(*TYPES) == first.things(*TYPES) == second.things(*TYPES)
        assert (fresh.min_grade, fresh.without) == (second.min_grade, second.without)


def test_the_cache_folder_does_not_grow_for_ever(model: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("actorgraph.ledger.cache.MOST_KEPT", 3)
    for day in range(1, 8):
        load(model, known_by=f"2026-01-0{day}", cache=True)
    assert 3 == len(kept(model))


def test_in_memory_and_kept_ledgers_answer_alike(model: Path) -> None:
    opponents(model)
    fresh, cached = load(model), load(model, cache=True)
    assert what(fresh, "fishers", as_of="2026-06") == what(cached, "fishers", as_of="2026-06")
    assert fresh.things(*TYPES) == cached.things(*TYPES)
