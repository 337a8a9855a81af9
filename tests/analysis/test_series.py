"""Series: on every point the number that the same question about that day, or that window, gives."""

from pathlib import Path

import pytest
from builders import ledger_of, records, stance
from folders import loaded
from hypothesis import given
from hypothesis import strategies as st

from actorgraph.analysis.balance import balance
from actorgraph.analysis.counting.counts import counts_of
from actorgraph.analysis.counting.positions import positions
from actorgraph.analysis.counting.utterances import counts_in
from actorgraph.analysis.over_time.curves import Additive, Pairwise
from actorgraph.analysis.series import series
from actorgraph.errors import UsageProblem
from actorgraph.ledger.load import load
from actorgraph.ledger.store import Ledger
from actorgraph.model.records import Stance
from actorgraph.questions.tally import tally
from actorgraph.questions.view import View


def _agreement(ledger: Ledger, day: str, levels: str, **options: str) -> tuple[float | None, int]:
    counts = counts_of(positions(ledger, as_of=day, **options), levels)  # type: ignore[arg-type]
    congruence, conflict = counts.congruence().sum() / 2, counts.conflict().sum() / 2
    return (congruence / (congruence + conflict) if congruence + conflict else None), round(congruence + conflict)


@given(records(), st.sampled_from(["binary", "scale"]))
def test_agreement_is_that_of_each_day(said: list[Stance], levels: str) -> None:
    ledger = ledger_of(said)
    for point in series(ledger, "agreement", as_of="2025-06", levels=levels, min_shared=1):
        share, n = _agreement(ledger, point.date, levels)
        assert (n, None if share is None else pytest.approx(share, abs=1e-4)) == (point.n, point.values["agreement"])


def test_agreement_of_a_shipped_model_is_that_of_each_day_and_of_two_that_of_the_two() -> None:
    ledger = load("graphs/nature-restoration")
    for point in series(ledger, "agreement", as_of="2024-06-30", kind="state", every="1mo"):
        share, n = _agreement(ledger, point.date, "binary", kind="state")
        assert n == point.n
        assert point.values["agreement"] == (pytest.approx(share, abs=1e-4) if n >= 3 else None)


def test_two_actors_hand_worked() -> None:
    """They agree on p; q comes, on which they part, then r and s; then b turns on p."""
    said = [("a", "p", "supports", "01-01"), ("b", "p", "open", "01-02"), ("a", "q", "supports", "01-03")]
    said += [("b", "q", "opposes", "01-04"), ("b", "p", "opposes", "01-05")]
    ledger = ledger_of(
        [stance(position, f"2024-{day}", actor=actor, proposal=key) for actor, key, position, day in said]
    )
    answer = series(ledger, "agreement", "a", "b", as_of="2024-12", min_shared=1, on_same_proposals=True)
    assert [
        ("2024-01-01", None, 0, None),
        ("2024-01-02", 1.0, 1, 1.0),
        ("2024-01-03", 1.0, 1, 1.0),
        ("2024-01-04", 0.5, 2, 1.0),
        ("2024-01-05", 0.0, 2, 0.5),
    ] == [(point.date, point.values["agreement"], point.n, point.same) for point in answer]
    assert [
        ("2024-01-04", -0.5, 0.0, [("b", "q", None, "opposes", ("r3",))]),
        ("2024-01-05", -0.5, -0.5, [("b", "p", "open", "opposes", ("r1", "r4"))]),
    ] == [(move.date, move.change, move.same, [tuple(one) for one in move.turned]) for move in answer.moves]
    assert [("r0",), ("r1",), ("r2",), ("r3",), ("r4",)] == [point.records for point in answer]


def test_a_chain_starts_again_where_too_little_is_the_same() -> None:
    said: list[tuple[str, str, str, str, str | None]]
    said = [("a", "p", "supports", "01-01", "02"), ("b", "p", "open", "01-01", "02")]
    said += [("a", "q", "supports", "03-01", None), ("b", "q", "opposes", "03-01", None)]
    ledger = ledger_of(
        [
            stance(position, f"2024-{day}", actor=actor, proposal=key, until=end and f"2024-{end}")
            for actor, key, position, day, end in said
        ]
    )
    answer = series(ledger, "agreement", as_of="2024-12", min_shared=1, on_same_proposals=True)
    assert [("2024-01-01", 1.0), ("2024-02-01", None), ("2024-03-01", 0.0)] == [
        (point.date, point.same) for point in answer
    ]
    assert 1 == answer.breaks


