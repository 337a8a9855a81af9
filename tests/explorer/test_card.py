"""The answer card: the command line's and the page's are one, in words, places and lines; and all of it can be read."""

from __future__ import annotations

import json
import random
import re
import shlex
import struct
import sys
from html.parser import HTMLParser
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from xml.etree import ElementTree as ET

import pytest
from asking import ask
from generator import model_text
from nodes import node
from pages import MODELS, Asked, as_known, data_of, edition, laid_out, names_of_editions, taken

import actorgraph
from actorgraph import load, who
from actorgraph.dates import OPEN, iso, last_day
from actorgraph.explorer.card import card_of
from actorgraph.explorer.card_files import card_html, card_svg, element_of, palette_of
from actorgraph.explorer.card_html import fragment_of
from actorgraph.explorer.card_picture import LAYOUT, lineup_of, picture_of
from actorgraph.explorer.html import Opening

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from goldens import Golden
    from playwright.sync_api import Browser, Page

    from actorgraph import Ledger


KEPT: Final = {
    "contested": (
        ("bridge", Asked("2024-03-15")),
        ("zeal", Asked("2024-03-31", assume=("loan", "not:peace"), base="2024-02-09")),
        ("zeal", Asked("2024-02-09", base="2024-03-31")),
        ("zone", Asked("2024-08-15")),
        ("toll", Asked("2024-08-31", stale="3w")),
    ),
    "chains": (("boats", Asked("2021-12-01")), ("tax", Asked("2021-07-01", assume=("vote",))), ("east", Asked("2019"))),
    "spans": (
        ("levy", Asked("2024-06-15")),
        ("ash", Asked("2024-05-20")),
        ("draft", Asked("2025-02-01")),
        ("text", Asked("2024-03-15")),
    ),
}
"""Whose cards are kept in a golden file, by model; the last one of each as a picture and as HTML, too."""
SVG: Final = "{http://www.w3.org/2000/svg}"
SHIPPED: Final = (("graphs/ukraine-troops", "2026-01-10"), ("graphs/nature-restoration", "2024-06-17"))


# -- the same in Python and on the page ------------------------------------------------------------------------


def card_asked(ledger: Ledger, subject: str, asked: Asked, *, drawn: bool = True) -> dict[str, Any]:
    """Return a question with the answer card that the page must make; `drawn` also as a picture and as HTML."""
    card = card_of(
        ledger, subject, as_of=asked.day, compare=asked.base, link="#here", stale_after=asked.stale, assume=asked.assume
    )
    card = card._replace(made=card.made.removesuffix(actorgraph.__version__))  # goldens outlive it
    palette = palette_of("light")
    trees = {"palette": palette, "picture": picture_of(card, palette), "fragment": fragment_of(card)}
    thing = ledger.resolve(subject, "proposal", "actor")
    return {
        "subject": f"{thing.type}/{thing.id}",
        "day": last_day(asked.day),
        "known": edition(asked.known),
        "assume": list(asked.assume),
        "stale": asked.stale,
        "base": None if asked.base is None else last_day(asked.base),
        "link": "#here",
        "card": in_full(card),
        "silent": None if thing.type == "actor" else silent_on(ledger, thing.id, asked),
        **(trees if drawn else {}),
    }


def silent_on(ledger: Ledger, proposal: str, asked: Asked) -> list[str]:
    """Return who is silent on a proposal, by the keys of the page."""
    answer = who(ledger, "silent", proposal, as_of=asked.day, assume=asked.assume)
    return [f"actor/{row.actor}" for row in answer.rows]


def in_full(value: object) -> Any:
    """Return what named tuples hold, by name."""
    if isinstance(value, tuple) and hasattr(value, "_asdict"):
        return {key: in_full(inner) for key, inner in value._asdict().items()}
    return [in_full(inner) for inner in value] if isinstance(value, tuple) else value


