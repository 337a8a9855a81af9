"""What counts: of a day positions in force, of a window statements, and how many others there are."""

from pathlib import Path

import pytest
from folders import loaded
from tied import model_of

from actorgraph.analysis.counting.what_counts import positions_that_count, statements_that_count
from actorgraph.ledger.store import Ledger

RULES = {"duplicates": None, "by": None}


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    return loaded(tmp_path, model_of({"for": "++", "against": "-.", "neither": "~.", "nobody": ".."}))


def test_of_a_day_all_who_were_asked_about_are_counted_once(ledger: Ledger) -> None:
    what = positions_that_count(ledger, "2024-02", "binary", RULES, {})
    assert (("against", "for"), 2, {}) == (what.counts.actors, what.others, what.asked)
    rows = [(row.actor, row.proposal) for row in what.rows()]
    assert [("against", "p"), ("for", "p"), ("for", "q")] == rows, "not of who is neutral"


def test_of_a_window_others_are_those_who_speak_at_another_time_or_take_no_side(ledger: Ledger) -> None:
    what = statements_that_count(ledger, "2024", "binary", RULES, {}, {}, at_any_level=False)
    assert (("against", "for"), 1) == (what.counts.actors, what.others)
    assert {"from": "2024-01-01", "to": "2024-12-31", "duplicates": "all", "by": "actor"} == what.asked
    later = statements_that_count(ledger, "2025", "binary", RULES, {}, {}, at_any_level=False)
    assert ((), 3, ()) == (later.counts.actors, later.others, later.rows())
    begun = statements_that_count(ledger, "../2024", "binary", RULES, {}, {}, at_any_level=False)
    assert "from" not in begun.asked