THREE_MATTERS = """
model: {id: m, title: M}
actors: {a: {name: A, kind: state}, b: {name: B, kind: state}}
proposals: {p: {title: P}, q: {title: Q}, r: {title: R}}
stances:
%s
sources: {s: {title: S, publisher: S, published: 2024-06-01}}
"""


def test_what_is_worked_out_from_several_points_is_not_worked_out_from_rounded_ones(tmp_path: Path) -> None:
    """Of three proposals they agree on one, then on two, then on all: each time a third more, on the same proposals."""
    said = [("a", "supports", key, "01") for key in "pqr"] + [("b", "opposes", key, "01") for key in "qr"]
    said += [("b", "supports", key, month) for key, month in (("p", "01"), ("q", "02"), ("r", "03"))]
    lines = (
        f"  - {{actor: {who}, position: {position}, proposal: {key}, date: 2024-{month}-01, evidence: [{{source: s}}]}}"
        for who, position, key, month in said
    )
    ledger = loaded(tmp_path, THREE_MATTERS % "\n".join(lines))
    answer = series(ledger, "agreement", as_of="2024-06", on_same_proposals=True)
    assert [0.3333, 0.6667, 1.0] == [point.values["agreement"] for point in answer] == [point.same for point in answer]
    assert [(0.3333, 0.3333)] * 2 == [(move.change, move.same) for move in answer.moves]


def test_index_and_support_are_those_of_a_tally_of_the_day() -> None:
    ledger = load("graphs/nature-restoration")
    law = "nature-restoration-law"
    index = {point.date: point for point in series(ledger, "index", law, as_of="2024-06-30", min_shared=1)}
    seen = 0
    for point in series(ledger, "support", law, as_of="2024-06-30"):
        (count,) = tally(ledger, law, as_of=point.date).proposals
        assert (count.supporting, count.opposing, count.between, count.contested) == tuple(point.values.values())
        if point.date in index:
            assert (count.agreement, count.n) == (index[point.date].values["index"], index[point.date].n)
            seen += 1
    assert seen > 5


def test_the_mean_index_is_over_proposals_with_enough_actors() -> None:
    ledger = load("graphs/nature-restoration")
    *_, last = series(ledger, "index", as_of="2024-06-30", min_shared=5)
    counts = [count for count in tally(ledger, as_of=last.date).proposals if count.n >= 5]
    mean = sum(count.agreement or 0 for count in counts) / len(counts)
    assert mean == pytest.approx(last.values["index"], abs=1e-4)
    assert sum(count.n for count in counts) == last.n


def test_a_window_counts_what_was_said_in_it() -> None:
    ledger = load("graphs/ukraine-troops")
    view = View(ledger, as_of="2026-01-10")
    for duplicates in ("all", "document"):
        answer = series(
            ledger, "agreement", as_of="2026-01-10", window="3mo", step="1mo", duplicates=duplicates, min_shared=1
        )
        assert len(answer) > 9
        for point in answer:
            first, last = (int((day or "").replace("-", "")) for day in (point.since, point.date))
            counts = counts_in(view, (first, last), duplicates=duplicates)
            congruence, conflict = counts.congruence().sum() / 2, counts.conflict().sum() / 2
            assert (round(congruence + conflict), round(counts.n.sum())) == (point.n, point.counted)
            if point.n:
                assert pytest.approx(congruence / (congruence + conflict), abs=1e-4) == point.values["agreement"]


@pytest.mark.parametrize("duplicates", ["all", "document", "month", "window"])
@pytest.mark.parametrize("step", ["3mo", "4mo"])
def test_what_counts_in_windows_that_do_not_overlap_is_what_counts_in_each(duplicates: str, step: str) -> None:
    """What is said again counts once in a window, and again in the next: also where the first time lies in none."""
    answer = series(
        load("graphs/nature-restoration"),
        "agreement",
        as_of="2024-06-30",
        window="3mo" if step == "3mo" else "2w",
        step=step,
        duplicates=duplicates,
    )
    assert sum(point.counted for point in answer) == answer.counted


