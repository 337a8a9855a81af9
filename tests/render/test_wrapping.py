"""How texts fit into a terminal: widths as it draws them, long words, other scripts, other directions."""

import re

import pyte
import pytest
import wcwidth
from hypothesis import given
from hypothesis import strategies as st

from actorgraph.render.grid import Grid, to_markdown, to_text
from actorgraph.render.wrapping import _COMMON, _ONE_CELL, _RIGHT_TO_LEFT, bare, cells_of, clean, isolated

# -- widths, as a terminal has them --------------------------------------------------------------------------

FAMILY = "\U0001f469\u200d\U0001f469\u200d\U0001f467"
SCRIPTS = {
    "Thai": "กระทรวงการต่างประเทศ",
    "Devanagari": "केरल",  # terminals differ on vowel signs that take room of their own, so there are none in it
    "Japanese": "東京都",
    "Korean": "한국",
    "Vietnamese, decomposed": "Vie\u0323\u0302t Nam",
    "Arabic": "جامعة",
    "Hebrew with points": "שָׁלֵם",
}


@pytest.mark.parametrize("script", SCRIPTS)
def test_columns_stay_in_line_in_a_terminal(script: str) -> None:
    lines = ((SCRIPTS[script], "supports"), ("Fishers’ Union", "opposes"))
    text = to_text(Grid((), ("ACTOR", "POSITION"), lines, frozenset({0})), width=60)
    screen = pyte.Screen(60, 3)
    stream = pyte.Stream(screen)
    for letter in text.replace("\n", "\r\n"):  # of what is fed at once, it drops what follows a mark of no width
        stream.feed(letter)
    start = text.index("POSITION")
    after = ["".join(screen.buffer[row][column].data for column in range(start, 60)) for row in range(3)]
    assert ["POSITION", "supports", "opposes"] == [cells.rstrip() for cells in after]


@pytest.mark.parametrize(
    ("text", "cells"),
    [
        (FAMILY, 2),
        ("🇺🇦", 2),
        ("👍🏽", 2),
        ("\u2764\ufe0f", 2),
        ("กำ", 2),
        ("नमस्ते", 4),
        ("e\u0301", 1),
        ("東京", 4),
        ("\u200b", 0),
        ("a–b → ‘c’", 9),
    ],
)
def test_letters_of_several_characters(text: str, cells: int) -> None:
    assert cells == cells_of(text)


def test_what_is_measured_without_tables_is_measured_right() -> None:
    simple = [chr(code) for code in range(0x20, 0x10000) if re.fullmatch(_ONE_CELL, chr(code))]
    assert len(simple) > 1500
    assert [] == [letter for letter in simple if wcwidth.wcwidth(letter) != 1]
    assert set(simple) >= _COMMON
    assert not re.search(_RIGHT_TO_LEFT, "".join(_COMMON))


def test_a_letter_of_several_characters_is_not_cut() -> None:
    text = to_text(Grid((), ("A", "B"), ((FAMILY * 30, "x" * 30),), frozenset({0, 1})), width=40)
    assert {"A", "B", "x"} == set(text.replace(FAMILY, "")) - set(" \n")


# -- words that are too long ---------------------------------------------------------------------------------


def test_an_address_breaks_after_a_joint() -> None:
    address = "https://example.org/news/2026/harbour-board-answers-fishers"
    text = to_text(Grid((), ("ID",), ((address,),), frozenset({0})), width=40)
    assert ["ID", "https://example.org/news/2026/", "harbour-board-answers-fishers"] == text.split("\n")


def test_a_record_id_keeps_its_date_whole() -> None:
    key = "fishers-union.inner-harbour.2026-01-15"
    text = to_text(Grid((), ("ID", "NAME"), ((key, "x" * 60),), frozenset({0, 1})), width=60)
    assert "2026-01-15" in text


def test_long_words_in_every_column_fit_all_the_same() -> None:
    words = ("a" * 60, "b" * 60, "c" * 60, "2026-01-01")
    text = to_text(Grid((), ("A", "B", "C", "SINCE"), (words,), frozenset({0, 1, 2})), width=50)
    assert max(map(len, text.split("\n"))) <= 50


def test_an_id_breaks_only_where_it_would_take_more_than_half() -> None:
    key = "a-rather-long-id-of-a-proposal-for-a-harbour"
    grid = Grid((), ("ID", "NAME"), ((key, "The inner harbour and all that is in it"),), frozenset({1}))
    assert f"{key}  The inner harbour" in to_text(grid, width=90)
    narrow = to_text(grid, width=50).split("\n")
    assert max(map(len, narrow)) <= 50
    assert narrow[1].split("  ")[0].endswith("-")


