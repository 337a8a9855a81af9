"""Changes: each kind by example, sides compared addressee by addressee, and the date that a change bears."""

import pytest

from actorgraph.ledger.codec import Cited
from actorgraph.questions.behind import Quantity
from actorgraph.questions.changes import Part, change_of, compare, in_order, parts
from actorgraph.questions.kinds_of_change import MIRROR, kind_of_change
from actorgraph.questions.rows import NOTHING_SAID, Row
from actorgraph.vocabulary import STAGES


def row(position: str, *conditions: str, contested: bool = False, record: str = "r") -> Row:
    """Return a row of a on p that differs only in what is given."""
    kind = "commitment" if position in STAGES else "stance"
    cited = Cited("s", "S", "2024-01-01", None, None, None, None, None, None, "B2")
    return NOTHING_SAID._replace(
        actor="a",
        actor_name="A",
        kind=kind,
        position=position,
        proposal="p",
        proposal_title="P",
        since="2024-01-01",
        since_date="2024-01-01",
        last_said="2024-01-01",
        last_said_date="2024-01-01",
        conditions=conditions,
        contested=contested,
        contest="sources" if contested else None,
        records=(record,),
        evidence=(cited,),
    )


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ([], [row("supports")], "added"),
        ([row("supports")], [], "ended"),
        ([row("supports")], [row("opposes")], "reversed"),
        ([row("declines")], [row("pledges")], "reversed"),
        ([row("delivers")], [row("withdraws")], "reversed"),
        ([row("pledges")], [row("threatens")], "reversed"),
        ([row("neutral")], [row("supports")], "toward-support"),
        ([row("opposes")], [row("neutral")], "toward-support"),
        ([row("opposes")], [row("sceptical")], "toward-support"),
        ([row("undecided")], [row("neutral")], "qualified"),
        ([row("declines")], [row("considers")], "strengthened"),
        ([row("pledges", "c")], [row("delivers")], "strengthened"),
        ([row("supports")], [row("open")], "toward-opposition"),
        ([row("supports", "c"), row("opposes", "not:c")], [row("supports")], "toward-support"),
        ([row("open", "c"), row("supports", "not:c")], [row("supports")], "toward-support"),
        ([row("open", "c"), row("supports", "not:c")], [row("open")], "toward-opposition"),
        (
            [row("supports", contested=True), row("opposes", contested=True)],
            [row("supports", contested=True), row("open", contested=True)],
            "toward-support",
        ),
        ([row("delivers")], [row("pledges")], "weakened"),
        ([row("pledges", "ceasefire")], [row("pledges")], "qualified"),
        ([row("declines")], [row("withdraws")], "qualified"),
        ([row("supports")], [row("supports", contested=True), row("opposes", contested=True)], "contested"),
        ([row("supports", contested=True), row("opposes", contested=True)], [row("opposes")], "settled"),
        ([row("supports", record="r1")], [row("supports", record="r2")], "re-sourced"),
        ([row("supports")], [row("supports")], None),
        ([], [], None),
    ],
)
def test_kinds_of_change(before: list[Row], after: list[Row], expected: str | None) -> None:
    assert expected == kind_of_change(tuple(before), tuple(after))
    mirrored = kind_of_change(tuple(after), tuple(before))
    assert mirrored == (MIRROR[expected] if expected else None)


def to(position: str, *toward: str, **keys: object) -> Row:
    """Return a commitment to these."""
    return row(position)._replace(toward=toward, **keys)


def brief(before: list[Row], after: list[Row]) -> list[tuple[object, ...]]:
    """Return the parts of a change: kind, and positions with addressees on each side."""
    return [
        (part.change, *([(row.position, row.toward) for row in side] for side in (part.before, part.after)))
        for part in parts(before, after)
    ]


