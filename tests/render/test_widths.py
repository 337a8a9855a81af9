"""Every table at every width: nothing is wider than the terminal, and no word of a cell is lost."""
# ruff: noqa: E501 - a model of long names

import re

import pytest
import wcwidth
from asking import tables_of

from actorgraph.render import grid
from actorgraph.render.grid import Grid, unpainted
from actorgraph.render.wrapping import bare

MODEL = """
model: {id: names, title: Names of every length and script, description: 日本語の説明とالوصف}
actors:
  council: {name: "Council of the Confederation of Independent Fishing and Shipbuilding Municipalities (Upper Chamber)", kind: organisation}
  word: {name: Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft, kind: organisation}
  japan: {name: 日本国際海洋資源管理委員会, kind: organisation}
  league: {name: جامعة الدول العربية, kind: coalition}
  paper: {name: הוועדה המחוזית לתכנון ולבנייה, kind: organisation}
  flags: {name: "🇺🇦👩‍👩‍👧 Alliance", kind: coalition}
  x: {name: X, kind: person}
  envoy: {name: "Her Excellency the Special Representative for Maritime and Inland Waterway Affairs", kind: person}
relations:
  - {actor: envoy, relation: represents, to: council, since: 2024}
  - {actor: x, relation: represents, to: japan, since: 2024}
proposals:
  harbour: {title: "A deep-water harbour with three piers, a grain terminal and a railway to the hinterland", entails: [grain]}
  grain: {title: 穀物ターミナル, short: 穀物, entails: [quay]}
  quay: {title: "رصيف جديد للسفن الكبيرة"}
  ban: {title: "A ban on dredging, dumping, blasting and every other interference with the sea bed", excludes: [quay]}
conditions:
  loan: {title: "The state grants a loan without interest over a period of at least thirty years"}
  a-very-long-condition-id-that-nobody-would-write-by-hand: {title: 条件}
stances:
  - {actor: council, position: supports, proposal: harbour, date: 2025-01-02/2025-01-20, speaker: envoy, if: [loan], evidence: [{source: s, lines: 1, credibility: 2}]}
  - {actor: word, position: opposes, proposal: harbour, date: 2025-02, evidence: [{source: t, lines: "2-4, 9, 12-18", credibility: 2}]}
  - {actor: japan, position: open, proposal: harbour, date: ../2025-03-01, speaker: x, evidence: [{source: t, lines: 3, via: المدينة}]}
  - {actor: league, position: opposes, proposal: quay, date: 2025-03-01, evidence: [{source: u, lines: 3}]}
  - {actor: paper, position: supports, proposal: ban, date: 2025-03-01, evidence: [{source: u, lines: 3, credibility: 1}]}
  - {actor: flags, position: supports, proposal: harbour, date: 2025-03-01, evidence: [{source: s, lines: 7}]}
  - {actor: flags, position: opposes, proposal: harbour, date: 2025-03-01, evidence: [{source: t, lines: 7}]}
  - {actor: envoy, position: opposes, proposal: harbour, date: 2025-04-01, evidence: [{source: t, lines: 8}]}
  - {actor: council, position: opposes, proposal: harbour, date: 2025-08-01, evidence: [{source: t, lines: 9}]}
commitments:
  - actor: japan
    stage: pledges
    proposal: grain
    date: 2025-03
    toward: [word, league]
    if: [loan, a-very-long-condition-id-that-nobody-would-write-by-hand]
    evidence: [{source: s, lines: 1}]
  - actor: word
    stage: pledges
    proposal: grain
    date: 2025-03-02
    amount: {at-least: 1250000, at-most: 98765432, unit: tonnes of wheat a year}
    evidence: [{source: s, lines: 1}]
sources:
  s: {title: S, publisher: "The Maritime and Inland Waterway Courier and General Advertiser", published: 2025-04-01, url: "https://courier.example/2025/04/01/a-deep-water-harbour-with-three-piers-a-grain-terminal?lang=en", reliability: B}
  t: {title: T, publisher: 海事新聞, published: 2025-08-02, url: "https://t.example/", reliability: C}
  u: {title: U, publisher: هآرتس, published: 2025-04-03}
"""

QUESTIONS = [
    ("who", "any", "harbour"),
    ("who", "any", "grain"),
    ("who", "opposes", "council"),
    ("who", "silent", "ban"),
    ("what", "japan"),
    ("what", "word"),
    ("why", "japan", "grain"),
    ("why", "flags", "quay"),
    ("timeline", "harbour", "--all"),
    ("timeline", "council"),
    ("disputes",),
    ("list", "actors"),
    ("list", "proposals"),
    ("list", "sources"),
    ("show", "harbour"),
    ("show", "council.harbour.2025-01-02.2025-01-20"),
    ("diff", "2025-01-31", "2025-12-31"),
    ("diff", "--base-known-by", "2025-05-01"),
    ("tally",),
    ("tally", "harbour"),
    ("sensitivity",),
]

WIDTHS = (40, 60, 80, 100, 120, 140)


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> str:
    path = tmp_path_factory.mktemp("names") / "names.yaml"
    path.write_text(MODEL, encoding="utf-8")
    return str(path)


def answered(arguments: tuple[str, ...], path: str) -> tuple[Grid, ...]:
    """Return the tables of an answer of the model, as of a day where the question takes it."""
    dated = () if arguments[0] in ("list", "show") or "2025-12-31" in arguments else ("--as-of", "2025-06-01")
    return tables_of(*arguments, "--model", path, *dated)


def letters(text: str) -> str:
    """Return a text without what wrapping may put anywhere."""
    return re.sub(r"\s", "", bare(text))


@pytest.mark.parametrize("arguments", QUESTIONS, ids=" ".join)
def test_no_line_is_wider_and_no_word_is_lost(arguments: tuple[str, ...], path: str) -> None:
    tables = answered(arguments, path)
    assert tables
    for table in tables:
        for width in WIDTHS:
            text = grid.to_text(table, width=width)
            assert [] == [line for line in text.split("\n") if wcwidth.wcswidth(line) > width]
            lines = [letters(line) for line in text.split("\n")]
            if not any(len(table.headings) > 1 for _ in table.lines):
                whole = "".join(lines)
                assert [] == [note for note in table.notes if letters(note.text) not in whole]
            words = {word for line in table.lines for cell in line for word in cell.split()}
            shown = set(letters(text))
            assert [] == [word for word in words if not set(letters(word)) <= shown]
        wide = grid.to_text(table, width=2000, paint=unpainted)
        assert [] == [cell for line in table.lines for cell in line for part in cell.split("\n") if part not in wide]


@pytest.mark.parametrize("arguments", QUESTIONS[:6], ids=" ".join)
def test_at_80_columns_most_rows_of_long_names_take_three_lines_at_most(arguments: tuple[str, ...], path: str) -> None:
    for table in answered(arguments, path):
        if table.lines:
            text = grid.to_text(table._replace(above=(), below=(), notes=()), width=80).split("\n\n")[0]
            assert text.count("\n") <= 4 * len(table.lines)