def test_cards(golden: Golden) -> None:
    cards = {
        name: [
            card_asked(load(MODELS / f"{name}.yaml"), *asked, drawn=number == len(some))
            for number, asked in enumerate(some, 1)
        ]
        for name, some in KEPT.items()
    }
    golden.check("explorer/cards.json", laid_out(cards))


def all_asked(path: Path, *, most: int) -> Iterator[dict[str, Any]]:
    """Yield cards of everything in a model, on some days on which something changes, in some editions."""
    chance = random.Random(11)  # noqa: S311 - no secret, but the same questions every time
    data = data_of(path)
    columns = data["edges"]["columns"]
    ends = {row[columns.index(name)] for row in data["edges"]["rows"] for name in ("since", "until")}
    days = [str(iso(day)) for day in sorted(ends - {OPEN})]
    knowns = [None, None, *names_of_editions(data)]
    ledger = load(path)
    conditions = sorted(ledger.names("condition"))
    subjects = [*ledger.things("actor"), *ledger.things("proposal")]
    for thing in subjects if len(subjects) <= most else chance.sample(subjects, most):
        known = chance.choice(knowns)
        assume = tuple(chance.sample(conditions, 1)) if conditions and chance.random() < 0.3 else ()
        base = chance.choice(days) if chance.random() < 0.3 else None
        name = (
            thing.id if not ledger.named(thing.id, "actor" if thing.type == "proposal" else "proposal") else thing.name
        )
        yield card_asked(
            as_known(path, known), name, Asked(chance.choice(days), known, assume, chance.choice((None, "1y")), base)
        )


@pytest.mark.first_cases(1)
@pytest.mark.parametrize(
    "case",
    ["graphs/ukraine-troops", "graphs/nature-restoration", *map(str, sorted(MODELS.glob("*.yaml"))), "generated"],
)
def test_the_page_makes_the_card_that_python_makes(case: str, tmp_path: Path) -> None:
    path = Path(case)
    if case == "generated":
        path = tmp_path / "model.yaml"
        path.write_text(model_text(240, seed=5), encoding="utf-8")
    file = tmp_path / "case.json"
    cards = list(all_asked(path, most=60))
    file.write_text(json.dumps({"data": data_of(path), "answers": [], "cards": cards}), encoding="utf-8")
    node("--disable-warning=MODULE_TYPELESS_PACKAGE_JSON", "tests/explorer/check.mjs", str(file))


# -- files, read by others -------------------------------------------------------------------------------------


def parsed(svg: str | bytes) -> ET.Element:
    """Return a picture as a parser of XML reads it."""
    return ET.fromstring(svg)  # noqa: S314 - our own


def texts_in(svg: str | bytes) -> list[str]:
    """Return the texts of a picture, as a parser of XML reads it."""
    return ["".join(text.itertext()) for text in parsed(svg).iter(f"{SVG}text")]


def shape_of(element: ET.Element) -> list[Any]:
    """Return an element with all that is in it, for comparison."""
    return [element.tag, element.attrib, element.text or "", [[shape_of(one), one.tail or ""] for one in element]]


