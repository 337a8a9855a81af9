"""The data of the page, and what must be read from it: golden answers, which the page's scripts are held to as well."""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pytest
from generator import model_text
from nodes import node
from pages import MODELS, Asked, as_known, data_of, edition, laid_out, names_of_editions

from actorgraph import diff, editions, everything, load, snapshot
from actorgraph.dates import OPEN, before, begun, ended, in_sentence, in_table, iso, last_day, period, vagueness
from actorgraph.graph.networks import actor_graph
from actorgraph.names import fold
from actorgraph.questions.about import about
from actorgraph.questions.as_json import plain
from actorgraph.questions.behind import Quantity
from actorgraph.questions.cells import amount_in_words, cite, held
from actorgraph.questions.changes import compare, rows_of_changes
from actorgraph.questions.echoes import changes_without_echoes
from actorgraph.questions.lives import life_of
from actorgraph.questions.relations import ties
from actorgraph.questions.versions import diff_versions
from actorgraph.questions.view import View
from actorgraph.render.diff import blocks_of_changes
from actorgraph.render.evidence import Citations
from actorgraph.render.grid import to_csv
from actorgraph.render.lives import going_on, in_its_life, outside_its_life
from actorgraph.render.phrases import Names, because
from actorgraph.render.wrapping import isolated
from actorgraph.vocabulary import NOT, grade_in_words, weak_grade

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from goldens import Golden

    from actorgraph import Ledger
    from actorgraph.questions.diff import Changes
    from actorgraph.questions.rows import Row
    from actorgraph.questions.scenario import Scenario
    from actorgraph.questions.versions import Versions
    from actorgraph.render.grid import Grid


QUESTIONS: Final = {
    "contested": (
        Asked("2024-02-09"),
        Asked("2024-03-15", base="2024-02-09"),
        Asked("2024-03-15", known="2024-02-20"),
        Asked("2024-03-15", base="2024-02-20"),
        Asked("2024-03-15", known="2024-02-03", assume=("loan",), base="2024-02-02"),
        Asked("2024-03-31", assume=("not:peace", "loan"), base="2024-05-01"),
        Asked("2024-08-31", stale="3w", base="2024-04-15"),
        Asked("2024-12-31", assume=("not:loan",), base="2024-03-15", stale="4mo"),
        *(
            Asked("2024-03-15", known=lens, base="2024-02-09")
            for lens in ("without=weekly", "without=leaflet", "grade=C6")
        ),
    ),
    "chains": (
        Asked("2021-02-15"),
        Asked("2021-12-01", base="2021-02-15"),
        Asked("2021-12-01", known="2021-10-01"),
        Asked("2021-07-01", assume=("frost",)),
        Asked("2021-07-01", assume=("frost", "vote"), base="2021-04-01"),
        Asked("2021-07-01", assume=("not:frost", "vote")),
        Asked("2021-12-01", assume=("vote", "not:truce"), base="2022-04-15"),
        Asked("2022-03-15", assume=("not:vote",), base="2022-06-15"),
        Asked("2022-06-15", stale="1y", base="2022-02-15"),
        Asked("2022-12-31", assume=("vote",), base="2021-12-01"),
    ),
    "learned": (
        Asked("2020-06-30", known="2020-03-10"),
        Asked("2020-06-30", known="2021-02-28", base="2020-03-15"),
        Asked("2020-06-30", known="2024-01-15", base="2020-03-15"),
        Asked("2020-06-30"),
        Asked("2020-12-31", known="2021-02-28", stale="90d", base="2020-06-30"),
        Asked("2021-06-30", assume=("not:rain",), base="2020-06-30"),
        Asked("2032-01-01", stale="8y", base="2020-02-28"),
    ),
    "spans": (
        Asked("2024-03-15"),
        Asked("2024-04-10", base="2024-03-15"),
        Asked("2024-05-20", known="2024-05-15"),
        Asked("2024-05-20"),
        Asked("2024-06-15", assume=("funds",)),
        Asked("2024-06-15", assume=("not:funds",), base="2024-04-10"),
        Asked("2024-09-15", base="2024-05-20"),
        Asked("2025-02-01", stale="6mo", base="2024-09-15"),
        Asked("2025-02-01", base="2024-08-01"),
        Asked("2024-08-01", base="2025-02-01", assume=("funds",)),
        Asked("2025-02-01", base="2024-06-25", known="2024-10-31"),
    ),
}


