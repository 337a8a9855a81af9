"""What all answers share: a Python sequence, a notebook's table, flat records, a data frame, and no mutable part."""

import csv
import io
import pickle
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import polars as pl
import pytest
from asking import HARBOUR, answer, ask
from generator import model_text

import actorgraph
from actorgraph.ledger.load import load
from actorgraph.ledger.store import Ledger
from actorgraph.questions import about
from actorgraph.questions.cells import ASKED_COLUMNS
from actorgraph.questions.envelope import Envelope, ReadOnly
from actorgraph.questions.listing import Listing
from actorgraph.render.grid import to_csv

ANSWERS: dict[str, Callable[[Ledger], Listing[Any]]] = {
    "who": lambda ledger: actorgraph.who(ledger, "any", "harbour", as_of="2026-06"),
    "who opposes an actor": lambda ledger: actorgraph.who(ledger, "opposes", "fishers-union", as_of="2026-06"),
    "what": lambda ledger: actorgraph.what(ledger, "harbour-board", as_of="2026-06"),
    "everything": lambda ledger: actorgraph.everything(ledger, as_of="2026-06"),
    "why": lambda ledger: actorgraph.why(ledger, "fishers-union", "harbour", as_of="2026-06"),
    "timeline": lambda ledger: actorgraph.timeline(ledger, "harbour", as_of="2026-06"),
    "disputes": lambda _: actorgraph.disputes(load("graphs/ukraine-troops"), as_of="2026-01-10"),
    "diff": lambda ledger: actorgraph.diff(ledger, "2025-12", "2026-03"),
    "versions": lambda ledger: actorgraph.diff_versions(
        load("examples/minimal.yaml", known_by="2026-01-15"), ledger, as_of="2026-06"
    ),
    "verify": lambda ledger: actorgraph.verify(ledger, "examples"),
    "snapshot": lambda ledger: actorgraph.snapshot(ledger, as_of="2026-06"),
}


@pytest.fixture(params=ANSWERS)
def listing(request: pytest.FixtureRequest) -> Listing[Any]:
    return ANSWERS[request.param](load("examples/minimal.yaml"))


def test_an_answer_is_a_sequence_of_what_it_lists(listing: Listing[Any]) -> None:
    items = list(listing)
    assert items
    assert tuple(items) == listing.listed == listing[:]
    assert len(items) == len(listing)
    assert (items[0], items[-1]) == (listing[0], listing[-1])
    with pytest.raises(IndexError):
        _ = listing[len(items)]


def test_its_fields_are_still_there_by_name() -> None:
    ledger = load("examples/minimal.yaml")
    assert actorgraph.who(ledger, "any", "harbour", as_of="2026").rows
    assert actorgraph.diff(ledger, "2025", "2026").changes
    assert actorgraph.timeline(ledger, "harbour", as_of="2026").moments


def test_an_empty_answer_is_false() -> None:
    assert not actorgraph.who(load("examples/minimal.yaml"), "declines", "harbour", as_of="2026")


def test_nothing_in_an_answer_can_be_changed(listing: Listing[Any]) -> None:
    assert hash(listing) == hash(listing)
    with pytest.raises(AttributeError):
        setattr(listing, listing.LISTS, ())
    with pytest.raises(TypeError):
        vars(listing).get("query", ReadOnly({}))["command"] = "other"


def test_equal_questions_have_equal_answers() -> None:
    for ask_for in ANSWERS.values():
        assert ask_for(load("examples/minimal.yaml")) == ask_for(load("examples/minimal.yaml"))


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("who", "<Answer: who any harbour, as of 2026-06-30, 3 rows>"),
        ("who opposes an actor", "<Answer: who opposes fishers-union, as of 2026-06-30, 1 row>"),
        ("everything", "<Answer: export, as of 2026-06-30, 3 rows>"),
        ("why", "<Why: why fishers-union harbour, as of 2026-06-30, 1 row>"),
        ("timeline", "<Timeline: timeline harbour, as of 2026-06-30, 5 moments>"),
        ("diff", "<Changes: diff from 2025-12-31 to 2026-03-31, 3 changes>"),
        ("versions", "<Versions: diff, as of 2026-06-30, 6 differences>"),
        ("verify", "<Verification: minimal in examples, 4 sources>"),
        ("snapshot", "<Snapshot: minimal, as of 2026-06-30, 3 rows>"),
    ],
)
def test_its_repr_is_short(name: str, expected: str) -> None:
    assert expected == repr(ANSWERS[name](load("examples/minimal.yaml")))


def test_records_are_what_csv_has(listing: Listing[Any]) -> None:
    records = listing.records()
    assert records
    assert {listing.columns} == {tuple(record) for record in records}
    lines = list(csv.DictReader(io.StringIO(to_csv(records, listing.columns))))
    assert len(records) == len(lines)


