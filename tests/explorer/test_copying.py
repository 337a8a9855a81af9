"""What is copied from the page: words that stand apart on it do so without its style, too, and no cell is a formula."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from folders import model_file

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import Page

pytestmark = pytest.mark.browser

SHIPPED = ("graphs/ukraine-troops", "2026-01-10")

GLUED = """(part) => {
  const BLOCKS = "article, aside, blockquote, dd, details, div, dl, dt, h1, h2, h3, h4, header, li, nav, ol, p, section, summary, table, tr, td, th, ul";
  const root = document.querySelector(part);
  const walk = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  const texts = [];
  while (walk.nextNode()) if (!walk.currentNode.parentElement.closest("svg, select")) texts.push(walk.currentNode);
  const around = (text) => {
    const within = [];
    for (let one = text.parentElement; one !== root.parentElement; one = one.parentElement) within.push(one);
    return within;
  };
  const glued = new Set();
  for (const [number, text] of texts.entries()) {
    const last = texts[number - 1];
    if (!last || /\\s$/.test(last.data) || /^[\\s,.:;)]/.test(text.data)) continue;
    const [before, after] = [around(last), around(text)];
    const both = before.find((one) => after.includes(one));
    const between = [...before.slice(0, before.indexOf(both)), ...after.slice(0, after.indexOf(both))];
    if (!between.some((one) => one.matches(BLOCKS))) glued.add(`${last.data}|${text.data}`);
  }
  return { glued: [...glued], texts: texts.length };
}"""  # noqa: E501


@pytest.mark.first_cases(3)
@pytest.mark.parametrize(
    ("fragment", "part"),
    [
        ("#view=lineup", "#panel-lineup"),
        ("#view=lineup&at=actor/russia&base=2025-12-01", "#panel-lineup"),
        ("#view=table&at=proposal/multinational-force", "#chosen"),
        ("#view=table&at=actor/france", "#chosen"),
        ("#view=table&at=track/commitment/france/multinational-force", "#chosen"),
        ("#view=table&at=pair/france/russia", "#chosen"),
        ("#view=table&at=source/ansa-2025-01-17", "#chosen"),
        ("#view=table&story=paris-declaration-signed", "#details"),
        ("#view=table&base=2025-12-01", "#details"),
        ("#view=table", "#rows"),
        ("#view=timeline", "#panel-timeline .timeline-events"),
        ("#view=matrix", "#panel-matrix table"),
    ],
)
def test_words_that_stand_apart_do_so_without_the_style(show: Callable[..., Page], fragment: str, part: str) -> None:
    page = show(*SHIPPED, fragment)
    for _ in range(2):  # what unfolds brings other entries along
        page.locator("details:not([open]) > summary").evaluate_all("all => all.forEach(one => one.click())")
    found = page.evaluate(GLUED, part)
    assert found["texts"] > 5
    assert [] == found["glued"]


def test_no_cell_that_is_copied_is_a_formula(show: Callable[..., Page], tmp_path: Path) -> None:
    names = ["=1+1", "+49 Movement", "-Party", "@home"]
    actors = ", ".join(f'a{number}: {{name: "{name}", kind: person}}' for number, name in enumerate(names))
    said = ", ".join(
        f"{{actor: a{number}, position: supports, proposal: p, date: 2026-01-0{number + 1}, evidence: [{{source: d}}]}}"
        for number in range(len(names))
    )
    file = model_file(
        tmp_path,
        f"model: {{id: m, title: M}}\nactors: {{{actors}}}\nproposals: {{p: {{title: A plan}}}}\nstances: [{said}]\n"
        "sources: {d: {title: D, publisher: D, published: 2026-01-31}}\n",
    )
    page = show(file, "2026-02-01", "#view=table")
    plain, html = page.evaluate("""() => {
      getSelection().selectAllChildren(document.querySelector("#rows"));
      const data = new DataTransfer();
      document.querySelector("#rows").dispatchEvent(new ClipboardEvent("copy", { clipboardData: data, bubbles: true }));
      return [data.getData("text/plain"), data.getData("text/html")];
    }""")
    assert sorted(f"'{name}" for name in names) == sorted(line.split("\t")[0] for line in plain.split("\n"))
    assert all(f"<td>'{name}</td>" in html for name in names)
