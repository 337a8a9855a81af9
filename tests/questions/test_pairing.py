"""Pairing: what over half of the keys are, and the naive search for what is alike as a witness."""

import time
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from actorgraph.ledger.things import Thing
from actorgraph.model.kinds import KIND, STATEMENTS
from actorgraph.questions.pairing import _IDENTIFYING, Pairing, likeness


def test_likeness_is_the_share_of_all_keys() -> None:
    assert 0.5 == likeness({"a": 1, "b": 2}, {"a": 1, "b": 3})
    assert 0.25 == likeness({"a": 1, "b": 2}, {"a": 1, "c": 3, "d": 4})


VALUES = st.integers(0, 2).map(str)
RECORDS = st.fixed_dictionaries(
    {"actor": VALUES, "proposal": VALUES, "date": VALUES},
    optional={"note": VALUES, "until": VALUES, "speaker": VALUES, "evidence": VALUES},
)
SOURCES = st.fixed_dictionaries(
    {"title": VALUES, "publisher": VALUES}, optional={"url": VALUES, "about": VALUES, "language": VALUES}
)


def things(kind: str, bodies: dict[str, dict[str, str]]) -> dict[str, Thing]:
    return {key: Thing(kind, key, body.get("title", "one name"), "", body) for key, body in bodies.items()}


def tells(old: Thing, new: Thing) -> bool:
    if old.id == new.id or (old.type not in STATEMENTS and old.name == new.name):
        return True
    keys: Any = _IDENTIFYING[old.type]
    return any(all(key in old.body and old.body[key] == new.body.get(key) for key in group) for group in keys)


@given(
    st.sampled_from([("stance", RECORDS), ("source", SOURCES)]).flatmap(
        lambda drawn: st.tuples(
            st.just(drawn[0]),
            st.dictionaries(st.sampled_from("uvwxyz"), drawn[1]),
            st.dictionaries(st.sampled_from("uvwxyz"), drawn[1]),
        )
    )
)
def test_nothing_that_is_alike_is_overlooked(
    drawn: tuple[str, dict[str, dict[str, str]], dict[str, dict[str, str]]],
) -> None:
    kind, *sides = drawn
    was, now = (things(kind, side) for side in sides)
    left = Pairing(KIND[kind], dict(was), dict(now))
    assert not [
        (old.id, new.id)
        for old in left.was.values()
        for new in left.now.values()
        if likeness(old.body, new.body) > 0.5 and tells(old, new)
    ]
    assert sorted(was) == sorted([*left.was, *(old.id for old, _ in left.pairs)])
    assert sorted(now) == sorted([*left.now, *(new.id for _, new in left.pairs)])


def test_thousands_that_all_differ_are_paired_at_once() -> None:
    def side(note: str) -> dict[str, Thing]:
        return things(
            "stance",
            {
                f"{note}-{number}": {
                    "actor": f"a{number % 50}",
                    "proposal": "p",
                    "date": f"day {number // 10}",
                    "evidence": str(number),
                    "note": note,
                }
                for number in range(5000)
            },
        )

    begin = time.process_time()
    pairing = Pairing(KIND["stance"], side("before"), side("after"))
    assert 5000 == len(pairing.pairs)
    assert all(old.body["evidence"] == new.body["evidence"] for old, new in pairing.pairs)
    assert time.process_time() - begin < 5, "seconds; some tenths on an idle machine"