class Outline(HTMLParser):
    """Reads a piece of HTML as a browser does: its elements, and their texts."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[Any] = []
        self.open: list[str] = []
        self.feed(html.strip())
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.open.append(tag)
        self.found.append((tag, tuple(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert tag == self.open.pop()

    def handle_data(self, data: str) -> None:
        self.found.append(data)


def of_kind(text: str) -> str:
    """Return a text without the address or the command by which a card can be had again."""
    return "LINK" if text.startswith(("#", "actorgraph export card")) else text


@pytest.mark.first_cases(1)
@pytest.mark.browser
@pytest.mark.parametrize("path", SHIPPED)
def test_the_page_saves_the_files_of_the_command_line(
    path: tuple[str, str], show: Callable[..., Page], tmp_path: Path
) -> None:
    model, day = path
    earlier = "2025-12-15" if "troops" in model else "2024-03-01"
    ledger = load(model)
    subjects = [(thing.type, thing.id) for kind in ("proposal", "actor") for thing in ledger.things(kind)[:40:13]]
    for number, (kind, key) in enumerate(subjects):
        when = (day, earlier)[number % 2]
        theme = ("light", "dark")[number % 2]
        page = show(model, day, f"#view=lineup&day={when}&at={kind}/{key}&theme={theme}")
        name, svg = taken(page, "Answer card (SVG)")
        assert f"{ledger.model}-card-{when}.svg" == name
        _, html = taken(page, "Answer card (HTML)")
        made = {ending: tmp_path / f"card.{ending}" for ending in ("svg", "html")}
        for ending, file in made.items():
            options = ["--theme", theme] if ending == "svg" else []
            done = ask("export", "card", key, "-m", model, "--as-of", when, "-o", file, *options)
            assert 0 == done.exit_code, done.output
        ours, its = parsed(made["svg"].read_bytes()), parsed(svg)
        for root in (ours, its):
            for text in root.iter(f"{SVG}text"):
                text.text = of_kind(text.text or "")
        assert shape_of(ours) == shape_of(its)
        first, second = (
            [of_kind(part) if isinstance(part, str) else part for part in Outline(text).found]
            for text in (made["html"].read_text(encoding="utf-8"), html.decode())
        )
        assert first == second


@pytest.mark.browser
def test_the_card_of_a_page_is_a_picture_of_the_size_of_a_card(show: Callable[..., Page]) -> None:
    page = show(*SHIPPED[0], opening=Opening(), permissions=["clipboard-read", "clipboard-write"])
    name, png = taken(page, "Answer card (PNG)")
    assert "ukraine-troops-card-2026-01-10.png" == name
    assert (1200, 675) == struct.unpack(">II", png[16:24])
    page.get_by_role("button", name="Copy answer card as HTML").click()
    page.locator(".outcome", has_text="Answer card copied").wait_for()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith("<article ")
    assert "#day=2026-01-10&amp;at=proposal/multinational-force" in copied, "the day and the subject are always named"


@pytest.mark.browser
def test_a_card_of_a_page_honours_what_filters_leave(show: Callable[..., Page]) -> None:
    page = show(*SHIPPED[0], "#position=opposes", opening=Opening())
    _, svg = taken(page, "Answer card (SVG)")
    texts = texts_in(svg)
    assert any("The filters leave out some positions." in text for text in texts)
    assert "Italy" not in texts


# -- it fits ---------------------------------------------------------------------------------------------------

OVERFLOWS: Final = """() => {
  const inside = (box, room) => box.x >= room.x && box.y >= room.y
    && box.x + box.width <= room.x + room.width && box.y + box.height <= room.y + room.height;
  const chips = [...document.querySelectorAll("rect[rx='5']")].map((one) => one.getBBox());
  const centre = ({x, y, width, height}) => ({x: x + width / 2, y: y + height / 2, width: 0, height: 0});
  const texts = [...document.querySelectorAll("text")].map((one) => [one, one.getBBox()]);
  return texts.flatMap(([text, box], at) => {
    const room = chips.find((chip) => inside(centre(box), chip)) ?? {x: 0, y: 0, width: 1200, height: 675};
    const over = texts.find(([, other], number) => number > at
      && box.x < other.x + other.width && other.x < box.x + box.width
      && box.y + 3 < other.y + other.height && other.y + 3 < box.y + box.height);
    const small = Number(text.getAttribute("font-size")) < 14;
    return !inside(box, room) || over || small ? [[text.textContent, over?.[0].textContent, small]] : [];
  });
}"""
"""What stands outside of its chip, or of the picture, or on another text, or is too small to be read."""
NAMES: Final = (
    "Österreichisch-ungarische Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft",
    "中华人民共和国国务院常务会议新闻办公室发言人关于港口建设的说明",
    "وزارة الخارجية والتعاون الدولي في المملكة",
    "משרד החוץ של מדינת ישראל ונציגיו",
    "Министерство иностранных дел и внешнеэкономических связей",
    "Nguyễn Thị Phương Thảo và các đại biểu Quốc hội",
    "WWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWW",
    "🇺🇦🇪🇺 Friends 👩‍👩‍👧‍👦 of the harbour",
    "a\u0301e\u0302 e\u0301" * 30,
    "Plain",
)


def crowded(actors: int, name: Callable[[int], str], title: str) -> str:
    """Return a model of many actors on one proposal, in every position, with sources and conditions."""
    positions = ["opposes", "supports", "supports", "supports", "undecided"]
    stages = ["declines", "pledges"]
    model: dict[str, Any] = {
        "model": {"id": "crowd", "title": "A crowd"},
        "actors": {f"a{number}": {"name": name(number), "kind": "state"} for number in range(actors)},
        "proposals": {"plan": {"title": title, "since": "2025-02", "until": "2026-06", "fate": "withdrawn"}},
        "conditions": {"a-very-long-condition-that-is-named": {"title": "It is so"}, "peace": {"title": "Peace"}},
        "stances": [
            {"actor": f"a{number}", "position": positions[number % 5], "proposal": "plan", "date": "2026-01-01",
             "evidence": [{"source": f"s{number % 25}", "credibility": 2}, {"source": f"s{number % 7}"}]}
            for number in range(actors)
        ],
        "commitments": [
            {"actor": f"a{number}", "stage": stages[number % 2], "proposal": "plan", "date": "2026-01-02",
             "if": ["a-very-long-condition-that-is-named"], "unless": ["peace"],
             "evidence": [{"source": f"s{number % 25}"}]}
            for number in range(0, actors, 4)
        ],
        "sources": {
            f"s{number}": {"title": f"Paper {number}", "publisher": f"{name(number)}", "published": "2026-01-03",
                           "reliability": "C", "url": f"https://papers.example/{number}"}
            for number in range(25)
        },
    }  # fmt: skip
    return json.dumps(model, ensure_ascii=False)


@pytest.fixture
def overflows(browser: Browser, tmp_path: Path) -> Iterator[Callable[[str], list[Any]]]:
    """Return what of a picture does not fit, as Chromium draws it."""
    context = browser.new_context(offline=True)

    def found(svg: str) -> list[Any]:
        file = tmp_path / "card.svg"
        file.write_text(svg, encoding="utf-8")
        page = context.new_page()
        page.goto(file.as_uri())
        assert [1200, 675] == page.evaluate(
            "[document.documentElement.width, document.documentElement.height].map((one) => one.baseVal.value)"
        )
        wrong: list[Any] = page.evaluate(OVERFLOWS)
        page.close()
        return wrong

    yield found
    context.close()


@pytest.mark.thorough
@pytest.mark.browser
@pytest.mark.parametrize("path", SHIPPED)
def test_every_card_of_the_shipped_models_fits(path: tuple[str, str], overflows: Callable[[str], list[Any]]) -> None:
    model, day = path
    ledger = load(model)
    for kind in ("proposal", "actor"):
        for thing in ledger.things(kind)[::6]:
            assert [] == overflows(card_svg(card_of(ledger, thing.id, as_of=day, link="x" * 300)))


@pytest.mark.browser
@pytest.mark.parametrize("actors", [1, 6, 48, 400])
def test_many_and_strange_names_fit(actors: int, overflows: Callable[[str], list[Any]], tmp_path: Path) -> None:
    file = tmp_path / "model.yaml"
    file.write_text(crowded(actors, lambda number: f"{NAMES[number % 10]} {number}", " ".join(NAMES)), encoding="utf-8")
    ledger = load(file)
    card = card_of(ledger, "plan", as_of="2026-02", link="actorgraph export card plan")
    svg = card_svg(card, "dark")
    assert [] == overflows(svg)
    texts = texts_in(svg)
    more = [int(text.split(" ")[1].replace(",", "")) for text in texts if re.fullmatch(r"and [\d,]+ more", text)]
    chips = len(re.findall('rx="5"', svg))
    assert sum(len(column.entries) for column in card.columns) == chips + sum(more)
    assert (actors > 6) is bool(more)


def test_every_number_on_a_card_is_in_its_list_of_sources() -> None:
    path, day = SHIPPED[1]
    ledger, cut = load(path), 0
    for thing in ledger.things("proposal"):
        card = card_of(ledger, thing.id, as_of=day)
        texts = [text.replace("\u00a0", " ") for text in texts_in(card_svg(card))]
        start = next((at for at, text in enumerate(texts) if text.startswith("Sources: ")), len(texts))
        foot = " ".join(texts[start:])
        listed = set(map(int, re.findall(r"\[(\d+)\]", foot)))
        cited = [text for text in texts[:start] if re.fullmatch(r"\[[\d, ]*…?\]", text)]
        numbers = {int(number) for text in cited for number in re.findall(r"\d+", text)}
        assert numbers <= listed, thing.id
        cut += len(listed) < len(card.sources)
        if len(listed) < len(card.sources):
            assert f"and {len(card.sources) - len(listed)} more" in foot
    assert cut


def test_fifty_actors_with_short_names_are_named_for_the_most_part(tmp_path: Path) -> None:
    file = tmp_path / "model.yaml"
    file.write_text(crowded(50, lambda number: f"Actor {number}", "A plan"), encoding="utf-8")
    texts = texts_in(card_svg(card_of(load(file), "plan", as_of="2026-02")))
    assert sum(1 for text in texts if text.startswith("Actor ")) >= 40
    assert any(text.startswith("and ") for text in texts)
    assert any(re.search(r"and \d+ more\.$", text) for text in texts), "not all sources have room"


@pytest.mark.parametrize(("actors", "are_whole"), [(6, True), (60, False)])
def test_where_there_is_room_no_name_is_cut(tmp_path: Path, actors: int, are_whole: bool) -> None:  # noqa: FBT001
    """Two committees stood under one name, above an empty third of a card; a line-up alone is as high as it takes."""
    body = "Standing Committee on the Reconstruction of Ports, Roads, Bridges and Railways in the Province of"
    file = tmp_path / "model.yaml"
    file.write_text(crowded(actors, lambda number: f"{body} N{number}", "A plan"), encoding="utf-8")
    card = card_of(load(file), "plan", as_of="2026-02")
    drawn = " ".join(texts_in(card_svg(card)))
    names = {entry.name for column in card.columns for entry in column.entries}
    assert are_whole is all(name in drawn for name in names)
    assert are_whole is ("…" not in drawn.partition("Sources")[0])
    alone = element_of(lineup_of(card.columns, palette_of("light")))
    assert all(name in " ".join(alone.itertext()) for name in names)


# -- what it says ----------------------------------------------------------------------------------------------


@pytest.fixture
def crowd(tmp_path: Path) -> Ledger:
    file = tmp_path / "model.yaml"
    file.write_text(crowded(10, lambda number: f"Actor {number}", "A plan"), encoding="utf-8")
    return load(file, min_grade="C6", without=["s3"])


def test_a_card_says_on_what_it_rests(crowd: Ledger) -> None:
    card = card_of(crowd, "plan", as_of="2026-02", assume=["not:peace"], stale_after="1w")
    assert (
        "As of 28 February 2026.",
        "Assumed: not: Peace.",
        "Stale: no evidence newer than 1w.",
        "Latest source: 3 January 2026.",
        "Only evidence graded C6 or better; without Actor 3 2026-01-03.",
        "On the table until the end of May 2026, then withdrawn.",
        "Conditions: a very long condition that is named: It is so.",
    ) == card.notes
    assert "stale, if a very long condition that is named" in card.columns[1].entries[0].limits
    assert "Grades: Admiralty code" in card.grades
    assert [("Actor 0, 3 January 2026, C2/C?", "https://papers.example/0")] == list(card.sources[:1])


def test_a_card_says_what_its_conditions_mean_those_of_before_too() -> None:
    card = card_of(load("graphs/ukraine-troops"), "multinational-force", as_of="2025-06", compare="2025-05-27")
    assert any("unless us backing" in chip.limits for column in card.columns for chip in column.entries)
    assert any(
        "was opposes, unless parties consent" in chip.limits for column in card.columns for chip in column.entries
    )
    assert (
        "Conditions: ceasefire: A ceasefire is in force; parties consent: Both warring parties consent to the mission; "
        "us backing: The United States backs the European force."
    ) == card.notes[-1]
    assert not any(
        "Conditions" in note for note in card_of(load("examples/minimal.yaml"), "harbour", as_of="2026-01").notes
    )


@pytest.mark.parametrize(
    ("day", "note"),
    [
        ("2024", "Not on the table before February 2025."),
        ("2026-07", "Withdrawn: on the table until the end of May 2026."),
    ],
)
def test_outside_of_its_life_a_card_says_so(day: str, note: str, crowd: Ledger) -> None:
    card = card_of(crowd, "plan", as_of=day)
    assert "Nothing is on record on this day in the evidence that counts." == card.finding.split(" 1")[0]
    assert note in card.notes
    assert LAYOUT["silence"] in texts_in(card_svg(card))
    assert LAYOUT["silence"] in Outline(card_html(card)).found


@pytest.mark.parametrize(
    ("counts", "assume", "under"),
    [
        ({"min_grade": "A1"}, (), "in the evidence that counts"),
        ({"known_by": "2025-01"}, (), "in the evidence that counts"),
        ({}, ("not:peace",), "under these assumptions"),
    ],
)
def test_a_card_that_finds_nothing_says_under_what(
    tmp_path: Path, counts: dict[str, Any], assume: tuple[str, ...], under: str
) -> None:
    model = tmp_path / "m.yaml"
    model.write_text(
        """
