"""The preview: the page of the model as it was last free of errors, and what is wrong with the files since."""

from __future__ import annotations

import os
import time
from contextlib import closing
from typing import TYPE_CHECKING, Final, NamedTuple

from watchfiles import watch

from actorgraph.errors import ModelError, UsageProblem
from actorgraph.explorer.live import live
from actorgraph.ledger.editions import editions_of
from actorgraph.model.loader import read_model
from actorgraph.model.paths import SUFFIXES

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
    from typing import Unpack

    from actorgraph.errors import Problem
    from actorgraph.explorer.html import Page
    from actorgraph.explorer.live import Live
    from actorgraph.ledger.filters import Limits
    from actorgraph.ledger.store import Ledger
    from actorgraph.model.loader import Loaded

    Changes = Generator[set[tuple[object, str]], None, None]

_SETTLED: Final = 20
"""Milliseconds without a further change after which files count as saved: an editor may save in several steps."""
_LONGEST: Final = 400
"""Milliseconds after which they count as saved in any case."""
_TURN: Final = 100
"""Milliseconds after which the watcher returns even where nothing has changed: from then on the files are watched."""


class ShownProblem(NamedTuple):
    """A problem as `check` prints it: where it stands (file:line:column), its code, and what is wrong."""

    place: str
    code: str
    message: str


class Showing(NamedTuple):
    """What is shown at a time: a page, and the problems in the files since it was made."""

    page: Live
    problems: tuple[ShownProblem, ...]


class Preview:
    """The page of a model, made again whenever its files change.

    `render` makes the page of a model's editions; `documents` is a folder that it reads besides. `say` gets a line for
    every new page and for every problem.
    """

    def __init__(
        self,
        path: str,
        render: Callable[[Sequence[Ledger]], Page],
        *,
        documents: str | None = None,
        say: Callable[[str], None] = lambda _: None,
        **limits: Unpack[Limits],
    ) -> None:
        self.path = path
        self.render = render
        self.limits: Limits = limits
        self.documents = None if documents is None else os.path.realpath(documents)
        self.say = say
        self.shown = Showing(live(None), ())
        self._loaded: Loaded | None = None

    def start(self) -> None:
        """Make the first page, if the model has no errors.

        Raises `ModelError` where there is no model at all, and `UsageProblem` for what no edit of its files can fix.
        """
        loaded = self._loaded = read_model(self.path)
        if loaded.model is not None:
            self._build(loaded)
        elif all(problem.category == "path" for problem in loaded.problems):
            raise ModelError(loaded.problems)
        else:
            self._show(self.shown.page, tuple(map(_shown_problem, loaded.problems)))

    def watch(self, show: Callable[[Showing], None]) -> None:
        """Follow the files until Ctrl-C, and hand over all that is to be shown from now on.

        Watching begins before the files are read, so that no change in between is missed. It begins again where a
        change adds a folder that was not watched, or concerns a folder itself: another one may have taken its place.

        Raises `KeyboardInterrupt` on Ctrl-C, and `UsageProblem` where the system cannot watch files.
        """
        while True:
            folders = self._folders()
            try:
                with closing(self._changes(folders)) as changes:
                    next(changes, None)  # now they are watched
                    self.refresh(show)
                    while folders == self._folders():
                        paths = self._next(changes)
                        if any(map(self._may_matter, paths)):
                            self.refresh(show, anew=self.documents is not None)
                        if folders & paths:
                            break
            except FileNotFoundError:
                continue  # a folder went before it was watched
            except OSError as error:
                raise UsageProblem(f"cannot watch the files of the model: {error}") from error

    def refresh(self, show: Callable[[Showing], None], *, anew: bool = False) -> None:
        """Read the model, and make its page again if it has changed, or in any case with `anew`."""
        loaded, before = read_model(self.path), self._loaded
        self._loaded = loaded
        same = before is not None and (before.stamps, before.problems) == (loaded.stamps, loaded.problems)
        if same and not anew:
            return
        shown = self.shown
        if loaded.model is None:
            self._show(self.shown.page, tuple(map(_shown_problem, loaded.problems)))
        else:
            try:
                self._build(loaded)
            except (UsageProblem, OSError) as error:  # such as: the name that an option gives is gone
                self._show(self.shown.page, (ShownProblem("", "", str(error)),))
        if shown != self.shown:
            show(self.shown)

    def _build(self, loaded: Loaded) -> None:
        assert loaded.model is not None
        start = time.perf_counter()
        page = live(self.render(editions_of(loaded.model, **self.limits)))
        self._show(page, (), seconds=time.perf_counter() - start)

    def _show(self, page: Live, problems: tuple[ShownProblem, ...], *, seconds: float = 0) -> None:
        self.shown = Showing(page, problems)
        for problem in problems:
            place = f"{problem.place}:" if problem.place else ""
            self.say(" ".join(filter(None, (place, problem.code, problem.message))))
        if problems:
            count, pronoun = (f"{len(problems)} problems", "them") if len(problems) > 1 else ("1 problem", "it")
            self.say(f"{count}; fix {pronoun} and save, and the page is made again")
        else:
            self.say(f"made the page in {seconds:.1f} s")

    # -- files -------------------------------------------------------------------------------------------------

    def _folders(self) -> frozenset[str]:
        """Return every folder in which a change may change the model; each is watched without the folders below it.

        For a folder that does not exist yet it is the nearest one above it that does.
        """
        assert self._loaded is not None
        folders = {folder for root in self._loaded.roots for place in root for folder in _watchable(place)}
        if self.documents is not None:
            folders.update(_watchable(self.documents))
        return frozenset(folders)

    def _changes(self, folders: Iterable[str]) -> Changes:
        return watch(  # type: ignore[return-value] # the kind of a change is never read
            *sorted(folders),
            watch_filter=None,
            debounce=_LONGEST,
            step=_SETTLED,
            rust_timeout=_TURN,
            yield_on_timeout=True,
            recursive=False,
        )

    def _next(self, changes: Changes) -> set[str]:
        """Wait for changes; return the paths that changed."""
        return next({path for _, path in changed} for changed in changes if changed)

    def _may_matter(self, path: str) -> bool:
        """Whether a change of a file or a folder may be one of the model."""
        assert self._loaded is not None
        if path in {os.path.realpath(stamp.path) for stamp in self._loaded.stamps}:
            return True
        if self.documents is not None and path.startswith(self.documents):
            return True
        hidden = os.path.basename(path).startswith(".")
        # A folder that has been removed looks like a file without a suffix.
        return not hidden and (path.lower().endswith(SUFFIXES) or not os.path.splitext(path)[1] or os.path.isdir(path))


def _watchable(place: str) -> Iterator[str]:
    """Yield the folders to watch for a place: its own and those in it, and those that links lead to."""
    if not os.path.isdir(place):
        for name in (place, os.path.realpath(place)):
            folder = os.path.dirname(name)
            while not os.path.isdir(folder):
                folder = os.path.dirname(folder)
            yield os.path.realpath(folder)
        return
    yield os.path.realpath(os.path.dirname(place))  # it may be removed, and come back
    for folder, folders, names in os.walk(place):
        folders[:] = [name for name in folders if not name.startswith(".")]
        yield os.path.realpath(folder)
        links = (os.path.join(folder, name) for name in names if name.lower().endswith(SUFFIXES))
        yield from (os.path.dirname(os.path.realpath(name)) for name in links if os.path.islink(name))


def _shown_problem(problem: Problem) -> ShownProblem:
    warning = " (warning)" if problem.warning else ""
    return ShownProblem(str(problem.span), problem.code, f"{problem.message}{warning}")
