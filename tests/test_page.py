"""The page without a browser: what is in the file, and what is not."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from html.parser import HTMLParser
from itertools import combinations
from pathlib import Path
from typing import Any, get_args

import pytest

from actorgraph import Snapshot, load, snapshot, to_html
from actorgraph.explorer.drawing import LINES, SHAPES, arrange, network
from actorgraph.explorer.island import _TIES, island
from actorgraph.words import POSITIONS, STAGES, ActorKind, Tie

MODELS = {
    "minimal": ("examples/minimal.yaml", "2026-02-15"),
    "hostile": ("tests/hostile/hostile.yaml", "2026-01-10"),
    "ukraine-troops": ("graphs/ukraine-troops", "2026-01-10"),
}
CSS = Path("actorgraph/explorer/page.css")


def snapped(name: str, known_by: str | None = None) -> Snapshot:
    path, day = MODELS[name]
    return snapshot(load(path, known_by=known_by), as_of=day)


class Parsed(HTMLParser):
    """A page as a browser reads it: its start tags with their attributes, and the text in `script` and `style`."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.raw: list[tuple[str, str]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag in {"script", "style"}:
            self.raw.append((tag, ""))

    def handle_data(self, data: str) -> None:
        if self.cdata_elem:
            tag, before = self.raw[-1]
            self.raw[-1] = (tag, before + data)

    @property
    def island(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self.raw[1][1])
        return found


@pytest.fixture(scope="module", params=MODELS)
def snap(request: pytest.FixtureRequest) -> Snapshot:
    return snapped(request.param)


@pytest.fixture(scope="module")
def page(snap: Snapshot) -> str:
    return to_html(snap)


def test_same_snapshot_same_bytes(snap: Snapshot, page: str) -> None:
    assert page == to_html(snap)


def test_the_policy_allows_what_is_inlined_and_nothing_else(page: str) -> None:
    parsed = Parsed(page)
    assert [tag for tag, _ in parsed.raw] == ["style", "script", "script", "script"]
    style, _, library, script = (_hash(text) for _, text in parsed.raw)
    expected = (
        f"default-src 'none'; script-src {library} {script}; style-src {style}; "
        "connect-src 'none'; base-uri 'none'; form-action 'none'"
    )
    assert expected == next(
        attributes["content"]
        for tag, attributes in parsed.tags
        if tag == "meta" and attributes.get("http-equiv") == "Content-Security-Policy"
    )


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def test_a_browser_reads_the_bytes_that_were_hashed(page: str) -> None:
    assert "\r" not in page
    assert "\0" not in page


def test_nothing_is_loaded_and_nothing_is_styled_or_scripted_inline(page: str) -> None:
    tags = Parsed(page).tags
    loading = {"src", "srcset", "data", "action", "style", "background", "poster", "formaction"}
    assert [one for one in tags if loading & set(one[1]) or any(name.startswith("on") for name in one[1])] == []
    assert [attributes["href"] for _, attributes in tags if "href" in attributes] == ["#positions"]
    assert "sourceMappingURL" not in page


def test_without_javascript_the_page_says_what_it_needs(page: str) -> None:
    said = page[page.index("<noscript>") : page.index("</noscript>")]
    assert "Please allow JavaScript" in said


def test_the_island_holds_every_row_and_every_evidence(snap: Snapshot, page: str) -> None:
    rows = Parsed(page).island["rows"]
    assert [f"row/{number}" for number in range(len(snap.rows))] == [row["id"] for row in rows]
    for row, told in zip(snap.rows, rows, strict=True):
        assert set(row.records) == {record["id"] for record in told["records"]}
        evidence = [one for record in told["records"] for one in record["evidence"]]
        assert {one.source for one in row.evidence} == {one["source"] for one in evidence}
        assert len(row.evidence) <= len(evidence)


def test_whatever_is_referred_to_is_there(page: str) -> None:
    data = Parsed(page).island
    rows, things, nodes = (
        {one["id"] for one in data["rows"]},
        set(data["things"]),
        {one["id"] for one in data["nodes"]},
    )
    assert rows == {edge["id"] for edge in data["edges"]}
    assert nodes == {edge[end] for edge in data["edges"] for end in ("from", "to")}
    assert nodes <= things
    assert things == {one["key"] for one in data["search"]}
    assert {end["key"] for thing in data["things"].values() for tie in thing["ties"] for end in tie["to"]} <= things
    assert {one for thing in data["things"].values() for one in (*thing["rows"], *thing["spoken"])} <= rows
    assert {one for row in data["rows"] for one in row["contested"]} <= rows