model: {id: m, title: M}
actors: {a: {name: A, kind: state}}
proposals: {p: {title: P}}
conditions: {peace: {title: There is peace}}
stances: [{actor: a, position: opposes, proposal: p, date: 2025-02-01, if: peace, evidence: [{source: s}]}]
sources: {s: {title: S, publisher: S, published: 2025-02-03}}
""",
        encoding="utf-8",
    )
    card = card_of(load(model, **counts), "p", as_of="2025-06", assume=assume)
    assert f"Nothing is on record on this day {under}." == card.finding.split(" 1")[0]


@pytest.mark.parametrize(
    ("model", "subject", "day", "finding", "word"),
    [
        (
            "chains",
            "clinic",
            "2021-12",
            "Nothing is stated; what follows from other statements is listed below.",
            "inferred",
        ),
        (
            "spans",
            "draft",
            "2024-03-15",
            "Nothing is certain on this day; what is possible is listed below.",
            "possibly",
        ),
    ],
)
def test_what_is_only_inferred_or_possible_is_called_so(
    model: str, subject: str, day: str, finding: str, word: str
) -> None:
    card = card_of(load(MODELS / f"{model}.yaml"), subject, as_of=day)
    assert finding == card.finding
    chips = [one for column in card.columns for one in column.entries]
    assert chips
    assert all(one.faint and word in one.limits for one in chips)
    assert 'stroke-dasharray="2 3"' in card_svg(card)


def test_each_counts_once_at_a_position(tmp_path: Path) -> None:
    pledges = "".join(
        f"  - {{actor: a, stage: pledges, proposal: p, date: 2025-01, toward: {to}, evidence: [{{source: s}}]}}\n"
        for to in "bc"
    )
    model = tmp_path / "model.yaml"
    model.write_text(
        "model: {id: m, title: M}\nproposals: {p: {title: Plan}}\nactors:\n"
        + "".join(f"  {key}: {{name: {key}, kind: state}}\n" for key in "abc")
        + f"commitments:\n{pledges}sources: {{s: {{title: S, publisher: S, published: 2025-01-02}}}}\n",
        encoding="utf-8",
    )
    ledger = load(model)
    card = card_of(ledger, "p", as_of="2025-06")
    assert card.finding.startswith("1 pledges. ")
    assert [(1, 2)] == [(column.number, len(column.entries)) for column in card.columns if column.entries]
    assert card_of(ledger, "a", as_of="2025-06").finding.startswith("1 proposal: pledges 1. ")


def test_names_are_texts_and_nothing_else() -> None:
    ledger = load("tests/hostile/hostile.yaml")
    for thing in (*ledger.things("proposal"), *ledger.things("actor")):
        card = card_of(ledger, thing.name, as_of="2026-06")
        tags = {element.tag.removeprefix(SVG) for element in parsed(card_svg(card)).iter()}
        assert tags <= {"svg", "title", "desc", "rect", "g", "line", "text"}
        outline = Outline(card_html(card))
        assert [] == outline.open
        links = [
            dict(attributes).get("href") for tag, attributes in (one for one in outline.found if isinstance(one, tuple))
        ]
        assert all(link.startswith(("http://", "https://", "mailto:")) for link in links if link)
        assert {one[0] for one in outline.found if isinstance(one, tuple)} <= {
            *("article", "h2", "p", "small", "div", "section", "h3", "ul", "li", "b", "ol", "a", "footer", "code"),
        }


# -- the command -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["card"], "card is about a proposal or an actor; name one"),
        (
            ["card", "harbour", "-o", "card.pdf"],
            "card.pdf cannot hold a card; name a file that ends in .svg, .html, .htm or .png",
        ),
        (["csv", "harbour"], "a target goes with card, report, mermaid and dot, not with csv"),
        (["card", "harbour", "--embed"], "--embed goes with html, not with card"),
        (["card", "harbour", "--kind", "state"], "and dot, not with card"),
        (["card", "harbour", "-o", "card.html", "--theme", "dark"], "--theme goes with a picture"),
        (["card", "harbor-bridge"], "no proposal or actor answers to 'harbor-bridge'"),
    ],
)
def test_what_goes_wrong_is_said(arguments: list[str], message: str) -> None:
    done = ask("export", *arguments, "-m", "examples/minimal.yaml")
    assert 2 == done.exit_code
    assert message in done.output


def test_the_command_on_a_card_makes_it_again() -> None:
    asked = [
        "export",
        "card",
        "the harbour",
        "-m",
        "examples/minimal.yaml",
        "--as-of",
        "2026-06",
        "--compare",
        "2025-12",
    ]
    asked += [
        "--known-by",
        "2026-02",
        "--min-grade",
        "C6",
        "--without",
        "Open letter",
        "--assume",
        "not:state-loan",
        "--stated",
    ]
    first = ask(*asked)
    assert 0 == first.exit_code, first.output
    texts = texts_in(first.stdout)
    command = " ".join(texts[next(at for at, text in enumerate(texts) if text.startswith("actorgraph export")) :])
    again = ask(*shlex.split(command)[1:])
    assert first.stdout == again.stdout
    assert "changed since 31 December 2025." in " ".join(texts)


def test_png_is_made_by_an_extra_or_the_way_out_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = ["export", "card", "harbour", "-m", "examples/minimal.yaml", "-o", str(tmp_path / "card.png")]
    if find_spec("resvg_py") is not None:
        assert 0 == ask(*asked).exit_code
        assert (1200, 675) == struct.unpack(">II", (tmp_path / "card.png").read_bytes()[16:24])
    monkeypatch.setitem(sys.modules, "resvg_py", None)
    done = ask(*asked)
    assert 2 == done.exit_code
    assert (
        "a PNG needs resvg-py; install it with `pip install 'actorgraph[png]'`, name a file that ends in .svg"
        in done.output
    )
