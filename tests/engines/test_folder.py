"""A folder of holdings: what is half-written never counts, one alone writes, and damage is told."""

import json
from pathlib import Path

import pytest

from actorgraph.engines.folder import SCHEMA_VERSION, Manifest, Writing, manifest_of, must_be_ours, writing
from actorgraph.errors import UsageProblem
from actorgraph.model.paths import MANIFEST, is_holdings


def put(new: Writing, table: str, content: str) -> dict[str, tuple[str, ...]]:
    """Write a file of a table, as an engine would."""
    place = new.place(table)
    Path(place).write_text(content, encoding="utf-8")
    return {table: new.written(place)}


def compiled(folder: Path, content: str = "old") -> Manifest:
    """Return the manifest of a folder with one table."""
    with writing(str(folder)) as new:
        tables = put(new, "holdings", content)
        return new.swap(Manifest(0, False, {"source": "a test"}, {"holdings": 1}, {}, tables, {}))


def stopped(folder: Path) -> None:
    """Begin to write, and be stopped by Ctrl-C."""
    with writing(str(folder)) as new:
        put(new, "holdings", "new")
        raise KeyboardInterrupt


def content(folder: Path) -> str:
    """Return what the one table of a folder holds, by its manifest."""
    (file,) = manifest_of(str(folder)).tables["holdings"]
    return (folder / file).read_text(encoding="utf-8")


def test_what_is_swapped_in_counts(tmp_path: Path) -> None:
    compiled(tmp_path / "h")
    assert is_holdings(str(tmp_path / "h"))
    assert {"holdings": ("g1/holdings-1.parquet",)} == manifest_of(str(tmp_path / "h")).tables
    assert "old" == content(tmp_path / "h")


def test_what_fails_leaves_what_stood(tmp_path: Path) -> None:
    compiled(tmp_path / "h")
    with pytest.raises(KeyboardInterrupt):
        stopped(tmp_path / "h")
    assert "old" == content(tmp_path / "h")
    assert ["g1"] == sorted(path.name for path in (tmp_path / "h").glob("g*"))


def test_what_fails_at_first_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(KeyboardInterrupt):
        stopped(tmp_path / "h")
    assert [] == list(tmp_path.iterdir())


def test_nothing_is_written_before_it_can_be_undone(tmp_path: Path) -> None:
    compiled(tmp_path / "h")
    Writing(tmp_path / "h", None)
    assert ["g1"] == sorted(path.name for path in (tmp_path / "h").glob("g*"))


def test_readers_keep_the_last_tables_until_the_next_but_one(tmp_path: Path) -> None:
    first = compiled(tmp_path / "h", "first")
    compiled(tmp_path / "h", "second")
    assert all((tmp_path / "h" / file).exists() for file in first.files)
    compiled(tmp_path / "h", "third")
    assert not any((tmp_path / "h" / file).exists() for file in first.files)
    assert "third" == content(tmp_path / "h")


def test_what_a_killed_compile_left_goes(tmp_path: Path) -> None:
    compiled(tmp_path / "h")
    (tmp_path / "h" / "g2").mkdir()
    (tmp_path / "h" / "g2" / "holdings.parquet").write_text("half", encoding="utf-8")
    assert "old" == content(tmp_path / "h")
    compiled(tmp_path / "h", "new")
    assert "new" == content(tmp_path / "h")


def test_files_that_were_moved_behind_a_link_are_never_changed(tmp_path: Path) -> None:
    compiled(tmp_path / "h", "old")
    (tmp_path / "h" / "g1").rename(tmp_path / "g1")
    (tmp_path / "h" / "g1").symlink_to(tmp_path / "g1")
    assert "old" == content(tmp_path / "h")
    compiled(tmp_path / "h", "new")
    assert ("new", "old") == (content(tmp_path / "h"), (tmp_path / "g1" / "holdings-1.parquet").read_text("utf-8"))


def test_holdings_do_not_go_among_the_tables_of_others(tmp_path: Path) -> None:
    """Those would be taken away with the tables that nobody needs any more."""
    compiled(tmp_path / "h")
    for inside in ("g2", "g1/own"):
        with pytest.raises(UsageProblem, match=r"lies among the tables of the holdings .*h; name another folder"):
            compiled(tmp_path / "h" / inside)
    compiled(tmp_path / "h" / "g", "beside")
    compiled(tmp_path / "h", "new")
    compiled(tmp_path / "h", "newer")
    assert "beside" == content(tmp_path / "h" / "g")


def test_of_two_at_once_one_says_so(tmp_path: Path) -> None:
    with writing(str(tmp_path / "h")) as new:
        with pytest.raises(UsageProblem, match=r"another compile is writing into .*h; wait until it is done"):
            compiled(tmp_path / "h", "other")
        new.swap(Manifest(0, False, {}, {}, {}, put(new, "holdings", "mine"), {}))
    assert "mine" == content(tmp_path / "h")


