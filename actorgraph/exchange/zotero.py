"""Sources from a reference manager, such as Zotero: CSL-JSON or BibTeX, told apart by what is in the file."""

from __future__ import annotations

import re
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, Final

from actorgraph.curate.add import fingerprint
from actorgraph.curate.draft import Draft
from actorgraph.errors import UsageProblem, lacking
from actorgraph.exchange.formats import Option
from actorgraph.exchange.importing.decoding import decoded, must_be_file
from actorgraph.exchange.importing.incoming import DETAIL, Arrival, Skipped, address
from actorgraph.names import numbered, slug

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from actorgraph.exchange.importing.incoming import Things
    from actorgraph.exchange.importing.library import LibraryItem
    from actorgraph.model.model import Model
    from actorgraph.model.reader import Data
    from actorgraph.model.records import Source

IN: Final = (
    Option(
        "documents",
        "the folder with your copies of the documents: each source notes its copy, found by the name of an attachment "
        "or by the citation key, and its checksum.",
        "DIR",
        completes=("folder",),
    ),
)

_ENTRY: Final = re.compile(r"^\s*@\s*\w+\s*[{(]", re.MULTILINE)
_TEXTS_FIRST: Final = (".txt", ".md", ".html", ".htm", ".pdf")
"""Of several copies of a document the one whose lines can be cited comes first."""


def read(files: Sequence[str], things: Things, *, documents: str | None = None) -> Iterator[Arrival | Skipped]:
    """Yield the sources that files hold, in their order, and what of them cannot come in.

    A source is known by its citation key, of which its id is made, or else by its address. Raises `UsageProblem` for
    what is neither CSL-JSON nor BibTeX, and for a folder of documents that is none.
    """
    copies = _Copies(documents) if documents is not None else None
    items: list[LibraryItem] = []
    for file in files:
        for item in _items_of(file):
            placed = item._replace(place=f"{file}, {item.place}") if len(files) > 1 else item
            if isinstance(placed, Skipped):
                yield placed
            else:
                items.append(placed)
    ids = _Ids(things.model, items)
    for item in items:
        twin = ids.twin(item)
        if twin is not None:
            yield Skipped(item.place, f"its citation key stands already at {twin}")
            continue
        yield from (Skipped(item.place, f"only {lost}; the rest of it comes in", DETAIL) for lost in item.lost)
        key = ids.of(item)
        yield Arrival(Draft("sources", key, _body(item, things.model.sources.get(key), copies)), item.place)


def _items_of(file: str) -> Iterable[LibraryItem | Skipped]:
    text = _text(file)
    if text.lstrip()[:1] in ("[", "{"):
        from actorgraph.exchange.csl_json import read_items

        return read_items(text, file)
    if _ENTRY.search(text):
        try:
            from actorgraph.exchange.importing.bibtex_entries import read_items as entries
        except ImportError as error:
            raise lacking("BibTeX", "bibtex", error) from error
        return entries(text, file)
    if not text.strip():
        raise UsageProblem(f"{file} is empty; export the library as CSL JSON or BibTeX")
    raise UsageProblem(f"{file} is neither CSL-JSON nor BibTeX; export the library in one of the two")


def _text(file: str) -> str:
    """Return the text of a file. Raises `UsageProblem` where it is none, or not Unicode."""
    must_be_file(file)
    return decoded(Path(file).read_bytes(), file, fix="export the library as UTF-8")


def _body(item: LibraryItem, known: Source | None, copies: _Copies | None) -> dict[str, Data]:
    """Return what a reference says of a source; what sort it is, only where nobody has said yet what it is about."""
    body: dict[str, Data] = dict(item.body)
    if item.sort and not (known and known.about):
        body.setdefault("about", item.sort)
    if copies is not None and (copy := copies.of(item)) is not None:
        body |= {"document": copy.name, "sha256": fingerprint(str(copy))}
    return body


class _Ids:
    """The ids of the sources that come in: each stands for one source of the model, or is new."""

    def __init__(self, model: Model, items: Iterable[LibraryItem]) -> None:
        self.sources = model.sources
        self.given: set[str] = set()
        self.keys: dict[str, str] = {}
        self.named = {slug(one.key) for one in items} & model.sources.keys()
        self.at: dict[str, list[str]] = defaultdict(list)
        for key, source in model.sources.items():
            if source.url:
                self.at[address(source.url)].append(key)

    def twin(self, item: LibraryItem) -> str | None:
        """Return the place of another reference that came with the same citation key, None where it is the first."""
        place = self.keys.setdefault(item.key, item.place) if item.key else item.place
        return None if place == item.place else place

    def of(self, item: LibraryItem) -> str:
        """Return the id of a reference: that of the source of its key or its address, else one of its own."""
        wanted = slug(item.key) or slug(f"{item.body['publisher']} {item.body['published']}") or "source"
        key = wanted if slug(item.key) in self.sources and wanted not in self.given else self._at(item)
        if key is None:
            key = numbered(wanted, lambda own: own in self.given or (own in self.sources and not self._is(own, item)))
        self.given.add(key)
        return key

    def _at(self, item: LibraryItem) -> str | None:
        """Return the source of the model at its address that nothing else stands for."""
        known = self.at.get(address(item.body.get("url", "")), ())
        return next((key for key in known if key not in self.given | self.named), None)

    def _is(self, key: str, item: LibraryItem) -> bool:
        source = self.sources[key]
        return (source.title, source.published) == (item.body["title"], item.body["published"])


class _Copies:
    """The documents in a folder, by what a reference may call them."""

    def __init__(self, folder: str) -> None:
        from actorgraph.questions.documents import Documents

        documents = Documents(folder)
        self.folder = documents.folder
        self.names = documents.names()
        self.stems: dict[str, list[str]] = defaultdict(list)
        for name in sorted(self.names, key=_texts_first):
            self.stems[slug(Path(name).stem)].append(name)

    def of(self, item: LibraryItem) -> Path | None:
        """Return the copy of a document: the file of an attachment's name, else the one that is called by its key."""
        named = (item.body.get("document", ""), *item.files)
        attached = [name for name in named if name in self.names]
        files = sorted(attached, key=_texts_first) or (self.stems.get(slug(item.key), []) if slug(item.key) else [])
        return self.folder / files[0] if files else None


def _texts_first(name: str) -> tuple[int, str]:
    ending = Path(name).suffix.lower()
    return _TEXTS_FIRST.index(ending) if ending in _TEXTS_FIRST else len(_TEXTS_FIRST), name
