"""Agreement: shares and corrections for chance by small cases worked out by hand, and their laws."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from actorgraph.analysis.counting.agreement import agreement_of, ranges_of
from actorgraph.analysis.counting.counts import LEVELS, Counts
from actorgraph.analysis.words import CORRECTIONS
from actorgraph.errors import UsageProblem
from actorgraph.vocabulary import POSITIONS, SCALE

Said = dict[tuple[str, str], str]


def counts(said: Said, levels: str = "binary") -> Counts:
    told = ((actor, proposal, position, (f"{actor}.{proposal}",)) for (actor, proposal), position in said.items())
    return Counts(told, levels=levels)


def both(*pairs: tuple[str, str]) -> Said:
    """Return what a and b say of p0, p1 and so on."""
    return {
        (actor, f"p{at}"): position for at, pair in enumerate(pairs) for actor, position in zip("ab", pair, strict=True)
    }


FOUR = both(("supports", "supports"), ("supports", "supports"), ("supports", "opposes"), ("opposes", "opposes"))


@pytest.mark.parametrize(
    ("corrected", "expected"),
    [
        ("scott", 1 - (1 / 4) / (2 * 5 / 8 * 3 / 8)),  # of 8 positions 5 are for, 3 against
        ("cohen", 1 - (1 / 4) / (3 / 4 * 2 / 4 + 1 / 4 * 2 / 4)),  # a is 3 of 4 times for, b 2 of 4
    ],
)
def test_three_of_four(corrected: str, expected: float) -> None:
    found = agreement_of(counts(FOUR), corrected=corrected)
    assert (4, 3, 1) == tuple(table[0, 1] for table in found[:3])
    assert 0.75 == found.share(4)[0, 1]
    assert pytest.approx(expected) == found.corrected[0, 1]
    assert np.isnan(found.share(5)[0, 1])
    assert np.isnan(found.corrected_share(5)[0, 1])


def test_one_shared_proposal_is_a_whole_share_and_none_is_no_share() -> None:
    found = agreement_of(counts({**both(("supports", "supports")), ("c", "q"): "supports"}))
    assert [1.0, 1.0] == [found.share(least)[0, 1] for least in (0, 1)]
    assert np.isnan([found.share(0)[0, 2], found.corrected_share(0)[0, 2]]).all()


def test_nobody_agrees_with_itself() -> None:
    tables = agreement_of(counts(FOUR))
    assert [[0, 0]] * 3 == [np.diag(table).tolist() for table in tables[:3]]
    assert np.isnan(np.diag(tables.corrected)).all()


def test_the_source_that_moves_a_share_most_is_told_whichever_way_it_goes() -> None:
    gone: dict[str, dict[tuple[str, str], int | None]] = {
        "half": {("a", "p0"): None, ("a", "p1"): None},
        "third": {("a", "p0"): None},
    }
    found = ranges_of(counts({**FOUR, ("c", "q"): "supports"}), gone.items(), min_shared=2)
    assert (0, 0.5, 0.5, 0.75) == (
        found.source[0, 1],
        found.without[0, 1],
        found.low[0, 1],
        found.high[0, 1],
    )
    assert {} == found.refused, "who shares nothing to begin with is refused no number by a source"
    found = ranges_of(counts({**FOUR, ("c", "q"): "supports"}), gone.items(), min_shared=3)
    assert {(0, 1): ("half",), (1, 0): ("half",)} == found.refused


def test_chance_counts_what_they_share_and_nothing_else() -> None:
    lonely: Said = {("a", f"x{at}"): "opposes" for at in range(9)} | {("c", "y"): "supports"}
    for corrected in CORRECTIONS:
        alone, beside = (agreement_of(counts(said), corrected=corrected) for said in (FOUR, {**FOUR, **lonely}))
        assert alone.corrected[0, 1] == beside.corrected[0, 1]


def test_chance_is_not_defined_where_both_are_always_on_one_side() -> None:
    found = agreement_of(counts(both(("supports", "open"), ("supports", "supports"))))
    assert 2 == found.agreement[0, 1]
    assert np.isnan(found.corrected[0, 1])


def test_steps_of_the_scale_are_weighed() -> None:
    found = agreement_of(counts(both(("supports", "open"), ("opposes", "supports")), levels="scale"), corrected="cohen")
    assert (2, 0.75, 1.25) == tuple(table[0, 1] for table in found[:3])
    # by chance: supports with open 1/4, supports with supports 0, opposes with open 3/4, opposes with supports 1
    assert pytest.approx(1 - (1.25 / 2) / ((0.25 + 0 + 0.75 + 1) / 4)) == found.corrected[0, 1]


def test_who_says_nothing_shares_nothing() -> None:
    found = agreement_of(Counts([("a", "p", "supports", ())], levels="binary", actors=["z"]))
    assert [[0, 0], [0, 0]] == found.shared.tolist()
    assert np.isnan(found.share()).all()
    assert (0, 0) == agreement_of(counts({})).shared.shape


def test_what_is_no_correction() -> None:
    with pytest.raises(UsageProblem, match="cannot be corrected by 'scot' \\(did you mean 'scott'"):
        agreement_of(counts(FOUR), corrected="scot")


tracks = st.dictionaries(
    st.tuples(st.sampled_from("abcd"), st.sampled_from("pqrstu")), st.sampled_from(POSITIONS), max_size=24
)
ways = st.tuples(st.sampled_from(sorted(LEVELS)), st.sampled_from(CORRECTIONS))


@given(tracks, ways)
def test_laws(said: Said, way: tuple[str, str]) -> None:
    levels, corrected = way
    counted = counts(said, levels)
    found = agreement_of(counted, corrected=corrected)
    assert np.array_equal(found.shared, found.agreement + found.conflict)
    for table in found:
        assert np.array_equal(table, table.T, equal_nan=True)
        assert not np.nan_to_num(table.diagonal()).any()
    assert np.array_equal(found.shared, counted.shared())
    assert np.array_equal(found.agreement, counted.congruence())
    assert (np.nan_to_num(found.corrected) <= 1).all()
    share = np.nan_to_num(found.share(2))
    assert ((share >= 0) & (share <= 1)).all()
    for row in range(len(counted.actors)):
        alone = agreement_of(counted, corrected=corrected, rows=[row])
        assert all(
            np.array_equal(part[0], table[row], equal_nan=True) for part, table in zip(alone, found, strict=True)
        )


@given(tracks, ways)
def test_neither_order_nor_names_matter(said: Said, way: tuple[str, str]) -> None:
    levels, corrected = way
    renamed = {(actor.translate(str.maketrans("abcd", "zyxw")), key): said[actor, key] for actor, key in reversed(said)}
    one, other = (agreement_of(counts(told, levels), corrected=corrected) for told in (said, renamed))
    for table, turned in zip(one, other, strict=True):
        assert np.array_equal(table, turned[::-1, ::-1], equal_nan=True)


@given(tracks)
def test_chance_by_a_slow_sum(said: Said) -> None:
    """Two positions drawn from both actors' on what they share, with replacement: the mean distance of them."""
    counted = counts(said, "scale")
    found = agreement_of(counted)
    for i, j in product(range(len(counted.actors)), repeat=2):
        a, b = counted.actors[i], counted.actors[j]
        keys = [key for actor, key in said if actor == a and (b, key) in said and a != b]
        pool = [SCALE[said[actor, key]] for key in keys for actor in (a, b)]
        chance = sum(abs(x - y) / 2 for x in pool for y in pool) / max(len(pool), 1) ** 2
        seen = sum(abs(SCALE[said[a, key]] - SCALE[said[b, key]]) / 2 for key in keys) / max(len(keys), 1)
        expected = 1 - seen / chance if chance else float("nan")
        assert pytest.approx(expected, nan_ok=True) == found.corrected[i, j]


