"""The tables beside a table of statements: whom and what it is about."""

from collections.abc import Mapping
from pathlib import Path

import pytest

pytest.importorskip("duckdb", reason="duckdb is not installed")

from actorgraph.engines.duckdb import Duckdb
from actorgraph.errors import UsageProblem
from actorgraph.exchange.sheets.mapping import SheetMapping
from actorgraph.exchange.sheets.side_tables import with_tables
from actorgraph.model.model import Model
from actorgraph.model.records import Header


def read(engine: Duckdb, folder: Path, tables: Mapping[str, str]) -> tuple[Model, tuple[str, ...]]:
    files = {}
    for name, text in tables.items():
        file = folder / f"{name}.csv"
        file.write_text(text, encoding="utf-8")
        files[name] = str(file)
    return with_tables(engine, Model(Header(id="m", title="M")), files, SheetMapping(), "2026-11-27")


def test_actors_proposals_and_members(engine: Duckdb, folder: Path) -> None:
    model, unread = read(
        engine,
        folder,
        {
            "actors": "id,name,kind,aliases,weight.population\nfr,France,state,Frankreich; FR,68\n,Italy,state,,59\n",
            "proposals": "id,title,since,until,fate,succeeds,part_of,entails,tags,seen\n"
            "new,A new harbour,2024-01,2026-01-01,withdrawn,Old harbour,,Works,sea; land,x\n",
            "members": "actor,group,since,until\nFR,European Union,1958,\nItaly,European Union,1958,2030\n",
        },
    )
    assert ("seen (proposals.csv)",) == unread
    assert ["fr", "italy", "european-union"] == list(model.actors)
    assert ("Frankreich", "FR") == model.actors["fr"].aliases
    assert {"population": 68} == model.actors["fr"].weight
    new = model.proposals["new"]
    assert [("old-harbour",), ("works",), ("sea", "land")] == [new.succeeds, new.entails, new.tags]
    assert ["new", "old-harbour", "works"] == list(model.proposals)
    told = [(tie.id, tie.since, tie.until) for tie in model.relations]
    assert [("fr.member-of.european-union", "1958", None), ("italy.member-of.european-union", "1958", "2030")] == told
    assert 3 == model.places["relations", "italy.member-of.european-union"].line


def test_a_dash_alone_says_nothing(engine: Duckdb, folder: Path) -> None:
    dashed = "id,name,kind,aliases,weight.population\n-,Italy,state,–,—\n"
    empty = "id,name,kind,aliases,weight.population\n,Italy,state,,\n"
    both = [read(engine, folder, {"actors": text})[0].actors for text in (dashed, empty)]
    assert both[0] == both[1]
    assert ["italy"] == list(both[0])


def test_a_membership_that_is_known_is_not_told_twice(engine: Duckdb, folder: Path) -> None:
    first, _ = read(engine, folder, {"members": "actor,group,since,until\nFR,EU,1958,1960\nFR,EU,1958,1960\n"})
    assert ["fr.member-of.eu"] == [tie.id for tie in first.relations]
    file = folder / "members.csv"
    file.write_text("actor,group,since,until\nFR,EU,1958,1960\nFR,EU,1970,\n", encoding="utf-8")
    again, _ = with_tables(engine, first, {"members": str(file)}, SheetMapping(), "2026-11-27")
    assert [("fr.member-of.eu", "1958"), ("fr.member-of.eu-2", "1970")] == [
        (tie.id, tie.since) for tie in again.relations
    ]


def test_what_is_told_anew_of_the_known_takes_the_place_of_what_was_told(engine: Duckdb, folder: Path) -> None:
    first, _ = read(
        engine,
        folder,
        {
            "actors": "id,name,kind,aliases,weight.population\na,A,state,Alpha,10\nb,B,person,,\n",
            "proposals": "id,title,since,tags\nx,X,2024-01,sea\n",
            "sources": "id,title,reliability\nrt,RT,D\n",
        },
    )
    files = {}
    for name, text in {
        "actors": "id,aliases,weight.seats\na,Al,3\nb,,\n",
        "proposals": "id,until,fate\nx,2024-09-01,rejected\n",
        "sources": "id,reliability\nrt,B\n",
    }.items():
        files[name] = str(folder / f"{name}-2.csv")
        Path(files[name]).write_text(text, encoding="utf-8")
    again, _ = with_tables(engine, first, files, SheetMapping(), "2026-11-27")
    actor, proposal = again.actors["a"], again.proposals["x"]
    assert ("A", "state", ("Alpha", "Al")) == (actor.name, actor.kind, actor.aliases)
    assert {"population": 10, "seats": 3} == actor.weight
    assert ("X", "2024-01", "2024-09-01", "rejected") == (proposal.title, proposal.since, proposal.until, proposal.fate)
    assert (first.actors["b"], first.sources["rt"]) == (again.actors["b"], again.sources["rt"])
    assert ["actors-2.csv", "actors.csv", "proposals-2.csv"] == [
        Path(again.places[place].file).name for place in (("actors", "a"), ("actors", "b"), ("proposals", "x"))
    ]


def test_an_alias_that_is_new_means_what_was_known_at_once(engine: Duckdb, folder: Path) -> None:
    first, _ = read(engine, folder, {"actors": "name,kind\nNorland,state\n", "proposals": "title\nToll\n"})
    files = {
        "actors": "name,aliases\nNorland,Norway\n",
        "proposals": "title,aliases,succeeds\nToll,Bridge fee,\nNew toll,,Bridge fee\n",
        "members": "actor,group,since\nNorway,Union,2025-01\n",
    }
    for name, text in files.items():
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    second, _ = with_tables(
        engine, first, {name: str(folder / f"{name}.csv") for name in files}, SheetMapping(), "2026-11-27"
    )
    assert (["norland", "union"], ["toll", "new-toll"]) == (list(second.actors), list(second.proposals))
    assert ("Norway",) == second.actors["norland"].aliases
    assert (("toll",), "norland") == (second.proposals["new-toll"].succeeds, second.relations[0].actor)


def test_a_source_is_filled_in_as_imports_do(engine: Duckdb, folder: Path) -> None:
    model, _ = read(engine, folder, {"sources": "id,title,reliability\nrt,RT,D\n"})
    source = model.sources["rt"]
    assert ("RT", "../2026-11-27", "D") == (source.publisher, source.published, source.reliability)


@pytest.mark.parametrize(
    ("tables", "problem"),
    [
        ({"actors": "id,name\nFR,France\n"}, "actors.csv, row 2: 'FR' is no id; it has small letters, digits and "),
        ({"actors": "id,name\nfr,France\nfr,Franconia\n"}, "actors.csv, row 3: 'fr' stands before already"),
        ({"actors": "name,kind\nFrance,planet\n"}, "actors.csv, row 2: .*'planet'"),
        ({"actors": "kind\nstate\n"}, "actors.csv, row 2: no name"),
        ({"proposals": "title,until\nP,2025\n"}, "proposals.csv, row 2: 'p' ends and has no fate"),
        ({"proposals": "title,since\nP,soon\n"}, "proposals.csv, row 2: since 'soon' is not a date"),
        ({"proposals": "title,succeeds\nP,Q\nQ,P\n"}, "proposals.csv, row 2: 'p' succeeds itself, in a circle"),
        ({"members": "actor,group\nA,B\n"}, "members.csv, row 2: .*since"),
    ],
)
def test_what_is_wrong_is_said_with_its_place(
    engine: Duckdb, folder: Path, tables: dict[str, str], problem: str
) -> None:
    with pytest.raises(UsageProblem, match=problem):
        read(engine, folder, tables)
