"""What comes in is merged: new added, different corrected, all else kept to the byte; all is written or nothing."""

from collections.abc import Sequence
from pathlib import Path

import pytest
from asking import ask
from hypothesis import HealthCheck, given
from hypothesis import strategies as st
from laws import examples
from towns import files

from actorgraph.curate.draft import Draft
from actorgraph.curate.init import start
from actorgraph.errors import UsageProblem
from actorgraph.exchange.importing import merge
from actorgraph.exchange.importing.incoming import Arrival, Skipped
from actorgraph.exchange.importing.merge import Merge, plan
from actorgraph.exchange.importing.placed_errors import placed_errors
from actorgraph.model.loader import load_model
from actorgraph.model.reader import Data
from actorgraph.questions.check import check

TODAY = "2026-06-01"
SOURCE = "valley-courier-2026-03-14"
ONE_FILE = """model: {id: m, title: M}
actors:
  a: {name: A, kind: state}  # the first
  b: {name: B, kind: state}
proposals:
  p: {title: P}
  q: {title: Q}
# what they think
stances:
  # said aloud
  - actor: a
    position: open  # not yet
    proposal: p
    date: 2026-01
    note: Ours.
    evidence:
      - {source: s, lines: 1-2}
sources:
  s: {title: S, publisher: S, published: 2026-02-01, reliability: B}
  t: {title: T, publisher: T, published: 2026-02-01, reliability: B}
"""


def stance(
    actor: Data = "a", position: str = "open", date: str = "2026-01", source: str = "s", **more: Data
) -> Arrival:
    """Return a stance on p that comes in."""
    proposal = more.pop("proposal", "p")
    evidence: dict[str, Data] = {"source": source}
    evidence |= {key: more.pop(key) for key in ("lines", "credibility") if key in more}
    body: dict[str, Data] = {"actor": actor, "position": position, "proposal": proposal, "date": date, **more}
    body["evidence"] = [evidence]
    return Arrival(Draft("stances", None, body), "row 2")


def thing(section: str, key: str, **body: Data) -> Arrival:
    return Arrival(Draft(section, key, body), "row 2")


@pytest.fixture
def single(tmp_path: Path) -> Path:
    path = tmp_path / "m.yaml"
    path.write_text(ONE_FILE, encoding="utf-8")
    return path


def merged(model: Path, *incoming: Arrival | Skipped) -> Merge:
    result = plan(check(model, today=TODAY), incoming, today=TODAY)
    result.write()
    return result


# -- new, same, different ---------------------------------------------------------------------------------------


def test_what_is_new_comes_at_the_end_of_its_section_and_all_else_stays(single: Path) -> None:
    result = merged(single, stance("b"), thing("actors", "c", name="C", kind="person"))
    assert ({"stances": 1, "actors": 1}, 0, ()) == (dict(result.added), sum(result.same.values()), result.changes)
    after = single.read_text(encoding="utf-8").splitlines()
    new = set(after) - set(ONE_FILE.splitlines())
    assert {
        "  - actor: b",
        "    position: open",
        "  c:",
        "    name: C",
        "    kind: person",
        "      - {source: s}",
    } == new
    kept = iter(after)
    assert all(line in kept for line in ONE_FILE.splitlines()), "every line stands, in its order"


def test_a_correction_keeps_comments_and_what_only_the_model_says(single: Path) -> None:
    result = merged(single, stance(position="supports", credibility="2"))
    assert [("position", "open", "supports"), ("evidence", "row 2")] == [
        (result.changes[0].key, result.changes[0].old, result.changes[0].new),
        (result.changes[1].key, result.changes[1].place),
    ]
    expected = ONE_FILE.replace("position: open", "position: supports").replace(
        "{source: s, lines: 1-2}", "{source: s, lines: 1-2, credibility: 2}"
    )
    assert expected == single.read_text(encoding="utf-8")


