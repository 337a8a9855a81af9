"""The days of a feed in words."""

from pathlib import Path

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


def test_a_title_says_by_which_day_what_is_dated_to_a_longer_time_has_changed(tmp_path: Path) -> None:
    """Of what is dated to a month nobody knows the day, and an end that is a month comes with the month's first."""
    model = tmp_path / "m.yaml"
    model.write_text(
        """
model: {id: m, title: M}
actors: {a: {name: A, kind: state}, b: {name: B, kind: state}}
proposals: {p: {title: P}}
stances:
  - {actor: a, position: opposes, proposal: p, date: 2024-02, until: 2024-06, evidence: [{source: s}]}
  - {actor: b, position: opposes, proposal: p, date: 2024-03-31, evidence: [{source: s}]}
sources: {s: {title: S, publisher: S, published: 2024-07-01}}
""",
        encoding="utf-8",
    )
    assert [
        "1 June 2024: 1 change: 1 ended",
        "31 March 2024: 1 change: 1 added",
        "By 29 February 2024: 1 change: 1 added",
    ] == [day.title for day in days_of(history(load(model), since="2024-01", as_of="2024-12"))]
