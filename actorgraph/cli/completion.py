"""What a shell offers behind the Tab key: words, and the names and ids of the model in use.

Every function here answers in the time between two keys, and reports no error: a shell has no place to show one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from actorgraph.errors import ActorgraphError
from actorgraph.ledger.load import load
from actorgraph.model.kinds import NAMED, TYPES
from actorgraph.model.paths import is_holdings, model_at, only_model
from actorgraph.names import completing, one_line
from actorgraph.vocabulary import NOT

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    import click
    from click.shell_completion import CompletionItem

    from actorgraph.ledger.store import Ledger

    Completer = Callable[[click.Context, click.Parameter, str], list[CompletionItem[str]]]


def things(*types: str) -> Completer:
    """Return what completes the ids and names of things of these types (`kinds.TYPES`)."""

    def complete(ctx: click.Context, _: click.Parameter, typed: str) -> list[CompletionItem[str]]:
        return [*_fitting(ctx, types, typed)]

    return complete


def words(*known: str) -> Completer:
    """Return what completes one of some words."""

    def complete(_: click.Context, __: click.Parameter, typed: str) -> list[CompletionItem[str]]:
        return [_item(word) for word in known if word.startswith(typed)]

    return complete


def listed(*known: str, alone: tuple[str, ...] = ()) -> Completer:
    """Return what completes one of some words, or a further one after a comma, save for those that stand alone."""

    def complete(_: click.Context, __: click.Parameter, typed: str) -> list[CompletionItem[str]]:
        before, comma, begun = typed.rpartition(",")
        left = [word for word in (*known, *(() if comma else alone)) if word not in before.split(",")]
        return [_item(f"{before}{comma}{word}") for word in left if word.startswith(begun)]

    return complete


def tag(ctx: click.Context, _: click.Parameter, typed: str) -> list[CompletionItem[str]]:
    """Complete a tag of the model's proposals."""
    ledger = _ledger(ctx)
    proposals = ledger.things("proposal") if ledger else ()
    tags = {label for thing in proposals for label in thing.body.get("tags", ())}
    return [_item(one_line(label)) for label in sorted(tags) if label.startswith(typed)]


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
        *(_item(NOT, help="does not hold") for _ in [0] if typed and NOT.startswith(typed) and typed != NOT),
    ]


def anything(ctx: click.Context, _: click.Parameter, typed: str) -> list[CompletionItem[str]]:
    """Complete whatever bears an id; records only once an id has been begun, as there are many."""
    return [*_fitting(ctx, TYPES if typed else NAMED, typed)]


def file(_: click.Context, __: click.Parameter, typed: str) -> list[CompletionItem[str]]:
    """Leave it to the shell to complete a path."""
    return [_item(typed, type="file")]


def folder(_: click.Context, __: click.Parameter, typed: str) -> list[CompletionItem[str]]:
    """Leave it to the shell to complete a folder."""
    return [_item(typed, type="dir")]


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
        yield _item(one_line(form), help=key if form == name else one_line(name))
    for kind in types:
        if kind not in named:
            records = ledger.names(kind).items()
            yield from (_item(key, help=one_line(name)) for key, name in records if key.startswith(typed))


def _ledger(ctx: click.Context) -> Ledger | None:
    try:
        named = ctx.params.get("model")
        path = model_at(named) if named else only_model()
        if is_holdings(path):
            from actorgraph.engines.opening import open_holdings

            return open_holdings(path)
        return load(path, cache=True)
    except (ActorgraphError, OSError):
        return None


def _item(value: str, **more: str) -> CompletionItem[str]:
    from click.shell_completion import CompletionItem

    return CompletionItem(value, **more)
