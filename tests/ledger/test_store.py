"""The ledger: names, and a cache that is never believed when stale."""

import os
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

import actorgraph
from actorgraph.cli.main import cli
from actorgraph.dates import OPEN
from actorgraph.errors import ModelError, UsageProblem
from actorgraph.ledger.cache import Kept
from actorgraph.ledger.store import Ledger, editions, editions_of, load
from actorgraph.model.kinds import TYPES
from actorgraph.model.loader import load_model
from actorgraph.questions.who import what, who

TROOPS = "graphs/ukraine-troops"


@pytest.fixture(scope="module")
def troops() -> Ledger:
    return load(Path(__file__).parent.parent.parent / TROOPS)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("Britain", "uk"),
        ("uk", "uk"),
        ("United  Kingdom", "uk"),
        ("Kiev", "ukraine"),
        ("KYIV", "ukraine"),
        ("Zelenskyy", "zelensky"),
        ("Türkiye", "turkey"),
        ("turkiye", "turkey"),
        ("the coalition of the willing", "coalition-of-the-willing"),
        ("Czechia", "czech-republic"),
        ("America", "us"),
    ],
)
def test_natural_names_of_actors(troops: Ledger, typed: str, expected: str) -> None:
    assert expected == troops.resolve(typed, "actor").id


@pytest.mark.parametrize(
    "typed", ["boots on the ground", "Reassurance Force", "multinational_force", "sending troops to Ukraine"]
)
def test_natural_names_of_proposals(troops: Ledger, typed: str) -> None:
    assert "multinational-force" == troops.resolve(typed, "proposal").id


def test_an_unknown_name_lists_the_nearest(troops: Ledger) -> None:
    with pytest.raises(UsageProblem, match=r"no actor answers to 'Rusia'; did you mean 'russia' \(Russia\)"):
        troops.resolve("Rusia", "actor")


def test_a_name_of_another_kind_is_told(troops: Ledger) -> None:
    with pytest.raises(UsageProblem, match="'russia' is the actor Russia, not a proposal"):
        troops.resolve("russia", "proposal")


def test_an_ambiguous_name_lists_all(tmp_path: Path) -> None:
    path = tmp_path / "m.yaml"
    path.write_text(
        "model: {id: m, title: M}\nactors:\n"
        "  georgia: {name: Georgia, kind: state}\n  georgia-us: {name: Georgia, kind: state}\n",
        encoding="utf-8",
    )
    ledger = load(path)
    assert "georgia" == ledger.resolve("georgia", "actor").id, "an id is exact"
    with pytest.raises(UsageProblem, match=r"ambiguous: it may be georgia \(Georgia\), georgia-us \(Georgia\)"):
        ledger.resolve("Georgia", "actor")


# -- the cache -----------------------------------------------------------------------------------------------


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
    monkeypatch.setattr("actorgraph.ledger.tables.build", lambda *_, **__: pytest.fail("built again"))
    assert ["fishers-union"] == opponents(model)


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
    monkeypatch.setattr("actorgraph.ledger.tables.build", lambda *_, **__: pytest.fail("built again"))
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


def test_a_ledger_damaged_in_place_is_said_and_gone(model: Path) -> None:
    opponents(model)
    (file,) = kept(model)
    whole = file.read_bytes()
    asked = ["who", "opposes", "harbour", "--model", str(model), "--as-of", "2026-06"]
    said = 0
    for start in range(4096, len(whole), 4096):
        file.write_bytes(whole[:start] + b"\x5a" * 4096 + whole[start + 4096 :])
        os.utime(file, ns=(2**62, 2**62))
        result = CliRunner().invoke(cli, asked, catch_exceptions=False)
        if result.exit_code:
            said += 1
            assert "the kept ledger was damaged" in result.stderr
            result = CliRunner().invoke(cli, asked, catch_exceptions=False)
        assert "Fishers’ Union" in result.stdout
    assert said


@pytest.mark.parametrize("damage", ["empty", "text", "truncated", "old version"])
def test_a_damaged_ledger_is_built_again(model: Path, damage: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert ["fishers-union"] == opponents(model)
    (file,) = kept(model)
    raw = file.read_bytes()
    if damage == "old version":
        monkeypatch.setattr("actorgraph.__version__", "9.9.9")
    else:
        file.write_bytes({"empty": b"", "text": b"no database", "truncated": raw[: len(raw) // 2]}[damage])
    assert ["fishers-union"] == opponents(model)
    assert kept(model)[0].read_bytes() != b"no database"


CODE = sorted(Path(actorgraph.__file__).parent.rglob("*.py"))


@pytest.mark.parametrize("edited", [path.relative_to(CODE[0].parent).as_posix() for path in CODE])
def test_an_edited_module_makes_kept_ledgers_stale(
    edited: str, model: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Wherever it lies in the package: seen on a copy of the package's files."""
    for path in CODE:
        copy = tmp_path / "code" / path.relative_to(CODE[0].parent)
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.touch()
        os.utime(copy, (1_000_000_000, 1_000_000_000))
    monkeypatch.setattr(actorgraph, "__file__", str(tmp_path / "code/__init__.py"))
    load(model, cache=True)
    assert Kept(str(model), OPEN).open() is not None
    os.utime(tmp_path / "code" / edited, (1_000_000_060, 1_000_000_060))
    assert Kept(str(model), OPEN).open() is None


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


def test_the_cache_folder_does_not_grow_for_ever(model: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("actorgraph.ledger.cache._KEEP", 3)
    for day in range(1, 8):
        load(model, known_by=f"2026-01-0{day}", cache=True)
    assert 3 == len(kept(model))


def test_in_memory_and_kept_ledgers_answer_alike(model: Path) -> None:
    opponents(model)
    fresh, cached = load(model), load(model, cache=True)
    assert what(fresh, "fishers", as_of="2026-06") == what(cached, "fishers", as_of="2026-06")
    assert fresh.things(*TYPES) == cached.things(*TYPES)


def test_editions_of_a_model_are_those_of_its_path() -> None:
    model = load_model("examples/minimal.yaml")
    for known_by in (None, "2026-01"):
        from_path, from_model = (
            editions("examples/minimal.yaml", known_by=known_by),
            editions_of(model, known_by=known_by),
        )
        assert [one.known_by for one in from_path] == [one.known_by for one in from_model]
        assert [one.things(*TYPES) for one in from_path] == [one.things(*TYPES) for one in from_model]
    with pytest.raises(UsageProblem, match="is not a date"):
        editions_of(model, known_by="someday")
