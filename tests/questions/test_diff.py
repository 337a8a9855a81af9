"""Change: each kind by example, the laws of the mirror, and a naive comparison of two snapshots."""

from builders import NOT_EVERYWHERE, WINDOW, flipped, ledger_of, lives, model, on, records, stance, statements
from hypothesis import given
from hypothesis import strategies as st

from actorgraph.dates import iso
from actorgraph.ledger.engine import Sqlite
from actorgraph.ledger.holdings import holdings
from actorgraph.ledger.load import load
from actorgraph.model.records import Commitment, Stance
from actorgraph.questions.diff import diff
from actorgraph.questions.snapshot import snapshot
from actorgraph.questions.who import everything, what, who

days = st.sampled_from(WINDOW[::3]).map(lambda day: str(iso(day)))


Said = list[Stance | Commitment]
Dated = dict[str, dict[str, object]]


@given(statements(), lives, days)
def test_a_day_does_not_differ_from_itself(said: Said, dated: Dated, day: str) -> None:
    assert () == diff(ledger_of(said, **dated), day, day, every=True).changes


@given(statements(), lives, days, days, st.booleans())
def test_the_mirror(said: Said, dated: Dated, one: str, other: str, every: bool) -> None:  # noqa: FBT001 - drawn
    ledger = ledger_of(said, **dated)
    there, back = diff(ledger, one, other, every=every), diff(ledger, other, one, every=every)
    assert flipped(there) == set(back)
    assert len(set(back)) == len(back)


@given(statements(), lives, days, days)
def test_every_row_that_differs_is_told_once(said: Said, dated: Dated, one: str, other: str) -> None:
    ledger = ledger_of(said, **dated)
    changes = diff(ledger, one, other, every=True)
    for day, sides in ((one, [change.before for change in changes]), (other, [change.after for change in changes])):
        every = [row for side in sides for row in side]
        told = [(row.records, row.kind, row.position, name) for row in every for name in row.toward or ("",)]
        assert len(set(told)) == len(told)
        assert {row.records for row in every} <= {row.records for row in snapshot(ledger, as_of=day).rows}


@given(records(), st.sampled_from(WINDOW), st.sampled_from(WINDOW))
def test_changes_are_the_tracks_whose_sides_differ(said: list[Stance], first: int, second: int) -> None:
    found = diff(ledger_of(said), str(iso(first)), str(iso(second)))
    every = holdings(model(*said))

    def sides(day: int) -> dict[object, set[object]]:
        tracks: dict[object, set[object]] = {}
        for actor, proposal, *side, _, _ in on(day, every):
            tracks.setdefault((actor, proposal), set()).add(tuple(side))
        return tracks

    before, after = sides(first), sides(second)
    expected = {track for track in before.keys() | after.keys() if before.get(track) != after.get(track)}
    assert expected == {(change.actor, change.proposal) for change in found.changes}
    for change in found.changes:
        for side, rows in ((before, change.before), (after, change.after)):
            assert side.get((change.actor, change.proposal), set()) == {
                (r.position, r.conditions, r.contest) for r in rows
            }


def test_saying_it_again_is_a_re_sourcing_and_only_with_all() -> None:
    ledger = ledger_of([stance("opposes", "2024-01-05"), stance("opposes", "2024-03-01", "late")])
    assert () == diff(ledger, "2024-02", "2024-04").changes
    (only,) = diff(ledger, "2024-02", "2024-04", every=True).changes
    assert ("re-sourced", ("r0",), ("r0", "r1")) == (only.change, only.before[0].records, only.after[0].records)


def test_a_side_that_stays_in_a_contest_is_carried_whole() -> None:
    ledger = ledger_of(
        [
            stance("opposes", "2024-01-05"),
            stance("supports", "2024-01-05", "late"),
            stance("opposes", "2024-03-01"),
            stance("open", "2024-03-01", "late"),
        ]
    )
    (only,) = diff(ledger, "2024-02", "2024-04").changes
    assert "toward-opposition" == only.change
    assert ["opposes", "supports"] == sorted(one.position for one in only.before)
    assert ["open", "opposes"] == sorted(one.position for one in only.after)


def test_the_envelope() -> None:
    found = diff(load("examples/minimal.yaml"), "2026-03", "2025-12")
    assert {"command": "diff", "from": "2026-03-31", "to": "2025-12-31"} == found.query
    assert ("minimal", "2026-03-31", None, ()) == (found.model, found.as_of, found.known_by, found.assume)
    assert ["toward-support", "ended", "added"] == [one.change for one in found.changes]


def test_the_sql_is_portable() -> None:
    ledger = load("examples/minimal.yaml")
    heard: list[str] = []
    engine = ledger._engine  # noqa: SLF001 - what really runs is what is meant
    assert isinstance(engine, Sqlite)
    engine.connection.set_trace_callback(heard.append)
    for position in ("opposes", "any", "silent"):
        who(ledger, position, "harbour", as_of="2026-02", assume=["state-loan"])
    what(ledger, "fishers-union", as_of="2026-02", stated=True)
    everything(ledger, as_of="2026-02")
    diff(ledger, "2025-12", "2026-03", every=True)
    diff(ledger, "2025-12", "2026-03", stated=True)
    asked = [sql.upper() for sql in heard if "HOLDINGS" in sql.upper()]
    assert len(asked) >= 7
    for word in NOT_EVERYWHERE:
        assert not [sql for sql in asked if word in sql], word