# -- what the page knows ---------------------------------------------------------------------------------------

SHARED: Final = ("words", "strokes", "letters")
"""What is the same on every page: it stands in one golden file, vocabulary.json, which the scripts' tests add again."""


# -- what is to be read from it --------------------------------------------------------------------------------


def answered(ledger: Ledger, asked: Asked, *, stated: bool = False) -> dict[str, Any]:
    """Return a question with all that the page must answer. The ledger is as of what was known by its day."""
    view = View(ledger, as_of=asked.day, stated=stated, assume=asked.assume, stale_after=asked.stale)
    rows = (*view.rows(), *view.possible())
    names = Names(about(ledger, rows, day=view.day)._replace(short_titles={}))  # the page prints whole titles
    answer = {
        "day": view.day,
        "known": edition(asked.known),
        "assume": list(asked.assume),
        "stale": asked.stale,
        "rows": [row_in_words(row, names) for row in view.rows()],
        "possible": [row_in_words(row, names) for row in view.possible()],
        "settled": _settled(view.scenario, ledger, view.day),
        "pairs": _pairs(ledger, asked, stated=stated),
        "ties": sorted(f"{tie.record} {tie.since} {tie.until}" for tie in ties(ledger, view.day)),
        "events": sorted(event.id for event in ledger.things("event")),
    }
    if asked.base is None:
        return answer
    changes = diff(ledger, asked.base, asked.day, stated=stated, assume=asked.assume).changes
    return answer | {
        "base": last_day(asked.base),
        "changes": [
            f"{change.basis} {change.change} {change.kind}/{change.actor}/{change.before_proposal}→{change.proposal} "
            f"{change.date} {change.fate}: "
            f"{_side(change.before)} → {_side(change.after)}"
            for change in changes
        ],
    }


def row_in_words(row: Row, names: Names) -> str:
    """Return all that a row says, in the words that answers are printed in (`held`, `because`, `cite`)."""
    parts = (
        "/".join(row.track),
        held(row),
        row.contest,
        f"since {_in_table(row.since_date)} ({row.since}) until {_in_table(row.until_date)} ({row.until}), "
        f"possible from {row.earliest}, said {_in_table(row.last_said_date)}"
        + (f" by {row.speaker}" if row.speaker else ""),
        because(row, names) if row.because else "",
        " ".join(f"{step.rule}:{step.position}:{step.proposal}" for step in row.because),
        ", ".join(row.records),
        "; ".join(f"{evidence.source}: {cite(evidence)}" for evidence in row.evidence),
    )
    return " | ".join(filter(None, parts))


def _in_table(date: str | None) -> str:
    return "" if date is None else in_table(date)


def _side(rows: Iterable[Row]) -> str:
    return " / ".join(f"{held(row)} ({', '.join(row.records)})" for row in rows) or "nothing"


def _settled(scenario: Scenario, ledger: Ledger, day: int) -> list[list[Any]]:
    conditions = [condition for key in sorted(ledger.names("condition")) for condition in (key, NOT + key)]
    return [[condition, scenario.settle((condition,), day)] for condition in conditions]


def _pairs(ledger: Ledger, asked: Asked, *, stated: bool) -> list[str]:
    graph = actor_graph(snapshot(ledger, as_of=asked.day, stated=stated, assume=asked.assume))
    return sorted(
        f"{actor} {other} {tie['edge_type']}: {', '.join(tie['proposals'])}"
        for actor, other, tie in graph.edges(data=True)
        if tie["edge_type"] in ("agreement", "conflict")
    )


