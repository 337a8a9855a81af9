"""Tables: widths, wrapping, wide letters, and nothing that drives a terminal or breaks Markdown."""

import csv
import io
import json
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from actorgraph.render.grid import Grid, to_csv, to_json, to_markdown, to_text

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
        "ACTOR      POSITION  EVIDENCE\n"
        "Fishers’   opposes   Coast Weekly\n"
        "Union                2026-01-16,\n"
        "                     lines 3-6\n"
        "                     Harbour Post\n"
        "                     2026-01-17\n"
        "東京       open      x\n"
        "\n"
        "That is all."
    ) == to_text(GRID, width=36)


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


class Pair(NamedTuple):
    one: str
    other: tuple[object, ...]


def test_json_keeps_letters_and_order_and_names() -> None:
    text = to_json({"z": Pair("é", (Pair("x", ()), None, True))})
    assert {"z": {"one": "é", "other": [{"one": "x", "other": []}, None, True]}} == json.loads(text)
    assert text.index("é") < text.index("other")


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
