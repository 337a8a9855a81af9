"""Of very many sources those that have no room in a frame answer as all others do."""

from pathlib import Path
from typing import Any

import pytest
from statement_tables import SqliteTables

from actorgraph.dates import latest
from actorgraph.engines.duckdb import Duckdb
from actorgraph.engines.folder import manifest_of
from actorgraph.engines.opening import open_holdings
from actorgraph.engines.sources import CITED, MORE_SOURCES, SOURCE, columns_of, limit, set_apart
from actorgraph.errors import UsageProblem
from actorgraph.exchange.compiled import Intake, append_source, compile_source
from actorgraph.ledger.filters import Limits, limited
from actorgraph.ledger.store import Ledger
from actorgraph.model.model import Model
from actorgraph.model.records import Header, Source
from actorgraph.questions.sensitivity import sensitivity
from actorgraph.questions.who import who

HEADING = "actor,position,proposal,date,source,published,url,reliability\n"
FIRST = (
    "France,supports,A new harbour,2025-01-02,Gazette,2025-01-03,https://g.test/1,B\n"
    "Italy,supports,A new harbour,2025-01-05,Gazette,2025-01-06,https://g.test/2,\n"
    "Italy,opposes,A new harbour,2025-02-01,Le Monde,2025-02-03,https://monde.test/a?b=1&c=2,F\n"
    "Spain,neutral,A new harbour,2025-03-01,L'Été & Co,2025-03-02,,C\n"
    "Spain,opposes,Wider roads,2025-03-01,L'Été & Co,2025-03-02,,C\n"
)
SECOND = (
    "Malta,supports,A new harbour,2025-02-02,Gazette,2025-01-06,https://g.test/2,\n"
    "Malta,opposes,Wider roads,2025-04-02,Gazette,2025-04-03,https://g.test/3,A\n"
    "Malta,supports,Wider roads,2025-05-02,L'Été & Co,2025-03-02,,C\n"
    "Spain,supports,A new harbour,2025-05-02,Almanac,2025,,\n"
)

SIDE = {"proposals.csv": "id,title,since,source\nwider-roads,Wider roads,2025-01,town-plan\n"} | {
    "sources.csv": "id,title,publisher,published\ntown-plan,Town plan,The town,2024-12-31\n"
}


