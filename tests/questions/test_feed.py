"""A feed: what all timelines tell, day by day."""

import pytest

from actorgraph.dates import day_of
from actorgraph.ledger.load import load
from actorgraph.questions.feed import history
from actorgraph.questions.timeline import timeline


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
