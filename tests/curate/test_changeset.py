"""A changeset: the model checked with it, only what changes written, byte order marks kept."""

import os
from pathlib import Path

import pytest

from actorgraph.curate.changeset import changeset, sound, text_of
from actorgraph.curate.locate import located
from actorgraph.errors import ModelError, UsageProblem

TODAY = "2026-06-01"


def test_only_what_changes_is_written(town: Path) -> None:
    loaded, _ = sound(town, today=TODAY)
    actors, stances = (os.path.realpath(town / name) for name in ("actors.yaml", "stances.yaml"))
    text = text_of(actors) or ""
    same = text_of(stances) or ""
    changed = changeset(loaded, {actors: (text, text + "# end\n"), stances: (same, same)}, today=TODAY)
    assert ("graphs/town/actors.yaml",) == changed.paths
    assert [] == [line for line in changed.diff.split("\n") if line[:1] == "-" and line[:3] != "---"]
    changed.write()
    assert (town / "actors.yaml").read_text(encoding="utf-8").endswith("# end\n")


def test_what_somebody_else_wrote_since_it_was_read_is_not_lost(town: Path) -> None:
    loaded, _ = sound(town, today=TODAY)
    path = os.path.realpath(town / "actors.yaml")
    text = text_of(path) or ""
    Path(path).write_text(f"{text}# theirs\n", encoding="utf-8")
    changed = changeset(loaded, {path: (text, f"{text}# mine\n")}, today=TODAY)
    with pytest.raises(OSError, match="it has changed since it was read"):
        changed.write()
    assert f"{text}# theirs\n" == text_of(path)
    for change in (lambda: Path(path).write_text("actors: {}\n", encoding="utf-8"), Path(path).unlink):
        change()
        with pytest.raises(UsageProblem, match="has changed while the model was read; try again"):
            located(loaded)


def test_what_would_break_is_refused_and_what_was_wrong_is_not_told_again(town: Path) -> None:
    loaded, _ = sound(town, today=TODAY)
    path = os.path.realpath(town / "actors.yaml")
    text = text_of(path) or ""
    broken = changeset(loaded, {path: (text, text.replace("kind: person", "kind: clown"))}, today=TODAY)
    assert (True, None) == (broken.refused, broken.model)
    assert ["AG014"] == [problem.code for problem in broken.problems]
    older, _ = sound(town, today="2020-01-01")
    same = changeset(older, {path: (text, f"# one line more\n{text}")}, today="2020-01-01")
    assert older.problems
    assert () == same.problems


def test_a_broken_model_is_not_revised(town: Path) -> None:
    (town / "events.yaml").write_text("events: [", encoding="utf-8")
    with pytest.raises(ModelError):
        sound(town, today=TODAY)