@pytest.mark.thorough
def test_the_range_is_that_of_loads_without_each_source() -> None:
    path = "graphs/nature-restoration"
    asked = {"as_of": "2024-06-30", "every": "1y"}
    whole = load(path)
    cited = {cited["source"] for thing in whole.things("stance") for cited in thing.body["evidence"]}
    without = [load(path, without=[source]) for source in sorted(cited)]
    for point in series(whole, "agreement", sensitivity=True, **asked):  # type: ignore[arg-type]
        shares = [_agreement(ledger, point.date, "binary") for ledger in without]
        value = point.values["agreement"]
        if value is None:
            assert (None, None) == (point.low, point.high)
            continue
        kept = [value, *(share for share, n in shares if share is not None and n >= 3)]
        assert (min(kept), max(kept)) == pytest.approx((point.low, point.high), abs=1e-4)
        assert sum(n < 3 for _, n in shares) == len(point.refused_without)


@given(records(), st.sampled_from(["agreement", "index", "two-camp", "balance"]))
def test_numbers_stay_in_their_bounds_and_what_rests_on_too_little_has_none(said: list[Stance], measure: str) -> None:
    for point in series(ledger_of(said), measure, as_of="2025-06", min_shared=2):
        (value,) = point.values.values()
        assert value is None or (0 <= value <= 1 and point.n >= 2)
        assert value is not None or point.n < 2


@given(records())
def test_the_order_of_records_does_not_matter(said: list[Stance]) -> None:
    one, other = (series(ledger_of(some), "agreement", as_of="2025-06", min_shared=1) for some in (said, said[::-1]))
    assert [point._replace(records=()) for point in one] == [point._replace(records=()) for point in other]


def test_pairs_are_measured_as_the_whole_tables_are() -> None:
    from actorgraph.analysis.camps.two_camps import two_camps

    ledger = load("graphs/ukraine-troops")
    for point in series(ledger, "two-camp", as_of="2026-01-10", levels="scale", min_shared=1):
        counts = counts_of(positions(ledger, as_of=point.date), "scale")
        camps = two_camps(counts.congruence(), counts.conflict())
        assert (None if camps.index is None else pytest.approx(camps.index, abs=1e-4)) == point.values["two-camp"]


def test_a_group_is_as_of_the_last_day_and_the_first_point_holds_all() -> None:
    ledger = load("graphs/nature-restoration")
    answer = series(ledger, "agreement", as_of="2024-06-30", since="2024-06-01", group="council")
    stand = positions(ledger, as_of="2024-06-01", group="council")
    assert "2024-06-01" == answer[0].date
    records = {
        record
        for theirs in stand.taken.values()
        for taken in theirs.values()
        if taken.position not in ("neutral", "undecided")
        for record in taken.records
    }
    assert records == set(answer[0].records)


@pytest.mark.parametrize(("least", "shared"), [(1, "1 proposal"), (3, "3 proposals")])
def test_what_a_balance_rests_on_is_told_in_words(least: int, shared: str) -> None:
    answer = series(ledger_of([]), "balance", as_of="2024", min_shared=least)
    assert f"triangles of actors, each two of which share at least {shared}" == answer.rests_on


@pytest.mark.parametrize("path", ["graphs/ukraine-troops", "graphs/nature-restoration"])
def test_balance_and_two_camps_are_what_the_day_itself_answers(path: str) -> None:
    ledger = load(path)
    for measure in ("balance", "two-camp"):
        for point in series(ledger, measure, as_of="2026-01-10", every="6mo"):
            day = balance(ledger, as_of=point.date)
            of_day, n = day.structure.share, day.structure.triangles
            if measure == "two-camp":
                of_day, n = day.two_camps.value, day.two_camps.compared
            assert n == point.n
            if point.values[measure] is not None:
                assert of_day == pytest.approx(point.values[measure], abs=1e-4)


