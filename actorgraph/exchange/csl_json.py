"""The sources of a model as CSL-JSON, which reference managers and pandoc read; and references read from it."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any, Final

from actorgraph.errors import UsageProblem
from actorgraph.exchange.formats import OutOptions
from actorgraph.exchange.importing.incoming import Skipped
from actorgraph.exchange.importing.library import (
    BOOKS,
    OWN,
    SORTS,
    authors,
    first,
    library_item,
    line,
    link_of,
    prose,
    sources,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from actorgraph.exchange.formats import Request
    from actorgraph.exchange.importing.library import LibraryItem

OUT: Final = OutOptions(("model", "output", "no_cache"), endings=("json",))

_SAME: Final = {"title": "title", "publisher": "publisher", "language": "language", "url": "URL"}
"""What a source and CSL-JSON say alike: our key, and theirs."""
_DAY: Final = re.compile(r"\d{4}(-\d\d){0,2}", re.ASCII)
_MARKUP: Final = re.compile(r"</?(?:i|b|sup|sub|sc|span)(?: [^<>]*)?>")
"""The markup that Zotero allows in a title."""
_NO_KEY: Final = re.compile(r"(?:https?://.*|\d+/\w+|\d+)")
"""What stands for an id where there is no citation key: Zotero's own address of an item."""
_KEY_IN_NOTE: Final = re.compile(r"^Citation Key: *(\S+) *$", re.MULTILINE | re.IGNORECASE)


def write(asked: Request) -> str:
    """Return the sources of a model, sorted by id."""
    return to_csl(sources(asked.open()))


def to_csl(listed: Iterable[Mapping[str, Any]]) -> str:
    """Return sources as CSL-JSON, each a `document` of no special sort: a model does not tell which it is.

    >>> print(to_csl([{"id": "rt", "title": "Talks", "publisher": "RT", "published": "2025-05"}]))
    [
    {"id": "rt", "type": "document", "title": "Talks", "publisher": "RT", "issued": {"date-parts": [[2025, 5]]}}
    ]
    """
    items = ",\n".join(json.dumps(_item(source), ensure_ascii=False) for source in listed)
    return f"[\n{items}\n]"


def _item(source: Mapping[str, Any]) -> dict[str, Any]:
    own = {name: source[name] for name in OWN if name in source}
    item = {
        "id": source["id"],
        "type": "document",
        **{theirs: source[ours] for ours, theirs in _SAME.items() if ours in source},
        "author": [{"literal": name} for name in authors(source.get("author", ""))] if "author" in source else None,
        "issued": _date(source["published"]),
        "accessed": _date(source["accessed"]) if "accessed" in source else None,
        "archive_location": source.get("archived"),
        "annote": source.get("about"),
        "custom": own or None,
    }
    return {name: value for name, value in item.items() if value is not None}


def _date(text: str) -> dict[str, Any]:
    """Return a date as CSL has it: one or two days, months or years; `../D`, which it has no numbers for, as it is."""
    parts = text.split("/")
    if all(map(_DAY.fullmatch, parts)):
        return {"date-parts": [[int(number) for number in part.split("-")] for part in parts]}
    return {"literal": text}


# -- read --------------------------------------------------------------------------------------------------


def read_items(text: str, file: str) -> Iterator[LibraryItem | Skipped]:
    """Yield the references of a text, in their order. Raises `UsageProblem` where it is no CSL-JSON."""
    try:
        items = json.loads(text)
    except json.JSONDecodeError as error:
        message = f"{file}:{error.lineno}:{error.colno}: this is no JSON ({error.msg}); export the library again"
        raise UsageProblem(message) from error
    except RecursionError as error:
        raise UsageProblem(f"{file} is nested deeper than any CSL-JSON") from error
    if isinstance(items, dict):
        items = items["items"] if isinstance(items.get("items"), list) else [items]
    if not isinstance(items, list) or not any(isinstance(item, dict) and "type" in item for item in items):
        raise UsageProblem(f"{file} is JSON, but holds no reference with a type; export the library as CSL JSON")
    for number, item in enumerate(items, start=1):
        place = f"item {number}"
        if not isinstance(item, dict):
            yield Skipped(place, "it is no reference, which stands in braces")
            continue
        key = _key(item)
        place = f"{place} ({key})" if key else place
        try:
            yield _library_item(item, key, place)
        except ValueError as reason:
            yield Skipped(place, str(reason))


def _library_item(item: Mapping[str, Any], key: str, place: str) -> LibraryItem:
    sort, custom = line(item.get("type")), item.get("custom")
    own: Mapping[str, Any] = custom if isinstance(custom, dict) else {}
    container, publisher = first(item.get("container-title")), first(item.get("publisher"), item.get("authority"))
    archive = next((at for name in ("archive_location", "archive") if "://" in (at := line(item.get(name)))), "")
    said = {
        "title": _MARKUP.sub("", first(item.get("title"), item.get("title-short"))),
        "publisher": first(publisher, container) if sort in BOOKS else first(container, publisher),
        "author": _names(item.get("author")),
        "language": line(item.get("language")),
        "url": line(item.get("URL")) or link_of(line(item.get("DOI"))),
        "archived": archive,
        "about": prose(item.get("annote")),
        **{name: line(own.get(name)) for name in OWN},
    }
    return library_item(
        place,
        key,
        said,
        published=_when(item.get("issued")),
        accessed=_when(item.get("accessed")),
        sort=first(item.get("genre")) or SORTS.get(sort, ""),
    )


def _key(item: Mapping[str, Any]) -> str:
    """Return the citation key of an item: what is only Zotero's own number is none."""
    noted = _KEY_IN_NOTE.search(item["note"]) if isinstance(item.get("note"), str) else None
    if key := first(item.get("citation-key"), noted[1] if noted else None):
        return key
    key = line(item.get("id"))
    return "" if _NO_KEY.fullmatch(key) else key


def _names(people: Any) -> str:
    """Return who wrote something, in the order in which they are named, with semicolons between them."""
    listed = people if isinstance(people, list) else []
    names = (_name(one) for one in listed if isinstance(one, dict))
    return "; ".join(name for name in names if name)


def _name(person: Mapping[str, Any]) -> str:
    particles = ("dropping-particle", "non-dropping-particle")
    parts = (line(person.get(part)) for part in ("given", *particles, "family", "suffix"))
    return first(person.get("literal"), " ".join(part for part in parts if part))


def _when(value: Any) -> str:
    """Return a date in one text, empty where there is none. Raises `ValueError` where it is only about right."""
    if not isinstance(value, dict):
        return line(value)
    if value.get("circa"):
        raise ValueError("its date is only about right (circa); give the days, months or years between which it lies")
    listed = value.get("date-parts")
    ends = ["-".join(_numbers(part)) for part in listed if isinstance(part, list)] if isinstance(listed, list) else []
    return "/".join(end for end in ends if end) or first(value.get("raw"), value.get("literal"))


def _numbers(parts: list[Any]) -> Iterator[str]:
    """Yield year, month and day as ISO 8601 writes them, up to the first that is missing."""
    for part, width in zip(parts, (4, 2, 2), strict=False):
        if (number := line(part)) in ("", "0"):
            return
        yield number.zfill(width)
