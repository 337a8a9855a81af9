"""export holdings: every position over time, as tools for charts and statistics read it."""

import csv
import io
from pathlib import Path

import pytest
from asking import ask

from actorgraph.ledger.load import load

MODELS = ["graphs/ukraine-troops", "graphs/nature-restoration", "examples/minimal.yaml"]


def table(*arguments: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(ask("export", "holdings", *arguments).stdout)))


@pytest.mark.parametrize("model", MODELS)
def test_every_holding_is_a_line(model: str) -> None:
    lines = table("-m", model)
    assert [
        (row.actor, row.kind, row.position, row.proposal, row.since, row.until or "", ";".join(row.conditions))
        for row in load(model).holdings()
    ] == [
        (
            *(line[name] for name in ("actor", "kind", "position", "proposal", "since", "until")),
            line["conditions"].replace("; ", ";"),
        )
        for line in lines
    ]


@pytest.mark.parametrize("model", MODELS)
def test_a_date_as_curated_is_of_the_day_beside_it(model: str) -> None:
    """Where a contest begins or ends in the middle of a run, no date of the run stands beside that day."""
    rows = load(model).holdings()
    by_run = {(row.actor, row.proposal, row.kind, row.since) for row in rows}
    assert len(by_run) <= len(rows)
    for row in rows:
        assert (row.until is None) == (row.until_date is None)
        if row.since_date and len(row.since_date) == len("2024-01-01") == len(row.since):
            assert row.since_date == row.since


def test_each_line_leads_to_where_it_can_be_read() -> None:
    lines = table("-m", "graphs/nature-restoration")
    ledger = load("graphs/nature-restoration")
    for line in lines:
        cited = [ledger.sources[key] for key in line["sources"].split("; ")]
        assert list(dict.fromkeys(source.url for source in cited if source.url)) == line["urls"].split("; ")


def test_pandas_reads_days_and_stretches(tmp_path: Path) -> None:
    pd = pytest.importorskip("pandas")
    file = tmp_path / "holdings.csv"
    ask("export", "holdings", "-m", "graphs/nature-restoration", "--stated", "-o", str(file))
    frame = pd.read_csv(file, parse_dates=["since", "until"])
    assert {"stated"} == set(frame["basis"])
    assert (frame["until"].isna() | (frame["since"] < frame["until"])).all()


def test_as_a_spreadsheet_opens_it() -> None:
    text = ask("export", "holdings", "-m", "examples/minimal.yaml", "--excel").stdout
    assert text.startswith("\ufeffactor,actor_name")


def test_a_file_that_promises_something_else_is_not_written(tmp_path: Path) -> None:
    file = tmp_path / "holdings.svg"
    told = ask("export", "holdings", "-m", "examples/minimal.yaml", "-o", str(file))
    assert 2 == told.exit_code
    assert "holdings.svg cannot hold holdings; name a file that ends in .csv" in told.stderr
    assert not file.exists()