def test_a_partial_date_begins_with_its_first_day_and_ends_with_its_last() -> None:
    answer = series(load("graphs/nature-restoration"), "agreement", as_of="2024-07", since="2024-02", until="2024-06")
    assert ("2024-02-01", "2024-06-30") == (answer[0].date, answer.query["to"])


def test_what_turned_into_something_that_does_not_count_is_told() -> None:
    ledger = ledger_of(
        [
            stance("supports", "2024-01-10"),
            stance("neutral", "2024-02-10"),
            stance("opposes", "2024-03-10"),
            stance("supports", "2024-03-10", "middle"),
            stance("supports", "2024-01-10", actor="b"),
            stance("opposes", "2024-02-20", actor="b"),
        ]
    )
    answer = series(ledger, "support", "p", as_of="2024-12", most=10)
    turned = {(move.date, one.before, one.after) for move in answer.moves for one in move.turned if one.actor == "a"}
    assert {("2024-02-10", "supports", "neutral"), ("2024-03-10", "neutral", "contested")} <= turned
    of_sides = series(ledger, "index", "p", as_of="2024-12", most=10, min_shared=1)
    turned = {(move.date, one.before, one.after) for move in of_sides.moves for one in move.turned if one.actor == "a"}
    assert ("2024-03-10", "neutral", "contested") in turned


def test_each_line_of_support_tells_who_moved_it() -> None:
    ledger = ledger_of(
        [
            stance("supports", "2024-01-10"),
            stance("opposes", "2024-01-10", actor="b"),
            stance("neutral", "2024-02-10", actor="b"),
            stance("neutral", "2024-02-10"),
        ]
    )
    answer = series(ledger, "support", "p", as_of="2024-12", most=10)
    moved = {(move.line, one.actor) for move in answer.moves if move.date == "2024-02-10" for one in move.turned}
    assert {("for", "a"), ("against", "b"), ("between", "a"), ("between", "b")} == moved


def test_a_chain_that_starts_again_rests_on_nothing() -> None:
    answer = series(load("graphs/ukraine-troops"), "index", as_of="2026-01-10", on_same_proposals=True)
    assert answer.breaks
    assert answer.breaks + 1 == sum(point.same is not None and point.same_n is None for point in answer)


HAPPENED = """
model: {id: m, title: M}
actors: {a: {name: A, kind: state}, b: {name: B, kind: state}, c: {name: C, kind: organisation}}
proposals: {p: {title: P}}
stances:
  - {actor: a, position: supports, proposal: p, date: 2024-01-10, evidence: [{source: s}]}
  - {actor: b, position: supports, proposal: p, date: 2024-01-10, evidence: [{source: s}]}
  - {actor: c, position: opposes, proposal: p, date: 2024-01-10, evidence: [{source: s}]}
  - {actor: b, position: opposes, proposal: p, date: 2024-03-10, evidence: [{source: s}]}
events:
  - {id: before, title: Before, date: 2024-01-09, actors: [a], evidence: [{source: s}]}
  - {id: first, title: First, date: 2024-01-10, actors: [a], evidence: [{source: s}]}
  - {id: at-point, title: At a point, date: 2024-02-10, actors: [a], evidence: [{source: s}]}
  - {id: of-c, title: Of C, date: 2024-02-20, actors: [c], evidence: [{source: s}]}
  - {id: of-b, title: Of B, date: 2024-02-25, actors: [c, b], evidence: [{source: s}]}
  - {id: of-all, title: Of all, date: 2024-03-10, evidence: [{source: s}]}
  - {id: after, title: After, date: 2024-04-11, actors: [a], evidence: [{source: s}]}
sources: {s: {title: S, publisher: S, published: 2024-06-01}}
"""


@pytest.fixture(scope="module")
def happened(tmp_path_factory: pytest.TempPathFactory) -> Ledger:
    return loaded(tmp_path_factory.mktemp("happened"), HAPPENED)


