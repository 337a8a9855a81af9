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
    if old.type not in STATEMENTS and old.name == new.name:
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


def paired(
    kind: str, was: dict[str, dict[str, Any]], now: dict[str, dict[str, Any]], known: dict[str, str] | None = None
) -> dict[str, str]:
    """Return which old id goes with which new one."""
    pairing = Pairing(KIND[kind], things(kind, was), things(kind, now), known)
    return {old.id: new.id for old, new in pairing.pairs}


def test_what_is_known_is_a_pair_whatever_is_said() -> None:
    was = {"u": {"title": "0", "publisher": "0"}, "v": {"title": "1", "publisher": "1"}}
    assert {"u": "v", "v": "u"} == paired("source", was, was, {"u": "v", "v": "u"})


def test_of_several_with_one_body_the_first_goes_with_the_first() -> None:
    body = {"title": "0", "publisher": "0"}
    assert {"u": "x", "v": "y", "w": "z"} == paired("source", dict.fromkeys("vuw", body), dict.fromkeys("yxz", body))


def test_what_says_the_same_goes_before_an_id_whatever_the_order_of_keys() -> None:
    was = {"u": {"title": "0", "publisher": "0"}}
    assert {"u": "x"} == paired(
        "source", was, {"u": {"title": "0", "publisher": "1"}, "x": {"publisher": "0", "title": "0"}}
    )


def test_an_id_that_somebody_gave_says_more_than_a_likeness() -> None:
    body = {"title": "0", "publisher": "0", "url": "0"}
    now = {"u": {**body, "title": "1", "url": "1"}, "v": {**body, "language": "0"}}
    assert {"u": "u"} == paired("source", {"u": body}, now)


BODY = {"actor": "a", "proposal": "p", "date": "2025", "position": "open", "evidence": "0"}


def test_an_id_that_was_made_says_less_only_where_others_of_its_track_came_or_went() -> None:
    other = {**BODY, "position": "opposes", "evidence": "1", "note": "N"}
    assert {"a.p.2025": "a.p.2025-2"} == paired(
        "stance", {"a.p.2025": BODY}, {"a.p.2025": other, "a.p.2025-2": {**BODY, "until": "2026"}}
    )
    elsewhere = {**BODY, "proposal": "q", "until": "2026"}
    assert {"a.p.2025": "a.p.2025"} == paired("stance", {"a.p.2025": BODY}, {"a.p.2025": other, "a.q.2025": elsewhere})
    given = {"first": BODY}, {"first": other, "second": {**BODY, "until": "2026"}}
    assert {"first": "first"} == paired("stance", *given)


def test_an_id_that_was_made_on_one_side_alone_was_given_there() -> None:
    """Where the actor was corrected, but the id kept."""
    now = {"a.p.2025": {**BODY, "actor": "b", "evidence": "1"}, "a.p.2025-2": {**BODY, "until": "2026"}}
    assert {"a.p.2025": "a.p.2025"} == paired("stance", {"a.p.2025": BODY}, now)


def test_an_id_may_have_moved_where_one_of_its_track_came_on_another_day() -> None:
    now = {"a.p.2025": {**BODY, "position": "opposes", "evidence": "1"}, "a.p.2026": {**BODY, "date": "2026"}}
    assert {"a.p.2025": "a.p.2026"} == paired("stance", {"a.p.2025": BODY}, now)


def test_an_id_stays_after_all_where_nothing_is_alike() -> None:
    other = {**BODY, "position": "opposes", "evidence": "1", "note": "N", "speaker": "b"}
    now = {"a.p.2025": other, "a.p.2025-2": {**other, "note": "M", "speaker": "c"}}
    assert {"a.p.2025": "a.p.2025"} == paired("stance", {"a.p.2025": BODY}, now)


def test_the_most_alike_go_together_first_and_each_once() -> None:
    near = {"title": "0", "publisher": "0", "url": "0", "language": "0"}
    was = {"u": {**near, "language": "1"}, "v": near}
    now = {"x": {**near, "about": "0"}, "y": {**near, "language": "2", "about": "1"}}
    assert {"v": "x", "u": "y"} == paired("source", was, now)


def test_of_what_is_as_alike_the_first_ids_go_together_on_whichever_side() -> None:
    near = {"title": "0", "publisher": "0", "url": "0", "language": "0"}
    one, two = {"v": near}, {"u": {**near, "language": "1"}, "w": {**near, "language": "2"}}
    assert {"v": "u"} == paired("source", one, two)
    assert {"u": "v"} == paired("source", two, one)


def test_of_what_is_as_alike_it_is_the_one_with_the_same_id() -> None:
    now = {"a.p.2025": {**BODY, "position": "opposes"}, "a.p.2025-2": {**BODY, "position": "supports"}}
    assert {"a.p.2025-2": "a.p.2025-2"} == paired("stance", {"a.p.2025-2": BODY}, now)


def test_a_name_is_enough_of_what_is_known_by_it_and_nothing_else_of_it_is() -> None:
    was, now = {"title": "0", "note": "0", "since": "0"}, {"title": "0", "note": "1", "since": "1"}
    assert {"u": "x"} == paired("proposal", {"u": was}, {"x": now})
    assert {} == paired("source", {"u": {"title": "0", "url": "0"}}, {"x": {"title": "0", "url": "1"}})
    assert {} == paired("proposal", {"u": was}, {"x": {"title": "1", "note": "0", "since": "1"}})