# -- hostile text ------------------------------------------------------------------------------------------


def test_hostile_text_never_occurs_as_markup() -> None:
    snap = snapped("hostile")
    page = to_html(snap)
    texts = [text for kind in snap.things.values() for thing in kind.values() for text in _texts(thing.body)]
    hostile = [text for text in (*texts, snap.title) if "<" in text]
    assert len(hostile) > 20
    assert [text for text in hostile if text in page] == []
    assert {"html", "head", "meta", "title", "style", "body"} <= {tag for tag, _ in Parsed(page).tags}
    assert [tag for tag, _ in Parsed(page).tags if tag in {"img", "iframe", "object", "video", "form", "base"}] == []


def test_hostile_text_arrives_whole() -> None:
    data = Parsed(to_html(snapped("hostile"))).island
    told = set(_texts(data))
    assert '<img src=x onerror="window.__pwned = 2">{{7*7}}' in told
    assert "line\u2028and\u2029paragraph" in told
    assert "{{ config }}${7*7}<%= 7*7 %>#{7*7}" in told


def test_only_web_addresses_become_links() -> None:
    sources = island(snapped("hostile"), title="")["sources"]
    assert {key: (source["link"], source["address"]) for key, source in sources.items()} == {
        "address-with-markup": ("https://example.org/<script>", None),
        "constructor": (None, "javascript:window.__pwned = 16"),
        "data-address": (None, "data:text/html,<script>window.__pwned = 17</script>"),
        "disguised-address": (None, "java\tscript:window.__pwned = 19//https://example.org"),
        "quoted-address": ('https://example.org/"onmouseover="window.__pwned=20', None),
    }


def _texts(value: Any) -> list[str]:
    if isinstance(value, str):
        return [value]
    inside = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return [text for one in inside for text in _texts(one)]


# -- words -------------------------------------------------------------------------------------------------


def test_the_head_tells_date_counts_and_silence() -> None:
    head = island(snapped("minimal", known_by="2026-02-10"), title="Harbour")["head"]
    assert head == {
        "title": "Harbour",
        "as_of": "As of 15 February 2026",
        "notes": [
            "Known by 10 February 2026: nothing published later counts.",
            "The latest source is of 1 February 2026.",
        ],
        "counts": ["3 actors", "1 proposal", "4 positions", "0 contested"],
        "silent": (
            "One more actor of the model is not drawn: nothing is on record in their own name on this day. "
            "Silence is not neutrality. The search finds them too."
        ),
    }


def test_a_title_of_ones_own_takes_the_place_of_the_models() -> None:
    page = to_html(snapped("minimal"), title="Quays & <em>keels</em>")
    assert "<title>Quays &amp; &lt;em&gt;keels&lt;/em&gt; | As of 15 February 2026</title>" in page
    assert Parsed(page).island["head"]["title"] == "Quays & <em>keels</em>"


def test_a_row_is_told_in_words() -> None:
    rows = {row["headline"]: row for row in island(snapped("minimal"), title="")["rows"]}
    opposes = rows["Fishers’ Union opposes “A deep-water harbour”"]
    assert opposes["span"] == "In force since 15 January 2026."
    assert opposes["records"] == [
        {
            "id": "fishers-union.harbour.2026-01-15",
            "said": "opposes, dated 15 January 2026",
            "speaker": "Kari Olsen, Chair",
            "toward": None,
            "conditions": [],
            "note": "The dredging would close the spring fishery.",
            "evidence": [
                {
                    "source": "union-letter",
                    "where": "lines 3–6",
                    "via": "relaying Coast Weekly",
                    "grade": "Grade B2: usually reliable; probably true",
                    "quote": None,
                }
            ],
        }
    ]
    pledges = rows["Harbour Board pledges “A deep-water harbour”"]
    assert pledges["conditions"] == ["If: The state grants a loan"]
    assert pledges["records"][0]["toward"] == "Toward Town Council"
    council = rows["Town Council is open to “A deep-water harbour”"]
    assert council["span"] == "In force since 3 December 2025, until 1 March 2026 (that day not included)."


