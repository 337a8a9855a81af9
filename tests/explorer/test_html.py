"""The page without a browser: what is in the file, and what is not."""

from __future__ import annotations

import base64
import hashlib
import re
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Any

import pytest
from generator import model_text
from pages import data_in

from actorgraph import Opening, UsageProblem, editions, load, to_html
from actorgraph.explorer.data import as_json, packed, page_data
from actorgraph.explorer.data import unpacked as items
from actorgraph.explorer.recorded import Recorded

if TYPE_CHECKING:
    from pathlib import Path

MODELS = {
    "minimal": ("examples/minimal.yaml", "2026-02-15"),
    "hostile": ("tests/hostile/hostile.yaml", "2026-01-10"),
    "ukraine-troops": ("graphs/ukraine-troops", "2026-01-10"),
}


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
    def data(self) -> dict[str, Any]:
        return data_in(self.raw[1][1])


def written(name: str, *, title: str | None = None) -> str:
    path, day = MODELS[name]
    *earlier, ledger = editions(path)
    return to_html(ledger, as_of=day, opening=Opening(title=title), earlier=earlier)


@pytest.fixture(scope="module", params=MODELS)
def name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def page(name: str) -> str:
    return written(name)


def test_same_arguments_same_bytes(name: str, page: str) -> None:
    assert page == written(name)


