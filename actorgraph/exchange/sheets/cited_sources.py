"""The sources that the rows of a sheet cite: rows complete what others say of one, and do not overwrite it."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from actorgraph.curate.draft import Draft
from actorgraph.errors import quoted
from actorgraph.exchange.importing.incoming import DETAIL, DOUBT, Arrival, Skipped, form_of, is_address
from actorgraph.exchange.sheets.mapping import SOURCE_KEYS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from actorgraph.exchange.importing.incoming import RowPlace, Things
    from actorgraph.model.reader import Data


class CitedSources:
    """The sources that the rows of an import cite. Of what rows say of one source by one key, the first stands.

    A row means the source of its address; else the only one of its name that has no other address. Of several, it is
    the one without address; where there is none, the row's is kept apart, which is told. So that the order of rows
    changes nothing, `expect` hears of all rows before the first is taken.
    """

    def __init__(self, known: Things) -> None:
        self.known = known
        self._said: dict[str, dict[str, tuple[Data, RowPlace]]] = {}
        self._made: dict[str, int] = {}
        """Where in the arrivals those stand that are new."""
        self._named: dict[str, dict[str, None]] = {}
        """The ids of sources by the forms of their names and addresses."""
        self._addresses: dict[str, str] = {}
        """The form of the address of a source, by its id."""
        for key, source in known.model.sources.items():
            self._learn(key, key, source.title, source.document, url=source.url)
        self._told: dict[str, dict[str, str]] = {}
        """The addresses that rows give to sources of a name, by its form and theirs."""
        self._dated: dict[str, str] = {}
        """When sources came out, as far as any row says it, by the forms of their names and addresses."""
        self._row: RowPlace | None = None
        """The row that cited last: it may do so in several of its cells."""

    def expect(self, said: Mapping[str, str]) -> None:
        """Hear of a row that is to come: of a name with several addresses each of them is a source.

        When one came out counts for rows before that which says it, too.
        """
        if "source" in said and "url" in said:
            self._told.setdefault(form_of(said["source"]), {}).setdefault(form_of(said["url"]), said["url"])
        if "published" in said:
            for name in (said[key] for key in ("source", "url") if key in said):
                self._dated.setdefault(form_of(name), said["published"])

    def details(self, said: Mapping[str, str]) -> dict[str, Data]:
        """Return what a row says of its source, without an address that it is known by."""
        key, last = self._known(said), said.get("source") or said["url"]
        details: dict[str, Data] = {part: said[part] for part in SOURCE_KEYS if part in said}
        if key is None:
            return {("url" if is_address(last) else "title"): last, **details}
        if "url" in said and self._is_called(said["url"], key):
            details.pop("url", None)
        if key in self._made and not self._is_called(last, key):  # what only an address was known of has a name
            return {("url" if is_address(last) else "title"): last, **details}
        return details

    def published(self, said: Mapping[str, str]) -> str:
        """Return when the source of a row came out, as far as it or any other row says it."""
        key, details = self._known(said) or "", self.details(said)
        name = said.get("url") or said["source"]
        elsewhere = self._dated.get(form_of(name)) if "url" in said or len(self._called(name)) < 2 else None
        first, _ = self._said.get(key, {}).get("published", (details.get("published") or elsewhere, None))
        source = self.known.model.sources.get(key)
        return str(first or (source.published if source else new_source(details, self.known.today)["published"]))

    def take(self, said: Mapping[str, str], row: RowPlace) -> tuple[str | None, list[Skipped]]:
        """Return the id of the source of a row, None where it is unknown, and what is unclear or contradicts others."""
        key, details = self._known(said), self.details(said)
        unclear: list[Skipped] = []
        if key is None:
            name = said.get("url") or said["source"]
            body = new_source(details, self.known.today)
            may_be = self._called(name) if "url" not in said else []
            if len(may_be) > 1 and (self.known.create or form_of(name) in self._named):
                apart = ", and is kept apart" if self.known.create else ""
                which = f"{quoted(name)} may be {' or '.join(map(quoted, may_be))}{apart}"
                reason = f"{which}; its id or its address says which it is"
                unclear.append(Skipped(row.of("source"), reason, DOUBT if self.known.create else ""))
                key = self.known.add_apart("source", name, body, row) if self.known.create else None
            else:
                key = self.known.find("source", name, row, body)
            if key is None:
                return None, unclear
            self._made[key] = len(self.known.arrivals) - 1
            by_id = key if self.known.known("source", key) == key else None
            names = (by_id, *(said.get(part) for part in ("source", "title", "document")))
            self._learn(key, *names, url=said.get("url"))
        before = self._said.setdefault(key, {})
        new = {part: value for part, value in details.items() if part not in before}
        contradictions = [
            _contradiction(key, part, (value, row), before[part])
            for part, value in details.items()
            if part in before and before[part][0] != value and row != self._row
        ]
        self._row = row
        before |= {part: (value, row) for part, value in new.items()}
        if new:
            self._bring(key, new, row)
        return key, [*unclear, *contradictions]

    def _bring(self, key: str, new: dict[str, Data], row: RowPlace) -> None:
        """Bring in what no row has said before of a source; one that is new is what all rows say of it."""
        self._learn(key, _text(new.get("title")), _text(new.get("document")), url=_text(new.get("url")))
        if key not in self._made:
            self.known.arrivals.append(Arrival(Draft("sources", key, new), row))
            return
        at = self._made[key]
        body = new_source({part: value for part, (value, _) in self._said[key].items()}, self.known.today)
        arrival = self.known.arrivals[at]
        self.known.arrivals[at] = arrival._replace(draft=arrival.draft._replace(body=body))

    def _learn(self, key: str, *names: str | None, url: str | None) -> None:
        """Let names and an address mean a source."""
        known = [name for name in (url, *names) if name]
        if address := url or next((name for name in known if is_address(name)), None):
            self._addresses[key] = form_of(address)
        for name in known:
            self._named.setdefault(form_of(name), {})[key] = None

    def _known(self, said: Mapping[str, str]) -> str | None:
        """Return the id of the only source that a row can mean, None where there is none, or are several."""
        url, name = said.get("url"), said.get("source")
        if url and (of_address := self._named.get(form_of(url))):
            return next(iter(of_address))
        if name is None or name in self.known.model.sources:
            return name
        named = self._named.get(form_of(name), {})
        bare = [key for key in named if key not in self._addresses]
        if url is None:
            left = bare if len(self._called(name)) > 1 else list(named)
        else:
            addresses = {form_of(url), *self._told.get(form_of(name), ()), *map(self._addresses.get, named)} - {None}
            left = bare if len(addresses) == 1 else []
        return left[0] if len(left) == 1 else None

    def _called(self, name: str) -> list[str]:
        """Return the sources of a name: the ids of those that are known, and the addresses of those to come."""
        named = self._named.get(form_of(name), {})
        known = {self._addresses.get(key) for key in named}
        return [*sorted(named), *(url for form, url in self._told.get(form_of(name), {}).items() if form not in known)]

    def _is_called(self, name: str, key: str) -> bool:
        return key in self._named.get(form_of(name), {})


def _text(value: Data) -> str | None:
    return value if isinstance(value, str) else None


def new_source(details: dict[str, Data], today: str) -> dict[str, Data]:
    """Return a new source: what is not known of it is filled in, and what is to be completed said in `about`."""
    missing = [key for key in ("title", "publisher", "published") if key not in details]
    url = str(details.get("url") or "")
    host = urlsplit(url).netloc.removeprefix("www.") if "publisher" in missing else ""
    title = details.get("title") or url
    filled: dict[str, Data] = {"title": title, "publisher": host or title, "published": f"../{today}"}
    about: dict[str, Data] = {"about": f"To complete: {', '.join(missing)}."} if missing else {}
    return {**filled, **about, **details}


def _contradiction(source: str, key: str, later: tuple[Data, RowPlace], first: tuple[Data, RowPlace]) -> Skipped:
    """Return what is left out where two rows, each a value and a place, say by one key two things of a source."""
    old, new = (quoted(str(value)) for value, _ in (first, later))
    reason = f"{new} differs from {old}, which {first[1]} says of the source {quoted(source)}; correct one of the two"
    return Skipped(later[1].of(key), reason, DETAIL)
