"""A feed: what RFC 4287 asks for, ids that stay, and dates of the record."""

import re
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from asking import HARBOUR, ask

ATOM = "{http://www.w3.org/2005/Atom}"
URL = "https://example.org/troops/"


def feed(*arguments: str) -> ET.Element:
    result = ask("export", "feed", *arguments)
    assert 0 == result.exit_code, result.output
    return ET.fromstring(result.stdout)  # noqa: S314 - we wrote it


def entries(root: ET.Element) -> dict[str, ET.Element]:
    return {str(entry.findtext(f"{ATOM}id")): entry for entry in root.findall(f"{ATOM}entry")}


@pytest.mark.parametrize(
    "arguments", [HARBOUR, (*HARBOUR, "--url", URL), ("--as-of", "2026-01-10"), ("--as-of", "2001")], ids=" ".join
)
def test_it_has_what_the_standard_asks_for(arguments: tuple[str, ...]) -> None:
    root = feed(*arguments)
    for element in (root, *root.findall(f"{ATOM}entry")):
        for name in ("id", "title", "updated"):
            assert 1 == len(element.findall(f"{ATOM}{name}"))
        assert re.fullmatch(r"\d{4}-\d\d-\d\dT00:00:00Z", str(element.findtext(f"{ATOM}updated")))
        assert re.match(r"https?://|urn:uuid:", str(element.findtext(f"{ATOM}id")))
    assert root.findtext(f"{ATOM}author/{ATOM}name")
    assert len(entries(root)) == len(root.findall(f"{ATOM}entry")), "an id is of one entry"
    days = [str(entry.findtext(f"{ATOM}published")) for entry in root.findall(f"{ATOM}entry")]
    assert sorted(days, reverse=True) == days
    for entry in root.findall(f"{ATOM}entry"):
        assert entry.find(f"{ATOM}link[@rel='alternate']") is not None or entry.find(f"{ATOM}content") is not None


def test_another_reader_reads_it(tmp_path: Path) -> None:
    feedparser: Any = pytest.importorskip("feedparser", reason="feedparser missing")
    file = tmp_path / "changes.atom"
    assert 0 == ask("export", "feed", "--as-of", "2026-01-10", "--url", URL, "-o", str(file)).exit_code
    read = feedparser.parse(file.read_bytes())
    assert not read.bozo
    assert "atom10" == read.version
    assert f"{URL}changes.atom" in [link.href for link in read.feed.links if link.rel == "self"]
    latest = read.entries[0]
    assert f"{URL}#day=2026-01-07&base=2026-01-06" == latest.link
    assert "<li>Italy, Multinational force: declines (2026-01-06/07) [" in latest.content[0].value


def test_changed_minds_come_first_then_new_then_gone() -> None:
    (entry,) = [one for key, one in entries(feed("--as-of", "2026-01-10", "--url", URL)).items() if "2026-01-06" in key]
    assert "1 toward-support, 2 strengthened" in str(entry.findtext(f"{ATOM}title"))
    headings = [element.text for element in entry.iter("{http://www.w3.org/1999/xhtml}h3")]
    assert [name for name in ("Changed", "New", "Gone", "By implication", "Events", "Sources") if name in headings] == (
        headings
    )
    assert ["Changed", "New", "Gone"] == headings[:3]


def test_a_change_has_the_same_id_and_words_whenever_it_is_told() -> None:
    """Another day, another beginning: what both tell, they tell alike."""
    told = [
        {key: ET.tostring(entry).strip() for key, entry in entries(feed("--url", URL, *days)).items()}
        for days in (
            ("--as-of", "2026-01-06"),
            ("--as-of", "2026-01-10"),
            ("--as-of", "2027-01-10"),
            ("--as-of", "2026-01-10", "--since", "2025-12"),
            ("--as-of", "2026-01-10", "--since", "2020"),
        )
    ]
    for some in told:
        for others in told:
            shared = some.keys() & others.keys()
            assert shared
            assert {key: some[key] for key in shared} == {key: others[key] for key in shared}


def test_nothing_in_it_comes_from_the_clock() -> None:
    """Days on which nothing happened make no difference."""
    one, other = (
        ask("export", "feed", *HARBOUR, "--as-of", day, "--since", "2025").stdout
        for day in ("2026-03-02", "2026-09-30")
    )
    assert one == other


BARE = """
model: {id: m, title: M}
actors: {ada: {name: Ada, kind: state}}
proposals: {plan: {title: A plan}}
"""


def test_nor_does_it_where_nothing_has_a_date(tmp_path: Path) -> None:
    (tmp_path / "m.yaml").write_text(BARE, encoding="utf-8")
    empty = feed("-m", f"{tmp_path}/m.yaml", "--as-of", "2026-03-02")
    assert ("1970-01-01T00:00:00Z", []) == (empty.findtext(f"{ATOM}updated"), list(entries(empty)))
    assert ET.tostring(empty) == ET.tostring(feed("-m", f"{tmp_path}/m.yaml", "--as-of", "2027-09"))
    assert ET.tostring(empty) == ET.tostring(feed("-m", f"{tmp_path}/m.yaml"))