def test_the_policy_allows_what_is_inlined_and_nothing_else(page: str) -> None:
    parsed = Parsed(page)
    assert [tag for tag, _ in parsed.raw] == ["style", "script", "script", "script"]
    style, _, library, script = (_hash(text) for _, text in parsed.raw)
    expected = (
        f"default-src 'none'; script-src {library} {script}; style-src {style}; img-src blob:; "
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
    assert [attributes["href"] for _, attributes in tags if "href" in attributes] == ["#spread"]
    assert "sourceMappingURL" not in page


def test_without_javascript_the_page_says_what_it_needs(page: str) -> None:
    said = page[page.index("<noscript>") : page.index("</noscript>")]
    assert "Please allow JavaScript" in said


def test_the_data_hold_every_line_of_the_ledger(name: str, page: str) -> None:
    ledger = load(MODELS[name][0])
    data = Parsed(page).data
    lines = [line for line in (*items(data["edges"]), *items(data["possible"])) if line["known"][1] == 99991231]
    found = sorted(
        [line["kind"], line["from"], line["to"], line["position"], line["since"], line["until"]] for line in lines
    )
    sql = "SELECT kind, 'actor/' || actor, 'proposal/' || proposal, position, since, until FROM holdings"
    assert sorted(map(list, ledger.rows(sql))) == found


def test_whatever_is_referred_to_is_there(page: str) -> None:
    data = Parsed(page).data
    things, records = {one["key"] for one in items(data["things"])}, {one["id"] for one in items(data["records"])}
    sources, nodes = {one["id"] for one in items(data["sources"])}, {one["id"] for one in items(data["nodes"])}
    held, ties = items(data["edges"]), items(data["ties"])
    addressed = {key for record in items(data["records"]) for key in record["toward"]}
    assert nodes == addressed | {line[end] for line in (*held, *ties) for end in ("from", "to")}
    assert nodes <= things
    numbers = set(range(len(records)))
    assert {record for line in held for record, _ in line["said"]} <= numbers
    assert {record for line in held for *_, ground in line["grounds"] for record in ground or ()} <= numbers
    told = [*items(data["records"]), *items(data["events"])]
    assert {each["source"] for one in told for each in one["evidence"]} <= sources
    conditions = {one["id"] for one in items(data["conditions"])}
    assert {one.removeprefix("not:") for line in held for one in line["conditions"]} <= conditions
    assert {line["position"] for line in held} <= set(data["strokes"])


# -- hostile text ------------------------------------------------------------------------------------------


def test_hostile_text_never_occurs_as_markup() -> None:
    page = written("hostile")
    texts = _texts(Parsed(page).data)
    hostile = [text for text in texts if "<" in text]
    assert len(hostile) > 20
    assert [text for text in hostile if text in page] == []
    assert {"html", "head", "meta", "title", "style", "body"} <= {tag for tag, _ in Parsed(page).tags}
    assert [tag for tag, _ in Parsed(page).tags if tag in {"img", "iframe", "object", "video", "form", "base"}] == []


def test_hostile_text_arrives_whole() -> None:
    told = set(_texts(Parsed(written("hostile")).data))
    assert '<img src=x onerror="window.__pwned = 2">{{7*7}}' in told
    assert "line\u2028and\u2029paragraph" in told
    assert "{{ config }}${7*7}<%= 7*7 %>#{7*7}" in told


def test_only_web_addresses_become_links() -> None:
    sources = items(page_data(Recorded([load(MODELS["hostile"][0])]))["sources"])
    assert {source["id"]: (source["link"], source["address"]) for source in sources} == {
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


# -- how it opens ------------------------------------------------------------------------------------------


def test_a_title_of_ones_own_takes_the_place_of_the_models() -> None:
    page = written("minimal", title="Quays & <em>keels</em>")
    assert "<title>Quays &amp; &lt;em&gt;keels&lt;/em&gt;</title>" in page
    assert Parsed(page).data["title"] == "Quays & <em>keels</em>"


def test_the_opening_is_told_in_the_pages_own_keys() -> None:
    ledger = load("examples/minimal.yaml")
    opening = Opening(view="matrix", focus="the harbour", compare="2025", theme="dark", embed=True)
    page = to_html(ledger, as_of="2026", assume=["not:state-loan"], stale_after="2y", opening=opening)
    told = Parsed(page).data
    assert told["opening"] == {
        "view": "matrix",
        "day": 20261231,
        "base": 20251231,
        "assume": ["not:state-loan"],
        "focus": "proposal/harbour",
        "theme": "dark",
        "embed": True,
    }
    assert told["stale_after"] == "2y"


@pytest.mark.parametrize(
    ("opening", "message"),
    [
        (Opening(view="matrixx"), "unknown view 'matrixx' (did you mean 'matrix'?)"),
        (Opening(view="cube"), "unknown view 'cube'; it is one of lineup, positions, actors, matrix, table, timeline"),
        (Opening(theme="sepia"), "unknown theme 'sepia'; it is one of light, dark"),
        (Opening(focus="harbor boardd"), "no actor or proposal answers to 'harbor boardd'"),
        (Opening(focus="union-letter"), "is the source"),
        (Opening(compare="2026-02-30"), "'2026-02-30' is not a date: 2026-02 has no day 30"),
    ],
)
def test_what_cannot_be_opened_with_is_said(opening: Opening, message: str) -> None:
    with pytest.raises(UsageProblem) as raised:
        to_html(load("examples/minimal.yaml"), as_of="2026", opening=opening)
    assert message in str(raised.value)


def test_only_what_was_stated() -> None:
    ledger = load("graphs/ukraine-troops")
    told = [Parsed(to_html(ledger, as_of="2026", stated=stated)).data["edges"] for stated in (False, True)]
    inferred = [sum(bool(line["grounds"]) for line in items(table)) for table in told]
    assert (True, 0) == (inferred[0] > 0, inferred[1])


def test_copies_of_the_documents_stand_beside_what_they_are_cited_for(tmp_path: Path) -> None:
    (tmp_path / "union-letter.txt").write_text("one\ntwo\nthree\n", encoding="utf-8")
    page = to_html(load("examples/minimal.yaml"), as_of="2026", documents=tmp_path)
    passages = [one["passage"] for record in items(Parsed(page).data["records"]) for one in record["evidence"]]
    assert {"unnamed", "page", "missing", "unverified", "changed", "verified"} >= {one["state"] for one in passages}
    assert passages
    with pytest.raises(UsageProblem, match="does not exist"):
        to_html(load("examples/minimal.yaml"), as_of="2026", documents=tmp_path / "none")


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


OFFICES = """
model: {id: offices, title: Offices}
actors:
  union: {name: Union, kind: organisation}
  port: {name: Port, kind: organisation}
  ann: {name: Ann, kind: person}
proposals: {harbour: {title: Harbour}}
relations:
  - {actor: ann, relation: represents, to: union, role: Clerk, since: 2020-01-01, until: 2023-01-01}
  - {actor: ann, relation: represents, to: port, role: Pilot, since: 2019-01-01}
  - {actor: ann, relation: represents, to: union, role: Chair, since: 2023-01-01, until: 2025-01-01}
  - {actor: ann, relation: represents, to: union, since: 2026-01-01}
stances:
  - {actor: union, position: opposes, proposal: harbour, date: DATE, speaker: ann, evidence: [{source: paper}]}
sources: {paper: {title: Paper, publisher: Weekly, published: 2026-06-01}}
"""


@pytest.mark.parametrize(
    ("date", "said_by"),
    [
        ("2019-12-31", "Ann"),  # before she spoke for the union
        ("2020-01-01", "Ann, Clerk"),  # since is inside
        ("2022-12-31", "Ann, Clerk"),
        ("2023-01-01", "Ann, Chair"),  # until is outside
        ("2022", "Ann, Clerk"),  # a partial date means its last day
        ("2024-12-31", "Ann, Chair"),
        ("2025-06-01", "Ann"),  # between two offices
        ("2026-01-01", "Ann, for Union"),  # no role is given
    ],
)
def test_a_speaker_keeps_the_role_of_the_day(date: str, said_by: str, tmp_path: Path) -> None:
    path = tmp_path / "offices.yaml"
    path.write_text(OFFICES.replace("DATE", date), encoding="utf-8")
    (record,) = items(page_data(Recorded([load(path)]))["records"])
    assert said_by == record["said_by"]


def test_known_by_leaves_later_evidence_out(changes: Path) -> None:
    records = {one["id"]: one for one in items(page_data(Recorded([load(changes, known_by="2025-04")]))["records"])}
    assert ["early"] == [one["source"] for one in records["union.harbour.2025-01-01"]["evidence"]]


def test_the_page_says_which_evidence_counts(changes: Path) -> None:
    whole = Parsed(to_html(load(changes), as_of="2026")).data
    assert (None, {}, None) == (whole["min_grade"], whole["without"], whole["description"])
    left = load(changes, min_grade="F6", without=["early"])
    page = Parsed(to_html(left, as_of="2026")).data
    assert ("F6", ["early"]) == (page["min_grade"], list(page["without"]))
    assert f"Only evidence graded F6 or better; without {left.without['early']}." == page["description"]
    assert "early" not in [source["id"] for source in items(page["sources"])]


def test_what_earlier_editions_say_alike_stands_once(changes: Path) -> None:
    *earlier, ledger = editions(changes)
    told = Parsed(to_html(ledger, as_of="2026", earlier=earlier)).data
    assert [20250302, 20250901] == told["editions"]
    assert [[20250302, 99991231]] * 3 == [line["known"] for line in items(told["edges"]) if not line["grounds"]]
    alone = Parsed(to_html(ledger, as_of="2026")).data
    assert [] == alone["editions"]
    assert {(0, 99991231)} == {tuple(line["known"]) for line in items(alone["edges"])}


def test_nothing_in_force_makes_a_page_too(tmp_path: Path) -> None:
    path = tmp_path / "empty.yaml"
    path.write_text("model: {id: empty, title: Empty}\n", encoding="utf-8")
    told = Parsed(to_html(load(path), as_of="2000")).data
    assert [[], [], []] == [told[name]["rows"] for name in ("things", "nodes", "edges")]


# -- whom and what it shows --------------------------------------------------------------------------------

SILENT = """
model: {id: silent, title: A silent harbour, description: "Who pays for the quay? <b>"}
actors:
  bank: {name: Bank, kind: organisation}
  town: {name: Old Town, kind: organisation}
  old-town: {name: OLD TOWN, kind: organisation}
  port: {name: "\u05e0\u05de\u05dc", kind: organisation}
proposals: {quay: {title: Quay}}
commitments:
  - {actor: bank, stage: pledges, proposal: quay, date: 2025-01-01, toward: [port], evidence: [{source: paper}]}
  - {actor: town, stage: pledges, proposal: quay, date: 2025-01-01, toward: [old-town], evidence: [{source: paper}]}
sources: {paper: {title: Paper, publisher: Weekly, published: 2025-01-02}}
"""


@pytest.fixture
def silent(tmp_path: Path) -> dict[str, Any]:
    path = tmp_path / "silent.yaml"
    path.write_text(SILENT, encoding="utf-8")
    return Parsed(to_html(load(path), as_of="2026")).data


def test_whoever_a_commitment_is_made_to_is_drawn_among_actors(silent: dict[str, Any]) -> None:
    nodes = {node["id"]: node for node in items(silent["nodes"])}
    assert {"actor/bank", "actor/town", "actor/port", "actor/old-town", "proposal/quay"} == set(nodes)
    assert all(len(node["at"]) == 2 for node in nodes.values())


def test_names_that_are_not_unique_have_their_ids_beside_them(silent: dict[str, Any]) -> None:
    labels = {thing["key"]: thing["label"] for thing in items(silent["things"])}
    assert ("Old Town (town)", "OLD TOWN (old-town)") == (labels["actor/town"], labels["actor/old-town"])
    assert "OLD TOWN (old-town)" in {node["label"].replace("\n", " ") for node in items(silent["nodes"])}
    assert "Bank" == labels["actor/bank"]


def test_names_from_right_to_left_are_isolated(silent: dict[str, Any]) -> None:
    labels = {thing["key"]: thing["label"] for thing in items(silent["things"])}
    assert "\u2068\u05e0\u05de\u05dc\u2069" == labels["actor/port"]


def test_the_description_of_the_model_goes_with_the_page(silent: dict[str, Any]) -> None:
    assert "Who pays for the quay? <b>" == silent["description"]


# -- large data --------------------------------------------------------------------------------------------


def test_what_is_large_is_compressed_and_comes_out_whole() -> None:
    told = {"text": "<Ü&\u2028" * 300_000, "more": packed([{"a": 1}])}
    text = str(as_json({**told, "options": {}}))
    assert re.fullmatch(r"[A-Za-z0-9+/]+=*", text)
    assert len(text) < 10_000
    assert {**told, "options": {}} == data_in(text)
    assert text == str(as_json({**told, "options": {}}))


# -- drawing -----------------------------------------------------------------------------------------------


def test_places_do_not_depend_on_the_day() -> None:
    ledger = load("graphs/ukraine-troops")
    nodes = [Parsed(to_html(ledger, as_of=day)).data["nodes"] for day in ("2020", "2025-06", "2026")]
    assert nodes[1:] == nodes[:-1]


def test_whoever_is_drawn_has_a_place(page: str) -> None:
    data = Parsed(page).data
    nodes = {node["id"]: node["at"] for node in items(data["nodes"])}
    assert {line[end] for line in items(data["edges"]) for end in ("from", "to")} <= set(nodes)
    assert all(-1.1 <= each <= 1.1 for at in nodes.values() for each in at)


def test_a_large_model_is_written_in_seconds_and_compressed(tmp_path: Path) -> None:
    path = tmp_path / "large.yaml"
    path.write_text(model_text(2500), encoding="utf-8")
    told = Parsed(to_html(load(path), as_of="2026"))
    assert not told.raw[1][1].startswith("{")
    assert 2500 == len(told.data["records"]["rows"])
