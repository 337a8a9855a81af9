"""What holds in which edition of the record: as known by a day, without a source, or by a grade.

Editions share their lines. A line bears `known`, over which days of recorded time it was in the table, and `apart`, the
numbers of the lenses in which it is the other way round than on the whole record.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any, Final, NamedTuple, TypeVar

from actorgraph.asked_dates import day_of
from actorgraph.dates import OPEN, ends_on, iso, last_day
from actorgraph.explorer.keys import actor_key, proposal_key
from actorgraph.ledger.codec import decode_few, decode_grounds, decode_if_any, decode_said, new
from actorgraph.ledger.editions import too_many_editions
from actorgraph.ledger.filters import sources_of_end
from actorgraph.ledger.lenses import Lenses, lenses_of
from actorgraph.model.kinds import STATEMENTS
from actorgraph.names import fold
from actorgraph.questions.lines import Line, lines
from actorgraph.questions.sql import EVER_IN_FORCE, EVER_POSSIBLE, TIES_EVER

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence

    from actorgraph.ledger.codec import Ground
    from actorgraph.ledger.lenses import Lens
    from actorgraph.ledger.store import Ledger
    from actorgraph.ledger.things import Thing

    _Item = TypeVar("_Item", bound=Hashable)


class Known(NamedTuple):
    """Over which days of recorded time something was known: `since` is inside, `until` is outside."""

    since: int
    until: int


class InEditions(NamedTuple):
    """In which editions something holds: on these days of recorded time, and through which lenses it does not follow.

    What is known at the end, with an open `until`, holds through every lens but those in `apart`; all else through
    those alone.
    """

    known: Known
    apart: tuple[int, ...]


_NEVER: Final = Known(0, 0)
"""Of what no day of recorded time knows."""


class Recorded:
    """The editions of a record: the ledger, as of what was known by earlier days, and through its lenses.

    `editions` come oldest first; the last is the whole record, and its lenses are worked out here.
    """

    def __init__(self, editions: Sequence[Ledger]) -> None:
        self.editions = editions
        self.ledger = editions[-1]
        # What follows without some evidence follows from the whole record: a part has no lenses.
        self.lenses, self._too_many = Lenses((), ()) if self.ledger.is_part else lenses_of(self.ledger)
        records = (key for kind in sorted(STATEMENTS) for key in self.ledger.names(kind))
        self._numbers = {record: number for number, record in enumerate(records)}

    @property
    def days(self) -> dict[int, str]:
        """The days of recorded time between which the page can choose, oldest first, and the dates of their sources."""
        dates = [one.latest_source_date for one in self.editions] if len(self.editions) > 1 else []
        return {last_day(date): date for date in dates if date is not None}

    @property
    def too_many(self) -> list[str]:
        """Which editions are too many for a page: `known`, `without`, `grade`."""
        if self.ledger.is_part:
            return []
        return [*(["known"] if too_many_editions(self.ledger) else []), *self._too_many]

    def lens_items(self) -> Iterator[dict[str, Any]]:
        """Yield what each lens is, by number."""
        for lens in self.lenses:
            yield {"without": lens.without, "min_grade": lens.min_grade, "latest_source_date": lens.latest_source_date}

    def holdings(self, *, stated: bool = False) -> list[dict[str, Any]]:
        """Return every line of the holdings table that is in force on some day, of every edition, as the page has it.

        Lines come by the name of their actor, by proposal and kind, as answers do: those of a track stand together.
        `since` and `until` are the days over which its contest is the same, and `run_since` and `run_until` those of
        its run, empty where they are the same; `since_date` and `until_date` are the dates as curated, empty where they
        are the days of the run. `said` is [record, day from which it counts] of each record, oldest first; `grounds`
        are those of what is inferred, without records where they are all that was said, and `amounts` [since, until,
        at least, at most, unit] (see `ledger.codec`). Records are their numbers among all, as `things` has them.
        """
        held = self._lines(EVER_IN_FORCE, lambda line: line.since < line.until, stated=stated)
        return [{key: line[key] for key in line if key != "earliest"} for line in held]

    def possible(self) -> list[dict[str, Any]]:
        """Return the lines that are only possible, as `holdings` does: on the days with `earliest <= day < since`."""
        return self._lines(EVER_POSSIBLE, lambda line: line.earliest < line.since, stated=True)

    def ties(self) -> Iterator[dict[str, Any]]:
        """Yield every relation, of every edition."""
        dates = {relation.id: relation.body["since"] for one in self.editions for relation in one.things("relation")}
        whole = self.ledger.rows(TIES_EVER)

        def left(lens: Lens) -> Iterable[tuple[Any, ...]]:
            ids = {relation.id for relation in lens.left.relations}
            return (tie for tie in whole if tie[0] in ids)

        held = self._held(lambda ledger: ledger.rows(TIES_EVER), left)
        for (record, actor, relation, target, role, since, until), (known, apart) in held:
            yield {
                "record": record,
                "from": actor_key(actor),
                "to": actor_key(target),
                "relation": relation,
                "role": role,
                "since": since,
                "until": until,
                "since_date": dates[record],
                "known": known,
                "apart": apart,
            }

    def ends_not_counted(self) -> Iterator[dict[str, Any]]:
        """Yield, by title, each proposal that had ended by a day and goes on, as no evidence of its end counts."""
        titles = {key: fold(title) for key, title in self.ledger.names("proposal").items()}
        own = self.ledger.ends_not_counted
        held = self._held(
            lambda ledger: _ends(ledger.ends_not_counted), lambda lens: _ends({**own, **lens.ends_not_counted})
        )
        for (proposal, until, fate), (known, apart) in sorted(
            held, key=lambda end: (titles.get(end[0][0], ""), end[0][0])
        ):
            if proposal in titles:
                yield {
                    "proposal": proposal_key(proposal),
                    "until": until,
                    "fate": fate,
                    "day": ends_on(until),
                    "known": known,
                    "apart": apart,
                }

    def of_life(self, proposal: Thing) -> InEditions:
        """Return in which editions the life of a proposal is known, if it has one."""
        cited = {item["source"] for item in proposal.body.get("evidence", ())}
        apart = [
            number for number, lens in enumerate(self.lenses) if cited and not lens.left.proposals[proposal.id].evidence
        ]
        return InEditions(Known(self._first_out(cited), OPEN), tuple(apart))

    def of_end(self, proposal: Thing) -> InEditions:
        """Return in which editions the end of a proposal is known, if it has one: see `filters.sources_of_end`."""
        until = proposal.body.get("until")
        cited = {item["source"] for item in proposal.body.get("evidence", ())}
        published = {source: self.ledger.sources[source].published for source in cited}
        telling = sources_of_end(proposal.body.get("fate"), until, published) or cited
        apart = [
            number for number, lens in enumerate(self.lenses) if until and not lens.left.proposals[proposal.id].until
        ]
        return InEditions(Known(self._first_out(telling), OPEN), tuple(apart))

    def _first_out(self, sources: Iterable[str]) -> int:
        """Return the day on which the first of some sources was out, 0 of none."""
        return min((last_day(self.ledger.sources[source].published) for source in sources), default=0)

    def _lines(self, where: str, is_meant: Callable[[Line], bool], *, stated: bool) -> list[dict[str, Any]]:
        def seen(lens: Lens) -> Iterable[Line]:
            of_lens = (new(Line, line) for line in lens.lines)
            return (line for line in of_lens if is_meant(line) and not (stated and line.basis != "stated"))

        read = _Read(self.editions)
        held = self._held(lambda ledger: read(lines(ledger, where, stated=stated)), lambda lens: read(seen(lens)))
        known_lines: list[dict[str, Any]] = [
            {
                "from": actor_key(line.actor),
                "to": proposal_key(line.proposal),
                "kind": line.kind,
                "position": line.position,
                "toward": list(decode_few(line.toward)),
                "earliest": line.earliest,
                "since": line.since,
                "until": line.until,
                "run_since": None if line.run_since == line.since else line.run_since,
                "run_until": None if line.run_until == line.until else line.run_until,
                "since_date": None if line.since_date == iso(line.run_since) else line.since_date,
                "until_date": None if line.until_date == iso(line.run_until) else line.until_date,
                "conditions": list(line.depends_on),
                "contest": line.contest,
                "amounts": decode_if_any(line.amounts),
                "said": [[self._numbers[record], day] for record, day in said],
                "grounds": [self._brief(ground, said) for ground in grounds],
                "known": known,
                "apart": apart,
            }
            for (line, said, grounds), (known, apart) in held
        ]
        # As answers come (`questions.rows`): the page only puts the rows of one track in order.
        names = {actor_key(key): fold(name) for key, name in self.ledger.names("actor").items()}
        known_lines.sort(
            key=lambda line: (
                *(names[line["from"]], line["from"], line["to"], line["kind"] != "stance"),
                *(line["since"], line["position"]),
            )
        )
        return known_lines

    def _brief(self, ground: Ground, said: Iterable[tuple[str, int]]) -> Sequence[Any]:
        """Return a ground without its records where it rests on all that was said."""
        since, until, steps, records = ground
        is_all = [*records] == [record for record, _ in said]
        return since, until, steps, None if is_all else [self._numbers[record] for record in records]

    def _held(
        self, read: Callable[[Ledger], Iterable[_Item]], seen: Callable[[Lens], Iterable[_Item]]
    ) -> Iterator[tuple[_Item, InEditions]]:
        """Yield what is read from editions and seen through lenses, each once for every stretch of recorded time."""
        known = _over_days(self.editions, read)
        whole = {item for item, stretches in known.items() if stretches[-1].until == OPEN}
        apart: dict[_Item, list[int]] = defaultdict(list)
        for number, lens in enumerate(self.lenses):
            there = dict.fromkeys(seen(lens))  # in order, so that the same model makes the same page
            for item in (*(one for one in known if one in whole and one not in there), *there):
                if (item in whole) != (item in there):
                    apart[item].append(number)
        for item in dict.fromkeys((*known, *apart)):
            *earlier, last = known.get(item, [_NEVER])
            yield from ((item, InEditions(stretch, ())) for stretch in earlier)
            yield item, InEditions(last, tuple(apart.get(item, ())))


class _Read:
    """Reads lines as the page tells them apart: by who stated what from which day on, whatever the evidence."""

    def __init__(self, editions: Sequence[Ledger]) -> None:
        self.sources = editions[-1].sources
        self.known: dict[Line, tuple[Line, tuple[tuple[str, int], ...], tuple[Ground, ...]]] = {}

    def __call__(
        self, asked_lines: Iterable[Line]
    ) -> list[tuple[Line, tuple[tuple[str, int], ...], tuple[Ground, ...]]]:
        """Return lines with their records and their grounds; most are the same in most editions, and read once."""
        asked_lines = list(asked_lines)
        fresh = list(dict.fromkeys(line for line in asked_lines if line not in self.known))
        said = decode_said((line.said for line in fresh), self.sources)
        grounds = decode_grounds(line.because for line in fresh)
        for line, records, chains in zip(fresh, said, grounds, strict=True):
            bare = line._replace(said="", because=None)
            self.known[line] = bare, tuple((record.record, record.day) for record in records), chains
        return [self.known[line] for line in asked_lines]


def _over_days(
    editions: Sequence[Ledger], read: Callable[[Ledger], Iterable[_Item]]
) -> Mapping[_Item, Sequence[Known]]:
    """Return what is read from editions, oldest first, each with the days of recorded time on which it was known.

    An edition begins with the latest of its sources and ends where the next begins; the last has no end. What its
    `known_by` adds to that is only the promise that nothing more came out. So `since <= K < until` finds what one
    could have known by any day K from the first edition's on, if there is an edition for every day of publication;
    and for K after them all, all that is known. A single edition is all that anybody knows, on any day.
    """
    begins = list(map(_published, editions)) if len(editions) > 1 else [0]
    ends = [*begins[1:], OPEN]
    known: dict[_Item, list[Known]] = defaultdict(list)
    for ledger, begin, end in zip(editions, begins, ends, strict=True):
        for item in read(ledger):
            stretches = known[item]
            if stretches and stretches[-1].until == begin:
                stretches[-1] = Known(stretches[-1].since, end)
            else:
                stretches.append(Known(begin, end))
    return known


def _ends(ends: Mapping[str, Sequence[str]]) -> list[tuple[str, str, str]]:
    return [(proposal, until, fate) for proposal, (until, fate) in ends.items()]


def _published(ledger: Ledger) -> int:
    """Return the day on which the latest of a ledger's sources was published, 0 where it has none."""
    return 0 if ledger.latest_source is None else day_of(ledger.latest_source)