def test_a_folder_of_something_else_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "thesis.doc").write_text("!", encoding="utf-8")
    with pytest.raises(UsageProblem, match="holds something else than holdings; name a folder that is new or empty"):
        compiled(tmp_path)
    assert ["thesis.doc"] == [path.name for path in tmp_path.iterdir()]
    with pytest.raises(UsageProblem, match=r"is no folder of holdings: it has no manifest\.json"):
        manifest_of(str(tmp_path))


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"schema": 99}, rf"was compiled by another version .* of version 99, not {SCHEMA_VERSION}\)"),
        ({"counts": {"holdings": 2}}, "is damaged: manifest.json is not as it was written"),
        ({"format": "other"}, "is no folder of holdings: its manifest.json is of something else"),
    ],
)
def test_a_manifest_that_was_changed_is_told(tmp_path: Path, change: dict[str, object], message: str) -> None:
    compiled(tmp_path)
    file = tmp_path / MANIFEST
    file.write_text(json.dumps(json.loads(file.read_text(encoding="utf-8")) | change), encoding="utf-8")
    with pytest.raises(UsageProblem, match=message):
        manifest_of(str(tmp_path))


@pytest.mark.parametrize("change", [{"schema": 99}, {"counts": {"holdings": 2}}])
def test_what_cannot_be_read_any_more_is_compiled_anew(tmp_path: Path, change: dict[str, object]) -> None:
    first = compiled(tmp_path / "h", "old")
    file = tmp_path / "h" / MANIFEST
    file.write_text(json.dumps(json.loads(file.read_text(encoding="utf-8")) | change), encoding="utf-8")
    with pytest.raises(KeyError), writing(str(tmp_path / "h")):
        raise KeyError
    assert all((tmp_path / "h" / name).exists() for name in first.files), "what stood there stays until the swap"
    compiled(tmp_path / "h", "new")
    assert "new" == content(tmp_path / "h")
    assert not any((tmp_path / "h" / name).exists() for name in first.files)


@pytest.mark.parametrize("other", ["{}", "[]", '{"name": "a page", "icons": []}', "{", ""])
def test_a_manifest_of_something_else_is_left_alone(tmp_path: Path, other: str) -> None:
    (tmp_path / MANIFEST).write_text(other, encoding="utf-8")
    with pytest.raises(UsageProblem, match=r"is no folder of holdings: its manifest.json (is of something|cannot be)"):
        compiled(tmp_path)
    assert other == (tmp_path / MANIFEST).read_text(encoding="utf-8")


def test_what_only_looks_like_files_of_a_compile_is_left_alone(tmp_path: Path) -> None:
    """Photos in a folder g7, a file g5, and a link g3 that leads out of the folder."""
    outside = tmp_path / "outside"
    for folder in (outside, tmp_path / "a/g7", tmp_path / "b", tmp_path / "c"):
        folder.mkdir(parents=True)
    (tmp_path / "a/g7/photo.jpg").write_text("x", encoding="utf-8")
    (tmp_path / "b/g5").write_text("x", encoding="utf-8")
    (outside / "thesis.parquet").write_text("x", encoding="utf-8")
    (tmp_path / "c/g3").symlink_to(outside)
    for name in ("a", "b", "c"):
        with pytest.raises(UsageProblem, match="holds something else than holdings"):
            compiled(tmp_path / name)
    compiled(tmp_path / "h", "first")
    (tmp_path / "h/g1/notes.txt").write_text("x", encoding="utf-8")
    (tmp_path / "h/g9").symlink_to(outside)
    for content_of in ("second", "third", "fourth"):
        compiled(tmp_path / "h", content_of)
    kept = ("a/g7/photo.jpg", "b/g5", "outside/thesis.parquet", "h/g1/notes.txt", "h/g9")
    assert all((tmp_path / name).exists() for name in kept)
    assert not (tmp_path / "h/g1/holdings-1.parquet").exists()


def test_missing_changed_and_cut_files_are_told(tmp_path: Path) -> None:
    compiled(tmp_path, "content")
    file = tmp_path / "g1" / "holdings-1.parquet"
    file.write_text("comtent", encoding="utf-8")
    with pytest.raises(UsageProblem, match=r"is damaged: g1/holdings-1.parquet is not as it was written; compile it"):
        manifest_of(str(tmp_path))
    file.write_text("con", encoding="utf-8")
    with pytest.raises(
        UsageProblem, match=r"is damaged: g1/holdings-1.parquet has 3 bytes instead of 7; compile it again"
    ):
        manifest_of(str(tmp_path))
    file.unlink()
    with pytest.raises(UsageProblem, match=r"is damaged: g1/holdings-1.parquet is missing"):
        manifest_of(str(tmp_path))


def test_a_link_that_leads_nowhere_is_no_place_for_holdings(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to("gone")
    with pytest.raises(UsageProblem, match="link is a link that leads nowhere; name another folder"):
        must_be_ours(str(tmp_path / "link"))


def test_a_folder_without_a_name_is_none() -> None:
    with pytest.raises(UsageProblem, match="holdings need a folder, and none is named"):
        must_be_ours("")
