"""The sources that the rows of a large table cite: which row means one that was met before, and which makes another."""

from __future__ import annotations

import json
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, NamedTuple

from actorgraph.exchange.importing.incoming import form_of, id_of, is_address
from actorgraph.exchange.sheets.cited_sources import new_source
from actorgraph.model.messages import objection
from actorgraph.model.records import Source

if TYPE_CHECKING:
    from collections.abc import Mapping

    from actorgraph.exchange.importing.incoming import Things
    from actorgraph.model.reader import Data

MOST_SOURCES: Final = 100_000
"""So many sources have room in a frame, which is held in memory; of more, those are in it that were known before."""


class SeenSource(NamedTuple):
    """A source that was met."""

    key: str
    source: Source


class CodedSources:
    """The sources of a large table, by what its rows say of them.

    A row means a source that was met before, in the table or in one to which it is added, where that is the only one of
    which it says nothing else; what says more of it is another one. Where some are set apart already
    (`engines.sources`), so is every new one.

    >>> from actorgraph.exchange.importing.incoming import Things
    >>> from actorgraph.model.model import Model
    >>> from actorgraph.model.records import Header
    >>> sources = CodedSources(Things(Model(Header(id="m", title="M")), create=True, today="2026-06-01"))
    >>> texts = ({"source": "Le Monde", "published": "2025-01-03"}, {"source": "le monde"}, {"source": "Le Monde 2"})
    >>> [sources.take(said["source"], said).key for said in texts]
    ['le-monde-2025-01-03', 'le-monde-2025-01-03', 'le-monde-2']
    """

    def __init__(
        self,
        known: Things,
        *,
        apart: Mapping[str, Source] | None = None,
        uneven: bool = True,
        meant: Mapping[str, str] = MappingProxyType({}),
    ) -> None:
        """Begin with what is known, and with those set `apart`; `meant` is what `meant` told of rows before.

        Where rows are not `uneven`, each says as much of its source as another.
        """
        self.known = known
        self.by_id = dict(known.model.sources)
        """The sources by id; of more than `MOST_SOURCES`, those that were known before."""
        self.unclear: dict[str, tuple[str, ...]] = {}
        """The names that may be those of several sources, by ids, and were kept apart."""
        self.meant: dict[str, str] = {}
        """The ids of the sources that rows meant which say less of them, by what these say, as JSON."""
        self._meant_before = meant
        self._are_many = apart is not None
        self._uneven = uneven
        self._new: dict[tuple[tuple[str, str], ...], SeenSource] = {}
        self._met: dict[tuple[str, str | None, str | None], list[SeenSource]] = {}
        self._before = {**known.model.sources, **(apart or {})}
        for key, source in self._before.items():
            self._learn(key, source)
        self._names_before = {name for name, _, _ in self._met}

    def were_called(self, name: str) -> bool:
        """Whether a source that was known before is called so: what stands in its name is no address beside it."""
        return form_of(name) in self._names_before

    def take(self, name: str, said: Mapping[str, str]) -> SeenSource:
        """Return the source that a row means of a name by what it says. Raises `ValueError` for what is none."""
        forms = _alike(said)
        alike = tuple(forms.items())
        seen = self._new.get(alike) or self._as_before(forms) or self._known_source(name, said, forms)
        seen = seen or self._new_source(name, said)
        if len(self._new) < MOST_SOURCES:
            self._new[alike] = seen
        return seen

    def _as_before(self, forms: Mapping[str, str]) -> SeenSource | None:
        """Return the source that rows before meant which said the same: by now it may be one of several."""
        if not self._meant_before:
            return None
        key = self._meant_before.get(_written(forms))
        if key not in self._before:
            return None
        seen = SeenSource(key, self._before[key])
        return seen if _says(seen, forms) else None  # of a row that was left out, another source may bear the id by now

    def _known_source(self, name: str, said: Mapping[str, str], forms: Mapping[str, str]) -> SeenSource | None:
        """Return the only source that was met before and of which nothing that a row says differs.

        Of several, it is the one that says no more than the row; where there is none, that is noted as `unclear`. Where
        the row says less of it, that is kept as `meant`.
        """
        met = self._met.get((form_of(name), said.get("published"), forms.get("url")), ())
        same = {seen.key: seen for seen in met if _says(seen, forms)}
        if not same:
            return None
        _, made = self._made(name, said)
        exact = {key: seen for key, seen in same.items() if _in_form(seen.source) == _in_form(made)}
        if len(same) > 1:
            if len(exact) != 1:
                self.unclear.setdefault(name, tuple(sorted(same)))
            same = exact
        if len(same) != 1:
            return None
        (seen,) = same.values()
        if not exact and len(self.meant) < MOST_SOURCES:
            self.meant[_written(forms)] = seen.key
        return seen

    def _made(self, name: str, said: Mapping[str, str]) -> tuple[dict[str, Data], Source]:
        """Return the source that a row makes by itself."""
        details: dict[str, Data] = {key: text for key, text in said.items() if key != "source"}
        body = new_source({("url" if is_address(name) else "title"): name, **details}, self.known.today)
        try:
            return body, Source.model_validate(body)
        except ValueError as error:  # what pydantic raises; `check` says it in plain words
            raise ValueError(f"its source: {objection('sources', body)}") from error

    def _new_source(self, name: str, said: Mapping[str, str]) -> SeenSource:
        """Return a source that was not met before."""
        body, source = self._made(name, said)
        key = self.known.new_id(id_of("source", name, body))
        if not self._are_many:
            self.by_id[key] = source
            self._are_many = len(self.by_id) > MOST_SOURCES
            if self._are_many:
                self.by_id = dict(self.known.model.sources)
        if self._uneven or len(self._new) < MOST_SOURCES:  # else every row says as much as another
            self._learn(key, source)
        return SeenSource(key, source)

    def _learn(self, key: str, source: Source) -> None:
        """Let a source be found by its names, whatever else of it a row says."""
        seen = SeenSource(key, source)
        address = source.url and form_of(source.url)
        for name in {form_of(text) for text in (key, source.url, source.title) if text}:
            for published in {None, source.published}:
                for url in {None, address}:
                    self._met.setdefault((name, published, url), []).append(seen)


def _alike(said: Mapping[str, str]) -> dict[str, str]:
    """Return what cells say of a source, and have in common with others that say the same in another spelling."""
    return {key: _form(key, text) for key, text in said.items()}


def _written(forms: Mapping[str, str]) -> str:
    """Return what cells say of a source, which is given by its forms, as JSON."""
    return json.dumps(forms, ensure_ascii=False, sort_keys=True)


def _form(key: str, text: str) -> str:
    return form_of(text) if text and key in _NAMING else text


def _says(seen: SeenSource, forms: Mapping[str, str]) -> bool:
    """Whether a source says all that a row does, which is given by its forms."""
    key, source = seen
    names = {form_of(text) for text in (key, source.url, source.title) if text}
    return all(
        form in names if part == "source" else form == _form(part, getattr(source, part))
        for part, form in forms.items()
    )


_NAMING: Final = frozenset({"source", "title", "publisher", "author", "url"})
"""The keys of a source that may be spelled in several ways."""


def _in_form(source: Source) -> dict[str, object]:
    """Return what a source says, in whatever spelling.

    A day by which it had come out is left out: where a row has none, it is that of the import.
    """
    said = {key: _form(key, text) if isinstance(text, str) else text for key, text in source}
    return said | {"published": ""} if source.published.startswith("../") else said