_ON = {"as_of": "2026-01-10", "assume": ["not:ceasefire"]}
FILTERED: dict[str, Callable[..., Listing[Any]]] = {
    "who": lambda ledger, **on: actorgraph.who(ledger, "any", "multinational-force", **on),
    "why": lambda ledger, **on: actorgraph.why(ledger, "uk", "multinational-force", **on),
    "timeline": lambda ledger, **on: actorgraph.timeline(ledger, "russia", **on),
    "disputes": actorgraph.disputes,
    "tally": lambda ledger, **on: actorgraph.tally(ledger, weight="actors", threshold="2/3", **on),
    "sensitivity": actorgraph.sensitivity,
    "pledges": actorgraph.pledges,
    "align": lambda ledger, **on: actorgraph.align(ledger, sensitivity=True, **on),
    "align_pair": lambda ledger, **on: actorgraph.align_pair(ledger, "uk", "france", sensitivity=True, **on),
    "match": lambda ledger, **on: actorgraph.match(ledger, "uk", **on),
    "blocs": actorgraph.blocs,
    "balance": actorgraph.balance,
    "network": actorgraph.network,
    "series": lambda ledger, **on: actorgraph.series(ledger, "index", sensitivity=True, **on),
}


@pytest.mark.parametrize("name", FILTERED)
def test_every_record_says_on_what_it_holds(name: str) -> None:
    ledger = load("graphs/ukraine-troops", known_by="2026-01-09", min_grade="E5", without=["rt-2025-05-28"])
    records = FILTERED[name](ledger, **_ON).records()
    asked = ("2026-01-10", "2026-01-09", "E5", ("rt-2025-05-28",), ("not:ceasefire",))
    assert {asked} == {tuple(record[column] for column in ASKED_COLUMNS) for record in records}


def test_records_of_a_row() -> None:
    (record,) = actorgraph.who(load("examples/minimal.yaml"), "opposes", "harbour", as_of="2026-06").records()
    assert ("2026-06-30", "Fishers’ Union", "opposes", None) == tuple(
        record[column] for column in ("as_of", "actor_name", "position", "until")
    )
    assert ("Fishers’ Union 2026-01-16, lines 3-6, via Coast Weekly [B2]",) == record["evidence"]


def test_a_frame_is_the_records_with_days_as_dates(listing: Listing[Any]) -> None:
    """Both libraries hold the same; tests/questions/test_frames.py tells the rest."""
    pandas, polars = listing.to_frame(), listing.to_frame("polars")
    assert list(listing.columns) == list(pandas.columns) == polars.columns
    assert len(listing.records()) == len(pandas) == len(polars)
    for column in {"as_of", "since", "until", "last_said", "from", "to"} & set(pandas.columns):
        assert pd.api.types.is_datetime64_any_dtype(pandas[column])
        assert pl.Date == polars[column].dtype
        days = [record[column] for record in listing.records()]
        assert days == [day and day.isoformat() for day in polars[column].to_list()]


@pytest.mark.parametrize(
    ("name", "command"),
    [
        ("who", ("who", "any", "harbour", *HARBOUR, "--as-of", "2026-06")),
        ("why", ("why", "fishers-union", "harbour", *HARBOUR, "--as-of", "2026-06")),
        ("timeline", ("timeline", "harbour", *HARBOUR, "--as-of", "2026-06")),
        ("disputes", ("disputes", "-m", "graphs/ukraine-troops", "--as-of", "2026-01-10")),
        ("diff", ("diff", "2025-12", "2026-03", *HARBOUR)),
        ("verify", ("verify", *HARBOUR, "--documents", "examples")),
    ],
)
def test_its_json_is_that_of_the_command_line(name: str, command: tuple[str, ...]) -> None:
    told = ANSWERS[name](load("examples/minimal.yaml")).to_json()
    assert ask(*command, "--format", "json").stdout == f"{told}\n"


def test_a_notebook_shows_a_table(listing: Listing[Any]) -> None:
    html = listing._repr_html_()
    assert html.startswith("<table><caption>")
    assert len(listing.records()) == html.count("<tr>") - 1
    assert not re.search(r"<(?!/?(table|caption|thead|tbody|tr|th|td|br)>)", html)


def test_a_notebook_shows_text_as_text(tmp_path: Path) -> None:
    path = tmp_path / "m.yaml"
    text = Path("examples/minimal.yaml").read_text(encoding="utf-8")
    path.write_text(text.replace("Harbour Board, kind", '"<script>alert(1)</script> & Co", kind'), encoding="utf-8")
    html = actorgraph.what(load(path), "harbour-board", as_of="2026")._repr_html_()
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; Co" in html
    assert "<script>" not in html


def test_a_long_table_in_a_notebook_is_cut_and_says_so() -> None:
    ledger = load("graphs/ukraine-troops")
    wide = actorgraph.diff(ledger, "2020", "2026-06", every=True)
    assert len(wide.records()) > 100
    assert (101, True) == (wide._repr_html_().count("<tr>"), "; the first 100 lines" in wide._repr_html_())


