"""What all commands that measure share: whose words they know, and which files they say that they write."""

import pytest
from asking import HARBOUR, ask

MEASURES = {
    "align": (),
    "balance": (),
    "blocs": (),
    "map": (),
    "pledges": (),
    "series": ("agreement",),
    "tally": (),
}


@pytest.mark.parametrize("command", MEASURES)
@pytest.mark.parametrize(("ending", "and_then"), [("tiff", "\n"), ("net", "; UCINET reads what `network --square")])
def test_the_endings_that_are_told_are_those_that_are_written(command: str, ending: str, and_then: str) -> None:
    result = ask(command, *MEASURES[command], *HARBOUR, "-o", f"x.{ending}")
    assert 2 == result.exit_code
    endings = ".json, .csv, .md, .svg, .png, .txt"
    assert f"no answer is written as .{ending}; name a file that ends in {endings}{and_then}" in result.stderr


def test_a_command_without_a_picture_does_not_tell_of_one() -> None:
    result = ask("list", "actors", *HARBOUR, "-o", "x.vna")
    assert "name a file that ends in .json, .csv, .md, .txt; UCINET reads" in result.stderr


def test_words_of_dna_are_known_to_every_command_that_counts_statements() -> None:
    result = ask("series", "agreement", "--window", "12mo", "--duplicates", "acrossrange", *HARBOUR)
    assert 2 == result.exit_code
    assert "in DNA's words: acrossrange is `--duplicates window`" in result.stderr
