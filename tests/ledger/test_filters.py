"""Filters of the record: which evidence counts, and what goes with that which does not."""

from dataclasses import replace

import pytest
from builders import GRADES, PUBLISHED, WINDOW, graded, model, records, stance
from hypothesis import given
from hypothesis import strategies as st
from oracle import naive_period

from actorgraph.dates import OPEN
from actorgraph.errors import UsageProblem
from actorgraph.ledger.filters import ALL, Filters, limited
from actorgraph.ledger.holdings import holdings
from actorgraph.model.model import Model
from actorgraph.model.records import EventRecord, Evidence, Proposal, Relation, Stance

anything = st.builds(
    Filters,
    st.sampled_from([OPEN, 20240131, 20240405]),
    st.sampled_from([None, None, "A1", "B2", "B6", "C3", "D6", "F6"]),
    st.lists(st.sampled_from([*PUBLISHED, "unknown"]), max_size=2, unique=True).map(lambda ids: tuple(sorted(ids))),
)


def test_known_by_drops_evidence_then_records() -> None:
    known = Filters(20240315).applied(
        model(stance("opposes", "2024-01-05", "early", "late"), stance("supports", "2024-03-01", "late"))
    )
    (only,) = holdings(known)
    assert ("opposes", 20240105, OPEN) == (only.position, only.since, only.until)
    assert ["early"] == [one.source for said in only.said for one in said.record.evidence]


def test_a_partial_publication_counts_as_its_last_day() -> None:
    whole = model(stance("opposes", "2024-01-05", "middle"))
    assert () == holdings(Filters(20240228).applied(whole))
    assert 1 == len(holdings(Filters(20240229).applied(whole)))


@pytest.mark.parametrize(
    ("needed", "left"),
    [
        ("F6", ["early", "late", "middle", "much-later"]),
        ("D6", ["early", "late", "much-later"]),
        ("B6", ["early", "much-later"]),
        ("B3", ["early"]),
        ("B1", []),
        ("A6", ["much-later"]),
    ],
)
def test_both_parts_of_a_grade_are_to_be_as_good_and_what_nobody_judged_is_not(needed: str, left: list[str]) -> None:
    assert {"early": "B", "middle": None, "late": "D", "much-later": "A"} == GRADES
    credibility = {"early": 2, "middle": 1, "late": 1, "much-later": None}
    cited = tuple(Evidence(source=source, credibility=credibility[source]) for source in sorted(PUBLISHED))
    whole = model(stance("opposes", "2024-01-05").model_copy(update={"evidence": cited}))
    found = Filters(min_grade=needed).applied(whole)
    assert left == [one.source for record in found.stances for one in record.evidence]
    assert {key for key, reliability in GRADES.items() if (reliability or "F") <= needed[0]} == set(found.sources)


def test_a_record_that_loses_a_part_of_its_evidence_has_the_rest_though_every_source_stays() -> None:
    cited = tuple(Evidence(source="early", credibility=credibility) for credibility in (2, 5))
    whole = model(stance("opposes", "2024-01-05").model_copy(update={"evidence": cited}))
    left = Filters(min_grade="F3").applied(whole)
    assert whole.sources == left.sources
    assert [2] == [one.credibility for record in left.stances for one in record.evidence]


def test_what_had_evidence_and_lost_it_goes_and_what_had_none_stays() -> None:
    tie = Relation(actor="a", relation="represents", to="b", since="2024", id="bare")
    sourced = tie.model_copy(update={"id": "sourced", "evidence": (Evidence(source="early"),)})
    event = EventRecord(id="e", title="E", date="2024", evidence=(Evidence(source="early"),))
    whole = replace(model(stance("opposes", "2024-01-05", "late")), relations=(tie, sourced), events=(event,))
    left = Filters(without=("early",)).applied(whole)
    assert ((tie,), (), whole.stances) == (left.relations, left.events, left.stances)
    assert {"late", "middle", "much-later"} == set(left.sources)


def test_a_proposal_that_loses_all_its_evidence_loses_its_life_and_authors_and_stays() -> None:
    life = {"since": "2024-01", "until": "2024-03", "fate": "lapsed", "by": ("b",)}
    proposals = {
        "p": Proposal.model_validate({"title": "p", **life, "evidence": ({"source": "early"}, {"source": "late"})}),
        "q": Proposal.model_validate({"title": "q", **life, "succeeds": ("p",)}),
    }
    whole = replace(model(stance("opposes", "2024-01-05", "much-later")), proposals=proposals)
    part = Filters(without=("late",)).applied(whole).proposals["p"]
    told = (tuple(cited.source for cited in part.evidence), part.since, part.until, part.fate)
    assert (("early",), "2024-01", None, None) == told, "what came out later told of the end"
    left = Filters(without=("early", "late")).applied(whole).proposals
    assert Proposal(title="p") == left["p"]
    assert proposals["q"] is left["q"], "what had no evidence to begin with says so for itself"


