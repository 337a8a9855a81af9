"""What is appended stands as if all had been compiled together, and only what it touches is written."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from builders import lives, model, stance, statements
from crowded import crowded
from hypothesis import given
from hypothesis import strategies as st
from laws import examples
from statement_tables import COLUMNS, statement_rows

from actorgraph.engines.append import Appended, KnownBefore, append_statements, known_in
from actorgraph.engines.compile import compile_model, compile_statements
from actorgraph.engines.folder import manifest_of, writing
from actorgraph.engines.sources import SOURCE
from actorgraph.errors import UsageProblem
from actorgraph.ledger.filters import ALL
from actorgraph.model.model import Model
from actorgraph.model.records import Actor, Commitment, Proposal, Stance

pytest.importorskip("duckdb", reason="duckdb is not installed")

from actorgraph.engines.duckdb import Duckdb

CLEANED = [column for column in COLUMNS if column != "batch"]
Said = list[Stance | Commitment]


def arrived(engine: Duckdb, whole: Model, part_rows: int = 3) -> Model:
    """Let the statements of a model arrive, to be written in parts of a few; return the model without them."""
    engine.part_rows = part_rows
    engine.fill("incoming", COLUMNS, statement_rows(whole))
    engine.make("cleaned", f"SELECT {', '.join(CLEANED)} FROM incoming")
    engine.fill("cited", {**SOURCE, "place": "TEXT"}, ())
    return replace(whole, stances=(), commitments=())


def compiled(engine: Duckdb, whole: Model, folder: Path, part_rows: int = 3) -> Model:
    """Compile the statements of a model; return the model without them."""
    frame = arrived(engine, whole, part_rows)
    with writing(str(folder)) as new:
        compile_statements(engine, frame, new, made_of={"source": "a"})
    return frame


def appended(engine: Duckdb, whole: Model, before: Model, folder: Path, part_rows: int = 3) -> Appended:
    """Append the statements of a model to a folder of which that before was compiled."""
    known = KnownBefore(manifest_of(str(folder)), before)
    with writing(str(folder)) as new:
        return append_statements(engine, arrived(engine, whole, part_rows), known, new, made_of={"source": "b"})


def tables(engine: Duckdb, folder: Path) -> dict[str, list[str]]:
    """Return every table of a folder, row by row, but for when and from where its rows came."""
    found = {}
    for table, files in manifest_of(str(folder)).tables.items():
        engine.read("one", [str(folder / file) for file in files])
        columns = [column for column in engine.columns("one") if column not in ("batch", "line")]
        found[table] = sorted(map(repr, engine.run(f"SELECT {', '.join(columns)} FROM one")))
    return found


@examples(12)
@given(said=statements(), first=st.integers(0, 16), dated=lives, was_dated=lives)
def test_an_append_equals_a_compile_of_all(
    shared_engine: Duckdb,
    tmp_path_factory: pytest.TempPathFactory,
    said: Said,
    first: int,
    dated: dict[str, Any],
    was_dated: dict[str, Any],
) -> None:
    one, other = tmp_path_factory.mktemp("appended"), tmp_path_factory.mktemp("whole")
    whole = model(*said, **dated)
    compiled(shared_engine, whole, other)
    before = compiled(shared_engine, model(*said[:first], **was_dated), one)
    appended(shared_engine, _only(whole, said[first:]), before, one)
    assert tables(shared_engine, other) == tables(shared_engine, one)


def test_so_does_one_to_crowded_tracks_of_which_it_touches_some(shared_engine: Duckdb, tmp_path: Path) -> None:
    """One actor has another name and another life since; of each part some tracks stay as they were."""
    whole = crowded(8, 6)
    said: Said = [*whole.stances, *whole.commitments]
    old = _only(whole, [record for number, record in enumerate(said) if number % 15])
    was = {**whole.actors, "a-3": Actor.model_validate({"name": "A", "kind": "state", "since": "2024-02-11"})}
    texts = {**whole.proposals, "p-4": Proposal.model_validate({"title": "P", "since": "2024-02-11"})}
    one, other = tmp_path / "appended", tmp_path / "whole"
    compiled(shared_engine, whole, other, part_rows=100)
    before = compiled(shared_engine, replace(old, actors=was, proposals=texts), one, part_rows=100)
    appended(shared_engine, _only(whole, said[::15]), before, one, part_rows=100)
    assert tables(shared_engine, other) == tables(shared_engine, one)
    parts = manifest_of(str(one)).parts
    assert 1 < len(parts) < 6
    for part in parts:
        shared_engine.read("one", [str(one / file) for file in part.statements])
        proposals = sorted(key for (key,) in shared_engine.run("SELECT DISTINCT proposal FROM one"))
        assert (proposals[0], proposals[-1], len(proposals)) == (part.first, part.last, part.proposals)


def _only(whole: Model, said: Sequence[Stance | Commitment]) -> Model:
    """Return a model of some of its statements."""
    ids = {record.id for record in said}
    return replace(
        whole,
        stances=tuple(record for record in whole.stances if record.id in ids),
        commitments=tuple(record for record in whole.commitments if record.id in ids),
    )


def test_what_is_not_touched_is_not_written(shared_engine: Duckdb, tmp_path: Path) -> None:
    old = [stance("open", f"2024-01-0{day}", proposal=proposal) for proposal in "pq" for day in (1, 2, 3)]
    before = compiled(shared_engine, model(*old), tmp_path)
    parts = manifest_of(str(tmp_path)).parts
    appended(shared_engine, model(stance("opposes", "2024-02-01", proposal="q", id="new")), before, tmp_path)
    again = manifest_of(str(tmp_path)).parts
    assert [("p", "p", (3, 1)), ("q", "q", (4, 2))] == [(part.first, part.last, part.rows) for part in again]
    assert parts[0] == again[0]
    assert parts[1].holdings != again[1].holdings


@pytest.mark.parametrize(
    ("more", "parts"), [("ppppqq", [("p", "p", 5), ("q", "q", 2)]), ("ppppq", [("p", "q", 6)])], ids=["parted", "kept"]
)
def test_a_part_that_has_grown_to_more_than_twice_its_size_is_parted(
    shared_engine: Duckdb, tmp_path: Path, more: str, parts: list[tuple[str, str, int]]
) -> None:
    before = compiled(shared_engine, model(stance("open", "2024-01-01", proposal="p")), tmp_path)
    new = [stance("open", f"2024-01-0{day}", proposal=on, id=f"n{day}") for day, on in enumerate(more, 2)]
    appended(shared_engine, model(*new), before, tmp_path)
    assert parts == [(part.first, part.last, part.rows[0]) for part in manifest_of(str(tmp_path)).parts]


def test_what_is_known_adds_nothing(shared_engine: Duckdb, tmp_path: Path) -> None:
    before = compiled(
        shared_engine, model(stance("open", "2024-01-01", id="a1"), stance("open", "2024-02", id="a2")), tmp_path
    )
    more = model(
        stance("open", "2024-01-01", "early", "late", id="a1"),
        stance("open", "2024-02", id="a2"),
        stance("supports", "2024-03", id="a3"),
    )
    again = appended(shared_engine, more, before, tmp_path)
    assert (2, 2) == again[1:]
    assert 4 == again.manifest.counts["statements"]
    assert {"source": "a", "appended": [{"source": "b", "added": 2, "known": 2}]} == manifest_of(str(tmp_path)).made_of


def test_a_single_row_that_is_known_adds_nothing(shared_engine: Duckdb, tmp_path: Path) -> None:
    known = model(stance("open", "2024-01-01"))
    before = compiled(shared_engine, known, tmp_path)
    assert (0, 1) == appended(shared_engine, known, before, tmp_path)[1:]


def test_nor_does_one_without_evidence(shared_engine: Duckdb, tmp_path: Path) -> None:
    def bare() -> Model:
        frame = arrived(shared_engine, model(stance("open", "2024-01-01")))
        others = ", ".join(set(CLEANED) - {"evidence"})
        shared_engine.make("cleaned", f"SELECT {others}, CAST(NULL AS STRING) AS evidence FROM incoming")
        return frame

    with writing(str(tmp_path)) as new:
        compile_statements(shared_engine, bare(), new, made_of={})
    known = known_in(str(tmp_path))
    with writing(str(tmp_path)) as new:
        assert (0, 1) == append_statements(shared_engine, bare(), known, new, made_of={})[1:]


def test_a_column_that_only_some_have_is_empty_for_the_others(shared_engine: Duckdb, tmp_path: Path) -> None:
    before = compiled(shared_engine, model(stance("open", "2024-01-01")), tmp_path)
    for key, colour in (("b", ", 'red' AS colour"), ("c", "")):
        frame = arrived(shared_engine, model(stance("open", "2024-01-02", id=key)))
        shared_engine.make("cleaned", f"SELECT {', '.join(CLEANED)}{colour} FROM incoming")
        with writing(str(tmp_path)) as new:
            known = KnownBefore(manifest_of(str(tmp_path)), before)
            append_statements(shared_engine, frame, known, new, made_of={})
    shared_engine.read("one", [str(tmp_path / file) for file in manifest_of(str(tmp_path)).tables["statements"]])
    assert [("b", "red"), ("c", None), ("r0", None)] == shared_engine.run("SELECT id, colour FROM one ORDER BY id")


def test_nothing_is_added_to_what_is_no_whole_table_of_statements(shared_engine: Duckdb, tmp_path: Path) -> None:
    curated = model(stance("open", "2024-01-01"))
    with writing(str(tmp_path / "curated")) as new:
        compile_model(shared_engine, curated, new, made_of={})
    frame = arrived(shared_engine, curated)
    filters = ALL._replace(known_by=20240201)
    with writing(str(tmp_path / "edition")) as new:
        compile_statements(shared_engine, frame, new, made_of={}, filters=filters)
    for folder, message in {
        "curated": "is of a curated model; add the statements to that, and compile it again",
        "edition": "has not all evidence any more; compile all from the source",
        "nowhere": "has no holdings yet; compile them first, without --append",
    }.items():
        with pytest.raises(UsageProblem, match=message):
            known_in(str(tmp_path / folder))
