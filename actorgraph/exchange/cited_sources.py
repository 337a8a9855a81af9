"""The sources that the rows of a sheet cite: rows complete what others say of one, and do not overwrite it."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from actorgraph.curate.add import Draft
from actorgraph.errors import quoted
from actorgraph.exchange.incoming import Arrival, Skipped, form_of
from actorgraph.exchange.mapping import SOURCE_KEYS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from actorgraph.exchange.incoming import Things
    from actorgraph.model.reader import Data


class CitedSources:
    """The sources that the rows of an import cite. Of what rows say of one source by one key, the first stands."""

    def __init__(self, known: Things) -> None:
        self.known = known
        self._said: dict[str, dict[str, tuple[Data, str]]] = {}
        self._made: dict[str, int] = {}
        """Where in the arrivals those stand that are new."""
        self._named: dict[str, str] = {}
        """The ids of sources by what rows say of them."""
        self._row = ""
        """The row that cited last: it may do so in several of its cells."""

    def details(self, said: Mapping[str, str]) -> dict[str, Data]:
        """Return what a row says of its source, without an address that it is known by."""
        key, last = self._known(said), said.get("source") or said["url"]
        details: dict[str, Data] = {part: said[part] for part in SOURCE_KEYS if part in said}
        if key is None:
            return {("url" if "://" in last else "title"): last, **details}
        if self._find(said.get("url", "")) == key:
            details.pop("url", None)
        if key in self._made and self._find(last) != key:  # what only an address was known of has a name
            return {("url" if "://" in last else "title"): last, **details}
        return details

    def published(self, said: Mapping[str, str]) -> str:
        """Return when the source of a row came out, as far as is known by now."""
        key, details = self._known(said) or "", self.details(said)
        first, _ = self._said.get(key, {}).get("published", (details.get("published"), ""))
        source = self.known.model.sources.get(key)
        return str(first or (source.published if source else new_source(details, self.known.today)["published"]))

    def take(self, said: Mapping[str, str], row: str) -> tuple[str | None, list[Skipped]]:
        """Return the id of the source of a row, None where it is unknown, and what contradicts an earlier row."""
        key, details = self._known(said), self.details(said)
        if key is None:
            name = said.get("url") or said["source"]
            key = self.known.find("source", name, row, new_source(details, self.known.today))
            if key is None:
                return None, []
            self._made[key] = len(self.known.arrivals) - 1
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
        return key, contradictions

    def _bring(self, key: str, new: dict[str, Data], row: str) -> None:
        """Bring in what no row has said before of a source; one that is new is what all rows say of it."""
        self._named |= {form_of(str(new[part])): key for part in ("url", "title") if part in new}
        if key not in self._made:
            self.known.arrivals.append(Arrival(Draft("sources", key, new), row))
            return
        at = self._made[key]
        body = new_source({part: value for part, (value, _) in self._said[key].items()}, self.known.today)
        arrival = self.known.arrivals[at]
        self.known.arrivals[at] = arrival._replace(draft=arrival.draft._replace(body=body))

    def _known(self, said: Mapping[str, str]) -> str | None:
        names = (said[part] for part in ("url", "source") if part in said)
        return next((key for name in names if (key := self._find(name))), None)

    def _find(self, name: str) -> str | None:
        return self.known.known("source", name) or self._named.get(form_of(name))


def new_source(details: dict[str, Data], today: str) -> dict[str, Data]:
    """Return a new source: what is not known of it is filled in, and what is to be completed said in `about`."""
    missing = [key for key in ("title", "publisher", "published") if key not in details]
    url = str(details.get("url") or "")
    host = urlsplit(url).netloc.removeprefix("www.") if "publisher" in missing else ""
    title = details.get("title") or url
    filled: dict[str, Data] = {"title": title, "publisher": host or title, "published": f"../{today}"}
    about: dict[str, Data] = {"about": f"To complete: {', '.join(missing)}."} if missing else {}
    return {**filled, **about, **details}


def _contradiction(source: str, key: str, later: tuple[Data, str], first: tuple[Data, str]) -> Skipped:
    """Return what is left out where two rows, each a value and a place, say by one key two things of a source."""
    old, new = (quoted(str(value)) for value, _ in (first, later))
    reason = f"{new} differs from {old}, which {first[1]} says of the source {quoted(source)}; correct one of the two"
    return Skipped(f"{later[1]}, {key}", reason)