@pytest.mark.parametrize(
    ("names", "asked", "events", "on_the_way"),
    [
        (("support", "p"), {}, ["first", "at-point", "of-c", "of-b", "of-all"], ["of-all"]),
        (("support", "p"), {"kind": "state"}, ["first", "at-point", "of-b", "of-all"], ["of-all"]),
        (("support", "p"), {"since": "2024-01-11"}, ["at-point", "of-c", "of-b", "of-all"], ["of-all"]),
        (
            ("support", "p"),
            {"every": "1mo", "since": "2024-01-10"},
            ["first", "at-point", "of-c", "of-b", "of-all"],
            ["of-c", "of-b", "of-all"],
        ),
        (("agreement", "a", "b"), {}, ["first", "at-point", "of-b", "of-all"], ["of-all"]),
        (("agreement", "b", "c"), {}, ["of-c", "of-b", "of-all"], ["of-all"]),
        (("agreement", "a", "b"), {"window": "2mo", "step": "1mo"}, ["at-point", "of-b", "of-all"], []),
        (
            ("agreement", "a", "b"),
            {"window": "1mo", "since": "2024-01-10", "until": "2024-04-09"},
            ["first", "at-point", "of-b", "of-all"],
            [],
        ),
    ],
)
def test_events_are_those_from_the_first_point_to_the_last_and_of_a_move_those_on_its_way(
    happened: Ledger, names: tuple[str, ...], asked: dict[str, str], events: list[str], on_the_way: list[str]
) -> None:
    answer = series(happened, *names, as_of="2024-04-10", min_shared=1, **asked)  # type: ignore[arg-type]
    assert events == [event.id for event in answer.events]
    assert {"Of all"} == {event.title for event in answer.events if event.id == "of-all"}
    assert on_the_way == [event.id for move in answer.moves[:1] for event in move.events]


@pytest.mark.parametrize(("pair", "before", "after"), [(("a", "b"), 1.0, 0.0), (("b", "c"), 0.0, 1.0)])
def test_a_move_tells_from_where_and_to_where(
    happened: Ledger, pair: tuple[str, str], before: float, after: float
) -> None:
    (move,) = series(happened, "agreement", *pair, as_of="2024-04", min_shared=1).moves
    assert (before, after, after - before) == (move.before, move.after, move.change)
    assert [("b", "supports", "opposes")] == [one[:1] + one[2:4] for one in move.turned]


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        ({"step": "1mo"}, "a step and duplicates go with a window of statements"),
        ({"duplicates": "day"}, "a step and duplicates go with a window of statements"),
        ({"window": "1mo", "every": "1mo"}, "a series has days every so often, or windows, not both"),
        ({"until": "2024-05"}, "a series as of 2024-04-10 cannot go to 2024-05-31; say --as-of"),
        ({"since": "2024-03", "until": "2024-02"}, "a series cannot go from 2024-03-01 to 2024-02-29: that is before"),
    ],
)
def test_what_does_not_go_together(happened: Ledger, asked: dict[str, str], message: str) -> None:
    with pytest.raises(UsageProblem, match=message):
        series(happened, "agreement", as_of="2024-04-10", **asked)  # type: ignore[arg-type]


def test_a_series_may_have_one_day(happened: Ledger) -> None:
    answer = series(happened, "support", "p", as_of="2024-04", since="2024-03-10", until="2024-03-10")
    assert [("2024-03-10", 1.0, 2.0)] == [(point.date, *list(point.values.values())[:2]) for point in answer]


@pytest.mark.parametrize(
    ("measure", "asked", "message"),
    [
        (("two-camp",), {"on_same_proposals": True}, "on the same proposals there is a series of agreement or of the"),
        (("support", "p"), {"sensitivity": True}, "support counts; --sensitivity gives the range of a share"),
    ],
)
def test_what_a_measure_does_not_give_is_refused_before_it_is_worked_out(
    happened: Ledger, monkeypatch: pytest.MonkeyPatch, measure: tuple[str, ...], asked: dict[str, bool], message: str
) -> None:
    for gauge in (Additive, Pairwise):
        monkeypatch.setattr(gauge, "curve", None)
    with pytest.raises(UsageProblem, match=message):
        series(happened, *measure, as_of="2024-04-10", **asked)  # type: ignore[arg-type]