# -- golden ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", QUESTIONS)
def test_data_and_answers(name: str, golden: Golden) -> None:
    path = MODELS / f"{name}.yaml"
    answers = [answered(as_known(path, asked.known), asked) for asked in QUESTIONS[name]]
    data = {key: value for key, value in data_of(path).items() if key not in SHARED}
    golden.check(f"explorer/{name}.json", laid_out({"data": data, "answers": answers}))


def test_vocabulary(golden: Golden) -> None:
    data = data_of(MODELS / "contested.yaml")
    golden.check("explorer/vocabulary.json", laid_out({key: data[key] for key in SHARED}))


WEAK: Final[tuple[list[str | None], ...]] = (["E3", "F6"], ["F6", "D5"], ["E3", "C2"], ["E3", None], ["B?"], ["?5"], [])
"""Grades of what a row rests on, of which all may be weak."""


def test_constants_days_and_grades(golden: Golden) -> None:
    days = (20240229, 20260331, 20250101, 20261231, 100, 10101, 10301, 99981231)
    lengths = ("1d", "31d", "6w", "1mo", "13mo", "18mo", "1y", "4y", "99999d")
    words = {
        "open": OPEN,
        "before": [[day, length, before(day, length)] for day in days if day > 10000 for length in lengths],
        "grades": [[mark, grade_in_words(mark)] for mark in ("A1", "D3", "B?", "?6", None)],
        "weak": [[marks, weak_grade(marks)] for marks in WEAK],
    }
    golden.check("explorer/words.json", laid_out(words))


def test_rows_and_changes_to_take_away(golden: Golden) -> None:
    ledger = load(MODELS / "chains.yaml")
    answer = everything(ledger, as_of="2021-07-01", assume=("frost",))
    golden.check("explorer/rows.csv", to_csv(answer.records(), answer.columns) + "\n")
    changes = diff(ledger, "2021-07-01", "2022-04-15", assume=("frost",))
    golden.check("explorer/changes.csv", to_csv(changes.records(), changes.columns) + "\n")
    spans = load(MODELS / "spans.yaml")
    answer_in_spans = everything(spans, as_of="2024-06-15")
    golden.check("explorer/spans-rows.csv", to_csv(answer_in_spans.records(), answer_in_spans.columns) + "\n")
    moved = diff(spans, "2024-08-01", "2025-02-01")
    golden.check("explorer/spans-changes.csv", to_csv(moved.records(), moved.columns) + "\n")
    about = {"rows": plain(answer.about), "changes": plain(changes.about)}
    golden.check("explorer/about.json", laid_out(about))


def test_rows_for_spreadsheets(golden: Golden) -> None:
    """What would be a formula, what only looks like one, numbers, lists, and what has to be quoted."""
    signs = (
        "=1+1",
        "+1",
        "-1",
        "@a",
        "\tx",
        "\rx",
        "\nx",
        "\uff1d1",
        "\uff0b1",
        "\uff0d1",
        "\uff20a",
        " =1",
        "a=1",
        "'",
    )
    columns = ("text", "list", "quoted", "other")
    others = (-1, 1.5, True, False, None, "Åland")
    records = [
        {
            "text": sign,
            "list": [sign, "b"],
            "quoted": f'{sign},"',
            "other": others[number % len(others)],
        }
        for number, sign in enumerate(signs)
    ]
    text = to_csv(records, columns, excel=True) + "\n"
    golden.check("explorer/spreadsheets.json", laid_out({"columns": columns, "records": records, "text": text}))


DATES: Final = (
    *("2025", "2025-10", "2025-10-14", "0987-02", "2024-02-29"),
    *(
        "2025-09-12/2025-09-24",
        "2025-09-30/2025-10-02",
        "2025-12-30/2026-01-02",
        "2025-12/2026-02-01",
        "2025-09/2025-11",
    ),
    *("2024/2026", "2025-02-03/2025", "../2025-10-14", "../2025-10", "../2025"),
)
AMOUNTS: Final = (
    *(Quantity(2000, 2000, "soldiers"), Quantity(1000, 2000, "soldiers"), Quantity(1000, None, "soldiers")),
    *(Quantity(None, 1234567.25, "euros"), Quantity(0, 0, "tanks"), Quantity(0.5, 2, "% of GDP")),
)


