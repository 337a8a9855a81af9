"""Names as people type them."""

import re

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from actorgraph.names import completing, fold, invisible, may_abbreviate, slug

INVISIBLE = [
    "Zero\u200bWidth",
    "a\u200db",
    "Soft\u00adhyphen",
    "\ufeffmark",
    "x\u2060",
    "ш\u200cя",
    "\u200dक",
    "ک\u200d",
    "می\u200ca",
    "خa\u200cbخ",
    "می\u200bخوا",
]


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("Türkiye", "TURKIYE"),
        ("The Coalition of the Willing", "coalition of the willing"),
        ("multinational-force", "Multinational Force"),
        ("Fishers’ Union", "fishers' union"),
        ("U.K.", "u k"),
        ("Støre", "Store"),
        ("Wałęsa", "Walesa"),
        ("Erdoğan", "ERDOGAN"),
        ("Kılıçdaroğlu", "Kilicdaroglu"),  # noqa: RUF001 - Turkish has two
        ("İzmir", "izmir"),
        ("Straße", "STRASSE"),
        ("Æthelred", "aethelred"),
        ("Beyoncé", "Beyonce\u0301".replace("é", "e")),
        ("NATO™", "natotm"),
        ("ﬁnland", "Finland"),
        ("Владимир", "ВЛАДИМИР"),
        ("  the   EU ", "eu"),
        ("a_b", "a-b"),
        ("Zero\u200bWidth", "zerowidth"),
        ("Soft\u00adHyphen", "softhyphen"),
        ("\u202eabc", "abc"),
        ("שָׁלוֹם", "שלום"),
        ("مُحَمَّد", "محمد"),
        ("Ёлка", "елка"),
        ("Ἀθῆναι", "αθηναι"),
        ("ﾊﾟﾘ", "パリ"),
        ("é!\u0301", "e"),
    ],
)
def test_names_that_are_one(name: str, other: str) -> None:
    assert fold(name) == fold(other)


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("Austria", "Australia"),
        ("The", ""),
        ("Thelma", "lma"),
        ("the-uk", "theuk"),
        ("中国", "中國"),
        ("パリ", "バリ"),
        ("दिल", "दाल"),
        ("🇺🇦", "🇫🇷"),
        ("¿", "?"),
        ("ขาว", "ข้าว"),
    ],
)
def test_names_that_are_two(name: str, other: str) -> None:
    assert fold(name) != fold(other)


@pytest.mark.parametrize(
    ("name", "made"),
    [("The UK", "the-uk"), ("Türkiye_", "turkiye"), ("a..b", "a-b"), ("ngo-a\n", "ngo-a"), ("中国", ""), ("٢", "")],
)
def test_the_id_that_a_name_would_make(name: str, made: str) -> None:
    assert made == slug(name)


@given(st.text(max_size=20))
def test_folding_again_changes_nothing(name: str) -> None:
    assume(not fold(name).startswith("the "))
    assert fold(name) == fold(fold(name))


@given(st.text(max_size=20))
def test_a_slug_is_an_id_or_nothing(name: str) -> None:
    assert re.fullmatch("([a-z0-9]+(-[a-z0-9]+)*)?", slug(name))


@given(st.from_regex(r"[a-z0-9]+(-[a-z0-9]+)*", fullmatch=True))
def test_an_id_is_its_own_slug_and_folds_apart_from_every_other(name: str) -> None:
    assert name == slug(name)
    assert fold(name) == name.replace("-", " ").removeprefix("the ")


def test_a_word_within_a_name_completes_only_where_no_name_begins_so() -> None:
    named = [("uk", ("United Kingdom",)), ("kingston", ("Kingston",)), ("diplomat-ft", ("Anonymous diplomat",))]
    assert [("kingston", "kingston")] == completing("king", named)
    assert [("uk", "United Kingdom")] == completing("KINGD", named)
    assert [("diplomat-ft", "diplomat-ft")] == completing("Dipl", named)
    assert [("uk", "uk"), ("kingston", "kingston"), ("diplomat-ft", "diplomat-ft")] == completing("", named)
    assert [] == completing("--", named)
    assert [] == completing(" ", named)


def test_a_name_that_begins_as_it_is_typed_goes_before_one_that_has_accents() -> None:
    assert [("b", "Elan")] == completing("eLa", [("a", ("Élan",)), ("b", ("Elan",))])


@pytest.mark.parametrize(
    ("letters", "form", "may"),
    [
        ("EU", "european union", True),
        ("e", "european union", False),
        ("DRC", "democratic republic of the congo", True),
        ("DROTC", "democratic republic of the congo", True),
        ("AF", "aid with food", False),
        ("PB", "plan b", True),
        ("UN", "european union", False),
    ],
)
def test_letters_that_may_abbreviate_a_name(letters: str, form: str, may: bool) -> None:  # noqa: FBT001 - a case
    assert may is may_abbreviate(letters, form)


@pytest.mark.parametrize("name", INVISIBLE)
def test_an_invisible_letter(name: str) -> None:
    assert invisible(name) in name
    assert invisible(name)


@pytest.mark.parametrize("name", ["plain", "می\u200cخواهم", "क्\u200dष", "👩\u200d🚀", "❤\ufe0f", ""])
def test_joiners_that_a_script_needs_are_no_invisible_letters(name: str) -> None:
    assert "" == invisible(name)
