"""Words to paste mean the same in every shell."""

import shutil
import subprocess

import pytest

from actorgraph.pasting import as_typed

WORDS = (
    *("plain", "a b", "it's", 'say "no"', "a!b", "!!", "=eqn", "%self", "%1", "~", "~root/x", "$HOME", "`id`", "$(id)"),
    *(
        "*",
        "?",
        "[ab]*",
        "{a,b}",
        "{source: x, lines: 2}",
        "a;b",
        "a|b",
        "a&b",
        "<a>",
        "(a)",
        "#a",
        "^a",
        "a\nb",
        "é 東",
        "",
    ),
    *("a\\b", "a\\\\b", "a\\'b", "a\\", "\\\\", "'\\'", "\\n", "-x", "--x=~/y", "x=~/y", "@x", "+x", "a:b", "a=b"),
)


@pytest.mark.parametrize(
    "shell",
    [("bash", "-c"), ("zsh", "-f", "-o", "extendedglob", "-c"), ("fish", "--no-config", "-c")],
    ids=lambda it: it[0],
)
def test_words_are_the_same_in_every_shell(shell: tuple[str, ...]) -> None:
    if shutil.which(shell[0]) is None:
        pytest.skip(f"{shell[0]} missing")
    for word in WORDS:
        line = as_typed(["printf", "<%s>", word])
        assert (word, f"<{word}>") == (
            word,
            subprocess.run([*shell, line], capture_output=True, text=True, check=True).stdout,
        )
