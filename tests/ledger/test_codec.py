"""The ledger's JSON: what is written is read back, whatever it holds, and is kept as lists."""

import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from actorgraph.dates import iso
from actorgraph.ledger.codec import (
    Cited,
    CitedSource,
    Ground,
    KeptRecord,
    Pointer,
    SaidRecord,
    Sources,
    decode_each,
    decode_evidence,
    decode_grounds,
    decode_said,
    decode_texts,
    encode,
    encode_each,
    graded_in,
    joined,
    said_in,
    speakers_in,
)
from actorgraph.vocabulary import Step

ODD = ['","', "\x01", '\\u0001",', "]", '{"\\u0001":[]}', ',{"\x01":[]},']
TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=6) | st.sampled_from(ODD)
MAYBE = st.none() | TEXT
SOURCES = Sources(
    (f"s{number}", CitedSource(f"s{number}", "P", "2026", "u" * number, None, "2026-01")) for number in range(3)
)
POINTERS = st.lists(st.builds(Pointer, st.sampled_from([*SOURCES]), MAYBE, MAYBE, MAYBE, MAYBE), max_size=2)
DAYS = st.integers(10101, 99991231)
DATES = st.none() | TEXT.filter(bool)
KEPT = st.lists(st.builds(KeptRecord, TEXT, DAYS, DATES, MAYBE, POINTERS), max_size=3)
STEPS = st.lists(st.builds(Step, TEXT, TEXT, TEXT), max_size=3).map(tuple)
GROUNDS = st.lists(st.builds(Ground, DAYS, DAYS, STEPS, st.lists(TEXT, max_size=2).map(tuple)), max_size=3)


def cited(pointers: list[Pointer]) -> tuple[Cited, ...]:
    """Return evidence with what its sources say of themselves."""
    return tuple(Cited(*SOURCES[one.source], *one[1:]) for one in pointers)


@given(st.lists(KEPT, max_size=3))
def test_records_are_read_as_they_were_written(holdings: list[list[KeptRecord]]) -> None:
    texts = [joined(encode_each(said)) for said in holdings]
    expected = [
        tuple(
            SaidRecord(one.record, one.day, one.date or iso(one.day), one.speaker, cited(one.evidence)) for one in said
        )
        for said in holdings
    ]
    assert expected == decode_said(texts, SOURCES)


@given(KEPT)
def test_who_spoke_is_read_without_the_evidence(said: list[KeptRecord]) -> None:
    assert [(item.day, item.speaker) for item in said] == speakers_in(joined(encode_each(said)))


@given(KEPT, DAYS)
def test_how_records_are_graded_is_read_without_the_rest(kept: list[KeptRecord], day: int) -> None:
    (parsed,) = decode_each([joined(encode_each(kept))])
    said = said_in(parsed, SOURCES, day)
    assert ([item.record for item in said], [one.grade for item in said for one in item.evidence]) == graded_in(
        parsed, day
    )


@given(st.lists(GROUNDS, max_size=3))
def test_grounds_are_read_as_they_were_written(holdings: list[list[Ground]]) -> None:
    assert [tuple(grounds) for grounds in holdings] == decode_grounds(map(encode, holdings))


@given(POINTERS, st.lists(TEXT, max_size=3))
def test_evidence_and_texts_are_read_as_they_were_written(evidence: list[Pointer], texts: list[str]) -> None:
    assert cited(evidence) == decode_evidence(encode(evidence), SOURCES)
    assert tuple(texts) == decode_texts(encode(texts))


@given(st.lists(st.dictionaries(st.sampled_from("abc"), TEXT | st.lists(TEXT, max_size=2), max_size=3), max_size=4))
def test_all_at_once_is_each_by_itself(bodies: list[dict[str, Any]]) -> None:
    texts = encode_each(bodies)
    assert bodies == [json.loads(text) for text in texts]
    assert bodies == decode_each(texts)


def test_what_is_kept_is_lists_in_the_order_of_the_fields() -> None:
    (text,) = encode_each([KeptRecord("r", 20250528, "2025-05", "ryabkov", [Pointer("rt", "4-6", None, None, "D3")])])
    assert '["r",20250528,"2025-05","ryabkov",[["rt","4-6",null,null,"D3"]]]' == text, "what its source says, once"
    ground = Ground(20250528, 99991231, (Step("supports", "p", "stated"),), ("r",))
    assert '[[20250528,99991231,[["supports","p","stated"]],["r"]]]' == encode([ground])
    assert "[]" == encode([])
