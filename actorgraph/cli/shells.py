"""How shells speak to the completion: the scripts that they run, and the words as they write them."""

from __future__ import annotations

import os
import re
import shlex
from typing import TYPE_CHECKING, Final

from click.shell_completion import CompletionItem, FishComplete, ShellComplete, ZshComplete, add_completion_class

if TYPE_CHECKING:
    import click

SHELLS: Final = ("bash", "zsh", "fish")

_BREAKS: Final = re.compile("[:=]+")
"""What bash takes apart besides blanks: `--actor=It` reaches us as three words, `not:ceasefire` too."""
_SPECIAL: Final = re.compile(r"""([\s!"#$&'()*;<>?\[\\\]^`{|}~])""")
_SPECIAL_QUOTED: Final = re.compile(r'(["\\$`])')


class Bash(ShellComplete):
    """Bash, which takes each word as it would be typed: names with blanks are escaped, or stay in quotes."""

    name = "bash"
    source_template = """\
%(complete_func)s() {
    local type value
    COMPREPLY=()
    while IFS=, read -r type value; do
        case $type in
            dir) compopt -o dirnames 2>/dev/null ;;
            file) compopt -o default 2>/dev/null ;;
            plain) COMPREPLY+=("$value") ;;
        esac
    done < <(IFS=$'\\n'; env COMP_WORDS="${COMP_WORDS[*]}" COMP_CWORD=$COMP_CWORD %(complete_var)s=bash_complete "$1" 2>/dev/null)
}

complete -o nosort -F %(complete_func)s %(prog_name)s 2>/dev/null || complete -F %(complete_func)s %(prog_name)s
"""  # noqa: E501 - one line of bash

    def get_completion_args(self) -> tuple[list[str], str]:
        """Return the words before the cursor, and the one under it as far as it is typed."""
        line, at = os.environ["COMP_WORDS"], int(os.environ["COMP_CWORD"])
        raw = line.split("\n") if "\n" in line else _split(line)
        raw = raw[: at + 1] + [""] * (at + 1 - len(raw))
        whole: list[str] = []
        glued = False
        for word in raw:
            joins = bool(_BREAKS.fullmatch(word)) and len(whole) > 1
            if whole and (joins or glued):
                whole[-1] += word
            else:
                whole.append(word)
            glued = joins
        self.typed = raw[-1]
        typed = _plain(whole[-1])
        self.dropped = typed.rfind(":") + 1 if ":" in whole[-1] and whole[-1] != raw[-1] else 0
        return [_plain(word) for word in whole[1:-1]], typed

    def format_completion(self, item: CompletionItem[str]) -> str:
        """Return a completion as its type and its value, quoted as the word is that it completes."""
        value = item.value[self.dropped :]
        if item.type == "plain" and self.typed.startswith('"'):
            value = _SPECIAL_QUOTED.sub(r"\\\1", value)
        elif item.type == "plain" and not self.typed.startswith("'"):
            value = _SPECIAL.sub(r"\\\1", value)
        return f"{item.type},{value}"


class _WholeWords(ShellComplete):
    """A shell that takes `--actor=It` for one word, and wants it whole."""

    def get_completions(self, args: list[str], incomplete: str) -> list[CompletionItem[str]]:
        """Return what may stand where the cursor is; behind an option and `=`, with these before it."""
        option, equals, _ = incomplete.partition("=")
        before = option + equals if equals and option.startswith("--") else ""
        items = super().get_completions(args, incomplete)
        return [CompletionItem(before + item.value, type=item.type, help=item.help) for item in items]


class Zsh(_WholeWords, ZshComplete):
    """Zsh, which completes by functions only once `compinit` ran."""

    name = "zsh"
    source_template = ZshComplete.source_template.replace("_path_files", "compset -P 1 '--*='; _path_files").replace(
        "    compdef ", "    (( $+functions[compdef] )) || { autoload -Uz compinit && compinit -i }\n    compdef "
    )

    def format_completion(self, item: CompletionItem[str]) -> str:
        """Return a completion as its type, value and help; zsh reads a backslash beside a help as a sign."""
        value = item.value.replace("\\", r"\\") if item.help else item.value
        return super().format_completion(CompletionItem(value, type=item.type, help=item.help))


class Fish(_WholeWords, FishComplete):
    """Fish, with names that may hold a comma, and paths behind an option and `=`."""

    name = "fish"
    source_template = FishComplete.source_template.replace('string split ","', 'string split --max 1 ","').replace(
        "__fish_complete_path $metadata[2];",
        "set -l parts (string match --regex -- '^(--[^=]*=|)(.*)' $metadata[2]);\n"
        "            __fish_complete_path $parts[3] | string replace --regex -- '^' $parts[2];",
    )


def script(shell: str, cli: click.Command) -> str:
    """Return the script that makes a shell (`SHELLS`) complete the command `actorgraph`."""
    kinds: dict[str, type[ShellComplete]] = {"bash": Bash, "zsh": Zsh, "fish": Fish}
    return kinds[shell](cli, {}, "actorgraph", "_ACTORGRAPH_COMPLETE").source()


def register() -> None:
    """Make click speak to shells as this module does."""
    for kind in (Bash, Zsh, Fish):
        add_completion_class(kind)


def _split(line: str) -> list[str]:
    lexer = shlex.shlex(line, posix=False, punctuation_chars=False)
    lexer.whitespace_split, lexer.commenters = True, ""
    words: list[str] = []
    try:
        words.extend(lexer)
    except ValueError:  # a quote that is still open
        words.append(lexer.token)
    return words


def _plain(word: str) -> str:
    """Return a word without the quotes of the shell, closed or not."""
    for end in ("", '"', "'"):
        try:
            return "".join(shlex.split(word + end))
        except ValueError:
            continue
    return word.rstrip("\\")
