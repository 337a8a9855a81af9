"""A curated model that was compiled answers every question as its files do."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from asking import ask

pytest.importorskip("duckdb", reason="duckdb is not installed")

from actorgraph.engines.duckdb import Duckdb
from actorgraph.exchange.compiled import compile_source
from actorgraph.ledger.load import load
from actorgraph.ledger.store import Ledger

ROOT = Path(__file__).parents[2]
MODELS = sorted(
    str(path.relative_to(ROOT))
    for path in (*(ROOT / "graphs").iterdir(), *(ROOT / "examples").glob("*.yaml"))
    if path.is_dir() or path.suffix == ".yaml"
)


@pytest.fixture(params=MODELS, scope="module")
def both(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, str]:
    """A model, and the folder of holdings that was compiled of it."""
    folder = str(tmp_path_factory.mktemp("compiled") / "holdings")
    engine = Duckdb()
    compile_source(engine, request.param, folder)
    engine.close()
    return request.param, folder


def asked(*words: str) -> Any:
    """Return the answer to a question as JSON, or what is said instead."""
    answer = ask(*words)
    assert 0 == answer.exit_code, (words, answer.stderr)
    return json.loads(answer.stdout) if answer.stdout.startswith(("{", "[")) else answer.stdout


def busiest(ledger: Ledger, column: str) -> str:
    """Return the actor, or the proposal, that has most holdings."""
    sql = f"SELECT {column} FROM holdings GROUP BY {column} ORDER BY COUNT(*) DESC, {column}"
    return str(ledger.rows(sql)[0][0])


def questions(model: str) -> Iterator[tuple[str, ...]]:
    with load(model) as ledger:
        actor, proposal = busiest(ledger, "actor"), busiest(ledger, "proposal")
        day = str(ledger.latest_source)
        source = min(key for (key,) in ledger.rows("SELECT source FROM sources"))
        first = str(min(since for (since,) in ledger.rows("SELECT MIN(since) FROM holdings")))
    begin, on = f"{first[:4]}-{first[4:6]}-{first[6:]}", ("--as-of", day)
    yield from (("who", word, proposal, *on) for word in ("any", "opposes", "supports,pledges", "silent"))
    yield ("who", "opposes", actor, *on)
    yield ("who", "any", proposal, *on, "--parts", "--stated", "--stale-after", "6mo")
    yield ("what", actor, *on)
    yield ("why", actor, proposal, *on)
    yield from (("timeline", each) for each in (actor, proposal))
    yield ("diff", begin, day)
    yield ("diff", "--without", source, *on)
    yield ("diff", "--base-known-by", begin, *on)
    yield from ((verb, *on) for verb in ("tally", "disputes", "sensitivity", "align", "balance", "blocs", "pledges"))
    yield ("series", "agreement", "--to", day)
    yield ("network", *on)
    yield from (("list", each) for each in ("actors", "proposals", "sources", "events", "stances", "relations"))
    yield from (("show", each) for each in (actor, proposal, source))
    yield from (
        ("tally", *on, *limits) for limits in (("--known-by", day), ("--min-grade", "C3"), ("--without", source))
    )


@pytest.mark.first_cases(1)
def test_every_question_is_answered_alike(both: tuple[str, str]) -> None:
    model, folder = both
    for words in questions(model):
        style = () if words[0] == "network" else ("--format", "json")
        expected = asked(*words, *style, "-m", model)
        assert expected == asked(*words, *style, "-m", folder), words


@pytest.mark.first_cases(1)
@pytest.mark.parametrize(
    ("style", "ending"),
    [("csv", "csv"), ("holdings", "csv"), ("csl-json", "json"), ("graphml", "graphml"), ("html", "html")],
)
def test_it_is_exported_alike(both: tuple[str, str], style: str, ending: str, tmp_path: Path) -> None:
    written = []
    for number, model in enumerate(both):
        file = tmp_path / f"{number}.{ending}"
        day = () if style in ("holdings", "csl-json") else ("--as-of", "2025-01-01")
        made = ask("export", style, *day, "-m", model, "-o", file)
        assert 0 == made.exit_code, made.stderr
        written.append(file.read_bytes())
    assert written[0] == written[1]


def test_what_was_compiled_with_less_evidence_answers_as_with_less(tmp_path: Path) -> None:
    """Whatever a question leaves out besides; what is left out again is left out."""
    model, folder = "examples/minimal.yaml", str(tmp_path / "h")
    engine = Duckdb()
    compile_source(engine, model, folder, limits={"known_by": "2026-01-20", "without": ["coast-weekly"]})
    engine.close()
    less = ("--known-by", "2026-01-20", "--without", "coast-weekly")
    for verb in (("who", "any", "harbour"), ("tally",), ("sensitivity",)):
        for more in ((), ("--without", "union-letter"), ("--without", "coast-weekly", "--known-by", "2026-02-01")):
            on = (*verb, "--as-of", "2026-02-01", "--format", "json")
            expected = asked(*on, *less, *more[: 2 * ("union-letter" in more)], "-m", model)
            assert expected == asked(*on, *more, "-m", folder), (verb, more)
    on = ("diff", "--base-known-by", "2025-12-10", "--as-of", "2026-02-01", "--format", "json")
    assert asked(*on, *less, "-m", model) == asked(*on, "-m", folder)
    pages = []
    for number, words in enumerate((("-m", model, *less), ("-m", folder))):
        page = tmp_path / f"{number}.html"
        assert 0 == ask("export", "html", *words, "-o", page).exit_code
        pages.append(page.read_bytes())
    assert pages[0] == pages[1]
