"""The actors that the rows of a sheet name, and of which kind each of them is."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Final

from actorgraph.errors import UsageProblem, quoted
from actorgraph.exchange.importing.incoming import DETAIL, DOUBT, Skipped, form_of
from actorgraph.exchange.sheets.cell_texts import SPEAKER_KIND, parts_of_name
from actorgraph.vocabulary import ACTOR_KINDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from actorgraph.exchange.importing.incoming import RowPlace, Things
    from actorgraph.exchange.sheets.mapping import SheetMapping

AS_ONE: Final = "{} comes in as one {}; if it is several: --several names the sign between them"
"""What is asked of the name of a new thing with a sign in it."""


class SheetActors:
    """The actors of an import by the rows that name them.

    So that the order of rows changes nothing, `expect` hears of all that have a row of their own before the first is
    taken.
    """

    def __init__(self, known: Things, mapping: SheetMapping) -> None:
        self.known = known
        self.mapping = mapping
        self._kinds: dict[str, str] = {key: actor.kind for key, actor in known.model.actors.items()}
        """The kinds of actors, of those that are new, too."""
        self._said: dict[str, str | None] = {}
        """What the first row of an actor says of its kind, by the form of its name."""
        self._doubtful: set[str] = set()
        """Those of which it was told that a row has another kind for them."""

    def expect(self, name: str, kind_said: str | None) -> None:
        """Hear of an actor that a row is of, and which kind that row says, if it is any."""
        self._said.setdefault(form_of(name), kind_said if self._meant(kind_said) else None)

    def _meant(self, kind_said: str | None) -> str | None:
        """Return the kind of actors that a text means; None where it means none, which matters for new actors alone."""
        with suppress(ValueError):
            return None if kind_said is None else self.mapping.meaning(kind_said, of_kind=True)
        return None

    def find(self, name: str, kind_said: str | None, place: RowPlace) -> str | None:
        """Return the id of an actor, which is made, of the kind that is said, where it is new and may be.

        Raises `ValueError` where what is said is no kind, and `UsageProblem` where nothing says one.
        """
        key = self.known.known("actor", name)
        if key is not None or not self.known.create:
            return key or self.known.find("actor", name, place)
        kind = (None if kind_said is None else self.mapping.meaning(kind_said, of_kind=True)) or self.mapping.kind
        if kind is None:
            kinds = ", ".join(ACTOR_KINDS)
            raise UsageProblem(
                f"{place.with_file()}: of which kind is the new actor {quoted(name)}? --kind ({kinds}), or a "
                "column that is mapped to kind"
            )
        key = self.known.find("actor", name, place, {"name": name, "kind": kind})
        self._kinds[str(key)] = kind
        return key

    def find_besides(self, name: str, place: RowPlace, *, is_speaker: bool) -> str | None:
        """Return the id of an actor that a row names besides: a new speaker that has no row of its own is a person."""
        if is_speaker and form_of(name) not in self._said:
            speaker = self.known.find("actor", name, place, {"name": name, "kind": SPEAKER_KIND})
            self._kinds.setdefault(str(speaker), SPEAKER_KIND)
            return speaker
        return self.find(name, self._said.get(form_of(name)), place)

    def taken_as_one(self, names: Iterable[str], row: RowPlace) -> Iterator[Skipped]:
        """Yield where the name of a new actor looks like those of several, for each name once."""
        for name in names if self.known.create else ():
            parts = parts_of_name(name)
            heard = [form_of(part) in self._said or self.known.known("actor", part) for part in parts]
            if len(parts) > 1 and (all(heard) or ";" in name) and not self.known.known("actor", name):
                yield Skipped(row.of("actor"), AS_ONE.format(quoted(name), "actor"), DOUBT)

    def other_kinds(self, names: Iterable[str], kind_said: str | None, row: RowPlace) -> Iterator[Skipped]:
        """Yield where a row has another kind for an actor than the model or a row before; for each actor once."""
        kind = self._meant(kind_said)
        for name in names:
            key = self.known.known("actor", name)
            if key and kind and kind != self._kinds.setdefault(key, kind) and key not in self._doubtful:
                self._doubtful.add(key)
                reason = f"{quoted(kind)} differs from {quoted(self._kinds[key])}, which {quoted(name)} is already"
                yield Skipped(row.of("kind"), f"{reason}; correct one of the two", DETAIL)