def test_dates_and_amounts_as_curated(golden: Golden) -> None:
    words = {
        "dates": [[date, in_table(date), begun(date), ended(date), in_sentence(date), period(date)] for date in DATES],
        "vagueness": sorted(DATES, key=vagueness),
        "amounts": [[amount._asdict(), amount_in_words(amount)] for amount in AMOUNTS],
    }
    golden.check("explorer/dates.json", laid_out(words))


NOBODY: Final = Names(about(load(MODELS / "spans.yaml"), (), day=20240101))


def test_lives(golden: Golden) -> None:
    path = MODELS / "spans.yaml"
    *_, ledger = editions(path)
    lives = []
    for known in (None, *ledger_days(ledger)):
        then = load(path, known_by=known)
        for proposal in then.things("proposal"):
            for day in (20230101, 20240310, 20240601, 20240831, 20260101):
                life = life_of(then, proposal, day)
                told = None if life is None else [*life[:3], list(life.succeeded_by), life.outside]
                lone = None if life is None else life._replace(succeeded_by=())
                sentences = (*outside_its_life(lone, NOBODY), *in_its_life(lone))
                lives.append([f"proposal/{proposal.id}", day, known and last_day(known), told, " ".join(sentences)])
    data = {key: value for key, value in data_of(path).items() if key not in SHARED}
    going = [
        [edition(known), day, *going_on(then.ends_not_counted, then.names("proposal"), day)]
        for known in (None, *names_of_editions(data))
        for then in (as_known(path, known),)
        for day in (20240830, 20240831)
    ]
    golden.check("explorer/lives.json", laid_out({"data": data, "lives": lives, "going_on": going}))


def ledger_days(ledger: Ledger) -> list[str]:
    """Return the days on which sources of a ledger came out."""
    return sorted({str(iso(last_day(source.body["published"]))) for source in ledger.things("source")})


NAMES: Final = (
    *("Türkiye", "The Coalition of the Willing", "the", "multinational-force", "Fishers’ Union", "U.K.", "Støre"),
    *("Wałęsa", "Kılıçdaroğlu", "İzmir", "Straße", "Æthelred", "Beyonce\u0301", "NATO™", "ﬁnland"),  # noqa: RUF001
    *("Владимир", "Ёлка", "Ἀθῆναι", "ירושלים", "جامعة الدول العربية", "中国", "パリ", "a_b", "  the   EU ", "¿?", ""),
    *("Πειραιάς", "ΠΕΙΡΑΙΆΣ", "GROẞE STRAẞE", "プ\u05c2\u0614"),
    *("バリ", "दिल", "दाल", "Zero\u200bWidth", "🇺🇦", "❤\ufe0f", "กำแพง", "می\u200cخواهم", "한국", "שָׁלוֹם", "مُحَمَّد", "Ёж"),
)


def test_names_are_folded_for_the_search_and_isolated(golden: Golden) -> None:
    names = [
        [name, fold(name), isolated(name)] for name in (*NAMES, "\u05d9\u202e\u05d5", "\u05d9\t\u05d5", "a\u202eb")
    ]
    golden.check("explorer/folding.json", laid_out(names))


# -- what if changes ------------------------------------------------------------------------------------------

SHIPPED: Final = {"ukraine-troops": "2026-01-10"}
"""The shipped model that knows conditions, with a day."""
ASSUMED: Final[Mapping[str, Sequence[tuple[str, tuple[str, ...]]]]] = {
    "contested": [("2024-03-15", ("loan",)), ("2024-03-15", ("not:peace", "loan")), ("2024-08-31", ("peace",))],
    "chains": [("2021-07-01", ("frost", "vote")), ("2021-12-01", ("not:vote",)), ("2021-12-01", ("not:truce",))],
    "spans": [("2024-06-25", ("funds",)), ("2024-06-25", ("not:funds",)), ("2024-04-01", ("funds",))],
}
"""Days and assumptions, by model."""


