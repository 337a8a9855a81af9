"""A report as HTML: one file without scripts, whose policy lets its own style in and nothing else."""

from __future__ import annotations

import base64
import hashlib
from html.parser import HTMLParser
from typing import TYPE_CHECKING

import pytest
from asking import ask

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser

HOSTILE = ("--model", "tests/hostile/hostile.yaml")


class Seen(HTMLParser):
    """All elements of a file, their attributes, and the text of some."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.texts: dict[str, list[str]] = {}
        self._open: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        self._open.append(tag)

    def handle_data(self, data: str) -> None:
        self.texts.setdefault(self._open[-1] if self._open else "", []).append(data)

    def all(self, tag: str) -> list[dict[str, str | None]]:
        """Return the attributes of every element of a name."""
        return [attributes for name, attributes in self.elements if name == tag]


def made(tmp_path: Path, *arguments: str) -> Path:
    file = tmp_path / "report.html"
    result = ask("export", "report", *arguments, "--as-of", "2026-01-10", "-o", str(file))
    assert 0 == result.exit_code, result.output
    return file


def test_the_policy_lets_in_its_style_alone(tmp_path: Path) -> None:
    page = Seen(made(tmp_path, "multinational-force").read_text(encoding="utf-8"))
    (style,) = page.texts["style"]
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    (policy,) = [str(meta["content"]) for meta in page.all("meta") if "http-equiv" in meta]
    assert f"style-src 'sha256-{digest}'" in policy
    assert "script-src 'none'" in policy
    assert "default-src 'none'" in policy
    names = {name for _, attributes in page.elements for name in attributes}
    assert not {"style", "src", "onload", "onerror", "onclick"} & names


def test_every_number_leads_to_its_source(tmp_path: Path) -> None:
    page = Seen(made(tmp_path, "multinational-force", "france").read_text(encoding="utf-8"))
    hrefs = [str(link["href"]) for link in page.all("a")]
    inside = {href for href in hrefs if href.startswith("#")}
    ids = [str(attributes["id"]) for _, attributes in page.elements if "id" in attributes]
    assert len(ids) == len(set(ids))
    assert inside == {f"#{key}" for key in ids}
    assert all(href.startswith(("#", "https://", "http://")) for href in hrefs)


def test_the_line_up_stands_in_it_with_everybody(tmp_path: Path) -> None:
    page = Seen(made(tmp_path, "multinational-force").read_text(encoding="utf-8"))
    assert 1 == len(page.all("svg"))
    words = page.texts["text"]
    assert {"Against", "Stay out", "In between", "In favour", "Take part"} <= set(words)
    assert {"Russia", "Italy", "Germany", "European backers", "France"} <= set(words)
    assert not any(word.startswith("and ") and word.endswith(" more") for word in words)
    assert not any(word.startswith("[") for word in words), "numbers are those of the report's own list"


def test_a_crowd_finds_room_in_the_line_up(tmp_path: Path) -> None:
    model = tmp_path / "crowd.yaml"
    actors = "\n".join(f"  a{number}: {{name: Actor {number}, kind: state}}" for number in range(150))
    listed = ", ".join(f"a{number}" for number in range(150))
    model.write_text(
        f"model: {{id: crowd, title: Crowd}}\nactors:\n{actors}\nproposals:\n  p: {{title: P}}\n"
        "sources:\n  s: {title: S, publisher: P, published: 2026-01-01}\nstances:\n"
        f"  - {{actor: [{listed}], position: supports, proposal: p, date: 2026-01-01, evidence: [{{source: s}}]}}\n",
        encoding="utf-8",
    )
    page = Seen(made(tmp_path, "p", "--model", str(model)).read_text(encoding="utf-8"))
    assert {f"Actor {number}" for number in range(150)} <= set(page.texts["text"])


@pytest.mark.parametrize("target", ["constructor", "valueof", "tostring", "isprototypeof"])
def test_a_hostile_record_is_only_text(tmp_path: Path, target: str) -> None:
    page = Seen(made(tmp_path, target, *HOSTILE).read_text(encoding="utf-8"))
    tags = {tag for tag, _ in page.elements}
    known = {"html", "head", "meta", "title", "style", "body", "article", "section", "footer", "figure", "code"}
    known |= {"h1", "h2", "h3", "p", "table", "thead", "tbody", "tr", "th", "td", "ol", "li", "a", "br", "span"}
    known |= {"svg", "g", "rect", "line", "text"}
    assert tags <= known
    assert all(str(link["href"]).startswith(("#", "https://", "http://", "mailto:")) for link in page.all("a"))


@pytest.mark.browser
def test_a_browser_shows_it_whole(browser: Browser, tmp_path: Path) -> None:
    file = made(tmp_path, "multinational-force", "france", "--since", "2025-06")
    complaints: list[str] = []
    for width in (1280, 390):
        page = browser.new_page(viewport={"width": width, "height": 900})
        page.on("console", lambda message: complaints.append(message.text))
        page.on("request", lambda asked: complaints.extend([asked.url] * (asked.url != file.as_uri())))
        page.goto(file.as_uri())
        assert width == page.evaluate("document.documentElement.scrollWidth")
        assert (width == 1280) is page.locator("figure svg").first.is_visible()
        page.close()
    assert [] == complaints
