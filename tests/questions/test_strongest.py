"""The strongest neighbourhood: who has the most positions around a focus, by hand, and what is left out."""

from collections.abc import Iterator

import pytest

from actorgraph.errors import UsageProblem
from actorgraph.ledger.load import load
from actorgraph.ledger.store import Ledger
from actorgraph.questions.strongest import camps, part_in_focus, positions_on_record, strongest

# Who held how many positions on what; every other one is `supports`, the rest `opposes`.
HELD = {
    ("ada", "port"): 3,
    ("ada", "road"): 1,
    ("bob", "port"): 1,
    ("bob", "road"): 2,
    ("cat", "port"): 1,
    ("cat", "mill"): 1,
    ("dan", "mill"): 4,
}


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ledger]:
    stances = [
        f"{{actor: {actor}, proposal: {on}, position: {('supports', 'opposes')[number % 2]}, date: 202{number}, "
        "evidence: [{source: s}]}"
        for (actor, on), times in HELD.items()
        for number in range(times)
    ]
    text = (
        "model: {id: m, title: M}\n"
        f"actors: {{{', '.join(f'{key}: {{name: {key}, kind: state}}' for key in ('ada', 'bob', 'cat', 'dan'))}}}\n"
        f"proposals: {{{', '.join(f'{key}: {{title: The {key}}}' for key in ('port', 'road', 'mill'))}}}\n"
        f"stances: [{', '.join(stances)}]\n"
        "sources: {s: {title: S, publisher: S, published: 2020-01-01}}\n"
    )
    path = tmp_path_factory.mktemp("strongest") / "m.yaml"
    path.write_text(text, encoding="utf-8")
    with load(path) as ledger:
        yield ledger


@pytest.mark.parametrize(
    ("focus", "top", "actors", "proposals"),
    [
        ("port", 1, ["ada"], ["port", "road"]),
        ("port", 2, ["ada", "bob"], ["port", "road"]),  # bob and cat have one each on it: bob has three in all, cat two
        ("port", 9, ["ada", "bob", "cat"], ["port", "road", "mill"]),  # they have three on the road, one on the mill
        ("The port", 1, ["ada"], ["port", "road"]),
        ("ada", 1, ["ada", "bob"], ["port"]),
        ("ada", 2, ["ada", "bob", "cat"], ["port", "road"]),
        ("dan", 5, ["dan", "cat"], ["mill"]),
    ],
)
def test_who_and_what_is_in_it_the_strongest_first(
    record: Ledger, focus: str | None, top: int, actors: list[str], proposals: list[str]
) -> None:
    found = strongest(record, focus, top=top)
    assert (list(found.actors), list(found.proposals)) == (actors, proposals)


def test_the_camps_are_all_who_ever_were_for_and_against(record: Ledger) -> None:
    assert camps(record) == {"mill": (2, 1), "port": (3, 1), "road": (2, 1)}
    assert strongest(record, top=1)[:2] == (("ada",), ("port",))  # one against each; the port has most in both camps


def test_what_is_left_out_is_told_in_numbers(record: Ledger) -> None:
    assert strongest(record, "port", top=2).left_out == (
        "A part of the record: the 2 actors with the most positions on record about The port, of 3, and the 1 other "
        "proposal on which they hold most, of 1. It has 7 of 13 positions, and counts these alone; 6 are left out, "
        "and so is what would follow from less evidence, or was known by an earlier day."
    )


@pytest.mark.parametrize("focus", ["ada", "bob", "cat", "dan", "port", "road", "mill", None])
@pytest.mark.parametrize("top", [1, 2, 3, 9])
def test_what_is_in_and_what_is_left_out_are_the_whole(record: Ledger, focus: str | None, top: int) -> None:
    part = part_in_focus(record, focus, top=top)
    left = [row for row in record.holdings() if row not in part.holdings()]
    assert len(part.holdings()) + len(left) == positions_on_record(record) == 13
    if not left:
        assert (part, part.left_out) == (record, None), "what has all is no part"
        return
    assert (
        f"It has {positions_on_record(part)} of 13 positions, and counts these alone; {len(left)} are left out"
        in str(part.left_out)
    )


@pytest.mark.parametrize(
    ("focus", "top", "message"),
    [("nobody", 3, "no actor or proposal answers to 'nobody'"), ("ada", 0, "--top 0 leaves nothing to show")],
)
def test_what_makes_no_neighbourhood_is_said(record: Ledger, focus: str | None, top: int, message: str) -> None:
    with pytest.raises(UsageProblem, match=message):
        strongest(record, focus, top=top)