def test_a_read_only_mapping_equals_a_dict() -> None:
    query = ReadOnly({"command": "who"})
    assert {"command": "who"} == query
    assert {query: 1}[ReadOnly({"command": "who"})] == 1
    assert "{'command': 'who'}" == repr(query)
    with pytest.raises(TypeError):
        query["command"] = "what"  # type: ignore[index]


# -- what an answer carries for its tables ------------------------------------------------------------------------


def test_who_opposes_an_actor_holds_both_sides_in_every_format() -> None:
    question = ("who", "opposes", "fishers-union", *HARBOUR, "--as-of", "2026-06")
    found = answer(*question)
    assert ["harbour-board"] == [row["actor"] for row in found["rows"]]
    assert [("fishers-union", "opposes", "2026-01-15")] == [
        (row["actor"], row["position"], row["since"]) for row in found["against"]
    ]
    (line,) = csv.DictReader(io.StringIO(ask(*question, "--format", "csv").stdout))
    assert ("opposes", "fishers-union.harbour.2026-01-15") == (line["against"], line["against_records"])
    assert "[B2]" in line["against_evidence"]
    _, _, itself = ask(*question, "--format", "md").stdout.partition("**Fishers’ Union: positions**")
    assert "| A deep-water harbour | opposes | 2026-01-15 | by Kari Olsen |" in itself
    assert "Fishers’ Union: positions" in ask(*question).stdout


def test_only_what_the_rows_are_against_is_there() -> None:
    found = answer("who", "any", "harbour", *HARBOUR, "--as-of", "2026-06")
    assert [] == found["against"]
    nobody = answer("who", "opposes", "town-council", *HARBOUR, "--as-of", "2026-06")
    assert ([], []) == (nobody["rows"], nobody["against"])


def test_an_answer_says_what_its_ids_mean() -> None:
    ledger = load("examples/minimal.yaml")
    about = actorgraph.who(ledger, "any", "harbour", as_of="2026-06").about
    assert {"harbour-board", "fishers-union", "olsen", "town-council"} == set(about.actors)
    assert {"harbour": "A deep-water harbour"} == about.proposals
    assert [("state-loan", "The state grants a loan", ())] == list(about.conditions)
    assert ("The new harbour", "2026-02-01", "2026-02-01", "proposal", ()) == (
        about.title,
        about.latest_source,
        about.latest_source_date,
        about.target_type,
        about.speaks_for,
    )


def test_an_answer_about_a_speaker_says_for_whom() -> None:
    found = answer("what", "olsen", *HARBOUR, "--as-of", "2026-06")
    assert (["fishers-union"], "Fishers’ Union") == (
        found["about"]["speaks_for"],
        found["about"]["actors"]["fishers-union"],
    )
    assert [] == answer("what", "olsen", *HARBOUR, "--as-of", "2024-02")["about"]["speaks_for"]


def test_two_of_a_name_are_marked_even_where_one_is_not_in_the_answer(tmp_path: Path) -> None:
    path = tmp_path / "m.yaml"
    text = Path("examples/minimal.yaml").read_text(encoding="utf-8")
    path.write_text(text.replace("name: Town Council", "name: harbour BOARD"), encoding="utf-8")
    about = actorgraph.what(load(path), "harbour-board", as_of="2025-12").about
    assert ("harbour-board",) == about.same_name_actors


def test_when_a_condition_held_is_there(tmp_path: Path) -> None:
    path = tmp_path / "m.yaml"
    text = Path("examples/minimal.yaml").read_text(encoding="utf-8")
    path.write_text(text.replace("grants a loan}", "grants a loan, held: [{since: 2026-01}]}"), encoding="utf-8")
    (condition,) = actorgraph.why(load(path), "harbour-board", "harbour", as_of="2026").about.conditions
    assert (("2026-01", None),) == condition.held


def test_names_of_a_long_answer_are_read_when_they_are_asked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """They outlive the ledger, and the answer is the same, whenever they are read."""
    file = tmp_path / "model.yaml"
    file.write_text(model_text(600), encoding="utf-8")

    def asked() -> tuple[Envelope[Any], ...]:
        with load(file) as ledger:
            return actorgraph.everything(ledger, as_of="2024-06-30"), actorgraph.diff(ledger, "2016", "2024")

    at_once = asked()
    monkeypatch.setattr(about, "FEW", 1)
    assert at_once == asked()
    assert [one.about for one in at_once] == [one.about for one in asked()]
    assert [one._asdict() for one in at_once] == [one._asdict() for one in asked()]
    assert at_once == pickle.loads(pickle.dumps(asked()))  # noqa: S301 - its own
    assert all(one.about.actors for one in asked())
