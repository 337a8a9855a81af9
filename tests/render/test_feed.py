"""The days of a feed in words."""

from actorgraph.ledger.load import load
from actorgraph.questions.feed import history
from actorgraph.render.feed import days_of


def test_an_end_that_lies_ahead_is_not_told() -> None:
    """On the day of a change nobody knows how long it will last; its end has a day of its own."""
    days = days_of(history(load("examples/minimal.yaml"), since="2025-01", as_of="2026-06"))
    said = [text for day in days for _, texts in day.blocks for text in texts]
    assert any(text.startswith("Town Council, A deep-water harbour: open [") for text in said)
    assert not any("until" in text for text in said)


def test_the_end_of_a_proposal_is_one_line() -> None:
    ledger = load("graphs/nature-restoration")
    days = days_of(history(ledger, since="2000", as_of="2026-01"))
    told = [text for day in days for title, texts in day.blocks if title == "Gone" for text in texts]
    assert any(" positions ended" in text for text in told)


def test_evidence_is_numbered_within_each_day() -> None:
    for day in days_of(history(load("graphs/ukraine-troops"), since="2024", as_of="2026-01-10")):
        assert list(range(1, len(day.notes) + 1)) == [note.number for note in day.notes]
        assert day.known_since >= day.day
