"""Tables: widths, wrapping, wide letters, and nothing that drives a terminal or breaks Markdown."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from actorgraph.render.grid import Grid, Note, to_csv, to_markdown, to_text

GRID = Grid(
    ("Who opposes the harbour?", "As of today"),
    ("ACTOR", "POSITION", "EVIDENCE"),
    (
        ("Fishers’ Union", "opposes", "Coast Weekly 2026-01-16, lines 3-6\nHarbour Post 2026-01-17"),
        ("東京", "open", "x"),
    ),
    frozenset({0, 2}),
    toned=1,
    tones=("against", "between"),
    below=("That is all.",),
)


def test_a_table_that_fits_is_as_wide_as_it_needs() -> None:
    assert (
        "Who opposes the harbour?\n"
        "As of today\n"
        "\n"
        "ACTOR           POSITION  EVIDENCE\n"
        "Fishers’ Union  opposes   Coast Weekly 2026-01-16, lines 3-6\n"
        "                          Harbour Post 2026-01-17\n"
        "東京            open      x\n"
        "\n"
        "That is all."
    ) == to_text(GRID, width=80)


def test_a_table_that_does_not_fit_is_wrapped() -> None:
    assert (
        "Who opposes the harbour?\n"
        "As of today\n"
        "\n"
        "ACTOR     POSITION  EVIDENCE\n"
        "Fishers’  opposes   Coast Weekly\n"
        "Union               2026-01-16,\n"
        "                    lines 3-6\n"
        "                    Harbour Post\n"
        "                    2026-01-17\n"
        "東京      open      x\n"
        "\n"
        "That is all."
    ) == to_text(GRID, width=36)


def test_a_command_is_not_wrapped() -> None:
    command = "actorgraph diff 2025 2026 --stated --without 'a source'"
    short = "Ask now, `actorgraph who` does it."
    grid = GRID._replace(lines=(), below=(f"What moved, told here: `{command}`.", f"`{command}` and more", short))
    lines = to_text(grid, width=20).split("\n\n")[1].split("\n")
    assert ["What moved, told", "here:", command, command, "and more"] == lines[:5]
    assert ["Ask now,", "`actorgraph who`", "does it."] == lines[5:]
    assert grid.below[0] in to_text(grid, width=90).split("\n")


def test_paint_is_put_on_words_and_not_on_the_space_between() -> None:
    painted = to_text(GRID, width=80, paint=lambda text, tone: f"<{tone}>{text}</>")
    assert "<title>Who opposes the harbour?</>" in painted
    assert "<heading>ACTOR</>           <heading>POSITION</>" in painted
    assert "Fishers’ Union  <against>opposes</>   Coast" in painted


def test_control_characters_and_bidi_overrides_show_as_such() -> None:
    assert "\ufffd[31mred" in to_text(Grid((), ("A",), (("\x1b[31mred\u202e",),)), width=80)


def test_markdown_escapes_what_would_be_markup() -> None:
    text = to_markdown(Grid(("*Who*?",), ("ACTOR",), (("a|b <script>\n[x](y)",),)))
    assert "**\\*Who\\*?**\n\n| Actor |\n| --- |\n| a\\|b \\<script\\><br>\\[x\\](y) |" == text


fields = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r\x00"), max_size=12)


@given(st.lists(st.tuples(fields, fields), max_size=5))
def test_csv_comes_back_as_it_went(lines: list[tuple[str, str]]) -> None:
    text = to_csv([{"a": first, "b": second} for first, second in lines], ("a", "b"))
    assert [["a", "b"], *map(list, lines)] == list(csv.reader(io.StringIO(text + "\n", newline="")))


def test_csv_for_spreadsheets_runs_no_formula() -> None:
    begins = ["=1", "+1", "-1", "@a", "\ta", "\ra", "\uff1d1", "a=1", "'", "", "é"]
    text = to_csv([{"a": begin, "b": 7} for begin in begins], ("a", "b"), excel=True)
    assert "\ufeffa,b\r\n" == text[:6]
    cells = [row[0] for row in csv.reader(io.StringIO(text[1:] + "\n", newline=""))][1:]
    assert [*(f"'{begin}" for begin in begins[:7]), *begins[7:]] == cells
    assert "\n" not in text.replace("\r\n", "")


def test_csv_for_spreadsheets_runs_no_formula_above_a_column() -> None:
    columns = ("", "actor", "=1+1", "@SUM(A1)")
    text = to_csv([dict.fromkeys(columns, "-")], columns, excel=True)
    assert [["", "actor", "'=1+1", "'@SUM(A1)"], ["'-"] * 4] == list(csv.reader(io.StringIO(text[1:], newline="")))


# -- evidence and keys, below a table ------------------------------------------------------------------------

MINUTES = Note(1, "Board minutes 2026-01-16, p. 4 [A1]", "https://board.example/minutes")
LETTER = Note(2, "Letter 2026-01-17, lines 3-6 [B2]", f"https://union.example/{'a' * 60}")
POST = Note(3, "Harbour Post 2026-01-18, line 2 [C3]")
SAID = Grid(
    ("Who?",),
    ("ACTOR", "POSITION", "SAID"),
    (
        ("Harbour Board", "supports", "by Kari Olsen"),
        ("Fishers’ Union", "opposes", "again 2026-03-01, by Kari Olsen"),
        ("Town Council", "open", ""),
        ("Town Youth", "open", "by Kari Olsen"),
    ),
    frozenset({0}),
    keyed=frozenset({2}),
    evidence=((MINUTES,), (LETTER,), (MINUTES, LETTER, POST), ()),
)


def test_a_keyed_column_stands_in_its_place_where_lines_fit() -> None:
    assert (
        "Who?\n"
        "\n"
        "ACTOR           POSITION  SAID                             SEE\n"
        "Harbour Board   supports  by Kari Olsen                    [1]\n"
        "Fishers’ Union  opposes   again 2026-03-01, by Kari Olsen  [2]\n"
        "Town Council    open                                       [1-3]\n"
        "Town Youth      open      by Kari Olsen"
    ) == to_text(SAID, width=80)


def test_where_lines_do_not_fit_letters_stand_in_it_and_their_texts_below() -> None:
    assert (
        "Who?\n"
        "\n"
        "ACTOR           POSITION  SAID  SEE\n"
        "Harbour Board   supports  a     [1]\n"
        "Fishers’ Union  opposes   b     [2]\n"
        "Town Council    open            [1-3]\n"
        "Town Youth      open      a\n"
        "\n"
        "a by Kari Olsen · b again 2026-03-01, by Kari\n"
        "Olsen"
    ) == to_text(SAID, width=45)


def test_a_long_text_behind_a_letter_has_a_line_of_its_own() -> None:
    long = SAID._replace(lines=(("Board", "opposes", "because " * 8), ("Union", "open", "by nobody")), evidence=())
    assert to_text(long, width=40).endswith(
        "\n\na  because because because because\n   because because because because\nb  by nobody"
    )


def test_a_keyed_column_without_a_text_is_not_shown() -> None:
    empty = SAID._replace(lines=tuple((actor, position, "") for actor, position, _ in SAID.lines), toned=1)
    assert "SAID" not in to_text(empty, width=80)
    assert "| Actor | Position | Evidence |" in to_markdown(empty)


def test_evidence_is_listed_with_its_address() -> None:
    assert (
        "Evidence\n"
        "[1] Board minutes 2026-01-16, p. 4 [A1] https://board.example/minutes\n"
        "[2] Letter 2026-01-17, lines 3-6 [B2]\n"
        f"    https://union.example/{'a' * 54}\n"
        "    aaaaaa\n"
        "[3] Harbour Post 2026-01-18, line 2 [C3]"
    ) == to_text(Grid(("Evidence",), (), (), notes=(MINUTES, LETTER, POST)), width=80)


def test_markdown_links_evidence_in_the_table_and_below_it() -> None:
    text = to_markdown(SAID._replace(notes=(MINUTES, LETTER, POST)))
    assert "| Harbour Board | supports | by Kari Olsen | [\\[1\\]](<https://board.example/minutes>) |" in text
    assert "\n1. [Board minutes 2026-01-16, p. 4 \\[A1\\]](<https://board.example/minutes>)\n" in text
    assert text.endswith("\n3. Harbour Post 2026-01-18, line 2 \\[C3\\]")
    links = [token.attrs["href"] for block in READER.parse(text) for token in block.children or () if token.attrs]
    assert {str(MINUTES.url), str(LETTER.url)} == set(links)


def test_a_copy_that_is_kept_stands_behind_the_address() -> None:
    kept = MINUTES._replace(archived="https://archive.example/20260116/minutes")
    assert (
        "[1] Board minutes 2026-01-16, p. 4 [A1] https://board.example/minutes\n"
        "    archived: https://archive.example/20260116/minutes"
    ) in to_text(Grid((), (), (), notes=(kept,)), width=80)
    assert (
        "1. [Board minutes 2026-01-16, p. 4 \\[A1\\]](<https://board.example/minutes>), "
        "[archived copy](<https://archive.example/20260116/minutes>)"
    ) == to_markdown(Grid((), (), (), notes=(kept,)))
    alone = POST._replace(archived="https://archive.example/post")
    assert to_markdown(Grid((), (), (), notes=(alone,))).endswith(", [archived copy](<https://archive.example/post>)")


def test_an_address_that_a_browser_might_run_is_no_link() -> None:
    note = Note(1, "Paper", "javascript:alert(1)")
    text = to_markdown(SAID._replace(lines=SAID.lines[:1], evidence=((note,),), notes=(note,)))
    assert not [token for block in READER.parse(text) for token in block.children or () if token.attrs]
    assert text.endswith("1. Paper, javascript:alert(1)")


def test_an_address_ends_neither_its_link_nor_its_cell() -> None:
    note = Note(1, "Paper", "https://paper.example/a|b>c d")
    text = to_markdown(SAID._replace(lines=SAID.lines[:1], evidence=((note,),), notes=(note,)))
    links = [token.attrs["href"] for block in READER.parse(text) for token in block.children or () if token.attrs]
    assert ["https://paper.example/a%7Cb%3Ec%20d"] * 2 == links
    assert 4 == sum(kind == "td" for kind, _ in read(text))


# -- Markdown, as somebody else reads it ---------------------------------------------------------------------

READER = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])


def words(text: str) -> str:
    """Return a text with one space for each white space."""
    return " ".join(text.split())


def read(markdown: str) -> list[tuple[str, str]]:
    """Return the texts of a Markdown page with the kind of the block that each stands in."""
    blocks: list[tuple[str, str]] = []
    kind = ""
    for token in READER.parse(markdown):
        if token.type.endswith("_open"):
            kind = token.tag
        if token.type == "inline":
            blanks = ("html_inline", "softbreak")
            text = "".join(" " if part.type in blanks else part.content for part in token.children or ())
            blocks.append((kind, words(text)))
        assert token.type not in {"fence", "code_block", "html_block", "hr"}, token
    return blocks


signs = st.text(st.sampled_from("ab1 #+-=~*_`|\\[]()<>!&;:.$\n\u05d0é"), max_size=16)


@given(signs, signs, signs, signs)
def test_markdown_says_nothing_but_its_words(title: str, line: str, cell: str, note: str) -> None:
    page = read(to_markdown(Grid((f"x{title}", line), ("A", "B"), ((cell, "y"),), below=(note,))))
    paragraphs = [("p", words(text)) for text in (f"x{title}", line) if words(text)]
    notes = [("p", words(note))] if words(note) else []
    assert [*paragraphs, ("th", "A"), ("th", "B"), ("td", words(cell)), ("td", "y"), *notes] == page


@pytest.mark.parametrize(
    "text", ["# no heading", "1. no list", "- nor this", "    no code", "&lt;i&gt;", "$a$", "~~b~~"]
)
def test_a_text_is_no_markup(text: str) -> None:
    assert [("p", "x"), ("p", words(text))] == read(to_markdown(Grid(("x", text), (), ())))