@pytest.mark.parametrize("row", [stance(), stance(lines="1-2"), stance(["a"]), stance(note=None, toward=[])])
def test_what_is_there_is_left_alone(single: Path, row: Arrival) -> None:
    result = merged(single, row)
    assert ((), 1) == (result.replacements, sum(result.same.values()))


def test_what_says_nothing_is_not_written(single: Path) -> None:
    merged(single, stance("b", note=None, toward=[]))
    assert "note: null" not in single.read_text(encoding="utf-8")


@pytest.mark.parametrize("other", [{"date": "2026-02"}, {"source": "t"}, {"proposal": "q"}, {"actor": ["a", "b"]}])
def test_a_record_is_known_by_actors_kind_proposal_date_and_source(single: Path, other: dict[str, Data]) -> None:
    assert {"stances": 1} == dict(merged(single, stance(**other)).added)  # type: ignore[arg-type] # any of them


def test_duplicate_rows_are_told(single: Path) -> None:
    result = merged(single, stance("b"), stance("b")._replace(place="row 3"), Skipped("row 4", "why"))
    assert {"stances": 1} == dict(result.added)
    assert (Skipped("row 3", "it says the same as row 2"), Skipped("row 4", "why")) == result.skipped


def test_what_several_rows_say_of_a_thing_is_put_together(single: Path) -> None:
    rows = [
        thing("sources", "u", title="U", publisher="U", published="../2026"),
        thing("sources", "u", published="2026-01"),
    ]
    for _ in range(2):
        result = merged(single, *rows, stance("b", source="u"))
    assert ((), 2, "2026-01") == (
        result.replacements,
        sum(result.same.values()),
        load_model(single).sources["u"].published,
    )


@pytest.mark.parametrize(
    ("rows", "unsaid"),
    [
        ((stance(), stance("b"), stance("b", source="t")), ()),  # as they were
        ((stance(), stance("b")), ()),  # of t nothing is said at all
        ((stance(), stance("b"), stance(source="t")), ("stance b.p.2026-01",)),  # of t something else
        ((stance(), stance("b", "opposes", source="t")), ("stance b.p.2026-01",)),  # a correction says it again
        ((stance("b"), stance("b", date="2026-02", source="t")), ("stance a.p.2026-01", "stance b.p.2026-01")),
        ((stance("b", date="2026-03"), stance("b", date="2026-03", source="t")), ()),  # another sheet
    ],
)
def test_statements_that_a_sheet_says_no_more_are_told(
    single: Path, rows: tuple[Arrival, ...], unsaid: tuple[str, ...]
) -> None:
    """They are if the sheet says others again, and something else of their sources."""
    merged(single, stance("b"), stance("b", source="t"))
    assert unsaid == merged(single, *rows).unsaid


def test_what_is_corrected_and_what_is_there_is_counted_by_section(single: Path) -> None:
    result = merged(single, stance(), stance(proposal="q"), thing("actors", "a", name="A", kind="state"))
    assert ({"stances": 1}, {}, {"stances": 1, "actors": 1}) == (
        result.added,
        result.corrected,
        {section: number for section, number in result.same.items() if number},
    )
    result = merged(single, stance(note="Theirs.", until="2027"), thing("actors", "a", name="A", kind="coalition"))
    assert {"stances": 1, "actors": 1} == result.corrected


def test_what_is_corrected_in_several_files_is_counted_in_each(tmp_path: Path) -> None:
    """Each may be the first of its file."""
    head, _, rest = ONE_FILE.partition("stances:")
    stances, _, sources = rest.partition("sources:")
    (tmp_path / "m").mkdir()
    (tmp_path / "m" / "model.yaml").write_text(f"{head}sources:{sources}", encoding="utf-8")
    (tmp_path / "m" / "a.yaml").write_text(f"stances:{stances}", encoding="utf-8")
    (tmp_path / "m" / "b.yaml").write_text(f"stances:{stances.replace('actor: a', 'actor: b')}", encoding="utf-8")
    assert {"stances": 2} == merged(tmp_path / "m", stance(note="Theirs."), stance("b", note="Theirs.")).corrected