@pytest.mark.parametrize(
    ("why", "before", "after", "expected"),
    [
        ("the same to the same is no change", [to("pledges", "b", "c")], [to("pledges", "b", "c")], []),
        (
            "addressees that both sides share are compared one by one",
            [to("pledges", "b", "c")],
            [to("delivers", "b"), to("pledges", "c")],
            [("strengthened", [("pledges", ("b",))], [("delivers", ("b",))])],
        ),
        (
            "what is the same toward several is told together",
            [to("pledges", "b", "c")],
            [to("delivers", "b", "c")],
            [("strengthened", [("pledges", ("b", "c"))], [("delivers", ("b", "c"))])],
        ),
        (
            "one that is no more among them has ended",
            [to("pledges", "b", "c")],
            [to("pledges", "b")],
            [("ended", [("pledges", ("c",))], [])],
        ),
        (
            "to everybody is compared with whatever",
            [to("considers")],
            [to("pledges", "b")],
            [("strengthened", [("considers", ())], [("pledges", ("b",))])],
        ),
        (
            "the same to another is qualified",
            [to("pledges", "b")],
            [to("pledges", "c")],
            [("qualified", [("pledges", ("b",))], [("pledges", ("c",))])],
        ),
        (
            "something else to another is nothing of the kind",
            [to("pledges", "b")],
            [to("declines", "c")],
            [("ended", [("pledges", ("b",))], []), ("added", [], [("declines", ("c",))])],
        ),
        (
            "an exception beside a rule is new, and the rule goes on",
            [to("pledges")],
            [to("pledges"), to("delivers", "b")],
            [("added", [], [("delivers", ("b",))])],
        ),
        (
            "another amount is qualified",
            [to("pledges", amount=Quantity(1000, 1000, "soldiers"))],
            [to("pledges", amount=Quantity(2000, 2000, "soldiers"))],
            [("qualified", [("pledges", ())], [("pledges", ())])],
        ),
    ],
)
def test_addressees(why: str, before: list[Row], after: list[Row], expected: list[object]) -> None:
    assert expected == brief(before, after), why
    turned = [(MIRROR[str(change)], there, here) for change, here, there in brief(after, before)]
    assert sorted(expected, key=str) == sorted(turned, key=str), "it mirrors itself"


def test_a_change_bears_the_date_of_the_later_side_or_of_the_end() -> None:
    old = row("supports")._replace(since="2024-01-31", since_date="2024-01", until="2024-03-01", until_date="2024-03")
    new = row("opposes")._replace(since="2024-04-30", since_date="2024-04")
    assert "2024-04" == change_of(Part("reversed", (old,), (new,))).date
    assert "2024-03" == change_of(Part("ended", (old,), ())).date
    assert "2024-01" == change_of(Part("reversed", (new,), (old,)), after_is_later=True).date
    assert "2024-04" == change_of(Part("reversed", (new,), (old,)), after_is_later=False).date
    assert None is change_of(Part("ended", (new,), ())).date, "it has not ended"
    vague = new._replace(since="2024-05-31", since_date="2024-05", until="2024-07-01", until_date="2024-07")
    assert (
        "2024-05"
        == change_of(Part("contested", (old,), (new, vague))).date
        == change_of(Part("contested", (old,), (vague, new))).date
    ), "of several the last"
    ended = old, vague
    assert "2024-07" == change_of(Part("ended", ended, ())).date == change_of(Part("ended", ended[::-1], ())).date


@pytest.mark.parametrize(("change", "told"), [("re-sourced", "carried"), ("reversed", "reversed"), ("ended", "ended")])
def test_only_the_same_position_is_carried(change: str, told: str) -> None:
    assert told == change_of(Part(change, (row("supports"),), (row("supports"),)), is_carried=True).change
    assert change == change_of(Part(change, (row("supports"),), (row("supports"),))).change


def test_stated_is_compared_with_stated_and_inferred_with_inferred() -> None:
    inferred = row("supports")._replace(basis="inferred")
    assert [("ended", "stated"), ("added", "inferred")] == [
        (change.change, change.basis) for change in compare([row("supports")], [inferred])
    ]


def test_changed_minds_come_before_what_is_new_and_all_that_is_stated_before_what_is_implied() -> None:
    def of(actor: str, change: str, basis: str) -> tuple[str, str, str]:
        return actor, change, basis

    changes = [
        change_of(Part(change, (row("supports")._replace(actor=actor, actor_name=actor, basis=basis),), ()))
        for actor, change, basis in (
            of("a", "ended", "inferred"),
            of("a", "reversed", "inferred"),
            of("b", "ended", "stated"),
            of("c", "reversed", "stated"),
        )
    ]
    assert [("c", "reversed"), ("b", "ended"), ("a", "reversed"), ("a", "ended")] == [
        (change.actor, change.change) for change in in_order(changes)
    ]