def assumed(ledger: Ledger, day: str, assume: tuple[str, ...]) -> dict[str, Any]:
    """Return what an assumption changes on a day, as `diff --assume` prints it: block by block, line by line."""
    changes = diff(ledger, day, day, assume=assume, base_assume=())
    return {"day": last_day(day), "assume": sorted(assume), "blocks": printed(changes)}


def printed(answer: Changes | Versions) -> list[list[Any]]:
    """Return changes of positions as they are printed: block by block, line by line."""
    return blocks(blocks_of_changes(answer.changes, Names(answer.about), Citations()))


def blocks(grids: Iterable[Grid]) -> list[list[Any]]:
    """Return the headings and lines of grids."""
    return [[*grid.above, list(grid.headings), *map(list, grid.lines)] for grid in grids]


def shipped_scenarios(ledger: Ledger) -> list[tuple[str, ...]]:
    """Return each condition to hold, and not to, and all of them together."""
    conditions = sorted(ledger.names("condition"))
    return [*((one,) for one in conditions), *((NOT + one,) for one in conditions), tuple(conditions)]


LENSES: Final[Mapping[str, str]] = {"contested": "2024-03-15", "chains": "2021-12-01", "spans": "2024-06-25"}
"""A day on which all lenses of a model are looked through, and all editions of what was known."""
LENSES_SHIPPED: Final = {"ukraine-troops": "2026-01-10", "nature-restoration": "2024-06-17"}


def left_out(path: Path, whole: Ledger, known: str, day: str) -> dict[str, Any]:
    """Return what goes with the evidence that an edition leaves out, as `diff` prints it for two versions."""
    changes = diff_versions(whole, as_known(path, known), as_of=day)
    return {"day": last_day(day), "known": edition(known), "assume": [], "blocks": printed(changes)}


def test_what_evidence_that_is_left_out_changes(golden: Golden) -> None:
    told = {}
    for name, day in LENSES.items():
        path = MODELS / f"{name}.yaml"
        whole = load(path)
        told[name] = [left_out(path, whole, known, day) for known in names_of_editions(data_of(path))]
    golden.check("explorer/lenses.json", laid_out(told))


def test_the_page_dates_each_of_several_positions_that_are_gone(tmp_path: Path) -> None:
    said = "actor: a, proposal: p, evidence: [{source: s}]"
    path, file = tmp_path / "m.yaml", tmp_path / "case.json"
    path.write_text(
        "model: {id: m, title: M}\nproposals: {p: {title: P}}\n"
        f"actors: {{{', '.join(f'{key}: {{name: {key.upper()}, kind: state}}' for key in 'abc')}}}\n"
        "sources: {s: {title: S, publisher: S, published: 2025-12-31}, t: {title: T, publisher: T, published: 2024}}\n"
        "events: [{id: e, title: E, date: 2024, evidence: [{source: t}]}]\ncommitments:\n"
        f"  - {{stage: pledges, toward: b, date: 2025-03-01, until: 2025-07, {said}}}\n"
        f"  - {{stage: declines, toward: c, date: 2025-05, until: 2025-09-20, {said}}}\n",
        encoding="utf-8",
    )
    data, whole = data_of(path), load(path)
    told = [left_out(path, whole, known, "2025-06-01") for known in names_of_editions(data)]
    assert "2025-07 / 2025-09-20" in [line[-1] for case in told for block in case["blocks"] for line in block[2:]]
    file.write_text(json.dumps({"data": data, "answers": [], "assumed": told}), encoding="utf-8")
    node("--disable-warning=MODULE_TYPELESS_PACKAGE_JSON", "tests/explorer/check.mjs", str(file))