@pytest.mark.parametrize(
    ("fate", "without", "expected"),
    [
        ("adopted", ("early",), True),
        ("adopted", ("late",), True),
        ("adopted", ("late", "much-later"), False),
        ("adopted", ("early", "late"), True),
        (None, ("late", "much-later"), True),
    ],
)
def test_what_became_of_a_proposal_goes_with_the_evidence_since_then(
    fate: str | None,
    without: tuple[str, ...],
    expected: bool,  # noqa: FBT001 - both are tried
) -> None:
    whole = model(stance("opposes", "2024-01-05", "early"))
    until = whole.sources["late"].published
    cited = [{"source": key} for key in ("early", "late", "much-later")]
    life = {"title": "p", "since": "2024-01", "until": until, "fate": fate, "evidence": cited}
    whole = replace(whole, proposals={"p": Proposal.model_validate(life)})
    left = Filters(without=without).applied(whole).proposals["p"]
    assert ("2024-01", *((until, fate) if expected else (None, None))) == (left.since, left.until, left.fate)


@pytest.mark.parametrize("fate", ["adopted", None])
def test_an_end_for_which_there_is_no_later_evidence_stays(fate: str | None) -> None:
    life = {"title": "p", "since": "2024-01", "until": "2030", "fate": fate}
    proposal = Proposal.model_validate({**life, "evidence": [{"source": "early"}, {"source": "late"}]})
    whole = replace(model(stance("opposes", "2024-01-05", "early")), proposals={"p": proposal})
    assert "2030" == Filters(without=("late",)).applied(whole).proposals["p"].until


@pytest.mark.parametrize("text", ["", "C", "3", "C7", "G3", "C33", "C3 "])
def test_what_is_no_grade(text: str) -> None:
    with pytest.raises(UsageProblem, match=f"^'{text}' is no grade: it is a letter from A to F"):
        limited({"min_grade": text})


def test_sources_are_given_in_a_list() -> None:
    with pytest.raises(UsageProblem, match=r"^sources to leave out are given in a list of names, not as 'early'"):
        limited({"without": "early"})
    with pytest.raises(UsageProblem, match=r"^a source to leave out is named by a text, not 3$"):
        limited({"without": ["early", 3]})  # type: ignore[list-item]
    with pytest.raises(UsageProblem, match=r"^'3' is no grade"):
        limited({"min_grade": 3})  # type: ignore[typeddict-item]


# -- laws --------------------------------------------------------------------------------------------------


@given(graded())
def test_a_filter_that_drops_nothing_is_the_model_itself(whole: Model) -> None:
    for nothing in (ALL, Filters(21000101), Filters(min_grade="F6"), Filters(without=("unknown",))):
        assert nothing.applied(whole) is whole


@given(graded(), anything)
def test_filtering_twice_is_filtering_once(whole: Model, some: Filters) -> None:
    left = some.applied(whole)
    assert some.applied(left) is left


@given(graded(), anything, anything)
def test_the_order_of_filters_does_not_matter(whole: Model, some: Filters, others: Filters) -> None:
    assert some.applied(others.applied(whole)) == others.applied(some.applied(whole))


@given(graded(), anything, anything)
def test_filters_that_are_narrowed_by_others_leave_what_both_leave(
    whole: Model, some: Filters, others: Filters
) -> None:
    assert some.narrowed(others) == others.narrowed(some)
    assert some == some.narrowed(ALL)
    assert some.narrowed(others).applied(whole) == some.applied(others.applied(whole))


@given(graded(), anything)
def test_filters_of_each_sort_together_are_all_at_once(whole: Model, some: Filters) -> None:
    left = whole
    for one in (
        Filters(some.known_by),
        Filters(min_grade=some.min_grade),
        *(Filters(without=(x,)) for x in some.without),
    ):
        left = one.applied(left)
    assert left == some.applied(whole)


@given(records(), st.sampled_from(WINDOW))
def test_known_by_is_a_model_of_what_was_published(said: list[Stance], day: int) -> None:
    published = {key for key, when in PUBLISHED.items() if naive_period(when)[-1] <= day}
    kept = [
        one.model_copy(update={"evidence": tuple(each for each in one.evidence if each.source in published)})
        for one in said
    ]
    expected = holdings(model(*(one for one in kept if one.evidence)))
    assert expected == holdings(Filters(day).applied(model(*said)))