@given(
    tracks,
    st.lists(
        st.dictionaries(
            st.tuples(st.sampled_from("abcd"), st.sampled_from("pqrstu")), st.sampled_from([*POSITIONS, ""]), max_size=4
        ),
        max_size=4,
    ),
    ways,
)
def test_ranges_are_those_of_counting_again(said: Said, without: list[Said], way: tuple[str, str]) -> None:
    levels, corrected = way
    least = 2
    tables = counts({**dict.fromkeys(product("abcd", "pqrstu"), "neutral"), **said}, "scale")
    whole = Counts(
        ((actor, key, position, ()) for (actor, key), position in said.items()),
        levels=levels,
        actors=tables.actors,
        proposals=tables.proposals,
    )
    level_of = LEVELS[levels]
    lost = [(str(at), {track: level_of.get(word) for track, word in some.items()}) for at, some in enumerate(without)]
    found = ranges_of(whole, lost, min_shared=least, corrected=corrected)
    every = [said, *({track: word for track, word in {**said, **some}.items() if word} for some in without)]
    again = [
        agreement_of(
            Counts(
                ((*track, word, ()) for track, word in told.items()), levels=levels, actors="abcd", proposals="pqrstu"
            ),
            corrected=corrected,
        )
        for told in every
    ]
    shares = np.array([one.share(least) for one in again])
    chances = np.array([one.corrected_share(least) for one in again])
    for table, expected in (
        (found.low, np.fmin.reduce(shares)),
        (found.high, np.fmax.reduce(shares)),
        (found.corrected_low, np.fmin.reduce(chances)),
        (found.corrected_high, np.fmax.reduce(chances)),
    ):
        assert np.array_equal(table, expected, equal_nan=True)
    for (i, j), sources in found.refused.items():
        assert all(np.isnan(shares[int(source) + 1][i, j]) for source in sources)
    moved = np.nan_to_num(np.abs(shares[1:] - shares[0]))
    for i, j in np.argwhere(found.source >= 0).tolist():
        at = int(found.source[i, j])
        assert pytest.approx(moved[:, i, j].max()) == moved[at, i, j] > 0
        assert shares[at + 1][i, j] == found.without[i, j]