@pytest.mark.thorough
@pytest.mark.parametrize("name", LENSES_SHIPPED)
def test_the_page_of_a_shipped_model_tells_what_evidence_that_is_left_out_changes(name: str, tmp_path: Path) -> None:
    path, file = Path("graphs") / name, tmp_path / "case.json"
    data, whole = data_of(path), load(path)
    days = [LENSES_SHIPPED[name], "2023-07-01" if name == "nature-restoration" else "2025-06-01"]
    every = {"nature-restoration": 3}.get(name, 1)  # it cites many sources, and each is left out in one edition
    editions_asked = names_of_editions(data)[::every]
    told = [left_out(path, whole, known, day) for known in editions_asked for day in days]
    both = [both_changed(path, whole, known, days[0], "ceasefire") for known in editions_asked if "ukraine" in name]
    rows = [answered(as_known(path, known), Asked(days[0], known)) for known in editions_asked if "=" in known]
    file.write_text(json.dumps({"data": data, "answers": rows, "assumed": told + both}), encoding="utf-8")
    node("--disable-warning=MODULE_TYPELESS_PACKAGE_JSON", "tests/explorer/check.mjs", str(file))


def both_changed(path: Path, whole: Ledger, known: str, day: str, condition: str) -> dict[str, Any]:
    """Return what evidence left out and an assumption change together: no command asks for both on one side."""
    ledger = as_known(path, known)
    before, after = View(whole, as_of=day), View(ledger, as_of=day, assume=[condition])
    changes = changes_without_echoes(compare(before.rows(), after.rows()))
    rows = rows_of_changes(changes)
    grids = blocks_of_changes(changes, Names(about(ledger, rows, day=after.day, base=whole)), Citations())
    return {"day": last_day(day), "known": edition(known), "assume": [condition], "blocks": blocks(grids)}


def test_what_an_assumption_changes(golden: Golden) -> None:
    told = {}
    for name, asked in ASSUMED.items():
        ledger = load(MODELS / f"{name}.yaml")
        told[name] = [assumed(ledger, day, assume) for day, assume in asked]
    for name, day in SHIPPED.items():
        ledger = load(Path("graphs") / name)
        told[name] = [assumed(ledger, day, assume) for assume in shipped_scenarios(ledger)]
    golden.check("explorer/assumed.json", laid_out(told))


@pytest.mark.parametrize("name", SHIPPED)
def test_the_page_of_a_shipped_model_tells_what_an_assumption_changes(name: str, tmp_path: Path) -> None:
    told = json.loads(Path("tests/golden/explorer/assumed.json").read_text(encoding="utf-8"))[name]
    file = tmp_path / "case.json"
    data = data_of(Path("graphs") / name)
    file.write_text(json.dumps({"data": data, "answers": [], "assumed": told}), encoding="utf-8")
    node("--disable-warning=MODULE_TYPELESS_PACKAGE_JSON", "tests/explorer/check.mjs", str(file))


# -- editions --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "limit"),
    [
        (MODELS / "contested.yaml", "2024-06"),
        (MODELS / "chains.yaml", "2021-12-31"),
        (MODELS / "learned.yaml", "2025"),
        (Path("graphs/ukraine-troops"), "2025"),
        (Path("examples/minimal.yaml"), None),
        (MODELS / "learned.yaml", "2000"),  # nothing is known
    ],
)
def test_on_any_day_the_latest_edition_holds_what_was_known(path: Path, limit: str | None) -> None:
    ledgers = editions(path, known_by=limit)
    assert ledgers[-1].known_by == load(path, known_by=limit).known_by
    days = sorted({last_day(ledgers[-1].sources[source].published) for source in bearing(ledgers[-1])})
    assert days[:-1] == [last_day(str(ledger.known_by)) for ledger in ledgers[:-1]]
    ends = [*(before(day, "1d") for day in days[1:]), last_day(limit or "9998")]
    for ledger, *known in zip(ledgers, days or ends, ends, strict=True):
        expected = ledger.rows("SELECT * FROM holdings")
        assert [expected] * 2 == [load(path, known_by=iso(day)).rows("SELECT * FROM holdings") for day in known]


