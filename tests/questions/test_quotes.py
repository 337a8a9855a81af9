"""Quotes in texts: whatever stands there is found, however a line breaks it, and else what is nearest."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actorgraph.questions.quotes import SearchedText, pieces_of


@given(st.lists(st.text('ab-’" \t\u00adﬁ', min_size=1, max_size=12), min_size=1, max_size=6), st.data())
def test_whatever_stands_in_a_text_is_found_there(lines: list[str], data: st.DataObject) -> None:
    text = SearchedText(tuple(lines))
    first = data.draw(st.integers(1, len(lines)))
    last = data.draw(st.integers(first, len(lines)))
    pieces = pieces_of("\n".join(lines[first - 1 : last]))
    if pieces:
        assert text.holds(pieces, [(first, last)])
        assert any(first <= one and other <= last for one, other in text.spans(pieces))


WORDS = st.lists(st.text("abc", min_size=2, max_size=5), min_size=1, max_size=8)


@given(WORDS, st.data())
def test_a_word_is_found_wherever_a_line_breaks_it(words: list[str], data: st.DataObject) -> None:
    hyphen = data.draw(st.sampled_from("-\u00ad\u2010"))
    broken = " ".join(
        f"{word[:at]}{hyphen}\n{word[at:]}" if (at := data.draw(st.integers(0, len(word) - 1))) else word
        for word in words
    )
    text = SearchedText(tuple(broken.split("\n")))
    assert text.spans(pieces_of(" ".join(words)))


@pytest.mark.parametrize(
    ("lines", "quote"),
    [
        (("a so-", "called cease-", "fire"), "so-called ceasefire"),
        (("the Russia-", "Ukraine war"), "Ukraine war"),
        (("e\ufb03cient o\ufb00ers",), "efficient offers"),
        (("efficient",), "e\ufb03cient"),
        (("We will build —", "never mind"), "We will build - never mind"),
        (("so it ends —", "or so"), "it ends —"),
        (("理事会は計画を拒否した。",), "計画を拒否"),
        (
            (
                "外长说“我们不会",
                "派遣军队。”",
            ),
            "‘我们不会派遣军队’",
        ),
        (("ที่ประชุมไม่เห็นด้วย",), "ไม่เห็นด้วย"),
        (("\uff21\uff22\uff23社は\uff12\uff10年に",), "ABC社は20年"),
        (("ABC (20)",), "\uff21\uff22\uff23\u3000\uff08\uff12\uff10\uff09"),
        (("ｶﾞｲﾄﾞを出す",), "ガイドを"),
    ],
)
def test_spellings_that_mean_the_same(lines: tuple[str, ...], quote: str) -> None:
    assert SearchedText(lines).spans(pieces_of(quote))


@pytest.mark.parametrize("quote", ["計画に", "我们会", "ประชุมเห็น"])
def test_letters_of_scripts_without_blanks_stand_in_order(quote: str) -> None:
    assert not SearchedText(("理事会は計画を拒否した。", "我们不会", "ที่ประชุมไม่เห็นด้วย")).spans(pieces_of(quote))


@pytest.mark.parametrize("quote", ["fish", "fisher", "the fishers who", "ishers"])
def test_no_part_of_a_word_is_a_word(quote: str) -> None:
    assert not SearchedText(("the fishers", "x", "who")).spans(pieces_of(quote))


@pytest.mark.parametrize(
    ("quote", "near"),
    [
        ("troops will be sent", ("troops would be sent", 1, 1)),
        ("never be any foreign soldier", ("never be a foreign soldier", 2, 3)),
        ("entirely other words here", None),
        ("soldier", None),
        ("a b c d e f g h i j k l m n o p q r s t u v", None),
    ],
)
def test_what_is_nearest(quote: str, near: tuple[str, int, int] | None) -> None:
    text = SearchedText(("Troops would be sent, he said.", "There will never be a", "foreign soldier – ever."))
    found = text.nearest(pieces_of(quote))
    assert near == (found and (found.text.lower(), found.first, found.last))


def test_an_empty_text_holds_nothing() -> None:
    text = SearchedText(())
    assert ((), None) == (text.spans(pieces_of("a b")), text.nearest(pieces_of("a b")))
