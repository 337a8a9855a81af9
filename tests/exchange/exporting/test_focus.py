"""Drawings of a part: what --focus and --top take, what is told, and when a record is too large for a page."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from asking import ask

from actorgraph.exchange.exporting import focus

if TYPE_CHECKING:
    from pathlib import Path

MODEL = ("-m", "examples/minimal.yaml")
LEFT_OUT = (
    "A part of the record: the 1 actor with the most positions on record about A deep-water harbour, of 3"
    ". It has 2 of 5 positions, and counts these alone; 3 are left out, "
    "and so is what would follow from less evidence, or was known by an earlier day."
)


@pytest.mark.parametrize("form", ["html", "graphml", "gexf", "node-link"])
def test_a_drawing_of_a_part_says_what_it_leaves_out(form: str, tmp_path: Path) -> None:
    file = tmp_path / f"part.{'json' if form == 'node-link' else form}"
    answer = ask("export", form, *MODEL, "--as-of", "2026-02-15", "--focus", "harbour", "--top", "1", "-o", str(file))
    assert answer.exit_code == 0
    assert LEFT_OUT in answer.stderr
    assert LEFT_OUT in file.read_text(encoding="utf-8")


def test_a_graph_of_a_part_has_its_nodes_and_who_speaks_for_them() -> None:
    answer = ask("export", "node-link", *MODEL, "--as-of", "2026-02-15", "--focus", "harbour", "--top", "1")
    assert {node["id"] for node in json.loads(answer.stdout)["nodes"]} == {"fishers-union", "harbour", "olsen"}


def test_a_graph_over_time_of_a_part_says_it_too() -> None:
    assert LEFT_OUT in ask("export", "gexf", *MODEL, "--focus", "harbour", "--top", "1").stdout


def test_without_them_the_whole_is_drawn_and_nothing_is_said() -> None:
    answer = ask("export", "node-link", *MODEL, "--as-of", "2026-02-15")
    assert "left_out" not in answer.stdout
    assert answer.stderr == ""


@pytest.mark.parametrize("form", ["html", "graphml", "gexf", "node-link"])
def test_what_has_all_is_no_part(form: str, tmp_path: Path) -> None:
    whole, asked = (tmp_path / f"{name}.{'json' if form == 'node-link' else form}" for name in ("whole", "asked"))
    for file, top in ((whole, ()), (asked, ("--top", "9"))):
        answer = ask("export", form, *MODEL, "--as-of", "2026-02-15", *top, "-o", str(file))
        assert "A part of the record" not in answer.stderr
    assert whole.read_text(encoding="utf-8") == asked.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("command", "default"),
    [
        ("export html", "today, or the day of the latest source where that is earlier"),
        ("serve", "today, or the day of the latest source where that is earlier"),
        ("export gexf", "all days"),
        ("export graphml", "today"),
    ],
)
def test_the_help_tells_which_day_it_is_where_none_is_named(command: str, default: str) -> None:
    told = " ".join(ask(*command.split(), "--help").stdout.split())
    assert f"[default: {default}] --known-by" in told


@pytest.mark.parametrize("top", ["many", "0", "-1", "1.5"])
def test_a_number_that_is_none_is_refused(top: str) -> None:
    answer = ask("export", "graphml", *MODEL, "--top", top)
    assert answer.exit_code == 2
    assert f"--top {top}" in answer.stderr.replace("'", "")


def test_a_record_too_large_for_a_page_is_refused_with_the_way_out(monkeypatch: Any, tmp_path: Path) -> None:
    monkeypatch.setattr(focus, "MOST_POSITIONS", 4)
    file = tmp_path / "page.html"
    answer = ask("export", "html", *MODEL, "-o", str(file))
    assert answer.exit_code == 2
    assert (
        "the record has 5 positions, and a page can show 4; --focus NAME --top 50 takes the strongest around an actor "
        "or a proposal, --top 50 those of all"
    ) in answer.stderr
    assert not file.exists()
    assert ask("export", "html", *MODEL, "--top", "1", "-o", str(file)).exit_code == 0
