"""What there is to show: the page of the model as it was last sound, and what is wrong with it since."""

from __future__ import annotations

import os
import threading
import time
from contextlib import closing
from typing import TYPE_CHECKING, Final, NamedTuple

from watchfiles import watch

from actorgraph.errors import ModelError, UsageProblem
from actorgraph.explorer.live import live
from actorgraph.ledger.store import editions_of
from actorgraph.model.loader import read_model
from actorgraph.model.paths import SUFFIXES

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterable, Iterator, Sequence

    from actorgraph.errors import Problem
    from actorgraph.explorer.html import Page
    from actorgraph.explorer.live import Live
    from actorgraph.ledger.store import Ledger
    from actorgraph.model.loader import Loaded

    Changes = Generator[set[tuple[object, str]], None, None]

_SETTLED: Final = 20
"""Milliseconds without a further change after which files count as saved: an editor may save in several steps."""
_PATIENCE: Final = 400
"""Milliseconds after which they do in any case."""
_TURN: Final = 100
"""Milliseconds after which waiting looks up, to hear whether it is over."""


class Wrong(NamedTuple):
    """One thing that is wrong, as `check` prints it: where (file:line:column), by which code, and what."""

    place: str
    code: str
    message: str


class Shown(NamedTuple):
    """What is shown at a time: a page, and what is wrong with the files since it was made."""

    page: Live
    wrong: tuple[Wrong, ...]


class Preview:
    """A model on its way to a page, again and again.

    `render` makes the page of a model's editions; `documents` is a folder that it looks into besides. `say` is told
    of every new page and of every problem.
    """

    def __init__(
        self,
        path: str,
        render: Callable[[Sequence[Ledger]], Page],
        *,
        known_by: str | None = None,
        documents: str | None = None,
        say: Callable[[str], None] = lambda _: None,
    ) -> None:
        self.path = path
        self.render = render
        self.known_by = known_by
        self.documents = None if documents is None else os.path.realpath(documents)
        self.say = say
        self.shown = Shown(live(None), ())
        self.stopping = threading.Event()
        self._loaded: Loaded | None = None

    def start(self) -> None:
        """Make the first page, if the model is sound.

        Raises `ModelError` where there is no model at all, and `UsageProblem` for what no saving of files can mend.
        """
        loaded = self._loaded = read_model(self.path)
        if loaded.model is not None:
            self._build(loaded)
        elif all(problem.category == "path" for problem in loaded.problems):
            raise ModelError(loaded.problems)
        else:
            self._show(self.shown.page, tuple(map(_wrong, loaded.problems)))

    def watch(self, hear: Callable[[Shown], None]) -> None:
        """Follow the files until `stop`, and tell of all that is shown from now on.

        Watching begins before reading, so that no change is missed in between; it begins anew where a change brings in
        a folder that was not watched, or is of a folder itself: another of that name may have taken its place.

        Raises `UsageProblem` where the system lets nobody watch.
        """
        while not self.stopping.is_set():
            folders = self._folders()
            try:
                with closing(self._changes(folders)) as changes:
                    next(changes, None)  # now they are watched
                    self.refresh(hear)
                    while folders == self._folders():
                        paths = self._next(changes)
                        if any(map(self._may_matter, paths)):
                            self.refresh(hear, anew=self.documents is not None)
                        if self.stopping.is_set() or folders & paths:
                            break
            except FileNotFoundError:
                continue  # a folder went before it was watched
            except OSError as error:
                raise UsageProblem(f"cannot watch the files of the model: {error}") from error

    def refresh(self, hear: Callable[[Shown], None], *, anew: bool = False) -> None:
        """Read the model, and where it is not what it was (or `anew`) make its page."""
        loaded, before = read_model(self.path), self._loaded
        self._loaded = loaded
        same = before is not None and (before.stamps, before.problems) == (loaded.stamps, loaded.problems)
        if same and not anew:
            return
        shown = self.shown
        if loaded.model is None:
            self._show(self.shown.page, tuple(map(_wrong, loaded.problems)))
        else:
            try:
                self._build(loaded)
            except (UsageProblem, OSError) as error:  # a name that an option goes by is gone, for one
                self._show(self.shown.page, (Wrong("", "", str(error)),))
        if shown != self.shown:
            hear(self.shown)

    def stop(self) -> None:
        """Make `watch` return."""
        self.stopping.set()

    def _build(self, loaded: Loaded) -> None:
        assert loaded.model is not None
        begun = time.perf_counter()
        page = live(self.render(editions_of(loaded.model, known_by=self.known_by)))
        self._show(page, (), seconds=time.perf_counter() - begun)

    def _show(self, page: Live, wrong: tuple[Wrong, ...], *, seconds: float = 0) -> None:
        self.shown = Shown(page, wrong)
        for one in wrong:
            self.say(" ".join(filter(None, (one.place and f"{one.place}:", one.code, one.message))))
        them = "it" if len(wrong) == 1 else "them"
        many = f"{len(wrong)} problem{'s' * (len(wrong) != 1)}; the page waits for {them} to be mended"
        self.say(many if wrong else f"made the page in {seconds:.1f} s")

    # -- files -------------------------------------------------------------------------------------------------

    def _folders(self) -> frozenset[str]:
        """Return every folder in which a change may change the model: none is watched with all that is below it.

        A folder that is not there yet will come into being in the nearest one that is.
        """
        assert self._loaded is not None
        found = {folder for root in self._loaded.roots for place in root for folder in _watchable(place)}
        if self.documents is not None:
            found.update(_watchable(self.documents))
        return frozenset(found)

    def _changes(self, folders: Iterable[str]) -> Changes:
        return watch(  # type: ignore[return-value] # a change is an enumeration, which nobody looks at
            *sorted(folders),
            watch_filter=None,
            debounce=_PATIENCE,
            step=_SETTLED,
            rust_timeout=_TURN,
            yield_on_timeout=True,
            stop_event=self.stopping,
            raise_interrupt=False,
            recursive=False,
        )

    def _next(self, changes: Changes) -> set[str]:
        """Wait for changes; return what changed, nothing where waiting is over."""
        return next(({path for _, path in found} for found in changes if found), set())

    def _may_matter(self, path: str) -> bool:
        """Whether a change of a file or a folder may be one of the model."""
        assert self._loaded is not None
        if path in {os.path.realpath(one.path) for one in self._loaded.stamps}:
            return True
        if self.documents is not None and path.startswith(self.documents):
            return True
        hidden = os.path.basename(path).startswith(".")
        # A folder that is gone cannot be told from a file without a suffix.
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
    yield os.path.realpath(os.path.dirname(place))  # it may be taken away, and come back
    for folder, folders, names in os.walk(place):
        folders[:] = [name for name in folders if not name.startswith(".")]
        yield os.path.realpath(folder)
        links = (os.path.join(folder, name) for name in names if name.lower().endswith(SUFFIXES))
        yield from (os.path.dirname(os.path.realpath(name)) for name in links if os.path.islink(name))


def _wrong(problem: Problem) -> Wrong:
    warning = " (warning)" if problem.warning else ""
    return Wrong(str(problem.span), problem.code, f"{problem.message}{warning}")