def test_nor_where_no_source_has_one(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text("actor,position,proposal,date\nA,supports,P,2020-05-01\nA,opposes,P,2020-06-01\n")
    assert 0 == ask("compile", str(tmp_path / "t.csv"), "-o", str(tmp_path / "t")).exit_code
    one, other = (feed("-m", str(tmp_path / "t"), "--as-of", day) for day in ("2026-03-02", "2027-09"))
    assert ET.tostring(one) == ET.tostring(other)
    assert 2 == len(entries(one)), "it reaches a year back from the last day on which a position began"


def test_it_is_dated_by_the_day_and_by_when_it_could_be_known() -> None:
    by_title = {
        str(one.findtext(f"{ATOM}title")): one
        for one in feed(*HARBOUR, "--as-of", "2026-06")[:]
        if one.tag == f"{ATOM}entry"
    }
    entry = by_title["15 January 2026: 1 change: 1 toward-opposition"]
    assert "2026-01-15T00:00:00Z" == entry.findtext(f"{ATOM}published")
    assert "2026-01-16T00:00:00Z" == entry.findtext(f"{ATOM}updated")


def test_it_reaches_a_year_back_from_the_latest_source() -> None:
    days = [
        str(entry.findtext(f"{ATOM}published"))[:10] for entry in feed("--as-of", "2026-06").findall(f"{ATOM}entry")
    ]
    assert min(days) >= "2025-01-07"
    earlier = feed("--as-of", "2026-06", "--since", "2023")
    assert len(earlier.findall(f"{ATOM}entry")) > len(days)


def test_an_entry_may_have_the_line_up_of_what_changed_most() -> None:
    asked = ("--as-of", "2026-01-10", "--since", "2026-01-06")
    plain, pictured = feed(*asked), feed(*asked, "--line-ups")
    svg = "{http://www.w3.org/2000/svg}svg"
    assert [] == list(plain.iter(svg))
    told = pictured.findall(f"{ATOM}entry")
    assert len(told) == len(list(pictured.iter(svg)))
    (paris,) = (entry for entry in told if str(entry.findtext(f"{ATOM}title")).startswith("6 January 2026"))
    headings = [heading.text for heading in paris.iter("{http://www.w3.org/1999/xhtml}h3")]
    assert "Who stands where on “Multinational force in Ukraine after a ceasefire”?" == headings[-1]
    drawn = "".join(next(paris.iter(svg)).itertext())
    assert "Czech Republic" in drawn


def test_a_narrowed_feed_is_another_feed() -> None:
    whole, states = (feed("--as-of", "2026-01-10", *kind) for kind in ((), ("--kind", "state")))
    assert not entries(whole).keys() & entries(states).keys()
    assert whole.findtext(f"{ATOM}id") != states.findtext(f"{ATOM}id")


def test_a_title_may_be_given_and_a_hostile_record_is_only_text() -> None:
    assert "News" == feed(*HARBOUR, "--title", "News").findtext(f"{ATOM}title")
    root = feed("--model", "tests/hostile/hostile.yaml", "--as-of", "2026-01-10", "--since", "2000", "--url", URL)
    known = {"div", "p", "h3", "ul", "ol", "li", "a"}
    inside = [
        element for content in root.iter(f"{ATOM}content") for element in content.iter() if element is not content
    ]
    assert inside
    assert {element.tag.rpartition("}")[2] for element in inside} <= known
    assert all(str(one.get("href")).startswith(("http://", "https://")) for one in inside if one.tag.endswith("}a"))


@pytest.mark.parametrize(
    "url", ["example.org", "ftp://example.org/", "https://", "https://a b/", "https://x/#y", "https://[", 'https://x/"']
)
def test_an_address_is_one(url: str) -> None:
    result = ask("export", "feed", "--url", url, *HARBOUR)
    assert 2 == result.exit_code
    assert "is not where a page can be; write it as https://example.org/model/" in result.output


def test_a_line_up_counts_no_change_from_an_eve_by_which_it_may_have_been_made() -> None:
    """What is dated by some days, or said by a day, counts on its last day, and may be older than the day before."""
    root = feed("--as-of", "2026-01-10", "--since", "2025-11-01", "--line-ups")
    found = {
        str(entry.findtext(f"{ATOM}title")).partition(":")[0]: [
            str(text.text) for text in entry.iter("{http://www.w3.org/1999/xhtml}p")
        ]
        for entry in root.iter(f"{ATOM}entry")
    }
    assert "1 opposes; 1 supports." in found["By 7 January 2026"]
    assert "1 supports. 1 changed since 17 November 2025." in found["By 21 November 2025"]
    assert "1 supports. 1 changed since 22 November 2025." in found["23 November 2025"]