def bearing(ledger: Ledger) -> set[str]:
    """Return the sources that a position or a life rests on; those of relations and events alone make no edition."""
    things = ledger.things("stance", "commitment", "actor", "proposal")
    return {evidence["source"] for thing in things for evidence in thing.body.get("evidence", ())}


def _holdings(ledger: Ledger) -> list[tuple[Any, ...]]:
    return ledger.rows("SELECT * FROM holdings") + ledger.rows("SELECT * FROM ties")


@pytest.mark.parametrize(("days", "expected"), [(40, 40), (41, 1)])
def test_many_days_of_publication_make_one_edition(days: int, expected: int, tmp_path: Path) -> None:
    path = tmp_path / "days.yaml"
    dates = [str(iso(day)) for day in range(20250101, 20250101 + 31)] + [f"2025-02-{day:02}" for day in range(1, 28)]
    lines = [f"  s{number}: {{title: S, publisher: P, published: {dates[number]}}}" for number in range(days)]
    cited = ", ".join(f"{{source: s{number}}}" for number in range(days))
    said = f"  - {{actor: a, position: supports, proposal: p, date: 2025, evidence: [{cited}]}}"
    things = ["actors: {a: {name: A, kind: state}}", "proposals: {p: {title: P}}", "stances:", said]
    path.write_text("\n".join(["model: {id: days, title: Days}", *things, "sources:", *lines, ""]), encoding="utf-8")
    assert expected == len(editions(path))


def test_a_kept_ledger_serves_as_the_last_edition(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    path = MODELS / "learned.yaml"
    expected = list(map(_holdings, editions(path)))
    assert expected == list(map(_holdings, editions(path, cache=True)))
    assert 1 == len(list((tmp_path / "actorgraph").iterdir()))
    assert expected == list(map(_holdings, editions(path, cache=True)))


# -- breadth ---------------------------------------------------------------------------------------------------


def _wide(path: Path, conditions: Sequence[str], *, seed: int, most: int, stated: bool = False) -> Iterator[str]:
    """Yield the parts of a case: a model's data and many answers, on days on which something changes."""
    chance = random.Random(seed)  # noqa: S311 - no secret, but the same questions every time
    data = data_of(path, stated=stated)
    columns = data["edges"]["columns"]
    ends = {day for row in data["edges"]["rows"] for name in ("since", "until") for day in [row[columns.index(name)]]}
    days = [str(iso(day)) for day in sorted(ends - {OPEN})]
    knowns = [None, *names_of_editions(data)]
    scenarios = [(), *((f"{NOT * chance.randrange(2)}{one}",) for one in conditions)]
    for known in knowns if len(knowns) <= 9 else [None, *chance.sample(knowns[1:], 8)]:
        ledger = as_known(path, known)
        for assume in scenarios if len(scenarios) <= 2 else [(), chance.choice(scenarios)]:
            for day in days if len(days) <= most else sorted(chance.sample(days, most)):
                asked = Asked(day, known, assume, chance.choice((None, "18mo", "2y")), chance.choice(days))
                yield json.dumps(answered(ledger, asked, stated=stated))


@pytest.mark.first_cases(1)
@pytest.mark.parametrize("case", ["shipped", "stated", "1", "2"])
def test_the_page_answers_as_python_does(case: str, tmp_path: Path) -> None:
    if case.isdigit():
        path = tmp_path / "model.yaml"
        path.write_text(model_text(240, seed=int(case)), encoding="utf-8")
    else:
        path = Path("graphs/ukraine-troops")
    stated = case == "stated"
    conditions = sorted(load(path).names("condition"))
    answers = ",\n".join(_wide(path, conditions, seed=7, most=8 if case.isdigit() else 24, stated=stated))
    file = tmp_path / "case.json"
    file.write_text(f'{{"data": {json.dumps(data_of(path, stated=stated))}, "answers": [{answers}]}}', encoding="utf-8")
    node("--disable-warning=MODULE_TYPELESS_PACKAGE_JSON", "tests/explorer/check.mjs", str(file))