# -- right to left -------------------------------------------------------------------------------------------

LEAGUE = "جامعة الدول العربية"
PAPER = "הארץ"


def test_a_right_to_left_name_is_isolated_in_a_table_alone() -> None:
    cell = f"{isolated(PAPER)} 2025-02-02, line 1"
    grid = Grid((), ("ACTOR", "EVIDENCE"), ((LEAGUE, cell),), frozenset({0, 1}))
    line = to_text(grid, width=80).split("\n")[1]
    assert f"\u2068{LEAGUE}\u2069  \u2068\u2068{PAPER}\u2069 2025-02-02, line 1\u2069" == line
    assert not {"\u2068", "\u2069"} & set(to_markdown(grid))


def test_a_left_to_right_table_holds_no_isolates() -> None:
    assert not {"\u2068", "\u2069"} & set(
        to_text(Grid(("Who?",), ("ACTOR",), (("Fishers’ Union → Zürich",),)), width=40)
    )


def test_each_line_of_a_wrapped_name_closes_its_isolate() -> None:
    text = to_text(Grid((), ("ACTOR",), ((isolated(f"{LEAGUE} " * 6),),), frozenset({0})), width=40)
    for line in text.split("\n"):
        assert line.count("\u2068") == line.count("\u2069") == (0 if line == "ACTOR" else 1)


def test_what_a_record_says_of_direction_moves_nothing() -> None:
    name = f"\u2068{PAPER} \u202e"
    text = to_text(Grid((), ("A", "B"), ((isolated(name), name),)), width=80)
    assert "\u202e" not in text
    assert text.count("\u2068") == text.count("\u2069") == 2


@pytest.mark.parametrize("name", ["Coast\tWeekly", f"{PAPER}\t{PAPER}"])
def test_a_tab_is_a_space(name: str) -> None:
    spaced = name.replace("\t", " ")
    assert spaced == clean(name)
    assert spaced == bare(isolated(name)).replace("\t", " ")
    assert f"A\n{spaced}" == bare(to_text(Grid((), ("A",), ((isolated(name),),)), width=80)).strip()


# -- any text ------------------------------------------------------------------------------------------------

cells = st.text(st.sampled_from("ab é東\u0301-\n "), max_size=40)
letters = st.sampled_from(["x", "-", "ห", "กำ", "हि", "न्दी", FAMILY, "🇺🇦", "東", "א", "e\u0301", "/"])
words = st.lists(letters, max_size=40).map("".join)
phrases = st.lists(words, max_size=4).map(" ".join)


@given(st.lists(st.tuples(cells, cells, cells), min_size=1, max_size=4), st.integers(40, 120))
def test_no_line_is_wider_than_asked_and_no_letter_is_lost(lines: list[tuple[str, str, str]], width: int) -> None:
    text = to_text(Grid((), ("A", "B", "C"), tuple(lines), frozenset({0, 1, 2})), width=width)
    assert all(cells_of(line) <= width for line in text.split("\n"))
    letters = sorted("".join(cell for line in lines for cell in line).replace("\n", "").replace(" ", ""))
    assert letters == sorted(text.replace("A", "").replace("B", "").replace("C", "").replace("\n", "").replace(" ", ""))


@given(st.lists(st.tuples(phrases, phrases, phrases), min_size=1, max_size=4), st.integers(40, 120))
def test_nor_in_other_scripts(lines: list[tuple[str, str, str]], width: int) -> None:
    text = to_text(Grid((), ("A", "B", "C"), tuple(lines), frozenset({0, 1, 2})), width=width)
    for line in text.split("\n"):
        assert cells_of(line) <= width
        assert line.count("\u2068") == line.count("\u2069")
    letters = sorted("".join(cell for line in lines for cell in line).replace(" ", ""))
    assert letters == sorted(re.sub("[ABC\n \u2068\u2069]", "", text))


@pytest.mark.parametrize("letter", ["x", "é", "東", "ก", "-", "\u05d0", "🇺🇦"])
def test_a_very_long_word_is_wrapped_at_once(letter: str) -> None:
    word = letter * (100_000 // len(letter))
    lines = to_text(Grid((), ("A", "B"), ((word, word),), frozenset({0, 1})), width=80).split("\n")[1:]
    assert all(cells_of(line) <= 80 for line in lines)
    assert 2 * len(word) == sum(len(re.sub("[ \u2068\u2069]", "", line)) for line in lines)
