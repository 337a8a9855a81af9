"""What tests of the page share: its data, as they are read from it, how goldens of them are written, and its files."""

from __future__ import annotations

import base64
import gzip
import json
import re
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from actorgraph import editions, load, to_html
from actorgraph.dates import iso, last_day

if TYPE_CHECKING:
    from collections.abc import Mapping

    from playwright.sync_api import Page

    from actorgraph import Ledger
    from actorgraph.ledger.filters import Limits

MODELS: Final = Path("tests/explorer/models")


CROWD: Final = """
model: {{id: crowd, title: Crowd}}
actors: {{{actors}}}
proposals: {{{proposals}}}
stances: [{stances}]
sources: {{daily: {{title: Daily, publisher: Daily, published: 2025-01-01, reliability: B}}}}
"""


def crowd(folder: Path, *, actors: int, proposals: int = 1) -> Path:
    """Write a model in which every actor supports one proposal, and everybody the first."""
    held = {(actor, on) for actor in range(actors) for on in (0, actor % proposals)} | {
        (0, on) for on in range(proposals)
    }
    file = folder / "crowd.yaml"
    text = CROWD.format(
        actors=", ".join(f"a{number:03}: {{name: Actor {number:03}, kind: state}}" for number in range(actors)),
        proposals=", ".join(f"p{number:03}: {{title: Proposal {number:03}}}" for number in range(proposals)),
        stances=", ".join(
            f"{{actor: a{actor:03}, position: supports, proposal: p{on:03}, date: 2025, evidence: [{{source: daily}}]}}"
            for actor, on in sorted(held)
        ),
    )
    file.write_text(text, encoding="utf-8")
    return file


class Asked(NamedTuple):
    """A question to the page: a day, a day of recorded time or a lens, a scenario, a length of time, another day."""

    day: str
    known: str | None = None  # of a lens, its name in the page's address
    assume: tuple[str, ...] = ()
    stale: str | None = None
    base: str | None = None


def data_on(page: str) -> dict[str, Any]:
    """Return the data of a page."""
    element = re.search(r'<script type="application/json" id="page-data">(.*?)</script>', page, re.DOTALL)
    assert element
    return data_in(element[1])


def data_in(text: str) -> dict[str, Any]:
    """Return the data that a page's element holds, which are compressed where they are many."""
    data: dict[str, Any] = json.loads(text if text.startswith("{") else gzip.decompress(base64.b64decode(text)))
    return data


def data_of(path: Path, *, stated: bool = False) -> dict[str, Any]:
    """Return the data of a model's page without its version, and without the places: golden files outlive them."""
    *earlier, ledger = editions(path)
    data = data_on(to_html(ledger, as_of="2026", stated=stated, earlier=earlier))
    return data | {"version": "", "nodes": {"columns": data["nodes"]["columns"], "rows": []}, "options": {}}


def limits(known: str | None) -> Limits:
    """Return what to ask `load` for, of an edition by its name in the page's address, or by its day."""
    name, _, value = (known or "").rpartition("=")
    if name == "without":
        return {"without": [value]}
    return {"min_grade": value} if name else {"known_by": known}


@lru_cache(maxsize=256)
def as_known(path: Path, known: str | None) -> Ledger:
    """Return a model's edition, by its name in the page's address; tests ask many questions of each."""
    return load(path, **limits(known))


def edition(known: str | None) -> int | str | None:
    """Return an edition as the page's state has it."""
    return known if known is None or "=" in known else last_day(known)


def names_of_editions(data: Mapping[str, Any]) -> list[str]:
    """Return the editions of a page, as its address names them, but for the whole record."""
    lenses = [f"without={source}" if source else f"grade={grade}" for source, grade, _ in data["lenses"]["rows"]]
    return [*lenses, *(str(iso(day)) for day in data["editions"][:-1])]


def laid_out(value: object) -> str:
    """Return JSON to be read: what is long stands in lines, but the rows of a table and of an answer in one line each.

    >>> print(laid_out({"a": [1, 2]}))
    {"a": [1, 2]}
    <BLANKLINE>
    """
    return f"{_laid_out(json.loads(json.dumps(value)), '')}\n"


def _laid_out(value: Any, indent: str) -> str:
    text = json.dumps(value, ensure_ascii=False)
    if len(text) + len(indent) <= 120 or not isinstance(value, list | dict):
        return text
    inner = f"{indent} "
    if isinstance(value, list):
        items = (_laid_out(item, inner) if isinstance(item, dict) else _in_a_line(item) for item in value)
        return "[\n" + ",\n".join(f"{inner}{item}" for item in items) + f"\n{indent}]"
    items = (f"{inner}{json.dumps(key)}: {_laid_out(item, inner)}" for key, item in value.items())
    return "{\n" + ",\n".join(items) + f"\n{indent}}}"


def _in_a_line(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def address(page: Page) -> str:
    """Return what the page's address says of its state: what stands behind the #."""
    return str(page.evaluate("location.href")).partition("#")[2]


def search(page: Page, text: str) -> None:
    """Type into the search, and take what it suggests first."""
    page.get_by_label("Find an actor, a proposal, or words in the record").press_sequentially(text)
    page.keyboard.press("Enter")


def taken(page: Page, name: str) -> tuple[str, bytes]:
    """Return the name and the bytes of what a button of the menu saves."""
    if page.get_by_role("button", name="Take away").get_attribute("aria-expanded") == "false":
        page.get_by_role("button", name="Take away").click()
    with page.expect_download() as download:
        page.get_by_role("button", name=name, exact=True).click()
    return download.value.suggested_filename, Path(download.value.path()).read_bytes()