@pytest.fixture(scope="module")
def folders(shared_engine: Duckdb, tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Folders of holdings of the same: with all sources in the frame, with as few as can be, and appended to such."""
    made: list[Path] = []
    place = tmp_path_factory.mktemp("sources")
    tables = place / "tables"
    tables.mkdir()
    for name, text in SIDE.items():
        (tables / name).write_text(text, encoding="utf-8")
    for most, texts in ((100, [FIRST + SECOND]), (0, [FIRST + SECOND]), (0, [FIRST, SECOND]), (3, [FIRST, SECOND])):
        folder = place / f"holdings-{len(made)}"
        for number, text in enumerate(texts):
            (tables / "statements.csv").write_text(HEADING + text, encoding="utf-8")
            with pytest.MonkeyPatch.context() as patch:
                patch.setattr("actorgraph.exchange.sheets.coded_sources.MOST_SOURCES", most)
                intake = Intake(today="2026-01-01")
                (append_source if number else compile_source)(shared_engine, str(tables), str(folder), intake=intake)
        made.append(folder)
    again = place / "again"
    compile_source(shared_engine, str(made[1]), str(again))
    return [*made, again]


def told(ledger: Ledger) -> list[Any]:
    """Return what a ledger tells of its sources, and what it answers by them."""
    rows = who(ledger, "any", "A new harbour", as_of="2026-01-01").rows
    answers: list[Any] = [repr(ledger), ledger.latest_source, ledger.latest_source_date, ledger.without]
    answers += [ledger.names("source"), ledger.things("source")]
    answers += [[tuple(cited) for row in rows for cited in row.evidence]]
    answers += [sensitivity(ledger, "A new harbour", as_of="2026-01-01")]
    answers += [sorted(ledger.rows("SELECT * FROM sources")), sorted(ledger.rows("SELECT * FROM names"))]
    for name in ("https://g.test/2", "town plan", "L'ete and co", "monde-test-2025-02-03", "https://g.test/9"):
        try:
            answers.append(ledger.resolve(name))
        except UsageProblem as problem:
            answers.append(str(problem))
    return answers


@pytest.mark.first_cases(1)
@pytest.mark.parametrize(
    "limits",
    [
        {},
        {"known_by": "2025-02-10"},
        {"min_grade": "C6"},
        {"without": ["https://g.test/1"]},
        {"without": ["L'Été & Co", "monde-test-2025-02-03"], "known_by": "2025-04-03"},
        {"without": ["Town plan"]},
    ],
    ids=str,
)
def test_whether_sources_have_room_in_the_frame_changes_no_answer(folders: list[Path], limits: dict[str, Any]) -> None:
    answers = []
    for folder in folders:
        with open_holdings(folder, **limits) as ledger:
            answers.append(told(ledger))
    assert [answers[0]] * len(folders) == answers


def test_when_the_latest_came_out_is_told_as_it_is_known(folders: list[Path]) -> None:
    for folder in folders:
        with open_holdings(folder) as ledger, open_holdings(folder, known_by="2025-04-30") as before:
            told_dates = [(one.latest_source, one.latest_source_date) for one in (ledger, before)]
            assert [("2025-12-31", "2025"), ("2025-04-03", "2025-04-03")] == told_dates


PUBLISHED = ("2024-03-30", "2024-03", "2024-03-31", "2024", "2024-12-31", "2024-06-01")
APART = {
    f"s{number}": Source(title="S", publisher="P", published=day, reliability=letter)
    for number, (day, letter) in enumerate(zip(PUBLISHED, (*"ABDF", None, "E"), strict=True))
}


@pytest.mark.parametrize(
    "asked",
    [
        {},
        *({"known_by": day} for day in ("2024-03-29", "2024-03-30", "2024-03-31", "2024-12-30", "2024-12-31")),
        *({"min_grade": least} for least in ("A1", "B6", "D2", "F1", "F6")),
        *({"without": some} for some in (["s4"], ["s3", "s4"], sorted(APART))),
        {"known_by": "2024-06", "min_grade": "E6", "without": ["s2"]},
    ],
    ids=str,
)
@pytest.mark.parametrize("of_frame", ["", "2024-03-31", "2025"])
def test_those_that_may_count_and_the_latest_are_those_of_a_model(asked: Limits, of_frame: str) -> None:
    filters, without = limited(asked)
    filters = filters._replace(without=without)
    engine = SqliteTables()
    engine.fill("meta", {"name": "TEXT", "value": "TEXT"}, [("latest_source", of_frame)])
    rows = [(*columns_of(key, source), "m.yaml:1") for key, source in APART.items()]
    engine.fill(MORE_SOURCES, {**SOURCE, "place": "TEXT"}, rows)
    limit(engine, filters)
    left = filters.applied(Model(Header(id="m", title="M"), sources=APART)).sources
    assert [(key,) for key in left] == engine.run(f"SELECT source FROM {MORE_SOURCES} ORDER BY source")
    published = [source.published or "" for source in left.values()]
    assert [("latest_source", latest(filter(None, [of_frame, *published])) or "")] == engine.run("SELECT * FROM meta")
    engine.close()


@pytest.mark.parametrize(
    ("cited", "before", "apart"),
    [
        (["s0", "s1", "s1", None, "s3"], None, [("s1", "new"), ("s3", "new")]),
        (["s0", "s1", "s3"], ["s3", "s4"], [("s1", "new"), ("s3", "old"), ("s4", "old")]),
        (["s0", None], None, []),
        (["s0"], ["s4"], [("s4", "old")]),
        ([], [], []),
    ],
)
def test_those_are_set_apart_that_a_statement_cites_and_no_frame_has(
    cited: list[str | None], before: list[str] | None, apart: list[tuple[str, str]]
) -> None:
    """Those that were set apart before stay as they are."""
    engine = SqliteTables()
    columns = {**SOURCE, "place": "TEXT"}
    engine.fill(CITED, columns, [(*columns_of(key, source), "new") for key, source in APART.items()])
    engine.fill("cleaned", {"source": "TEXT"}, [(source,) for source in cited])
    engine.fill("was", columns, [(*columns_of(key, APART[key]), "old") for key in before or ()])
    is_any = set_apart(engine, ["s0"], before=None if before is None else "was")
    assert apart == engine.run(f"SELECT source, place FROM {MORE_SOURCES} ORDER BY source")
    assert is_any is bool(apart)
    engine.close()


def test_those_without_room_stand_in_a_table_of_their_own(folders: list[Path]) -> None:
    apart = [MORE_SOURCES in manifest_of(str(folder)).tables for folder in folders]
    assert [False, True, True, True, True] == apart


@pytest.mark.parametrize("name", ["https://g.test/9", "Gazette"])
def test_a_source_that_cannot_be_left_out_is_named(folders: list[Path], name: str) -> None:
    messages = []
    for folder in folders[:2]:
        with pytest.raises(UsageProblem) as caught:
            open_holdings(folder, without=[name])
        messages.append(str(caught.value))
    assert name in messages[0]
    if name == "Gazette":
        assert "is ambiguous" in messages[0]
        assert messages[0] == messages[1]


@pytest.mark.first_cases(1)
@pytest.mark.parametrize(
    ("limits", "asked"),
    [
        ({"known_by": "2025-02-10"}, {"known_by": "2025-12-31", "without": ["https://g.test/1"]}),
        ({"without": ["https://g.test/1"], "min_grade": "C6"}, {"without": ["g-test-2025-01-03"], "min_grade": "F2"}),
    ],
    ids=str,
)
def test_a_folder_that_is_compiled_with_less_evidence_goes_on_with_less(
    shared_engine: Duckdb, folders: list[Path], tmp_path: Path, limits: dict[str, Any], asked: dict[str, Any]
) -> None:
    """What a question asks for besides is left out of what is left, and both are told."""
    both = {"known_by": "2025-02-10", "without": ["https://g.test/1"]}
    both = both if "known_by" in limits else {"without": ["https://g.test/1"], "min_grade": "C2"}
    for options, whole_options in (({}, limits), (asked, both)):
        answers = []
        for number, folder in enumerate(folders[:2]):
            if not options:
                compile_source(shared_engine, str(folder), str(tmp_path / f"less-{number}"), limits=limits)  # type: ignore[arg-type]
            with open_holdings(tmp_path / f"less-{number}", **options) as ledger:
                answers.append(told(ledger))
        with open_holdings(folders[0], **whole_options) as ledger:
            assert [told(ledger)] * 2 == answers
