"""Loading: from the files of a model, or what was kept of them, to its open ledger."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from actorgraph.errors import UsageProblem
from actorgraph.gc_pause import no_garbage_collection
from actorgraph.ledger.cache import Kept
from actorgraph.ledger.filters import limited
from actorgraph.ledger.store import Ledger
from actorgraph.model.paths import is_holdings, model_at, shown

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path
    from typing import Unpack

    from actorgraph.ledger.filters import Filters, Limits
    from actorgraph.model.loader import Loaded
    from actorgraph.model.model import Model

    Later: TypeAlias = Callable[[Callable[[], None]], object]
    """Takes what is to be done once an answer has been given."""


def load(path: str | Path, *, cache: bool = False, **limits: Unpack[Limits]) -> Ledger:
    """Return an open ledger of the model at a path.

    Args:
        path: A YAML file, a folder of them, or a folder in which `graphs` holds the only model.
        cache: Use a ledger that was kept in the user's cache folder while it is fresh, and leave a new one there.
        limits: Which evidence counts: see `Limits`.

    Returns:
        The ledger, to which questions are put.

    Raises:
        ModelError: The model has errors; it holds every problem.
        UsageProblem: A bad date or grade, an unknown source, a folder in which `graphs` holds no model or several, or
            one of holdings, which `open_holdings` opens.

    >>> ledger = load("examples/minimal.yaml")
    >>> ledger.model, ledger.latest_source
    ('minimal', '2026-02-01')
    >>> load("examples/minimal.yaml", min_grade="B6", without=["union-letter"])
    <Ledger minimal: 5 records, graded B6 or better, without union-letter>
    """
    return opened_ledger(model_at(str(path)), *limited(limits), cache=cache)[0]


def opened_ledger(
    path: str | Path, filters: Filters, names: tuple[str, ...] = (), *, cache: bool, later: Later | None = None
) -> tuple[Ledger, Model | None]:
    """Return the ledger of a model, and the model itself where it had to be read.

    `names` are sources to leave out besides, which the model has to have. To work out what no question has asked for,
    and to keep it all, can wait: who gives an answer first says how to do that `later`.

    Raises `UsageProblem` for a folder of holdings: engines stand above, and only who asks for one is to load it.
    """
    if is_holdings(str(path)):
        raise UsageProblem(f"{shown(str(path))} is no model; open_holdings opens a folder of holdings")
    kept = Kept(str(path), filters, names) if cache else None
    if kept and (engine := kept.open()):
        return Ledger(engine), None
    from actorgraph.ledger.tables import begin
    from actorgraph.ledger.unfinished import Unfinished

    with no_garbage_collection():
        model, loaded = read_sound(path)
        tables = Unfinished(begin(model, and_without(filters, names, model)))
    ledger = Ledger(tables, tables)

    def keep() -> None:
        if kept and ledger.is_open:
            tables.finish()
            kept.write(tables.connection, loaded)

    if later is None:
        tables.finish()
        keep()
    else:
        later(keep)
    return ledger, model


def and_without(filters: Filters, names: Iterable[str], model: Model) -> Filters:
    """Return filters that leave out further sources of a model, named by id, title or url.

    Raises `UsageProblem`, with the nearest names, for what is no source of the model.
    """
    ids = {*filters.without, *(name for name in names if name in model.sources)}
    others = [name for name in names if name not in ids]
    if others:
        from actorgraph.ledger.tables import build, sources_alone

        with Ledger(build(sources_alone(model))) as ledger:
            ids |= {ledger.resolve(name, "source", exact=True).id for name in others}
    return filters._replace(without=tuple(sorted(ids)))


def read_sound(path: str | Path) -> tuple[Model, Loaded]:
    """Return a model and how it was loaded. Raises `ModelError` with every problem in it."""
    from actorgraph.model.loader import read_model

    loaded = read_model(path)
    return loaded.sound(), loaded