def test_contradicting_records_of_one_source_stay_two(single: Path) -> None:
    rows = [stance("b", "open"), stance("b", "opposes")]
    assert {"stances": 2} == dict(merged(single, *rows).added)
    assert (2, ()) == (merged(single, *rows).same["stances"], merged(single, *rows).replacements)


def test_of_several_of_a_day_each_corrects_that_which_rests_on_its_place(single: Path) -> None:
    """Without a page, nobody could tell which of them it corrects: it would stand beside what it corrects."""
    merged(single, stance("b", "open", lines="3"), stance("b", "supports", lines="8"))
    result = merged(single, stance("b", "opposes", lines="8"), stance("b", "sceptical", lines="3"))
    assert {("open", "sceptical"), ("supports", "opposes")} == {(change.old, change.new) for change in result.changes}
    unclear = merged(single, stance("b", "neutral"))
    assert ((), (), 1) == (unclear.replacements, unclear.changes, len(unclear.skipped))
    assert "it may correct any of stance b.p.2026-01 and stance b.p.2026-01; an id" in unclear.skipped[0].reason
    both = merged(single, stance("a", "neutral"), stance("a", "opposes")._replace(place="row 3"))
    assert ((), ["row 2", "row 3"]) == (both.changes, [each.place for each in both.skipped])
    assert "it or another row may correct stance a.p.2026-01" in both.skipped[0].reason


def pledge(*toward: Data, amount: int) -> Arrival:
    """Return a commitment of b on p that comes in."""
    said: dict[str, Data] = {"toward": list(toward), "amount": {"value": str(amount), "unit": "boats"}}
    body: dict[str, Data] = {"actor": "b", "stage": "pledges", "proposal": "p", "date": "2026-01", **said}
    return Arrival(Draft("commitments", None, {**body, "evidence": [{"source": "s"}]}), "row 2")


def test_what_is_promised_to_another_is_another_commitment(single: Path) -> None:
    merged(single, thing("actors", "c", name="C", kind="state"), pledge("a", amount=500))
    result = merged(single, pledge("a", amount=600), pledge("c", amount=70))
    assert ({"commitments": 1}, ["amount"]) == (dict(result.added), [change.key for change in result.changes])
    assert {"commitments": 1} == dict(merged(single, pledge(amount=5)).added)
    totals = {record.toward: record.amount for record in load_model(single).commitments}
    assert {("a",): 600, ("c",): 70, (): 5} == {to: int(amount.value or 0) for to, amount in totals.items() if amount}


def test_a_statement_with_an_id_is_known_by_it(single: Path) -> None:
    """Also where its date was wrong; what another actor says under that id is an error of the model."""
    merged(single, stance("b", id="one"), stance("b", date="2026-02", id="two"))
    result = merged(single, stance("b", date="2026-03", id="one"), stance("b", "opposes", date="2026-02", id="two"))
    assert [("date", "2026-03"), ("position", "opposes")] == [(change.key, change.new) for change in result.changes]
    problems = plan(check(single, today=TODAY), [stance("a", date="2026-04", id="one")], today=TODAY).problems
    assert "AG017" in {problem.code for problem in problems}


def test_what_would_break_the_model_is_refused(single: Path) -> None:
    result = plan(check(single, today=TODAY), [stance("nobody")], today=TODAY)
    assert (True, ["AG012"]) == (result.refused, [problem.code for problem in result.problems if not problem.warning])