CHANGES = """
model: {id: changes, title: Changes}
actors:
  union: {name: Union, kind: organisation}
  old-chair: {name: Old Chair, kind: person}
  new-chair: {name: New Chair, kind: person}
proposals: {harbour: {title: Harbour}}
conditions: {loan: {title: A loan}}
relations:
  - {actor: old-chair, relation: represents, to: union, role: Chair, since: 2020-01-01, until: 2025-06-01}
  - {actor: new-chair, relation: represents, to: union, role: Chair, since: 2025-06-01}
stances:
  - {actor: union, position: opposes, proposal: harbour, date: 2025-01-01, speaker: old-chair, unless: [loan],
     evidence: [{source: early, lines: 1}, {source: late, lines: 2}]}
commitments:
  - {id: a, actor: union, stage: declines, proposal: harbour, date: 2025-03-01, evidence: [{source: early, page: "7"}]}
  - {id: b, actor: union, stage: pledges, proposal: harbour, date: 2025-03-01, evidence: [{source: early}]}
sources:
  early: {title: Early, publisher: Weekly, published: 2025-03-02}
  late: {title: Late, publisher: Weekly, published: 2025-09-01}
"""


@pytest.fixture
def changes(tmp_path: Path) -> Path:
    path = tmp_path / "changes.yaml"
    path.write_text(CHANGES, encoding="utf-8")
    return path


def test_a_speaker_keeps_the_role_of_the_day(changes: Path) -> None:
    (stance,) = _rows(changes, "stance")
    assert stance["records"][0]["speaker"] == "Old Chair, Chair"
    assert stance["conditions"] == ["Unless: A loan"]


def test_known_by_leaves_later_evidence_out(changes: Path) -> None:
    (stance,) = _rows(changes, "stance", known_by="2025-04")
    assert [one["source"] for one in stance["records"][0]["evidence"]] == ["early"]


def test_the_sides_of_a_contest_name_each_other_and_stand_apart(changes: Path) -> None:
    declines, pledges = _rows(changes, "commitment")
    assert (declines["contested"], pledges["contested"]) == ([pledges["id"]], [declines["id"]])
    edges = network(snapshot(load(changes), as_of="2026")).edges
    assert [edge["smooth"] and edge["smooth"]["type"] for edge in edges] == ["curvedCCW", False, "curvedCW"]
    assert [edge["arrows"]["middle"]["enabled"] for edge in edges] == [False, True, True]


def test_a_speaker_is_found_with_what_was_said_for_others(changes: Path) -> None:
    thing = island(snapshot(load(changes), as_of="2026"), title="")["things"]["actor/old-chair"]
    assert (thing["rows"], thing["spoken"]) == ([], ["row/0"])


def _rows(path: Path, kind: str, known_by: str | None = None) -> list[dict[str, Any]]:
    told = island(snapshot(load(path, known_by=known_by), as_of="2026"), title="")
    return [row for row in told["rows"] if row["kind"] == kind]


def test_nothing_in_force_makes_a_page_too() -> None:
    page = to_html(snapshot(load("examples/minimal.yaml"), as_of="2000"))
    assert Parsed(page).island["head"]["counts"] == ["0 actors", "0 proposals", "0 positions", "0 contested"]


# -- drawing -----------------------------------------------------------------------------------------------


def test_every_word_of_the_vocabulary_has_its_looks() -> None:
    assert set(LINES) == {*POSITIONS, *STAGES}
    assert set(SHAPES) == {*get_args(ActorKind), "proposal"}
    assert set(_TIES) == {*get_args(Tie), "part-of", "entails", "excludes"}


def test_colour_never_stands_alone() -> None:
    looks = {(line.dash, line.width, line.head) for line in LINES.values()}
    assert len(looks) == len(LINES)


def test_marks_and_labels_do_not_cover_each_other() -> None:
    boxes = [(100.0, 40.0)] * 40
    rough = [((number % 7) / 10, (number % 3) / 10) for number in range(40)]
    placed = arrange(rough, boxes)
    assert [
        (one, other)
        for one, other in combinations(placed, 2)
        if abs(one[0] - other[0]) < 98 and abs(one[1] - other[1]) < 38
    ] == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_inks_stand_out_from_the_paper(scheme: str) -> None:
    light, dark = re.findall(r":root \{(.*?)\}", CSS.read_text(encoding="utf-8"), re.DOTALL)
    colours = dict(re.findall(r"--([a-z]+): (#[0-9a-f]{6})", light + (dark if scheme == "dark" else "")))
    for ink in ("for", "against", "undecided", "neither", "threat", "edge"):
        assert _contrast(colours[ink], colours["paper"]) >= 3, ink
    for ink in ("ink", "soft"):
        assert _contrast(colours[ink], colours["sheet"]) >= 4.5, ink


def _contrast(one: str, other: str) -> float:
    """Return the contrast of two colours, after WCAG 2.2."""
    low, high = sorted(map(_luminance, (one, other)))
    return (high + 0.05) / (low + 0.05)


def _luminance(colour: str) -> float:
    channels = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in channels]
    return sum(part * one for part, one in zip((0.2126, 0.7152, 0.0722), linear, strict=True))
