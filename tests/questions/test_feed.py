"""A feed: what all timelines tell, day by day."""

from pathlib import Path

import pytest
from folders import AMOUNTS, loaded

from actorgraph.asked_dates import day_of
from actorgraph.ledger.load import load
from actorgraph.questions.feed import history
from actorgraph.questions.timeline import timeline


def test_another_amount_is_a_change(tmp_path: Path) -> None:
    with loaded(tmp_path, AMOUNTS) as ledger:
        moments = history(ledger, since="2024-01-10", as_of="2024-03").moments
        amounts = [(moment.date, change.after[0].amount) for moment in moments for change in moment.changes]
        assert [("2024-01-15", (100, 100, "boats")), ("2024-01-25", (900, 900, "boats"))] == amounts
        assert moments == timeline(ledger, "a", as_of="2024-03").moments[1:]


@pytest.mark.parametrize("path", ["graphs/ukraine-troops", "graphs/nature-restoration"])
@pytest.mark.parametrize("since", ["2000", "2023-06", "2025-05-28"])
def test_a_history_is_the_end_of_all_timelines(path: str, since: str) -> None:
    """Day by day it tells what the timelines of all actors tell, from a day on."""
    ledger = load(path)
    told = {
        (moment.date, change)
        for moment in history(ledger, since=since, as_of="2026-01-10", stated=True)
        for change in moment.changes
    }
    timelines = {
        (moment.date, change)
        for actor in ledger.things("actor")
        for moment in timeline(ledger, actor.id, as_of="2026-01-10", stated=True)
        for change in moment.changes
        if day_of(moment.date) >= day_of(since)
    }
    assert timelines == told