def test_an_error_is_told_with_the_row_of_its_record(single: Path) -> None:
    """Of a record that is new, of one that is corrected, of a thing; and of none where the model's own is at fault."""
    rows = [
        stance("b"),
        stance(position="maybe")._replace(place="row 3"),
        stance("nobody", proposal="q")._replace(place="row 4"),
        thing("sources", "u", title="U", publisher="U", published="soon")._replace(place="row 5"),
        stance("b", date="soon")._replace(place="row 6"),
    ]
    result = plan(check(single, today=TODAY), rows, today=TODAY)
    told = {(place, problem.code) for place, problem in placed_errors(result)}
    assert {("row 3", "AG014"), ("row 4", "AG012"), ("row 5", "AG015"), ("row 6", "AG015")} == told
    unplaced = result._replace(places={})
    assert {None} == {place for place, _ in placed_errors(unplaced)}


def test_errors_of_a_folder_are_told_with_their_rows(tmp_path: Path) -> None:
    model = Path(start(tmp_path, name="town")[0])
    rows = [
        stance("traders", proposal="car-free-square", source=SOURCE, date=f"2026-0{number}-01", until="2026-02-01")
        for number in (1, 2, 3)
    ]
    placed = [row._replace(place=f"row {number}") for number, row in enumerate(rows, 2)]
    result = plan(check(model, today=TODAY), placed, today=TODAY)
    assert [("row 3", "AG020"), ("row 4", "AG020")] == [
        (place, problem.code) for place, problem in placed_errors(result)
    ]


def test_line_ends_and_byte_order_mark_stay(single: Path) -> None:
    single.write_bytes(b"\xef\xbb\xbf" + ONE_FILE.replace("\n", "\r\n").encode())
    merged(single, stance("b"), stance(position="supports"))
    raw = single.read_bytes()
    assert raw.startswith(b"\xef\xbb\xbfmodel")
    assert raw.count(b"\n") == raw.count(b"\r\n")
    assert 2 == len(load_model(single).stances)


# -- laws -------------------------------------------------------------------------------------------------------

statements = st.builds(
    stance,
    st.sampled_from(["a", "b", ["a", "b"]]),
    st.sampled_from(["open", "supports"]),
    st.sampled_from(["2026-01", "2026-02"]),
    st.sampled_from(["s", "t"]),
    note=st.sampled_from([None, "It's: #1", "two\nlines"]),
    lines=st.sampled_from(["1", "1-2, 7"]),
)


def one_each(rows: Sequence[Arrival]) -> list[Arrival]:
    """Return rows of which each is another record, as a sheet of statements has them."""
    return list(
        {
            (str(row.draft.body["actor"]), row.draft.body["date"], str(row.draft.body["evidence"])[:14]): row
            for row in rows
        }.values()
    )


