"""What a shell offers behind the Tab key: words, and the names and ids of the model in use.

Every function here answers in the time between two keys, and reports no error: a shell has no place to show one.
"""

from __future__ import annotations

import os
import re
import shlex
from typing import TYPE_CHECKING, Final

from click.shell_completion import CompletionItem, FishComplete, ShellComplete, ZshComplete, add_completion_class

from actorgraph.errors import ActorgraphError
from actorgraph.ledger.store import Ledger, load
from actorgraph.model.kinds import NAMED, TYPES
from actorgraph.model.paths import model_at, only_model
from actorgraph.names import completing
from actorgraph.vocabulary import NOT

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    import click

    Completer = Callable[[click.Context, click.Parameter, str], list[CompletionItem[str]]]

SHELLS: Final = ("bash", "zsh", "fish")


def things(*types: str) -> Completer:
    """Return what completes the ids and names of things of these types (`kinds.TYPES`)."""

    def complete(ctx: click.Context, _: click.Parameter, typed: str) -> list[CompletionItem[str]]:
        return [*_fitting(ctx, types, typed)]

    return complete


def words(*known: str) -> Completer:
    """Return what completes one of some words."""

    def complete(_: click.Context, __: click.Parameter, typed: str) -> list[CompletionItem[str]]:
        return [CompletionItem(word) for word in known if word.startswith(typed)]

    return complete


def target(ctx: click.Context, _: click.Parameter, typed: str) -> list[CompletionItem[str]]:
    """Complete what `who` asks about: a proposal, or also an actor that one may oppose."""
    types = ("proposal", "actor") if ctx.params.get("position") == "opposes" else ("proposal",)
    return [*_fitting(ctx, types, typed)]


def assumption(ctx: click.Context, _: click.Parameter, typed: str) -> list[CompletionItem[str]]:
    """Complete a condition that holds, or with `not:` does not."""
    prefix = NOT if typed.startswith(NOT) else ""
    items = [*_fitting(ctx, ("condition",), typed.removeprefix(prefix))]
    for item in items:
        item.value = prefix + item.value
    return [
        *items,
        *(CompletionItem(NOT, help="does not hold") for _ in [0] if typed and NOT.startswith(typed) and typed != NOT),
    ]


def anything(ctx: click.Context, _: click.Parameter, typed: str) -> list[CompletionItem[str]]:
    """Complete whatever bears an id; records only once an id has been begun, as there are many."""
    return [*_fitting(ctx, TYPES if typed else NAMED, typed)]


def file(_: click.Context, __: click.Parameter, typed: str) -> list[CompletionItem[str]]:
    """Leave it to the shell to complete a path."""
    return [CompletionItem(typed, type="file")]


def folder(_: click.Context, __: click.Parameter, typed: str) -> list[CompletionItem[str]]:
    """Leave it to the shell to complete a folder."""
    return [CompletionItem(typed, type="dir")]


def _fitting(ctx: click.Context, types: tuple[str, ...], typed: str) -> Iterator[CompletionItem[str]]:
    """Yield what `names.completing` finds, and the records whose ids begin with what is typed."""
    ledger = _ledger(ctx)
    if ledger is None:
        return
    named = tuple(kind for kind in types if kind in NAMED)
    all_named = ledger.things(*named) if named else ()
    things = {thing.id: thing for thing in all_named}
    names = ((thing.id, (thing.name, *thing.body.get("aliases", ()))) for thing in all_named)
    for key, form in completing(typed, names):
        name = things[key].name
        yield CompletionItem(_line(form), help=key if form == name else _line(name))
    for kind in types:
        if kind not in named:
            records = ledger.names(kind).items()
            yield from (CompletionItem(key, help=_line(name)) for key, name in records if key.startswith(typed))


def _ledger(ctx: click.Context) -> Ledger | None:
    try:
        named = ctx.params.get("model")
        return load(model_at(named) if named else only_model(), cache=True)
    except (ActorgraphError, OSError):
        return None


def _line(text: str) -> str:
    return " ".join(text.split())


# -- shells -------------------------------------------------------------------------------------------------

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


class Fish(FishComplete):
    """Fish, with names that may hold a comma."""

    name = "fish"
    source_template = FishComplete.source_template.replace('string split ","', 'string split --max 1 ","')


def script(shell: str, cli: click.Command) -> str:
    """Return the script that makes a shell (`SHELLS`) complete the command `actorgraph`."""
    kinds: dict[str, type[ShellComplete]] = {"bash": Bash, "zsh": ZshComplete, "fish": Fish}
    return kinds[shell](cli, {}, "actorgraph", "_ACTORGRAPH_COMPLETE").source()


def register() -> None:
    """Make click speak to shells as this module does."""
    add_completion_class(Bash)
    add_completion_class(Fish)


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