@given(rows=st.lists(statements, max_size=6))
@examples(40, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_twice_is_once(single: Path, rows: list[Arrival]) -> None:
    single.write_text(ONE_FILE, encoding="utf-8")
    merged(single, *rows)
    once = single.read_bytes()
    again = merged(single, *rows)
    assert ((), (), once) == (again.replacements, again.changes, single.read_bytes())


@given(
    rows=st.lists(statements, max_size=6), corrected=st.lists(st.sampled_from(["opposes", "neutral", None]), min_size=6)
)
@examples(40, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_grown_sheet_is_its_end_result(single: Path, rows: list[Arrival], corrected: list[str | None]) -> None:
    """Half of the rows come first; then all, some of them corrected."""
    rows = one_each(rows)
    grown = [
        row if word is None else row._replace(draft=row.draft._replace(body={**row.draft.body, "position": word}))
        for row, word in zip(rows, corrected, strict=False)
    ]
    single.write_text(ONE_FILE, encoding="utf-8")
    merged(single, *grown)
    at_once = single.read_bytes()
    single.write_text(ONE_FILE, encoding="utf-8")
    merged(single, *rows[: len(rows) // 2])
    merged(single, *grown)
    assert at_once == single.read_bytes()


# -- files ------------------------------------------------------------------------------------------------------


def test_a_folder_has_each_section_in_its_file_and_each_source_in_its_own(tmp_path: Path) -> None:
    model = Path(start(tmp_path, name="town")[0])
    before = files(tmp_path)
    new = {"title": "N", "publisher": "N", "published": "2026-01-02"}
    merged(model, thing("sources", "new", **new), stance("traders", proposal="car-free-square", source="new"))
    after = files(tmp_path)
    changed = {name for name in after if after[name] != before.get(name)}
    assert {"graphs/town/stances.yaml", "seeds/new.yaml"} == changed
    assert after["graphs/town/stances.yaml"].startswith(before["graphs/town/stances.yaml"])


def test_many_new_sources_share_a_file(tmp_path: Path) -> None:
    model = Path(start(tmp_path, name="town")[0])
    rows = [thing("sources", f"s{number}", title="N", publisher=f"N{number}", published="2026") for number in range(21)]
    assert [str(tmp_path / "seeds" / "sources.yaml")] == [one.path for one in merged(model, *rows).replacements]


def test_what_is_too_large_for_a_file_goes_into_files_by_year(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    model = Path(start(tmp_path, name="town")[0])
    monkeypatch.setattr(merge, "LARGEST", 3000)
    rows = [
        stance("traders", date=f"{year}-01-{day:02}", source=SOURCE, proposal="car-free-square", note="x" * 100)
        for year in (2024, 2025)
        for day in range(1, 21)
    ]
    result = merged(model, *rows)
    names = ["stances-2024-2.yaml", "stances-2024.yaml", "stances-2025-2.yaml", "stances-2025.yaml"]
    assert names == [Path(one.path).name for one in result.replacements]
    assert all(len(one.new) < 3600 for one in result.replacements)
    assert () == merged(model, *rows).replacements
    assert 41 == len(load_model(model).stances)


def test_a_single_file_cannot_be_split(single: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(merge, "LARGEST", 900)
    with pytest.raises(UsageProblem, match=r"m\.yaml would be larger than .* make the model a folder"):
        plan(check(single, today=TODAY), [stance("b", date=f"2025-{month:02}") for month in range(1, 9)], today=TODAY)


# -- all or nothing ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("meanwhile", [b"\xff", b"stances: [", ONE_FILE.replace("open", "neutral").encode()])
def test_what_somebody_else_writes_while_the_model_is_read_is_noticed(meanwhile: bytes, single: Path) -> None:
    loaded = check(single, today=TODAY)
    single.write_bytes(meanwhile)
    with pytest.raises(UsageProblem, match="has changed while the model was read; try again"):
        plan(loaded, [stance()], today=TODAY)


def test_nothing_is_written_where_a_file_is_no_longer_as_it_was(tmp_path: Path) -> None:
    model = Path(start(tmp_path, name="town")[0])
    rows = [thing("actors", "new", name="N", kind="state"), stance("new", source=SOURCE, proposal="car-free-square")]
    result = plan(check(model, today=TODAY), rows, today=TODAY)
    (model / "stances.yaml").write_bytes((model / "stances.yaml").read_bytes() + b"# more\n")
    before = files(tmp_path)
    with pytest.raises(OSError, match=r"."):
        result.write()
    assert before == files(tmp_path)


@pytest.mark.parametrize("where", ["exchange.csv.arrivals", "exchange.importing.merge.check", "replacing.write_beside"])
def test_who_stops_an_import_finds_nothing_written(where: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """While it reads, while it checks, and while it writes."""
    start(tmp_path, name="town")
    sheet = tmp_path / "a.csv"
    sheet.write_text("actor,position,proposal,date,source\nA,open,P,2026-01-01,https://e.org/1\n", encoding="utf-8")
    before = files(tmp_path)

    def stop(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(f"actorgraph.{where}", stop)
    result = ask("import", "csv", sheet, "--create", "--kind", "state", "--yes", "-m", tmp_path)
    assert (1, before) == (result.exit_code, files(tmp_path))
    assert "Aborted!" in result.output
